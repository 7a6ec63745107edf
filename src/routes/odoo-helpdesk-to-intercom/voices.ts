import type { Condition, FieldLine, Mapping } from '../../plan/plan.ts';
import { waitsForHimself } from './agents.ts';
import { line, type RouteInput } from './lines.ts';

/** Stands in for everybody whom Intercom does not know. */
export const fallback = [{ decision: 'acting-admin' }];
/** Messages of one ticket by one worker, oldest first. */
export const inTime = { order: 'sent_at', orderWithin: 'ticket' } as const;
/** Odoo's own log is left out, but never the files that hang on it. */
export const MOVED: Condition = { any: [{ not: { field: 'kind', equals: 'tracking' } }, { fact: 'files', atLeast: 1 }] };

const isReply: Condition = { field: 'kind', equals: 'reply' };
const isCustomer: Condition = { all: [isReply, { field: 'author_kind', equals: 'customer' }, { link: 'author', state: 'found', through: 'contacts' }] };

/**
 * The author is an admin. Who was none when the plan was made stays one whom a line in the text names, also when his tickets are
 * given to somebody later: parts cannot be changed, and nobody is to speak under another's name. Whose messages wait for him speaks
 * for himself once he is an admin: none of them is in yet.
 */
function isAdmin({ openAgents }: RouteInput): Condition {
  const found: Condition = { link: 'author_user', state: 'found', through: 'admins' };
  return openAgents.length === 0 ? found : { all: [found, { not: { any: openAgents.map((agent): Condition => ({ all: [{ field: 'author_user_id', equals: agent.id }, { not: waitsForHimself(agent) }] })) } }] };
}

const isNobody = (input: RouteInput): Condition => ({ not: { any: [isAdmin(input), isCustomer] } });

/** The author is named in the text: nobody at Intercom, or another customer than the one who opened the ticket, since only those who take part may reply. */
export function isNamedInText(input: RouteInput): Condition {
  const isOutsider: Condition = { all: [{ not: isAdmin(input) }, isCustomer, { expression: 'links.author[0].targets.contacts != links.requester[0].targets.contacts' }] };
  return { any: [isNobody(input), isOutsider] };
}

/** Who says it and how: customers as contacts, agents as admins, everybody else through the acting admin. */
export function voices(input: RouteInput): FieldLine[] {
  const { target } = input;
  const admin = isAdmin(input);
  const isComment: Condition = { all: [isReply, { any: [isCustomer, admin, { field: 'author_kind', equals: 'agent' }, { field: 'author_kind', equals: 'system' }] }] };
  return [
    line(target.id, 'Where its ticket is.', { link: 'ticket', through: [target.mapping], whenMissing: 'quarantine' }),
    line('kind', 'Everybody could read it.', { constant: 'comment', when: isComment }),
    line('kind', 'Only agents could read it, or its author is unknown.', { constant: 'note', when: { not: isComment } }),
    line('contact_id', 'The customer; who else wrote is named in the text.', { link: 'requester', through: ['contacts'], when: { all: [isCustomer, { not: admin }] }, whenMissing: 'quarantine' }),
    line('admin_id', 'The agent who wrote it.', { link: 'author_user', through: ['admins'], when: admin, whenMissing: 'quarantine' }),
    line('admin_id', 'Stands in for an author whom Intercom does not know.', { transforms: fallback, when: isNobody(input) }),
    line('created_at', 'When it was sent.', { from: 'sent_at' }),
  ];
}

/** Messages that wait for their author to become an admin, where that was decided. */
export function heldAuthors(input: RouteInput): NonNullable<Mapping['holdWhen']> {
  return [{
    condition: { all: [isNobody(input), { decision: 'unmatched-people', is: 'hold' }] }, code: 'author-not-found', message: 'The author of the message is no admin and no contact of Intercom.',
    remedy: 'Make the person an admin under the address that Odoo has, then retry (`portolan quarantine retry <project>`); or let the contact in; or let the acting admin stand in (`portolan decide <project>`: unmatched-people).',
  }];
}
