import type { DestinationConnection, MatchHit } from '../../connector/destination.ts';
import type { CompiledMapping, CompiledPlan } from '../../plan/compiled/compile.ts';
import { fold } from '../../plan/values/fold.ts';
import type { LinkResolution, LookupRequest, RecordContext } from '../../plan/record-context.ts';
import { collectLookups, withOwnId, type LookupWish } from '../../plan/compiled/transform-record.ts';
import type { JsonObject } from '../../connector/json.ts';
import { previewId, type Foreseen } from './foreseen.ts';
import { inputHash } from './input-hash.ts';
import type { CrosswalkRow } from '../ports/ledger.ts';
import type { ResolvedLink, StagedRecord } from '../ports/staging.ts';
import type { Store } from '../ports/store.ts';

/** What a transform may look at, and the hash over all of it but the look-ups. */
export interface GatheredContext extends RecordContext { readonly input: string }

/**
 * Gathers, for one step of records, everything that their transform may look at: resolved links with the places of their
 * targets, facts, and the existing destination records that look-ups ask for. A handful of queries per step, never one per record.
 * @param params.foreseen of a preview: the places that it has seen count as well; 'everything' = each linked record counts as loaded by every mapping of its object
 * @param params.settled input hashes by source id of records that need no transform where nothing has changed: no look-up is made for them.
 */
export async function gatherContexts(params: Readonly<{
  store: Store;
  projectId: string;
  plan: CompiledPlan;
  mapping: CompiledMapping;
  records: readonly StagedRecord[];
  destination: Pick<DestinationConnection, 'match'>;
  foreseen: Foreseen | 'everything' | null;
  memory: LookupMemory | null; // null = every look-up is asked anew
  settled?: ReadonlyMap<string, string>;
  inputsOnly?: boolean; // true = no look-up at all: only the hashes are wanted
}>): Promise<ReadonlyMap<string, GatheredContext>> {
  const { store, projectId, plan, mapping, records, destination } = params;
  const object = mapping.mapping.source;
  const sourceIds = records.map((record) => record.sourceId);
  const facts = plan.plan.facts.filter((fact) => fact.object === object);
  const resolved = await store.resolvedLinks({ projectId, object, sourceIds });
  const given = await givenFields(store, projectId, plan, mapping, resolved);
  const places = await placesOf({ store, projectId, plan, object, resolved, foreseen: params.foreseen });
  const counts = facts.length === 0 ? [] : await store.inboundCounts({
    projectId, object, sourceIds,
    facts: facts.map((fact) => ({ name: fact.name, ofObject: fact.count.of, link: fact.count.link, labels: fact.count.labels ?? null, ...(fact.count.unless === undefined ? {} : { unless: fact.count.unless }) })),
  });
  const linksOf = new Map<string, Record<string, LinkResolution[]>>();
  for (const link of resolved) {
    const links = linksOf.get(link.fromId) ?? {};
    linksOf.set(link.fromId, links);
    (links[link.name] ??= []).push(resolution(link));
  }
  const factsOf = new Map<string, Record<string, number>>();
  for (const count of counts) {
    const own = factsOf.get(count.sourceId) ?? {};
    factsOf.set(count.sourceId, own);
    own[count.name] = count.count;
  }
  const noFacts = Object.fromEntries(facts.map((fact) => [fact.name, 0]));
  const scopes = new Map(sourceIds.map((sourceId) => [sourceId, { links: linksOf.get(sourceId) ?? {}, facts: { ...noFacts, ...factsOf.get(sourceId) } }]));
  const inputs = new Map(records.map((record) => [record.sourceId, inputHash(plan, mapping, record, scopes.get(record.sourceId) ?? { links: {}, facts: noFacts })]));
  const open = params.inputsOnly === true ? [] : records.filter((record) => params.settled === undefined || params.settled.get(record.sourceId) !== inputs.get(record.sourceId));
  const selected = await Promise.all(open.map((record) => isSelected(mapping, record, scopes.get(record.sourceId))));
  const wishes = (await Promise.all(open.filter((_, index) => selected[index]).map((record) => collectLookups(mapping, record, scopes.get(record.sourceId))))).flat();
  const lookup = await lookUp(destination, params.memory, (wanted) => standsStill(plan, mapping, wanted), wishes);
  return new Map(sourceIds.map((sourceId) => [sourceId, { ...(scopes.get(sourceId) ?? { links: {}, facts: noFacts }), lookup, input: inputs.get(sourceId) ?? '' }]));

  function resolution(link: ResolvedLink): LinkResolution {
    if (link.state === 'missing') return { state: 'missing', asked: link.asked };
    if (link.state === 'ambiguous') return { state: 'ambiguous', asked: link.asked, candidates: link.candidates };
    const targetId = link.targetId ?? '';
    const known = places.get(`${link.name}\u0000${targetId}`) ?? {};
    return { state: 'found', sourceId: targetId, ...(link.label === null ? {} : { label: link.label }), targets: params.foreseen === 'everything' ? { ...pretended(link.name, targetId), ...known } : known, ...given(link) };
  }

  function pretended(linkName: string, targetId: string): Record<string, string> {
    const to = plan.plan.links.find((link) => link.object === object && link.name === linkName)?.to;
    return Object.fromEntries(plan.plan.mappings.filter((each) => each.source === to).map((each) => [each.id, previewId(each.id, targetId)]));
  }
}

