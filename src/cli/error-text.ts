import { PortolanError } from '../connector/errors.ts';
import { describeProblem, PlanError } from '../plan/errors.ts';

/** An error for a person: what happened, what to do, the code. The stack only when asked for. */
export function errorText(error: unknown, debug: boolean): string {
  const lines = error instanceof PlanError && error.problems.length > 1
    ? ['error: the plan has these problems:', ...error.problems.flatMap((problem) => [`  ${describeProblem(problem)}`, `    What to do: ${problem.remedy}`]), `  Code: ${error.code}`]
    : [`error: ${messageOf(error)}`, ...remedyLines(error), `  Code: ${codeOf(error)}`];
  if (debug && error instanceof Error) lines.push(stackOf(error));
  return lines.join('\n');
}

/** The same as data, for `--json`. */
export function errorDocument(error: unknown): { error: { code: string; message: string; remedy: string | null; problems?: unknown } } {
  return {
    error: {
      code: codeOf(error), message: messageOf(error), remedy: error instanceof PortolanError ? error.remedy : null,
      ...(error instanceof PlanError ? { problems: error.problems } : {}),
    },
  };
}

function remedyLines(error: unknown): string[] {
  if (error instanceof PortolanError) return error.remedy === null ? [] : [`  What to do: ${error.remedy}`];
  return ['  What to do: run it again with PORTOLAN_DEBUG=1 and report what it prints'];
}

function codeOf(error: unknown): string {
  if (error instanceof PortolanError) return error.code;
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return typeof code === 'string' ? code : 'unexpected';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function stackOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by ${stackOf(error.cause)}` : '';
  return `${error.stack ?? error.message}${cause}`;
}
