import type { Condition, Mapping } from '../../../plan/plan.ts';
import { exportedLists, listStatuses } from '../exported-lists.ts';
import { byRoute, type LineBuilder } from '../line-builder.ts';
import { builder, type MappingInput } from '../mapping-input.ts';
import type { Made } from './messages.ts';
import { laterHold } from '../later-values.ts';
import { taggingMapping } from './tags.ts';

/** IO-05: how a list is treated, asked by its name. */
const treated = (as: 'segment' | 'pipeline', by: 'name' | 'list_name'): Condition => ({ decision: 'list', of: by, is: as });

/** A list that came with a later export: nobody has said yet what it is. */
const undecided = (by: 'name' | 'list_name'): NonNullable<Mapping['holdWhen']> => laterHold({ all: [{ field: by, filled: true }, { undecided: 'list', of: by }] }, 'list-not-decided', 'The list was in no export when the plan was made, and nobody has said whether it is a segment or a pipeline');

/** What lists become before any record: tags on both models, or stages (and a team, where each pipeline has one). */
export function listVocabulary(input: MappingInput): readonly Mapping[] {
  if (exportedLists(input.source).length === 0) return [];
  const own = builder(input, 'list', '');
  const leftOut = (): Mapping['leftOut'] => ['kind', 'template', 'shared', 'archived', 'treat_as'].filter((name) => own.has(name)).map((from) => ({ from, ...byRoute(from === 'treat_as' ? 'Taken for the recommendation of the decision on the list.' : 'Odoo\'s tags and stages have no such field.') }));
  const tag = (id: string, destination: string, on: string): Mapping => ({
    id, source: 'list', destination, phase: 'configuration', when: { not: treated('pipeline', 'name') }, otherwise: 'list-is-a-pipeline', holdWhen: undecided('name'),
    identity: { match: [{ field: 'name', ignoreCase: true }], mergeBy: 'name' },
    fields: [{ to: 'name', from: 'name', transforms: ['collapseSpaces'], required: true, ...byRoute('Name of the list.') }], leftOut: leftOut(), ...byRoute(`Lists that are segments, as tags of ${on}.`),
  });
  const mappings = [tag('list-lead-tags', 'crm.tag', 'leads'), tag('list-partner-tags', 'res.partner.category', 'partners')];
  if (listStatuses(input.source).length > 0) {
    mappings.push({
      id: 'list-stages', source: 'list_status', destination: 'crm.stage', phase: 'configuration', when: treated('pipeline', 'list_name'), otherwise: 'list-is-a-segment',
      identity: { match: [{ field: 'name', ignoreCase: true }], mergeBy: 'name' },
      fields: [{ to: 'name', from: 'name', transforms: ['collapseSpaces'], required: true, ...byRoute('Status of the list.') }], leftOut: [], ...byRoute('Statuses of lists that are pipelines; stages of that name are taken, not doubled.'),
    });
  }
  if (input.teams) {
    mappings.push({
      id: 'list-teams', source: 'list', destination: 'crm.team', phase: 'configuration', when: { all: [{ decision: 'pipeline-teams', is: 'each' }, treated('pipeline', 'name')] }, otherwise: 'no-team-of-its-own',
      identity: { match: [{ field: 'name', ignoreCase: true }], mergeBy: 'name' }, fields: [{ to: 'name', from: 'name', transforms: ['collapseSpaces'], required: true, ...byRoute('Name of the list.') }], leftOut: leftOut(),
      ...byRoute('A sales team for each list that is a pipeline, where teams are wanted.'),
    });
  }
  return mappings;
}

/** Memberships of lists that are segments: a tag on the partner or the lead. */
export function listTagging(input: MappingInput): readonly Made[] {
  if (exportedLists(input.source).length === 0) return [];
  const hold = { code: 'member-without-record', message: 'The contact or company on the list is not found, ambiguous, or did not go in.', remedy: 'Settle that record first, or give the membership a contact_id or contact_email; then retry.' };
  const made = [
    taggingMapping(input, { id: 'memberships-of-partners', source: 'list_membership', on: 'partners', among: { not: treated('pipeline', 'list_name') }, value: { link: 'list', through: ['list-partner-tags'] }, hold, holds: undecided('list_name'), reason: 'Members of segments who are partners.' }),
    taggingMapping(input, { id: 'memberships-of-leads', source: 'list_membership', on: 'leads', among: { not: treated('pipeline', 'list_name') }, value: { link: 'list', through: ['list-lead-tags'] }, hold, holds: undecided('list_name'), reason: 'Members of segments who are leads; every membership that fits nowhere waits here for a person.' }),
  ];
  return made.map(({ mapping, lines }) => ({ mapping: { ...mapping, leftOut: unkept(lines) }, lines }));
}

/** A tag says that somebody is on a list and nothing more. */
function unkept(lines: LineBuilder): Mapping['leftOut'] {
  lines.use('list_id', 'list_name', 'contact_id', 'contact_email', 'company_id', 'company_name');
  const rest = lines.unused().map((field) => field.name);
  lines.use(...rest);
  return rest.map((from) => ({ from, loss: 'A tag has no status, owner, date or field of its own.', ...byRoute('A tag only says who is on the list; treat the list as a pipeline to keep more.') }));
}

