import { PortolanError, RetriableError } from '../../errors.ts';
import { errorForOutcome, retryAfterMs, type HttpEffect, type HttpOutcome } from './http-outcomes.ts';
import { makeRedactor } from './redact.ts';
import { followedBody, newProgress, type BodyProgress, type StreamedBody } from './streamed-body.ts';

export interface HttpRequest {
  readonly url: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  /** A streamed body gets more time: `timeoutMs` and one second for each 100 kB. */
  readonly body?: string | StreamedBody;
  /** 'write' = the call may change the other side: a lost answer is ambiguous, never simply repeated. */
  readonly effect: HttpEffect;
  /** Names the call in errors: 'crm.lead.create'. Never a URL with secrets. */
  readonly endpoint: string;
  readonly timeoutMs?: number;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface HttpClientOptions {
  /** Values that must never show in an error. */
  readonly secrets: readonly string[];
  readonly signal: AbortSignal;
  /** Default 120,000 ms, Odoo's own limit for one call. */
  readonly timeoutMs?: number;
  /** Default 256 MiB: an answer that long is a fault, not data. */
  readonly maxAnswerBytes?: number;
  /** Milliseconds to wait after a 429 without `Retry-After`, as headers of the platform's own say; null = they do not. */
  readonly waitMs?: (headers: Headers) => number | null;
}

export type HttpClient = (request: HttpRequest) => Promise<HttpAnswer>;

/** Codes under which Node says that no connection came about, so that nothing was sent. */
const notSentCodes = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT', 'EADDRNOTAVAIL']);
const certificateCodes = /^(CERT_|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|ERR_TLS_CERT)/u;

/**
 * Makes the one function through which a connector speaks HTTP: with a time limit, a size limit, the run's stop signal,
 * and every outcome brought to one error class by the table in `http-outcomes.ts`. Redirects are not followed: a redirected
 * POST would lose its body, so the connector names the right address instead.
 * @throws RetriableError, AmbiguousError, RateLimitedError, ConfigurationError; answers with other statuses are returned.
 */
export function createHttpClient(options: Readonly<HttpClientOptions>): HttpClient {
  const redact = makeRedactor(options.secrets);
  const maxAnswerBytes = options.maxAnswerBytes ?? 256 * 1024 * 1024;
  return async (request) => {
    if (options.signal.aborted) throw new RetriableError({ code: 'stopped', message: `${request.endpoint}: not sent, the run was stopped.` });
    const { body } = request;
    const streamed = body === undefined || typeof body === 'string' ? null : { body, progress: newProgress() };
    const timer = AbortSignal.timeout((request.timeoutMs ?? options.timeoutMs ?? 120_000) + Math.ceil((streamed?.body.bytes ?? 0) / slowestBytesPerMs));
    const place = `${request.endpoint} at ${URL.canParse(request.url) ? new URL(request.url).origin : 'an unusable address'}`;
    const fail = (outcome: HttpOutcome): never => {
      throw errorForOutcome(outcome, request.effect, place) ?? new Error(`no error for ${outcome.kind}`);
    };
    try {
      const response = await fetch(request.url, {
        method: request.method,
        redirect: 'manual',
        signal: AbortSignal.any([options.signal, timer]),
        headers: { ...request.headers, ...(streamed === null ? {} : { 'content-length': String(streamed.body.bytes) }) },
        ...(streamed !== null ? { body: ReadableStream.from(followedBody(streamed.body, streamed.progress)), duplex: 'half' } : typeof body === 'string' ? { body } : {}),
      });
      const text = await readLimited(response, maxAnswerBytes);
      if (text === null) return fail({ kind: 'too-large', detail: `the answer is longer than ${maxAnswerBytes} bytes` });
      const error = errorForOutcome(
        { kind: 'answered', status: response.status, retryAfterMs: retryAfterMs(response.headers.get('retry-after'), Date.now()) ?? options.waitMs?.(response.headers) ?? null },
        request.effect, place,
      );
      if (error !== null) throw error;
      return { status: response.status, headers: response.headers, text };
    } catch (error) {
      if (error instanceof PortolanError) throw error;
      if (streamed !== null && !streamed.progress.complete && !options.signal.aborted) throw cutOff(streamed.progress, streamed.body, place);
      return fail(outcomeOf(error, timer.aborted, options.signal.aborted, redact));
    }
  };
}

/** The slowest line that an upload may have: 100 kB a second. */
const slowestBytesPerMs = 100;

/** The body never got through as a whole, so the call was certainly not carried out. What its source threw goes to the caller as it is. */
function cutOff(progress: BodyProgress, body: StreamedBody, place: string): unknown {
  if (progress.sourceError !== null) return progress.sourceError;
  return new RetriableError({ code: 'cut-off', message: `${place}: the connection ended after about ${progress.sentBytes} of ${body.bytes} bytes of the request.`, remedy: 'If it stays: the server, or a proxy in front of it, may limit the size of a request.' });
}

function outcomeOf(error: unknown, timedOut: boolean, stopped: boolean, redact: (text: string) => string): HttpOutcome {
  const codes: string[] = [];
  const messages: string[] = [];
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 6; at = at.cause, depth += 1) {
    if ('code' in at && typeof at.code === 'string') codes.push(at.code);
    if (at instanceof AggregateError) for (const inner of at.errors) if (inner instanceof Error && 'code' in inner && typeof inner.code === 'string') codes.push(inner.code);
    messages.push(at.message);
  }
  const detail = redact(codes[0] ?? messages.at(-1) ?? 'unknown error');
  if (codes.some((code) => certificateCodes.test(code))) return { kind: 'bad-certificate', detail };
  if (codes.some((code) => notSentCodes.has(code))) return { kind: 'not-sent', detail };
  if (stopped) return { kind: 'stopped', detail: 'the run was stopped' };
  if (timedOut) return { kind: 'timed-out', detail: 'no answer within the time limit' };
  return { kind: 'lost', detail };
}

async function readLimited(response: Response, maxBytes: number): Promise<string | null> {
  if (response.body === null) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
