import type { Json, JsonObject } from '../../connector/json.ts';
import type { CutOverInput, RouteCell, RouteDocument, RouteDocumentInput, RouteHandoff } from '../../engine/route-document.ts';
import { adminAddresses, agentsOf } from './agents.ts';
import { priorities } from './attributes.ts';
import { collisions, CUT, isCut, leftOutFiles, missingTeams } from './findings.ts';
import { RECOMMENDED_CAP } from './files.ts';
import { counted, factRows, objectOf } from './lines.ts';

/** What this route hands over besides the documents of every route (scope, field map, reconciliation, verification, rollback). */
export const handoff: RouteHandoff = {
  mappings: ['admins', 'teams', 'tags', 'rating-notes', 'left-out-files'],
  fields: ['id', 'name', 'email', 'ticket_id', 'rating', 'rating_text', 'feedback', 'create_date', 'contact_id', 'file_size'],
  documents: (input) => [fieldMap(input), slas(input), csat(input), configuration(input), owners(input), files(input), tags(input), automations(input), residue(input)],
  cutOver,
};

type Section = RouteDocument['sections'][number];
type Rows = readonly (readonly RouteCell[])[];

/** Every field with where it goes, as it was confirmed. */
function fieldMap({ plan }: RouteDocumentInput): RouteDocument {
  const lines = plan.mappings.flatMap((mapping) => mapping.fields.filter((line) => line.status !== 'rejected').map((line): RouteCell[] => [
    mapping.source, [line.from ?? line.link ?? []].flat().join(', ') || (line.constant === undefined ? '(decision)' : JSON.stringify(line.constant)), mapping.destination, line.to, line.reason, line.loss ?? null,
  ]));
  const left = plan.mappings.flatMap((mapping) => mapping.leftOut.map((line): RouteCell[] => [mapping.source, line.from, line.reason]));
  return {
    id: 'field-map', title: 'Field map', good: null, summary: `${counted(lines.length, 'line')}; ${counted(left.length, 'field is', 'fields are')} not moved.`, facts: [],
    sections: [
      section('fields', 'Fields', null, ['From', 'Field', 'To', 'Field at Intercom', 'Why', 'What is lost'], lines, 'The plan has no lines.'),
      section('left-out', 'Not moved', null, ['From', 'Field', 'Why'], left, 'Everything is moved.'),
    ],
  };
}

/** Policies do not move: what they say, and how to build them anew. */
function slas({ source }: RouteDocumentInput): RouteDocument {
  const [teams, stages] = [names(source, 'helpDeskTeams'), names(source, 'helpDeskStages')];
  const rows = factRows(source, 'helpDeskSlas').map((row): RouteCell[] => {
    const time = [['days', 'd'], ['hours', 'h']].flatMap(([field = '', unit = '']) => (Number(row[field] ?? 0) > 0 ? [`${Number(row[field])} ${unit}`] : [])).join(' ');
    const of = [row['team_id'] ?? row['team_ids'] ?? []].flat().map((id) => teams.get(String(id)) ?? String(id)).join(', ');
    const until = [row['stage_id'] ?? row['stage_ids'] ?? []].flat().map((id) => stages.get(String(id)) ?? String(id)).join(', ');
    return [text(row['name']), time || null, of || null, until || null, priorities[text(row['priority'])] ?? (text(row['priority']) || null), row['active'] !== false, `Workflow on a new conversation${of === '' ? '' : ` of team ${of}`}: apply an SLA "${text(row['name'])}" with ${/answer|respon|reply/iu.test(text(row['name'])) ? 'first response' : 'time to close'} of ${time || 'its time'}`];
  });
  return {
    id: 'sla-inventory', title: 'SLA inventory', good: null, summary: `${counted(rows.length, 'policy', 'policies')} to rebuild at Intercom; how each ticket stood is kept in attributes.`, facts: [],
    sections: [
      section('policies', 'Policies', 'Intercom applies SLAs by workflows only, and shows none for conversations that were loaded. The attributes sla_policy_name__c, sla_deadline__c, sla_status__c, sla_violated__c and sla_reached_at__c keep the past for filters and reports.', ['Policy', 'Time', 'Teams', 'Until stage', 'Priority', 'Active', 'At Intercom'], rows, 'The help desk has no policy.'),
    ],
  };
}

