import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { QUIET, startRaw, type RawClient } from './testing/raw-client.ts';

const VERSIONS = [14, 17, 18, 19] as const;

describe.each(VERSIONS)('records of Odoo %i', (version) => {
  let client: RawClient;
  beforeAll(async () => { client = await startRaw(version); });
  afterAll(() => client.odoo.stop());
  const create = <T = number>(model: string, values: unknown): Promise<T> => client.call<T>(model, 'create', [values], { context: QUIET });
  const read = async (model: string, id: number, fields: readonly string[]): Promise<Record<string, unknown>> =>
    (await client.call<Record<string, unknown>[]>(model, 'read', [[id], fields], { context: { active_test: false } }))[0]!;

  it('creates a batch in order, one record, or none', async () => {
    const ids = await create<number[]>('res.partner', [{ name: 'A' }, { name: 'B', email: 'b@x.test' }, { name: 'C' }]);
    expect(ids).toEqual([ids[0], ids[0]! + 1, ids[0]! + 2]);
    expect(await create('res.partner', { name: 'D' })).toBe(ids[0]! + 3);
    expect(await create('res.partner', [])).toEqual([]);
  });

  it('leaves nothing of a batch with one bad record', async () => {
    const before = client.odoo.state.count('res.partner');
    await client.fail('res.partner', 'create', [[{ name: 'good' }, { name: 'bad', type: 'zzz' }, { name: 'good too' }]]);
    expect(client.odoo.state.count('res.partner')).toBe(before);
  });

  it('deletes all or nothing, and reads nothing of what is gone', async () => {
    const [a, b] = await create<number[]>('res.partner', [{ name: 'A' }, { name: 'B' }]);
    expect(await client.fail('res.partner', 'unlink', [[a, 999_999]])).toMatchObject({ name: 'odoo.exceptions.MissingError' });
    expect(await client.call('res.partner', 'read', [[a, 999_999, b], ['name']])).toHaveLength(2);
    expect(await client.call('res.partner', 'unlink', [[a, b]])).toBe(true);
    expect(await client.call('res.partner', 'unlink', [[]])).toBe(true);
    expect(await client.call('res.partner', 'write', [[], { name: 'x' }])).toBe(true);
    expect(await client.call('res.partner', 'read', [[a, b], ['name']])).toEqual([]);
    // Models without record rules do not notice that a row is gone (measured on 14).
    expect(await client.call('crm.tag', 'unlink', [[999_999]])).toBe(true);
  });

  it('ignores ids, dates and users of creation, also on write', async () => {
    const id = await create('res.partner', { id: 4711, name: 'A', create_date: '2001-01-01 00:00:00', create_uid: 1, write_date: '2001-01-01 00:00:00' });
    await client.call('res.partner', 'write', [[id], { create_date: '2001-01-01 00:00:00' }]);
    const record = await read('res.partner', id, ['create_date', 'create_uid', 'write_date']);
    expect(id).not.toBe(4711);
    expect(record['create_date']).not.toBe('2001-01-01 00:00:00');
    expect(record['create_uid']).toEqual([2, 'Administrator']);
  });

  it('reads empties as false, numbers as 0, lists as []', async () => {
    const id = await create('res.partner', { name: 'Empty' });
    expect(await read('res.partner', id, ['email', 'country_id', 'color', 'partner_latitude', 'category_id', 'comment', 'is_company', 'tz'])).toEqual({
      id, email: false, country_id: false, color: 0, partner_latitude: 0, category_id: [], comment: false, is_company: false, tz: false,
    });
  });

  it('is lenient about types, and strict about dates', async () => {
    const id = await create('res.partner', { name: true, ref: 123, color: '7', partner_latitude: '1.5', email: '' });
    expect(await read('res.partner', id, ['name', 'ref', 'color', 'partner_latitude'])).toMatchObject({ name: 'True', ref: '123', color: 7, partner_latitude: 1.5 });
    expect((await client.fail('crm.lead', 'create', [{ name: 'x', date_closed: '2020-02-30 00:00:00' }])).name).toBe(version === 14 ? 'psycopg2.errors.DatetimeFieldOverflow' : 'builtins.ValueError');
    for (const date of ['2020-01-01T00:00:00', '2020-01-01 00:00:00Z', '2020-01-01 00:00:00.5']) {
      expect((await client.fail('crm.lead', 'create', [{ name: 'x', date_closed: date }])).name).toBe('builtins.ValueError');
    }
    const lead = await create('crm.lead', { name: 'x', date_closed: '2020-02-03' });
    expect(await read('crm.lead', lead, ['date_closed'])).toMatchObject({ date_closed: '2020-02-03 00:00:00' });
    expect((await client.fail('crm.lead', 'create', [{ name: 'x', stage_id: [1, 'New'] }])).name).toBe('psycopg2.errors.InvalidTextRepresentation');
  });

  it('takes many2many as ids, as links and as a set', async () => {
    const [a, b] = await create<number[]>('res.partner.category', [{ name: `a${version}` }, { name: `b${version}` }]);
    for (const [value, expected] of [[[a, b], [a, b]], [[[6, 0, [b]]], [b]], [[[4, a], [4, b]], [a, b]], [[[0, 0, { name: 'inline' }]], [b! + 1]]] as const) {
      const id = await create('res.partner', { name: 'Tagged', category_id: value });
      expect((await read('res.partner', id, ['category_id']))['category_id']).toEqual(expected);
    }
  });

  it('moves write_date with every write, changed or not', async () => {
    const id = await create('res.partner', { name: 'Same' });
    const before = client.odoo.state.row('res.partner', id)!['write_date'];
    await new Promise((resolve) => { setTimeout(resolve, 5); });
    await client.call('res.partner', 'write', [[id], { name: 'Same' }]);
    expect(client.odoo.state.row('res.partner', id)!['write_date']).not.toBe(before);
  });

  it('words a foreign key in terms of deleting', async () => {
    const { message } = await client.fail('crm.lead', 'create', [{ name: 'x', partner_id: 99_999_999 }]);
    if (version === 14) expect(message).toMatch(/Model: Lead\/Opportunity \(crm\.lead\), Constraint: crm_lead_partner_id_fkey$/u);
    else if (version < 19) expect(message).toMatch(/Model: Lead\/Opportunity \(crm\.lead\)\nConstraint: crm_lead_partner_id_fkey\n$/u);
    else expect(message).toMatch(/The troublemaker is: 'Lead' \(crm\.lead\)\nThanks to the following constraint: 'Contact' \(partner_id\)/u);
  });

  it('keeps tag names unique by case, and other names not', async () => {
    await create('crm.tag', { name: 'Tag' });
    await create('crm.tag', { name: 'tag' });
    const { message } = await client.fail('crm.tag', 'create', [{ name: 'Tag' }]);
    expect(message).toBe(version === 14 ? 'crm_tag_name_uniq' : 'The operation cannot be completed: Tag name already exists!');
    await create('crm.stage', [{ name: 'Same' }, { name: 'Same' }]);
  });

  it('deletes what hangs on a record with it', async () => {
    const partner = await create('res.partner', { name: 'With things' });
    const [model] = await client.call<number[]>('ir.model', 'search', [[['model', '=', 'res.partner']]]);
    await create('mail.message', { model: 'res.partner', res_id: partner, body: '<p>x</p>' });
    await create('mail.activity', { res_model_id: model, res_id: partner, user_id: 2 });
    await create('ir.attachment', { name: 'f.txt', datas: 'eA==', res_model: 'res.partner', res_id: partner });
    await create('ir.model.data', { module: 'm', name: `p${version}`, model: 'res.partner', res_id: partner });
    const counts = (): number[] => ['mail.message', 'mail.activity', 'ir.attachment', 'ir.model.data'].map((name) => client.odoo.state.count(name));
    const before = counts();
    await client.call('res.partner', 'unlink', [[partner]]);
    expect(counts()).toEqual(before.map((count) => count - 1));
  });

  it('empties references to a deleted partner, refuses a used stage, takes used tags', async () => {
    const partner = await create('res.partner', { name: 'P' });
    const [stage, tag] = [await create('crm.stage', { name: 'S' }), await create('crm.tag', { name: 'Used' })];
    const lead = await create('crm.lead', { name: 'L', partner_id: partner, stage_id: stage, tag_ids: [tag], active: false, probability: 0 });
    await client.call('res.partner', 'unlink', [[partner]]);
    await client.call('crm.tag', 'unlink', [[tag]]);
    expect((await client.fail('crm.stage', 'unlink', [[stage]])).name).toBe('odoo.exceptions.ValidationError');
    expect(await read('crm.lead', lead, ['partner_id', 'stage_id', 'tag_ids'])).toMatchObject({ partner_id: false, stage_id: [stage, 'S'], tag_ids: [] });
    expect((await client.fail('res.partner', 'unlink', [[3]])).name).toBe(version === 14 ? 'odoo.exceptions.ValidationError' : 'odoo.exceptions.RedirectWarning');
  });

  it('computes size, type and SHA-1 of attachments, and refuses what is not base64 or no image', async () => {
    const id = await create('ir.attachment', { name: 'note.txt', datas: Buffer.from('hello').toString('base64') });
    expect(await read('ir.attachment', id, ['checksum', 'file_size', 'mimetype', 'datas'])).toMatchObject({ checksum: 'aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d', file_size: 5, mimetype: 'text/plain', datas: 'aGVsbG8=' });
    expect((await client.fail('ir.attachment', 'create', [{ name: 'x', datas: 'abc' }])).name).toBe('binascii.Error');
    expect((await client.fail('res.partner', 'create', [{ name: 'x', image_1920: 'aGVsbG8=' }])).message).toContain('could not be decoded as an image');
  });
});

