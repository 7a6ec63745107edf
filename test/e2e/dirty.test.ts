import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { BundleExpectation } from '../../src/simulators/instream/expectation.ts';
import type { OdooSimulator } from '../../src/simulators/odoo/simulator.ts';
import { correctionOf, parseQuarantineCsv, quarantineHeader, quarantineLine } from '../../src/reports/quarantine-csv.ts';
import { withMigrations, type Migration } from '../support/migration.ts';
import { rowsWhere, type Row } from '../support/odoo-state.ts';
import { expectClean, phaseOf } from '../support/reports.ts';

const migrations = withMigrations();
const size = { contacts: 170, companies: 100, deals: 130, notes: 110, dirt: 0.1 } as const; // ten rows of dirt per file and more: every kind has its turn

interface Held { readonly id: string; readonly source_object: string; readonly source_id: string; readonly code: string; readonly message: string; readonly remedy: string; readonly position: string }
const heldBy = ({ projectId }: Migration): Promise<readonly Held[]> => migrations.tests.query<Held>(
  'select id::text, source_object, source_id, code, message, remedy, position from portolan.quarantine where project_id = $1 and resolved_at is null order by id', [projectId]);

/** How many of a file's rows the generator spoiled in these ways. */
function spoiled({ dirt }: BundleExpectation, file: string, ...kinds: readonly string[]): number {
  return kinds.reduce((sum, kind) => sum + (dirt[`${file}.csv`]?.[kind] ?? 0), 0);
}

/** Codes under which a file's own dirt has to be held; `null` codes are for rows that never became records. What hangs on such a row is held besides. */
function wantedHolds(expectation: BundleExpectation, ids: boolean): ReadonlyMap<string, number> {
  const wanted = new Map<string, number>();
  const want = (object: string, code: string, count: number): void => { if (count > 0) wanted.set(`${object} ${code}`, count); };
  for (const [object, file] of [['company', 'companies'], ['contact', 'contacts'], ['deal', 'deals'], ['note', 'notes']] as const) {
    want(object, 'too-many-cells', spoiled(expectation, file, 'ragged-long'));
    if (ids) want(object, 'duplicate-id', spoiled(expectation, file, 'duplicate-id'));
    want(object, 'bad-date', spoiled(expectation, file, 'bad-date'));
  }
  if (ids) want('contact', 'required-empty', spoiled(expectation, 'contacts', 'no-name'));
  want('deal', 'deal-without-contact', spoiled(expectation, 'deals', 'no-contact-with-company', 'no-contact-no-company'));
  want('deal', 'bad-number', spoiled(expectation, 'deals', 'bad-amount'));
  want('deal', 'required-empty', spoiled(expectation, 'deals', 'no-title'));
  want('note', 'required-empty', spoiled(expectation, 'notes', 'empty-body'));
  return wanted;
}