/** Ratings: where the values are, and what cannot be. */
function csat({ placed, source }: RouteDocumentInput): RouteDocument {
  const notes = (placed['rating-notes'] ?? []).map((one): RouteCell[] => [text(one.data['ticket_id']), number(one.data['rating']), text(one.data['rating_text']) || null, text(one.data['feedback']) || null, text(one.data['rated_on'] ?? one.data['create_date']), text(one.written['contact_id'])]);
  return {
    id: 'csat-mapping', title: 'CSAT mapping', good: null, summary: `${objectOf(source ?? emptyCatalog, 'rating')?.count ?? 0} ratings in Odoo, ${notes.length} of them in notes on their contacts.`, facts: [],
    sections: [
      section('scale', 'Scales', 'No call writes Intercom\'s own CSAT: its reports begin with the cut-over. Odoo rates 1, 3, 5 (older versions 0 to 10, or 0 to 5).', ['Odoo', 'Intercom\'s CSAT', 'Where it is'], [
        ['5 (satisfied)', '5 😃', 'contact: rating_value__c (last), rating_average__c; conversation: conversation_rating__c; a note on the contact'], ['3 (okay)', '3 😐', 'the same'], ['1 (dissatisfied)', '1 😠', 'the same'],
      ], 'None.'),
      section('ratings', 'Ratings', null, ['Ticket', '#Rating', 'In words', 'Feedback', 'Date', 'Contact'], notes, 'No rating was loaded yet.'),
    ],
  };
}

/** Teams, stages and aliases: nothing of it can be made by the API. */
function configuration(input: RouteDocumentInput): RouteDocument {
  const { source, destination, plan } = input;
  const missing = source === null || destination === null ? [] : missingTeams({ source, destination });
  const stages = names(source, 'helpDeskStages');
  const there = new Map(factRows(destination, 'teams').map((team) => [text(team['name']).trim().toLowerCase(), text(team['id'])]));
  const teams = factRows(source, 'helpDeskTeams').map((row): RouteCell[] => {
    const alias = text(row['alias_name']) === '' ? null : `${text(row['alias_name'])}${text(row['alias_domain']) === '' ? '' : `@${text(row['alias_domain'])}`}`;
    return [text(row['name']), row['active'] !== false, there.get(text(row['name']).trim().toLowerCase()) ?? null, alias, row['use_sla'] === true, assignmentOf(row), row['auto_close_ticket'] === true, [row['stage_ids'] ?? []].flat().map((id) => stages.get(String(id)) ?? String(id)).join(', ') || null, [row['member_ids'] ?? []].flat().length];
  });
  const rows = factRows(source, 'helpDeskStages').map((row): RouteCell[] => [text(row['name']), number(row['sequence']), row['closing'] === true, answerOf(plan, `stage-state:${text(row['name'])}`), answerOf(plan, `stage-team:${text(row['name'])}`)]);
  return {
    id: 'configuration', title: 'Teams, stages and aliases', good: missing.length === 0, summary: `${counted(teams.length, 'team')}, ${missing.length} of them to be made at Intercom; ${counted(rows.length, 'stage')}.`, facts: [],
    sections: [
      section('provisioning', 'Provisioning checklist', 'Make each under exactly this name (Settings > Teammates > Teams), then discover again; the next run or delta assigns the conversations.', ['Team to make', 'Made by'], missing.map((name) => [name, null]), 'Every team is there.'),
      section('teams', 'Teams', 'Aliases: forward each address to the inbox of the team (Settings > Channels > Email). Assignment rules become the team\'s distribution method.', ['Team', 'Active', 'Id at Intercom', 'Alias', 'SLA', 'Assignment in Odoo', 'Closes by itself', 'Stages', '#Members'], teams, 'The help desk has no team.'),
      section('stages', 'Stages', 'A conversation is open, snoozed or closed; name and order of the stage stand in stage_name__c and stage_sequence__c.', ['Stage', '#Order', 'Closed in Odoo', 'State at Intercom', 'Team'], rows, 'The help desk has no stage.'),
    ],
  };
}

/** How Odoo hands out the tickets of a team: versions before 17 have the method alone, OCA has neither. */
function assignmentOf(row: JsonObject): RouteCell {
  const method = text(row['assign_method']);
  return method === '' || method === 'manual' || row['auto_assignment'] === false ? 'by hand' : { randomly: 'same number of tickets each', balanced: 'same number of open tickets each' }[method] ?? method;
}

