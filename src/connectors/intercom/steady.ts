import { setTimeout as pause } from 'node:timers/promises';
import { AmbiguousError, RateLimitedError, RetriableError } from '../../connector/errors.ts';
import type { IntercomClient } from './client.ts';

/** A minute and more of windows of ten seconds. */
const ATTEMPTS = 8;
const FIRST_PAUSE_MS = 500;

/**
 * The client for records that take more calls than one: what was certainly not carried out is repeated here, since the caller would
 * repeat the whole record, and with it what is in already. Where that does not help, the record is half done: ambiguous, so that
 * it is looked at before anything is sent again.
 */
export function steadyClient(client: IntercomClient, signal: AbortSignal): IntercomClient {
  const steady = async <Answer>(call: () => Promise<Answer>): Promise<Answer> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await call();
      } catch (error) {
        if (!(error instanceof RateLimitedError || error instanceof RetriableError)) throw error;
        if (attempt >= ATTEMPTS) throw new AmbiguousError({ code: 'half-written', message: `${error.message} Other calls for the same record were carried out.`, cause: error });
        await pause(error instanceof RateLimitedError ? error.retryAfterMs : FIRST_PAUSE_MS * 2 ** (attempt - 1), undefined, { signal });
      }
    }
  };
  return { ...client, ask: (call) => steady(() => client.ask(call)), call: (call) => steady(() => client.call(call)) };
}
