import { expect } from 'vitest';
import { dayIn, exportRows, momentIn, numberIn, type ExportRow } from './export-rows.ts';
import type { LoadedOdoo } from './loaded-history.ts';
import type { Row } from './odoo-state.ts';
import { readInHtml, withoutSpaces } from './visible-text.ts';

interface RecordsParams {
  /** A made-up Polish export without dirt; every decision as recommended. */
  readonly folder: string;
  /** Owners who are users there, by the same login. */
  readonly owners: readonly string[];
  readonly companyCurrency: string;
  /** Ids of records that this export lacks and an earlier one had: archived. */
  readonly gone?: ReadonlySet<string>;
}

/** Names of the records that a field refers to. */
interface Names {
  readonly of: (model: string, id: unknown, field?: string) => string | null;
  readonly isWon: (stage: unknown) => boolean;
  /** Choices of one list differ between objects: then the model has a field of that label for each. */
  readonly customFields: (model: string, label: string) => readonly Row[];
  readonly choice: (field: Row, value: unknown) => string | null;
}

type Values = Readonly<Record<string, unknown>>;

/**
 * Every cell of companies.csv, contacts.csv and deals.csv stands in Odoo, in the field it belongs to, and no other record came with
 * them: the files are read with csv-parse alone, what stands in Odoo past Portolan. Tags and lists have a check of their own.
 */
export function expectRecords(odoo: LoadedOdoo, params: RecordsParams): void {
  const names = namesOf(odoo);
  const [companies, contacts, deals] = (['companies.csv', 'contacts.csv', 'deals.csv'] as const).map((file) => exportRows(params.folder, file)) as [readonly ExportRow[], readonly ExportRow[], readonly ExportRow[]];
  const onDeals = new Set(deals.map((deal) => deal['contact_id']));
  const ids = { partners: [...companies, ...contacts.filter(({ id }) => onDeals.has(id ?? ''))], leads: [...contacts.filter(({ id }) => !onDeals.has(id ?? '')), ...deals] };
  const partners = recordsById(odoo, 'res.partner', ids.partners, params);
  const leads = recordsById(odoo, 'crm.lead', ids.leads, params);
  const check = (model: string, row: Row | undefined, cells: ExportRow, wanted: (row: Row) => readonly [found: Values, wanted: Values]): void => {
    if (row === undefined) throw new Error(`${model} of ${cells['id']} is not there`);
    const [found, expected] = wanted(row);
    const custom = customValues(names, { model, row, cells });
    const [shared, sharedWanted] = sharedValues(names, { row, cells, owners: params.owners });
    expect({ ...shared, ...found, ...custom.found }, `${model} ${String(row['id'])} of ${cells['id']}`).toEqual({ ...sharedWanted, ...expected, ...custom.wanted });
  };
  for (const cells of companies) check('res.partner', partners.get(cells['id'] ?? ''), cells, (row) => companyValues(names, row, cells));
  for (const cells of contacts) {
    const model = onDeals.has(cells['id'] ?? '') ? 'res.partner' : 'crm.lead';
    check(model, (model === 'res.partner' ? partners : leads).get(cells['id'] ?? ''), cells, (row) => (model === 'res.partner' ? partnerValues : leadValues)(names, row, cells));
  }
  for (const cells of deals) check('crm.lead', leads.get(cells['id'] ?? ''), cells, (row) => dealValues(names, row, cells, params.companyCurrency));
}

/** The records that carry an id of the export, each once; whoever stands in it no more is archived. */
function recordsById(odoo: LoadedOdoo, model: string, rows: readonly ExportRow[], { gone = new Set() }: RecordsParams): ReadonlyMap<string, Row> {
  const found = odoo.state.rows(model).filter((row) => typeof row['x_instream_id'] === 'string');
  const here = found.filter((row) => !gone.has(String(row['x_instream_id'])));
  expect(here.map((row) => String(row['x_instream_id'])).toSorted()).toEqual(rows.map(({ id }) => id ?? '').toSorted());
  expect(found.filter((row) => gone.has(String(row['x_instream_id'])) && row['active'] === true).map((row) => row['x_instream_id'])).toEqual([]);
  return new Map(here.map((row) => [String(row['x_instream_id']), row]));
}

function namesOf(odoo: LoadedOdoo): Names {
  const tables = new Map<string, ReadonlyMap<number, Row>>();
  const table = (model: string): ReadonlyMap<number, Row> => {
    const known = tables.get(model) ?? new Map(odoo.state.rows(model).map((row) => [Number(row['id']), row]));
    tables.set(model, known);
    return known;
  };
  const fields = odoo.state.rows('ir.model.fields').filter((row) => row['state'] === 'manual');
  const choices = odoo.state.rows('ir.model.fields.selection');
  return {
    of: (model, id, field = 'name') => (typeof id === 'number' ? text(table(model).get(id)?.[field]) : null),
    isWon: (stage) => table('crm.stage').get(Number(stage))?.['is_won'] === true,
    customFields: (model, label) => fields.filter((row) => row['model'] === model && row['field_description'] === label),
    choice: (field, value) => text(choices.find((row) => row['field_id'] === field['id'] && row['value'] === value)?.['name']),
  };
}

