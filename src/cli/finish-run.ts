import { ownerOfSandbox } from '../engine/sandbox.ts';
import type { RunReport } from '../engine/run-report.ts';
import { sumOf, wordsOf } from '../reports/words.ts';
import { exitCode, exitCodeOfReport } from './exit-codes.ts';
import { driveRun } from './drive-run.ts';
import { print, say, type Session } from './session.ts';
import { table } from './table.ts';
import { sheetsOfRun } from './compared-sheets.ts';
import { reportFolder, writeReports } from './write-reports.ts';

/**
 * Drives a run, writes its reports, prints what became of it and what to type next.
 * @param params.after what is printed beside the report when the run has ended: members of the JSON document, and text
 * @returns the exit code
 */
export async function driveAndReport(session: Session, params: Readonly<{ runId: string; project: string; approveClean: boolean; workers: number | null; dryRun?: boolean; extra?: Readonly<Record<string, unknown>>; after?: (report: RunReport) => Promise<Readonly<{ json: Readonly<Record<string, unknown>>; text: string }>> }>): Promise<number> {
  say(session, `run ${params.runId}`);
  const report = await driveRun(session, params);
  const code = params.dryRun === true && report.status === 'succeeded' ? exitCode('clean') : exitCodeOfReport(report);
  say(session, 'writing the reports');
  // A disk that is full must not hide how the run ended: its outcome is in the store and is printed all the same.
  const written = await writeReports(session, report, reportFolder(session, report.project, report.run), await sheetsOfRun(session, report)).catch((error: unknown) => {
    say(session, `the reports could not be written: ${error instanceof Error ? error.message : String(error)}\n  when that is mended: portolan report ${params.project}`);
    return null;
  });
  const beside = await params.after?.(report);
  print(session, { ...report, ...params.extra, ...beside?.json }, [reportText(report, params.dryRun === true), ...(beside === undefined ? [] : [beside.text])].join('\n\n'));
  if (written !== null) say(session, `reports: ${written.folder} (open index.html)`);
  if (report.error !== null) say(session, `error: ${report.error.message}${report.error.remedy === null ? '' : `\n  What to do: ${report.error.remedy}`}\n  Code: ${report.error.code}`);
  say(session, `next: ${code === exitCode('notVerified') ? `portolan reconcile ${params.project}; portolan verify ${params.project} --run ${report.run}` : nextStep(report, params.dryRun === true)}`);
  return code;
}

/** The counts of a run for a terminal. A dry run of a rollback tells what would be done; its fingerprints prove nothing yet. */
export function reportText(report: RunReport, dryRun = false): string {
  const { verification, rollback } = report;
  return [
    `run ${report.run}  ${report.mode}  ${report.status}  ${wordsOf(report.written, 'record')} written`, '',
    ...(report.phases.length === 0 ? [] : [reconciliationTable(report), '']),
    ...(report.delta === undefined ? [] : [deltaTable(report.delta), '']),
    ...(verification.records === 0 ? [] : [verificationLine(report), '']),
    ...(rollback !== undefined && dryRun ? [`dry run: ${rollback.deleted} would be deleted, ${rollback.restored} restored, ${rollback.kept} kept`, ...residueLines(rollback.residue).map((line) => `  would be left: ${line}`), ''] : []),
    ...(rollback === undefined || dryRun ? [] : [
      `rollback: ${rollback.deleted} deleted, ${rollback.restored} restored, ${rollback.kept} kept, ${wordsOf(rollback.residue.length, 'record')} left; identical: ${rollback.identical ? 'yes' : 'no'}`,
      ...residueLines(rollback.residue).map((line) => `  left: ${line}`),
      ...rollback.differences.map((difference) => `  differs: ${difference}`), '',
    ]),
  ].join('\n').trimEnd();
}

/** What a rollback left, counted by reason and mapping: the report names each. */
function residueLines(residue: NonNullable<RunReport['rollback']>['residue']): readonly string[] {
  return [...Map.groupBy(residue, ({ mapping, reason }) => `${mapping} (${reason})`)].map(([of, rows]) => `${rows.length} of ${of}`).toSorted();
}

