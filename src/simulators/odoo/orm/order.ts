import { userError, valueError } from '../python-errors.ts';
import type { Row, Stored } from '../store/row.ts';
import type { Environment } from './environment.ts';
import { fieldValue } from './field-value.ts';
import { hasColumn, type Model } from './registry.ts';

const TERM = /^\s*("?[a-z_0-9.]+"?)(?:\s+(asc|desc))?(?:\s+nulls\s+(first|last))?\s*$/iu;

/**
 * A comparison of rows by an `order` argument; a many2one is ordered as its own model is; empty values come last.
 * @throws OdooError for a malformed order or an unknown field
 */
export function compareBy(env: Environment, model: Model, order: string): (a: Row, b: Row) => number {
  const terms = order.split(',').map((text) => {
    const match = TERM.exec(text);
    if (!match) throw userError(`Invalid "order" specified (${order}). A valid "order" specification is a comma-separated list of valid field names (optionally followed by asc/desc for the direction)`);
    const name = match[1]!.replaceAll('"', '');
    if (!model.fields.has(name)) throw valueError(`Invalid field '${name}' on model '${model.name}'`);
    return { value: valueForOrder(env, model, name), descending: match[2]?.toLowerCase() === 'desc' };
  });
  return (a, b) => {
    for (const term of terms) {
      const difference = compareValues(term.value(a), term.value(b));
      if (difference !== 0) return term.descending ? -difference : difference;
    }
    return 0;
  };
}

function valueForOrder(env: Environment, model: Model, name: string): (row: Row) => Stored | undefined {
  const field = model.fields.get(name)!;
  if (field.type === 'many2one' && field.relation) {
    const relation = field.relation;
    const sequence = env.model(relation).fields.has('sequence');
    return (row) => {
      const target = env.row(relation, row[name]);
      if (!target) return undefined;
      return sequence ? (target['sequence'] ?? 0) : String(target['name'] ?? target.id).toLowerCase();
    };
  }
  if (field.type === 'integer' || field.type === 'float' || field.type === 'monetary') return (row) => row[name] ?? 0;
  if (field.type === 'boolean') return (row) => row[name] === true;
  if (hasColumn(model, field)) return (row) => row[name];
  return (row) => fieldValue(env, model, row, field);
}

/** NULLs are greatest in PostgreSQL; text in the C.UTF-8 collation compares by code points. */
function compareValues(a: Stored | undefined, b: Stored | undefined): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  return a < b ? -1 : 1;
}
