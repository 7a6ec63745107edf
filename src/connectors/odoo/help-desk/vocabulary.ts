import { AuthenticationError, PortolanError } from '../../../connector/errors.ts';
import type { Json, JsonObject } from '../../../connector/json.ts';
import { distinctTargets, type HelpDesk } from './desk.ts';
import { listedFiles } from './listed-files.ts';
import { helpDeskObject } from './objects.ts';
import { readObject } from './read-objects.ts';

/** Rows of one kind of fact at most: lists for people, not records. */
const MOST = 2_000;

/** What plans ask about and documents list, one by one: stages, teams, agents, tags, policies, large and risky files, automations. */
export async function helpDeskFacts(desk: HelpDesk): Promise<JsonObject> {
  const assigned = await distinctTargets(desk.client, 'helpdesk.ticket', [], 'user_id');
  return {
    helpDeskStages: [...await rows(desk, 'stage', ['name', 'sequence', 'closing', 'team_ids'])],
    helpDeskTeams: [...await rows(desk, 'team', ['name', 'active', 'alias_name', 'alias_domain', 'use_sla', 'auto_assignment', 'assign_method', 'auto_close_ticket', 'stage_ids', 'member_ids'])],
    helpDeskTags: [...await rows(desk, 'tag', ['name', 'active'])],
    helpDeskSlas: [...await rows(desk, 'sla', ['name', 'active', 'days', 'hours', 'priority', 'team_id', 'team_ids', 'stage_id', 'stage_ids'])],
    agents: (await rows(desk, 'user', ['name', 'login', 'email', 'active'])).map((row) => ({ ...row, assigned: assigned.has(Number(row['id'])) })),
    ...await filesOrNot(desk),
    automations: await automations(desk),
    ticketsWithoutPartner: await desk.client.read('helpdesk.ticket', 'search_count', { domain: [['partner_id', '=', false]] }),
  };
}

async function rows(desk: HelpDesk, name: string, fields: readonly string[]): Promise<readonly JsonObject[]> {
  const object = helpDeskObject(name);
  const found: JsonObject[] = [];
  if (object !== undefined) for await (const page of readObject(desk, object, { after: 0, pageSize: 500, scope: null })) found.push(...page.records.map(({ id, data }) => ({ id, ...Object.fromEntries(fields.map((field) => [field, data[field] ?? null])) })));
  return found;
}

/** What there is of files; null = this user may not look. */
async function filesOrNot(desk: HelpDesk): Promise<JsonObject> {
  const found = await orNull(() => listedFiles(desk));
  return found === null ? { files: null, largeFiles: null, riskyFiles: null, linkedFiles: null } : found as JsonObject;
}

/** Automated actions on tickets, and mail aliases that make tickets: to be rebuilt. Null = not readable for this user. */
async function automations({ client, models }: HelpDesk): Promise<Json> {
  const actions = await models.fieldsOrNull('base.automation') === null ? [] : await orNull(async () => (await client.read('base.automation', 'search_read', { domain: [['model_id.model', '=', 'helpdesk.ticket']], fields: ['name', 'trigger', 'active'], order: 'id', limit: MOST }) as readonly JsonObject[])
    .map((row) => ({ kind: 'automated action', name: String(row['name']), details: String(row['trigger'] ?? ''), active: row['active'] === true })));
  const aliases = await models.fieldsOrNull('mail.alias') === null ? [] : await orNull(async () => (await client.read('mail.alias', 'search_read', { domain: [['alias_model_id.model', '=', 'helpdesk.ticket'], ['alias_name', '!=', false]], fields: ['alias_name', 'display_name'], order: 'id', limit: MOST }) as readonly JsonObject[])
    .map((row) => ({ kind: 'mail alias', name: String(row['display_name'] ?? row['alias_name']), details: 'mail to it makes a ticket', active: true })));
  return actions === null && aliases === null ? null : [...(Array.isArray(actions) ? actions : []), ...(Array.isArray(aliases) ? aliases : [])];
}

/** What this user or this server does not answer is not known, and never guessed. */
async function orNull(ask: () => Promise<Json>): Promise<Json> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof AuthenticationError || (error instanceof PortolanError && ['missing-model', 'refused', 'unexpected-fault', 'unknown-field'].includes(error.code))) return null;
    throw error;
  }
}
