import type { Catalog } from '../../connector/catalog.ts';
import type { CheckResult } from '../../connector/check-result.ts';
import { answeredCheck, type Answers } from '../../plan/answered-check.ts';
import { openAgentsOf } from './agents.ts';
import { attributeLines, filledText, ownFields, ownPlaces } from './attributes.ts';
import { attributesByHand, leavesOut } from './by-hand.ts';
import { collisions, CUT, fileCount, isCut, leftOutFiles, missingTeams } from './findings.ts';
import { RECOMMENDED_CAP } from './files.ts';
import { counted, factRows, objectOf, type RouteInput } from './lines.ts';
import { takesFiles, targetOf, ticketTypeOf } from './target.ts';

type Both = Readonly<{ source: Catalog; destination: Catalog; answers?: Answers }>;

/** Checks that need both sides. */
export function readiness(both: Both): readonly CheckResult[] {
  const { source, destination, answers = {} } = both;
  return [
    modules(source), timeZone(source), tickets(source), longThreads(source), automations(source), stages(source, answers), admins(both), teams(both), tags(both), customFields(source), attributes(both), attributeRoom(both), apiVersion(both), files(source, answers), people(both), ticketType(destination),
  ];
}

const check = (name: string, title: string) => ({
  passed: (message: string): CheckResult => ({ name, title, result: 'passed', message, remedy: null }),
  warning: (message: string, remedy: string): CheckResult => ({ name, title, result: 'warning', message, remedy }),
  failed: (message: string, remedy: string): CheckResult => ({ name, title, result: 'failed', message, remedy }),
});

const some = (names: readonly string[], most = 5): string => `${names.slice(0, most).join(', ')}${names.length > most ? ` and ${names.length - most} more` : ''}`;
const countOf = (source: Catalog, object: string): number | null => objectOf(source, object)?.count ?? null;

function modules(source: Catalog): CheckResult {
  const installed = source.facts['modules'];
  const dialect = source.facts['helpDesk'] === 'oca' ? 'the OCA help desk' : 'Odoo\'s own Help Desk';
  return check('route-odoo-modules', 'Modules in use').passed(`${dialect}${Array.isArray(installed) ? `; among the modules that matter: ${installed.join(', ') || 'none'}` : '; the list of modules is not readable for this user'}.`);
}

