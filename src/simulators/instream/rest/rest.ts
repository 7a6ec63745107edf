import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { emptyDetails } from '../details.ts';
import { expectationOf, isListed } from '../expectation-of.ts';
import type { BundleExpectation } from '../expectation.ts';
import { contentOptions } from '../options.ts';
import type { BundleOptions } from '../options.ts';
import { markContacts } from '../records/presence.ts';
import { RestFaults } from './rest-faults.ts';
import type { RestFault } from './rest-faults.ts';
import { pathOf, recordOf } from './rest-objects.ts';
import type { RestRecord } from './rest-objects.ts';
import { pageOf, pagingDescriptor } from './rest-paging.ts';
import type { RestPaging } from './rest-paging.ts';
import { tablesOf } from '../tables.ts';
import { Tally } from '../tally.ts';
import { worldOf } from '../world.ts';

export interface RestOptions {
  /** What it serves; held in memory. Dates are ISO, numbers plain, e-mails and meetings rows, whatever is said here. */
  readonly bundle?: Partial<BundleOptions>;
  /** How a request shows its secret; `name` of the header or query parameter, user of `basic`. Default bearer. */
  readonly auth?: Readonly<{ kind: 'bearer' | 'header' | 'query' | 'basic'; name?: string }>;
  readonly paging?: RestPaging; // default 'page'
  readonly pageSize?: number; // the most that a page has; default 50
  /** Requests above so many in one second are answered 429. Default: no limit. */
  readonly requestsPerSecond?: number;
}

/** A running stand-in for a documented endpoint of somebody's InStream account. */
export interface InstreamRest {
  readonly url: string;
  readonly secret: string;
  readonly expectation: BundleExpectation;
  readonly faults: Pick<RestFaults, 'add' | 'clear'>;
  /** Requests seen so far: `{ 'GET contacts 200': 4, 'GET contacts 429': 1 }`. */
  readonly requests: { readonly [request: string]: number };
  /** The descriptor that leads to it, as JSON; the secret is in the environment variable that it names. */
  descriptor(secretEnv: string): { readonly [name: string]: unknown };
  stop(): Promise<void>;
}

interface Served { readonly columns: readonly string[]; readonly file: string; readonly records: readonly RestRecord[] }

interface Serving {
  readonly options: RestOptions;
  readonly objects: ReadonlyMap<string, Served>;
  readonly faults: RestFaults;
  readonly requests: { [request: string]: number };
  readonly window: { second: number; count: number };
}

const secret = 'rest-secret-of-the-stand-in';

function serve(options: RestOptions): Readonly<{ objects: ReadonlyMap<string, Served>; expectation: BundleExpectation }> {
  const world = worldOf(contentOptions({ ...options.bundle, format: 'csv', dates: 'iso', numbers: 'plain', emailForm: 'csv', meetingForm: 'csv' }));
  const tally = new Tally(isListed(world) ? emptyDetails() : null);
  const marks = markContacts(world);
  const objects = new Map<string, Served>();
  for (const table of tablesOf(world, tally, marks)) {
    objects.set(table.file.replace('.csv', ''), { columns: table.columns, file: table.file, records: [...table.rows].map(({ cells }) => recordOf(table, cells)) });
  }
  return { objects, expectation: expectationOf(world, tally, marks) };
}

function isAllowed({ auth = { kind: 'bearer' } }: RestOptions, request: IncomingMessage, url: URL): boolean {
  const { authorization } = request.headers;
  switch (auth.kind) {
    case 'bearer': return authorization === `Bearer ${secret}`;
    case 'header': return request.headers[(auth.name ?? 'x-api-key').toLowerCase()] === secret;
    case 'query': return url.searchParams.get(auth.name ?? 'api_key') === secret;
    case 'basic': return authorization === `Basic ${Buffer.from(`${auth.name ?? 'api'}:${secret}`).toString('base64')}`;
  }
}

interface Answer { readonly status: number; readonly body: string; readonly headers?: { readonly [name: string]: string } }
const json = (status: number, value: unknown, headers: Answer['headers'] = {}): Answer => ({ status, body: JSON.stringify(value), headers: { 'Content-Type': 'application/json', ...headers } });
const html = (status: number, text: string): Answer => ({ status, body: `<html><body><h1>${text}</h1></body></html>`, headers: { 'Content-Type': 'text/html' } });