/** What a delta saw, by mapping. */
function deltaTable(rows: NonNullable<RunReport['delta']>): string {
  return table(['mapping', 'new', 'changed', 'returned', 'gone', 'conflicts', 'unchanged'], rows.map((row) => [row.mapping, row.new, row.changed, row.returned, row.deleted, row.conflicts, row.unchanged]));
}

/** Counts by mapping. */
export function reconciliationTable(report: RunReport): string {
  return table(['phase', 'mapping', 'into', 'read', 'created', 'updated', 'matched', 'merged', 'skipped', 'quarantined', 'failed', 'deleted', 'archived', 'kept', 'adds up'], report.phases.map((phase) => [
    phase.phase, phase.mapping, phase.destinationObject, phase.read, phase.created, phase.updated, phase.matched, phase.merged,
    sumOf(Object.values(phase.skipped)), sumOf(Object.values(phase.quarantined)), sumOf(Object.values(phase.failed)), phase.deleted, phase.archived, sumOf(Object.values(phase.kept)), phase.balanced,
  ]));
}

/** One line of verification counts. */
export function verificationLine(report: RunReport): string {
  const { verification: counts } = report;
  const words = (count: number): string => count.toLocaleString('en');
  return `verified: ${wordsOf(counts.records, 'record')}, ${wordsOf(counts.fields, 'field')}: ${words(counts.exact)} exact, ${words(counts.equalAfterNormalisation)} equal after normalisation, ${words(counts.declaredLossy)} with a declared loss, ${words(counts.mismatch)} mismatches, ${words(counts.unreadable)} unreadable${counts.fromAnswers === undefined ? '' : ` (${wordsOf(counts.fromAnswers, 'record')} from the answers to their own calls)`}`;
}

/** What a person types after a run in this state. A dry run of a rollback leads to the rollback, never to a purge. */
export function nextStep(report: Pick<RunReport, 'status' | 'mode' | 'project' | 'rollback'>, dryRun = false): string {
  const { project } = report;
  switch (report.status) {
    case 'waiting': return `portolan approve ${project} && portolan resume ${project}`;
    case 'running': return `portolan wait ${project}`;
    case 'paused': case 'interrupted': return `portolan resume ${project}`;
    case 'failed': return `mend the cause, then portolan resume ${project}`;
    case 'cancelled': return `portolan run ${project} (what is in stays in and is not written twice), or portolan rollback ${project}`;
    case 'withQuarantine': return `portolan quarantine export ${project} --file corrected.csv, correct it, portolan quarantine retry ${project} --file corrected.csv`;
    case 'succeeded': break;
  }
  if (report.mode === 'sandbox') return `sign the spot-check sheet, then portolan run ${ownerOfSandbox(project)} --mode production; the sandbox is emptied by portolan rollback ${ownerOfSandbox(project)} --sandbox`;
  if (report.mode === 'sample') return `look at the records at the destination, then portolan run ${project} --mode production, or portolan rollback ${project}`;
  if (report.mode === 'delta' && dryRun) return `portolan delta ${project}`;
  if (report.mode === 'preview') return `portolan plan show ${project} --summary; portolan decide ${project}; portolan plan confirm ${project}`;
  if (report.mode === 'rollback' && dryRun) return `portolan rollback ${project}`;
  if (report.mode === 'rollback' && (report.rollback?.kept ?? 0) > 0) {
    // What the destination does not delete stays, whoever asks.
    const kept = (report.rollback?.residue ?? []).filter(({ reason }) => reason !== 'archived' && reason !== 'brought-back');
    const takes = kept.length > 0 && kept.every(({ reason }) => reason === 'refused-by-destination') ? '' : `; portolan rollback ${project} --delete-changed takes it as well`;
    return `portolan report ${project} lists what was kept and why${takes}`;
  }
  return report.mode === 'rollback' ? `portolan run ${project} to load again, or portolan purge ${project}` : `portolan verify ${project}; undo with portolan rollback ${project}`;
}
