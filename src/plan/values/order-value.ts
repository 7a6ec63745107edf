import type { JsonObject } from '../../connector/json.ts';
import type { CompiledMapping } from '../compiled/compile.ts';
import { plainText } from './plain-text.ts';
import { rawValue, runSteps, type LineValue } from '../compiled/transform-line.ts';

/**
 * The value by which a mapping's records are put in order, as sortable text: the `order` field taken through the transforms
 * of the line that reads it, so that `03.02.2021` becomes an ISO date first; of several fields the first that has a value.
 * Empty where the record has none or it cannot be read; such records come first.
 */
export async function orderValue(mapping: CompiledMapping, data: JsonObject): Promise<string> {
  for (const field of [mapping.mapping.order ?? []].flat()) {
    const value = await readValue(mapping, field, data);
    if (value !== '') return value;
  }
  return '';
}

async function readValue(mapping: CompiledMapping, field: string, data: JsonObject): Promise<string> {
  const line = mapping.lines.find(({ sources }) => sources.length === 1 && sources[0] === field);
  if (line === undefined) return '';
  const state: LineValue = { value: rawValue(line.start, data), warning: null, loss: null, note: null, failure: null };
  const steps = runSteps(line, state, { record: data, links: {}, facts: {} });
  for (let next = steps.next(); !next.done;) next = steps.next(await next.value);
  return state.failure === null ? plainText(state.value) ?? '' : '';
}
