import type { ConnectionContext } from '../../connector/context.ts';
import { AuthenticationError, ConfigurationError, RetriableError } from '../../connector/errors.ts';
import type { Json, JsonObject } from '../../connector/json.ts';
import { createHttpClient } from '../../connector/kit/http/http.ts';
import type { CustomerioClient } from './client.ts';
import { wholeList } from './cursor-pages.ts';
import { journeysHosts, type CustomerioSettings, type Region } from './settings.ts';
import type { Item, SourceObject } from './source-object.ts';
import { idText, objectIn, rowsIn } from './values.ts';
import { findWorkspace } from './workspace.ts';

/** The interface behind Customer.io's own screens: for waits, branches and layouts. GET only, after one exchange of the token. */
interface Journeys { get(path: string, endpoint: string): Promise<JsonObject | null> } // null = 404

/** The token is always narrowed to reading: a token that cannot be is refused before anything is asked. */
export function openJourneys(settings: Readonly<{ token: string; url?: string }>, region: Region, context: ConnectionContext): Journeys {
  const http = createHttpClient({ secrets: [settings.token], signal: context.signal, timeoutMs: 60_000 });
  const origin = settings.url ?? journeysHosts[region];
  let session: Promise<string> | null = null;

  const exchange = async (): Promise<string> => {
    const form = new URLSearchParams({ grant_type: 'client_credentials', client_secret: settings.token, scope: 'read_only' });
    const answer = await send('/v1/service_accounts/oauth/token', 'journeys.token', { 'content-type': 'application/x-www-form-urlencoded' }, form.toString());
    const body = objectIn(parse(answer.text));
    const granted = idText(body['access_token']);
    if (answer.status !== 200 || granted === null) throw new AuthenticationError({ code: 'journeys-token-refused', message: `The journeys API does not take the token (HTTP status ${answer.status}).`, remedy: 'Make a service account token with the read-only box ticked, of the same region, or leave journeysToken out.' });
    if (body['scope'] !== 'read_only') throw new ConfigurationError({ code: 'journeys-not-read-only', message: `The journeys API grants ${JSON.stringify(body['scope'] ?? null)} where read_only was asked for.`, remedy: 'Make a service account token with the read-only box ticked.' });
    return granted;
  };
  const send = async (path: string, endpoint: string, headers: Readonly<Record<string, string>>, body?: string): ReturnType<typeof http> => {
    await context.budget.acquire('calls'); // the screens' own limit is not stated: it shares ours
    context.countCall(endpoint);
    return http({ url: `${origin}${path}`, method: body === undefined ? 'GET' : 'POST', effect: 'read', endpoint, headers: { accept: 'application/json', ...headers }, ...(body === undefined ? {} : { body }) });
  };

  return {
    async get(path, endpoint) {
      for (let attempt = 1; ; attempt += 1) {
        session ??= exchange();
        session.catch(() => { session = null; });
        const answer = await send(path, endpoint, { authorization: `Bearer ${await session}` });
        if (answer.status === 401 && attempt === 1) {
          session = null; // it holds for an hour
          continue;
        }
        if (answer.status === 404) return null;
        if (answer.status === 401 || answer.status === 403) throw new AuthenticationError({ code: 'journeys-refused', message: `${endpoint}: the journeys API refuses (HTTP status ${answer.status}).`, remedy: 'Give the service account the right to read this workspace, or leave journeysToken out.' });
        if (answer.status !== 200) throw new RetriableError({ code: `http-${answer.status}`, message: `${endpoint}: the journeys API answers with HTTP status ${answer.status}.` });
        return objectIn(parse(answer.text));
      }
    },
  };
}

/** Campaigns as graphs: their steps with waits and branches, and the ways between them. Layouts as they are. */
export function journeyObjects(client: CustomerioClient, journeys: Journeys, settings: CustomerioSettings): readonly SourceObject[] {
  const environment = async (): Promise<string> => {
    const workspace = await findWorkspace(client, settings.workspace);
    if (workspace?.id === null || workspace?.id === undefined) throw new ConfigurationError({ code: 'workspace-unknown', message: 'The journeys API asks for the number of the workspace, and the account has several.', remedy: 'Set workspace to its number or name.' });
    return `/v1/environments/${encodeURIComponent(workspace.id)}`;
  };
  const workflows: SourceObject = {
    name: 'campaign_workflow', label: 'Workflows of campaigns', profiled: true, fields: { campaign_id: { refersTo: 'campaign' }, steps: 'json', edges: 'json', campaign: 'json' },
    async *chunks(from) {
      const base = await environment();
      const ids = (await wholeList(client, { path: '/campaigns', endpoint: 'campaigns', items: 'campaigns' })).map((row) => idText(row['id'])).filter((id) => id !== null);
      const first = from === null ? 0 : Math.max(0, ids.indexOf(idText(from) ?? ''));
      for (const id of ids.slice(first)) {
        const body = await journeys.get(`${base}/campaigns/${encodeURIComponent(id)}`, 'journeys.campaign');
        const position = `workflow of campaign ${id}`;
        const item: Item = body === null
          ? { id, code: 'not-in-journeys', message: 'The journeys API does not know this campaign.', position, raw: id }
          : { id, position, data: { campaign_id: id, steps: rowsIn(body['actions']).map(readable), edges: body['edges'] ?? null, campaign: readable(objectIn(body['campaign'])) } };
        yield { at: id, items: [item] };
      }
    },
  };
  const layouts: SourceObject = {
    name: 'layout', label: 'Layouts of mails', profiled: true, fields: { name: 'text', body: 'html', layout: 'json' },
    async *chunks() {
      const body = await journeys.get(`${await environment()}/layouts`, 'journeys.layouts');
      yield { at: 'layouts', items: rowsIn(body?.['layouts']).map((row) => { const id = idText(row['id']) ?? JSON.stringify(row); return { id, position: `layout ${id}`, data: { name: idText(row['name']), body: idText(row['body']), layout: row } }; }) };
    },
  };
  return [workflows, layouts];
}

/** Conditions come as base64 of URL-encoded JSON; what cannot be read so stays as it is. */
function readable(step: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(step).map(([name, value]): [string, Json] => [name, /^(conditions|multi_conditions|filters)$/u.test(name) ? decoded(value) : value]));
}

function decoded(value: Json): Json {
  if (Array.isArray(value)) return value.map(decoded);
  if (typeof value !== 'string' || value === '') return value;
  try {
    return JSON.parse(decodeURIComponent(Buffer.from(value, 'base64').toString('utf8'))) as Json;
  } catch {
    return value;
  }
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}
