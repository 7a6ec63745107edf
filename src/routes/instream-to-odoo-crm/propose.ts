import type { Route } from '../../engine/route.ts';
import type { Mapping, Plan, SchemaLine } from '../../plan/plan.ts';
import { readColumnAs, type StandIn } from '../../plan/changes/read-column-as.ts';
import type { MatchGuide } from '../../proposal/match-guide.ts';
import { choiceDecisions, choices, type Choices } from './choice-fields.ts';
import { customFields, type CompanyCurrency } from './custom-fields.ts';
import { routeDecisions } from './decisions.ts';
import { withoutColumn } from './fit-mapping.ts';
import { fitToExport } from './fit-to-export.ts';
import { derived, facts, keys, links } from './graph.ts';
import { keyColumns } from './key-columns.ts';
import type { LineBuilder } from './line-builder.ts';
import { namesPipelines, objectOf, type MappingInput } from './mapping-input.ts';
import { companiesMapping } from './mappings/companies.ts';
import { contactLeadsMapping, contactPartnersMapping } from './mappings/contacts.ts';
import { dealsMapping } from './mappings/deals.ts';
import { emailAttachmentsMapping, filesMapping } from './mappings/files.ts';
import { listOpportunities, listTagging, listVocabulary } from './mappings/lists.ts';
import { attendeeMappings, meetingNotesMapping, meetingsMapping } from './mappings/meetings.ts';
import { callsMapping, emailsMapping, notesMapping } from './mappings/messages.ts';
import { newOwnerMappings, ownersMapping } from './mappings/owners.ts';
import { tagsOnRecords } from './mappings/tags.ts';
import { activitiesMapping, doneTasksMapping } from './mappings/tasks.ts';
import { callSubtypeMapping, lostReasonsMapping, stagesMapping, tagMappings, teamsMapping } from './mappings/vocabulary.ts';
import { ownFieldLine } from './own-fields.ts';
import { openOwners } from './owner-decisions.ts';
import { phases } from './rows.ts';

/** Draft plan of the route for one export and one Odoo: pure, the same catalogs give the same plan. */
export const propose: Route['propose'] = ({ project, source: exported, sourceHash, destination, destinationHash, guide, answers = {} }) => {
  const { source, standIns, decisions, leftOut } = keyColumns(exported, destination, answers);
  const open = openOwners(source, destination);
  const input: MappingInput = {
    source, destination,
    zone: typeof source.facts['timezone'] === 'string' ? source.facts['timezone'] : 'Europe/Warsaw',
    region: typeof source.facts['phoneRegion'] === 'string' ? source.facts['phoneRegion'] : 'PL',
    currency: typeof destination.facts['currency'] === 'string' ? destination.facts['currency'] : '',
    openOwners: open, ownerMappings: open.length === 0 ? ['owners'] : ['owners', 'new-owners'],
    teams: namesPipelines(source) && objectOf(destination, 'crm.team') !== undefined,
  };
  const schema = new Map<string, SchemaLine>([['crm.lead.x_portolan_key', ownFieldLine('crm.lead', 'x_portolan_key')]]);
  const chosen = choices(source, destination, answers);
  const finish = (made: readonly Readonly<{ mapping: Mapping; lines: LineBuilder }>[]): Mapping[] => made.filter(({ mapping }) => isListed(source, mapping.source)).map((one) => withCustomFields(one, { ...input, choices: chosen }, schema, guide));
  const vocabulary = [ownersMapping(input), ...newOwnerMappings(input), ...teamsMapping(input), stagesMapping(input), lostReasonsMapping(input), ...tagMappings(input), ...listVocabulary(input), ...chosen.mappings, ...callSubtypeMapping(input)];
  const records = finish([companiesMapping(input), contactPartnersMapping(input), contactLeadsMapping(input), dealsMapping(input), ...listOpportunities(input)]);
  const history = finish([emailAttachmentsMapping(input), notesMapping(input), emailsMapping(input), callsMapping(input), doneTasksMapping(input), meetingNotesMapping(input)]);
  const rest = finish([meetingsMapping(input), activitiesMapping(input), filesMapping(input), ...tagsOnRecords(input), ...listTagging(input)]);
  const plan: Plan = {
    portolan: 1, project, route: 'instream-to-odoo-crm',
    source: { platform: source.platform, catalog: sourceHash },
    destination: { platform: destination.platform, version: destination.version ?? 'unknown', catalog: destinationHash },
    decisions: [...decisions, ...choiceDecisions(source, destination), ...routeDecisions(source, destination)],
    schema: [...schema.values()],
    derived: [...derived, ...chosen.derived], keys: { ...keys, ...chosen.keys }, links: [...links, ...chosen.links], facts: facts(source),
    phases: phases.map(({ name, label }) => ({ name, label })),
    mappings: [...vocabulary, ...records, ...history, ...attendeeMappings(input), ...rest].filter((mapping) => !leftOut.has(mapping.source)),
  };
  return standIns.reduce((made, standIn) => readColumnAs(saysSo(made, standIn), standIn), fitToExport(plan, source));
};

