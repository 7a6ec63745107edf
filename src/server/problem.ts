import { PortolanError } from '../connector/errors.ts';
import { PlanError } from '../plan/errors.ts';
import type { Problem } from './schemas/problem.ts';

export type ProblemStatus = 400 | 401 | 403 | 404 | 409 | 413 | 422 | 429 | 500 | 503;

/** What the API answers when it refuses: a status, and a document that names the thing, the reason and the remedy. */
export class ApiError extends Error {
  readonly status: ProblemStatus;
  readonly problem: Problem;
  constructor(status: ProblemStatus, problem: Problem) {
    super(problem.error.message);
    this.status = status;
    this.problem = problem;
  }
}

/** A refusal in one line. */
export function refusal(status: ProblemStatus, code: string, message: string, remedy: string | null = null, fields?: Readonly<Record<string, string>>): ApiError {
  return new ApiError(status, { error: { code, message, remedy, ...(fields === undefined ? {} : { fields: { ...fields } }) } });
}

const notFound = new Set(['no-project', 'no-run', 'no-route', 'no-plan', 'no-sandbox', 'no-catalog', 'no-connector', 'no-owners']);
const conflicts = new Set(['plan-not-confirmed', 'readiness-refused', 'run-unfinished', 'run-finished', 'run-cancelled', 'run-is-driven', 'project-exists', 'not-first-run', 'email-taken', 'nothing-loaded', 'not-connected', 'no-gate', 'plan-changed', 'destination-not-confirmed']);

/**
 * Any error as an answer. Errors with a code are for people; whatever else is thrown is a fault of ours, and its text
 * stays in the log.
 */
export function answerTo(error: unknown, redact: (text: string) => string): Readonly<{ status: ProblemStatus; problem: Problem; known: boolean }> {
  if (error instanceof ApiError) return { status: error.status, problem: error.problem, known: true };
  if (error instanceof PortolanError) {
    const problems = error instanceof PlanError ? { problems: error.problems.map((one) => ({ line: one.line, path: one.path, message: redact(one.message), remedy: one.remedy })) } : {};
    const status = notFound.has(error.code) ? 404 : conflicts.has(error.code) ? 409 : 422;
    return { status, known: true, problem: { error: { code: error.code, message: redact(error.message), remedy: error.remedy === null ? null : redact(error.remedy), ...problems } } };
  }
  return { status: 500, known: false, problem: { error: { code: 'unexpected', message: 'Portolan made a mistake here; the server\'s log has the details.', remedy: 'Try again; if it stays, report it with what the log says.' } } };
}
