import { expect, test } from 'vitest';
import type { Json } from '../../connector/json.ts';
import { compilePlan } from '../../plan/compiled/compile.ts';
import { acceptRecommendations, answer } from '../../plan/changes/confirm.ts';
import type { Plan } from '../../plan/plan.ts';
import type { LinkResolution, TransformResult } from '../../plan/record-context.ts';
import { transformRecord } from '../../plan/compiled/transform-record.ts';
import { validatePlan } from '../../plan/validation/validate.ts';
import { propose } from './propose.ts';
import { readiness } from './readiness.ts';
import { gotchas } from './rows.ts';
import { destination, fullSource } from './testing.ts';

const plan = (): Plan => propose({ project: 'acme', source: fullSource(), sourceHash: 's', destination, destinationHash: 'd' });
const found = (mapping: string, id = '7'): LinkResolution => ({ state: 'found', sourceId: 'x', targets: { [mapping]: id } });
const ambiguous: LinkResolution = { state: 'ambiguous', asked: 'a@x.example', candidates: ['p1', 'p2'] };

interface Given { readonly links?: Record<string, LinkResolution>; readonly facts?: Record<string, number>; readonly answers?: Record<string, Json> }
async function through(id: string, data: Record<string, Json>, { links = {}, facts = {}, answers = {} }: Given = {}): Promise<TransformResult> {
  const mapping = compilePlan(acceptRecommendations(answer(plan(), answers))).mappings.get(id);
  if (mapping === undefined) throw new Error(`the plan has no ${id}`);
  return transformRecord(mapping, { object: mapping.source, sourceId: 'x1', data }, { links: Object.fromEntries(Object.entries(links).map(([name, link]) => [name, [link]])), facts, lookup: ({ object, value }) => `${object}=${value}` });
}

test('the plan of a full export stands up to both catalogs, and its mappings are in the phases of the guide', () => {
  expect(validatePlan(plan(), { source: fullSource(), destination })).toEqual([]);
  const phases = plan().phases.map(({ name }) => name);
  expect(plan().mappings.map(({ phase }) => phases.indexOf(phase))).toEqual(plan().mappings.map(({ phase }) => phases.indexOf(phase)).toSorted((left, right) => left - right));
});

test('every column of the full export is moved, used for a link or a condition, or left out with a reason', () => {
  const text = JSON.stringify(plan());
  const silent = fullSource().objects.filter(({ name }) => name !== 'meeting_attendee').flatMap((object) => object.fields.map((field) => field.name).filter((name) => !text.includes(JSON.stringify(name).slice(0, -1))).map((name) => `${object.name}.${name}`));
  expect(silent).toEqual([]);
});

test.each([
  ['the deal that it names by id', { deal: found('deals', '1'), contact: found('contact-partners', '2') }, { model: 'crm.lead', res_id: '1' }],
  ['the company that it names by id, before a contact by address', { recordCompany: found('companies', '3'), contact: found('contact-partners', '2') }, { model: 'res.partner', res_id: '3' }],
  ['the contact, also where it became a lead', { contact: found('contact-leads', '4'), company: found('companies', '3') }, { model: 'crm.lead', res_id: '4' }],
  ['the company of the sender, before a contact among the recipients', { firstCompany: found('companies', '5'), otherContact: found('contact-partners', '6') }, { model: 'res.partner', res_id: '5' }],
  ['the first known contact among the others', { otherContact: found('contact-partners', '6'), otherCompany: found('companies', '8') }, { model: 'res.partner', res_id: '6' }],
])('an e-mail hangs on %s', async (_, links, values) => {
  expect(await through('emails', { sent_at: '2024-05-06T07:08:09Z', body_text: 'x' }, { links })).toMatchObject({ kind: 'write', values });
});

test('an e-mail with nobody known waits, and so does one whose address several contacts have', async () => {
  const mail = { sent_at: '2024-05-06T07:08:09Z', body_text: 'x' };
  expect(await through('emails', mail)).toMatchObject({ kind: 'quarantine', code: 'email-without-record' });
  expect(await through('emails', mail, { links: { contact: ambiguous, company: found('companies') } })).toMatchObject({ kind: 'quarantine', code: 'email-with-several-contacts' });
  expect(await through('emails', mail, { links: { contact: ambiguous, deal: found('deals') } })).toMatchObject({ kind: 'write' });
});

