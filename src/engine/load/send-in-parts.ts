import { RecordRejectedError } from '../../connector/errors.ts';

export interface Refused<T> { readonly record: T; readonly code: string; readonly message: string; readonly field: string | null; readonly remedy: string | null }
export interface PartsResult<T, R> { readonly done: readonly R[]; readonly refused: readonly Refused<T>[] }

/**
 * Sends records in one call; when the platform refuses, takes the named culprits out, or halves the call until the bad
 * record is alone, so that one bad record never keeps the others out. Order is kept among the records of each call.
 * @param send must be all-or-nothing: a RecordRejectedError means that nothing of the call was stored.
 */
export async function sendInParts<T, R>(records: readonly T[], send: (records: readonly T[]) => Promise<readonly R[]>): Promise<PartsResult<T, R>> {
  if (records.length === 0) return { done: [], refused: [] };
  try {
    return { done: await send(records), refused: [] };
  } catch (error) {
    if (!(error instanceof RecordRejectedError)) throw error;
    const named = new Map(error.rejections.filter(({ index }) => index >= 0 && index < records.length).map((rejection) => [rejection.index, rejection]));
    if (records.length === 1 || named.size > 0) {
      const refused = records.flatMap((record, index) => {
        const rejection = named.get(index) ?? (records.length === 1 ? { code: error.code, message: error.message } : undefined);
        const remedy = (rejection !== undefined && 'remedy' in rejection ? rejection.remedy : undefined) ?? (records.length === 1 ? error.remedy : null);
        return rejection === undefined ? [] : [{ record, code: rejection.code, message: rejection.message, field: ('field' in rejection ? rejection.field : undefined) ?? null, remedy }];
      });
      const rest = records.length === 1 ? { done: [], refused: [] } : await sendInParts(records.filter((_, index) => !named.has(index)), send);
      return { done: rest.done, refused: [...refused, ...rest.refused] };
    }
    const middle = Math.ceil(records.length / 2);
    const first = await sendInParts(records.slice(0, middle), send);
    const second = await sendInParts(records.slice(middle), send);
    return { done: [...first.done, ...second.done], refused: [...first.refused, ...second.refused] };
  }
}
