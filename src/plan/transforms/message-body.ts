import { z } from 'zod';
import { fold } from '../values/fold.ts';
import { htmlToText, looksLikeHtml, markdownToHtml, sanitizeHtml, textToHtml } from '../values/html-text.ts';
import { plainText, quote } from '../values/plain-text.ts';
import { defineTransform, nothing } from './transform.ts';

const format = z.enum(['text', 'html', 'markdown', 'guess']);
const parameters = z.union([
  z.string().min(1).transform((formatField) => ({ formatField, format: 'guess' as const })),
  z.strictObject({
    formatField: z.string().min(1).nullable().default(null).describe('Field of the record that says text, html or markdown.'),
    format: format.default('guess').describe('Where that field is empty. `guess`: HTML where there are tags, else text.'),
  }),
]).prefault({});

const words: { readonly [word: string]: 'text' | 'html' | 'markdown' } = {
  text: 'text', plain: 'text', 'text/plain': 'text', txt: 'text', html: 'html', 'text/html': 'html', markdown: 'markdown', md: 'markdown', 'text/markdown': 'markdown',
};

export const messageBody = defineTransform({
  name: 'messageBody', summary: 'Body of a note or message as harmless HTML, whether it was written as text, HTML or markdown.', input: 'text', output: 'html', parameters,
  examples: [
    { parameters: { formatField: 'format' }, record: { format: 'text' }, input: 'a < b\nc', output: 'a &lt; b<br>c' },
    { parameters: { formatField: 'format' }, record: { format: 'markdown' }, input: '*raz*', output: '<p><em>raz</em></p>' },
    { parameters: { formatField: 'format' }, record: { format: 'html' }, input: '<b>raz</b><script>x()</script>', output: '<b>raz</b>' },
    { input: '<p>raz</p>', output: '<p>raz</p>' },
    { input: '2 < 3', output: '2 &lt; 3' },
    { parameters: { formatField: 'format' }, record: { format: 'rtf' }, input: 'raz', output: 'raz', warning: 'unknown format' },
  ],
  prepare: ({ formatField, format: fallback }) => (value, { record }) => {
    const text = plainText(value) ?? '';
    const named = formatField === null ? null : plainText(record[formatField]);
    const stated = named === null ? fallback : words[fold(named)] ?? 'guess';
    const kind = stated === 'guess' ? (looksLikeHtml(text) ? 'html' : 'text') : stated;
    const body = kind === 'html' ? sanitizeHtml(text) : kind === 'markdown' ? markdownToHtml(text) : textToHtml(text);
    const warning = named !== null && words[fold(named)] === undefined ? { warning: `unknown format ${quote(named)}: taken as ${kind}` } : {};
    if (body.trim() === '' || (kind === 'html' && htmlToText(body) === '' && !body.includes('<img'))) return { ...nothing, ...warning };
    return { value: body, ...warning };
  },
});
