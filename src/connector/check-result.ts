/** One readiness check: what was looked at, how it came out, what to do about it. */
export interface CheckResult {
  readonly name: string; // short and stable, kebab-case: 'crm-module-installed'
  readonly title: string; // for people: 'CRM app installed'
  readonly result: 'passed' | 'warning' | 'failed' | 'unknown';
  readonly message: string;
  readonly remedy: string | null; // null = nothing to do
  /** For a failed check: which exit code it leads to. Default 'readiness'. */
  readonly kind?: 'readiness' | 'authentication' | 'configuration';
}
