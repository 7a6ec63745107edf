import type { Condition, Mapping } from '../../../plan/plan.ts';
import { byRoute } from '../line-builder.ts';
import { builder, type MappingInput } from '../mapping-input.ts';

/** IO-12: owners are found among the users, never made. */
export function ownersMapping(input: MappingInput): Mapping {
  const lines = builder(input, 'owner', 'res.users');
  const decided = input.openOwners.length > 0;
  if (decided) lines.set('login', { from: 'email', transforms: ['email', { map: { values: Object.fromEntries(input.openOwners.map((email) => [email, email])), otherwise: null } }, { decision: { prefix: 'owner' } }], when: openOwner(input.openOwners), whenMissing: 'empty', reason: 'No user has this address: the login that was decided for it.' });
  lines.set('login', { from: 'email', transforms: ['email'], whenMissing: 'empty', ...(decided ? { when: { not: openOwner(input.openOwners) } } : {}), reason: 'A user is recognised by the login.' });
  return {
    id: 'owners', source: 'owner', destination: 'res.users', phase: 'configuration',
    identity: { match: [{ field: 'login', ignoreCase: true }], create: false, whenUnmatched: 'no-user-left-unassigned' },
    fields: lines.lines,
    leftOut: lines.use('id').unused().map((field) => ({ from: field.name, ...byRoute('Users are never made or changed by the load.') })), ...byRoute('Owners are matched to users by e-mail; records of the others stay unassigned and keep the owner\'s address in x_instream_owner.'),
  };
}

/** Owners whose address no user has. */
function openOwner(emails: readonly string[]): Condition {
  return { any: emails.map((email): Condition => ({ field: 'email', equals: email })) };
}

/** IO-04: stages by name; an existing one is taken, not doubled. */
export function stagesMapping(input: MappingInput): Mapping {
  const lines = builder(input, 'stage', 'crm.stage')
    .move('name', 'name', { transforms: ['collapseSpaces'], required: true, reason: 'Name of the stage.' })
    .move('sequence', 'sequence', { transforms: ['integer'], whenMissing: 'empty', reason: 'Order of the stages, kept.' });
  if (lines.lines.length === 0) lines.set('name', { from: 'name', transforms: ['collapseSpaces'], required: true, reason: 'Name of the stage, as the deals write it.' });
  return {
    id: 'stages', source: 'stage', destination: 'crm.stage', phase: 'configuration',
    identity: { match: [{ field: 'name', ignoreCase: true }], mergeBy: 'name' },
    fields: lines.lines,
    leftOut: lines.use('id', 'pipeline_id', 'pipeline_name', 'type').unused().map((field) => ({ from: field.name, ...byRoute(field.name === 'probability' ? 'Odoo keeps no probability on a stage; it is set on each opportunity (see the stage decisions).' : 'Odoo stages have no such field.') })),
    ...byRoute('Stages of all pipelines are shared in Odoo; equal names are one stage.'),
  };
}

/** IO-03: reasons of lost deals. */
export function lostReasonsMapping(input: MappingInput): Mapping {
  void input;
  return {
    id: 'lost-reasons', source: 'lost_reason', destination: 'crm.lost.reason', phase: 'configuration',
    identity: { match: [{ field: 'name', ignoreCase: true }], mergeBy: 'name' },
    fields: [{ to: 'name', from: 'name', transforms: ['collapseSpaces'], required: true, ...byRoute('The reason as the deals write it.') }],
    leftOut: [], ...byRoute('Every reason that a lost deal names.'),
  };
}

/** IO-10: tags, with spellings that differ only in case and spaces made one. Odoo keeps them apart for leads and for partners. */
export function tagMappings(input: MappingInput): readonly Mapping[] {
  void input;
  const mapping = (id: string, destination: string, why: string): Mapping => ({
    id, source: 'tag', destination, phase: 'configuration',
    identity: { match: [{ field: 'name', ignoreCase: true }], mergeBy: 'name' },
    fields: [{ to: 'name', from: 'name', transforms: ['collapseSpaces'], required: true, ...byRoute('Name of the tag; list a source id under identity.keepApart to take it out of a merge.') }],
    leftOut: ['color', 'applies_to'].filter((name) => builder(input, 'tag', destination).has(name)).map((from) => ({ from, ...byRoute('Odoo numbers its colours and does not restrict tags to objects.') })),
    ...byRoute(why),
  });
  return [mapping('lead-tags', 'crm.tag', 'Tags of leads and opportunities.'), mapping('partner-tags', 'res.partner.category', 'Tags of partners.')];
}
