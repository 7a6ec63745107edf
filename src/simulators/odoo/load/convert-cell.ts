import { attributeError } from '../python-errors.ts';
import { optionsOf, toDate, toDatetime } from '../orm/convert.ts';
import type { Environment } from '../orm/environment.ts';
import { findExternalId } from '../orm/external-ids.ts';
import { nameSearchIds } from '../orm/names.ts';
import type { Field } from '../schema/parse-schema.ts';
import { localToUtc } from './local-time.ts';

export interface CellProblem { readonly type: 'error' | 'warning'; readonly field: string; readonly message: string; readonly moreinfo?: unknown }

const TRUE = new Set(['1', 'true', 'yes', 'oui', 'tak']);
const FALSE = new Set(['', '0', 'false', 'no', 'non', 'nie']);

/**
 * Turns one cell of `load` into a value for create or write, in the way of Odoo's import: text for everything,
 * datetimes in the context's or user's time zone, booleans as words, relations by name, `id` or `.id`.
 * @param report takes what is wrong with the cell
 * @returns undefined when the cell was refused
 */
export function convertCell(env: Environment, field: Field, by: 'value' | 'id' | '.id', cell: unknown, report: (problem: CellProblem) => void): unknown {
  const fail = (message: string, moreinfo?: unknown): undefined => {
    report({ type: 'error', field: field.name, message, ...(moreinfo === undefined ? {} : { moreinfo }) });
    return undefined;
  };
  if (field.type === 'many2many') return many(env, field, by, cell, fail);
  if (cell === '' || cell === false || cell === null || cell === undefined) return false;
  switch (field.type) {
    case 'many2one': return one(env, field, by, cell, fail);
    case 'boolean': {
      if (typeof cell !== 'string') throw attributeError(`'${cell === true ? 'bool' : typeof cell === 'number' ? 'int' : 'list'}' object has no attribute 'lower'`);
      const word = cell.toLowerCase();
      if (!TRUE.has(word) && !FALSE.has(word)) report({ type: 'warning', field: field.name, message: `Unknown value '${cell}' for boolean field '${field.label}', assuming 'yes'`, moreinfo: "Use '1' for yes and '0' for no" });
      return !FALSE.has(word);
    }
    case 'integer':
    case 'many2one_reference': {
      const text = String(cell);
      return /^\s*[+-]?\d+\s*$/u.test(text) ? Number(text) : fail(`'${text}' does not seem to be an integer for field '${field.label}'`);
    }
    case 'float':
    case 'monetary': {
      const text = String(cell);
      return /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/iu.test(text) ? Number(text) : fail(`'${text}' does not seem to be a number for field '${field.label}'`);
    }
    case 'date': return attempt(() => toDate(cell)) ?? fail(`'${String(cell)}' does not seem to be a valid date for field '${field.label}'`, "Use the format '2012-12-31'");
    case 'datetime': {
      const value = attempt(() => toDatetime(cell));
      if (value === undefined) return fail(`'${String(cell)}' does not seem to be a valid datetime for field '${field.label}'`, "Use the format '2012-12-31 23:59:59'");
      return localToUtc(value, zoneOf(env));
    }
    case 'selection': {
      const options = optionsOf(env, field);
      const option = options.find(([value, label]) => value === String(cell) || label === String(cell)) ?? options.find(([value]) => env.version === 18 && field.name === 'lang' && value === cell);
      return option ? option[0] : fail(`Value '${String(cell)}' not found in selection field '${field.label}'`, options.map(([, label]) => label));
    }
    default: return cell;
  }
}

/** Context first, then the user's own zone (measured: 10:00 in New York became 15:00 UTC). */
function zoneOf(env: Environment): string {
  const own = env.context['tz'] ?? env.row('res.partner', env.partnerId())?.['tz'];
  return typeof own === 'string' && own !== '' ? own : 'UTC';
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

type Fail = (message: string, moreinfo?: unknown) => undefined;

function many(env: Environment, field: Field, by: 'value' | 'id' | '.id', cell: unknown, fail: Fail): unknown {
  if (cell === '' || cell === false || cell === null || cell === undefined) return [[6, 0, []]];
  const ids: number[] = [];
  for (const part of String(cell).split(',')) {
    const id = one(env, field, by, part, fail);
    if (typeof id !== 'number') return undefined;
    ids.push(id);
  }
  return [[6, 0, ids]];
}

function one(env: Environment, field: Field, by: 'value' | 'id' | '.id', cell: unknown, fail: Fail): unknown {
  const text = String(cell);
  if (text === '') return false;
  const relation = field.relation!;
  const help = (model: string, domain?: unknown): unknown => ({
    name: 'Possible Values', type: 'ir.actions.act_window', target: 'new', view_mode: 'tree,form', views: [[false, 'list'], [false, 'form']],
    context: { create: false }, help: 'See all possible values', res_model: model, ...(domain === undefined ? {} : { domain }),
  });
  if (by === '.id') {
    if (!/^\s*\d+\s*$/u.test(text)) return fail(`Invalid database id '${text}' for the field '${field.label}'`, help('ir.model.data', [['model', '=', relation]]));
    if (env.table(relation).has(Number(text))) return Number(text);
    return fail(`No matching record found for database id '${text}' in field '${field.label}'`, help('ir.model.data', [['model', '=', relation]]));
  }
  if (by === 'id') {
    const name = text.includes('.') ? text : `__import__.${text}`;
    const found = findExternalId(env, name);
    if (found && found['model'] === relation) return found['res_id'];
    return fail(`No matching record found for external id '${name}' in field '${field.label}'`, help('ir.model.data', [['model', '=', relation]]));
  }
  const [id] = nameSearchIds(env, relation, text, '=');
  return id ?? fail(`No matching record found for name '${text}' in field '${field.label}'`, help(relation));
}
