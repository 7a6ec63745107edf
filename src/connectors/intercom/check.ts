import type { CheckResult } from '../../connector/check-result.ts';
import type { DestinationCheckRequest } from '../../connector/destination.ts';
import type { IntercomClient, IntercomCall } from './client.ts';
import type { Kinds } from './kinds.ts';
import { objectIn, textOf } from './values.ts';

/** What a development workspace holds; the oldest above it are archived. */
const DEVELOPMENT_CONTACTS = 20;

/** Readiness of a workspace for the objects a plan writes. Reads only. */
export async function checkIntercom(client: IntercomClient, kinds: Kinds, request: DestinationCheckRequest, { region, ticketType }: Readonly<{ region?: string | undefined; ticketType?: string | undefined }> = {}): Promise<readonly CheckResult[]> {
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
  const probes: readonly { readonly name: string; readonly title: string; readonly call: IntercomCall; readonly needed: boolean }[] = [
    { name: 'reads-contacts', title: 'Contacts', call: { method: 'GET', path: '/contacts', query: { per_page: '1' }, endpoint: 'contacts.list' }, needed: true },
    { name: 'reads-conversations', title: 'Conversations', call: { method: 'GET', path: '/conversations', query: { per_page: '1' }, endpoint: 'conversations.list' }, needed: request.objects.some((object) => object.startsWith('conversation')) },
    { name: 'reads-admins', title: 'Admins', call: { method: 'GET', path: '/admins', endpoint: 'admins.list' }, needed: true },
    { name: 'reads-teams', title: 'Teams', call: { method: 'GET', path: '/teams', endpoint: 'teams.list' }, needed: request.objects.includes('team') },
    { name: 'reads-tickets', title: 'Ticket types', call: { method: 'GET', path: '/ticket_types', endpoint: 'ticket_types.list' }, needed: ticketType !== undefined && request.objects.some((object) => object.startsWith('ticket')) },
    { name: 'reads-tags', title: 'Tags', call: { method: 'GET', path: '/tags', endpoint: 'tags.list' }, needed: request.objects.includes('tag') },
  ];
  for (const probe of probes.filter((one) => one.needed)) {
    const answer = await client.ask(probe.call);
    if ('body' in answer) {
      const total = answer.body['total_count'];
      results.push(passed(probe.name, probe.title, typeof total === 'number' ? `${total} there now.` : 'Can be read.'));
    } else {
      const plan = answer.fault.code === 'api_plan_restricted';
      results.push({ name: probe.name, title: probe.title, result: 'failed', message: `Intercom refuses: ${answer.fault.message}`, remedy: plan ? 'The workspace\'s plan does not include it: upgrade, or leave these objects out of the plan.' : 'Give the app the scope that the message names (Developer Hub > Authentication).', kind: 'authentication' });
    }
  }
  const contacts = results.find(({ name, result }) => name === 'reads-contacts' && result === 'passed');
  if (contacts !== undefined && Number.parseInt(contacts.message, 10) <= DEVELOPMENT_CONTACTS) {
    results.push({
      name: 'development-workspace', title: 'Development workspace', result: 'warning', message: `The workspace has ${DEVELOPMENT_CONTACTS} contacts or fewer: it may be a development workspace, which no call tells. Those archive the oldest contacts above ${DEVELOPMENT_CONTACTS} by themselves, with their conversations.`,
      remedy: `Move at most ${DEVELOPMENT_CONTACTS} people to a development workspace (a sample run), everything to a real one.`,
    });
  }
  if (request.createsFields && client.version === '2.15') {
    results.push({ name: 'attributes-by-hand', title: 'Conversation attributes', result: 'warning', message: 'Version 2.15 makes no conversation attributes.', remedy: 'Make those of the plan in Intercom first (Settings > Data > Conversations), or set version to 2.16.' });
  }
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
