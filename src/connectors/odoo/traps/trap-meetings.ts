import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../connector/json.ts';
import { debtId } from '../write/debts.ts';
import { externalIdName, unfinishedModule } from '../write/keys.ts';
import { callLoad } from '../write/load-call.ts';
import { attendeeFieldNames } from '../write/meetings.ts';
import { openTrapKit, rejectionOf, type TrapKit } from './trap-kit.ts';

/** Meetings with answers of their attendees, and activities: nothing is sent, nobody follows, nothing is posted. */
export function describeMeetingTraps(label: string, settings: Readonly<Record<string, string>>): void {
  describe(`Odoo meetings and activities: ${label}`, () => {
    let kit: TrapKit;
    beforeAll(async () => { kit = await openTrapKit(settings); });
    afterEach(() => kit.cleanUp());
    afterAll(() => kit.destination.close());

    const people = async (count: number) => kit.create('res.partner', Array.from({ length: count }, (_, at) => ({ name: `Guest ${at}`, email: `guest${at}@example.com` })));
    const at = (day: string): JsonObject => ({ start: `${day}T10:00:00Z`, stop: `${day}T11:30:00Z` });
    const answers = async (event: string): Promise<readonly unknown[]> => {
      const values = await kit.read('calendar.event', event, attendeeFieldNames);
      return attendeeFieldNames.map((name) => values[name]);
    };
    const ownPartner = async (): Promise<string> => String(((await kit.client.searchRead('res.users', [['id', '=', kit.client.uid]], ['partner_id']))[0]?.['partner_id'] as readonly unknown[] | undefined)?.[0]);
    const counted = async (): Promise<JsonObject> => ({ ...await kit.sides() });

    it('keep the answer of every attendee, the API user among them', async () => {
      const [a = '', b = '', c = '', d = ''] = await people(4);
      const me = await ownPartner();
      const [event = '', second = '', none = ''] = await kit.create('calendar.event', [
        { name: 'Review', ...at('2019-05-06'), attendees_accepted: [a], attendees_declined: [b], attendees_tentative: [c], attendees_open: [d, me] },
        { name: 'Second', ...at('2019-05-07'), attendees_accepted: [b, me], attendees_declined: null },
        { name: 'Nobody', ...at('2019-05-08'), attendees_open: [] },
      ]);
      expect(await answers(event)).toEqual([[a], [b], [c], [me, d].sort((left, right) => Number(left) - Number(right))]);
      expect(await answers(second)).toEqual([[me, b].sort((left, right) => Number(left) - Number(right)), [], [], []]);
      expect(await answers(none)).toEqual([[], [], [], []]);
      expect((await kit.read('calendar.event', none, ['partner_ids']))['partner_ids']).toEqual([]);
    });

    it('in the future invite nobody, on creation, on change of time and of attendees, and nobody follows them', async () => {
      const [a = '', b = '', c = ''] = await people(3);
      const before = await counted();
      const [event = ''] = await kit.create('calendar.event', [{ name: 'Next year', ...at('2035-05-06'), attendees_accepted: [a], attendees_open: [b] }]);
      expect(await counted()).toMatchObject({ ...before, 'ir.model.data': Number(before['ir.model.data']) + 1 });
      await kit.destination.update({ object: 'calendar.event', changes: [{ id: event, values: { ...at('2035-06-07'), attendees_accepted: [b, c], attendees_open: [] } }] });
      expect(await answers(event)).toEqual([[b, c], [], [], []]);
      expect(await kit.read('calendar.event', event, ['start', 'stop'])).toEqual(at('2035-06-07'));
      expect(await counted()).toMatchObject({ ...before, 'ir.model.data': Number(before['ir.model.data']) + 1 });
      await kit.destination.delete({ object: 'calendar.event', ids: [event] });
      expect(await counted()).toEqual(before);
    });

    it('hang on their deal and record without a message, an activity or a follower', async () => {
      const [a = ''] = await people(1);
      const lead = await kit.createOne('crm.lead', { name: 'With meetings', type: 'opportunity' });
      const before = await counted();
      const [event = '', other = ''] = await kit.create('calendar.event', [
        { name: 'Demo', ...at('2019-05-06'), attendees_accepted: [a], opportunity_id: lead, res_model: 'crm.lead', res_id: lead },
        { name: 'Of a contact', ...at('2019-05-06'), res_model: 'res.partner', res_id: a },
      ]);
      expect(await kit.read('calendar.event', event, ['opportunity_id', 'res_model', 'res_id'])).toMatchObject({ opportunity_id: lead, res_model: 'crm.lead' });
      expect(String((await kit.read('calendar.event', event, ['res_id']))['res_id'])).toBe(lead);
      expect((await kit.read('calendar.event', other, ['res_model']))['res_model']).toBe('res.partner');
      expect(await counted()).toMatchObject({ ...before, 'ir.model.data': Number(before['ir.model.data']) + 2 });
    });

    it('that last all day count by their dates, whether given as dates or as times', async () => {
      const [dates = '', times = '', timed = ''] = await kit.create('calendar.event', [
        { name: 'Fair', allday: true, start_date: '2031-02-03', stop_date: '2031-02-04' },
        { name: 'Holiday', allday: true, start: '2031-02-05T00:00:00Z', stop: '2031-02-05T00:00:00Z' },
        { name: 'Talk', allday: false, ...at('2031-02-06') },
      ]);
      const fields = ['allday', 'start_date', 'stop_date', 'start', 'stop'];
      expect(await kit.read('calendar.event', dates, fields)).toEqual({ allday: true, start_date: '2031-02-03', stop_date: '2031-02-04', start: '2031-02-03T00:00:00Z', stop: '2031-02-04T00:00:00Z' });
      expect(await kit.read('calendar.event', times, fields)).toEqual({ allday: true, start_date: '2031-02-05', stop_date: '2031-02-05', start: '2031-02-05T00:00:00Z', stop: '2031-02-05T00:00:00Z' });
      expect(await kit.read('calendar.event', timed, ['allday', 'start', 'stop'])).toEqual({ allday: false, ...at('2031-02-06') });
      await kit.destination.update({ object: 'calendar.event', changes: [{ id: dates, values: { allday: true, start: '2031-03-01T00:00:00Z', stop: '2031-03-02T00:00:00Z' } }] });
      expect(await kit.read('calendar.event', dates, ['start_date', 'stop_date'])).toEqual({ start_date: '2031-03-01', stop_date: '2031-03-02' });
    });

    it('keep their times whatever the zone of the user', async () => {
      const [user] = await kit.client.searchRead('res.users', [['id', '=', kit.client.uid]], ['tz']);
      await kit.client.write('res.users', 'write', { ids: [kit.client.uid], vals: { tz: 'America/New_York' } });
      try {
        const [timed = '', allDay = ''] = await kit.create('calendar.event', [{ name: 'Timed', ...at('2031-07-01') }, { name: 'All day', allday: true, start_date: '2031-07-01', stop_date: '2031-07-01' }]);
        expect(await kit.read('calendar.event', timed, ['start', 'stop'])).toEqual(at('2031-07-01'));
        expect((await kit.read('calendar.event', allDay, ['start_date']))['start_date']).toBe('2031-07-01');
      } finally {
        await kit.client.write('res.users', 'write', { ids: [kit.client.uid], vals: { tz: user?.['tz'] ?? false } });
      }
    });

    it('are completed by the next lookup when a crash came after their creation', async () => {
      const [a = '', b = ''] = await people(2);
      const lead = await kit.createOne('crm.lead', { name: 'Half written', type: 'opportunity' });
      const key = kit.key();
      // The state that a killed process leaves: the meeting under its unfinished name, everybody without an answer.
      const [id = 0] = await callLoad(kit.client, 'calendar.event', ['id', 'name', 'start', 'stop', 'partner_ids/.id'], [[debtId(externalIdName('calendar.event', key), { states: 'ad', opportunity: lead }), 'Half', '2019-05-06 10:00:00', '2019-05-06 11:00:00', `${a},${b}`]]);
      kit.remember('calendar.event', [String(id)]);
      expect((await kit.destination.lookup({ object: 'calendar.event', keys: [key] })).get(key)).toBe(String(id));
      expect(await answers(String(id))).toEqual([[a], [b], [], []]);
      expect((await kit.read('calendar.event', String(id), ['opportunity_id']))['opportunity_id']).toBe(lead);
      expect(await kit.client.searchRead('mail.followers', [['res_model', '=', 'calendar.event'], ['res_id', '=', id]], ['id'])).toEqual([]);
      expect(await kit.client.searchRead('ir.model.data', [['module', '=', unfinishedModule], ['model', '=', 'calendar.event']], ['name'])).toEqual([]);
    });

    it('are refused by name when somebody gave two answers or a link leads nowhere', async () => {
      const [a = ''] = await people(1);
      const before = await kit.destination.count({ object: 'calendar.event' });
      const error = await rejectionOf(kit.create('calendar.event', [
        { name: 'Good', ...at('2019-05-06'), attendees_open: [a] },
        { name: 'Twice', ...at('2019-05-06'), attendees_open: [a], attendees_accepted: [a] },
        { name: 'Nowhere', ...at('2019-05-06'), opportunity_id: '99999999' },
        { name: 'No model', ...at('2019-05-06'), res_model: 'no.such.model', res_id: a },
      ]));
      expect(error.rejections.map((rejection) => [rejection.index, rejection.code]).sort(([left], [right]) => Number(left) - Number(right))).toEqual([[1, 'attendee-twice'], [2, 'link-not-found'], [3, 'unknown-model']]);
      expect(await kit.destination.count({ object: 'calendar.event' })).toBe(before);
    });

    it('change their content when somebody answers', async () => {
      const [a = ''] = await people(1);
      const event = await kit.createOne('calendar.event', { name: 'Answered', ...at('2019-05-06'), attendees_open: [a] });
      const hash = async () => (await kit.destination.read({ object: 'calendar.event', ids: [event], fields: ['name'] }))[0]?.contentHash;
      const before = await hash();
      const [attendee] = await kit.client.searchRead('calendar.attendee', [['event_id', '=', Number(event)]], ['id']);
      await kit.client.write('calendar.attendee', 'write', { ids: [Number(attendee?.['id'])], vals: { state: 'accepted' } });
      expect(await hash()).not.toBe(before);
    });

    it('stand beside activities that are planned for people without a mail, a message or a follower', async () => {
      const lead = await kit.createOne('crm.lead', { name: 'With tasks', type: 'opportunity' });
      const [login, vals] = [kit.key(), { name: 'Colleague', email: 'colleague@example.com' }];
      const groups = await kit.client.searchRead('ir.model.data', [['model', '=', 'res.groups'], ['name', 'in', ['group_user', 'group_sale_salesman_all_leads']], ['module', 'in', ['base', 'sales_team']]], ['res_id']);
      const userFields = await kit.client.read('res.users', 'fields_get', { attributes: ['type'] }) as JsonObject;
      const [user = 0] = await kit.client.write('res.users', 'create', { vals_list: [{ ...vals, login, [userFields['group_ids'] === undefined ? 'groups_id' : 'group_ids']: [[6, 0, groups.map((group) => Number(group['res_id']))]] }] }) as readonly number[];
      const [row] = await kit.client.searchRead('res.users', [['id', '=', user]], ['partner_id']);
      try {
        const before = await counted();
        const made = await kit.create('mail.activity', [
          { res_model: 'crm.lead', res_id: lead, summary: 'Call back', date_deadline: '2035-01-02', user_id: String(user), activity_type: 'mail.mail_activity_data_call', note: '<p>About the offer</p>' },
          { res_model: 'crm.lead', res_id: lead, summary: 'Overdue', date_deadline: '2019-01-02' },
        ]);
        expect(await kit.read('mail.activity', made[0] ?? '', ['res_model', 'res_id', 'summary', 'date_deadline', 'user_id', 'activity_type'])).toMatchObject({ res_model: 'crm.lead', res_id: lead, summary: 'Call back', date_deadline: '2035-01-02', user_id: String(user), activity_type: 'mail.mail_activity_data_call' });
        expect((await kit.read('mail.activity', made[1] ?? '', ['user_id']))['user_id']).toBe(String(kit.client.uid));
        expect(await counted()).toEqual({ ...before, 'mail.activity': Number(before['mail.activity']) + 2, 'ir.model.data': Number(before['ir.model.data']) + 2 });
        expect(await kit.client.searchRead('ir.model.data', [['module', '=', unfinishedModule], ['model', '=', 'mail.activity']], ['name'])).toEqual([]);
      } finally {
        await kit.cleanUp();
        await kit.client.write('res.users', 'unlink', { ids: [user] });
        await kit.client.write('res.partner', 'unlink', { ids: [Number((row?.['partner_id'] as readonly unknown[] | undefined)?.[0])] });
      }
    });

    it('stand beside activities that get another user without making him a follower, unless he was one', async () => {
      const [colleague, other] = [await kit.createOne('crm.lead', { name: 'Handed over', type: 'opportunity' }), await kit.createOne('crm.lead', { name: 'Handed over, followed', type: 'opportunity' })];
      const login = kit.key();
      const groups = await kit.client.searchRead('ir.model.data', [['model', '=', 'res.groups'], ['name', 'in', ['group_user', 'group_sale_salesman_all_leads']], ['module', 'in', ['base', 'sales_team']]], ['res_id']);
      const userFields = await kit.client.read('res.users', 'fields_get', { attributes: ['type'] }) as JsonObject;
      const [user = 0] = await kit.client.write('res.users', 'create', { vals_list: [{ name: 'Colleague', email: 'colleague@example.com', login, [userFields['group_ids'] === undefined ? 'groups_id' : 'group_ids']: [[6, 0, groups.map((group) => Number(group['res_id']))]] }] }) as readonly number[];
      const [row] = await kit.client.searchRead('res.users', [['id', '=', user]], ['partner_id']);
      const partner = Number((row?.['partner_id'] as readonly unknown[] | undefined)?.[0]);
      try {
        await kit.client.write('crm.lead', 'message_subscribe', { ids: [Number(other)], partner_ids: [partner] });
        const made = await kit.create('mail.activity', [colleague, other].map((lead) => ({ res_model: 'crm.lead', res_id: lead, summary: 'Call back', date_deadline: '2035-01-02' })));
        const before = await counted();
        await kit.destination.update({ object: 'mail.activity', changes: made.map((id) => ({ id: id ?? '', values: { user_id: String(user) } })) });
        for (const id of made) expect((await kit.read('mail.activity', id ?? '', ['user_id']))['user_id']).toBe(String(user));
        expect(await counted()).toEqual(before);
        const followers = await kit.client.searchRead('mail.followers', [['res_model', '=', 'crm.lead'], ['res_id', 'in', [Number(colleague), Number(other)]], ['partner_id', '=', partner]], ['res_id']);
        expect(followers.map((follower) => Number(follower['res_id']))).toEqual([Number(other)]);
        expect(await kit.client.searchRead('ir.model.data', [['module', '=', unfinishedModule], ['model', '=', 'mail.activity']], ['name'])).toEqual([]);
      } finally {
        await kit.cleanUp();
        await kit.client.write('res.users', 'unlink', { ids: [user] });
        await kit.client.write('res.partner', 'unlink', { ids: [partner] });
      }
    });

    it('stand beside activities whose user followed the record before, and still does', async () => {
      const lead = await kit.createOne('crm.lead', { name: 'Followed', type: 'opportunity' });
      const me = Number(await ownPartner());
      await kit.client.write('crm.lead', 'message_subscribe', { ids: [Number(lead)], partner_ids: [me] });
      await kit.createOne('mail.activity', { res_model: 'crm.lead', res_id: lead, summary: 'Task', date_deadline: '2035-01-02' });
      expect(await kit.client.read('mail.followers', 'search_count', { domain: [['res_model', '=', 'crm.lead'], ['res_id', '=', Number(lead)], ['partner_id', '=', me]] })).toBe(1);
    });
  });
}
