/**
 * What Intercom's OpenAPI description 2.16 (git intercom/Intercom-OpenAPI, 2026-08-21) demands of the calls that the connector may
 * make, in tables of our own: every property that a request may have, with its type. A request with anything else is wrong.
 */
export type Kind =
  | 'text' | 'integer' | 'number' | 'flag'
  | 'values' // custom values by name: texts, whole numbers, times
  | { readonly one: readonly string[] }
  | { readonly list: Kind; readonly most?: number }
  | { readonly nullable: Kind }
  | { readonly any: readonly Kind[] }
  | Shape;
export interface Shape { readonly must: readonly string[]; readonly may: { readonly [name: string]: Kind } }
export interface Operation { readonly query?: readonly string[]; readonly body?: Kind }

const one = (...words: string[]): Kind => ({ one: words });
const nullable = (kind: Kind): Kind => ({ nullable: kind });
const shape = (must: readonly string[], may: Shape['may']): Shape => ({ must, may });

const contact: Shape['may'] = {
  role: 'text', external_id: 'text', email: 'text', email_verified: nullable('flag'), phone: nullable('text'), name: nullable('text'), avatar: nullable('text'),
  signed_up_at: nullable('integer'), last_seen_at: nullable('integer'), owner_id: nullable('text'), unsubscribed_from_emails: nullable('flag'), custom_attributes: nullable('values'),
};
const company: Shape['may'] = { name: 'text', plan: 'text', size: 'integer', website: 'text', industry: 'text', custom_attributes: 'values', monthly_spend: 'integer' };
const conversation: Shape['may'] = { read: 'flag', title: 'text', custom_attributes: 'values', company_id: nullable('text') };
const files: Kind = { list: shape([], { content_type: 'text', data: 'text', name: 'text' }), most: 10 };
const urls: Kind = { list: 'text', most: 10 };
const contactReply: Shape['may'] = { message_type: one('comment'), type: one('user'), body: 'text', intercom_user_id: 'text', created_at: 'integer', attachment_urls: urls };
const adminReply: Shape['may'] = { message_type: one('comment', 'note', 'quick_reply'), type: one('admin'), body: 'text', admin_id: 'text', created_at: 'integer', attachment_urls: urls, attachment_files: files };
const filter = shape(['field', 'operator', 'value'], { field: 'text', operator: one('=', '!=', 'IN', 'NIN', '<', '<=', '>', '>=', '~', '!~', '^', '$'), value: { any: ['text', 'integer', 'flag', { list: { any: ['text', 'integer'] } }] } });
const search: Operation = {
  body: shape(['query'], {
    query: { any: [filter, shape(['operator', 'value'], { operator: one('AND', 'OR'), value: { list: filter, most: 15 } })] },
    pagination: nullable(shape([], { per_page: 'integer', starting_after: nullable('text') })), sort: shape([], { field: 'text', order: one('ascending', 'descending') }),
  }),
};
const options: Kind = { list: shape(['label'], { label: 'text' }) };

