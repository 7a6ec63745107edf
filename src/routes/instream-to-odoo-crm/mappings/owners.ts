import type { Condition, Mapping } from '../../../plan/plan.ts';
import { byRoute } from '../line-builder.ts';
import { builder, objectOf, type MappingInput } from '../mapping-input.ts';
import { PLACEHOLDER, PROVISION } from '../owner-decisions.ts';

/** IO-12: owners are found among the users by e-mail, or by what was decided for those that no user has. */
export function ownersMapping(input: MappingInput): Mapping {
  const lines = builder(input, 'owner', 'res.users');
  if (input.openOwners.length > 0) {
    const placeholder: Condition = { decision: 'owner', of: 'email', is: PLACEHOLDER };
    lines.set('login', { constant: true, transforms: [{ decision: { id: 'owner-placeholder' } }], when: { all: [openOwner(input.openOwners), placeholder] }, reason: 'No user has this address: the placeholder, until owners are settled.' })
      .set('login', { from: 'email', transforms: ['email', { map: { values: Object.fromEntries(input.openOwners.map((email) => [email, email])), otherwise: null } }, { decision: { prefix: 'owner' } }], when: { all: [openOwner(input.openOwners), { not: placeholder }] }, whenMissing: 'empty', reason: 'No user has this address: the login that was decided for it.' });
  }
  lines.set('login', { from: 'email', transforms: ['email'], whenMissing: 'empty', ...(input.openOwners.length > 0 ? { when: { not: openOwner(input.openOwners) } } : {}), reason: 'A user is recognised by the login.' });
  return {
    id: 'owners', source: 'owner', destination: 'res.users', phase: 'configuration',
    identity: { match: [{ field: 'login', ignoreCase: true }], create: false, whenUnmatched: 'no-user-left-unassigned' },
    fields: lines.lines,
    leftOut: lines.use('id').unused().map((field) => ({ from: field.name, ...byRoute('Existing users are never changed by the load.') })), ...byRoute('Owners are matched to users by e-mail; records of the others stay unassigned and keep the owner\'s address in x_instream_owner.'),
  };
}

/** Users for owners that have none, only where that was decided for the owner. The partner goes first, so that a rollback takes both back. */
export function newOwnerMappings(input: MappingInput): readonly Mapping[] {
  if (input.openOwners.length === 0) return [];
  const when: Condition = { all: [openOwner(input.openOwners), { decision: 'owner', of: 'email', is: PROVISION }] };
  const named = objectOf(input.source, 'owner')?.fields.some((field) => field.name === 'name') === true;
  const name = { from: named ? ['name', 'email'] : ['email'], transforms: [{ nth: 1 }], required: true, reason: 'Name of the owner, else the address.' };
  const partner = builder(input, 'owner', 'res.partner').set('name', name).set('email', { from: 'email', transforms: ['email'], required: true, reason: 'Address of the owner.' });
  const user = builder(input, 'owner', 'res.users')
    .set('partner_id', { link: 'self', through: ['owner-partners'], whenMissing: 'quarantine', reason: 'The partner made for this user.' })
    .set('login', { from: 'email', transforms: ['email'], required: true, reason: 'The address is the login.' });
  const common = { source: 'owner', phase: 'configuration', when, otherwise: 'not-to-be-made', leftOut: [] };
  return [
    { ...common, id: 'owner-partners', destination: 'res.partner', identity: {}, fields: partner.lines, ...byRoute('The person behind a user that is to be made.') },
    { ...common, id: 'new-owners', destination: 'res.users', identity: {}, fields: user.lines, ...byRoute('Users for owners without one, only as decided; no invitation is sent, and no password is set.') },
  ];
}

/** Owners whose address no user has. */
function openOwner(emails: readonly string[]): Condition {
  return { any: emails.map((email): Condition => ({ field: 'email', equals: email })) };
}
