import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunReport } from '../../src/engine/run-report.ts';
import { generateBundle } from '../../src/simulators/instream/bundle.ts';
import type { BundleDetails } from '../../src/simulators/instream/details.ts';
import type { BundleExpectation } from '../../src/simulators/instream/expectation.ts';
import { mutate } from '../../src/simulators/instream/later.ts';
import { expectActivities, expectFiles, expectMeetings, expectMessages, expectOldestFirst, expectTags } from '../support/loaded-history.ts';
import { expectRecords } from '../support/loaded-records.ts';
import { goneMeetings, laterDetails, withoutLeftPlaces } from '../support/later-details.ts';
import { portolan, type Portolan } from '../support/portolan.ts';
import { changingCalls, expectClean, phaseOf } from '../support/reports.ts';
import { contents, sent } from './contents.ts';
import { addFutureMeetings } from './future-meetings.ts';
import { killedWhen } from './killed-when.ts';
import { loadedTables } from './loaded-tables.ts';
import { odooCalls } from './odoo-calls.ts';
import { freshOdoo, type RealOdoo } from './odoo.ts';

const knownOwners = ['zofia.maj@sales.example', 'tomasz.lis@sales.example'];
const size = { contacts: 2000, companies: 300, deals: 500, notes: 3000, emails: 2000, calls: 1000, tasks: 1000, meetings: 395, files: 500, recordTags: 600, knownOwners, seed: 14 };
const toCome = 5; // meetings of the year 2035: 400 in all

