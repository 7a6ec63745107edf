import type { Catalog } from '../../connector/catalog.ts';
import type { KeyPart, Link, Plan } from '../../plan/plan.ts';
import { exportedLists, spellingsOf } from './exported-lists.ts';
import { closedLabels } from './status-words.ts';

const contactWords = ['contact', 'kontakt', 'person', 'osoba', 'people', 'contacts', 'kontakty', 'osoby'];
const companyWords = ['company', 'firma', 'companies', 'firmy', 'organization', 'organisation', 'organizacja'];
const dealWords = ['deal', 'szansa', 'transakcja', 'opportunity', 'deals', 'szanse'];

const id = (from: string): KeyPart => ({ kind: 'id', from, normalise: 'exact' });
const own = (from: string): KeyPart => ({ kind: 'own', from, normalise: 'exact' });
const email = (from: string | string[]): KeyPart => ({ kind: 'email', from, normalise: 'email' });
const name = (from: string): KeyPart => ({ kind: 'name', from, normalise: 'fold' });
const exactName = (from: string): KeyPart => ({ kind: 'name', from, normalise: 'exact' });
const joined = (kind: string, from: string[]): KeyPart => ({ kind, from, normalise: 'fold', compose: true });

/** Keys by which records are found: own id, then e-mail, VAT number, domain, folded name, in this order and never further than the first hit. */
export const keys: Plan['keys'] = {
  company: [
    id('id'), own('$id'), email('email'), { kind: 'vat', from: 'vat', normalise: 'digits' },
    { kind: 'domain', from: ['website', 'domain'], normalise: 'domain' }, name('name'),
  ],
  contact: [id('id'), own('$id'), email(['email', 'emails'])],
  deal: [id('id'), own('$id')],
  owner: [id('id'), email('email')],
  tag: [exactName('name')],
  record_tag: [joined('tag of record', ['record_type', 'tag_name', 'record_id']), joined('tag of address', ['record_type', 'tag_name', 'record_email'])],
  pipeline: [id('id'), exactName('name')],
  stage: [id('id'), { kind: 'name', from: ['pipeline_name', 'name'], normalise: 'exact', compose: true }, { kind: 'bare-name', from: 'name', normalise: 'exact' }],
  lost_reason: [exactName('name')],
  list: [id('id'), name('name')],
  list_membership: [joined('member by id', ['list_name', 'contact_id']), joined('member by address', ['list_name', 'contact_email'])],
  list_status: [joined('name', ['list_name', 'name'])],
  email: [id('id'), own('$id')],
  attendee: [email('email')],
  message_kind: [exactName('name')],
};

/** Objects whose records hang on a contact, company or deal. */
const hangingObjects = ['note', 'email', 'call', 'meeting', 'task', 'file'] as const;

/** Addresses by which an e-mail finds its record, in this order: sender, then recipients; the first known contact counts. */
const PARTICIPANTS = 10;
const places = (field: string): string[] => Array.from({ length: PARTICIPANTS }, (_, place) => `${field}.${place}`);

/** One rank each, so that the first address with a hit decides and two known people are not taken for a doubt. */
const inTurn = (field: string, part: (from: string) => KeyPart): KeyPart[] => places(field).map(part);

/**
 * How something finds the record it hangs on, link by link in the order in which they count (see mappings/parents.ts): the record
 * it names by id; the address or company it names; of e-mails and meetings the first address, then the others in their order.
 */
