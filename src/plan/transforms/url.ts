import { z } from 'zod';
import { plainText, quote } from '../values/plain-text.ts';
import { defineTransform } from './transform.ts';

const parameters = z.strictObject({ scheme: z.enum(['http', 'https']).default('http').describe('For addresses without one.') }).prefault({});

export const url = defineTransform({
  name: 'url', summary: 'Web address with its scheme. Text that is none is kept with a warning; script addresses are emptied.', input: 'text', output: 'url', parameters,
  examples: [
    { input: 'www.example.com', output: 'http://www.example.com' },
    { parameters: { scheme: 'https' }, input: 'example.com/o-nas', output: 'https://example.com/o-nas' },
    { input: 'HTTPS://Example.com/A', output: 'https://Example.com/A' },
    { input: 'w budowie', output: 'w budowie', warning: 'not a web address' },
    { input: 'javascript:alert(1)', output: null, warning: 'script address' },
  ],
  prepare: ({ scheme }) => (value) => {
    const text = plainText(value) ?? '';
    if (/^\s*(javascript|data|vbscript):/i.test(text)) return { value: null, warning: `${quote(text)} is a script address: left empty`, loss: 'script address' };
    const given = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/is.exec(text);
    const candidate = given ? `${(given[1] ?? '').toLowerCase()}://${given[2] ?? ''}` : `${scheme}://${text.replace(/^\/\//, '')}`;
    const host = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#:]+)/i.exec(candidate)?.[1] ?? '';
    if (/\s/.test(candidate) || !/^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+$/u.test(host) || !URL.canParse(candidate)) {
      return { value: text, warning: `${quote(text)} is not a web address: kept as it is` };
    }
    return { value: candidate };
  },
});
