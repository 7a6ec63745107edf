import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { QUIET, startRaw, type RawClient } from '../testing/raw-client.ts';
import type { LoadAnswer } from '../load/load-rows.ts';

type Values = Record<string, unknown>;
const WHEN = { start: '2020-05-01 08:00:00', stop: '2020-05-01 09:30:00' };
const LATER = { start: '2099-05-01 08:00:00', stop: '2099-05-01 09:30:00' };
/** A server's clock that stands still: defaults reckon from it. */
const now = (): Date => new Date('2026-11-22T10:20:30Z');

describe.each([14, 17, 18, 19] as const)('meetings of Odoo %i', (version) => {
  let client: RawClient;
  let [ann, bob] = [0, 0];
  beforeAll(async () => {
    client = await startRaw(version, { now, users: [{ login: 'sales', password: 's', role: 'sales-user', tz: 'America/New_York' }] });
    [ann, bob] = (await client.call<[number, number]>('res.partner', 'create', [[{ name: 'Ann', email: 'ann@x.test' }, { name: 'Bob', email: 'bob@x.test' }]], { context: QUIET }));
  });
  afterAll(() => client.odoo.stop());
  const make = (values: Values, context: Values = QUIET): Promise<number> => client.call('calendar.event', 'create', [{ name: 'M', ...values }], { context: { skip_contact_description: true, ...context } });
  const read = async (id: number, fields: readonly string[]): Promise<Values> => (await client.call<Values[]>('calendar.event', 'read', [[id], fields]))[0]!;
  const states = async (event: number): Promise<[string, string][]> =>
    (await client.call<{ partner_id: [number, string]; state: string }[]>('calendar.attendee', 'search_read', [[['event_id', '=', event]], ['partner_id', 'state']])).map((row) => [row.partner_id[1], row.state]);
  const followers = (event: number): number => client.odoo.state.rows('mail.followers').filter((row) => row['res_model'] === 'calendar.event' && row['res_id'] === event).length;

  it.each([
    ['dates as times', { start: '2020-05-01', stop: '2020-05-02' }, { start: '2020-05-01 00:00:00', stop: '2020-05-02 00:00:00', start_date: '2020-05-01', stop_date: '2020-05-02' }],
    ['dates as dates', { start_date: '2020-05-01', stop_date: '2020-05-02' }, { start: '2020-05-01 08:00:00', stop: '2020-05-02 18:00:00', start_date: '2020-05-01', stop_date: '2020-05-02' }],
    ['both: the dates win', { start: '2020-05-01 00:00:00', stop: '2020-05-02 23:59:59', start_date: '2020-05-01', stop_date: '2020-05-02' }, { start: '2020-05-01 08:00:00', stop: '2020-05-02 18:00:00' }],
    ['times', { start: '2020-05-01 08:00:00', stop: '2020-05-01 18:00:00' }, { start_date: '2020-05-01', stop_date: '2020-05-01', duration: 10 }],
  ] as const)('of whole days take %s (measured on 14)', async (_how, given, stored) => {
    expect(await read(await make({ allday: true, ...given }), ['start', 'stop', 'start_date', 'stop_date', 'duration'])).toMatchObject(stored);
  });

  it('reckon the duration, unless it is sent; a stop left out is reckoned from today', async () => {
    expect(await read(await make(WHEN), ['duration'])).toMatchObject({ duration: 1.5 });
    expect(await read(await make({ ...WHEN, duration: 5 }), ['duration', 'stop'])).toMatchObject({ duration: 5, stop: WHEN.stop });
    expect(await read(await make({ start: WHEN.start, duration: 2 }), ['stop'])).toMatchObject({ stop: version === 14 ? '2026-11-22 00:00:00' : '2026-11-22 11:20:30' });
  });

  it('refuse an end before the beginning, in times and in dates; the same is allowed', async () => {
    expect((await client.fail('calendar.event', 'create', [{ name: 'M', start: WHEN.stop, stop: WHEN.start }])).message).toBe(`The ending date and time cannot be earlier than the starting date and time.\nMeeting 'M' starts '${WHEN.stop}' and ends '${WHEN.start}'`);
    expect((await client.fail('calendar.event', 'create', [{ name: 'M', allday: true, start_date: '2020-05-03', stop_date: '2020-05-01' }])).message).toMatch(/^The ending date cannot be earlier than the starting date\./u);
    expect(await read(await make({ start: WHEN.start, stop: WHEN.start }), ['duration'])).toMatchObject({ duration: 0 });
  });

  it('keep attendees equal to partner_ids under every command; states of those who stay are kept', async () => {
    const event = await make({ ...WHEN, partner_ids: [[6, 0, [ann, bob, ann]]], user_id: false });
    expect(await states(event)).toEqual([['Ann', 'needsAction'], ['Bob', 'needsAction']]);
    const [first] = await client.call<[number]>('calendar.attendee', 'search', [[['event_id', '=', event], ['partner_id', '=', ann]]]);
    await client.call('calendar.attendee', 'write', [[first], { state: 'accepted' }]);
    await client.call('calendar.event', 'write', [[event], { partner_ids: [[3, bob]] }], { context: QUIET });
    expect(await states(event)).toEqual([['Ann', 'accepted']]);
    expect(followers(event)).toBe(version >= 19 ? 0 : 1);
    await client.call('calendar.event', 'write', [[event], { partner_ids: [[4, bob]] }], { context: QUIET });
    expect(await states(event)).toEqual([['Ann', 'accepted'], ['Bob', 'needsAction']]);
    await client.call('calendar.event', 'write', [[event], { partner_ids: [[6, 0, []]] }], { context: QUIET });
    expect(await states(event)).toEqual([]);
    expect(followers(event)).toBe(0);
  });

  it('take attendees made on their own: partner_ids stay as they are', async () => {
    const event = await make({ ...WHEN, partner_ids: [[6, 0, []]], user_id: false });
    await client.call('calendar.attendee', 'create', [{ event_id: event, partner_id: ann, state: 'tentative' }]);
    expect(await states(event)).toEqual([['Ann', 'tentative']]);
    expect(await read(event, ['partner_ids'])).toMatchObject({ partner_ids: [] });
    expect(followers(event)).toBe(version >= 19 ? 0 : 1);
    expect((await client.fail('calendar.attendee', 'create', [{ event_id: event, partner_id: ann, state: 'maybe' }])).message).toBe("Wrong value for calendar.attendee.state: 'maybe'");
  });

  it('invite for the future only, and never with no_mail_to_attendees: on create, write and load', async () => {
    const invited = (): number => client.odoo.state.invitations().length;
    const before = invited();
    await make({ ...WHEN, partner_ids: [[6, 0, [ann, bob]]] }, {});
    expect(invited() - before).toBe(0);
    const loud = await make({ ...LATER, partner_ids: [[6, 0, [ann, bob]]] }, {});
    expect(client.odoo.state.invitations().slice(before)).toEqual([ann, bob].map((_id, at) => ({ reason: 'invitation', to: at === 0 ? 'ann@x.test' : 'bob@x.test', model: 'calendar.event', resId: loud })));
    await client.call('calendar.event', 'write', [[loud], { start: '2099-05-01 07:00:00' }]);
    expect(client.odoo.state.invitations().slice(before + 2).map((mail) => mail.reason)).toEqual(['date updated', 'date updated']);
    // Adding somebody invites him alone.
    const cid = await client.call<number>('res.partner', 'create', [{ name: 'Cid', email: 'cid@x.test' }], { context: QUIET });
    await client.call('calendar.event', 'write', [[loud], { partner_ids: [[4, cid]] }]);
    expect(client.odoo.state.invitations().slice(before + 4).map((mail) => mail.to)).toEqual(['cid@x.test']);
    const quiet = await make({ ...LATER, partner_ids: [[6, 0, [ann, bob]]] });
    await client.call('calendar.event', 'write', [[quiet], { start: '2099-05-01 07:00:00' }], { context: QUIET });
    await client.call('calendar.event', 'load', [['id', 'name', 'start', 'stop', 'partner_ids/.id'], [['p.quiet', 'L', LATER.start, LATER.stop, `${ann},${bob}`]]], { context: QUIET });
    expect(invited() - before).toBe(5);
    expect(await client.call('mail.message', 'search_count', [[['model', '=', 'calendar.event'], ['res_id', '=', loud], ['message_type', '=', 'user_notification']]])).toBe(5);
  });

  it('log changes of time and place, not of name and text (measured on 14)', async () => {
    const event = await make(WHEN);
    const count = (): Promise<number> => client.call('mail.message', 'search_count', [[['model', '=', 'calendar.event'], ['res_id', '=', event]]]);
    for (const [change, logged] of [[{ name: 'N' }, 0], [{ description: 'd' }, 0], [{ location: 'L' }, 1], [{ stop: '2020-05-01 10:00:00' }, 1], [{ show_as: 'free' }, 0], [{ privacy: 'confidential' }, 0]] as const) {
      const before = await count();
      await client.call('calendar.event', 'write', [[event], change], { context: { no_mail_to_attendees: true } });
      expect([change, (await count()) - before]).toEqual([change, logged]);
    }
  });

  it('tell an opportunity only when it is named on creation', async () => {
    const lead = await client.call<number>('crm.lead', 'create', [{ name: 'L' }], { context: QUIET });
    await client.call('calendar.event', 'write', [[await make(WHEN)], { opportunity_id: lead }], { context: QUIET });
    const bodies = async (): Promise<Values[]> => client.call('mail.message', 'search_read', [[['model', '=', 'crm.lead'], ['res_id', '=', lead]], ['body', 'subtype_id', 'message_type', 'date']]);
    expect(await bodies()).toEqual([]);
    await make({ ...WHEN, opportunity_id: lead });
    expect(await bodies()).toMatchObject([{ message_type: 'notification', subtype_id: false, date: '2026-11-22 10:20:30', body: `<p>Meeting scheduled at '<time datetime="${WHEN.start}+00:00">${WHEN.start}</time>'<br> Subject: M <br> Duration: 1.5 hours</p>` }]);
  });

  it('that are private show only when they are to people who are not in them (measured on 14)', async () => {
    const event = await make({ ...WHEN, name: 'Secret', description: '<p>s</p>', privacy: 'private', partner_ids: [[6, 0, [ann]]] });
    const other = client.as(6, 's');
    expect(await other.call('calendar.event', 'read', [[event], ['name', 'start', 'description', 'location', 'display_name']])).toMatchObject([{ name: 'Busy', start: WHEN.start, description: false, location: false, display_name: 'Busy' }]);
    expect((await other.fail('calendar.event', 'write', [[event], { name: 'X' }])).name).toBe('odoo.exceptions.AccessError');
    expect(await read(event, ['name'])).toMatchObject({ name: 'Secret' });
  });

  it('loads read times in the context, else the user, time zone; errors are data (facts 6)', async () => {
    const columns = ['id', 'name', 'start', 'stop'];
    const times = async (loaded: LoadAnswer): Promise<unknown> => (await client.call<Values[]>('calendar.event', 'read', [loaded.ids, ['start']]))[0]!['start'];
    expect(await times(await client.call('calendar.event', 'load', [columns, [['p.utc', 'U', WHEN.start, WHEN.stop]]], { context: QUIET }))).toBe(WHEN.start);
    expect(await times(await client.call('calendar.event', 'load', [columns, [['p.ny', 'N', WHEN.start, WHEN.stop]]], { context: { ...QUIET, tz: 'America/New_York' } }))).toBe('2020-05-01 12:00:00');
    expect(await times(await client.as(6, 's').call('calendar.event', 'load', [columns, [['p.own', 'O', WHEN.start, WHEN.stop]]], { context: { no_mail_to_attendees: true } }))).toBe('2020-05-01 12:00:00');
    const bad = await client.call<LoadAnswer>('calendar.event', 'load', [columns, [['p.a', 'A', WHEN.start, WHEN.stop], ['p.b', 'B', WHEN.stop, WHEN.start]]], { context: QUIET });
    expect(bad.ids).toBe(false);
    expect(bad.messages).toMatchObject([{ type: 'error', record: 1 }]);
    expect(bad.messages[0]!.message.startsWith("Unknown error during import: <class 'odoo.exceptions.ValidationError'>: The ending")).toBe(version === 14);
    expect(await client.call('calendar.event', 'search_count', [[['name', '=', 'A']]])).toBe(0);
    const alone = await client.call<LoadAnswer>('calendar.event', 'load', [[...columns, 'partner_ids/.id'], [['p.c', 'C', WHEN.start, WHEN.stop, '']]], { context: QUIET });
    if (version === 14) expect(alone).toMatchObject({ ids: false, messages: [{ message: "Unknown error during import: <class 'TypeError'>: 'bool' object is not iterable" }] });
    else expect(alone.messages).toEqual([]);
  });

  it('have tags with unique names', async () => {
    await client.call('calendar.event.type', 'create', [{ name: 'Visit' }]);
    expect((await client.fail('calendar.event.type', 'create', [{ name: 'Visit' }])).message).toContain(version === 14 ? 'calendar_event_type_name_uniq' : 'already exists');
  });
});

