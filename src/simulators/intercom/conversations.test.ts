import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { IntercomSimulatorOptions } from './options.ts';
import { noonSeconds, rawClient } from './testing/raw-client.ts';
import type { Loose, RawClient } from './testing/raw-client.ts';

let client: RawClient;
afterEach(() => client.intercom.stop());
const start = async (options?: IntercomSimulatorOptions): Promise<RawClient & { id: string; who: string }> => {
  client = await rawClient(options);
  const who = await client.contact('customer@one.example', { external_id: 'x-1' });
  return { ...client, who, id: await client.conversation(who, { body: 'First <b>words</b>\nsecond line', created_at: noonSeconds - 86_400 }) };
};
const year = 365 * 86_400;
const parts = (body: Loose): Loose[] => body.conversation_parts.conversation_parts;

describe('conversations', () => {
  test('answer with a message whose id is not theirs, dated as told, in plain text', async () => {
    const { call, who } = await start();
    const { body } = await call('POST', '/conversations', { from: { type: 'user', id: who }, body: 'Hi', created_at: noonSeconds - year });
    expect(body).toMatchObject({ type: 'user_message', created_at: noonSeconds - year, body: 'Hi', message_type: 'inapp' });
    expect(body.conversation_id).not.toBe(body.id);
    const read = (await call('GET', `/conversations/${body.conversation_id}`)).body;
    expect(read).toMatchObject({ created_at: noonSeconds - year, state: 'open', title: null, admin_assignee_id: 0, team_assignee_id: 0, source: { id: body.id, body: '<p>Hi</p>', author: { type: 'user', id: who } } });
    expect((await call('GET', `/conversations/${body.id}`)).status).toBe(404);
  });

  test('keep the tags of HTML as text and give plain text when asked', async () => {
    const { call, id } = await start();
    expect((await call('GET', `/conversations/${id}`)).body.source.body).toBe('<p>First &lt;b&gt;words&lt;/b&gt;<br>second line</p>');
    expect((await call('GET', `/conversations/${id}?display_as=plaintext`)).body.source.body).toBe('First <b>words</b>\nsecond line');
  });

  test('begin with a contact only, and ignore what the call does not take', async () => {
    const { call, who, admin } = await start();
    expect((await call('POST', '/conversations', { from: { type: 'admin', id: admin }, body: 'x' })).status).toBe(400);
    expect((await call('POST', '/conversations', { from: { type: 'user', id: 'f'.repeat(24) }, body: 'x' })).body.errors[0].message).toBe('User Not Found');
    const { body } = await call('POST', '/conversations', { from: { type: 'contact', id: who }, body: 'x', custom_attributes: { a: 1 }, attachment_files: [{ name: 'a.txt', content_type: 'text/plain', data: 'YQ==' }] });
    expect((await call('GET', `/conversations/${body.conversation_id}`)).body.source.attachments).toEqual([]);
  });

  test('refuse dates in the future and in milliseconds', async () => {
    const { call, id, admin } = await start();
    for (const created_at of [noonSeconds + 1, noonSeconds * 1_000, 1.5, '2026-01-01']) {
      const { status, body } = await call('POST', `/conversations/${id}/reply`, { type: 'admin', admin_id: admin, message_type: 'note', body: 'x', created_at });
      expect([status, body.errors[0].code, body.errors[0].message]).toEqual([400, 'parameter_invalid', `${created_at} is an invalid value for created_at`]);
    }
  });

  test('are reopened by a contact, whose part is then called open, and not by a note', async () => {
    const { call, id, who, admin } = await start();
    await call('POST', `/conversations/${id}/parts`, { type: 'admin', admin_id: admin, message_type: 'close' });
    const noted = (await call('POST', `/conversations/${id}/reply`, { type: 'admin', admin_id: admin, message_type: 'note', body: 'inside' })).body;
    expect(noted).toMatchObject({ state: 'closed', open: false });
    const answered = (await call('POST', `/conversations/${id}/reply`, { type: 'user', intercom_user_id: who, message_type: 'comment', body: 'Again' })).body;
    expect(answered.state).toBe('open');
    expect(parts(answered).map(({ part_type }) => part_type)).toEqual(['close', 'note', 'open']);
    const third = (await call('POST', `/conversations/${id}/reply`, { type: 'user', user_id: 'x-1', message_type: 'comment', body: 'Third' })).body;
    expect(parts(third).at(-1).part_type).toBe('comment');
  });

  test('are reopened by an assignment; admin and team are two things', async () => {
    const { call, id, admin, intercom } = await start();
    const team = String(intercom.state.rows('teams')[0]!['id']);
    const assign = (type: string, assignee: string): Promise<{ status: number; body: Loose }> => call('POST', `/conversations/${id}/parts`, { type, admin_id: admin, message_type: 'assignment', assignee_id: assignee });
    await call('POST', `/conversations/${id}/parts`, { type: 'admin', admin_id: admin, message_type: 'close' });
    const reopened = (await assign('team', team)).body;
    expect([reopened.state, parts(reopened).at(-1).part_type]).toEqual(['open', 'assign_and_reopen']);
    const both = (await assign('admin', admin)).body;
    expect([both.admin_assignee_id, both.team_assignee_id, parts(both).at(-1).part_type]).toEqual([Number(admin), Number(team), 'assignment']);
    expect((await assign('admin', '0')).body.admin_assignee_id).toBe(0);
    expect((await assign('admin', '77')).body.errors[0].code).toBe('assignee_not_found');
    expect((await call('GET', `/conversations/${id}`, undefined, { version: '2.15' })).body.admin_assignee_id).toBeNull();
  });

  test('are open while snoozed, and not snoozed into the past', async () => {
    const { call, id, admin } = await start();
    const snooze = (until: number): Promise<{ status: number; body: Loose }> => call('POST', `/conversations/${id}/parts`, { admin_id: admin, message_type: 'snoozed', snoozed_until: until });
    expect((await snooze(noonSeconds - 1)).status).toBe(400);
    expect((await snooze(noonSeconds + 3_600)).body).toMatchObject({ state: 'snoozed', open: true, snoozed_until: noonSeconds + 3_600 });
  });

  test('notify the customer of an admin comment unless it is silent, which versions before 2.15 do not know', async () => {
    const { call, id, admin, intercom } = await start();
    const comment = (more: object, version = '2.16'): Promise<unknown> => call('POST', `/conversations/${id}/reply`, { type: 'admin', admin_id: admin, message_type: 'comment', body: 'x', ...more }, { version });
    await comment({ skip_notifications: true });
    expect(intercom.state.sideEffects()).toEqual([]);
    await comment({});
    await comment({ skip_notifications: true }, '2.14');
    expect(intercom.state.sideEffects().map(({ kind }) => kind)).toEqual(['customer-notified', 'customer-notified']);
  });

  test('wake workflows where those are on, whatever is silent', async () => {
    const { call, id, admin, intercom } = await start({ workflows: true });
    await call('POST', `/conversations/${id}/parts`, { admin_id: admin, message_type: 'close' });
    expect(intercom.state.sideEffects().map(({ reason }) => reason)).toEqual(['customer sends their first message', 'teammate closes a conversation']);
  });

  test('know no author but teammates and contacts, and contacts make comments only', async () => {
    const { call, id, who } = await start();
    expect((await call('POST', `/conversations/${id}/reply`, { type: 'admin', admin_id: '4', message_type: 'comment', body: 'x' })).body.errors[0].code).toBe('admin_not_found');
    expect((await call('POST', `/conversations/${id}/reply`, { type: 'user', intercom_user_id: who, message_type: 'note', body: 'x' })).body.errors[0].message).toBe('User can only create comments');
    expect((await call('POST', `/conversations/${id}/reply`, { type: 'user', email: 'no@one.example', message_type: 'comment', body: 'x' })).status).toBe(404);
  });

  test('give the newest 500 parts, those of attributes counted, and the number of all', async () => {
    const { call, id, admin } = await start();
    const note = async (body: string): Promise<Loose> => (await call('POST', `/conversations/${id}/reply`, { type: 'admin', admin_id: admin, message_type: 'note', body })).body;
    await note('first');
    const names = Array.from({ length: 50 }, (_, index) => `a${index}`);
    for (const name of names) await call('POST', '/conversations/attributes', { name, data_type: 'integer' });
    for (let round = 0; round < 10; round += 1) await call('PUT', `/conversations/${id}`, { custom_attributes: Object.fromEntries(names.map((name) => [name, round])) });
    const { conversation_parts } = await note('last');
    expect([conversation_parts.total_count, conversation_parts.conversation_parts.length]).toEqual([502, 500]);
    expect(parts({ conversation_parts }).some(({ body }) => body === '<p>first</p>')).toBe(false);
    expect(parts({ conversation_parts }).at(-1).body).toBe('<p>last</p>');
  });

  test('sort parts with old dates among the others', async () => {
    const { call, id, admin } = await start();
    const note = (body: string, created_at: number): Promise<{ body: Loose }> => call('POST', `/conversations/${id}/reply`, { type: 'admin', admin_id: admin, message_type: 'note', body, created_at });
    await note('late', noonSeconds);
    expect(parts((await note('early', noonSeconds - 500)).body).map(({ body }) => body)).toEqual(['<p>early</p>', '<p>late</p>']);
  });

  test('throttle replies to one conversation with 400, and not to another', async () => {
    const { call, id, who, admin, clock, conversation } = await start({ conversationThrottle: { replies: 3, windowMs: 15_000 } });
    const other = await conversation(who);
    const note = (to: string): Promise<{ status: number; body: Loose }> => call('POST', `/conversations/${to}/reply`, { type: 'admin', admin_id: admin, message_type: 'note', body: 'x' });
    for (let index = 0; index < 3; index += 1) expect((await note(id)).status).toBe(200);
    const refused = await note(id);
    expect([refused.status, refused.body.errors[0].message]).toEqual([400, 'Too many recent replies to this conversation']);
    expect((await note(other)).status).toBe(200);
    clock.advance(15_001);
    expect((await note(id)).status).toBe(200);
  });

  test('leave one part for each attribute that is set, by the bot, dated now', async () => {
    const { call, id } = await start();
    await call('POST', '/conversations/attributes', { name: 'stage', data_type: 'list', options: [{ label: 'New' }, { label: 'Done' }] });
    await call('POST', '/conversations/attributes', { name: 'amount', data_type: 'decimal' });
    const { body } = await call('PUT', `/conversations/${id}`, { title: 'A title', read: true, custom_attributes: { stage: 'Done', amount: 1.5 } });
    expect(body).toMatchObject({ title: 'A title', read: true, custom_attributes: { stage: 'Done', amount: 1.5 }, conversation_parts: { total_count: 2 } });
    expect(parts(body).map(({ part_type, author, created_at }) => [part_type, author.type, created_at])).toEqual([['conversation_attribute_updated_by_admin', 'bot', noonSeconds], ['conversation_attribute_updated_by_admin', 'bot', noonSeconds]]);
    const refused = async (custom_attributes: object): Promise<Loose> => (await call('PUT', `/conversations/${id}`, { title: 'Other', custom_attributes })).body.errors[0];
    expect((await refused({ nothing: 1 })).message).toBe("Conversation attribute 'nothing' does not exist");
    expect((await refused({ stage: 'Lost' })).code).toBe('parameter_invalid');
    expect((await call('GET', `/conversations/${id}`)).body.title).toBe('A title'); // a refused call changes nothing
    await call('POST', '/conversations/attributes', { name: 'amount', data_type: 'integer' });
    expect((await refused({ amount: 1 })).code).toBe('INVALID_PARAMETER');
  });

  test('have a priority that stable versions cannot write', async () => {
    const { call, id, admin } = await start();
    expect((await call('PUT', `/conversations/${id}`, { priority: 'high' })).body.priority).toBe('none');
    expect((await call('PUT', `/conversations/${id}`, { priority: 'high', admin_id: admin }, { version: 'Preview' })).body.priority).toBe('high');
  });

  test('take ten files a reply and give them back byte for byte for half an hour, on another host', async () => {
    const { call, id, who, clock, intercom } = await start();
    const content = Buffer.from('żółć \u0000\u0001 bytes');
    const file = { name: 'żółć.txt', content_type: 'text/plain', data: content.toString('base64') };
    const reply = (files: object[]): Promise<{ status: number; body: Loose }> => call('POST', `/conversations/${id}/reply`, { type: 'user', intercom_user_id: who, message_type: 'comment', body: 'see', attachment_files: files });
    expect((await reply(Array.from({ length: 11 }, () => file))).status).toBe(400);
    expect((await reply([{ ...file, data: 'not base64!' }])).status).toBe(400);
    const [attachment] = parts((await reply(Array.from({ length: 10 }, () => file))).body)[0].attachments;
    expect(attachment).toMatchObject({ type: 'upload', name: 'żółć.txt', content_type: 'text/plain', filesize: content.length });
    expect(attachment.url.startsWith(intercom.downloadUrl)).toBe(true);
    const bytes = Buffer.from(await (await fetch(attachment.url)).arrayBuffer());
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(createHash('sha256').update(content).digest('hex'));
    expect((await fetch(attachment.url.replace(/signature=./, 'signature=x'))).status).toBe(403);
    await fetch(attachment.url, { headers: { Authorization: `Bearer ${intercom.token}` } });
    expect(intercom.state.leakedTokens()).toBe(1);
    clock.advance(1_800_001);
    expect((await fetch(attachment.url)).status).toBe(403);
    const fresh = parts((await call('GET', `/conversations/${id}`)).body)[0].attachments[0].url as string;
    expect((await fetch(fresh)).status).toBe(200);
  });

  test('keep files on disk where asked to', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'portolan-intercom-'));
    try {
      const { call, id, admin } = await start({ attachmentFolder: folder });
      const { body } = await call('POST', `/conversations/${id}/reply`, { type: 'admin', admin_id: admin, message_type: 'note', body: 'x', attachment_files: [{ name: 'a.txt', content_type: 'text/plain', data: 'YWJj' }] });
      expect(await (await fetch(parts(body)[0].attachments[0].url)).text()).toBe('abc');
      expect(await readdir(folder)).toHaveLength(1);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('give images back as other bytes where that unknown is set so', async () => {
    const { call, id, admin } = await start({ unknowns: { imagesReencoded: true } });
    const files = [{ name: 'a.png', content_type: 'image/png', data: 'YWJj' }, { name: 'a.txt', content_type: 'text/plain', data: 'YWJj' }];
    const { body } = await call('POST', `/conversations/${id}/reply`, { type: 'admin', admin_id: admin, message_type: 'note', body: 'x', attachment_files: files });
    expect(parts(body)[0].attachments.map(({ filesize }: Loose) => filesize)).toEqual([4, 3]);
  });

  test('refuse downloads of endings that the workspace does not allow', async () => {
    const { call, id, admin } = await start({ downloadableTypes: ['.pdf'] });
    const { body } = await call('POST', `/conversations/${id}/reply`, { type: 'admin', admin_id: admin, message_type: 'note', body: 'x', attachment_files: [{ name: 'a.exe', content_type: 'application/x', data: 'YQ==' }] });
    expect((await fetch(parts(body)[0].attachments[0].url)).status).toBe(403);
  });

  test('are redacted but never edited: text and files go, the part stays', async () => {
    const { call, id, admin } = await start();
    const noted = (await call('POST', `/conversations/${id}/reply`, { type: 'admin', admin_id: admin, message_type: 'note', body: 'secret' })).body;
    await call('POST', `/conversations/${id}/parts`, { admin_id: admin, message_type: 'close' });
    const redact = (body: object): Promise<{ status: number; body: Loose }> => call('POST', '/conversations/redact', { conversation_id: id, ...body });
    const { body } = await redact({ type: 'conversation_part', conversation_part_id: parts(noted)[0].id });
    expect(parts(body)[0]).toMatchObject({ body: '<p><i>This message was deleted</i></p>', redacted: true });
    expect((await redact({ type: 'conversation_part', conversation_part_id: parts(body)[1].id })).body.errors[0].code).toBe('conversation_part_not_redactable');
    expect((await redact({ type: 'conversation_part', conversation_part_id: '1' })).body.errors[0].code).toBe('conversation_part_or_message_not_found');
    expect((await redact({ type: 'source', source_id: noted.source.id })).body.source.redacted).toBe(true);
  });

  test('are deleted for good, with their metrics unless a scope of its own is there', async () => {
    const { call, id, intercom, who, conversation } = await start();
    const second = await conversation(who);
    expect((await call('DELETE', `/conversations/${id}?retain_metrics=false`)).body.errors[0].code).toBe('forbidden');
    intercom.scopes.add('delete_conversations_and_metrics');
    expect((await call('DELETE', `/conversations/${id}?retain_metrics=false`)).body).toEqual({ id, object: 'conversation', deleted: true });
    await call('DELETE', `/conversations/${second}`);
    expect((await call('GET', `/conversations/${id}`)).status).toBe(404);
    const { body } = await call('GET', '/conversations/deleted');
    expect(Object.fromEntries(body.conversations.map((one: Loose) => [one.id, one.metrics_retained]))).toEqual({ [id]: false, [second]: true });
    expect((await call('GET', '/conversations/deleted?per_page=61')).status).toBe(400);
  });

  test('are listed in pages under `conversations`, and searched after a while', async () => {
    const { call, who, conversation, clock } = await start();
    for (let index = 0; index < 24; index += 1) await conversation(who);
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const { body } = await call('GET', `/conversations?per_page=10${after === undefined ? '' : `&starting_after=${after}`}`);
      seen.push(...body.conversations.map(({ id }: Loose) => id));
      after = body.pages.next?.starting_after;
    } while (after !== undefined);
    expect([seen.length, new Set(seen).size]).toEqual([25, 25]);
    const query = { operator: 'AND', value: [{ field: 'contact_ids', operator: '=', value: who }, { field: 'created_at', operator: '>', value: noonSeconds - 86_400 }] };
    expect((await call('POST', '/conversations/search', { query })).body.total_count).toBe(0);
    clock.advance(120_000);
    expect((await call('POST', '/conversations/search', { query })).body.total_count).toBe(25); // > means or equal
    expect((await call('POST', '/conversations/search', { query: { field: 'custom_attributes.x', operator: '=', value: 1 } })).status).toBe(400);
  });

  test('are tagged one tag a call, by an admin, and joined by participants of whom unknown ones become leads', async () => {
    const { call, id, admin, intercom } = await start();
    const tag = (await call('POST', '/tags', { name: 'VIP' })).body.id;
    expect((await call('POST', `/conversations/${id}/tags`, { id: tag })).status).toBe(400);
    expect((await call('POST', `/conversations/${id}/tags`, { id: tag, admin_id: admin })).body).toMatchObject({ id: tag, applied_at: noonSeconds, applied_by: { id: admin } });
    expect((await call('DELETE', `/conversations/${id}/tags/${tag}`, { admin_id: admin })).status).toBe(200);
    const joined = await call('POST', `/conversations/${id}/customers`, { admin_id: admin, customer: { email: 'cc@one.example' } });
    expect(joined.body.customers).toHaveLength(2);
    expect(intercom.state.rows('contacts').find((contact) => contact['email'] === 'cc@one.example')?.['role']).toBe('lead');
    const [own] = joined.body.customers;
    expect((await call('DELETE', `/conversations/${id}/customers/${own.id}`, { admin_id: admin })).body.customers).toHaveLength(1);
    expect((await call('DELETE', `/conversations/${id}/customers/${joined.body.customers[1].id}`, { admin_id: admin })).status).toBe(422);
  });

  test('keep some HTML in notes and none that runs', async () => {
    const { call, id, admin } = await start();
    const { body } = await call('POST', `/conversations/${id}/reply`, { type: 'admin', admin_id: admin, message_type: 'note', body: '<b>Bold</b><script>alert(1)</script><ul><li>one</li></ul>' });
    expect(parts(body)[0].body).toBe('<p><b>Bold</b><ul><li>one</li></ul></p>');
  });
});
