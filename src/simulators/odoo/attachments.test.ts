import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plainPng } from './models/image-size.ts';
import { json2, QUIET, startRaw, xmlCall, type RawClient } from './testing/raw-client.ts';

type Values = Record<string, unknown>;
const base64 = (text: string): string => Buffer.from(text, 'latin1').toString('base64');
const sha1 = (bytes: Buffer | string): string => createHash('sha1').update(bytes).digest('hex');
const sha256 = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');

describe.each([14, 17, 18, 19] as const)('files of Odoo %i', (version) => {
  let client: RawClient;
  let partner: number;
  beforeAll(async () => {
    client = await startRaw(version, { users: [{ login: 'sales', password: 's', role: 'sales-user' }] });
    partner = await client.call<number>('res.partner', 'create', [{ name: 'Ann' }], { context: QUIET });
  });
  afterAll(() => client.odoo.stop());
  const make = (values: Values, context: Values = QUIET): Promise<number> => client.call('ir.attachment', 'create', [values], { context });
  const read = async (id: number, fields: readonly string[], context: Values = {}): Promise<Values> => (await client.call<Values[]>('ir.attachment', 'read', [[id], fields], { context }))[0]!;

  it('get checksum, size and record from their content, whatever the caller claims (facts 13)', async () => {
    const id = await make({ name: 'a.txt', datas: base64('hello'), res_model: 'res.partner', res_id: partner, checksum: 'zzz', file_size: 7 });
    expect(await read(id, ['checksum', 'file_size', 'mimetype', 'res_name', 'store_fname', 'datas', 'raw', 'index_content', 'type'])).toEqual({
      id, checksum: sha1('hello'), file_size: 5, mimetype: 'text/plain', res_name: 'Ann', store_fname: `${sha1('hello').slice(0, 2)}/${sha1('hello')}`, datas: base64('hello'), raw: 'hello',
      index_content: 'hello', type: 'binary',
    });
    expect(client.odoo.state.attachments('res.partner').find((file) => file.id === id)).toMatchObject({ name: 'a.txt', resId: partner, size: 5, sha1: sha1('hello'), sha256: sha256('hello') });
    expect(await client.call('ir.attachment', 'search', [[['checksum', '=', sha1('hello')]]])).toEqual([id]);
  });

  it.each([
    ['a.bin', '\u0000\u0001', 'application/octet-stream'], ['no ending', 'hello world', 'application/octet-stream'], ['A.PDF', 'x', 'application/pdf'], ['noext', '%PDF-1.4', 'application/pdf'],
    ['a.exe', 'MZ', 'application/x-msdos-program'], ['a.7z', 'x', 'application/x-7z-compressed'], ['a.eml', 'x', 'message/rfc822'], ['a.html', '<p>x</p>', 'text/html'], ['a.msg', 'x', 'application/octet-stream'],
  ])('%j gets its type by name, else by its first bytes (measured on 14)', async (name, content, type) => {
    expect(await read(await make({ name, datas: base64(content) }), ['mimetype'])).toMatchObject({ mimetype: type });
  });

  it('keep a type that is given, but for octet-stream, which is guessed anew (measured on 14)', async () => {
    expect(await read(await make({ name: 'a.txt', datas: base64('x'), mimetype: 'application/x-foo' }), ['mimetype'])).toMatchObject({ mimetype: 'application/x-foo' });
    expect(await read(await make({ name: 'a.txt', datas: base64('%PDF-1.4'), mimetype: 'application/octet-stream' }), ['mimetype'])).toMatchObject({ mimetype: 'application/pdf' });
  });

  it('of people who may not write views are plain text when they are markup', async () => {
    const id = await client.as(6, 's').call<number>('ir.attachment', 'create', [{ name: 'a.html', datas: base64('<p>x</p>') }]);
    expect(await read(id, ['mimetype'])).toMatchObject({ mimetype: 'text/plain' });
  });

  it('without a record belong to their maker and the administrators', async () => {
    const id = await make({ name: 'private.txt', datas: base64('x') });
    expect((await client.as(6, 's').fail('ir.attachment', 'read', [[id], ['name']])).name).toBe('odoo.exceptions.AccessError');
    expect(await client.as(6, 's').call('ir.attachment', 'search', [[['id', '=', id]]])).toEqual([]);
    const own = await client.as(6, 's').call<number>('ir.attachment', 'create', [{ name: 'own.txt', datas: base64('x') }]);
    expect(await client.as(6, 's').call('ir.attachment', 'search', [[['id', '=', own]]])).toEqual([own]);
    expect(await read(own, ['name'])).toMatchObject({ name: 'own.txt' });
  });

  it('may be empty; links have an address instead of a content', async () => {
    expect(await read(await make({ name: 'e.txt', datas: '' }), ['checksum', 'file_size', 'datas'])).toMatchObject({ checksum: version === 14 ? sha1('') : false, file_size: 0, datas: false });
    expect(await read(await make({ name: 'l', type: 'url', url: 'http://a.test/x.pdf?y=1' }), ['checksum', 'mimetype', 'url'])).toMatchObject({ checksum: false, mimetype: 'application/pdf', url: 'http://a.test/x.pdf?y=1' });
  });

  it('refuse bad base64 and need a name', async () => {
    expect((await client.fail('ir.attachment', 'create', [{ name: 'x', datas: 'abc' }])).message).toBe('Incorrect padding');
    expect((await client.fail('ir.attachment', 'create', [{ name: 'x', datas: 'A'.repeat(200_001) }])).message).toBe('Incorrect padding');
    expect((await client.fail('ir.attachment', 'create', [{ datas: base64('x') }])).message).toContain('(name)');
  });

  it('tell only their size with bin_size', async () => {
    const id = await make({ name: 'b.bin', datas: randomBytes(22_200).toString('base64') });
    expect(await read(id, ['datas', 'file_size'], { bin_size: true })).toMatchObject({ datas: '21.68 Kb', file_size: 22_200 });
    expect(await read(id, ['datas'], { bin_size_datas: true })).toMatchObject({ datas: '21.68 Kb' });
  });

  it('change type with their content, by its bytes alone', async () => {
    const id = await make({ name: 'a.txt', datas: base64('x') });
    await client.call('ir.attachment', 'write', [[id], { name: 'renamed.pdf' }]);
    expect(await read(id, ['mimetype'])).toMatchObject({ mimetype: 'text/plain' });
    await client.call('ir.attachment', 'write', [[id], { datas: base64('yy') }]);
    expect(await read(id, ['mimetype', 'checksum', 'file_size'])).toMatchObject({ mimetype: 'application/octet-stream', checksum: sha1('yy'), file_size: 2 });
  });

  it('make large images smaller from 17 on, unless image_no_postprocess', async () => {
    const png = plainPng({ width: 3000, height: 2000 });
    const stored = await read(await make({ name: 'big.png', datas: png.toString('base64') }), ['checksum', 'datas']);
    expect(stored['checksum'] === sha1(png)).toBe(version < 17);
    if (version >= 17) expect(Buffer.from(String(stored['datas']), 'base64').readUInt32BE(16)).toBe(1920);
    expect(await read(await make({ name: 'big.png', datas: png.toString('base64') }, { ...QUIET, image_no_postprocess: true }), ['checksum'])).toMatchObject({ checksum: sha1(png) });
    const small = plainPng({ width: 1920, height: 1080 });
    expect(await read(await make({ name: 'small.png', datas: small.toString('base64') }), ['checksum'])).toMatchObject({ checksum: sha1(small) });
  });

  it('of any size go through each door and back byte for byte', async () => {
    const bytes = randomBytes(1_000_003);
    const data = bytes.toString('base64');
    const byJson = await make({ name: 'j.bin', datas: data, res_model: 'res.partner', res_id: partner });
    const xml = await xmlCall(client.odoo, 'ir.attachment', 'create', [{ name: 'x.bin', datas: data }]);
    const byXml = Number(/<int>(\d+)<\/int>/u.exec(xml)![1]);
    const ids = [byJson, byXml];
    if (version >= 19) ids.push(...((await json2(client.odoo, 'ir.attachment/create', { vals_list: [{ name: '2.bin', datas: data }] })).body as number[]));
    for (const id of ids) expect(await read(id, ['checksum', 'file_size'])).toMatchObject({ checksum: sha1(bytes), file_size: bytes.length });
    expect((await read(byXml, ['datas']))['datas']).toBe(data);
    expect(await xmlCall(client.odoo, 'ir.attachment', 'read', [[byJson], ['datas']])).toContain(`<string>${data}</string>`);
    if (version >= 19) expect((await json2(client.odoo, 'ir.attachment/read', { ids: [byJson], fields: ['datas'] })).body).toEqual([{ id: byJson, datas: data }]);
  });

  it('do not take long texts of letters for files', async () => {
    const letters = 'abcd'.repeat(30_000);
    const id = await client.call<number>('res.partner', 'create', [{ name: letters, ref: `=${letters}` }], { context: QUIET });
    expect(await client.call('res.partner', 'read', [[id], ['name', 'ref']])).toEqual([{ id, name: letters, ref: `=${letters}` }]);
    const quoted = `say "${letters}" and "${letters}`;
    await client.call('res.partner', 'write', [[id], { name: quoted }], { context: QUIET });
    expect(await client.call('res.partner', 'read', [[id], ['name']])).toEqual([{ id, name: quoted }]);
  });

  it('on a message keep their own record; inline ones have none (facts 13); lists come newest first', async () => {
    const [first, second] = [await make({ name: '1.txt', datas: base64('1'), res_model: 'res.partner', res_id: partner }), await make({ name: '2.txt', datas: base64('2') })];
    const message = await client.call<number>('mail.message', 'create', [{ model: 'res.partner', res_id: partner, body: 'x', attachment_ids: [[6, 0, [first, second]], [0, 0, { name: 'in.txt', datas: base64('in') }]] }], { context: QUIET });
    const [{ attachment_ids: ids }] = await client.call<[{ attachment_ids: number[] }]>('mail.message', 'read', [[message], ['attachment_ids']]);
    expect(ids.slice(1)).toEqual([second, first]);
    expect(await read(first, ['res_model', 'res_id'])).toMatchObject({ res_model: 'res.partner', res_id: partner });
    expect(await read(ids[0]!, ['name', 'res_model'])).toMatchObject({ name: 'in.txt', res_model: false });
    await client.call('mail.message', 'write', [[message], { attachment_ids: [[3, second]] }], { context: QUIET });
    expect(await client.call('mail.message', 'read', [[message], ['attachment_ids']])).toMatchObject([{ attachment_ids: [ids[0], first] }]);
    await client.call('mail.message', 'unlink', [[message]]);
    expect(await read(first, ['name'])).toMatchObject({ name: '1.txt' });
  });

  it('of a body (data: images) belong to the message as well', async () => {
    const message = await client.call<number>('mail.message', 'create', [{ model: 'res.partner', res_id: partner, body: '<p><img src="data:image/png;base64,iVBORw0KGgo="></p>' }], { context: QUIET });
    const [row] = await client.call<[{ body: string; attachment_ids: number[] }]>('mail.message', 'read', [[message], ['body', 'attachment_ids']]);
    expect(row.attachment_ids).toHaveLength(1);
    expect(await read(row.attachment_ids[0]!, ['name', 'res_id', 'mimetype'])).toMatchObject({ name: 'image0', res_id: partner, mimetype: 'image/png' });
    expect(row.body).toMatch(/src="\/web\/image\/\d+\?access_token=[0-9a-f-]{36}" alt="image0"/u);
  });

  it('go with their record', async () => {
    const other = await client.call<number>('res.partner', 'create', [{ name: 'Gone' }], { context: QUIET });
    const id = await make({ name: 'g.txt', datas: base64('g'), res_model: 'res.partner', res_id: other });
    await client.call('res.partner', 'unlink', [[other]]);
    expect(client.odoo.state.row('ir.attachment', id)).toBeUndefined();
  });
});

