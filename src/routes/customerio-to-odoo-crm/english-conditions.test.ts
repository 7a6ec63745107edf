import { expect, test } from 'vitest';
import { asksForEvents, inEnglish } from './english-conditions.ts';

const nameOf = (segment: string): string | null => (segment === '3' ? '"Leads"' : null);

test('rules are said in English, what is not understood is quoted, and nothing is dropped', () => {
  expect(inEnglish({ and: [{ not: { attribute: { field: 'plan', operator: 'eq', value: 'free' } } }, { attribute: { field: 'plan', operator: 'exists' } }] }, nameOf)).toBe('not (plan is "free") and plan is there');
  expect(inEnglish({ and: [{ segment: { id: 3 } }, { segment: { id: 9 } }] }, nameOf)).toBe('in the segment "Leads" and in the segment 9, which is not listed (archived)');
  expect(inEnglish({ and: [{ event: { name: 'order_completed', filters: { and: [{ field: 'amount', operator: 'gt', value: '10' }] } }, inverse: true, times: 3, within: 2_592_000 }] }, nameOf)).toBe('has not done "order_completed" 3 times within 30 days with amount is above "10"');
  expect(inEnglish({ or: [{ attribute: { field: 'a', operator: 'eq', value: '1' } }, { message: { newsletter_id: 3 } }] }, nameOf)).toBe('(a is "1" or {"message":{"newsletter_id":3}})');
  expect(inEnglish({ message: { newsletter_id: 3, metric: 'opened' } }, nameOf)).toBe('a message of newsletter 3 was opened');
  expect(inEnglish({ message: { newsletter_id: 3, metric: 'opened', within: 5 } }, nameOf)).toBe('{"message":{"newsletter_id":3,"metric":"opened","within":5}}');
  expect(inEnglish(null, nameOf)).toBe('a list made by hand, or no rule is given');
});

test('a rule about behaviour asks for an automation', () => {
  expect(asksForEvents({ and: [{ event: { name: 'x' } }] })).toBe(true);
  expect(asksForEvents({ and: [{ attribute: { field: 'event', operator: 'exists' } }] })).toBe(false);
});