function parentLinks(object: string): Link[] {
  const byId = (words: string[]): KeyPart => ({ ...id('record_id'), where: { field: 'record_type', oneOf: words } });
  const domain = (from: string): KeyPart => ({ kind: 'domain', from, normalise: 'domain' });
  const people = object === 'email' ? ['participants'] : object === 'meeting' ? ['attendees_accepted', 'attendees_tentative', 'attendees_open', 'attendees'] : [];
  const [sender = [], ...rest] = people.map((field) => inTurn(field, email));
  const others = [...sender.slice(1), ...rest.flat()];
  return [
    { object, name: 'deal', to: 'deal', by: [byId(dealWords)] },
    { object, name: 'recordContact', to: 'contact', by: [byId(contactWords)] },
    { object, name: 'recordCompany', to: 'company', by: [byId(companyWords)] },
    { object, name: 'contact', to: 'contact', by: [email('contact_email')] },
    { object, name: 'company', to: 'company', by: [email('contact_email'), name('company_name')] },
    ...(object === 'email' ? [
      { object, name: 'firstContact', to: 'contact', by: sender.slice(0, 1) },
      { object, name: 'firstCompany', to: 'company', by: sender.slice(0, 1) },
      { object, name: 'otherContact', to: 'contact', by: others },
      { object, name: 'otherCompany', to: 'company', by: [...others, ...inTurn('participants', domain)] },
    ] : object === 'meeting' ? [{ object, name: 'otherContact', to: 'contact', by: [...sender.slice(0, 1), ...others] }] : []),
  ];
}

/** Names of the links by which an e-mail finds its record; an attachment goes over its e-mail. */
const emailParents = parentLinks('email').map(({ name: link, to }) => [link, to] as const);

const owner = (object: string, from = 'owner_email', linkName = 'owner'): Link => ({ object, name: linkName, to: 'owner', by: [email(from)] });
const company = (object: string): Link => ({ object, name: 'company', to: 'company', by: [id('company_id'), name('company_name')] });

/** Which records name which others, and how. */
export const links: Plan['links'] = [
  company('contact'), owner('contact'),
  owner('company'),
  { object: 'owner', name: 'self', to: 'owner', by: [email('email')] },
  { object: 'deal', name: 'contact', to: 'contact', label: 'status', by: [id('contact_id'), email('contact_email')] },
  company('deal'),
  { object: 'deal', name: 'pipeline', to: 'pipeline', by: [id('pipeline_id'), exactName('pipeline_name')] },
  { object: 'deal', name: 'stage', to: 'stage', by: [id('stage_id'), { kind: 'name', from: ['pipeline_name', 'stage_name'], normalise: 'exact', compose: true }, { kind: 'bare-name', from: 'stage_name', normalise: 'exact' }] },
  owner('deal'),
  { object: 'deal', name: 'lostReason', to: 'lost_reason', by: [exactName('lost_reason')] },
  { object: 'record_tag', name: 'tag', to: 'tag', by: [exactName('tag_name')] },
  { object: 'record_tag', name: 'contact', to: 'contact', by: [...['id', 'own'].map((kind): KeyPart => ({ kind, from: 'record_id', normalise: 'exact', where: { field: 'record_type', oneOf: contactWords } })), email('record_email')] },
  { object: 'record_tag', name: 'company', to: 'company', by: [...['id', 'own'].map((kind): KeyPart => ({ kind, from: 'record_id', normalise: 'exact', where: { field: 'record_type', oneOf: companyWords } })), email('record_email')] },
  { object: 'record_tag', name: 'deal', to: 'deal', by: ['id', 'own'].map((kind): KeyPart => ({ kind, from: 'record_id', normalise: 'exact', where: { field: 'record_type', oneOf: dealWords } })) },
  { object: 'list_membership', name: 'list', to: 'list', by: [id('list_id'), name('list_name')] },
  { object: 'list_membership', name: 'contact', to: 'contact', label: 'list_name', by: [id('contact_id'), own('contact_id'), email('contact_email')] },
  company('list_membership'), owner('list_membership'),
  { object: 'list_membership', name: 'status', to: 'list_status', by: [joined('name', ['list_name', 'status_name'])] },
  ...hangingObjects.flatMap(parentLinks),
  { object: 'email', name: 'sender', to: 'contact', by: [email('from')] },
  owner('email', 'from', 'senderOwner'),
  { object: 'email_attachment', name: 'email', to: 'email', label: 'content_id', by: [id('email_id'), own('email_id')] },
  { object: 'email', name: 'attachments', to: 'email_attachment', many: true, by: [], back: 'email' },
  ...emailParents.map(([link, to]): Link => ({ object: 'email_attachment', name: link, to, by: [], via: { link: 'email', name: link } })),
  owner('call'), owner('task'), owner('meeting', 'organizer_email', 'organizer'),
  ...['accepted', 'declined', 'tentative', 'open'].map((state): Link => ({ object: 'meeting', name: `attendees_${state}`, to: 'attendee', many: true, by: [email(`attendees_${state}`)] })),
  { object: 'attendee', name: 'contact', to: 'contact', by: [email('email')] },
];

