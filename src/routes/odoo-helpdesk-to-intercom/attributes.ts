import type { CatalogField } from '../../connector/catalog.ts';
import type { FieldLine, SchemaLine } from '../../plan/plan.ts';
import { alternativesOf } from '../../proposal/place-unknown-fields.ts';
import type { Placement } from '../../proposal/place-unknown-fields.ts';
import { proposeValueMap } from '../../proposal/values-and-people/propose-value-map.ts';
import { line, objectOf, schemaLine, type RouteInput } from './lines.ts';
import { nativePriorityLine, takesPriority } from './native-priority.ts';
import { fieldPlaces, plainTransforms, type Places } from './places.ts';

/** Odoo's own four, by their number. */
export const priorities: { readonly [value: string]: string } = { 0: 'Low', 1: 'Medium', 2: 'High', 3: 'Urgent' };
const followersWanted = { decision: 'followers', is: 'attribute' } as const;

/** What of a ticket has no field of its own at Intercom. Each name can be changed in the plan, in both places. */
const attributes: readonly Readonly<{ name: string; type: SchemaLine['type']; label: string; options?: readonly string[]; line: Partial<Omit<FieldLine, 'to' | 'reason'>> }>[] = [
  { name: 'original_ticket_id__c', type: 'text', label: 'Ticket', line: { from: ['reference', 'id'], transforms: [{ nth: 1 }] } },
  { name: 'stage_name__c', type: 'text', label: 'Stage', line: { from: 'stage_name' } },
  { name: 'stage_sequence__c', type: 'integer', label: 'Order of the stage', line: { link: 'stage', give: 'sequence' } },
  { name: 'priority__c', type: 'selection', label: 'Priority', options: Object.values(priorities), line: { from: 'priority' } },
  { name: 'sla_policy_name__c', type: 'text', label: 'SLA policies', line: { from: 'sla_policy_names', transforms: [{ join: ', ' }] } },
  { name: 'sla_deadline__c', type: 'datetime', label: 'SLA deadline', line: { from: 'sla_deadline' } },
  { name: 'sla_status__c', type: 'text', label: 'SLA status', line: { from: 'sla_status' } },
  { name: 'sla_violated__c', type: 'boolean', label: 'SLA violated', line: { from: 'sla_violated', when: { field: 'sla_status', filled: true } } },
  { name: 'sla_reached_at__c', type: 'datetime', label: 'SLA reached', line: { from: 'sla_reached_at' } },
  { name: 'original_closed_at__c', type: 'datetime', label: 'Closed in Odoo', line: { from: 'closed_at' } },
  { name: 'original_assignee__c', type: 'text', label: 'Assigned to in Odoo', line: { link: 'user', give: 'name' } },
  { name: 'original_odoo_active__c', type: 'boolean', label: 'Assignee active in Odoo', line: { link: 'user', give: 'active' } },
  { name: 'ticket_type__c', type: 'text', label: 'Type or category', line: { from: 'type_name' } },
  { name: 'channel__c', type: 'text', label: 'Channel', line: { from: 'channel_name' } },
  { name: 'cc__c', type: 'text', label: 'Copies', line: { from: 'email_cc' } },
  { name: 'followers__c', type: 'text', label: 'Followers', line: { link: 'followers', give: 'email', transforms: [{ join: ', ' }], when: followersWanted } },
  { name: 'conversation_rating__c', type: 'text', label: 'Rating', line: { link: 'ratings', give: 'rating', transforms: [{ jsonata: 'value ? $string(value[-1]) : null' }] } },
];

interface Priority { readonly value: string; readonly label: string; readonly option: string; readonly isSure: boolean; readonly words: string | null }

/** The help desk's priorities: Odoo's own four by their number; what somebody added by the sense of its name, else under its own name. */
export function prioritiesOf({ source }: Pick<RouteInput, 'source'>): readonly Priority[] {
  const options = objectOf(source, 'ticket')?.fields.find(({ name }) => name === 'priority')?.options ?? [];
  return options.filter(({ value }) => priorities[value] === undefined).map(({ value, label }): Priority => {
    const [found] = proposeValueMap({ values: [label], options: Object.values(priorities).map((option) => ({ value: option, label: option })) });
    const isSure = found !== undefined && found.target !== null && found.probability >= 0.9;
    return isSure ? { value, label, isSure, option: found.target ?? label, words: `"${label}" is taken as ${found.target} (${Math.round(found.probability * 100)} %: ${found.reason})` } : { value, label, isSure, option: label, words: `"${label}" keeps its own name` };
  });
}

