import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { recordsOnly } from '../support/bundles.ts';
import { withMigrations } from '../support/migration.ts';
import { asPerson } from '../support/odoo-person.ts';
import { comparable, rowsWhere, stateOf } from '../support/odoo-state.ts';
import { changingCalls, expectClean, phaseOf } from '../support/reports.ts';
import type { RunReport } from '../../src/engine/run-report.ts';

const migrations = withMigrations();
/** Odoo's write_date has whole seconds: a change in the second of the load cannot be told from it. */
const nextSecond = (): Promise<void> => pause(1100);
const deletionsOf = (report: RunReport, mapping: string) => report.phases.find((phase) => phase.phase === 'deletions' && phase.mapping === mapping);

describe.each([14, 19] as const)('deltas of a later export, Odoo %d', (version) => {
  test('write the differences only, archive what is gone, leave people\'s changes alone, and roll back without a trace', async () => {
    const odoo = await migrations.simulator({ version, companyCurrency: 'PLN', mailServer: true });
    const migration = await migrations.start({ odoo, bundle: { contacts: 60, deals: 30, seed: version, ...recordsOnly } });
    const untouched = stateOf(odoo);
    await migration.planned();
    const full = await migration.run();
    expectClean(full);

    const nothing = await migration.delta();
    expectClean(nothing);
    expect([nothing.status, nothing.written, changingCalls(nothing)]).toEqual(['succeeded', 0, []]);

    const later = await migration.exportAgain({ later: { changed: 0.05, removed: 0.06, addedContacts: 5 } });
    const loaded = stateOf(odoo);
    const dry = await migration.delta({ dryRun: true });
    expect([dry.status, dry.written, changingCalls(dry)]).toEqual(['succeeded', 0, []]);
    expect(stateOf(odoo)).toEqual(loaded);

    const removed = new Set(later.changes?.removed);
    const victim = rowsWhere(odoo, 'crm.lead', (row) => removed.has(String(row['x_instream_id'])) && row['type'] === 'lead' && row['active'] === true)[0];
    const call = await asPerson(odoo);
    await nextSecond();
    await call('crm.lead', 'write', [[victim?.['id']], { city: 'By hand' }]);
    const report = await migration.delta();
    expect(report.error).toBeNull();
    expect(report.phases.filter((phase) => !phase.balanced)).toEqual([]);
    expect(report.verification).toMatchObject({ mismatch: 0, unreadable: 0 });
    const leads = phaseOf(report, 'contact-leads');
    expect(leads.created + phaseOf(report, 'contact-partners').created).toBeGreaterThanOrEqual(5);
    expect(report.retired?.find((row) => row.destinationObject === 'crm.lead' && row.destinationId === String(victim?.['id']))).toMatchObject({ action: 'kept', reason: 'changed-since' });
    const archived = new Set([...removed].filter((id) => id !== victim?.['x_instream_id']));
    for (const model of ['res.partner', 'crm.lead']) {
      for (const row of rowsWhere(odoo, model, (each) => archived.has(String(each['x_instream_id'])))) expect(row['active'] === true, `${model} ${String(row['x_instream_id'])}`).toBe(false);
    }
    expect(odoo.state.row('crm.lead', Number(victim?.['id']))).toMatchObject({ city: 'By hand', active: true });
    expect((deletionsOf(report, 'contact-partners')?.archived ?? 0) + (deletionsOf(report, 'contact-leads')?.archived ?? 0)).toBeGreaterThan(0);

    const again = await migration.delta();
    expect([again.written, changingCalls(again)]).toEqual([0, []]);
    await migration.exportAgain({});
    const back = await migration.delta();
    expectClean(back);
    expect((back.delta ?? []).reduce((sum, row) => sum + row.returned, 0)).toBeGreaterThan(0);

    const first = await migration.rollback();
    expect((first.rollback?.residue ?? []).filter((row) => row.reason === 'changed-since').map((row) => row.sourceId), JSON.stringify(first.rollback?.residue)).toEqual([String(victim?.['x_instream_id'])]);
    const forced = await migration.rollback({ deleteChanged: true });
    expect(forced.rollback).toMatchObject({ identical: true, residue: [], differences: [] });
    expect(comparable(stateOf(odoo))).toEqual(comparable(untouched));
    expect(odoo.state.sentMails()).toEqual([]);
  }, 500_000);
});
