import { expect, test } from 'vitest';
import type { OdooSimulator } from '../../src/simulators/odoo/simulator.ts';
import { withMigrations } from '../support/migration.ts';
import { comparable, rowsWhere, stateOf } from '../support/odoo-state.ts';
import { expectClean } from '../support/reports.ts';
import { onlyTables } from '../support/tables-by-hand.ts';

const migrations = withMigrations();

const contacts = ['id,first_name,last_name,email,tags,archived', 'p1,Ada,Lind,ada@lind.example,Wholesale,no', 'p2,Ole,Berg,ole@berg.example,Wholesale,no', 'p3,Ida,Falk,ida@falk.example,,no'];
const deal = (id: string, contact: string, status: string): string => `${id},Order ${id},Sales,New,${status},100,PLN,${contact}`;
const task = (id: string, done: string, doneAt: string, type: string, record: string): string => `${id},Call back ${id},2026-12-01,${done},${doneAt},${type},${record}`;
const first = {
  contacts,
  deals: ['id,title,pipeline_name,stage_name,status,value,currency,contact_id', deal('d1', 'p2', 'open'), deal('d2', 'p3', 'open'), deal('d4', 'p3', 'lost')],
  tasks: ['id,title,due_at,done,done_at,record_type,record_id', task('z1', 'no', '', 'contact', 'p1'), task('z2', 'no', '', 'deal', 'd2'), task('z3', 'no', '', 'contact', 'p3')],
  notes: ['id,record_type,record_id,body,created_at', 'n1,contact,p1,Met at the fair,2026-01-02 10:00', 'n2,contact,p2,Wants a discount,2026-01-03 10:00'],
};
/** Ada gets a deal, Ole loses his, Ida's deal is lost while a task on it is open, and her other task is done. */
const later = {
  ...first,
  deals: [first.deals[0] ?? '', deal('d3', 'p1', 'open'), deal('d2', 'p3', 'lost'), deal('d4', 'p3', 'lost')],
  tasks: [first.tasks[0] ?? '', task('z1', 'no', '', 'contact', 'p1'), task('z2', 'no', '', 'deal', 'd2'), task('z3', 'yes', '2026-11-20', 'contact', 'p3')],
};

const of = (odoo: OdooSimulator, model: string, id: string) => rowsWhere(odoo, model, (row) => row['x_instream_id'] === id);
const active = (odoo: OdooSimulator, model: string, id: string) => of(odoo, model, id).filter((row) => row['active'] === true);
const summaries = (odoo: OdooSimulator) => odoo.state.rows('mail.activity').map((row) => `${String(row['summary'])} on ${String(row['res_model'])} ${String(row['res_id'])}`).toSorted();
const messageOf = (odoo: OdooSimulator, words: string) => odoo.state.rows('mail.message').filter((row) => String(row['body']).includes(words));

test.each([14, 19] as const)('a contact that gets its first deal, or loses its last, changes its place with all that hangs on it; open tasks of a lost deal stay (Odoo %d)', async (version) => {
  const odoo = await migrations.simulator({ version, companyCurrency: 'PLN', mailServer: true });
  const migration = await migrations.start({ odoo, bundle: { contacts: 1 } });
  onlyTables(migration.folder, first);
  const untouched = stateOf(odoo);
  await migration.planned();
  expectClean(await migration.run());
  expect([active(odoo, 'crm.lead', 'p1').length, active(odoo, 'res.partner', 'p1').length, active(odoo, 'res.partner', 'p2').length]).toEqual([1, 0, 1]);
  const lead = Number(of(odoo, 'crm.lead', 'p1')[0]?.['id']);
  expect(summaries(odoo)).toContain(`Call back z1 on crm.lead ${lead}`);

  onlyTables(migration.folder, later);
  const report = await migration.delta();
  expectClean(report);
  const [ada, ole, lost] = [active(odoo, 'res.partner', 'p1')[0], active(odoo, 'crm.lead', 'p2')[0], of(odoo, 'crm.lead', 'd2')[0]];
  expect([of(odoo, 'crm.lead', 'p1').map((row) => row['active'] === true), of(odoo, 'res.partner', 'p2').map((row) => row['active'] === true)]).toEqual([[false], [false]]);
  expect([ada?.['category_id'], ole?.['tag_ids']].map((tags) => (tags as readonly unknown[] | undefined)?.length)).toEqual([1, 1]);
  expect(messageOf(odoo, 'Met at the fair')).toMatchObject([{ model: 'res.partner', res_id: ada?.['id'] }]);
  expect(messageOf(odoo, 'Wants a discount')).toMatchObject([{ model: 'crm.lead', res_id: ole?.['id'] }]);
  expect(lost?.['active'] === true).toBe(false);
  expect(summaries(odoo)).toEqual([`Call back z1 on res.partner ${String(ada?.['id'])}`, `Call back z2 on crm.lead ${String(lost?.['id'])}`]);
  expect(messageOf(odoo, 'Call back z3')).toHaveLength(1);
  expect([odoo.state.sentMails(), odoo.state.count('mail.mail')]).toEqual([[], 0]);

  const again = await migration.delta();
  expectClean(again);
  expect(again.written).toBe(0);
  const second = await migration.run();
  expect([second.written, second.error]).toEqual([0, null]);

  onlyTables(migration.folder, first);
  const back = await migration.delta();
  expectClean(back);
  expect([active(odoo, 'crm.lead', 'p1').map((row) => row['id']), active(odoo, 'res.partner', 'p2').length, of(odoo, 'res.partner', 'p2').length]).toEqual([[lead], 1, 1]);
  const undone = await migration.rollback();
  expect(undone.rollback).toMatchObject({ identical: true, residue: [], kept: 0, differences: [] });
  expect(comparable(stateOf(odoo))).toEqual(comparable(untouched));
}, 400_000);
