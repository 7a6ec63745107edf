import { RetriableError } from '../../../connector/errors.ts';

const codes = new Set(['timed-out', 'lost', 'too-large', 'http-502', 'http-503', 'http-504']);

/** A read that did not come back, perhaps because it was too long or too large: a smaller one may. Servers and proxies cut such calls off in their own ways. */
export function wasTooMuch(error: unknown): boolean {
  return error instanceof RetriableError && codes.has(error.code);
}
