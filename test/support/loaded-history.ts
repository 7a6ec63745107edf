import { expect } from 'vitest';
import type { BundleDetails } from '../../src/simulators/instream/details.ts';
import type { Row } from './odoo-state.ts';
import { readInHtml, readInMarkdown, withoutSpaces } from './visible-text.ts';

/** What these checks look at: a simulator as it is, or the tables of a real Odoo under the same names. A field without a value is absent. */
export interface LoadedOdoo {
  readonly state: Readonly<{
    rows(model: string): readonly Row[];
    activities(): readonly Readonly<{ model: string | null; resId: number | null; summary: string | null }>[];
    attachments(): readonly Readonly<{ name: string; model: string | null; resId: number | null; sha1: string | null }>[];
  }>;
}

const rowsWhere = (odoo: LoadedOdoo, model: string, condition: (row: Row) => boolean): readonly Row[] => odoo.state.rows(model).filter(condition);

/**
 * Every cell of a column of several choices stands in its new field as tags named after column and choice, and no other record has any.
 * @param cells rows of the export as they were written: id of the record and its choices
 */
export function expectChoices(odoo: LoadedOdoo, params: Readonly<{ label: string; field: string; cells: readonly Readonly<{ id: string; choices: readonly string[] }>[] }>): void {
  const names = { 'res.partner': namesOf(odoo, 'res.partner.category'), 'crm.lead': namesOf(odoo, 'crm.tag') };
  const wanted = new Map(params.cells.filter(({ choices }) => choices.length > 0).map(({ id, choices }) => [id, choices.map((choice) => `${params.label}: ${choice}`).toSorted()]));
  const found = new Map((['res.partner', 'crm.lead'] as const).flatMap((model) => rowsWhere(odoo, model, (row) => Array.isArray(row[params.field]) && (row[params.field] as readonly unknown[]).length > 0)
    .map((row) => [String(row['x_instream_id']), (row[params.field] as readonly number[]).map((id) => String(names[model].get(id))).toSorted()] as const)));
  expect(wanted.size).toBeGreaterThan(3);
  expect(found).toEqual(wanted);
}

/** Where the records of a bundle stand in an Odoo, by their ids there: `p12` → `res.partner 7`. */
function placesOf(odoo: LoadedOdoo): ReadonlyMap<string, string> {
  return new Map(['res.partner', 'crm.lead'].flatMap((model) => rowsWhere(odoo, model, (row) => typeof row['x_instream_id'] === 'string').map((row) => [String(row['x_instream_id']), `${model} ${String(row['id'])}`] as const)));
}

const fold = (text: string): string => text.trim().replaceAll(/\s+/g, ' ').toLowerCase();
const placeOf = (row: Row, model = 'model'): string => `${String(row[model])} ${String(row['res_id'])}`;
const utc = (moment: string | null): string | null => (moment === null ? null : new Date(moment).toISOString().slice(0, 19).replace('T', ' '));
const odooTime = (value: unknown): string => String(value).slice(0, 19).replace('T', ' ');
const loaded = (odoo: LoadedOdoo): readonly Row[] => rowsWhere(odoo, 'mail.message', (row) => String(row['message_id']).endsWith('@portolan.invalid>'));

/**
 * Every tag of a cell, every row of record_tags.csv and every membership of a segment sits on its record, and nothing else.
 * @param except ids of the bundle whose records are not looked at
 */
export function expectTags(odoo: LoadedOdoo, details: BundleDetails, segments: (list: string) => boolean): void {
  const places = placesOf(odoo);
  const names = { 'res.partner': namesOf(odoo, 'res.partner.category'), 'crm.lead': namesOf(odoo, 'crm.tag') };
  const expected = new Map<string, Set<string>>();
  const put = (record: string | null, tag: string): void => {
    const place = places.get(record ?? '');
    expect(place, `${record} with ${tag}`).toBeDefined();
    expected.set(place ?? '', (expected.get(place ?? '') ?? new Set()).add(fold(tag)));
  };
  for (const { record, tag } of details.recordTags) put(record, tag);
  for (const { record, list } of details.memberships.filter((one) => segments(one.list))) put(record, list);
  for (const [model, field] of [['res.partner', 'category_id'], ['crm.lead', 'tag_ids']] as const) {
    for (const row of rowsWhere(odoo, model, (each) => typeof each['x_instream_id'] === 'string')) {
      const found = ((row[field] ?? []) as readonly number[]).map((id) => fold(names[model].get(id) ?? '')).toSorted();
      expect(found, `${model} ${String(row['id'])} (${String(row['x_instream_id'])})`).toEqual([...expected.get(`${model} ${String(row['id'])}`) ?? []].toSorted());
    }
  }
}

