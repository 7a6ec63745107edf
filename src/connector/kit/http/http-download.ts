import { createHash } from 'node:crypto';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { PortolanError, RecordRejectedError, RetriableError } from '../../errors.ts';
import type { StoredFile } from '../../file-value.ts';
import { errorForOutcome } from './http-outcomes.ts';

export interface DownloadRequest {
  readonly url: string;
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Names the download in errors, without the address: addresses of files carry secrets. */
  readonly endpoint: string;
  readonly signal: AbortSignal;
  /** Time without a byte after which it counts as lost. Default 60,000 ms. */
  readonly idleMs?: number;
}

/**
 * Streams the bytes of an answer, never held as a whole. Redirects are followed: files lie on other hosts than the API.
 * Over `node:http`: `fetch` of Node 24 ends the whole process (an assertion of its parser) when a server closes the connection
 * behind a large answer while the reader is slow, as Odoo 14 does after every answer.
 * @throws RetriableError when it breaks off, RecordRejectedError 'file-gone' for 403, 404 and 410 (temporary addresses run out)
 */
export async function* download(request: DownloadRequest): AsyncGenerator<Uint8Array> {
  const idle = new AbortController();
  const idleMs = request.idleMs ?? 60_000;
  const signal = AbortSignal.any([request.signal, idle.signal]);
  // Only the waiting for bytes counts, not what the reader does with them.
  let timer = setTimeout(() => idle.abort(), idleMs);
  let response: IncomingMessage | null = null;
  try {
    response = await ask(request, new URL(request.url), signal, REDIRECTS);
    const status = response.statusCode ?? 0;
    if ([403, 404, 410].includes(status)) throw new RecordRejectedError({ code: 'file-gone', message: `${request.endpoint}: the file is not there (any more) (HTTP status ${status}).`, rejections: [] });
    const error = errorForOutcome({ kind: 'answered', status, retryAfterMs: null }, 'read', request.endpoint);
    if (error !== null || status < 200 || status >= 300) throw error ?? new RetriableError({ code: `http-${status}`, message: `${request.endpoint}: the file did not come (HTTP status ${status}).` });
    for await (const chunk of response) {
      clearTimeout(timer);
      yield chunk as Uint8Array;
      timer = setTimeout(() => idle.abort(), idleMs);
    }
  } catch (error) {
    if (error instanceof PortolanError) throw error;
    throw new RetriableError({ code: idle.signal.aborted ? 'timed-out' : 'lost', message: `${request.endpoint}: the file broke off.`, cause: error });
  } finally {
    clearTimeout(timer);
    response?.destroy();
  }
}

const REDIRECTS = 5;

/** The answer, its body still to be read. The headers of the request stay with its own host: those of a redirect get none. */
async function ask(params: DownloadRequest, url: URL, signal: AbortSignal, redirects: number): Promise<IncomingMessage> {
  const own = url.origin === new URL(params.url).origin;
  const response = await new Promise<IncomingMessage>((answered, failed) => {
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const length = params.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(params.body)) };
    const sent = send(url, { method: params.method ?? 'GET', headers: own ? { ...params.headers, ...length } : {}, signal, agent: false }, answered);
    sent.once('error', failed);
    sent.end(params.body);
  });
  const { statusCode = 0, headers: { location } } = response;
  if (![301, 302, 303, 307, 308].includes(statusCode) || location === undefined || redirects === 0) return response;
  response.destroy();
  return ask({ endpoint: params.endpoint, signal: params.signal, url: params.url, ...(params.headers === undefined ? {} : { headers: params.headers }) }, new URL(location, url), signal, redirects - 1);
}

/** Size and digests of a stream, as a stored file is compared by. */
export async function digestOf(chunks: AsyncIterable<Uint8Array>): Promise<StoredFile> {
  const sha1 = createHash('sha1');
  const sha256 = createHash('sha256');
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.byteLength;
    sha1.update(chunk);
    sha256.update(chunk);
  }
  return { size, sha1: sha1.digest('hex'), sha256: sha256.digest('hex') };
}
