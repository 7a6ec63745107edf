import { expect, test } from 'vitest';
import { nextStep } from './finish-run.ts';

const rollback = { deleted: 1, restored: 0, kept: 0, residue: [], fingerprintBefore: 'a', fingerprintAfter: 'a', identical: true, differences: [] };

test('a dry run of a rollback leads to the rollback, never to a purge that would make it impossible', () => {
  expect(nextStep({ status: 'succeeded', mode: 'rollback', project: 'acme', rollback: { ...rollback, identical: false } }, true)).toBe('portolan rollback acme');
});

test('a rollback that kept records leads to its residue, a complete one on', () => {
  expect(nextStep({ status: 'succeeded', mode: 'rollback', project: 'acme', rollback: { ...rollback, kept: 3 } })).toContain('--delete-changed');
  // What the destination refuses to delete is not taken by any option.
  expect(nextStep({ status: 'succeeded', mode: 'rollback', project: 'acme', rollback: { ...rollback, kept: 1, residue: [{ mapping: 'rating-notes', sourceId: '3', reason: 'refused-by-destination', details: {} }] } })).toBe('portolan report acme lists what was kept and why');
  expect(nextStep({ status: 'succeeded', mode: 'rollback', project: 'acme', rollback })).toContain('portolan purge acme');
});

test('a preview, which wrote nothing, leads to the plan', () => {
  expect(nextStep({ status: 'succeeded', mode: 'preview', project: 'acme', rollback: undefined })).toContain('portolan plan confirm acme');
});
