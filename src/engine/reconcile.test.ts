import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Outcome } from './ports/ledger.ts';
import { reconcileMapping, type MappingCounts } from './reconcile.ts';

const base: MappingCounts = {
  phase: 'companies', mapping: 'companies', object: 'company', destinationObject: 'res.partner', staged: 0, unreadable: {}, outcomes: [],
  destinationBefore: 10, destinationAfter: 10, createdInPhase: 0, durationMs: 1,
};
const outcomes: readonly Outcome[] = ['created', 'updated', 'matched', 'merged', 'skipped', 'quarantined', 'failed'];
const rows = fc.array(fc.record({ outcome: fc.constantFrom(...outcomes), reason: fc.constantFrom(null, 'a', 'b'), count: fc.integer({ min: 0, max: 1000 }) }), { maxLength: 20 });

test('adds up exactly when every record read has an outcome', () => {
  fc.assert(fc.property(rows, fc.integer({ min: 0, max: 50 }), (given, unreadable) => {
    const read = given.reduce((sum, row) => sum + row.count, 0);
    const created = given.filter((row) => row.outcome === 'created').reduce((sum, row) => sum + row.count, 0);
    const report = reconcileMapping({ ...base, staged: read, unreadable: { 'too-many-cells': unreadable }, outcomes: given, destinationAfter: 10 + created, createdInPhase: created });
    const sum = report.created + report.updated + report.matched + report.merged
      + [report.skipped, report.quarantined, report.failed].flatMap((reasons) => Object.values(reasons)).reduce((total, count) => total + count, 0);
    expect(report.read).toBe(sum);
    expect(report.balanced).toBe(true);
  }));
});

test('one record without an outcome is an error, never a rounding', () => {
  fc.assert(fc.property(rows, fc.integer({ min: 1, max: 3 }), (given, lost) => {
    const read = given.reduce((sum, row) => sum + row.count, 0) + lost;
    expect(reconcileMapping({ ...base, staged: read, outcomes: given, destinationBefore: null, destinationAfter: null }).balanced).toBe(false);
  }));
});

test('a record at the destination that nobody accounts for is an error', () => {
  const outcome = [{ outcome: 'created', reason: null, count: 5 }] as const;
  expect(reconcileMapping({ ...base, staged: 5, outcomes: outcome, createdInPhase: 5, destinationAfter: 16 }).balanced).toBe(false);
  expect(reconcileMapping({ ...base, staged: 5, outcomes: outcome, createdInPhase: 5, destinationAfter: 15 }).balanced).toBe(true);
});

test('rows that never became records count as read and as quarantined', () => {
  const report = reconcileMapping({ ...base, staged: 0, unreadable: { 'too-many-cells': 2 } });
  expect(report.read).toBe(2);
  expect(report.quarantined).toEqual({ 'too-many-cells': 2 });
  expect(report.balanced).toBe(true);
});
