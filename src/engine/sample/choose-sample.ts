import { ConfigurationError } from '../../connector/errors.ts';
import type { Json } from '../../connector/json.ts';
import { fold } from '../../plan/values/fold.ts';
import type { Plan } from '../../plan/plan.ts';
import { plainText } from '../../plan/values/plain-text.ts';
import type { PhaseWork } from '../phases/phase-work.ts';
import type { StoredQuarantineEntry } from '../ports/ledger.ts';
import { parseWhere, type WhereClause } from './where.ts';

const PAGE = 1000;
/** Records chosen where nobody says how many. */
const DEFAULT_RECORDS = 200;

interface Roots { readonly object: string; readonly sourceIds: readonly string[] }

/**
 * Chooses a connected subset for a sample run: the records asked for (by id, by condition, or spread evenly), whatever belongs
 * to them (their notes, messages, tags), and all that these depend on (companies, stages, owners). Of what is held back: those records
 * and what they depend on.
 * @throws ConfigurationError 'unknown-sample-record', 'unknown-sample-object', 'empty-sample'
 */
export async function chooseSample(work: PhaseWork): Promise<void> {
  const { store } = work.dependencies;
  const { ids, where, records, alone, heldBack } = work.settings;
  const named = ids !== undefined || where !== undefined || heldBack === true;
  const roots = [...(ids === undefined ? [] : await byIds(work, ids)), ...(where === undefined ? [] : await byConditions(work, where.map(parseWhere), records ?? null)), ...(heldBack === true ? await byQuarantine(work) : []), ...(named ? [] : await spreadEvenly(work, records ?? DEFAULT_RECORDS))];
  const related = named && alone !== true && heldBack !== true ? linkingObjects(work.plan.plan) : [];
  const parts = alone === true ? [] : await partLinks(work);
  const selection = { projectId: work.project.id, runId: work.run.id, related, parts };
  const chosen = await store.selectSample({ ...selection, roots });
  const kinds = await kindsOf(work, new Set(chosen.map(({ object }) => object)));
  const counts = kinds.length === 0 ? chosen : await store.selectSample({ ...selection, roots: kinds, related: [] });
  if (counts.length === 0) throw new ConfigurationError({ code: 'empty-sample', message: 'No record was chosen for the sample.', remedy: heldBack === true ? 'Nothing that is held back was read in: correct it in the source, and start the sample again.' : where === undefined ? 'Say how many, or give ids or conditions that choose some: `portolan sample`.' : `No record fulfils ${where.join(' and ')}: check field names and values (listed by \`portolan discover\`).` });
}

/**
 * Derived records that are made of no field of any record: the kind of message that calls are. No link can name them, and still
 * whatever they are derived from depends on them.
 */
async function kindsOf(work: PhaseWork, chosen: ReadonlySet<string>): Promise<Roots[]> {
  const kinds = work.plan.plan.derived.filter(({ from }) => from.some(({ object, fields }) => chosen.has(object) && Object.keys(fields).length === 0));
  return Promise.all(kinds.map(async ({ object }) => ({ object, sourceIds: (await work.dependencies.store.pageStaged({ projectId: work.project.id, object, afterSeq: 0n, limit: PAGE })).map(({ sourceId }) => sourceId) })));
}

/** Records evenly over the objects that people look at: not what is only gathered from others, nor what only ties records together. */
async function spreadEvenly(work: PhaseWork, count: number): Promise<Roots[]> {
  const { store } = work.dependencies;
  const { plan } = work.plan;
  const derived = new Set(plan.derived.map((each) => each.object));
  const parts = new Set(await partObjects(work));
  const objects = [...new Set(plan.mappings.filter((mapping) => !derived.has(mapping.source) && !parts.has(mapping.source) && plan.links.some((link) => link.object === mapping.source)).map((mapping) => mapping.source))];
  const each = Math.max(1, Math.ceil(count / Math.max(1, objects.length)));
  return Promise.all(objects.map(async (object) => ({ object, sourceIds: await store.pickEvenly({ projectId: work.project.id, object, count: each, seed: work.project.id }) })));
}

/** Source objects that become parts of other records only: tags on records, members of lists. They come with their record. */
async function partObjects(work: PhaseWork): Promise<readonly string[]> {
  const { capabilities } = await work.sessions.destination(work.project.id);
  const isPart = (destination: string): boolean => capabilities.partOf?.[destination] !== undefined || ((capabilities.naturalKeys ?? []).includes(destination) && capabilities.ownRecords?.includes(destination) !== true);
  const { mappings } = work.plan.plan;
  return [...new Set(mappings.map((mapping) => mapping.source))].filter((object) => mappings.filter((mapping) => mapping.source === object).every((mapping) => isPart(mapping.destination)));
}

