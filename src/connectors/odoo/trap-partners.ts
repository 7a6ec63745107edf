import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openTrapKit, type TrapKit } from './trap-kit.ts';

/** What writing a partner does to the records that refer to it. */
export function describePartnerTraps(label: string, settings: Readonly<Record<string, string>>): void {
  describe(`Odoo partners: ${label}`, () => {
    let kit: TrapKit;
    beforeAll(async () => { kit = await openTrapKit(settings); });
    afterEach(() => kit.cleanUp());
    afterAll(() => kit.destination.close());

    it('what a partner does not pass on leaves contacts and leads as they were; what it does pass on is seen at them', async () => {
      const company = await kit.createOne('res.partner', { name: 'Firma', is_company: true, street: 'Old street' });
      const contact = await kit.createOne('res.partner', { name: 'Contact', parent_id: company });
      const lead = await kit.createOne('crm.lead', { name: 'Deal', type: 'opportunity', partner_id: company });
      const hash = async (object: string, id: string): Promise<string> => (await kit.destination.read({ object, ids: [id], fields: [] }))[0]?.contentHash ?? '';
      const tied = [['res.partner', contact], ['crm.lead', lead]] as const;
      const have = new Set((await kit.destination.fields({ object: 'res.partner' })).map((field) => field.name));
      const quiet = kit.destination.capabilities.changesNotAlong?.['res.partner'] ?? {};
      const values: Readonly<Record<string, string>> = { phone: '+48 600 100 200', mobile: '+48 600 100 201', email: 'new@firma.example', comment: '<p>New</p>', function: 'New' };
      for (const [object, id] of tied) {
        for (const name of (quiet[object] ?? []).filter((each) => have.has(each))) {
          const before = await hash(object, id);
          await kit.destination.update({ object: 'res.partner', changes: [{ id: company, values: { [name]: values[name] ?? null } }] });
          expect([name, await hash(object, id)]).toEqual([name, before]);
        }
      }
      const before = await hash('res.partner', contact);
      await kit.destination.update({ object: 'res.partner', changes: [{ id: company, values: { street: 'New street' } }] });
      expect(await hash('res.partner', contact)).not.toBe(before);
    });
  });
}
