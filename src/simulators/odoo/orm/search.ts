import { pythonTuple, valueError } from '../python-errors.ts';
import { keyOf, type Row } from '../store/row.ts';
import type { Field } from '../schema/parse-schema.ts';
import type { Environment, SearchOptions } from './environment.ts';
import { parseDomain, type DomainTree, type Leaf } from './domain-tree.ts';
import { compareBy } from './order.ts';
import { leafTest, type RowTest } from './leaf-test.ts';
import { hasColumn, type Model } from './registry.ts';


/** Ids of the rows a domain selects, in the asked order. Needs no rights: see `methods` for the checks. */
export function searchIds(env: Environment, modelName: string, domain: unknown, options: SearchOptions = {}): number[] {
  const model = env.model(modelName);
  const tree = withActive(env, model, parseDomain(domain, env.version), options.activeTest ?? env.context['active_test'] !== false);
  const test = compile(env, model, tree);
  const order = options.order === undefined || options.order === null || options.order === '' ? model.order : options.order;
  const byId = /^\s*"?id"?(?:\s+asc)?\s*$/iu.test(order);
  const compare = byId ? null : compareBy(env, model, order);
  const offset = options.offset ?? 0;
  const limit = options.limit === undefined || options.limit === null || options.limit === 0 ? Infinity : options.limit;
  const matching = matches(env, model, tree, test);
  const end = limit === Infinity ? undefined : offset + limit;
  if (compare) return [...matching].sort(compare).slice(offset, end).map((row) => row.id);
  const ids: number[] = [];
  for (const row of matching) {
    ids.push(row.id);
    if (ids.length === end) break;
  }
  return offset === 0 ? ids : ids.slice(offset, end);
}

/** How many rows a domain selects, without a list of them. */
export function countRows(env: Environment, modelName: string, domain: unknown, limit: number | null): number {
  const model = env.model(modelName);
  const tree = withActive(env, model, parseDomain(domain, env.version), env.context['active_test'] !== false);
  let count = 0;
  for (const _row of matches(env, model, tree, compile(env, model, tree))) {
    count += 1;
    if (count === limit) break;
  }
  return count;
}

function* matches(env: Environment, model: Model, tree: DomainTree, test: RowTest): Generator<Row> {
  const table = env.table(model.name);
  const allowed = env.superuser ? undefined : model.behaviour.allowed;
  for (const id of candidates(env, model, tree)) {
    const row = table.get(id);
    if (row && test(row) && (!allowed || allowed(env, row, 'read'))) yield row;
  }
}

function withActive(env: Environment, model: Model, tree: DomainTree, activeTest: boolean): DomainTree {
  if (!activeTest || !activeField(env, model) || mentionsActive(tree)) return tree;
  return { kind: 'and', parts: [tree, { kind: 'leaf', leaf: { path: 'active', operator: '=', value: true } }] };
}

function activeField(_env: Environment, model: Model): boolean {
  return model.fields.get('active')?.type === 'boolean';
}

function mentionsActive(tree: DomainTree): boolean {
  if (tree.kind === 'leaf') return tree.leaf.path === 'active';
  if (tree.kind === 'not') return mentionsActive(tree.part);
  return tree.kind !== 'constant' && tree.parts.some(mentionsActive);
}

/** Turns a tree into a test of one row; sub-searches are done once, here. */
function compile(env: Environment, model: Model, tree: DomainTree): RowTest {
  if (tree.kind === 'constant') return () => tree.value;
  if (tree.kind === 'not') {
    const test = compile(env, model, tree.part);
    return (row) => !test(row);
  }
  if (tree.kind === 'leaf') return compileLeaf(env, model, tree.leaf);
  const tests = tree.parts.map((part) => compile(env, model, part));
  return tree.kind === 'and' ? (row) => tests.every((test) => test(row)) : (row) => tests.some((test) => test(row));
}

