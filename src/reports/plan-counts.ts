import type { Plan } from '../plan/plan.ts';

/** How far a plan is from confirmed. Lines are field lines, schema lines, left-out lines and the mappings themselves. */
export interface PlanCounts { readonly confirmed: number; readonly toReview: number; readonly leftOut: number; readonly decisions: number; readonly openDecisions: number }

/** Counts of a whole plan. `leftOut` counts lines that move nothing: rejected ones and left-out source fields. */
export function planCounts(plan: Plan): PlanCounts {
  const total = { confirmed: 0, toReview: 0, leftOut: 0 };
  for (const mapping of plan.mappings) {
    const counts = mappingCounts(mapping);
    total.confirmed += counts.confirmed; total.toReview += counts.toReview; total.leftOut += counts.leftOut;
  }
  for (const line of plan.schema) total[place(line.status)] += 1;
  return { ...total, decisions: plan.decisions.length, openDecisions: plan.decisions.filter((decision) => decision.answer === null).length };
}

/** Counts of one mapping: its fields, its left-out fields and itself. */
export function mappingCounts(mapping: Plan['mappings'][number]): Pick<PlanCounts, 'confirmed' | 'toReview' | 'leftOut'> {
  const counts = { confirmed: 0, toReview: 0, leftOut: 0 };
  for (const line of [mapping, ...mapping.fields]) counts[place(line.status)] += 1;
  for (const line of mapping.leftOut) counts[line.status === 'proposed' ? 'toReview' : 'leftOut'] += 1;
  return counts;
}

function place(status: 'proposed' | 'confirmed' | 'rejected'): 'confirmed' | 'toReview' | 'leftOut' {
  return status === 'confirmed' ? 'confirmed' : status === 'proposed' ? 'toReview' : 'leftOut';
}