test('an e-mail keeps sender, recipients and body; inline images point to their attachments', async () => {
  const mapping = compilePlan(acceptRecommendations(plan())).mappings.get('emails');
  if (mapping === undefined) throw new Error('no e-mails');
  const data = { sent_at: '2024-05-06T07:08:09Z', from: 'Ada <ada@x.example>', to: ['b@y.example', 'c@y.example'], body_html: '<p>Hi <img src="cid:logo@1"></p><script>x()</script>', subject: 'Hi' };
  const attachment: LinkResolution = { state: 'found', sourceId: 'm1#1', label: '<logo@1>', targets: { 'email-attachments': '12' } };
  const result = await transformRecord(mapping, { object: 'email', sourceId: 'm1', data }, { links: { contact: [found('contact-partners', '2')], sender: [found('contact-partners', '2')], attachments: [attachment] }, facts: {}, lookup: () => '1' });
  expect(result).toMatchObject({ kind: 'write', values: { author_id: '2', email_from: 'Ada <ada@x.example>', x_instream_to: 'b@y.example, c@y.example', attachment_ids: ['12'], body: expect.stringContaining('src="/web/image/12"') } });
  expect(result.kind === 'write' ? String(result.values['body']) : '').not.toContain('script');
});

test('a call keeps its length in seconds and its end', async () => {
  expect(await through('calls', { started_at: '2024-05-06T07:08:09Z', duration: '3:05', outcome: 'odebrane', direction: 'in' }, { links: { contact: found('contact-partners') } }))
    .toMatchObject({ kind: 'write', values: { x_instream_duration: 185, x_instream_disposition: 'odebrane', subtype_id: 'mail.message.subtype=Call', subject: 'in · odebrane · 3:05' } });
});

test('an open task is an activity of the kind its words say, a done one a message of the day it was done', async () => {
  const links = { contact: found('contact-partners', '2'), owner: found('owners', '5') };
  const open = { title: 'Oddzwonić w sprawie oferty', due_at: '2024-05-06', done: 'nie' };
  expect(await through('activities', open, { links })).toMatchObject({ kind: 'write', values: { res_model: 'res.partner', res_id: '2', date_deadline: '2024-05-06', user_id: '5', activity_type_id: 'mail.activity.type=mail.mail_activity_data_call' } });
  expect(await through('done-tasks', open, { links })).toEqual({ kind: 'skip', reason: 'open-becomes-activity' });
  const done = { title: 'Wysłać ofertę', due_at: '2024-05-06', done: 'tak', done_at: '2024-05-04T10:00:00Z' };
  expect(await through('activities', done, { links })).toEqual({ kind: 'skip', reason: 'done-goes-to-chatter' });
  expect(await through('done-tasks', done, { links })).toMatchObject({ kind: 'write', values: { date: '2024-05-04T10:00:00Z', message_type: 'notification', body: 'Wysłać ofertę' } });
});

test('a meeting keeps its times in its own zone, whole days as days, and its repetition as text; one that ends before it starts waits', async () => {
  expect(await through('meetings', { title: 'Demo', start_at: '2024-05-06 10:00', end_at: '2024-05-06 11:00', timezone: 'America/New_York', recurrence_rule: 'FREQ=WEEKLY' }))
    .toMatchObject({ kind: 'write', values: { start: '2024-05-06T14:00:00Z', stop: '2024-05-06T15:00:00Z', allday: false, user_id: null, x_instream_timezone: 'America/New_York', x_instream_recurrence: 'FREQ=WEEKLY' } });
  for (const times of [{ start_at: '2024-05-06 10:00', end_at: '2024-05-06 09:00', timezone: 'America/New_York' }, { start_at: '2024-05-06', end_at: '2024-05-05', all_day: 'tak' }]) {
    const odooWouldRefuse = await through('meetings', { title: 'Demo', ...times });
    expect(odooWouldRefuse).toMatchObject({ kind: 'quarantine', code: 'ends-before-start', remedy: 'Correct this value or start_at in the record.' });
  }
  expect(await through('meetings', { title: 'Demo', start_at: '2024-05-06 10:00', end_at: '2024-05-06 10:00' })).toMatchObject({ kind: 'write' });
  const whole = await through('meetings', { title: 'Targi', start_at: '2024-05-06', end_at: '2024-05-07', all_day: 'tak' });
  expect(whole).toMatchObject({ kind: 'write', values: { allday: true, start_date: '2024-05-06', stop_date: '2024-05-07' } });
  expect(whole).not.toHaveProperty('values.start');
});

