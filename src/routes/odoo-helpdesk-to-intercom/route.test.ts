import { describe, expect, test } from 'vitest';
import type { Catalog, CatalogField, CatalogObject } from '../../connector/catalog.ts';
import type { JsonObject } from '../../connector/json.ts';
import { answersOf } from '../../plan/answered-check.ts';
import { acceptRecommendations } from '../../plan/changes/confirm.ts';
import { prepareExpression } from '../../plan/compiled/expression.ts';
import type { Plan } from '../../plan/plan.ts';
import { handoff } from './documents.ts';
import { readiness } from './readiness.ts';
import { odooHelpdeskToIntercom as route } from './route.ts';

const field = (name: string, more: Partial<CatalogField> = {}): CatalogField => ({ name, label: name, type: 'text', required: false, readonly: false, custom: false, ...more });
const object = (name: string, fields: readonly (string | CatalogField)[], count = 3): CatalogObject => ({ name, label: name, count, fields: fields.map((one) => (typeof one === 'string' ? field(one) : one)) });
const catalog = (platform: string, objects: readonly CatalogObject[], facts: JsonObject): Catalog => ({ platform, version: '1', edition: null, objects, facts, limits: [], notes: [], questions: [] });

const custom = [
  field('x_studio_severity', { label: 'Severity', type: 'selection', custom: true, options: [{ value: 'minor', label: 'Minor' }, { value: 'major', label: 'Major' }], profile: { filled: 0.8, distinct: 2, samples: ['minor'], typeConfidence: 1 } }),
  field('x_single', { label: 'Single', type: 'selection', custom: true, options: [{ value: 'a', label: 'Only one' }] }), field('x_studio_amount', { label: 'Amount', type: 'money', custom: true }),
  field('x_studio_day', { label: 'Day', type: 'date', custom: true }), field('x_studio_countries', { label: 'Countries', type: 'multiSelection', custom: true }),
];
const source = (more: JsonObject = {}): Catalog => catalog('odoo', [
  object('partner', ['name', 'email', 'phone', 'company'], 30), object('company', ['name']), object('user', ['name', 'login', 'email', 'active']), object('team', ['name']), object('stage', ['name', 'sequence']), object('tag', ['name']),
  object('ticket', ['name', 'description', 'partner_id', 'user_id', 'team_id', 'stage_id', 'stage_name', 'tag_ids', 'follower_ids', 'created_at', 'updated_at', 'priority', 'created_by_id', 'created_by_name', ...custom]),
  object('message', ['body', 'sent_at', 'kind', 'author_kind', 'author_id', 'author_user_id', 'author_name', 'ticket_id', 'tracking', 'email_from']), object('attachment', ['name', 'file_size', 'type', 'content', 'message_id', 'ticket_id', 'create_date']),
  object('rating', ['rating', 'feedback', 'rating_text', 'partner_id', 'ticket_id', 'create_date']),
], {
  database: 'desk', country: 'Germany', helpDesk: 'enterprise', longThreads: [{ ticket: '7', messages: 612 }], ticketsWithoutPartner: 2,
  helpDeskStages: [{ id: '1', name: 'New', sequence: 1, closing: false }, { id: '2', name: 'Solved', sequence: 2, closing: true }], helpDeskTeams: [{ id: '1', name: 'Support', active: true, alias_name: 'help', alias_domain: 'desk.example', member_ids: ['5'] }, { id: '2', name: 'Returns', active: true }],
  helpDeskTags: [{ id: '1', name: 'Billing' }, { id: '2', name: 'billing' }, { id: '3', name: 'VIP' }], helpDeskSlas: [{ id: '1', name: 'First answer', hours: 4, team_id: '1', stage_id: '2', active: true }],
  agents: [{ id: '5', name: 'Erna', login: 'erna', email: 'Erna@desk.example', active: true, assigned: true }, { id: '6', name: 'Gone', login: 'gone@desk.example', email: null, active: false, assigned: true }, { id: '7', name: 'Other', login: 'other@desk.example', email: null, active: true, assigned: false }],
  largeFiles: [{ id: '1', name: 'film.mp4', size: 30 * 1024 * 1024, type: 'binary', ticket: '3' }, { id: '4', name: 'small.mp4', size: 6 * 1024 * 1024, type: 'binary', ticket: '3' }], riskyFiles: [{ id: '2', name: 'Setup.EXE', size: 9, type: 'binary', ticket: '4' }], linkedFiles: [{ id: '3', name: 'page', size: 0, type: 'url', ticket: '5' }],
  files: { counted: 9, complete: true }, filesCut: [], automations: [{ kind: 'automated action', name: 'Escalate', details: 'on_time', active: true }], ...more,
});
const destination = (more: JsonObject = {}): Catalog => catalog('intercom', [
  object('contact', ['external_id', 'email', 'name', 'phone', 'role', 'signed_up_at'], 5), object('company', ['company_id', 'name']), object('contact/companies', ['record', 'value']), object('contact_note', ['contact_id', 'body', 'admin_id']), object('admin', ['name', 'email']), object('team', ['name']), object('tag', ['name']),
  object('conversation', ['contact_id', 'body', 'created_at']), object('conversation_part', ['conversation_id', 'kind', 'body', 'files', 'named_files']), object('conversation_settings', ['title', 'state', field('stage_name__c', { type: 'integer', custom: true })]),
], { admins: [{ id: '11', name: 'Migration', email: 'import@desk.example' }, { id: '12', name: 'Erna', email: 'erna@DESK.example' }], teams: [{ id: '21', name: 'support' }], ...more });

