import { canonicalJson } from '../hash.ts';
import { keyed } from '../line-keys.ts';
import { quote } from '../values/plain-text.ts';
import type { Mapping, Plan } from '../plan.ts';

/** One difference between two plans, as data and in words. */
export interface PlanChange {
  readonly kind: 'added' | 'removed' | 'changed';
  readonly path: string; // 'mapping contacts, field phone'
  readonly key: string | null; // the changed property: 'transforms', 'status', 'answer'; null = the whole entry
  readonly before: unknown; // undefined = added
  readonly after: unknown; // undefined = removed
  readonly words: string;
}

// What the proposer says about a line, not what the line does.
const remarks = new Set(['confidence', 'reason', 'evidence', 'alternatives']);

/** What differs in meaning between two plans, in plan order. Layout, confidence, reasons and evidence do not count. */
export function diffPlans(previous: Plan, next: Plan): readonly PlanChange[] {
  const { decisions: oldDecisions, schema: oldSchema, links: oldLinks, facts: oldFacts, phases: oldPhases, mappings: oldMappings, ...oldHead } = previous;
  const { decisions, schema, links, facts, phases, mappings, ...head } = next;
  return [
    ...properties('plan', oldHead, head),
    ...entries('decision', oldDecisions, decisions, ({ id }) => id),
    ...entries('phase', oldPhases, phases, ({ name }) => name),
    ...entries('new field', oldSchema, schema, ({ object, name }) => `${object}.${name}`),
    ...entries('link', oldLinks, links, ({ object, name }) => `${object}.${name}`),
    ...entries('fact', oldFacts, facts, ({ object, name }) => `${object}.${name}`),
    ...entries('mapping', oldMappings, mappings, ({ id }) => id, mappingChanges),
    ...orderChanges('phases', oldPhases.map(({ name }) => name), phases.map(({ name }) => name)),
  ];
}

function mappingChanges(path: string, { fields: oldFields, leftOut: oldLeftOut, ...oldHead }: Mapping, { fields, leftOut, ...head }: Mapping): readonly PlanChange[] {
  return [
    ...properties(path, oldHead, head),
    ...entries(`${path}, field`, oldFields, fields, ({ to }) => to),
    ...orderChanges(`${path}, fields`, oldFields.map(({ to }) => to), fields.map(({ to }) => to)),
    ...entries(`${path}, left out`, oldLeftOut, leftOut, ({ from }) => from),
  ];
}

function entries<Entry extends object>(what: string, old: readonly Entry[], fresh: readonly Entry[], nameOf: (entry: Entry) => string, compare: (path: string, old: Entry, fresh: Entry) => readonly PlanChange[] = properties): readonly PlanChange[] {
  const before = keyed(old, nameOf);
  const after = keyed(fresh, nameOf);
  return [
    ...[...after].flatMap(([name, entry]): readonly PlanChange[] => {
      const path = `${what} ${name}`;
      const known = before.get(name);
      return known === undefined ? [{ kind: 'added', path, key: null, before: undefined, after: entry, words: `${path}: added` }] : compare(path, known, entry);
    }),
    ...[...before].filter(([name]) => !after.has(name)).map(([name, entry]): PlanChange => ({ kind: 'removed', path: `${what} ${name}`, key: null, before: entry, after: undefined, words: `${what} ${name}: removed` })),
  ];
}

function properties(path: string, old: object, fresh: object): readonly PlanChange[] {
  const before = new Map(Object.entries(old));
  const after = new Map(Object.entries(fresh));
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key): readonly PlanChange[] => {
    const [was, is]: readonly unknown[] = [before.get(key), after.get(key)];
    if (remarks.has(key) || canonicalJson([was]) === canonicalJson([is])) return [];
    const change = was === undefined ? `${key} ${shown(is)} added` : is === undefined ? `${key} ${shown(was)} removed` : `${key} changed from ${shown(was)} to ${shown(is)}`;
    return [{ kind: 'changed', path, key, before: was, after: is, words: `${path}: ${change}` }];
  });
}

/** Field lines run in order, and phases too: a new order is a change although no entry differs. */
function orderChanges(path: string, old: readonly string[], fresh: readonly string[]): readonly PlanChange[] {
  const before = old.filter((name) => fresh.includes(name));
  const after = fresh.filter((name) => old.includes(name));
  if (canonicalJson(before) === canonicalJson(after)) return [];
  return [{ kind: 'changed', path, key: 'order', before, after, words: `${path}: order changed` }];
}

function shown(value: unknown): string {
  return value === null ? 'open' : quote(value as never);
}
