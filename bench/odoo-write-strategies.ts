/**
 * Measures on a real Odoo, per model and batch size, the ways to write records with their external ids:
 *
 *   create       the bare batch call without external ids: the measure that the others are compared with
 *   create+ids   look-up of the ids' names, create, create in ir.model.data: three calls, two transactions
 *   load .id     one call; record and external id in one transaction; links by database id (one ORM search a cell)
 *   load id      the same; links by external id (one small query per distinct value)
 *   Portolan     what the connector does, look-up of existing keys included
 *
 *   ODOO_URL=http://127.0.0.1:8069 ODOO_DATABASE=test ODOO_USER=admin ODOO_PASSWORD=admin node bench/odoo-write-strategies.ts [rounds]
 *
 * Writes only records of its own and deletes them again. Ratios within one run count, not the rates: machines differ.
 * Results and the choice made from them: docs/decisions/0002-odoo-write-strategy.md.
 */
import { callLoad } from '../src/connectors/odoo/write/load-call.ts';
import { openOdooDestination } from '../src/connectors/odoo/destination.ts';
import { openOdoo } from '../src/connectors/odoo/open.ts';
import { odooSettingsSchema } from '../src/connectors/odoo/settings.ts';
import type { OdooClient } from '../src/connectors/odoo/client.ts';
import type { DestinationConnection } from '../src/connector/destination.ts';
import type { Json } from '../src/connector/json.ts';

type Row = { readonly [field: string]: Json };
interface Subject {
  readonly label: string;
  readonly model: string;
  readonly record: (index: number) => Row; // typed values, as create takes them
  readonly links: { readonly [field: string]: string }; // many2one and many2many fields with their models
}

const rounds = Number(process.argv[2] ?? 2);
const batches = [200, 500] as const;
const module = '__portolan_bench__';

async function main(): Promise<void> {
  const settings = odooSettingsSchema.parse({
    url: process.env['ODOO_URL'], database: process.env['ODOO_DATABASE'], user: process.env['ODOO_USER'], password: process.env['ODOO_PASSWORD'],
    ...(process.env['ODOO_DOOR'] === undefined ? {} : { door: process.env['ODOO_DOOR'] }),
  });
  const context = { countCall: () => {}, budget: { acquire: async () => {}, penalise: async () => {} }, log: () => {}, signal: new AbortController().signal };
  const client = await openOdoo(settings, context);
  process.stdout.write(`Odoo ${client.version.text} by ${client.door}; records per second, median of ${rounds}; in brackets the ratio to bare create\n`);
  process.stdout.write(`| model | batch | ${names.join(' | ')} |\n|---|---|${names.map(() => '---|').join('')}\n`);
  const destination = await openOdooDestination(settings, context);
  const { subjects, removeGround, externalIds } = await prepare(client);
  const ground: Ground = { client, destination, externalIds };
  for (const subject of subjects) {
    for (const batch of batches) {
      const rates: { [strategy: string]: number[] } = Object.fromEntries(names.map((name) => [name, []]));
      for (let round = 0; round < rounds; round += 1) {
        // A different order each round, so that no strategy always meets the warmest caches.
        const order = names.map((_, at) => names[(at + round) % names.length] ?? 'create');
        for (const strategy of order) {
          const records = Array.from({ length: batch }, (_, index) => subject.record(index));
          const started = performance.now();
          const ids = await strategies[strategy]?.(ground, subject, records) ?? [];
          rates[strategy]?.push(batch / ((performance.now() - started) / 1000));
          await client.write(subject.model, 'unlink', { ids: [...ids] });
        }
      }
      const bare = median(rates['create'] ?? []);
      const cells = names.map((strategy) => `${Math.round(median(rates[strategy] ?? []))} (${(bare / median(rates[strategy] ?? [])).toFixed(2)})`);
      process.stdout.write(`| ${subject.label} | ${batch} | ${cells.join(' | ')} |\n`);
    }
  }
  await removeGround();
}

