import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DestinationConnection } from '../../src/connector/destination.ts';
import type { FileValue } from '../../src/connector/file-value.ts';
import type { JsonObject } from '../../src/connector/json.ts';
import { openIntercomDestination } from '../../src/connectors/intercom/destination.ts';
import { intercomSettingsSchema } from '../../src/connectors/intercom/settings.ts';
import { startIntercomSimulator } from '../../src/simulators/intercom/start.ts';
import type { IntercomSimulator } from '../../src/simulators/intercom/simulator.ts';

let intercom: IntercomSimulator;
let calls: string[] = [];

async function open(version: string): Promise<DestinationConnection> {
  return openIntercomDestination(intercomSettingsSchema.parse({ token: intercom.token, url: intercom.url, version, settleSeconds: '0' }), {
    countCall: (endpoint) => { calls.push(endpoint); }, budget: { acquire: async () => {}, penalise: async () => {} }, log: () => {}, signal: new AbortController().signal,
  });
}
async function make(at: DestinationConnection, object: string, values: JsonObject, more: Readonly<{ again?: boolean; bytes?: readonly Buffer[] }> = {}): Promise<{ readonly id: string; readonly seen?: JsonObject; readonly existing?: true }> {
  const [made] = await at.create({
    object, records: [{ key: 'k', values }], again: more.again === true,
    ...(more.bytes === undefined ? {} : { files: async function* (file: FileValue) { yield (more.bytes ?? [])[Number(file.$file)] as Buffer; } }),
  });
  if (made === undefined) throw new Error('nothing was made');
  return made;
}
const contact = (number: number): JsonObject => ({ role: 'user', external_id: `odoo:desk:res.partner:${number}`, email: `person${number}@example.com`, name: `Person ${number}`, signed_up_at: '2020-02-03T04:05:06Z' });
let people = 0;
const person = async (at: DestinationConnection): Promise<string> => { people += 1; return (await make(at, 'contact', contact(people))).id; };

