import { expect, test } from 'vitest';
import { dummyEmailReason } from './dummy-email.ts';

test.each([
  ['brak@brak.pl', 'placeholder'], ['x@nowhere', 'no dot'], ['a@b.invalid', 'cannot receive'], ['noemail@gmail.com', 'placeholder'],
  ['aaaa@aaaa.pl', 'repeated'], ['x8k2q@x8k2q.com', 'both sides'],
])('%s looks made up', (address, reason) => {
  expect(dummyEmailReason(address)).toContain(reason);
});

test.each(['ada.nowak@firma-nowak.pl', 'biuro@biuro.pl', 'tester@contest.org', 'ada@example.com', 'no address'])('%s looks real or is another check\'s business', (address) => {
  expect(dummyEmailReason(address)).toBeNull();
});
