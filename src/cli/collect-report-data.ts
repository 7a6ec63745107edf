import { parse } from 'yaml';
import type { Json } from '../connector/json.ts';
import type { StoredQuarantineEntry } from '../engine/ports/ledger.ts';
import type { StoredFinding } from '../engine/ports/verification.ts';
import { planSchema } from '../plan/plan.ts';
import type { RunReport } from '../engine/run-report.ts';
import type { ReportData } from '../reports/report-data.ts';
import { shortened } from '../reports/safe-text.ts';
import { valueText } from '../reports/words.ts';
import type { Session } from './session.ts';
import type { CliStore } from './workspace.ts';

/** Most findings and quarantine entries within a report's pages and workbook, as many as a page shows; counts and CSV files are always complete. 10,000 of 300 characters took 130 MB, 2,000 take 50. */
const mostListed = 2_000;
/** Longest value of a finding outside the CSV file, in characters. */
const longestValue = 2_000;
/** Entries and findings read at a time: each may hold a whole e-mail. */
const pageSize = 200;

/** Gathers what the reports of a run are made from. */
export async function collectReportData(session: Session, report: RunReport): Promise<ReportData> {
  const { store } = await session.workspace();
  const project = await store.findProject(report.project);
  const projectId = project?.id ?? '';
  const [stored, source, destination, verificationCounts, verificationFields] = await Promise.all([
    store.planByHash(projectId, report.planHash), store.loadCatalog(projectId, 'source'), store.loadCatalog(projectId, 'destination'),
    store.verificationCounts(report.run), store.verificationFields(report.run),
  ]);
  const findings = () => findingPages(store, report.run);
  const quarantine = () => quarantinePages(store, { projectId, open: true, code: null });
  const plan = stored === null ? null : planSchema.safeParse(parse(stored.text));
  return {
    report, plan: plan?.success ? plan.data : null, route: session.registry.routes.find((route) => route.id === report.route) ?? null,
    source: source?.catalog ?? null, destination: destination?.catalog ?? null, verificationCounts, verificationFields,
    findings: { ...await firstOf(findings(), (finding) => ({ ...finding, written: cut(finding.written), found: cut(finding.found) })), pages: findings },
    quarantine: { ...await firstOf(quarantine(), ({ data: _data, raw: _raw, ...entry }) => entry), pages: quarantine },
  };
}

async function firstOf<Whole, Item>(pages: AsyncIterable<readonly Whole[]>, itemOf: (whole: Whole) => Item): Promise<{ readonly items: readonly Item[]; readonly complete: boolean }> {
  const items: Item[] = [];
  for await (const page of pages) {
    for (const whole of page) {
      if (items.length === mostListed) return { items, complete: false };
      items.push(itemOf(whole));
    }
  }
  return { items, complete: true };
}

function cut(value: Json): Json {
  const text = valueText(value);
  return text.length <= longestValue ? value : shortened(text, longestValue);
}

/** What did not come back equal, in pages: first what differs, then what could not be read, then what has a declared loss, which may be many. */
async function* findingPages(store: Pick<CliStore, 'findings'>, runId: string): AsyncGenerator<readonly StoredFinding[]> {
  for (const kind of ['mismatch', 'unreadable', 'declaredLossy'] as const) yield* pagesOf((after) => store.findings({ runId, class: kind, limit: pageSize, after }));
}

/** A project's quarantine in pages, so that memory stays flat however much is held back. */
export function quarantinePages(store: Pick<CliStore, 'quarantine'>, params: Readonly<{ projectId: string; open: boolean | null; code: string | null }>): AsyncGenerator<readonly StoredQuarantineEntry[]> {
  return pagesOf((after) => store.quarantine({ ...params, limit: pageSize, after }));
}

async function* pagesOf<Item extends { readonly id: string }>(read: (after: string | null) => Promise<readonly Item[]>): AsyncGenerator<readonly Item[]> {
  for (let after: string | null = null; ;) {
    const page: readonly Item[] = await read(after);
    if (page.length > 0) yield page;
    if (page.length < pageSize) return;
    after = page.at(-1)?.id ?? null;
  }
}
