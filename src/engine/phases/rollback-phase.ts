import { defaultBackoffMs, withRetries } from '../retry.ts';
import type { CrosswalkRow } from '../ports/ledger.ts';
import { PREPARE } from '../phase-names.ts';
import { FIELDS_MAPPING, FIELDS_OBJECT } from '../steps/create-fields.ts';
import type { DeleteScope } from '../steps/delete-mapping.ts';
import { runBatches, type PhaseWork } from './phase-work.ts';

/** Takes one phase of the plan back, its mappings in reverse order. */
export async function rollbackPhase(work: PhaseWork): Promise<void> {
  await adoptOrphans(work);
  const ids = work.phase === PREPARE ? [FIELDS_MAPPING] : work.plan.plan.mappings.filter((mapping) => mapping.phase === work.phase).map((mapping) => mapping.id).toReversed();
  const scope: DeleteScope = { dryRun: work.settings.dryRun === true, deleteChanged: work.settings.deleteChanged ?? false };
  for (const subject of ids) {
    work.step(`take back ${subject}`);
    await runBatches(work, [{ kind: 'delete', subject, position: 0, work: scope }]);
  }
}

/**
 * Records that an interrupted run created without living to write it down: their intents are open. They are looked up by
 * their keys and enter the crosswalk, so that the rollback finds them too.
 */
async function adoptOrphans(work: PhaseWork): Promise<void> {
  const { store } = work.dependencies;
  const intents = await store.openCreateIntents(work.project.id);
  if (intents.length === 0 || work.settings.dryRun === true) return;
  const destination = await work.sessions.destination(work.project.id);
  for (const object of new Set(intents.map((intent) => intent.destinationObject))) {
    const own = intents.filter((intent) => intent.destinationObject === object);
    const stored = await withRetries({ call: () => destination.lookup({ object, keys: own.map((intent) => intent.key) }), backoffMs: work.dependencies.backoffMs ?? defaultBackoffMs, signal: work.signal });
    const rows = own.flatMap((intent): CrosswalkRow[] => {
      const id = stored.get(intent.key);
      const sourceObject = intent.mapping === FIELDS_MAPPING ? FIELDS_OBJECT : work.plan.plan.mappings.find((mapping) => mapping.id === intent.mapping)?.source ?? '';
      return id === undefined ? [] : [{ mapping: intent.mapping, sourceObject, sourceId: intent.sourceId, destinationObject: object, destinationId: id, how: 'created', key: intent.key, payload: {}, payloadHash: intent.payloadHash, previous: null, version: null, contentHash: null, runId: work.run.id }];
    });
    await store.adopt({ projectId: work.project.id, rows, closeIntents: own.map((intent) => intent.key) });
  }
}