describe('a dirty export', () => {
  test.each([
    { name: 'Polish in Windows-1250', bundle: { language: 'pl', encoding: 'windows-1250' }, currency: 'PLN', ids: true },
    { name: 'English in UTF-8', bundle: { language: 'en', encoding: 'utf-8' }, currency: 'GBP', ids: true },
    { name: 'without ids', bundle: { language: 'en', encoding: 'utf-8', ids: false }, currency: 'GBP', ids: false },
  ] as const)('$name: every spoiled row goes in or is held back with code, sentence and remedy', async ({ bundle, currency, ids }) => {
    const odoo = await migrations.simulator({ version: 17, companyCurrency: currency, mailServer: true });
    const migration = await migrations.start({ odoo, bundle: { ...size, ...bundle } });
    await migration.planned();
    const report = await migration.run();
    expectClean(report);
    expect(report.status).toBe('withQuarantine');

    const held = await heldBy(migration);
    const byCode = Map.groupBy(held, (entry) => `${entry.source_object} ${entry.code}`);
    for (const [key, count] of wantedHolds(migration.expectation, ids)) expect(byCode.get(key)?.length ?? 0, key).toBeGreaterThanOrEqual(count);
    for (const entry of held) {
      expect(entry.message.length, entry.code).toBeGreaterThan(10);
      expect(entry.remedy.length, entry.code).toBeGreaterThan(10);
      expect(entry.position).toMatch(/^(?:first seen in )?(?:companies|contacts|deals|notes|record_tags|list_memberships)\.csv line \d+$/);
    }
    // Nothing is held without a reason: each code is one that the dirt, or a record that hangs on a dirty one, explains.
    const explained = new Set(['too-many-cells', 'duplicate-id', 'bad-date', 'bad-number', 'required-empty', 'deal-without-contact', 'note-without-parent', 'note-with-several-contacts', 'tag-without-record', 'member-without-record', 'link-missing', 'link-not-loaded', 'link-ambiguous']);
    expect(held.filter((entry) => !explained.has(entry.code))).toEqual([]);

    expectHarmless(odoo, migration);
    expectNothingLost(odoo, migration, held);
    expect([odoo.state.sentMails(), odoo.state.count('mail.mail')]).toEqual([[], 0]);

    const back = await migration.rollback();
    expect(back.rollback).toMatchObject({ identical: true, residue: [] });
  });

  /** Every row of contacts, deals and notes is at the destination or in quarantine, never both, never neither. */
  function expectNothingLost(odoo: OdooSimulator, { expectation }: Migration, held: readonly Held[]): void {
    const loaded = { contact: 0, deal: 0, note: rowsWhere(odoo, 'mail.message', (row) => String(row['message_id']).endsWith('@portolan.invalid>')).length };
    loaded.deal = rowsWhere(odoo, 'crm.lead', (row) => row['type'] === 'opportunity').length;
    loaded.contact = rowsWhere(odoo, 'crm.lead', (row) => row['type'] === 'lead').length
      + rowsWhere(odoo, 'res.partner', (row) => row['is_company'] !== true && row['create_uid'] === 2).length;
    const heldOf = (object: string): number => held.filter((entry) => entry.source_object === object).length;
    for (const [object, file] of [['contact', 'contacts'], ['deal', 'deals'], ['note', 'notes']] as const) {
      expect(loaded[object] + heldOf(object), file).toBe(expectation.rows[`${file}.csv`]);
    }
  }

  /** Hostile text went in as text. */
  function expectHarmless(odoo: OdooSimulator, { expectation }: Migration): void {
    const bodies = odoo.state.rows('mail.message').map((row) => String(row['body'] ?? ''));
    expect(bodies.filter((body) => /<script|<[^>]*onerror=/i.test(body))).toEqual([]);
    const texts = [...odoo.state.rows('crm.lead'), ...odoo.state.rows('res.partner')].flatMap((row: Row) => [row['description'], row['comment']]).filter((text) => typeof text === 'string');
    expect(texts.filter((text) => /<script/i.test(text))).toEqual([]);
    if (spoiled(expectation, 'contacts', 'dummy-email') > 0) {
      const addresses = [...odoo.state.rows('crm.lead').map((row) => row['email_from']), ...odoo.state.rows('res.partner').map((row) => row['email'])].filter((address) => typeof address === 'string');
      expect(addresses.filter((address) => /^(?:brak|none|test|noemail|no-?mail)@/i.test(address))).toEqual([]);
    }
  }
});

describe('an export whose dates nobody can read for certain', () => {
  test('leaves an open decision; production refuses until a person answered, then takes the answer', async () => {
    const odoo = await migrations.simulator({ version: 17, companyCurrency: 'PLN' });
    const migration = await migrations.start({ odoo, bundle: { contacts: 60, ambiguousDates: true } });
    const { engine, project } = migration;
    await engine.discover({ project, roles: ['source', 'destination'] });
    const { plan } = await engine.propose({ project });
    const open = plan.decisions.filter((decision) => decision.recommendation === null && decision.answer === null);
    expect(open).toHaveLength(1);
    expect(open[0]?.evidence?.length).toBeGreaterThan(0);
    await expect(engine.confirmPlan({ project, by: 'test', acceptRecommendations: true })).rejects.toMatchObject({ code: 'plan-not-confirmed', message: expect.stringContaining(open[0]?.id ?? '') });
    await expect(migration.run()).rejects.toMatchObject({ code: 'plan-not-confirmed' });
    expect(odoo.state.count('crm.lead')).toBe(0);

    const [first] = open[0]?.options ?? [];
    await engine.decide({ project, answers: { [open[0]?.id ?? '']: first?.value as string }, by: 'test' });
    await engine.confirmPlan({ project, by: 'test', acceptRecommendations: true });
    const report = await migration.run();
    expectClean(report);
    expect(report.status).toBe('succeeded');
    expect(rowsWhere(odoo, 'crm.lead', (row) => row['date_deadline'] !== undefined)).toHaveLength(migration.expectation.records['deals.csv'] ?? 0);
  });
});