function compileLeaf(env: Environment, model: Model, leaf: Leaf): RowTest {
  const [first, ...rest] = leaf.path.split('.') as [string, ...string[]];
  const field = model.fields.get(first);
  if (!field) throw unknownField(env, model.name, first, leaf);
  if (rest.length > 0) {
    if (!field.relation) {
      if (rest.length === 1 && (field.type === 'date' || field.type === 'datetime')) return () => false;
      throw unknownField(env, model.name, leaf.path, leaf);
    }
    const ids = searchIds(env.sudo(), field.relation, [[rest.join('.'), leaf.operator, leaf.value]], { order: 'id', activeTest: field.type !== 'many2one' && env.context['active_test'] !== false });
    return leafTest(env, model, field, 'in', ids);
  }
  if (leaf.operator === 'any' || leaf.operator === 'not any') {
    const ids = searchIds(env.sudo(), field.relation ?? '', leaf.value, { order: 'id' });
    return leafTest(env, model, field, leaf.operator === 'any' ? 'in' : 'not in', ids);
  }
  if (env.version >= 19 && first === 'record_name' && !field.stored) throw valueError(`Cannot convert ${model.name}.${first} to SQL because it is not stored`);
  return leafTest(env, model, field, leaf.operator, leaf.value);
}

function unknownField(env: Environment, model: string, name: string, leaf: Leaf): Error {
  const written = pythonTuple([leaf.path, leaf.operator, leaf.value]);
  return valueError(env.version >= 19 ? `Invalid field ${model}.${name} in condition ${written}` : `Invalid field ${model}.${name} in leaf ${written}`);
}

/** Ids worth testing: those an index gives for a term that every result must satisfy, else all. */
function candidates(env: Environment, model: Model, tree: DomainTree): Iterable<number> {
  const table = env.table(model.name);
  let after = 0;
  let best: IndexHits | null = null;
  for (const leaf of requiredLeaves(tree)) {
    if (leaf.path === 'id' && (leaf.operator === '>' || leaf.operator === '>=') && typeof leaf.value === 'number') {
      after = Math.max(after, leaf.operator === '>' ? leaf.value : leaf.value - 1);
      continue;
    }
    const hits = indexed(env, model, leaf);
    if (hits && (!best || hits.count < best.count)) best = hits;
  }
  // An index that selects nearly everything only costs a list of it.
  return best === null || best.count * 2 > table.size ? table.ids(after) : uniqueSorted(best.ids());
}

/** What an index gives for one term. Only the term with the fewest is ever gone through: a module or model may have 300,000. */
interface IndexHits { readonly count: number; readonly ids: () => readonly number[] }

function requiredLeaves(tree: DomainTree): Leaf[] {
  if (tree.kind === 'leaf') return [tree.leaf];
  if (tree.kind === 'and') return tree.parts.flatMap(requiredLeaves);
  return [];
}

function indexed(env: Environment, model: Model, leaf: Leaf): IndexHits | null {
  if (leaf.operator !== '=' && leaf.operator !== 'in') return null;
  const values = Array.isArray(leaf.value) ? (leaf.value as unknown[]) : [leaf.value];
  if (leaf.path === 'id') {
    const ids = values.filter((value): value is number => typeof value === 'number');
    return { count: ids.length, ids: () => ids };
  }
  const field = model.fields.get(leaf.path);
  if (!field || !isIndexable(model, field) || values.some((value) => typeof value !== 'string' && typeof value !== 'number')) return null;
  if (field.type === 'many2one' && values.some((value) => typeof value !== 'number')) return null;
  const table = env.table(model.name);
  if (table.size < 200 || !table.canIndex(leaf.path)) return null;
  const key = (row: Row): string | number | undefined => keyOf(row[leaf.path]);
  const wanted = values as readonly (string | number)[];
  return {
    count: wanted.reduce<number>((sum, value) => sum + table.countWithKey(leaf.path, value, key), 0),
    ids: () => wanted.flatMap((value) => table.withKey(leaf.path, value, key)),
  };
}

/** Columns that may be looked up by value; booleans and selections select too many rows to be worth an index. */
function isIndexable(model: Model, field: Field): boolean {
  return hasColumn(model, field) && ['char', 'integer', 'many2one', 'many2one_reference'].includes(field.type);
}

function uniqueSorted(ids: readonly number[]): number[] {
  return [...new Set(ids)].sort((a, b) => a - b);
}

