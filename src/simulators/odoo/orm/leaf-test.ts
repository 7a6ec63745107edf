import type { Field } from '../schema/parse-schema.ts';
import type { Row, Stored } from '../store/row.ts';
import { databaseError, pythonTuple, valueError } from '../python-errors.ts';
import type { Environment } from './environment.ts';
import { descendants, ancestors } from './hierarchy.ts';
import { fieldValue, mirrorOf } from './field-value.ts';
import { nameSearchIds } from './names.ts';
import { hasColumn, type Model } from './registry.ts';

export type RowTest = (row: Row) => boolean;

const TO_MANY = new Set(['one2many', 'many2many']);

/** The test of one term whose field stands in the row itself. */
export function leafTest(env: Environment, model: Model, field: Field, operator: string, value: unknown): RowTest {
  const column = hasColumn(model, field) && mirrorOf(model.name, field.name) === undefined;
  const get = (row: Row): Stored | undefined => (column ? row[field.name] : fieldValue(env, model, row, field));
  if (operator === '=?') return value === false || value === null ? () => true : leafTest(env, model, field, '=', value);
  if (operator === 'child_of' || operator === 'parent_of') return hierarchyTest(env, model, field, operator, value, get);
  if (TO_MANY.has(field.type)) return toManyTest(env, field, operator, value, get);
  if (field.type === 'many2one') return many2oneTest(env, field, operator, value, get);
  if (field.name === 'display_name') {
    const ids = new Set(nameSearchIds(env, model.name, String(value), operator));
    return (row) => ids.has(row.id);
  }
  return scalarTest(model, field, operator, value, get);
}

type Get = (row: Row) => Stored | undefined;

function scalarTest(model: Model, field: Field, operator: string, value: unknown, get: Get): RowTest {
  const present = (row: Row): Stored | undefined => filled(field, get(row));
  switch (operator) {
    case '=':
    case '!=': {
      if (Array.isArray(value)) return scalarTest(model, field, operator === '=' ? 'in' : 'not in', value, get);
      const wanted = comparable(model, field, value);
      const equal = (row: Row): boolean => present(row) === wanted;
      return operator === '=' ? equal : (row) => !equal(row);
    }
    case 'in':
    case 'not in': {
      const list = Array.isArray(value) ? (value as unknown[]) : [value];
      const wanted = new Set(list.map((entry) => comparable(model, field, entry)));
      return operator === 'in' ? (row) => wanted.has(present(row)) : (row) => !wanted.has(present(row));
    }
    case '<': case '<=': case '>': case '>=': {
      const wanted = comparable(model, field, value);
      if (wanted === undefined) return () => false;
      return (row) => {
        const own = present(row);
        if (own === undefined || typeof own !== typeof wanted) return false;
        if (operator === '<') return own < wanted;
        if (operator === '<=') return own <= wanted;
        return operator === '>' ? own > wanted : own >= wanted;
      };
    }
    default: return likeTest(operator, value, (row) => textOf(present(row)));
  }
}

/** NULL is undefined; numbers and booleans that were never set compare as 0 and false, as the server's columns do. */
function filled(field: Field, value: Stored | undefined): Stored | undefined {
  if (field.type === 'boolean') return value === true;
  if (value === undefined && (field.type === 'integer' || field.type === 'float' || field.type === 'monetary')) return 0;
  return value;
}

function comparable(model: Model, field: Field, value: unknown): Stored | undefined {
  if (field.type === 'boolean') return Boolean(value);
  if (value === false || value === null || value === undefined) return field.type === 'integer' || field.type === 'float' || field.type === 'monetary' ? 0 : undefined;
  if (field.type === 'integer' || field.type === 'float' || field.type === 'monetary' || field.type === 'many2one_reference') {
    const number = Number(value);
    if (Number.isNaN(number)) throw databaseError('InvalidTextRepresentation', `invalid input syntax for type integer: ${JSON.stringify(value)}\n`);
    if (field.type === 'integer' && field.name !== 'id' && Math.abs(number) > 2 ** 31) throw databaseError('NumericValueOutOfRange', 'integer out of range\n');
    return number;
  }
  if (typeof value === 'object') throw valueError(`Invalid leaf ${pythonTuple([field.name, '=', value])} on ${model.name}`);
  const text = value === true ? 'true' : String(value);
  if (field.type === 'datetime' && /^\d{4}-\d{2}-\d{2}$/u.test(text)) return `${text} 00:00:00`;
  return text;
}