function namesOf(odoo: LoadedOdoo, model: string): ReadonlyMap<number, string> {
  return new Map(odoo.state.rows(model).map((row) => [Number(row['id']), String(row['name'])]));
}

/** Addresses in a cell, in lower case and sorted. */
const addresses = (cell: unknown): readonly string[] => (String(cell ?? '').toLowerCase().match(/[^\s<>,;"]+@[^\s<>,;"]+/gu) ?? []).toSorted();
const bare = (messageId: unknown): string | null => (typeof messageId === 'string' ? messageId.replaceAll(/^<|>$/gu, '') : null);
const wordsOf = (row: Row): string => readInHtml(String(row['body'] ?? ''));
const readNote = { text: withoutSpaces, html: readInHtml, markdown: readInMarkdown } as const;

/** Every note, e-mail, call and done task is one message on its record, of its date, by its author, in its own words. */
export function expectMessages(odoo: LoadedOdoo, details: BundleDetails): void {
  const places = placesOf(odoo);
  const messages = loaded(odoo);
  const partnerOfUser = new Map(odoo.state.rows('res.users').map((row) => [String(row['login']), Number(row['partner_id'])]));
  const byField = new Map(['x_instream_id', 'x_instream_message_id'].map((field) => [field, Map.groupBy(messages, (row) => String(row[field] ?? '').replaceAll(/^<|>$/g, ''))])); // a Message-Id is written with or without its brackets
  const one = (field: string, value: string | null, what: string): Row => {
    const found = byField.get(field)?.get(value ?? '') ?? [];
    expect(found, what).toHaveLength(1);
    return found[0] ?? {};
  };
  const authorOf = (row: Row): number | undefined => row['author_id'] as number | undefined;
  for (const note of details.notes) {
    const row = one('x_instream_id', note.id, `note ${note.id}`);
    expect([placeOf(row), odooTime(row['date']), authorOf(row), wordsOf(row)], `note ${note.id}`).toEqual([places.get(note.record ?? ''), utc(note.createdAt), partnerOfUser.get(note.author), readNote[note.format](note.body)]);
  }
  for (const call of details.calls) {
    const row = one('x_instream_id', call.id, `call ${call.id}`);
    expect([placeOf(row), odooTime(row['date']), authorOf(row), row['x_instream_duration'] ?? 0, row['x_instream_disposition'], row['x_instream_direction']], `call ${call.id}`)
      .toEqual([places.get(call.record ?? ''), utc(call.startedAt), partnerOfUser.get(call.owner), call.seconds ?? 0, call.outcome, call.direction]);
    if (withoutSpaces(call.note) === '') expect(wordsOf(row), `call ${call.id}`).toContain(withoutSpaces(call.outcome)); // nothing was noted: what is known of it
    else expect(wordsOf(row), `call ${call.id}`).toBe(withoutSpaces(call.note));
  }
  const people = new Map(details.contacts.map((contact) => [contact.email.toLowerCase(), places.get(contact.id)]));
  const threads: { readonly wanted: string; readonly found: string }[] = [];
  for (const email of details.emails.filter(({ record }) => record !== null)) {
    const row = email.id === null ? one('x_instream_message_id', email.messageId, `e-mail ${email.messageId}`) : one('x_instream_id', email.id, `e-mail ${email.id}`);
    const sender = people.get(email.from);
    const author = sender?.startsWith('res.partner ') === true ? Number(sender.slice(12)) : partnerOfUser.get(email.from);
    expect([placeOf(row), odooTime(row['date']), authorOf(row), row['subject'], row['x_instream_direction']], `e-mail ${email.id ?? email.messageId}`)
      .toEqual([places.get(email.record ?? ''), utc(email.sentAt), author, email.subject, email.direction]);
    expect([...(['to', 'cc', 'bcc'] as const).map((field) => addresses(row[`x_instream_${field}`])), addresses(row['email_from']), bare(row['x_instream_in_reply_to']), wordsOf(row)], `e-mail ${email.id ?? email.messageId}`)
      .toEqual([...[email.to, email.cc, email.bcc].map((list) => [...list].toSorted()), [email.from], email.inReplyTo, email.html === null ? withoutSpaces(email.text ?? '') : readInHtml(email.html)]);
    threads.push({ wanted: email.thread, found: String(row['x_instream_thread']) });
    expect((row['attachment_ids'] as readonly number[] | undefined ?? []).length, `attachments of ${email.id ?? email.messageId}`).toBe(email.files.length);
    expect(String(row['body'] ?? '')).not.toMatch(/cid:/i);
  }
  expectSameParts(threads);
  const done = details.tasks.filter((task) => task.done);
  for (const task of done) {
    const row = one('x_instream_id', task.id, `task ${task.id}`);
    expect([placeOf(row), odooTime(row['date']), authorOf(row), wordsOf(row)], `task ${task.id}`).toEqual([places.get(task.record ?? ''), utc(task.doneAt ?? task.dueAt), partnerOfUser.get(task.owner), withoutSpaces(`${task.title}${task.note}`)]);
  }
  const open = details.tasks.filter((task) => !task.done);
  const activities = odoo.state.activities();
  expect(activities.map((activity) => `${activity.model} ${String(activity.resId)} ${activity.summary}`).toSorted()).toEqual(open.map((task) => `${places.get(task.record ?? '')} ${task.title}`).toSorted());
}

