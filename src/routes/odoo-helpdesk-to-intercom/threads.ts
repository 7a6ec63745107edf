import type { Condition, FieldLine, Mapping } from '../../plan/plan.ts';
import { attributeFields, leftOutAttributes } from './attributes.ts';
import { line, mapping, type RouteInput } from './lines.ts';
import { fallback, heldAuthors, inTime, isNamedInText, MOVED, voices } from './voices.ts';
import { filesLine, heldForFiles } from './files.ts';
import { takesFiles } from './target.ts';

/** Somebody of the staff made the ticket for the customer: not the customer himself, nor Odoo when mail came in (user 1). */
const byStaff: Condition = { all: [{ link: 'creator', state: 'found' }, { not: { field: 'created_by_id', equals: '1' } }] };

/** Tickets, as conversations or as tickets. */
export function ticketsMapping(input: RouteInput): Mapping {
  const { target } = input;
  const description = (to: string): FieldLine[] => [
    line(to, 'The description as text, else the subject.', { from: ['description', 'name'], transforms: [{ htmlToText: { images: true } }, { nth: 1 }, { default: '(no text)' }], required: true }),
    line(to, 'Opened by staff: only contacts open conversations, so the text says who did.', { from: ['description', 'name'], transforms: [{ htmlToText: { images: true } }, { nth: 1 }, { jsonata: '"[opened by staff" & (record.created_by_name ? ": " & record.created_by_name : "") & "]\n" & (value ? value : "(no text)")' }], when: byStaff }),
  ];
  const opened = [
    line('contact_id', 'The customer.', { link: 'partner', through: ['contacts'], whenMissing: 'quarantine' }),
    line('created_at', 'When the ticket was made.', { from: 'created_at' }),
  ];
  return mapping(input, {
    id: target.mapping, source: 'ticket', destination: target.object, phase: 'conversations', reason: `Each ticket is a ${target.object}.`, partial: target.kind === 'conversations', identity: { unique: 'source' },
    holdWhen: [{ condition: { link: 'partner', state: 'none' }, code: 'no-partner', message: 'The ticket has no partner: somebody must have opened it.', remedy: 'Give the ticket a partner in Odoo, or here: `portolan quarantine export <project> --file held.csv`, then `portolan quarantine retry <project> --file held.csv`.' }],
    ...(target.kind === 'conversations' ? {} : { used: ticketFields }),
    fields: target.kind === 'conversations' ? [...opened, ...description('body')] : [
      ...opened, ...description('description'), line('title', 'The subject.', { from: 'name', transforms: ['collapseSpaces', { truncate: 255 }, { default: '(no subject)' }], loss: 'What goes beyond 255 characters.' }),
      ...assignment(), ...attributeFields(input),
    ],
  });
}

/** Fields of a ticket that links, conditions and expressions read. */
const ticketFields = ['partner_id', 'partner_name', 'partner_email', 'partner_phone', 'team_id', 'user_id', 'stage_id', 'stage_name', 'tag_ids', 'follower_ids', 'inline_attachment_ids', 'description', 'name', 'created_at', 'updated_at', 'type_id', 'channel_id', 'created_by_id', 'created_by_name'];

/** Agent and team; a stage may have a team of its own. */
function assignment(): FieldLine[] {
  const assigned: Condition = { link: 'user', state: 'found' };
  const isAdmin: Condition = { link: 'user', state: 'found', through: 'admins' };
  const own: Condition = { any: [{ decision: 'stage-team', of: 'stage_name', is: 'ticket' }, { field: 'stage_name', filled: false }, { undecided: 'stage-team', of: 'stage_name' }] }; // a stage that came later: its tickets keep their team
  return [
    line('admin_assignee_id', 'Who it is assigned to.', { link: 'user', through: ['admins'], when: isAdmin }),
    line('admin_assignee_id', 'Stands in for somebody who is no admin.', { transforms: fallback, when: { all: [assigned, { not: isAdmin }] } }),
    line('team_assignee_id', 'Its team; a team that Intercom lacks is on the checklist.', { link: 'team', through: ['teams'], when: own }),
    line('team_assignee_id', 'The team that was decided for its stage.', { from: 'stage_name', transforms: [{ decision: { prefix: 'stage-team', otherwise: null } }, { map: { values: { none: null }, keep: true } }], when: { not: own } }),
  ];
}

