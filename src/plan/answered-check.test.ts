import { expect, test } from 'vitest';
import type { CheckResult } from '../connector/check-result.ts';
import { answeredCheck } from './answered-check.ts';

const warned: CheckResult = { name: 'route-owners', title: 'Owners', result: 'warning', message: '2 owners have no user.', remedy: 'Answer.' };
const decisions = [{ id: 'owner:a@x.example', about: 'a@x.example' }, { id: 'owner:b@x.example', about: 'b@x.example' }];

test('a warning passes once every decision is answered, and says how', () => {
  expect(answeredCheck(warned, decisions, { 'owner:a@x.example': '(unassigned)', 'owner:b@x.example': 7 })).toEqual({ ...warned, result: 'passed', remedy: null, message: '2 owners have no user. Answered: a@x.example: (unassigned); b@x.example: 7.' });
  const many = Array.from({ length: 8 }, (_, at) => ({ id: `${at}`, about: `${at}` }));
  expect(answeredCheck(warned, many, Object.fromEntries(many.map(({ id }) => [id, 'x']))).message).toContain('4: x and 3 more.');
});

test('one that is open, or that the plan does not ask yet, leaves it a warning; a failure stays one', () => {
  const stays = (answers: Parameters<typeof answeredCheck>[2]): void => { expect(answeredCheck(warned, decisions, answers)).toBe(warned); };
  stays({});
  stays({ 'owner:a@x.example': '(unassigned)' });
  stays({ 'owner:a@x.example': '(unassigned)', 'owner:b@x.example': null });
  expect(answeredCheck(warned, [], {})).toBe(warned);
  const failed: CheckResult = { ...warned, result: 'failed' };
  expect(answeredCheck(failed, decisions, { 'owner:a@x.example': 'x', 'owner:b@x.example': 'y' })).toBe(failed);
});
