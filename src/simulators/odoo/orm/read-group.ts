import type { Environment } from './environment.ts';
import { fieldValue } from './field-value.ts';
import { displayName } from './names.ts';
import { checkModelRight } from './rights.ts';
import { searchIds } from './search.ts';
import { unknownFieldOnRead } from './constraint-texts.ts';
import type { Row, Stored } from '../store/row.ts';
import type { Model } from './registry.ts';

/** A simple `read_group`: counts and sums by one or more fields; dates by month, or by the unit after the colon. */
export function groupRows(env: Environment, modelName: string, domain: unknown, fields: readonly string[], groupBy: unknown, lazy: boolean): Record<string, unknown>[] {
  checkModelRight(env, modelName, 'read');
  const model = env.model(modelName);
  const all = (Array.isArray(groupBy) ? groupBy.map(String) : groupBy ? [String(groupBy)] : []);
  const by = lazy ? all.slice(0, 1) : all;
  const groups = new Map<string, { keys: (Stored | undefined)[]; rows: Row[] }>();
  for (const id of searchIds(env, modelName, domain, { order: 'id' })) {
    const row = env.row(modelName, id)!;
    const keys = by.map((term) => keyOfGroup(env, model, row, term));
    const name = JSON.stringify(keys.map((key) => key ?? null));
    const group = groups.get(name) ?? { keys, rows: [] };
    group.rows.push(row);
    groups.set(name, group);
  }
  const sums = fields.map((field) => field.split(':')[0]!).filter((name) => !all.some((term) => term.split(':')[0] === name) && ['integer', 'float', 'monetary'].includes(model.fields.get(name)?.type ?? ''));
  return [...groups.values()].map((group) => {
    const record: Record<string, unknown> = {};
    by.forEach((term, at) => { record[term] = shown(env, model, term, group.keys[at]); });
    for (const name of sums) record[name] = group.rows.reduce((sum, row) => sum + Number(row[name] ?? 0), 0);
    record[lazy && by.length > 0 ? `${by[0]!.split(':')[0]!}_count` : '__count'] = group.rows.length;
    record['__domain'] = [...(Array.isArray(domain) ? domain : []), ...by.map((term, at) => [term.split(':')[0], '=', group.keys[at] ?? false])];
    return record;
  });
}

function keyOfGroup(env: Environment, model: Model, row: Row, term: string): Stored | undefined {
  const [name, unit = 'month'] = term.split(':') as [string, string?];
  const field = model.fields.get(name);
  if (!field) throw unknownFieldOnRead(env, model.name, name);
  const value = fieldValue(env, model, row, field);
  if ((field.type === 'date' || field.type === 'datetime') && typeof value === 'string') return value.slice(0, unit === 'year' ? 4 : unit === 'day' ? 10 : 7);
  return field.type === 'boolean' ? value === true : value;
}

function shown(env: Environment, model: Model, term: string, value: Stored | undefined): unknown {
  if (value === undefined) return false;
  const field = model.fields.get(term.split(':')[0]!)!;
  return field.type === 'many2one' ? [value, displayName(env, field.relation!, value as number)] : value;
}
