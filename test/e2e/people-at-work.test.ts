import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { withMigrations } from '../support/migration.ts';
import { asPerson } from '../support/odoo-person.ts';
import { comparable, rowsWhere, stateOf } from '../support/odoo-state.ts';
import { changingCalls, expectClean, phaseOf } from '../support/reports.ts';

const migrations = withMigrations();
/** Odoo's write_date has whole seconds: a change in the second of the load cannot be told from it. */
const nextSecond = (): Promise<void> => pause(1100);

describe('people who work at the destination after the load', () => {
  test('keep what they changed, what they wrote on, and its parents; on request that goes too, and the proof holds', async () => {
    const odoo = await migrations.simulator({ version: 17, companyCurrency: 'PLN', mailServer: true });
    const migration = await migrations.start({ odoo, bundle: { contacts: 120, deals: 60 } });
    const untouched = stateOf(odoo);
    await migration.planned();
    expectClean(await migration.run());

    const call = await asPerson(odoo);
    await nextSecond();
    const [contact] = rowsWhere(odoo, 'res.partner', (row) => row['x_instream_id'] !== undefined && row['is_company'] !== true && row['parent_id'] !== undefined);
    const [lead] = rowsWhere(odoo, 'crm.lead', (row) => row['type'] === 'lead' && row['active'] === true);
    const [opportunity] = rowsWhere(odoo, 'crm.lead', (row) => row['type'] === 'opportunity' && row['active'] === true && row['partner_id'] !== contact?.['id']);
    await call('res.partner', 'write', [[contact?.['id']], { city: 'Moved by hand' }]);
    await call('crm.lead', 'message_post', [[lead?.['id']]], { body: 'Called them today', message_type: 'comment', subtype_xmlid: 'mail.mt_note' });
    await call('crm.lead', 'write', [[opportunity?.['id']], { name: 'Renamed by hand' }]);
    const colleague = await call<number>('res.partner', 'create', [{ name: 'Made by hand', parent_id: contact?.['parent_id'] }]);

    const dry = await migration.rollback({ dryRun: true });
    const back = await migration.rollback();
    expect(back.rollback?.identical).toBe(false);
    const kept = new Map((back.rollback?.residue ?? []).map((row) => [`${String(row.details['object'])} ${String(row.details['id'])}`, row]));
    expect(kept.get(`res.partner ${String(contact?.['id'])}`)).toMatchObject({ reason: 'changed-since', details: { label: contact?.['name'], fields: ['city'], changedBy: 'Administrator', changedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/), changedByOwnAccount: true } });
    expect(kept.get(`crm.lead ${String(opportunity?.['id'])}`)).toMatchObject({ reason: 'changed-since', details: { fields: ['name'] } });
    expect(kept.get(`crm.lead ${String(lead?.['id'])}`)).toMatchObject({ reason: 'others-work-hangs-on-it', details: { dependants: [expect.stringMatching(/^mail\.message \d+: message of .* \(deleted\), by Administrator, \d{4}-\d\d-\d\dT/)] } });
    expect(kept.get(`res.partner ${String(contact?.['parent_id'])}`)).toMatchObject({ reason: 'others-work-hangs-on-it' });
    expect(kept.get(`res.partner ${String(opportunity?.['partner_id'])}`)).toMatchObject({ reason: 'others-work-hangs-on-it' });
    expect(dry.rollback).toMatchObject({ kept: back.rollback?.kept, deleted: back.rollback?.deleted, residue: back.rollback?.residue });
    // The dry run said it of every record, and the rollback did just that.
    const fates = (run: string): Promise<unknown> => migrations.tests.store.rollbackFates(run);
    expect(await fates(dry.run)).toEqual(await fates(back.run));
    // Exactly what is reported is still there, as the people left it.
    const left = [...rowsWhere(odoo, 'res.partner', (row) => row['x_instream_id'] !== undefined), ...rowsWhere(odoo, 'crm.lead', () => true)];
    const reported = [...kept.keys()].filter((key) => /^(?:res\.partner|crm\.lead) /.test(key));
    expect(left.length).toBeLessThanOrEqual(reported.length);
    expect(odoo.state.row('res.partner', Number(contact?.['id']))).toMatchObject({ city: 'Moved by hand', parent_id: contact?.['parent_id'] });
    expect(odoo.state.row('crm.lead', Number(opportunity?.['id']))).toMatchObject({ name: 'Renamed by hand', partner_id: opportunity?.['partner_id'] });
    expect(odoo.state.row('res.partner', colleague)).toMatchObject({ name: 'Made by hand', parent_id: contact?.['parent_id'] });
    expect(rowsWhere(odoo, 'mail.message', (row) => String(row['body']).includes('Called them today'))).toHaveLength(1);

    await call('res.partner', 'unlink', [[colleague]]);
    const forced = await migration.rollback({ deleteChanged: true });
    expect(forced.rollback).toMatchObject({ identical: true, residue: [], differences: [], deleted: kept.size });
    expect(comparable(stateOf(odoo))).toEqual(comparable(untouched));
  });
});