const text = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value : null);
const cell = (value: string | undefined): string | null => text((value ?? '').trim().replaceAll(/\s+/gu, ' '));
const day = (value: unknown): string | null => text(value)?.slice(0, 10) ?? null;
const moment = (value: unknown): string | null => text(value)?.slice(0, 19).replace('T', ' ') ?? null;
const amount = (value: unknown): number => Math.round(Number(value ?? 0) * 100);
const isYes = (value: string | undefined): boolean => value === 'tak';
/** Digits of a Polish number, with or without its prefix. */
const digits = (value: unknown): string | null => text(value)?.replaceAll(/\D/gu, '').replace(/^48(?=\d{9}$)/u, '') ?? null;
const address = (value: unknown): string | null => text(value)?.replace(/\/$/u, '') ?? null;

/** Of companies, contacts and deals alike: owner, origin, what was written about them. */
function sharedValues(names: Names, { row, cells, owners }: Readonly<{ row: Row; cells: ExportRow; owners: readonly string[] }>): readonly [Values, Values] {
  const owner = cell(cells['owner_email']);
  const words = text(row['comment']) ?? text(row['description']);
  return [
    { owner: text(row['x_instream_owner']), user: names.of('res.users', row['user_id'], 'login'), createdAt: moment(row['x_instream_created_at']), source: text(row['x_instream_source']), words: words === null ? '' : readInHtml(words) },
    { owner, user: owner !== null && owners.includes(owner) ? owner : null, createdAt: momentIn(cells['created_at'] ?? ''), source: cell(cells['source']), words: withoutSpaces(cells['description'] ?? '') },
  ];
}

function addressValues(names: Names, row: Row, cells: ExportRow): readonly [Values, Values] {
  return [
    { street: text(row['street']), zip: text(row['zip']), city: text(row['city']), state: text(row['x_instream_state']), country: names.of('res.country', row['country_id'], 'code'), phone: digits(row['phone']), mobile: digits(row['mobile'] ?? row['x_instream_mobile']), linkedin: address(row['x_instream_linkedin']) },
    { street: cell(cells['street']), zip: cell(cells['zip']), city: cell(cells['city']), state: cell(cells['state']), country: cells['country'] === 'Polska' ? 'PL' : cells['country'], phone: digits(cells['phone']), mobile: digits(cells['mobile']), linkedin: address(cells['linkedin_url']) },
  ];
}

function companyValues(names: Names, row: Row, cells: ExportRow): readonly [Values, Values] {
  const [found, wanted] = addressValues(names, row, cells);
  return [
    { ...found, name: row['name'], company: row['is_company'] === true, active: row['active'] === true, email: text(row['email']), website: address(row['website']), domain: text(row['x_instream_domain']), vat: text(row['vat']), industry: text(row['x_instream_industry']), employees: Number(row['x_instream_employee_count']), parent: names.of('res.partner', row['parent_id']) },
    { ...wanted, name: cell(cells['name']), company: true, active: !isYes(cells['archived']), email: cell(cells['email']), website: address(cells['website']), domain: cell(cells['domain']), vat: cell(cells['vat']), industry: cell(cells['industry']), employees: numberIn(cells['employee_count'] ?? ''), parent: null },
  ];
}

function personValues(names: Names, row: Row, cells: ExportRow): readonly [Values, Values] {
  const [found, wanted] = addressValues(names, row, cells);
  return [
    { ...found, name: row['name'], active: row['active'] === true, original: text(row['x_instream_email']), function: text(row['function']), website: address(row['website']), birthday: day(row['x_instream_birthday']), twitter: address(row['x_instream_twitter']), facebook: address(row['x_instream_facebook']) },
    { ...wanted, name: cell(cells['full_name']), active: !isYes(cells['archived']), original: cell(cells['email']), function: cell(cells['job_title']), website: address(cells['website']), birthday: dayIn(cells['birthday'] ?? ''), twitter: address(cells['twitter_url']), facebook: address(cells['facebook_url']) },
  ];
}

function partnerValues(names: Names, row: Row, cells: ExportRow): readonly [Values, Values] {
  const [found, wanted] = personValues(names, row, cells);
  const parent = cell(cells['company_id']);
  return [
    { ...found, email: text(row['email']), company: row['is_company'] === true, parent: names.of('res.partner', row['parent_id'], parent === null ? 'name' : 'x_instream_id') },
    { ...wanted, email: cell(cells['email']), company: false, parent: parent ?? cell(cells['company_name']) },
  ];
}

