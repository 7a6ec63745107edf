import { createHash, randomBytes } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { ConfigurationError, RecordRejectedError } from '../../src/connector/errors.ts';
import type { FieldDefinition } from '../../src/connector/destination.ts';
import type { JsonObject } from '../../src/connector/json.ts';
import { intercomRig, type Rig } from './rig.ts';

let rig: Rig;
afterEach(() => rig.stop());
const conversation = async (): Promise<string> => (await rig.make('conversation', { contact_id: await rig.contact(), body: 'It broke', created_at: '2021-05-06T12:00:00Z' })).id;
const settings = (id: string, more: JsonObject = {}): JsonObject => ({ conversation_id: id, actor_id: rig.admin, title: 'Broken', tag_ids: [], admin_assignee_id: null, team_assignee_id: null, state: 'closed', snoozed_until: null, ...more });
const byPerson = async (path: string, body: object): Promise<JsonObject> => (await fetch(`${rig.intercom.url}${path}`, { method: 'POST', headers: { 'authorization': `Bearer ${rig.intercom.token}`, 'content-type': 'application/json', 'intercom-version': '2.16' }, body: JSON.stringify(body) })).json() as Promise<JsonObject>;

describe('version 2.15, with what it lacks switched off', () => {
  const objects = ['contact', 'conversation', 'conversation_part', 'conversation_settings'];
  const stage: FieldDefinition = { object: 'conversation_settings', name: 'stage__c', label: 'Stage', type: 'selection', options: ['New', 'Done'].map((value) => ({ value, label: value })) };
  const checked = async (newFields: readonly FieldDefinition[]) => (await rig.at.check({ objects, mapped: objects, createsFields: newFields.length > 0, newFields })).find(({ name }) => name === 'attributes-by-hand');

  test('attributes of conversations: the check names those of the plan that nobody made, and they are filled once somebody has', async () => {
    rig = await intercomRig({}, { version: '2.15' });
    expect(await checked([stage])).toMatchObject({ result: 'failed', message: expect.stringContaining('stage__c (list: New, Done)') as unknown, remedy: expect.stringMatching(/Settings > Data > Conversations.*attributes-by-hand/u) as unknown });
    expect(await checked([])).toMatchObject({ result: 'passed' });
    expect(await checked([{ ...stage, object: 'contact', name: 'contact_stage__c' }])).toMatchObject({ result: 'passed' }); // those of contacts are made in every version
    await expect(rig.make('attribute', rig.at.fieldRecord(stage))).rejects.toMatchObject({ code: 'attribute-by-hand' });
    await byPerson('/conversations/attributes', { name: 'stage__c', data_type: 'list', options: [{ label: 'New' }, { label: 'Done' }] });
    expect(await checked([stage])).toMatchObject({ result: 'passed' });
    expect((await rig.make('conversation_settings', settings(await conversation(), { stage__c: 'Done' }))).seen).toMatchObject({ stage__c: 'Done', title: 'Broken', state: 'closed' });
    expect((await rig.at.discover({ objects })).facts).toMatchObject({ apiVersion: '2.15', conversationAttributesByHand: true });
  });

  test('files of tickets: no field takes them, and a reply with one is refused instead of losing it; at 2.16 it goes in', async () => {
    const bytes = [randomBytes(3_000)];
    const file: JsonObject = { $file: '0', name: 'scan.bin', mimeType: 'application/octet-stream', size: 3_000, sha1: null, sha256: createHash('sha256').update(bytes[0] ?? '').digest('hex') };
    rig = await intercomRig({}, { version: '2.15' });
    await byPerson('/ticket_types', { name: 'Help desk', category: 'Customer' });
    const ticket = (await rig.make('ticket', { contact_id: await rig.contact(), title: 'Broken', created_at: '2021-05-06T12:00:00Z' })).id;
    const note = { ticket_id: ticket, kind: 'note', contact_id: null, admin_id: rig.admin, body: 'With a file', created_at: '2021-05-06T13:00:00Z' };
    expect((await rig.at.fields({ object: 'ticket_part' })).map(({ name }) => name)).toEqual(['id', 'ticket_id', 'kind', 'contact_id', 'admin_id', 'body', 'created_at', 'named_files']);
    const refused = await rig.make('ticket_part', { ...note, files: [file] }, { bytes }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(RecordRejectedError);
    expect(refused).toMatchObject({ code: 'files-of-tickets', message: expect.stringContaining('2.15') as unknown, remedy: expect.stringContaining('2.16') as unknown });
    expect((await rig.make('ticket_part', { ...note, body: 'Named', named_files: [file] }, { bytes })).seen).toMatchObject({ named_files: [{ sha256: file['sha256'], size: 3_000 }], files: [] });
    const newer = await rig.open({ version: '2.16' });
    const [made] = await newer.create({ object: 'ticket_part', records: [{ key: 'k', values: { ...note, files: [file] } }], files: async function* () { yield bytes[0] as Buffer; } });
    expect(made?.seen).toMatchObject({ files: [{ sha256: file['sha256'] }] });
  });
});

describe('what only the Preview version can do', () => {
  const hasPriority = async (): Promise<boolean> => (await rig.at.fields({ object: 'conversation_settings' })).some(({ name }) => name === 'native_priority');
  const priorityOf = (id: string): unknown => rig.intercom.state.rows('conversations').find((row) => String(row['id']) === id)?.['priority'];

  test('priority goes in with title and attributes, in one call, and is read back in the stable version', async () => {
    rig = await intercomRig({}, { version: 'Preview' });
    expect(await hasPriority()).toBe(true);
    expect((await rig.at.check({ objects: ['conversation_settings'], createsFields: false })).find(({ name }) => name === 'intercom-preview')).toMatchObject({ result: 'passed' });
    const id = await conversation();
    rig.calls.length = 0;
    const made = await rig.make('conversation_settings', settings(id, { native_priority: 'urgent' }));
    expect(rig.calls).toEqual(['conversations.update', 'conversations.close']);
    expect([made.seen?.['native_priority'], made.seen?.['title'], priorityOf(id)]).toEqual(['urgent', 'Broken', 'urgent']);
    expect((await rig.at.read({ object: 'conversation_settings', ids: [id], fields: ['native_priority'] }))[0]?.values).toEqual({ native_priority: 'urgent' });
    expect(await rig.find('conversation_settings', settings(id, { native_priority: 'urgent' }))).toBe(id);
    expect(await rig.find('conversation_settings', settings(id, { native_priority: 'low' }))).toBeUndefined();
    await rig.at.update({ object: 'conversation_settings', changes: [{ id, values: { native_priority: 'none', actor_id: rig.admin } }] });
    expect(priorityOf(id)).toBe('none');
  });

  test('"none" is what a conversation begins with: nothing is sent for it', async () => {
    rig = await intercomRig({ preview: false }, { version: '2.16' });
    const id = await conversation();
    expect((await rig.make('conversation_settings', settings(id, { native_priority: 'none' }))).seen).toMatchObject({ native_priority: 'none' });
  });

  test.each([{ answers: false, version: 'Preview' }, { answers: true, version: '2.16' }, { answers: true, version: '2.15' }])('a workspace that answers: $answers, version $version of the settings: no field takes it, and it is never sent in vain', async ({ answers, version }) => {
    rig = await intercomRig({ preview: answers }, { version });
    expect(await hasPriority()).toBe(false);
    const found = (await rig.at.check({ objects: ['conversation_settings'], createsFields: false })).find(({ name }) => name === 'intercom-preview');
    if (version === 'Preview') expect(found).toMatchObject({ result: 'failed', kind: 'configuration', remedy: expect.stringContaining('2.16') as unknown });
    else expect(found).toBeUndefined();
    const id = await conversation();
    const error = await rig.make('conversation_settings', settings(id, { native_priority: 'high' })).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error).toMatchObject({ code: 'no-native-priority', remedy: expect.stringContaining('discover and propose') as unknown });
    expect(rig.intercom.state.rows('conversations')).toMatchObject([{ title: null, priority: 'none' }]);
  });
});
