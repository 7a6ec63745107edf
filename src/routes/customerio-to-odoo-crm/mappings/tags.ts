import type { Condition, Mapping } from '../../../plan/plan.ts';
import { line, listOf, mapping, objectOf, personIsPartner, type RouteInput } from '../lines.ts';

export const PARTNER_TAGS = 'res.partner/category_id';
export const LEAD_TAGS = 'crm.lead/tag_ids';

interface Vocabulary { readonly id: string; readonly source: string; readonly when: Condition; readonly otherwise: string; readonly reason: string; readonly used?: readonly string[] }

/** What is sent to people, and the decision about it. */
const sentObjects = [['campaign', 'campaigns'], ['newsletter', 'newsletters'], ['broadcast', 'broadcasts']] as const;

/** CO-03 to CO-06: tags, before any record: segments, campaigns, newsletters, broadcasts, and objects that are no companies. */
export function tagMappings(input: RouteInput): Mapping[] {
  const tag = ({ id, source, when, otherwise, reason }: Vocabulary, destination: string): Mapping => mapping(input, {
    id, source, destination, phase: 'configuration', reason, partial: true, when, otherwise, identity: { match: [{ field: 'name', ignoreCase: true }], mergeBy: 'name' },
    fields: [line('name', 'Its name.', { from: source === 'object' ? ['name', 'object_id'] : 'name', transforms: source === 'object' ? [{ nth: 1 }, 'collapseSpaces'] : ['collapseSpaces'], required: true })],
  });
  const segment: Omit<Vocabulary, 'id' | 'reason'> = { source: 'segment', when: { decision: 'segment', of: 'id', is: 'tag' }, otherwise: 'document-only' };
  return [
    ...(listOf(input.source, 'segment').length === 0 ? [] : [tag({ ...segment, id: 'segment-tags', reason: 'Segments, as tags of partners.' }, 'res.partner.category'), tag({ ...segment, id: 'segment-lead-tags', reason: 'Segments, as tags of leads.' }, 'crm.tag')]),
    ...sentObjects.filter(([object]) => listOf(input.source, object).length > 0).map(([object, decision]) => tag({ id: `${object}-tags`, source: object, when: { decision, is: 'tag' }, otherwise: 'document-only', reason: `${decision}, as tags of partners.` }, 'res.partner.category')),
    ...(objectOf(input.source, 'object') === undefined ? [] : [tag({ id: 'object-tags', source: 'object', when: { decision: 'object-type', of: 'object_type_id', is: 'category' }, otherwise: 'object-is-a-company', reason: 'Objects that are no companies, as tags of partners.' }, 'res.partner.category')]),
  ];
}

/** Tags on people and leads, at the end. */
export function taggingMappings(input: RouteInput): Mapping[] {
  const onPartner = (id: string, source: string, link: string, through: string, reason: string): Mapping => mapping(input, {
    id, source, destination: PARTNER_TAGS, phase: 'tags', reason, partial: true, when: { all: [personIsPartner, { link, state: 'found', through }] }, otherwise: 'no-person-or-no-tag',
    fields: [line('record', 'The person.', { link: 'person', through: ['contacts'], whenMissing: 'quarantine' }), line('value', 'The tag.', { link, through: [through], whenMissing: 'quarantine', required: true })],
  });
  return [
    ...(listOf(input.source, 'segment').length === 0 ? [] : [
      onPartner('members', 'segment_membership', 'segment', 'segment-tags', 'Members of segments.'),
      mapping(input, {
        id: 'members-who-are-leads', source: 'segment_membership', destination: LEAD_TAGS, phase: 'tags', reason: 'Members of segments who are leads.', partial: true, when: { all: [{ link: 'person', state: 'found', through: 'leads' }, { link: 'segment', state: 'found', through: 'segment-lead-tags' }] }, otherwise: 'no-lead-or-no-tag',
        fields: [line('record', 'The lead.', { link: 'person', through: ['leads'], whenMissing: 'quarantine' }), line('value', 'The tag.', { link: 'segment', through: ['segment-lead-tags'], whenMissing: 'quarantine', required: true })],
      }),
    ]),
    ...sentObjects.filter(([object]) => listOf(input.source, object).length > 0 && objectOf(input.source, 'message') !== undefined).map(([object]) => onPartner(`${object}-recipients`, 'message', object, `${object}-tags`, `Who was sent something of a ${object}.`)),
    ...(objectOf(input.source, 'relationship') === undefined ? [] : [onPartner('related-objects', 'relationship', 'object', 'object-tags', 'Who is related to an object that is a tag.')]),
  ];
}
