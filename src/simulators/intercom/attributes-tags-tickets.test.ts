import { afterEach, describe, expect, test } from 'vitest';
import type { IntercomSimulatorOptions } from './options.ts';
import { noonSeconds, rawClient } from './testing/raw-client.ts';
import type { Loose, RawClient } from './testing/raw-client.ts';

let client: RawClient;
afterEach(() => client.intercom.stop());
const start = async (options?: IntercomSimulatorOptions): Promise<RawClient> => (client = await rawClient(options));

describe('people and teams', () => {
  test('are read only, and /me tells the workspace, its region and zone', async () => {
    const { call, admin } = await start({ region: 'EU', timezone: 'Europe/Dublin' });
    expect((await call('GET', '/me')).body).toMatchObject({ type: 'admin', id: admin, app: { type: 'app', region: 'EU', timezone: 'Europe/Dublin' } });
    const { admins } = (await call('GET', '/admins')).body;
    expect(admins.map(({ email }: Loose) => email)).toContain('ada@support.example');
    expect((await call('GET', '/teams')).body.teams[0]).toMatchObject({ type: 'team', name: 'Support', admin_ids: [Number(admin), Number(admin) + 1] });
    expect((await call('POST', '/teams', { name: 'New' })).status).toBe(404);
    expect((await call('GET', '/admins/5')).body.errors[0].code).toBe('admin_not_found');
  });
});

describe('tags', () => {
  test('are found whatever their case, and the answer does not say whether they were there', async () => {
    const { call } = await start();
    const [first, second] = [await call('POST', '/tags', { name: 'Urgent' }), await call('POST', '/tags', { name: 'uRGENT' })];
    expect(second.body).toEqual(first.body);
    expect((await call('GET', '/tags')).body.data).toEqual([{ type: 'tag', id: first.body.id, name: 'Urgent' }]);
    expect((await call('DELETE', `/tags/${first.body.id}`)).status).toBe(200);
    expect((await call('DELETE', `/tags/${first.body.id}`)).status).toBe(404);
  });

  test('of many leave out in silence who is not there', async () => {
    const { call, contact } = await start();
    const id = await contact('tagged@one.example');
    expect((await call('POST', '/tags', { name: 'Batch', users: [{ id }, { id: 'f'.repeat(24) }] })).body.users).toEqual([{ id, tagged: true }]);
  });
});

describe('attributes of people and companies', () => {
  test('clash across both, keep to their letters, and are never deleted', async () => {
    const { call } = await start();
    const make = (body: object): Promise<{ status: number; body: Loose }> => call('POST', '/data_attributes', { data_type: 'string', ...body });
    const made = (await make({ name: 'The One Ring', model: 'company' })).body;
    expect(made).toMatchObject({ full_name: 'custom_attributes.The One Ring', custom: true, archived: false, messenger_writable: false });
    expect((await make({ name: 'The One Ring', model: 'contact' })).body.errors[0].message).toBe("You already have 'The One Ring' in your company data. To save this as new people data, use a different name.");
    expect((await make({ name: 'a!b', model: 'contact' })).body.errors[0].message).toContain('alphanumeric');
    expect((await make({ name: 'kind', model: 'contact', data_type: 'options', options: [{ value: 'one' }] })).status).toBe(400);
    expect((await call('PUT', `/data_attributes/${made.id}`, { archived: true })).body.archived).toBe(true);
    expect((await make({ name: 'The One Ring', model: 'contact' })).status).toBe(200);
    expect((await call('PUT', '/data_attributes/9999', { archived: true })).body.errors[0].code).toBe('field_not_found');
  });

  test('are at most 250 that are not archived', async () => {
    const { call } = await start();
    for (let index = 0; index < 250; index += 1) await call('POST', '/data_attributes', { name: `a${index}`, model: 'contact', data_type: 'string' });
    expect((await call('POST', '/data_attributes', { name: 'one-more', model: 'contact', data_type: 'string' })).body.errors[0].message).toContain('250');
  });
});

