import { expect } from 'vitest';
import type { RunReport } from '../../src/engine/run-report.ts';

const changing = /\.(?:create|write|unlink|load|message_post|action_\w+|toggle_\w+|copy)$/;

/** Calls of a run that change something at the destination. */
export function changingCalls(report: RunReport): readonly string[] {
  return Object.keys(report.calls['destination'] ?? {}).filter((endpoint) => changing.test(endpoint));
}

/** Every count adds up and every field came back as written. */
export function expectClean(report: RunReport): void {
  expect(report.error).toBeNull();
  expect(report.phases.filter((phase) => !phase.balanced)).toEqual([]);
  expect(report.verification).toMatchObject({ mismatch: 0, unreadable: 0 });
}

/** What a mapping of a run did. */
export function phaseOf(report: RunReport, mapping: string): RunReport['phases'][number] {
  const found = report.phases.find((phase) => phase.mapping === mapping);
  if (found === undefined) throw new Error(`The report has no mapping ${mapping}: ${report.phases.map((phase) => phase.mapping).join(', ')}`);
  return found;
}
