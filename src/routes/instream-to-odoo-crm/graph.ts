import type { Catalog } from '../../connector/catalog.ts';
import type { Plan } from '../../plan/plan.ts';
import { statusSpellings } from './status-words.ts';

const contactWords = ['contact', 'kontakt', 'person', 'osoba', 'people', 'contacts', 'kontakty'];
const companyWords = ['company', 'firma', 'companies', 'firmy', 'organization', 'organisation'];
const dealWords = ['deal', 'szansa', 'transakcja', 'opportunity', 'deals', 'szanse'];

/** Keys by which records are found: own id, then e-mail, VAT number, domain, folded name, in this order and never further than the first hit. */
export const keys: Plan['keys'] = {
  company: [
    { kind: 'id', from: 'id', normalise: 'exact' }, { kind: 'vat', from: 'vat', normalise: 'digits' },
    { kind: 'domain', from: ['website', 'domain'], normalise: 'domain' }, { kind: 'name', from: 'name', normalise: 'fold' },
  ],
  contact: [{ kind: 'id', from: 'id', normalise: 'exact' }, { kind: 'email', from: ['email', 'emails'], normalise: 'email' }],
  deal: [{ kind: 'id', from: 'id', normalise: 'exact' }],
  owner: [{ kind: 'id', from: 'id', normalise: 'exact' }, { kind: 'email', from: 'email', normalise: 'email' }],
  tag: [{ kind: 'name', from: 'name', normalise: 'exact' }],
  stage: [{ kind: 'id', from: 'id', normalise: 'exact' }, { kind: 'name', from: ['pipeline_name', 'name'], normalise: 'exact', compose: true }, { kind: 'bare-name', from: 'name', normalise: 'exact' }],
  lost_reason: [{ kind: 'name', from: 'name', normalise: 'exact' }],
};

/** Which records name which others, and how. */
export const links: Plan['links'] = [
  { object: 'contact', name: 'company', to: 'company', by: [{ kind: 'id', from: 'company_id', normalise: 'exact' }, { kind: 'name', from: 'company_name', normalise: 'fold' }] },
  { object: 'contact', name: 'owner', to: 'owner', by: [{ kind: 'email', from: 'owner_email', normalise: 'email' }] },
  { object: 'contact', name: 'tags', to: 'tag', many: true, by: [{ kind: 'name', from: 'tags', normalise: 'exact' }] },
  { object: 'company', name: 'owner', to: 'owner', by: [{ kind: 'email', from: 'owner_email', normalise: 'email' }] },
  { object: 'company', name: 'tags', to: 'tag', many: true, by: [{ kind: 'name', from: 'tags', normalise: 'exact' }] },
  { object: 'deal', name: 'contact', to: 'contact', label: 'status', by: [{ kind: 'id', from: 'contact_id', normalise: 'exact' }, { kind: 'email', from: 'contact_email', normalise: 'email' }] },
  { object: 'deal', name: 'company', to: 'company', by: [{ kind: 'id', from: 'company_id', normalise: 'exact' }, { kind: 'name', from: 'company_name', normalise: 'fold' }] },
  { object: 'deal', name: 'stage', to: 'stage', by: [{ kind: 'id', from: 'stage_id', normalise: 'exact' }, { kind: 'name', from: ['pipeline_name', 'stage_name'], normalise: 'exact', compose: true }, { kind: 'bare-name', from: 'stage_name', normalise: 'exact' }] },
  { object: 'deal', name: 'owner', to: 'owner', by: [{ kind: 'email', from: 'owner_email', normalise: 'email' }] },
  { object: 'deal', name: 'tags', to: 'tag', many: true, by: [{ kind: 'name', from: 'tags', normalise: 'exact' }] },
  { object: 'deal', name: 'lostReason', to: 'lost_reason', by: [{ kind: 'name', from: 'lost_reason', normalise: 'exact' }] },
  { object: 'note', name: 'contact', to: 'contact', by: [{ kind: 'id', from: 'record_id', normalise: 'exact', where: { field: 'record_type', oneOf: contactWords } }, { kind: 'email', from: 'contact_email', normalise: 'email' }] },
  { object: 'note', name: 'company', to: 'company', by: [{ kind: 'id', from: 'record_id', normalise: 'exact', where: { field: 'record_type', oneOf: companyWords } }, { kind: 'name', from: 'company_name', normalise: 'fold' }] },
  { object: 'note', name: 'deal', to: 'deal', by: [{ kind: 'id', from: 'record_id', normalise: 'exact', where: { field: 'record_type', oneOf: dealWords } }] },
];

/** Objects that exports often hold only as values of others; companies named by a contact or deal are made, as InStream did. */
export const derived: Plan['derived'] = [
  { object: 'company', key: { kind: 'name' }, from: [
    { object: 'contact', unless: 'company_id', fields: { name: 'company_name' } },
    { object: 'deal', unless: 'company_id', fields: { name: 'company_name' } },
  ] },
  { object: 'owner', key: { kind: 'email' }, from: ['contact', 'company', 'deal'].map((object) => ({ object, fields: { email: 'owner_email' } })) },
  { object: 'tag', key: { kind: 'name' }, from: ['contact', 'company', 'deal'].map((object) => ({ object, fields: { name: 'tags' }, many: true })) },
  { object: 'stage', key: { kind: 'name' }, from: [{ object: 'deal', unless: 'stage_id', fields: { pipeline_name: 'pipeline_name', name: 'stage_name' } }] },
  { object: 'lost_reason', key: { kind: 'name' }, from: [{ object: 'deal', fields: { name: 'lost_reason' } }] },
];

/** Counts that conditions ask for. */
export function facts(source: Catalog): Plan['facts'] {
  const deals = source.objects.find((object) => object.name === 'deal');
  const spellings = statusSpellings(deals);
  const closed = spellings.won.length + spellings.lost.length > 0;
  return [
    { object: 'contact', name: 'deals', count: { link: 'contact', of: 'deal' } },
    // Without a status column every deal may be open: the stage says so only after a person decided what it means.
    { object: 'contact', name: 'openDeals', count: { link: 'contact', of: 'deal', ...(closed ? { labels: [...spellings.open, ''] } : {}) } },
  ];
}
