import { setTimeout as pause } from 'node:timers/promises';
import type { CheckResult } from '../../connector/check-result.ts';
import { RateLimitedError, RetriableError } from '../../connector/errors.ts';
import type { JsonObject } from '../../connector/json.ts';
import type { IntercomCall, IntercomClient, IntercomAnswer } from './client.ts';
import type { IntercomSettings } from './settings.ts';

/** What is asked of the workspace, and for which objects of a plan. */
export interface Probe { readonly name: string; readonly title: string; readonly call: IntercomCall; readonly needed: boolean }
export interface ProbeParams {
  readonly version: string;
  readonly objects: readonly string[]; // that the plan writes or matches
  readonly createsFields: boolean;
  readonly actor: string; // id of the admin that the token belongs to
  readonly retainMetrics: IntercomSettings['retainMetrics'];
}

/** No record has this id: ids of contacts are 24 hexadecimal digits, and of assignees 0 means "nobody". */
const NOBODY = '0';

/**
 * One question for each scope that the calls of a plan need. Those that read are lists of one entry. Those that write can change
 * nothing, whatever comes of them: they name a record that cannot exist, and say nothing that could be kept (no value, no text).
 */
export function scopeProbes({ version, objects, createsFields, actor, retainMetrics }: ProbeParams): readonly Probe[] {
  const some = (start: string): boolean => objects.some((object) => object === start || object.startsWith(`${start}_`));
  const [conversations, tickets] = [some('conversation'), some('ticket')];
  const [contacts, companies] = [objects.includes('contact'), objects.includes('company') || objects.includes('contact/companies')];
  const one = { per_page: '1' };
  const reads = (name: string, title: string, needed: boolean, path: string, endpoint: string, query?: Readonly<Record<string, string>>): Probe => ({ name: `reads-${name}`, title, needed, call: { method: 'GET', path, endpoint, ...(query === undefined ? {} : { query }) } });
  const writes = (name: string, title: string, needed: boolean, call: Readonly<{ method: IntercomCall['method']; path: string; endpoint: string; body?: JsonObject; query?: Readonly<Record<string, string>> }>): Probe => ({ name: `writes-${name}`, title, needed, call: { ...call, effect: 'read' } });
  // A note without text: a reply must have one.
  const wordless: JsonObject = { message_type: 'note', type: 'admin', admin_id: actor };
  return [
    reads('contacts', 'Contacts', true, '/contacts', 'contacts.list', one),
    reads('companies', 'Companies', companies, '/companies', 'companies.list', one),
    reads('conversations', 'Conversations', conversations, '/conversations', 'conversations.list', one),
    reads('admins', 'Admins', true, '/admins', 'admins.list'),
    reads('teams', 'Teams', objects.includes('team'), '/teams', 'teams.list'),
    reads('tickets', 'Ticket types', tickets, '/ticket_types', 'ticket_types.list'),
    reads('tags', 'Tags', objects.includes('tag'), '/tags', 'tags.list'),
    reads('attributes', 'Attributes of contacts', contacts, '/data_attributes', 'data_attributes.list', { model: 'contact' }),
    version === '2.15'
      ? reads('conversation-attributes', 'Attributes of conversations', conversations, '/data_attributes', 'data_attributes.list', { model: 'conversation' })
      : reads('conversation-attributes', 'Attributes of conversations', conversations, '/conversations/attributes', 'conversation_attributes.list'),
    writes('contacts', 'Making and changing contacts', contacts, { method: 'PUT', path: `/contacts/${NOBODY}`, endpoint: 'contacts.update', body: {} }),
    writes('companies', 'Making and changing companies', companies, { method: 'PUT', path: `/companies/${NOBODY}`, endpoint: 'companies.update', body: {} }),
    writes('conversations', 'Making and changing conversations', conversations, { method: 'PUT', path: `/conversations/${NOBODY}`, endpoint: 'conversations.update', body: {} }),
    writes('replies', 'Replies to conversations', conversations, { method: 'POST', path: `/conversations/${NOBODY}/reply`, endpoint: 'conversations.reply', body: wordless }),
    writes('conversation-tags', 'Tags of conversations', conversations && objects.includes('tag'), { method: 'POST', path: `/conversations/${NOBODY}/tags`, endpoint: 'conversations.tag', body: { id: NOBODY, admin_id: actor } }),
    writes('tickets', 'Making and changing tickets', tickets, { method: 'PUT', path: `/tickets/${NOBODY}`, endpoint: 'tickets.update', body: {} }),
    writes('ticket-replies', 'Replies to tickets', tickets, { method: 'POST', path: `/tickets/${NOBODY}/reply`, endpoint: 'tickets.reply', body: wordless }),
    writes('attributes', 'Making attributes of contacts', createsFields && contacts, { method: 'PUT', path: `/data_attributes/${NOBODY}`, endpoint: 'data_attributes.archive', body: {} }),
    writes('conversation-attributes', 'Making attributes of conversations', createsFields && conversations && version !== '2.15', { method: 'PUT', path: `/conversations/attributes/${NOBODY}`, endpoint: 'conversation_attributes.update', body: {} }),
    writes('ticket-attributes', 'Making attributes of tickets', createsFields && tickets, { method: 'PUT', path: `/ticket_types/${NOBODY}/attributes/${NOBODY}`, endpoint: 'ticket_attributes.archive', body: {} }),
    writes('metrics', 'Taking conversations out of the reports', conversations && retainMetrics === 'no', { method: 'DELETE', path: `/conversations/${NOBODY}`, endpoint: 'conversations.delete', query: { retain_metrics: 'false' } }),
  ];
}

