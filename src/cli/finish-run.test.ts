import { expect, test } from 'vitest';
import { exampleReport } from './testing/fake-installation.ts';
import { nextStep, reportText } from './finish-run.ts';

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

test('what the destination only archives is said, and is nothing that another rollback could take', () => {
  const residue = [...['contact.rating__c', 'conversation.stage__c'].map((sourceId) => ({ mapping: 'fields', sourceId, reason: 'archived', details: {} })), { mapping: 'contacts', sourceId: '7', reason: 'brought-back', details: {} }];
  expect(reportText(exampleReport({ mode: 'rollback', rollback: { ...rollback, residue } }))).toContain('0 kept, 3 records left; identical: yes\n  left: 1 of contacts (brought-back)\n  left: 2 of fields (archived)');
  expect(nextStep({ status: 'succeeded', mode: 'rollback', project: 'acme', rollback: { ...rollback, residue } })).toContain('portolan purge acme');
  const refused = { mapping: 'rating-notes', sourceId: '3', reason: 'refused-by-destination', details: {} };
  expect(nextStep({ status: 'succeeded', mode: 'rollback', project: 'acme', rollback: { ...rollback, kept: 1, residue: [...residue, refused] } })).toBe('portolan report acme lists what was kept and why');
});

test('a preview, which wrote nothing, leads to the plan', () => {
  expect(nextStep({ status: 'succeeded', mode: 'preview', project: 'acme', rollback: undefined })).toContain('portolan plan confirm acme');
});