function leadValues(names: Names, row: Row, cells: ExportRow): readonly [Values, Values] {
  const [found, wanted] = personValues(names, row, cells);
  return [
    { ...found, type: row['type'], contact: text(row['contact_name']), email: text(row['email_from']), company: text(row['partner_name']), partner: row['partner_id'] ?? null },
    { ...wanted, type: 'lead', contact: cell(cells['full_name']), email: cell(cells['email']), company: cell(cells['company_name']), partner: null },
  ];
}

function dealValues(names: Names, row: Row, cells: ExportRow, companyCurrency: string): readonly [Values, Values] {
  const { status = '', currency = '', stage_name: stage = '' } = cells;
  const [won, lost] = [status === 'won', status === 'lost' || status === 'archived'];
  const foreign = currency !== companyCurrency;
  const closed = won || lost ? momentIn(cells['closed_at'] ?? '') : null;
  const reason = row['lost_reason_id'] ?? row['lost_reason'];
  return [
    {
      type: row['type'], name: row['name'], active: row['active'] === true, partner: names.of('res.partner', row['partner_id'], 'x_instream_id'), revenue: amount(row['expected_revenue']), own: amount(row['x_instream_amount']), currency: text(row['x_instream_currency']),
      deadline: day(row['date_deadline']), closed: closed === null && (won || lost) ? null : moment(row['date_closed']), company: text(row['x_instream_company']), pipeline: text(row['x_instream_pipeline']), probability: text(cells['probability']) === null ? null : Number(row['x_instream_probability'] ?? 0),
      stage: won ? null : names.of('crm.stage', row['stage_id']), inWonStage: names.isWon(row['stage_id']), wonIn: text(row['x_instream_stage']), chance: won || lost ? Number(row['probability'] ?? 0) : Number(row['probability']) > 0 && Number(row['probability']) < 100, reason: names.of('crm.lost.reason', reason),
    },
    {
      type: 'opportunity', name: cell(cells['title']), active: !lost, partner: cell(cells['contact_id']), revenue: foreign ? 0 : amount(numberIn(cells['amount'] ?? '')), own: foreign ? amount(numberIn(cells['amount'] ?? '')) : 0, currency,
      deadline: dayIn(cells['expected_close'] ?? ''), closed, company: cell(cells['company_name']), pipeline: cell(cells['pipeline_name']), probability: numberIn(cells['probability'] ?? ''),
      stage: won ? null : cell(stage), inWonStage: won, wonIn: won ? cell(stage) : null, chance: won ? 100 : lost ? 0 : true, reason: lost ? cell(cells['lost_reason']) : null,
    },
  ];
}

/** Cells of the account's own columns, each in a field that has its label. */
function customValues(names: Names, { model, row, cells }: Readonly<{ model: string; row: Row; cells: ExportRow }>): Readonly<{ found: Values; wanted: Values }> {
  const pairs = Object.entries(cells).filter(([name]) => name.startsWith('cf:')).map(([column, written]) => {
    const label = column.slice(3);
    const fields = names.customFields(model, label);
    const filled = fields.filter((field) => row[String(field['name'])] !== undefined && row[String(field['name'])] !== false);
    expect(filled.length, `fields ${label} of ${cells['id']} that are filled`).toBeLessThanOrEqual(1);
    const [field] = [...filled, ...fields];
    if (field === undefined) throw new Error(`${model} has no field ${label}`);
    return [label, customPair(names, { field, label, value: row[String(field['name'])], written })] as const;
  });
  return { found: Object.fromEntries(pairs.map(([label, [found]]) => [label, found])), wanted: Object.fromEntries(pairs.map(([label, [, wanted]]) => [label, wanted])) };
}

function customPair(names: Names, { field, label, value, written }: Readonly<{ field: Row; label: string; value: unknown; written: string }>): readonly [found: unknown, wanted: unknown] {
  switch (field['ttype']) {
    case 'boolean': return [value === true, isYes(written)];
    case 'date': return [day(value), dayIn(written)];
    case 'integer': case 'float': case 'monetary': return [amount(value), amount(numberIn(written))];
    case 'selection': return [names.choice(field, value), cell(written)];
    case 'many2many': return [(Array.isArray(value) ? value : []).map((id) => names.of(String(field['relation']), id) ?? '').toSorted(), written.split('|').filter((choice) => choice !== '').map((choice) => `${label}: ${choice}`).toSorted()];
    default: return [withoutSpaces(text(value) ?? ''), withoutSpaces(written)];
  }
}
