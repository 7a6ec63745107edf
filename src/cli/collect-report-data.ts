import { parse } from 'yaml';
import type { StoredQuarantineEntry } from '../engine/ports/ledger.ts';
import { planSchema } from '../plan/plan.ts';
import type { RunReport } from '../engine/run-report.ts';
import type { ReportData } from '../reports/report-data.ts';
import type { Session } from './session.ts';
import type { CliStore } from './workspace.ts';

/** Most findings and quarantine entries within a report's tables; counts are always complete. */
const mostFindings = 10_000;
const mostEntries = 10_000;
const pageSize = 1_000;

/** Gathers what the reports of a run are made from. */
export async function collectReportData(session: Session, report: RunReport): Promise<ReportData> {
  const { store } = await session.workspace();
  const project = await store.findProject(report.project);
  const projectId = project?.id ?? '';
  const [stored, source, destination, verificationCounts, verificationFields, findings] = await Promise.all([
    store.planByHash(projectId, report.planHash), store.loadCatalog(projectId, 'source'), store.loadCatalog(projectId, 'destination'),
    store.verificationCounts(report.run), store.verificationFields(report.run), store.findings({ runId: report.run, class: null, limit: mostFindings + 1 }),
  ]);
  const quarantine: StoredQuarantineEntry[] = [];
  for await (const page of quarantinePages(store, { projectId, open: true, code: null })) {
    quarantine.push(...page);
    if (quarantine.length > mostEntries) break;
  }
  const plan = stored === null ? null : planSchema.safeParse(parse(stored.text));
  return {
    report, plan: plan?.success ? plan.data : null, route: session.registry.routes.find((route) => route.id === report.route) ?? null,
    source: source?.catalog ?? null, destination: destination?.catalog ?? null, verificationCounts, verificationFields,
    findings: { items: findings.slice(0, mostFindings), complete: findings.length <= mostFindings },
    quarantine: { items: quarantine.slice(0, mostEntries), complete: quarantine.length <= mostEntries },
  };
}

/** A project's quarantine in pages, so that memory stays flat however much is held back. */
export async function* quarantinePages(store: Pick<CliStore, 'quarantine'>, params: Readonly<{ projectId: string; open: boolean | null; code: string | null }>): AsyncGenerator<readonly StoredQuarantineEntry[]> {
  for (let after: string | null = null; ;) {
    const page: readonly StoredQuarantineEntry[] = await store.quarantine({ ...params, limit: pageSize, after });
    if (page.length > 0) yield page;
    if (page.length < pageSize) return;
    after = page.at(-1)?.id ?? null;
  }
}
