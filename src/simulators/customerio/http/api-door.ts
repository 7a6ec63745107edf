import type { IncomingMessage, ServerResponse } from 'node:http';
import { VirtualClock } from '../clock.ts';
import type { Clock } from '../clock.ts';
import { readBody } from './listener.ts';
import type { Body, Json } from '../call.ts';
import type { Exports } from '../exports.ts';
import type { FaultKind, FaultRule, Faults } from '../faults.ts';
import { badRequest, Problem } from '../problem.ts';
import type { RateLimits } from '../rate-limits.ts';
import type { World } from '../world/world.ts';
import { routeOf } from './routes.ts';

/** What the doors stand before. */
export interface Serving {
  readonly world: World;
  readonly clock: Clock;
  readonly limits: RateLimits;
  readonly faults: Faults;
  readonly exports: Exports;
  readonly keys: Set<string>;
  readonly missingScopes: Set<string>;
  readonly latencyMs: number;
  /** Answers so far: 'POST /v1/customers 200' → 3. */
  readonly answers: Map<string, number>;
  readonly urls: { downloads: string };
}

export interface Answer { readonly status: number; readonly type: string; readonly body: string; readonly headers: { readonly [name: string]: string } }
export const json = (status: number, value: unknown, headers: Answer['headers'] = {}): Answer => ({ status, type: 'application/json', body: JSON.stringify(value), headers });
const html = (status: number, title: string): Answer => ({ status, type: 'text/html; charset=utf-8', body: `<!doctype html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`, headers: {} });
const largestBody = 10 * 1024 * 1024;

function parsedBody(body: Buffer | null): Body {
  if (body === null) throw new Problem(413, 'request body too large');
  if (body.length === 0) return {};
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Body;
  } catch { /* answered below */ }
  throw badRequest('the request body is not a JSON object');
}

/** The list of a page: its longest. `ids` and `identifiers` go together. */
function withoutHalf(result: Json): Json {
  const half = (value: unknown): unknown => (Array.isArray(value) ? value.slice(0, Math.floor(value.length / 2)) : value);
  return Object.fromEntries(Object.entries(result).map(([name, value]) => [name, half(value)]));
}

function damaged(result: unknown, url: URL, struck: ReadonlyMap<FaultKind, FaultRule>): unknown {
  const page = result as Json;
  if (struck.has('truncated-page')) return withoutHalf(page);
  if (struck.has('empty-page')) return { ...Object.fromEntries(Object.entries(page).map(([name, value]) => [name, Array.isArray(value) ? [] : value])), ...(url.searchParams.has('start') ? { next: url.searchParams.get('start') } : {}) };
  if (struck.has('duplicated-page') && url.searchParams.has('start')) return { ...page, next: url.searchParams.get('start') };
  return result;
}

function answerOf(serving: Serving, request: IncomingMessage, url: URL, body: Buffer | null, struck: ReadonlyMap<FaultKind, FaultRule>): Answer {
  const { world, clock, limits, exports } = serving;
  const key = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  const routed = routeOf(request.method ?? 'GET', url.pathname);
  if (routed === null) return html(404, 'Page not found – Customer engagement, made easy'); // a typo in a path shows the marketing site
  const headers: { [name: string]: string } = {};
  try {
    if (key === undefined || !serving.keys.has(key)) throw new Problem(401, 'unauthorized', { isOldShape: url.pathname.startsWith('/v1/customers') });
    const blocked = struck.get('rate-limit');
    if (blocked !== undefined) limits.blockedUntil = clock.now() + (blocked.forMs ?? 1_000);
    limits.take(clock.now());
    if (struck.has('missing-scope') || [...serving.missingScopes].some((start) => url.pathname.startsWith(start))) throw new Problem(403, 'the API key does not have the required scope');
    if (struck.has('expired-cursor') && url.searchParams.has('start')) throw badRequest('invalid start parameter', '/query/start');
    const now = Math.floor(clock.now() / 1_000);
    const result = routed.route.handler({ world, now, params: routed.params, query: url.searchParams, body: parsedBody(body), exports, takeBody: () => limits.takeBody(clock.now()), headers, downloadUrl: serving.urls.downloads });
    return json(200, damaged(result, url, struck), headers);
  } catch (error) {
    if (error instanceof Problem) return json(error.status, error.body, error.headers);
    // a mistake of the simulator's own: it says so instead of looking like a fault of the network
    return json(500, { errors: [{ detail: `simulator error: ${error instanceof Error ? error.stack ?? error.message : String(error)}`, status: '500' }] });
  }
}

export function send(response: ServerResponse, answer: Answer, isTruncated = false): void {
  const bytes = Buffer.from(answer.body);
  response.writeHead(answer.status, { 'Content-Type': answer.type, 'Content-Length': bytes.length, ...answer.headers });
  if (isTruncated) response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy());
  else response.end(bytes);
}

const working = (clock: Clock): void => { if (clock instanceof VirtualClock) clock.touch(); };

/** Answers one request to the App API of the workspace's own region, faults included. */
export async function answerApi(serving: Serving, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { clock } = serving;
  working(clock);
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const body = await readBody(request, largestBody);
  const name = routeOf(request.method ?? 'GET', url.pathname)?.route.name ?? `${request.method} unknown`;
  const struck = serving.faults.strike(name);
  const count = (what: string | number): void => void serving.answers.set(`${name} ${what}`, (serving.answers.get(`${name} ${what}`) ?? 0) + 1);
  if (struck.has('reset')) {
    count('reset');
    request.socket.resetAndDestroy();
    return;
  }
  const status = struck.get('http-status');
  const slow = struck.get('slow');
  if (slow !== undefined) await new Promise((resolve) => { setTimeout(resolve, slow.delayMs ?? 1_000).unref(); });
  const answer = status !== undefined ? html(status.status ?? 503, 'Service unavailable') : struck.has('html') ? html(200, 'Sign in') : answerOf(serving, request, url, body, struck);
  if (serving.latencyMs > 0) await clock.sleep(serving.latencyMs);
  working(clock);
  count(answer.status);
  send(response, answer, struck.has('truncated-answer'));
}
