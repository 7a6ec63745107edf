import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { QUIET, startRaw, type RawClient } from './testing/raw-client.ts';

let client: RawClient;
let ids: number[];
beforeAll(async () => {
  client = await startRaw(17);
  const [poland] = await client.call<number[]>('res.country', 'search', [[['code', '=', 'PL']]]);
  const company = await client.call<number>('res.partner', 'create', [{ name: 'Acme 100%', is_company: true, country_id: poland, ref: 'tree' }], { context: QUIET });
  ids = [company, ...await client.call<number[]>('res.partner', 'create', [[
    { name: 'anna', parent_id: company, color: 1, email: 'anna@x.test', ref: 'tree' },
    { name: 'Bert', color: 2, email: 'bert@x.test', ref: 'tree' },
    { name: 'Cleo', color: 3, active: false, ref: 'tree' },
    { name: 'Dora_x', ref: 'tree', category_id: [[0, 0, { name: 'VIP' }]] },
  ]], { context: QUIET })];
});
afterAll(() => client.odoo.stop());

const found = async (domain: readonly unknown[], keywords: Record<string, unknown> = {}): Promise<number[]> =>
  (await client.call<number[]>('res.partner', 'search', [['&', ['ref', '=', 'tree'], ...(domain.length === 0 ? [['id', '>', 0]] : domain)]], { order: 'id', ...keywords })).map((id) => ids.indexOf(id));

describe('domains', () => {
  it.each([
    [[], [0, 1, 2, 4]],
    [[['active', 'in', [true, false]]], [0, 1, 2, 3, 4]],
    [[['name', '=', 'Bert']], [2]],
    [[['name', '!=', 'Bert']], [0, 1, 4]],
    [[['email', '!=', 'bert@x.test']], [0, 1, 4]], // '!=' matches empty values
    [[['email', 'not in', ['bert@x.test']]], [0, 1, 4]],
    [[['email', '=', false]], [0, 4]],
    [[['email', 'in', ['anna@x.test', 'bert@x.test']]], [1, 2]],
    [[['name', 'like', 'ert']], [2]],
    [[['name', 'like', 'ERT']], []],
    [[['name', 'ilike', 'ERT']], [2]],
    [[['name', '=like', 'B%']], [2]],
    [[['name', '=ilike', 'b_rt']], [2]],
    [[['name', 'like', '100\\%']], [0]],
    [[['color', '>', 1]], [2]],
    [[['color', '<=', 1]], [0, 1, 4]],
    [[['color', '=?', false]], [0, 1, 2, 4]],
    [[['country_id.code', '=', 'PL']], [0, 1]], // the contact has its company's address
    [[['parent_id', '=', 'Acme 100%']], [1]],
    [[['parent_id', '=', false]], [0, 2, 4]],
    [[['category_id', 'ilike', 'vip']], [4]],
    [[['category_id', '=', false]], [0, 1, 2]],
    [['|', ['name', '=', 'anna'], ['name', '=', 'Bert']], [1, 2]],
    [['!', ['name', '=', 'anna']], [0, 2, 4]],
    [['!', '|', ['name', '=', 'anna'], ['name', '=', 'Bert']], [0, 4]],
    [[['parent_id.name', 'ilike', 'acme']], [1]],
  ] as const)('%j finds %j', async (domain, expected) => {
    expect(await found(domain)).toEqual(expected);
  });

  it('follows the tree with child_of', async () => {
    expect(await found([['id', 'child_of', [ids[0]]]])).toEqual([0, 1]);
  });

  it('shows archived records with active_test off', async () => {
    expect(await found([], { context: { active_test: false } })).toEqual([0, 1, 2, 3, 4]);
  });

  it('orders, skips and cuts; a limit of 0 is none', async () => {
    expect(await found([], { order: 'color desc, id', limit: 2 })).toEqual([2, 1]);
    expect(await found([], { offset: 1, limit: 2 })).toEqual([1, 2]);
    expect(await found([], { limit: 0 })).toEqual([0, 1, 2, 4]);
    expect(await client.call('res.partner', 'search_count', [[['ref', '=', 'tree']]])).toBe(4);
  });

  it.each([
    [[['no_such', '=', 1]], 'builtins.ValueError', "Invalid field res.partner.no_such in leaf ('no_such', '=', 1)"],
    [[['name', 'foo', 1]], 'builtins.ValueError', "Invalid leaf ('name', 'foo', 1)"],
    ['nonsense', 'builtins.AssertionError', /must have a 'domain' form/u],
  ] as const)('%j is refused', async (domain, name, message) => {
    expect(await client.fail('res.partner', 'search', [domain])).toMatchObject({ name, message: typeof message === 'string' ? message : expect.stringMatching(message) });
  });

  it('reads 200,000-ids lists and keyset pages without a scan of the whole', async () => {
    const all = await client.call<number[]>('res.partner', 'search', [[]], { order: 'id' });
    const paged: number[] = [];
    for (let last = 0; ;) {
      const page = await client.call<{ id: number }[]>('res.partner', 'search_read', [[['id', '>', last]], ['name']], { order: 'id', limit: 3 });
      if (page.length === 0) break;
      paged.push(...page.map((record) => record.id));
      last = page.at(-1)!.id;
    }
    expect(paged).toEqual(all);
  });
});

describe('reading', () => {
  it('gives a many2one with its name, or bare with _classic_write', async () => {
    expect(await client.call('res.partner', 'read', [[ids[1]], ['parent_id', 'display_name']])).toMatchObject([{ parent_id: [ids[0], 'Acme 100%'], display_name: 'Acme 100%, anna' }]);
    expect(await client.call('res.partner', 'search_read', [[['id', '=', ids[1]]], ['parent_id']], { load: '_classic_write' })).toMatchObject([{ parent_id: ids[0] }]);
  });

  it('on 14 takes the load mode only as third argument of read, and adds two fields to events', async () => {
    const old = await startRaw(14);
    const event = await old.call<number>('calendar.event', 'create', [{ name: 'E', start: '2020-01-01 10:00:00', stop: '2020-01-01 11:00:00' }], { context: QUIET });
    expect(Object.keys((await old.call<Record<string, unknown>[]>('calendar.event', 'read', [[event], ['name']]))[0]!)).toEqual(['id', 'name', 'privacy', 'user_id']);
    expect(await old.call('calendar.event', 'read', [[event], ['user_id'], '_classic_write'])).toMatchObject([{ user_id: 2 }]);
    expect((await old.fail('calendar.event', 'search_read', [[]], { load: '_classic_write' })).name).toBe('builtins.TypeError');
    expect((await old.fail('mail.message', 'search_read', [[], ['tracking_value_ids']])).name).toBe('odoo.exceptions.AccessError');
    await old.odoo.stop();
  });

  it('groups and counts', async () => {
    const groups = await client.call<Record<string, unknown>[]>('res.partner', 'read_group', [[['ref', '=', 'tree']], ['color'], ['is_company']]);
    expect(groups.map((group) => [group['is_company'], group['is_company_count'], group['color']])).toEqual([[true, 1, 0], [false, 3, 3]]);
  });

  it('searches names as people type them', async () => {
    expect(await client.call('res.partner', 'name_search', ['bert'])).toEqual([[ids[2], 'Bert']]);
    expect(await client.call('res.country', 'name_search', [], { name: 'Pol', operator: 'ilike' })).toContainEqual([178, 'Poland']);
  });
});
