import type { Project } from '../engine/ports/projects.ts';
import type { Run } from '../engine/ports/runs.ts';
import type { RunReport } from '../engine/run-report.ts';
import { isDry } from '../engine/run-scope.ts';
import { sandboxName } from '../engine/sandbox.ts';
import { customFieldsDocument } from '../reports/documents/custom-fields.ts';
import { cutOverDocument } from '../reports/documents/cut-over.ts';
import type { CutOverState } from '../reports/documents/cut-over-stages.ts';
import { deltaDocument } from '../reports/documents/delta.ts';
import { quarantineDocument } from '../reports/documents/quarantine.ts';
import { reconciliationDocument } from '../reports/documents/reconciliation.ts';
import { rollbackDocument } from '../reports/documents/rollback.ts';
import { scopeDocument } from '../reports/documents/scope.ts';
import { signedSpotCheck } from '../reports/documents/signed-spot-check.ts';
import { verificationDocument } from '../reports/documents/verification.ts';
import type { ReportDocument } from '../reports/report-document.ts';
import type { ReportSheet } from '../reports/report-files.ts';
import { collectReportData } from './collect-report-data.ts';
import { spotCheck } from './compared-sheets.ts';
import { isLoading } from './pick-run.ts';
import { say, type Session } from './session.ts';
import type { SignOffs } from './workspace.ts';

export interface Handoff {
  readonly documents: readonly ReportDocument[];
  readonly sheets: readonly ReportSheet[];
  readonly about: string;
  readonly runs: Readonly<{ load: string | null; deltas: readonly string[]; rollback: string | null; sandbox: string | null }>;
}

