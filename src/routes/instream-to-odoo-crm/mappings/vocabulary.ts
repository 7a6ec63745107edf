import type { Condition, Mapping } from '../../../plan/plan.ts';
import { byRoute } from '../line-builder.ts';
import { hasSeveralSpellings, keptApart } from '../tag-decisions.ts';
import { destinationStages, stagePlaces } from '../value-proposals.ts';
import { builder, namesPipelines, objectOf, type MappingInput } from '../mapping-input.ts';

/** IO-04: a sales team for each pipeline, where that was chosen. */
export function teamsMapping(input: MappingInput): readonly Mapping[] {
  if (!input.teams || !namesPipelines(input.source)) return [];
  const lines = builder(input, 'pipeline', 'crm.team').set('name', { from: 'name', transforms: ['collapseSpaces'], required: true, reason: 'Name of the pipeline.' });
  return [{
    id: 'teams', source: 'pipeline', destination: 'crm.team', phase: 'configuration', when: { decision: 'pipeline-teams', is: 'each' }, otherwise: 'pipelines-share-the-team',
    identity: { match: [{ field: 'name', ignoreCase: true }], mergeBy: 'name' }, fields: lines.lines,
    leftOut: lines.use('id').unused().map((field) => ({ from: field.name, ...byRoute('Odoo teams have no such field.') })), ...byRoute('A sales team for each pipeline, where that is decided; stages stay shared.'),
  }];
}

/** IO-04: stages by name; an existing one is taken, not doubled. */
export function stagesMapping(input: MappingInput): Mapping {
  const lines = builder(input, 'stage', 'crm.stage')
    .move('name', 'name', { transforms: ['collapseSpaces'], required: true, reason: 'Name of the stage.' })
    .move('sequence', 'sequence', { transforms: ['integer'], whenMissing: 'empty', reason: 'Order of the stages, kept.' });
  if (lines.lines.length === 0) lines.set('name', { from: 'name', transforms: ['collapseSpaces'], required: true, reason: 'Name of the stage, as the deals write it.' });
  const placed = stagePlaces(input.source, input.destination).length === 0 ? [] : destinationStages(input.destination);
  const isPlaced = placed.map((name): Condition => ({ decision: 'stage-place', of: 'name', is: name }));
  const fields = lines.lines.flatMap((line) => (line.to !== 'name' || placed.length === 0 ? [line] : [
    ...placed.map((name, at) => ({ to: 'name', constant: name, required: true, when: isPlaced[at] as Condition, ...byRoute('A stage that is there, as decided.') })), { ...line, when: { not: { any: isPlaced } } },
  ]));
  return {
    id: 'stages', source: 'stage', destination: 'crm.stage', phase: 'configuration',
    identity: { match: [{ field: 'name', ignoreCase: true }], mergeBy: 'name' },
    fields,
    leftOut: lines.use('id', 'pipeline_id', 'pipeline_name', 'type').unused().map((field) => ({ from: field.name, ...byRoute(field.name === 'probability' ? 'Odoo keeps no probability on a stage; it is set on each opportunity (see the stage decisions).' : 'Odoo stages have no such field.') })),
    ...byRoute('Stages of all pipelines are shared in Odoo; equal names are one stage.'),
  };
}

/** IO-03: reasons of lost deals. */
export function lostReasonsMapping(input: MappingInput): Mapping {
  void input;
  return {
    id: 'lost-reasons', source: 'lost_reason', destination: 'crm.lost.reason', phase: 'configuration',
    identity: { match: [{ field: 'name', ignoreCase: true }], mergeBy: 'name' },
    fields: [{ to: 'name', from: 'name', transforms: ['collapseSpaces'], required: true, ...byRoute('The reason as the deals write it.') }],
    leftOut: [], ...byRoute('Every reason that a lost deal names.'),
  };
}

/** Mappings that make tags of leads and of partners; each may have one beside it for spellings that a person took apart. */
export const LEAD_TAG_NAMES = ['lead-tags', 'lead-tags-apart'] as const;
export const PARTNER_TAG_NAMES = ['partner-tags', 'partner-tags-apart'] as const;

/** IO-10: tags, with spellings that differ only in case and spaces made one. Odoo keeps them apart for leads and for partners. */
export function tagMappings(input: MappingInput): readonly Mapping[] {
  const several = hasSeveralSpellings(input.source);
  const leftOut = (destination: string): Mapping['leftOut'] => ['color', 'applies_to'].filter((name) => builder(input, 'tag', destination).has(name)).map((from) => ({ from, ...byRoute('Odoo numbers its colours and does not restrict tags to objects.') }));
  const mapping = (id: string, destination: string, why: string): Mapping => ({
    id, source: 'tag', destination, phase: 'configuration', ...(several ? { when: { not: keptApart }, otherwise: 'kept-apart' } : {}),
    identity: { match: [{ field: 'name', ignoreCase: true }], mergeBy: 'name' },
    fields: [{ to: 'name', from: 'name', transforms: ['collapseSpaces'], required: true, ...byRoute(several ? 'Name of the tag; which spellings are one tag is said by the decisions tag-spellings.' : 'Name of the tag.') }],
    leftOut: leftOut(destination), ...byRoute(why),
  });
  const apart = (id: string, destination: string, why: string): Mapping => ({
    id, source: 'tag', destination, phase: 'configuration', when: keptApart, otherwise: 'one-tag-for-all-spellings', identity: { match: [{ field: 'name' }] },
    fields: [{ to: 'name', from: 'name', required: true, ...byRoute('Name of the tag, exactly as it is written.') }], leftOut: leftOut(destination), ...byRoute(why),
  });
  return ([[LEAD_TAG_NAMES, 'crm.tag', 'leads and opportunities'], [PARTNER_TAG_NAMES, 'res.partner.category', 'partners']] as const).flatMap(([[merged, alone], destination, on]) => [
    mapping(merged, destination, `Tags of ${on}.`), ...(several ? [apart(alone, destination, `Spellings of tags of ${on} that were decided to stay apart.`)] : []),
  ]);
}

/** IO-07: the subtype of calls, made once; one of that name is taken. */
export function callSubtypeMapping(input: MappingInput): readonly Mapping[] {
  if (objectOf(input.source, 'call') === undefined) return [];
  const line = (to: string, constant: boolean | string, reason: string): Mapping['fields'][number] => ({ to, constant, ...byRoute(reason) });
  return [{
    id: 'call-subtype', source: 'message_kind', destination: 'mail.message.subtype', phase: 'configuration', identity: { match: [{ field: 'name' }] }, leftOut: [],
    fields: [{ to: 'name', from: 'name', required: true, ...byRoute('Name of the subtype.') }, line('description', 'Call', 'What the chatter shows.'), line('internal', true, 'Calls are for colleagues only.'), line('default', false, 'Nobody is notified of calls.')],
    ...byRoute('Calls get a subtype of their own.'),
  }];
}