describe.each(['2.16', '2.15', 'Preview'])('Intercom as a destination, on the simulator, version %s', (version) => {
  beforeAll(async () => { intercom = await startIntercomSimulator({ searchLagMs: 0, admins: [{ name: 'Agent One', email: 'agent@desk.example' }], conversationThrottle: { replies: 1000, windowMs: 1000 } }); });
  afterAll(() => intercom.stop());
  /** Below 2.16 a person makes the attributes of conversations. */
  const maker = (): Promise<DestinationConnection> => open(version === '2.15' ? '2.16' : version);

  test('contacts: made once, found by external id, read back, a second one is the first', async () => {
    const at = await open(version);
    people += 1;
    const values = contact(people);
    const first = await make(at, 'contact', values);
    expect((await at.lookup({ object: 'contact', keys: ['k'], values: [values] })).get('k')).toBe(first.id);
    expect((await at.read({ object: 'contact', ids: [first.id], fields: ['external_id', 'email', 'name', 'signed_up_at'] }))[0]?.values).toEqual({ external_id: values['external_id'], email: values['email'], name: values['name'], signed_up_at: values['signed_up_at'] });
    expect(await make(at, 'contact', { ...values, external_id: 'odoo:desk:res.partner:other' })).toEqual({ key: 'k', id: first.id, existing: true });
    await at.update({ object: 'contact', changes: [{ id: first.id, values: { name: 'Renamed' } }] });
    expect((await at.match({ object: 'contact', field: 'email', values: [String(values['email'])], ignoreCase: true, fields: ['name'] }))[0]).toMatchObject({ id: first.id, values: { name: 'Renamed' } });
    await at.delete({ object: 'contact', ids: [first.id] });
    await at.delete({ object: 'contact', ids: [first.id] });
    expect(await at.read({ object: 'contact', ids: [first.id], fields: ['name'] })).toEqual([]);
  });

  test('attributes: made for contacts and conversations, filled, archived', async () => {
    const at = await open(version);
    const conversationField = at.fieldRecord({ object: 'conversation_settings', name: 'stage_name__c', label: 'Stage', type: 'selection', options: [{ value: 'New', label: 'New' }, { value: 'Done', label: 'Done' }] });
    const contactField = at.fieldRecord({ object: 'contact', name: 'rating_value__c', label: 'Rating', type: 'decimal' });
    const byHand = await maker();
    const ids = [await make(byHand, 'attribute', conversationField), await make(at, 'attribute', contactField)].map((made) => made.id);
    expect((await at.fields({ object: 'conversation_settings' })).find((field) => field.name === 'stage_name__c')).toMatchObject({ type: 'selection', options: [{ value: 'New' }, { value: 'Done' }] });
    expect((await at.lookup({ object: 'attribute', keys: ['k'], values: [contactField] })).get('k')).toBe(ids[1]);
    const id = await person(at);
    await at.update({ object: 'contact', changes: [{ id, values: { rating_value__c: '4.5' } }] });
    expect((await at.read({ object: 'contact', ids: [id], fields: ['rating_value__c'] }))[0]?.values).toEqual({ rating_value__c: '4.5' });
    await byHand.delete({ object: 'attribute', ids });
    expect((await at.fields({ object: 'conversation_settings' })).some((field) => field.name === 'stage_name__c')).toBe(false);
  });

  test('a conversation with parts, files, settings: as many calls as there are things, all of it seen in the answers', async () => {
    const at = await open(version);
    const tag = await make(at, 'tag', { name: 'VIP' });
    await make(await maker(), 'attribute', at.fieldRecord({ object: 'conversation_settings', name: 'original_ticket_id__c', label: 'Ticket', type: 'text' }));
    const contactId = await person(at);
    const [admin] = await at.match({ object: 'admin', field: 'email', values: ['Agent@Desk.example'], ignoreCase: true, fields: ['name'] });
    const adminId = admin?.id ?? '';
    expect(admin?.values).toEqual({ name: 'Agent One' });
    const opening = { contact_id: contactId, body: 'It broke & <b>stopped</b>\n\nHelp', created_at: '2021-05-06T07:08:09Z' };
    await at.fields({ object: 'conversation_settings' });
    await at.discover({ objects: ['conversation_settings'] }); // the attributes are known from here on
    calls = [];
    const conversation = await make(at, 'conversation', opening);
    const bytes = [randomBytes(70_000), randomBytes(10)];
    const files = bytes.map((one, index): JsonObject => ({ $file: String(index), name: `f${index}.bin`, mimeType: 'application/octet-stream', size: one.length, sha1: null, sha256: createHash('sha256').update(one).digest('hex') }));
    const reply = { conversation_id: conversation.id, kind: 'comment', contact_id: contactId, admin_id: null, body: 'And another thing', created_at: '2021-05-06T08:00:00Z', files };
    const part = await make(at, 'conversation_part', reply, { bytes });
    const answer = await make(at, 'conversation_part', { conversation_id: conversation.id, kind: 'comment', contact_id: null, admin_id: adminId, body: 'Try now', created_at: '2021-05-06T09:00:00Z', files: [] });
    const note = await make(at, 'conversation_part', { conversation_id: conversation.id, kind: 'note', contact_id: null, admin_id: adminId, body: 'internal <only>\n& two lines', created_at: '2021-05-06T10:00:00Z', files: [] });
    const settings = { conversation_id: conversation.id, actor_id: adminId, title: 'Broken thing', tag_ids: [tag.id], original_ticket_id__c: 'HT7', admin_assignee_id: adminId, team_assignee_id: null, state: 'closed', snoozed_until: null };
    const set = await make(at, 'conversation_settings', settings);
    expect(calls).toEqual(['conversations.create', 'conversations.reply', 'conversations.reply', 'conversations.reply', 'conversations.tag', 'conversations.update', 'conversations.assign', 'conversations.close']);
    expect(set.seen).toMatchObject({ title: 'Broken thing', state: 'closed', admin_assignee_id: adminId, tag_ids: [tag.id], original_ticket_id__c: 'HT7' });
    expect(part.seen).toMatchObject({ kind: 'comment', contact_id: contactId, created_at: '2021-05-06T08:00:00Z' });
    expect(((part.seen?.['files'] ?? []) as JsonObject[]).map((file) => file['sha256'])).toEqual(files.map((file) => file['sha256']));
    expect(note.seen).toMatchObject({ kind: 'note', admin_id: adminId, body: expect.stringContaining('internal <only>') as unknown });
    const read = await at.read({ object: 'conversation_part', ids: [part.id, answer.id, note.id], fields: ['kind', 'body'] });
    expect(read.map((one) => one.values['kind'])).toEqual(['comment', 'comment', 'note']);
    const body = (await at.fields({ object: 'conversation' })).find((field) => field.name === 'body');
    const back = (await at.read({ object: 'conversation', ids: [conversation.id], fields: ['body', 'created_at', 'contact_id'] }))[0]?.values;
    expect(back).toMatchObject({ created_at: opening.created_at, contact_id: contactId });
    if (body === undefined) throw new Error('no body field');
    expect(at.normalise({ object: 'conversation', field: body, value: back?.['body'] ?? null })).toBe(at.normalise({ object: 'conversation', field: body, value: opening.body }));

    // after a crash: everything is found again by what it says, and nothing is sent twice
    expect((await at.lookup({ object: 'conversation', keys: ['k'], values: [opening] })).get('k')).toBe(conversation.id);
    expect((await at.lookup({ object: 'conversation_part', keys: ['k'], values: [reply] })).get('k')).toBe(part.id);
    expect((await at.lookup({ object: 'conversation_settings', keys: ['k'], values: [settings] })).get('k')).toBe(conversation.id);
    calls = [];
    await make(at, 'conversation_settings', settings, { again: true });
    expect(calls).toEqual(['conversations.get']);

    await at.delete({ object: 'conversation', ids: [conversation.id] });
    expect(await at.read({ object: 'conversation', ids: [conversation.id], fields: ['body'] })).toEqual([]);
  });
});