/** What the strategies write with, and the external ids of the records that theirs point to. */
interface Ground {
  readonly client: OdooClient;
  readonly destination: DestinationConnection;
  readonly externalIds: (model: string, id: number) => string;
}

const stamp = Date.now().toString(36);
let serial = 0;
const nextName = (): string => `b${stamp}-${(serial += 1)}`;

const strategies: { readonly [name: string]: (ground: Ground, subject: Subject, records: readonly Row[]) => Promise<readonly number[]> } = {
  create: async ({ client }, subject, records) => await client.write(subject.model, 'create', { vals_list: [...records] }) as readonly number[],
  'create+ids': async ({ client }, subject, records) => {
    const externalNames = records.map(nextName);
    await client.searchRead('ir.model.data', [['module', '=', module], ['name', 'in', externalNames]], ['name', 'res_id']);
    const ids = await client.write(subject.model, 'create', { vals_list: [...records] }) as readonly number[];
    await client.write('ir.model.data', 'create', { vals_list: ids.map((id, at) => ({ module, name: externalNames[at] ?? '', model: subject.model, res_id: id })) });
    return ids;
  },
  'load .id': ({ client }, subject, records) => loadRecords(client, subject, records, (field, value) => [`${field}/.id`, cell(value)]),
  'load id': ({ client, externalIds }, subject, records) => loadRecords(client, subject, records, (field, value) => [`${field}/id`, idsIn(value).map((id) => externalIds(subject.links[field] ?? '', id)).join(',')]),
  Portolan: async ({ destination }, subject, records) => {
    const created = await destination.create({ object: subject.model, records: records.map((record) => ({ key: nextName(), values: portolanForm(subject, record) })) });
    return created.map((one) => Number(one.id));
  },
};
const names = Object.keys(strategies);

function loadRecords(client: OdooClient, subject: Subject, records: readonly Row[], link: (field: string, value: Json) => readonly [string, string]): Promise<readonly number[]> {
  const fields = Object.keys(records[0] ?? {});
  const columns = fields.map((field) => (field in subject.links ? link(field, false)[0] : field));
  return callLoad(client, subject.model, ['id', ...columns], records.map((record) => [`${module}.${nextName()}`, ...fields.map((field) => {
    const value = record[field] ?? false;
    return field in subject.links ? link(field, value)[1] : cell(value);
  })]));
}

function idsIn(value: Json): readonly number[] {
  if (typeof value === 'number') return [value];
  return Array.isArray(value) ? (value as readonly (readonly Json[])[])[0]?.[2] as readonly number[] : [];
}

function cell(value: Json): string {
  if (value === false) return '';
  if (value === true) return '1';
  return Array.isArray(value) ? idsIn(value).join(',') : String(value);
}

/** The record as a plan writes it: ids as texts, false of a link or text as null, times in ISO form. */
function portolanForm(subject: Subject, record: Row): Row {
  return Object.fromEntries(Object.entries(record).map(([field, value]) => {
    if (field in subject.links) return [field, value === false ? null : Array.isArray(value) ? idsIn(value).map(String) : String(value)];
    if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2} /u.test(value)) return [field, `${value.replace(' ', 'T')}Z`];
    return [field, value];
  }));
}

