import { DELETIONS } from '../phase-names.ts';
import { StopDriving } from '../run-error.ts';
import { isDry } from '../run-scope.ts';
import { runBatches, type PhaseWork } from './phase-work.ts';

/** Beyond this share of a mapping's records, and this many, a person says first whether they are really gone. */
const SUSPICIOUS_SHARE = 0.25;
const SUSPICIOUS_COUNT = 20;

/**
 * Settles what is gone at the source, the mappings in reverse order, so that what hangs on a record goes before it. An export
 * that lacks a large share of what was there before is more likely incomplete than true: the run waits for an approval.
 * @throws StopDriving 'gate'
 */
export async function deletionsPhase(work: PhaseWork): Promise<void> {
  const { store } = work.dependencies;
  const gone = await goneOf(work);
  if (!isDry(work.run) && (await suspicious(work, gone)).length > 0) {
    const gate = await store.openGate({ runId: work.run.id, phase: DELETIONS });
    if (gate.approvedAt === null) throw new StopDriving('gate');
  }
  for (const mapping of work.plan.plan.mappings.toReversed()) {
    if ((gone.get(mapping.id) ?? 0) === 0) continue;
    work.step(`settle deletions ${mapping.id}`);
    await runBatches(work, [{ kind: 'retire', subject: mapping.id, position: 0, work: {} }]);
  }
}

/** Records of each mapping that were moved and are gone at the source. */
export async function goneOf(work: PhaseWork): Promise<ReadonlyMap<string, number>> {
  const { store } = work.dependencies;
  const counts = new Map<string, number>();
  for (const mapping of work.plan.plan.mappings) counts.set(mapping.id, await store.countGone({ projectId: work.project.id, mapping: mapping.id, foreseenIn: isDry(work.run) ? work.run.id : undefined }));
  return counts;
}

/** Mappings of which so much is gone that the export may be incomplete. What was settled in this run already was approved. */
async function suspicious(work: PhaseWork, gone: ReadonlyMap<string, number>): Promise<readonly string[]> {
  const { store } = work.dependencies;
  const suspected: string[] = [];
  for (const [mapping, count] of gone) {
    if (count <= SUSPICIOUS_COUNT) continue;
    const all = await store.countCrosswalk({ projectId: work.project.id, mapping, how: null });
    if (count > all * SUSPICIOUS_SHARE) suspected.push(mapping);
  }
  return suspected;
}