/** Whether the mapping takes the record at all: nothing is looked up for those that it passes by. */
export async function isSelected(mapping: CompiledMapping, record: StagedRecord, scope: Pick<RecordContext, 'links' | 'facts'> | undefined): Promise<boolean> {
  if (mapping.condition === null || scope === undefined) return true;
  try {
    return await mapping.condition({ record: record.data, ...scope });
  } catch {
    return true; // the transform says what is wrong with it
  }
}

/** Fields of linked records that lines of the mapping give on: one query per linked object. */
async function givenFields(store: Store, projectId: string, plan: CompiledPlan, mapping: CompiledMapping, resolved: readonly ResolvedLink[]): Promise<(link: ResolvedLink) => { given?: JsonObject }> {
  const wanted = new Map<string, Set<string>>(); // link name → fields
  for (const { start } of mapping.lines) if (start.kind === 'link' && start.give !== null) wanted.set(start.name, (wanted.get(start.name) ?? new Set()).add(start.give));
  if (wanted.size === 0) return () => ({});
  const objectOf = (name: string): string => plan.plan.links.find((link) => link.object === mapping.mapping.source && link.name === name)?.to ?? '';
  const records = new Map<string, JsonObject>();
  for (const object of new Set([...wanted.keys()].map(objectOf))) {
    const sourceIds = [...new Set(resolved.filter((link) => wanted.has(link.name) && objectOf(link.name) === object && link.targetId !== null).map((link) => link.targetId as string))];
    for (const record of sourceIds.length === 0 ? [] : await store.findStaged({ projectId, object, sourceIds })) records.set(`${object}\u0000${record.sourceId}`, withOwnId(record));
  }
  return (link) => {
    const names = wanted.get(link.name);
    const record = records.get(`${objectOf(link.name)}\u0000${link.targetId ?? ''}`);
    return names === undefined || record === undefined ? {} : { given: Object.fromEntries([...names].map((name) => [name, record[name] ?? null])) };
  };
}

/** Destination ids of link targets by mapping: one crosswalk query per linked object. */
async function placesOf(params: Readonly<{ store: Store; projectId: string; plan: CompiledPlan; object: string; resolved: readonly ResolvedLink[]; foreseen: Foreseen | 'everything' | null }>): Promise<ReadonlyMap<string, Record<string, string>>> {
  const { store, projectId, plan, object, resolved, foreseen } = params;
  const places = new Map<string, Record<string, string>>();
  for (const link of plan.plan.links.filter((each) => each.object === object)) {
    const targets = [...new Set(resolved.filter((each) => each.name === link.name && each.targetId !== null).map((each) => each.targetId as string))];
    const mappings = plan.plan.mappings.filter((mapping) => mapping.source === link.to).map((mapping) => mapping.id);
    if (targets.length === 0 || mappings.length === 0) continue;
    const place = (row: Pick<CrosswalkRow, 'mapping' | 'sourceId' | 'destinationId'>): void => {
      const key = `${link.name}\u0000${row.sourceId}`;
      const known = places.get(key) ?? {};
      places.set(key, known);
      known[row.mapping] ??= row.destinationId;
    };
    // Where a left out one stood is no place to lead to: another mapping has it now, or none.
    const seen = foreseen === 'everything' ? null : foreseen;
    const leaves = await seen?.leaving(mappings, targets);
    for (const row of await store.crosswalk({ projectId, mappings, sourceIds: targets })) if ((leaves?.(row) ?? row.leftOut) !== true) place(row);
    for (const row of await seen?.places(mappings, targets) ?? []) place(row);
  }
  return places;
}

