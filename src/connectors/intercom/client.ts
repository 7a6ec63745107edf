import type { ConnectionContext } from '../../connector/context.ts';
import { AmbiguousError, FatalError, RateLimitedError } from '../../connector/errors.ts';
import type { FileOpener } from '../../connector/file-value.ts';
import { createHttpClient, type HttpAnswer } from '../../connector/kit/http/http.ts';
import type { HttpEffect } from '../../connector/kit/http/http-outcomes.ts';
import { bodyWithFiles, markFiles } from '../../connector/kit/http/file-body.ts';
import type { JsonObject } from '../../connector/json.ts';
import { featuresOf, PREVIEW, stableVersion, type ApiFeatures } from './api-version.ts';
import { errorForFault, faultIn, type IntercomFault } from './faults.ts';
import { createServerClock, type ServerClock } from './server-clock.ts';
import { regionHosts, type IntercomSettings } from './settings.ts';

export interface IntercomCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string; // '/contacts/6762f0dd'
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: JsonObject;
  /** Names the call in errors and counts, without ids: 'conversations.reply'. */
  readonly endpoint: string;
  /** Default: GET and searches read, all else writes. */
  readonly effect?: HttpEffect;
  /** Opens the `FileValue`s in the body, which go out as base64, streamed. */
  readonly files?: FileOpener;
  /** Another version than the client's: for what only Preview has. */
  readonly version?: string;
}

/** What came of a call: the answer, or the fault that Intercom answered with. */
export type IntercomAnswer = { readonly body: JsonObject } | { readonly fault: IntercomFault };

/** One way to call Intercom: version, budget, limits from the headers, outcomes as errors. Never repeats a call by itself. */
export interface IntercomClient {
  readonly version: '2.16' | '2.15';
  readonly features: ApiFeatures;
  /** The version for calls that only Preview has; null = the workspace does not answer to it, or the settings do not ask for it. Asked once. */
  preview(): Promise<typeof PREVIEW | null>;
  /** Calls in a window of 10 seconds, as the headers of the last answer said; null = no answer said any. */
  statedLimit(): number | null;
  /** The answer, with the faults that the caller wants to judge itself. @throws as `call` for transport troubles. */
  ask(call: IntercomCall): Promise<IntercomAnswer>;
  /** @throws the error that a fault stands for (`faults.ts`), AmbiguousError, RateLimitedError, RetriableError */
  call(call: IntercomCall): Promise<JsonObject>;
  /** All items of a list that is paged by `starting_after`. */
  list(call: Omit<IntercomCall, 'method'>, items: string): Promise<readonly JsonObject[]>;
}

/** Largest page of lists and searches. */
const perPage = 150;

