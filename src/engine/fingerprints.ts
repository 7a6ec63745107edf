import type { DestinationConnection, Fingerprint } from '../connector/destination.ts';
import type { Json, JsonObject } from '../connector/json.ts';
import type { CompiledPlan } from '../plan/compiled/compile.ts';
import type { Plan } from '../plan/plan.ts';
import type { PhaseWork } from './phases/phase-work.ts';
import type { Project } from './ports/projects.ts';
import type { Store } from './ports/store.ts';
import { wantedDisplays } from './steps/create-displays.ts';
import type { Sessions } from './sessions.ts';

/** Project fact: fingerprint of the destination before the first write; gone after a complete rollback. */
const BASELINE = 'fingerprint-before';
/** Project fact: fingerprint after the rollback of a run. */
const after = (runId: string): string => `fingerprint-after:${runId}`;

/** Destination objects that a plan writes into. */
async function touchedObjects(plan: Plan, destination: DestinationConnection): Promise<readonly string[]> {
  const { schemaObject } = destination.capabilities;
  const objects = new Set(plan.mappings.filter((mapping) => mapping.status !== 'rejected').map((mapping) => mapping.destination));
  if (schemaObject !== null && plan.schema.length > 0) objects.add(schemaObject);
  for (const display of await wantedDisplays(destination, plan)) objects.add(display.object);
  return [...objects].toSorted();
}

export async function destinationCounts(destination: DestinationConnection, objects: readonly string[]): Promise<JsonObject> {
  const counts: Record<string, Json> = {};
  for (const object of new Set(objects)) if (destination.capabilities.uncounted?.includes(object) !== true) counts[object] = await destination.count({ object });
  return counts;
}

/** Remembers, once, how the destination looked before the first write of the project. */
export async function recordBaseline(params: Readonly<{ store: Store; sessions: Sessions; project: Project; plan: CompiledPlan }>): Promise<void> {
  const { store, sessions, project, plan } = params;
  if ((await store.getFact(project.id, BASELINE)) !== null) return;
  const destination = await sessions.destination(project.id);
  const fingerprint = await destination.fingerprint({ objects: await touchedObjects(plan.plan, destination) });
  await store.setFact(project.id, BASELINE, fingerprint as unknown as Json);
}

/** The proof at the end of a rollback: the same objects, looked at again. */
export async function rollbackProof(work: PhaseWork): Promise<void> {
  work.step('fingerprints');
  const { store } = work.dependencies;
  const baseline = (await store.getFact(work.project.id, BASELINE)) as unknown as Fingerprint | null;
  // Killed after the baseline was dropped: the proof has been made, and must not be made again against itself.
  if (baseline === null && (await store.getFact(work.project.id, after(work.run.id))) !== null) return;
  work.sessions.forgetFields();
  const destination = await work.sessions.destination(work.project.id);
  const objects = baseline?.objects.map((each) => each.object) ?? await touchedObjects(work.plan.plan, destination);
  const now = await destination.fingerprint({ objects });
  // Without a baseline nothing was written since the last complete rollback: the destination is its own proof.
  await store.setFact(work.project.id, after(work.run.id), { before: baseline ?? now, after: now } as unknown as Json);
  const kept = await store.rollbackKept(work.run.id);
  if (kept.length === 0 && work.settings.dryRun !== true && (baseline === null || baseline.hash === now.hash)) await store.setFact(work.project.id, BASELINE, null);
}

export interface ProofResult { readonly before: string; readonly after: string; readonly identical: boolean; readonly differences: readonly string[] }

/** What the proof of a rollback run says; null = it has not come to it. */
export async function proofOf(store: Store, projectId: string, runId: string): Promise<ProofResult | null> {
  const pair = (await store.getFact(projectId, after(runId))) as unknown as { before: Fingerprint; after: Fingerprint } | null;
  if (pair === null) return null;
  const differences = pair.before.objects.flatMap((was) => {
    const now = pair.after.objects.find((each) => each.object === was.object);
    if (now === undefined) return [`${was.object}: cannot be read any more`];
    if (now.count !== was.count) return [`${was.object}: ${was.count} records before, ${now.count} now`];
    return now.hash === was.hash ? [] : [`${was.object}: same count, other contents`];
  });
  for (const [side, was] of Object.entries(pair.before.sides)) {
    const now = pair.after.sides[side] ?? 0;
    if (now !== was) differences.push(`${side}: ${was} rows before, ${now} now`);
  }
  return { before: pair.before.hash, after: pair.after.hash, identical: pair.before.hash === pair.after.hash, differences };
}
