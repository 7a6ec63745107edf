import { Parser } from 'htmlparser2';
import { Marked } from 'marked';
import sanitize from 'sanitize-html';

const entities: { readonly [character: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Plain text as HTML: markup characters escaped, line breaks kept as `<br>`. */
export function textToHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character).replace(/\r\n?|\n/g, '<br>');
}

const safe: sanitize.IOptions = {
  allowedTags: [
    'p', 'br', 'div', 'span', 'b', 'strong', 'i', 'em', 'u', 's', 'strike', 'del', 'sub', 'sup', 'small', 'mark', 'font', 'center',
    'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'pre', 'code', 'hr', 'ul', 'ol', 'li', 'dl', 'dt', 'dd',
    'table', 'caption', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td', 'a', 'img',
  ],
  allowedAttributes: { a: ['href', 'title'], img: ['src', 'alt', 'width', 'height'], td: ['colspan', 'rowspan'], th: ['colspan', 'rowspan'], ol: ['start'] },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowedSchemesByTag: { img: ['http', 'https', 'cid'] },
  disallowedTagsMode: 'discard',
};

/** Hostile HTML made harmless: no scripts, styles, forms, frames, event handlers or strange links; text is kept. */
export function sanitizeHtml(html: string): string {
  return sanitize(html, safe);
}

// One instance of its own: `marked` keeps global options that another library could change.
const marked = new Marked({ gfm: true, breaks: true, async: false });

/** Markdown (GitHub's dialect, single line breaks kept) as sanitised HTML. */
export function markdownToHtml(markdown: string): string {
  return sanitizeHtml(marked.parse(markdown, { async: false })).trim();
}

const blocks = new Set(['p', 'div', 'li', 'tr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'pre', 'ul', 'ol', 'table', 'dl', 'dt', 'dd', 'hr']);
const paragraphs = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'ul', 'ol', 'table', 'pre']);
const unseen = new Set(['script', 'style', 'head', 'title', 'template', 'noscript']);

/** The text a reader sees: blocks on lines of their own, list items with a dash, addresses of links in brackets. @param options.images names images in brackets */
export function htmlToText(html: string, { images = false }: Readonly<{ images?: boolean }> = {}): string {
  let text = '';
  let hidden = 0;
  let preformatted = 0;
  const links: string[] = [];
  const fresh = (lines: number) => { text = text.replace(/[ \n]*$/, (end) => (text.length === end.length ? '' : '\n'.repeat(Math.max(lines, (end.match(/\n/g) ?? []).length)))); };
  const parser = new Parser({
    onopentag: (name, attributes) => {
      if (unseen.has(name)) hidden += 1;
      if (name === 'pre') preformatted += 1;
      if (name === 'br') text += '\n';
      else if (images && name === 'img') text += `[image${(attributes['alt'] ?? '') === '' ? '' : `: ${attributes['alt'] ?? ''}`}]`;
      else if (blocks.has(name)) fresh(paragraphs.has(name) ? 2 : 1);
      if (name === 'li') text += '- ';
      if (name === 'a') links.push(attributes['href'] ?? '');
      if (name === 'td' || name === 'th') text += text === '' || text.endsWith('\n') ? '' : ' | ';
    },
    ontext: (data) => {
      if (hidden > 0) return;
      const run = preformatted > 0 ? data : data.replace(/[ \t\r\n]+/g, ' ');
      text += preformatted === 0 && /(^|\s)$/.test(text) ? run.replace(/^ /, '') : run;
    },
    onclosetag: (name) => {
      if (unseen.has(name)) hidden = Math.max(0, hidden - 1);
      if (name === 'pre') preformatted = Math.max(0, preformatted - 1);
      if (name === 'a') {
        const target = (links.pop() ?? '').replace(/^mailto:/, '');
        if (/^(https?:|[^:/]+@)/.test(target) && !text.endsWith(target)) text += ` (${target})`;
      }
      if (blocks.has(name)) fresh(paragraphs.has(name) ? 2 : 1);
    },
  }, { decodeEntities: true });
  parser.end(html);
  return text.replace(/\u00a0/g, ' ').replace(/[ \t]+$/gm, '').replace(/\n{3,}/g, '\n\n').trim();
}

/** Whether a text was most likely written as HTML. */
export function looksLikeHtml(text: string): boolean {
  return /<\/?(p|br|div|span|b|strong|i|em|u|ul|ol|li|a|table|tr|td|h[1-6]|blockquote|img|html|body|font)(\s[^<>]*)?\/?>/i.test(text);
}
