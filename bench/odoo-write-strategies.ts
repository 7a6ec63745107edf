/**
 * Measures on a real Odoo, per model and batch size, the ways to write records with their external ids:
 *
 *   load        one call; record and external id in one transaction
 *   create+ids  look-up of the ids' names, create, create in ir.model.data: three calls, two transactions
 *   create      the bare batch call without external ids: the measure that the others are compared with
 *
 *   ODOO_URL=http://127.0.0.1:8069 ODOO_DATABASE=test ODOO_USER=admin ODOO_PASSWORD=admin node bench/odoo-write-strategies.ts [rounds]
 *
 * Writes only records of its own and deletes them again. Ratios within one run count, not the rates: machines differ.
 * Results and the choice made from them: docs/decisions/0002-odoo-write-strategy.md.
 */
import { callLoad } from '../src/connectors/odoo/load-call.ts';
import { openOdoo } from '../src/connectors/odoo/open.ts';
import { odooSettingsSchema } from '../src/connectors/odoo/settings.ts';
import type { OdooClient } from '../src/connectors/odoo/client.ts';
import type { Json } from '../src/connector/json.ts';

type Row = { readonly [field: string]: Json };
interface Subject {
  readonly label: string;
  readonly model: string;
  readonly record: (index: number) => Row; // typed values, as create takes them
  readonly links: readonly string[]; // many2one and many2many fields, written by id
}

const rounds = Number(process.argv[2] ?? 2);
const batches = [200, 500] as const;
const module = '__portolan_bench__';

async function main(): Promise<void> {
  const settings = odooSettingsSchema.parse({
    url: process.env['ODOO_URL'], database: process.env['ODOO_DATABASE'], user: process.env['ODOO_USER'], password: process.env['ODOO_PASSWORD'],
    ...(process.env['ODOO_DOOR'] === undefined ? {} : { door: process.env['ODOO_DOOR'] }),
  });
  const client = await openOdoo(settings, { countCall: () => {}, budget: { acquire: async () => {}, penalise: async () => {} }, log: () => {}, signal: new AbortController().signal });
  process.stdout.write(`Odoo ${client.version.text} by ${client.door}; records per second, median of ${rounds}; in brackets the ratio to bare create\n`);
  process.stdout.write(`| model | batch | create | create+ids | load |\n|---|---|---|---|---|\n`);
  const { subjects, removeGround } = await prepare(client);
  for (const subject of subjects) {
    for (const batch of batches) {
      const rates: { [strategy: string]: number[] } = { create: [], 'create+ids': [], load: [] };
      for (let round = 0; round < rounds; round += 1) {
        // A different order each round, so that no strategy always meets the warmest caches.
        const order = ['create', 'create+ids', 'load'].map((_, at, all) => all[(at + round) % all.length] ?? 'load');
        for (const strategy of order) {
          const records = Array.from({ length: batch }, (_, index) => subject.record(index));
          const started = performance.now();
          const ids = await strategies[strategy]?.(client, subject, records) ?? [];
          rates[strategy]?.push(batch / ((performance.now() - started) / 1000));
          await client.write(subject.model, 'unlink', { ids: [...ids] });
        }
      }
      const bare = median(rates['create'] ?? []);
      const cells = ['create', 'create+ids', 'load'].map((strategy) => `${Math.round(median(rates[strategy] ?? []))} (${(bare / median(rates[strategy] ?? [])).toFixed(2)})`);
      process.stdout.write(`| ${subject.label} | ${batch} | ${cells.join(' | ')} |\n`);
    }
  }
  await removeGround();
}

