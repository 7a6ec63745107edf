import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OdooVersion } from '../options.ts';
import { json2, QUIET, startRaw, xmlCall, type RawClient } from '../testing/raw-client.ts';
import { LARGE_FILE } from './shape.ts';

type Values = Record<string, unknown>;
const ALL = { context: { active_test: false } };
const sha1 = (base64: unknown): string => createHash('sha1').update(Buffer.from(String(base64), 'base64')).digest('hex');

describe.each([['oca', 14], ['oca', 17], ['enterprise', 17], ['enterprise', 19]] as const)('a help desk (%s) on Odoo %i', (dialect, version: OdooVersion) => {
  let client: RawClient;
  const oca = dialect === 'oca';
  const tickets = 600;
  beforeAll(async () => { client = await startRaw(version, { helpdesk: { dialect, tickets, seed: 7 }, users: [{ login: 'desk', password: 'd', role: 'helpdesk-user' }, { login: 'sales', password: 's', role: 'sales-user' }] }); });
  afterAll(() => client.odoo.stop());
  const read = <T extends Values = Values>(model: string, domain: unknown, fields: readonly string[], more: Values = {}): Promise<T[]> => client.call(model, 'search_read', [domain, fields], { order: 'id', ...ALL, ...more });

  it('has the models of its dialect, and not those of the other', async () => {
    const own = oca ? ['helpdesk.ticket.team', 'helpdesk.ticket.stage', 'helpdesk.ticket.tag', 'helpdesk.ticket.category', 'helpdesk.ticket.channel', 'helpdesk.sla'] : ['helpdesk.team', 'helpdesk.stage', 'helpdesk.tag', 'helpdesk.ticket.type', 'helpdesk.sla', 'helpdesk.sla.status'];
    const other = oca ? 'helpdesk.team' : 'helpdesk.ticket.team';
    const models = (await read<{ model: string }>('ir.model', [['model', 'in', [...own, other, 'rating.rating']]], ['model'])).map((row) => row.model);
    expect(models.sort()).toEqual([...own, 'rating.rating'].sort());
    expect((await client.fail(other, 'search', [[]])).message).toBe(`Object ${other} doesn't exist`);
    const fields = await client.call<Record<string, { relation?: string }>>('helpdesk.ticket', 'fields_get', [], { attributes: ['type', 'relation'] });
    expect(fields['stage_id']?.relation).toBe(oca ? 'helpdesk.ticket.stage' : 'helpdesk.stage');
    expect(fields).toHaveProperty(oca ? 'number' : 'ticket_ref');
    expect(await read('ir.module.module', [['state', '=', 'installed'], ['name', '=', oca ? 'helpdesk_mgmt' : 'helpdesk']], ['name'])).toHaveLength(1);
  });

  it('says which stages close: closed, fold, or is_close by dialect and version', async () => {
    const model = oca ? 'helpdesk.ticket.stage' : 'helpdesk.stage';
    const flag = oca ? 'closed' : 'fold';
    expect((await read(model, [], ['name', flag])).map((stage) => stage[flag])).toEqual([false, false, false, true, true]);
  });

  it('is read by keyset, 100 at a time, each ticket once', async () => {
    const ids: number[] = [];
    for (let last = 0; ;) {
      const page = await read<{ id: number }>('helpdesk.ticket', [['id', '>', last]], ['name', 'stage_id', 'partner_id', 'description', 'create_date'], { limit: 100 });
      if (page.length === 0) break;
      ids.push(...page.map((row) => row.id));
      last = page.at(-1)!.id;
    }
    expect(ids).toEqual(Array.from({ length: tickets }, (_none, at) => at + 1));
    expect(await client.call('helpdesk.ticket', 'search_count', [[]], ALL)).toBe(tickets);
    expect(await client.call('helpdesk.ticket', 'search_count', [[]])).toBeLessThan(tickets);
    expect(await client.call('helpdesk.ticket', 'search_count', [[['company_id', '=', 2]]], ALL)).toBeGreaterThan(20);
  });

  it('gives the messages of 50 tickets at once, as many as the tickets list, in the order of their ids', async () => {
    const page = await read<{ id: number; message_ids: number[] }>('helpdesk.ticket', [], ['message_ids'], { limit: 50 });
    const messages = await read<{ id: number; res_id: number }>('mail.message', [['model', '=', 'helpdesk.ticket'], ['res_id', 'in', page.map((row) => row.id)]], ['res_id', 'body', 'date', 'author_id']);
    expect(messages.map((row) => row.id)).toEqual(page.flatMap((row) => row.message_ids.toReversed()));
    expect(await client.call('mail.message', 'search_count', [[['model', '=', 'helpdesk.ticket']]])).toBeGreaterThan(3000);
    for (const { id, message_ids: list } of page) expect(messages.filter((row) => row.res_id === id)).toHaveLength(list.length);
  });

  it('has every kind of trouble in its history', async () => {
    const rows = await read<{ id: number; partner_id: false | [number]; partner_email: string | false; message_ids: number[]; user_id: false | [number] }>('helpdesk.ticket', [], ['partner_id', 'partner_email', 'message_ids', 'user_id']);
    expect(rows.some((row) => row.message_ids.length > 450)).toBe(true);
    expect(rows.some((row) => row.message_ids.length === 0)).toBe(true);
    expect(rows.some((row) => row.partner_id === false && row.partner_email !== false)).toBe(true);
    expect(rows.some((row) => row.partner_id === false && row.partner_email === false)).toBe(true);
    expect(rows.some((row) => row.user_id === false)).toBe(true);
    const archived = (await read<{ id: number }>('res.users', [['active', '=', false], ['login', 'like', 'agent.']], ['login'])).map((row) => row.id);
    expect(archived).toHaveLength(2);
    expect(rows.some((row) => row.user_id !== false && archived.includes(row.user_id[0]))).toBe(true);
    const messages = await read<{ author_id: false | [number]; email_from: string | false; message_type: string; subtype_id: [number]; date: string; res_id: number; body: string }>('mail.message', [['model', '=', 'helpdesk.ticket']], ['author_id', 'email_from', 'message_type', 'subtype_id', 'date', 'res_id', 'body', 'attachment_ids']);
    expect(messages.some((row) => row.author_id === false && row.email_from !== false)).toBe(true);
    expect(messages.some((row) => row.author_id !== false && row.author_id[0] === 113)).toBe(true);
    expect(await client.call('res.users', 'search_count', [[['partner_id', '=', 113]]], ALL)).toBe(0);
    expect(new Set(messages.map((row) => row.message_type))).toEqual(new Set(['email', 'comment', 'notification']));
    expect(new Set(messages.map((row) => row.subtype_id[0]))).toEqual(new Set([1, 2, 15]));
    expect(messages.some((row, at) => at > 0 && messages[at - 1]!.res_id === row.res_id && messages[at - 1]!.date > row.date)).toBe(true);
    expect(messages.some((row) => /<img src="\/web\/image\/\d+\?access_token=/u.test(row.body))).toBe(true);
    const portal = await read<{ partner_id: [number] }>('res.users', [['share', '=', true], ['id', '>', 100]], ['partner_id']);
    expect(portal.length).toBeGreaterThan(3);
    const ofPortal = new Set(portal.map((row) => row.partner_id[0]));
    expect(messages.filter((row) => row.author_id !== false && ofPortal.has(row.author_id[0]) && row.subtype_id[0] === 1).every((row) => row.message_type === 'comment')).toBe(true);
  });

  it('has customers as they are: two with one e-mail, some without, archived ones, companies', async () => {
    const partners = await read<{ email: string | false; active: boolean; is_company: boolean; parent_id: unknown }>('res.partner', [['id', '>', 1000]], ['email', 'active', 'is_company', 'parent_id']);
    const mails = partners.map((row) => row.email).filter((email) => email !== false).map((email) => email.toLowerCase());
    expect(new Set(mails).size).toBeLessThan(mails.length);
    expect(partners.some((row) => row.email === false) && partners.some((row) => !row.active) && partners.some((row) => row.is_company) && partners.some((row) => row.parent_id !== false)).toBe(true);
  });

  it('has files of all kinds: many on one message, links, blocked types, 25 MB, the same content twice; their bytes agree with their checksum', async () => {
    const files = await read<{ id: number; name: string; file_size: number; type: string; mimetype: string; res_id: number }>('ir.attachment', [['res_model', '=', 'helpdesk.ticket']], ['name', 'file_size', 'type', 'mimetype', 'res_id']);
    expect(files.some((file) => file.file_size === LARGE_FILE)).toBe(true);
    expect(files.some((file) => file.type === 'url')).toBe(true);
    expect(files.some((file) => file.mimetype === 'application/x-msdos-program')).toBe(true);
    const small = files.filter((file) => file.type === 'binary' && file.file_size < 20_000).slice(0, 8);
    for (const { id, file_size: size } of small) {
      const [row] = await read('ir.attachment', [['id', '=', id]], ['datas', 'checksum']);
      expect([sha1(row!['datas']), Buffer.from(String(row!['datas']), 'base64').length]).toEqual([row!['checksum'], size]);
    }
    const logos = files.filter((file) => file.file_size === 8765);
    expect(logos.length).toBeGreaterThan(1);
    expect(new Set((await read<{ checksum: string }>('ir.attachment', [['id', 'in', logos.map((file) => file.id)]], ['checksum'])).map((row) => row.checksum)).size).toBe(1);
    const messages = await read<{ attachment_ids: number[]; res_id: number }>('mail.message', [['model', '=', 'helpdesk.ticket'], ['res_id', '=', 12]], ['attachment_ids', 'res_id']);
    expect(Math.max(...messages.map((row) => row.attachment_ids.length))).toBeGreaterThan(10);
  });

  it('streams a file of 25 MB that was never stored', async () => {
    const [large] = await read<{ id: number; checksum: string }>('ir.attachment', [['file_size', '=', LARGE_FILE]], ['checksum'], { limit: 1 });
    const [row] = await client.call<[Values]>('ir.attachment', 'read', [[large!.id], ['datas']]);
    expect(sha1(row['datas'])).toBe(large!.checksum);
    expect(await client.call('ir.attachment', 'read', [[large!.id], ['datas']], { context: { bin_size: true } })).toMatchObject([{ datas: '25.00 Mb' }]);
  });

  it('has ratings, of which only the consumed ones were given, and SLA states', async () => {
    const ratings = await read<{ rating: number; consumed: boolean; rating_text: string; res_id: number }>('rating.rating', [['res_model', '=', 'helpdesk.ticket']], ['rating', 'consumed', 'rating_text', 'res_id', 'feedback', 'partner_id']);
    expect(ratings.filter((row) => !row.consumed).every((row) => row.rating === 0)).toBe(true);
    expect(new Set(ratings.map((row) => row.rating_text))).toEqual(new Set(version === 14 ? ['satisfied', 'not_satisfied', 'highly_dissatisfied', 'no_rating'] : ['top', 'ok', 'ko', 'none']));
    const given = ratings.find((row) => row.consumed)!;
    expect(await read('helpdesk.ticket', [['id', '=', given.res_id]], ['rating_last_value'])).toMatchObject([{ rating_last_value: given.rating }]);
    if (oca) {
      expect(await client.call('helpdesk.ticket', 'search_count', [[['sla_expired', '=', true]]], ALL)).toBeGreaterThan(5);
      return;
    }
    const states = await read<{ status: string; ticket_id: [number] }>('helpdesk.sla.status', [], ['status', 'ticket_id', 'deadline', 'reached_datetime']);
    expect(new Set(states.map((row) => row.status))).toEqual(new Set(['failed', 'reached']));
    const [ticket] = await read<{ sla_status_ids: number[] }>('helpdesk.ticket', [['id', '=', states[0]!.ticket_id[0]]], ['sla_status_ids', 'sla_fail']);
    expect(ticket!.sla_status_ids.length).toBeGreaterThan(0);
  });

  it('has custom fields of each type, listed as manual', async () => {
    const fields = await read<{ name: string; ttype: string }>('ir.model.fields', [['model', '=', 'helpdesk.ticket'], ['state', '=', 'manual']], ['name', 'ttype']);
    expect(fields.map((field) => field.ttype).sort()).toEqual(['boolean', 'char', 'char', 'date', 'datetime', 'float', 'integer', 'many2one', 'selection', 'text']);
    const values = await read('helpdesk.ticket', [['x_studio_severity', '=', 'critical']], fields.map((field) => field.name));
    expect(values.length).toBeGreaterThan(50);
  });

  it('has followers, customers among them', async () => {
    const [ticket] = await read<{ message_partner_ids: number[]; partner_id: [number] }>('helpdesk.ticket', [['partner_id', '!=', false]], ['message_partner_ids', 'partner_id'], { limit: 1 });
    expect(ticket!.message_partner_ids).toContain(ticket!.partner_id[0]);
  });

  it('is the same for the same seed, and another for another', async () => {
    const one = await startRaw(version, { helpdesk: { dialect, tickets, seed: 7 } });
    const two = await startRaw(version, { helpdesk: { dialect, tickets, seed: 8 } });
    const sample = (odoo: RawClient): Promise<unknown> => odoo.call('mail.message', 'search_read', [[['model', '=', 'helpdesk.ticket'], ['res_id', 'in', [3, 4, 5]]], ['date', 'body', 'author_id', 'message_id']], { order: 'id' });
    expect(await sample(one)).toEqual(await sample(client));
    expect(await sample(two)).not.toEqual(await sample(client));
    await one.odoo.stop();
    await two.odoo.stop();
  });

  it('keeps changes, new tickets and deletions among the rows that are made up', async () => {
    const ticket = 77;
    await client.call('helpdesk.ticket', 'write', [[ticket], { name: 'Changed', priority: '3' }], { context: QUIET });
    expect(await read('helpdesk.ticket', [['id', 'in', [76, 77, 78]]], ['name', 'partner_name'])).toMatchObject([{ id: 76 }, { id: 77, name: 'Changed' }, { id: 78 }]);
    const made = await client.call<number>('helpdesk.ticket', 'create', [{ name: 'New one', description: '<p>x</p>', partner_id: 1001 }], { context: QUIET });
    expect(made).toBe(tickets + 1);
    // A partner does not fill in his name and address through the API (facts 16).
    expect(await read('helpdesk.ticket', [['id', '=', made]], ['partner_name', 'partner_email', 'priority', 'stage_id'])).toMatchObject([{ partner_name: false, partner_email: false, priority: oca ? '1' : '0', stage_id: [1, 'New'] }]);
    const message = await client.call<number>('mail.message', 'create', [{ model: 'helpdesk.ticket', res_id: ticket, body: '<p>later</p>' }], { context: QUIET });
    expect((await read<{ message_ids: number[] }>('helpdesk.ticket', [['id', '=', ticket]], ['message_ids']))[0]!.message_ids[0]).toBe(message);
    const before = await client.call('mail.message', 'search_count', [[['model', '=', 'helpdesk.ticket'], ['res_id', '=', 78]]]);
    expect(before).toBeGreaterThan(0);
    await client.call('helpdesk.ticket', 'unlink', [[78]]);
    expect(await client.call('helpdesk.ticket', 'search', [[['id', 'in', [77, 78, made]]]], { order: 'id' })).toEqual([77, made]);
    expect(await client.call('mail.message', 'search_count', [[['model', '=', 'helpdesk.ticket'], ['res_id', '=', 78]]])).toBe(0);
    expect((await client.fail('helpdesk.ticket', 'write', [[79], { stage_id: 99 }], { context: QUIET })).name).toBe('odoo.exceptions.ValidationError');
    expect(client.odoo.state.count('helpdesk.ticket')).toBe(tickets);
    await client.call('helpdesk.ticket', 'unlink', [[made]]);
  });

  it('closes a ticket now, and tells the customer on OCA unless tracking_disable (facts 16)', async () => {
    const make = (values: Values): Promise<number> => client.call('helpdesk.ticket', 'create', [{ name: 'C', description: '<p>x</p>', partner_id: 1001, ...values }], { context: QUIET });
    const closed = oca ? 'closed_date' : 'close_date';
    const [loud, quiet, dated] = [await make({}), await make({}), await make({ stage_id: 4, [closed]: '2019-05-05 05:05:05' })];
    const mails = client.odoo.state.causedMails().length;
    await client.call('helpdesk.ticket', 'write', [[quiet], { stage_id: 4 }], { context: QUIET });
    expect(client.odoo.state.causedMails().length - mails).toBe(0);
    await client.call('helpdesk.ticket', 'write', [[loud], { stage_id: 4 }]);
    expect(client.odoo.state.causedMails().slice(mails).map((mail) => mail.reason)).toEqual(oca ? ['stage'] : []);
    expect((await read('helpdesk.ticket', [['id', '=', await make({ stage_id: 4 })]], [closed]))[0]![closed] === false).toBe(oca);
    const rows = await read('helpdesk.ticket', [['id', 'in', [loud, quiet, dated]]], [closed]);
    expect(rows.map((row) => String(row[closed]).slice(0, 10))).toEqual([new Date().toISOString().slice(0, 10), new Date().toISOString().slice(0, 10), '2019-05-05']);
    await client.call('helpdesk.ticket', 'unlink', [[loud, quiet, dated]]);
  });

  it('is open to the help desk, not to others', async () => {
    expect(await client.as(6, 'd').call('helpdesk.ticket', 'search_count', [[]])).toBeGreaterThan(400);
    const sales = client.as(7, 's');
    // OCA gives every employee the right to read, and shows him nothing (measured on 14).
    expect(await sales.call('helpdesk.ticket', 'check_access_rights', ['read'], { raise_exception: false })).toBe(oca);
    if (oca) expect(await sales.call('helpdesk.ticket', 'search_count', [[]])).toBe(0);
    else expect((await sales.fail('helpdesk.ticket', 'search', [[]])).name).toBe('odoo.exceptions.AccessError');
    expect((await client.as(6, 'd').fail('helpdesk.ticket', 'unlink', [[1]])).name).toBe('odoo.exceptions.AccessError');
    expect(await client.as(7, 's').call('mail.message', 'search_count', [[['model', '=', 'helpdesk.ticket']]])).toBe(0);
  });

  it('answers by every door', async () => {
    expect(await xmlCall(client.odoo, 'helpdesk.ticket', 'search_read', [[['id', '=', 5]], ['name', 'create_date']])).toContain('<name>create_date</name>');
    if (version >= 19) expect((await json2(client.odoo, 'helpdesk.ticket/search_read', { domain: [['id', '=', 5]], fields: ['name'] })).body).toHaveLength(1);
  });
});

describe('large reads of a slow server', () => {
  it('are cut off by their size, so that half of them gets through', async () => {
    const { odoo, call } = await startRaw(17, { helpdesk: { dialect: 'enterprise', tickets: 300 } });
    odoo.faults.add({ kind: 'slow-per-record', model: 'helpdesk.ticket', msPerRecord: 1, timeoutMs: 120 });
    const page = (limit: number): Promise<unknown[]> => call('helpdesk.ticket', 'search_read', [[], ['name']], { order: 'id', limit, ...ALL });
    await expect(page(200)).rejects.toThrow(/fetch failed|terminated|socket/u);
    expect(await page(100)).toHaveLength(100);
    odoo.faults.clear();
    odoo.faults.add({ kind: 'slow-per-record', model: 'helpdesk.ticket', msPerRecord: 1, timeoutMs: 120, status: 504 });
    const body = JSON.stringify({ jsonrpc: '2.0', params: { service: 'object', method: 'execute_kw', args: [odoo.database, 2, 'admin', 'helpdesk.ticket', 'search_read', [[]], { fields: ['name'], ...ALL }] } });
    expect((await fetch(`${odoo.url}/jsonrpc`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body })).status).toBe(504);
    await odoo.stop();
  });

  it('fail for one record that cannot be read, whatever the page', async () => {
    const { odoo, call, fail } = await startRaw(17, { helpdesk: { dialect: 'oca', tickets: 300 } });
    odoo.faults.add({ kind: 'broken-record', model: 'helpdesk.ticket', ids: [42] });
    const page = (from: number, to: number): readonly unknown[] => [[['id', '>=', from], ['id', '<=', to]], ['name']];
    expect((await fail('helpdesk.ticket', 'search_read', page(1, 100), ALL)).message).toContain('helpdesk.ticket(42,)');
    expect((await fail('helpdesk.ticket', 'read', [[42]])).name).toBe('builtins.ValueError');
    expect(await call('helpdesk.ticket', 'search_read', page(43, 100), ALL)).toHaveLength(58);
    expect(await call('helpdesk.ticket', 'search', [[['id', '=', 42]]], ALL)).toEqual([42]);
    await odoo.stop();
  });
});

describe('OCA tickets (each measured on helpdesk_mgmt 14.0.2.14.0)', () => {
  let client: RawClient;
  beforeAll(async () => { client = await startRaw(14, { helpdesk: { dialect: 'oca' } }); });
  afterAll(() => client.odoo.stop());
  const make = (values: Values): Promise<number> => client.call('helpdesk.ticket', 'create', [{ name: 'A', description: '<p>d</p>', ...values }], { context: QUIET });
  const read = async (id: number, fields: readonly string[]): Promise<Values> => (await client.call<Values[]>('helpdesk.ticket', 'read', [[id], fields]))[0]!;

  it('are numbered by a sequence that given numbers do not move, and found by number', async () => {
    const [first] = [await make({}), await make({ number: 'X-1' })];
    const third = await make({});
    expect(await read(first, ['number', 'display_name', 'priority', 'kanban_state', 'sequence', 'message_ids'])).toMatchObject({ number: 'HT00001', display_name: 'HT00001 - A', priority: '1', kanban_state: false, sequence: 10, message_ids: [] });
    expect(await read(third, ['number'])).toMatchObject({ number: 'HT00002' });
    expect(await client.call('helpdesk.ticket', 'name_search', ['HT0000'])).toEqual(expect.arrayContaining([[first, 'HT00001 - A'], [third, 'HT00002 - A']]));
    expect(await client.call('helpdesk.ticket', 'name_search', ['A'])).toEqual([]);
  });

  it('take their dates on creation, and lose the closing date that is written with a stage', async () => {
    const id = await make({ stage_id: 4, closed_date: '2019-05-05 05:05:05', assigned_date: '2019-05-01 00:00:00', last_stage_update: '2019-05-02 00:00:00' });
    expect(await read(id, ['closed_date', 'assigned_date', 'last_stage_update', 'closed'])).toMatchObject({ closed_date: '2019-05-05 05:05:05', assigned_date: '2019-05-01 00:00:00', last_stage_update: '2019-05-02 00:00:00', closed: true });
    await client.call('helpdesk.ticket', 'write', [[id], { stage_id: 4, closed_date: '2018-01-01 00:00:00' }], { context: QUIET });
    const closed = (await read(id, ['closed_date']))['closed_date'];
    expect(String(closed).slice(0, 4)).not.toBe('2018');
    await client.call('helpdesk.ticket', 'write', [[id], { stage_id: 1 }], { context: QUIET });
    expect(await read(id, ['closed_date', 'closed'])).toMatchObject({ closed_date: closed, closed: false });
  });

  it('keep their stages and let go of their teams', async () => {
    const team = await client.call<number>('helpdesk.ticket.team', 'create', [{ name: 'T' }]);
    const id = await make({ team_id: team });
    expect((await client.fail('helpdesk.ticket.stage', 'unlink', [[1]])).message).toContain('helpdesk_ticket_stage_id_fkey');
    await client.call('helpdesk.ticket.team', 'unlink', [[team]]);
    expect(await read(id, ['team_id'])).toMatchObject({ team_id: false });
  });

  it('count the ratings that were given, and take them along when they go', async () => {
    const id = await make({});
    const [model] = await client.call<[number]>('ir.model', 'search', [[['model', '=', 'helpdesk.ticket']]]);
    await client.call('rating.rating', 'create', [[{ res_model_id: model, res_id: id, rating: 5, consumed: true }, { res_model_id: model, res_id: id, rating: 3, consumed: true }, { res_model_id: model, res_id: id, rating: 1 }]]);
    expect(await read(id, ['rating_count', 'rating_last_value'])).toMatchObject({ rating_count: 2, rating_last_value: 3 });
    expect((await client.call<{ rating_text: string }[]>('rating.rating', 'search_read', [[], ['rating_text']], { order: 'id' })).map((row) => row.rating_text)).toEqual(['satisfied', 'not_satisfied', 'highly_dissatisfied']);
    expect((await client.fail('rating.rating', 'create', [{ res_model_id: model, res_id: id, rating: 10 }])).message).toContain('rating_rating_rating_range');
    await client.call('helpdesk.ticket', 'unlink', [[id]]);
    expect(await client.call('rating.rating', 'search_count', [[]])).toBe(0);
  });
});