describe('bodies over the limit', () => {
  it.each([[14, 200], [17, 413], [18, 413]] as const)('are refused on 17 and 18, not on 14: %i answers %i', async (version, status) => {
    const { odoo } = await startRaw(version, version === 14 ? {} : { maxBodyBytes: 300_000 });
    const body = JSON.stringify({ jsonrpc: '2.0', params: { service: 'object', method: 'execute_kw', args: [odoo.database, 2, 'admin', 'ir.attachment', 'create', [{ name: 'x', datas: 'A'.repeat(400_000) }]] } });
    const response = await fetch(`${odoo.url}/jsonrpc`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
    expect(response.status).toBe(status);
    expect(odoo.state.attachments()).toHaveLength(version === 14 ? 1 : 0);
    await odoo.stop();
  });
});

describe('the answer with a file', () => {
  it('can be cut in half', async () => {
    const { odoo, call } = await startRaw(17);
    const id = await call<number>('ir.attachment', 'create', [{ name: 'x', datas: randomBytes(400_000).toString('base64') }]);
    odoo.faults.add({ kind: 'truncated-answer', model: 'ir.attachment', method: 'read', times: 1 });
    await expect(call('ir.attachment', 'read', [[id], ['datas']])).rejects.toThrow(/terminated|fetch failed|JSON/u);
    await expect(call('ir.attachment', 'read', [[id], ['datas']])).resolves.toHaveLength(1);
    await odoo.stop();
  });
});
