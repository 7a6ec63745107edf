import type { Catalog } from '../../connector/catalog.ts';
import type { Route } from '../../engine/route.ts';
import type { Plan } from '../../plan/plan.ts';
import { columns, type Cell, type ReportDocument, type ReportSection } from '../report-document.ts';
import { planCounts } from '../plan-counts.ts';
import { sumOf, valueText, wordsOf } from '../words.ts';

/** What moves, how much of it, where to, what was decided and what is lost: the document to sign before a production run. */
export function scopeDocument(params: Readonly<{ plan: Plan; planHash: string; source: Catalog | null; destination: Catalog | null; rows?: Route['rows'] | undefined }>): ReportDocument {
  const { plan, source, destination } = params;
  const counts = planCounts(plan);
  return {
    id: 'scope', title: 'Scope', good: counts.toReview === 0 && counts.openDecisions === 0,
    summary: `${wordsOf(plan.mappings.filter((mapping) => mapping.status !== 'rejected').length, 'mapping')} with ${wordsOf(counts.confirmed, 'confirmed line')}, ${counts.toReview} to review, ${counts.leftOut} left out, ${wordsOf(counts.openDecisions, 'open decision')}.`,
    facts: [
      { label: 'Project', value: plan.project }, { label: 'Route', value: plan.route }, { label: 'Plan', value: params.planHash },
      { label: 'Source', value: plan.source.platform }, { label: 'Destination', value: `${plan.destination.platform} ${plan.destination.version}` },
    ],
    sections: [volumes(plan, source, destination), map(plan), decisions(plan), losses(plan, params.rows ?? []), leftOut(plan), fields(plan)],
  };
}

function volumes(plan: Plan, source: Catalog | null, destination: Catalog | null): ReportSection {
  const count = (catalog: Catalog | null, name: string): number | null => catalog?.objects.find((object) => object.name === name)?.count ?? null;
  const total = sumOf([...new Set(plan.mappings.map((mapping) => mapping.source))].map((name) => count(source, name) ?? 0));
  return {
    id: 'volumes', title: 'Volumes', note: `${wordsOf(total, 'source record')} in the mapped objects, as discovered. An empty count was not discovered.`, empty: 'The plan maps nothing.',
    columns: columns('Mapping', 'Phase', 'Source object', '#Source records', 'Destination object', '#There before', 'Status'),
    rows: plan.mappings.map((mapping): Cell[] => [mapping.id, mapping.phase, mapping.source, count(source, mapping.source), mapping.destination, count(destination, mapping.destination), mapping.status]),
  };
}

function map(plan: Plan): ReportSection {
  return {
    id: 'map', title: 'Map', note: null, empty: 'The plan has no field line.',
    columns: columns('From', 'To', 'Mapping', 'Transforms', 'Status', '#Confidence', 'Reason', 'Evidence', 'Declared loss'),
    rows: plan.mappings.flatMap((mapping) => mapping.fields.map((line): Cell[] => [
      line.from === undefined ? line.link === undefined ? `constant ${valueText(line.constant)}` : `link ${line.link}` : [line.from].flat().join(' + '),
      `${mapping.destination}.${line.to}`, mapping.id,
      (line.transforms ?? []).map((step) => (typeof step === 'string' ? step : JSON.stringify(step))).join(' → '),
      line.status, line.confidence, line.reason, (line.evidence ?? []).join('\n'), line.loss ?? null,
    ])),
  };
}

function decisions(plan: Plan): ReportSection {
  return {
    id: 'decisions', title: 'Decisions', note: null, empty: 'Nothing had to be decided.',
    columns: columns('Decision', 'Question', 'Answer', 'Recommendation', 'Reason'),
    rows: plan.decisions.map((decision): Cell[] => {
      const label = (value: unknown): string => decision.options.find((option) => JSON.stringify(option.value) === JSON.stringify(value))?.label ?? valueText(value);
      return [decision.id, decision.question, decision.answer === null ? 'OPEN' : label(decision.answer), decision.recommendation === null ? null : label(decision.recommendation), decision.reason];
    }),
  };
}

function losses(plan: Plan, rows: Route['rows']): ReportSection {
  const lost = (what: string, line: Readonly<{ loss?: string | undefined }>): Cell[][] => (line.loss === undefined ? [] : [[what, line.loss]]);
  return {
    id: 'losses', title: 'Declared losses', note: 'Known before the run. What single records lose is counted after it, by field (Reconciliation: What did not survive).', empty: 'No loss is declared.',
    columns: columns('What', 'Loss'),
    rows: [
      ...rows.flatMap(({ id, source, losses: known }) => known.map((loss): Cell[] => [`${id}: ${source}`, loss])),
      ...plan.mappings.flatMap((mapping) => [
        ...lost(mapping.id, mapping),
        ...mapping.fields.flatMap((line) => lost(`${mapping.id}: ${line.to}`, line)),
        ...mayBeEmpty(mapping),
        ...mapping.leftOut.flatMap((line) => lost(`${mapping.id}: ${line.from}`, line)),
      ]),
      ...plan.schema.flatMap((line) => lost(`${line.object}.${line.name}`, line)),
    ],
  };
}

/** References that stay empty where what they name is not found: known before as a possibility, counted after. */
function mayBeEmpty(mapping: Plan['mappings'][number]): Cell[][] {
  const found = mapping.fields.filter((line) => line.status !== 'rejected' && line.loss === undefined && line.required !== true && line.whenMissing !== 'quarantine').flatMap((line): Cell[][] => {
    const what = line.lookup === undefined ? line.link === undefined ? null : `the record that it names (${line.link}) is unknown or did not go in` : `no ${line.lookup.object} is found`;
    return what === null ? [] : [[`${mapping.id}: ${line.to}`, `Left empty where ${what}.`]];
  });
  return [...new Map(found.map((row) => [row.join(' '), row])).values()];
}

function leftOut(plan: Plan): ReportSection {
  return {
    id: 'left-out', title: 'Source fields that are not moved', note: null, empty: 'Every source field is moved.',
    columns: columns('Field', 'Mapping', 'Reason', 'Status'),
    rows: plan.mappings.flatMap((mapping) => mapping.leftOut.map((line): Cell[] => [line.from, mapping.id, line.reason, line.status])),
  };
}

function fields(plan: Plan): ReportSection {
  return {
    id: 'new-fields', title: 'Fields created at the destination', note: null, empty: 'No field is created.',
    columns: columns('Field', 'Label', 'Type', 'Made for', 'Status'),
    rows: plan.schema.map((line): Cell[] => [`${line.object}.${line.name}`, line.label, line.type, line.source ?? null, line.status]),
  };
}
