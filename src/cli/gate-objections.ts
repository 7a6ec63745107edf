import { DELETIONS } from '../engine/phase-names.ts';
import type { RunReport } from '../engine/run-report.ts';
import type { CliStore } from './workspace.ts';

/** What speaks against opening a gate without a person, by phase: counts that leave a remainder, fields that came back wrong. */
export async function gateObjections(store: Pick<CliStore, 'verificationCounts'>, report: RunReport, phases: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const counts = await store.verificationCounts(report.run);
  const result = new Map<string, readonly string[]>();
  for (const phase of phases) {
    const mappings = report.phases.filter((row) => row.phase === phase);
    const objections = [
      ...(phase === DELETIONS ? ['more than a quarter of the records of a mapping is gone at the source: the export may be incomplete; nothing was archived or deleted yet'] : []),
      ...mappings.filter((row) => !row.balanced).map((row) => `the counts of ${row.mapping} do not add up`),
      ...counts.filter((row) => row.phase === phase && row.mismatch + row.unreadable > 0)
        .map((row) => `${row.mapping} has ${row.mismatch} mismatches and ${row.unreadable} unreadable fields`),
    ];
    if (objections.length > 0) result.set(phase, objections);
  }
  return result;
}
