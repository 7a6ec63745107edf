import { expect, test } from 'vitest';
import { formatPlan } from '../../src/plan/format.ts';
import { archivedAt, listedAsArchived } from '../support/archived.ts';
import { withDesks } from '../support/desk-by-hand.ts';
import { fillDesk, rows, textOf, type Part } from '../support/filled-desk.ts';
import { expectClean, phaseOf } from '../support/reports.ts';

const desks = withDesks();

test('tickets as the target: attributes, states, dates, assignment, replies in silence; customers\' files as notes; written once and taken back', async () => {
  const desk = await desks.start({ settings: { ticketType: 'Help desk' } });
  const { ids } = await fillDesk(desk, 'enterprise');
  await desk.ask('POST', '/ticket_types', { name: 'Help desk', category: 'Customer', description: 'From Odoo' });
  await desk.ask('POST', '/ticket_types', { name: 'Other', category: 'Customer', description: 'Not ours' });
  await desk.planned({ 'partner-without-email': 'leave-out' });
  const { plan } = await desk.engine.currentPlan(desk.project);
  expect(plan.decisions.find(({ id }) => id === 'target')?.answer).toBe('tickets');
  const report = await desk.run();
  expectClean(report);
  const tickets = () => rows(desk, 'tickets').filter((one) => one.deletedAt === null);
  const titled = (title: string) => tickets().find((one) => one.attributes['_default_title_'] === title) ?? expect.fail(`no ticket ${title}`);
  const admins = new Map(rows(desk, 'admins').map((admin) => [admin.email, admin.id]));
  const teams = new Map(rows(desk, 'teams').map((team) => [team.name, team.id]));
  const invoice = titled('Invoice is wrong');
  expect(textOf({ body: String(invoice.attributes['_default_description_']) } as Part)).toContain('Prices < 100');
  expect(invoice.attributes).toMatchObject({ order_reference__c: 'SO17', quantity__c: 4 });
  expect([invoice.adminAssignee, invoice.teamAssignee]).toEqual([admins.get('agent.1@helpdesk.example'), teams.get('Support')]);
  expect(Object.keys(invoice.tags)).toHaveLength(2);
  expect(new Set([invoice.stateId, titled('Parked').stateId]).size).toBe(2);
  const spoken = invoice.parts.filter((part) => (part.body ?? '') !== '');
  expect(spoken.filter((part) => part.type === 'comment').map(textOf)).toEqual(expect.arrayContaining(['Please look.', 'We do.', expect.stringContaining('Here they are.')]));
  expect(spoken.filter((part) => part.attachments.length > 0).map((part) => `${part.type} ${part.attachments.length}`).toSorted()).toEqual(['note 10', 'note 3']);
  expect(desk.intercom.state.sideEffects().filter(({ kind }) => kind === 'customer-notified')).toEqual([]);
  expect(desk.intercom.state.count('conversations')).toBe(0);
  expect((await desk.run()).written).toBe(0);
  await desk.call('helpdesk.ticket', 'write', [[ids.parked], { name: 'Parked no more' }]);
  const delta = await desk.run('delta');
  expectClean(delta);
  expect(phaseOf(delta, 'tickets').updated).toBe(1);
  expect(titled('Parked no more')).toBeDefined();
  const back = await desk.run('rollback');
  expect(back.rollback).toMatchObject({ kept: 0 });
  expect(listedAsArchived(back)).toEqual(archivedAt(desk.intercom));
  expect(archivedAt(desk.intercom).filter((one) => one.startsWith('ticket')).length).toBeGreaterThan(2);
  expect(tickets()).toEqual([]);
}, 500_000);

