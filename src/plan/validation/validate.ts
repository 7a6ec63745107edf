import type { Catalog } from '../../connector/catalog.ts';
import { readAnswer } from '../changes/answers.ts';
import { decisionValues } from '../compiled/decision-values.ts';
import type { PlanProblem } from '../errors.ts';
import { knownDestination, knownSource } from './known-fields.ts';
import type { Inspection } from './inspection.ts';
import { pathWords } from '../path-words.ts';
import { readPlanText } from '../plan-text.ts';
import type { Plan } from '../plan.ts';
import { validateJoins } from './validate-joins.ts';
import { validateMapping } from './validate-mapping.ts';
import { validateSchema } from './validate-schema.ts';

/**
 * Checks a plan against what discovery found on both sides: objects, fields and their types, transforms and their
 * parameters, links, facts, look-ups, decisions, order of phases. Pure.
 *
 * @param text the plan file, for line numbers
 * @returns every problem in the order of the plan; empty = the plan can be carried out
 */
export function validatePlan(plan: Plan, catalogs: { readonly source: Catalog; readonly destination: Catalog }, text?: string): readonly PlanProblem[] {
  const place = text === undefined ? null : readPlanText(text);
  const problems: PlanProblem[] = [];
  const inspection: Inspection = {
    plan, source: knownSource(plan, catalogs.source), destination: knownDestination(plan, catalogs.destination), decisions: decisionValues(plan),
    report: (path, message, remedy) => { problems.push({ line: place?.lineOf(path) ?? null, path: pathWords(path, plan), message, remedy }); },
  };
  validateDecisions(inspection);
  validateSchema(inspection, catalogs.destination);
  validateJoins(inspection);
  plan.mappings.forEach((mapping, index) => { if (mapping.status !== 'rejected') validateMapping(mapping, index, inspection); });
  return place === null ? problems : problems.toSorted((left, right) => (left.line ?? 0) - (right.line ?? 0));
}

function validateDecisions({ plan, report }: Inspection): void {
  for (const [index, decision] of plan.decisions.entries()) {
    const reading = readAnswer(decision, decision.answer);
    if (reading.problem) report(['decisions', index, 'answer'], reading.problem.message, reading.problem.remedy);
    else if (decision.answer !== null && typeof decision.answer !== typeof reading.value) report(['decisions', index, 'answer'], `the answer of decision "${decision.id}" must be a ${typeof reading.value}`, `Write ${JSON.stringify(reading.value)}.`);
  }
}