/** By method and path; `{}` stands for an id. */
export const operations: { readonly [operation: string]: Operation } = {
  'GET /me': {}, 'GET /admins': { query: ['display_avatar'] }, 'GET /teams': {}, 'GET /tags': {}, 'DELETE /tags/{}': {},
  'POST /tags': { body: shape(['name'], { name: 'text', id: 'text' }) },
  'GET /data_attributes': { query: ['model', 'include_archived'] },
  'POST /data_attributes': {
    body: { any: [
      shape(['name', 'model', 'data_type', 'options'], { name: 'text', model: one('contact', 'company'), data_type: one('options'), options: { list: shape(['value'], { value: 'text' }) }, description: 'text', messenger_writable: 'flag' }),
      shape(['name', 'model', 'data_type'], { name: 'text', model: one('contact', 'company'), data_type: one('string', 'integer', 'float', 'boolean', 'datetime', 'date'), description: 'text', messenger_writable: 'flag' }),
    ] },
  },
  'PUT /data_attributes/{}': { body: shape([], { archived: 'flag', description: 'text', messenger_writable: 'flag', options: { list: shape(['value'], { value: 'text' }) } }) },
  'GET /conversations/attributes': { query: ['include_archived'] }, 'DELETE /conversations/attributes/{}': {},
  'PUT /conversations/attributes/{}': { body: shape([], { name: 'text', description: 'text', required: 'flag', multiline: 'flag' }) },
  'POST /conversations/attributes': {
    body: { any: [
      shape(['name', 'data_type', 'options'], { name: 'text', data_type: one('list'), options, description: 'text', required: 'flag' }),
      shape(['name', 'data_type'], { name: 'text', data_type: one('string'), multiline: 'flag', description: 'text', required: 'flag' }),
      shape(['name', 'data_type'], { name: 'text', data_type: one('integer', 'decimal', 'boolean', 'datetime'), description: 'text', required: 'flag' }),
    ] },
  },
  'GET /contacts': { query: ['include_merge_history'] }, 'GET /contacts/{}': { query: ['include_merge_history'] }, 'DELETE /contacts/{}': {}, 'GET /contacts/find_by_external_id/{}': { query: ['include_merge_history'] },
  'POST /contacts': { body: { any: [shape(['email'], contact), shape(['external_id'], contact), shape(['role'], contact)] } },
  'PUT /contacts/{}': { body: shape([], contact) }, 'POST /contacts/{}/unarchive': {}, 'POST /contacts/search': search,
  'GET /contacts/{}/notes': {}, 'POST /contacts/{}/notes': { body: shape(['body'], { body: 'text', admin_id: 'text' }) },
  'GET /contacts/{}/companies': {}, 'POST /contacts/{}/companies': { body: shape(['id'], { id: 'text' }) }, 'DELETE /contacts/{}/companies/{}': {},
  'GET /companies': { query: ['name', 'company_id', 'tag_id', 'segment_id', 'page', 'per_page'] }, 'GET /companies/{}': {}, 'DELETE /companies/{}': {},
  'POST /companies': { body: shape([], { ...company, company_id: 'text', remote_created_at: 'integer', update_last_request_at: 'flag' }) }, 'PUT /companies/{}': { body: shape([], company) },
  'POST /conversations': { body: shape(['from', 'body'], { from: shape(['type', 'id'], { type: one('lead', 'user', 'contact'), id: 'text' }), body: 'text', subject: 'text', attachment_urls: urls, created_at: 'integer', brand_id: 'text' }) },
  'GET /conversations': { query: ['per_page', 'starting_after'] }, 'POST /conversations/search': search,
  'GET /conversations/{}': { query: ['display_as', 'include_translations'] }, 'DELETE /conversations/{}': { query: ['retain_metrics'] },
  'PUT /conversations/{}': { query: ['display_as'], body: shape([], conversation) },
  'POST /conversations/{}/reply': { body: { any: [shape(['message_type', 'type', 'body', 'intercom_user_id'], { ...contactReply, attachment_files: files }), shape(['message_type', 'type', 'admin_id'], { ...adminReply, skip_notifications: 'flag' })] } },
  'POST /conversations/{}/parts': {
    body: { any: [
      shape(['message_type', 'type', 'admin_id'], { message_type: one('close'), type: one('admin'), admin_id: 'text', body: 'text' }),
      shape(['message_type', 'admin_id'], { message_type: one('open'), admin_id: 'text' }),
      shape(['message_type', 'admin_id', 'snoozed_until'], { message_type: one('snoozed'), admin_id: 'text', snoozed_until: 'integer' }),
      shape(['message_type', 'type', 'admin_id', 'assignee_id'], { message_type: one('assignment'), type: one('admin', 'team'), admin_id: 'text', assignee_id: 'text', body: 'text' }),
    ] },
  },
  'POST /conversations/{}/tags': { body: shape(['id', 'admin_id'], { id: 'text', admin_id: 'text' }) },
  'DELETE /conversations/{}/tags/{}': { body: shape(['admin_id'], { admin_id: 'text' }) },
  'POST /conversations/{}/customers': { body: shape(['admin_id', 'customer'], { admin_id: 'text', customer: shape(['intercom_user_id'], { intercom_user_id: 'text' }) }) },
  'POST /conversations/redact': { body: shape(['type', 'conversation_id', 'conversation_part_id'], { type: one('conversation_part'), conversation_id: 'text', conversation_part_id: 'text' }) },
  'GET /ticket_types': {}, 'GET /ticket_states': {}, 'GET /tickets/{}': {}, 'DELETE /tickets/{}': {}, 'POST /tickets/search': search,
  'POST /ticket_types/{}/attributes': { body: shape(['name', 'description', 'data_type'], { name: 'text', description: 'text', data_type: one('string', 'list', 'integer', 'decimal', 'boolean', 'datetime', 'files'), list_items: 'text', visible_on_create: 'flag', visible_to_contacts: 'flag', required_to_create: 'flag', multiline: 'flag' }) },
  'PUT /ticket_types/{}/attributes/{}': { body: shape([], { archived: 'flag', name: 'text', description: 'text' }) },
  'POST /tickets': {
    body: shape(['ticket_type_id', 'contacts'], {
      ticket_type_id: 'text', contacts: { list: shape(['id'], { id: 'text' }), most: 1 }, created_at: 'integer', company_id: 'text', conversation_to_link_id: 'text', ticket_attributes: 'values', skip_notifications: 'flag',
      assignment: shape([], { admin_assignee_id: 'text', team_assignee_id: 'text' }),
    }),
  },
  'PUT /tickets/{}': { body: shape([], { ticket_attributes: 'values', ticket_state_id: 'text', company_id: 'text', open: 'flag', is_shared: 'flag', snoozed_until: 'integer', admin_id: 'integer', assignee_id: 'text', skip_notifications: 'flag' }) },
  'POST /tickets/{}/reply': { body: { any: [shape(['message_type', 'type', 'body', 'intercom_user_id'], { ...contactReply, skip_notifications: 'flag' }), shape(['message_type', 'type', 'admin_id'], { ...adminReply, skip_notifications: 'flag', cross_post: 'flag' })] } },
  'POST /tickets/{}/tags': { body: shape(['id', 'admin_id'], { id: 'text', admin_id: 'text' }) },
};

/** What may be called in Intercom's Preview version (its description of the same day), and nothing else: what only Preview can do. */
export const previewOperations: { readonly [operation: string]: Operation } = {
  'GET /me': {},
  'PUT /conversations/{}': { query: ['display_as'], body: shape(['priority', 'admin_id'], { ...conversation, priority: one('none', 'low', 'medium', 'high', 'urgent'), admin_id: 'text' }) },
};

/** Where the description is known to be wrong, and what is done all the same. */
export const wrongSpots = [
  { name: 'nothing says how an external id is taken off an adopted contact again: null is sent, alone', operation: 'PUT /contacts/{}', allows: (complaint: string) => complaint === 'external_id null: a text wanted' },
  { name: 'a contact\'s list is paged like every other, though its page parameters are not described', operation: 'GET /contacts', allows: (complaint: string) => /^unknown query (?:per_page|starting_after)$/u.test(complaint) },
  { name: 'custom values are fractions and truth values as well: its own example has both, its types do not', operation: '*', allows: (complaint: string) => /^(?:custom_attributes|ticket_attributes)\.[^.]+: (?:a fraction|a flag)$/u.test(complaint) },
] as const;