export function createIntercomClient(settings: IntercomSettings, context: ConnectionContext): IntercomClient {
  const clock = createServerClock();
  const http = createHttpClient({ secrets: [settings.token], signal: context.signal, timeoutMs: 60_000, waitMs: (headers) => waitAfter429(windowIn(clock, headers)) });
  const base = settings.url ?? regionHosts[settings.region ?? 'us'];
  const version = stableVersion(settings.version);
  const headers = { authorization: `Bearer ${settings.token}`, accept: 'application/json' };

  let stated: number | null = null;
  const send = async (call: IntercomCall): Promise<{ readonly answer: HttpAnswer; readonly effect: HttpEffect }> => {
    await context.budget.acquire('calls');
    context.countCall(call.endpoint);
    const effect = call.effect ?? (call.method === 'GET' ? 'read' : 'write');
    const marked = call.files === undefined ? { args: call.body ?? null, files: [] } : markFiles(call.body ?? null);
    const query = new URLSearchParams(call.query).toString();
    try {
      const answer = await http({
        url: `${base}${call.path}${query === '' ? '' : `?${query}`}`, method: call.method, effect, endpoint: call.endpoint,
        headers: { ...headers, 'intercom-version': call.version ?? version, ...(call.body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(call.body === undefined ? {} : { body: bodyWithFiles(JSON.stringify(marked.args), marked.files, call.files) }),
      });
      const window = windowIn(clock, answer.headers);
      if (window !== null) {
        stated = window.limit;
        await context.budget.observe?.('calls', window);
      }
      return { answer, effect };
    } catch (error) {
      if (error instanceof RateLimitedError) await context.budget.penalise('calls', error.retryAfterMs);
      throw error;
    }
  };

  let preview: Promise<typeof PREVIEW | null> | null = null;
  const client: IntercomClient = {
    version, features: featuresOf(version),
    preview() {
      const asked = preview ??= settings.version === PREVIEW ? findPreview(client) : Promise.resolve(null);
      asked.catch(() => { preview = null; });
      return asked;
    },
    statedLimit: () => stated,
    async ask(call) {
      const { answer, effect } = await send(call);
      const body = parse(answer.text);
      if (answer.status >= 200 && answer.status < 300) {
        if (body !== null) return { body };
        if (answer.text.trim() === '') return { body: {} }; // deletions answer with nothing
        if (effect === 'write') throw new AmbiguousError({ code: 'unreadable-answer', message: `${call.endpoint}: sent, but the answer cannot be read (HTTP status ${answer.status}); it may have been carried out.` });
        throw new FatalError({ code: 'unreadable-answer', message: `${call.endpoint}: the answer is no JSON object.`, remedy: 'Check that the address is Intercom\'s API and no proxy answers for it.' });
      }
      if (answer.status >= 500 && effect === 'write') throw new AmbiguousError({ code: `http-${answer.status}`, message: `${call.endpoint}: sent, answered with HTTP status ${answer.status}; it may have been carried out.` });
      return { fault: faultIn(answer.status, body) };
    },
    async call(call) {
      const answer = await client.ask(call);
      if ('body' in answer) return answer.body;
      throw errorForFault(answer.fault, call.endpoint);
    },
    async list(call, items) {
      const found: JsonObject[] = [];
      for (let after: string | null = null; ;) {
        const page: JsonObject = await client.call({ ...call, method: 'GET', query: { ...call.query, per_page: String(perPage), ...(after === null ? {} : { starting_after: after }) } });
        found.push(...(Array.isArray(page[items]) ? page[items] as readonly JsonObject[] : []));
        after = nextPage(page);
        if (after === null) return found;
      }
    },
  };
  return client;
}

/** Asks for the workspace itself, which changes nothing and every version has. */
async function findPreview(client: IntercomClient): Promise<typeof PREVIEW | null> {
  const answer = await client.ask({ method: 'GET', path: '/me', endpoint: 'me', version: PREVIEW });
  if ('body' in answer) return PREVIEW;
  if (answer.fault.code !== 'intercom_version_invalid') throw errorForFault(answer.fault, 'me');
  return null;
}

/** `pages.next.starting_after`; null = this was the last page. */
export function nextPage(page: JsonObject): string | null {
  const pages = page['pages'];
  const next = typeof pages === 'object' && pages !== null && !Array.isArray(pages) ? (pages as JsonObject)['next'] : null;
  const after = typeof next === 'object' && next !== null && !Array.isArray(next) ? (next as JsonObject)['starting_after'] : null;
  return typeof after === 'string' && after !== '' ? after : null;
}

/** The limit is the workspace's own and stands in every answer: never a number of ours. Windows of 10 seconds. */
function windowIn(clock: ServerClock, headers: Headers): { readonly limit: number; readonly remaining: number; readonly resetsInMs: number } | null {
  const number = (name: string): number | null => { const text = headers.get(name); return text === null || !/^\d+$/u.test(text.trim()) ? null : Number(text); };
  const now = Date.now();
  clock.note(headers.get('date'), now);
  const [limit, remaining, reset] = [number('x-ratelimit-limit'), number('x-ratelimit-remaining'), number('x-ratelimit-reset')];
  return limit === null || remaining === null || reset === null ? null : { limit, remaining, resetsInMs: Math.max(0, reset * 1000 - clock.now(now)) };
}

/** To the end of the window, but neither at once (our clock may be a little ahead) nor on and on (it may be wrong). */
function waitAfter429(window: { readonly resetsInMs: number } | null): number | null {
  return window === null ? null : Math.min(60_000, Math.max(250, window.resetsInMs));
}

function parse(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as JsonObject : null;
  } catch {
    return null;
  }
}
