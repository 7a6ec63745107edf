import type { CheckResult } from '../connector/check-result.ts';
import { AuthenticationError, ConfigurationError, PortolanError } from '../connector/errors.ts';
import type { RunReport } from '../engine/run-report.ts';

/** The only list of exit codes. `docs/reference/exit-codes.md` is printed from it. */
export const exitCodes = [
  { code: 0, name: 'clean', meaning: 'Everything asked for was done; every count adds up and every field read back is right.', remedy: 'Nothing to do.' },
  { code: 1, name: 'unexpected', meaning: 'An error nobody foresaw, or the platform failed in a way that no retry mended.', remedy: 'Read the message; `portolan resume` when the cause is gone; `PORTOLAN_DEBUG=1` shows where it happened.' },
  { code: 2, name: 'usage', meaning: 'The command line, a setting, a file or the plan text is wrong, or a confirmation is missing.', remedy: 'The message names the thing and what to give instead. Nothing was written.' },
  { code: 3, name: 'authentication', meaning: 'A password, key or right is missing or refused.', remedy: 'Correct it with `portolan connect`, or have the right given; then `portolan check`.' },
  { code: 4, name: 'readiness', meaning: 'A readiness check failed; a production run is refused.', remedy: '`portolan check` names each failed check and its remedy.' },
  { code: 5, name: 'planNotConfirmed', meaning: 'The plan has a line nobody confirmed or a decision nobody took, or was never confirmed.', remedy: '`portolan plan show --summary`, `portolan decide`, `portolan plan confirm`.' },
  { code: 6, name: 'withQuarantine', meaning: 'The run went to its end; some records are in quarantine or failed, or some lines of a file were left out, each with a code and a remedy.', remedy: '`portolan quarantine export`, correct the file, `portolan quarantine retry --file`.' },
  { code: 7, name: 'notVerified', meaning: 'A field read back differs from what was written or could not be read back, or a count leaves a remainder.', remedy: '`portolan verify` and `portolan reconcile` name each one.' },
  { code: 8, name: 'rollbackIncomplete', meaning: 'The rollback kept records or left the destination different from before; the residue is listed. What the destination only archives when it is deleted is listed too, and is no reason for this code.', remedy: '`portolan report` has the list; `portolan rollback --delete-changed` takes records that people changed as well.' },
  { code: 9, name: 'interrupted', meaning: 'The run did not come to its end: paused, interrupted, cancelled, or waiting at a gate for an approval.', remedy: '`portolan approve` if a gate waits, then `portolan resume`; a cancelled run is followed by a new `portolan run`, which writes nothing twice.' },
] as const;
export type ExitName = (typeof exitCodes)[number]['name'];

/** The number of an exit by its name. */
export function exitCode(name: ExitName): number {
  return exitCodes.find((row) => row.name === name)?.code ?? 1;
}

const ofErrorCode: Readonly<Record<string, ExitName>> = {
  'readiness-refused': 'readiness', 'plan-not-confirmed': 'planNotConfirmed', 'no-plan': 'planNotConfirmed',
  'unknown-sample-record': 'usage', 'unknown-sample-object': 'usage', 'empty-sample': 'usage', // found out when the source was read: the run has failed
};
/** Error codes of AuthenticationErrors: a run's report keeps the code of an error, not its class. A test compares this list with the sources. */
export const authenticationCodes: ReadonlySet<string> = new Set(['access-denied', 'journeys-refused', 'journeys-token-refused', 'key-refused', 'missing-right', 'missing-scope', 'plan-restricted', 'token-refused', 'wrong-password']);

/** The exit code of an error that ended a command. */
export function exitCodeOfError(error: unknown): number {
  if (error instanceof AuthenticationError) return exitCode('authentication');
  if (error instanceof ConfigurationError) return exitCode(ofErrorCode[error.code] ?? 'usage');
  if (error instanceof PortolanError) return exitCode(ofErrorCode[error.code] ?? 'unexpected');
  return exitCode('unexpected');
}

/** The exit code of a run that was driven as far as it went. The worst thing wins: not ended, failed, not verified, quarantine. */
export function exitCodeOfReport(report: RunReport): number {
  if (report.status === 'failed') {
    const code = report.error?.code ?? '';
    return exitCode(authenticationCodes.has(code) ? 'authentication' : ofErrorCode[code] ?? 'unexpected');
  }
  if (report.status !== 'succeeded' && report.status !== 'withQuarantine') return exitCode('interrupted');
  if (report.rollback !== undefined && (!report.rollback.identical || report.rollback.kept > 0)) return exitCode('rollbackIncomplete');
  if (isUnverified(report)) return exitCode('notVerified');
  const heldBack = report.phases.some((phase) => Object.keys(phase.quarantined).length > 0 || Object.keys(phase.failed).length > 0);
  return exitCode(report.status === 'withQuarantine' || heldBack ? 'withQuarantine' : 'clean');
}

/** A mismatch, an unreadable field or a remainder: what never counts as clean. */
function isUnverified(report: Readonly<Pick<RunReport, 'phases' | 'verification'>>): boolean {
  return report.verification.mismatch > 0 || report.verification.unreadable > 0 || report.phases.some((phase) => !phase.balanced);
}

/** The exit code of readiness checks: the kind of the failed ones, authentication before configuration before readiness. */
export function exitCodeOfChecks(results: readonly CheckResult[]): number {
  const kinds = new Set(results.filter((result) => result.result === 'failed').map((result) => result.kind ?? 'readiness'));
  if (kinds.has('authentication')) return exitCode('authentication');
  if (kinds.has('configuration')) return exitCode('usage');
  return exitCode(kinds.has('readiness') ? 'readiness' : 'clean');
}

/** The table as Markdown, for the reference and the README. */
export function exitCodesMarkdown(): string {
  return ['| code | name | meaning | what to do |', '|---|---|---|---|', ...exitCodes.map((row) => `| ${row.code} | ${row.name} | ${row.meaning} | ${row.remedy} |`), ''].join('\n');
}
