import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { QUIET, startRaw, type RawClient } from './testing/raw-client.ts';

const OTHER = 6; // uid of the second user
const FUTURE = { start: '2099-01-01 10:00:00', stop: '2099-01-01 11:00:00' };

interface Counts { readonly mails: number; readonly messages: number; readonly followers: number }

/** Rows made per single call, as counted on the real servers. */
describe.each([14, 17, 18] as const)('side effects of single calls on Odoo %i', (version) => {
  let client: RawClient;
  let attendees: number[];
  beforeAll(async () => {
    client = await startRaw(version, { users: [{ login: 'sam@example.test', password: 'sam', role: 'sales-manager' }] });
    attendees = await client.call('res.partner', 'create', [[{ name: 'Ann', email: 'ann@example.test' }, { name: 'Bob', email: 'bob@example.test' }]], { context: QUIET });
  });
  afterAll(() => client.odoo.stop());

  const counted = async (work: () => Promise<unknown>): Promise<Counts> => {
    const now = (): number[] => ['mail.mail', 'mail.message', 'mail.followers'].map((model) => client.odoo.state.count(model));
    const before = now();
    await work();
    const [mails, messages, followers] = now().map((count, at) => count - before[at]!);
    return { mails: mails!, messages: messages!, followers: followers! };
  };
  const created = (model: string, values: Record<string, unknown>, context: Record<string, unknown> = {}): Promise<Counts> =>
    counted(() => client.call(model, 'create', [values], { context }));
  const event = (values: Record<string, unknown>, context: Record<string, unknown> = {}): Promise<Counts> =>
    created('calendar.event', { name: 'Meeting', partner_ids: [[6, 0, attendees]], ...values }, context);

  it.each([
    ['a partner', 'res.partner', { name: 'P' }, {}, [0, 1, 1]],
    ['a partner with tracking_disable', 'res.partner', { name: 'P' }, { tracking_disable: true }, [0, 0, 0]],
    ['a partner with mail_create_nolog', 'res.partner', { name: 'P' }, { mail_create_nolog: true }, [0, 0, 1]],
    ['a partner with mail_create_nosubscribe', 'res.partner', { name: 'P' }, { mail_create_nosubscribe: true }, [0, 1, 0]],
    ['a lead of one\'s own', 'crm.lead', { name: 'L' }, {}, [0, 1, 1]],
    ['a lead for another user', 'crm.lead', { name: 'L', user_id: OTHER }, {}, [1, 2, 2]],
    ['a lead for another user without telling him', 'crm.lead', { name: 'L', user_id: OTHER }, { mail_auto_subscribe_no_notify: true }, [0, 1, 2]],
    ['a lead for another user with three quiet keys but not the one that counts', 'crm.lead', { name: 'L', user_id: OTHER }, { mail_create_nolog: true, mail_create_nosubscribe: true, mail_notrack: true }, [1, 1, 1]],
    ['a lead for another user with tracking_disable', 'crm.lead', { name: 'L', user_id: OTHER }, { tracking_disable: true }, [0, 0, 0]],
  ] as const)('%s', async (_title, model, values, context, [mails, messages, followers]) => {
    expect(await created(model, values, context)).toEqual({ mails, messages, followers });
  });

  it.each([
    [{}, [1, 2, 1]],
    [{ mail_notrack: true }, [0, 0, 1]],
    [{ tracking_disable: true }, [0, 0, 0]],
  ] as const)('a lead given another stage and user, context %j', async (context, [mails, messages, followers]) => {
    const id = await client.call<number>('crm.lead', 'create', [{ name: 'L' }], { context: QUIET });
    expect(await counted(() => client.call('crm.lead', 'write', [[id], { stage_id: 2, user_id: OTHER }], { context }))).toEqual({ mails, messages, followers });
  });

  it.each([
    ['in the future', FUTURE, {}, [2, 3, 3]],
    ['in the future with dont_notify, which does not stop invitations', FUTURE, { dont_notify: true }, [2, 3, 3]],
    ['in the future with tracking_disable, which does not stop them either', FUTURE, { tracking_disable: true }, [2, 2, 2]],
    ['in the future with no_mail_to_attendees', FUTURE, { no_mail_to_attendees: true }, [0, 1, 3]],
    ['in the future with all quiet keys: attendees are followers all the same', FUTURE, QUIET, [0, 0, 2]],
    ['in the past', { start: '2020-01-01 10:00:00', stop: '2020-01-01 11:00:00' }, {}, [0, 1, 3]],
  ] as const)('an event with two attendees %s', async (_title, when, context, [mails, messages, followers]) => {
    expect(await event(when, context)).toEqual({ mails, messages, followers });
  });

  it('an event moved in the future mails every attendee', async () => {
    const id = await client.call<number>('calendar.event', 'create', [{ name: 'M', partner_ids: [[6, 0, attendees]], ...FUTURE }], { context: QUIET });
    const move = (context: Record<string, unknown>): Promise<Counts> =>
      counted(() => client.call('calendar.event', 'write', [[id], { start: '2099-01-01 10:30:00', stop: '2099-01-01 11:30:00' }], { context }));
    expect(await move({})).toEqual({ mails: 2, messages: 3, followers: 0 });
    expect(await move({ no_mail_to_attendees: true })).toMatchObject({ mails: 0 });
  });

  it('an activity for another user, with and without the quick key', async () => {
    const [model] = await client.call<number[]>('ir.model', 'search', [[['model', '=', 'res.partner']]]);
    const activity = { res_model_id: model, res_id: attendees[0], user_id: OTHER, summary: 'Call' };
    expect(await created('mail.activity', activity)).toEqual({ mails: 1, messages: 1, followers: 1 });
    expect(await created('mail.activity', activity, { mail_activity_quick_update: true })).toEqual({ mails: 0, messages: 0, followers: 0 });
  });

  it('message_post of a comment mails the followers, a note and a created message do not', async () => {
    const [id] = await client.call<number[]>('res.partner', 'create', [[{ name: 'Watched' }]], { context: QUIET });
    await client.call('res.partner', 'message_subscribe', [[id]], { partner_ids: attendees });
    const post = (subtype: string): Promise<Counts> => counted(() => client.call('res.partner', 'message_post', [[id]], { body: 'x', message_type: 'comment', subtype_xmlid: subtype }));
    expect(await post('mail.mt_comment')).toEqual({ mails: 2, messages: 1, followers: 0 });
    expect(await post('mail.mt_note')).toEqual({ mails: 0, messages: 1, followers: 0 });
    expect(await created('mail.message', { model: 'res.partner', res_id: id, message_type: 'comment', partner_ids: attendees, subtype_id: 1 })).toEqual({ mails: 0, messages: 1, followers: 0 });
  });

  it('a user without a mail server makes no mail', async () => {
    expect(await created('res.users', { name: 'New', login: 'new@example.test', email: 'new@example.test' })).toEqual({ mails: 0, messages: 1, followers: 1 });
  });
});

