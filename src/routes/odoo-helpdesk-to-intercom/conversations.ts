import type { Condition, FieldLine, Mapping, SchemaLine } from '../../plan/plan.ts';
import type { CatalogField } from '../../connector/catalog.ts';
import { line, mapping, objectOf, schemaLine, type RouteInput } from './lines.ts';

/** What Intercom takes in one reply, and the cap per file (its own limit is documented nowhere). */
const FILES_PER_REPLY = 10;
const MAX_BYTES = 20 * 1024 * 1024;
const BLOCKED = ['exe', 'bat', 'cmd', 'com', 'scr', 'js', 'vbs', 'msi', 'jar', 'ps1'];
const ROUNDS = 5; // up to 50 files of one message

const isReply: Condition = { field: 'kind', equals: 'reply' };
const isAdmin: Condition = { link: 'author_user', state: 'found', through: 'admins' };
const isCustomer: Condition = { all: [isReply, { field: 'author_kind', equals: 'customer' }, { link: 'author', state: 'found', through: 'contacts' }] };
/** Another customer than the one who opened the ticket: Intercom takes replies only from those who take part. */
const isOutsider: Condition = { all: [{ not: isAdmin }, isCustomer, { expression: 'links.author[0].targets.contacts != links.requester[0].targets.contacts' }] };
const isNobody: Condition = { not: { any: [isAdmin, isCustomer] } };
const byAgents: Condition = { any: [isAdmin, { field: 'author_kind', equals: 'agent' }, { field: 'author_kind', equals: 'system' }] };
const isComment: Condition = { all: [isReply, { any: [isCustomer, byAgents] }] };
const fallback = [{ decision: 'acting-admin' }];

/** Who says it and how: customers as contacts, agents as admins, everybody else through the acting admin with a line that names him. */
function voices(): FieldLine[] {
  return [
    line('conversation_id', 'The ticket\'s conversation.', { link: 'ticket', through: ['conversations'], whenMissing: 'quarantine' }),
    line('kind', 'Everybody could read it.', { constant: 'comment', when: isComment }),
    line('kind', 'Only agents could read it, or its author is unknown.', { constant: 'note', when: { not: isComment } }),
    line('contact_id', 'The customer; who else wrote is named in the text.', { link: 'requester', through: ['contacts'], when: { all: [isCustomer, { not: isAdmin }] }, whenMissing: 'quarantine' }),
    line('admin_id', 'The agent who wrote it.', { link: 'author_user', through: ['admins'], when: isAdmin, whenMissing: 'quarantine' }),
    line('admin_id', 'Stands in for an author whom Intercom does not know.', { transforms: fallback, when: isNobody }),
    line('created_at', 'When it was sent.', { from: 'sent_at' }),
  ];
}

function filesLine(link: string, round: number): FieldLine {
  return line('files', 'Its files, ten a reply; inline images among them.', {
    link, give: 'content', transforms: [{ keepFiles: { maxBytes: MAX_BYTES, blocked: [...BLOCKED] } }, { slice: { from: round * FILES_PER_REPLY, count: FILES_PER_REPLY } }],
    loss: 'Files over 20 MB or of a blocked type: a note names each. Images may come back as other bytes.',
  });
}

