import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { QUIET, startRaw, type RawClient } from '../testing/raw-client.ts';
import type { LoadAnswer } from './load-rows.ts';

describe.each([14, 17, 18, 19] as const)('load on Odoo %i', (version) => {
  let client: RawClient;
  beforeAll(async () => { client = await startRaw(version, { users: [{ login: 'ny', password: 'ny', role: 'sales-user', tz: 'America/New_York' }] }); });
  afterAll(() => client.odoo.stop());
  const load = (fields: readonly string[], rows: readonly unknown[][], model = 'res.partner', context: Record<string, unknown> = QUIET): Promise<LoadAnswer> =>
    client.call<LoadAnswer>(model, 'load', [fields, rows], { context });
  const one = async (model: string, id: number, fields: readonly string[]): Promise<Record<string, unknown>> =>
    (await client.call<Record<string, unknown>[]>(model, 'read', [[id], fields]))[0]!;

  it('creates, and updates what has the external id; columns left out stay', async () => {
    const first = await load(['id', 'name', 'email'], [['m.a', 'A', 'a@x.test'], ['b', 'B', '']]);
    expect(first).toEqual({ ids: [expect.any(Number), expect.any(Number)], messages: [], nextrow: 0 });
    const again = await load(['id', 'name'], [['m.a', 'A2']]);
    expect(again.ids).toEqual([(first.ids as number[])[0]]);
    expect(await one('res.partner', (first.ids as number[])[0]!, ['name', 'email'])).toMatchObject({ name: 'A2', email: 'a@x.test' });
    expect(await client.call('ir.model.data', 'check_object_reference', ['__import__', 'b'])).toEqual(['res.partner', (first.ids as number[])[1]]);
  });

  it('lets the last row win when an external id comes twice', async () => {
    const { ids } = await load(['id', 'name'], [['m.twice', 'first'], ['m.twice', 'second']]);
    expect((ids as number[])[0]).toBe((ids as number[])[1]);
    expect(await one('res.partner', (ids as number[])[0]!, ['name'])).toMatchObject({ name: 'second' });
  });

  it.each([
    [['country_id'], 'Nowhere', "No matching record found for name 'Nowhere' in field 'Country'"],
    [['country_id/id'], 'base.nope', "No matching record found for external id 'base.nope' in field 'Country'"],
    [['country_id/.id'], 999_999, "No matching record found for database id '999999' in field 'Country'"],
    [['country_id/.id'], 'abc', "Invalid database id 'abc' for the field 'Country'"],
    [['color'], 'abc', "'abc' does not seem to be an integer for field 'Color Index'"],
    [['partner_latitude'], '1,5', "'1,5' does not seem to be a number for field 'Geo Latitude'"],
    [['category_id'], 'nope', "No matching record found for name 'nope' in field 'Tags'"],
    [['type'], 'abc', "Value 'abc' not found in selection field 'Address Type'"],
  ] as const)('gives an error as data and stores nothing: %j = %j', async ([column], cell, message) => {
    const before = client.odoo.state.count('res.partner');
    const answer = await load(['id', 'name', column], [['m.good', 'Good', false], ['m.bad', 'Bad', cell]]);
    expect(answer.ids).toBe(false);
    expect(answer.messages).toMatchObject([{ type: 'error', record: 1, rows: { from: 1, to: 1 }, field: column.split('/')[0], message }]);
    expect(client.odoo.state.count('res.partner')).toBe(before);
  });

  it('reports what the database refuses', async () => {
    expect(await load(['id', 'name', 'type'], [['m.q', 'Q', 'opportunity'], ['m.q2', '', 'opportunity']], 'crm.lead')).toMatchObject({
      ids: false, messages: [{ record: 1, type: 'error', field: 'name', message: "Missing required value for the field 'Opportunity' (name)" }],
    });
    expect((await load(['id', 'name'], [['m.n', '']])).messages[0]!.message).toContain('Contacts require a name');
  });

  it('faults on an unknown column and on a real boolean', async () => {
    expect(await client.fail('res.partner', 'load', [['id', 'no_such'], [['m.x', 1]]])).toMatchObject({ name: 'builtins.KeyError', message: 'no_such' });
    expect(await client.fail('res.partner', 'load', [['id', 'is_company'], [['m.x', true]]])).toMatchObject({ name: 'builtins.AttributeError', message: "'bool' object has no attribute 'lower'" });
    const { ids } = await load(['id', 'name', 'is_company'], [['m.c1', 'C', '1'], ['m.c2', 'C', 'False'], ['m.c3', 'C', false]]);
    expect((await client.call<{ is_company: boolean }[]>('res.partner', 'read', [ids, ['is_company']])).map((record) => record.is_company)).toEqual([true, false, false]);
  });

  it('takes relations by id, by external id and by name, and many of them separated by commas', async () => {
    const [tag] = await client.call<number[]>('res.partner.category', 'create', [[{ name: 'T' }]]);
    const { ids, messages } = await load(['id', 'name', 'country_id/.id', 'category_id/.id', 'parent_id/id'], [['m.parent', 'P', '178', '', false], ['m.child', 'C', 178, String(tag), 'm.parent']]);
    expect(messages).toEqual([]);
    expect(await one('res.partner', (ids as number[])[1]!, ['country_id', 'category_id', 'parent_id'])).toMatchObject({ country_id: [178, 'Poland'], category_id: [tag], parent_id: [(ids as number[])[0], 'P'] });
    expect((await load(['id', 'name', 'country_id', 'category_id/id'], [['m.byname', 'N', 'Poland', '']])).messages).toEqual([]);
  });

  it('reads datetimes in the context\'s zone, else the user\'s', async () => {
    const rows = [['m.lead', 'L', '2020-01-01 10:00:00']];
    const closed = async (context: Record<string, unknown>, as = client): Promise<unknown> => {
      const answer = await as.call<LoadAnswer>('crm.lead', 'load', [['id', 'name', 'date_closed'], rows], { context });
      return (await one('crm.lead', (answer.ids as number[])[0]!, ['date_closed']))['date_closed'];
    };
    expect(await closed({ tz: 'America/New_York' })).toBe('2020-01-01 15:00:00');
    expect(await closed({ tz: 'UTC' })).toBe('2020-01-01 10:00:00');
    rows[0]![0] = 'm.lead2';
    expect(await closed({}, client.as(6, 'ny'))).toBe('2020-01-01 15:00:00');
  });

  it(`${version === 14 ? 'takes over' : 'refuses'} an external id of another model`, async () => {
    await client.call('ir.model.data', 'create', [{ module: 'm', name: 'tagged', model: 'crm.tag', res_id: 99_999 }]);
    const answer = await load(['id', 'name'], [['m.tagged', 'X']]);
    if (version === 14) expect(await client.call('ir.model.data', 'check_object_reference', ['m', 'tagged'])).toEqual(['res.partner', (answer.ids as number[])[0]]);
    else expect(answer).toMatchObject({ ids: false, messages: [{ type: 'error' }] });
  });

  it('turns missing rights into messages, and lets plain users keep external ids', async () => {
    const sales = client.as(6, 'ny');
    expect(await sales.call('crm.stage', 'load', [['id', 'name'], [['m.stage', 'S']]])).toMatchObject({ ids: false, messages: [{ message: expect.stringContaining('not allowed to create') }] });
    expect((await sales.call<LoadAnswer>('res.partner', 'load', [['id', 'name'], [['m.mine', 'M']]], { context: QUIET })).ids).not.toBe(false);
  });

  it('takes 2,000 rows in one go', async () => {
    const { ids } = await load(['id', 'name', 'email'], Array.from({ length: 2_000 }, (_, at) => [`many.${at}`, `Person ${at}`, `p${at}@x.test`]));
    expect(new Set(ids as number[]).size).toBe(2_000);
    expect(await client.call('ir.model.data', 'search_count', [[['module', '=', 'many'], ['name', 'in', ['0', '1999', '2000']]]])).toBe(2);
  });
});

describe('external ids', () => {
  it.each([14, 17] as const)('on %i are unique, without spaces, and vanish with their record', async (version) => {
    const { odoo, call, fail } = await startRaw(version);
    const make = (name: string, id = 1): Promise<unknown> => call('ir.model.data', 'create', [{ module: 'm', name, model: 'res.partner', res_id: id }]);
    for (const name of ['a.b', "quote'", 'ü@/-,', '', 'x'.repeat(300)]) await make(name);
    expect((await fail('ir.model.data', 'create', [{ module: 'm', name: 'a.b', model: 'crm.tag', res_id: 5 }])).message).toContain('ir_model_data_module_name_uniq_index');
    expect((await fail('ir.model.data', 'create', [{ module: 'm', name: 'a b', model: 'crm.tag', res_id: 5 }])).message).toContain(version === 14 ? 'ir_model_data_name_nospaces' : 'External IDs cannot contain spaces');
    const partner = await call<number>('res.partner', 'create', [{ name: 'P' }]);
    await make('p1', partner);
    await make('p2', partner);
    await call('res.partner', 'unlink', [[partner]]);
    expect(await call('ir.model.data', 'search_count', [[['name', 'in', ['p1', 'p2']]]])).toBe(0);
    await odoo.stop();
  });
});
