import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { FileOpener, FileValue } from '../../../connector/file-value.ts';
import type { Json, JsonObject } from '../../../connector/json.ts';
import { quietTestContext } from '../traps/conformance-fixture.ts';
import { openOdooDestination } from '../destination.ts';
import { base64Length, bodyWithFiles, markFiles } from '../../../connector/kit/http/file-body.ts';
import type { OdooClient } from '../client.ts';
import { callsFor, oversize } from '../write/load-files.ts';
import { odooSettingsSchema } from '../settings.ts';
import { encodeCall } from './xml-rpc-codec.ts';

const fileOf = (name: string, size: number): FileValue & JsonObject => ({ $file: name, name, mimeType: null, size, sha1: null, sha256: 'x' });

async function textOf(body: ReturnType<typeof bodyWithFiles>): Promise<string> {
  if (typeof body === 'string') return body;
  const chunks: Uint8Array[] = [];
  for await (const chunk of body.open()) chunks.push(chunk);
  const all = Buffer.concat(chunks);
  expect(all.byteLength).toBe(body.bytes);
  return all.toString('utf8');
}

describe('a request with files', () => {
  it('holds their bytes as base64 wherever they stand, in JSON and in XML, however the source cuts them', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 6 }), { minLength: 1, maxLength: 4 }), fc.string({ unit: 'grapheme' }), async (files, text) => {
      const whole = files.map((chunks) => Buffer.concat(chunks));
      const open: FileOpener = async function* (file) { yield* files[Number(file.$file)] ?? []; };
      const args: Json = { before: text, list: files.map((_, at) => ({ datas: fileOf(String(at), whole[at]?.byteLength ?? 0), name: `ą${text}` })), after: [1, null, true] };
      const marked = markFiles(args);
      const body = bodyWithFiles(JSON.stringify(marked.args), marked.files, open);
      expect(JSON.parse(await textOf(body))).toEqual({ before: text, list: whole.map((bytes) => ({ datas: bytes.toString('base64'), name: `ą${text}` })), after: [1, null, true] });
      const xml = await textOf(bodyWithFiles(encodeCall('load', [marked.args]), marked.files, open));
      for (const bytes of whole) expect(xml).toContain(`<string>${bytes.toString('base64')}</string>`);
    }), { numRuns: 60 });
  });

  it('knows its length before a byte is read', () => {
    for (const [bytes, length] of [[0, 0], [1, 4], [2, 4], [3, 4], [4, 8], [25_000_000, 33_333_336]] as const) expect(base64Length(bytes)).toBe(length);
  });

  it('is cut into calls: large files alone, small ones together, in order, records without files in one', () => {
    const sizes = [100, 200, 20_000_000, 300, 5_000_000, 5_000_000, 5_000_000, 0];
    const calls = callsFor(sizes.map((size, at) => [String(at), fileOf(String(at), size)]), (row) => row);
    expect(calls.map((rows) => rows.map((row) => row[0]))).toEqual([['0', '1'], ['2'], ['3', '4', '5'], ['6', '7']]);
    expect(callsFor(Array.from({ length: 500 }, () => ['text']), (row) => row)).toHaveLength(1);
  });
});

describe('a file above the limit of a protocol', () => {
  it('is known before it is sent: 128 MiB over XML-RPC from 15 on, none over JSON-RPC', () => {
    const client = (door: OdooClient['door'], major: number) => ({ door, version: { major } }) as OdooClient;
    const row = (size: number) => ['name', fileOf('film.mp4', size)];
    expect(oversize(client('xmlrpc', 17), row(100_000_000))).toMatch(/film\.mp4.*too large.*128 MiB/u);
    expect([oversize(client('xmlrpc', 17), row(90_000_000)), oversize(client('xmlrpc', 14), row(200_000_000)), oversize(client('jsonrpc', 17), row(200_000_000)), oversize(client('json2', 19), row(200_000_000))]).toEqual([null, null, null, null]);
  });
});

describe('a server that refuses large requests', () => {
  let server: Server | null = null;
  afterEach(async () => {
    const open = server;
    server = null;
    if (open !== null) await new Promise((resolve) => { open.close(resolve); open.closeAllConnections(); });
  });

  /** Odoo 14's answers as far as the test needs them; a body above `limit` bytes gets 413 and the line is closed. */
  async function serve(limit: number): Promise<{ readonly url: string; readonly loads: string[] }> {
    const loads: string[] = []; // names of the files of each load, and what was taken back
    const listening = createServer((request, response) => {
      if (Number(request.headers['content-length']) > limit) {
        response.writeHead(413, { connection: 'close' });
        response.end('<html>too large</html>');
        return;
      }
      let body = '';
      request.on('data', (chunk: Buffer) => { body += chunk.toString('utf8'); });
      request.on('end', () => {
        const result = request.url === '/web/version' ? null : answer(JSON.parse(body) as Call, loads);
        response.writeHead(result === null ? 404 : 200, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ jsonrpc: '2.0', id: 1, result }));
      });
    });
    server = listening;
    await new Promise<void>((resolve) => { listening.listen(0, '127.0.0.1', resolve); });
    return { url: `http://127.0.0.1:${(listening.address() as AddressInfo).port}`, loads };
  }
  interface Call { readonly params: { readonly method: string; readonly args: readonly Json[] } }
  function answer({ params }: Call, loads: string[]): Json {
    if (params.method === 'version') return { server_version_info: [14, 0, 0, 'final', 0, ''] };
    if (params.method === 'authenticate') return 2;
    const [, , , model, method, list] = params.args as [Json, Json, Json, string, string, readonly Json[]];
    if (method === 'fields_get') return Object.fromEntries([['name', 'char'], ['datas', 'binary']].map(([name, type]) => [name, { type, string: name }]));
    if (method === 'search_read') return [];
    if (method === 'unlink') {
      loads.push(`unlink ${String(list[0])}`);
      return true;
    }
    if (method !== 'load') throw new Error(`not expected: ${String(model)}.${method}`);
    const rows = list[1] as readonly (readonly string[])[];
    loads.push(rows.map((row) => row[2]).join());
    return { ids: rows.map((_, at) => loads.length * 10 + at), messages: [] };
  }
  const open = (url: string) => openOdooDestination(odooSettingsSchema.parse({ url, database: 'acme', user: 'a', password: 'b', door: 'jsonrpc' }), quietTestContext());
  const content: FileOpener = async function* (file) { for (let left = file.size; left > 0; left -= 65_536) yield new Uint8Array(Math.min(left, 65_536)); };

  it('has the one file named that is too large, with what to do, and none of the call stands', async () => {
    const { url, loads } = await serve(2_000_000);
    const destination = await open(url);
    const files = [fileOf('a.bin', 1_000), fileOf('b.bin', 1_400_000), fileOf('c.bin', 1_400_000), fileOf('large.bin', 1_600_000)];
    const request = { object: 'ir.attachment', files: content, looked: true, records: files.map((file) => ({ key: file.name, values: { name: file.name, datas: file } })) };
    await expect(destination.create(request)).rejects.toMatchObject({ code: 'request-too-large', rejections: [{ index: 3, code: 'request-too-large', message: expect.stringContaining("the file 'large.bin'") }] });
    expect(loads).toEqual(['a.bin,b.bin', 'c.bin', 'unlink 10,11,20']);
  });
});