/** The links by which parts name the record that they are part of: its tags come with it. */
async function partLinks(work: PhaseWork): Promise<readonly Readonly<{ object: string; link: string }>[]> {
  const { capabilities } = await work.sessions.destination(work.project.id);
  return work.plan.plan.mappings.filter((mapping) => mapping.status !== 'rejected').flatMap((mapping) => mapping.fields
    .filter((line) => line.link !== undefined && line.to === capabilities.partOf?.[mapping.destination]?.field && line.status !== 'rejected').map((line) => ({ object: mapping.source, link: line.link as string })));
}

function linkingObjects(plan: Plan): readonly string[] {
  const mapped = new Set(plan.mappings.map((mapping) => mapping.source));
  return [...new Set(plan.links.map((link) => link.object))].filter((object) => mapped.has(object));
}

/** What is held back and was read in: the records that are tried again, and no others. */
async function byQuarantine(work: PhaseWork): Promise<Roots[]> {
  const { store } = work.dependencies;
  const moved = new Set(work.plan.plan.mappings.map((mapping) => mapping.source));
  const wanted = new Map<string, Set<string>>();
  for (let after: string | null = null; ;) {
    const page: readonly StoredQuarantineEntry[] = await store.quarantine({ projectId: work.project.id, open: true, code: null, limit: PAGE, after });
    for (const { sourceObject, sourceId } of page) if (moved.has(sourceObject)) wanted.set(sourceObject, (wanted.get(sourceObject) ?? new Set()).add(sourceId));
    const last = page.at(-1);
    if (last === undefined) break;
    after = last.id;
  }
  return [...wanted].map(([object, sourceIds]) => ({ object, sourceIds: [...sourceIds] }));
}

async function byIds(work: PhaseWork, ids: readonly string[]): Promise<Roots[]> {
  const { store } = work.dependencies;
  const wanted = new Map<string, string[]>();
  for (const id of ids) {
    const [object, sourceId] = [id.slice(0, id.indexOf(':')), id.slice(id.indexOf(':') + 1)];
    requireObject(work, object);
    wanted.set(object, [...wanted.get(object) ?? [], sourceId]);
  }
  for (const [object, sourceIds] of wanted) {
    const found = new Set((await store.findStaged({ projectId: work.project.id, object, sourceIds })).map((record) => record.sourceId));
    const missing = sourceIds.filter((sourceId) => !found.has(sourceId));
    if (missing.length > 0) throw new ConfigurationError({ code: 'unknown-sample-record', message: `The source has no ${object} ${missing.slice(0, 5).map((id) => `"${id}"`).join(', ')}.`, remedy: 'Give ids as the source writes them (or the derived keys of the reports).' });
  }
  return [...wanted].map(([object, sourceIds]) => ({ object, sourceIds }));
}

/** All records that fulfil the conditions on their object; of more than `most` the ones that the project's own order of chance puts first. */
async function byConditions(work: PhaseWork, clauses: readonly WhereClause[], most: number | null): Promise<Roots[]> {
  const { store } = work.dependencies;
  const roots: Roots[] = [];
  for (const object of new Set(clauses.map((clause) => clause.object))) {
    requireObject(work, object);
    const own = clauses.filter((clause) => clause.object === object);
    const found: string[] = [];
    for (let afterSeq = 0n; ;) {
      const page = await store.pageStaged({ projectId: work.project.id, object, afterSeq, limit: PAGE });
      for (const record of page) if (own.every((clause) => fulfils(record.data[clause.field] ?? null, clause))) found.push(record.sourceId);
      const last = page.at(-1);
      if (last === undefined) break;
      afterSeq = last.seq;
    }
    if (most === null || found.length <= most) roots.push({ object, sourceIds: found });
    else {
      const chosen = new Set(found);
      const order = await store.pickEvenly({ projectId: work.project.id, object, count: 2_147_483_647, seed: work.project.id });
      roots.push({ object, sourceIds: order.filter((id) => chosen.has(id)).slice(0, most) });
    }
  }
  return roots;
}

function fulfils(value: Json, { operator, text }: WhereClause): boolean {
  const held = [value].flat().map((entry) => fold(plainText(entry) ?? ''));
  const wanted = fold(text);
  if (operator === '!=') return !held.includes(wanted);
  return operator === '=' ? held.includes(wanted) : held.some((entry) => entry.includes(wanted));
}

function requireObject(work: PhaseWork, object: string): void {
  const known = [...new Set(work.plan.plan.mappings.map((mapping) => mapping.source))];
  if (!known.includes(object)) throw new ConfigurationError({ code: 'unknown-sample-object', message: `The plan moves no source object "${object}".`, remedy: `Its objects are: ${known.join(', ')}.` });
}