function priorityLine(input: RouteInput): FieldLine {
  const further = prioritiesOf(input);
  const values = { ...priorities, ...Object.fromEntries(further.map(({ value, option }) => [value, option])) };
  const words = further.map((one) => one.words).filter((one) => one !== null);
  return line('priority__c', `Priority, as an attribute.${words.length === 0 ? '' : ` Beyond Odoo's own: ${words.join('; ')}.`}`, { from: 'priority', transforms: [{ map: { values, otherwise: null } }], ...(words.length === 0 ? {} : { confidence: 0.9 }) });
}

/** Custom fields of tickets (x_studio_…, x_…). */
export const ownFields = (input: Pick<RouteInput, 'source'>): readonly CatalogField[] => (objectOf(input.source, 'ticket')?.fields ?? []).filter((field) => field.custom);
const attributeName = (field: CatalogField): string => `${field.name.replace(/^x_(?:studio_)?/u, '')}__c`;

const types: Partial<Record<CatalogField['type'], SchemaLine['type']>> = { integer: 'integer', decimal: 'decimal', money: 'decimal', boolean: 'boolean', datetime: 'datetime', date: 'datetime', selection: 'selection' };
/** Lists need two options at Intercom, and labels without commas in ticket types: others become text. */
const isList = ({ type, options = [] }: CatalogField): boolean => type === 'selection' && options.length >= 2 && options.every(({ label }) => !label.includes(',')) && new Set(options.map(({ label }) => label)).size === options.length;
const typeOf = (field: CatalogField): SchemaLine['type'] => (field.type === 'selection' && !isList(field) ? 'text' : types[field.type] ?? 'text');

/** How often a field is filled, in words; Odoo cannot tell 0 and false from empty. */
export function filledText({ profile, type }: CatalogField): string {
  if (profile === undefined) return type === 'boolean' || type === 'integer' || type === 'decimal' || type === 'money' ? 'not counted (0 and false cannot be told from empty)' : 'not counted';
  return `filled in ${(profile.filled * 100).toFixed(profile.filled < 0.1 && profile.filled > 0 ? 1 : 0)} % of the tickets`;
}

function ownLine(field: CatalogField, place: Placement | undefined): FieldLine {
  if (place?.line !== null && place?.line !== undefined) return { ...place.line, reason: `Custom field "${field.label}", ${filledText(field)}. ${place.line.reason}`, evidence: [filledText(field), ...(field.profile?.samples ?? [])] };
  const transforms = plainTransforms(field);
  const why = place === undefined ? '' : ` An attribute of its own, because: ${place.why}.`;
  return {
    ...line(attributeName(field), `Custom field "${field.label}", ${filledText(field)}.${why}`, { from: field.name, ...(transforms.length === 0 ? {} : { transforms }) }),
    confidence: place?.noneConfidence ?? 1, evidence: [filledText(field), ...(field.profile?.samples ?? [])], ...alternativesOf(place?.match ?? null),
  };
}

/** HI-04: where the custom fields of tickets go: to an attribute of the workspace that means the same, else to one of their own. */
export function ownPlaces(input: RouteInput): Places {
  return fieldPlaces(input, { source: 'ticket', destination: input.target.attributesOf, fields: ownFields(input), taken: new Set(attributes.map(({ name }) => name)) });
}

/** The lines that fill the attributes; what has no attribute, and is to get none, has no line. */
export function attributeFields(input: RouteInput): FieldLine[] {
  return allLines(input).filter(({ to }) => !input.leavesOut || isThere(input, to));
}

/** What of a ticket is not moved, since no call makes the attribute for it: field and attribute. */
export function leftOutAttributes(input: RouteInput): ReadonlyMap<string, string> {
  return new Map(input.leavesOut ? allLines(input).filter(({ to }) => !isThere(input, to)).flatMap(({ from, to }) => [from ?? []].flat().map((one): [string, string] => [one, to])) : []);
}

function allLines(input: RouteInput): FieldLine[] {
  return [
    ...attributes.map(({ name, label, line: made }) => (name !== 'priority__c' ? line(name, `${label}, as an attribute.`, made) : takesPriority(input) ? nativePriorityLine() : priorityLine(input))),
    ...ownFields(input).map((field) => ownLine(field, input.places.get(field.name))),
  ];
}

const isThere = ({ destination, target }: RouteInput, name: string): boolean => objectOf(destination, target.attributesOf)?.fields.some((field) => field.name === name) === true;

/** Attributes to make at Intercom, beforehand; each is confirmed by a person. */
export function attributeLines(input: RouteInput): SchemaLine[] {
  const of = input.target.attributesOf;
  const isMade = ({ object, name }: SchemaLine): boolean => object !== of || !input.leavesOut || isThere(input, name);
  const ofContact = (name: string, type: SchemaLine['type'], label: string): SchemaLine => schemaLine('contact', { name, type, label });
  return [
    ofContact('address__c', 'text', 'Address'), ofContact('job_title__c', 'text', 'Position'), ofContact('original_odoo_active__c', 'boolean', 'Active in Odoo'),
    ofContact('rating_value__c', 'decimal', 'Last rating'), ofContact('rating_average__c', 'decimal', 'Average rating'),
    ...attributes.filter(({ name }) => name !== 'priority__c' || !takesPriority(input)).map(({ name, type, label, options }) => schemaLine(of, { name, type, label, ...(options === undefined ? {} : { options: name === 'priority__c' ? [...new Set([...options, ...prioritiesOf(input).map(({ option }) => option)])] : options }) })),
    ...ownFields(input).filter((field) => (input.places.get(field.name)?.line ?? null) === null).map((field) => schemaLine(of, {
      name: attributeName(field), type: typeOf(field), label: field.label, source: `ticket.${field.name}`, evidence: [filledText(field)], ...(isList(field) ? { options: (field.options ?? []).map(({ label }) => label) } : {}),
    })),
  ].filter(isMade);
}
