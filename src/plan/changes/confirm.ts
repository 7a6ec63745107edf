import type { Json } from '../../connector/json.ts';
import { readAnswer } from './answers.ts';
import { PlanError } from '../errors.ts';
import type { PlanProblem } from '../errors.ts';
import { nearest } from '../values/nearest.ts';
import type { Decision, Mapping, Plan } from '../plan.ts';

/** A line that no person has settled yet. */
export interface OpenLine {
  readonly kind: 'mapping' | 'field' | 'leftOut' | 'schema';
  readonly mapping: string | null; // null = a schema line
  readonly name: string; // destination field, left-out source field, mapping id or object.field
  readonly confidence: number;
  readonly description: string; // 'mapping contacts, field phone: proposed, not confirmed'
}
export interface OpenDecision { readonly id: string; readonly decision: Decision; readonly description: string }

/** Lines still `proposed`, in plan order. Lines of a rejected mapping do not count. */
export function openLines(plan: Plan): readonly OpenLine[] {
  const open = (kind: OpenLine['kind'], mapping: string | null, name: string, confidence: number, place: string): OpenLine =>
    ({ kind, mapping, name, confidence, description: `${place}: proposed, not confirmed` });
  return [
    ...plan.schema.filter(isProposed).map(({ object, name, confidence }) => open('schema', null, `${object}.${name}`, confidence, `new field ${name} on ${object}`)),
    ...plan.mappings.filter(({ status }) => status !== 'rejected').flatMap((mapping) => [
      ...(isProposed(mapping) ? [open('mapping', mapping.id, mapping.id, mapping.confidence, `mapping ${mapping.id}`)] : []),
      ...mapping.fields.filter(isProposed).map(({ to, confidence }) => open('field', mapping.id, to, confidence, `mapping ${mapping.id}, field ${to}`)),
      ...mapping.leftOut.filter(isProposed).map(({ from, confidence }) => open('leftOut', mapping.id, from, confidence, `mapping ${mapping.id}, left out ${from}`)),
    ]),
  ];
}

/** Decisions without an answer, in plan order. */
export function openDecisions(plan: Plan): readonly OpenDecision[] {
  return plan.decisions.filter(({ answer: given }) => given === null).map((decision) => ({
    id: decision.id, decision,
    description: `decision ${decision.id}: open (${decision.question})${decision.recommendation === null ? '; nothing speaks for either option, a person must choose' : ''}`,
  }));
}

/** Whether a production run may use the plan: no line proposed, no decision open. */
export function isConfirmed(plan: Plan): boolean {
  return openLines(plan).length === 0 && openDecisions(plan).length === 0;
}

/** Confirms every proposed line and answers every open decision that has a recommendation. Decisions without one stay open. */
export function acceptRecommendations(plan: Plan): Plan {
  return {
    ...plan,
    decisions: plan.decisions.map((decision) => (decision.answer === null ? { ...decision, answer: decision.recommendation } : decision)),
    schema: plan.schema.map(confirmed),
    mappings: plan.mappings.map((mapping): Mapping => (mapping.status === 'rejected' ? mapping
      : { ...confirmed(mapping), fields: mapping.fields.map(confirmed), leftOut: mapping.leftOut.map(confirmed) })),
  };
}

/**
 * Puts answers into a plan; null opens a decision again.
 * @throws PlanError code 'invalid-answer' naming every decision that does not exist and every value that is no option
 */
export function answer(plan: Plan, answers: { readonly [decisionId: string]: Json }): Plan {
  const problems: PlanProblem[] = [];
  const known = new Map(plan.decisions.map((decision) => [decision.id, decision]));
  const values = new Map<string, Json>();
  for (const [id, given] of Object.entries(answers)) {
    const decision = known.get(id);
    const path = `decisions[${id}]`;
    if (!decision) {
      problems.push({ line: null, path, message: `the plan has no decision "${id}"`, remedy: nearest(id, [...known.keys()]) ?? (known.size > 0 ? `Its decisions are: ${[...known.keys()].join(', ')}.` : 'It has no decisions at all.') });
      continue;
    }
    const reading = readAnswer(decision, given);
    if (reading.problem) problems.push({ line: null, path, ...reading.problem });
    else values.set(id, reading.value);
  }
  if (problems.length > 0) throw new PlanError(problems, 'invalid-answer');
  return { ...plan, decisions: plan.decisions.map((decision) => (values.has(decision.id) ? { ...decision, answer: values.get(decision.id) as Decision['answer'] } : decision)) };
}

const isProposed = ({ status }: { readonly status: Mapping['status'] }): boolean => status === 'proposed';

function confirmed<Line extends { readonly status: Mapping['status'] }>(line: Line): Line {
  return isProposed(line) ? { ...line, status: 'confirmed' } : line;
}
