import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRaw, type RawClient } from './testing/raw-client.ts';

const MATRIX: readonly (readonly [model: string, internal: string, sales: string, manager: string, admin: string])[] = [
  ['res.partner', 'r', 'rwc', 'rwc', 'rwcu'], ['res.partner.category', 'r', 'rwc', 'rwc', 'rwcu'],
  ['crm.lead', '', 'rwc', 'rwcu', 'rwcu'], ['crm.stage', 'r', 'r', 'rwcu', 'rwcu'], ['crm.team', 'r', 'r', 'rwcu', 'rwcu'], ['crm.lost.reason', 'r', 'r', 'rwcu', 'rwcu'],
  ['crm.tag', '', 'rwc', 'rwcu', 'rwcu'], ['mail.message', 'rwcu', 'rwcu', 'rwcu', 'rwcu'], ['mail.activity', 'rwcu', 'rwcu', 'rwcu', 'rwcu'],
  ['calendar.event', 'rwcu', 'rwcu', 'rwcu', 'rwcu'], ['calendar.attendee', 'rwcu', 'rwcu', 'rwcu', 'rwcu'], ['ir.attachment', 'rwcu', 'rwcu', 'rwcu', 'rwcu'],
  ['mail.activity.type', 'r', 'r', 'rwcu', 'rwcu'], ['mail.mail', '', '', '', 'rwcu'], ['res.users', 'r', 'r', 'r', 'rwcu'],
];
const LETTERS = { read: 'r', write: 'w', create: 'c', unlink: 'u' } as const;

describe.each([14, 17, 18, 19] as const)('rights on Odoo %i', (version) => {
  let client: RawClient;
  let users: RawClient[];
  beforeAll(async () => {
    client = await startRaw(version, { users: [{ login: 'int', password: 'p' }, { login: 'sal', password: 'p', role: 'sales-user' }, { login: 'man', password: 'p', role: 'sales-manager' }] });
    users = [client.as(6, 'p'), client.as(7, 'p'), client.as(8, 'p'), client];
  });
  afterAll(() => client.odoo.stop());

  it('follow the measured matrix', async () => {
    const technical = version === 14 ? ['r', 'r', 'r', 'rwcu'] as const : ['', '', '', 'rwcu'] as const;
    const data = version === 14 ? ['rc', 'rc', 'rc', 'rwcu'] as const : technical;
    for (const [model, ...expected] of [...MATRIX, ['ir.model', ...technical] as const, ['ir.model.fields', ...technical] as const, ['ir.model.data', ...data] as const]) {
      const found = await Promise.all(users.map(async (user) => {
        let letters = '';
        for (const [operation, letter] of Object.entries(LETTERS)) if (await user.call(model, 'check_access_rights', [operation], { raise_exception: false })) letters += letter;
        return letters;
      }));
      expect([model, ...found]).toEqual([model, ...expected]);
    }
  });

  it('refuse with code 4 when asked to raise', async () => {
    expect((await users[0]!.fail('crm.lead', 'check_access_rights', ['create'])).name).toBe('odoo.exceptions.AccessError');
    expect((await users[0]!.fail('crm.lead', 'create', [{ name: 'x' }])).message).toMatch(/^You are not allowed to create '/u);
  });

  it('pass the model check, and yet refuse a lead of somebody else by a record rule', async () => {
    const [, sales] = users as [RawClient, RawClient];
    const mine = await sales.call<number>('crm.lead', 'create', [{ name: 'mine' }]);
    expect(await sales.call('crm.lead', 'write', [[mine], { name: 'still mine' }])).toBe(true);
    const { name, message } = await sales.fail('crm.lead', 'create', [{ name: 'his', user_id: 8 }]);
    expect(name).toBe('odoo.exceptions.AccessError');
    expect(message).toContain(version === 14 ? 'Due to security restrictions' : 'top-secret records');
    await users[2]!.call('crm.lead', 'create', [{ name: 'his', user_id: 7 }]);
    const foreign = await client.call<number>('crm.lead', 'create', [{ name: 'foreign' }]);
    expect(await sales.call('crm.lead', 'search', [[['id', '=', foreign]]])).toEqual([]);
    expect((await sales.fail('mail.message', 'create', [{ model: 'crm.lead', res_id: foreign }])).name).toBe('odoo.exceptions.AccessError');
    await sales.call('mail.message', 'create', [{ model: 'crm.lead', res_id: mine, date: '2001-01-01 00:00:00', author_id: false, email_from: 'x@y.test' }]);
  });

  it('have has_access from 18 on, and has_group in the form of the version', async () => {
    if (version >= 18) expect(await client.call('res.partner', 'has_access', [[], 'create'])).toBe(true);
    else expect((await client.fail('res.partner', 'has_access', [[], 'create'])).name).toBe('builtins.AttributeError');
    const group = (name: string): Promise<unknown> => client.call('res.users', 'has_group', version >= 18 ? [[2], name] : [name]);
    expect(await group('base.group_system')).toBe(true);
    expect(await group('sales_team.group_sale_salesman')).toBe(true);
    expect(await group('crm.group_use_lead')).toBe(false);
  });

  it('name groups as the version does', async () => {
    const fields = await client.call<Record<string, unknown>>('res.users', 'fields_get', [['groups_id', 'group_ids']]);
    expect(Object.keys(fields)).toEqual([version >= 19 ? 'group_ids' : 'groups_id']);
  });
});
