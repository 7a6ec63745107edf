import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { QUIET, startRaw, type RawClient } from '../testing/raw-client.ts';

const WON = 4;
type Lead = Record<string, unknown>;

describe.each([14, 17, 18, 19] as const)('leads of Odoo %i', (version) => {
  let client: RawClient;
  beforeAll(async () => { client = await startRaw(version); });
  afterAll(() => client.odoo.stop());
  const make = (values: Lead): Promise<number> => client.call('crm.lead', 'create', [{ name: 'L', ...values }], { context: QUIET });
  const write = (id: number, values: Lead): Promise<unknown> => client.call('crm.lead', 'write', [[id], values], { context: QUIET });
  const read = async (id: number, fields: readonly string[]): Promise<Lead> => (await client.call<Lead[]>('crm.lead', 'read', [[id], fields], { context: { active_test: false } }))[0]!;

  it('fills what is left out: user, team, first stage, type', async () => {
    expect(await read(await make({}), ['user_id', 'team_id', 'stage_id', 'type', 'company_id'])).toMatchObject({ user_id: [2, 'Administrator'], team_id: [1, 'Sales'], stage_id: [1, 'New'], type: 'opportunity', company_id: [1, 'My Company'] });
    expect(await read(await make({ user_id: false }), ['user_id', 'team_id', 'company_id'])).toMatchObject({ user_id: false, team_id: false, company_id: version === 14 ? [1, 'My Company'] : false });
  });

  it('keeps an explicit probability through stages that are not won', async () => {
    const id = await make({ probability: 33 });
    await write(id, { stage_id: 2 });
    expect(await read(id, ['probability', 'is_automated_probability'])).toMatchObject({ probability: 33, is_automated_probability: false });
    await write(id, { stage_id: WON });
    expect(await read(id, ['probability', 'date_closed'])).toMatchObject({ probability: 100, date_closed: expect.any(String) });
  });

  it('won directly: probability 100, closing date empty up to 18 and now on 19, or as given', async () => {
    expect(await read(await make({ stage_id: WON }), ['probability', 'date_closed'])).toMatchObject({ probability: 100, date_closed: version >= 19 ? expect.any(String) : false });
    expect(await read(await make({ stage_id: WON, date_closed: '2020-01-01 00:00:00' }), ['date_closed'])).toMatchObject({ date_closed: '2020-01-01 00:00:00' });
  });

  it('won with another probability is accepted up to 18 and refused on 19', async () => {
    if (version < 19) expect(await read(await make({ stage_id: WON, probability: 50 }), ['probability'])).toMatchObject({ probability: 50 });
    else {
      for (const values of [{ stage_id: WON, probability: 50 }, { stage_id: WON, active: false }]) {
        expect(await client.fail('crm.lead', 'create', [{ name: 'L', ...values }])).toMatchObject({ name: 'odoo.exceptions.ValidationError', message: expect.stringContaining('A lead in a Won stage cannot be lost') });
      }
      expect(await read(await make({ stage_id: WON, active: false, probability: 100 }), ['won_status', 'active'])).toMatchObject({ won_status: 'won', active: false });
      expect(await read(await make({ active: false, probability: 0 }), ['won_status'])).toMatchObject({ won_status: 'lost' });
      const lost = await make({ active: false, probability: 0 });
      await write(lost, { stage_id: WON });
      expect(await read(lost, ['active', 'probability', 'won_status'])).toMatchObject({ active: true, probability: 100, won_status: 'won' });
    }
  });

  it('dates of assignment and stage are kept from 17 on and overwritten on 14', async () => {
    const past = { date_open: '2019-01-01 00:00:00', date_last_stage_update: '2019-02-01 00:00:00' };
    const id = await make(past);
    const kept = await read(id, Object.keys(past));
    if (version === 14) {
      expect(kept['date_open']).not.toBe(past.date_open);
      await write(id, past);
    }
    expect(await read(id, Object.keys(past))).toMatchObject(past);
  });

  it('setting lost overwrites the closing date', async () => {
    const id = await make({ date_closed: '2019-01-01 00:00:00' });
    await client.call('crm.lead', 'action_set_lost', [[id]]);
    const lead = await read(id, ['active', 'probability', 'date_closed']);
    expect(lead).toMatchObject({ active: false, probability: 0 });
    expect(lead['date_closed']).not.toBe('2019-01-01 00:00:00');
  });

  it('a lead overwrites its partner\'s e-mail and phone, and a partner those of his leads', async () => {
    const partner = await client.call<number>('res.partner', 'create', [{ name: 'Pat', email: 'old@x.test', phone: '111', city: 'Town', function: 'Boss' }], { context: QUIET });
    const first = await make({ partner_id: partner });
    expect(await read(first, ['email_from', 'phone', 'contact_name', 'city', 'function'])).toMatchObject({ email_from: 'old@x.test', phone: '111', contact_name: 'Pat', city: 'Town', function: 'Boss' });
    await make({ partner_id: partner, email_from: 'new@x.test', phone: '222' });
    expect(await client.call('res.partner', 'read', [[partner], ['email', 'phone']])).toMatchObject([{ email: 'new@x.test', phone: '222' }]);
    expect(await read(first, ['email_from'])).toMatchObject({ email_from: 'new@x.test' });
    await client.call('res.partner', 'write', [[partner], { email: 'third@x.test' }], { context: QUIET });
    expect(await read(first, ['email_from'])).toMatchObject({ email_from: 'third@x.test' });
    await make({ partner_id: partner, email_from: false });
    expect(await client.call('res.partner', 'read', [[partner], ['email']])).toMatchObject([{ email: version === 14 ? false : 'third@x.test' }]);
  });

  it('logs what it worked out by itself on 14, quiet keys or not', async () => {
    const partner = await client.call<number>('res.partner', 'create', [{ name: 'Quiet', email: 'q@x.test' }], { context: QUIET });
    const lead = await make({});
    const messages = (): Promise<number> => client.call('mail.message', 'search_count', [[['model', '=', 'crm.lead'], ['res_id', '=', lead]]]);
    await write(lead, { partner_id: partner });
    expect(await messages()).toBe(version === 14 ? 1 : 0);
    await client.call('res.partner', 'write', [[partner], { email: 'q2@x.test' }], { context: QUIET });
    expect(await messages()).toBe(version === 14 ? 2 : 0);
    await write(lead, { email_from: 'q3@x.test' });
    expect(await messages()).toBe(version === 14 ? 2 : 0);
  });

  it('normalises e-mails and puts http:// before web sites', async () => {
    expect(await read(await make({ email_from: 'Foo@X.test', website: 'x.test' }), ['email_from', 'email_normalized', 'website'])).toMatchObject({ email_from: 'Foo@X.test', email_normalized: 'foo@x.test', website: 'http://x.test' });
    expect(await read(await make({ email_from: 'garbage', website: 'https://x.test' }), ['email_normalized', 'website'])).toMatchObject({ email_normalized: false, website: 'https://x.test' });
  });
});

