import { expect, test } from 'vitest';
import { AmbiguousError, RateLimitedError, RecordRejectedError } from '../../connector/errors.ts';
import type { IntercomClient } from './client.ts';
import { steadyClient } from './steady.ts';

const limited = new RateLimitedError({ code: 'rate-limited', message: 'Too many.', retryAfterMs: 1 });
const refused = new RecordRejectedError({ code: 'refused', message: 'No.', rejections: [] });

/** A client whose calls meet these errors, one after the other, and are carried out then. */
function failing(errors: readonly Error[]): { readonly client: IntercomClient; readonly calls: () => number } {
  let calls = 0;
  const call = async (): Promise<object> => {
    calls += 1;
    const error = errors[calls - 1];
    if (error !== undefined) throw error;
    return {};
  };
  return { client: steadyClient({ call, ask: call } as unknown as IntercomClient, new AbortController().signal), calls: () => calls };
}
const close = { method: 'POST', path: '/conversations/1/parts', endpoint: 'conversations.close' } as const;

test('a call that was not carried out is repeated alone', async () => {
  const { client, calls } = failing([limited, limited]);
  await client.call(close);
  expect(calls()).toBe(3);
});

test('what is refused is not repeated', async () => {
  const { client, calls } = failing([refused]);
  await expect(client.call(close)).rejects.toBe(refused);
  expect(calls()).toBe(1);
});

test('where it does not help the record is half done, and is looked at before anything is sent again', async () => {
  const { client, calls } = failing(Array.from({ length: 20 }, () => limited));
  await expect(client.call(close)).rejects.toBeInstanceOf(AmbiguousError);
  expect(calls()).toBe(8);
});
