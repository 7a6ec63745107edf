/**
 * `node bench/customerio-load.ts [people] [rounds]`: loading a Customer.io workspace into the real Odoo 14 against the bare best batch calls for
 * the very same records, as bench/odoo-load.ts does it for InStream. Addresses that are blocked and templates are not in it: Odoo has each only
 * once. The workspace is a simulator in this process, and its limit of calls is lifted: only loading is measured.
 * Needs root on Debian, as `npm run test:odoo` does; with ODOO_URL, ODOO_DATABASE, ODOO_USER, ODOO_PASSWORD a server that is there is used.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { customerioConnector } from '../src/connectors/customerio/connector.ts';
import { odooConnector } from '../src/connectors/odoo/connector.ts';
import { createEngine } from '../src/engine/engine.ts';
import { customerioToOdooCrm } from '../src/routes/customerio-to-odoo-crm/route.ts';
import { startCustomerioSimulator } from '../src/simulators/customerio/start.ts';
import { openStore } from '../src/store/postgres-store.ts';
import { openQueue } from '../src/work/queue.ts';
import { confirmedProject, loadedAgainstBare, printRatios, type LoadTimes, type Measured } from './against-bare.ts';
import { address, call } from './bare-odoo.ts';

const [people = 1000, rounds = 1] = process.argv.slice(2).map(Number);
const each = (...mappings: readonly string[]): Measured => Object.fromEntries(mappings.map((mapping) => [mapping, [mapping]]));
const measured = each('companies', 'contacts', 'relation-notes', 'leads', 'events', 'engagement', 'delivery-logs', 'members', 'members-who-are-leads', 'campaign-recipients', 'newsletter-recipients', 'related-objects');
const folder = mkdtempSync(path.join(tmpdir(), 'portolan-cio-load-'));
const odoo = await address();
const customerio = await startCustomerioSimulator({ people, companies: Math.ceil(people / 10), events: people * 10, deliveries: people * 3, deliveryDays: 60, seed: 11, perSecond: 1_000_000 });
const store = await openStore({ dataFolder: path.join(folder, 'data'), databaseUrl: null, encryptionKey: randomBytes(32) });
const queue = await openQueue({ store });
try {
  const unhurried = { ...customerioConnector, rates: () => ({ calls: { perSecond: 100_000, burst: 100_000 } }) };
  const engine = createEngine({ store, queue, connectors: [unhurried, odooConnector], routes: [customerioToOdooCrm] });
  const models = new Map((await call(odoo, 'ir.model', 'search_read', [[['model', 'in', ['res.partner', 'crm.lead']]], ['model']]) as { id: number; model: string }[]).map(({ id, model }) => [model, id]));
  const times: LoadTimes = { product: {}, plain: {} };
  const since = new Date(Date.now() - 90 * 86_400_000).toISOString().slice(0, 10);
  for (let round = 0; round < rounds; round += 1) {
    const project = `bench-${round}`;
    const projectId = await confirmedProject({ engine, store, project, route: customerioToOdooCrm.id, source: { platform: 'customerio', settings: { url: customerio.url, messagesSince: since, workspace: '111222' }, secrets: { appKey: customerio.apiKey } }, odoo });
    await loadedAgainstBare({ engine, store, project, projectId, odoo, measured, models, round, times });
  }
  printRatios(measured, times, rounds);
} finally {
  await queue.close();
  await store.close();
  await customerio.stop();
  await odoo.stop();
  rmSync(folder, { recursive: true, force: true });
}
