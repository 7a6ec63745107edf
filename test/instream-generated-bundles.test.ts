import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Json } from '../src/connector/json.ts';
import { generateBundle } from '../src/simulators/instream/bundle.ts';
import type { BundleOptions } from '../src/simulators/instream/options.ts';
import { readAll, useBundles } from '../src/connectors/instream/testing.ts';

const { folder, openPath } = useBundles();

/** The generator was written apart from this connector, from the same published contract: a shared misunderstanding would show here. */
const variants: readonly (readonly [string, Partial<BundleOptions>])[] = [
  ['clean, Polish, UTF-8', { dirt: 0 }],
  ['clean, English, comma', { language: 'en', dirt: 0 }],
  ['dirty, windows-1250, tabs', { encoding: 'windows-1250', delimiter: '\t', dirt: 0.2 }],
  ['dirty, iso-8859-2, pipes, day/month/year', { encoding: 'iso-8859-2', delimiter: '|', dates: 'dmy-slashes', dirt: 0.2 }],
  ['dirty, UTF-16, points for thousands', { encoding: 'utf-16le', numbers: 'dot-comma', dirt: 0.2 }],
  ['dirty, workbooks', { format: 'xlsx', dirt: 0.2 }],
  ['dirty, with byte order mark and manifest', { encoding: 'utf-8-bom', manifest: true, dirt: 0.2 }],
];
const objectOf: { readonly [file: string]: string } = { contacts: 'contact', companies: 'company', deals: 'deal', notes: 'note', lists: 'list', list_memberships: 'list_membership', owners: 'owner', tags: 'tag', stages: 'stage', pipelines: 'pipeline', custom_fields: 'custom_field', emails: 'email', calls: 'call', meetings: 'meeting', tasks: 'task', files: 'file', record_tags: 'record_tag' };

describe('a generated export', () => {
  it.each(variants)('that is %s is read row for row', async (_, options) => {
    const root = await folder({});
    const expected = await generateBundle({ folder: join(root, 'bundle'), seed: 11, contacts: 120, ...options });
    const source = await openPath(join(root, 'bundle'));
    const catalog = await source.discover();
    const answers: { [id: string]: Json } = Object.fromEntries(catalog.questions.map((question) => [question.id, question.recommendation ?? question.options[0]?.value ?? null]));
    for (const [file, rows] of Object.entries(expected.rows)) {
      const object = objectOf[file.replace(/\.\w+$/, '')] ?? '';
      const { records, rejected } = await readAll(source, object, answers);
      const report = catalog.notes.filter((note) => note.code === 'file-report' && note.details?.['object'] === object && note.subject.startsWith(file.replace(/\w+$/, '')));
      const repeated = catalog.notes.find((note) => note.code === 'repeated-rows' && note.subject === object)?.message.match(/^\d+/)?.[0] ?? '0';
      expect(report, file).toHaveLength(1);
      const loose = object === 'email' ? expected.emails.eml + expected.emails.mbox : object === 'meeting' ? expected.meetings.ics : 0; // in files of their own
      const again = Number(catalog.notes.find((note) => note.code === 'repeated-messages' && note.subject === object)?.message.match(/^\d+/)?.[0] ?? '0');
      expect(records.length + rejected.length + Number(repeated) + again, `${file}: every row is accounted for`).toBe(rows + loose + again);
      if (loose === 0) expect(records.length, `${file}: records`).toBe(expected.records[file]);
    }
    expect(catalog.facts['archivedContacts']).toBe(expected.contacts.archived);
    const count = (object: string): number | null | undefined => catalog.objects.find((one) => one.name === object)?.count;
    expect({ email: count('email'), meeting: count('meeting') }).toEqual({ email: expected.objects['email'], meeting: expected.objects['meeting'] });
    const cutOff = Number(catalog.notes.find((note) => note.code === 'messages-cut-off')?.message.match(/^\d+/)?.[0] ?? '0'); // what stood in their missing ends cannot come
    const files = expected.emails.attachments + expected.emails.inlineImages;
    expect(count('email_attachment')).toBeLessThanOrEqual(files);
    expect(count('email_attachment')).toBeGreaterThanOrEqual(files - cutOff);
    const states = (await readAll(source, 'meeting_attendee', answers)).records.map((record) => String(record.data['state']));
    expect({ accepted: 0, declined: 0, tentative: 0, open: 0, ...Object.groupBy(states, (state) => state) }).toMatchObject(Object.fromEntries(Object.entries(expected.meetings.attendees).map(([state, number]) => [state, number === 0 ? 0 : expect.objectContaining({ length: number }) as unknown])));
    const codes = Object.groupBy((await readAll(source, 'file', answers)).records, (record) => (record.data['content_code'] === undefined ? 'whole' : record.data['content_code'] === 'file-missing' ? 'missing' : 'damaged'));
    expect([codes.whole?.length ?? 0, codes.missing?.length ?? 0, codes.damaged?.length ?? 0]).toEqual([expected.files.whole, expected.files.missing, expected.files.damaged]);
  });

  it('asks about the one column whose dates cannot be told', async () => {
    const root = await folder({});
    await generateBundle({ folder: join(root, 'bundle'), seed: 3, contacts: 60, ambiguousDates: true });
    expect((await (await openPath(join(root, 'bundle'))).discover()).questions.map((question) => question.id)).toEqual(['date-order:deal:expected_close']);
  });

  it('gives the same ids in a later export, with and without id columns', async () => {
    for (const ids of [true, false]) {
      const root = await folder({});
      const options = { seed: 5, contacts: 80, ids };
      await generateBundle({ folder: join(root, 'first'), ...options });
      await generateBundle({ folder: join(root, 'later'), ...options, later: { changed: 0, removed: 0, addedContacts: 5 } });
      const idsOf = async (name: string): Promise<string[]> => (await readAll(await openPath(join(root, name)), 'contact')).records.map((record) => record.id);
      const [first, later] = [await idsOf('first'), await idsOf('later')];
      expect(first.filter((id) => !later.includes(id))).toEqual([]);
      expect(later).toHaveLength(first.length + 5);
    }
  });
});
