import { z } from 'zod';
import type { Json } from '../../connector/json.ts';
import { collapse, fold } from '../values/fold.ts';
import { plainText } from '../values/plain-text.ts';
import { defineTransform, nothing } from './transform.ts';
import type { StepResult } from './transform.ts';

const none = z.undefined();

/** Text of a scalar or list entry, changed by one function; empty results become null. */
function textStep(change: (text: string) => string) {
  return () => (value: Json): StepResult => {
    const text = typeof value === 'string' ? value : plainText(value);
    if (text === null) return nothing;
    const changed = change(text);
    return changed === '' ? nothing : { value: changed };
  };
}

export const trim = defineTransform({
  name: 'trim', summary: 'Takes white space off both ends.', input: 'text', output: 'text', parameters: none,
  examples: [{ input: '  Ada ', output: 'Ada' }, { input: '   ', output: null }, { input: [' a', 'b '], output: ['a', 'b'] }],
  prepare: textStep((text) => text.trim()),
});

export const collapseSpaces = defineTransform({
  name: 'collapseSpaces', summary: 'Trims and makes every run of white space (line breaks too) one space.', input: 'text', output: 'text', parameters: none,
  examples: [{ input: ' Ada \n  Nowak', output: 'Ada Nowak' }],
  prepare: textStep(collapse),
});

export const lower = defineTransform({
  name: 'lower', summary: 'Lower case.', input: 'text', output: 'text', parameters: none,
  examples: [{ input: 'ŻÓŁW', output: 'żółw' }],
  prepare: textStep((text) => text.toLowerCase()),
});

export const upper = defineTransform({
  name: 'upper', summary: 'Upper case.', input: 'text', output: 'text', parameters: none,
  examples: [{ input: 'pl 525', output: 'PL 525' }],
  prepare: textStep((text) => text.toUpperCase()),
});

export const foldText = defineTransform({
  name: 'fold', summary: 'Makes text comparable: lower case, no diacritics, single spaces.', input: 'text', output: 'text', parameters: none,
  examples: [{ input: ' Łódź  Główna', output: 'lodz glowna' }],
  prepare: textStep(fold),
});

const affix = z.union([z.string(), z.strictObject({ text: z.string() }).transform(({ text }) => text)]);

export const prefix = defineTransform({
  name: 'prefix', summary: 'Puts text before the value.', input: 'text', output: 'text', parameters: affix,
  examples: [{ parameters: 'IS-', input: '17', output: 'IS-17' }, { parameters: 'IS-', input: null, output: null }],
  prepare: (before) => (value) => ({ value: before + (plainText(value) ?? '') }),
});

export const suffix = defineTransform({
  name: 'suffix', summary: 'Puts text after the value.', input: 'text', output: 'text', parameters: affix,
  examples: [{ parameters: ' (imported)', input: 'Web', output: 'Web (imported)' }],
  prepare: (after) => (value) => ({ value: (plainText(value) ?? '') + after }),
});

export const fileName = defineTransform({
  name: 'fileName', summary: 'The last part of a path, whichever way it is written.', input: 'text', output: 'text', parameters: none,
  examples: [{ input: 'files/2024/oferta.pdf', output: 'oferta.pdf' }, { input: String.raw`C:\docs\umowa.docx`, output: 'umowa.docx' }, { input: 'a.txt', output: 'a.txt' }],
  prepare: textStep((text) => text.trim().split(/[/\\]/).findLast((part) => part !== '') ?? ''),
});