/** The whole route through the command line on a real Odoo 14, at the size that issue 3 asks for. Some five minutes on two cores. */
describe('InStream into a real Odoo 14', () => {
  const production = ['run', 'acme', '--mode', 'production', '--yes', '--confirm-destination', '127.0.0.1'] as const;
  const resume = ['resume', 'acme', '--yes'] as const;
  let folder = '';
  let odoo: RealOdoo;
  let cli: Portolan;
  let expectation: BundleExpectation;
  let details: BundleDetails;
  let full: RunReport;
  let delta: RunReport;
  let before: unknown; // of the database
  let quiet: unknown; // what was sent before
  let lastPartner = 0;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'portolan-real-'));
    odoo = await freshOdoo({ cron: true });
    await odooCalls(odoo).addUsers(knownOwners);
    [expectation, details] = await exported();
    cli = portolan({ PORTOLAN_HOME: join(folder, 'home'), ODOO_PASSWORD: odoo.password });
    [before, quiet] = [await contents(odoo), await sent(odoo)];
    lastPartner = await count('select max(id) as n from res_partner');
  });
  afterAll(async () => {
    await odoo.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Writes the export, or a later one in its place. */
  async function exported(later?: Parameters<typeof mutate>[1]): Promise<[BundleExpectation, BundleDetails]> {
    const place = join(folder, 'export');
    rmSync(place, { recursive: true, force: true });
    const made = await generateBundle(later === undefined ? { ...size, folder: place } : mutate({ ...size, folder: place }, later));
    if (made.details === null) throw new Error('The bundle is too large for details.');
    const more = addFutureMeetings(place, made.details, { count: toCome, organizer: knownOwners[0] ?? '' });
    return [made, { ...made.details, meetings: [...made.details.meetings, ...more] }];
  }
  async function count(statement: string): Promise<number> {
    return Number((await odoo.sql<{ n: number | string }>(statement))[0]?.n ?? 0);
  }
  const reaches = (statement: string, wanted: number) => async (): Promise<boolean> => (await count(statement)) >= wanted;
  const messages = `select count(*) as n from mail_message where message_id like '%@portolan.invalid>'`;
  const done = async (...args: readonly string[]): Promise<void> => {
    const { code, err } = await cli.run(...args);
    expect([code, code === 0 ? '' : err], args.join(' ')).toEqual([0, '']);
  };
  const callsOf = (report: RunReport): number => Object.values(report.calls['destination'] ?? {}).reduce((sum, one) => sum + one, 0);

  /** Everything that hangs on records is where, when and by whom the generator says. */
  async function expectHistory(wanted: BundleDetails): Promise<void> {
    const tables = await loadedTables(odoo);
    expectTags(tables, wanted, () => true);
    expectMessages(tables, wanted);
    expectOldestFirst(tables);
    expectFiles(tables, wanted);
    expectMeetings(tables, wanted, false);
    expectActivities(tables, wanted, { owners: knownOwners, login: odoo.user });
  }
  /** Every cell of the files; Odoo's own company has another currency. */
  const cellByCell = { folder: '', owners: knownOwners, companyCurrency: 'none of these' };

  async function planned(project: string, path: string): Promise<void> {
    await done('init', project, '--route', 'instream-to-odoo-crm');
    await done('connect', project, 'source', '--set', `path=${path}`);
    await done('connect', project, 'destination', '--set', `url=${odoo.url}`, '--set', `database=${odoo.database}`, '--set', `user=${odoo.user}`, '--set', 'settleSeconds=15', '--secret-env', 'password=ODOO_PASSWORD');
    await done('check', project);
    await done('discover', project);
    await done('propose', project);
    await done('plan', 'confirm', project, '--accept-recommendations');
  }

  test('a small account is loaded and, without any delta, rolled back: everything is as before', async () => {
    const path = join(folder, 'small');
    const made = await generateBundle({ contacts: 16, notes: 12, emails: 16, calls: 6, tasks: 6, meetings: 6, files: 4, recordTags: 6, knownOwners, seed: 3, folder: path });
    await planned('small', path);
    const load = await cli.json('run', 'small', '--mode', 'production', '--yes', '--confirm-destination', '127.0.0.1');
    expectClean(load);
    expect(load.written).toBeGreaterThan(100);
    expect(await contents(odoo)).not.toEqual(before);
    expectRecords(await loadedTables(odoo), { ...cellByCell, folder: path });
    await expectHistory(made.details ?? expect.fail('The bundle is too large for details.'));
    const back = await cli.json('rollback', 'small', '--yes');
    expect(back.rollback).toMatchObject({ identical: true, residue: [], differences: [] });
    expect([await contents(odoo), await sent(odoo)]).toEqual([before, quiet]);
  });

  test('is planned without a write', async () => {
    await planned('acme', join(folder, 'export'));
    expect(await contents(odoo)).toEqual(before);
  });

  test('is loaded over six kills of the command and a restart of Odoo: balanced, verified, nothing doubled', async () => {
    const kills: readonly (readonly [statement: string, wanted: number])[] = [
      [`select count(*) as n from ir_model_fields where state = 'manual'`, 1], ['select count(*) as n from res_partner', lastPartner + size.companies + 1], ['select count(*) as n from crm_lead', 0.3 * size.contacts],
      ['select count(*) as n from ir_attachment', 0.3 * size.emails], [messages, 0.5 * size.notes], ['select count(*) as n from calendar_event', 1],
    ];
    for (const [index, [statement, wanted]] of kills.entries()) {
      if (statement.includes('calendar_event')) await loadOverRestart();
      const last = await killedWhen(cli, index === 0 ? production : resume, reaches(statement, wanted));
      expect(last.signal, `${statement}: ${last.err}`).toBe('SIGKILL'); // it was still at work
    }
    full = await cli.json(...resume);
    expect(full.status).toBe('withQuarantine');
    expectClean(full);
    const strangers = details.emails.filter((email) => email.record === null);
    const held = Object.fromEntries(full.phases.filter((phase) => Object.keys(phase.quarantined).length > 0).map((phase) => [phase.mapping, phase.quarantined]));
    const { out: refused } = await cli.run('quarantine', 'list', 'acme', '--code', 'refused', '--limit', '2');
    expect(held, refused).toEqual({ emails: { 'email-without-record': strangers.length }, 'email-attachments': { 'attachment-without-record': strangers.flatMap((email) => email.files).length } });
    expect(await count(messages)).toBeGreaterThan(6000);
  });

  /** Odoo ends while messages are loaded and comes back; the command waits for it and goes on, and is killed later on. */
  async function loadOverRestart(): Promise<void> {
    const { child, ended } = cli.start(...resume);
    while (child.exitCode === null && (await count(messages)) < 1.2 * size.notes) await pause(50);
    expect(child.exitCode).toBe(null); // still at work
    await odoo.stop();
    await pause(2000);
    await odoo.start();
    while (child.exitCode === null && (await count(messages)) < 1.5 * size.notes) await pause(50);
    expect(child.exitCode).toBe(null);
    child.kill('SIGKILL');
    await ended;
  }

  test('has every contact, company, deal, stage and amount, and new fields of every type', async () => {
    const { contacts, deals, records, tags, memberships } = expectation;
    const lists = Object.keys(memberships).length;
    // Tags of a column of several choices are named after it.
    const ofChoice = `exists (select from ir_model_fields f where f.state = 'manual' and f.ttype = 'many2many' and crm_tag.name like f.field_description || ': %')`;
    const choices = full.phases.filter(({ phase, mapping }) => phase === 'configuration' && /^choices-\d+-of-leads$/u.test(mapping)).reduce((sum, { created }) => sum + created, 0);
    expect(choices).toBeGreaterThan(3);
    const [counted] = await odoo.sql(`select
      (select count(*) from crm_lead where type = 'lead')::int as leads, (select count(*) from crm_lead where type = 'opportunity')::int as opportunities,
      (select count(*) from crm_lead where type = 'opportunity' and probability = 100)::int as won, (select count(*) from crm_lead where type = 'opportunity' and not active)::int as lost,
      (select round(sum(coalesce(nullif(expected_revenue, 0), x_instream_amount)::numeric) * 100)::float8 from crm_lead where type = 'opportunity') as amount,
      (select count(*) from res_partner where x_instream_id is not null and not is_company)::int as people, (select count(*) from res_partner where is_company and id > $1)::int as companies,
      (select count(distinct message_id) from mail_message where message_id like '%@portolan.invalid>')::int - count(*)::int as doubled, (select count(*) from crm_tag where not ${ofChoice})::int as tags, (select count(*) from crm_tag where ${ofChoice})::int as choices
      from mail_message where message_id like '%@portolan.invalid>'`, [lastPartner]);
    expect(counted).toEqual({
      leads: (records['contacts.csv'] ?? 0) - contacts.onAnyDeal, opportunities: records['deals.csv'], won: deals.won, lost: deals.lost + deals.archived, amount: deals.amountHundredths['PLN'] ?? 0,
      people: contacts.onAnyDeal, companies: (records['companies.csv'] ?? 0) + contacts.companiesOnlyNamed, doubled: 0, tags: tags.distinct + lists, choices,
    });
    const fields = await odoo.sql<{ model: string; name: string; ttype: string }>(`select model, name, ttype from ir_model_fields where state = 'manual' order by 1, 2`);
    expect(fields).toHaveLength(phaseOf(full, 'fields').created);
    expect([...new Set(fields.map((field) => field.ttype))].toSorted()).toEqual(['boolean', 'char', 'date', 'datetime', 'float', 'integer', 'many2many', 'selection']);
  });

  test('has every cell of contacts, companies and deals in its own field', async () => {
    expectRecords(await loadedTables(odoo), { ...cellByCell, folder: join(folder, 'export') });
  });

  test('has every message by date, author, words and order, every tag and membership, every attendee with the answer, every file by its SHA-1', async () => {
    await expectHistory(details);
    expect(phaseOf(full, 'memberships-of-partners').created + phaseOf(full, 'memberships-of-leads').created).toBe(details.memberships.length);
    expect(phaseOf(full, 'meetings').created).toBe(details.meetings.length);
    expect(phaseOf(full, 'files').created).toBe(details.files.length);
    expect(await count(`select count(*) as n from calendar_event where start > now()`)).toBeGreaterThanOrEqual(toCome);
    expect(await sent(odoo)).toEqual(quiet);
  });

  test('writes nothing a second time', async () => {
    const loaded = await contents(odoo);
    const again = await cli.json(...production);
    expectClean(again);
    expect([again.status, again.written, changingCalls(again)]).toEqual([full.status, 0, []]);
    expect(await contents(odoo)).toEqual(loaded);
  });

  test('takes a delta with a hundredth changed, new and gone', async () => {
    const [later, now] = await exported({ changed: 0.01, removed: 0.01, added: 0.01 });
    const leads = async (active: boolean): Promise<ReadonlySet<string>> => new Set((await odoo.sql<{ id: string }>(`select x_instream_id as id from crm_lead where ${active ? '' : 'not '}active and x_instream_id is not null`)).map(({ id }) => id));
    const wereActive = await leads(true);
    delta = await cli.json('delta', 'acme', '--yes', '--confirm-destination', '127.0.0.1');
    expect([delta.status, delta.error]).toEqual([full.status, null]);
    expectClean(delta);
    expect((delta.delta ?? []).reduce((sum, row) => sum + row.conflicts, 0)).toBe(0);
    const gone = new Set(later.changes?.removed);
    const archived = delta.phases.filter((phase) => phase.phase === 'deletions').reduce((sum, phase) => sum + phase.archived, 0);
    expect(archived).toBeGreaterThanOrEqual(gone.size);
    const wanted = laterDetails(details, now, gone, delta, (await leads(false)).intersection(wereActive));
    const tables = withoutLeftPlaces(await loadedTables(odoo), delta);
    expectTags(tables, wanted, () => true);
    expectMessages(tables, wanted);
    expectFiles(tables, wanted);
    expectMeetings(tables, wanted, false, goneMeetings(details, now));
    expectActivities(tables, wanted, { owners: knownOwners, login: odoo.user });
    expect(await sent(odoo)).toEqual(quiet);
  });

  test('writes nothing in a further delta of the same export', async () => {
    const loaded = await contents(odoo);
    const again = await cli.json('delta', 'acme', '--yes', '--confirm-destination', '127.0.0.1');
    expectClean(again);
    expect([again.written, changingCalls(again)]).toEqual([0, []]);
    expect(await contents(odoo)).toEqual(loaded);
  });

  test('makes far fewer calls for such a delta than for everything; the aim is a tenth (docs/reference/figures.md says what is reached)', () => {
    expect(callsOf(delta) / callsOf(full), `${callsOf(delta)} of ${callsOf(full)} calls`).toBeLessThan(0.5);
  });

  test('is rolled back without a trace, over a kill, with what the delta archived', async () => {
    const loaded = await count(messages);
    const killed = await killedWhen(cli, ['rollback', 'acme', '--yes'], async () => (await count(messages)) < 0.7 * loaded);
    expect(killed.signal, killed.err).toBe('SIGKILL');
    const back = await cli.json('resume', 'acme', '--yes');
    expect(back.rollback).toMatchObject({ identical: true, residue: [], differences: [] });
    expect(await contents(odoo)).toEqual(before);
    expect(await sent(odoo)).toEqual(quiet);
  });
});
