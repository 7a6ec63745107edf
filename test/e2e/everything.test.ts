import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import type { RunReport } from '../../src/engine/run-report.ts';
import { membershipDocument } from '../../src/routes/instream-to-odoo-crm/membership-document.ts';
import type { BundleDetails } from '../../src/simulators/instream/details.ts';
import { expectChoices, expectFiles, expectMeetings, expectMessages, expectOldestFirst, expectTags } from '../support/loaded-history.ts';
import { withMigrations, type Migration } from '../support/migration.ts';
import { comparable, rowsWhere, stateOf } from '../support/odoo-state.ts';
import { changingCalls, expectClean, phaseOf } from '../support/reports.ts';

const migrations = withMigrations();
const knownOwners = ['zofia.maj@sales.example', 'tomasz.lis@sales.example'];
const users = knownOwners.map((login) => ({ login, password: 'unused', role: 'sales-user' as const }));
/** Small: every kind of thing a few times; three runs of it take some 10 s of a free machine. */
const full = { contacts: 32, notes: 30, emails: 36, calls: 12, meetings: 16, tasks: 12, files: 8, recordTags: 12, knownOwners };
const TIMEOUT_MS = 500_000;

function detailsOf({ expectation }: Migration): BundleDetails {
  if (expectation.details === null) throw new Error('The bundle is too large for details.');
  return expectation.details;
}

/** The cells of a column of several choices, of contacts and of deals, as the export has them. */
function choiceCells(folder: string, label: string): { id: string; choices: string[] }[] {
  return ['contacts.csv', 'deals.csv'].flatMap((file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    const delimiter = /^[^;,]*([;,])/.exec(text)?.[1] ?? ',';
    const [header = [], ...rows] = parse(text, { delimiter });
    const at = header.indexOf(`cf:${label}`);
    return rows.map((row) => ({ id: row[0] ?? '', choices: (row[at] ?? '').split(delimiter === ';' ? '|' : ';').filter((choice) => choice !== '') }));
  });
}

/** E-mails with nobody whom the export knows wait for a person, and nothing else does. */
function expectStrangersHeld(report: RunReport, { emails }: BundleDetails): void {
  const strangers = emails.filter((email) => email.record === null);
  const files = strangers.flatMap((email) => email.files);
  const held = Object.fromEntries(report.phases.filter((phase) => Object.keys(phase.quarantined).length > 0).map((phase) => [phase.mapping, phase.quarantined]));
  expect(held).toEqual({ ...(strangers.length === 0 ? {} : { emails: { 'email-without-record': strangers.length } }), ...(files.length === 0 ? {} : { 'email-attachments': { 'attachment-without-record': files.length } }) });
}

describe.each([14, 17, 19] as const)('everything of an InStream account into a simulated Odoo %d', (version) => {
  test('arrives whole, in order and quietly, a second run writes nothing, and a rollback leaves no trace', async () => {
    const odoo = await migrations.simulator({ version, companyCurrency: 'PLN', mailServer: true, users });
    const migration = await migrations.start({ odoo, bundle: { ...full, seed: 40 + version } });
    const untouched = stateOf(odoo);
    await migration.planned();

    const first = await migration.run();
    expectClean(first);
    const details = detailsOf(migration);
    expectStrangersHeld(first, details);
    expectTags(odoo, details, () => true);
    expectMessages(odoo, details);
    expectOldestFirst(odoo);
    expectFiles(odoo, details);
    const [choice] = rowsWhere(odoo, 'ir.model.fields', (row) => row['state'] === 'manual' && row['ttype'] === 'many2many');
    expectChoices(odoo, { label: String(choice?.['field_description']), field: String(choice?.['name']), cells: choiceCells(migration.folder, String(choice?.['field_description'])) });
    expectMeetings(odoo, details, false);
    expect(phaseOf(first, 'memberships-of-partners').created + phaseOf(first, 'memberships-of-leads').created).toBe(details.memberships.length);
    const matrix = membershipDocument(await migration.engine.handoffInput({ project: migration.project, runId: first.run }));
    expect(matrix).toMatchObject({ good: true, facts: [{ value: details.memberships.length }, { value: details.memberships.length }, { value: 0 }] });
    expect(phaseOf(first, 'call-subtype')).toMatchObject({ read: 1, created: 1 });
    const loaded = stateOf(odoo);

    const second = await migration.run();
    expectClean(second);
    expect([second.status, second.written, changingCalls(second)]).toEqual([first.status, 0, []]);
    expect(stateOf(odoo)).toEqual(loaded);
    expect([odoo.state.sentMails(), odoo.state.count('mail.mail'), odoo.state.invitations(), odoo.state.count('mail.followers')]).toEqual([[], 0, [], 0]);

    const back = await migration.rollback();
    expect(back.rollback).toMatchObject({ identical: true, residue: [], kept: 0, differences: [], deleted: first.written });
    expect(comparable(stateOf(odoo))).toEqual(comparable(untouched));
  }, TIMEOUT_MS);
});

