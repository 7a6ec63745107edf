import type { CheckResult } from '../../connector/check-result.ts';
import type { DestinationCheckRequest } from '../../connector/destination.ts';
import type { IntercomClient } from './client.ts';
import type { Kinds } from './kinds.ts';
import { attributeRecord } from './objects/attributes.ts';
import { askProbe, scopeProbes } from './scope-probes.ts';
import type { IntercomSettings } from './settings.ts';
import { objectIn, textOf } from './values.ts';

/** What a development workspace holds; the oldest above it are archived. */
const DEVELOPMENT_CONTACTS = 20;

/** Readiness of a workspace for the objects a plan writes. Changes nothing: what asks for rights to write names records that cannot exist. */
export async function checkIntercom(client: IntercomClient, kinds: Kinds, request: DestinationCheckRequest, settings: Pick<IntercomSettings, 'region' | 'ticketType' | 'retainMetrics' | 'version'>, signal: AbortSignal): Promise<readonly CheckResult[]> {
  const { region } = settings;
  const me = await client.call({ method: 'GET', path: '/me', endpoint: 'me' });
  const app = objectIn(me['app']);
  const stated = (textOf(app['region']) ?? '').toLowerCase();
  const results: CheckResult[] = [
    passed('intercom-token', 'Access token', `Belongs to ${textOf(me['name']) ?? 'an admin'}.`),
    passed('intercom-workspace', 'Workspace', `${textOf(app['name']) ?? '(no name)'} (${textOf(app['id_code']) ?? '?'}), region ${textOf(app['region']) ?? 'not stated'}.`),
    passed('intercom-version', 'API version', `${client.version}.`),
  ];
  const limit = client.statedLimit();
  results.push(limit === null
    ? { name: 'rate-limit', title: 'Rate limit', result: 'warning', message: 'The answers state no limit.', remedy: 'The run slows down at the first refusal (429). Check that no proxy takes the headers X-RateLimit-… away.' }
    : passed('rate-limit', 'Rate limit', `${limit} calls in 10 seconds, shared with the other private apps of the workspace; at that pace ${(limit * 360).toLocaleString('en')} calls an hour.`));
  if (region !== undefined && stated !== '' && stated !== region) {
    results.push({ name: 'region', title: 'Region', result: 'failed', message: `The settings say region ${region}, the workspace is in ${stated}.`, remedy: `Set region to ${stated}.`, kind: 'configuration' });
  }
  const mapped = mappedObjects(request, settings.ticketType);
  for (const probe of scopeProbes({ version: client.version, objects: mapped, createsFields: request.createsFields, actor: textOf(me['id']) ?? '0', retainMetrics: settings.retainMetrics })) {
    if (probe.needed) results.push(await askProbe(client, probe, signal));
  }
  if (settings.version === 'Preview') results.push(await previewCheck(client));
  const contacts = results.find(({ name, result }) => name === 'reads-contacts' && result === 'passed');
  if (contacts !== undefined && Number.parseInt(contacts.message, 10) <= DEVELOPMENT_CONTACTS) {
    results.push({
      name: 'development-workspace', title: 'Development workspace', result: 'warning', message: `The workspace has ${DEVELOPMENT_CONTACTS} contacts or fewer: it may be a development workspace, which no call tells. Those archive the oldest contacts above ${DEVELOPMENT_CONTACTS} by themselves, with their conversations.`,
      remedy: `Move at most ${DEVELOPMENT_CONTACTS} people to a development workspace (a sample run), everything to a real one.`,
    });
  }
  if (!client.features.conversationAttributes && mapped.includes('conversation_settings')) results.push(...await attributesByHand(client, kinds, request));
  results.push({
    name: 'workflows-off', title: 'Workflows, Fin and CSAT', result: 'warning', message: 'Whether records made by the API start workflows is not documented, and no call can tell or stop them.',
    remedy: 'Before the run: switch off workflows, Fin and CSAT surveys, or give their triggers an exception for the import. Tick it off on the checklist.',
  });
  const missing = request.objects.filter((object) => !kinds.has(object));
  if (missing.length > 0) results.push({ name: 'objects-known', title: 'Objects', result: 'failed', message: `Not known here: ${missing.join(', ')}.`, remedy: 'Correct the plan.', kind: 'configuration' });
  return results;
}

function passed(name: string, title: string, message: string): CheckResult {
  return { name, title, result: 'passed', message, remedy: null };
}

/** Of the objects of the route those that this migration stands for: by its plan, and before there is one by the settings. */
function mappedObjects({ objects, mapped }: DestinationCheckRequest, ticketType: string | undefined): readonly string[] {
  return mapped ?? objects.filter((object) => ticketType !== undefined || !object.startsWith('ticket'));
}

/** Conversation attributes that the plan wants, that no call makes, and that nobody has made: each with what to choose there. */
async function attributesByHand(client: IntercomClient, kinds: Kinds, { createsFields, newFields }: DestinationCheckRequest): Promise<readonly CheckResult[]> {
  const [name, title] = ['attributes-by-hand', 'Conversation attributes'];
  const where = 'Settings > Data > Conversations';
  if (newFields === undefined) return createsFields ? [{ name, title, result: 'warning', message: `Version ${client.version} makes no conversation attributes.`, remedy: `Make those of the plan in Intercom (${where}), leave them out (the plan asks), or set version to 2.16.` }] : [];
  kinds.attributes.forget();
  const there = new Set((await kinds.attributes.fields('conversation')).map((field) => field.name));
  const missing = newFields.filter((field) => field.object === 'conversation_settings' && !there.has(field.name));
  if (missing.length === 0) return [passed(name, title, `Version ${client.version} makes none, and the plan needs none that is not there.`)];
  const words = missing.map((field) => { const { data_type: type, options } = attributeRecord(field); return `${field.name} (${String(type)}${Array.isArray(options) && options.length > 0 ? `: ${options.join(', ')}` : ''})`; });
  return [{ name, title, result: 'failed', kind: 'configuration', message: `Version ${client.version} makes no conversation attributes, and ${missing.length} of the plan ${missing.length === 1 ? 'is' : 'are'} not there: ${words.join('; ')}.`, remedy: `Make them in Intercom (${where}) with exactly these names, types and options; or leave them out (\`portolan decide <project>\`: attributes-by-hand; discover and propose where the plan does not ask yet); or set version to 2.16.` }];
}

/** Whether the workspace answers to what the settings ask for. */
async function previewCheck(client: IntercomClient): Promise<CheckResult> {
  const [name, title] = ['intercom-preview', 'Preview version'];
  const found = await client.preview();
  if (found !== null) return passed(name, title, `The workspace answers to it; it is used for the priority of conversations alone, everything else goes in ${client.version}.`);
  return { name, title, result: 'failed', message: 'The workspace does not answer to the Preview version of the API.', remedy: 'Set version to 2.16, then discover and propose again: priority becomes an attribute.', kind: 'configuration' };
}
