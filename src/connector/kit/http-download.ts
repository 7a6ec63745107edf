import { createHash } from 'node:crypto';
import { RecordRejectedError, RetriableError } from '../errors.ts';
import type { StoredFile } from '../file-value.ts';
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
 * @throws RetriableError when it breaks off, RecordRejectedError 'file-gone' for 403, 404 and 410 (temporary addresses run out)
 */
export async function* download(request: DownloadRequest): AsyncGenerator<Uint8Array> {
  const idle = new AbortController();
  const idleMs = request.idleMs ?? 60_000;
  let timer = setTimeout(() => idle.abort(), idleMs);
  const touch = (): void => { clearTimeout(timer); timer = setTimeout(() => idle.abort(), idleMs); };
  try {
    const response = await fetch(request.url, {
      method: request.method ?? 'GET', signal: AbortSignal.any([request.signal, idle.signal]),
      ...(request.headers === undefined ? {} : { headers: request.headers }), ...(request.body === undefined ? {} : { body: request.body }),
    });
    if ([403, 404, 410].includes(response.status)) {
      await response.body?.cancel();
      throw new RecordRejectedError({ code: 'file-gone', message: `${request.endpoint}: the file is not there (any more) (HTTP status ${response.status}).`, rejections: [] });
    }
    const error = errorForOutcome({ kind: 'answered', status: response.status, retryAfterMs: null }, 'read', request.endpoint);
    if (error !== null || !response.ok || response.body === null) {
      await response.body?.cancel();
      throw error ?? new RetriableError({ code: `http-${response.status}`, message: `${request.endpoint}: the file did not come (HTTP status ${response.status}).` });
    }
    for await (const chunk of response.body) {
      touch();
      yield chunk;
    }
  } catch (error) {
    if (error instanceof RetriableError || error instanceof RecordRejectedError) throw error;
    throw new RetriableError({ code: idle.signal.aborted ? 'timed-out' : 'lost', message: `${request.endpoint}: the file broke off.`, cause: error });
  } finally {
    clearTimeout(timer);
  }
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
