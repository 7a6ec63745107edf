import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AuthenticationError, ConfigurationError, FatalError, RetriableError } from '../connector/errors.ts';
import { PlanError } from '../plan/errors.ts';
import { authenticationCodes, exitCodeOfChecks, exitCodeOfError, exitCodeOfReport, exitCodes, exitCodesMarkdown } from './exit-codes.ts';
import { exampleReport } from './testing/fake-installation.ts';

const phase = exampleReport().phases[0]!;
const rollback = { deleted: 1, restored: 0, kept: 0, residue: [], fingerprintBefore: 'a', fingerprintAfter: 'a', identical: true, differences: [] };
const error = (code: string) => ({ code, message: 'm', remedy: null });

describe('exit codes', () => {
  it('are numbered 0 to 9 without a gap', () => {
    expect(exitCodes.map((row) => row.code)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it.each([
    [new Error('boom'), 1], ['text', 1], [new FatalError({ code: 'x', message: 'm' }), 1], [new RetriableError({ code: 'x', message: 'm' }), 1],
    [new ConfigurationError({ code: 'no-project', message: 'm' }), 2], [new PlanError([]), 2], [new AuthenticationError({ code: 'access-denied', message: 'm' }), 3],
    [new ConfigurationError({ code: 'readiness-refused', message: 'm' }), 4], [new ConfigurationError({ code: 'plan-not-confirmed', message: 'm' }), 5],
  ])('an error %s ends with %i', (thrown, code) => {
    expect(exitCodeOfError(thrown)).toBe(code);
  });

  it.each([
    ['clean', {}, 0],
    ['failed', { status: 'failed', error: error('disk-full') } as const, 1],
    ['refused by the platform', { status: 'failed', error: error('access-denied') } as const, 3],
    ['not ready', { status: 'failed', error: error('readiness-refused') } as const, 4],
    ['with quarantine', { status: 'withQuarantine' } as const, 6],
    ['with a failed record', { phases: [{ ...phase, failed: { x: 1 } }] }, 6],
    ['with a mismatch', { status: 'withQuarantine', verification: { ...exampleReport().verification, mismatch: 1 } } as const, 7],
    ['with an unreadable field', { verification: { ...exampleReport().verification, unreadable: 1 } }, 7],
    ['with a remainder', { phases: [{ ...phase, balanced: false }] }, 7],
    ['rolled back without a trace', { rollback }, 0],
    ['rolled back to something else', { rollback: { ...rollback, identical: false } }, 8],
    ['rolled back with kept records', { rollback: { ...rollback, kept: 1, residue: [{ mapping: 'm', sourceId: 's', reason: 'changed-since', details: {} }] } }, 8],
    ['rolled back, with fields that the destination only archives', { rollback: { ...rollback, residue: [{ mapping: 'fields', sourceId: 's', reason: 'archived', details: {} }] } }, 0],
    ['paused', { status: 'paused' } as const, 9], ['waiting', { status: 'waiting' } as const, 9], ['interrupted', { status: 'interrupted' } as const, 9], ['cancelled', { status: 'cancelled' } as const, 9],
  ])('a run that is %s ends with the right code', (_, report, code) => {
    expect(exitCodeOfReport(exampleReport(report))).toBe(code);
  });

  it('of checks say authentication before configuration before readiness', () => {
    const check = (result: 'passed' | 'warning' | 'failed', kind?: 'readiness' | 'authentication' | 'configuration') => ({ name: 'n', title: 't', result, message: 'm', remedy: null, ...(kind === undefined ? {} : { kind }) });
    expect(exitCodeOfChecks([check('passed'), check('warning')])).toBe(0);
    expect(exitCodeOfChecks([check('failed')])).toBe(4);
    expect(exitCodeOfChecks([check('failed'), check('failed', 'configuration')])).toBe(2);
    expect(exitCodeOfChecks([check('failed', 'configuration'), check('failed', 'authentication')])).toBe(3);
  });

  it('know the code of every AuthenticationError in the sources, since a report keeps only the code', () => {
    const thrown = globSync('src/**/*.ts', { exclude: (name) => name.endsWith('.test.ts') }).filter((file) => !file.includes('.test.'))
      .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/new AuthenticationError\(\{\s*code: '([^']+)'/g)].map((match) => match[1] as string));
    expect(thrown.filter((code) => !authenticationCodes.has(code))).toEqual([]);
  });

  it('stand in the reference as they are here', () => {
    expect(readFileSync('docs/reference/exit-codes.md', 'utf8')).toContain(exitCodesMarkdown());
  });
});
