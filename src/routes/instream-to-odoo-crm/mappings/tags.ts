import type { Condition, Mapping } from '../../../plan/plan.ts';
import { byRoute } from '../line-builder.ts';
import { builder, objectOf, type MappingInput } from '../mapping-input.ts';
import type { Made } from './messages.ts';
import { LEAD_TAG_NAMES, PARTNER_TAG_NAMES, tagMappings } from './vocabulary.ts';

/** Fields of Odoo that hold tags, each an object of its own whose records are one tag on one record. */
export const PARTNER_TAGS = 'res.partner/category_id';
export const LEAD_TAGS = 'crm.lead/tag_ids';

/** Where a tag may sit: partners by contact or company, leads by contact or deal. */
const partnerHomes = [{ link: 'contact', through: 'contact-partners' }, { link: 'company', through: 'companies' }] as const;
const leadHomes = [{ link: 'contact', through: 'contact-leads' }, { link: 'deal', through: 'deals' }] as const;

interface TaggingParams {
  readonly id: string;
  readonly source: 'record_tag' | 'list_membership';
  readonly on: 'partners' | 'leads';
  readonly value: { readonly link: string; readonly through: readonly string[] };
  /** Which records of the source are tags at all. */
  readonly among?: Condition;
  readonly hold: { readonly code: string; readonly message: string; readonly remedy: string };
  /** What else is held back, before that. */
  readonly holds?: NonNullable<Mapping['holdWhen']>;
  readonly reason: string;
}

/** One mapping that puts tags on records. Records that are no partner are left to the mapping on leads, which holds those that are neither. */
export function taggingMapping(input: MappingInput, params: TaggingParams): Made {
  const onPartners = params.on === 'partners';
  const found = (homes: readonly { readonly link: string; readonly through: string }[]): Condition => ({ any: homes.map(({ link, through }): Condition => ({ link, state: 'found', through })) });
  const lines = builder(input, params.source, onPartners ? PARTNER_TAGS : LEAD_TAGS);
  const homes = (onPartners ? partnerHomes : leadHomes).filter(({ link }) => params.source === 'record_tag' || link !== 'deal');
  for (const [index, { link, through }] of homes.entries()) {
    const own: Condition = { link, state: 'found', through };
    const earlier = homes.slice(0, index).map((other): Condition => ({ not: { link: other.link, state: 'found', through: other.through } }));
    lines.set('record', { link, through: [through], whenMissing: 'quarantine', when: earlier.length === 0 ? own : { all: [own, ...earlier] }, reason: `The ${link}.` });
  }
  lines.set('value', { link: params.value.link, through: [...params.value.through], whenMissing: 'quarantine', required: true, reason: 'The tag.' });
  lines.use('id', 'record_type', 'record_id', 'record_email', 'tag_name'); // they say which tag on which record: links read them
  const side = onPartners ? found(partnerHomes) : { not: found(partnerHomes) };
  const holdWhen = [...params.holds ?? [], ...(onPartners ? [] : [{ condition: { not: found(homes) }, ...params.hold }])];
  return {
    lines,
    mapping: {
      id: params.id, source: params.source, destination: onPartners ? PARTNER_TAGS : LEAD_TAGS, phase: 'tags', identity: {}, fields: lines.lines, leftOut: [],
      when: params.among === undefined ? side : { all: [params.among, side] }, otherwise: onPartners ? 'not-on-a-partner' : 'not-on-a-lead',
      ...(holdWhen.length === 0 ? {} : { holdWhen }), ...byRoute(params.reason),
    },
  };
}

/** Those of the mappings that the plan has. */
function made(input: MappingInput, names: readonly string[]): readonly string[] {
  const mappings = new Set(tagMappings(input).map(({ id }) => id));
  return names.filter((name) => mappings.has(name));
}

/** IO-10: every tag of every record: cells of contacts, companies and deals, and record_tags.csv. */
export function tagsOnRecords(input: MappingInput): readonly Made[] {
  if (objectOf(input.source, 'record_tag') === undefined && !['contact', 'company', 'deal'].some((object) => builder(input, object, '').has('tags'))) return [];
  const hold = { code: 'tag-without-record', message: 'The record that has the tag is not found, ambiguous, or did not go in.', remedy: 'Settle that record first; then retry.' };
  return [
    taggingMapping(input, { id: 'tags-on-partners', source: 'record_tag', on: 'partners', value: { link: 'tag', through: made(input, PARTNER_TAG_NAMES) }, hold, reason: 'Tags of contacts and companies that are partners.' }),
    taggingMapping(input, { id: 'tags-on-leads', source: 'record_tag', on: 'leads', value: { link: 'tag', through: made(input, LEAD_TAG_NAMES) }, hold, reason: 'Tags of leads and opportunities.' }),
  ];
}