test('what tickets become is a decision: with counts, changed after the confirmation, refused once records stand at Intercom, free again after a rollback', async () => {
  const desk = await desks.start();
  await fillDesk(desk, 'enterprise');
  const type = await desk.ask('POST', '/ticket_types', { name: 'Help desk', category: 'Customer', description: 'From Odoo' });
  await desk.ask('POST', `/ticket_types/${String(type['id'])}/attributes`, { name: 'Order reference', description: 'Made by hand', data_type: 'string' });
  await desk.planned({ 'partner-without-email': 'leave-out' });
  const before = await desk.engine.currentPlan(desk.project);
  const target = before.plan.decisions.find(({ id }) => id === 'target');
  expect([target?.answer, target?.options.map(({ value }) => value)]).toEqual(['conversations', ['conversations', 'tickets']]);
  expect(target?.question).toMatch(/^What do the \d+ tickets become/u);
  for (const { effect } of target?.options ?? []) expect(effect).toMatch(/\d+ (?:conversations|tickets) with .*\d+ .*replies and notes/u);

  // A person's own edit, and what the answer does not touch, outlive the change; what it does touch is proposed anew.
  const edited = { ...before.plan, mappings: before.plan.mappings.map((mapping) => (mapping.id !== 'contacts' ? mapping : { ...mapping, fields: mapping.fields.map((line) => (line.to === 'job_title__c' ? { ...line, transforms: ['collapseSpaces'] } : line)) })) };
  await desk.engine.savePlan({ project: desk.project, text: formatPlan(edited) });
  const { plan } = await desk.engine.decide({ project: desk.project, answers: { target: 'tickets' }, by: 'test' });
  const byId = new Map(plan.mappings.map((mapping) => [mapping.id, mapping]));
  expect([byId.has('conversations'), byId.get('tickets')?.status, byId.get('parts')?.destination, byId.get('settings')?.destination, byId.get('contacts')?.status]).toEqual([false, 'proposed', 'ticket_part', 'ticket_settings', 'confirmed']);
  expect(byId.get('contacts')?.fields.find(({ to }) => to === 'job_title__c')).toMatchObject({ transforms: ['collapseSpaces'], status: 'confirmed' });
  expect(plan.schema.some(({ object }) => object === 'conversation_settings')).toBe(false);
  // An attribute that people made takes the custom field of the same name; no second one is made.
  expect(byId.get('tickets')?.fields.find(({ from }) => from === 'x_studio_order_reference')).toMatchObject({ to: 'Order reference', reason: expect.stringContaining('ame name as "Order reference"') });
  expect(plan.schema.some(({ name }) => name === 'order_reference__c')).toBe(false);
  await expect(desk.engine.startRun({ project: desk.project, mode: 'production', settings: {}, by: 'test' })).rejects.toMatchObject({ code: 'plan-not-confirmed' });
  await desk.engine.confirmPlan({ project: desk.project, by: 'test', acceptRecommendations: true });
  await desk.engine.propose({ project: desk.project });
  expect((await desk.engine.currentPlan(desk.project)).plan.decisions.find(({ id }) => id === 'target')?.answer).toBe('tickets');
  await desk.engine.confirmPlan({ project: desk.project, by: 'test', acceptRecommendations: true });
  expectClean(await desk.run());
  expect(rows(desk, 'tickets').find((one) => one.attributes['_default_title_'] === 'Invoice is wrong')?.attributes).toMatchObject({ 'Order reference': 'SO17', quantity__c: 4 });
  expect([rows(desk, 'tickets').filter((one) => one.deletedAt === null).length > 2, desk.intercom.state.count('conversations')]).toEqual([true, 0]);

  await expect(desk.engine.decide({ project: desk.project, answers: { target: 'conversations' }, by: 'test' })).rejects.toMatchObject({ code: 'already-loaded', message: expect.stringMatching(/decision target .*tickets \(\d+\)/u), remedy: expect.stringContaining('portolan rollback') });
  const loaded = await desk.engine.currentPlan(desk.project);
  const asFile = formatPlan({ ...loaded.plan, decisions: loaded.plan.decisions.map((one) => (one.id === 'target' ? { ...one, answer: 'conversations' } : one)) });
  await expect(desk.engine.savePlan({ project: desk.project, text: asFile })).rejects.toMatchObject({ code: 'already-loaded' });
  expect((await desk.engine.currentPlan(desk.project)).stored.hash).toBe(loaded.stored.hash);

  await desk.run('rollback');
  const free = await desk.engine.decide({ project: desk.project, answers: { target: 'conversations' }, by: 'test' });
  expect(free.plan.mappings.some(({ id }) => id === 'conversations')).toBe(true);
}, 500_000);
