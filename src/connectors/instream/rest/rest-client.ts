import { setTimeout as sleep } from 'node:timers/promises';
import type { ConnectionContext } from '../../../connector/context.ts';
import { AuthenticationError, ConfigurationError, RateLimitedError, RetriableError } from '../../../connector/errors.ts';
import type { Json } from '../../../connector/json.ts';
import { createHttpClient, type HttpAnswer } from '../../../connector/kit/http/http.ts';
import type { RestAuth, RestDescriptor } from './descriptor.ts';
import { Pace } from './pace.ts';

export interface RestAnswer { readonly status: number; readonly body: Json; readonly link: string | null; readonly url: URL }

/** Asks the endpoint for one address; statuses other than 200 to 299 are errors, but for 404, which may end a paging. */
export type RestClient = (url: URL, endpoint: string) => Promise<RestAnswer>;

const maxRedirects = 5;
const attempts = 5;
const longestWaitMs = 60_000;

function authorise(url: URL, auth: RestAuth | null, secret: string): { readonly url: URL; readonly headers: Record<string, string> } {
  const target = new URL(url);
  const headers: Record<string, string> = { accept: 'application/json' };
  if (auth?.kind === 'bearer') headers['authorization'] = `Bearer ${secret}`;
  if (auth?.kind === 'header') headers[auth.name] = secret;
  if (auth?.kind === 'query') target.searchParams.set(auth.name, secret);
  if (auth?.kind === 'basic') headers['authorization'] = `Basic ${Buffer.from(auth.name === undefined ? secret : `${auth.name}:${secret}`, 'utf8').toString('base64')}`;
  return { url: target, headers };
}

/**
 * An address within the endpoint: same host and port, and never from https to http.
 * @throws ConfigurationError 'rest-leaves-host'
 */
export function sameHost(target: string, from: URL, endpoint: string): URL {
  const url = URL.canParse(target, from.href) ? new URL(target, from) : null;
  if (url !== null && url.host === from.host && url.protocol === from.protocol) return url;
  throw new ConfigurationError({ code: 'rest-leaves-host', message: `${endpoint}: the answer of ${from.origin} leads to another address (${url?.origin ?? 'unreadable'}): not followed`, remedy: 'Set baseUrl to the address that really answers, if you trust it.' });
}

/**
 * Makes the one function that speaks to the endpoint: GET only, at the descriptor's pace, redirects on the same host only,
 * answers within the limits of time and size. A 429 waits as long as the answer asks (at most 60 s), other passing failures
 * 0.5 s and doubling, 5 attempts in all.
 * @throws AuthenticationError, ConfigurationError, RetriableError, RateLimitedError
 */
export function createRestClient(descriptor: RestDescriptor, secret: string, context: ConnectionContext, signal: AbortSignal): RestClient {
  const http = createHttpClient({ secrets: secret === '' ? [] : [secret], signal, timeoutMs: descriptor.limits.timeoutMs, maxAnswerBytes: descriptor.limits.answerBytes });
  const pace = new Pace(descriptor.rate, signal);

  const once = (url: URL, endpoint: string): Promise<HttpAnswer> => pace.run(async () => {
    await context.budget.acquire('calls');
    context.countCall(endpoint);
    const call = authorise(url, descriptor.auth, secret);
    return http({ url: call.url.href, method: 'GET', headers: call.headers, effect: 'read', endpoint });
  });

  const patient = async (url: URL, endpoint: string): Promise<HttpAnswer> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const answer = await once(url, endpoint);
        if (answer.status < 500) return answer;
        throw new RetriableError({ code: `http-${answer.status}`, message: `${endpoint} at ${url.origin}: the server failed (status ${answer.status}).`, remedy: 'It was tried again; if it stays, look at the server.' });
      } catch (error) {
        if (signal.aborted || attempt >= attempts || !(error instanceof RateLimitedError || error instanceof RetriableError) || ['too-large', 'stopped'].includes(error.code)) throw error;
        const wait = error instanceof RateLimitedError ? error.retryAfterMs : 500 * 2 ** (attempt - 1);
        if (wait > longestWaitMs) throw error;
        if (error instanceof RateLimitedError) {
          pace.hold(wait);
          await context.budget.penalise('calls', wait);
        } else await sleep(wait, undefined, { signal });
      }
    }
  };

  return async (url, endpoint) => {
    let at = url;
    for (let redirects = 0; ; redirects += 1) {
      const answer = await patient(at, endpoint);
      if (answer.status >= 300 && answer.status < 400) {
        const location = answer.headers.get('location');
        if (location === null || redirects >= maxRedirects) throw new ConfigurationError({ code: 'rest-redirects', message: `${endpoint} at ${at.origin}: ${location === null ? `status ${answer.status} without an address` : `more than ${maxRedirects} redirects`}`, remedy: 'Set baseUrl and path to the address that answers itself.' });
        at = sameHost(location, at, endpoint);
        continue;
      }
      return { status: answer.status, body: bodyOf(answer, at, endpoint), link: answer.headers.get('link'), url: at };
    }
  };
}

function bodyOf(answer: HttpAnswer, url: URL, endpoint: string): Json {
  const place = `${endpoint} at ${url.origin}${url.pathname}`;
  if (answer.status === 404) return null;
  if (answer.status === 401 || answer.status === 403) throw new AuthenticationError({ code: `http-${answer.status}`, message: `${place}: the credential is not accepted (status ${answer.status}).`, remedy: 'Check auth in the descriptor and the secret, and that its user may read this.' });
  if (answer.status < 200 || answer.status >= 300) throw new ConfigurationError({ code: 'rest-refused', message: `${place}: the server refuses the call (status ${answer.status}).`, remedy: 'Check path, query and paging of the object in the descriptor.' });
  try {
    return JSON.parse(answer.text) as Json;
  } catch (cause) {
    throw new ConfigurationError({ code: 'rest-not-json', message: `${place}: the answer is not JSON.`, remedy: 'Set baseUrl and path to an address that answers JSON.', cause });
  }
}