/** What is together at one side is together at the other: messages of one conversation share its name, others do not. */
function expectSameParts(pairs: readonly Readonly<{ wanted: string; found: string }>[]): void {
  for (const [one, other] of [['wanted', 'found'], ['found', 'wanted']] as const) {
    for (const [name, parts] of Map.groupBy(pairs, (pair) => pair[one])) expect([...new Set(parts.map((pair) => pair[other]))], `conversation ${name}`).toHaveLength(1);
  }
}

/** Types and titles of generated tasks → the kind of activity that they speak of; anything else is to be done. */
const kinds: { readonly [words: string]: string } = { call: 'call', email: 'email', meeting: 'meeting', 'Oddzwonić': 'call', 'Wysłać ofertę': 'email', 'Wysłać podziękowanie': 'email' };

/**
 * Every open task is one activity: on its record, on its day, of its kind, with its words, for its owner's user.
 * @param params.login who loads: an activity cannot be without a user
 */
export function expectActivities(odoo: LoadedOdoo, details: BundleDetails, params: Readonly<{ owners: readonly string[]; login: string }>): void {
  const places = placesOf(odoo);
  const logins = new Map(odoo.state.rows('res.users').map((row) => [Number(row['id']), String(row['login'])]));
  const types = namesOf(odoo, 'mail.activity.type');
  const found = odoo.state.rows('mail.activity').map((row) => [placeOf(row, 'res_model'), row['summary'], String(row['date_deadline']).slice(0, 10), logins.get(Number(row['user_id'])), (types.get(Number(row['activity_type_id'])) ?? '').toLowerCase().replaceAll(/[^a-z]/gu, ''), readInHtml(String(row['note'] ?? ''))].join(' | '));
  const day = (moment: string | null): string => (moment === null ? '' : new Date(moment).toLocaleDateString('sv-SE', { timeZone: 'Europe/Warsaw' }));
  const wanted = details.tasks.filter((task) => !task.done).map((task) => [places.get(task.record ?? ''), task.title, day(task.dueAt), params.owners.includes(task.owner) ? task.owner : params.login, kinds[task.type] ?? kinds[task.title] ?? 'todo', withoutSpaces(task.note)].join(' | '));
  expect(found.toSorted()).toEqual(wanted.toSorted());
}

/** Chatter is shown in the order of creation: per record, dates must rise with the ids, over all kinds of messages. */
export function expectOldestFirst(odoo: LoadedOdoo): void {
  const last = new Map<string, string>();
  for (const row of loaded(odoo).toSorted((left, right) => Number(left['id']) - Number(right['id']))) {
    const record = placeOf(row);
    expect(odooTime(row['date']) >= (last.get(record) ?? ''), `${record}: ${odooTime(row['date'])} after ${last.get(record)}`).toBe(true);
    last.set(record, odooTime(row['date']));
  }
}