/** Lines that read a column in the place of another say so. */
function saysSo(plan: Plan, { object, field, column }: StandIn): Plan {
  const label = column.replace(/^cf:/, '');
  const reads = ({ from }: Mapping['fields'][number]): boolean => [from ?? []].flat().includes(field);
  return { ...plan, mappings: plan.mappings.map((mapping) => (mapping.source !== object ? mapping : { ...mapping, fields: mapping.fields.map((line) => (reads(line) ? { ...line, reason: `${line.reason} Read from "${label}" (decision key-column:${object}:${field}).` } : line)) })) };
}

/** Companies, tags and members of lists may exist only as cells of contacts and deals: they are mapped in any case. */
function isListed(source: MappingInput['source'], object: string): boolean {
  return ['company', 'record_tag', 'list_membership'].includes(object) || objectOf(source, object) !== undefined;
}

/** Adds a line for every field that no line reads, and a schema line for every new field that the mapping writes. */
function withCustomFields(made: Readonly<{ mapping: Mapping; lines: LineBuilder }>, input: MappingInput & { readonly choices: Choices }, schema: Map<string, SchemaLine>, guide: MatchGuide | undefined): Mapping {
  const { mapping, lines } = made;
  const listed = (objectOf(input.destination, mapping.destination)?.fields ?? []).map((field) => field.name);
  const known = [...schema.values()].filter((line) => line.object === mapping.destination);
  for (const name of new Set(lines.lines.map((line) => line.to).filter((to) => to.startsWith('x_')))) {
    const type = lines.lines.some((line) => line.to === name && line.transforms?.some((step) => typeof step !== 'string' && 'integer' in step || step === 'integer')) || name !== 'x_instream_employee_count' ? undefined : 'text' as const;
    if (!schema.has(`${mapping.destination}.${name}`)) schema.set(`${mapping.destination}.${name}`, ownFieldLine(mapping.destination, name, type));
  }
  const [sourceObject, destinationObject] = [objectOf(input.source, mapping.source), objectOf(input.destination, mapping.destination)];
  const canHaveFields = ['crm.lead', 'res.partner'].includes(mapping.destination);
  const taken = new Set([...listed.filter((name) => !isOurs(name, mapping, input)), ...[...schema.values()].filter((line) => line.object === mapping.destination).map((line) => line.name), ...known.map((line) => line.name)]);
  const custom = canHaveFields ? customFields(lines, { sourceObject: mapping.source, destinationObject: mapping.destination, taken, guide, made: [...schema.values()], choices: input.choices, users: input.destination, currency: companyCurrency(input, mapping.destination), ...(sourceObject === undefined || destinationObject === undefined ? {} : { objects: { source: sourceObject, destination: destinationObject } }) }) : { lines: [], leftOut: [], schema: [] };
  for (const line of custom.schema) schema.set(`${line.object}.${line.name}`, line);
  const rest = canHaveFields ? [] : lines.unused().map((field) => ({ from: field.name, status: 'proposed' as const, confidence: 1, reason: `${mapping.destination} has no place for it.` }));
  const unmoved = lines.has('updated_at') ? [{ from: 'updated_at', status: 'proposed' as const, confidence: 1, reason: 'Odoo keeps its own modification date.' }] : [];
  const holds = [...mapping.holdWhen ?? [], ...lines.unfilled().map(withoutColumn)];
  return { ...mapping, ...(holds.length === 0 ? {} : { holdWhen: holds }), fields: [...lines.lines, ...custom.lines], leftOut: [...mapping.leftOut, ...custom.leftOut, ...rest, ...unmoved] };
}

/** Where new fields can be money: the version lets one name the currency field (from 16 on), and the account is in the company's currency. */
function companyCurrency({ source, destination, currency }: MappingInput, object: string): CompanyCurrency | null {
  const account = source.facts['currency'];
  const nameable = objectOf(destination, 'ir.model.fields')?.fields.some(({ name }) => name === 'currency_field') === true;
  const field = ['company_currency', 'currency_id'].find((name) => objectOf(destination, object)?.fields.some((one) => one.name === name && one.relatedObject === 'res.currency'));
  return nameable && field !== undefined && typeof account === 'string' && account.toUpperCase() === currency.toUpperCase() ? { code: currency, field } : null;
}

/** A custom field that an earlier load made for the same column keeps its name. */
function isOurs(name: string, mapping: Mapping, input: MappingInput): boolean {
  const field = objectOf(input.destination, mapping.destination)?.fields.find((each) => each.name === name);
  return name.startsWith('x_') && field?.custom === true && (field.description ?? '').endsWith('of InStream.');
}
