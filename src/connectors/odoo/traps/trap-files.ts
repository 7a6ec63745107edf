import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { RecordRejectedError } from '../../../connector/errors.ts';
import type { FileOpener, FileValue } from '../../../connector/file-value.ts';
import type { Json, JsonObject } from '../../../connector/json.ts';
import { openTrapKit, rejectionOf, type TrapKit } from './trap-kit.ts';

interface TestFile { readonly value: FileValue & JsonObject; readonly bytes: Buffer }

/** A file in memory, given to the connector as a reference and streamed in chunks of an odd size. */
function testFile(name: string, bytes: Buffer, mimeType: string | null = null): TestFile {
  const digest = (algorithm: string): string => createHash(algorithm).update(bytes).digest('hex');
  return { bytes, value: { $file: `files/${randomUUID()}`, name, mimeType, size: bytes.byteLength, sha1: digest('sha1'), sha256: digest('sha256') } };
}

function opener(files: readonly TestFile[], chunk = 10_007): FileOpener {
  return async function* open(file) {
    const found = files.find((one) => one.value.$file === file.$file);
    if (found === undefined) throw new RecordRejectedError({ code: 'file-gone', message: `${file.$file} is not in the export any more.`, rejections: [] });
    for (let at = 0; at < found.bytes.byteLength; at += chunk) yield found.bytes.subarray(at, at + chunk);
  };
}

