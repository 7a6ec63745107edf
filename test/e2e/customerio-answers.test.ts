import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CustomerioDetails } from '../../src/simulators/customerio/expectation.ts';
import { writeCustomerioFiles } from '../../src/simulators/customerio/files/write-files.ts';
import { startCustomerioSimulator } from '../../src/simulators/customerio/start.ts';
import { withCustomerioMigrations } from '../support/customerio-migration.ts';
import { comparable, rowsWhere, stateOf, type Row } from '../support/odoo-state.ts';
import { changingCalls, expectClean, phaseOf } from '../support/reports.ts';

const migrations = withCustomerioMigrations();
const DAY_S = 86_400;
const anchor = Math.floor(Date.now() / 1000 / DAY_S) * DAY_S;
const workspace = { people: 60, companies: 8, events: 300, eventDays: 32, deliveries: 90, newsletters: 4, seed: 77, anchor };
let folder = '';
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'portolan-cio-answers-')); });
afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

const day = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 10);
const attributesOf = (row: Row): Readonly<Record<string, string>> => JSON.parse(String(row['x_cio_attributes'])) as Readonly<Record<string, string>>;

test('digests, stages, fields of segments and objects, tags of lists and companies, a threshold, the warehouse sync, people left out: each answer is done and taken back', async () => {
  const writer = await startCustomerioSimulator(workspace);
  await writeCustomerioFiles({ world: writer.world, folder, warehouse: ['jsonl'] });
  await writer.stop();
  const odoo = await migrations.odoo({ version: 14, mailServer: true });
  // The API is asked for twenty days: everything older comes from the warehouse sync.
  const migration = await migrations.start({ odoo, workspace, source: { eventsPath: join(folder, 'events.jsonl'), warehousePath: join(folder, 'warehouse'), suppressionPath: join(folder, 'suppression.csv'), messagesSince: day(anchor - 20 * DAY_S) } });
  const untouched = stateOf(odoo);
  await migration.planned({
    'events': 'digest', 'campaigns': 'both', 'segment:2': 'both', 'segment:5': 'field', 'object-type:2': 'field', 'parent': 'main', 'other-companies': 'tag', 'rare-attributes': 20, 'list-attributes': 'tags', 'inactive': 'segment:6', 'inactive-people': 'leave-out',
  });
  const first = await migration.run();
  expectClean(first);
  const held = Object.fromEntries(first.phases.filter((phase) => Object.keys(phase.quarantined).length > 0 && phase.phase !== 'consent').map((phase) => [phase.mapping, phase.quarantined]));
  expect(held).toEqual({});
  const expected = migration.customerio.expectation();
  const details = expected.details as CustomerioDetails;
  const people = new Map(rowsWhere(odoo, 'res.partner', (row) => row['x_cio_person_key'] !== undefined).map((row) => [String(row['x_customerio_id']), row]));
  const keptOf = new Map(Object.values(details.sharedEmails).flatMap((holders) => holders.map((holder) => [holder, holders.find((each) => people.has(each)) ?? holder] as const)));
  const kept = (id: string): Row | undefined => people.get(keptOf.get(id) ?? id);

  // CO-01: who sleeps stays behind, and is counted.
  expect(phaseOf(first, 'contacts').skipped).toEqual({ 'inactive-left-out': details.segments['6']?.length });
  expect([...people.keys()].filter((id) => details.segments['6']?.includes(id))).toEqual([]);

  // CO-02: one note for each person and day, with every event once, wherever it was read.
  const digests = rowsWhere(odoo, 'mail.message', (row) => row['x_cio_events'] !== undefined);
  expect(digests).toHaveLength(phaseOf(first, 'event-digests').created);
  const lines = digests.flatMap((row) => String(row['body']).split(/<br\/?>/u).map((line) => [row, line] as const));
  expect(lines).toHaveLength(digests.reduce((sum, row) => sum + Number(row['x_cio_events']), 0));
  expect(digests.some((row) => Number(row['x_cio_events']) > 1)).toBe(true);
  for (const [row, line] of lines) expect(line, String(row['subject'])).toMatch(/^(?:<p>)?\d\d:\d\d:\d\d \S/u);
  const withPerson = rowsWhere(odoo, 'mail.message', (row) => row['x_cio_events'] !== undefined).every((row) => String(row['subject']).startsWith(`Events of ${String(row['date']).slice(0, 10)}: `));
  expect(withPerson).toBe(true);

  // CO-03, CO-06, CO-09: fields of segments and objects; tags of lists; rare attributes have no field.
  const fields = new Map(rowsWhere(odoo, 'ir.model.fields', (row) => row['model'] === 'res.partner').map((row) => [String(row['field_description']), String(row['name'])]));
  for (const [segment, label] of [['2', 'Segment: VIP'], ['5', 'Segment: Bought in the last 30 days']] as const) {
    const field = fields.get(label) ?? '';
    const members = new Set((details.segments[segment] ?? []).map((id) => String(kept(id)?.['x_customerio_id'] ?? '')));
    const marked = [...people].filter(([, row]) => row[field] === true).map(([id]) => id);
    expect(marked.filter((id) => !members.has(id)), label).toEqual([]);
    expect(marked.length, label).toBeGreaterThan(0);
  }
  const subscriptions = fields.get('Subscriptions') ?? '';
  expect([...people.values()].filter((row) => row[subscriptions] !== undefined).every((row) => /^sub\/\d+/u.test(String(row[subscriptions])))).toBe(true);
  expect([...people.values()].some((row) => row[subscriptions] !== undefined)).toBe(true);
  expect([fields.has('subscription.plan_name~nested'), fields.has('bio'), [...fields.values()].includes('x_plan')]).toEqual([false, false, true]);
  const tags = new Map(rowsWhere(odoo, 'res.partner.category', () => true).map((row) => [row['id'], String(row['name'])]));
  const tagsOf = (row: Row): readonly string[] => ((row['category_id'] as readonly unknown[] | undefined) ?? []).map((id) => tags.get(id) ?? '');
  for (const [id, row] of people) {
    const stated = attributesOf(row)['tags'] ?? '';
    const list = stated.startsWith('[') ? JSON.parse(stated) as readonly string[] : [];
    expect(tagsOf(row), id).toEqual(expect.arrayContaining(list.map((value) => `tags: ${value}`)));
  }

  // CO-06: the parent is the company marked as main, and the person's other companies are tags.
  const companies = new Map(rowsWhere(odoo, 'res.partner', (row) => row['is_company'] === true).map((row) => [row['id'], row]));
  const several = Object.entries(details.companies).filter(([id, own]) => own.length > 1 && people.has(id) && !keptOf.has(id));
  expect(several.length).toBeGreaterThan(0);
  for (const [id] of several) {
    const row = people.get(id) ?? {};
    const parent = companies.get(row['parent_id']);
    const notes = rowsWhere(odoo, 'mail.message', (message) => message['res_id'] === row['id'] && message['model'] === 'res.partner' && /org_\d+/u.test(String(message['body'])));
    const marked = notes.find((message) => /primary/u.test(String(message['body'])));
    if (marked !== undefined) expect(String(parent?.['x_customerio_id']), id).toBe(`1:${/org_\d+/u.exec(String(marked['body']))?.[0] ?? ''}`);
    expect(tagsOf(row).filter((name) => name === parent?.['name']), id).toEqual([]);
    expect(tagsOf(row).filter((name) => [...companies.values()].some((company) => company['name'] === name)).length, id).toBeGreaterThan(0);
  }

  // CO-04, CO-14: a lead is in the stage of the first campaign that its person entered, else in that of its state.
  const stages = new Map(rowsWhere(odoo, 'crm.stage', () => true).map((row) => [row['id'], String(row['name'])]));
  const statuses = new Set([...people.values()].map((row) => attributesOf(row)['lead_status']?.toLowerCase()));
  const leads = rowsWhere(odoo, 'crm.lead', () => true);
  expect(leads.length).toBeGreaterThan(0);
  for (const lead of leads) {
    const stage = stages.get(lead['stage_id']) ?? '';
    expect(statuses.has(stage.toLowerCase()) || tagsOf(people.get(String(lead['x_customerio_id'])) ?? {}).includes(stage), stage).toBe(true);
  }

  // CO-05: notes of a newsletter's recipients say when it was sent, and to how many.
  const mailed = rowsWhere(odoo, 'mail.message', (row) => row['x_cio_mailing'] !== undefined);
  expect(mailed.length).toBeGreaterThan(0);
  for (const row of mailed) expect(String(row['body'])).toMatch(/(?:Newsletter|Broadcast) "[^"]+", (?:first )?sent \d{4}-\d\d-\d\d \d\d:\d\d UTC to \d+ recipients?/u);

  // CO-07: simple variables are placeholders of Odoo 14; what is left is named.
  const receipt = rowsWhere(odoo, 'mail.template', (row) => row['name'] === '[Customer.io] Order receipt')[0] ?? {};
  expect(String(receipt['body_html'])).toContain("Hi ${object.x_first_name or 'there'},");
  expect(receipt).toMatchObject({ subject: 'Order receipt {{trigger.number}}', x_cio_liquid: true, x_cio_subject_liquid: 'Order receipt {{trigger.number}}' });
  expect(String(receipt['x_cio_liquid_left']).split('\n')).toEqual(expect.arrayContaining(['{{trigger.number}}', '{{snippets.footer}}', '{% endif %}']));
  expect(String(receipt['x_cio_liquid_left'])).not.toContain('customer.first_name');

  // CO-08, CO-10: the sync has what the API did not give, each delivery once, in the version that holds, with body and clicked links.
  const logs = rowsWhere(odoo, 'mail.mail', () => true);
  const byState = (state: string): number => logs.filter((row) => row['state'] === state).length;
  const { byStatus, total, drafts } = expected.deliveries;
  expect(phaseOf(first, 'older-delivery-logs').created).toBeGreaterThan(0);
  expect(new Set(logs.map((row) => row['x_cio_log_id'])).size).toBe(logs.length);
  expect([logs.length, byState('exception'), byState('received'), byState('sent'), byState('outgoing')]).toEqual([total, byStatus.exception, byStatus.received, byStatus.sent, 0]);
  expect(byState('cancel')).toBe(byStatus.outgoing + drafts); // the API leaves drafts out, the sync has them
  expect(logs.some((row) => String(row['x_cio_log_links'] ?? '') === 'https://tidewater-shop.example/offer')).toBe(true);
  const sent = rowsWhere(odoo, 'mail.message', (row) => row['x_cio_channel'] === 'email');
  expect(sent.filter((row) => /^<(?:html|p|body)/u.test(String(row['body']))).length).toBeGreaterThan(sent.length / 2);
  expect([odoo.state.sentMails(), odoo.state.invitations(), odoo.state.count('mail.followers')]).toEqual([[], [], 0]);

  const second = await migration.run();
  expectClean(second);
  expect([second.written, changingCalls(second)]).toEqual([0, []]);
  const back = await migration.rollback();
  expect(back.rollback).toMatchObject({ identical: true, residue: [], kept: 0, differences: [] });
  expect(comparable(stateOf(odoo))).toEqual(comparable(untouched));
}, 400_000);