let serial = 0;
const strategies: { readonly [name: string]: (client: OdooClient, subject: Subject, records: readonly Row[]) => Promise<readonly number[]> } = {
  create: async (client, subject, records) => await client.write(subject.model, 'create', { vals_list: [...records] }) as readonly number[],
  'create+ids': async (client, subject, records) => {
    const names = records.map(() => `bench${(serial += 1)}`);
    await client.searchRead('ir.model.data', [['module', '=', module], ['name', 'in', names]], ['name', 'res_id']);
    const ids = await client.write(subject.model, 'create', { vals_list: [...records] }) as readonly number[];
    await client.write('ir.model.data', 'create', { vals_list: ids.map((id, at) => ({ module, name: names[at] ?? '', model: subject.model, res_id: id })) });
    return ids;
  },
  load: async (client, subject, records) => {
    const fields = Object.keys(records[0] ?? {});
    const columns = ['id', ...fields.map((field) => (subject.links.includes(field) ? `${field}/.id` : field))];
    return callLoad(client, subject.model, columns, records.map((record) => [`${module}.bench${(serial += 1)}`, ...fields.map((field) => cell(record[field] ?? false))]));
  },
};

function cell(value: Json): string {
  if (value === false) return '';
  if (value === true) return '1';
  if (Array.isArray(value)) return ((value as readonly (readonly Json[])[])[0]?.[2] as readonly number[]).join(',');
  return String(value);
}

/** Companies, contacts, leads and notes as a CRM migration writes them, on ground that is taken away at the end. */
async function prepare(client: OdooClient): Promise<{ readonly subjects: readonly Subject[]; readonly removeGround: () => Promise<void> }> {
  const one = async (model: string, domain: Json): Promise<number> => Number((await client.searchRead(model, domain, ['id'], { limit: 1 }))[0]?.['id']);
  const country = await one('res.country', [['code', '=', 'PL']]);
  const stage = await one('crm.stage', []);
  const subtype = Number((await client.searchRead('ir.model.data', [['module', '=', 'mail'], ['name', '=', 'mt_note']], ['res_id']))[0]?.['res_id']);
  const companies = await client.write('res.partner', 'create', { vals_list: Array.from({ length: 20 }, (_, at) => ({ name: `Bench company ${at}`, is_company: true })) }) as readonly number[];
  const tags = await client.write('crm.tag', 'create', { vals_list: Array.from({ length: 5 }, (_, at) => ({ name: `Bench tag ${at} ${Date.now()}` })) }) as readonly number[];
  const leads = await client.write('crm.lead', 'create', { vals_list: Array.from({ length: 20 }, (_, at) => ({ name: `Bench lead ${at}`, type: 'opportunity', user_id: false })) }) as readonly number[];
  const pick = (list: readonly number[], index: number): number => list[index % list.length] ?? 0;
  const subjects: readonly Subject[] = [
    { label: 'res.partner (company)', model: 'res.partner', links: ['country_id'], record: (at) => ({ name: `Firma ${at} sp. z o.o.`, is_company: true, website: `https://firma${at}.example`, phone: '+48 22 555 01 01', street: 'ul. Prosta 1', city: 'Warszawa', zip: '00-001', country_id: country, email: `biuro@firma${at}.example`, comment: 'Imported.' }) },
    { label: 'res.partner (contact)', model: 'res.partner', links: ['parent_id', 'country_id'], record: (at) => ({ name: `Anna Nowak ${at}`, parent_id: pick(companies, at), type: 'other', email: `anna${at}@firma.example`, phone: '+48 600 000 000', function: 'Buyer', street: 'ul. Krzywa 2', city: 'Gdynia', zip: '81-001', country_id: country }) },
    { label: 'crm.lead', model: 'crm.lead', links: ['stage_id', 'partner_id', 'user_id', 'tag_ids'], record: (at) => ({ name: `Deal ${at}`, type: 'opportunity', stage_id: stage, partner_id: pick(companies, at), user_id: client.uid, expected_revenue: 1000 + at, probability: 30, date_deadline: '2026-05-01', description: 'From the old system.', priority: '1', tag_ids: [[6, 0, [pick(tags, at), pick(tags, at + 1)]]], iap_enrich_done: true }) },
    { label: 'mail.message', model: 'mail.message', links: ['author_id', 'subtype_id'], record: (at) => ({ model: 'crm.lead', res_id: pick(leads, at), body: `<p>Note ${at}: called, wants an <b>offer</b>.</p>`, message_type: 'comment', subtype_id: subtype, date: '2021-03-04 05:06:07', author_id: false, email_from: 'Jan Kowalski <jan@example.com>' }) },
  ];
  return {
    subjects,
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