export function conversationMappings(input: RouteInput): Mapping[] {
  // Odoo's own log is left out, but never the files that hang on it.
  const moved: Condition = { any: [{ not: { field: 'kind', equals: 'tracking' } }, { fact: 'files', atLeast: 1 }] };
  const held: Mapping['holdWhen'] = [{ condition: { all: [isNobody, { decision: 'unmatched-people', is: 'hold' }] }, code: 'author-not-found', message: 'The author of the message is no admin and no contact of Intercom.', remedy: 'Make the person an admin (or let the contact in) and retry, or answer the decision unmatched-people with fallback.' }];
  const order = { order: 'sent_at', orderWithin: 'ticket' };
  return [
    mapping(input, {
      id: 'conversations', source: 'ticket', destination: 'conversation', phase: 'conversations', reason: 'Each ticket is a conversation.', partial: true, identity: { unique: 'source' },
      holdWhen: [{ condition: { link: 'partner', state: 'none' }, code: 'no-partner', message: 'The ticket has no partner: a conversation needs somebody who opened it.', remedy: 'Give the ticket a partner in Odoo, or with quarantine export and retry --file.' }],
      fields: [
        line('contact_id', 'The customer; only contacts open conversations.', { link: 'partner', through: ['contacts'], whenMissing: 'quarantine' }),
        line('body', 'The description as text, else the subject.', { from: ['description', 'name'], transforms: ['htmlToText', { nth: 1 }, { default: '(no text)' }], required: true }),
        line('created_at', 'When the ticket was made.', { from: 'created_at' }),
      ],
    }),
    mapping(input, {
      id: 'parts', source: 'message', destination: 'conversation_part', phase: 'parts', reason: 'Replies and notes in time order.', identity: {}, ...order, when: moved, otherwise: 'tracking', holdWhen: held,
      used: ['kind', 'author_kind', 'ticket_id', 'author_id', 'author_user_id', 'attachment_ids', 'inline_attachment_ids', 'message_type', 'tracking', 'email_from'],
      fields: [
        ...voices(),
        line('body', 'What was written, as text.', { from: 'body', transforms: ['htmlToText', { default: '(no text)' }], when: { not: { any: [isNobody, isOutsider] } } }),
        line('body', 'With the name of its author.', { from: 'body', transforms: ['htmlToText', { jsonata: '"[" & (record.author_name ? record.author_name : record.email_from ? record.email_from : "unknown author") & "]\n" & value' }], when: { any: [isNobody, isOutsider] } }),
        filesLine('files', 0),
      ],
    }),
    ...Array.from({ length: ROUNDS - 1 }, (_none, at): Mapping => mapping(input, {
      id: `more-files-${at + 2}`, source: 'message', destination: 'conversation_part', phase: 'attachments', reason: `Files ${(at + 1) * FILES_PER_REPLY + 1} to ${(at + 2) * FILES_PER_REPLY} of a message.`, identity: {}, ...order, partial: true,
      when: { all: [moved, { fact: 'files', atLeast: (at + 1) * FILES_PER_REPLY + 1 }] }, otherwise: 'few-files', holdWhen: held,
      fields: [...voices(), line('body', 'Says whose files they are.', { constant: `(further files, ${at + 2})` }), filesLine('files', at + 1)],
    })),
    ...Array.from({ length: ROUNDS }, (_none, at): Mapping => mapping(input, {
      id: at === 0 ? 'ticket-files' : `ticket-files-${at + 1}`, source: 'ticket', destination: 'conversation_part', phase: 'attachments', reason: `Files ${at * FILES_PER_REPLY + 1} to ${(at + 1) * FILES_PER_REPLY} of the ticket itself.`, identity: {}, partial: true,
      when: { all: [{ fact: 'own_files', atLeast: at * FILES_PER_REPLY + 1 }, { link: 'self', state: 'found', through: 'conversations' }] }, otherwise: 'no-files',
      fields: [
        line('conversation_id', 'The ticket\'s conversation.', { link: 'self', through: ['conversations'], whenMissing: 'quarantine' }), line('kind', 'From the customer.', { constant: 'comment' }),
        line('contact_id', 'The customer.', { link: 'partner', through: ['contacts'], whenMissing: 'quarantine' }), line('body', 'Says what they are.', { constant: at === 0 ? '(files of the ticket)' : `(files of the ticket, ${at + 1})` }),
        line('created_at', 'With the ticket.', { from: 'created_at' }), filesLine('files', at),
      ],
    })),
    mapping(input, {
      id: 'tracking-digest', source: 'ticket', destination: 'conversation_part', phase: 'attachments', reason: 'Odoo\'s own log as one note.', identity: {}, partial: true,
      when: { all: [{ decision: 'tracking', is: 'digest' }, { fact: 'changes', atLeast: 1 }, { link: 'self', state: 'found', through: 'conversations' }] }, otherwise: 'no-digest',
      fields: [
        line('conversation_id', 'The ticket\'s conversation.', { link: 'self', through: ['conversations'], whenMissing: 'quarantine' }), line('kind', 'For agents only.', { constant: 'note' }),
        line('admin_id', 'Nobody wrote it.', { transforms: fallback }), line('body', 'Every change.', { link: 'changes', give: 'tracking', transforms: [{ join: '\n' }, { default: '(changes without details)' }] }),
        line('created_at', 'When the ticket was last changed.', { from: 'updated_at' }),
      ],
    }),
    mapping(input, {
      id: 'left-out-files', source: 'attachment', destination: 'conversation_part', phase: 'attachments', reason: 'A note for each file that cannot go in.', identity: {}, partial: true,
      when: { all: [{ link: 'ticket', state: 'found', through: 'conversations' }, { expression: `record.type = "url" or record.file_size > ${MAX_BYTES} or $lowercase($split(record.name, ".")[-1]) in [${BLOCKED.map((ending) => `"${ending}"`).join(', ')}]` }] }, otherwise: 'goes-with-its-message',
      fields: [
        line('conversation_id', 'The ticket\'s conversation.', { link: 'ticket', through: ['conversations'], whenMissing: 'quarantine' }), line('kind', 'For agents only.', { constant: 'note' }), line('admin_id', 'Nobody wrote it.', { transforms: fallback }),
        line('body', 'Names the file.', { from: 'name', transforms: [{ jsonata: '"[file not moved] " & record.name & (record.type = "url" ? ", link: " & record.url : ", " & $string(record.file_size) & " bytes, SHA-1 " & record.sha1)' }] }),
        line('created_at', 'When it was stored.', { from: 'create_date' }),
      ],
    }),
    mapping(input, {
      id: 'rating-notes', source: 'rating', destination: 'contact_note', phase: 'attachments', reason: 'Ratings cannot be written: each is a note on its contact.', identity: { unique: 'source' }, used: ['rated_partner_id', 'message_id', 'partner_id'],
      when: { link: 'partner', state: 'found', through: 'contacts' }, otherwise: 'no-contact',
      fields: [
        line('contact_id', 'Who rated.', { link: 'partner', through: ['contacts'], whenMissing: 'quarantine' }), line('admin_id', 'Nobody wrote it.', { transforms: fallback }),
        line('body', 'Value, words, date and ticket.', { from: ['rating', 'feedback', 'rating_text', 'create_date', 'ticket_id'], transforms: [{ jsonata: '"Rating " & record.rating & (record.feedback ? ": " & record.feedback : "") & " (" & record.create_date & ", ticket " & record.ticket_id & ")"' }] }),
      ],
    }),
    settingsMapping(input),
  ];
}