const plan = (more: JsonObject = {}): Plan => route.propose({ project: 'p', source: source(), sourceHash: 's', destination: destination(more), destinationHash: 'd' });
const decision = (id: string, of = plan()): Plan['decisions'][number] | undefined => of.decisions.find((one) => one.id === id);

describe('the plan that is proposed', () => {
  test('asks for each stage its state and its team, for each agent with tickets and without an admin who stands for him, and that workflows are off', () => {
    expect(decision('stage-state:Solved')?.recommendation).toBe('closed');
    expect(decision('stage-state:New')?.recommendation).toBe('open');
    expect(decision('stage-team:New')?.options.map(({ value }) => value)).toEqual(['ticket', 'none', '21']);
    expect(plan().decisions.map(({ id }) => id).filter((id) => id.startsWith('admin:'))).toEqual(['admin:gone@desk.example']);
    expect(decision('target')?.options[0]?.effect).toContain('with 9 files at their messages');
    expect(decision('workflows-off')).toMatchObject({ recommendation: null, answer: null });
    expect(decision('acting-admin')?.recommendation).toBe('11');
  });

  test('makes attributes of custom fields, each of a type that Intercom has, with fill rate; lists only of two options and more', () => {
    const made = new Map(plan().schema.filter((one) => one.object === 'conversation_settings').map((one) => [one.name, one]));
    expect([made.get('severity__c')?.type, made.get('severity__c')?.options?.map(({ label }) => label), made.get('severity__c')?.evidence]).toEqual(['selection', ['Minor', 'Major'], ['filled in 80 % of the tickets']]);
    expect([made.get('single__c')?.type, made.get('amount__c')?.type, made.get('day__c')?.type, made.get('countries__c')?.type]).toEqual(['text', 'decimal', 'datetime', 'text']);
    expect(made.get('priority__c')?.options?.map(({ label }) => label)).toEqual(['Low', 'Medium', 'High', 'Urgent']);
    expect(plan().schema.every(({ status }) => status === 'proposed')).toBe(true);
  });

  test('speaks of tickets where the connection names a ticket type', () => {
    const tickets = plan({ ticketType: 'Help desk' });
    expect(tickets.mappings.map(({ destination: to }) => to)).toEqual(expect.arrayContaining(['ticket', 'ticket_part', 'ticket_settings']));
    expect(tickets.mappings.some(({ destination: to }) => to.startsWith('conversation'))).toBe(false);
    expect(decision('stage-state:Solved', tickets)?.recommendation).toBe('resolved');
    expect(decision('target', tickets)?.recommendation).toBe('tickets');
  });

  test('is the same for the same catalogs, and takes telephone numbers of the company\'s country', () => {
    expect(plan()).toEqual(plan());
    const phone = plan().mappings.find(({ id }) => id === 'contacts')?.fields.find(({ to }) => to === 'phone');
    expect([phone?.from, JSON.stringify(phone?.transforms)]).toEqual([['phone'], expect.stringContaining('"region":"DE"')]); // Odoo 19 has no field mobile: that one is left out, not the line
  });
});

test('readiness names missing teams and admins, tags of one name, files that stay out, attributes of another type, threads beyond the window', () => {
  const results = new Map(readiness({ source: source(), destination: destination() }).map((one) => [one.name, one]));
  expect(results.get('route-teams')).toMatchObject({ result: 'warning', message: expect.stringContaining('Returns') });
  expect(results.get('route-admins')).toMatchObject({ result: 'warning', message: expect.stringContaining('gone@desk.example (inactive)') });
  expect(results.get('route-tags')).toMatchObject({ result: 'warning', message: expect.stringContaining('Billing / billing') });
  expect(results.get('route-files')?.message).toMatch(/^3: page of ticket 5 \(link\), Setup\.EXE of ticket 4 \(blocked type\), film\.mp4 of ticket 3 \(too large\)/u);
  expect(results.get('route-attributes')).toMatchObject({ result: 'warning', message: expect.stringContaining('stage_name__c is of type integer, not text') });
  expect(results.get('route-attribute-room')).toMatchObject({ result: 'passed', message: '0 of 250 attributes of contacts and companies are in use, 5 are to be made.' });
  const full = { ...destination(), objects: destination().objects.map((one) => (one.name === 'company' ? { ...one, fields: [...one.fields, ...Array.from({ length: 248 }, (_none, at) => field(`taken_${at}`, { custom: true }))] } : one)) };
  expect(readiness({ source: source(), destination: full }).find(({ name }) => name === 'route-attribute-room')).toMatchObject({ result: 'failed', message: expect.stringContaining('248 of 250'), remedy: expect.stringContaining('Archive 3') });
  expect(results.get('route-long-threads')).toMatchObject({ result: 'warning', message: expect.stringContaining('7 (612)') });
  expect(results.get('route-development-workspace')?.result).toBe('warning');
  expect(results.get('route-tickets')?.message).toContain('2 tickets have no partner');
  expect(readiness({ source: source(), destination: destination({ admins: [] }) }).find(({ name }) => name === 'route-admins')?.result).toBe('failed');
  expect(results.get('route-tickets')?.message).toContain(', 9 files; 2 tickets');
  const cut = readiness({ source: source({ filesCut: ['largeFiles'], files: { counted: 9, complete: false } }), destination: destination() });
  expect(cut.find(({ name }) => name === 'route-files')?.message).toMatch(/^At least 3: .*There are more than are listed/u);
  expect(cut.find(({ name }) => name === 'route-tickets')?.message).toContain('at least 9 files');
  expect(readiness({ source: source({ largeFiles: null }), destination: destination() }).find(({ name }) => name === 'route-files')?.result).toBe('warning');
  expect(readiness({ source: source(), destination: destination({ ticketType: 'Nothing' }) }).find(({ name }) => name === 'route-target')?.result).toBe('failed');
});