function listing({ options, objects }: Serving, object: string, url: URL, repeated: boolean): Answer {
  const served = objects.get(object);
  if (served === undefined) return json(404, { error: `there is no ${object}` });
  const since = url.searchParams.get('updated_since');
  const records = since === null ? served.records : served.records.filter((record) => String(record['updated_at'] ?? '').replace(' ', 'T') >= since);
  const asked = repeated ? new URL(url.origin + url.pathname) : url;
  try {
    const page = pageOf(records, options.paging ?? 'page', options.pageSize ?? 50, asked);
    return json(200, { data: { items: page.items }, meta: page.meta }, page.link === null ? {} : { Link: page.link });
  } catch (error) {
    return json(400, { error: String(error) });
  }
}

function isOverLimit({ options, window }: Serving): boolean {
  const second = Math.floor(Date.now() / 1_000);
  if (window.second !== second) Object.assign(window, { second, count: 0 });
  window.count += 1;
  return options.requestsPerSecond !== undefined && window.count > options.requestsPerSecond;
}

function answerOf(serving: Serving, request: IncomingMessage, url: URL, struck: readonly RestFault[]): Answer {
  const find = (kind: RestFault['kind']): RestFault | undefined => struck.find((fault) => fault.kind === kind);
  const object = url.pathname.replace(/^\/v1\//, '');
  const limited = find('rate-limit');
  if (limited !== undefined || isOverLimit(serving)) return json(429, { error: 'too many requests' }, { 'Retry-After': String(limited?.retryAfterSeconds ?? 1) });
  if (find('server-error') !== undefined) return html(503, 'Service Unavailable');
  if (find('foreign-redirect') !== undefined) return { status: 302, body: '', headers: { Location: `https://elsewhere.example${url.pathname}` } };
  if (find('redirect') !== undefined && !url.searchParams.has('moved')) {
    const moved = new URL(url);
    moved.searchParams.set('moved', '1');
    return { status: 302, body: '', headers: { Location: moved.href } };
  }
  if (request.method !== 'GET') return json(405, { error: 'only GET' }, { Allow: 'GET' });
  if (!isAllowed(serving.options, request, url)) return json(401, { error: 'wrong or missing secret' });
  if (find('not-json') !== undefined) return html(200, 'Please log in');
  return listing(serving, object, url, find('repeated-page') !== undefined);
}

async function handle(serving: Serving, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', `http://${request.headers.host ?? '127.0.0.1'}`);
  const object = url.pathname.replace(/^\/v1\//, '');
  const struck = serving.faults.strike(object);
  if (struck.some(({ kind }) => kind === 'reset')) {
    request.socket.resetAndDestroy();
    return;
  }
  const slow = struck.find(({ kind }) => kind === 'slow');
  if (slow !== undefined) await new Promise((resolve) => { setTimeout(resolve, slow.delayMs ?? 500).unref(); });
  const answer = answerOf(serving, request, url, struck);
  const counted = `${request.method} ${object} ${answer.status}`;
  serving.requests[counted] = (serving.requests[counted] ?? 0) + 1;
  const body = Buffer.from(answer.body);
  response.writeHead(answer.status, { ...answer.headers, 'Content-Length': body.length });
  if (!struck.some(({ kind }) => kind === 'truncated')) response.end(body);
  else response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
}

/**
 * Serves a generated account as JSON over HTTP on 127.0.0.1: `GET /v1/contacts` and so on, one listing per file of a bundle, items under `data.items`.
 * @example
 * const rest = await startInstreamRest({ bundle: { contacts: 60 }, paging: 'cursor' });
 * // … read rest.descriptor('INSTREAM_KEY') with INSTREAM_KEY = rest.secret …
 * await rest.stop();
 */
export async function startInstreamRest(options: RestOptions = {}): Promise<InstreamRest> {
  const { objects, expectation } = serve(options);
  const faults = new RestFaults();
  const requests: { [request: string]: number } = {};
  const serving: Serving = { options, objects, faults, requests, window: { second: 0, count: 0 } };
  const server: Server = createServer((request, response) => {
    handle(serving, request, response).catch((error: unknown) => { response.destroy(error as Error); });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  const auth = options.auth ?? { kind: 'bearer' };
  return {
    url, secret, expectation, faults, requests,
    descriptor: (secretEnv) => ({
      baseUrl: url, auth: { ...auth, secretEnv }, rate: { perSecond: options.requestsPerSecond ?? 50, concurrency: 2 }, paging: pagingDescriptor(options.paging ?? 'page', options.pageSize ?? 50),
      objects: Object.fromEntries([...objects].map(([name, { columns, file }]) => [name, {
        path: `/${name}`, itemsPath: 'data.items', ...(columns.includes('id') ? { idPath: 'id' } : {}), ...(columns.includes('updated_at') ? { updatedParam: 'updated_since' } : {}),
        fields: Object.fromEntries(columns.map((column) => [column, pathOf(file, column)])),
      }])),
    }),
    stop: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}
