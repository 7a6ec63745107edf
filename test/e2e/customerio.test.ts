import { describe, expect, test } from 'vitest';
import type { RunReport } from '../../src/engine/run-report.ts';
import type { CustomerioDetails, CustomerioExpectation } from '../../src/simulators/customerio/expectation.ts';
import type { OdooSimulator } from '../../src/simulators/odoo/simulator.ts';
import { withCustomerioMigrations } from '../support/customerio-migration.ts';
import { comparable, rowsWhere, stateOf, type Row } from '../support/odoo-state.ts';
import { changingCalls, expectClean, phaseOf } from '../support/reports.ts';

const migrations = withCustomerioMigrations();
const TIMEOUT_MS = 400_000;
const workspace = { people: 60, companies: 8, events: 150, deliveries: 90, newsletters: 4 };
const EVERYBODY = '14'; // a segment that is recommended as a document

function detailsOf(expected: CustomerioExpectation): CustomerioDetails {
  if (expected.details === null) throw new Error('The workspace is too large for details.');
  return expected.details;
}

/** What the generator counted, looked up in the server's own tables: neither side knows the engine. */
function expectLoaded(odoo: OdooSimulator, expected: CustomerioExpectation, report: RunReport): void {
  const details = detailsOf(expected);
  const all = (model: string, condition: (row: Row) => boolean = () => true): readonly Row[] => rowsWhere(odoo, model, condition);
  const people = all('res.partner', (row) => row['x_cio_person_key'] !== undefined);
  const byCioId = new Map(people.map((row) => [String(row['x_customerio_id']), row]));
  expect(people).toHaveLength(expected.people.total - expected.people.duplicates);
  expect(phaseOf(report, 'contacts').merged).toBe(expected.people.duplicates);
  expect(people.filter((row) => row['is_company'] === true)).toEqual([]);
  expect(all('res.partner', (row) => row['is_company'] === true && row['x_customerio_id'] !== undefined)).toHaveLength(expected.objects.byType['1'] ?? 0);

  // Attributes that mean a field of partners stand in it, each as it was, the text "company" of those who have none; the country is the one that most records have.
  for (const row of people) {
    const attributes = JSON.parse(String(row['x_cio_attributes'])) as Readonly<Record<string, string>>;
    const stated = (name: string): string => String(attributes[name] ?? '').replaceAll(/\s+/gu, ' ').trim();
    expect([row['city'] ?? '', row['function'] ?? '', row['company_name'] ?? '', row['country_id'] !== undefined && row['country_id'] !== null && row['country_id'] !== false].map((value) => (value === false || value === null ? '' : value)), String(row['x_customerio_id']))
      .toEqual([stated('city'), stated('job_title'), row['parent_id'] === undefined ? stated('company_name') : '', stated('country') === '' ? '' : true]);
  }

  // Consent: everybody whom the source may not mail is blocked, and nobody else.
  expect(all('mail.blacklist', (row) => row['active'] === true).map((row) => String(row['email'])).toSorted()).toEqual([...details.blockedEmails]);

  // The one parent is among the companies of the person; who has none has no parent.
  const companies = new Map(all('res.partner', (row) => row['is_company'] === true).map((row) => [row['id'], String(row['x_customerio_id']).replace(/^1:/u, '')]));
  for (const [cioId, row] of byCioId) {
    const own = details.companies[cioId] ?? [];
    const parent = companies.get(row['parent_id']) ?? null;
    expect(own.length === 0 ? parent === null : own.includes(parent ?? ''), `${cioId}: ${parent ?? 'none'} of ${own.join(', ')}`).toBe(true);
  }

  // Members of a segment are those who bear its tag; a merged person's membership is the first one's.
  const first = new Map(Object.values(details.sharedEmails).flatMap((holders) => { const kept = holders.find((holder) => byCioId.has(holder)) ?? ''; return holders.map((holder) => [holder, kept] as const); }));
  const tags = new Map(all('res.partner.category').map((row) => [String(row['name']), row['id']]));
  for (const [segment, members] of Object.entries(details.segments)) {
    if (segment === EVERYBODY) continue;
    const name = segmentNames[segment] ?? '';
    const wanted = [...new Set(members.map((member) => first.get(member) ?? member))].toSorted();
    expect(people.filter((row) => (row['category_id'] as readonly unknown[] | undefined)?.includes(tags.get(name))).map((row) => String(row['x_customerio_id'])).toSorted(), name).toEqual(wanted);
  }

  // Every delivery but drafts has a log in a final state.
  const logs = all('mail.mail');
  const count = (state: string): number => logs.filter((row) => row['state'] === state).length;
  const { byStatus } = expected.deliveries;
  expect({ exception: count('exception'), received: count('received'), sent: count('sent'), cancel: count('cancel'), outgoing: count('outgoing') }).toEqual({ exception: byStatus.exception, received: byStatus.received, sent: byStatus.sent, cancel: byStatus.outgoing, outgoing: 0 });
  expect(phaseOf(report, 'events').read).toBe(expected.events.withinApi);
  expect(all('mail.message', (row) => row['x_cio_event'] !== undefined)).toHaveLength(phaseOf(report, 'events').created);
  expect(all('mail.template', (row) => String(row['name']).startsWith('[Customer.io]'))).toHaveLength(expected.content.transactional);
  expect(all('crm.lead')).toHaveLength(new Set((details.segments['3'] ?? []).map((member) => first.get(member) ?? member)).size);
}

const segmentNames: Readonly<Record<string, string>> = {
  1: 'Paying', 2: 'VIP', 3: 'Leads', 4: 'Hot leads – score 80+', 5: 'Bought in the last 30 days', 6: 'Sleeping: no login for 90 days', 7: 'Subscribed & reachable', 8: 'Opened the spring letter', 10: 'Lunar customers', 11: 'Trade fair Gdynia',
  12: 'Was in the archived one', 13: 'Beta / "friends, family"', 15: 'No customer id',
};

describe.each([14, 17, 19] as const)('Customer.io into a simulated Odoo %d', (version) => {
  test('arrives whole and quietly, a second run writes nothing, and a rollback leaves no trace', async () => {
    const odoo = await migrations.odoo({ version, mailServer: true });
    const migration = await migrations.start({ odoo, workspace: { ...workspace, seed: version } });
    const untouched = stateOf(odoo);
    await migration.planned();
    expect(stateOf(odoo)).toEqual(untouched);

    const first = await migration.run();
    expectClean(first);
    const held = Object.fromEntries(first.phases.filter((phase) => Object.keys(phase.quarantined).length > 0).map((phase) => [phase.mapping, phase.quarantined]));
    expect(Object.keys(held).filter((mapping) => !mapping.startsWith('blocked-'))).toEqual([]);
    expectLoaded(odoo, migration.customerio.expectation(), first);
    const loaded = stateOf(odoo);

    const second = await migration.run();
    expectClean(second);
    expect([second.status, second.written, changingCalls(second)]).toEqual([first.status, 0, []]);
    expect(stateOf(odoo)).toEqual(loaded);
    expect([odoo.state.sentMails(), odoo.state.invitations(), odoo.state.count('mail.followers')]).toEqual([[], [], 0]);

    const back = await migration.rollback();
    expect(back.rollback).toMatchObject({ identical: true, residue: [], kept: 0, differences: [] });
    expect(comparable(stateOf(odoo))).toEqual(comparable(untouched));
  }, TIMEOUT_MS);
});
