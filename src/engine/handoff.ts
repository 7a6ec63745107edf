import type { Json, JsonObject } from '../connector/json.ts';
import type { Project } from './ports/projects.ts';
import type { Store } from './ports/store.ts';
import type { Plan } from '../plan/plan.ts';
import type { CutOverInput, PlacedRecord, RouteDocumentInput } from './route-document.ts';
import type { Route } from './route.ts';
import type { RunReport } from './run-report.ts';

const PAGE = 1_000;

type HandoffParams = Readonly<{ store: Store; project: Project; plan: Plan; route: Route; report: RunReport | null }>;

/** Gathers what a route's hand-off documents are made from. Reads the store only. */
export async function handoffInput(params: HandoffParams): Promise<RouteDocumentInput> {
  const { store, project, route } = params;
  const placed: Record<string, readonly PlacedRecord[]> = {};
  const keep = keeper(route.handoff?.fields ?? []);
  for (const mapping of route.handoff?.mappings ?? []) {
    const records = await placedBy(store, project, mapping, keep);
    if (records.length > 0) placed[mapping] = records;
  }
  return { ...await cutOverInput(params), placed };
}

/** The same without the records that mappings placed, of which there may be hundreds of thousands: a checklist names none. */
export async function cutOverInput({ store, project, plan, report }: HandoffParams): Promise<CutOverInput> {
  const [source, destination] = await Promise.all([store.loadCatalog(project.id, 'source'), store.loadCatalog(project.id, 'destination')]);
  const deltas = (await store.listRuns(project.id)).filter(({ mode, status, settings }) => mode === 'delta' && (status === 'succeeded' || status === 'withQuarantine') && settings['only'] !== 'verify' && settings['selection'] !== true && settings['dryRun'] !== true).length;
  return { plan, source: source?.catalog ?? null, destination: destination?.catalog ?? null, report, deltas };
}

async function placedBy(store: Store, project: Project, mapping: string, keep: (data: JsonObject) => JsonObject): Promise<readonly PlacedRecord[]> {
  const records: PlacedRecord[] = [];
  for (let after = ''; ;) {
    const rows = await store.pageCrosswalk({ projectId: project.id, mapping, after, limit: PAGE, runId: null });
    const last = rows.at(-1);
    if (last === undefined) return records;
    const standing = rows.filter((row) => row.archived !== true && row.leftOut !== true);
    const staged = new Map((await store.findStaged({ projectId: project.id, object: last.sourceObject, sourceIds: standing.map((row) => row.sourceId) })).map((record) => [record.sourceId, record.data]));
    for (const row of standing) records.push({ sourceId: row.sourceId, data: keep(staged.get(row.sourceId) ?? {}), destinationObject: row.destinationObject, destinationId: row.destinationId, how: row.how, written: keep(row.payload) });
    after = last.sourceId;
  }
}

/** The values of some fields, each text once however many records bear it: 340,000 memberships name a few lists. */
function keeper(fields: readonly string[]): (data: JsonObject) => JsonObject {
  const texts = new Map<string, string>();
  const once = (value: Json): Json => {
    if (typeof value !== 'string') return value;
    const known = texts.get(value);
    if (known === undefined) texts.set(value, value);
    return known ?? value;
  };
  return (data) => {
    const kept: Record<string, Json> = {};
    for (const field of fields) {
      const value = data[field] ?? null;
      if (value !== null && value !== '') kept[field] = once(value);
    }
    return kept;
  };
}
