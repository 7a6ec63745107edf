import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { QUIET, startRaw, type RawClient } from '../testing/raw-client.ts';

describe.each([14, 17, 18, 19] as const)('links of a many2many on Odoo %i', (version) => {
  let client: RawClient;
  let lead: number;
  let [zebra, apple] = [0, 0];
  beforeAll(async () => {
    client = await startRaw(version);
    [zebra, apple] = await client.call<[number, number]>('crm.tag', 'create', [[{ name: 'zebra' }, { name: 'apple' }]]);
    lead = await client.call<number>('crm.lead', 'create', [{ name: 'L' }], { context: QUIET });
  });
  afterAll(() => client.odoo.stop());
  const after = async (commands: readonly unknown[]): Promise<unknown> => {
    await client.call('crm.lead', 'write', [[lead], { tag_ids: commands }], { context: QUIET });
    return (await client.call<[{ tag_ids: unknown }]>('crm.lead', 'read', [[lead], ['tag_ids']]))[0].tag_ids;
  };

  it('are added, taken off, cleared and replaced by commands; a link twice is one, one that is not there is no error (measured on 14)', async () => {
    expect(await after([[4, zebra], [4, zebra], [4, apple]])).toEqual([zebra, apple]);
    expect(await after([[3, zebra]])).toEqual([apple]);
    expect(await after([[3, zebra], [3, 99_999]])).toEqual([apple]);
    expect(await after([[5]])).toEqual([]);
    expect(await after([[5, 0, 0], [4, zebra]])).toEqual([zebra]);
    expect(await after([[6, 0, [apple]]])).toEqual([apple]);
    expect(await client.call('crm.tag', 'search_count', [[]])).toBe(2);
  });

  it('to a record that is not there are refused, and nothing of the call stays', async () => {
    await after([[6, 0, [apple]]]);
    const { name, message } = await client.fail('crm.lead', 'write', [[lead], { tag_ids: [[4, zebra], [4, 99_999]] }], { context: QUIET });
    expect(name).toBe('odoo.exceptions.ValidationError');
    if (version < 19) expect(message).toMatch(/Model: Unknown \(Unknown\)[\s\S]*Constraint: crm_tag_rel_tag_id_fkey/u);
    expect(await client.call('crm.lead', 'read', [[lead], ['tag_ids']])).toMatchObject([{ tag_ids: [apple] }]);
  });

  it('come in the order of their own model: contact tags by name (measured on 14)', async () => {
    const [z, a] = await client.call<[number, number]>('res.partner.category', 'create', [[{ name: 'zz' }, { name: 'aa' }]]);
    const partner = await client.call<number>('res.partner', 'create', [{ name: 'P', category_id: [[6, 0, [z, a]]] }], { context: QUIET });
    expect(await client.call('res.partner', 'read', [[partner], ['category_id']])).toMatchObject([{ category_id: [a, z] }]);
  });
});
