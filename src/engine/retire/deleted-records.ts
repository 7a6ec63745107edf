import type { Decision, Plan } from '../../plan/plan.ts';

/** What becomes of a destination record whose source record is gone. */
export type DeletedRule = 'archive' | 'delete' | 'keep';

/**
 * Decision of every plan; `deleted-records:<mapping>` and `deleted-records:<phase>` go before it. For records that are still there at
 * the source and that the mapping takes no longer, `left-records:<mapping>` and `left-records:<phase>` go before all of them.
 */
const DELETED_RECORDS = 'deleted-records';
const LEFT_RECORDS = 'left-records';

/** The question that every plan asks for its deltas. */
const deletedRecordsDecision: Decision = {
  id: DELETED_RECORDS, question: 'A delta finds that a record which was moved is gone at the source. What becomes of it at the destination?',
  options: [
    { value: 'archive', label: 'Archive it', effect: 'It disappears from lists and stays findable; where the destination cannot archive, it is kept and listed.' },
    { value: 'delete', label: 'Delete it', effect: 'It is deleted for good, unless other records hang on it.' },
    { value: 'keep', label: 'Keep it', effect: 'It stays as it is and is listed.' },
  ],
  recommendation: 'archive', answer: null,
  reason: 'An archived record loses nothing and can be brought back. Tags and list memberships are detached in every case; what people changed since, and what was there before, is never touched.',
};

/** A plan with the decision, where the route has not made it itself. */
export function withDeletedRecordsDecision(plan: Plan): Plan {
  return plan.decisions.some(({ id }) => id === DELETED_RECORDS) ? plan : { ...plan, decisions: [...plan.decisions, deletedRecordsDecision] };
}

/**
 * The rule of a mapping, for what is gone or, `left`, for what it takes no longer: its own answer, its phase's, else the plan's, else
 * the recommendation (plans made before there were deltas).
 */
export function ruleFor(plan: Pick<Plan, 'decisions' | 'mappings'>, mapping: string, left = false): DeletedRule {
  const phase = plan.mappings.find(({ id }) => id === mapping)?.phase;
  const own = (question: string): string[] => [mapping, ...(phase === undefined ? [] : [phase])].map((of) => `${question}:${of}`);
  for (const id of [...(left ? own(LEFT_RECORDS) : []), ...own(DELETED_RECORDS), DELETED_RECORDS]) {
    const answer = plan.decisions.find((decision) => decision.id === id)?.answer;
    if (answer === 'archive' || answer === 'delete' || answer === 'keep') return answer;
  }
  return 'archive';
}