describe('the same seed in every version', () => {
  it.each(VERSIONS)('%i has the stages, subtypes, activity types, countries and the administrator at their usual ids', async (version) => {
    const { odoo, call } = await startRaw(version);
    expect(await call('crm.stage', 'search_read', [[], ['name', 'is_won']])).toMatchObject([{ id: 1, name: 'New' }, { id: 2 }, { id: 3 }, { id: 4, name: 'Won', is_won: true }]);
    expect(await call('ir.model.data', 'check_object_reference', ['mail', 'mt_note'])).toEqual(['mail.message.subtype', 2]);
    expect(await call('mail.activity.type', 'search', [[]], { order: 'id' })).toEqual([1, 2, 3, 4, 5]);
    expect(await call('res.country', 'search', [[['code', '=', 'PL']]])).toEqual([178]);
    expect(await call('res.country', 'search', [[['code', '=', 'UK']]])).toEqual([]);
    expect(await call('res.users', 'search_read', [[], ['login']])).toEqual([{ id: 2, login: 'admin' }]);
    await odoo.stop();
  });

  it('has the fields of its version', async () => {
    const clients = await Promise.all(VERSIONS.map((version) => startRaw(version)));
    const types = await Promise.all(clients.map(async ({ call }) => {
      const [partner, lead] = [await call<Record<string, { type: string }>>('res.partner', 'fields_get', [], { attributes: ['type'] }), await call<Record<string, { type: string }>>('crm.lead', 'fields_get', [], { attributes: ['type'] })];
      return { comment: partner['comment']?.type, mobile: partner['mobile']?.type ?? null, lost: 'lost_reason' in lead ? 'lost_reason' : 'lost_reason_id', won: lead['won_status']?.type ?? null };
    }));
    expect(types).toEqual([
      { comment: 'text', mobile: 'char', lost: 'lost_reason', won: null }, { comment: 'html', mobile: 'char', lost: 'lost_reason_id', won: null },
      { comment: 'html', mobile: 'char', lost: 'lost_reason_id', won: null }, { comment: 'html', mobile: null, lost: 'lost_reason_id', won: 'selection' },
    ]);
    for (const { odoo } of clients) await odoo.stop();
  });
});

describe('transactions', () => {
  it('leave the tables as they were whatever fails where in a batch', async () => {
    const { odoo, call, fail } = await startRaw(17);
    await call('res.partner', 'create', [[{ name: 'one' }, { name: 'two', parent_id: 1 }]]);
    const snapshot = (): string => JSON.stringify(['res.partner', 'mail.message', 'mail.followers', 'ir.model.data', 'crm.lead'].map((model) => odoo.state.rows(model)));
    const before = snapshot();
    await fc.assert(fc.asyncProperty(fc.integer({ min: 0, max: 5 }), fc.constantFrom({ type: 'zzz' }, { no_such: 1 }, { country_id: 999_999 }, { name: '' }, { color: 2 ** 40 }), async (at, bad) => {
      const batch: Record<string, unknown>[] = Array.from({ length: 6 }, (_, index) => ({ name: `p${index}`, parent_id: 1, email: 'x@y.test' }));
      batch[at] = { name: 'bad', ...bad };
      await fail('res.partner', 'create', [batch]);
      expect(snapshot()).toBe(before);
    }), { numRuns: 25 });
    await odoo.stop();
  });
});
