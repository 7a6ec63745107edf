import type { Project } from './ports/projects.ts';
import type { Store } from './ports/store.ts';
import type { Plan } from '../plan/plan.ts';
import type { PlacedRecord, RouteDocumentInput } from './route-document.ts';
import type { Route } from './route.ts';
import type { RunReport } from './run-report.ts';

/** Records of one mapping at most: a vocabulary has tens. */
const MOST_PLACED = 5_000;
const PAGE = 500;

/** Gathers what a route's hand-off documents are made from. Reads the store only. */
export async function handoffInput(params: Readonly<{ store: Store; project: Project; plan: Plan; route: Route; report: RunReport | null }>): Promise<RouteDocumentInput> {
  const { store, project, plan, route, report } = params;
  const [source, destination] = await Promise.all([store.loadCatalog(project.id, 'source'), store.loadCatalog(project.id, 'destination')]);
  const placed: Record<string, readonly PlacedRecord[]> = {};
  for (const mapping of route.handoff?.mappings ?? []) {
    const records = await placedBy(store, project, mapping);
    if (records.length > 0) placed[mapping] = records;
  }
  const deltas = (await store.listRuns(project.id)).filter(({ mode, status, settings }) => mode === 'delta' && (status === 'succeeded' || status === 'withQuarantine') && settings['only'] !== 'verify' && settings['selection'] !== true && settings['dryRun'] !== true).length;
  return { plan, source: source?.catalog ?? null, destination: destination?.catalog ?? null, report, placed, deltas };
}

async function placedBy(store: Store, project: Project, mapping: string): Promise<readonly PlacedRecord[]> {
  const records: PlacedRecord[] = [];
  for (let after = ''; records.length < MOST_PLACED;) {
    const rows = await store.pageCrosswalk({ projectId: project.id, mapping, after, limit: PAGE, runId: null });
    const last = rows.at(-1);
    if (last === undefined) break;
    const staged = new Map((await store.findStaged({ projectId: project.id, object: last.sourceObject, sourceIds: rows.map((row) => row.sourceId) })).map((record) => [record.sourceId, record.data]));
    records.push(...rows.map((row): PlacedRecord => ({ sourceId: row.sourceId, data: staged.get(row.sourceId) ?? {}, destinationObject: row.destinationObject, destinationId: row.destinationId, how: row.how, written: row.payload })));
    after = last.sourceId;
  }
  return records.slice(0, MOST_PLACED);
}
