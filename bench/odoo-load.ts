/**
 * `node bench/odoo-load.ts [contacts] [rounds]`: loading into the real Odoo 14 against the bare best batch calls for the very
 * same records. The bare side knows no ledger, no keys, no look-ups and no verification: plain `create` in batches of 500, tags and
 * list memberships by one `write` for each tag, answers of attendees by one `write` for each answer. Bytes of files are not in it: bench/odoo-files.ts.
 * Both write into one database, turn about; the ratio of the medians counts, absolute times do not.
 * Needs root on Debian, as `npm run test:odoo` does; with ODOO_URL, ODOO_DATABASE, ODOO_USER, ODOO_PASSWORD a server that is there is used.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { instreamConnector } from '../src/connectors/instream/connector.ts';
import { odooConnector } from '../src/connectors/odoo/connector.ts';
import { createEngine } from '../src/engine/engine.ts';
import { instreamToOdooCrm } from '../src/routes/instream-to-odoo-crm/route.ts';
import { generateBundle } from '../src/simulators/instream/bundle.ts';
import { openStore } from '../src/store/postgres-store.ts';
import { openQueue } from '../src/work/queue.ts';
import { confirmedProject, loadedAgainstBare, printRatios, type LoadTimes } from './against-bare.ts';
import { address, call } from './bare-odoo.ts';

const [contacts = 2000, rounds = 3] = process.argv.slice(2).map(Number);
/** What is measured: steps of the run that carry the records, and the mappings each loads; configuration is a handful of rows, messages of all kinds go in as one. */
const measured: { readonly [step: string]: readonly string[] } = {
  'companies': ['companies'], 'contact-partners': ['contact-partners'], 'contact-leads': ['contact-leads'], 'deals': ['deals'],
  'notes': ['notes', 'emails', 'calls', 'done-tasks', 'meeting-notes'], 'meetings': ['meetings'], 'activities': ['activities'],
  'tags-on-partners': ['tags-on-partners'], 'tags-on-leads': ['tags-on-leads'], 'memberships-of-partners': ['memberships-of-partners'], 'memberships-of-leads': ['memberships-of-leads'],
};
const folder = mkdtempSync(path.join(tmpdir(), 'portolan-bench-'));
const odoo = await address();
const store = await openStore({ dataFolder: path.join(folder, 'data'), databaseUrl: null, encryptionKey: randomBytes(32) });
const queue = await openQueue({ store });
try {
  await generateBundle({ folder: path.join(folder, 'export'), seed: 11, contacts, companies: Math.round(contacts * 0.15), deals: Math.round(contacts * 0.25), notes: Math.round(contacts * 1.5), emails: contacts, calls: Math.round(contacts * 0.5), tasks: Math.round(contacts * 0.5), meetings: Math.round(contacts * 0.2), files: 0 });
  const engine = createEngine({ store, queue, connectors: [instreamConnector, odooConnector], routes: [instreamToOdooCrm] });
  const models = new Map((await call(odoo, 'ir.model', 'search_read', [[['model', 'in', ['res.partner', 'crm.lead']]], ['model']]) as { id: number; model: string }[]).map(({ id, model }) => [model, id]));
  const times: LoadTimes = { product: {}, plain: {} };
  for (let round = 0; round < rounds; round += 1) {
    const project = `bench-${round}`;
    const projectId = await confirmedProject({ engine, store, project, route: instreamToOdooCrm.id, source: { platform: 'instream', settings: { path: path.join(folder, 'export') }, secrets: {} }, odoo });
    await loadedAgainstBare({ engine, store, project, projectId, odoo, measured, models, round, times });
  }
  printRatios(measured, times, rounds);
} finally {
  await queue.close();
  await store.close();
  await odoo.stop();
  rmSync(folder, { recursive: true, force: true });
}
