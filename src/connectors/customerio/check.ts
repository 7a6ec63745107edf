import type { CheckResult } from '../../connector/check-result.ts';
import type { CustomerioClient } from './client.ts';
import type { CustomerioSettings } from './settings.ts';
import { allWorkspaces, findWorkspace } from './workspace.ts';
import { rowsIn } from './values.ts';

const everybody = { filter: { and: [{ attribute: { field: 'cio_id', operator: 'exists' } }] } };

/** Scopes that the objects need, asked for with the cheapest call of each. */
const probes = [
  { name: 'reads-people', title: 'People', call: { path: '/customers', query: { limit: '1' }, body: everybody, endpoint: 'customers.search' } },
  { name: 'reads-segments', title: 'Segments', call: { path: '/segments', endpoint: 'segments' } },
  { name: 'reads-campaigns', title: 'Campaigns', call: { path: '/campaigns', endpoint: 'campaigns' } },
  { name: 'reads-newsletters', title: 'Newsletters', call: { path: '/newsletters', query: { limit: '1' }, endpoint: 'newsletters' } },
  { name: 'reads-deliveries', title: 'Deliveries', call: { path: '/messages', query: { limit: '1' }, endpoint: 'messages' } },
  { name: 'reads-events', title: 'Events', call: { path: '/activities', query: { limit: '1' }, endpoint: 'activities' } },
  { name: 'reads-objects', title: 'Object types', call: { path: '/object_types', endpoint: 'object_types' } },
  { name: 'reads-optouts', title: 'Opt-outs of SMS and WhatsApp', call: { path: '/optouts', query: { limit: '1' }, endpoint: 'optouts' } },
  { name: 'reads-suppression', title: 'Suppressed addresses', call: { path: '/esp/suppression/bounces', query: { limit: '1' }, endpoint: 'esp.suppression' }, mayBeAbsent: true },
] as const;

/** Readiness of a workspace as a source. Reads only. */
export async function checkCustomerio(client: CustomerioClient, settings: CustomerioSettings): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = [];
  const key = await client.ask({ path: '/workspaces', endpoint: 'workspaces' });
  if ('fault' in key) {
    const scope = key.fault.status === 403;
    results.push({ name: 'app-key', title: 'App API key', result: 'failed', message: `Customer.io refuses: ${key.fault.detail}.`, remedy: scope ? 'Give the key the scope for workspaces, or allow this machine\'s address (Account Settings > API Credentials).' : 'Take an App API key of this workspace and region; a Track API key does not work.', kind: 'authentication' });
    return results;
  }
  results.push(passed('app-key', 'App API key', 'Accepted.'), passed('region', 'Region', client.region === null ? `${client.origin}.` : client.region.toUpperCase() + '.'));
  const workspace = await findWorkspace(client, settings.workspace);
  if (workspace === null) {
    const names = (await allWorkspaces(client)).map((one) => `${one.id ?? '?'} (${one.name ?? 'no name'})`).join(', ');
    results.push({ name: 'workspace', title: 'Workspace', result: settings.workspace === undefined ? 'warning' : 'failed', message: `The account has the workspaces ${names}; which of them the key belongs to no call tells.`, remedy: 'Set workspace to its number or name, so that counts can be compared.', kind: 'configuration' });
  } else results.push(passed('workspace', 'Workspace', `${workspace.name ?? workspace.id ?? '?'}: ${workspace.people ?? '?'} people, ${workspace.objects ?? '?'} objects (up to two hours old).`));
  for (const probe of probes) {
    const answer = await client.ask(probe.call);
    if ('body' in answer) results.push(passed(probe.name, probe.title, 'Can be read.'));
    else if ('mayBeAbsent' in probe && [400, 404, 422].includes(answer.fault.status)) results.push({ name: probe.name, title: probe.title, result: 'warning', message: `The workspace gives no such list: ${answer.fault.detail}.`, remedy: 'Where mails go out by a provider of one\'s own, ask that provider for its suppression list and give it as suppressionPath.' });
    else results.push({ name: probe.name, title: probe.title, result: 'failed', message: `Customer.io refuses: ${answer.fault.detail}.`, remedy: 'Give the App API key the scope for it (Account Settings > API Credentials).', kind: 'authentication' });
  }
  results.push(await segmentsBuilt(client), ...limits(client, settings));
  return results;
}

async function segmentsBuilt(client: CustomerioClient): Promise<CheckResult> {
  const answer = await client.ask({ path: '/segments', endpoint: 'segments' });
  const building = 'body' in answer ? rowsIn(answer.body['segments']).filter((row) => row['state'] !== 'finished' && row['state'] !== undefined) : [];
  if (building.length === 0) return passed('segments-built', 'Segments are built', 'No segment is being rebuilt.');
  return { name: 'segments-built', title: 'Segments are built', result: 'warning', message: building.length === 1 ? 'A segment is being built: its members are those of before.' : `${building.length} segments are being built: their members are those of before.`, remedy: 'Wait until Customer.io has finished, then run.' };
}

function limits(client: CustomerioClient, settings: CustomerioSettings): readonly CheckResult[] {
  const results: CheckResult[] = [];
  if (client.slowed() > 0) results.push({ name: 'rate-in-use', title: 'Rate', result: 'warning', message: `Customer.io asked ${client.slowed()} times to slow down: other programs use the workspace's 10 calls a second.`, remedy: 'Lower callsPerSecond, or pause the other programs for the run.' });
  else results.push(passed('rate-in-use', 'Rate', `${settings.callsPerSecond} calls a second of the workspace's 10; nothing was refused.`));
  if (settings.eventsPath === undefined) results.push({ name: 'event-history', title: 'History of events', result: 'warning', message: 'The API keeps 30 days of events.', remedy: 'Give an archive of the older ones (eventsPath), or agree that they stay behind.' });
  else results.push(passed('event-history', 'History of events', 'An archive is given.'));
  if (settings.suppressionPath === undefined) results.push({ name: 'suppressed-people', title: 'Suppressed people', result: 'warning', message: 'No call lists people who were suppressed.', remedy: 'Export the list in Customer.io and give it (suppressionPath), so that nobody of them is mailed again.' });
  else results.push(passed('suppressed-people', 'Suppressed people', 'A list is given.'));
  if (settings.exports !== 'off') results.push({ name: 'exports-show', title: 'Exports', result: 'warning', message: 'Exports that are asked for show up in the workspace\'s list of exports, under the owner of the key.', remedy: 'Tell the people of the workspace, or set exports to off.' });
  return results;
}

function passed(name: string, title: string, message: string): CheckResult {
  return { name, title, result: 'passed', message, remedy: null };
}
