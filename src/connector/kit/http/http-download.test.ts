import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RecordRejectedError, RetriableError } from '../../errors.ts';
import { digestOf, download } from './http-download.ts';

const body = Buffer.alloc(3_000_000, 'portolan ');
const seen: { path: string; authorization: string | undefined }[] = [];
let servers: Server[] = [];
let [own, other] = ['', ''];

async function listen(answer: Parameters<typeof createServer>[1]): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((done) => { server.listen(0, '127.0.0.1', done); });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

beforeAll(async () => {
  other = await listen((request, response) => {
    seen.push({ path: `other${request.url ?? ''}`, authorization: request.headers.authorization });
    response.end('elsewhere');
  });
  own = await listen((request, response) => {
    seen.push({ path: request.url ?? '', authorization: request.headers.authorization });
    if (request.url === '/gone') response.writeHead(410).end();
    else if (request.url === '/moved') response.writeHead(302, { location: `${other}/file` }).end();
    else if (request.url === '/broken') { response.writeHead(200, { 'content-length': String(body.length) }); response.write(body.subarray(0, 1000), () => response.destroy()); }
    else if (request.url === '/silent') response.writeHead(200).write('a');
    else response.writeHead(200, { connection: 'close' }).end(body); // as Odoo 14 does after every answer
  });
});
afterAll(async () => {
  await Promise.all(servers.map((server) => new Promise<void>((done) => { server.close(() => done()); server.closeAllConnections(); })));
  servers = [];
});

const from = (path: string, more: Partial<Parameters<typeof download>[0]> = {}): AsyncGenerator<Uint8Array> => download({ url: `${own}${path}`, endpoint: 'test', signal: new AbortController().signal, ...more });

describe('a download', () => {
  it('is whole for a slow reader, though the server closes the connection behind it, and the reader\'s time is not the server\'s', async () => {
    let size = 0;
    for await (const chunk of from('/file', { idleMs: 40 })) {
      size += chunk.length;
      if (size < 1_000_000) await pause(60);
    }
    expect(size).toBe(body.length);
    expect((await digestOf(from('/file'))).size).toBe(body.length);
  }, 30_000);

  it('follows a redirect to another host without the headers of its own', async () => {
    expect((await digestOf(from('/moved', { headers: { authorization: 'Bearer secret' } }))).size).toBe('elsewhere'.length);
    expect(seen.slice(-2)).toEqual([{ path: '/moved', authorization: 'Bearer secret' }, { path: 'other/file', authorization: undefined }]);
  });

  it('that breaks off, falls silent or is gone says so', async () => {
    await expect(digestOf(from('/broken'))).rejects.toThrow(RetriableError);
    await expect(digestOf(from('/silent', { idleMs: 50 }))).rejects.toMatchObject({ code: 'timed-out' });
    await expect(digestOf(from('/gone'))).rejects.toThrow(RecordRejectedError);
  });
});
