import { findSettled } from '../load/create-records.ts';
import { findApart, hasTwins, takenInLedger } from '../load/find-apart.ts';
import { versionsOfAdopted } from '../load/parents.ts';
import { isNatural } from '../load/place-new.ts';
import { defaultBackoffMs } from '../retry.ts';
import type { CrosswalkRow } from '../ports/ledger.ts';
import { PREPARE } from '../phase-names.ts';
import { DISPLAYS_MAPPING, DISPLAYS_OBJECT } from '../steps/create-displays.ts';
import { FIELDS_MAPPING, FIELDS_OBJECT } from '../fields-mapping.ts';
import type { DeleteScope } from '../rollback/kept.ts';
import { waitForQuiet } from '../rollback/quiet.ts';
import { runBatches, type PhaseWork } from './phase-work.ts';

/** Takes one phase of the plan back, its mappings in reverse order. */
export async function rollbackPhase(work: PhaseWork): Promise<void> {
  const dryRun = work.settings.dryRun === true;
  if (!dryRun) {
    await waitForQuiet(work);
    await adoptOrphans(work);
    await adoptUpdates(work);
  }
  const ids = work.phase === PREPARE ? [DISPLAYS_MAPPING, FIELDS_MAPPING] : work.plan.plan.mappings.filter((mapping) => mapping.phase === work.phase).map((mapping) => mapping.id).toReversed();
  const first = (await work.dependencies.store.phases(work.run.id))[0]?.name === work.phase;
  // Mappings that an earlier plan had and this one has not: what they wrote goes first, nothing of this plan refers to it.
  const former = first ? (await work.dependencies.store.crosswalkMappings(work.project.id)).filter((id) => id !== FIELDS_MAPPING && id !== DISPLAYS_MAPPING && !work.plan.plan.mappings.some((mapping) => mapping.id === id)) : [];
  const scope: DeleteScope = { dryRun, deleteChanged: work.settings.deleteChanged ?? false };
  for (const subject of [...former, ...ids]) {
    work.step(`take back ${subject}`);
    await runBatches(work, [{ kind: 'delete', subject, position: 0, work: scope }]);
  }
}

/** Records that were there before and that an interrupted run wrote to without living to write it down. */
async function adoptUpdates(work: PhaseWork): Promise<void> {
  const { store } = work.dependencies;
  const intents = await store.orphanedUpdates(work.project.id);
  const sourceOf = (id: string): string => work.plan.plan.mappings.find((mapping) => mapping.id === id)?.source ?? '';
  const rows = intents.flatMap((intent): CrosswalkRow[] => (intent.destinationId === null ? [] : [{
    mapping: intent.mapping, sourceObject: sourceOf(intent.mapping), sourceId: intent.sourceId, destinationObject: intent.destinationObject, destinationId: intent.destinationId, how: 'matched', key: null,
    payload: intent.payload ?? {}, payloadHash: intent.payloadHash, previous: intent.previous ?? {}, version: null, contentHash: null, runId: work.run.id,
  }]));
  if (rows.length > 0) await store.adopt({ projectId: work.project.id, rows, closeIntents: intents.map((intent) => intent.key) });
}

/**
 * Records that an interrupted run created without living to write it down: their intents are open. They are looked up by
 * their keys and enter the crosswalk, so that the rollback finds them too.
 */
async function adoptOrphans(work: PhaseWork): Promise<void> {
  const { store } = work.dependencies;
  const intents = await store.openCreateIntents(work.project.id);
  if (intents.length === 0) return;
  const destination = await work.sessions.destination(work.project.id);
  // A call whose client died may still commit: what is looked up too early would be forgotten and stay behind.
  const waitMs = Math.max(0, ...Object.values(destination.capabilities.lateCommitMs));
  const pace = { backoffMs: work.dependencies.backoffMs ?? defaultBackoffMs, signal: work.signal };
  for (const object of new Set(intents.map((intent) => intent.destinationObject))) {
    const own = intents.filter((intent) => intent.destinationObject === object);
    const keys = own.map((intent) => intent.key);
    const looked = await findSettled({ destination, object, keys, ...(isNatural(destination, object) ? { values: own.map((intent) => intent.payload ?? {}) } : {}), waitMs, ...pace });
    const payloads = new Map(own.map((intent) => [intent.key, intent.payload ?? {}]));
    const stored = hasTwins(destination, object) ? await findApart({ destination, object, found: looked, valuesOf: (key) => payloads.get(key) ?? {}, taken: takenInLedger(store, { projectId: work.project.id, object, keys }), ...pace }) : looked;
    const found = own.filter((intent) => stored.has(intent.key));
    const versions = await versionsOfAdopted({ store, project: work.project, destination, ...pace }, found);
    const rows = own.flatMap((intent): CrosswalkRow[] => {
      const id = stored.get(intent.key);
      const sourceObject = intent.mapping === FIELDS_MAPPING ? FIELDS_OBJECT : intent.mapping === DISPLAYS_MAPPING ? DISPLAYS_OBJECT : work.plan.plan.mappings.find((mapping) => mapping.id === intent.mapping)?.source ?? '';
      return id === undefined ? [] : [{ mapping: intent.mapping, sourceObject, sourceId: intent.sourceId, destinationObject: object, destinationId: id, how: 'created', key: intent.key, payload: intent.payload ?? {}, payloadHash: intent.payloadHash, previous: null, version: null, contentHash: null, runId: work.run.id }];
    });
    await store.adopt({ projectId: work.project.id, rows, closeIntents: keys, versions });
  }
}
