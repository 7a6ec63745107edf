import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../connector/errors.ts';
import { openTrapKit, rejectionOf, type TrapKit } from './trap-kit.ts';

/** Links between records as objects of their own: `crm.lead/tag_ids`, `res.partner/category_id`. */
export function describeRelationTraps(label: string, settings: Readonly<Record<string, string>>): void {
  describe(`Odoo relations: ${label}`, () => {
    let kit: TrapKit;
    beforeAll(async () => { kit = await openTrapKit(settings); });
    afterEach(() => kit.cleanUp());
    afterAll(() => kit.destination.close());

    const object = 'crm.lead/tag_ids';
    const link = (record: string | undefined, value: string | undefined) => ({ record: record ?? '', value: value ?? '' });
    const tags = async (count: number) => kit.create('crm.tag', Array.from({ length: count }, (_, at) => ({ name: `Tag ${at} ${randomUUID()}` })));
    const leads = async (count: number) => kit.create('crm.lead', Array.from({ length: count }, (_, at) => ({ name: `Lead ${at}`, type: 'opportunity' })));
    const idsOf = (pairs: readonly { readonly record: string; readonly value: string }[]) => pairs.map((pair) => `${pair.record}:${pair.value}`);

    it('are listed when asked for by name, with count, rights and what they link', async () => {
      const catalog = await kit.destination.discover({ objects: [object, 'res.partner/category_id', 'crm.lead/no_such', 'crm.lead/name'] });
      expect(catalog.objects.map((one) => one.name)).toEqual([object, 'res.partner/category_id']);
      expect(catalog.objects[0]?.fields.map((field) => [field.name, field.type, field.relatedObject, field.required])).toEqual([['record', 'reference', 'crm.lead', true], ['value', 'reference', 'crm.tag', true]]);
      expect(catalog.objects[0]).toMatchObject({ count: await kit.destination.count({ object }), rights: { read: true, create: true, delete: true } });
      expect(await kit.destination.fields({ object })).toHaveLength(2);
      await expect(kit.destination.count({ object: 'crm.lead/no_such' })).rejects.toBeInstanceOf(ConfigurationError);
    });

    it('are made, found by their values, read, counted and undone, beside what others have linked', async () => {
      const [a = '', b = ''] = await tags(2);
      const [one = '', two = ''] = await leads(2);
      await kit.client.write('crm.lead', 'write', { ids: [Number(one)], vals: { tag_ids: [[4, Number(b)]] } }); // people's own
      const before = await kit.destination.count({ object });
      const pairs = [link(one, a), link(two, a), link(two, b), link(one, b)];
      const keys = pairs.map(() => kit.key());
      expect(await kit.destination.lookup({ object, keys, values: pairs })).toEqual(new Map([[keys[3], `${one}:${b}`]]));
      const made = await kit.destination.create({ object, records: pairs.map((values, at) => ({ key: keys[at] ?? '', values })) });
      expect(made).toEqual(pairs.map((pair, at) => ({ key: keys[at], id: `${pair.record}:${pair.value}` })));
      expect(await kit.destination.count({ object })).toBe(before + 3);
      expect(await kit.destination.lookup({ object, keys, values: pairs })).toEqual(new Map(keys.map((key, at) => [key, made[at]?.id])));
      const read = await kit.destination.read({ object, ids: [...idsOf(pairs), `${one}:99999999`, 'odd'], fields: ['record', 'value'] });
      expect(new Map(read.map((record) => [record.id, record.values]))).toEqual(new Map(pairs.map((pair) => [`${pair.record}:${pair.value}`, pair])));
      expect((await kit.destination.match({ object, field: 'value', values: [a], ignoreCase: false, fields: ['record'] })).map((hit) => [hit.value, hit.id, hit.values['record']])).toEqual([[a, `${one}:${a}`, one], [a, `${two}:${a}`, two]]);
      expect((await kit.destination.match({ object, field: 'record', values: [two], ignoreCase: false })).map((hit) => hit.id)).toEqual([`${two}:${a}`, `${two}:${b}`]);
      await kit.destination.delete({ object, ids: idsOf(pairs.slice(0, 3)) });
      await kit.destination.delete({ object, ids: idsOf(pairs.slice(0, 3)) }); // again: nothing to undo
      expect((await kit.read('crm.lead', one, ['tag_ids']))['tag_ids']).toEqual([b]);
      expect(await kit.destination.count({ object })).toBe(before);
    });

    it('leave no message, follower or mail, and the same fingerprint once undone', async () => {
      const [category = ''] = await kit.create('res.partner.category', [{ name: `Category ${randomUUID()}` }]);
      const partners = await kit.create('res.partner', Array.from({ length: 30 }, (_, at) => ({ name: `Partner ${at}`, ...(at === 0 ? { active: false } : {}) })));
      const relation = 'res.partner/category_id';
      const before = await kit.destination.fingerprint({ objects: [relation, 'res.partner'] });
      const made = await kit.destination.create({ object: relation, looked: true, records: partners.map((record) => ({ key: kit.key(), values: link(record, category) })) });
      const during = await kit.destination.fingerprint({ objects: [relation, 'res.partner'] });
      expect(during.objects.find((one) => one.object === relation)?.count).toBe((before.objects.find((one) => one.object === relation)?.count ?? 0) + 30);
      expect(during.sides).toEqual(before.sides);
      await kit.destination.delete({ object: relation, ids: made.map((record) => record.id) });
      expect(await kit.destination.fingerprint({ objects: [relation, 'res.partner'] })).toEqual(before);
    });

    it('are refused by name when a record or a value is missing, and none of the call is made', async () => {
      const [a = ''] = await tags(1);
      const [one = ''] = await leads(1);
      const error = await rejectionOf(kit.destination.create({ object, records: [link(one, a), link('99999999', a), link(one, '99999999'), link(one, 'x')].map((values) => ({ key: kit.key(), values })) }));
      expect(error.rejections.map((rejection) => [rejection.index, rejection.code])).toEqual([[1, 'link-not-found'], [2, 'link-not-found'], [3, 'not-an-id']]);
      expect((await kit.read('crm.lead', one, ['tag_ids']))['tag_ids']).toEqual([]);
      expect((await rejectionOf(kit.destination.update({ object, changes: [{ id: `${one}:${a}`, values: { value: '1' } }] }))).code).toBe('not-changeable');
    });

    it('go with their record, and no call is needed for that', async () => {
      const [a = ''] = await tags(1);
      const [one = ''] = await leads(1);
      await kit.destination.create({ object, records: [{ key: kit.key(), values: link(one, a) }] });
      await kit.destination.delete({ object: 'crm.lead', ids: [one] });
      expect(await kit.destination.read({ object, ids: [`${one}:${a}`], fields: ['record'] })).toEqual([]);
      await kit.destination.delete({ object, ids: [`${one}:${a}`] });
      expect(kit.destination.capabilities.partOf?.[object]).toEqual({ field: 'record', object: 'crm.lead' });
    });
  });
}
