import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sanitiseHtml } from '../orm/sanitise-html.ts';
import { QUIET, startRaw, type RawClient } from '../testing/raw-client.ts';

type Values = Record<string, unknown>;

describe('html as stored', () => {
  // Each pair was taken from a real Odoo 14.
  it.each([
    ['plain a<b\nline2', '<p>plain a<b></b></p>'],
    ['a<b & c > d\nline2', '<p>a<b> d\nline2</b></p>'],
    ['hello\nworld', '<p>hello\nworld</p>'],
    ['<p>x</p>', '<p>x</p>'],
    ['<div style="color:red;position:absolute" class="k" onclick="x()">a<script>x</script><iframe src="q"></iframe></div>', '<div style="color:red" class="k">a</div>'],
    ['<a href="javascript:x">l</a>', '<a href="">l</a>'],
    ['a &amp; b', '<p>a &amp; b</p>'],
    ['x<br/>y<br>z', '<p>x<br>y<br>z</p>'],
    ['<img src="http://x/y.png" alt="q"><table><tr><td>1</td></tr></table>', '<img src="http://x/y.png" alt="q"><table><tr><td>1</td></tr></table>'],
    ['<blockquote>q</blockquote>', '<blockquote data-o-mail-quote="1">q</blockquote>'],
    ['<form><input name="a">t</form>', 't'],
    ['<blockquote><p>q</p></blockquote>', '<blockquote data-o-mail-quote="1"><p>q</p></blockquote>'],
    ['x<p>y</p>z', '<p>x</p><p>y</p>z'],
    ['<p><!-- c -->b</p>', '<p><!-- c -->b</p>'],
    ['<!-- c --><b>1</b>', '<b>1</b>'],
    ['<b>x</b> y', '<span><b>x</b> y</span>'],
    ['<div><p>a</p></div>', '<p>a</p>'],
    ['<p style="color: red; font-size:12px">x</p>', '<p style="color:red; font-size:12px">x</p>'],
    ['<button>b</button>', ''],
    ['3 < 5', '<p>3 &lt; 5</p>'],
    ['a <john@x.test> b', '<p>a  b</p>'],
    ['<ul><li>a<li>b</ul>', '<ul><li>a</li><li>b</li></ul>'],
    ['<p>t</p> tail', '<p>t</p> tail'],
    ['<h1>a</h1><script>1</script>tail', '<h1>a</h1>tail'],
  ])('%j is stored as %j', (given, stored) => {
    expect(sanitiseHtml(given, { styles: 'filter' })).toBe(stored);
  });

  it('loses text nested deeper than 255 elements, and keeps that of 200', () => {
    const nested = (depth: number): string => `${'<div>'.repeat(depth)}deep${'</div>'.repeat(depth)}`;
    expect(sanitiseHtml(nested(300), { styles: 'keep' })).not.toContain('deep');
    expect(sanitiseHtml(nested(200), { styles: 'keep' })).toContain('deep');
  });

  it('gives any escaped text back, and is stable', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
      const escaped = `<p>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</p>`;
      const stored = sanitiseHtml(escaped, { styles: 'filter' })!;
      expect(sanitiseHtml(stored, { styles: 'filter' })).toBe(stored);
      expect(stored.replace(/^<p>|<\/p>$/gu, '').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&').trim()).toBe(text.replaceAll('\r\n', '\n').trim());
    }), { numRuns: 300 });
  });
});