describe('corrected records', () => {
  test('come in on retry, and bring in what hung on them', async () => {
    const odoo = await migrations.simulator({ version: 17, companyCurrency: 'PLN' });
    const migration = await migrations.start({ odoo, bundle: { ...size, notes: 400, dates: 'iso' } });
    await migration.planned({ 'contact-rule': 'everyone' });
    const first = await migration.run();
    expectClean(first);
    const held = await heldBy(migration);
    const nameless = held.find((entry) => entry.source_object === 'contact' && entry.code === 'required-empty');
    expect(nameless).toBeDefined();
    const tagsOnHeld = held.filter((entry) => entry.code === 'tag-without-record').length;
    expect(tagsOnHeld).toBeGreaterThan(0);

    // As the command line does it: the export is written, a person corrects cells, the file is read back.
    const { store } = migrations.tests;
    const entries = (await store.quarantineEntries({ projectId: migration.projectId, ids: held.map((entry) => entry.id) })).filter((entry) => entry.data !== null);
    const columns = [...new Set(entries.flatMap((entry) => Object.keys(entry.data ?? {})))];
    const corrections: Record<string, Record<string, string>> = {
      'contact required-empty': { full_name: 'Corrected Person' }, 'contact bad-date': { birthday: '1985-02-28' }, 'deal bad-number': { amount: '1234' }, 'deal bad-date': { expected_close: '2026-02-28' },
      'deal required-empty': { title: 'Corrected deal' }, 'deal deal-without-contact': { contact_id: 'p1', contact_email: '' }, 'deal link-missing': { contact_email: '', contact_id: 'p1' },
      'note bad-date': { created_at: '2026-02-28 10:00' }, 'note required-empty': { body: 'Corrected note' },
    };
    const text = quarantineHeader(columns) + entries.map((entry) => quarantineLine({ ...entry, data: { ...entry.data, ...corrections[`${entry.sourceObject} ${entry.code}`] } }, columns)).join('');
    const stored = new Map(entries.map((entry) => [entry.id, entry]));
    const rows = parseQuarantineCsv(text);
    expect(rows).toHaveLength(entries.length);
    const run = await migration.engine.retryQuarantine({ project: migration.project, by: 'test', corrections: rows.map((row) => correctionOf(row, stored.get(row.id) as NonNullable<ReturnType<typeof stored.get>>)) });
    const report = await migration.engine.driveRun({ runId: run.id });
    expectClean(report);

    const still = await heldBy(migration);
    const left = still.filter((entry) => `${entry.source_object} ${entry.code}` in corrections);
    expect(left).toEqual([]);
    expect(phaseOf(report, 'deals').created).toBe(held.filter((entry) => entry.source_object === 'deal' && !['too-many-cells', 'duplicate-id'].includes(entry.code)).length - still.filter((entry) => entry.source_object === 'deal' && !['too-many-cells', 'duplicate-id'].includes(entry.code)).length);
    expect(phaseOf(report, 'notes').created).toBeGreaterThanOrEqual(held.filter((entry) => entry.source_object === 'note' && ['bad-date', 'required-empty'].includes(entry.code)).length);
    expect(phaseOf(report, 'tags-on-leads').created).toBeGreaterThan(0); // they hung on the held deals
    expect(still.filter((entry) => entry.code === 'tag-without-record').length).toBeLessThan(tagsOnHeld);
    expect(rowsWhere(odoo, 'res.partner', (row) => row['name'] === 'Corrected Person')).toHaveLength(1);

    const again = await migration.run();
    expect(again.written).toBe(0); // a new extraction does not undo the corrections
    expect((await migration.rollback()).rollback).toMatchObject({ identical: true, residue: [] });
  });
});

describe('an export that holds little', () => {
  test('of contacts alone goes in, with the companies that they name', async () => {
    const odoo = await migrations.simulator({ version: 17, companyCurrency: 'PLN' });
    const migration = await migrations.start({ odoo, bundle: { contacts: 60 } });
    for (const file of ['owners', 'pipelines', 'stages', 'lists', 'tags', 'custom_fields', 'companies', 'deals', 'notes', 'list_memberships', 'record_tags']) rmSync(`${migration.folder}/${file}.csv`);
    await expectPeople(odoo, migration, 60);
    const { withCompany, companyOnlyNamed } = migration.expectation.contacts;
    expect(rowsWhere(odoo, 'res.partner', (row) => row['is_company'] !== true && row['parent_id'] !== undefined)).toHaveLength(withCompany + companyOnlyNamed);
    expect((await migration.rollback()).rollback).toMatchObject({ identical: true });
  });

  test('of two columns goes in', async () => {
    const odoo = await migrations.simulator({ version: 17, companyCurrency: 'PLN' });
    const migration = await migrations.start({ odoo, bundle: { contacts: 1 } });
    rmSync(migration.folder, { recursive: true });
    mkdirSync(migration.folder);
    writeFileSync(`${migration.folder}/contacts.csv`, 'Name;E-mail\nAlicja Wrona;alicja@one.example\nBartosz Kruk;bartosz@two.example\n');
    await expectPeople(odoo, migration, 2);
    expect((await migration.rollback()).rollback).toMatchObject({ identical: true });
  });

  async function expectPeople(odoo: OdooSimulator, migration: Migration, count: number): Promise<void> {
    await migration.planned({ 'contact-rule': 'everyone' });
    const report = await migration.run();
    expectClean(report);
    expect([report.status, rowsWhere(odoo, 'res.partner', (row) => row['create_uid'] === 2 && row['is_company'] !== true).length]).toEqual(['succeeded', count]);
  }
});
