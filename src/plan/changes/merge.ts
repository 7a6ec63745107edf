import { readAnswer } from './answers.ts';
import { canonicalJson } from '../hash.ts';
import { keyed } from '../line-keys.ts';
import type { Decision, FieldLine, Mapping, Plan } from '../plan.ts';

/**
 * Takes what a person did to the previous plan over into a new proposal:
 * - lines, mappings and new fields that were confirmed or rejected stay as they were, also where the proposal no longer has them;
 * - a still proposed line whose content differs while its reason is the same was edited by a person (the proposer writes a
 *   new reason with new content): it stays as it was;
 * - a line that a person gave to another field (its column, its reason, another "to") stays there, and the proposal does not make
 *   it a second time; nor the new field that it would have been for;
 * - answers stay where the decision still exists and still allows them; a decision that the kept lines refer to stays too.
 * Everything else is as newly proposed. Pure.
 */
export function keepPersonsEdits(previous: Plan, proposed: Plan): Plan {
  const mappings = mergeEntries(previous.mappings, proposed.mappings, ({ id }) => id, mergeMapping);
  const schema = mergeEntries(previous.schema, withoutUnused(previous, proposed, mappings), ({ object, name }) => `${object}.${name}`, keepIfPersons);
  const links = withMissing(previous.links, proposed.links, ({ object, name }) => `${object}.${name}`, mappings);
  const facts = withMissing(previous.facts, proposed.facts, ({ object, name }) => `${object}.${name}`, mappings);
  const phases = [...proposed.phases, ...previous.phases.filter(({ name }) => !proposed.phases.some((phase) => phase.name === name) && mappings.some(({ phase }) => phase === name))];
  return { ...proposed, decisions: mergeDecisions(previous, proposed, mappings), schema, links, facts, phases, mappings };
}

interface Judged { readonly status: 'proposed' | 'confirmed' | 'rejected'; readonly reason: string }

/** The person's version where there is one, else the proposal. */
function keepIfPersons<Line extends Judged>(old: Line, fresh: Line): Line {
  if (old.status !== 'proposed') return old;
  return old.reason === fresh.reason && content(old) !== content(fresh) ? old : fresh;
}

/** What a line does, without what the proposer says about it. */
function content(line: object): string {
  return canonicalJson({ ...line, status: null, confidence: null, reason: null, evidence: null, alternatives: null });
}

/** In the order of the proposal; entries that only the previous plan has follow if a person settled them. */
function mergeEntries<Entry extends Judged>(old: readonly Entry[], fresh: readonly Entry[], nameOf: (entry: Entry) => string, merge: (old: Entry, fresh: Entry) => Entry): Entry[] {
  const before = keyed(old, nameOf);
  const after = keyed(fresh, nameOf);
  const merged = [...after].map(([name, entry]) => { const known = before.get(name); return known === undefined ? entry : merge(known, entry); });
  return [...merged, ...[...before].filter(([name, { status }]) => !after.has(name) && status !== 'proposed').map(([, entry]) => entry)];
}

function mergeMapping(old: Mapping, fresh: Mapping): Mapping {
  const head = keepIfPersons({ ...old, fields: [], leftOut: [] }, { ...fresh, fields: [], leftOut: [] });
  const moved = movedLines(old.fields, fresh.fields);
  const settledElsewhere = new Set(moved.map(({ from }) => from));
  const isProposedAnew = ({ to, from }: FieldLine): boolean => typeof from === 'string' && settledElsewhere.has(from) && !old.fields.some((line) => line.to === to);
  const kept = mergeEntries(old.fields, fresh.fields.filter((line) => !isProposedAnew(line)), ({ to }) => to, keepIfPersons);
  const fields = [...kept, ...moved.filter((line) => !kept.includes(line))];
  const settled = new Set(fields.filter(({ status }) => status === 'confirmed').flatMap(sourcesOf));
  const known = new Set(old.leftOut.map(({ from }) => from));
  // A person moved a left-out column into a field line: the proposal must not leave it out again.
  // What found a place since is moved, not left out: its new line is there to be confirmed.
  const placed = new Set(fields.filter(({ to, status }) => status === 'proposed' && !old.fields.some((line) => line.to === to)).flatMap(sourcesOf).filter((from) => !fresh.leftOut.some((one) => one.from === from)));
  const leftOut = mergeEntries(old.leftOut, fresh.leftOut, ({ from }) => from, keepIfPersons).filter(({ from }) => (known.has(from) && !placed.has(from)) || (!known.has(from) && !settled.has(from)));
  return { ...head, fields, leftOut };
}

/** Lines that a person gave another destination field: their column alone, to a field that the proposal does not fill. */
function movedLines(old: readonly FieldLine[], fresh: readonly FieldLine[]): readonly FieldLine[] {
  const targets = new Set(fresh.map(({ to }) => to));
  const known = new Set(old.map(({ to }) => to));
  return old.filter((line) => typeof line.from === 'string' && line.status !== 'rejected' && !targets.has(line.to)
    && fresh.some(({ from, to, reason }) => from === line.from && !known.has(to) && (line.status === 'confirmed' || reason === line.reason)));
}

/** New fields of the proposal that no line fills once the person's lines stand, and that the person did not have before. */
function withoutUnused(previous: Plan, proposed: Plan, mappings: readonly Mapping[]): readonly Plan['schema'][number][] {
  const fills = (of: readonly Mapping[], object: string, name: string): boolean => of.some((mapping) => mapping.destination === object && mapping.fields.some(({ to }) => to === name));
  return proposed.schema.filter(({ object, name }) => fills(mappings, object, name) || !fills(proposed.mappings, object, name) || previous.schema.some((line) => line.object === object && line.name === name));
}

function sourcesOf({ from }: FieldLine): readonly string[] {
  return from === undefined ? [] : Array.isArray(from) ? from : [from];
}

function mergeDecisions(previous: Plan, proposed: Plan, mappings: readonly Mapping[]): Decision[] {
  const before = new Map(previous.decisions.map((decision) => [decision.id, decision]));
  const fresh = new Set(proposed.decisions.map(({ id }) => id));
  const used = canonicalJson(mappings);
  return [
    ...proposed.decisions.map((decision) => {
      const given = before.get(decision.id)?.answer ?? null;
      if (given === null) return decision;
      const reading = readAnswer(decision, given);
      return reading.problem ? decision : { ...decision, answer: reading.value as Decision['answer'] };
    }),
    ...previous.decisions.filter(({ id }) => !fresh.has(id) && used.includes(JSON.stringify(id))),
  ];
}

function withMissing<Entry extends { readonly name: string }>(old: readonly Entry[], fresh: readonly Entry[], nameOf: (entry: Entry) => string, mappings: readonly Mapping[]): Entry[] {
  const known = new Set(fresh.map(nameOf));
  const used = canonicalJson(mappings);
  return [...fresh, ...old.filter((entry) => !known.has(nameOf(entry)) && used.includes(JSON.stringify(entry.name)))];
}