describe.each([14, 17, 19] as const)('contacts of Odoo %i', (version) => {
  let client: RawClient;
  beforeAll(async () => { client = await startRaw(version); });
  afterAll(() => client.odoo.stop());
  const make = (values: Lead): Promise<number> => client.call('res.partner', 'create', [values], { context: QUIET });
  const read = async (id: number, fields: readonly string[]): Promise<Lead> => (await client.call<Lead[]>('res.partner', 'read', [[id], fields]))[0]!;

  it('take the whole address of their company, whatever they were given, unless of type other', async () => {
    const company = await make({ name: 'Co', is_company: true, street: 'S 1', city: 'C', country_id: 178, vat: 'PL1', website: 'co.test' });
    const child = await make({ name: 'Kid', parent_id: company, street: 'own street', zip: '00-001', email: 'kid@x.test' });
    expect(await read(child, ['street', 'city', 'zip', 'country_id', 'vat', 'website', 'display_name', 'commercial_partner_id'])).toMatchObject({
      street: 'S 1', city: 'C', zip: false, country_id: [178, 'Poland'], vat: 'PL1', website: false, display_name: 'Co, Kid', commercial_partner_id: [company, 'Co'],
    });
    expect(await read(await make({ name: 'Other', parent_id: company, type: 'other', street: 'own' }), ['street', 'city'])).toMatchObject({ street: 'own', city: false });
    const late = await make({ name: 'Late', street: 'before' });
    await client.call('res.partner', 'write', [[late], { parent_id: company }]);
    expect(await read(late, ['street'])).toMatchObject({ street: 'S 1' });
    await client.call('res.partner', 'write', [[company], { street: 'S 2' }]);
    expect(await read(child, ['street'])).toMatchObject({ street: 'S 2' });
  });

  it('give their address to a company that has none', async () => {
    const company = await make({ name: 'Bare', is_company: true });
    await make({ name: 'First', parent_id: company, street: 'From the contact' });
    expect(await read(company, ['street'])).toMatchObject({ street: 'From the contact' });
  });

  it('need a name unless they are an address', async () => {
    const { message } = await client.fail('res.partner', 'create', [{ email: 'x@y.test' }]);
    expect(message).toBe(version === 14 ? 'res_partner_check_name' : 'The operation cannot be completed: Contacts require a name');
    await make({ type: 'invoice' });
    await make({ name: '  ' });
  });

  it('live on without a parent when their company is deleted', async () => {
    const company = await make({ name: 'Gone', is_company: true });
    const child = await make({ name: 'Stays', parent_id: company });
    await client.call('res.partner', 'unlink', [[company]]);
    expect(await read(child, ['parent_id'])).toMatchObject({ parent_id: false });
  });

  it('refuse unknown time zones and languages', async () => {
    expect((await client.fail('res.partner', 'create', [{ name: 'x', tz: 'No/Where' }])).message).toBe("Wrong value for res.partner.tz: 'No/Where'");
    expect((await client.fail('res.partner', 'create', [{ name: 'x', lang: 'xx' }])).message).toBe("Wrong value for res.partner.lang: 'xx'");
  });
});
