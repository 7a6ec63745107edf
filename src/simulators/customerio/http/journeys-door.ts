import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from './listener.ts';
import type { Json } from '../call.ts';
import { Problem } from '../problem.ts';
import { campaigns } from '../world/content.ts';
import { extraName } from '../world/attributes.ts';
import { objectTypes } from '../world/objects.ts';
import { segments } from '../world/segments.ts';
import { eventNames } from '../world/words.ts';
import { workspaceId } from '../world/world.ts';
import { json, send } from './api-door.ts';
import type { Answer, Serving } from './api-door.ts';

export interface JourneysAccess {
  readonly enabled: boolean;
  readonly serviceToken: string;
  /** What no reader may do: ask for more than reading, send anything but GET, touch what queues work. */
  readonly sideEffects: string[];
}

const accessToken = 'eyJpbnZlbnRlZCI6dHJ1ZX0.read-only';
const pageSize = 20;

/** Waits and branches between the steps that send: what the App API does not show. */
function graphOf(id: number): Json {
  const campaign = campaigns.find((one) => one.id === id);
  if (campaign === undefined) throw new Problem(404, 'campaign not found');
  const steps = campaign.actions.flatMap((action, at): readonly Json[] => [
    { id: action.id, type: `${action.type}_action`, name: action.name },
    ...(at + 1 < campaign.actions.length ? [at % 2 === 0 ? { id: action.id + 50, type: 'delay_seconds_action', delay: 86_400 * (at + 1) } : { id: action.id + 50, type: 'conditional_branch_action', conditions: Buffer.from(encodeURIComponent(JSON.stringify([{ type: 'attribute', field: 'plan', operator: 'eq', value: 'free' }]))).toString('base64') }] : []),
  ]);
  const all: readonly Json[] = [...steps, { id: id * 100 + 99, type: 'exit_action' }];
  const edges = all.slice(1).map((step, at) => ({ from: all[at]?.['id'], to: step['id'], type: all[at]?.['type'] === 'conditional_branch_action' ? 'branch' : 'continue', index: 0 }));
  const second = all.filter(({ type }) => type === 'conditional_branch_action').map(({ id: from }) => ({ from, to: id * 100 + 99, type: 'branch', index: 1 }));
  return { campaign: { id, name: campaign.name, type: campaign.type, state: campaign.state, trigger: { type: campaign.type, ...campaign.more } }, actions: all, edges: [...edges, ...second], tags: [] };
}

function listCampaigns(serving: Serving, url: URL): Json {
  const page = Number(url.searchParams.get('page') ?? serving.world.unknowns.journeysFirstPage) - serving.world.unknowns.journeysFirstPage;
  const limit = Math.min(pageSize, Number(url.searchParams.get('limit') ?? pageSize));
  return { campaigns: campaigns.slice(page * limit, (page + 1) * limit).map(({ id, name, type, state }) => ({ id, name, type, state })), meta: { total: campaigns.length, page: page + serving.world.unknowns.journeysFirstPage } };
}

function read(serving: Serving, url: URL): Json {
  if (url.pathname === '/v1/accounts/current') return { account: { id: 42, name: 'Tidewater', data_center: 'us' }, id: 42, data_center: 'us' };
  const [, environment, rest = ''] = /^\/v1\/environments\/(\d+)\/(.+)$/.exec(url.pathname) ?? [];
  if (Number(environment) !== workspaceId) throw new Problem(404, 'not found');
  const [, what = '', id = null] = /^([a-z_]+)(?:\/(\d+))?$/.exec(rest) ?? [];
  switch (what) {
    case 'campaigns': return id === null ? listCampaigns(serving, url) : graphOf(Number(id));
    case 'segments': return { segments: segments.map(({ id: segment, name, conditions }) => ({ id: segment, name, conditions })).filter((segment) => id === null || segment.id === Number(id)) };
    case 'event_names': return { event_names: eventNames.map((name) => ({ name, type: 'event' })) };
    case 'attributes': return { attributes: Array.from({ length: serving.world.sizes.extraAttributes }, (_, at) => ({ name: extraName(at) })) };
    case 'layouts': return { layouts: [{ id: 1, name: 'Default', body: '<html>{{content}}</html>' }] };
    case 'object_types': return { object_types: objectTypes.map((type) => ({ ...type, sent_attributes: ['name'], sent_rel_attributes: ['role'] })) };
    case 'customers_suppression_count': return { count: serving.world.ghosts('suppressed') };
    case 'tags': return { tags: [{ id: 1, name: 'lifecycle' }] };
    default: throw new Problem(404, 'not found');
  }
}

function exchange(access: JourneysAccess, body: string): Answer {
  const form = new URLSearchParams(body);
  if (form.get('grant_type') !== 'client_credentials' || form.get('client_secret') !== access.serviceToken) throw new Problem(401, 'invalid_client');
  if (form.get('scope') !== 'read_only') access.sideEffects.push(`token asked for with scope '${form.get('scope') ?? ''}'`);
  return json(200, { access_token: accessToken, token_type: 'Bearer', expires_in: 3_600, scope: form.get('scope') ?? 'full' });
}

function answerOf(serving: Serving, access: JourneysAccess, request: IncomingMessage, url: URL, body: string): Answer {
  try {
    if (!access.enabled) throw new Problem(404, 'not found');
    if (request.method === 'POST' && url.pathname === '/v1/service_accounts/oauth/token') return exchange(access, body);
    if (request.headers.authorization !== `Bearer ${accessToken}`) throw new Problem(401, 'unauthorized');
    if (request.method !== 'GET') {
      access.sideEffects.push(`${request.method} ${url.pathname}`);
      throw new Problem(403, 'read only');
    }
    if (url.pathname.endsWith('/data_index/events')) { // looks like reading, but queues an export
      access.sideEffects.push(`GET ${url.pathname}`);
      return { status: 204, type: 'application/json', body: '', headers: {} };
    }
    return json(200, read(serving, url));
  } catch (error) {
    if (error instanceof Problem) return json(error.status, error.body, error.headers);
    return json(500, { errors: [{ detail: `simulator error: ${String(error)}`, status: '500' }] });
  }
}

/** The journeys API: the user interface's own, read-only token, page numbers. */
export async function answerJourneys(serving: Serving, access: JourneysAccess, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(request, 1024 * 1024);
  send(response, answerOf(serving, access, request, new URL(request.url ?? '/', 'http://127.0.0.1'), body?.toString('utf8') ?? ''));
}
