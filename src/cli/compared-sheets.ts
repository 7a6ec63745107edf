import type { RunReport } from '../engine/run-report.ts';
import { fieldDiffDocument } from '../reports/documents/field-diff.ts';
import { spotCheckSheet, spotCheckTable } from '../reports/documents/spot-check.ts';
import type { ReportSheet } from '../reports/report-files.ts';
import { hostOf } from './destination-host.ts';
import { say, type Session } from './session.ts';

/** Records of a field-level diff at most; a browser has to show them. */
const MOST_DIFFED = 2_000;
/** Records of a spot-check sheet where nobody says how many: what a person checks in an hour. */
export const SPOT_CHECK_RECORDS = 30;

/** What people really check and sign: fewer records show little, more are not looked at. */
const USUAL_RECORDS = { from: 20, to: 40 };

/** The sheets that a run of its mode ends with: a field-level diff after a sample, a spot check after a sandbox or production run. */
export async function sheetsOfRun(session: Session, report: RunReport): Promise<readonly ReportSheet[]> {
  if (report.status !== 'succeeded' && report.status !== 'withQuarantine') return [];
  try {
    if (report.mode === 'sample') return [await fieldDiffSheet(session, report.project, report.run)];
    if ((report.mode === 'production' || report.mode === 'sandbox') && report.phases.length > 0) return [await spotCheck(session, { project: report.project, run: report.written > 0 ? report.run : null, count: SPOT_CHECK_RECORDS, seed: report.run })];
  } catch (error) {
    // The run itself is over and in the store: a destination that does not answer now must not hide how it ended.
    say(session, `the sheets were not made: ${error instanceof Error ? error.message : String(error)}\n  later: portolan report ${report.project} --spot-check`);
  }
  return [];
}

/** What a run wrote against what was meant, field by field. */
export async function fieldDiffSheet(session: Session, project: string, run: string): Promise<ReportSheet> {
  const { engine } = await session.workspace();
  const diffs = await engine.compareRecords({ project, runId: run, choice: { kind: 'all', limit: MOST_DIFFED } });
  const document = fieldDiffDocument(diffs, { project, run });
  return { sheet: document, table: document, data: { project, run, ...diffs } };
}

/** Records drawn by chance, side by side, to be ticked and signed. @param params.run null = of everything that the project wrote */
export async function spotCheck(session: Session, params: Readonly<{ project: string; run: string | null; count: number; seed: string }>): Promise<ReportSheet> {
  const { from, to } = USUAL_RECORDS;
  if (params.count < from || params.count > to) say(session, `note: a spot-check sheet of ${params.count} ${params.count === 1 ? 'record' : 'records'}; ${from} to ${to} are usual: fewer show little, more are seldom looked at one by one`);
  const { engine, store } = await session.workspace();
  const project = await store.findProject(params.project);
  const connection = project === null ? null : await store.loadConnection(project.id, 'destination');
  const diffs = await engine.compareRecords({ project: params.project, runId: params.run, choice: { kind: 'random', count: params.count, seed: params.seed } });
  const facts = { project: params.project, run: params.run, seed: params.seed, destination: connection === null ? '' : hostOf(connection) };
  return { sheet: spotCheckSheet(diffs, facts), table: spotCheckTable(diffs, facts), data: { ...facts, ...diffs } };
}
