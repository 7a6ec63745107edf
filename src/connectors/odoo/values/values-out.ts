import type { Rejection } from '../../../connector/errors.ts';
import { isFileValue } from '../../../connector/file-value.ts';
import type { Json } from '../../../connector/json.ts';
import { cleanText } from './clean-text.ts';
import type { OdooField } from '../fields/field-types.ts';

/** A value as `create` and `write` take it. */
export type OdooValue = Json;

/** A value that cannot go into a field; becomes one rejection of the batch. */
export class UnfitValue extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const maxInteger = 2 ** 31 - 1; // PostgreSQL int4; beyond it: "integer out of range", and XML-RPC cannot write it

/**
 * One value in Portolan's form → Odoo's typed form. `null` → false, references → integers, datetimes → UTC text without zone.
 * @throws UnfitValue naming what is wrong.
 */
export function toOdoo(field: OdooField, value: Json): OdooValue {
  switch (field.type) {
    case 'boolean':
      return toBoolean(value);
    case 'integer':
      return value === null ? false : toInteger(value);
    case 'float':
    case 'monetary':
      return value === null ? false : toNumber(value);
    case 'many2one':
      return value === null ? false : toId(value);
    case 'many2one_reference':
      return value === null ? false : toId(value);
    case 'many2many':
    case 'one2many':
      return [[6, 0, toIds(value)]];
    case 'date':
      return value === null ? false : toDate(value);
    case 'datetime':
      return value === null ? false : toDateTime(value);
    case 'selection':
      return value === null ? false : toSelection(field, value);
    case 'json':
    case 'properties':
      return value;
    case 'binary':
      return value === null ? false : isFileValue(value) ? value : toText(field, value); // a text is base64 already
    default:
      return value === null ? false : toText(field, value);
  }
}

/** Turns a thrown UnfitValue into the rejection of one record. */
export function rejectionFor(index: number, fieldName: string, error: UnfitValue): Rejection {
  return { index, code: error.code, field: fieldName, message: `${fieldName}: ${error.message}` };
}

function toBoolean(value: Json): boolean {
  if (value === null) return false;
  if (typeof value === 'boolean') return value;
  throw new UnfitValue('not-boolean', `${show(value)} is neither true nor false.`);
}

function toInteger(value: Json): number {
  const number = typeof value === 'number' ? value : typeof value === 'string' && /^-?\d+$/u.test(value) ? Number(value) : Number.NaN;
  if (!Number.isInteger(number)) throw new UnfitValue('not-integer', `${show(value)} is not a whole number.`);
  if (Math.abs(number) > maxInteger) throw new UnfitValue('integer-too-large', `${show(value)} is beyond ${maxInteger}, the largest whole number of Odoo.`);
  return number;
}

function toNumber(value: Json): number {
  const number = typeof value === 'number' ? value : typeof value === 'string' && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/iu.test(value) ? Number(value) : Number.NaN;
  if (!Number.isFinite(number)) throw new UnfitValue('not-number', `${show(value)} is not a number.`);
  return number;
}

function toId(value: Json): number {
  const id = typeof value === 'number' ? value : typeof value === 'string' && /^\d+$/u.test(value) ? Number(value) : Number.NaN;
  if (!Number.isInteger(id) || id < 1 || id > maxInteger) throw new UnfitValue('not-an-id', `${show(value)} is not the id of an Odoo record.`);
  return id;
}

export function toIds(value: Json): number[] {
  if (value === null) return [];
  if (!Array.isArray(value)) throw new UnfitValue('not-a-list', `${show(value)} is not a list of ids.`);
  return [...new Set((value as readonly Json[]).map(toId))];
}

function toDate(value: Json): string {
  const text = typeof value === 'string' ? value : '';
  const match = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(text);
  if (match === null || !isRealDay(text)) throw new UnfitValue('not-a-date', `${show(value)} is not a date as YYYY-MM-DD.`);
  return text;
}

/** ISO 8601 with zone → 'YYYY-MM-DD HH:MM:SS' in UTC: Odoo rejects 'T', 'Z' and fractions. */
function toDateTime(value: Json): string {
  const text = typeof value === 'string' ? value : '';
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/u.test(text) || !isRealDay(text.slice(0, 10)) || Number.isNaN(Date.parse(text))) {
    throw new UnfitValue('not-a-datetime', `${show(value)} is not a date and time as ISO 8601 with zone.`);
  }
  const iso = new Date(text).toISOString();
  if (!/^\d{4}-/u.test(iso) || iso.startsWith('0000')) throw new UnfitValue('not-a-datetime', `${show(value)} lies outside the years 1 to 9999.`);
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)}`;
}

function isRealDay(day: string): boolean {
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day) && !day.startsWith('0000');
}

function toSelection(field: OdooField, value: Json): string {
  const text = String(value);
  if (field.selection !== undefined && field.selection.length > 0 && !field.selection.some(([option]) => String(option) === text)) {
    const options = field.selection.slice(0, 12).map(([option]) => String(option)).join(', ');
    throw new UnfitValue('unknown-option', `${show(value)} is none of its options (${options}).`);
  }
  return text;
}

function toText(field: OdooField, value: Json): string {
  if (typeof value === 'object' && value !== null) throw new UnfitValue('not-text', 'a list or an object is not a text.');
  const text = cleanText(String(value));
  // Odoo cuts longer values silently; a cut value is a loss that somebody must see.
  if (typeof field.size === 'number' && field.size > 0 && text.length > field.size) {
    throw new UnfitValue('text-too-long', `the text has ${text.length} characters, the field holds ${field.size}.`);
  }
  return text;
}

/** A value in a message: short, and never more than its beginning. */
function show(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
