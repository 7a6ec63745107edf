import { ConfigurationError } from '../connector/errors.ts';

/** One thing that is wrong with a plan, with the place where a person can mend it. */
export interface PlanProblem {
  readonly line: number | null; // 1-based line of the plan file; null = the text is not at hand
  readonly path: string; // 'mappings[contacts].fields[phone].transforms[0]'
  readonly message: string; // names the thing and the value
  readonly remedy: string;
}

/** A plan that cannot be read, validated or answered. Carries every problem found, not only the first. */
export class PlanError extends ConfigurationError {
  readonly problems: readonly PlanProblem[];
  constructor(problems: readonly PlanProblem[], code = 'invalid-plan') {
    const [first] = problems;
    const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
    super({
      code,
      message: first ? `${describeProblem(first)}${more}` : 'The plan is not valid.',
      remedy: first?.remedy ?? 'Correct the plan.',
    });
    this.problems = problems;
  }
}

/** A problem in one sentence with its place, without the remedy: `line 12, mappings[contacts]: …`. */
export function describeProblem(problem: PlanProblem): string {
  const place = [problem.line === null ? null : `line ${problem.line}`, problem.path === '' ? null : problem.path].filter((part) => part !== null);
  return place.length > 0 ? `${place.join(', ')}: ${problem.message}` : problem.message;
}
