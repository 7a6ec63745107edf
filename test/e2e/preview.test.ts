import { describe, expect, test } from 'vitest';
import type { RunReport } from '../../src/engine/run-report.ts';
import { withCustomerioMigrations } from '../support/customerio-migration.ts';
import { withMigrations } from '../support/migration.ts';
import { changingCalls } from '../support/reports.ts';
import { withSeededDesks } from '../support/seeded-desks.ts';

const TIMEOUT_MS = 400_000;

/** What becomes of the records of each mapping. What the destination refused counts as created: nobody else knows that it will refuse. */
function outcomes(report: RunReport): Readonly<Record<string, object>> {
  return Object.fromEntries(report.phases.map(({ mapping, read, created, updated, matched, merged, skipped, quarantined: { refused = 0, ...quarantined } }) => [mapping, { read, created: created + refused, updated, matched, merged, skipped, quarantined }]));
}

/** Mappings of which a preview said something else than what the load then did. */
function untrue(preview: RunReport, load: RunReport): Readonly<Record<string, object>> {
  const said = outcomes(preview);
  return Object.fromEntries(Object.entries(outcomes(load)).flatMap(([mapping, did]) => (JSON.stringify(said[mapping]) === JSON.stringify(did) ? [] : [[mapping, { said: said[mapping], did }]])));
}

describe('what a preview says that a load would do, the load does', () => {
  describe('InStream to Odoo', () => {
    const migrations = withMigrations();
    const knownOwners = ['zofia.maj@sales.example', 'tomasz.lis@sales.example'];
    test.each([{ name: 'everything', answers: {} }])('$name', async ({ answers }) => {
      const odoo = await migrations.simulator({ version: 17, companyCurrency: 'PLN', mailServer: true, users: knownOwners.map((login) => ({ login, password: 'unused', role: 'sales-user' as const })) });
      const migration = await migrations.start({ odoo, bundle: { contacts: 80, companies: 12, deals: 20, notes: 60, emails: 60, calls: 30, meetings: 20, tasks: 20, files: 16, recordTags: 20, dirt: 0.1, seed: 77, knownOwners } });
      await migration.planned(answers);
      const preview = await migration.preview();
      expect(preview.error).toBeNull();
      expect(changingCalls(preview)).toEqual([]);
      const look = async (object: string): Promise<readonly string[]> => {
        const [sourceId = ''] = await migrations.tests.store.pickEvenly({ projectId: migration.projectId, object, count: 1, seed: 'preview' });
        return (await migration.engine.preview({ project: migration.project, object, sourceId })).mappings.map(({ mapping, outcome, reason }) => [mapping, outcome, reason ?? ''].join(' ')).toSorted();
      };
      expect(await look('call')).toEqual(['calls write ']);
      expect(await look('list_membership')).toEqual([
        'memberships-as-opportunities skip list-is-a-segment',
        expect.stringMatching(/^memberships-of-leads (?:skip not-on-a-lead|write )$/), expect.stringMatching(/^memberships-of-partners (?:skip not-on-a-partner|write )$/),
      ]);

      const load = await migration.run();
      expect(load.error).toBeNull();
      expect(untrue(preview, load)).toEqual({});
      expect(load.phases.find(({ mapping }) => mapping === 'meetings')?.quarantined).toMatchObject({ 'ends-before-start': 1 }); // Odoo would refuse it
      // Afterwards there is nothing left to do, but what the destination refused.
      const refused = load.phases.filter(({ quarantined }) => quarantined['refused'] !== undefined).map(({ mapping, quarantined }) => [mapping, quarantined['refused']]);
      expect((await migration.preview()).phases.filter(({ created, updated, merged }) => created + updated + merged > 0).map(({ mapping, created }) => [mapping, created])).toEqual(refused);
    }, TIMEOUT_MS);
  });

  describe('Customer.io to Odoo', () => {
    const migrations = withCustomerioMigrations();
    test('everything', async () => {
      const odoo = await migrations.odoo({ version: 17 });
      const migration = await migrations.start({ odoo, workspace: { people: 60, companies: 8, events: 150, deliveries: 90, newsletters: 4 } });
      await migration.planned();
      const preview = await migration.preview();
      expect(changingCalls(preview)).toEqual([]);
      expect(untrue(preview, await migration.run())).toEqual({});
    }, TIMEOUT_MS);
  });

  describe('Help Desk to Intercom', () => {
    const desks = withSeededDesks({ dialect: 'enterprise', tickets: 20, seed: 5 });
    test('everything', async () => {
      const desk = await desks.desk();
      try {
        const before = desk.state();
        const preview = await desk.run('preview');
        expect(desk.state()).toEqual(before);
        expect(untrue(preview, await desk.run())).toEqual({});
      } finally {
        await desk.stop();
      }
    }, TIMEOUT_MS);
  });
});