/** Replies and notes in time order, and Odoo's log as one note where that was decided. */
export function messageMappings(input: RouteInput): Mapping[] {
  const { target } = input;
  const named = isNamedInText(input);
  const files = takesFiles(input.destination, target);
  const withFiles: Condition | null = target.kind === 'conversations' ? null : { field: 'author_user_id', filled: true };
  return [
    mapping(input, {
      id: 'parts', source: 'message', destination: target.part, phase: 'parts', reason: 'Replies and notes in time order.', identity: {}, ...inTime, when: MOVED, otherwise: 'tracking', holdWhen: [...heldAuthors(input), ...(files ? heldForFiles('files') : [])],
      used: ['kind', 'author_kind', 'ticket_id', 'author_id', 'author_user_id', 'author_name', 'attachment_ids', 'inline_attachment_ids', 'message_type', 'tracking', 'email_from'],
      fields: [
        ...voices(input),
        line('body', 'What was written, as text.', { from: 'body', transforms: [{ htmlToText: { images: true } }, { default: '(no text)' }], when: { not: named } }),
        line('body', 'With the name of its author.', { from: 'body', transforms: [{ htmlToText: { images: true } }, { jsonata: '"[" & (record.author_name ? record.author_name : record.email_from ? record.email_from : "unknown author") & "]\n" & (value ? value : "(no text)")' }], when: named }),
        ...(files ? [filesLine(0, withFiles === null ? {} : { when: withFiles })] : []),
      ],
    }),
    mapping(input, {
      id: 'tracking-digest', source: 'ticket', destination: target.part, phase: 'attachments', reason: 'Odoo\'s own log as one note.', identity: {}, partial: true,
      when: { all: [{ decision: 'tracking', is: 'digest' }, { fact: 'changes', atLeast: 1 }, { link: 'self', state: 'found', through: target.mapping }] }, otherwise: 'no-digest',
      fields: [
        line(target.id, 'Where its ticket is.', { link: 'self', through: [target.mapping], whenMissing: 'quarantine' }), line('kind', 'For agents only.', { constant: 'note' }),
        line('admin_id', 'Nobody wrote it.', { transforms: fallback }), line('body', 'Every change.', { link: 'changes', give: 'tracking', transforms: [{ join: '\n' }, { default: '(changes without details)' }] }),
        line('created_at', 'When the ticket was last changed.', { from: 'updated_at' }),
      ],
    }),
  ];
}

/** What is set when everything else is in, the state last: a later reply or assignment would open the conversation again. */
export function settingsMapping(input: RouteInput): Mapping {
  const { target } = input;
  const holdWhen: Mapping['holdWhen'] = [
    { condition: { all: [{ link: 'user', state: 'found' }, { not: { link: 'user', state: 'found', through: 'admins' } }, { decision: 'unmatched-people', is: 'hold' }] }, code: 'assignee-not-found', message: 'Who the ticket is assigned to is no admin of Intercom.', remedy: 'Make the person an admin, or assign the agent to another (`portolan owners apply`); then retry.' },
    { condition: { all: [{ decision: 'missing-teams', is: 'hold' }, { link: 'team', state: 'found' }, { not: { link: 'team', state: 'found', through: 'teams' } }] }, code: 'team-not-found', message: 'Intercom has no team of the name of the ticket\'s team.', remedy: 'Make the team at Intercom (Settings > Teammates > Teams), then load again: `portolan quarantine retry <project>`. Or let such tickets in without a team (`portolan decide <project>`: missing-teams).' },
  ];
  const shared = {
    id: 'settings', source: 'ticket', phase: 'settings', reason: 'Set once, when everything else is in.', identity: { unique: 'source' as const }, when: { link: 'self', state: 'found' as const, through: target.mapping }, otherwise: 'not-in', holdWhen,
  };
  const common = [
    line(target.id, 'Where the ticket is.', { link: 'self', through: [target.mapping], whenMissing: 'quarantine' }),
    line('actor_id', 'Who acts.', { transforms: fallback, required: true }),
    line('tag_ids', 'Its tags.', { link: 'tags', through: ['tags'] }),
  ];
  if (target.kind === 'tickets') {
    return mapping(input, { ...shared, destination: 'ticket_settings', partial: true, fields: [...common, line('state_category', 'As decided for its stage.', { from: 'stage_name', transforms: [{ decision: { prefix: 'stage-state', otherwise: 'in_progress' } }] })] });
  }
  return withReasons(input, mapping(input, {
    ...shared, destination: 'conversation_settings', used: ticketFields,
    fields: [
      ...common,
      line('title', 'The subject.', { from: 'name', transforms: ['collapseSpaces', { truncate: 255 }], loss: 'What goes beyond 255 characters.' }),
      line('participant_ids', 'Customer and followers, where that was decided.', { link: 'participants', through: ['contacts'], when: { decision: 'followers', is: 'participants' } }),
      ...assignment(),
      line('state', 'As decided for its stage.', { from: 'stage_name', transforms: [{ decision: { prefix: 'stage-state', otherwise: 'open' } }, { default: 'open' }] }),
      line('snoozed_until', 'Only for snoozed ones.', { from: 'stage_name', transforms: [{ decision: { id: 'snoozed-until' } }], when: { decision: 'stage-state', of: 'stage_name', is: 'snoozed' } }),
      ...attributeFields(input),
    ],
  }));
}

/** What is left out for want of an attribute says so. */
function withReasons(input: RouteInput, made: Mapping): Mapping {
  const wanting = leftOutAttributes(input);
  return { ...made, leftOut: made.leftOut.map((one) => { const to = wanting.get(one.from); return to === undefined ? one : { ...one, reason: `This version of Intercom's API does not make the attribute ${to}, and nobody has.`, loss: 'Not moved, as decided (attributes-by-hand).' }; }) };
}