test('readiness warns no more of what was decided', () => {
  const from = source({ helpDeskStages: [{ id: '1', name: 'New', sequence: 1, closing: false }] });
  const names = ['route-teams', 'route-admins', 'route-files', 'route-stages'];
  const draft = route.propose({ project: 'desk', source: from, sourceHash: 's', destination: destination(), destinationHash: 'd' });
  const results = (answers: ReturnType<typeof answersOf>): unknown[] => names.map((name) => readiness({ source: from, destination: destination(), answers }).find((one) => one.name === name)?.result);
  expect(results(answersOf(draft))).toEqual(names.map(() => 'warning'));
  expect(results(answersOf(acceptRecommendations(draft)))).toEqual(names.map(() => 'passed'));
});

test('the documents list policies, teams to make, agents, exceptions, collisions and automations', () => {
  const documents = new Map(handoff.documents({ plan: plan(), source: source(), destination: destination(), report: null, placed: {} }).map((one) => [one.id, one]));
  const rowsOf = (id: string, section: string): readonly (readonly unknown[])[] => documents.get(id)?.sections.find((one) => one.id === section)?.rows ?? [];
  expect(rowsOf('sla-inventory', 'policies')[0]).toEqual(['First answer', '4 h', 'Support', 'Solved', null, true, expect.stringContaining('first response of 4 h')]);
  expect(rowsOf('configuration', 'provisioning')).toEqual([['Returns', null]]);
  expect(rowsOf('configuration', 'teams')[0]).toEqual(['Support', true, '21', 'help@desk.example', false, 'by hand', false, null, 1]);
  expect(rowsOf('owners', 'agents').map((row) => row.slice(0, 4))).toEqual([['Erna', 'erna@desk.example', true, true], ['Gone', 'gone@desk.example', false, true]]);
  expect(rowsOf('attachment-exceptions', 'files').map((row) => [row[0], row[2]])).toEqual([['page', 'link'], ['Setup.EXE', 'blocked type'], ['film.mp4', 'too large']]);
  expect(rowsOf('tags', 'collisions')).toEqual([['Billing / billing']]);
  expect(rowsOf('automations', 'automations')[0]?.slice(0, 2)).toEqual(['automated action', 'Escalate']);
  const archived = rowsOf('rollback-residue', 'attributes'); // every one of them, none cut off
  expect(archived.map((row) => row[1])).toEqual(plan().schema.map(({ name }) => name));
  expect(rowsOf('field-map', 'fields').length).toBeGreaterThan(60);
  expect(handoff.cutOver({ plan: plan(), source: source(), destination: destination(), report: null }).some(({ step }) => step.includes('Returns'))).toBe(true);
});

test('a rating is dated with when it was given, where Odoo keeps that, else with when it was made', async () => {
  const body = plan().mappings.find(({ id }) => id === 'rating-notes')?.fields.find(({ to }) => to === 'body');
  const [step] = body?.transforms ?? [];
  const evaluate = prepareExpression(typeof step === 'object' && 'jsonata' in step ? String(step['jsonata']) : '');
  const record = { rating: 5, feedback: null, create_date: '2024-01-01T00:00:00Z', ticket_id: '7' };
  expect(await evaluate({ value: 'HT7', record: { ...record, rated_on: '2024-01-03T10:00:00Z' }, links: {}, facts: {} })).toBe('Rating 5 (2024-01-03T10:00:00Z, ticket HT7)');
  for (const older of [record, { ...record, rated_on: null }]) expect(await evaluate({ value: null, record: older, links: {}, facts: {} })).toBe('Rating 5 (2024-01-01T00:00:00Z, ticket 7)');
});

test('every row HI-01 to HI-12 is in the guide\'s data and moved', () => {
  expect(route.rows.map(({ id, since }) => [id, since !== null])).toEqual(Array.from({ length: 12 }, (_none, at) => [`HI-${String(at + 1).padStart(2, '0')}`, true]));
});