/** Files on records and messages, and messages that show them. */
export function describeFileTraps(label: string, settings: Readonly<Record<string, string>>): void {
  describe(`Odoo files and messages: ${label}`, () => {
    let kit: TrapKit;
    let lead = '';
    beforeAll(async () => { kit = await openTrapKit(settings); });
    afterEach(() => kit.cleanUp());
    afterAll(() => kit.destination.close());

    const object = 'ir.attachment';
    const attach = async (files: readonly TestFile[], open = opener(files)): Promise<readonly string[]> => {
      lead = await kit.createOne('crm.lead', { name: 'With files', type: 'opportunity' });
      const made = await kit.destination.create({ object, files: open, records: files.map((file) => ({ key: kit.key(), values: { name: file.value.name, datas: file.value, res_model: 'crm.lead', res_id: lead, ...(file.value.mimeType === null ? {} : { mimetype: file.value.mimeType }) } })) });
      kit.remember(object, made.map((record) => record.id));
      return made.map((record) => record.id);
    };
    const stored = (file: TestFile): JsonObject => ({ size: file.bytes.byteLength, sha1: file.value.sha1, sha256: null });
    const content = async (id: string): Promise<Buffer> => {
      const [row] = await kit.client.read(object, 'read', { ids: [Number(id)], fields: ['datas'] }) as readonly JsonObject[];
      return Buffer.from(String(row?.['datas'] === false ? '' : row?.['datas']), 'base64');
    };

    it('arrive byte by byte, whatever their length, name and content, and say so when read back', async () => {
      const all = Buffer.from(Uint8Array.from({ length: 256 }, (_, at) => at));
      const files = [testFile('zero.txt', Buffer.alloc(0)), testFile('one.bin', Buffer.from([0])), testFile('two.bin', Buffer.from([255, 254])), testFile('all.bin', all), testFile('Zażółć & <co> "x".pdf', Buffer.from('%PDF-1.4 test'), 'application/pdf'), testFile('big.bin', randomBytes(300_001))];
      const ids = await attach(files);
      for (const [at, file] of files.entries()) {
        const values = await kit.read(object, ids[at] ?? '', ['datas', 'name', 'res_model', 'res_id']);
        expect(values['name']).toBe(file.value.name);
        expect(values).toMatchObject({ res_model: 'crm.lead', res_id: lead });
        if (file.bytes.byteLength > 0) expect(values['datas'], file.value.name).toEqual(stored(file));
        expect((await content(ids[at] ?? '')).equals(file.bytes), file.value.name).toBe(true);
      }
      expect((await kit.read(object, ids[4] ?? '', ['mimetype']))['mimetype']).toBe('application/pdf');
    });

    it('are not sent twice: a key that exists keeps its record', async () => {
      const file = testFile('once.bin', randomBytes(5_000));
      const key = kit.key();
      const request = { object, files: opener([file]), records: [{ key, values: { name: 'once.bin', datas: file.value, res_model: 'res.partner', res_id: '1' } }] };
      const [first] = await kit.destination.create(request);
      kit.remember(object, [first?.id ?? '']);
      expect((await kit.destination.lookup({ object, keys: [key] })).get(key)).toBe(first?.id);
      const never: FileOpener = () => { throw new Error('opened again'); };
      expect(await kit.destination.create({ ...request, files: never })).toEqual([first]);
    });

    it('with equal content share one stored file, which outlives the deletion of one of them', async () => {
      const bytes = randomBytes(20_000);
      const [one = '', two = ''] = await attach([testFile('a.bin', bytes), testFile('b.bin', bytes)]);
      await kit.destination.delete({ object, ids: [one] });
      expect((await content(two)).equals(bytes)).toBe(true);
    });

    it('that cannot be read, or are shorter or longer than they say, are named alone, and none of the call stands', async () => {
      const good = testFile('good.bin', randomBytes(40_000));
      const gone = testFile('gone.bin', randomBytes(100));
      const short = testFile('short.bin', randomBytes(100));
      const long = testFile('long.bin', randomBytes(100));
      const lies = opener([good, { ...short, bytes: short.bytes.subarray(0, 60) }, { ...long, bytes: Buffer.concat([long.bytes, long.bytes]) }]);
      const before = await kit.destination.count({ object });
      for (const [bad, code] of [[gone, 'file-gone'], [short, 'file-changed'], [long, 'file-changed']] as const) {
        const error = await rejectionOf(attach([good, bad], lies));
        expect(error.rejections.map((rejection) => [rejection.index, rejection.code])).toEqual([[1, code]]);
        expect(error.rejections[0]?.message).toContain(bad.value.name);
        expect(await kit.destination.count({ object })).toBe(before);
      }
    });

    it('of many megabytes go in several calls, and all or none of them stands', async () => {
      const files = Array.from({ length: 4 }, (_, at) => testFile(`part${at}.bin`, randomBytes(5_000_000)));
      const ids = await attach(files);
      expect((await kit.destination.read({ object, ids, fields: ['datas'] })).map((record) => record.values['datas'])).toEqual(expect.arrayContaining(files.map(stored)));
      const before = await kit.destination.count({ object });
      const error = await rejectionOf(attach(files, opener(files.slice(0, 3))));
      expect(error.rejections.map((rejection) => [rejection.index, rejection.code])).toEqual([[3, 'file-gone']]);
      expect(await kit.destination.count({ object })).toBe(before);
    });

    it('are replaced by an update, and change the content hash', async () => {
      const old = testFile('old.txt', Buffer.from('old'));
      const fresh = testFile('new.txt', Buffer.from('new content'));
      const [id = ''] = await attach([old]);
      const hash = async () => (await kit.destination.read({ object, ids: [id], fields: ['name'] }))[0]?.contentHash;
      const before = await hash();
      await kit.destination.update({ object, changes: [{ id, values: { datas: fresh.value } }], files: opener([fresh]) });
      expect((await kit.read(object, id, ['datas']))['datas']).toEqual(stored(fresh));
      expect(await hash()).not.toBe(before);
    });

    it('hang on messages, and stay on their record', async () => {
      const [file = ''] = await attach([testFile('enclosed.pdf', Buffer.from('%PDF-1.4'))]);
      const own = { message_id: `<${randomUUID()}@outside.example>` };
      const [message, unnamed] = [
        await kit.createOne('mail.message', { model: 'crm.lead', res_id: lead, message_type: 'email', body: '<p>See enclosed</p>', attachment_ids: [file], ...own }),
        await kit.createOne('mail.message', { model: 'crm.lead', res_id: lead, message_type: 'comment', body: '<p>See enclosed</p>', attachment_ids: [file] }),
      ];
      expect(await kit.read('mail.message', message, ['attachment_ids', 'message_id'])).toEqual({ attachment_ids: [file], ...own });
      expect(await kit.read('mail.message', unnamed, ['attachment_ids'])).toEqual({ attachment_ids: [file] });
      expect(await kit.read(object, file, ['res_model', 'res_id'])).toEqual({ res_model: 'crm.lead', res_id: lead });
      const late = 'mail.message/attachment_ids';
      const second = await kit.createOne('mail.message', { model: 'crm.lead', res_id: lead, message_type: 'comment', body: '<p>Again</p>' });
      await kit.destination.create({ object: late, records: [{ key: kit.key(), values: { record: second, value: file } }] });
      expect(await kit.read('mail.message', second, ['attachment_ids'])).toEqual({ attachment_ids: [file] });
    });

    it('shown inside a message keep their address, with its token', async () => {
      const [file = ''] = await attach([testFile('logo.png', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'image/png')]);
      const body = `<p>Look: <img src="/web/image/${file}" alt="logo"></p>`;
      const message = await kit.createOne('mail.message', { model: 'crm.lead', res_id: lead, message_type: 'email', body, attachment_ids: [file] });
      expect(String((await kit.read('mail.message', message, ['body']))['body'])).toContain(`src="/web/image/${file}"`);
    });

    it('made by Odoo of pictures within a body go with the message, and the body compares equal', async () => {
      const partner = await kit.createOne('res.partner', { name: 'With pictures' });
      const before = await kit.destination.count({ object });
      const body = '<p>See <img src="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==" alt="shot"> there</p>';
      const message = await kit.createOne('mail.message', { model: 'res.partner', res_id: partner, message_type: 'comment', body });
      const field = (await kit.destination.fields({ object: 'mail.message' })).find((one) => one.name === 'body');
      if (field === undefined) throw new Error('mail.message has no body');
      const normal = (value: Json) => kit.destination.normalise({ object: 'mail.message', field, value });
      const kept = (await kit.read('mail.message', message, ['body']))['body'] ?? null;
      expect(normal(kept)).toBe(normal(body));
      expect(normal(kept)).not.toBe(normal(body.replace(' there', '')));
      await kit.destination.delete({ object: 'mail.message', ids: [message] });
      expect(await kit.destination.count({ object })).toBe(before);
    });

    it('on messages that carry our key in a field are created and found by it, Message-Id or not', async () => {
      const [field = ''] = await kit.create('ir.model.fields', [kit.destination.fieldRecord({ object: 'mail.message', name: 'x_portolan_key', label: 'Key', type: 'text' })]);
      const partner = await kit.createOne('res.partner', { name: 'With keys' });
      const [named, unnamed] = [kit.key(), kit.key()];
      const message = (more: JsonObject): JsonObject => ({ model: 'res.partner', res_id: partner, message_type: 'email', body: '<p>Hello</p>', ...more });
      const own = `<${randomUUID()}@outside.example>`;
      const records = [{ key: named, values: message({ message_id: own }) }, { key: unnamed, values: message({}) }];
      const made = await kit.destination.create({ object: 'mail.message', records });
      kit.remember('mail.message', made.map((record) => record.id));
      expect(await kit.destination.lookup({ object: 'mail.message', keys: [named, unnamed] })).toEqual(new Map(made.map((record) => [record.key, record.id])));
      expect(await kit.destination.create({ object: 'mail.message', records })).toEqual(made);
      expect((await kit.read('mail.message', made[0]?.id ?? '', ['message_id']))['message_id']).toBe(own);
      expect(await kit.client.searchRead('ir.model.data', [['model', '=', 'mail.message'], ['res_id', 'in', made.map((record) => Number(record.id))]], ['id'])).toEqual([]);
      await kit.cleanUp();
      expect(await kit.destination.read({ object: 'ir.model.fields', ids: [field], fields: ['name'] })).toEqual([]);
    }, 60_000);

    it('stand beside a subtype of one\'s own and fields on messages, which go without a trace', async () => {
      const objects = ['mail.message.subtype', 'ir.model.fields', 'mail.message'];
      const before = await kit.destination.fingerprint({ objects });
      const suffix = randomUUID().slice(0, 6);
      const definitions = [{ object: 'mail.message', name: `x_duration_${suffix}`, label: 'Duration', type: 'integer' }, { object: 'mail.message', name: `x_outcome_${suffix}`, label: 'Outcome', type: 'text' }, { object: 'mail.message', name: `x_direction_${suffix}`, label: 'Direction', type: 'selection', options: [{ value: 'in', label: 'In' }, { value: 'out', label: 'Out' }] }] as const;
      await kit.create('ir.model.fields', definitions.map((definition) => kit.destination.fieldRecord(definition)));
      const subtype = await kit.createOne('mail.message.subtype', { name: `Call ${suffix}`, internal: true });
      expect(await kit.read('mail.message.subtype', subtype, ['internal', 'default'])).toEqual({ internal: true, default: false });
      const partner = await kit.createOne('res.partner', { name: 'Called' });
      const values = { subtype_id: subtype, date: '2019-02-03T04:05:06Z', [definitions[0].name]: 185, [definitions[1].name]: 'Left a message', [definitions[2].name]: 'out' };
      const message = await kit.createOne('mail.message', { model: 'res.partner', res_id: partner, message_type: 'comment', body: '<p>Called</p>', ...values });
      expect(await kit.read('mail.message', message, Object.keys(values))).toEqual(values);
      await kit.cleanUp();
      expect(await kit.destination.fingerprint({ objects })).toEqual(before);
    }, 60_000);
  });
}
