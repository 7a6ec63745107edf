import { expect, test } from 'vitest';
import { withMigrations } from '../support/migration.ts';
import { comparable, rowsWhere, stateOf } from '../support/odoo-state.ts';
import { changingCalls, expectClean } from '../support/reports.ts';
import { onlyTables } from '../support/tables-by-hand.ts';

const migrations = withMigrations();

const header = 'id,title,pipeline_name,stage_name,status,value,currency,contact_id';
const first = {
  contacts: ['id,first_name,last_name,email,lists', 'p1,Ada,Lind,ada@lind.example,VIP', 'p2,Ole,Berg,ole@berg.example,VIP'],
  deals: [header, 'd1,One,Sales,New,open,100,PLN,p1', 'd2,Two,Sales,New,won,200,PLN,p2', 'd3,Three,Sales,New,open,300,PLN,p1'],
};
/** The first deal that is lost, a status that nobody knows, an amount in dollars, a stage and a list that are new. */
const later = {
  contacts: [first.contacts[0] ?? '', 'p1,Ada,Lind,ada@lind.example,VIP; Fair 2026', first.contacts[2] ?? ''],
  deals: [header, 'd1,One,Sales,New,Lost,100,PLN,p1', 'd2,Two,Sales,New,won,200,PLN,p2', 'd3,Three,Sales,New,archived,300,PLN,p1', 'd4,Four,Sales,New,open,400,USD,p2', 'd5,Five,Sales,Talks,open,500,pln,p2'],
};

test.each([14, 19] as const)('what a later export brings along and nobody has decided waits for a person, and goes in once he has (Odoo %d)', async (version) => {
  const odoo = await migrations.simulator({ version, companyCurrency: 'PLN', mailServer: true });
  const deal = (id: string) => rowsWhere(odoo, 'crm.lead', (row) => row['x_instream_id'] === id)[0];
  const migration = await migrations.start({ odoo, bundle: { contacts: 1 } });
  onlyTables(migration.folder, first);
  const untouched = stateOf(odoo);
  await migration.planned();
  expectClean(await migration.run());

  onlyTables(migration.folder, later);
  const delta = await migration.delta();
  expect(delta.phases.filter((phase) => !phase.balanced)).toEqual([]);
  expect(delta.verification).toMatchObject({ mismatch: 0, unreadable: 0 });
  expect(delta.quarantine.map(({ mapping, code, count }) => `${mapping} ${code} ${count}`).toSorted()).toEqual([
    'deals currency-not-decided 1', 'deals no-decision 1', 'deals status-not-decided 1', 'list-lead-tags list-not-decided 1', 'list-partner-tags list-not-decided 1', 'memberships-of-partners list-not-decided 1',
  ]);
  const isLost = (id: string): boolean => deal(id) !== undefined && deal(id)?.['active'] !== true && (deal(id)?.['probability'] ?? 0) === 0;
  expect([isLost('d1'), isLost('d3')]).toEqual([true, false]);
  expect([deal('d3')?.['active'], deal('d4'), deal('d5')]).toEqual([true, undefined, undefined]); // the stage of the last has no probability yet

  await migration.planned({ 'status-meaning:archived': 'lost', 'currency-rate:USD': 4, 'list:Fair 2026': 'segment', 'stage-probability:Sales / Talks': 30 });
  const second = await migration.delta();
  expectClean(second);
  expect(second.quarantine).toEqual([]);
  expect(isLost('d3')).toBe(true);
  expect(deal('d4')).toMatchObject({ expected_revenue: 1600, x_instream_currency: 'USD', x_instream_amount: 400 });
  expect(deal('d5')).toMatchObject({ expected_revenue: 500, probability: 30 });
  const [fair] = rowsWhere(odoo, 'res.partner.category', (row) => row['name'] === 'Fair 2026');
  expect(rowsWhere(odoo, 'res.partner', (row) => row['x_instream_id'] === 'p1')[0]?.['category_id']).toContain(fair?.['id']);

  const again = await migration.delta();
  expect([again.written, changingCalls(again)]).toEqual([0, []]);
  expect((await migration.rollback()).rollback).toMatchObject({ identical: true, residue: [] });
  expect(comparable(stateOf(odoo))).toEqual(comparable(untouched));
}, 300_000);

test('lists that come with a later export, and new statuses of one that is a pipeline, wait as well; a list named by its id alone does not', async () => {
  const odoo = await migrations.simulator({ version: 17, companyCurrency: 'PLN', mailServer: true });
  const migration = await migrations.start({ odoo, bundle: { contacts: 1 } });
  const lists = ['id,name', 'L1,VIP', 'L2,Funnel'];
  const columns = 'id,list_id,list_name,contact_id,status_name';
  const listOf = (rows: readonly string[]) => ({ contacts: ['id,first_name,last_name,email', 'p1,Ada,Lind,ada@lind.example', 'p2,Ole,Berg,ole@berg.example', 'p3,Ida,Falk,ida@falk.example'], deals: [...first.deals], lists, list_memberships: [columns, ...rows] });
  const members = ['x1,L1,VIP,p1,', 'x2,L1,,p2,', 'x3,L2,Funnel,p2,Nowy', 'x4,L2,Funnel,p1,Rozmowy'];
  onlyTables(migration.folder, listOf(members));
  await migration.planned({ 'list:VIP': 'segment', 'list:Funnel': 'pipeline' });
  expectClean(await migration.run());
  const [vip] = rowsWhere(odoo, 'res.partner.category', (row) => row['name'] === 'VIP');
  const tagged = () => rowsWhere(odoo, 'res.partner', (row) => (row['category_id'] as readonly unknown[] | undefined)?.includes(vip?.['id']) === true).map((row) => String(row['x_instream_id'])).toSorted((left, right) => left.localeCompare(right));
  expect(tagged()).toEqual(['p1', 'p2']);

  onlyTables(migration.folder, { ...listOf([...members.slice(0, 3), 'x4,L2,Funnel,p1,Przegrana']), lists });
  const delta = await migration.delta();
  expect(delta.quarantine).toEqual([{ mapping: 'memberships-as-opportunities', code: 'list-status-not-decided', count: 1 }]);
  expect(delta.verification).toMatchObject({ mismatch: 0, unreadable: 0 });
  await migration.planned({ 'list-status-meaning:Przegrana': 'lost' });
  expectClean(await migration.delta());
  expect(rowsWhere(odoo, 'crm.lead', (row) => row['x_instream_pipeline'] === 'Funnel').filter((row) => row['active'] === true)).toHaveLength(1);
  expect(rowsWhere(odoo, 'crm.lead', (row) => row['x_instream_pipeline'] === 'Funnel')).toHaveLength(2);
}, 300_000);