function timeZone(source: Catalog): CheckResult {
  const zone = source.facts['timezone'];
  return check('route-time-zone', 'Time zone').passed(`Odoo gives all times in UTC, and they go in as UTC${typeof zone === 'string' ? `; the user's own zone is ${zone}` : ''}.`);
}

function tickets(source: Catalog): CheckResult {
  const { passed, warning } = check('route-tickets', 'Tickets');
  const without = Number(source.facts['ticketsWithoutPartner'] ?? 0);
  const counts = ['ticket', 'message', 'partner', 'company', 'rating'].map((object) => `${countOf(source, object) ?? 'an unknown number of'} ${object === 'company' ? 'companies' : `${object}s`}`).concat(`${fileCount(source)} files`).join(', ');
  if (without === 0) return passed(`${counts}.`);
  return warning(`${counts}; ${counted(without, 'ticket has', 'tickets have')} no partner.`, 'They wait in quarantine: give them a partner in Odoo before the run, or in the file of quarantine export.');
}

function longThreads(source: Catalog): CheckResult {
  const { passed, warning } = check('route-long-threads', 'Long threads');
  const long = source.facts['longThreads'];
  if (!Array.isArray(long)) return passed('This server does not count messages for us; threads beyond 500 parts are verified from the answers to their own calls, and files older than those go to the end.');
  if (long.length === 0) return passed('No ticket has more than 450 messages.');
  return warning(`${counted(long.length, 'ticket has', 'tickets have')} more than 450 messages: ${some(factRows(source, 'longThreads').map((row) => `${String(row['ticket'])} (${String(row['messages'])})`))}.`, 'Intercom shows the 500 newest parts: messages are verified from the answers to their own calls; files and notes that would stand before those 500 go to the end of the conversation, with their date in the text. Nothing to do.');
}

function automations(source: Catalog): CheckResult {
  const { passed, warning } = check('route-automations', 'Automations of Odoo');
  const found = source.facts['automations'];
  if (!Array.isArray(found)) return warning('Automated actions and mail aliases are not readable for this user.', 'Connect as an administrator to have them listed for rebuilding, or list them by hand.');
  return passed(found.length === 0 ? 'No automated action on tickets, no alias that makes them.' : `${counted(found.length, 'automated action or alias', 'automated actions and aliases')}; the hand-off lists them for rebuilding.`);
}

function stages(source: Catalog, answers: Answers): CheckResult {
  const { passed, warning } = check('route-stages', 'Stages');
  const all = factRows(source, 'helpDeskStages');
  const closing = all.filter((stage) => stage['closing'] === true);
  if (closing.length > 0) return passed(`${all.length} stages, ${closing.length} of them closed in Odoo.`);
  const found = warning(`None of ${all.length} stages is marked as closed: every conversation would stay open.`, 'Answer the decisions stage-state:… before the run.');
  return answeredCheck(found, all.map((stage) => String(stage['name'])).map((name) => ({ id: `stage-state:${name}`, about: name })), answers);
}

function admins({ source, destination, answers = {} }: Both): CheckResult {
  const { passed, warning, failed } = check('route-admins', 'Agents are admins');
  if (factRows(destination, 'admins').length === 0) return failed('The workspace shows no admin.', 'Give the app the scope to read admins (Developer Hub > Authentication).');
  const open = openAgentsOf(source, destination).filter((agent) => agent.assigned);
  if (open.length === 0) return passed('Everybody who has tickets is an admin.');
  const found = warning(`${counted(open.length, 'agent with tickets is no admin', 'agents with tickets are no admins')}: ${some(open.map((agent) => `${agent.email}${agent.active ? '' : ' (inactive)'}`))}.`, 'Invite them (Settings > Teammates) and discover again, or answer the decisions admin:… and unmatched-people.');
  return answeredCheck(found, [...open.map(({ login, email }) => ({ id: `admin:${login}`, about: email })), { id: 'unmatched-people', about: 'others' }], answers);
}

function teams(both: Both): CheckResult {
  const { passed, warning } = check('route-teams', 'Teams are there');
  const missing = missingTeams(both);
  if (missing.length === 0) return passed('Every team of the help desk is there.');
  const found = warning(`Intercom lacks ${counted(missing.length, 'team')}: ${some(missing)}. The API makes none.`, 'Make them at Intercom (Settings > Teammates > Teams) under exactly these names, then discover again; or answer the decision missing-teams.');
  return answeredCheck(found, [{ id: 'missing-teams', about: 'their tickets' }], both.answers ?? {});
}

function tags({ source }: Both): CheckResult {
  const { passed, warning } = check('route-tags', 'Tags');
  const found = collisions(source);
  return found.length === 0 ? passed('No two tags differ in case only.') : warning(`${counted(found.length, 'group of tags differs', 'groups of tags differ')} in case only: ${some(found.map((names) => names.join(' / ')))}.`, 'Each group becomes one tag at Intercom. Rename one in Odoo to keep them apart.');
}

function customFields(source: Catalog): CheckResult {
  const fields = ownFields({ source });
  return check('route-custom-fields', 'Custom fields').passed(fields.length === 0 ? 'Tickets have none.' : `${fields.length}: ${some(fields.map((field) => `${field.label} (${field.name}), ${filledText(field)}`), 20)}. Reject the lines of those that are not wanted.`);
}

/** Attributes that people made of contacts and companies, and a workspace's most; archived ones do not count. */
const ATTRIBUTES = 250;

function attributeRoom({ source, destination }: Both): CheckResult {
  const { passed, failed } = check('route-attribute-room', 'Room for attributes');
  const there = ['contact', 'company'].flatMap((name) => (objectOf(destination, name)?.fields ?? []).filter((field) => field.custom).map((field) => `${name}.${field.name}`));
  const fresh = wantedAttributes({ source, destination }).map((line) => `${line.object}.${line.name}`).filter((name) => /^(?:contact|company)\./u.test(name) && !there.includes(name));
  const room = ATTRIBUTES - there.length;
  const message = `${there.length} of ${ATTRIBUTES} attributes of contacts and companies are in use, ${fresh.length} are to be made.`;
  return fresh.length <= room ? passed(message) : failed(message, `Archive ${fresh.length - room} that nobody uses (Settings > Data > People and Companies), or reject lines of the plan that make one; then discover again.`);
}

/** What the plan is made from, as recommended. */
function inputOf({ source, destination }: Both): RouteInput {
  const target = targetOf(destination);
  const bare: RouteInput = { source, destination, database: '', region: '', target, leavesOut: leavesOut(destination, target, undefined), openAgents: [], places: new Map() };
  return { ...bare, places: ownPlaces(bare) };
}

const wantedAttributes = (both: Both): ReturnType<typeof attributeLines> => attributeLines(inputOf(both));

/** What the chosen version of Intercom's API leaves out, and what a person can do for it. */
function apiVersion(both: Both): CheckResult {
  const { passed, warning } = check('route-api-version', 'Version of the API');
  const version = String(both.destination.facts['apiVersion'] ?? 'not known');
  const missing = attributesByHand(inputOf(both));
  const noFiles = !takesFiles(both.destination, targetOf(both.destination, 'tickets'));
  if (missing.length === 0 && !noFiles) return passed(`${version}: it leaves nothing out.`);
  const said = [
    ...(missing.length === 0 ? [] : [`it makes no attributes of conversations, and these are not there: ${missing.join('; ')}`]),
    ...(noFiles ? [`it takes no files for tickets: were tickets chosen, each of their files would be a note with its SHA-256`] : []),
  ];
  return warning(`${version}: ${said.join('. And ')}.`, `Set version to 2.16 at the connection, then discover and propose again.${missing.length === 0 ? '' : ' Or make the attributes in Intercom (Settings > Data > Conversations) with exactly these names, types and options; the decision attributes-by-hand says what becomes of those that nobody makes.'}`);
}

/** An attribute that is there with another type, or without the options that are needed, takes no values. */
function attributes({ source, destination }: Both): CheckResult {
  const { passed, warning } = check('route-attributes', 'Attributes');
  const wanted = wantedAttributes({ source, destination });
  const trouble = wanted.flatMap((line) => {
    const there = objectOf(destination, line.object)?.fields.find((field) => field.name === line.name);
    if (there === undefined) return [];
    if (there.type !== line.type) return [`${line.name} is of type ${there.type}, not ${line.type}`];
    const lacking = (line.options ?? []).filter(({ label }) => there.options?.some((option) => option.label === label) !== true).map(({ label }) => label);
    return lacking.length === 0 ? [] : [`${line.name} lacks ${lacking.join(', ')}`];
  });
  const fresh = wanted.filter((line) => objectOf(destination, line.object)?.fields.some((field) => field.name === line.name) !== true);
  return trouble.length === 0 ? passed(`${fresh.length} to be made, ${wanted.length - fresh.length} there already.`) : warning(`There already, but otherwise: ${some(trouble)}.`, 'Archive or change them at Intercom (Settings > Data), or choose other names in the plan.');
}

function files(source: Catalog, answers: Answers): CheckResult {
  const { passed, warning } = check('route-files', 'Files that cannot go in');
  const cap = answers['file-cap'] ?? null;
  const out = leftOutFiles(source, typeof cap === 'number' ? cap : RECOMMENDED_CAP);
  const reminder = 'Look at Settings > Security > Attachments for the types that may be downloaded.';
  if (out === null) return warning('The files of tickets are not readable for this user.', `Give the user the right to read ir.attachment. ${reminder}`);
  const most = typeof cap === 'number' && cap !== RECOMMENDED_CAP ? 'the cap' : '20 MB';
  if (out.length === 0 && isCut(source)) return warning(`Among those that were looked at none is larger than ${most}, of a blocked type, or a mere link. ${CUT}`, reminder);
  if (out.length === 0) return passed(`None is larger than ${most}, of a blocked type, or a mere link. ${reminder}`);
  const found = warning(`${isCut(source) ? 'At least ' : ''}${out.length}: ${some(out.map((file) => `${file.name} of ticket ${file.ticket} (${file.why})`))}. Each becomes a note.${isCut(source) ? ` ${CUT}` : ''}`, `The cap is the decision file-cap. Their bytes are kept in left-out-files beside the project's reports, or in the archiveFolder of the connection: the disk must hold them. ${reminder}`);
  return answeredCheck(found, [{ id: 'file-cap', about: 'the cap' }], answers);
}

function people({ source, destination }: Both): CheckResult {
  const { passed, warning } = check('route-development-workspace', 'Room for contacts');
  const partners = countOf(source, 'partner') ?? 0;
  const there = objectOf(destination, 'contact')?.count ?? 0;
  if (partners + there <= 20 || there > 20) return passed(`${partners} partners go in; ${there} contacts are there.`);
  return warning(`${partners} partners go in, ${there} contacts are there: a development workspace holds 20 and archives the oldest, with their conversations. No call tells whether this is one.`, 'Use a production workspace, or move a sample of few records.');
}

function ticketType(destination: Catalog): CheckResult {
  const { passed, failed } = check('route-target', 'What tickets become');
  const type = destination.facts['ticketType'];
  if (typeof type !== 'string') {
    const only = ticketTypeOf(destination);
    return passed(`As the decision target says: conversations${only === null ? '; for tickets the setting ticketType must name a type' : `, or tickets of the type "${only}"`}.`);
  }
  const found = factRows(destination, 'ticketTypes').find((row) => String(row['name']).toLowerCase() === type.toLowerCase());
  if (found === undefined) return failed(`Tickets of the type "${type}", which the workspace does not have.`, 'Make it at Intercom (Settings > Tickets), or connect without the setting ticketType.');
  return found['category'] === 'Customer' ? passed(`As the decision target says: tickets of the type "${type}", or conversations.`) : failed(`Tickets of the type "${type}", which is of category ${String(found['category'])}: customers cannot reply to those.`, 'Name a type of category Customer.');
}
