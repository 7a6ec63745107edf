import type { FieldDefinition } from '../../connector/destination.ts';
import { ConfigurationError, RetriableError } from '../../connector/errors.ts';
import type { JsonObject } from '../../connector/json.ts';
import type { Mapping, Plan, SchemaLine } from '../../plan/plan.ts';
import { contentHash } from '../canonical.ts';
import { externalKey } from '../external-key.ts';
import { FIELDS_MAPPING, FIELDS_OBJECT } from '../fields-mapping.ts';
import { createRecords, findSettled } from '../load/create-records.ts';
import { isNatural } from '../load/place-new.ts';
import { StepLedger } from '../load/step-ledger.ts';
import type { StagedRecord } from '../ports/staging.ts';
import { withRetries } from '../retry.ts';
import { isDry } from '../run-scope.ts';
import { insist, mayGoOn, type BatchWork } from './batch-work.ts';

/** New fields of the plan that are to exist before anything is loaded. */
export function wantedFields(plan: Plan): readonly SchemaLine[] {
  return plan.schema.filter((line) => line.status !== 'rejected');
}

/** Creates the plan's fields at the destination, one call per object (one registry reload each), exactly once, and remembers them for rollback. */
export async function createFields(work: BatchWork): Promise<void> {
  const { dependencies: { store }, sessions, project, run, batch, plan } = work;
  // What this process knows may be from before another one made or removed fields.
  sessions.forgetFields();
  // The step is one commit: who claims the batch after it would find all fields there, and count none as created.
  if (batch.checkpoint !== null) return;
  const destination = await sessions.destination(project.id);
  const schemaObject = destination.capabilities.schemaObject;
  const lines = wantedFields(plan.plan);
  if (schemaObject === null && lines.length > 0) {
    throw new ConfigurationError({ code: 'no-custom-fields', message: `The destination has no custom fields, the plan wants ${lines.length}.`, remedy: 'Reject the lines under "schema" in the plan.' });
  }
  const mapping: Mapping = { id: FIELDS_MAPPING, source: FIELDS_OBJECT, destination: schemaObject ?? '', phase: batch.phase, identity: {}, fields: [], leftOut: [], status: 'confirmed', confidence: 1, reason: 'Fields of the plan.' };
  const records = lines.map((line): StagedRecord => ({ object: FIELDS_OBJECT, sourceId: `${line.object}.${line.name}`, data: {}, hash: '', position: `plan, field ${line.object}.${line.name}`, modifiedAt: null, seq: 0n, sort: '' }));
  const ledger = new StepLedger({ mapping, runId: run.id, records });
  const known = new Set((await store.crosswalk({ projectId: project.id, mappings: [FIELDS_MAPPING], sourceIds: records.map((record) => record.sourceId) })).map((row) => row.sourceId));
  for (const object of new Set(lines.map((line) => line.object))) {
    const existing = await sessions.fields(project.id, object);
    const fresh = lines.filter((line) => line.object === object).flatMap((line) => {
      const sourceId = `${line.object}.${line.name}`;
      const values = destination.fieldRecord(fieldDefinition(line));
      const there = existing.get(line.name);
      if (known.has(sourceId) && there !== undefined) ledger.skip(sourceId, 'unchanged');
      else if (there !== undefined && there.type !== line.type) ledger.hold(sourceId, 'load', { code: 'field-type-differs', message: `Field ${sourceId} exists with type ${there.type}; the plan wants ${line.type}.`, remedy: 'Choose another name or the existing type in the plan.', field: line.name });
      else return [{ sourceId, values, there: there !== undefined, key: externalKey({ project: project.name, mapping: FIELDS_MAPPING, sourceId }) }];
      return [];
    });
    if (isDry(run)) {
      for (const one of fresh) ledger.place(one, { how: one.there ? 'matched' : 'created', id: 'preview', key: null });
      continue;
    }
    await createMissing(fresh);
    if (fresh.length > 0) await insistServed(object, fresh.filter((one) => ledger.placeOf(one.sourceId) !== undefined).map((one) => one.sourceId.slice(object.length + 1)));
  }
  insist(await store.commitLoadStep({
    projectId: project.id, runId: run.id, phase: batch.phase, mapping: FIELDS_MAPPING, sourceObject: FIELDS_OBJECT, batchId: batch.id, fence: batch.fence, checkpoint: { done: true },
    ...ledger.outcome(), ...(isDry(run) ? { crosswalk: [], quarantine: [], resolvedQuarantine: [], closeIntents: [], inputs: [], forget: [] } : {}),
  }), batch);
  sessions.forgetFields();
  await mayGoOn(work);

  /** A field that is stored and not served would hold back every record that has a value for it, one by one. */
  async function insistServed(object: string, names: readonly string[]): Promise<void> {
    const call = async (): Promise<void> => {
      sessions.forgetFields();
      const served = await sessions.fields(project.id, object);
      const missing = names.filter((name) => !served.has(name));
      if (missing.length > 0) throw new RetriableError({ code: 'fields-not-served', message: `${object}: ${missing.join(', ')} ${missing.length === 1 ? 'was' : 'were'} made, but the destination does not know ${missing.length === 1 ? 'it' : 'them'} yet.`, remedy: 'If it stays so, restart the destination, then resume.' });
    };
    await withRetries({ call, backoffMs: work.backoffMs, signal: work.signal });
  }

  async function createMissing(fresh: readonly Readonly<{ sourceId: string; values: JsonObject; there: boolean; key: string }>[]): Promise<void> {
    if (fresh.length === 0 || schemaObject === null) return;
    const keys = fresh.map((one) => one.key);
    const natural = isNatural(destination, schemaObject);
    const attempted = new Set((await store.openIntents({ projectId: project.id, keys })).map((intent) => intent.key));
    // Somebody died between intent and outcome: his call may still be at work over there.
    const waitMs = attempted.size === 0 ? 0 : destination.capabilities.lateCommitMs[schemaObject] ?? 0;
    const stored = await findSettled({ destination, object: schemaObject, keys, values: fresh.map((one) => one.values), waitMs, backoffMs: work.backoffMs, signal: work.signal });
    for (const one of fresh) {
      const id = stored.get(one.key);
      // Told apart by its name alone: without an intent of ours it was there before.
      if (id !== undefined && natural && !attempted.has(one.key)) ledger.skip(one.sourceId, 'field-exists');
      else if (id !== undefined) ledger.place(one, { how: 'created', id, key: one.key });
      else if (one.there && !attempted.has(one.key)) ledger.skip(one.sourceId, 'field-exists');
      // An intent is written only where the field was not there. Taken for somebody else's, a rollback would leave it behind.
      else if (one.there) ledger.hold(one.sourceId, 'load', { code: 'field-without-key', message: `Field ${one.sourceId} exists, and an attempt of this project was about to create it, but its key cannot be found at the destination.`, remedy: 'If nobody else made the field, remove it at the destination and resume; else choose another name in the plan.', field: null });
    }
    const open = fresh.filter((one) => !stored.has(one.key) && !one.there);
    const result = await createRecords({
      destination, object: schemaObject, records: open, files: null, backoffMs: work.backoffMs, signal: work.signal,
      beforeSend: async (part) => insist(await store.writeIntents({ projectId: project.id, runId: run.id, batchId: batch.id, fence: batch.fence, intents: part.map((one) => ({ key: one.key, mapping: FIELDS_MAPPING, sourceId: one.sourceId, action: 'create', destinationObject: schemaObject, destinationId: null, payloadHash: contentHash(one.values), previous: null, payload: one.values })) }), batch),
    });
    for (const { sourceId } of result.done.filter(({ existing }) => existing)) ledger.skip(sourceId, 'field-exists');
    for (const one of result.done.filter(({ existing }) => !existing)) ledger.place({ sourceId: one.sourceId, values: open.find((each) => each.key === one.key)?.values ?? {} }, { how: 'created', id: one.id, key: one.key });
    // Refused, since a call that lost its client has made them meanwhile: they are ours all the same.
    const late = result.refused.length === 0 ? new Map<string, string>() : await findSettled({ destination, object: schemaObject, keys: result.refused.map((one) => one.record.key), values: result.refused.map((one) => one.record.values), waitMs: 0, backoffMs: work.backoffMs, signal: work.signal });
    for (const one of result.refused) {
      const id = natural ? undefined : late.get(one.record.key);
      if (id === undefined) ledger.refuse(one.record.sourceId, one);
      else ledger.place(one.record, { how: 'created', id, key: one.record.key });
    }
    // A field that was held keeps its intent: a rollback asks for it once more.
    ledger.close(fresh.filter((one) => stored.has(one.key) || !one.there).map((one) => one.key));
  }
}

/** A line of the plan as the destination is to make it. */
export function fieldDefinition(line: SchemaLine): FieldDefinition {
  const { object, name, label, type, options, relatedObject, currencyField, help } = line;
  return {
    object, name, label, type,
    ...(options === undefined ? {} : { options }), ...(relatedObject === undefined ? {} : { relatedObject }),
    ...(currencyField === undefined ? {} : { currencyField }), ...(help === undefined ? {} : { help }),
  };
}
