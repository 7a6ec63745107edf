import { z } from 'zod';
import type { Json } from '../../connector/json.ts';
import { htmlToText, markdownToHtml, sanitizeHtml, textToHtml } from '../values/html-text.ts';
import { defineTransform, nothing } from './transform.ts';
import type { StepResult } from './transform.ts';
import { plainText } from '../values/plain-text.ts';

const none = z.undefined();

function step(change: (text: string) => string) {
  return () => (value: Json): StepResult => {
    const changed = change(typeof value === 'string' ? value : plainText(value) ?? '');
    return changed.trim() === '' ? nothing : { value: changed };
  };
}

export const textToHtmlTransform = defineTransform({
  name: 'textToHtml', summary: 'Plain text as HTML: markup characters escaped, line breaks as `<br>`.', input: 'text', output: 'html', parameters: none,
  examples: [{ input: 'A < B & C\nok', output: 'A &lt; B &amp; C<br>ok' }],
  prepare: step(textToHtml),
});

export const markdownToHtmlTransform = defineTransform({
  name: 'markdownToHtml', summary: 'Markdown (GitHub\'s dialect) as sanitised HTML.', input: 'text', output: 'html', parameters: none,
  examples: [{ input: '**Ważne**\n\n- raz', output: '<p><strong>Ważne</strong></p>\n<ul>\n<li>raz</li>\n</ul>' }, { input: '<script>x()</script>ok', output: 'ok' }],
  prepare: step(markdownToHtml),
});

export const sanitizeHtmlTransform = defineTransform({
  name: 'sanitizeHtml', summary: 'HTML without scripts, styles, forms, frames and event handlers.', input: 'html', output: 'html', parameters: none,
  examples: [{ input: '<p onclick="x()">Hi<script>y()</script> <a href="javascript:z()">there</a></p>', output: '<p>Hi <a>there</a></p>' }],
  prepare: step(sanitizeHtml),
});

export const htmlToTextTransform = defineTransform({
  name: 'htmlToText', summary: 'The text a reader of the HTML sees, blocks on lines of their own; with `images` their names in brackets.', input: 'html', output: 'text',
  parameters: z.union([z.undefined().transform(() => ({ images: false })), z.strictObject({ images: z.boolean().default(false) })]),
  examples: [
    { input: '<p>Ada &amp; Jan</p><ul><li>raz</li><li><a href="https://example.com">dwa</a></li></ul>', output: 'Ada & Jan\n\n- raz\n- dwa (https://example.com)' },
    { parameters: { images: true }, input: '<p>Here: <img src="/web/image/7" alt="error.png"><img src="x"></p>', output: 'Here: [image: error.png][image]' },
    { input: '<p>Here: <img src="/web/image/7" alt="error.png"></p>', output: 'Here:' },
  ],
  prepare: ({ images }) => step((html) => htmlToText(html, { images }))(),
});
