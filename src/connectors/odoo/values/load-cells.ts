import { isFileValue, type FileValue } from '../../../connector/file-value.ts';
import type { Json, JsonObject } from '../../../connector/json.ts';
import type { OdooField } from '../fields/field-types.ts';
import { toIds, toOdoo, UnfitValue } from './values-out.ts';

/** A text, or a file whose bytes are put in its place when the call goes out. */
export type Cell = string | (FileValue & JsonObject);

/** Column of `load` for a field: links by database id, never by name. */
export function loadColumn(name: string, field: OdooField): string {
  return field.type === 'many2one' || field.type === 'many2many' ? `${name}/.id` : name;
}

/**
 * One value in Portolan's form → a cell of `load`. Cells are texts: JSON true makes `load` fail, '' means empty.
 * Datetimes are read in the context's zone, so the context must say UTC.
 * @throws UnfitValue as `toOdoo`.
 */
export function toCell(field: OdooField, value: Json): Cell {
  if (field.type === 'many2many') return toIds(value).join(',');
  if (field.type === 'one2many' && toIds(value).length > 0) throw new UnfitValue('not-writable-here', 'records of the other side hold this list; write the link there.');
  if (value === null || field.type === 'one2many') return '';
  const typed = toOdoo(field, value);
  if (isFileValue(typed)) return typed;
  if (field.type === 'selection') {
    const cell = selectionCell(field, String(typed));
    if (cell === null) throw new UnfitValue('ambiguous-option', `${String(typed)} is also another option's label, and its own label another option's value.`);
    return cell;
  }
  if (typeof typed === 'boolean') return typed ? '1' : '0';
  return typeof typed === 'number' ? plainNumber(typed) : String(typed);
}

/** A default as `default_get` gives it → the cell that sets the same; null = no cell says it. */
export function defaultCell(field: OdooField, value: unknown): string | null {
  if (value === undefined || value === null || value === false) return '';
  if (field.type === 'boolean') return value === true ? '1' : '0';
  if (field.type === 'date' || field.type === 'datetime') return null; // "now" of another moment
  if (field.type === 'many2one' && typeof value === 'number') return String(value);
  if (['integer', 'float', 'monetary', 'char', 'text', 'html', 'selection'].includes(field.type) && (typeof value === 'number' || typeof value === 'string')) return String(value);
  if (Array.isArray(value) && value.length === 0) return '';
  return null;
}

/**
 * `load` finds a selection option by its value OR its label, in the order of the options: a value that is also an earlier
 * option's label would be stored as that option. Takes the label then; null = neither names the option alone.
 */
function selectionCell(field: OdooField, value: string): string | null {
  const options = field.selection ?? [];
  const own = options.find(([option]) => String(option) === value);
  if (own === undefined) return value;
  const named = [String(own[0]), String(own[1])].find((text) => options.find(([option, label]) => String(option) === text || String(label) === text) === own);
  return named ?? null;
}

/** Never in exponent notation: 1e21 would be fine for Python, '1e+21' too, but a person reading the error should see digits. */
function plainNumber(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e21 ? value.toFixed(0) : String(value);
}
