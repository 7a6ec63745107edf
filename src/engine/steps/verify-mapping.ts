import type { DestinationRecord } from '../../connector/destination.ts';
import type { JsonObject } from '../../connector/json.ts';
import type { CrosswalkRow } from '../ports/ledger.ts';
import type { FieldClass, FieldFinding, VerificationCounts } from '../ports/verification.ts';
import type { FieldsByName } from '../sessions.ts';
import { contentsOfParents } from '../load/parents.ts';
import { compareRecord } from '../verify/compare.ts';
import { readBack, rowKey } from '../verify/read-back.ts';
import { insist, mayGoOn, ofOneObject, type BatchWork } from './batch-work.ts';

/** Where the batch stands: in which of its mappings, and behind which record of it. */
interface VerifyCheckpoint { readonly after: string; readonly step: number; readonly at?: number }
/** What a verify batch covers: rows this run touched, or every row, of its own mapping or of several that are read together. */
export interface VerifyScope { readonly all: boolean; readonly mappings?: readonly string[] }

/**
 * Reads back every field of every record that the mappings wrote, classes each, and keeps the version tokens for a rollback.
 * Records of one object are read together, whichever mapping they are of.
 */
export async function verifyMapping(work: BatchWork): Promise<void> {
  const { dependencies: { store }, sessions, project, run, batch } = work;
  const destination = await sessions.destination(project.id);
  const scope = batch.work as unknown as VerifyScope;
  const mappings = scope.mappings ?? [batch.subject];
  const checkpoint = batch.checkpoint as unknown as VerifyCheckpoint | null;
  let step = checkpoint?.step ?? 0;
  for (let place: Place = { at: checkpoint?.at ?? 0, after: checkpoint?.after ?? '' }; ;) {
    const parts = await pagesOfOneObject(work, mappings, place, destination.capabilities.batchSize.read);
    const object = parts[0]?.page[0]?.destinationObject;
    if (object === undefined) return;
    const written = parts.flatMap(({ page }) => page).filter((row) => row.how === 'created' || row.previous !== null); // matched and merged records were never written
    const fields = await fieldsFor(work, object, written);
    const names = [...new Set(written.flatMap((row) => Object.keys(row.payload)))].filter((name) => fields.has(name));
    const back = await readBack({ store, projectId: project.id, destination, object, rows: written, fields: names, everything: scope.all, backoffMs: work.backoffMs, signal: work.signal });
    for (const { at, page } of parts) {
      const mapping = mappings[at] ?? '';
      const lossy = new Set((work.plan.plan.mappings.find((each) => each.id === mapping)?.fields ?? []).filter((line) => line.loss !== undefined).map((line) => line.to));
      const compared = page.filter((row) => back.has(rowKey(row))).map((row): Compared => {
        const found = back.get(rowKey(row));
        return { row, record: found?.record ?? undefined, proof: found?.record === null && found.values !== null ? 'answer' : 'read', fields: compareRecord({ written: withoutKept(row), found: found?.values ?? null, fields, lossy, normalise: (field, value) => destination.normalise({ object, field, value }) }) };
      });
      const tally = new Tally(compared);
      place = { at, after: page.at(-1)?.sourceId ?? '' };
      insist(await store.commitVerifyStep({
        projectId: project.id, runId: run.id, batchId: batch.id, fence: batch.fence, mapping, step,
        checkpoint: { ...place, step: step + 1 } satisfies VerifyCheckpoint,
        counts: tally.counts(), fromAnswers: compared.filter(({ proof }) => proof === 'answer').length, fieldCounts: tally.fieldCounts(), findings: tally.findings(),
        versions: compared.flatMap((one) => (one.record !== undefined && isOurs(one, scope) ? [{ sourceId: one.row.sourceId, version: one.record.version, contentHash: one.record.contentHash }] : [])),
        parents: await contentsOfParents({ store, project, destination, backoffMs: work.backoffMs, signal: work.signal }, page.filter((row) => row.how === 'created')),
      }), batch);
      step += 1;
      await mayGoOn(work);
    }
  }
}

interface Place { readonly at: number; readonly after: string }

