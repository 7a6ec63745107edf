import { createHash, randomBytes } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { AmbiguousError, RateLimitedError, RecordRejectedError } from '../../src/connector/errors.ts';
import type { JsonObject } from '../../src/connector/json.ts';
import type { StateRow } from '../../src/simulators/intercom/simulator.ts';
import type { IntercomSimulatorOptions } from '../../src/simulators/intercom/options.ts';
import { intercomRig, type Rig } from './rig.ts';

let rig: Rig;
const start = async (options: IntercomSimulatorOptions = {}, settings: Readonly<Record<string, string>> = {}): Promise<Rig> => (rig = await intercomRig({ conversationThrottle: { replies: 100_000, windowMs: 1000 }, ...options }, settings));
afterEach(() => rig.stop());

const noon = '2021-05-06T12:00:00Z';
const raw = async (method: string, path: string, body?: object): Promise<JsonObject> => {
  const answer = await fetch(rig.intercom.url + path, { method, headers: { 'authorization': `Bearer ${rig.intercom.token}`, 'content-type': 'application/json', 'intercom-version': '2.16' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  return await answer.json() as JsonObject;
};
const rejection = async (made: Promise<unknown>): Promise<RecordRejectedError> => {
  const error = await made.then(() => null, (thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(RecordRejectedError);
  return error as RecordRejectedError;
};
const opening = async (): Promise<JsonObject> => ({ contact_id: await rig.contact(), body: 'It broke', created_at: noon });
const conversation = async (): Promise<string> => (await rig.make('conversation', await opening())).id;
const rowOf = (id: string): StateRow => {
  const found = rig.intercom.state.rows('conversations').find((row) => String(row['id']) === id);
  if (found === undefined) throw new Error(`no conversation ${id}`);
  return found;
};
const contactOf = (id: string): string => String((rowOf(id)['contacts'] as readonly string[])[0]);
const reply = (id: string, more: JsonObject = {}): JsonObject => ({ conversation_id: id, kind: 'comment', contact_id: contactOf(id), admin_id: null, body: 'More', created_at: '2021-05-06T13:00:00Z', files: [], ...more });
const settings = (id: string, more: JsonObject = {}): JsonObject => ({ conversation_id: id, actor_id: rig.admin, title: 'Broken', tag_ids: [], admin_assignee_id: null, team_assignee_id: null, state: 'open', snoozed_until: null, ...more });
const partsOf = (id: string): readonly { readonly type: string; readonly createdAt: number }[] => rowOf(id)['parts'] as never;

describe('traps of contacts', () => {
  const person: JsonObject = { role: 'user', external_id: 'odoo:desk:res.partner:7', email: 'twin@example.com', name: 'Twin' };

  test('a 409 gives the contact that is there by the id in its text, and changes nothing about it', async () => {
    await start();
    const { id } = await rig.make('contact', person);
    expect(await rig.make('contact', { ...person, external_id: 'odoo:desk:res.partner:8', name: 'Other' })).toEqual({ key: 'k', id, existing: true });
    expect(rig.intercom.state.rows('contacts')).toMatchObject([{ name: 'Twin', externalId: 'odoo:desk:res.partner:7' }]);
  });

  test('two partners with one e-mail address become one contact', async () => {
    await start();
    const first = await rig.make('contact', person);
    const second = await rig.make('contact', { ...person, external_id: 'odoo:desk:res.partner:9' });
    expect([second.id, second.existing]).toEqual([first.id, true]);
  });

  test('an archived twin is brought back', async () => {
    await start();
    const { id } = await rig.make('contact', person);
    await raw('POST', `/contacts/${id}/archive`);
    expect(await rig.make('contact', person)).toEqual({ key: 'k', id, existing: true, broughtBack: true });
    expect(rig.intercom.state.rows('contacts')).toMatchObject([{ archived: false }]);
  });

  test('a twin that was merged away cannot be: the record waits, and is told why', async () => {
    await start();
    const user = await rig.contact();
    const lead = await raw('POST', '/contacts', { role: 'lead', email: 'person1@example.com', external_id: 'odoo:desk:res.partner:7' });
    await raw('POST', '/contacts/merge', { from: String(lead['id']), into: user });
    expect((await raw('GET', `/contacts/${String(lead['id'])}`))['errors']).toMatchObject([{ code: 'contact_merged' }]);
    expect(await rig.at.read({ object: 'contact', ids: [String(lead['id'])], fields: ['name'] })).toEqual([]);
    const error = await rejection(rig.make('contact', person));
    expect([error.code, error.message, error.remedy]).toEqual(['archived-twin', expect.stringContaining('merged'), expect.stringContaining('merged into another contact')]);
  });

  test('an adopted contact gets its values back one call apart: what nothing describes, taking an external id off, takes nothing else along', async () => {
    await start();
    const { id } = await rig.make('contact', person);
    rig.calls.length = 0;
    await rig.at.update({ object: 'contact', changes: [{ id, values: { name: 'Twin of old', external_id: null } }] });
    expect(rig.calls).toEqual(['contacts.update', 'contacts.update']);
    expect(rig.intercom.state.rows('contacts')).toMatchObject([{ name: 'Twin of old', externalId: null }]);
  });

  test('a text of more than 255 characters is refused by us, with the name and its length', async () => {
    await start({ unknowns: { longStrings: 'truncated' } }); // cut off without a word, if that is what Intercom does
    await rig.make('attribute', rig.at.fieldRecord({ object: 'contact', name: 'address__c', label: 'Address', type: 'text' }));
    const error = await rejection(rig.make('contact', { ...person, address__c: 'x'.repeat(256) }));
    expect([error.code, error.message]).toEqual(['too-long', expect.stringContaining('address__c takes 255 characters, this value has 256')]);
    await rig.make('contact', { ...person, address__c: 'x'.repeat(255) });
  });

  test('times go out in seconds: 2020 stays 2020', async () => {
    await start();
    await rig.make('contact', { ...person, signed_up_at: '2020-02-03T04:05:06.789Z' });
    expect(rig.intercom.state.rows('contacts')).toMatchObject([{ signedUpAt: Date.UTC(2020, 1, 3, 4, 5, 6) / 1000 }]);
  });
});

describe('traps of conversations', () => {
  test('the id is `conversation_id`, not the `id` of the answer', async () => {
    await start();
    const id = await conversation();
    expect(rig.intercom.state.rows('conversations').map((row) => String(row['id']))).toEqual([id]);
    expect((rowOf(id)['source'] as { readonly id: number }).id).not.toBe(Number(id));
  });

  test('its metrics stay when it is deleted, unless the connection says no: then the scope is needed, by its name', async () => {
    await start({ missingScopes: ['delete_conversations_and_metrics'] });
    const [kept, gone] = [await conversation(), await conversation()];
    await rig.at.delete({ object: 'conversation', ids: [kept] });
    const without = await rig.open({ retainMetrics: 'no' });
    await expect(without.delete({ object: 'conversation', ids: [gone] })).rejects.toMatchObject({ code: 'missing-scope', message: expect.stringContaining('delete_conversations_and_metrics') as unknown });
    rig.intercom.scopes.add('delete_conversations_and_metrics');
    await without.delete({ object: 'conversation', ids: [gone] });
    expect([rowOf(kept)['metricsRetained'], rowOf(gone)['metricsRetained']]).toEqual([true, false]);
    expect(() => rig.open({ retainMetrics: 'no', version: '2.15' })).toThrow('retainMetrics: no needs version 2.16');
  });

  test('a new conversation is missing from the search for a while; until that is over nothing is settled', async () => {
    await start({ searchLagMs: 300 });
    const values = await opening();
    const { id } = await rig.make('conversation', values);
    expect(await rig.find('conversation', values)).toBeUndefined();
    await expect.poll(() => rig.find('conversation', values), { timeout: 5_000 }).toBe(id);
    const patient = (await rig.open({ settleSeconds: '90' })).capabilities.lateCommitMs;
    expect(patient).toMatchObject({ conversation: 90_000, ticket: 90_000 });
  });

  test('the search is given five minutes unless a person says otherwise', async () => {
    await start();
    const { openIntercomDestination } = await import('../../src/connectors/intercom/destination.ts');
    const at = await openIntercomDestination({ token: 't' }, { countCall: () => {}, log: () => {}, signal: new AbortController().signal, budget: { acquire: async () => {}, penalise: async () => {} } });
    expect(at.capabilities.lateCommitMs).toMatchObject({ conversation: 300_000, ticket: 300_000, conversation_part: 60_000, contact: 60_000 });
  });

  test('assignment opens a closed conversation: it is closed last, and again when an attempt had closed it before', async () => {
    await start();
    const id = await conversation();
    const values = settings(id, { state: 'closed', admin_assignee_id: rig.admin });
    expect((await rig.make('conversation_settings', values)).seen).toMatchObject({ state: 'closed', admin_assignee_id: rig.admin });
    expect(partsOf(id).map(({ type }) => type)).toEqual(['assignment', 'close']);
    await raw('POST', `/conversations/${id}/parts`, { message_type: 'assignment', type: 'admin', admin_id: rig.admin, assignee_id: '0' });
    expect((await rig.make('conversation_settings', values, { again: true })).seen).toMatchObject({ state: 'closed', admin_assignee_id: rig.admin });
  });

  test('a customer\'s reply to a closed conversation comes back as `open`, and is the part all the same', async () => {
    await start();
    const id = await conversation();
    await rig.make('conversation_settings', settings(id, { state: 'closed' }));
    const part = await rig.make('conversation_part', reply(id));
    expect(part.seen).toMatchObject({ kind: 'comment', body: expect.stringContaining('More') as unknown, created_at: '2021-05-06T13:00:00Z' });
    expect(partsOf(id).filter(({ type }) => type === 'open')).toHaveLength(1);
    expect(await rig.find('conversation_part', reply(id))).toBe(part.id);
  });

  test('a closed ticket with a later message: its conversation is closed again at once; one that was snoozed stays awake', async () => {
    await start();
    const id = await conversation();
    await rig.make('conversation_settings', settings(id, { state: 'closed' }));
    await rig.make('conversation_part', reply(id));
    expect(rig.intercom.state.rows('conversations')).toMatchObject([{ state: 'closed' }]);
    await rig.at.update({ object: 'conversation_settings', changes: [{ id, values: { state: 'snoozed', snoozed_until: '2099-12-31T00:00:00Z' } }] });
    await rig.make('conversation_part', reply(id, { body: 'Still there?', created_at: '2021-05-06T14:00:00Z' }));
    expect(rig.intercom.state.rows('conversations')).toMatchObject([{ state: 'open' }]);
  });

  test('somebody died between a late reply and the closing that goes with it: looking for the reply closes the conversation, unless the customer has written since', async () => {
    await start();
    const id = await conversation();
    await rig.make('conversation_settings', settings(id, { state: 'closed' }));
    const late = reply(id, { body: 'Thank you' });
    const say = (body: string): Promise<JsonObject> => raw('POST', `/conversations/${id}/reply`, { message_type: 'comment', type: 'user', intercom_user_id: contactOf(id), body, created_at: Date.parse('2021-05-06T13:00:00Z') / 1000 });
    await say('Thank you');
    expect(rowOf(id)).toMatchObject({ state: 'open' });
    const found = await rig.find('conversation_part', late);
    expect([found?.startsWith(`${id}/`), rowOf(id)['state']]).toEqual([true, 'closed']);
    expect(await rig.find('conversation_part', late)).toBe(found);
    expect(partsOf(id).filter(({ type }) => type === 'close')).toHaveLength(2); // once, and once again
    await say('And one more thing');
    await raw('POST', `/conversations/${id}/reply`, { message_type: 'comment', type: 'user', intercom_user_id: contactOf(id), body: 'Are you there?' });
    await rig.find('conversation_part', { ...late, body: 'And one more thing' });
    expect(rowOf(id)).toMatchObject({ state: 'open' });
  });

  test('a limit met by the closing that goes with a late reply repeats that call alone', async () => {
    await start();
    const id = await conversation();
    await rig.make('conversation_settings', settings(id, { state: 'closed' }));
    rig.intercom.faults.add({ kind: 'rate-limit', route: 'POST /conversations/:id/parts', times: 1 });
    await rig.make('conversation_part', reply(id));
    expect([rowOf(id)['state'], partsOf(id).map(({ type }) => type)]).toEqual(['closed', ['close', 'open', 'close']]);
  }, 60_000);

  test('what is set changes with the ticket: tags come and go, the rest follows, and a changed assignment leaves it closed', async () => {
    await start();
    await rig.make('attribute', rig.at.fieldRecord({ object: 'conversation_settings', name: 'stage__c', label: 'Stage', type: 'text' }));
    const id = await conversation();
    const [one, two] = [(await rig.make('tag', { name: 'One' })).id, (await rig.make('tag', { name: 'Two' })).id];
    await rig.make('conversation_settings', settings(id, { state: 'closed', tag_ids: [one], stage__c: 'Done', team_assignee_id: String(rig.intercom.state.rows('teams')[0]?.['id']) }));
    await rig.at.update({ object: 'conversation_settings', changes: [{ id, values: { tag_ids: [two], stage__c: 'Reviewed', admin_assignee_id: rig.admin, team_assignee_id: null, title: 'New title' } }] });
    const [back] = await rig.at.read({ object: 'conversation_settings', ids: [id], fields: ['title', 'tag_ids', 'stage__c', 'admin_assignee_id', 'team_assignee_id', 'state'] });
    expect(back?.values).toEqual({ title: 'New title', tag_ids: [two], stage__c: 'Reviewed', admin_assignee_id: rig.admin, team_assignee_id: null, state: 'closed' });
  });

  test('an edited message is followed by a correction note, which is what is read back; a deleted one is redacted', async () => {
    await start();
    const id = await conversation();
    const { id: part } = await rig.make('conversation_part', reply(id));
    rig.intercom.faults.add({ kind: 'reset-after-commit', route: 'POST /conversations/:id/reply', times: 1 });
    await expect(rig.at.update({ object: 'conversation_part', changes: [{ id: part, values: { body: 'More <exactly>' } }] })).rejects.toBeInstanceOf(AmbiguousError);
    await rig.at.update({ object: 'conversation_part', changes: [{ id: part, values: { body: 'More <exactly>' } }] });
    expect(partsOf(id).filter(({ type }) => type === 'note')).toHaveLength(1); // an answer that was lost adds no second one
    await rig.at.update({ object: 'conversation', changes: [{ id, values: { body: 'It broke twice' } }] });
    const bodyOf = async (object: string, of: string): Promise<unknown> => (await rig.at.read({ object, ids: [of], fields: ['body'] }))[0]?.values['body'];
    expect(String(await bodyOf('conversation_part', part)).trim()).toBe('More <exactly>');
    expect(String(await bodyOf('conversation', id)).trim()).toBe('It broke twice');
    expect(partsOf(id).map(({ type }) => type)).toEqual(['comment', 'note', 'note']);
    expect((await rig.at.dependants({ object: 'conversation', ids: [id] })).map((one) => one.id)).toEqual([part]); // corrections are ours
    expect((await rejection(rig.at.update({ object: 'conversation_part', changes: [{ id: part, values: { created_at: noon } }] }))).code).toBe('part-cannot-change');
    await rig.at.delete({ object: 'conversation_part', ids: [part] });
    expect(await rig.at.read({ object: 'conversation_part', ids: [part], fields: ['body'] })).toEqual([]);
    expect(rig.intercom.state.sideEffects()).toEqual([]);
  });

  test('an answer shows 500 parts: each is seen when it is written, what stands before them is never sent twice, and what would come to stand there goes to the end', async () => {
    await start();
    const id = await conversation();
    const sent = (at: number): JsonObject => reply(id, { body: `Message ${at}`, created_at: new Date(Date.parse(noon) + at * 60_000).toISOString() });
    for (let at = 1; at <= 501; at += 1) expect((await rig.make('conversation_part', sent(at))).seen).toMatchObject({ body: expect.stringContaining(`Message ${at}`) as unknown });
    expect(await rig.find('conversation_part', sent(1))).toBeUndefined();
    const error = await rejection(rig.make('conversation_part', sent(1), { again: true }));
    expect([error.code, error.message, error.remedy]).toEqual(['beyond-window', expect.stringContaining('501 parts are there, of which the 500 newest can be read'), expect.stringContaining(`conversation ${id}`)]);
    // What would stand before them goes to the end and says its date: so it can be read back, its file too.
    const bytes = [randomBytes(3_000)];
    const sha256 = createHash('sha256').update(bytes[0] ?? '').digest('hex');
    const file: JsonObject = { $file: '0', name: 'scan.bin', mimeType: 'application/octet-stream', size: 3_000, sha1: null, sha256 };
    const early = reply(id, { body: 'From before', created_at: noon, files: [file] });
    rig.intercom.faults.add({ kind: 'reset-after-commit', route: 'POST /conversations/:id/reply', times: 1 });
    await expect(rig.make('conversation_part', early, { bytes })).rejects.toBeInstanceOf(AmbiguousError);
    const found = await rig.find('conversation_part', early);
    rig.intercom.faults.add({ kind: 'reset-before-commit', route: 'POST /conversations/:id/reply', times: 1 });
    const second = { ...early, body: 'From before, too' };
    await expect(rig.make('conversation_part', second, { bytes })).rejects.toBeInstanceOf(AmbiguousError);
    expect(await rig.find('conversation_part', second)).toBeUndefined();
    const made = await rig.make('conversation_part', second, { bytes, again: true });
    expect(made.seen).toMatchObject({ body: expect.stringMatching(/^\s*From before, too\s*$/u) as unknown, created_at: noon, files: [{ sha256, size: 3_000 }] });
    // A process that has just begun knows of no window: it asks, once.
    const fresh = await rig.open();
    rig.calls.length = 0;
    const [third] = await fresh.create({ object: 'conversation_part', records: [{ key: 'k', values: { ...early, body: 'Third' } }], files: async function* () { yield bytes[0] as Buffer; } });
    expect([rig.calls, third?.seen?.['created_at']]).toEqual([['conversations.get', 'conversations.reply'], noon]);
    expect((await rig.at.read({ object: 'conversation_part', ids: [found ?? '', made.id, third?.id ?? ''], fields: ['created_at', 'files'] })).map(({ values }) => [values['created_at'], (values['files'] as readonly JsonObject[])[0]?.['sha256']])).toEqual([[noon, sha256], [noon, sha256], [noon, sha256]]);
    expect(partsOf(id).slice(-3).every(({ createdAt }) => createdAt > Date.now() / 1000 - 600)).toBe(true);
    expect(partsOf(id)).toHaveLength(504);
  }, 60_000);

  test('too many replies to one conversation: it alone waits 15 seconds', async () => {
    await start({ conversationThrottle: { replies: 2, windowMs: 60_000 } });
    const id = await conversation();
    for (const body of ['one', 'two']) await rig.make('conversation_part', reply(id, { body }));
    const error = await rig.make('conversation_part', reply(id, { body: 'three' })).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RateLimitedError);
    expect((error as RateLimitedError).retryAfterMs).toBe(15_000);
    expect(rig.budget.penalties).toEqual([]);
    await rig.make('conversation_part', reply(await conversation())); // others go on
  });

  test('every attribute leaves a visible line: those with a value are set once, in one call', async () => {
    await start();
    for (const name of ['stage__c', 'sla__c', 'empty__c']) await rig.make('attribute', rig.at.fieldRecord({ object: 'conversation_settings', name, label: name, type: 'text' }));
    const id = await conversation();
    const values = settings(id, { stage__c: 'Done', sla__c: 'met', empty__c: null });
    rig.calls.length = 0;
    await rig.make('conversation_settings', values);
    expect(rig.calls.filter((call) => call === 'conversations.update')).toHaveLength(1);
    await rig.make('conversation_settings', values, { again: true });
    expect(partsOf(id).map(({ type }) => type)).toEqual(['conversation_attribute_updated_by_admin', 'conversation_attribute_updated_by_admin']);
  });

  test('a value that is no option of a list attribute is refused before anything is set', async () => {
    await start({ unknowns: { unlistedValue: 'stored' } });
    await rig.make('attribute', rig.at.fieldRecord({ object: 'conversation_settings', name: 'stage__c', label: 'Stage', type: 'selection', options: ['New', 'Done'].map((value) => ({ value, label: value })) }));
    const id = await conversation();
    const tag = await rig.make('tag', { name: 'VIP' });
    const error = await rejection(rig.make('conversation_settings', settings(id, { stage__c: 'Elsewhere', tag_ids: [tag.id] })));
    expect([error.code, error.message]).toEqual(['value-not-in-options', expect.stringContaining('"Elsewhere" is not an option of stage__c (New, Done)')]);
    expect(rig.intercom.state.rows('conversations')).toMatchObject([{ title: null, tags: {} }]);
  });

  test('a snooze until a time that is over is refused, with the time', async () => {
    await start({ unknowns: { snoozeInThePast: 'accepted' } });
    const id = await conversation();
    const error = await rejection(rig.make('conversation_settings', settings(id, { state: 'snoozed', snoozed_until: '2020-01-01T00:00:00Z' })));
    expect([error.code, error.message]).toEqual(['snooze-in-past', expect.stringContaining('2020-01-01T00:00:00Z')]);
    expect((await rig.make('conversation_settings', settings(id, { state: 'snoozed', snoozed_until: '2099-12-31T00:00:00Z' }))).seen).toMatchObject({ state: 'snoozed', snoozed_until: '2099-12-31T00:00:00Z' });
  });

  test('more than ten files a reply are refused: the plan slices them', async () => {
    await start();
    const id = await conversation();
    const bytes = Array.from({ length: 11 }, () => randomBytes(10));
    const files = bytes.map((one, index): JsonObject => ({ $file: String(index), name: `f${index}`, mimeType: 'text/plain', size: one.length, sha1: null, sha256: null }));
    expect((await rejection(rig.make('conversation_part', reply(id, { files }), { bytes }))).code).toBe('too-many-files');
    expect((await rig.make('conversation_part', reply(id, { files: files.slice(0, 10) }), { bytes })).seen?.['files']).toHaveLength(10);
  });

  test('a date in the future, as milliseconds would be, is refused with the value', async () => {
    await start();
    const error = await rejection(rig.make('conversation', { ...await opening(), created_at: '2521-01-01T00:00:00Z' }));
    expect([error.code, error.message]).toEqual(['invalid-date', expect.stringContaining('is an invalid value for created_at')]);
  });
});

describe('traps of limits', () => {
  test('windows are as the headers say, by the server\'s clock; a 429 waits for the next one and is told to everybody', async () => {
    await start({ appPerMinute: 60 });
    for (let call = 0; call < 10; call += 1) await rig.at.count({ object: 'contact' }).catch(() => {});
    const error = await rig.at.count({ object: 'contact' }).catch((thrown: unknown) => thrown);
    expect(rig.budget.windows[0]).toMatchObject({ limit: 10, remaining: 9 });
    expect(rig.budget.windows.every(({ resetsInMs }) => resetsInMs > 0 && resetsInMs <= 11_000)).toBe(true);
    if (!(error instanceof RateLimitedError)) return; // the tenth call fell into the next window
    expect(error.retryAfterMs).toBeLessThanOrEqual(11_000);
    expect(rig.budget.penalties.at(-1)).toBe(error.retryAfterMs);
  });
});
