import { expect, test } from 'vitest';
import { isFinal, statesBefore } from './run-states.ts';

test('a finished or cancelled run never moves again', () => {
  for (const status of ['succeeded', 'withQuarantine', 'cancelled'] as const) expect(isFinal(status)).toBe(true);
});

test('whatever was stopped may go on, also after a failure was mended', () => {
  expect(statesBefore('running').toSorted()).toEqual(['failed', 'interrupted', 'paused', 'waiting']);
});

test('only a running run can succeed', () => {
  expect(statesBefore('succeeded')).toEqual(['running']);
});
