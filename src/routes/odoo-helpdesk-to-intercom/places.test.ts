import { describe, expect, test } from 'vitest';
import type { Catalog, CatalogField, CatalogObject } from '../../connector/catalog.ts';
import type { JsonObject } from '../../connector/json.ts';
import type { FieldLine, Plan } from '../../plan/plan.ts';
import type { MatchGuide } from '../../proposal/match-guide.ts';
import { withMemory } from '../../proposal/memory/recall.ts';
import { propose } from './propose.ts';

const field = (name: string, more: Partial<CatalogField> = {}): CatalogField => ({ name, label: name, type: 'text', required: false, readonly: false, custom: false, ...more });
const object = (name: string, fields: readonly (string | CatalogField)[]): CatalogObject => ({ name, label: name, count: 3, fields: fields.map((one) => (typeof one === 'string' ? field(one) : one)) });
const catalog = (platform: string, objects: readonly CatalogObject[], facts: JsonObject): Catalog => ({ platform, version: '1', edition: null, objects, facts, limits: [], notes: [], questions: [] });
const options = (...labels: string[]) => labels.map((label, at) => ({ value: String(at), label }));
const studio = (name: string, label: string, more: Partial<CatalogField> = {}): CatalogField => field(`x_studio_${name}`, { label, custom: true, profile: { filled: 0.6, distinct: 3, samples: ['SO17', 'SO18', 'SO23'], typeConfidence: 1 }, ...more });
const attribute = (name: string, more: Partial<CatalogField> = {}): CatalogField => field(name, { custom: true, ...more });

const stages = [{ id: '1', name: 'Neu', closing: false }, { id: '2', name: 'Wartend', closing: false }, { id: '3', name: 'Erledigt', closing: true }, { id: '4', name: 'Zweite Linie', closing: false }];
function planOf(params: Readonly<{ custom?: readonly CatalogField[]; attributes?: readonly CatalogField[]; company?: readonly CatalogField[]; contact?: readonly CatalogField[]; priority?: CatalogField; guide?: MatchGuide; teams?: readonly string[]; answers?: Readonly<Record<string, string>> }> = {}): Plan {
  const source = catalog('odoo', [
    object('partner', ['id', 'name', 'email', field('vat', { label: 'Tax ID' }), field('lang', { label: 'Language', type: 'selection' }), 'active']), object('company', ['id', 'name', field('vat', { label: 'Tax ID' }), field('phone', { label: 'Phone', type: 'phone' })]), object('user', ['login', 'email', 'name']), object('team', ['name']), object('stage', ['name', 'sequence']), object('tag', ['name']),
    object('ticket', ['id', 'name', 'description', 'partner_id', 'user_id', 'team_id', 'stage_id', 'stage_name', 'created_at', params.priority ?? field('priority', { type: 'selection' }), ...params.custom ?? []]), object('message', ['body', 'ticket_id']),
  ], {
    helpDeskStages: stages, helpDeskTeams: ['Kundendienst', 'Billing', 'Returns'].map((name, at) => ({ id: String(at), name, active: true })),
    agents: [{ id: '5', name: 'Erna Blum', login: 'erna', email: 'erna@old.example', active: true, assigned: true }, { id: '6', name: 'Jo Park', login: 'jo', email: 'jo@old.example', active: true, assigned: true }],
  });
  const ticketish = ['contact_id', 'title', 'body', 'created_at', field('company_id', { type: 'reference' }), ...params.attributes ?? []];
  const destination = catalog('intercom', [
    object('contact', ['external_id', 'email', 'name', ...params.contact ?? []]), object('company', ['company_id', 'name', 'plan', ...params.company ?? []]), object('admin', ['name', 'email']), object('team', ['name']), object('tag', ['name']), object('conversation', ['contact_id', 'body', 'created_at']), object('conversation_part', ['body']),
    object('conversation_settings', ticketish), object('ticket', ticketish), object('ticket_part', ['body']), object('ticket_settings', ['state_category']),
  ], { admins: [{ id: '1', name: 'Migration', email: 'migration@desk.example' }, { id: '2', name: 'Blum, Erna', email: 'e.blum@desk.example' }], teams: (params.teams ?? ['Customer service', 'billing']).map((name, at) => ({ id: String(at), name })), ticketTypes: [{ id: '9', name: 'Help desk', category: 'Customer' }] });
  return propose({ project: 'acme', source, sourceHash: 's', destination, destinationHash: 'd', guide: params.guide, ...(params.answers === undefined ? {} : { answers: params.answers }) });
}
const linesFrom = (plan: Plan, from: string, id = 'settings'): readonly FieldLine[] => plan.mappings.find((mapping) => mapping.id === id)?.fields.filter((line) => [line.from ?? []].flat().includes(from)) ?? [];
const decision = (plan: Plan, id: string) => plan.decisions.find((one) => one.id === id);

