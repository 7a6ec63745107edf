import type { Condition, Mapping } from '../../../plan/plan.ts';
import { byRoute } from '../line-builder.ts';
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

/** IO-10: tags, with spellings that differ only in case and spaces made one. Odoo keeps them apart for leads and for partners. */
export function tagMappings(input: MappingInput): readonly Mapping[] {
  void input;
  const mapping = (id: string, destination: string, why: string): Mapping => ({
    id, source: 'tag', destination, phase: 'configuration',
    identity: { match: [{ field: 'name', ignoreCase: true }], mergeBy: 'name' },
    fields: [{ to: 'name', from: 'name', transforms: ['collapseSpaces'], required: true, ...byRoute('Name of the tag; list a source id under identity.keepApart to take it out of a merge.') }],
    leftOut: ['color', 'applies_to'].filter((name) => builder(input, 'tag', destination).has(name)).map((from) => ({ from, ...byRoute('Odoo numbers its colours and does not restrict tags to objects.') })),
    ...byRoute(why),
  });
  return [mapping('lead-tags', 'crm.tag', 'Tags of leads and opportunities.'), mapping('partner-tags', 'res.partner.category', 'Tags of partners.')];
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
