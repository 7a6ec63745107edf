import { z } from 'zod';
import type { Json } from '../../connector/json.ts';
import { fold } from '../values/fold.ts';
import { plainText, quote } from '../values/plain-text.ts';
import { defineTransform } from './transform.ts';

const json = z.json().transform((value) => value as Json);
const parameters = z.union([
  z.string().min(1).transform((id) => ({ id, prefix: undefined, otherwise: undefined })),
  z.strictObject({ id: z.string().min(1).describe('A fixed decision, whatever the value.'), prefix: z.undefined().optional(), otherwise: json.optional() }),
  z.strictObject({ prefix: z.string().min(1).describe('The decision `<prefix>:<value>`.'), id: z.undefined().optional(), otherwise: json.optional().describe('Where there is no such decision; left out = quarantine.') }),
]);

export const decision = defineTransform({
  name: 'decision', summary: 'The answer of a decision of this plan: of a fixed one, or of `<prefix>:<value>`.', input: 'any', output: 'any', parameters,
  readsDecisions: true, takesEmpty: true,
  examples: [
    { parameters: { prefix: 'probability' }, decisions: { 'probability:Oferta': 40 }, input: 'Oferta', output: 40 },
    { parameters: { prefix: 'probability' }, decisions: { 'probability:Oferta': 40 }, input: 'OFERTA ', output: 40 },
    { parameters: { prefix: 'probability', otherwise: null }, decisions: {}, input: 'Oferta', output: null },
    { parameters: { id: 'country' }, decisions: { country: 'PL' }, input: null, output: 'PL' },
    { parameters: { prefix: 'probability' }, decisions: {}, input: 'Oferta', failure: 'no-decision' },
  ],
  prepare: ({ id, prefix, otherwise }, decisions) => {
    const folded = new Map([...decisions].filter(([each]) => prefix !== undefined && each.startsWith(`${prefix}:`)).map(([each, answer]) => [fold(each), answer]));
    return (value) => {
      const text = plainText(value);
      if (id === undefined && text === null) return { value: null };
      const wanted = id ?? `${prefix}:${text}`;
      const found = decisions.get(wanted) ?? folded.get(fold(wanted));
      if (found && found.state !== 'open') return { value: found.value, ...(found.state === 'recommended' ? { warning: `decision ${quote(wanted)} is open: its recommendation was taken` } : {}) };
      if (!found && otherwise !== undefined) return { value: otherwise };
      return found
        ? { failure: { code: 'open-decision', message: `the decision ${quote(wanted)} is open`, remedy: `Answer the decision ${wanted}.` } }
        : { failure: { code: 'no-decision', message: `the plan has no decision ${quote(wanted)}`, remedy: 'Discover and propose again, so that this value gets its decision, and answer it; or give the transform an `otherwise`.' } };
    };
  },
});