describe.each([14, 17, 18, 19] as const)('tasks and calls of Odoo %i', (version) => {
  let client: RawClient;
  let [model, user, partner] = [0, 0, 0];
  beforeAll(async () => {
    client = await startRaw(version, { now, users: [{ login: 'other@x.test', password: 'o', role: 'sales-user' }] });
    [model] = await client.call<[number]>('ir.model', 'search', [[['model', '=', 'res.partner']]]);
    user = 6;
    partner = await client.call<number>('res.partner', 'create', [{ name: 'Pat' }], { context: QUIET });
  });
  afterAll(() => client.odoo.stop());
  const make = (values: Values, context: Values = QUIET): Promise<number> => client.call('mail.activity', 'create', [{ res_model_id: model, res_id: partner, user_id: 2, ...values }], { context });

  it('mail an assignee who is somebody else, unless mail_activity_quick_update', async () => {
    const before = client.odoo.state.causedMails().length;
    await make({ user_id: user });
    await make({}, {});
    expect(client.odoo.state.causedMails().length - before).toBe(0);
    const id = await make({ user_id: user }, {});
    expect(client.odoo.state.causedMails().slice(before)).toEqual([{ reason: 'activity', to: 'other@x.test', model: 'res.partner', resId: partner }]);
    await client.call('mail.activity', 'write', [[id], { user_id: 2 }], { context: QUIET });
    await client.call('mail.activity', 'write', [[id], { user_id: user }]);
    expect(client.odoo.state.causedMails().length - before).toBe(2);
    expect(client.odoo.state.activities().find((activity) => activity.id === id)).toEqual({ id, model: 'res.partner', resId: partner, type: null, user: 'other@x.test', deadline: '2026-11-22', summary: null });
  });

  it('make the assignee a follower in any case, the caller too (measured on 14)', async () => {
    for (const assignee of [2, user]) {
      const record = await client.call<number>('res.partner', 'create', [{ name: 'F' }], { context: QUIET });
      await make({ res_id: record, user_id: assignee });
      expect(client.odoo.state.rows('mail.followers').filter((row) => row['res_model'] === 'res.partner' && row['res_id'] === record)).toHaveLength(1);
    }
  });

  it('go only to people who may read the record on 14, quiet keys or not, unless they are automated (measured)', async () => {
    const [leads] = await client.call<[number]>('ir.model', 'search', [[['model', '=', 'crm.lead']]]);
    const mine = await client.call<number>('crm.lead', 'create', [{ name: 'Mine' }], { context: QUIET });
    const task = { res_model_id: leads, res_id: mine, user_id: user };
    if (version === 14) {
      expect(await client.fail('mail.activity', 'create', [task], { context: QUIET })).toMatchObject({ name: 'odoo.exceptions.UserError', message: 'Assigned user other@x.test has no access to the document and is not able to handle this activity.' });
      await client.call('mail.activity', 'create', [{ ...task, automated: true }], { context: QUIET });
    } else await client.call('mail.activity', 'create', [task], { context: QUIET });
    const free = await client.call<number>('crm.lead', 'create', [{ name: 'Free', user_id: false }], { context: QUIET });
    await client.call('mail.activity', 'create', [{ ...task, res_id: free }], { context: QUIET });
    // Nor may he make one for himself there.
    expect((await client.as(user, 'o').fail('mail.activity', 'create', [task])).name).toBe('odoo.exceptions.AccessError');
  });

  it('hang only on records that can be followed', async () => {
    const [messages] = await client.call<[number]>('ir.model', 'search', [[['model', '=', 'mail.message']]]);
    const message = await client.call<number>('mail.message', 'create', [{ model: 'res.partner', res_id: partner, body: 'x' }], { context: QUIET });
    expect(await client.fail('mail.activity', 'create', [{ res_model_id: messages, res_id: message, user_id: 2 }], { context: QUIET })).toMatchObject({ name: 'builtins.AttributeError', message: "'mail.message' object has no attribute 'message_subscribe'" });
    expect((await client.fail('mail.activity', 'create', [{ res_model_id: model, res_id: 99_999, user_id: 2 }])).name).toBe('odoo.exceptions.MissingError');
  });

  it('have types that may bear the same name, and stay while they are used', async () => {
    const [type, twin] = await client.call<[number, number]>('mail.activity.type', 'create', [[{ name: 'Visit' }, { name: 'Visit' }]]);
    const activity = await make({ activity_type_id: type });
    expect((await client.fail('mail.activity.type', 'unlink', [[type]])).message).toContain(version >= 19 ? 'Activity Type' : 'mail_activity_activity_type_id_fkey');
    await client.call('mail.activity.type', 'unlink', [[twin]]);
    await client.call('mail.activity', 'unlink', [[activity]]);
    await client.call('mail.activity.type', 'unlink', [[type]]);
  });

  it('may have subtypes of messages of their own: the messages lose them with the subtype', async () => {
    const [first, twin] = await client.call<[number, number]>('mail.message.subtype', 'create', [[{ name: 'Call' }, { name: 'Call', res_model: 'res.partner', internal: true, default: false }]]);
    expect(await client.call('mail.message.subtype', 'read', [[first], ['default', 'internal', 'sequence', 'res_model']])).toMatchObject([{ default: true, internal: false, sequence: 1, res_model: false }]);
    const message = await client.call<number>('mail.message', 'create', [{ model: 'res.partner', res_id: partner, body: 'x', subtype_id: first }], { context: QUIET });
    expect(await client.call('mail.message', 'read', [[message], ['subtype_id']])).toMatchObject([{ subtype_id: [first, 'Call'] }]);
    await client.call('mail.message.subtype', 'unlink', [[first, twin]]);
    expect(await client.call('mail.message', 'read', [[message], ['subtype_id']])).toMatchObject([{ subtype_id: false }]);
    expect((await client.fail('mail.message.subtype', 'create', [{}])).message).toContain('(name)');
  });

  it('may have custom fields on messages, which mails show too, on meetings and on files', async () => {
    const id = async (name: string): Promise<number> => (await client.call<[number]>('ir.model', 'search', [[['model', '=', name]]]))[0];
    for (const [name, ttype, values, value] of [
      ['mail.message', 'integer', { model: 'res.partner', res_id: partner, body: 'x' }, 95], ['calendar.event', 'char', { name: 'M', ...WHEN }, 'uid-1'], ['ir.attachment', 'char', { name: 'f', datas: 'eA==' }, 'k-1'], ['mail.activity', 'char', { res_model_id: model, res_id: partner, user_id: 2 }, 't-1'],
    ] as const) {
      await client.call('ir.model.fields', 'create', [{ name: 'x_extra', model_id: await id(name), ttype, field_description: 'Extra', state: 'manual' }]);
      const made = await client.call<number>(name, 'create', [{ ...values, x_extra: value }], { context: QUIET });
      expect(await client.call(name, 'search_read', [[['x_extra', '=', value]], ['x_extra']])).toMatchObject([{ id: made, x_extra: value }]);
    }
    expect(await client.call('mail.mail', 'fields_get', [['x_extra']])).toHaveProperty('x_extra');
  });

  it('list what runs by itself: scheduled actions, rules, mail servers', async () => {
    const { odoo, call } = await startRaw(version, { mailServer: true, incomingMailServer: true, automationRules: [{ name: 'R', model: 'res.partner', trigger: 'on_create', sendsMail: true }, { name: 'Off', model: 'crm.lead', trigger: 'on_write', active: false }] });
    const crons = await call<Values[]>('ir.cron', 'search_read', [[['active', '=', true]], ['cron_name', 'model_name', 'code', 'state', 'nextcall']]);
    expect(crons.find((cron) => cron['cron_name'] === 'Mail: Email Queue Manager')).toMatchObject({ model_name: 'mail.mail', code: 'model.process_email_queue()', state: 'code' });
    expect(crons.some((cron) => cron['cron_name'] === 'CRM: enrich leads (IAP)')).toBe(version >= 17);
    expect(await call('base.automation', 'search_read', [[], ['name', 'model_name', 'trigger', 'active']])).toMatchObject([{ name: 'R', model_name: 'res.partner', trigger: 'on_create', active: true }]);
    expect(await call('ir.mail_server', 'search_count', [[]])).toBe(1);
    expect(await call('fetchmail.server', 'search_read', [[], ['name', 'state', 'active']])).toMatchObject([{ name: 'Incoming', state: 'done', active: true }]);
    const made = await call<number>('res.partner', 'create', [{ name: 'Fires' }], { context: QUIET });
    expect(odoo.state.causedMails()).toEqual([{ reason: 'automation', to: '', model: 'res.partner', resId: made }]);
    await odoo.stop();
  });
});
