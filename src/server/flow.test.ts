import { expect, test } from 'vitest';
import type { PhaseReport } from '../engine/run-report.ts';
import { examplePlan } from '../plan/example-plan.ts';
import { flowOf } from './flow.ts';

const phase = (more: Partial<PhaseReport>): PhaseReport => ({
  phase: 'companies', mapping: 'companies', object: 'company', destinationObject: 'res.partner', read: 0, created: 0, updated: 0, matched: 0, merged: 0, skipped: {}, quarantined: {}, failed: {},
  deleted: 0, archived: 0, kept: {}, returned: 0, destinationBefore: null, destinationAfter: null, balanced: true, durationMs: 1, ...more,
});

test('what became of the records adds up to what was read, and fields that the run made are no records', () => {
  const { rows } = flowOf({ phases: [phase({ phase: 'prepare', mapping: 'fields', created: 9 }), phase({ read: 21, created: 5, matched: 2, merged: 1, skipped: { unchanged: 4, 'has no name': 3 }, quarantined: { 'bad-value': 6 } })] }, null, null);
  expect(rows.reduce((sum, row) => sum + row.records, 0)).toBe(21);
  expect(rows.map(({ outcome, reason, records }) => [outcome, reason, records])).toEqual([['created', null, 5], ['matched', null, 2], ['merged', null, 1], ['unchanged', null, 4], ['skipped', 'has no name', 3], ['quarantined', 'bad-value', 6]]);
});

test('objects that the plan does not read are left out, with the count of discovery', () => {
  const plan = examplePlan();
  const [mapping] = plan.mappings;
  const object = (name: string, count: number | null) => ({ name, label: name, count, fields: [] });
  const catalog = { platform: 'x', version: null, edition: null, facts: {}, limits: [], notes: [], questions: [], objects: [object(mapping?.source ?? '', 3), object('forum_post', 40), object('empty', 0), object('uncounted', null)] };
  expect(flowOf({ phases: [] }, plan, catalog).leftOut).toEqual([{ object: 'forum_post', records: 40 }]);
  const without = { ...plan, mappings: plan.mappings.map((one) => ({ ...one, status: 'rejected' as const })) };
  expect(flowOf({ phases: [] }, without, catalog).leftOut.map(({ object: name }) => name)).toEqual([mapping?.source, 'forum_post']);
});
