import type { IncomingMessage, ServerResponse } from 'node:http';
import { tooMany } from '../api/replies.ts';
import type { Body } from '../call.ts';
import { VirtualClock } from '../clock.ts';
import type { FaultRule, Faults } from '../faults.ts';
import { Problem } from '../problem.ts';
import type { RateLimits } from '../rate-limits.ts';
import { atLeast, versionOf } from '../versions.ts';
import type { Workspace } from '../workspace.ts';
import { readBody } from './listener.ts';
import { routeOf } from './routes.ts';
import type { Route } from './routes.ts';

/** What the door to the API stands before. */
export interface Serving {
  readonly workspace: Workspace;
  readonly limits: RateLimits;
  readonly faults: Faults;
  readonly tokens: Set<string>;
  /** Answers so far: 'POST /contacts 409' → 3. */
  readonly answers: Map<string, number>;
  readonly urls: { api: string; downloads: string };
}

interface Answer { readonly status: number; readonly type: string; readonly body: string; readonly headers: { readonly [name: string]: string } }

const json = (status: number, value: unknown, headers: Answer['headers']): Answer => ({ status, type: 'application/json; charset=utf-8', body: JSON.stringify(value), headers });
const page = (status: number): Answer => ({ status, type: 'text/html', body: `<html><head><title>${status}</title></head><body>nginx</body></html>`, headers: {} });

let lastRequest = 0;
function refusal(problem: Problem, headers: Answer['headers']): Answer {
  lastRequest += 1;
  const requestId = problem.withoutRequestId ? null : `00000000-0000-4000-9000-${String(lastRequest).padStart(12, '0')}`;
  return json(problem.status, { type: 'error.list', request_id: requestId, errors: [{ code: problem.code, message: problem.message }] }, { ...headers, ...problem.headers });
}

function parsed(body: Buffer): Body {
  if (body.length === 0) return {};
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Body;
  } catch { /* answered below */ }
  throw new Problem(400, 'bad_request', 'The request body is not a JSON object');
}

function checkRoute({ workspace }: Serving, route: Route, path: string, version: number): void {
  if (route.since !== null && !atLeast(version, route.since)) throw new Problem(400, 'intercom_version_invalid', 'Requested resource is not available in current API version.');
  if (route.scope !== null && workspace.missingScopes.has(route.scope)) throw new Problem(403, 'forbidden', `You do not have the required scope (${route.scope})`);
  if (workspace.options.planRestricted?.some((start) => path.startsWith(start)) === true) throw new Problem(403, 'api_plan_restricted', 'Active subscription needed.');
}

const find = (struck: readonly FaultRule[], kind: FaultRule['kind']): FaultRule | undefined => struck.find((rule) => rule.kind === kind);

/** Authenticates, counts, checks and makes the call. */
function answerOf(serving: Serving, request: IncomingMessage, url: URL, body: Buffer | null, struck: readonly FaultRule[]): Answer {
  const { workspace, urls } = serving;
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined || !serving.tokens.has(token)) return refusal(new Problem(401, 'unauthorized', 'Access Token Invalid'), {});
  let headers: Answer['headers'] = {};
  try {
    if (find(struck, 'rate-limit') !== undefined) {
      const reset = String(Math.ceil(workspace.clock.now() / 10_000) * 10);
      throw new Problem(429, 'rate_limit_exceeded', `Exceeded rate limit of ${serving.limits.limit} in 10_seconds`, { headers: { 'X-RateLimit-Limit': String(serving.limits.limit), 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': reset } });
    }
    headers = serving.limits.take(workspace.clock.now());
    const given = request.headers['intercom-version'];
    const version = versionOf(typeof given === 'string' ? given : undefined, { fallback: workspace.options.defaultVersion ?? '2.11', newest: workspace.options.newestVersion ?? '2.16', hasPreview: workspace.options.preview !== false });
    const routed = routeOf(request.method ?? 'GET', url.pathname);
    if (routed === null) throw new Problem(404, 'not_found', 'The requested path does not exist');
    checkRoute(serving, routed.route, url.pathname, version);
    if (find(struck, 'plan-restricted') !== undefined) throw new Problem(403, 'api_plan_restricted', 'Active subscription needed.');
    if (find(struck, 'missing-scope') !== undefined) throw new Problem(403, 'forbidden', `You do not have the required scope (${routed.route.scope ?? 'unknown'})`);
    if (find(struck, 'throttle') !== undefined) throw tooMany();
    if (body === null) throw new Problem(413, 'client_error', 'Request Entity Too Large');
    const result = routed.route.handler({ workspace, version, params: routed.params, query: url.searchParams, body: parsed(body), baseUrl: urls.api, downloadUrl: urls.downloads });
    return json(200, result, headers);
  } catch (error) {
    if (error instanceof Problem) return refusal(error, headers);
    // a mistake of the simulator's own: it says so instead of looking like a fault of the network
    return json(500, { type: 'error.list', request_id: null, errors: [{ code: 'simulator_error', message: error instanceof Error ? error.stack ?? error.message : String(error) }] }, headers);
  }
}

function send(response: ServerResponse, answer: Answer, truncated: boolean): void {
  const bytes = Buffer.from(answer.body);
  response.writeHead(answer.status, { 'Content-Type': answer.type, 'Content-Length': bytes.length, ...answer.headers });
  if (truncated) response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy());
  else response.end(bytes);
}

const working = ({ clock }: Workspace): void => { if (clock instanceof VirtualClock) clock.touch(); };

/** Answers one request to the API, faults included. */
export async function answerApi(serving: Serving, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { workspace } = serving;
  working(workspace);
  const url = new URL(request.url ?? '/', serving.urls.api);
  const body = await readBody(request, workspace.options.maxBodyBytes ?? 100 * 1024 * 1024);
  const name = routeOf(request.method ?? 'GET', url.pathname)?.route.name ?? `${request.method} unknown`;
  const struck = serving.faults.strike(name);
  const count = (what: string | number): void => void serving.answers.set(`${name} ${what}`, (serving.answers.get(`${name} ${what}`) ?? 0) + 1);
  if (find(struck, 'reset-before-commit') !== undefined) {
    count('reset');
    request.socket.resetAndDestroy();
    return;
  }
  const status = find(struck, 'http-status');
  if (status !== undefined && status.afterCommit !== true) {
    count(status.status ?? 503);
    return send(response, page(status.status ?? 503), false);
  }
  const slow = find(struck, 'slow');
  if (slow !== undefined) await new Promise((resolve) => { setTimeout(resolve, slow.delayMs ?? 1_000).unref(); });
  const answer = answerOf(serving, request, url, body, struck);
  if (workspace.options.latencyMs !== undefined) await workspace.clock.sleep(workspace.options.latencyMs);
  working(workspace);
  if (find(struck, 'reset-after-commit') !== undefined) {
    count('lost');
    request.socket.resetAndDestroy();
    return;
  }
  count(status === undefined ? answer.status : status.status ?? 503);
  send(response, status === undefined ? answer : page(status.status ?? 503), find(struck, 'truncated-answer') !== undefined);
}
