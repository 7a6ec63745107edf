import type { KeyPart, Link, Plan } from '../../plan/plan.ts';
import { listOf, objectOf, type RouteInput } from './lines.ts';
import { answerTo, eventsDecision, listAttributes, listsDecision, otherCompaniesDecision, parentDecision, stagesOf, statusAttribute, typesThatAre } from './shaping.ts';

const key = (kind: string, from: string, normalise: KeyPart['normalise'] = 'exact'): KeyPart => ({ kind, from, normalise });
const id = (from: string): KeyPart => key('id', from);

/** Objects that others point to by their own id. */
const pointedTo = ['segment', 'campaign', 'newsletter', 'broadcast', 'transactional_message', 'object', 'archive_event', 'message', 'message_body', 'warehouse_deliveries'] as const;

export function keys(input: RouteInput): Plan['keys'] {
  const all: Plan['keys'] = {
    ...Object.fromEntries(pointedTo.map((object) => [object, [id('$id')]])),
    person: [key('cio', 'cio_id'), key('person', 'id'), key('email', 'email', 'email')],
    campaign_action: [key('template', 'id')], newsletter_content: [key('template', 'id')], transactional_content: [key('of', 'transactional_message_id')],
    warehouse_delivery_content: [key('delivery', 'delivery_id')],
    ...Object.fromEntries(input.types.flatMap((type) => [first(type.id), main(type.id)].map((name) => [name, [key('member', 'cio_id'), { kind: 'own', from: ['cio_id', 'object'], normalise: 'exact', compose: true }]]))),
    event_day: [{ kind: 'day', from: ['person_key', 'day'], normalise: 'exact', compose: true }], entered: [key('member', 'cio_id')], lead_status: [key('name', 'name', 'fold')],
    list_value: [{ kind: 'value', from: ['attribute', 'value'], normalise: 'exact', compose: true }], list_choice: [{ kind: 'choice', from: ['attribute', 'cio_id', 'value'], normalise: 'exact', compose: true }],
  };
  const made = new Set(derived(input).map(({ object }) => object));
  return Object.fromEntries(Object.entries(all).filter(([object]) => objectOf(input.source, object) !== undefined || made.has(object)));
}

/** Names of the derived objects that say which object of a type is a person's own: the first that names the person, and the first that is marked as main. */
const first = (type: string): string => `first_${type}`;
const main = (type: string): string => `main_${type}`;

/** A person by cio_id, else by the customer's own id, else by an address that one person has. */
const byPerson = (...fields: readonly (readonly [kind: string, field: string])[]): KeyPart[] => fields.map(([kind, field]) => key(kind, field, kind === 'email' ? 'email' : 'exact'));
const personOf = (object: string, ...fields: readonly (readonly [kind: string, field: string])[]): Link => ({ object, name: 'person', to: 'person', by: byPerson(...fields) });

/** A person's own company of each type, and whether a relation is the one to it. */
function companyLinks(input: RouteInput): Link[] {
  const tagged = answerTo(input, otherCompaniesDecision()) === 'tag';
  return typesThatAre(input, 'company').flatMap(({ id: type }) => waysToParent(input).flatMap((way): Link[] => {
    const object = way === 'main' ? main(type) : first(type);
    return [
      { object, name: 'object', to: 'object', by: [id('object')] }, { object: 'person', name: `${way}_member_${type}`, to: object, by: [key('member', 'cio_id')] },
      { object: 'person', name: `${way}_company_${type}`, to: 'object', by: [], via: { link: `${way}_member_${type}`, name: 'object' } },
      ...(tagged ? [{ object: 'relationship', name: `is_${way}_${type}`, to: object, by: [{ kind: 'own', from: ['cio_id', 'object'], normalise: 'exact', compose: true }] } satisfies Link, { object: 'relationship', name: `has_${way}_${type}`, to: object, by: [key('member', 'cio_id')] } satisfies Link] : []),
    ];
  }));
}

