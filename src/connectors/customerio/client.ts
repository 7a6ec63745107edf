import { setTimeout as sleep } from 'node:timers/promises';
import type { ConnectionContext } from '../../connector/context.ts';
import { AuthenticationError, ConfigurationError, FatalError, RateLimitedError, RetriableError } from '../../connector/errors.ts';
import type { Json, JsonObject } from '../../connector/json.ts';
import { createHttpClient, type HttpAnswer } from '../../connector/kit/http/http.ts';
import { errorForFault, faultIn, type CustomerioFault } from './faults.ts';
import { regionHosts, type CustomerioSettings, type Region } from './settings.ts';

export interface CustomerioCall {
  readonly path: string; // '/customers', already encoded
  readonly query?: Readonly<Record<string, string>>;
  /** With a body the call is a POST; every one of them reads. */
  readonly body?: Json;
  /** Names the call in errors and counts, without ids: 'campaigns.actions'. */
  readonly endpoint: string;
  /** Tried once only: where the limit is a day's, waiting does not help. Default false. */
  readonly once?: boolean;
}

export type CustomerioAnswer = { readonly body: JsonObject; readonly headers: Headers } | { readonly fault: CustomerioFault };

/** The App API of one workspace: budget, retries of reads, outcomes as errors. Shared limit of the workspace: 'calls'. */
export interface CustomerioClient {
  readonly region: Region | null; // null = an address of its own
  readonly origin: string;
  /** How often Customer.io asked to slow down since the connection was opened. */
  readonly slowed: () => number;
  /** The answer, or the fault that the caller wants to judge. @throws RetriableError, RateLimitedError when it stays */
  ask(call: CustomerioCall): Promise<CustomerioAnswer>;
  /** @throws the error that a fault stands for (`faults.ts`) */
  call(call: CustomerioCall): Promise<JsonObject>;
}

/** Tries of one read: with pauses of 1, 2 and 4 s it outlasts a short trouble, and the engine goes on from the last page after a long one. */
const tries = 4;
const firstPauseMs = 1000;

/**
 * Opens the client, asking both regions where none is given.
 * @throws AuthenticationError 'key-refused' when no region knows the key
 */
export async function openClient(settings: CustomerioSettings, context: ConnectionContext, hosts: Readonly<Record<Region, string>> = regionHosts): Promise<CustomerioClient> {
  if (settings.url !== undefined) return createClient(settings.url, settings.region ?? null, settings.appKey, context);
  if (settings.region !== undefined) return createClient(hosts[settings.region], settings.region, settings.appKey, context);
  for (const region of ['us', 'eu'] as const) {
    const client = createClient(hosts[region], region, settings.appKey, context);
    const answer = await client.ask({ path: '/workspaces', endpoint: 'workspaces' });
    // A key without the scope for this call is known here all the same: 403.
    if (!('fault' in answer) || answer.fault.status !== 401) return client;
  }
  throw new AuthenticationError({ code: 'key-refused', message: 'Neither the US nor the EU region of Customer.io knows this App API key.', remedy: 'Copy the App API key anew (Account Settings > API Credentials > App API Keys; a Track API key does not work), and check its list of allowed addresses.' });
}

function createClient(origin: string, region: Region | null, key: string, context: ConnectionContext): CustomerioClient {
  const http = createHttpClient({ secrets: [key], signal: context.signal, timeoutMs: 60_000 });
  const headers = { authorization: `Bearer ${key}`, accept: 'application/json' };
  let slowed = 0;

  const send = async (call: CustomerioCall): Promise<HttpAnswer> => {
    const query = new URLSearchParams(call.query).toString();
    for (let attempt = 1; ; attempt += 1) {
      await context.budget.acquire('calls');
      context.countCall(call.endpoint);
      try {
        const answer = await http({
          url: `${origin}/v1${call.path}${query === '' ? '' : `?${query}`}`, method: call.body === undefined ? 'GET' : 'POST', effect: 'read', endpoint: call.endpoint,
          headers: call.body === undefined ? headers : { ...headers, 'content-type': 'application/json' }, ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
        });
        if (answer.status < 500 || attempt === tries || call.once === true) return answer;
      } catch (error) {
        if (call.once === true || context.signal.aborted) throw error;
        if (error instanceof RateLimitedError) {
          slowed += 1;
          await context.budget.penalise('calls', error.retryAfterMs);
          if (attempt === tries) throw error;
          await pause(error.retryAfterMs, context);
          continue;
        }
        if (!(error instanceof RetriableError) || attempt === tries) throw error;
      }
      await pause(firstPauseMs * 2 ** (attempt - 1), context);
    }
  };

  const client: CustomerioClient = {
    region, origin, slowed: () => slowed,
    async ask(call) {
      const answer = await send(call);
      const json = parse(answer.text);
      if (answer.status >= 200 && answer.status < 300) {
        if (json !== null) return { body: json, headers: answer.headers };
        throw new FatalError({ code: 'unreadable-answer', message: `${call.endpoint}: the answer is no JSON object.`, remedy: 'Check that the address is Customer.io\'s App API and that no proxy answers for it.' });
      }
      // A wrong path answers with the HTML of the web site.
      if (json === null && answer.status === 404 && (answer.headers.get('content-type') ?? '').includes('html')) {
        throw new ConfigurationError({ code: 'not-the-api', message: `${call.endpoint}: ${origin} answers with a web page, not with the App API.`, remedy: 'Correct the address; left out, the region\'s own is used.' });
      }
      return { fault: faultIn(answer.status, json) };
    },
    async call(call) {
      const answer = await client.ask(call);
      if ('fault' in answer) throw errorForFault(answer.fault, call.endpoint);
      return answer.body;
    },
  };
  return client;
}

async function pause(milliseconds: number, context: ConnectionContext): Promise<void> {
  try {
    await sleep(milliseconds, undefined, { signal: context.signal });
  } catch (error) {
    throw new RetriableError({ code: 'stopped', message: 'The run was stopped.', cause: error });
  }
}

function parse(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as JsonObject : null;
  } catch {
    return null;
  }
}
