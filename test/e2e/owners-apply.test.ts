import { expect, test } from 'vitest';
import type { OdooSimulator } from '../../src/simulators/odoo/simulator.ts';
import { withMigrations } from '../support/migration.ts';
import { comparable, rowsWhere, stateOf, type Row } from '../support/odoo-state.ts';
import { changingCalls, expectClean } from '../support/reports.ts';

const migrations = withMigrations();
const knownOwners = ['zofia.maj@sales.example', 'tomasz.lis@sales.example'];
const [holder = '', heir = ''] = knownOwners;
const TIMEOUT_MS = 400_000;

type Rows = ReadonlyMap<string, Row>;

/** All records that can have an owner, by object and id. */
const ownable = (odoo: OdooSimulator): Rows => new Map((['res.partner', 'crm.lead', 'mail.activity'] as const).flatMap((object) => rowsWhere(odoo, object, () => true).map((row) => [`${object} ${String(row['id'])}`, { ...row }] as const)));

/** What differs between two looks, without when it was written. */
function changesOf(before: Rows, after: Rows): { readonly [record: string]: readonly string[] } {
  expect([...after.keys()].toSorted()).toEqual([...before.keys()].toSorted());
  const moment = /^(?:write_date|write_uid|__last_update|date_open|day_open)$/;
  const changed = [...after].map(([record, row]) => [record, Object.keys(row).filter((field) => !moment.test(field) && JSON.stringify(row[field]) !== JSON.stringify(before.get(record)?.[field]))] as const);
  return Object.fromEntries(changed.filter(([, fields]) => fields.length > 0));
}

test.each([14, 19] as const)('owners who get a user after the load: their partners, leads, opportunities and activities in Odoo %d, and nobody else\'s', async (version) => {
  const odoo = await migrations.simulator({ version, companyCurrency: 'PLN', mailServer: true, users: knownOwners.map((login) => ({ login, password: 'unused', role: 'sales-user' as const })) });
  const migration = await migrations.start({ odoo, bundle: { contacts: 60, deals: 40, tasks: 40, knownOwners, treatLists: 'open', seed: 5 } });
  const { expectation, engine, project, projectId } = migration;
  const tasks = expectation.details?.tasks ?? [];
  const untouched = stateOf(odoo);
  const [list = ''] = Object.keys(expectation.memberships);
  const [waiting = '', nobody = '', left = ''] = Object.keys(expectation.owners).filter((owner) => owner !== '' && !knownOwners.includes(owner));
  await migration.planned({ [`list:${list}`]: 'pipeline', [`owner:${waiting}`]: '(placeholder)', 'owner-placeholder': holder });
  const loaded = await migration.run();
  expectClean(loaded);

  const logins = new Map(odoo.state.rows('res.users').map((row) => [row['id'], String(row['login'])]));
  const userOf = (rows: Rows, record: string): string => logins.get(rows.get(record)?.['user_id']) ?? '';
  const activities = new Map((await migrations.tests.store.crosswalk({ projectId, mappings: ['activities'], sourceIds: tasks.map(({ id }) => id) })).map((row) => [row.sourceId, `mail.activity ${row.destinationId}`]));
  const activitiesOf = (owner: string): string[] => tasks.flatMap((task) => (task.owner === owner ? activities.get(task.id) ?? [] : []));
  const before = ownable(odoo);
  const recordsOf = (owner: string): string[] => [...before].flatMap(([record, row]) => (row['x_instream_owner'] === owner ? [record] : []));
  const kinds = (owner: string): string[] => [...new Set([...recordsOf(owner).map((record) => (record.startsWith('crm.lead') ? `${String(before.get(record)?.['type'])}${before.get(record)?.['x_instream_pipeline'] === list ? ' of the list' : ''}` : 'partner')), ...activitiesOf(owner).map(() => 'activity')])].toSorted();
  expect([kinds(waiting), kinds(nobody)]).toEqual([1, 2].map(() => ['activity', 'lead', 'opportunity', 'opportunity of the list', 'partner']));
  expect(new Set([...recordsOf(waiting), ...activitiesOf(waiting)].map((record) => userOf(before, record)))).toEqual(new Set([holder]));
  expect(new Set([...recordsOf(nobody), ...recordsOf(left)].map((record) => userOf(before, record)))).toEqual(new Set(['']));
  expect(new Set([...activitiesOf(nobody), ...activitiesOf(left)].map((record) => userOf(before, record)))).toEqual(new Set(['admin'])); // Odoo demands a user

  const followers = odoo.state.count('mail.followers');
  const answer = await engine.applyOwners({ project, by: 'test', lines: [{ line: 2, owner: waiting, login: heir }, { line: 3, owner: left, login: 'who@sales.example' }, { line: 4, owner: nobody, login: heir.toUpperCase() }] });
  expect(answer.assigned).toEqual([{ owner: waiting, login: heir }, { owner: nobody, login: heir }]);
  expect(answer.refused).toEqual([expect.objectContaining({ line: 3, owner: left, code: 'unknown-login' })]);
  const report = await engine.driveRun({ runId: answer.run?.id ?? '' });
  expectClean(report);
  const after = ownable(odoo);
  const theirs = [waiting, nobody].flatMap((owner) => [...recordsOf(owner), ...activitiesOf(owner)]);
  const changed = changesOf(before, after);
  expect(Object.keys(changed).toSorted()).toEqual(theirs.toSorted());
  expect(new Set(theirs.map((record) => userOf(after, record)))).toEqual(new Set([heir]));
  expect(new Set(Object.values(changed).flat())).toEqual(new Set(['user_id']));
  expect(report.written).toBe(theirs.length);
  expect([odoo.state.sentMails(), odoo.state.count('mail.mail'), odoo.state.invitations(), odoo.state.count('mail.followers')]).toEqual([[], 0, [], followers]);

  const assigned = stateOf(odoo);
  for (const again of [await migration.run(), await migration.delta({ thorough: true })]) {
    expectClean(again);
    expect([again.written, changingCalls(again)]).toEqual([0, []]);
  }
  expect(stateOf(odoo)).toEqual(assigned);
  const back = await migration.rollback();
  expect(back.rollback).toMatchObject({ identical: true, residue: [], kept: 0, differences: [] });
  expect(comparable(stateOf(odoo))).toEqual(comparable(untouched));
}, TIMEOUT_MS);
