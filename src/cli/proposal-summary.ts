import type { FieldLine, Mapping, Plan } from '../plan/plan.ts';
import { autoAcceptFrom } from '../proposal/match/calibrate.ts';
import { table } from './table.ts';

/** How far a proposal for one object needs a person. */
export interface ProposalCounts {
  readonly mapping: string;
  readonly source: string;
  readonly destination: string;
  readonly accepted: number; // sure enough to stand, or confirmed
  readonly toReview: number;
  readonly newFields: number; // no counterpart: kept in fields made for them
  readonly leftOut: number; // no counterpart: not moved
}

/** Counts per mapping: what can stand, what a person should look at, what has no counterpart. Rejected lines are left out. */
export function proposalCounts(plan: Plan): readonly ProposalCounts[] {
  const made = new Set(plan.schema.map(({ object, name }) => `${object}.${name}`));
  return plan.mappings.filter(({ status }) => status !== 'rejected').map((mapping) => {
    const moved = mapping.fields.filter((line) => line.status !== 'rejected' && !isNew(line, mapping, made));
    return {
      mapping: mapping.id, source: mapping.source, destination: mapping.destination, accepted: moved.filter(isSure).length, toReview: moved.filter((line) => !isSure(line)).length,
      newFields: mapping.fields.filter((line) => line.status !== 'rejected' && isNew(line, mapping, made)).length,
      leftOut: mapping.leftOut.filter(({ status }) => status !== 'rejected').length + mapping.fields.filter(({ status }) => status === 'rejected').length,
    };
  });
}

export function proposalSummary(plan: Plan): string {
  const counts = proposalCounts(plan);
  const sum = (of: (each: ProposalCounts) => number): number => counts.reduce((total, each) => total + of(each), 0);
  return [
    table(['mapping', 'from', 'to', 'auto-accepted', 'to review', 'no counterpart: new field', 'left out'], counts.map((each) => [each.mapping, each.source, each.destination, each.accepted, each.toReview, each.newFields, each.leftOut])),
    '',
    `${sum((each) => each.accepted)} lines auto-accepted, ${sum((each) => each.toReview)} to review, ${sum((each) => each.newFields + each.leftOut)} columns without a counterpart (${sum((each) => each.newFields)} into new fields, ${sum((each) => each.leftOut)} left out); ${plan.schema.length} new fields in all`,
  ].join('\n');
}

/** Every line with its confidence, its reason and the next best fields, the least sure first. */
export function reasonsTable(plan: Plan, mappings: readonly Mapping[] = plan.mappings): string {
  return mappings.map((mapping) => {
    const lines = [
      ...mapping.fields.map((line) => ({ name: `${sourceOf(line)} → ${line.to}`, ...line })),
      ...mapping.leftOut.map((line) => ({ name: `${line.from} → (left out)`, ...line })),
    ].toSorted((left, right) => left.confidence - right.confidence);
    return `${mapping.id}: ${mapping.source} → ${mapping.destination}\n${table(['line', 'confidence', 'status', 'alternatives', 'why'], lines.map((line) => [line.name, `${Math.floor(line.confidence * 1000) / 10} %`, line.status, (line.alternatives ?? []).join(', '), line.reason]))}`;
  }).join('\n\n');
}

function sourceOf({ from, link, constant }: FieldLine): string {
  if (from !== undefined) return [from].flat().join(' + ');
  return link === undefined ? JSON.stringify(constant ?? null) : `link ${link}`;
}

const isSure = ({ status, confidence }: { readonly status: string; readonly confidence: number }): boolean => status === 'confirmed' || confidence >= autoAcceptFrom;
const isNew = (line: FieldLine, mapping: Mapping, made: ReadonlySet<string>): boolean => line.from !== undefined && made.has(`${mapping.destination}.${line.to}`);
