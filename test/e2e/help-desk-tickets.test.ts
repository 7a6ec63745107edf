import { expect, test } from 'vitest';
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
  expect(back.rollback).toMatchObject({ kept: 0, residue: [] });
  expect(tickets()).toEqual([]);
}, 500_000);
