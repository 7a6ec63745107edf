/**
 * Calls to the destination of a delta with 1 % changed records against those of the full run before it, on a simulated Odoo,
 * from the table of calls that every run keeps. Fails where the delta costs more than the aim, a tenth of the full run's calls, at
 * the sizes for which it is stated: from 2,000 contacts on, 1 % changed.
 *
 *   node bench/delta-calls.ts [contacts=2500] [changed=0.01] [version=17]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { instreamConnector } from '../src/connectors/instream/connector.ts';
import { odooConnector } from '../src/connectors/odoo/connector.ts';
import { createEngine } from '../src/engine/engine.ts';
import type { RunReport } from '../src/engine/run-report.ts';
import { instreamToOdooCrm } from '../src/routes/instream-to-odoo-crm/route.ts';
import { generateBundle } from '../src/simulators/instream/bundle.ts';
import { startOdooSimulator } from '../src/simulators/odoo/start.ts';
import { openStore } from '../src/store/postgres-store.ts';
import { openQueue } from '../src/work/queue.ts';

/** Where the aim is stated (issue of the route; docs/reference/figures.md). */
const STATED = { contacts: 2000, changed: 0.01, aim: 0.1 };
const [contacts = '2500', changed = '0.01', version = '17'] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'portolan-delta-calls-'));
const store = await openStore({ dataFolder: folder, databaseUrl: process.env['DATABASE_URL'] ?? null, encryptionKey: randomBytes(32) });
const queue = await openQueue({ store });
const odoo = await startOdooSimulator({ version: Number(version) as 17, companyCurrency: 'PLN' });
try {
  const bundle = { contacts: Number(contacts), seed: 5, folder: join(folder, 'export') };
  await generateBundle(bundle);
  const engine = createEngine({ store, queue, connectors: [instreamConnector, odooConnector], routes: [instreamToOdooCrm] });
  const project = `delta-calls-${process.pid}`;
  const { id: projectId } = await store.createProject({ name: project, route: instreamToOdooCrm.id });
  await store.saveConnection({ projectId, role: 'source', platform: 'instream', settings: { path: bundle.folder }, secrets: {} });
  await store.saveConnection({ projectId, role: 'destination', platform: 'odoo', settings: { url: odoo.url, database: odoo.database, user: odoo.user }, secrets: { password: odoo.password } });
  await engine.discover({ project, roles: ['source', 'destination'] });
  await engine.propose({ project });
  await engine.confirmPlan({ project, by: 'bench', acceptRecommendations: true });
  const run = async (mode: 'production' | 'delta'): Promise<RunReport> => {
    const started = await engine.startRun({ project, mode, settings: { approveGates: true }, by: 'bench' });
    return engine.driveRun({ runId: started.id });
  };
  const full = await run('production');
  show('full run', full, null);
  show('delta, nothing changed', await run('delta'), full);
  const share = Number(changed);
  await generateBundle({ ...bundle, later: { changed: share, removed: 0, addedContacts: 0, activities: { changed: share, removed: 0, added: 0 } } });
  const delta = await run('delta');
  show(`delta, ${share * 100} % changed`, delta, full);
  if (Number(contacts) >= STATED.contacts && share <= STATED.changed && callsOf(delta) > STATED.aim * callsOf(full)) {
    process.stdout.write(`MISSED: the aim is ${STATED.aim * 100} % of the full run's calls\n`);
    process.exitCode = 1;
  }
  await store.purge(projectId);
} finally {
  await queue.close();
  await store.close();
  await odoo.stop();
  rmSync(folder, { recursive: true, force: true });
}

function show(what: string, report: RunReport, full: RunReport | null): void {
  const calls = callsOf(report);
  const seconds = report.finishedAt === null ? 0 : (Date.parse(report.finishedAt) - Date.parse(report.startedAt)) / 1000;
  const share = full === null ? '' : `  ${((calls / callsOf(full)) * 100).toFixed(1)} % of the full run's`;
  process.stdout.write(`${what}: ${report.status}, ${report.written} written, ${calls} calls${share}, ${seconds.toFixed(1)} s${report.error === null ? '' : `  ${report.error.message}`}\n`);
  for (const [endpoint, count] of Object.entries(report.calls['destination'] ?? {}).toSorted(([, left], [, right]) => right - left)) process.stdout.write(`  ${String(count).padStart(6)}  ${endpoint}\n`);
}

function callsOf(report: RunReport): number {
  return Object.values(report.calls['destination'] ?? {}).reduce((sum, count) => sum + count, 0);
}
