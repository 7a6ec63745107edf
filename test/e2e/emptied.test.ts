import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { OdooSimulator } from '../../src/simulators/odoo/simulator.ts';
import type { RunReport } from '../../src/engine/run-report.ts';
import { withMigrations } from '../support/migration.ts';
import { asPerson } from '../support/odoo-person.ts';
import { comparable, rowsWhere, stateOf } from '../support/odoo-state.ts';
import { changingCalls, expectClean } from '../support/reports.ts';
import { onlyTables } from '../support/tables-by-hand.ts';

const migrations = withMigrations();

const contacts = ['id,first_name,last_name,email', 'p1,Ada,Lind,ada@lind.example', 'p2,Ole,Berg,ole@berg.example'];
const companies = ['id,name', 'c1,Lind AS'];
const dealHeader = 'id,title,pipeline_name,stage_name,status,value,currency,contact_id,company_id,closed_at';
const meetingHeader = 'id,title,start_at,end_at,record_type,record_id';
const first = {
  contacts, companies,
  deals: [dealHeader, 'd1,One,Sales,New,open,100,PLN,p1,,', 'd2,Two,Sales,New,open,200,PLN,p2,,', 'd3,Three,Sales,New,won,300,PLN,p1,,2026-01-05', 'd4,Four,Sales,New,open,400,PLN,p2,,'],
  meetings: [meetingHeader, 'm1,Visit,2026-02-02 10:00,2026-02-02 11:00,deal,d4', 'm2,Call,2026-02-03 10:00,2026-02-03 11:00,deal,d4'],
};
/** Two deals lose their contact, a won one is open again, the visit is about a contact now and the call about nothing. */
const later = {
  ...first,
  deals: [dealHeader, 'd1,One,Sales,New,open,100,PLN,,,', 'd2,Two,Sales,New,open,200,PLN,,,', 'd3,Three,Sales,New,open,300,PLN,p1,,', 'd4,Four,Sales,New,open,400,PLN,p2,,'],
  meetings: [meetingHeader, 'm1,Visit,2026-02-02 10:00,2026-02-02 11:00,contact,p2', 'm2,Call,2026-02-03 10:00,2026-02-03 11:00,,'],
};
const dealIn = (odoo: OdooSimulator, id: string) => rowsWhere(odoo, 'crm.lead', (row) => row['x_instream_id'] === id)[0];
const visitIn = (odoo: OdooSimulator) => rowsWhere(odoo, 'calendar.event', (row) => row['name'] === 'Visit')[0];

test.each([14, 19] as const)('what a later export no longer says is emptied, unless somebody wrote there meanwhile (Odoo %d)', async (version) => {
  const odoo = await migrations.simulator({ version, companyCurrency: 'PLN', mailServer: true });
  const migration = await migrations.start({ odoo, bundle: { contacts: 1 } });
  onlyTables(migration.folder, first);
  const untouched = stateOf(odoo);
  await migration.planned({ 'deal-without-contact': 'load' });
  expectClean(await migration.run());
  const [one, two, won] = ['d1', 'd2', 'd3'].map((id) => dealIn(odoo, id));
  expect([one?.['partner_id'], two?.['partner_id'], won?.['date_closed'], visitIn(odoo)?.['opportunity_id']].map((value) => value !== undefined)).toEqual([true, true, true, true]);

  onlyTables(migration.folder, later);
  await pause(1100); // Odoo's write_date has whole seconds: a change in the second of the load cannot be told from it
  const somebody = rowsWhere(odoo, 'res.partner', (row) => row['id'] !== two?.['partner_id'] && row['x_instream_id'] === 'p1')[0]?.['id'];
  await (await asPerson(odoo))('crm.lead', 'write', [[two?.['id']], { partner_id: somebody }]);
  const foretold = await migration.delta({ dryRun: true });
  const delta = await migration.delta();
  expect(foretold.delta).toEqual(delta.delta);
  expect(delta.quarantine).toEqual([{ mapping: 'deals', code: 'changed-at-destination', count: 1 }]);
  expect(delta.verification).toMatchObject({ mismatch: 0, unreadable: 0 });
  expect(delta.phases.filter((phase) => !phase.balanced)).toEqual([]);
  expect(dealIn(odoo, 'd1')?.['partner_id']).toBeUndefined();
  expect(dealIn(odoo, 'd2')?.['partner_id']).toBe(somebody);
  expect(dealIn(odoo, 'd3')).toMatchObject({ partner_id: won?.['partner_id'], stage_id: expect.any(Number) });
  expect(dealIn(odoo, 'd3')?.['date_closed']).toBeUndefined();
  expect(visitIn(odoo)?.['opportunity_id']).toBeUndefined();
  const call = rowsWhere(odoo, 'calendar.event', (row) => row['name'] === 'Call')[0];
  expect([call?.['res_model'], call?.['res_model_id'], call?.['res_id'], call?.['opportunity_id']].filter((value) => value !== undefined && value !== 0)).toEqual([]);

  const again = await migration.delta();
  expect([again.written, changingCalls(again)]).toEqual([0, []]);
  await migration.rollback({ deleteChanged: true });
  expect(comparable(stateOf(odoo))).toEqual(comparable(untouched));
}, 300_000);