/** Who stands for each agent, and whether he is active in Odoo. */
function owners(input: RouteDocumentInput): RouteDocument {
  const { source, destination, plan, placed } = input;
  const admins = destination === null ? new Set<string>() : adminAddresses(destination);
  const rows = source === null ? [] : agentsOf(source).filter((agent) => agent.assigned || admins.has(agent.email)).map((agent): RouteCell[] => {
    const place = (placed['admins'] ?? []).find((one) => one.sourceId === agent.id);
    return [agent.name, agent.email, agent.active, agent.assigned, place?.destinationId ?? null, place === undefined ? null : text(place.written['email']), answerOf(plan, `admin:${agent.login}`)];
  });
  const open = rows.filter((row) => row[3] === true && row[4] === null);
  return {
    id: 'owners', title: 'Agents', good: open.length === 0, summary: `${counted(rows.length, 'agent')}; ${open.length} with tickets ${open.length === 1 ? 'has' : 'have'} no admin.`, facts: [{ label: 'What becomes of the others', value: answerOf(plan, 'unmatched-people') }],
    sections: [section('agents', 'Agents', 'Later: `portolan owners export`, fill in the column login with the address of an admin, `portolan owners apply`. Messages stay under the name of who wrote them.', ['Name', 'Address', 'Active in Odoo', 'Has tickets', 'Admin', 'Address of the admin', 'Decision'], rows, 'The agents are not known: discover first.')],
  };
}

/** What does not go in as a file. */
function files({ source, plan, placed }: RouteDocumentInput): RouteDocument {
  const cap = plan.decisions.find(({ id }) => id === 'file-cap')?.answer;
  const expected = source === null ? null : leftOutFiles(source, typeof cap === 'number' ? cap : RECOMMENDED_CAP);
  const noted = new Map((placed['left-out-files'] ?? []).map((one) => [text(one.data['id']), one]));
  const rows = (expected ?? []).map((file): RouteCell[] => [file.name, file.size, file.why, file.ticket, noted.get(file.id)?.destinationId ?? null]);
  const foreseen = new Set((expected ?? []).map((file) => file.id));
  const further = [...noted.values()].filter((one) => !foreseen.has(text(one.data['id']))).map((one): RouteCell[] => [text(one.data['name']), number(one.data['file_size']), 'found by the run', text(one.data['ticket_id']), one.destinationId]);
  return {
    id: 'attachment-exceptions', title: 'Attachment exceptions', good: rows.length + further.length === 0 ? true : null,
    summary: expected === null ? 'The files could not be listed beforehand.' : `${source !== null && isCut(source) ? 'At least ' : ''}${counted(rows.length + further.length, 'file goes', 'files go')} in as notes, ${noted.size} of them are in.${source !== null && isCut(source) ? ` ${CUT}` : ''}`, facts: [{ label: 'Largest file (bytes)', value: typeof cap === 'number' ? cap : RECOMMENDED_CAP }],
    sections: [section('files', 'Files', 'Each note names the file, its size and SHA-256; the bytes are in the archive folder, under the first 16 characters of it and the name: archiveFolder of the connection, else left-out-files beside the project\'s reports, on the machine that loaded them. A purge deletes the latter: keep a copy.', ['Name', '#Bytes', 'Why', 'Ticket', 'Note'], [...rows, ...further], 'Every file goes in.')],
  };
}

/** Tags, with those that became one. */
function tags({ source, placed }: RouteDocumentInput): RouteDocument {
  const groups = collisions(source);
  const rows = (placed['tags'] ?? []).map((one): RouteCell[] => [text(one.data['name']), text(one.written['name']), one.destinationId, { created: 'made', matched: 'was there', merged: 'another spelling of it' }[one.how]]);
  return {
    id: 'tags', title: 'Tags', good: groups.length === 0 ? true : null, summary: `${counted(rows.length, 'tag')}; ${groups.length === 0 ? 'none differ in case only' : `${counted(groups.length, 'group differs', 'groups differ')} in case only and ${groups.length === 1 ? 'is one' : 'are one each'} at Intercom`}.`, facts: [],
    sections: [
      section('collisions', 'Tags that became one', 'Intercom ignores case.', ['In Odoo'], groups.map((group) => [group.join(' / ')]), 'None.'),
      section('tags', 'Tags', null, ['In Odoo', 'At Intercom', 'Id', 'How'], rows, 'No tag was loaded yet.'),
    ],
  };
}

/** What Odoo did by itself, to be built anew. */
function automations({ source }: RouteDocumentInput): RouteDocument {
  const rows = factRows(source, 'automations').map((row): RouteCell[] => [text(row['kind']), text(row['name']), text(row['details']) || null, row['active'] !== false, row['kind'] === 'mail alias' ? 'Forward the address to an inbox (Settings > Channels > Email)' : 'Workflow (Automation > Workflows)', null]);
  const known = Array.isArray(source?.facts['automations']);
  const general: Rows = [
    ['assignment', 'Assignment methods of teams', null, true, 'Distribution method of the team, or a workflow', null], ['closing', 'Automatic closing of tickets', null, true, 'Workflow with a timer', null],
    ['template', 'Mail templates of stages', null, true, 'Macros and workflows', null], ['Studio', 'Studio workflows and web hooks', null, true, 'Workflows with custom actions', null],
  ];
  return {
    id: 'automations', title: 'Automations to rebuild', good: null, summary: known ? `${counted(rows.length, 'automated action or alias', 'automated actions and aliases')} found, and ${general.length} kinds to look for.` : 'Automated actions were not readable: list them by hand.', facts: [],
    sections: [section('automations', 'To rebuild', 'Neither Odoo\'s automations nor Intercom\'s workflows can be read or made by this route: go through each line before the help desk is closed.', ['Kind', 'In Odoo', 'Details', 'Active', 'At Intercom', 'Built by'], [...rows, ...general], 'Nothing.')],
  };
}

