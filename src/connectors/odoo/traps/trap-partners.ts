import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../connector/json.ts';
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

    it('a user that comes and goes leaves the content of its contact as it was', async () => {
      const partner = await kit.createOne('res.partner', { name: 'Bogdan Lis', email: 'bogdan.lis@sales.example' });
      const hash = async (): Promise<string | undefined> => (await kit.destination.read({ object: 'res.partner', ids: [partner], fields: [] }))[0]?.contentHash;
      const before = await hash();
      const user = await kit.createOne('res.users', { name: 'Bogdan Lis', login: `bogdan.lis.${Date.now()}@sales.example`, partner_id: partner });
      expect(await hash()).toBe(before);
      await kit.destination.delete({ object: 'res.users', ids: [user] });
      expect(await hash()).toBe(before);
    });

    it('several sets of fields are written to partners and their leads without a note on any of them', async () => {
      const values = (): JsonObject => ({ name: 'Firma', is_company: true, email: 'old@firma.example', phone: '+48 600 100 100' });
      const [one = '', two = '', three = ''] = await kit.create('res.partner', [values(), values(), values()]);
      const leads = await kit.create('crm.lead', [one, one, two, three].map((partner) => ({ name: 'Deal', type: 'opportunity', partner_id: partner })));
      const notes = async (): Promise<unknown> => kit.client.read('mail.message', 'search_count', { domain: [['model', 'in', ['res.partner', 'crm.lead']]] });
      const before = await notes();
      await kit.destination.update({ object: 'res.partner', changes: [
        { id: one, values: { phone: '+48 600 100 200', comment: 'One' } }, { id: two, values: { email: 'new@firma.example' } }, { id: three, values: { phone: '+48 600 100 300', email: null, city: 'Gdynia' } },
      ] });
      await kit.destination.update({ object: 'res.partner', changes: [{ id: two, values: { phone: '+48 600 100 400' } }] });
      expect(await kit.read('res.partner', one, ['phone', 'email', 'city'])).toEqual({ phone: '+48 600 100 200', email: 'old@firma.example', city: null });
      expect(await kit.read('res.partner', two, ['phone', 'email'])).toEqual({ phone: '+48 600 100 400', email: 'new@firma.example' });
      expect(await kit.read('res.partner', three, ['phone', 'email', 'city'])).toEqual({ phone: '+48 600 100 300', email: null, city: 'Gdynia' });
      const seen = await Promise.all(leads.map((id) => kit.read('crm.lead', id, ['phone', 'email_from'])));
      expect(seen.map((lead) => lead['phone'])).toEqual(['+48 600 100 200', '+48 600 100 200', '+48 600 100 400', '+48 600 100 300']);
      expect(seen.map((lead) => lead['email_from'])).toEqual(['old@firma.example', 'old@firma.example', 'new@firma.example', 'old@firma.example']);
      expect(await notes()).toBe(before);
    });

    it('leads that close, each with fields of its own, keep their closing dates', async () => {
      const [won = '', lost = '', open = ''] = await kit.create('crm.lead', ['won', 'lost', 'open'].map((name) => ({ name, type: 'opportunity' })));
      const wonStages = await kit.client.searchRead('crm.stage', [['is_won', '=', true]], ['id']);
      await kit.destination.update({ object: 'crm.lead', changes: [
        { id: won, values: { stage_id: String(wonStages[0]?.['id']), probability: '100', date_closed: '2020-01-02T03:04:05Z' } },
        { id: lost, values: { active: false, probability: '0', date_closed: '2021-01-02T03:04:05Z', description: 'Lost' } },
        { id: open, values: { expected_revenue: '5' } },
      ] });
      expect(await kit.read('crm.lead', won, ['date_closed', 'probability'])).toEqual({ date_closed: '2020-01-02T03:04:05Z', probability: '100' });
      expect(await kit.read('crm.lead', lost, ['date_closed', 'active'])).toEqual({ date_closed: '2021-01-02T03:04:05Z', active: false });
      expect(await kit.read('crm.lead', open, ['expected_revenue', 'active'])).toEqual({ expected_revenue: '5', active: true });
    });
  });
}
