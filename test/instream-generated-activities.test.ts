import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SourceRecord } from '../src/connector/source.ts';
import type { Json } from '../src/connector/json.ts';
import { readAll, useBundles } from '../src/connectors/instream/testing.ts';
import { generateBundle } from '../src/simulators/instream/bundle.ts';
import type { BundleExpectation } from '../src/simulators/instream/expectation.ts';

const { folder, openPath } = useBundles();

/** An export with everything in it, and the connector's reading of it. The generator's own account was made apart from the connector. */
async function both(language: 'pl' | 'en'): Promise<Readonly<{ details: NonNullable<BundleExpectation['details']>; read: (object: string) => Promise<readonly SourceRecord[]> }>> {
  const root = await folder({});
  const { details } = await generateBundle({ folder: join(root, 'bundle'), seed: 11, contacts: 100, emails: 160, meetings: 60, files: 30, language, manifest: true });
  const source = await openPath(join(root, 'bundle'));
  const { questions } = await source.discover();
  const answers: { [id: string]: Json } = Object.fromEntries(questions.map((question) => [question.id, question.recommendation ?? question.options[0]?.value ?? null]));
  if (details === null) throw new Error('a bundle of this size is listed');
  return { details, read: async (object) => {
    const { records, rejected } = await readAll(source, object, answers);
    expect(rejected, object).toEqual([]);
    return records;
  } };
}

const bare = (id: unknown): string | null => (typeof id === 'string' ? id.replace(/[<>]/g, '') : null);
const lines = (text: unknown): string | null => (typeof text === 'string' ? text.replace(/\r\n/g, '\n').trim() : null);
const digestOf = (record: SourceRecord | undefined): unknown => (record?.data['content'] as { readonly sha256?: string } | null | undefined)?.sha256 ?? null;

describe.each(['pl', 'en'] as const)('a generated export with everything in it (%s)', (language) => {
  it('has every message with its thread, direction, text and files', async () => {
    const { details, read } = await both(language);
    const messages = new Map((await read('email')).map((record) => [bare(record.data['message_id']), record]));
    const files = Map.groupBy(await read('email_attachment'), (record) => String(record.data['email_id']));
    expect(messages.size).toBe(details.emails.length);
    for (const wanted of details.emails) {
      const message = messages.get(wanted.messageId);
      const [data, id] = [message?.data ?? {} as SourceRecord['data'], message?.id ?? ''];
      expect(bare(data['in_reply_to']), wanted.messageId ?? '').toBe(wanted.inReplyTo);
      expect([data['subject'], data['direction'], lines(data['body_text']), lines(data['body_html'])], wanted.messageId ?? '').toEqual([wanted.subject, wanted.direction, lines(wanted.text), lines(wanted.html)]);
      // dates of rows are as the row has them; which moment that is, the plan says
      if (wanted.form !== 'csv') expect(Date.parse(String(data['sent_at']))).toBe(Date.parse(wanted.sentAt ?? ''));
      expect((files.get(id) ?? []).map((file) => String(digestOf(file))).sort(), wanted.messageId ?? '').toEqual(wanted.files.map(({ sha256 }) => sha256).sort());
    }
  });

  it('has every meeting of a calendar with its time, and every attendee with the answer', async () => {
    const { details, read } = await both(language);
    const meetings = new Map((await read('meeting')).map((record) => [String(record.data['uid'] ?? record.id), record]));
    expect(meetings.size).toBe(details.meetings.length);
    const moment = (value: unknown, allDay: boolean): unknown => (allDay ? value : Date.parse(String(value)));
    const attendees = Map.groupBy(await read('meeting_attendee'), (record) => String(record.data['meeting_id']));
    for (const wanted of details.meetings) {
      const meeting = meetings.get(wanted.uid ?? wanted.id ?? '');
      if (wanted.uid !== null) expect([moment(meeting?.data['start_at'], wanted.allDay), moment(meeting?.data['end_at'], wanted.allDay)], wanted.uid).toEqual([moment(wanted.start, wanted.allDay), moment(wanted.end, wanted.allDay)]);
      const answers = (attendees.get(meeting?.id ?? '') ?? []).map(({ data }) => `${String(data['email'])} ${String(data['state'])}`);
      expect(answers.sort(), wanted.uid ?? wanted.id ?? '').toEqual(wanted.attendees.map(({ email, state }) => `${email} ${state}`).sort());
    }
  });

  it('has every file byte for byte, and every call, task, tag and membership', async () => {
    const { details, read } = await both(language);
    const files = new Map((await read('file')).map((record) => [record.id, record]));
    expect(files.size).toBe(details.files.length);
    for (const wanted of details.files) expect(digestOf(files.get(wanted.id)), wanted.id).toBe(wanted.sha256);
    expect((await read('call')).map(({ id }) => id)).toEqual(details.calls.map(({ id }) => id));
    expect((await read('task')).map(({ id }) => id)).toEqual(details.tasks.map(({ id }) => id));
    expect(await read('list_membership')).toHaveLength(details.memberships.length);
    expect((await read('record_tag')).length).toBeGreaterThan(0);
  });
});
