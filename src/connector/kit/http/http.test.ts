import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { AmbiguousError, ConfigurationError, RateLimitedError, RecordRejectedError, RetriableError } from '../../errors.ts';
import { createHttpClient, type HttpClientOptions, type HttpRequest } from './http.ts';
import { errorForOutcome, retryAfterMs } from './http-outcomes.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => { for (const close of closers.splice(0)) await close(); });

async function serve(handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(handle);
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  closers.push(() => new Promise((resolve) => { server.close(() => resolve()); server.closeAllConnections(); }));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function ask(url: string, request: Partial<HttpRequest> = {}, options: Partial<HttpClientOptions> = {}): Promise<unknown> {
  const http = createHttpClient({ secrets: [], signal: new AbortController().signal, ...options });
  return http({ url, method: 'POST', body: '{}', effect: 'write', endpoint: 'thing.create', ...request }).then((answer) => ({ status: answer.status, text: answer.text }), (error: unknown) => error);
}

describe('the HTTP client', () => {
  it('delivers answers of the platform, also refusals', async () => {
    const url = await serve((request, response) => { response.statusCode = request.url === '/bad' ? 422 : 200; response.end('said'); });
    expect(await ask(`${url}/good`)).toEqual({ status: 200, text: 'said' });
    expect(await ask(`${url}/bad`)).toEqual({ status: 422, text: 'said' });
  });

  it('streams a body of known length, in one piece for the other side and never held', async () => {
    const got = { length: '', chunked: '', bytes: 0 };
    const url = await serve((request, response) => {
      got.length = String(request.headers['content-length']);
      got.chunked = String(request.headers['transfer-encoding']);
      request.on('data', (chunk: Buffer) => { got.bytes += chunk.byteLength; });
      request.on('end', () => response.end('done'));
    });
    const chunk = new Uint8Array(65_536).fill(97);
    const body = { bytes: 100 * chunk.byteLength, async *open() { for (let at = 0; at < 100; at += 1) yield chunk; } };
    expect(await ask(url, { body })).toEqual({ status: 200, text: 'done' });
    expect(got).toEqual({ length: String(body.bytes), chunked: 'undefined', bytes: body.bytes });
  });

  it('gives the error of a body that breaks off to the caller: the call was not carried out', async () => {
    const url = await serve((request, response) => { request.resume(); request.on('end', () => response.end('done')); });
    const gone = new RecordRejectedError({ code: 'file-gone', message: 'gone', rejections: [] });
    expect(await ask(url, { body: { bytes: 10, async *open() { yield new Uint8Array(5); throw gone; } } })).toBe(gone);
    expect(await ask(url, { body: { bytes: 10, async *open() { yield new Uint8Array(5); } } })).toEqual(new Error('the body ended after 5 of 10 bytes'));
    expect(await ask(url, { body: { bytes: 10, async *open() { yield new Uint8Array(15); } } })).toEqual(new Error('the body is longer than the 10 bytes that were stated'));
  });

  it('knows that a call whose body was cut off was not carried out, and that one whose body went out may have been', async () => {
    const chunk = new Uint8Array(65_536);
    const body = { bytes: 400 * chunk.byteLength, async *open() { for (let at = 0; at < 400; at += 1) yield chunk; } };
    const early = await serve((request) => { request.once('data', () => request.socket.destroy()); });
    expect(await ask(early, { body })).toMatchObject({ code: 'cut-off', constructor: RetriableError });
    const late = await serve((request) => { request.resume(); request.on('end', () => request.socket.destroy()); });
    expect(await ask(late, { body })).toMatchObject({ code: 'lost', constructor: AmbiguousError });
  });

  it('hears a server that refuses a long body before it has all of it', async () => {
    const url = await serve((request, response) => { request.once('data', () => { response.writeHead(413, { connection: 'close' }); response.end('too large'); }); });
    const chunk = new Uint8Array(65_536);
    const body = { bytes: 400 * chunk.byteLength, async *open() { for (let at = 0; at < 400; at += 1) yield chunk; } };
    expect(await ask(url, { body })).toEqual({ status: 413, text: 'too large' });
  });

  it('knows that nothing was sent when nobody listens', async () => {
    const url = await serve(() => {});
    await closers.splice(0)[0]?.();
    expect(await ask(url)).toBeInstanceOf(RetriableError);
    expect(await ask('http://no-such-host.invalid')).toBeInstanceOf(RetriableError);
  });

  it('calls a write whose connection broke ambiguous, and tries a read again', async () => {
    const url = await serve((request) => { request.socket.destroy(); });
    expect(await ask(url)).toBeInstanceOf(AmbiguousError);
    expect(await ask(url, { effect: 'read' })).toBeInstanceOf(RetriableError);
  });

  it('calls a write whose answer was cut off ambiguous', async () => {
    const url = await serve((_, response) => { response.setHeader('content-length', '100'); response.write('{"result"'); setTimeout(() => response.destroy(), 10); });
    expect(await ask(url)).toBeInstanceOf(AmbiguousError);
  });

  it('gives up after the time limit', async () => {
    const url = await serve(() => {});
    const error = await ask(url, { timeoutMs: 50 });
    expect(error).toBeInstanceOf(AmbiguousError);
    expect((error as AmbiguousError).code).toBe('timed-out');
  });

  it('does not send once the run was stopped, and calls a stopped write ambiguous', async () => {
    let received = 0;
    const url = await serve(() => { received += 1; });
    const controller = new AbortController();
    const pending = ask(url, {}, { signal: controller.signal });
    await expect.poll(() => received).toBe(1);
    controller.abort();
    expect(await pending).toMatchObject({ name: 'AmbiguousError', code: 'stopped' });
    expect(await ask(url, {}, { signal: controller.signal })).toMatchObject({ name: 'RetriableError', code: 'stopped' });
    expect(received).toBe(1);
  });

  it('obeys Retry-After', async () => {
    const url = await serve((_, response) => { response.statusCode = 429; response.setHeader('retry-after', '7'); response.end(); });
    const error = await ask(url);
    expect(error).toBeInstanceOf(RateLimitedError);
    expect((error as RateLimitedError).retryAfterMs).toBe(7_000);
  });

  it('waits as the platform\'s own headers say where there is no Retry-After', async () => {
    const url = await serve((_, response) => { response.statusCode = 429; response.setHeader('x-reset-in', '3'); response.end(); });
    const error = await ask(url, {}, { waitMs: (headers) => Number(headers.get('x-reset-in')) * 1000 });
    expect((error as RateLimitedError).retryAfterMs).toBe(3_000);
  });

  it('refuses an answer beyond the size limit', async () => {
    const url = await serve((_, response) => { response.end('x'.repeat(10_000)); });
    expect(await ask(url, { effect: 'read' }, { maxAnswerBytes: 1_000 })).toMatchObject({ name: 'RetriableError', code: 'too-large' });
  });

  it('never shows a secret in an error', async () => {
    const error = await ask('http://user:hush-hush@no-such-host.invalid/?key=hush-hush', {}, { secrets: ['hush-hush'] });
    for (let at = error as Error | undefined; at instanceof Error; at = at.cause as Error | undefined) expect(`${at.message} ${JSON.stringify(at)}`).not.toContain('hush-hush');
  });
});

describe('the table of outcomes', () => {
  it.each([[502], [503], [504], [524], [408]])('treats status %i by what the call does', (status) => {
    const outcome = { kind: 'answered', status, retryAfterMs: null } as const;
    expect(errorForOutcome(outcome, 'write', 'x')).toBeInstanceOf(AmbiguousError);
    expect(errorForOutcome(outcome, 'read', 'x')).toBeInstanceOf(RetriableError);
  });
  it.each([[200], [303], [401], [404], [422], [500]])('leaves status %i to the connector', (status) => {
    expect(errorForOutcome({ kind: 'answered', status, retryAfterMs: null }, 'write', 'x')).toBeNull();
  });
  it('names a bad certificate as configuration', () => {
    expect(errorForOutcome({ kind: 'bad-certificate', detail: 'CERT_HAS_EXPIRED' }, 'write', 'x')).toBeInstanceOf(ConfigurationError);
  });
  it('reads seconds and dates', () => {
    expect(retryAfterMs('1.5', 0)).toBe(1_500);
    expect(retryAfterMs('Thu, 01 Jan 1970 00:00:10 GMT', 4_000)).toBe(6_000);
    expect(retryAfterMs('soon', 0)).toBeNull();
    expect(retryAfterMs(null, 0)).toBeNull();
  });
});
