import type { KeyPart, Link, Plan } from '../../plan/plan.ts';
import { listOf, objectOf, type RouteInput } from './lines.ts';

const key = (kind: string, from: string, normalise: KeyPart['normalise'] = 'exact'): KeyPart => ({ kind, from, normalise });
const id = (from: string): KeyPart => key('id', from);

/** Objects that others point to by their own id. */
const pointedTo = ['segment', 'campaign', 'newsletter', 'broadcast', 'transactional_message', 'object', 'archive_event', 'message', 'message_body'] as const;

export function keys(input: RouteInput): Plan['keys'] {
  const all: Plan['keys'] = {
    ...Object.fromEntries(pointedTo.map((object) => [object, [id('$id')]])),
    person: [key('cio', 'cio_id'), key('person', 'id'), key('email', 'email', 'email')],
    campaign_action: [key('template', 'id')], newsletter_content: [key('template', 'id')], transactional_content: [key('of', 'transactional_message_id')],
    ...Object.fromEntries(input.types.map((type) => [primary(type.id), [key('member', 'cio_id')]])),
  };
  return Object.fromEntries(Object.entries(all).filter(([object]) => objectOf(input.source, object) !== undefined || object.startsWith('primary_')));
}

/** Name of the derived object that says which object of a type is a person's own: the first that names the person. */
const primary = (type: string): string => `primary_${type}`;

/** A person by cio_id, else by the customer's own id, else by an address that one person has. */
const byPerson = (...fields: readonly (readonly [kind: string, field: string])[]): KeyPart[] => fields.map(([kind, field]) => key(kind, field, kind === 'email' ? 'email' : 'exact'));
const personOf = (object: string, ...fields: readonly (readonly [kind: string, field: string])[]): Link => ({ object, name: 'person', to: 'person', by: byPerson(...fields) });

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
    ...input.types.flatMap((type): Link[] => [
      { object: primary(type.id), name: 'object', to: 'object', by: [id('object')] },
      { object: 'person', name: `member_${type.id}`, to: primary(type.id), by: [key('member', 'cio_id')] },
      { object: 'person', name: `company_${type.id}`, to: 'object', by: [], via: { link: `member_${type.id}`, name: 'object' } },
    ]),
  ];
  const there = (object: string): boolean => objectOf(input.source, object) !== undefined || object.startsWith('primary_');
  return all.filter((link) => there(link.object) && there(link.to));
}

/** The first relation of a person to an object of each type, in the order in which Customer.io lists objects and their people. */
export function derived(input: RouteInput): Plan['derived'] {
  return input.types.map((type) => ({ object: primary(type.id), key: { kind: 'member' }, from: [{ object: 'relationship', needs: `of_type_${type.id}`, fields: { cio_id: 'cio_id', object: 'object' } }] }));
}

/** Name of the fact that counts a person's memberships of one segment: 0 or 1. */
export const inSegment = (segment: string): string => `in segment ${segment}`;

export function facts(input: RouteInput): Plan['facts'] {
  return listOf(input.source, 'segment').map((segment) => ({ object: 'person', name: inSegment(String(segment['id'])), count: { link: 'person', of: 'segment_membership', labels: [String(segment['id'])] } }));
}
