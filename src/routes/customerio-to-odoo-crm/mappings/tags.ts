import type { Condition, Mapping } from '../../../plan/plan.ts';
import { waysToParent } from '../graph.ts';
import { line, listOf, mapping, objectOf, personIsPartner, type RouteInput } from '../lines.ts';
import { answerTo, listAttributes, listsDecision, otherCompaniesDecision, stagesOf, typesThatAre } from '../shaping.ts';

export const PARTNER_TAGS = 'res.partner/category_id';
export const LEAD_TAGS = 'crm.lead/tag_ids';

interface Vocabulary { readonly id: string; readonly source: string; readonly when: Condition; readonly otherwise: string; readonly reason: string; readonly used?: readonly string[] }

/** What is sent to people, and the decision about it. */
const sentObjects = [['campaign', 'campaigns'], ['newsletter', 'newsletters'], ['broadcast', 'broadcasts']] as const;

/** CO-03 to CO-06, CO-09: tags, before any record: segments, campaigns, newsletters, broadcasts, objects that are tags, values of lists; and stages. */
export function tagMappings(input: RouteInput): Mapping[] {
  const tag = ({ id, source, when, otherwise, reason }: Vocabulary, destination: string): Mapping => mapping(input, {
    id, source, destination, phase: 'configuration', reason, partial: true, when, otherwise, identity: { match: [{ field: 'name', ignoreCase: true }], mergeBy: 'name' },
    fields: [line('name', 'Its name.', { from: source === 'object' ? ['name', 'object_id'] : 'name', transforms: source === 'object' ? [{ nth: 1 }, 'collapseSpaces'] : ['collapseSpaces'], required: true })],
  });
  const segment: Omit<Vocabulary, 'id' | 'reason'> = { source: 'segment', when: { any: [{ decision: 'segment', of: 'id', is: 'tag' }, { decision: 'segment', of: 'id', is: 'both' }] }, otherwise: 'document-only' };
  return [
    ...(listOf(input.source, 'segment').length === 0 ? [] : [tag({ ...segment, id: 'segment-tags', reason: 'Segments, as tags of partners.' }, 'res.partner.category'), tag({ ...segment, id: 'segment-lead-tags', reason: 'Segments, as tags of leads.' }, 'crm.tag')]),
    ...sentObjects.filter(([object]) => listOf(input.source, object).length > 0).map(([object, decision]) => tag({ id: `${object}-tags`, source: object, when: decision === 'campaigns' ? { any: [{ decision, is: 'tag' }, { decision, is: 'both' }] } : { decision, is: 'tag' }, otherwise: 'document-only', reason: `${decision}, as tags of partners.` }, 'res.partner.category')),
    ...(objectOf(input.source, 'object') === undefined ? [] : [tag({ id: 'object-tags', source: 'object', when: { decision: 'object-type', of: 'object_type_id', is: 'category' }, otherwise: 'object-is-no-tag', reason: 'Objects that are no companies, as tags of partners.' }, 'res.partner.category')]),
    ...(tagsCompanies(input) ? [tag({ id: 'company-tags', source: 'object', when: { decision: 'object-type', of: 'object_type_id', is: 'company' }, otherwise: 'object-is-no-company', reason: 'Companies, as tags of people who are not under them.' }, 'res.partner.category')] : []),
    ...(listsAreTags(input) ? [mapping(input, {
      id: 'list-tags', source: 'list_value', destination: 'res.partner.category', phase: 'configuration', reason: 'Values of attributes that hold lists.', partial: true, identity: { match: [{ field: 'name', ignoreCase: true }], mergeBy: 'name' },
      fields: [line('name', 'Attribute and value.', { from: ['attribute', 'value'], transforms: [{ join: ': ' }, 'collapseSpaces'], required: true })],
    })] : []),
    ...stageMappings(input),
  ];
}

/** CO-04, CO-14: stages of the pipeline, of campaigns and of states of leads; one that is there already is taken by its name. */
function stageMappings(input: RouteInput): Mapping[] {
  const stages = stagesOf(input);
  const stage = (id: string, source: string, reason: string): Mapping => mapping(input, {
    id, source, destination: 'crm.stage', phase: 'configuration', reason, partial: true, identity: { match: [{ field: 'name', ignoreCase: true }], mergeBy: 'name' },
    fields: [line('name', 'Its name.', { from: 'name', transforms: ['collapseSpaces'], required: true })],
  });
  return [...(stages.campaigns ? [stage('campaign-stages', 'campaign', 'Campaigns, as stages of leads.')] : []), ...(stages.status === null ? [] : [stage('lead-stages', 'lead_status', 'States of leads, as stages.')])];
}

const tagsCompanies = (input: RouteInput): boolean => objectOf(input.source, 'relationship') !== undefined && typesThatAre(input, 'company').length > 0 && answerTo(input, otherCompaniesDecision()) === 'tag';
const listsAreTags = (input: RouteInput): boolean => listAttributes(input).length > 0 && answerTo(input, listsDecision(input)) === 'tags';

/** The relation is not the one that made the company the person's parent. */
function isNotParent(input: RouteInput): Condition {
  const ways = waysToParent(input);
  return { all: typesThatAre(input, 'company').flatMap(({ id }) => ways.map((way, index): Condition => ({ not: { all: [{ link: `is_${way}_${id}`, state: 'found' }, ...ways.slice(0, index).map((earlier): Condition => ({ not: { link: `has_${earlier}_${id}`, state: 'found' } }))] } }))) };
}

/** Tags on people and leads, at the end. */
export function taggingMappings(input: RouteInput): Mapping[] {
  const onPartner = (id: string, source: string, link: string, through: string, reason: string, only: readonly Condition[] = []): Mapping => mapping(input, {
    id, source, destination: PARTNER_TAGS, phase: 'tags', reason, partial: true, when: { all: [personIsPartner, { link, state: 'found', through }, ...only] }, otherwise: only.length === 0 ? 'no-person-or-no-tag' : 'no-person-or-no-tag-or-told-elsewhere',
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
    ...(objectOf(input.source, 'warehouse_subjects') !== undefined && listOf(input.source, 'campaign').length > 0 ? [onPartner('campaign-journeys', 'warehouse_subjects', 'campaign', 'campaign-tags', 'Who entered a campaign, by the journeys of the warehouse sync.')] : []),
    ...(['campaign', 'newsletter'] as const).filter((object) => listOf(input.source, object).length > 0 && objectOf(input.source, 'warehouse_deliveries') !== undefined).map((object) => onPartner(`older-${object}-recipients`, 'warehouse_deliveries', object, `${object}-tags`, `Who was sent something of a ${object}, by the warehouse sync.`, [{ not: { link: 'message', state: 'found' } }])),
    ...(tagsCompanies(input) ? [onPartner('related-companies', 'relationship', 'object', 'company-tags', 'Who is related to a company and not under it.', [isNotParent(input)])] : []),
    ...(listsAreTags(input) ? [onPartner('list-choices', 'list_choice', 'value', 'list-tags', 'Who has a value in a list.')] : []),
  ];
}
