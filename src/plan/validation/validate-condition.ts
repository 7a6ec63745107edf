import { readAnswer } from '../changes/answers.ts';
import { prepareExpression } from '../compiled/expression.ts';
import { nearest } from '../values/nearest.ts';
import type { Condition, Mapping } from '../plan.ts';
import { requireSourceField } from './inspection.ts';
import type { Inspection } from './inspection.ts';

/** Checks that everything a condition looks at exists. */
export function validateCondition(condition: Condition | undefined, object: string, path: readonly PropertyKey[], inspection: Inspection): void {
  if (condition === undefined) return;
  const { plan, report } = inspection;
  if ('all' in condition) condition.all.forEach((part, index) => { validateCondition(part, object, [...path, 'all', index], inspection); });
  else if ('any' in condition) condition.any.forEach((part, index) => { validateCondition(part, object, [...path, 'any', index], inspection); });
  else if ('not' in condition) validateCondition(condition.not, object, [...path, 'not'], inspection);
  else if ('field' in condition) requireSourceField(object, condition.field, [...path, 'field'], inspection);
  else if ('fact' in condition) {
    const known = plan.facts.filter((fact) => fact.object === object).map(({ name }) => name);
    if (!known.includes(condition.fact)) report([...path, 'fact'], `object "${object}" has no fact "${condition.fact}"`, nearest(condition.fact, known) ?? 'Add it under `facts`.');
  } else if ('link' in condition) {
    const known = plan.links.filter((link) => link.object === object).map(({ name }) => name);
    if (!known.includes(condition.link)) report([...path, 'link'], `object "${object}" has no link "${condition.link}"`, nearest(condition.link, known) ?? 'Add it under `links`.');
  } else if ('undecided' in condition) {
    for (const field of [condition.of].flat()) requireSourceField(object, field, [...path, 'of'], inspection);
  } else if ('decision' in condition && condition.of !== undefined) {
    for (const field of [condition.of].flat()) requireSourceField(object, field, [...path, 'of'], inspection);
    if (!plan.mappings.some((mapping) => asksLater(mapping, condition.decision)) && !plan.decisions.some(({ id }) => id.startsWith(`${condition.decision}:`))) report([...path, 'decision'], `the plan has no decision "${condition.decision}:…"`, 'Add one for each value of the field under `decisions`.');
  } else if ('decision' in condition) {
    const decision = plan.decisions.find(({ id }) => id === condition.decision);
    if (!decision) report([...path, 'decision'], `the plan has no decision "${condition.decision}"`, nearest(condition.decision, plan.decisions.map(({ id }) => id)) ?? 'Add it under `decisions`.');
    else {
      const reading = readAnswer(decision, condition.is);
      if (reading.problem) report([...path, 'is'], reading.problem.message, reading.problem.remedy);
    }
  } else {
    try {
      prepareExpression(condition.expression);
    } catch (error) {
      report([...path, 'expression'], `not a JSONata expression: ${(error as Error).message}`, 'Correct the expression.');
    }
  }
}

/** Whether a mapping holds back the values about which there is no decision (yet): then there may be none at all. */
function asksLater({ holdWhen = [] }: Mapping, decision: string): boolean {
  const asks = (condition: Condition): boolean => ('all' in condition ? condition.all.some(asks) : 'any' in condition ? condition.any.some(asks) : 'not' in condition ? asks(condition.not) : 'undecided' in condition && condition.undecided === decision);
  return holdWhen.some(({ condition }) => asks(condition));
}
