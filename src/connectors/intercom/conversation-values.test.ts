import { expect, test } from 'vitest';
import { lastActor, madeBy } from './conversation-values.ts';

const part = (at: number, name: string | null) => ({ created_at: at, author: { type: 'admin', id: '1', name } });

test('the author of the newest part made the last change, unless the change came after it', () => {
  const parts = [part(1_700_000_500, 'Jan Kos'), part(1_700_000_100, 'Ola Nowak')];
  expect(lastActor({ updated_at: 1_700_000_500 }, parts)).toBe('Jan Kos');
  expect(lastActor({ updated_at: 1_700_000_900 }, parts)).toBeNull(); // an attribute, say: Intercom names nobody for it
  expect(lastActor({ updated_at: 1_700_000_500 }, [])).toBeNull();
  expect(lastActor({ updated_at: 1_700_000_500 }, [part(1_700_000_500, null)])).toBeNull();
});

test('a part says who wrote it and when, as far as Intercom does', () => {
  expect(madeBy(part(1_700_000_500, 'Jan Kos'))).toEqual({ by: 'Jan Kos', at: '2023-11-14T22:21:40Z' });
  expect(madeBy({ author: {} })).toEqual({});
});
