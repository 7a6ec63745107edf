import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openTrapKit, type TrapKit } from './trap-kit.ts';

/** Look-ups by values: whatever short cut is taken, the hits are those whose value equals the one asked for. */
export function describeLookupTraps(label: string, settings: Readonly<Record<string, string>>): void {
  describe(`Odoo look-ups: ${label}`, () => {
    let kit: TrapKit;
    beforeAll(async () => { kit = await openTrapKit(settings); });
    afterEach(() => kit.cleanUp());
    afterAll(() => kit.destination.close());
    const hits = async (object: string, field: string, values: readonly string[], fields: readonly string[] = []): Promise<readonly (readonly [string, string])[]> =>
      (await kit.destination.match({ object, field, values, ignoreCase: true, fields })).map((hit): readonly [string, string] => [hit.value, hit.id]).toSorted(([left, one], [right, other]) => left.localeCompare(right) || Number(one) - Number(other));

    it('an e-mail is found whatever its case, archived or not, and only where it is all that the field holds', async () => {
      const mark = randomUUID().slice(0, 8);
      const [plain = '', upper = '', archived = ''] = await kit.create('res.partner', [
        { name: 'Plain', email: `ola.${mark}@x.example` }, { name: 'Upper', email: `OLA.${mark}@X.example` }, { name: 'Archived', email: `ola.${mark}@x.example`, active: false },
        { name: 'Named', email: `Ola <ola.${mark}@x.example>` }, { name: 'Two', email: `ola.${mark}@x.example, ela.${mark}@x.example` }, { name: 'Other', email: `zola.${mark}@x.example` },
      ]);
      expect(await hits('res.partner', 'email', [`Ola.${mark}@x.EXAMPLE`, `nobody.${mark}@x.example`])).toEqual([plain, upper, archived].map((id) => [`Ola.${mark}@x.EXAMPLE`, id]));
    });

    it('an e-mail that is none, or has letters of other alphabets, is found as it stands', async () => {
      const mark = randomUUID().slice(0, 8);
      const values = [`żaneta.${mark}@x.example`, `${mark} at x.example`, `a_b%${mark}@x.example`, `"two words ${mark}"@x.example`];
      const ids = await kit.create('res.partner', values.map((email) => ({ name: 'Odd', email })));
      const found = await hits('res.partner', 'email', values.map((value) => value.toUpperCase()));
      expect(found.map(([, id]) => id).toSorted()).toEqual([...ids].toSorted());
      expect(await hits('res.partner', 'email', [`aXb%${mark}@x.example`])).toEqual([]); // _ and % are no wildcards
    });

    it('countries, states and users are found by any of their fields, with what is asked along', async () => {
      const [poland] = await kit.destination.match({ object: 'res.country', field: 'code', values: ['pl'], ignoreCase: true, fields: ['name'] });
      expect([poland?.value, poland?.values['name']]).toEqual(['pl', 'Poland']);
      expect(await hits('res.country', 'name', ['POLAND', 'Nowhere'])).toEqual([['POLAND', poland?.id]]);
      const states = await kit.destination.match({ object: 'res.country.state', field: 'name', values: ['texas'], ignoreCase: true, fields: ['country_id'] });
      const [usa] = await kit.destination.match({ object: 'res.country', field: 'code', values: ['US'], ignoreCase: false });
      expect(states.map((state) => [state.value, state.values['country_id']])).toEqual([['texas', usa?.id]]);
      expect(await kit.destination.match({ object: 'res.country', field: 'code', values: ['us'], ignoreCase: false })).toEqual([]);
      expect(await hits('res.users', 'login', ['ADMIN'])).toEqual([['ADMIN', String(kit.client.uid)]]);
    });

    it('a state made through this connection is found by it', async () => {
      const name = `State ${randomUUID().slice(0, 8)}`;
      expect(await hits('res.country.state', 'name', [name])).toEqual([]);
      const [poland] = await kit.destination.match({ object: 'res.country', field: 'code', values: ['PL'], ignoreCase: false });
      const id = await kit.createOne('res.country.state', { name, code: name.slice(6, 9), country_id: poland?.id ?? '' });
      expect(await hits('res.country.state', 'name', [name])).toEqual([[name, id]]);
    });

    it('a stage that another process has made since the first look is found', async () => {
      const name = `Stage ${randomUUID().slice(0, 8)}`;
      expect(await hits('crm.stage', 'name', [name])).toEqual([]);
      const made = await kit.client.write('crm.stage', 'create', { vals_list: [{ name, sequence: 99 }] });
      const id = String(Array.isArray(made) ? made[0] : made);
      kit.remember('crm.stage', [id]);
      expect(await hits('crm.stage', 'name', [name])).toEqual([[name, id]]);
    });

    it('subtypes are found by their external ids', async () => {
      const found = await kit.destination.match({ object: 'mail.message.subtype', field: 'external_id', values: ['mail.mt_note', 'mail.mt_nothing', 'no dot'], ignoreCase: false });
      expect(found.map((hit) => hit.value)).toEqual(['mail.mt_note']);
    });
  });
}