/** Companies, contacts, leads and notes as a CRM migration writes them, on ground that is taken away at the end. */
async function prepare(client: OdooClient): Promise<{ readonly subjects: readonly Subject[]; readonly removeGround: () => Promise<void>; readonly externalIds: Ground['externalIds'] }> {
  const one = async (model: string, domain: Json): Promise<number> => Number((await client.searchRead(model, domain, ['id'], { limit: 1 }))[0]?.['id']);
  const country = await one('res.country', [['code', '=', 'PL']]);
  const stage = await one('crm.stage', []);
  const subtype = Number((await client.searchRead('ir.model.data', [['module', '=', 'mail'], ['name', '=', 'mt_note']], ['res_id']))[0]?.['res_id']);
  const companies = await client.write('res.partner', 'create', { vals_list: Array.from({ length: 20 }, (_, at) => ({ name: `Bench company ${at}`, is_company: true })) }) as readonly number[];
  const tags = await client.write('crm.tag', 'create', { vals_list: Array.from({ length: 5 }, (_, at) => ({ name: `Bench tag ${at} ${Date.now()}` })) }) as readonly number[];
  const leads = await client.write('crm.lead', 'create', { vals_list: Array.from({ length: 20 }, (_, at) => ({ name: `Bench lead ${at}`, type: 'opportunity', user_id: false })) }) as readonly number[];
  const pick = (list: readonly number[], index: number): number => list[index % list.length] ?? 0;
  const subjects: readonly Subject[] = [
    { label: 'res.partner (company)', model: 'res.partner', links: { country_id: 'res.country' }, record: (at) => ({ name: `Firma ${at} sp. z o.o.`, is_company: true, website: `https://firma${at}.example`, phone: '+48 22 555 01 01', street: 'ul. Prosta 1', city: 'Warszawa', zip: '00-001', country_id: country, email: `biuro@firma${at}.example`, comment: 'Imported.' }) },
    { label: 'res.partner (contact)', model: 'res.partner', links: { parent_id: 'res.partner', country_id: 'res.country' }, record: (at) => ({ name: `Anna Nowak ${at}`, parent_id: pick(companies, at), type: 'other', email: `anna${at}@firma.example`, phone: '+48 600 000 000', function: 'Buyer', street: 'ul. Krzywa 2', city: 'Gdynia', zip: '81-001', country_id: country }) },
    { label: 'crm.lead', model: 'crm.lead', links: { stage_id: 'crm.stage', partner_id: 'res.partner', user_id: 'res.users', tag_ids: 'crm.tag' }, record: (at) => ({ name: `Deal ${at}`, type: 'opportunity', stage_id: stage, partner_id: pick(companies, at), user_id: client.uid, expected_revenue: 1000 + at, probability: 30, date_deadline: '2026-05-01', description: 'From the old system.', priority: '1', tag_ids: [[6, 0, [pick(tags, at), pick(tags, at + 1)]]], iap_enrich_done: true }) },
    { label: 'mail.message', model: 'mail.message', links: { author_id: 'res.partner', subtype_id: 'mail.message.subtype' }, record: (at) => ({ model: 'crm.lead', res_id: pick(leads, at), body: `<p>Note ${at}: called, wants an <b>offer</b>.</p>`, message_type: 'comment', subtype_id: subtype, date: '2021-03-04 05:06:07', author_id: false, email_from: 'Jan Kowalski <jan@example.com>' }) },
  ];
  const named = new Map<string, string>();
  const give = async (model: string, ids: readonly number[]): Promise<void> => {
    for (const id of ids) named.set(`${model},${id}`, `${module}.g${stamp}-${model.replaceAll('.', '_')}-${id}`);
    await client.write('ir.model.data', 'create', { vals_list: ids.map((id) => ({ module, name: `g${stamp}-${model.replaceAll('.', '_')}-${id}`, model, res_id: id })) });
  };
  await give('res.partner', companies);
  await give('crm.tag', tags);
  for (const [model, id] of [['res.country', country], ['crm.stage', stage], ['res.users', client.uid], ['mail.message.subtype', subtype]] as const) {
    const [row] = await client.searchRead('ir.model.data', [['model', '=', model], ['res_id', '=', id]], ['module', 'name'], { limit: 1 });
    named.set(`${model},${id}`, `${String(row?.['module'])}.${String(row?.['name'])}`);
  }
  return {
    subjects,
    externalIds: (model, id) => named.get(`${model},${id}`) ?? '',
    removeGround: async () => {
      await client.write('crm.lead', 'unlink', { ids: [...leads] });
      await client.write('crm.tag', 'unlink', { ids: [...tags] });
      await client.write('res.partner', 'unlink', { ids: [...companies] });
    },
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] ?? 0 : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

await main();