test('lists as pipelines, a team each, partners for attendees, users for owners: what was decided is done, and taken back', async () => {
  const odoo = await migrations.simulator({ version: 17, companyCurrency: 'PLN', mailServer: true, users });
  const migration = await migrations.start({ odoo, bundle: { ...full, seed: 71, treatLists: 'open' } });
  const untouched = stateOf(odoo);
  const pipelines = Object.keys(migration.expectation.memberships).slice(0, 2);
  const owners = Object.keys(migration.expectation.owners).filter((owner) => owner !== '' && !knownOwners.includes(owner));
  const [provisioned = '', placeholder = ''] = owners;
  await migration.planned({
    ...Object.fromEntries(pipelines.map((list) => [`list:${list}`, 'pipeline'])), 'pipeline-teams': 'each', attendees: 'create',
    [`owner:${provisioned}`]: '(provision)', [`owner:${placeholder}`]: '(placeholder)', 'owner-placeholder': knownOwners[0] ?? '',
  });
  const first = await migration.run();
  expectClean(first);
  const details = detailsOf(migration);
  const members = details.memberships.filter((one) => pipelines.includes(one.list));
  expect(phaseOf(first, 'memberships-as-opportunities')).toMatchObject({ read: details.memberships.length, created: members.length, quarantined: {} });
  const opportunities = rowsWhere(odoo, 'crm.lead', (row) => row['type'] === 'opportunity' && pipelines.includes(String(row['x_instream_pipeline'])));
  const stages = new Map(odoo.state.rows('crm.stage').map((row) => [row['id'], String(row['name'])]));
  const teams = new Map(odoo.state.rows('crm.team').map((row) => [row['id'], String(row['name'])]));
  const places = new Map(odoo.state.rows('res.partner').map((row) => [row['id'], String(row['x_instream_id'])]));
  const listed = (list: string, record: string, stage: string): string => `${list} / ${record} / ${stage}`;
  expect(opportunities.map((row) => listed(teams.get(row['team_id']) ?? '', places.get(row['partner_id']) ?? '', stages.get(row['stage_id']) ?? '')).toSorted())
    .toEqual(members.map((one) => listed(one.list, one.record ?? '', one.status)).toSorted());
  expectTags(odoo, details, (list) => !pipelines.includes(list));
  expectMessages(odoo, details);
  expectOldestFirst(odoo);
  expectMeetings(odoo, details, true);
  const logins = new Map(odoo.state.rows('res.users').map((row) => [row['id'], String(row['login'])]));
  const owned = [...rowsWhere(odoo, 'res.partner', () => true), ...rowsWhere(odoo, 'crm.lead', () => true)];
  expect(owned.filter((row) => logins.get(row['user_id']) === provisioned).length).toBeGreaterThan(0);
  expect(owned.filter((row) => row['x_instream_owner'] === placeholder).every((row) => logins.get(row['user_id']) === knownOwners[0])).toBe(true);
  expect([odoo.state.sentMails(), odoo.state.count('mail.mail'), odoo.state.invitations()]).toEqual([[], 0, []]);

  const second = await migration.run();
  expectClean(second);
  expect([second.status, second.written]).toEqual([first.status, 0]);
  const back = await migration.rollback();
  expect(back.rollback).toMatchObject({ identical: true, residue: [], kept: 0, differences: [] });
  expect(comparable(stateOf(odoo))).toEqual(comparable(untouched));
}, TIMEOUT_MS);
