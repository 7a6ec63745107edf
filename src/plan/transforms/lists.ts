import { z } from 'zod';
import type { Json } from '../../connector/json.ts';
import { fold } from '../values/fold.ts';
import { entriesOf } from '../values/multi-value.ts';
import { isEmpty, plainText } from '../values/plain-text.ts';
import { defineTransform, nothing } from './transform.ts';

const none = z.undefined();
const asList = (value: Json): readonly Json[] => (Array.isArray(value) ? value as readonly Json[] : [value]).filter((entry) => !isEmpty(entry));

export const join = defineTransform({
  name: 'join', summary: 'Joins the filled values of several fields or of a list to one text; default with a space.', input: 'list', output: 'text', takesLists: true,
  parameters: z.union([z.undefined().transform(() => ' '), z.string(), z.strictObject({ separator: z.string() }).transform(({ separator }) => separator)]),
  examples: [
    { input: ['Ada', null, 'Nowak'], output: 'Ada Nowak' },
    { parameters: ', ', input: ['ul. Długa 1', ' ', 'm. 2'], output: 'ul. Długa 1, m. 2' },
    { input: [null, ''], output: null },
  ],
  prepare: (separator) => (value) => {
    const parts = asList(value).flatMap((entry) => { const text = plainText(entry); return text === null ? [] : [text]; });
    return parts.length > 0 ? { value: parts.join(separator) } : nothing;
  },
});

export const split = defineTransform({
  name: 'split', summary: 'Divides text into a list: at `;`, `|`, line breaks (and at commas where those are absent and `comma` is set), or at the given separators.',
  input: 'text', output: 'list', takesLists: true,
  parameters: z.union([
    z.undefined().transform(() => ({ separators: null, comma: false })),
    z.string().min(1).transform((separator) => ({ separators: [separator], comma: false })),
    z.strictObject({ separators: z.array(z.string().min(1)).min(1).nullable().default(null), comma: z.boolean().default(false) }),
  ]),
  examples: [
    { input: 'VIP; Targi 2024 |nowy', output: ['VIP', 'Targi 2024', 'nowy'] },
    { input: 'Nowak, Ada', output: ['Nowak, Ada'] },
    { parameters: { comma: true }, input: 'a, b', output: ['a', 'b'] },
    { parameters: '/', input: 'a / b', output: ['a', 'b'] },
  ],
  prepare: ({ separators, comma }) => (value) => {
    const entries = separators === null ? entriesOf(value, { comma })
      : asList(value).flatMap((entry) => separators.reduce<string[]>((parts, separator) => parts.flatMap((part) => part.split(separator)), [plainText(entry) ?? '']))
        .map((part) => part.trim()).filter((part) => part !== '');
    return entries.length > 0 ? { value: entries } : nothing;
  },
});

export const first = defineTransform({
  name: 'first', summary: 'The first filled value of a list; the others are counted as a loss.', input: 'list', output: 'any', parameters: none, takesLists: true,
  examples: [{ input: [null, 'a', 'b'], output: 'a' }, { input: [], output: null }, { input: 'x', output: 'x' }],
  prepare: () => (value) => {
    const list = asList(value);
    const [head, ...rest] = list;
    if (head === undefined) return nothing;
    return rest.length > 0 ? { value: head, loss: `${rest.length} further value${rest.length > 1 ? 's' : ''} not kept in this field` } : { value: head };
  },
});

export const slice = defineTransform({
  name: 'slice', summary: 'Part of a list: at most `count` filled values after the first `from` (default 0); empty where nothing is left.', input: 'list', output: 'list', takesLists: true,
  parameters: z.strictObject({ from: z.int().min(0).default(0), count: z.int().min(1) }),
  examples: [
    { parameters: { count: 2 }, input: ['a', 'b', 'c'], output: ['a', 'b'] },
    { parameters: { from: 2, count: 2 }, input: ['a', 'b', 'c'], output: ['c'] },
    { parameters: { from: 5, count: 2 }, input: ['a'], output: null },
  ],
  prepare: ({ from, count }) => (value) => {
    const part = asList(value).slice(from, from + count);
    return part.length > 0 ? { value: part } : nothing;
  },
});

export const nth = defineTransform({
  name: 'nth', summary: 'The n-th filled value of a list, counted from 1; empty where the list is shorter.', input: 'list', output: 'any', takesLists: true,
  parameters: z.union([z.int().min(1), z.strictObject({ index: z.int().min(1) }).transform(({ index }) => index)]),
  examples: [{ parameters: 2, input: ['a', 'b'], output: 'b' }, { parameters: 3, input: ['a', 'b'], output: null }],
  prepare: (index) => (value) => ({ value: asList(value)[index - 1] ?? null }),
});

export const unique = defineTransform({
  name: 'unique', summary: 'Drops entries of a list that equal an earlier one apart from case, diacritics and spaces.', input: 'list', output: 'list', parameters: none, takesLists: true,
  examples: [{ input: ['VIP', 'vip ', 'Łódź', 'lodz'], output: ['VIP', 'Łódź'] }],
  prepare: () => (value) => {
    const seen = new Set<string>();
    const kept = asList(value).filter((entry) => {
      const key = fold(plainText(entry) ?? '');
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
    return kept.length > 0 ? { value: kept } : nothing;
  },
});

export const flatten = defineTransform({
  name: 'flatten', summary: 'Lists within a list become one list, empty entries left out.', input: 'list', output: 'list', parameters: none, takesLists: true,
  examples: [{ input: [['a', 'b'], null, 'c', []], output: ['a', 'b', 'c'] }, { input: [[], null], output: null }],
  prepare: () => (value) => {
    const entries = asList(value).flatMap((entry) => asList(entry));
    return entries.length > 0 ? { value: entries } : nothing;
  },
});
