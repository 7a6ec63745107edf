import type { Link, Plan } from '../../plan/plan.ts';

const ids = (object: string): [string, Plan['keys'][string]] => [object, [{ kind: 'id', from: '$id', normalise: 'exact' }]];
const by = (from: string, where?: Link['by'][number]['where']): Link['by'] => [{ kind: 'id', from, normalise: 'exact', ...(where === undefined ? {} : { where }) }];
/** Who wrote a message whose author Odoo does not know: by the address that it came from. */
const byAddress = (): Link['by'] => [{ kind: 'email', from: 'email_from', normalise: 'email', where: { field: 'author_id', filled: false } }];
const own = (object: string): Link => ({ object, name: 'self', to: object, by: by('$id') });

const address = (from: string | string[]): Plan['keys'][string][number] => ({ kind: 'email', from, normalise: 'email' });

export const keys: Plan['keys'] = {
  ...Object.fromEntries(['company', 'team', 'stage', 'tag', 'ticket', 'message'].map(ids)),
  partner: [...ids('partner')[1], address('email')], user: [...ids('user')[1], address(['email', 'login'])],
};

/** How records of the help desk point to each other. Links whose field the dialect lacks are left out by `propose`. */
export const links: readonly Link[] = [
  { object: 'partner', name: 'company', to: 'company', by: by('company') },
  own('partner'), own('ticket'),
  { object: 'ticket', name: 'partner', to: 'partner', by: by('partner_id') },
  { object: 'ticket', name: 'user', to: 'user', by: by('user_id') },
  { object: 'ticket', name: 'team', to: 'team', by: by('team_id') },
  { object: 'ticket', name: 'stage', to: 'stage', by: by('stage_id') },
  { object: 'ticket', name: 'tags', to: 'tag', by: by('tag_ids'), many: true },
  { object: 'ticket', name: 'creator', to: 'user', by: by('created_by_id') },
  { object: 'ticket', name: 'participants', to: 'partner', by: [{ kind: 'id', from: ['partner_id', 'follower_ids'], normalise: 'exact' }], many: true },
  { object: 'ticket', name: 'followers', to: 'partner', by: by('follower_ids'), many: true },
  { object: 'message', name: 'ticket', to: 'ticket', by: by('ticket_id') },
  { object: 'message', name: 'author', to: 'partner', by: [...by('author_id'), ...byAddress()] },
  { object: 'message', name: 'author_user', to: 'user', by: [...by('author_user_id'), ...byAddress()] },
  { object: 'message', name: 'requester', to: 'partner', by: [], via: { link: 'ticket', name: 'partner' } },
  { object: 'message', name: 'tracked', to: 'ticket', by: by('ticket_id', { field: 'kind', oneOf: ['tracking'] }) },
  { object: 'attachment', name: 'message', to: 'message', by: by('message_id') },
  { object: 'attachment', name: 'ticket', to: 'ticket', by: by('ticket_id') },
  { object: 'attachment', name: 'own_ticket', to: 'ticket', by: by('ticket_id', { field: 'message_id', filled: false }) },
  { object: 'rating', name: 'ticket', to: 'ticket', by: by('ticket_id') },
  { object: 'rating', name: 'partner', to: 'partner', by: by('partner_id') },
  { object: 'rating', name: 'customer', to: 'partner', by: [], via: { link: 'ticket', name: 'partner' } },
  { object: 'message', name: 'files', to: 'attachment', by: [], back: 'message', many: true },
  { object: 'ticket', name: 'files', to: 'attachment', by: [], back: 'own_ticket', many: true },
  { object: 'ticket', name: 'changes', to: 'message', by: [], back: 'tracked', many: true },
  { object: 'ticket', name: 'ratings', to: 'rating', by: [], back: 'ticket', many: true },
  { object: 'partner', name: 'ratings', to: 'rating', by: [], back: 'partner', many: true },
];

export const facts: Plan['facts'] = [
  { object: 'message', name: 'files', count: { link: 'message', of: 'attachment' } },
  { object: 'ticket', name: 'own_files', count: { link: 'own_ticket', of: 'attachment' } },
  { object: 'ticket', name: 'changes', count: { link: 'tracked', of: 'message' } },
];