describe('attributes of conversations', () => {
  test('are made through the API from 2.16 on; before, they were listed with the others', async () => {
    const { call } = await start();
    const made = (await call('POST', '/conversations/attributes', { name: 'stage', data_type: 'list', options: [{ label: 'New' }, { label: 'Done' }] })).body;
    expect(typeof made.id).toBe('number');
    expect((await call('POST', '/conversations/attributes', { name: 'x', data_type: 'string' }, { version: '2.15' })).body.errors[0].code).toBe('intercom_version_invalid');
    expect((await call('GET', '/data_attributes?model=conversation')).status).toBe(422);
    expect((await call('GET', '/data_attributes?model=conversation', undefined, { version: '2.15' })).body.data[0].name).toBe('stage');
    const wrong = await call('POST', '/conversations/attributes', { name: 'x', data_type: 'invalid_type' });
    expect([wrong.status, wrong.body.request_id, wrong.body.errors[0].message]).toEqual([422, null, "data_type 'invalid_type' is not valid. Allowed types: string, integer, list, decimal, boolean, datetime, relationship, files"]);
  });

  test('are archived by DELETE, and lists keep two options', async () => {
    const { call } = await start();
    const made = (await call('POST', '/conversations/attributes', { name: 'stage', data_type: 'list', options: [{ label: 'New' }, { label: 'Done' }] })).body;
    const more = (await call('POST', `/conversations/attributes/${made.id}/options`, { label: 'Waiting' })).body;
    expect(more.options.map(({ label }: Loose) => label)).toEqual(['New', 'Done', 'Waiting']);
    const [first, second] = more.options as { id: string }[];
    expect((await call('DELETE', `/conversations/attributes/${made.id}/options/${first?.id}`)).status).toBe(200);
    expect((await call('DELETE', `/conversations/attributes/${made.id}/options/${second?.id}`)).body.errors[0].message).toBe('A list attribute must have at least 2 active options');
    expect((await call('DELETE', `/conversations/attributes/${made.id}`)).body.archived).toBe(true);
    expect((await call('GET', '/conversations/attributes')).body.data).toEqual([]);
    expect((await call('GET', '/conversations/attributes?include_archived=true')).body.data).toHaveLength(1);
    expect((await call('GET', '/conversations/attributes/999')).body.errors[0].code).toBe('conversation_attribute_not_found');
  });
});

