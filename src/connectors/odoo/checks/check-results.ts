import type { CheckResult } from '../../../connector/check-result.ts';
import type { Json } from '../../../connector/json.ts';

export function passed(name: string, title: string, message: string): CheckResult {
  return { name, title, result: 'passed', message, remedy: null };
}
export function warning(name: string, title: string, message: string, remedy: string): CheckResult {
  return { name, title, result: 'warning', message, remedy };
}
export function unknown(name: string, title: string, message: string): CheckResult {
  return { name, title, result: 'unknown', message, remedy: 'Use an administrator for the check, or look it up in Odoo.' };
}

/** A fact that is shown as it is. */
export function listed(name: string, title: string, value: Json): CheckResult {
  if (value === null) return unknown(name, title, 'This user may not read it.');
  return passed(name, title, `${Array.isArray(value) ? value.join(', ') : String(value)}.`);
}