/** Memberships of lists that are pipelines: an opportunity each, with stage and probability from the status. */
export function listOpportunities(input: MappingInput): readonly Made[] {
  if (exportedLists(input.source).length === 0) return [];
  const lines = builder(input, 'list_membership', 'crm.lead');
  const status = (meaning: 'won' | 'lost'): Condition => ({ decision: 'list-status-meaning', of: 'status_name', is: meaning });
  const [won, lost] = [status('won'), status('lost')];
  const open: Condition = { not: { any: [won, lost] } };
  const statuses = listStatuses(input.source).length > 0;
  const date = lines.has('status_changed_at') ? 'status_changed_at' : 'added_at';
  const contact = builder(input, 'contact', '');
  const fromCells = contact.has('lists'); // memberships that only a contact's cell names carry that contact's name and address
  const who = ['list_name', ...(fromCells && contact.has('full_name') ? ['contact_name'] : []), ...(lines.has('contact_email') || (fromCells && contact.has('email')) ? ['contact_email'] : []), ...(lines.has('company_name') ? ['company_name'] : [])];
  const someone: Condition = { any: [{ link: 'contact', state: 'found', through: 'contact-partners' }, { link: 'company', state: 'found', through: 'companies' }] };
  lines.set('type', { constant: 'opportunity', reason: 'Always said: leads and opportunities share one model.' })
    .set('name', { from: who, transforms: [{ join: ' – ' }, 'collapseSpaces'], required: true, reason: 'List and member.' })
    .set('partner_id', { link: 'contact', through: ['contact-partners'], whenMissing: 'quarantine', when: { link: 'contact', state: 'found', through: 'contact-partners' }, reason: 'The member.' })
    .set('partner_id', { link: 'company', through: ['companies'], whenMissing: 'quarantine', when: { all: [{ not: { link: 'contact', state: 'found', through: 'contact-partners' } }, { link: 'company', state: 'found', through: 'companies' }] }, reason: 'The company on the list.' });
  if (statuses) {
    lines.set('stage_id', { link: 'status', through: ['list-stages'], whenMissing: 'quarantine', when: { all: [{ not: won }, { field: 'status_name', filled: true }] }, reason: 'Stage of the status; without one Odoo\'s first.' })
      .set('stage_id', { constant: true, transforms: [{ decision: 'won-stage' }], lookup: { object: 'crm.stage', by: 'name', ignoreCase: true }, whenMissing: 'quarantine', when: won, reason: 'Won in Odoo means: in a won stage.' })
      .set('probability', { constant: '100', when: won, reason: 'Won.' })
      .set('probability', { constant: '0', when: lost, reason: 'Lost.' })
      .set('probability', { from: 'status_name', transforms: [{ decision: { prefix: 'list-status-probability', otherwise: null } }], when: { all: [open, { field: 'status_name', filled: true }] }, reason: 'Decided for the status.' })
      .set('active', { constant: false, when: lost, reason: 'Lost opportunities are archived in Odoo.' })
      .set('active', { constant: true, when: { not: lost }, reason: 'Open and won opportunities are active.' })
      .move(date, 'date_closed', { transforms: [lines.typed(date, 'datetime')], when: { any: [won, lost] }, reason: 'When the status was set.' })
      .move('status_name', 'x_instream_stage', { transforms: ['trim'], when: won, reason: 'The status a won member had.' })
      .move('status_changed_at', 'x_instream_status_changed_at', { transforms: [lines.typed('status_changed_at', 'datetime')], when: open, whenMissing: 'empty', reason: 'Since when an open member has its status.' });
  }
  if (input.teams) lines.set('team_id', { link: 'list', through: ['list-teams'], whenMissing: 'quarantine', when: { decision: 'pipeline-teams', is: 'each' }, reason: 'The team of the list.' });
  lines.set('user_id', { link: 'owner', through: input.ownerMappings, whenMissing: 'empty', reason: 'The user of the owner; without one it stays unassigned.' }).use('owner_email', 'status_name', 'list_id', 'contact_id', 'company_id')
    .move('owner_email', 'x_instream_owner', { transforms: ['email'], whenMissing: 'empty', reason: 'So that owners can be settled later without another load.' })
    .set('x_instream_pipeline', { from: 'list_name', transforms: ['collapseSpaces'], reason: 'The list.' })
    .move('added_at', 'x_instream_created_at', { transforms: [lines.typed('added_at', 'datetime')], whenMissing: 'empty', reason: 'When the member came onto the list.' })
    .use('status_changed_at');
  return [{
    lines,
    mapping: {
      id: 'memberships-as-opportunities', source: 'list_membership', destination: 'crm.lead', phase: 'opportunities', when: treated('pipeline', 'list_name'), otherwise: 'list-is-a-segment', identity: {}, fields: lines.lines, leftOut: [],
      holdWhen: [...laterHold({ all: [{ field: 'status_name', filled: true }, { undecided: 'list-status-meaning', of: 'status_name' }] }, 'list-status-not-decided', 'The status of the membership was in no export when the plan was made, and nobody has said what it means'), { condition: { not: someone }, code: 'member-without-record', message: 'The contact or company on the list is not found, ambiguous, or did not go in as a partner.', remedy: 'Settle that record first, or give the membership a contact_id or contact_email; then retry.' }],
      ...byRoute('Members of lists that are pipelines.'),
    },
  }];
}