/** Which relation of a person leads to the parent, best first; empty = none does. */
export function waysToParent(input: RouteInput): readonly ('main' | 'first')[] {
  const answer = objectOf(input.source, 'relationship') === undefined ? 'none' : answerTo(input, parentDecision());
  return answer === 'main' ? ['main', 'first'] : answer === 'first' ? ['first'] : [];
}

/** How records of Customer.io point to each other. */
export function links(input: RouteInput): Link[] {
  const all: Link[] = [
    { object: 'person', name: 'self', to: 'person', by: [key('cio', 'cio_id')] },
    personOf('event', ['cio', 'cio_id'], ['person', 'customer_id'], ['email', 'email']),
    { object: 'event', name: 'archived', to: 'archive_event', by: [id('$id')] },
    personOf('archive_event', ['cio', 'cio_id'], ['person', 'person_id'], ['email', 'email']),
    personOf('message', ['cio', 'cio_id']),
    { object: 'message', name: 'campaign', to: 'campaign', by: [id('campaign_id')] },
    { object: 'message', name: 'newsletter', to: 'newsletter', by: [id('newsletter_id')] },
    { object: 'message', name: 'broadcast', to: 'broadcast', by: [id('broadcast_id')] },
    { object: 'message', name: 'transactional', to: 'transactional_message', by: [id('transactional_message_id')] },
    { object: 'message', name: 'body', to: 'message_body', by: [id('$id')] },
    { object: 'transactional_content', name: 'message', to: 'transactional_message', by: [id('transactional_message_id')] },
    { ...personOf('segment_membership', ['cio', 'cio_id']), label: 'segment_id' },
    { object: 'segment_membership', name: 'segment', to: 'segment', by: [id('segment_id')] },
    { object: 'segment', name: 'self', to: 'segment', by: [id('$id')] },
    personOf('relationship', ['cio', 'cio_id'], ['person', 'person_id'], ['email', 'email']),
    { object: 'relationship', name: 'object', to: 'object', by: [id('object')] },
    personOf('optout', ['cio', 'cio_id'], ['person', 'person_id']),
    ...(['event', 'archive_event'] as const).map((object): Link => ({ object, name: 'day', to: 'event_day', by: [{ kind: 'day', from: ['person_key', 'day'], normalise: 'exact', compose: true }] })),
    personOf('event_day', ['cio', 'cio_id'], ['person', 'person_id'], ['email', 'email']),
    { object: 'event_day', name: 'events', to: 'event', by: [], back: 'day', many: true }, { object: 'event_day', name: 'archived', to: 'archive_event', by: [], back: 'day', many: true },
    { object: 'person', name: 'entered', to: 'entered', by: [key('member', 'cio_id')] }, { object: 'entered', name: 'campaign', to: 'campaign', by: [id('campaign_id')] },
    { object: 'person', name: 'entered_campaign', to: 'campaign', by: [], via: { link: 'entered', name: 'campaign' } },
    ...[statusAttribute(input) ?? []].flat().map((status): Link => ({ object: 'person', name: 'lead_status', to: 'lead_status', by: [key('name', status, 'fold')] })),
    personOf('list_choice', ['cio', 'cio_id']), { object: 'list_choice', name: 'value', to: 'list_value', by: [{ kind: 'value', from: ['attribute', 'value'], normalise: 'exact', compose: true }] },
    { object: 'message', name: 'content', to: 'warehouse_delivery_content', by: [key('delivery', 'id')] },
    { object: 'warehouse_deliveries', name: 'message', to: 'message', by: [id('delivery_id')] }, { object: 'warehouse_deliveries', name: 'content', to: 'warehouse_delivery_content', by: [key('delivery', 'delivery_id')] },
    personOf('warehouse_deliveries', ['cio', 'cio_id']),
    ...(['campaign', 'newsletter'] as const).map((object): Link => ({ object: 'warehouse_deliveries', name: object, to: object, by: [id(`${object}_id`)] })),
    { object: 'warehouse_metrics', name: 'message', to: 'message', by: [id('delivery_id')] }, { object: 'warehouse_metrics', name: 'delivery', to: 'warehouse_deliveries', by: [id('delivery_id')] },
    { object: 'message', name: 'clicks', to: 'warehouse_metrics', by: [], back: 'message', many: true }, { object: 'warehouse_deliveries', name: 'metrics', to: 'warehouse_metrics', by: [], back: 'delivery', many: true },
    personOf('warehouse_subjects', ['cio', 'cio_id']), { object: 'warehouse_subjects', name: 'campaign', to: 'campaign', by: [id('campaign_id')] },
    ...companyLinks(input),
    ...(typesThatAre(input, 'field').length === 0 ? [] : [{ object: 'person', name: 'relations', to: 'relationship', by: [], back: 'person', many: true }]),
  ];
  const made = new Set(derived(input).map(({ object }) => object));
  const there = (object: string): boolean => objectOf(input.source, object) !== undefined || made.has(object);
  const direct = all.filter((link) => there(link.object) && there(link.to));
  const has = (object: string, name: string): boolean => direct.some((link) => link.object === object && link.name === name);
  return direct.filter((link) => (link.via === undefined || has(link.object, link.via.link)) && (link.back === undefined || has(link.to, link.back)));
}