describe.each([14, 17, 19] as const)('messages of Odoo %i', (version) => {
  let client: RawClient;
  let partner: number;
  beforeAll(async () => {
    client = await startRaw(version);
    partner = await client.call<number>('res.partner', 'create', [{ name: 'Pat' }], { context: QUIET });
  });
  afterAll(() => client.odoo.stop());
  const post = (values: Values): Promise<number> => client.call('mail.message', 'create', [{ model: 'res.partner', res_id: partner, body: '<p>x</p>', ...values }], { context: QUIET });
  const read = async (id: number, fields: readonly string[]): Promise<Values> => (await client.call<Values[]>('mail.message', 'read', [[id], fields]))[0]!;

  it('take date, author and subtype as given, and their own id order', async () => {
    const id = await post({ date: '2012-03-04 05:06:07', author_id: false, email_from: 'Jane <j@x.test>', subtype_id: 2, message_type: 'comment', message_id: '<1@source>' });
    expect(await read(id, ['date', 'author_id', 'email_from', 'subtype_id', 'message_id'])).toMatchObject({ date: '2012-03-04 05:06:07', author_id: false, email_from: 'Jane <j@x.test>', subtype_id: [2, 'Note'], message_id: '<1@source>' });
    const later = await post({ date: '2000-01-01 00:00:00' });
    expect((await client.call<Values[]>('res.partner', 'read', [[partner], ['message_ids']]))[0]!['message_ids']).toEqual([later, id]);
  });

  it('default to the caller as author, but to no subtype', async () => {
    expect(await read(await post({}), ['author_id', 'email_from', 'subtype_id'])).toMatchObject({ author_id: [3, 'Administrator'], email_from: '"Administrator" <admin@example.com>', subtype_id: false });
    expect(await read(await post({ email_from: 'x@y.test' }), ['author_id'])).toMatchObject({ author_id: [3, 'Administrator'] });
    expect(await read(await post({ author_id: partner }), ['email_from'])).toMatchObject({ email_from: false });
  });

  it('need a record and a model that exist; the record stays as it is', async () => {
    expect((await client.fail('mail.message', 'create', [{ model: 'res.partner', res_id: 999_999 }])).name).toBe('odoo.exceptions.MissingError');
    expect(await client.fail('mail.message', 'create', [{ model: 'no.model', res_id: 1 }])).toMatchObject({ name: 'builtins.KeyError', message: 'no.model' });
    const before = client.odoo.state.row('res.partner', partner)!['write_date'];
    await post({});
    expect(client.odoo.state.row('res.partner', partner)!['write_date']).toBe(before);
  });

  it('know the message types of their version', async () => {
    const refused = async (type: string): Promise<boolean> => client.call('mail.message', 'create', [{ message_type: type }]).then(() => false, () => true);
    expect(await refused('email_outgoing')).toBe(version === 14);
    expect(await refused('user_notification')).toBe(version < 19);
    expect(await refused('sms')).toBe(false);
  });

  it('turn images inside the body into attachments', async () => {
    const before = client.odoo.state.count('ir.attachment');
    const id = await post({ body: '<p><img src="data:image/png;base64,iVBORw0KGgo="></p>' });
    expect(client.odoo.state.count('ir.attachment')).toBe(before + 1);
    expect((await read(id, ['body']))['body']).toMatch(/src="\/web\/image\/\d+\?access_token=/u);
  });

  it('hold record_name as stored, or from 19 on as worked out', async () => {
    const id = await post({ record_name: 'Given' });
    expect(await read(id, ['record_name'])).toMatchObject({ record_name: version >= 19 ? 'Pat' : 'Given' });
    if (version >= 19) expect((await client.fail('mail.message', 'search', [[['record_name', '=', 'Pat']]])).name).toBe('builtins.ValueError');
  });

  it('go with their mail.mail, which nobody may delete whose message hangs on nothing', async () => {
    const loose = await client.call<number>('mail.mail', 'create', [{ subject: 'S', email_to: 'x@y.test' }]);
    expect((await client.fail('mail.mail', 'unlink', [[loose]])).name).toBe('odoo.exceptions.AccessError');
    const [queue] = await client.call<[number]>('ir.cron', 'search', [[['model_name', '=', 'mail.mail']]]);
    const mail = await client.call<number>('mail.mail', 'create', [{ subject: 'S', email_to: 'x@y.test', model: 'ir.cron', res_id: queue }]);
    const [{ mail_message_id: message, state }] = await client.call<[Values]>('mail.mail', 'read', [[mail], ['mail_message_id', 'state']]);
    expect(state).toBe('outgoing');
    await client.call('mail.mail', 'unlink', [[mail]]);
    expect(client.odoo.state.row('mail.message', (message as [number])[0])).toBeUndefined();
  });
});

describe.each([14, 17, 18, 19] as const)('activities of Odoo %i', (version) => {
  it('are finished into a message: deleted up to 18, kept as done on 19', async () => {
    const { odoo, call, fail } = await startRaw(version);
    const partner = await call<number>('res.partner', 'create', [{ name: 'Pat' }], { context: QUIET });
    const [model] = await call<number[]>('ir.model', 'search', [[['model', '=', 'res.partner']]]);
    if (version < 19) expect((await fail('mail.activity', 'create', [{ res_model: 'res.partner', res_id: partner }])).message).toContain('res_model_id');
    const id = await call<number>('mail.activity', 'create', [{ res_model_id: model, res_id: partner, activity_type_id: 2, date_deadline: '2001-01-01' }], { context: QUIET });
    expect(await call('mail.activity', 'read', [[id], ['state', 'user_id']])).toMatchObject([{ state: 'overdue', user_id: version >= 19 ? false : [2, 'Administrator'] }]);
    const message = await call<number>('mail.activity', 'action_feedback', [[id]], { feedback: 'Done so' });
    expect(await call('mail.message', 'read', [[message], ['message_type', 'subtype_id', 'body', 'res_id']])).toMatchObject([{ message_type: 'notification', subtype_id: [3, 'Activities'], body: expect.stringContaining('Done so'), res_id: partner }]);
    expect(odoo.state.row('mail.activity', id) === undefined).toBe(version < 19);
    await odoo.stop();
  });
});

describe.each([14, 17, 18] as const)('events of Odoo %i', (version) => {
  let client: RawClient;
  let partner: number;
  beforeAll(async () => {
    client = await startRaw(version);
    partner = await client.call<number>('res.partner', 'create', [{ name: 'Ann' }], { context: QUIET });
  });
  afterAll(() => client.odoo.stop());
  const when = { start: '2020-01-01 10:00:00', stop: '2020-01-01 12:00:00' };
  const make = (values: Values): Promise<number> => client.call('calendar.event', 'create', [{ name: 'M', ...when, ...values }], { context: QUIET });
  const read = async (id: number, fields: readonly string[]): Promise<Values> => (await client.call<Values[]>('calendar.event', 'read', [[id], fields]))[0]!;

  it('refuse an end before the beginning, and take all-day dates', async () => {
    expect((await client.fail('calendar.event', 'create', [{ name: 'M', start: when.stop, stop: when.start }])).name).toBe('odoo.exceptions.ValidationError');
    expect(await read(await make({}), ['duration'])).toMatchObject({ duration: 2 });
    expect(await read(await make({ allday: true, start: '2020-05-01', stop: '2020-05-02' }), ['start_date', 'stop_date'])).toMatchObject({ start_date: '2020-05-01', stop_date: '2020-05-02' });
  });

  it('make the caller an attendee unless told otherwise', async () => {
    expect(await read(await make({}), ['partner_ids'])).toMatchObject({ partner_ids: [3] });
    expect(await read(await make({ partner_ids: [[6, 0, []]], user_id: false }), ['partner_ids', 'attendee_ids', 'user_id'])).toMatchObject({ partner_ids: [], attendee_ids: [], user_id: false });
  });

  it(`${version === 14 ? 'forget' : 'keep'} the state of an attendee sent along, and take it by a later write`, async () => {
    const id = await make({ partner_ids: [[6, 0, [partner]]], attendee_ids: [[0, 0, { partner_id: partner, state: 'accepted' }]] });
    const [attendee] = (await read(id, ['attendee_ids']))['attendee_ids'] as number[];
    expect(await client.call('calendar.attendee', 'read', [[attendee], ['state']])).toMatchObject([{ state: version === 14 ? 'needsAction' : 'accepted' }]);
    await client.call('calendar.attendee', 'write', [[attendee], { state: 'declined' }]);
    expect(await client.call('calendar.attendee', 'read', [[attendee], ['state', 'partner_id']])).toMatchObject([{ state: 'declined', partner_id: [partner, 'Ann'] }]);
  });

  it('tell the opportunity on creation, but not when it is linked later', async () => {
    const lead = await client.call<number>('crm.lead', 'create', [{ name: 'L' }], { context: QUIET });
    const messages = (): Promise<number> => client.call('mail.message', 'search_count', [[['model', '=', 'crm.lead'], ['res_id', '=', lead]]]);
    await make({ opportunity_id: lead });
    expect(await messages()).toBe(1);
    await client.call('calendar.event', 'write', [[await make({})], { opportunity_id: lead }]);
    expect(await messages()).toBe(1);
  });

  it(`${version === 14 ? 'refuse' : 'allow'} the deletion of an attendee's partner`, async () => {
    const guest = await client.call<number>('res.partner', 'create', [{ name: 'Guest' }], { context: QUIET });
    const id = await make({ partner_ids: [[6, 0, [guest]]] });
    if (version === 14) expect((await client.fail('res.partner', 'unlink', [[guest]])).message).toContain('calendar_attendee_partner_id_fkey');
    else {
      await client.call('res.partner', 'unlink', [[guest]]);
      expect(await read(id, ['partner_ids', 'attendee_ids'])).toMatchObject({ partner_ids: [], attendee_ids: [] });
    }
  });
});
