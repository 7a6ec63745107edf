import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { archivedAt, listedAsArchived } from '../support/archived.ts';
import { makeAttributesByHand } from '../support/attributes-by-hand.ts';
import { withDesks, type DeskByHand } from '../support/desk-by-hand.ts';
import { conversationOf, fillDesk, rows, textOf, type Part } from '../support/filled-desk.ts';
import { expectClean } from '../support/reports.ts';

const desks = withDesks();
const settled = { 'partner-without-email': 'leave-out' } as const;
const lineTo = async (desk: DeskByHand, to: string) => (await desk.engine.currentPlan(desk.project)).plan.mappings.find(({ id }) => id === 'settings')?.fields.find((line) => line.to === to);
const decisionOf = async (desk: DeskByHand, id: string) => (await desk.engine.currentPlan(desk.project)).plan.decisions.find((one) => one.id === id);

test('version 2.15 without the attributes: title, state and assignment go in, the others are a declared loss; made by hand later, a delta fills them', async () => {
  const desk = await desks.start({ settings: { version: '2.15' } });
  await fillDesk(desk, 'enterprise');
  await desk.ask('POST', '/conversations/attributes', { name: 'stage_name__c', data_type: 'string' });
  await desk.planned(settled);
  const decision = await decisionOf(desk, 'attributes-by-hand');
  expect(decision).toMatchObject({ answer: 'leave-out', recommendation: 'leave-out' });
  expect(decision?.options.find(({ value }) => value === 'leave-out')?.effect).toMatch(/declared loss:.*priority__c \(list: Low, Medium, High, Urgent\).*sla_deadline__c \(date and time\)/u);
  expect(decision?.options.find(({ value }) => value === 'leave-out')?.effect).not.toContain('stage_name__c');
  const { plan } = await desk.engine.currentPlan(desk.project);
  expect(plan.schema.map(({ object, name }) => `${object}.${name}`).filter((name) => name.startsWith('conversation_settings'))).toEqual(['conversation_settings.stage_name__c']);
  expect(plan.mappings.find(({ id }) => id === 'settings')?.leftOut.find(({ from }) => from === 'priority')).toMatchObject({ reason: expect.stringContaining('priority__c') as unknown, loss: expect.stringContaining('attributes-by-hand') as unknown });
  const checks = await desk.engine.check({ project: desk.project, roles: ['destination'] });
  expect(checks.destination?.find(({ name }) => name === 'route-api-version')).toMatchObject({ result: 'warning', message: expect.stringMatching(/^2\.15: .*severity__c \(list: /u) as unknown });
  expect(checks.destination?.filter(({ result }) => result === 'failed')).toEqual([]);

  expectClean(await desk.run());
  const invoice = conversationOf(desk, 'Invoice is wrong');
  expect([invoice.state, invoice.attributes]).toEqual(['closed', { stage_name__c: 'Solved' }]);
  expect(invoice.adminAssignee).toBe(rows(desk, 'admins').find(({ email }) => email === 'agent.1@helpdesk.example')?.id);

  // Somebody makes two of them: found and proposed, they are left out no more.
  await desk.ask('POST', '/conversations/attributes', { name: 'priority__c', data_type: 'list', options: ['Low', 'Medium', 'High', 'Urgent'].map((label) => ({ label })) });
  await desk.ask('POST', '/conversations/attributes', { name: 'quantity__c', data_type: 'integer' });
  await desk.planned(settled);
  expect((await lineTo(desk, 'priority__c'))?.status).toBe('confirmed');
  expect((await decisionOf(desk, 'attributes-by-hand'))?.options[0]?.effect).not.toMatch(/priority__c|quantity__c/u);
  const left = (await desk.engine.currentPlan(desk.project)).plan.mappings.find(({ id }) => id === 'settings')?.leftOut.map(({ from }) => from);
  expect([left?.includes('priority'), left?.includes('sla_deadline')]).toEqual([false, true]);
  expectClean(await desk.run('delta'));
  expect(conversationOf(desk, 'Invoice is wrong')).toMatchObject({ state: 'closed', attributes: { stage_name__c: 'Solved', priority__c: 'Urgent', quantity__c: 4 } });
}, 500_000);

test('version 2.15 with the attributes made by hand: a production run is refused until the last of them is there, and the plan can be had without it', async () => {
  const desk = await desks.start({ settings: { version: '2.15' } });
  await fillDesk(desk, 'enterprise');
  await desk.planned({ ...settled, 'attributes-by-hand': 'make' });
  await makeAttributesByHand(desk, (name) => name !== 'severity__c');
  const refused = await desk.run().catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: 'readiness-refused', message: expect.stringMatching(/1 of the plan is not there: severity__c \(list: .+\)\.$/u) as unknown, remedy: expect.stringContaining('exactly these names, types and options') as unknown });
  expect(desk.intercom.state.count('contacts')).toBe(0);
  await desk.engine.decide({ project: desk.project, answers: { 'attributes-by-hand': 'leave-out' }, by: 'test' });
  expect([await lineTo(desk, 'priority__c'), (await desk.engine.currentPlan(desk.project)).plan.schema.some(({ object }) => object === 'conversation_settings')]).toEqual([undefined, false]); // as discovered before they were made
  await desk.planned(settled);
  expect([(await lineTo(desk, 'priority__c'))?.status, await lineTo(desk, 'severity__c')]).toEqual(['confirmed', undefined]);
  const checks = await desk.engine.check({ project: desk.project, roles: ['destination'] });
  expect(checks.destination?.filter(({ result }) => result === 'failed')).toEqual([]);
}, 500_000);