/**
 * Records that stand only in values of others: the first relation of a person to an object of each type, in the order in which
 * Customer.io lists objects and their people; days of a person with events; the first campaign that a person entered; states of leads;
 * values of lists. Each only where an answer asks for it.
 */
export function derived(input: RouteInput): Plan['derived'] {
  const has = (object: string): boolean => objectOf(input.source, object) !== undefined;
  const stages = stagesOf(input);
  const lists = answerTo(input, listsDecision(input)) === 'tags' ? listAttributes(input) : [];
  const nameOf = (attribute: string): string => attribute.replace(/^attr\./u, '');
  return [
    ...typesThatAre(input, 'company').flatMap(({ id: type }) => waysToParent(input).map((way) => ({ object: way === 'main' ? main(type) : first(type), key: { kind: 'member' }, from: [{ object: 'relationship', needs: `${way === 'main' ? 'main_of_type' : 'of_type'}_${type}`, fields: { cio_id: 'cio_id', object: 'object' } }] }))),
    ...(answerTo(input, eventsDecision(input)) === 'digest' ? [{ object: 'event_day', key: { kind: 'day' }, from: (['archive_event', 'event'] as const).filter(has).map((object) => ({ object, needs: 'person_key', fields: { person_key: 'person_key', day: 'day', cio_id: 'cio_id', person_id: object === 'event' ? 'customer_id' : 'person_id', email: 'email' } })) }] : []),
    ...(stages.campaigns && has('message') ? [{ object: 'entered', key: { kind: 'member' }, from: [{ object: 'message', needs: 'campaign_id', fields: { cio_id: 'cio_id', campaign_id: 'campaign_id' } }] }] : []),
    ...(stages.status === null ? [] : [{ object: 'lead_status', key: { kind: 'name' }, from: [{ object: 'person', needs: stages.status, fields: { name: stages.status } }] }]),
    ...(lists.length === 0 ? [] : [
      { object: 'list_value', key: { kind: 'value' }, from: lists.map((list) => ({ object: 'person', needs: list, many: true, fields: { value: list }, constants: { attribute: nameOf(list) } })) },
      { object: 'list_choice', key: { kind: 'choice' }, from: lists.map((list) => ({ object: 'person', needs: list, many: true, fields: { value: list, cio_id: 'cio_id' }, constants: { attribute: nameOf(list) } })) },
    ]),
  ];
}

/** Name of the fact that counts a person's memberships of one segment: 0 or 1. */
export const inSegment = (segment: string): string => `in segment ${segment}`;

export function facts(input: RouteInput): Plan['facts'] {
  return listOf(input.source, 'segment').map((segment) => ({ object: 'person', name: inSegment(String(segment['id'])), count: { link: 'person', of: 'segment_membership', labels: [String(segment['id'])] } }));
}
