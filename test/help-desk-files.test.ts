import { expect, test } from 'vitest';
import type { JsonObject } from '../src/connector/json.ts';
import { withDesks } from './support/desk-by-hand.ts';

const desks = withDesks();

test('discovery counts the files of tickets and their messages, and lists the large, risky and linked ones wherever they hang', async () => {
  const desk = await desks.start();
  const { create, say, attach } = desk;
  const ada = await create('res.partner', { name: 'Ada Novak', email: 'ada@larkspur.example' });
  const [first, second] = [await create('helpdesk.ticket', { name: 'One', partner_id: ada }), await create('helpdesk.ticket', { name: 'Two', partner_id: ada })];
  const own = await attach(first, 'film.mp4', Buffer.alloc(5 * 1024 * 1024 + 1, 7));
  const elsewhere = await create('ir.attachment', { name: 'setup.EXE', res_model: 'res.partner', res_id: ada, datas: Buffer.from('MZ').toString('base64'), type: 'binary' });
  const page = await create('ir.attachment', { name: 'page', res_model: 'mail.message', res_id: 0, type: 'url', url: 'https://larkspur.example/page' });
  await create('ir.attachment', { name: 'not ours.exe', res_model: 'res.partner', res_id: ada, datas: Buffer.from('MZ').toString('base64'), type: 'binary' });
  await say(second, ada, '<p>Forwarded.</p>', { attachment_ids: [[6, 0, [elsewhere, page, own]]] });
  await desk.engine.discover({ project: desk.project, roles: ['source'] });
  const facts = (await desks.tests.store.loadCatalog(desk.projectId, 'source'))?.catalog.facts ?? {};
  const of = (fact: string): unknown => (facts[fact] as readonly JsonObject[]).map(({ id, name, ticket }) => [id, name, ticket]);
  expect(facts['files']).toEqual({ counted: 3, complete: true });
  expect(facts['filesCut']).toEqual([]);
  expect([of('largeFiles'), of('riskyFiles'), of('linkedFiles')]).toEqual([[[String(own), 'film.mp4', String(first)]], [[`${second}-${elsewhere}`, 'setup.EXE', String(second)]], [[`${second}-${page}`, 'page', String(second)]]]);
});

test('a list that is cut says so', async () => {
  const desk = await desks.start();
  const ada = await desk.create('res.partner', { name: 'Ada Novak', email: 'ada@larkspur.example' });
  const ticket = await desk.create('helpdesk.ticket', { name: 'One', partner_id: ada });
  await desk.call('ir.attachment', 'create', [Array.from({ length: 2_001 }, (_none, at) => ({ name: `page ${at}`, res_model: 'helpdesk.ticket', res_id: ticket, type: 'url', url: 'https://larkspur.example/page' }))]);
  await desk.engine.discover({ project: desk.project, roles: ['source'] });
  const facts = (await desks.tests.store.loadCatalog(desk.projectId, 'source'))?.catalog.facts ?? {};
  expect([facts['files'], facts['filesCut'], (facts['linkedFiles'] as readonly unknown[]).length]).toEqual([{ counted: 2_001, complete: true }, ['linkedFiles'], 2_000]);
});