/** The next rows, at most `limit`, of one mapping or more, all of one object. */
async function pagesOfOneObject({ dependencies: { store }, project, run, batch }: BatchWork, mappings: readonly string[], from: Place, limit: number): Promise<readonly Readonly<{ at: number; page: readonly CrosswalkRow[] }>[]> {
  const { all } = batch.work as unknown as VerifyScope;
  const parts: { at: number; page: readonly CrosswalkRow[] }[] = [];
  let left = limit;
  for (let { at, after } = from; at < mappings.length && left > 0;) {
    const asked = left;
    const found = await store.pageCrosswalk({ projectId: project.id, mapping: mappings[at] ?? '', after, limit: asked, runId: all ? null : run.id });
    const page = ofOneObject(found);
    const known = parts[0]?.page[0]?.destinationObject;
    if (known !== undefined && page[0] !== undefined && page[0].destinationObject !== known) break;
    if (page.length > 0) parts.push({ at, page });
    if (page.length < found.length) break;
    left -= page.length;
    if (found.length < asked) { at += 1; after = ''; } else after = page.at(-1)?.sourceId ?? '';
  }
  return parts;
}

/** The object's fields; asked for anew where this process has looked before another one made the fields that were written. */
async function fieldsFor({ sessions, project }: BatchWork, object: string, rows: readonly CrosswalkRow[]): Promise<FieldsByName> {
  const fields = await sessions.fields(project.id, object);
  if (rows.every((row) => Object.keys(row.payload).every((name) => fields.has(name)))) return fields;
  sessions.forgetFields();
  return sessions.fields(project.id, object);
}

/** What was written, without the fields that were left to the people who changed them. */
function withoutKept(row: CrosswalkRow): JsonObject {
  return Object.fromEntries(Object.entries(row.payload).filter(([name]) => row.keptFields?.includes(name) !== true));
}

/**
 * Whether what was read back is what we wrote, so that its version may stand for "untouched since": not where a field differs,
 * not where fields that we never wrote have changed since the first look, and in a mere read-back only where none is known yet. Else a person's change would be taken for ours, and deleted with it.
 */
function isOurs({ row, record, fields }: Compared, scope: VerifyScope): boolean {
  const untouched = row.version === null || (row.contentHash === null && record?.version === row.version) || (!scope.all && record?.contentHash === row.contentHash);
  return fields.every((field) => field.class !== 'mismatch') && untouched;
}

interface Compared { readonly row: CrosswalkRow; readonly record: DestinationRecord | undefined; readonly proof: 'read' | 'answer'; readonly fields: ReturnType<typeof compareRecord> }

/** Counts one step by class and by field. */
class Tally {
  readonly #compared: readonly Compared[];
  constructor(compared: readonly Compared[]) {
    this.#compared = compared;
  }

  counts(): VerificationCounts {
    const of = (wanted: FieldClass): number => this.#compared.reduce((sum, one) => sum + one.fields.filter((field) => field.class === wanted).length, 0);
    return {
      records: this.#compared.length, fields: this.#compared.reduce((sum, one) => sum + one.fields.length, 0),
      exact: of('exact'), equalAfterNormalisation: of('equalAfterNormalisation'), declaredLossy: of('declaredLossy'), mismatch: of('mismatch'), unreadable: of('unreadable'),
    };
  }

  fieldCounts(): { field: string; class: FieldClass; count: number }[] {
    const counts = new Map<string, { field: string; class: FieldClass; count: number }>();
    for (const { fields } of this.#compared) {
      for (const field of fields) {
        const key = `${field.field}\u0000${field.class}`;
        const known = counts.get(key) ?? { field: field.field, class: field.class, count: 0 };
        counts.set(key, known);
        known.count += 1;
      }
    }
    return [...counts.values()];
  }

  findings(): FieldFinding[] {
    return this.#compared.flatMap(({ row, fields }) => fields.flatMap((field): FieldFinding[] =>
      (field.class === 'exact' || field.class === 'equalAfterNormalisation' ? [] : [{ sourceId: row.sourceId, destinationId: row.destinationId, field: field.field, class: field.class, written: field.written, found: field.found }])));
  }
}