const attributes: readonly Readonly<{ name: string; type: SchemaLine['type']; label: string; from?: string; line: Partial<Omit<FieldLine, 'to' | 'reason'>> }>[] = [
  { name: 'original_ticket_id__c', type: 'text', label: 'Ticket', line: { from: ['reference', 'id'], transforms: [{ nth: 1 }] } },
  { name: 'stage_name__c', type: 'text', label: 'Stage', line: { link: 'stage', give: 'name' } },
  { name: 'stage_sequence__c', type: 'integer', label: 'Order of the stage', line: { link: 'stage', give: 'sequence' } },
  { name: 'priority__c', type: 'text', label: 'Priority', line: { from: 'priority', transforms: [{ map: { values: { 0: 'Low', 1: 'Medium', 2: 'High', 3: 'Urgent' }, keep: true } }] } },
  { name: 'sla_policy_name__c', type: 'text', label: 'SLA policies', line: { from: 'sla_policy_names', transforms: [{ join: ', ' }] } },
  { name: 'sla_deadline__c', type: 'datetime', label: 'SLA deadline', line: { from: 'sla_deadline' } },
  { name: 'sla_status__c', type: 'text', label: 'SLA status', line: { from: 'sla_status' } },
  { name: 'sla_violated__c', type: 'boolean', label: 'SLA violated', line: { from: 'sla_violated' } },
  { name: 'sla_reached_at__c', type: 'datetime', label: 'SLA reached', line: { from: 'sla_reached_at' } },
  { name: 'original_closed_at__c', type: 'datetime', label: 'Closed in Odoo', line: { from: 'closed_at' } },
  { name: 'ticket_type__c', type: 'text', label: 'Type or category', line: { from: 'type_name' } },
  { name: 'channel__c', type: 'text', label: 'Channel', line: { from: 'channel_name' } },
  { name: 'cc__c', type: 'text', label: 'Copies', line: { from: 'email_cc' } },
  { name: 'followers__c', type: 'text', label: 'Followers', line: { link: 'followers', give: 'email', transforms: [{ join: ', ' }] } },
  { name: 'conversation_rating__c', type: 'text', label: 'Rating', line: { link: 'ratings', give: 'rating', transforms: [{ jsonata: 'value ? $string(value[-1]) : null' }] } },
];