describe('custom fields of tickets', () => {
  const custom = [studio('order_number', 'Order number'), studio('severity', 'Schweregrad', { type: 'selection', options: [{ value: 'lo', label: 'Niedrig' }, { value: 'hi', label: 'Hoch' }] }), studio('amount', 'Amount', { type: 'money' })];

  test('go to attributes that people made in the workspace, where these mean the same and take the values; none is made twice', () => {
    const plan = planOf({ custom, attributes: [attribute('Order number'), attribute('Severity', { type: 'selection', options: options('Low', 'High').map(({ label }) => ({ value: label, label })) }), attribute('Amount', { type: 'boolean' })] });
    const [order] = linesFrom(plan, 'x_studio_order_number');
    expect([order?.to, order?.reason]).toEqual(['Order number', expect.stringContaining('same name as "Order number"')]);
    expect(order?.confidence).toBeLessThan(1);
    expect(linesFrom(plan, 'x_studio_amount').map(({ to, reason }) => [to, reason])).toEqual([['amount__c', expect.stringContaining('its values are money, the attribute is boolean')]]);
    expect(plan.schema.map(({ name }) => name)).not.toContain('order_number__c');
  });

  test('lists are paired option by option by what they mean; without a partner for each an attribute of its own is made', () => {
    const severity = (labels: readonly string[]) => attribute('Severity', { type: 'selection', options: labels.map((label) => ({ value: label, label })) });
    const remembered = { sourceObject: 'ticket', header: 'x_studio_severity', destinationObject: 'conversation_settings', target: 'Severity', corrected: true, project: 'earlier', route: 'odoo-helpdesk-to-intercom', sourcePlatform: 'odoo', destinationPlatform: 'intercom', confirmedAt: '2026-11-01T10:00:00Z' };
    const guide: MatchGuide = ({ matches, sourceObject, destinationObject }) => withMemory({ matches, memory: [remembered], project: 'acme', route: 'odoo-helpdesk-to-intercom', sourcePlatform: 'odoo', destinationPlatform: 'intercom', sourceObject: sourceObject.name, destination: destinationObject });
    const [paired] = linesFrom(planOf({ custom, attributes: [severity(['Low', 'High'])], guide }), 'x_studio_severity');
    expect([paired?.to, paired?.transforms, paired?.reason]).toEqual(['Severity', [{ map: { values: { lo: 'Low', hi: 'High' }, exact: true } }], expect.stringMatching(/orrected by a person in project earlier[\s\S]*"Niedrig" → "Low"/u)]);
    const [own] = linesFrom(planOf({ custom, attributes: [severity(['Low', 'Broken'])], guide }), 'x_studio_severity');
    expect([own?.to, own?.reason]).toEqual(['severity__c', expect.stringContaining('the attribute has no option for "Hoch"')]);
  });

  test('two of one meaning never go to one attribute, and an attribute of an earlier load keeps its own field', () => {
    const twins = [studio('order_number', 'Order number'), studio('order_number_2', 'Order number')];
    const plan = planOf({ custom: twins, attributes: [attribute('Order number'), attribute('order_number_2__c', { label: 'Order number', description: 'Order number (Odoo)' })] });
    const [first, second] = twins.map(({ name }) => linesFrom(plan, name)[0]);
    expect([first?.to, second?.to, second?.reason]).toEqual(['Order number', 'order_number_2__c', expect.stringContaining('Order number comes nearest: filled by x_studio_order_number')]);
  });

  test('find attributes of the ticket type where tickets are the target', () => {
    const plan = planOf({ custom, attributes: [attribute('Order number')], answers: { target: 'tickets' } });
    expect(linesFrom(plan, 'x_studio_order_number', 'tickets').map(({ to }) => to)).toEqual(['Order number']);
  });
});

test('what no field of Intercom takes goes to an attribute of the same meaning, else says with what probability there is none', () => {
  const plan = planOf({ company: [attribute('Tax ID')], contact: [] });
  expect(linesFrom(plan, 'vat', 'companies').map(({ to }) => to)).toEqual(['Tax ID']);
  const left = plan.mappings.find(({ id }) => id === 'contacts')?.leftOut.find(({ from }) => from === 'vat');
  expect(left?.reason).toContain('Nothing at Intercom takes vat of partner: ');
  expect(left?.confidence).toBeLessThan(1);
});

describe('values and people', () => {
  test('priorities beyond Odoo\'s own are taken by their sense, else keep their name', () => {
    const plan = planOf({ priority: field('priority', { type: 'selection', options: [...options('Low priority', 'Medium', 'High', 'Urgent'), { value: '4', label: 'Kritisch' }, { value: '5', label: 'VIP' }] }) });
    const [line] = linesFrom(plan, 'priority');
    expect(line?.transforms).toEqual([{ map: { values: { 0: 'Low', 1: 'Medium', 2: 'High', 3: 'Urgent', 4: 'Urgent', 5: 'VIP' }, otherwise: null } }]);
    expect(line?.reason).toMatch(/"Kritisch" is taken as Urgent \(\d+ %.*"VIP" keeps its own name/u);
    expect(plan.schema.find(({ name }) => name === 'priority__c')?.options?.map(({ label }) => label)).toEqual(['Low', 'Medium', 'High', 'Urgent', 'VIP']);
  });

  test('states of tickets follow the names of stages in other languages, but never against what Odoo counts as closed', () => {
    const tickets = planOf({ answers: { target: 'tickets' } });
    expect(stages.map(({ name }) => decision(tickets, `stage-state:${name}`)?.recommendation)).toEqual(['submitted', 'waiting_on_customer', 'resolved', 'in_progress']);
    expect(decision(planOf(), 'stage-state:Wartend')).toMatchObject({ recommendation: 'open', reason: expect.stringContaining('reads as "pending"') });
  });

  test('teams under another name and agents with another address are proposed with their probability; unlike ones wait for a person', () => {
    const plan = planOf();
    expect(decision(plan, 'team:Billing')).toBeUndefined();
    expect(decision(plan, 'team:Returns')?.recommendation).toBe('Returns');
    expect(decision(plan, 'team:Kundendienst')?.options.map(({ value }) => value).toSorted()).toEqual(['Customer service', 'Kundendienst', 'billing']);
    expect(decision(plan, 'team:Kundendienst')?.reason).toMatch(/Customer service" \(\d+ %/u);
    expect(decision(plan, 'admin:erna')).toMatchObject({ recommendation: 'e.blum@desk.example', reason: expect.stringContaining('same name (90 %)') });
    expect(decision(plan, 'admin:jo')).toMatchObject({ recommendation: '(nobody)' });
  });
});
