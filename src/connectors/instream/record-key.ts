import { hash } from 'node:crypto';
import { foldText } from '../../connector/kit/fold.ts';

/** What identifies a row. */
export interface RecordKey {
  readonly id: string;
  /** True = the export's own id; false = derived from what the record is by nature. */
  readonly explicit: boolean;
}

type Get = (field: string) => string; // '' = empty; trimmed

const digest = (...parts: readonly string[]): string => hash('sha256', parts.join('\u001f')).slice(0, 20);
const folded = (...parts: readonly string[]): string => digest(...parts.map(foldText));

/** The first address of an e-mail cell, as compared: without name and `mailto:`, lower case, NFC. */
export function firstEmail(cell: string): string {
  const match = /[^\s<>,;|:"'()[\]]+@[^\s<>,;|"'()[\]]+/.exec(cell);
  return match === null ? '' : match[0].normalize('NFC').toLowerCase();
}

/** The host of a web address without `www.`; '' = none. */
function domainOf(address: string): string {
  return /^(?:[a-z]+:\/\/)?(?:www\.)?([^/\s:?#]+\.[^/\s:?#]+)/i.exec(address)?.[1]?.toLowerCase() ?? '';
}

const parent = (get: Get): string => [get('record_type'), get('record_id'), firstEmail(get('contact_email') || get('record_email')), foldText(get('company_name'))].join('|');
const contactOf = (get: Get): string => get('contact_id') || firstEmail(get('contact_email')) || get('company_id') || foldText(get('company_name'));

/** Derived keys by object; '' = the record has nothing that tells it apart, so its whole content must (README, "Record ids"). */
const derived: { readonly [object: string]: (get: Get) => string } = {
  contact: (get) => {
    const email = firstEmail(get('email') || get('emails'));
    if (email !== '') return `email:${email}`;
    const name = get('full_name') || `${get('first_name')} ${get('last_name')}`.trim();
    return name === '' ? '' : `name:${folded(name, get('company_name') || get('company_id'))}`;
  },
  company: (get) => {
    const vat = get('vat').replace(/[^\p{L}\p{N}]/gu, '').toUpperCase();
    if (vat !== '') return `vat:${vat}`;
    const domain = domainOf(get('domain') || get('website'));
    return domain !== '' ? `domain:${domain}` : get('name') === '' ? '' : `name:${folded(get('name'))}`;
  },
  deal: (get) => (get('title') === '' ? '' : `deal:${digest(get('title'), contactOf(get), get('pipeline_id') || get('pipeline_name'), get('created_at'))}`),
  pipeline: (get) => (get('name') === '' ? '' : `name:${folded(get('name'))}`),
  stage: (get) => (get('name') === '' ? '' : `stage:${folded(get('pipeline_id') || get('pipeline_name'), get('name'))}`),
  list: (get) => (get('name') === '' ? '' : `name:${folded(get('name'))}`),
  list_membership: (get) => `member:${digest(get('list_id') || foldText(get('list_name')), contactOf(get))}`,
  tag: (get) => (get('name') === '' ? '' : `tag:${get('name')}`), // not folded: `VIP` and `vip` are two rows to be merged by the plan
  record_tag: (get) => `tagged:${digest(parent(get), get('tag_name'))}`,
  note: (get) => `note:${digest(parent(get), get('created_at'), get('body'))}`,
  owner: (get) => (firstEmail(get('email')) === '' ? '' : `email:${firstEmail(get('email'))}`),
  custom_field: (get) => `field:${folded(get('object'), get('list_name'), get('key') || get('label'))}`,
  email: (get) => (get('message_id') !== '' ? `message:${get('message_id').replace(/^<|>$/g, '')}` : `email:${digest(parent(get), get('sent_at'), get('from'), get('to'), get('subject'))}`),
  call: (get) => `call:${digest(parent(get), get('started_at'), get('phone'), get('direction'))}`,
  meeting: (get) => `meeting:${digest(get('title'), get('start_at'), parent(get))}`,
  task: (get) => `task:${digest(get('title'), get('due_at'), parent(get))}`,
  file: (get) => (get('path') === '' ? '' : `path:${get('path')}`),
};

/**
 * The id of a row: its own, else one derived from its natural identity, so that a second export gives the same ids.
 * @param content hash of the whole row, for rows that have neither.
 */
export function recordKey(object: string, get: Get, content: string): RecordKey {
  const own = get('id');
  if (own !== '') return { id: own, explicit: true };
  const key = derived[object]?.(get) ?? '';
  return { id: key === '' ? `row:${content}` : key, explicit: false };
}
