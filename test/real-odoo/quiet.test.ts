import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/connector/json.ts';
import { openTrapKit, type TrapKit } from '../../src/connectors/odoo/traps/trap-kit.ts';
import { startMailSink, type MailSink } from './mail-sink.ts';

/** With a mail server that works, so that nothing is missed: Odoo deletes the mails that it has sent. Run by `npm run test:odoo`. */
const settings = { url: process.env['ODOO_URL'] ?? '', database: process.env['ODOO_DATABASE'] ?? '', user: process.env['ODOO_USER'] ?? '', password: process.env['ODOO_PASSWORD'] ?? '', door: 'jsonrpc' };

describe('a load into a real Odoo that can send mail', () => {
  let kit: TrapKit;
  let sink: MailSink;
  let server = 0;
  const people: string[] = [];
  const userIds: number[] = [];
  const userPartners: number[] = [];
  const at = { start: '2035-05-06T10:00:00Z', stop: '2035-05-06T11:00:00Z' };

  beforeAll(async () => {
    kit = await openTrapKit(settings);
    sink = await startMailSink();
    [server = 0] = await kit.client.write('ir.mail_server', 'create', { vals_list: [{ name: 'Sink', smtp_host: '127.0.0.1', smtp_port: sink.port, smtp_encryption: 'none', sequence: 1 }] }) as readonly number[];
    const made = await kit.destination.create({ object: 'res.partner', records: [1, 2].map((one) => ({ key: kit.key(), values: { name: `Guest ${one}`, email: `guest${one}@acme.example` } })) });
    people.push(...made.map((record) => record.id));
    const groups = await kit.client.searchRead('ir.model.data', [['model', '=', 'res.groups'], ['name', 'in', ['group_user', 'group_sale_salesman_all_leads']]], ['res_id']);
    const [user = 0] = await kit.client.write('res.users', 'create', { vals_list: [{ name: 'Colleague', login: `colleague-${randomUUID()}`, email: 'colleague@acme.example', notification_type: 'email', groups_id: [[6, 0, groups.map((group) => Number(group['res_id']))]] }] }) as readonly number[];
    userIds.push(user);
    const [row] = await kit.client.searchRead('res.users', [['id', '=', user]], ['partner_id']);
    userPartners.push(Number((row?.['partner_id'] as readonly unknown[] | undefined)?.[0]));
  });
  afterAll(async () => {
    await kit.cleanUp();
    await kit.client.write('ir.mail_server', 'unlink', { ids: [server] });
    await kit.client.write('res.users', 'unlink', { ids: userIds });
    await kit.client.write('res.partner', 'unlink', { ids: [...userPartners, ...people.map(Number)] });
    await kit.destination.close();
    await sink.close();
  });

  /** What the scheduled action does: everything that waits goes out. */
  const sendWaiting = (): Promise<unknown> => kit.client.write('mail.mail', 'process_email_queue', { ids: [] });

  test('would be seen by the sink if it were not quiet', async () => {
    const bare = { tracking_disable: false, no_mail_to_attendees: false, mail_activity_quick_update: false };
    const [event = 0] = await kit.client.write('calendar.event', 'create', { vals_list: [{ name: 'Loud', start: '2035-05-06 10:00:00', stop: '2035-05-06 11:00:00', partner_ids: [[6, 0, people.map(Number)]] }] }, bare) as readonly number[];
    await sendWaiting();
    expect(sink.mails.length).toBe(2);
    expect(sink.mails.every((mail) => /guest[12]@acme\.example/u.test(mail))).toBe(true);
    await kit.client.write('calendar.event', 'unlink', { ids: [event] });
    await sendWaiting();
  });

  test('sends nothing: meetings to come, their changes and deletion, activities and leads of other people, messages', async () => {
    const before = sink.mails.length;
    const colleague = String(userIds[0]);
    const lead = await kit.createOne('crm.lead', { name: 'Quiet', type: 'opportunity', user_id: colleague, partner_id: people[0] ?? '' });
    const event = await kit.createOne('calendar.event', { name: 'Quiet', ...at, user_id: colleague, attendees_accepted: [people[0] ?? ''], attendees_open: [people[1] ?? '', String(userPartners[0])], opportunity_id: lead, res_model: 'crm.lead', res_id: lead });
    await kit.destination.update({ object: 'calendar.event', changes: [{ id: event, values: { start: '2035-06-07T10:00:00Z', stop: '2035-06-07T11:00:00Z', attendees_declined: [people[1] ?? ''], attendees_open: [String(userPartners[0])] } }] });
    await kit.create('mail.activity', [{ res_model: 'crm.lead', res_id: lead, summary: 'Call', date_deadline: '2035-01-01', user_id: colleague }, { res_model: 'crm.lead', res_id: lead, summary: 'Late', date_deadline: '2019-01-01', user_id: colleague }]);
    await kit.client.write('crm.lead', 'message_subscribe', { ids: [Number(lead)], partner_ids: people.map(Number) }); // followers would be told of new messages
    await kit.create('mail.message', ['mail.mt_comment', 'mail.mt_note'].map((subtype): JsonObject => ({ model: 'crm.lead', res_id: lead, message_type: 'email', subtype, body: '<p>History</p>', date: '2019-01-01T00:00:00Z', email_from: 'guest1@acme.example' })));
    const [tag = ''] = await kit.create('crm.tag', [{ name: `Quiet ${randomUUID()}` }]);
    await kit.destination.create({ object: 'crm.lead/tag_ids', records: [{ key: kit.key(), values: { record: lead, value: tag } }] });
    await kit.destination.update({ object: 'crm.lead', changes: [{ id: lead, values: { user_id: String(kit.client.uid) } }] });
    await kit.destination.delete({ object: 'calendar.event', ids: [event] });
    await sendWaiting();
    expect(sink.mails.slice(before)).toEqual([]);
    expect(await kit.client.read('mail.mail', 'search_count', { domain: [] })).toBe(0);
  });
});
