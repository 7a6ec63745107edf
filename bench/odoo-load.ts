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
import type { JsonObject } from '../src/connector/json.ts';
import { instreamConnector } from '../src/connectors/instream/connector.ts';
import { odooConnector } from '../src/connectors/odoo/connector.ts';
import { createEngine } from '../src/engine/engine.ts';
import { instreamToOdooCrm } from '../src/routes/instream-to-odoo-crm/route.ts';
import { generateBundle } from '../src/simulators/instream/bundle.ts';
import { openStore } from '../src/store/postgres-store.ts';
import { openQueue } from '../src/work/queue.ts';

const [contacts = 2000, rounds = 3] = process.argv.slice(2).map(Number);
/** What is measured: steps of the run that carry the records, and the mappings each loads; configuration is a handful of rows, messages of all kinds go in as one. */
const measured: { readonly [step: string]: readonly string[] } = {
  'companies': ['companies'], 'contact-partners': ['contact-partners'], 'contact-leads': ['contact-leads'], 'deals': ['deals'],
  'notes': ['notes', 'emails', 'calls', 'done-tasks', 'meeting-notes'], 'meetings': ['meetings'], 'activities': ['activities'],
  'tags-on-partners': ['tags-on-partners'], 'tags-on-leads': ['tags-on-leads'], 'memberships-of-partners': ['memberships-of-partners'], 'memberships-of-leads': ['memberships-of-leads'],
};
const quiet = { tracking_disable: true, mail_create_nosubscribe: true, mail_create_nolog: true, mail_notrack: true, mail_auto_subscribe_no_notify: true, no_mail_to_attendees: true, tz: 'UTC' };

interface Address { readonly url: string; readonly database: string; readonly user: string; readonly password: string; readonly stop: () => Promise<void> }

async function address(): Promise<Address> {
  const { ODOO_URL: url, ODOO_DATABASE: database, ODOO_USER: user, ODOO_PASSWORD: password } = process.env;
  if (url !== undefined && database !== undefined && user !== undefined && password !== undefined) return { url, database, user, password, stop: async () => {} };
  const { startLab } = await import('../test/real-odoo/odoo-lab.ts');
  const { freshOdoo, labVariable } = await import('../test/real-odoo/odoo.ts');
  const { lab, stop } = await startLab(process.env['PORTOLAN_ODOO14_DIR'] ?? path.join(process.env['XDG_CACHE_HOME'] ?? '/var/cache', 'portolan-odoo14'));
  process.env[labVariable] = JSON.stringify(lab);
  const odoo = await freshOdoo();
  return { ...odoo, stop: async () => { await odoo.close(); await stop(); } };
}

async function call(odoo: Address, model: string, method: string, args: readonly unknown[], kwargs: object = {}): Promise<unknown> {
  const response = await fetch(`${odoo.url}/jsonrpc`, {
    method: 'POST', headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'call', params: { service: 'object', method: 'execute_kw', args: [odoo.database, 2, odoo.password, model, method, args, kwargs] } }),
  });
  const answer = await response.json() as { result?: unknown; error?: { data: { message: string } } };
  if (answer.error !== undefined) throw new Error(`${model}.${method}: ${answer.error.data.message}`);
  return answer.result;
}

type Types = Readonly<Record<string, { readonly type: string }>>;

/** A payload in Odoo's own forms; names that Odoo does not have are left out. */
function bare(values: JsonObject, types: Types): JsonObject {
  return Object.fromEntries(Object.entries(values).flatMap(([name, value]) => {
    const type = types[name]?.type;
    if (type === undefined) return [];
    if (value === null) return type === 'many2many' ? [] : [[name, false]]; // 14 iterates over the links of a new message
    if (type === 'many2one' || type === 'many2one_reference' || type === 'integer') return [[name, Number(value)]];
    if (type === 'many2many') return [[name, [[6, 0, (value as readonly string[]).map(Number)]]]];
    if (type === 'float' || type === 'monetary') return [[name, Number(value)]];
    if (type === 'datetime') return [[name, String(value).replace('T', ' ').slice(0, 19)]];
    return [[name, value]];
  }));
}

const answers = { attendees_accepted: 'accepted', attendees_declined: 'declined', attendees_tentative: 'tentative' } as const;
const people = (values: JsonObject, fields: readonly string[]): number[] => fields.flatMap((field) => ((values[field] ?? []) as readonly string[]).map(Number));

/** A meeting with all who come, on the record that it is about. */
function bareMeeting(values: JsonObject, types: Types, models: ReadonlyMap<string, number>): JsonObject {
  const { res_model: model, user_id: user, ...rest } = bare(values, types);
  const dates = values['allday'] === true ? { start: `${String(values['start_date'])} 08:00:00`, stop: `${String(values['stop_date'])} 18:00:00` } : {};
  return { ...rest, ...dates, ...(user === false ? {} : { user_id: user ?? false }), ...(typeof model === 'string' ? { res_model_id: models.get(model) ?? false } : {}), partner_ids: [[6, 0, people(values, [...Object.keys(answers), 'attendees_open'])]] };
}

