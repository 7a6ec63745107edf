import { afterEach, describe, expect, test } from 'vitest';
import type { IntercomSimulatorOptions } from './options.ts';
import { noonSeconds, rawClient } from './testing/raw-client.ts';
import type { RawClient } from './testing/raw-client.ts';

let client: RawClient;
afterEach(() => client.intercom.stop());
const start = async (options?: IntercomSimulatorOptions): Promise<RawClient> => (client = await rawClient(options));

describe('contacts', () => {
  test('are made from one of e-mail, external id and role, and refused without', async () => {
    const { call } = await start();
    expect((await call('POST', '/contacts', { name: 'Nobody' })).status).toBe(400);
    const { status, body } = await call('POST', '/contacts', { external_id: 'x-1', email: 'Ann@One.example', name: 'Ann', signed_up_at: 1_600_000_000, email_verified: true });
    expect(status).toBe(200);
    expect(body).toMatchObject({ type: 'contact', role: 'user', external_id: 'x-1', email: 'Ann@One.example', signed_up_at: 1_600_000_000, email_verified: true, created_at: noonSeconds });
    expect(body.id).toMatch(/^[0-9a-f]{24}$/);
    expect((await call('POST', '/contacts', { external_id: 'x-2', email_verified: true })).body.errors[0].code).toBe('parameter_invalid');
  });

  test('conflict with the id in the text only, also with an archived twin and case folded', async () => {
    const { call, contact } = await start();
    const id = await contact('twin@one.example', { external_id: 'x-1' });
    const answer = await call('POST', '/contacts', { email: 'TWIN@one.example' });
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({ type: 'error.list', errors: [{ code: 'conflict', message: `A contact matching those details already exists with id=${id}` }] });
    expect((await call('POST', '/contacts', { external_id: 'x-1' })).body.errors[0].message).toContain(`id=${id}`);
    await call('POST', `/contacts/${id}/archive`);
    expect((await call('POST', '/contacts', { email: 'twin@one.example' })).body.errors[0].message).toBe(`An archived contact matching those details already exists with id=${id}`);
    expect((await call('POST', `/contacts/${id}/unarchive`)).body).toMatchObject({ id, archived: false });
    expect((await call('POST', '/contacts', { role: 'lead', email: 'twin@one.example' })).status).toBe(200); // leads may share
  });

  test('that were merged answer 410 with the way to the other one and cannot be restored', async () => {
    const { call, contact } = await start();
    const user = await contact('both@one.example');
    const lead = await contact('both@one.example', { role: 'lead' });
    const other = await contact('other@one.example');
    expect((await call('POST', '/contacts/merge', { from: other, into: user })).body.errors[0].code).toBe('invalid_merge'); // two users
    expect((await call('POST', '/contacts/merge', { from: lead, into: user })).status).toBe(200);
    const gone = await call('GET', `/contacts/${lead}`);
    expect([gone.status, gone.body.errors[0].code, gone.headers.get('link')]).toEqual([410, 'contact_merged', `</contacts/${user}>; rel="canonical"`]);
    expect((await call('GET', `/contacts/${lead}`, undefined, { version: '2.15' })).status).toBe(404);
    expect((await call('POST', `/contacts/${lead}/unarchive`)).body.errors[0].message).toBe('User has been merged and is not restorable.');
  });

  test('are merged only as duplicates, unless told otherwise', async () => {
    const { call, contact } = await start();
    const [user, lead] = [await contact('a@one.example'), await contact('b@one.example', { role: 'lead' })];
    expect((await call('POST', '/contacts/merge', { from: lead, into: user })).body.errors[0].code).toBe('invalid_merge');
    expect((await call('POST', '/contacts/merge', { from: lead, into: user, skip_duplicate_validation: true })).status).toBe(200);
  });

  test('are missing from search for a while, but not from find_by_external_id, which knows users only', async () => {
    const { call, contact, clock } = await start();
    await contact('new@one.example', { external_id: 'x-9' });
    await contact('lead@one.example', { role: 'lead', external_id: 'x-8' });
    const query = { query: { field: 'email', operator: '=', value: 'new@one.example' } };
    expect((await call('POST', '/contacts/search', query)).body.total_count).toBe(0);
    expect((await call('GET', '/contacts/find_by_external_id/x-9')).status).toBe(200);
    expect((await call('GET', '/contacts/find_by_external_id/x-8')).status).toBe(404);
    clock.advance(120_000);
    expect((await call('POST', '/contacts/search', query)).body.data[0].email).toBe('new@one.example');
  });

  test('are searched by days of the workspace calendar up to 2.16, by seconds in Preview', async () => {
    const { call, contact } = await start({ searchLagMs: 0, timezone: 'America/Los_Angeles' });
    await contact('day@one.example', { signed_up_at: 1_700_000_000 }); // 14 November 2023, 14:13 in Los Angeles
    const found = async (operator: string, value: number, version = '2.16'): Promise<number> => (await call('POST', '/contacts/search', { query: { field: 'signed_up_at', operator, value } }, { version })).body.total_count;
    expect(await found('=', 1_700_000_000 + 3_600)).toBe(1);
    expect(await found('>', 1_700_000_000 - 3_600)).toBe(0); // the same day
    expect(await found('>', 1_700_000_000 - 86_400)).toBe(1);
    expect(await found('>', 1_700_000_000 - 3_600, 'Preview')).toBe(1);
    expect((await call('POST', '/contacts/search', { query: { field: 'signed_up_at', operator: '>=', value: 1 } })).status).toBe(400);
  });

  test('refuse queries that are too deep or too wide, and unknown sort orders', async () => {
    const { call } = await start({ existing: { contacts: 1 } });
    const filter = { field: 'email', operator: '=', value: 'x' };
    const wide = { operator: 'AND', value: Array.from({ length: 16 }, () => filter) };
    const deep = { operator: 'AND', value: [{ operator: 'OR', value: [{ operator: 'AND', value: [filter] }] }] };
    for (const query of [wide, deep]) expect((await call('POST', '/contacts/search', { query })).body.errors[0].code).toBe('parameter_invalid');
    expect((await call('POST', '/contacts/search', { query: { operator: 'OR', value: [{ operator: 'AND', value: [filter] }] } })).status).toBe(200);
    expect((await call('POST', '/contacts/search', { query: filter, sort: { field: 'name', order: 'desc' } })).body.errors[0].code).toBe('invalid_sort_order');
  });

  test('refuse unknown attributes, nested ones and strings over 255 characters', async () => {
    const { call } = await start();
    await call('POST', '/data_attributes', { name: 'vat', model: 'contact', data_type: 'string' });
    const saved = (value: unknown): Promise<{ status: number; body: { custom_attributes: object } }> => call('POST', '/contacts', { role: 'lead', custom_attributes: { vat: value } });
    expect((await saved('x'.repeat(255))).status).toBe(200);
    expect((await saved('x'.repeat(256))).status).toBe(400);
    expect((await saved({ deep: 1 })).status).toBe(400);
    expect((await call('POST', '/contacts', { role: 'lead', custom_attributes: { Vat: 'a' } })).body.errors[0].message).toBe("Custom attribute 'Vat' does not exist");
    expect((await call('POST', '/contacts', { role: 'lead', custom_attributes: { 'a.b': 'a' } })).status).toBe(400);
  });

  test('cut long strings where that unknown is set so', async () => {
    const { call } = await start({ unknowns: { longStrings: 'truncated' } });
    await call('POST', '/data_attributes', { name: 'vat', model: 'contact', data_type: 'string' });
    expect((await call('POST', '/contacts', { role: 'lead', custom_attributes: { vat: 'x'.repeat(300) } })).body.custom_attributes.vat).toHaveLength(255);
  });

  test('take their conversations along when they are deleted or archived', async () => {
    const { call, contact, conversation } = await start();
    const [one, two] = [await contact('one@one.example'), await contact('two@one.example')];
    const [first, second] = [await conversation(one), await conversation(two)];
    expect((await call('DELETE', `/contacts/${one}`)).body).toEqual({ type: 'contact', id: one, external_id: null, deleted: true });
    expect((await call('GET', `/conversations/${first}`)).status).toBe(404);
    await call('POST', `/contacts/${two}/archive`);
    expect((await call('GET', `/conversations/${second}`)).status).toBe(404);
  });

  test('above twenty in a development workspace archive the oldest by themselves', async () => {
    const { call, contact, intercom } = await start({ development: true });
    const first = await contact('first@one.example');
    for (let index = 0; index < 20; index += 1) await contact(`c${index}@one.example`);
    expect(intercom.state.count('contacts')).toBe(20);
    expect((await call('GET', '/contacts')).body.data.map(({ id }: { id: string }) => id)).not.toContain(first);
    expect((await call('POST', '/contacts', { email: 'first@one.example' })).body.errors[0].message).toMatch(/^An archived contact/);
  });

  test('show ten tags at most and the rest at their address', async () => {
    const { call, contact } = await start();
    const id = await contact('tags@one.example');
    for (let index = 0; index < 12; index += 1) await call('POST', `/contacts/${id}/tags`, { id: (await call('POST', '/tags', { name: `t${index}` })).body.id });
    const { tags } = (await call('GET', `/contacts/${id}`)).body;
    expect([tags.data.length, tags.total_count, tags.has_more, tags.url]).toEqual([10, 12, true, `/contacts/${id}/tags`]);
    expect((await call('GET', `/contacts/${id}/tags`)).body.data).toHaveLength(12);
  });

  test('are told apart by version: owner as text from 2.16 on, as number before', async () => {
    const { call, contact, admin } = await start();
    const id = await contact('owned@one.example', { owner_id: admin });
    expect((await call('GET', `/contacts/${id}`)).body.owner_id).toBe(admin);
    expect((await call('GET', `/contacts/${id}`, undefined, { version: '2.15' })).body.owner_id).toBe(Number(admin));
  });

  test('lose a telephone number that is none in silence, unless that unknown is set otherwise', async () => {
    const { call } = await start();
    expect((await call('POST', '/contacts', { role: 'lead', phone: '+48 600 700 800' })).body.phone).toBe('+48 600 700 800');
    expect((await call('POST', '/contacts', { role: 'lead', phone: 'ask Jane' })).body.phone).toBeNull();
  });

  test('carry notes without a date of their own that nobody can change', async () => {
    const { call, contact, admin } = await start();
    const id = await contact('noted@one.example');
    const { body } = await call('POST', `/contacts/${id}/notes`, { body: 'Rated <b>5</b>', admin_id: admin, created_at: 1 });
    expect(body).toMatchObject({ type: 'note', created_at: noonSeconds, contact: { id }, body: '<p>Rated <b>5</b></p>' });
    expect((await call('DELETE', `/notes/${body.id}`)).status).toBe(404);
    expect((await call('GET', `/contacts/${id}/notes`)).body.total_count).toBe(1);
    expect((await call('POST', `/contacts/${id}/notes`, { body: 'x', admin_id: '1' })).status).toBe(404);
  });
});

