import { AuthenticationError, FatalError, RecordRejectedError, RetriableError } from '../../../connector/errors.ts';
import type { JsonObject } from '../../../connector/json.ts';
import { wasTooMuch } from '../doors/too-much.ts';

export interface HalvedRead {
  readonly rows: readonly JsonObject[];
  /** Records that could not be read even alone. */
  readonly unreadable: readonly { readonly id: number; readonly reason: string }[];
}

/** Errors of a read that a smaller read may not meet: too long, too large, cut off, or one broken record among many. */
export function mayBeSmaller(error: unknown): boolean {
  if (error instanceof AuthenticationError) return false;
  if (error instanceof RetriableError) return wasTooMuch(error) || error.code === 'rolled-back';
  return error instanceof RecordRejectedError || (error instanceof FatalError && ['unexpected-fault', 'unreadable-answer'].includes(error.code));
}

/**
 * Reads records by their ids; when the server does not manage all of them in one call, halves the call until it does. A single
 * record that cannot be read is given back with its reason, and the others are read all the same.
 * @throws what a smaller call would not mend: a refused login, a server that is gone.
 */
export async function readInHalves(ids: readonly number[], read: (ids: readonly number[]) => Promise<readonly JsonObject[]>): Promise<HalvedRead> {
  if (ids.length === 0) return { rows: [], unreadable: [] };
  try {
    return { rows: await read(ids), unreadable: [] };
  } catch (error) {
    if (!mayBeSmaller(error)) throw error;
    if (ids.length === 1) {
      // A lost connection says nothing about the record: it is the server's trouble, and the run goes on later.
      if (error instanceof RetriableError && error.code === 'lost') throw error;
      return { rows: [], unreadable: [{ id: ids[0] as number, reason: (error as Error).message }] };
    }
    const middle = Math.ceil(ids.length / 2);
    const first = await readInHalves(ids.slice(0, middle), read);
    const second = await readInHalves(ids.slice(middle), read);
    return { rows: [...first.rows, ...second.rows], unreadable: [...first.unreadable, ...second.unreadable] };
  }
}