test('version 2.15, tickets as the target: each file is a note with its digest, its bytes in the archive folder, and a declared loss', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-left-out-'));
  try {
    const desk = await desks.start({ settings: { version: '2.15', ticketType: 'Help desk', archiveFolder: folder } });
    await fillDesk(desk, 'enterprise');
    await desk.ask('POST', '/ticket_types', { name: 'Help desk', category: 'Customer', description: 'From Odoo' });
    await desk.planned(settled);
    const { plan } = await desk.engine.currentPlan(desk.project);
    expect(plan.decisions.some(({ id }) => id === 'attributes-by-hand')).toBe(false); // attributes of tickets are made in every version
    expect(plan.mappings.find(({ id }) => id === 'left-out-files')).toMatchObject({ destination: 'ticket_part', loss: expect.stringContaining('each is a note with name, size and SHA-256') as unknown });
    expect(plan.mappings.flatMap(({ fields }) => fields).some(({ to }) => to === 'files')).toBe(false);
    expect(plan.decisions.find(({ id }) => id === 'target')?.options.find(({ value }) => value === 'tickets')?.effect).toMatch(/files each becomes a note/u);
    const checks = await desk.engine.check({ project: desk.project, roles: ['destination'] });
    expect(checks.destination?.find(({ name }) => name === 'route-api-version')).toMatchObject({ result: 'warning', message: expect.stringContaining('no files for tickets: were tickets chosen, each of their files') as unknown });
    expectClean(await desk.run());
    const invoice = rows(desk, 'tickets').find((one) => one.attributes['_default_title_'] === 'Invoice is wrong');
    expect(invoice?.attributes).toMatchObject({ order_reference__c: 'SO17', quantity__c: 4 });
    const notes = (invoice?.parts ?? []).filter((part) => part.type === 'note' && textOf(part).startsWith('[file not moved]'));
    expect(notes).toHaveLength(14);
    const digest = createHash('sha256').update('picture 3').digest('hex');
    expect(textOf(notes.find((part) => textOf(part).includes('picture 3.png')))).toContain(`SHA-256 ${digest}`);
    expect(readdirSync(folder)).toHaveLength(14);
    expect(readdirSync(folder)).toContain(`${digest.slice(0, 16)}-picture 3.png`);
    expect((invoice?.parts ?? []).flatMap(({ attachments }) => attachments)).toEqual([]);
    expect((await desk.run()).written).toBe(0);
    const back = await desk.run('rollback');
    expect(back.rollback).toMatchObject({ kept: 0 });
    expect(listedAsArchived(back)).toEqual(archivedAt(desk.intercom));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 500_000);

test('the Preview version: Odoo\'s priorities become the conversation\'s own, as decided for each; a delta follows', async () => {
  const desk = await desks.start({ settings: { version: 'Preview' } });
  const { ids } = await fillDesk(desk, 'enterprise');
  await desk.planned({ ...settled, 'priority:0': 'none' });
  const { plan } = await desk.engine.currentPlan(desk.project);
  expect(plan.decisions.filter(({ id }) => id.startsWith('priority:')).map(({ id, answer, recommendation }) => [id, answer, recommendation])).toEqual([
    ['priority:0', 'none', 'low'], ['priority:1', 'medium', 'medium'], ['priority:2', 'high', 'high'], ['priority:3', 'urgent', 'urgent'],
  ]);
  expect([await lineTo(desk, 'priority__c'), plan.schema.some(({ name }) => name === 'priority__c')]).toEqual([undefined, false]);
  const report = await desk.run();
  expectClean(report);
  const priorityOf = (title: string): unknown => (conversationOf(desk, title) as unknown as { readonly priority: string }).priority;
  expect([priorityOf('Invoice is wrong'), priorityOf('Parked'), conversationOf(desk, 'Invoice is wrong').state]).toEqual(['urgent', 'none', 'closed']);
  expect(conversationOf(desk, 'Invoice is wrong').attributes).toMatchObject({ stage_name__c: 'Solved' });
  expect(textOf({ body: conversationOf(desk, 'Invoice is wrong').source.body } as Part)).toContain('The total is wrong.');
  expect((await desk.run()).written).toBe(0);
  await desk.call('helpdesk.ticket', 'write', [[ids.first], { priority: '1' }]);
  expectClean(await desk.run('delta'));
  expect([priorityOf('Invoice is wrong'), conversationOf(desk, 'Invoice is wrong').state]).toEqual(['medium', 'closed']);
  const back = await desk.run('rollback');
  expect(back.rollback).toMatchObject({ kept: 0 });
  expect(listedAsArchived(back)).toEqual(archivedAt(desk.intercom));
}, 500_000);