/** Whether no mapping of this phase or a later one makes records of the object: what a look-up found stays so until the run's end. */
function standsStill(plan: CompiledPlan, mapping: CompiledMapping, object: string): boolean {
  const place = (phase: string): number => plan.plan.phases.findIndex(({ name }) => name === phase);
  const own = place(mapping.mapping.phase);
  return plan.plan.mappings.every((each) => each.destination !== object || each.identity.create === false || place(each.phase) < own);
}

/** Values remembered per run: countries, states and users are few; a field of free text must not fill the memory. */
const REMEMBERED = 5_000;

/** Hits of look-ups in objects that stand still from here to the end of the run. */
export class LookupMemory {
  readonly #hits = new Map<string, readonly MatchHit[]>();

  get(slot: string): readonly MatchHit[] | undefined {
    return this.#hits.get(slot);
  }

  set(slot: string, hits: readonly MatchHit[]): void {
    if (this.#hits.size >= REMEMBERED) this.#hits.clear();
    this.#hits.set(slot, hits);
  }
}

/** Asks each (object, field) pair once for all values of the step that are not known yet. */
async function lookUp(destination: Pick<DestinationConnection, 'match'>, memory: LookupMemory | null, isStill: (object: string) => boolean, wishes: readonly LookupWish[]): Promise<RecordContext['lookup']> {
  const groups = new Map<string, { wish: LookupWish; values: Map<string, string>; fields: Set<string> }>();
  const hits = new Map<string, MatchHit[]>();
  for (const wish of wishes) {
    const key = groupKey(wish);
    const slot = slotOf(key, wish.value, wish.ignoreCase);
    const known = isStill(wish.object) ? memory?.get(slot) : undefined;
    if (known !== undefined) {
      hits.set(slot, [...known]);
      continue;
    }
    const group = groups.get(key) ?? { wish, values: new Map<string, string>(), fields: new Set<string>() };
    groups.set(key, group);
    group.values.set(slot, wish.value);
    for (const field of wish.scopeFields) group.fields.add(field);
    if (wish.give !== null) group.fields.add(wish.give);
  }
  for (const [key, group] of groups) {
    const { object, by, ignoreCase } = group.wish;
    for (const hit of await destination.match({ object, field: by, values: [...group.values.values()], ignoreCase, fields: [...group.fields] })) {
      const slot = slotOf(key, hit.value, ignoreCase);
      const known = hits.get(slot);
      if (known === undefined) hits.set(slot, [hit]);
      else if (!known.some((other) => other.id === hit.id)) known.push(hit);
    }
    if (isStill(object)) for (const slot of group.values.keys()) memory?.set(slot, hits.get(slot) ?? []);
  }
  return (request) => {
    const found = (hits.get(slotOf(groupKey(request), request.value, request.ignoreCase)) ?? [])
      .filter((hit) => Object.entries(request.scope).every(([field, value]) => value === null || String(hit.values[field] ?? '') === String(value)));
    const ids = new Set(found.map((hit) => (request.give === null ? hit.id : String(hit.values[request.give] ?? ''))));
    ids.delete('');
    return ids.size > 1 ? 'ambiguous' : [...ids][0];
  };

  /** Look-ups of the same field that fetch other fields along are kept apart: a remembered hit must hold what is asked of it. */
  function groupKey(request: LookupRequest | LookupWish): string {
    const scope = 'scopeFields' in request ? request.scopeFields : Object.keys(request.scope);
    return [request.object, request.by, String(request.ignoreCase), request.give ?? '', ...scope.toSorted()].join('\u0000');
  }

  function slotOf(key: string, value: string, ignoreCase: boolean): string {
    return `${key}\u0000${compared(value, ignoreCase)}`;
  }
}

function compared(value: string, ignoreCase: boolean): string {
  return ignoreCase ? fold(value) : value;
}

/** Crosswalk rows by source id. */
export function bySourceId(rows: readonly CrosswalkRow[]): ReadonlyMap<string, CrosswalkRow> {
  return new Map(rows.map((row) => [row.sourceId, row]));
}
