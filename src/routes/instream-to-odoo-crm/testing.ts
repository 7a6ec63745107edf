import type { Catalog, CatalogField, CatalogObject } from '../../connector/catalog.ts';

// Catalogs made by hand, for the tests of this route.

export const field = (name: string, more: Partial<CatalogField> = {}): CatalogField => ({
  name, label: name, type: 'text', required: false, readonly: false, custom: name.startsWith('cf:'),
  profile: { filled: 1, distinct: 2, samples: ['a', 'b'], typeConfidence: 1 }, ...more,
});
const object = (name: string, fields: readonly CatalogField[]): CatalogObject => ({ name, label: name, count: 3, fields });
const catalog = (platform: string, objects: readonly CatalogObject[], facts: Catalog['facts']): Catalog => ({ platform, version: '14.0', edition: null, objects, facts, limits: [], notes: [], questions: [] });
const statuses = (values: readonly string[]): Partial<CatalogField> => ({ type: 'selection', profile: { filled: 1, distinct: values.length, samples: [...values], typeConfidence: 1, values: values.map((value) => ({ value, count: 1 })) } });

/** A small export: contacts, deals, notes. */
export function source(params: Readonly<{ status?: readonly string[]; facts?: Catalog['facts']; contact?: readonly CatalogField[] }> = {}): Catalog {
  return catalog('instream', [
    object('contact', [...['id', 'full_name', 'email', 'phone', 'company_name', 'city', 'owner_email', 'tags', 'archived'].map((name) => field(name)), ...(params.contact ?? [])]),
    object('deal', [...['id', 'title', 'pipeline_name', 'stage_name', 'amount', 'contact_email', 'lost_reason', 'closed_at'].map((name) => field(name)), field('currency', statuses(['EUR', 'PLN'])), field('status', statuses(params.status ?? ['won', 'przegrana', 'open']))]),
    object('note', ['id', 'contact_email', 'body', 'created_at', 'author_email'].map((name) => field(name))),
  ], { currencies: { PLN: 3 }, ...params.facts });
}

const of = (names: string, more: Partial<CatalogField> = {}): CatalogField[] => names.split(' ').map((name) => field(name, more));
export const destination = catalog('odoo', [
  object('res.partner', [...of('id name email phone mobile function website street street2 zip city vat comment type login'), ...of('parent_id user_id country_id state_id', { type: 'reference' }), ...of('active is_company', { type: 'boolean' }), field('category_id', { type: 'references' })]),
  object('crm.lead', [...of('name type contact_name partner_name email_from phone mobile function website street street2 zip city description'), ...of('partner_id stage_id user_id team_id lost_reason country_id state_id', { type: 'reference' }), field('tag_ids', { type: 'references' }), field('expected_revenue', { type: 'money' }), field('probability', { type: 'decimal' }), field('active', { type: 'boolean' }), field('date_closed', { type: 'datetime' }), field('date_deadline', { type: 'date' })]),
  object('mail.message', [...of('model message_type email_from subject'), field('body', { type: 'html' }), field('date', { type: 'datetime' }), ...of('author_id subtype_id res_id mail_activity_type_id', { type: 'reference' }), field('attachment_ids', { type: 'references' })]),
  object('calendar.event', [...of('name location res_model'), ...of('start stop', { type: 'datetime' }), ...of('start_date stop_date', { type: 'date' }), ...of('allday active', { type: 'boolean' }), field('description', { type: 'html' }), ...of('user_id opportunity_id res_id', { type: 'reference' }), ...of('attendees_accepted attendees_declined attendees_tentative attendees_open', { type: 'references' })]),
  object('mail.activity', [...of('summary res_model'), field('note', { type: 'html' }), field('date_deadline', { type: 'date' }), ...of('res_id activity_type_id user_id', { type: 'reference' })]),
  object('ir.attachment', [...of('name res_model mimetype'), field('description', { type: 'longText' }), field('datas', { type: 'binary' }), field('res_id', { type: 'reference' })]),
  object('mail.activity.type', of('name external_id')), object('crm.team', of('name')),
  object('mail.message.subtype', [...of('name external_id description'), ...of('internal default', { type: 'boolean' })]), object('res.users', [...of('login'), field('partner_id', { type: 'reference' })]),
  object('crm.stage', [field('name'), field('sequence', { type: 'integer' })]), object('crm.tag', of('name')), object('res.partner.category', of('name')), object('crm.lost.reason', of('name')),
  ...['res.partner/category_id', 'crm.lead/tag_ids'].map((name) => object(name, of('record value', { type: 'reference' }))),
  object('res.country', of('code name')), object('res.country.state', [field('name'), field('country_id', { type: 'reference' })]),
], { currency: 'EUR', stages: [{ name: 'Won', isWon: true }], logins: ['anna@sales.example'] });

const listed = (name: string, more: Partial<Readonly<{ people: number; companies: number; statuses: readonly { name: string; count: number }[]; treatAs: string }>> = {}) => ({ name, kind: 'personal', treatAs: '', people: 3, companies: 0, inCells: 2, statuses: [], ...more });

/** An export with everything: lists, e-mails with attachments, calls, meetings, tasks, files, tags of records. */
export function fullSource(lists: readonly unknown[] = [listed('VIP'), listed('Lejek', { statuses: [{ name: 'Nowy', count: 2 }, { name: 'Wygrana', count: 1 }] })]): Catalog {
  const base = source({ contact: [field('lists'), field('updated_at')] });
  const parent = 'id record_type record_id contact_email';
  return {
    ...base,
    objects: [
      ...base.objects,
      object('company', of('id name email website')), object('list', of('id name kind treat_as')), object('list_membership', of('list_id list_name contact_id contact_email company_id company_name status_name owner_email added_at status_changed_at cf:Wartosc')),
      object('record_tag', of('record_type record_id record_email tag_name')), object('tag', of('id name color')),
      object('email', [...of(`${parent} message_id thread_id in_reply_to direction from subject body_html body_text sent_at`), ...of('to cc bcc attachments participants', { type: 'multiSelection' })]),
      object('email_attachment', [...of('id email_id name mime content_id'), field('content', { type: 'binary' })]),
      object('call', of(`${parent} direction phone duration outcome note owner_email started_at`)),
      object('meeting', [...of(`${parent} title start_at end_at duration all_day timezone location description organizer_email uid status recurrence_rule`), ...of('attendees attendees_accepted attendees_declined attendees_tentative attendees_open', { type: 'multiSelection' })]),
      object('meeting_attendee', of('id meeting_id email name state')),
      object('task', of(`${parent} title type due_at done done_at note owner_email`)),
      object('file', [...of(`${parent} path name mime size sha256 uploaded_by uploaded_at`), field('content', { type: 'binary' })]),
      object('owner', of('id name email')),
    ],
    facts: { ...base.facts, lists: lists as never, ownerEmails: { 'anna@sales.example': 4, 'bogdan@sales.example': 2 } },
  };
}