test('what the source names and cannot be found, or found twice, empties nothing', async () => {
  const odoo = await migrations.simulator({ version: 17, companyCurrency: 'PLN', mailServer: true });
  const migration = await migrations.start({ odoo, bundle: { contacts: 1 } });
  const meetings = ['id,title,start_at,end_at,record_type,record_id,contact_email', 'm1,Visit,2026-02-02 10:00,2026-02-02 11:00,deal,d4,', 'm2,Call,2026-02-03 10:00,2026-02-03 11:00,,,ada@lind.example'];
  onlyTables(migration.folder, { ...first, meetings });
  await migration.planned();
  expectClean(await migration.run());
  const links = () => [visitIn(odoo)?.['opportunity_id'], rowsWhere(odoo, 'calendar.event', (row) => row['name'] === 'Call')[0]?.['res_id']];
  const before = links();
  expect(before.every((id) => typeof id === 'number')).toBe(true);

  onlyTables(migration.folder, { ...first, meetings, deals: first.deals.filter((row) => !row.startsWith('d4')), contacts: [...contacts, 'p3,Ada,Lund,ada@lind.example'] });
  const delta = await migration.delta();
  expect(delta.verification).toMatchObject({ mismatch: 0, unreadable: 0 });
  expect(links()).toEqual(before);
  const again = await migration.delta();
  expect([again.written, changingCalls(again)]).toEqual([0, []]);
}, 300_000);

test('an export without a column that was filled is refused before anything is written, until somebody reads it in anew', async () => {
  const odoo = await migrations.simulator({ version: 17, companyCurrency: 'PLN', mailServer: true });
  const migration = await migrations.start({ odoo, bundle: { contacts: 1 } });
  onlyTables(migration.folder, first);
  await migration.planned({ 'deal-without-contact': 'load' });
  expectClean(await migration.run());
  const loaded = stateOf(odoo);

  const column = first.deals[0]?.split(',').indexOf('contact_id') ?? -1;
  const without = { ...first, deals: first.deals.map((row) => row.split(',').filter((_cell, at) => at !== column).join(',')) };
  onlyTables(migration.folder, without);
  const staged = async (): Promise<RunReport> => migration.engine.driveRun({ runId: (await migration.engine.startRun({ project: migration.project, mode: 'delta', settings: { skipExtract: true, approveGates: true }, by: 'test' })).id });
  // Whatever goes on from what was read: a delta, its dry run, another full run, a run over what is staged.
  for (const attempt of [() => migration.delta(), () => migration.delta({ dryRun: true }), () => migration.run(), staged]) {
    const refused = await attempt();
    expect(refused.error).toMatchObject({ code: 'columns-emptied', message: expect.stringContaining('deal.contact_id') });
    await migration.engine.cancel(refused.run);
  }
  expect(stateOf(odoo)).toEqual(loaded);

  onlyTables(migration.folder, { ...first, deals: first.deals.map((row, line) => row.split(',').map((cell, at) => (line > 0 && at === column ? '' : cell)).join(',')) });
  await migration.engine.discover({ project: migration.project, roles: ['source'] });
  expectClean(await migration.delta());
  expect(['d1', 'd2', 'd3', 'd4'].map((id) => dealIn(odoo, id)?.['partner_id'])).toEqual([undefined, undefined, undefined, undefined]);
}, 300_000);
