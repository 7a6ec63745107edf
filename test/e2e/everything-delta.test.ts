import { expect, test } from 'vitest';
import { goneMeetings, laterDetails, withoutLeftPlaces } from '../support/later-details.ts';
import { expectActivities, expectFiles, expectMeetings, expectMessages, expectTags } from '../support/loaded-history.ts';
import { withMigrations } from '../support/migration.ts';
import { comparable, stateOf } from '../support/odoo-state.ts';
import { changingCalls, expectClean } from '../support/reports.ts';
import type { OdooSimulator } from '../../src/simulators/odoo/simulator.ts';
import { mutate } from '../../src/simulators/instream/later.ts';
import type { RunReport } from '../../src/engine/run-report.ts';
import type { BundleDetails } from '../../src/simulators/instream/details.ts';
import type { BundleExpectation } from '../../src/simulators/instream/expectation.ts';

const migrations = withMigrations();
const knownOwners = ['zofia.maj@sales.example', 'tomasz.lis@sales.example'];
/** They see every lead: Odoo refuses an activity to somebody who may not read its record. */
const users = knownOwners.map((login) => ({ login, password: 'unused', role: 'sales-manager' as const }));
/** Deals enough that every stage of the account is in use, and so decided, before the later export. */
const full = { contacts: 32, deals: 24, notes: 30, emails: 36, calls: 12, meetings: 16, tasks: 24, files: 8, recordTags: 12, knownOwners };

function detailsOf({ details }: BundleExpectation): BundleDetails {
  if (details === null) throw new Error('The bundle is too large for details.');
  return details;
}

/** Activities that Odoo deletes while a delta loads are made anew by it, and a tag that nothing carries any more is missed one extraction later: no dry run sees either. */
const unforeseen = new Set(['activities', 'lead-tags', 'partner-tags']);
/** What is new, changed and gone in each mapping, and what becomes of each record that is gone or that its mapping takes no longer. */
const told = ({ delta = [], retired = [] }: RunReport): unknown => [
  delta.filter(({ mapping }) => !unforeseen.has(mapping)),
  retired.filter(({ mapping }) => !unforeseen.has(mapping)).map(({ mapping, sourceId, action, reason }) => `${mapping} ${sourceId}: ${action}${reason === null ? '' : ` (${reason})`}`).toSorted(),
];

const leadsThat = (odoo: OdooSimulator, active: boolean): ReadonlySet<string> => new Set(odoo.state.rows('crm.lead').filter((row) => (row['active'] === true) === active).map((row) => String(row['x_instream_id'])));

test.each([14, 19] as const)('a later export of everything arrives as a delta: changed, gone and new, each where it belongs (Odoo %d)', async (version) => {
  const odoo = await migrations.simulator({ version, companyCurrency: 'PLN', mailServer: true, users });
  const bundle = { ...full, seed: 60 + version };
  const migration = await migrations.start({ odoo, bundle });
  const untouched = stateOf(odoo);
  await migration.planned();
  expectClean(await migration.run());
  const first = detailsOf(migration.expectation);

  const later = await migration.exportAgain(mutate(bundle, { changed: 0.15, removed: 0.1, added: 0.1 }));
  const opened = leadsThat(odoo, true);
  const foretold = await migration.delta({ dryRun: true });
  const delta = await migration.delta();
  expectClean(delta);
  expect(told(foretold)).toEqual(told(delta));
  expect((delta.delta ?? []).reduce((sum, row) => sum + row.changed, 0)).toBeGreaterThan(5);
  const wanted = laterDetails(first, detailsOf(later), new Set(later.changes?.removed), delta, leadsThat(odoo, false).intersection(opened));
  const loaded = withoutLeftPlaces(odoo, delta);
  expectTags(loaded, wanted, () => true);
  expectMessages(loaded, wanted);
  expectFiles(loaded, wanted);
  expectMeetings(loaded, wanted, false, goneMeetings(first, detailsOf(later)));
  expectActivities(loaded, wanted, { owners: knownOwners, login: odoo.user });
  expect([odoo.state.sentMails(), odoo.state.count('mail.mail'), odoo.state.invitations()]).toEqual([[], 0, []]);

  const again = await migration.delta();
  expectClean(again);
  expect([again.written, changingCalls(again)]).toEqual([0, []]);
  const back = await migration.rollback();
  expect(back.rollback).toMatchObject({ identical: true, residue: [], kept: 0, differences: [] });
  expect(comparable(stateOf(odoo))).toEqual(comparable(untouched));
}, 500_000);