/** Refusals of what was asked for, which only who may ask gets to see: no such record, nothing said, not in this form. */
const HEARD = new Set([400, 404, 409, 410, 422]);

/** @throws RetriableError, RateLimitedError when a connection that breaks off, or a limit, outlasts the attempts */
export async function askProbe(client: IntercomClient, { name, title, call }: Probe, signal: AbortSignal): Promise<CheckResult> {
  const answer = await askAgain(() => client.ask(call), signal);
  if ('body' in answer) return passed(name, title, wordsOf(call, answer.body));
  const { status, code, message } = answer.fault;
  if (call.method !== 'GET' && HEARD.has(status)) return passed(name, title, 'Allowed: the probe was refused for what it asked, not for who asked.');
  if (status === 403 || status === 401 || call.method === 'GET') {
    return {
      name, title, result: 'failed', message: `Intercom refuses: ${message}`, kind: 'authentication',
      remedy: code === 'api_plan_restricted' ? 'The workspace\'s plan does not include it: upgrade, or leave these objects out of the plan.' : 'Give the app the scope that the message names (Developer Hub > Authentication).',
    };
  }
  return { name, title, result: 'warning', message: `Could not be told: ${message} (HTTP status ${status}).`, remedy: 'Run the check again; if it stays, look at Intercom\'s status page, and at the scopes of the app (Developer Hub > Authentication).' };
}

const ATTEMPTS = 3;

/** A probe changes nothing, so one whose answer is lost is simply put again: a run is not refused for a moment's silence. */
async function askAgain(ask: () => Promise<IntercomAnswer>, signal: AbortSignal): Promise<IntercomAnswer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      if (attempt >= ATTEMPTS || !(error instanceof RateLimitedError || error instanceof RetriableError)) throw error;
      await pause(error instanceof RateLimitedError ? error.retryAfterMs : attempt * 500, undefined, { signal });
    }
  }
}

function wordsOf(call: IntercomCall, body: Extract<IntercomAnswer, { body: unknown }>['body']): string {
  const total = body['total_count'];
  return typeof total === 'number' ? `${total} there now.` : call.method === 'GET' ? 'Can be read.' : 'Allowed.';
}

function passed(name: string, title: string, message: string): CheckResult {
  return { name, title, result: 'passed', message, remedy: null };
}