test('members of a segment get its tag, as partner or as lead, and members of a pipeline become opportunities', async () => {
  const member = { list_name: 'vip ', contact_email: 'a@x.example', status_name: 'Nowy' };
  const lists = { list: found('list-partner-tags', '9') };
  expect(await through('memberships-of-partners', member, { links: { ...lists, contact: found('contact-partners', '2') } })).toMatchObject({ kind: 'write', values: { record: '2', value: '9' } });
  expect(await through('memberships-of-leads', member, { links: { ...lists, contact: found('contact-partners', '2') } })).toEqual({ kind: 'skip', reason: 'not-on-a-lead' });
  expect(await through('memberships-of-leads', member, { links: { list: found('list-lead-tags', '8'), contact: found('contact-leads', '4') } })).toMatchObject({ kind: 'write', values: { record: '4', value: '8' } });
  expect(await through('memberships-of-leads', member, { links: lists })).toMatchObject({ kind: 'quarantine', code: 'member-without-record' });
  const answers = { 'list:VIP': 'pipeline' };
  const links = { ...lists, contact: found('contact-partners', '2'), status: found('list-stages', '6') };
  expect(await through('memberships-of-partners', member, { links, answers })).toEqual({ kind: 'skip', reason: 'not-on-a-partner' });
  expect(await through('memberships-as-opportunities', member, { links, answers })).toMatchObject({ kind: 'write', values: { type: 'opportunity', partner_id: '2', stage_id: '6', probability: 33, active: true } });
  expect(await through('memberships-as-opportunities', { ...member, status_name: 'wygrana' }, { links, answers })).toMatchObject({ kind: 'write', values: { stage_id: 'crm.stage=Won', probability: '100' } });
});

test('a tag or a membership that names nothing waits, instead of being refused at the destination', async () => {
  expect(await through('tags-on-partners', { record_id: 'p1' }, { links: { contact: found('contact-partners', '2') } })).toMatchObject({ kind: 'quarantine', code: 'required-empty', field: 'value' });
});

test('the rule for contacts can be changed per list, and members of pipelines are partners', async () => {
  const isPartner = async (given: Given): Promise<boolean> => (await through('contact-partners', { full_name: 'Ada' }, given)).kind === 'write';
  expect([await isPartner({}), await isPartner({ facts: { deals: 1 } }), await isPartner({ facts: { 'on list VIP': 1 } })]).toEqual([false, true, false]);
  expect(await isPartner({ facts: { 'on list VIP': 1 }, answers: { 'contact-rule:VIP': 'partner' } })).toBe(true);
  expect(await isPartner({ facts: { 'on list VIP': 1, deals: 1 }, answers: { 'contact-rule:VIP': 'lead' } })).toBe(false);
  expect(await isPartner({ facts: { 'on list VIP': 1, 'on list Lejek': 1 }, answers: { 'contact-rule:VIP': 'lead', 'contact-rule:Lejek': 'partner' } })).toBe(true);
  expect(await isPartner({ facts: { 'on list VIP': 1 }, answers: { 'list:VIP': 'pipeline' } })).toBe(true);
  expect(await isPartner({ links: { company: found('companies') }, answers: { representatives: 'with-company' } })).toBe(true);
});

test('an owner without a user is held by a placeholder, made, or mapped, as decided', async () => {
  const owner = { email: 'bogdan@sales.example', name: 'Bogdan' };
  const login = async (answers: Record<string, Json>): Promise<unknown> => { const result = await through('owners', owner, { answers }); return result.kind === 'write' ? result.values['login'] : null; };
  expect(await login({})).toBe('(unassigned)');
  expect(await login({ 'owner:bogdan@sales.example': '(placeholder)', 'owner-placeholder': 'anna@sales.example' })).toBe('anna@sales.example');
  expect(await login({ 'owner:bogdan@sales.example': 'anna@sales.example' })).toBe('anna@sales.example');
  expect(await through('new-owners', owner, { links: { self: found('owner-partners', '3') } })).toEqual({ kind: 'skip', reason: 'not-to-be-made' });
  expect(await through('new-owners', owner, { links: { self: found('owner-partners', '3') }, answers: { 'owner:bogdan@sales.example': '(provision)' } })).toMatchObject({ kind: 'write', values: { login: 'bogdan@sales.example', partner_id: '3' } });
});

test('every gotcha that names a check of this route names one that exists', () => {
  const names = new Set(readiness({ source: fullSource(), destination }).map((result) => result.name));
  for (const { check } of gotchas) if (check?.startsWith('route-') === true) expect([...names]).toContain(check);
});
