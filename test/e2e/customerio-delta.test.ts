import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { RunReport } from '../../src/engine/run-report.ts';
import { VirtualClock } from '../../src/simulators/customerio/clock.ts';
import type { CustomerioDetails } from '../../src/simulators/customerio/expectation.ts';
import type { CustomerioSimulator } from '../../src/simulators/customerio/simulator.ts';
import { withCustomerioMigrations } from '../support/customerio-migration.ts';
import { comparable, rowsWhere, stateOf, type Row } from '../support/odoo-state.ts';
import { changingCalls, expectClean, phaseOf } from '../support/reports.ts';

const migrations = withCustomerioMigrations();
const DAY_S = 86_400;
const DAYS = 10;

function detailsOf(customerio: CustomerioSimulator): CustomerioDetails {
  const { details } = customerio.expectation();
  if (details === null) throw new Error('The workspace is too large for details.');
  return details;
}

const deleted = (report: RunReport, mapping: string): number => report.phases.find((phase) => phase.phase === 'deletions' && phase.mapping === mapping)?.deleted ?? 0;

test('a workspace that lived on: the differences are written, history that has passed or lost its person stays, blocks are lifted only for who subscribed again', async () => {
  const anchor = (Math.floor(Date.now() / 1000 / DAY_S) - 2 * DAYS) * DAY_S;
  const clock = new VirtualClock(anchor * 1000);
  const odoo = await migrations.odoo({ version: 17, mailServer: true });
  const migration = await migrations.start({ odoo, workspace: { people: 60, companies: 6, events: 150, deliveries: 80, newsletters: 3, seed: 31, anchor, clock } });
  const { customerio } = migration;
  const untouched = stateOf(odoo);
  await migration.planned();
  const full = await migration.run();
  expectClean(full);
  const held = Object.fromEntries(full.phases.filter((phase) => Object.keys(phase.quarantined).length > 0).map((phase) => [phase.mapping, phase.quarantined]));
  expect(held).toEqual({ 'blocked-phones': { 'bad-phone': expect.any(Number) } }); // "call me maybe" cannot be blocked

  const nothing = await migration.delta();
  expectClean(nothing);
  expect([nothing.status, nothing.written, changingCalls(nothing)]).toEqual([full.status, 0, []]);

  const before = detailsOf(customerio);
  const history = (): readonly Row[] => rowsWhere(odoo, 'mail.message', (row) => row['x_cio_event'] !== undefined || row['x_cio_channel'] !== undefined);
  const loaded = history().map((row) => row['id']);
  await pause(1100); // Odoo's write_date has whole seconds: a change in the second of the load cannot be told from it
  clock.advance(DAYS * DAY_S * 1000);
  customerio.become({ changed: 0.1, removed: 0.05, merged: 0.03, turned: 0.25, addedPeople: 4, addedEvents: 12, addedDeliveries: 9 });
  const after = detailsOf(customerio);
  const report = await migration.delta();
  expectClean(report);

  const people = new Map(rowsWhere(odoo, 'res.partner', (row) => row['x_cio_person_key'] !== undefined).map((row) => [String(row['x_customerio_id']), row]));
  expect(after.added.map((id) => people.get(id)?.['active'])).toEqual(after.added.map(() => true));
  const gone = [...after.vanished.deleted, ...after.vanished.merged].filter((id) => people.has(id));
  expect(gone.length).toBeGreaterThan(3);
  const first = new Set(Object.values(before.sharedEmails).flatMap((holders) => holders));
  for (const id of gone.filter((each) => !first.has(each))) expect(people.get(id)?.['active'] === true, id).toBe(false);
  const moved = after.changed.flatMap((id): readonly Row[] => { const row = people.get(id); return row === undefined ? [] : [row]; });
  expect(moved.filter((row) => row['city'] === 'Újváros').length).toBeGreaterThan(moved.length / 2);

  // Ten days on, the API no longer gives a third of the events; those of deleted people have nobody to be put on. All of them stay.
  expect(customerio.expectation().events.withinApi).toBeLessThan(phaseOf(report, 'events').read);
  const now = new Set(history().map((row) => row['id']));
  expect(loaded.filter((id) => !now.has(id))).toEqual([]);
  expect(now.size - loaded.length).toBe(phaseOf(report, 'events').created + phaseOf(report, 'engagement').created);
  expect([deleted(report, 'events'), deleted(report, 'engagement'), deleted(report, 'delivery-logs')]).toEqual([0, 0, 0]);

  // Who may not be mailed is blocked; so is whoever was and is gone. Who subscribed again is not.
  const blocked = new Set(rowsWhere(odoo, 'mail.blacklist', (row) => row['active'] === true).map((row) => String(row['email'])));
  expect(after.blockedEmails.filter((email) => !blocked.has(email))).toEqual([]);
  const again = before.unsubscribed.filter((id) => after.people.includes(id) && !after.unsubscribed.includes(id)).map((id) => String(people.get(id)?.['email'] ?? '').toLowerCase()).filter((email) => email !== '' && !after.blockedEmails.includes(email));
  expect(again.length).toBeGreaterThan(0);
  expect(again.filter((email) => blocked.has(email))).toEqual([]);
  expect(before.blockedEmails.filter((email) => !blocked.has(email))).toEqual(again.toSorted());

  const second = await migration.delta();
  expect([second.written, changingCalls(second)]).toEqual([0, []]);
  expect([odoo.state.sentMails(), odoo.state.invitations(), odoo.state.count('mail.followers')]).toEqual([[], [], 0]);
  const back = await migration.rollback();
  expect(back.rollback).toMatchObject({ identical: true, residue: [], kept: 0, differences: [] });
  expect(comparable(stateOf(odoo))).toEqual(comparable(untouched));
}, 400_000);