describe('companies', () => {
  test('are made or found by company_id, seen with a contact only, and go a little after they were deleted', async () => {
    const { call, contact, clock } = await start();
    const { body } = await call('POST', '/companies', { company_id: 'c-1', name: 'Alder', monthly_spend: 12.7 });
    expect((await call('POST', '/companies', { company_id: 'c-1', name: 'Alder & Co' })).body).toMatchObject({ id: body.id, name: 'Alder & Co', monthly_spend: 12 });
    expect((await call('GET', '/companies')).body.total_count).toBe(0);
    const id = await contact('member@one.example');
    await call('POST', `/contacts/${id}/companies`, { id: body.id });
    expect((await call('GET', '/companies')).body.total_count).toBe(1);
    expect((await call('GET', `/contacts/${id}/companies`)).body.data[0].company_id).toBe('c-1');
    expect((await call('DELETE', `/companies/${body.id}`)).body).toEqual({ id: body.id, object: 'company', deleted: true });
    expect((await call('GET', `/companies/${body.id}`)).status).toBe(200);
    clock.advance(5_000);
    expect((await call('GET', `/companies/${body.id}`)).body.errors[0].code).toBe('company_not_found');
  });

  test('are scrolled by one at a time, and the scroll ends after a minute', async () => {
    const { call, clock } = await start({ existing: { contacts: 3, companies: 3 } });
    const first = await call('GET', '/companies/scroll');
    expect(first.body.data).toHaveLength(3);
    expect((await call('GET', '/companies/scroll')).body.errors[0].code).toBe('scroll_exists');
    clock.advance(61_000);
    expect((await call('GET', `/companies/scroll?scroll_param=${first.body.scroll_param}`)).status).toBe(404);
  });

  test('are limited to a thousand for one contact', async () => {
    const { call, contact, intercom } = await start({ appPerMinute: 100_000, workspacePerMinute: 200_000, existing: { companies: 1_001 } });
    const id = await contact('many@one.example');
    const ids = intercom.state.rows('companies').map((company) => company['id']);
    const attach = async (company: unknown): Promise<number> => (await call('POST', `/contacts/${id}/companies`, { id: company })).status;
    for (let index = 0; index < 1_000; index += 25) await Promise.all(ids.slice(index, index + 25).map(attach));
    expect(await attach(ids[1_000])).toBe(400);
    expect(await attach(ids[0])).toBe(200); // is in already
    expect(intercom.state.answers()['POST /contacts/:id/companies 200']).toBe(1_001);
  });
});
