import type { Engine } from '../src/engine/api.ts';
import type { Store } from '../src/engine/ports/store.ts';
import { call, createBare, quiet, type Address, type Types } from './bare-odoo.ts';

/** Steps of a run that carry the records, and the mappings that each loads. */
export type Measured = Readonly<Record<string, readonly string[]>>;
/** Seconds of every round, by step. */
export interface LoadTimes { readonly product: Record<string, number[]>; readonly plain: Record<string, number[]> }

export interface RoundParams {
  readonly engine: Engine;
  readonly store: Store;
  readonly project: string;
  readonly projectId: string;
  readonly odoo: Address;
  readonly measured: Measured;
  readonly models: ReadonlyMap<string, number>;
  readonly round: number;
  readonly times: LoadTimes;
}

/** A project between the source and the Odoo, with its plan confirmed as recommended. @returns its id */
export async function confirmedProject({ engine, store, project, route, source, odoo }: Pick<RoundParams, 'engine' | 'store' | 'project' | 'odoo'> & Readonly<{
  route: string;
  source: Pick<Parameters<Store['saveConnection']>[0], 'platform' | 'settings' | 'secrets'>;
}>): Promise<string> {
  const { id: projectId } = await store.createProject({ name: project, route });
  await store.saveConnection({ projectId, role: 'source', ...source });
  await store.saveConnection({ projectId, role: 'destination', platform: 'odoo', settings: { url: odoo.url, database: odoo.database, user: odoo.user }, secrets: { password: odoo.password } });
  await engine.discover({ project, roles: ['source', 'destination'] });
  await engine.propose({ project });
  await engine.confirmPlan({ project, by: 'bench', acceptRecommendations: true });
  return projectId;
}

/** One production run of the confirmed plan, then the very records of each step once more by bare calls, into the same database. */
export async function loadedAgainstBare(params: RoundParams): Promise<void> {
  const { engine, store, project, projectId, odoo, measured, models, round, times: { product, plain } } = params;
  const run = await engine.startRun({ project, mode: 'production', settings: { approveGates: true }, by: 'bench' });
  let current = { step: '', since: performance.now() };
  const report = await engine.driveRun({
    runId: run.id,
    onProgress: ({ step }) => {
      if (step === current.step) return;
      const mapping = current.step.replace('load ', '');
      if (current.step.startsWith('load ')) (product[mapping] ??= []).push((performance.now() - current.since) / 1000);
      current = { step, since: performance.now() };
    },
  });
  if (!report.phases.every((phase) => phase.balanced) || report.verification.mismatch > 0) throw new Error(`The run is not clean: ${JSON.stringify(report.verification)}`);
  for (const [step, mappings] of Object.entries(measured)) {
    const rows = [];
    for (const mapping of mappings) {
      for (let after = ''; ;) {
        const page = await store.pageCrosswalk({ projectId, mapping, after, limit: 5000, runId: null });
        rows.push(...page.filter((row) => row.how === 'created'));
        if (page.length < 5000) break;
        after = page.at(-1)?.sourceId ?? '';
      }
    }
    rows.sort((left, right) => Number(left.destinationId) - Number(right.destinationId));
    const model = rows[0]?.destinationObject ?? '';
    const types = await call(odoo, model.split('/')[0] ?? model, 'fields_get', [], { attributes: ['type'] }) as Types;
    const payloads = rows.map((row) => row.payload);
    if (model.includes('/')) for (const [value, links] of Map.groupBy(payloads, (row) => Number(row['value']))) await call(odoo, model.split('/')[0] ?? '', 'write', [links.map((row) => Number(row['record'])), { [model.split('/')[1] ?? '']: [[3, value]] }], { context: quiet }); // taken off, so that they can be put on again
    const started = performance.now();
    await createBare(odoo, model, payloads, { types, models });
    (plain[step] ??= []).push((performance.now() - started) / 1000);
    console.log(`round ${round + 1}  ${step.padEnd(24)} ${String(rows.length).padStart(6)} records  portolan ${(product[step]?.at(-1) ?? 0).toFixed(2)} s  bare ${(plain[step]?.at(-1) ?? 0).toFixed(2)} s`);
  }
}

/** Ratio of the medians of each step, and of all. */
export function printRatios(measured: Measured, { product, plain }: LoadTimes, rounds: number): void {
  const median = (values: readonly number[]): number => values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
  const totals = { product: 0, plain: 0 };
  for (const step of Object.keys(measured)) {
    const [ours, theirs] = [median(product[step] ?? []), median(plain[step] ?? [])];
    totals.product += ours;
    totals.plain += theirs;
    console.log(`${step.padEnd(24)} ratio ${(ours / theirs).toFixed(2)}`);
  }
  console.log(`all records              ratio ${(totals.product / totals.plain).toFixed(2)}  (portolan ${totals.product.toFixed(1)} s, bare ${totals.plain.toFixed(1)} s, medians of ${rounds})`);
}
