import type { Plan } from '../plan/plan.ts';
import { mappingCounts, planCounts } from '../reports/plan-counts.ts';
import { table } from './table.ts';

/** A plan as counts: mapping by mapping, and the decisions that are open. */
export function planSummary(plan: Plan): string {
  const total = planCounts(plan);
  const open = plan.decisions.filter((decision) => decision.answer === null);
  return [
    table(['mapping', 'from', 'to', 'phase', 'confirmed', 'to review', 'left out'], plan.mappings.map((mapping) => {
      const counts = mappingCounts(mapping);
      return [mapping.id, mapping.source, mapping.destination, mapping.phase, counts.confirmed, counts.toReview, counts.leftOut];
    })),
    '',
    `${total.confirmed} confirmed, ${total.toReview} to review, ${total.leftOut} left out, ${plan.schema.length} fields to create, ${total.openDecisions} of ${total.decisions} decisions open`,
    ...open.map((decision) => `  open: ${decision.id}: ${decision.question}`),
  ].join('\n');
}
