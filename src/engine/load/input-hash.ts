import type { JsonObject } from '../../connector/json.ts';
import type { CompiledMapping, CompiledPlan } from '../../plan/compiled/compile.ts';
import type { RecordContext } from '../../plan/record-context.ts';
import { contentHash } from '../canonical.ts';
import type { StagedRecord } from '../ports/staging.ts';

const mappingHashes = new WeakMap<CompiledPlan, Map<string, string>>();

/**
 * Hash over all that the transform of a record looks at: the record with corrections, its links with the places of their
 * targets, its facts, the mapping's lines and the plan's answers. What it looks up at the destination is not in it. A record
 * with the same hash as when it was last settled needs no transform, and no call.
 */
export function inputHash(plan: CompiledPlan, mapping: CompiledMapping, record: Pick<StagedRecord, 'hash'>, scope: Pick<RecordContext, 'links' | 'facts'>): string {
  return contentHash({ mapping: mappingHash(plan, mapping), record: record.hash, links: scope.links as unknown as JsonObject, facts: { ...scope.facts } });
}

/** Hashed once per plan: lines without what the proposer says about them, and every answer. */
function mappingHash(plan: CompiledPlan, mapping: CompiledMapping): string {
  const known = mappingHashes.get(plan) ?? new Map<string, string>();
  mappingHashes.set(plan, known);
  const hash = known.get(mapping.id) ?? contentHash(JSON.parse(JSON.stringify({
    ...mapping.mapping, leftOut: [], reason: '', confidence: 1,
    fields: mapping.mapping.fields.filter((line) => line.status !== 'rejected').map((line) => ({ ...line, status: '', reason: '', confidence: 1, evidence: [], alternatives: [] })),
    decisions: plan.plan.decisions.map(({ id, answer, recommendation }) => ({ id, answer: answer ?? recommendation })),
  })));
  known.set(mapping.id, hash);
  return hash;
}
