import type { Json } from '../../connector/json.ts';
import { canonicalJson } from '../hash.ts';
import { keyed } from '../line-keys.ts';
import { keepPersonsEdits } from './merge.ts';
import type { Mapping, Plan } from '../plan.ts';

/** Answers of the decisions that shape the plan; open ones are left out. */
export function shapingAnswers(plan: Pick<Plan, 'decisions'>): { readonly [decisionId: string]: Json } {
  return Object.fromEntries(plan.decisions.filter(({ shapes, answer }) => shapes === true && answer !== null).map(({ id, answer }) => [id, answer]));
}

/** What the decisions that shape the plan amount to: the answer, else the recommendation that the proposal follows meanwhile. */
export function shapeOf(plan: Pick<Plan, 'decisions'>): string {
  return canonicalJson(Object.fromEntries(plan.decisions.filter(({ shapes }) => shapes === true).map(({ id, answer, recommendation }) => [id, answer ?? recommendation])));
}

/** Mappings of one proposal that the other lacks or has otherwise, judged by what they do. */
export function changedMappings(before: Plan, after: Plan): readonly string[] {
  const others = new Map(after.mappings.map((mapping) => [mapping.id, mapping]));
  const bare = (mapping: Mapping): string => canonicalJson({ ...JSON.parse(work(mapping)) as object, fields: mapping.fields.map(work), leftOut: mapping.leftOut.map(work) });
  return before.mappings.filter((mapping) => { const other = others.get(mapping.id); return other === undefined || bare(other) !== bare(mapping); }).map(({ id }) => id);
}

/**
 * Takes a plan over into a proposal that another answer has shaped. What a person did stays where its mapping is still there; what was
 * only accepted as proposed is proposed anew, and stays confirmed where it is the same.
 *
 * @param params.previous the plan with the new answers
 * @param params.before what is proposed with the old answers
 * @param params.after what is proposed with the new ones
 */
export function reshapePlan({ previous, before, after }: Readonly<{ previous: Plan; before: Plan; after: Plan }>): Plan {
  const merged = keepPersonsEdits(withoutAccepted(previous, before, after), after);
  return confirmedAgain(merged, previous);
}

interface Judged { readonly status: 'proposed' | 'confirmed' | 'rejected' }

/** What an entry does, without what is said about it. */
const work = (entry: object): string => canonicalJson({ ...entry, status: null, confidence: null, reason: null, evidence: null, alternatives: null });

/** A person's entries as they are; in the place of each that was only accepted, what is proposed now, if anything. */
function personsOnly<Entry extends Judged>(entries: readonly Entry[], before: readonly Entry[], after: readonly Entry[], nameOf: (entry: Entry) => string): Entry[] {
  const [was, is] = [keyed(before, nameOf), keyed(after, nameOf)];
  return [...keyed(entries, nameOf)].flatMap(([name, entry]) => { const old = was.get(name); return entry.status === 'rejected' || old === undefined || work(old) !== work(entry) ? [entry] : is.get(name) ?? []; });
}

const head = (mapping: Mapping): Mapping => ({ ...mapping, fields: [], leftOut: [] });

/** The plan with nothing but what a person did to the proposal: everything else is to come from the new one. */
function withoutAccepted(plan: Plan, before: Plan, after: Plan): Plan {
  const [old, fresh] = [before, after].map(({ mappings }) => new Map(mappings.map((mapping) => [mapping.id, mapping]))) as [Map<string, Mapping>, Map<string, Mapping>];
  const mappings = plan.mappings.flatMap((mapping): Mapping[] => {
    const [was, is] = [old.get(mapping.id), fresh.get(mapping.id)];
    // A mapping that a person made stays; one that the other answer does away with goes, with its lines.
    if (was === undefined) return [mapping];
    if (is === undefined || is.destination !== was.destination || is.source !== was.source) return [];
    const isPersons = mapping.status === 'rejected' || work(head(mapping)) !== work(head(was));
    return [{ ...(isPersons ? mapping : is), fields: personsOnly(mapping.fields, was.fields, is.fields, ({ to }) => to), leftOut: personsOnly(mapping.leftOut, was.leftOut, is.leftOut, ({ from }) => from) }];
  });
  const written = new Set([...after.mappings, ...mappings].map(({ destination }) => destination));
  return { ...plan, mappings, schema: personsOnly(plan.schema, before.schema, after.schema, ({ object, name }) => `${object}.${name}`).filter(({ object }) => written.has(object)) };
}

function confirmedAgain(plan: Plan, previous: Plan): Plan {
  const again = <Entry extends Judged>(entries: readonly Entry[], known: readonly Entry[], nameOf: (entry: Entry) => string): Entry[] => {
    const before = keyed(known, nameOf);
    return [...keyed(entries, nameOf)].map(([name, entry]) => { const old = before.get(name); return entry.status === 'proposed' && old?.status === 'confirmed' && work(old) === work(entry) ? { ...entry, status: 'confirmed' as const } : entry; });
  };
  const old = new Map(previous.mappings.map((mapping) => [mapping.id, mapping]));
  return {
    ...plan, schema: again(plan.schema, previous.schema, ({ object, name }) => `${object}.${name}`),
    mappings: plan.mappings.map((mapping): Mapping => {
      const was = old.get(mapping.id);
      if (was === undefined || was.destination !== mapping.destination) return mapping;
      const isSame = mapping.status === 'proposed' && was.status === 'confirmed' && work(head(was)) === work(head(mapping));
      return { ...mapping, ...(isSame ? { status: 'confirmed' as const } : {}), fields: again(mapping.fields, was.fields, ({ to }) => to), leftOut: again(mapping.leftOut, was.leftOut, ({ from }) => from) };
    }),
  };
}