/** The same records by the best calls that Odoo offers. */
async function createBare(odoo: Address, model: string, payloads: readonly JsonObject[], context: Readonly<{ types: Types; models: ReadonlyMap<string, number> }>): Promise<void> {
  const { types, models } = context;
  const [base = model, field] = model.split('/');
  if (field !== undefined) {
    for (const [value, rows] of Map.groupBy(payloads, (row) => Number(row['value']))) await call(odoo, base, 'write', [rows.map((row) => Number(row['record'])), { [field]: [[4, value]] }], { context: quiet });
    return;
  }
  const convert = model === 'calendar.event' ? (row: JsonObject): JsonObject => bareMeeting(row, types, models)
    : model === 'mail.activity' ? (row: JsonObject): JsonObject => { const { res_model: about, ...rest } = bare(row, types); return { ...rest, res_model_id: models.get(String(about)) ?? false }; }
      : (row: JsonObject): JsonObject => bare(row, types);
  const ids: number[] = [];
  for (let at = 0; at < payloads.length; at += 500) ids.push(...await call(odoo, model, 'create', [payloads.slice(at, at + 500).map(convert)], { context: quiet }) as number[]);
  if (model !== 'calendar.event') return;
  const attendees = await call(odoo, 'calendar.attendee', 'search_read', [[['event_id', 'in', ids]], ['event_id', 'partner_id']]) as { id: number; event_id: [number]; partner_id: [number] }[];
  for (const [list, state] of Object.entries(answers)) {
    const gave = new Set(payloads.flatMap((row, index) => people(row, [list]).map((partner) => `${ids[index]} ${partner}`)));
    const own = attendees.filter((one) => gave.has(`${one.event_id[0]} ${one.partner_id[0]}`)).map((one) => one.id);
    if (own.length > 0) await call(odoo, 'calendar.attendee', 'write', [own, { state }], { context: quiet });
  }
}

const folder = mkdtempSync(path.join(tmpdir(), 'portolan-bench-'));
const odoo = await address();
const store = await openStore({ dataFolder: path.join(folder, 'data'), databaseUrl: null, encryptionKey: randomBytes(32) });
const queue = await openQueue({ store });
try {
  await generateBundle({ folder: path.join(folder, 'export'), seed: 11, contacts, companies: Math.round(contacts * 0.15), deals: Math.round(contacts * 0.25), notes: Math.round(contacts * 1.5), emails: contacts, calls: Math.round(contacts * 0.5), tasks: Math.round(contacts * 0.5), meetings: Math.round(contacts * 0.2), files: 0 });
  const engine = createEngine({ store, queue, connectors: [instreamConnector, odooConnector], routes: [instreamToOdooCrm] });
  const models = new Map((await call(odoo, 'ir.model', 'search_read', [[['model', 'in', ['res.partner', 'crm.lead']]], ['model']]) as { id: number; model: string }[]).map(({ id, model }) => [model, id]));
  const product: Record<string, number[]> = {};
  const plain: Record<string, number[]> = {};
  for (let round = 0; round < rounds; round += 1) {
    const project = `bench-${round}`;
    const { id: projectId } = await store.createProject({ name: project, route: instreamToOdooCrm.id });
    await store.saveConnection({ projectId, role: 'source', platform: 'instream', settings: { path: path.join(folder, 'export') }, secrets: {} });
    await store.saveConnection({ projectId, role: 'destination', platform: 'odoo', settings: { url: odoo.url, database: odoo.database, user: odoo.user }, secrets: { password: odoo.password } });
    await engine.discover({ project, roles: ['source', 'destination'] });
    await engine.propose({ project });
    await engine.confirmPlan({ project, by: 'bench', acceptRecommendations: true });
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
      const types = await call(odoo, model.split('/')[0] ?? model, 'fields_get', [], { attributes: ['type'] }) as Record<string, { type: string }>;
      const payloads = rows.map((row) => row.payload);
      if (model.includes('/')) for (const [value, links] of Map.groupBy(payloads, (row) => Number(row['value']))) await call(odoo, model.split('/')[0] ?? '', 'write', [links.map((row) => Number(row['record'])), { [model.split('/')[1] ?? '']: [[3, value]] }], { context: quiet }); // taken off, so that they can be put on again
      const started = performance.now();
      await createBare(odoo, model, payloads, { types, models });
      (plain[step] ??= []).push((performance.now() - started) / 1000);
      console.log(`round ${round + 1}  ${step.padEnd(24)} ${String(rows.length).padStart(6)} records  portolan ${(product[step]?.at(-1) ?? 0).toFixed(2)} s  bare ${(plain[step]?.at(-1) ?? 0).toFixed(2)} s`);
    }
  }
  const median = (values: readonly number[]): number => values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
  const totals = { product: 0, plain: 0 };
  for (const mapping of Object.keys(measured)) {
    const [ours, theirs] = [median(product[mapping] ?? []), median(plain[mapping] ?? [])];
    totals.product += ours;
    totals.plain += theirs;
    console.log(`${mapping.padEnd(24)} ratio ${(ours / theirs).toFixed(2)}`);
  }
  console.log(`all records              ratio ${(totals.product / totals.plain).toFixed(2)}  (portolan ${totals.product.toFixed(1)} s, bare ${totals.plain.toFixed(1)} s, medians of ${rounds})`);
} finally {
  await queue.close();
  await store.close();
  await odoo.stop();
  rmSync(folder, { recursive: true, force: true });
}
