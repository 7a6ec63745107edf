import type { Catalog } from '../../connector/catalog.ts';
import { decisionValues } from '../compiled/decision-values.ts';
import type { Inspection } from './inspection.ts';
import { knownDestination, knownSource } from './known-fields.ts';
import type { Plan } from '../plan.ts';
import { validateLine } from './validate-line.ts';

/** What is wrong with one line, and where in it. */
export interface LineProblem {
  readonly part: 'to' | 'from' | 'transforms' | 'other';
  readonly step: number | null; // of `transforms`: which; null = the line as a whole
  readonly message: string;
  readonly remedy: string;
}

/** Checks one field line of a plan against what discovery found, as the whole plan is checked. Pure. */
export function checkLine(plan: Plan, place: Readonly<{ mapping: number; field: number }>, catalogs: Readonly<{ source: Catalog; destination: Catalog }>): readonly LineProblem[] {
  const mapping = plan.mappings[place.mapping];
  const line = mapping?.fields[place.field];
  if (mapping === undefined || line === undefined) return [];
  const problems: LineProblem[] = [];
  const inspection: Inspection = {
    plan, source: knownSource(plan, catalogs.source), destination: knownDestination(plan, catalogs.destination), decisions: decisionValues(plan),
    report: ([part, step], message, remedy) => {
      problems.push({ part: part === 'to' || part === 'from' || part === 'transforms' ? part : 'other', step: part === 'transforms' && typeof step === 'number' ? step : null, message, remedy });
    },
  };
  const earlier = new Set(mapping.fields.slice(0, place.field).filter(({ status }) => status !== 'rejected').map(({ to }) => to));
  validateLine({ line, mapping, mappingIndex: place.mapping, path: [], earlier }, inspection);
  return problems;
}