/** What a rollback leaves, said before anybody needs one. */
function residue({ plan }: RouteDocumentInput): RouteDocument {
  const made = plan.schema.filter((line) => line.status !== 'rejected').map((line): RouteCell[] => [line.object === 'contact' || line.object === 'company' ? line.object : 'conversation or ticket', line.name, line.label]);
  return {
    id: 'rollback-residue', title: 'What a rollback leaves', good: null, summary: 'Known before the run; the rollback report lists what it was.', facts: [],
    sections: [section('residue', 'Left behind', null, ['What', 'Why'], [
      [`Attributes that the run made, archived (${made.length}, listed below)`, 'Intercom deletes none; archived ones free their place.'],
      ['Companies that the run made, archived', 'Intercom\'s API archives a company and deletes none; its contacts are detached.'],
      ['Notes on contacts that were there before', 'No call deletes a note; those on contacts that the run made go with them.'],
      ['Conversations in which somebody has answered, with their contacts and tags', 'People\'s work is kept, unless --delete-changed names it.'],
      ['Lines of reports, unless the connection says otherwise', 'Deleting a conversation keeps its metrics, as Intercom does by default; with the setting retainMetrics=no of the connection they go as well (the app needs the scope delete_conversations_and_metrics).'],
      ['Contacts that were brought back from the archive', 'They stay, with the values they had: archiving one again would take the conversations along that people have begun with it.'],
    ], 'Nothing.'), section('attributes', 'Attributes, archived', null, ['Of', 'Attribute', 'Label'], made, 'The plan makes none.')],
  };
}

function cutOver(input: CutOverInput): ReturnType<RouteHandoff['cutOver']> {
  const missing = input.source === null || input.destination === null ? [] : missingTeams({ source: input.source, destination: input.destination });
  return [
    { stage: 'freeze', step: 'Workflows, Fin and CSAT surveys of the workspace are off, consumers of its webhooks muted.', why: 'No call keeps loaded conversations from starting them.' },
    { stage: 'freeze', step: 'Mail aliases of the help desk point to the inboxes of Intercom, or wait.', why: 'A ticket made after the last delta stays in Odoo.' },
    ...(missing.length === 0 ? [] : [{ stage: 'final-delta' as const, step: `The teams ${missing.join(', ')} were made, and a run or delta has assigned their conversations.`, why: 'The API makes no teams.' }]),
    { stage: 'final-delta', step: 'Snoozed conversations in which a customer has written meanwhile were looked at.', why: 'A customer\'s message wakes them.' },
    { stage: 'enable', step: 'Workflows, SLAs by workflow, Fin and CSAT surveys are on again, with an exception for conversations made by the API.', why: 'They were off for the load.' },
    { stage: 'hypercare', step: 'Conversations of agents without an admin were assigned.', why: 'As often as needed: `portolan owners apply`.' },
  ];
}

const emptyCatalog = { objects: [] as never[] } as unknown as NonNullable<RouteDocumentInput['source']>;

/** Names of a list of facts by id. */
function names(source: RouteDocumentInput['source'], fact: string): ReadonlyMap<string, string> {
  return new Map(factRows(source, fact).map((row) => [text(row['id']), text(row['name'])]));
}

/** What was decided, in the words of the option where it is one. */
function answerOf(plan: RouteDocumentInput['plan'], id: string): RouteCell {
  const decision = plan.decisions.find((one) => one.id === id);
  const answer: Json = decision?.answer ?? null;
  const label = decision?.options.find(({ value }) => value === answer)?.label;
  if (label !== undefined) return label;
  return answer === null || typeof answer === 'string' || typeof answer === 'number' ? answer : JSON.stringify(answer);
}

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : value === null || value === undefined ? '' : JSON.stringify(value));
const number = (value: Json | undefined): number | null => (value === null || value === undefined || value === '' || Number.isNaN(Number(value)) ? null : Number(value));

function section(id: string, title: string, note: string | null, labels: readonly string[], rows: Rows, empty: string): Section {
  return { id, title, note, empty, rows, columns: labels.map((label) => (label.startsWith('#') ? { label: label.slice(1), kind: 'number' as const } : { label, kind: 'text' as const })) };
}