const taggedObjects = [['contact', 'email'], ['company', 'email'], ['deal', null]] as const;

/** Objects that exports often hold only as values of others; companies named by a contact or deal are made, as InStream did. */
export const derived: Plan['derived'] = [
  { object: 'company', key: { kind: 'name' }, from: [
    { object: 'contact', unless: 'company_id', fields: { name: 'company_name' } },
    { object: 'deal', unless: 'company_id', fields: { name: 'company_name' } },
  ] },
  { object: 'owner', key: { kind: 'email' }, from: ['contact', 'company', 'deal', 'list_membership', 'call', 'task'].map((object) => ({ object, fields: { email: 'owner_email' } })) },
  { object: 'tag', key: { kind: 'name' }, from: [...taggedObjects.map(([object]) => ({ object, fields: { name: 'tags' }, many: true })), { object: 'record_tag', fields: { name: 'tag_name' } }] },
  { object: 'record_tag', key: { kind: ['tag of record', 'tag of address'] }, from: taggedObjects.map(([object, address]) => ({
    object, needs: 'tags', many: true, fields: { record_id: '$id', tag_name: 'tags', ...(address === null ? {} : { record_email: address }) }, constants: { record_type: object },
  })) },
  { object: 'pipeline', key: { kind: 'name' }, from: [{ object: 'deal', unless: 'pipeline_id', fields: { name: 'pipeline_name' } }] },
  { object: 'stage', key: { kind: 'name' }, from: [{ object: 'deal', unless: 'stage_id', fields: { pipeline_name: 'pipeline_name', name: 'stage_name' } }] },
  { object: 'lost_reason', key: { kind: 'name' }, from: [{ object: 'deal', fields: { name: 'lost_reason' } }] },
  { object: 'list', key: { kind: 'name' }, from: [{ object: 'list_membership', unless: 'list_id', fields: { name: 'list_name' } }, { object: 'contact', fields: { name: 'lists' }, many: true }] },
  { object: 'list_membership', key: { kind: ['member by id', 'member by address'] }, from: [{ object: 'contact', needs: 'lists', many: true, fields: { contact_id: '$id', contact_email: 'email', contact_name: 'full_name', list_name: 'lists' } }] },
  { object: 'list_status', key: { kind: 'name' }, from: [{ object: 'list_membership', needs: 'status_name', fields: { list_name: 'list_name', name: 'status_name' } }] },
  { object: 'attendee', key: { kind: 'email' }, from: [{ object: 'meeting_attendee', fields: { email: 'email', name: 'name' } }] },
  { object: 'message_kind', key: { kind: 'name' }, from: [{ object: 'call', fields: {}, constants: { name: 'Call' } }] },
];

/** Counts that conditions ask for. */
export function facts(source: Catalog): Plan['facts'] {
  const deals = source.objects.find((object) => object.name === 'deal');
  return [
    { object: 'contact', name: 'deals', count: { link: 'contact', of: 'deal' } },
    // A deal without a status may be open: the stage says so only after a person decided what it means.
    { object: 'contact', name: 'openDeals', count: { link: 'contact', of: 'deal', ...(deals?.fields.some((field) => field.name === 'status') === true ? { unless: [...closedLabels(deals)] } : {}) } },
    ...exportedLists(source).filter((list) => list.people > 0).map((list) => ({ object: 'contact', name: onList(list.name), count: { link: 'contact', of: 'list_membership', labels: [...spellingsOf(source, list.name)] } })),
  ];
}

/** Name of the fact that counts a contact's memberships of one list. */
export const onList = (list: string): string => `on list ${list}`;