function textOf(value: Stored | undefined): string | undefined {
  return value === undefined || value === false ? undefined : String(value);
}

function likeTest(operator: string, value: unknown, text: (row: Row) => string | undefined): RowTest {
  const negative = operator.startsWith('not ');
  const plain = operator.replace(/^not /u, '');
  const pattern = value === false || value === null ? '' : String(value);
  const expression = likeExpression(plain.startsWith('=') ? pattern : `%${pattern}%`, plain.endsWith('ilike'));
  return (row) => {
    const own = text(row);
    if (own === undefined) return negative || pattern === '';
    return expression.test(own) !== negative;
  };
}

function likeExpression(pattern: string, ignoreCase: boolean): RegExp {
  let source = '';
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern[at]!;
    if (character === '\\' && at + 1 < pattern.length) {
      at += 1;
      source += escapeRegExp(pattern[at]!);
    } else source += character === '%' ? '[\\s\\S]*' : character === '_' ? '[\\s\\S]' : escapeRegExp(character);
  }
  return new RegExp(`^${source}$`, ignoreCase ? 'iu' : 'u');
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&');
}

function many2oneTest(env: Environment, field: Field, operator: string, value: unknown, get: Get): RowTest {
  if (operator === '=' || operator === '!=' || operator === 'in' || operator === 'not in') {
    const list = Array.isArray(value) ? (value as unknown[]) : [value];
    const wanted = new Set<Stored | undefined>();
    for (const entry of list) {
      if (entry === false || entry === null) wanted.add(undefined);
      else if (typeof entry === 'number') wanted.add(entry);
      else for (const id of nameSearchIds(env, field.relation!, String(entry), '=')) wanted.add(id);
    }
    const negative = operator === '!=' || operator === 'not in';
    return (row) => wanted.has(get(row)) !== negative;
  }
  if (typeof value === 'number' || /^[<>]/u.test(operator)) {
    return (row) => {
      const own = get(row);
      if (typeof own !== 'number' || typeof value !== 'number') return false;
      return operator === '<' ? own < value : operator === '<=' ? own <= value : operator === '>' ? own > value : own >= value;
    };
  }
  const negative = operator.startsWith('not ');
  const ids = new Set<Stored | undefined>(nameSearchIds(env, field.relation!, String(value), operator.replace(/^not /u, '')));
  return (row) => ids.has(get(row)) !== negative;
}

function toManyTest(env: Environment, field: Field, operator: string, value: unknown, get: Get): RowTest {
  const linked = (row: Row): readonly number[] => (get(row) as readonly number[] | undefined) ?? [];
  if (value === false || value === null) return operator === '=' || operator === 'in' ? (row) => linked(row).length === 0 : (row) => linked(row).length > 0;
  const negative = operator === '!=' || operator === 'not in' || operator.startsWith('not ');
  const list = Array.isArray(value) ? (value as unknown[]) : [value];
  const wanted = new Set<number>();
  let orEmpty = false;
  for (const entry of list) {
    if (typeof entry === 'number') wanted.add(entry);
    else if (entry === false) orEmpty = true;
    else for (const id of nameSearchIds(env, field.relation!, String(entry), operator === 'in' || operator === '=' || operator === '!=' || operator === 'not in' ? '=' : operator.replace(/^not /u, ''))) wanted.add(id);
  }
  return (row) => (linked(row).some((id) => wanted.has(id)) || (orEmpty && linked(row).length === 0)) !== negative;
}

function hierarchyTest(env: Environment, model: Model, field: Field, operator: string, value: unknown, get: Get): RowTest {
  const target = field.name === 'id' ? model.name : (field.relation ?? model.name);
  const list = Array.isArray(value) ? (value as unknown[]) : [value];
  const roots = list.flatMap((entry) => (typeof entry === 'number' ? [entry] : nameSearchIds(env, target, String(entry), 'ilike')));
  const ids = operator === 'child_of' ? descendants(env, target, roots) : ancestors(env, target, roots);
  if (field.name === 'id') return (row) => ids.has(row.id);
  if (TO_MANY.has(field.type)) return (row) => ((get(row) as readonly number[] | undefined) ?? []).some((id) => ids.has(id));
  return (row) => ids.has(get(row) as number);
}
