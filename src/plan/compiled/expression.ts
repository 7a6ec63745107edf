import jsonata from 'jsonata';
import type { Json, JsonObject } from '../../connector/json.ts';
import type { RecordContext } from '../record-context.ts';

/** What an expression sees: `value` (of the field), the whole `record`, its `links` and `facts`. */
export interface ExpressionInput {
  readonly value: Json;
  readonly record: JsonObject;
  readonly links: RecordContext['links'];
  readonly facts: RecordContext['facts'];
}

// A whole record passes in about a millisecond; a second means an endless loop. 100 calls deep and 100,000 entries
// leave the process far from its own limits (measured: JavaScript's stack ends near 1,800 JSONata calls).
const bounds = { timeout: 1000, stack: 100, sequence: 100_000 } as const;

/**
 * Prepares a JSONata expression. `$now`, `$millis`, `$random`, `$shuffle` and `$eval` are taken away: the same record
 * must give the same result today and tomorrow, and text of a record must never be run.
 * @throws Error with the position when the expression is not JSONata
 */
export function prepareExpression(text: string): (input: ExpressionInput) => Promise<Json> {
  let expression: jsonata.Expression;
  try {
    expression = jsonata(text, bounds);
  } catch (error) {
    throw new Error(describe(error), { cause: error });
  }
  for (const name of ['now', 'millis', 'random', 'shuffle', 'eval']) {
    expression.registerFunction(name, () => { throw new Error(`$${name}() is not available in a plan`); });
  }
  return async (input) => {
    try {
      const result: unknown = await expression.evaluate(input);
      return plainJson(result);
    } catch (error) {
      throw new Error(describe(error), { cause: error });
    }
  };
}

/** JSONata gives sequences with extra properties, functions and undefined: only what JSON knows is let through. */
function plainJson(result: unknown): Json {
  if (result === undefined || result === null || typeof result === 'function') return null;
  if (typeof result !== 'object') return result as Json;
  const text = JSON.stringify(result) as string | undefined;
  return text === undefined ? null : JSON.parse(text) as Json;
}

function describe(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  const { message, position } = error as { readonly message?: string; readonly position?: number };
  return position === undefined ? message ?? 'unknown error' : `${message ?? 'unknown error'} (at character ${position})`;
}