/** Every file and attachment hangs on its record, byte for byte. */
export function expectFiles(odoo: LoadedOdoo, details: BundleDetails): void {
  const places = placesOf(odoo);
  const emails = details.emails.filter(({ record }) => record !== null);
  const expected = [
    ...details.files.filter((file) => file.sha1 !== null).map((file) => ({ name: file.name, at: `${places.get(file.record ?? '')} ${file.sha1}` })),
    ...emails.flatMap((email) => email.files.map((file) => ({ name: email.form === 'csv' ? null : file.name, at: `${places.get(email.record ?? '')} ${file.sha1}` }))), // a row names its files by their paths only
  ];
  const found = odoo.state.attachments().map((file) => ({ name: file.name, at: `${file.model} ${String(file.resId)} ${file.sha1}` }));
  expect(found.map(({ at }) => at).toSorted()).toEqual(expected.map(({ at }) => at).toSorted());
  const names = Map.groupBy(found, (file) => file.at);
  for (const { name, at } of expected) if (name !== null) expect((names.get(at) ?? []).map((file) => file.name)).toContain(name);
}

/**
 * Every meeting is there once, at its time and place, under its organiser, with those attendees who are partners and their answers, and nobody else.
 * @param gone ids of meetings that the export lacks by now
 */
export function expectMeetings(odoo: LoadedOdoo, details: BundleDetails, everybody: boolean, gone: ReadonlySet<string | null> = new Set()): void {
  const states: { readonly [state: string]: string } = { accepted: 'accepted', declined: 'declined', tentative: 'tentative', open: 'needsAction' };
  const events = odoo.state.rows('calendar.event');
  expect(events).toHaveLength(details.meetings.length);
  const partners = new Map<string, number[]>();
  for (const row of odoo.state.rows('res.partner')) if (typeof row['email'] === 'string') partners.set(row['email'].toLowerCase(), [...partners.get(row['email'].toLowerCase()) ?? [], Number(row['id'])]);
  const places = placesOf(odoo);
  const people = new Map(details.contacts.flatMap(({ id, email }) => (places.get(id)?.startsWith('res.partner ') === true ? [[email.toLowerCase(), Number(places.get(id)?.slice(12))] as const] : [])));
  const logins = new Map(odoo.state.rows('res.users').map((row) => [Number(row['id']), String(row['login'])]));
  const known = new Set(logins.values());
  const attendees = Map.groupBy(odoo.state.rows('calendar.attendee'), (row) => row['event_id']);
  for (const meeting of details.meetings) {
    const what = `meeting ${meeting.id ?? meeting.uid}`;
    const event = events.find((row) => (meeting.id !== null ? row['x_instream_id'] === meeting.id : row['x_instream_uid'] === meeting.uid));
    expect(event, what).toBeDefined();
    if (event === undefined) continue;
    if (meeting.allDay) expect([event['allday'], String(event['start_date']).slice(0, 10)], what).toEqual([true, meeting.start?.slice(0, 10)]);
    else expect([odooTime(event['start']), odooTime(event['stop'])], what).toEqual([utc(meeting.start), utc(meeting.end)]);
    expect(event['active'] !== true, what).toBe(meeting.status === 'cancelled');
    expect([event['name'], event['location'] ?? '', event['x_instream_organizer'] ?? '', readInHtml(String(event['description'] ?? ''))], what).toEqual([meeting.title, meeting.location, meeting.organizer, withoutSpaces(meeting.description)]);
    const user = logins.get(Number(event['user_id'])) ?? null;
    if (known.has(meeting.organizer)) expect(user, `organiser of ${what}`).toBe(meeting.organizer);
    else if (!everybody) expect(user, `organiser of ${what}`).toBeNull(); // where people are made, a placeholder may stand for him
    if (gone.has(meeting.id ?? meeting.uid)) continue; // archived as it was: who became a partner since does not come to it
    const wanted = meeting.attendees.flatMap(({ email, state }) => {
      const own = people.get(email);
      const ids = own === undefined ? partners.get(email) ?? [] : [own];
      if (everybody) expect(ids, `${what}: ${email}`).not.toEqual([]);
      return ids.length === 1 ? [`${ids[0]} ${states[state]}`] : []; // of several with one address none is picked
    });
    expect((attendees.get(event['id']) ?? []).map((row) => `${String(row['partner_id'])} ${String(row['state'])}`).toSorted(), `attendees of ${what}`).toEqual(wanted.toSorted());
  }
}