/** Gathers everything that is handed over: what is not there yet (no run, no delta) is left out, and the checklist says so. */
export async function collectHandoff(session: Session, project: Project, params: Readonly<{ count: number; seed: string | null }>): Promise<Handoff> {
  const { engine, store } = await session.workspace();
  if ((await store.latestPlan(project.id)) === null) return { documents: [], sheets: [], about: '', runs: { load: null, deltas: [], rollback: null, sandbox: null } };
  const { plan, stored } = await engine.currentPlan(project.name);
  const runs = await store.listRuns(project.id);
  const signOffs = await (await session.workspace()).signOffs(project.id);
  const load = await loadOf(session, runs);
  const deltas = await deltasOf(session, runs);
  const rollbackRun = runs.find((run) => run.mode === 'rollback' && run.settings['dryRun'] !== true && isOver(run));
  const rollback = rollbackRun === undefined ? null : await engine.report(rollbackRun.id);
  const sandbox = await sandboxOf(session, project);

  say(session, 'collecting: plan and volumes');
  const input = await engine.handoffInput({ project: project.name, runId: load?.run ?? null });
  const route = session.registry.routes.find((each) => each.id === project.route);
  const documents: ReportDocument[] = [
    scopeDocument({ plan, planHash: stored.hash, source: input.source, destination: input.destination, rows: route?.rows }),
    ...(route?.handoff?.documents(input) ?? []),
    customFieldsDocument(plan),
  ];
  if (load !== null) {
    say(session, `collecting: run ${load.run}`);
    const data = await collectReportData(session, load);
    documents.push(reconciliationDocument(data), verificationDocument(data), quarantineDocument(data));
  }
  for (const [index, delta] of deltas.entries()) {
    say(session, `collecting: delta ${index + 1} of ${deltas.length}`);
    const document = deltaDocument(await collectReportData(session, delta));
    if (document !== null) documents.push({ ...document, id: `delta-${index + 1}`, title: `Delta ${index + 1} of ${delta.startedAt.slice(0, 10)}` });
  }
  const proof = rollback === null ? null : rollbackDocument(await collectReportData(session, rollback));
  if (proof !== null) documents.push(proof);
  const held = (await store.quarantineCounts(project.id)).reduce((sum, row) => sum + row.count, 0);
  documents.push(cutOverDocument({ project: project.name, plan, load, deltas, sandbox, quarantine: held, steps: route?.handoff?.cutOver(input) ?? [] }, signOffs.cutOver));

  const sheets: ReportSheet[] = [];
  if (load !== null) {
    say(session, `collecting: ${params.count} records side by side`);
    try {
      const sheet = await spotCheck(session, { project: project.name, run: null, count: params.count, seed: params.seed ?? load.run });
      if (sheet.sheet.sections.length > 0) sheets.push(sheet);
    } catch (error) {
      say(session, `the spot-check sheet was not made: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  const signed = signedSheet(project, signOffs.spotCheck);
  if (signed !== null) sheets.push(signed);
  return { documents, sheets, about: `Portolan · ${project.name} · hand-off`, runs: { load: load?.run ?? null, deltas: deltas.map((one) => one.run), rollback: rollback?.run ?? null, sandbox: sandbox?.run ?? null } };
}

/** Where a project stands on its way to the cut-over; null = it has no plan yet. */
export async function collectCutOver(session: Session, project: Project): Promise<CutOverState | null> {
  const { engine, store } = await session.workspace();
  if ((await store.latestPlan(project.id)) === null) return null;
  const { plan } = await engine.currentPlan(project.name);
  const runs = await store.listRuns(project.id);
  const [load, deltas, sandbox, held] = await Promise.all([loadOf(session, runs), deltasOf(session, runs), sandboxOf(session, project), store.quarantineCounts(project.id)]);
  const input = await engine.cutOverInput({ project: project.name, runId: load?.run ?? null });
  const route = session.registry.routes.find((each) => each.id === project.route);
  return { project: project.name, plan, load, deltas, sandbox, quarantine: held.reduce((sum, row) => sum + row.count, 0), steps: route?.handoff?.cutOver(input) ?? [] };
}

async function deltasOf(session: Session, runs: readonly Run[]): Promise<readonly RunReport[]> {
  const { engine } = await session.workspace();
  const deltas = runs.filter((each) => each.mode === 'delta' && isLoading(each) && !isDry(each) && each.settings['selection'] !== true && isOver(each)).toSorted((left, right) => left.startedAt.localeCompare(right.startedAt));
  const reports: RunReport[] = [];
  for (const run of deltas) reports.push(await engine.report(run.id));
  return reports;
}

/** The sheet that was signed last in the console, as people left it. */
function signedSheet(project: Project, sheet: SignOffs['spotCheck']): ReportSheet | null {
  if (sheet === null || sheet.verdict === null || sheet.signedName === null || sheet.signedBy === null || sheet.signedAt === null) return null;
  return signedSpotCheck({ ...sheet, project: project.name, run: sheet.runId, verdict: sheet.verdict, signedName: sheet.signedName, signedBy: sheet.signedBy, signedAt: sheet.signedAt });
}

/** The production run that loaded: the latest that wrote something, else the latest. */
async function loadOf(session: Session, runs: readonly Run[]): Promise<RunReport | null> {
  const { engine } = await session.workspace();
  let latest: RunReport | null = null;
  for (const run of runs.filter((each) => each.mode === 'production' && each.settings['only'] !== 'verify' && isOver(each))) {
    const report = await engine.report(run.id);
    if (report.written > 0) return report;
    latest ??= report;
  }
  return latest;
}

async function sandboxOf(session: Session, project: Project): Promise<RunReport | null> {
  const { engine, store } = await session.workspace();
  const shadow = await store.findProject(sandboxName(project.name));
  const run = shadow === null ? undefined : (await store.listRuns(shadow.id)).find((each) => each.mode === 'sandbox' && isOver(each));
  return run === undefined ? null : engine.report(run.id);
}

function isOver(run: Run): boolean {
  return run.status === 'succeeded' || run.status === 'withQuarantine';
}
