import { describe, expect, test } from 'vitest';
import type { OdooSimulator } from '../../src/simulators/odoo/simulator.ts';
import { recordsOnly } from '../support/bundles.ts';
import { withMigrations } from '../support/migration.ts';
import type { Migration } from '../support/migration.ts';
import { comparable, rowsWhere, stateOf } from '../support/odoo-state.ts';
import { changingCalls, expectClean, phaseOf } from '../support/reports.ts';

const migrations = withMigrations();
/** The history of records has a test of its own, everything.test.ts. */
const knownOwners = ['zofia.maj@sales.example', 'tomasz.lis@sales.example'];

/** Sums, folds and sides that the generator counted while it wrote, looked up in the server's own tables. */
function expectLoaded(odoo: OdooSimulator, { expectation }: Migration): void {
  const { contacts, deals, notes, tags, owners, records, memberships } = expectation;
  const loaded = (model: string): readonly Readonly<Record<string, unknown>>[] => rowsWhere(odoo, model, (row) => row['x_instream_id'] !== undefined);
  const partners = loaded('res.partner');
  const leads = loaded('crm.lead');
  const opportunities = leads.filter((row) => row['type'] === 'opportunity');
  const people = [...partners.filter((row) => row['is_company'] !== true), ...leads.filter((row) => row['type'] === 'lead')];
  expect(people).toHaveLength(records['contacts.csv'] ?? 0);
  expect(people.filter((row) => row['type'] === 'lead')).toHaveLength((records['contacts.csv'] ?? 0) - contacts.onAnyDeal);
  expect(people.filter((row) => row['active'] !== true)).toHaveLength(contacts.archived);
  expect(rowsWhere(odoo, 'res.partner', (row) => row['is_company'] === true && row['create_uid'] === 2)).toHaveLength((records['companies.csv'] ?? 0) + contacts.companiesOnlyNamed);
  expect(opportunities).toHaveLength(records['deals.csv'] ?? 0);
  expect(opportunities.filter((row) => row['probability'] === 100)).toHaveLength(deals.won);
  expect(opportunities.filter((row) => row['active'] !== true)).toHaveLength(deals.lost + deals.archived); // InStream archives what came to nothing
  expect(opportunities.filter((row) => row['lost_reason'] !== undefined || row['lost_reason_id'] !== undefined)).toHaveLength(deals.lost);
  expect(opportunities.filter((row) => row['partner_id'] !== undefined)).toHaveLength(deals.withContact);
  expect(Math.round(opportunities.reduce((sum, row) => sum + Number(row['expected_revenue'] ?? 0), 0) * 100)).toBe(deals.amountHundredths['PLN']);
  const messages = rowsWhere(odoo, 'mail.message', (row) => String(row['message_id']).endsWith('@portolan.invalid>'));
  const companyIds = new Set(partners.filter((row) => row['is_company'] === true).map((row) => row['id']));
  expect(messages).toHaveLength(records['notes.csv'] ?? 0);
  expect(messages.filter((row) => row['model'] === 'crm.lead' && opportunities.some((deal) => deal['id'] === row['res_id']))).toHaveLength(notes.onDeal);
  expect(messages.filter((row) => row['model'] === 'res.partner' && companyIds.has(row['res_id']))).toHaveLength(notes.onCompany);
  const choices = rowsWhere(odoo, 'ir.model.fields', (row) => row['state'] === 'manual' && row['ttype'] === 'many2many').map((row) => `${String(row['field_description'])}: `); // tags of a column of several choices are named after it
  expect(choices.length).toBeGreaterThan(0);
  expect(rowsWhere(odoo, 'crm.tag', (row) => !choices.some((prefix) => String(row['name']).startsWith(prefix)))).toHaveLength(tags.distinct + Object.keys(memberships).length); // lists are segments as recommended
  const users = new Map(odoo.state.rows('res.users').map((row) => [row['id'], String(row['login'])]));
  for (const login of knownOwners) {
    expect([...partners, ...leads].filter((row) => users.get(row['user_id']) === login), login).toHaveLength(owners[login] ?? 0);
  }
}

/** Chatter is shown in the order of creation: per record, dates must rise with the ids. */
function expectNotesInOrder(odoo: OdooSimulator): void {
  const last = new Map<string, string>();
  for (const row of odoo.state.rows('mail.message').toSorted((left, right) => Number(left['id']) - Number(right['id']))) {
    const record = `${String(row['model'])} ${String(row['res_id'])}`;
    expect(String(row['date']) >= (last.get(record) ?? ''), `${record}: ${String(row['date'])} after ${last.get(record)}`).toBe(true);
    last.set(record, String(row['date']));
  }
}

describe.each([14, 17, 18, 19] as const)('InStream into a simulated Odoo %d', (version) => {
  test('loads what the generator wrote, repeats nothing, rolls back without a trace, and can begin anew', async () => {
    const odoo = await migrations.simulator({ version, companyCurrency: 'PLN', mailServer: true, users: knownOwners.map((login) => ({ login, password: 'unused', role: 'sales-user' as const })) });
    const migration = await migrations.start({ odoo, bundle: { contacts: 150, seed: version, knownOwners, ...recordsOnly } });
    const untouched = stateOf(odoo);
    await migration.planned();
    expect(stateOf(odoo)).toEqual(untouched);

    const first = await migration.run();
    expectClean(first);
    expect(first.status).toBe('succeeded');
    expect(phaseOf(first, 'owners')).toMatchObject({ matched: knownOwners.length });
    expectLoaded(odoo, migration);
    expectNotesInOrder(odoo);
    const loaded = stateOf(odoo);

    const second = await migration.run();
    expectClean(second);
    expect([second.status, second.written, changingCalls(second)]).toEqual(['succeeded', 0, []]);
    expect(stateOf(odoo)).toEqual(loaded);

    const back = await migration.rollback();
    expect(back.rollback).toMatchObject({ identical: true, residue: [], kept: 0, differences: [], deleted: first.written });
    expect(comparable(stateOf(odoo))).toEqual(comparable(untouched));

    const anew = await migration.run();
    expectClean(anew);
    expect(anew.written).toBe(first.written);
    expect(comparable(stateOf(odoo))).toEqual(comparable(loaded));

    expect([odoo.state.sentMails(), odoo.state.count('mail.mail'), odoo.state.count('mail.followers'), odoo.state.count('mail.activity')]).toEqual([[], 0, 0, 0]);
  });
});