describe('tickets', () => {
  async function withType(options?: IntercomSimulatorOptions, category = 'Customer'): Promise<RawClient & { type: Loose; who: string }> {
    const made = await start(options);
    const type = (await made.call('POST', '/ticket_types', { name: 'Help desk', category })).body;
    await made.call('POST', `/ticket_types/${type.id}/attributes`, { name: 'origin', data_type: 'string' });
    await made.call('POST', `/ticket_types/${type.id}/attributes`, { name: 'kind', data_type: 'list', list_items: 'Bug, Question' });
    return { ...made, type: (await made.call('GET', `/ticket_types/${type.id}`)).body, who: await made.contact('customer@one.example') };
  }

  test('are made with all their attributes, silently, dated as told; a list takes the id of an option', async () => {
    const { call, type, who, intercom } = await withType();
    const [, , , kind] = type.ticket_type_attributes.data;
    const option = kind.input_options.list_options[0].id;
    const ticket = { ticket_type_id: type.id, contacts: [{ id: who }], created_at: noonSeconds - 99, skip_notifications: true, ticket_attributes: { _default_title_: 'T', _default_description_: 'D', origin: 'o-1', kind: option } };
    const { body } = await call('POST', '/tickets', ticket);
    expect(body).toMatchObject({ type: 'ticket', created_at: noonSeconds - 99, ticket_attributes: { _default_title_: 'T', origin: 'o-1', kind: option }, ticket_state: { category: 'submitted' }, open: true });
    expect(body.ticket_parts.ticket_parts[0].author.type).toBe('bot');
    expect(intercom.state.sideEffects()).toEqual([]);
    expect((await call('POST', '/tickets', { ...ticket, ticket_attributes: { kind: 'Bug' } })).status).toBe(400);
    expect((await call('POST', '/tickets', { ...ticket, contacts: [{ id: who }, { id: who }] })).status).toBe(400);
  });

  test('are found by an attribute, changed in state, replied to with the part as the answer, and deleted', async () => {
    const { call, type, who, admin, clock } = await withType();
    const origin = type.ticket_type_attributes.data[2].id;
    const { id } = (await call('POST', '/tickets', { ticket_type_id: type.id, contacts: [{ id: who }], ticket_attributes: { origin: 'o-2' }, skip_notifications: true })).body;
    clock.advance(120_000);
    expect((await call('POST', '/tickets/search', { query: { field: `ticket_attribute.${origin}`, operator: '=', value: 'o-2' } })).body.tickets[0].id).toBe(id);
    const resolved = (await call('GET', '/ticket_states')).body.data.find(({ category }: Loose) => category === 'resolved').id;
    const updated = (await call('PUT', `/tickets/${id}`, { ticket_state_id: resolved, open: false, skip_notifications: true })).body;
    expect([updated.ticket_state.category, updated.open]).toEqual(['resolved', false]);
    expect((await call('PUT', `/tickets/${id}`, { ticket_state_id: '1' })).body.errors[0].code).toBe('ticket_state_id_invalid');
    const part = (await call('POST', `/tickets/${id}/reply`, { type: 'admin', admin_id: admin, message_type: 'comment', body: 'Done', skip_notifications: true, created_at: noonSeconds - 5 })).body;
    expect(part).toMatchObject({ type: 'ticket_part', part_type: 'comment', created_at: noonSeconds - 5 });
    expect((await call('DELETE', `/tickets/${id}`)).body).toEqual({ id, object: 'ticket', deleted: true });
    expect((await call('GET', `/tickets/${id}`)).body.errors[0].code).toBe('ticket_not_found');
  });

  test('of the back office refuse customers, and a conversation becomes one of the customers only', async () => {
    const { call, type, who, conversation } = await withType({}, 'Back-office');
    const { id } = (await call('POST', '/tickets', { ticket_type_id: type.id, contacts: [{ id: who }], ticket_attributes: {} })).body;
    expect((await call('POST', `/tickets/${id}/reply`, { type: 'user', intercom_user_id: who, message_type: 'comment', body: 'x' })).body.errors[0].code).toBe('parameter_mismatch');
    const talk = await conversation(who);
    expect((await call('POST', `/conversations/${talk}/convert`, { ticket_type_id: type.id })).body.errors[0].message).toBe('Ticket type is not a customer ticket type');
    const customers = (await call('POST', '/ticket_types', { name: 'Customers' })).body;
    expect((await call('POST', `/conversations/${talk}/convert`, { ticket_type_id: customers.id })).body).toMatchObject({ type: 'ticket', id: talk });
  });

  test('are queued as jobs that end a little later', async () => {
    const { call, type, who, clock } = await withType();
    const job = (await call('POST', '/tickets/enqueue', { ticket_type_id: type.id, contacts: [{ id: who }], ticket_attributes: {} })).body;
    expect(job).toMatchObject({ type: 'job', status: 'pending', resource_id: null });
    clock.advance(1_000);
    const done = (await call('GET', `/jobs/status/${job.id}`)).body;
    expect(done.status).toBe('success');
    expect((await call('GET', `/tickets/${done.resource_id}`)).status).toBe(200);
    expect((await call('GET', '/jobs/status/999')).body.errors[0].code).toBe('job_not_found');
  });
});

test('conversations are merged into one that says so', async () => {
  const { call, contact, conversation } = await start();
  const who = await contact('merge@one.example');
  const [one, other] = [await conversation(who), await conversation(who)];
  expect((await call('POST', `/conversations/${one}/merge`, { merge_into_conversation_id: 'x' })).body.errors[0].message).toBe('merge_into_conversation_id must be a valid integer conversation ID');
  expect((await call('POST', `/conversations/${one}/merge`, { merge_into_conversation_id: 1 })).body.errors[0].code).toBe('merge_failed');
  const merged = (await call('POST', `/conversations/${one}/merge`, { merge_into_conversation_id: Number(other) })).body;
  expect([merged.id, merged.conversation_parts.conversation_parts[0].part_type]).toEqual([other, 'merged_primary_conversation']);
});