describe.each([14, 17, 19] as const)('a later export of the same account, Odoo %d', (version) => {
  test('updates what changed at the source; what both sides changed is held back and never overwritten', async () => {
    const odoo = await migrations.simulator({ version, companyCurrency: 'PLN' });
    const migration = await migrations.start({ odoo, bundle: { contacts: 120, deals: 60, language: 'pl' } });
    const untouched = stateOf(odoo);
    await migration.planned();
    expectClean(await migration.run());

    const later = await migration.exportAgain({ later: { changed: 0.25, removed: 0.1, addedContacts: 7 } });
    const changed = new Set(later.changes?.changed);
    const changedLeads = rowsWhere(odoo, 'crm.lead', (row) => row['type'] === 'lead' && changed.has(String(row['x_instream_id'])));
    const [sameField, otherField] = changedLeads;
    const call = await asPerson(odoo);
    await nextSecond();
    await call('crm.lead', 'write', [[sameField?.['id']], { phone: '+48 111 222 333' }]);
    await call('crm.lead', 'write', [[otherField?.['id']], { city: 'Moved by hand' }]);

    const report = await migration.run();
    expectClean(report);
    expect(phaseOf(report, 'contact-leads')).toMatchObject({ created: later.changes?.added.length, quarantined: { 'changed-at-destination': 1 } });
    const updated = ['companies', 'contact-partners', 'contact-leads', 'deals'].reduce((sum, mapping) => sum + phaseOf(report, mapping).updated, 0);
    expect(updated).toBe(changed.size - 1);
    expect(odoo.state.row('crm.lead', Number(sameField?.['id']))).toMatchObject({ phone: '+48 111 222 333' });
    expect(odoo.state.row('crm.lead', Number(otherField?.['id']))).toMatchObject({ city: 'Moved by hand' });
    expect(odoo.state.row('crm.lead', Number(otherField?.['id']))?.['phone']).not.toBe(otherField?.['phone']);
    const held = await migrations.tests.query<{ source_id: string; message: string }>(`select source_id, message from portolan.quarantine where project_id = $1 and code = 'changed-at-destination' and resolved_at is null`, [migration.projectId]);
    expect(held).toEqual([{ source_id: sameField?.['x_instream_id'], message: expect.stringContaining('phone') }]);

    const again = await migration.run();
    expectClean(again);
    expect([again.written, changingCalls(again)]).toEqual([0, []]);

    // The update in between has not made the people's changes ours: a rollback keeps both records.
    const back = await migration.rollback();
    const kept = new Map((back.rollback?.residue ?? []).filter((row) => row.reason === 'changed-since').map((row) => [row.sourceId, row.details['fields']]));
    expect([kept.get(String(sameField?.['x_instream_id'])), kept.get(String(otherField?.['x_instream_id']))]).toEqual([['phone'], ['city']]);
    const forced = await migration.rollback({ deleteChanged: true });
    expect(forced.rollback).toMatchObject({ identical: true, residue: [] });
    expect(comparable(stateOf(odoo))).toEqual(comparable(untouched));
  });

  test('a look at everything in between does not make the people\'s changes ours', async () => {
    const odoo = await migrations.simulator({ version, companyCurrency: 'PLN' });
    const migration = await migrations.start({ odoo, bundle: { contacts: 40 } });
    await migration.planned();
    expectClean(await migration.run());
    const [lead, other] = rowsWhere(odoo, 'crm.lead', (row) => row['type'] === 'lead');
    const call = await asPerson(odoo);
    await nextSecond();
    await call('crm.lead', 'write', [[lead?.['id']], { city: 'Moved by hand' }]);
    await call('crm.lead', 'write', [[other?.['id']], { description: 'Written by hand', priority: '2' }]);
    const run = await migration.engine.startRun({ project: migration.project, mode: 'production', settings: { only: 'verify' }, by: 'test' });
    const looked = await migration.engine.driveRun({ runId: run.id });
    expect(looked.verification.mismatch).toBeGreaterThanOrEqual(1);
    const back = await migration.rollback();
    expect((back.rollback?.residue ?? []).filter((row) => row.reason === 'changed-since').map((row) => row.sourceId).toSorted()).toEqual([String(lead?.['x_instream_id']), String(other?.['x_instream_id'])].toSorted());
  });
});