describe('with a mail server', () => {
  it('invitations of users leave at once, unless no_reset_password', async () => {
    const { odoo, call } = await startRaw(17, { mailServer: true });
    await call('res.users', 'create', [{ name: 'A', login: 'a@example.test', email: 'a@example.test' }]);
    await call('res.users', 'create', [{ name: 'B', login: 'b@example.test', email: 'b@example.test' }], { context: { no_reset_password: true } });
    expect(odoo.state.sentMails().map((mail) => mail.to)).toEqual(['a@example.test']);
    await odoo.stop();
  });

  it.each([[14, 0], [17, 0], [18, 1]] as const)('on %i an invitation to a meeting leaves at once (%i) or by the queue', async (version, atOnce) => {
    const { odoo, call } = await startRaw(version, { mailServer: true });
    const partner = await call<number>('res.partner', 'create', [{ name: 'Ann', email: 'ann@example.test' }], { context: QUIET });
    await call('calendar.event', 'create', [{ name: 'M', partner_ids: [[6, 0, [partner]]], ...FUTURE }]);
    expect(odoo.state.sentMails()).toHaveLength(atOnce);
    expect(odoo.state.runMailQueue()).toBe(1 - atOnce);
    expect(odoo.state.sentMails().map((mail) => mail.to)).toEqual(['ann@example.test']);
    await odoo.stop();
  });

  it('an old mail left in state outgoing is sent by the queue', async () => {
    const { odoo, call } = await startRaw(17, { mailServer: true });
    await call('mail.mail', 'create', [{ subject: 'Old', email_to: 'x@example.test', body_html: '<p>x</p>' }]);
    await call('mail.mail', 'create', [{ subject: 'Kept', email_to: 'y@example.test', state: 'sent' }]).catch(() => null);
    odoo.state.runMailQueue();
    expect(odoo.state.sentMails().map((mail) => mail.to)).toContain('x@example.test');
    await odoo.stop();
  });
});

describe('Odoo 19', () => {
  it('no longer subscribes attendees, and appends contact details to descriptions', async () => {
    const { odoo, call } = await startRaw(19);
    const partner = await call<number>('res.partner', 'create', [{ name: 'Ann', email: 'ann@example.test', phone: '5' }], { context: QUIET });
    const before = odoo.state.count('mail.followers');
    const make = (context: Record<string, unknown>): Promise<number> => call('calendar.event', 'create', [{ name: 'M', description: '<p>Agenda</p>', partner_ids: [[6, 0, [partner]]], ...FUTURE }], { context: { ...QUIET, ...context } });
    const [plain, quiet] = [await make({}), await make({ skip_contact_description: true })];
    expect(odoo.state.count('mail.followers')).toBe(before);
    const texts = await call<{ description: string }[]>('calendar.event', 'read', [[plain, quiet], ['description']]);
    expect(texts[0]!.description).toMatch(/^<p>Agenda<\/p>.*Organized by Administrator.*Contact Details.*Ann.*ann@example\.test/u);
    expect(texts[1]!.description).toBe('<p>Agenda</p>');
    await odoo.stop();
  });
});
