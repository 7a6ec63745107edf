import { z } from 'zod';
import { collapse } from '../values/fold.ts';
import { plainText } from '../values/plain-text.ts';
import { defineTransform } from './transform.ts';

const part = z.enum(['first', 'last']);
const parameters = z.union([part, z.strictObject({ part }).transform((given) => given.part)]);

export const splitName = defineTransform({
  name: 'splitName', summary: 'First or last name out of a full name; "Nowak, Ada" is read the other way round. One word alone is a last name.', input: 'text', output: 'text', parameters,
  examples: [
    { parameters: { part: 'first' }, input: 'Ada Maria Nowak', output: 'Ada Maria' },
    { parameters: { part: 'last' }, input: 'Ada Maria Nowak', output: 'Nowak' },
    { parameters: { part: 'first' }, input: 'Nowak, Ada', output: 'Ada' },
    { parameters: { part: 'last' }, input: 'Vincent van der Berg', output: 'van der Berg' },
    { parameters: { part: 'first' }, input: 'Nowak', output: null },
  ],
  prepare: (wanted) => (value) => {
    const { first, last } = nameParts(collapse(plainText(value) ?? ''));
    const name = wanted === 'first' ? first : last;
    return { value: name === '' ? null : name };
  },
});

const particles = new Set(['van', 'von', 'der', 'den', 'de', 'da', 'di', 'du', 'del', 'la', 'le', 'zu', 'bin', 'al', 'ten', 'ter']);

function nameParts(name: string): { readonly first: string; readonly last: string } {
  const comma = name.indexOf(',');
  if (comma > 0) return { last: name.slice(0, comma).trim(), first: name.slice(comma + 1).trim() };
  const words = name.split(' ');
  let start = words.length - 1;
  while (start > 1 && particles.has((words[start - 1] ?? '').toLowerCase())) start -= 1;
  return { first: words.slice(0, start).join(' '), last: words.slice(start).join(' ') };
}