/** Title, tags, attributes, assignment and state, last: a later reply would open the conversation again. */
function settingsMapping(input: RouteInput): Mapping {
  return mapping(input, {
    id: 'settings', source: 'ticket', destination: 'conversation_settings', phase: 'settings', reason: 'Set once, when everything else is in.', identity: { unique: 'source' },
    when: { link: 'self', state: 'found', through: 'conversations' }, otherwise: 'no-conversation',
    used: ['partner_id', 'partner_name', 'partner_email', 'partner_phone', 'team_id', 'user_id', 'stage_id', 'tag_ids', 'follower_ids', 'inline_attachment_ids', 'description', 'created_at', 'updated_at', 'type_id', 'channel_id'],
    fields: [
      line('conversation_id', 'The conversation.', { link: 'self', through: ['conversations'], whenMissing: 'quarantine' }),
      line('actor_id', 'Who acts.', { transforms: fallback, required: true }),
      line('title', 'The subject.', { from: 'name', transforms: ['collapseSpaces', { truncate: 255 }], loss: 'What goes beyond 255 characters.' }),
      line('tag_ids', 'Its tags.', { link: 'tags', through: ['tags'] }),
      line('admin_assignee_id', 'Who it is assigned to.', { link: 'user', through: ['admins'], when: { link: 'user', state: 'found', through: 'admins' } }),
      line('admin_assignee_id', 'Stands in for somebody who is no admin.', { transforms: fallback, when: { all: [{ link: 'user', state: 'found' }, { not: { link: 'user', state: 'found', through: 'admins' } }] } }),
      line('team_assignee_id', 'Its team; a team that Intercom lacks is on the checklist.', { link: 'team', through: ['teams'] }),
      line('state', 'As decided for its stage.', { link: 'stage', give: 'name', transforms: [{ decision: { prefix: 'stage-state', otherwise: 'open' } }] }),
      line('snoozed_until', 'Only for snoozed ones.', { link: 'stage', give: 'name', transforms: [{ decision: { prefix: 'stage-state', otherwise: 'open' } }, { map: { values: { snoozed: { decision: 'snoozed-until' } }, otherwise: null } }] }),
      ...attributes.map(({ name, label, line: made }) => line(name, `${label}, as an attribute.`, made)),
      ...ownFields(input).map((field) => line(attributeName(field), `Custom field "${field.label}".`, { from: field.name, ...(field.type === 'multiSelection' ? { transforms: [{ join: ', ' }] } : field.type === 'date' ? { transforms: [{ jsonata: 'value ? value & "T00:00:00Z" : null' }] } : {}) })),
    ],
  });
}

const ownFields = (input: RouteInput): readonly CatalogField[] => (objectOf(input.source, 'ticket')?.fields ?? []).filter((field) => field.custom);
const attributeName = (field: CatalogField): string => `${field.name.replace(/^x_(?:studio_)?/u, '')}__c`;

/** Attributes to make at Intercom, beforehand. */
export function attributeLines(input: RouteInput): SchemaLine[] {
  const types: Partial<Record<CatalogField['type'], SchemaLine['type']>> = { integer: 'integer', decimal: 'decimal', money: 'decimal', boolean: 'boolean', datetime: 'datetime', date: 'datetime' };
  return [
    schemaLine('contact', 'address__c', 'text', 'Address'), schemaLine('contact', 'job_title__c', 'text', 'Position'), schemaLine('contact', 'original_odoo_active__c', 'boolean', 'Active in Odoo'),
    schemaLine('contact', 'rating_value__c', 'decimal', 'Last rating'), schemaLine('contact', 'rating_average__c', 'decimal', 'Average rating'),
    ...attributes.map(({ name, type, label }) => schemaLine('conversation_settings', name, type, label)),
    ...ownFields(input).map((field) => schemaLine('conversation_settings', attributeName(field), types[field.type] ?? 'text', field.label, `ticket.${field.name}`)),
  ];
}
