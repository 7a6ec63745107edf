import sanitizeHtml from 'sanitize-html';

const entities: { readonly [character: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escaped = (text: string): string => text.replace(/[&<>]/g, (character) => entities[character] ?? character);

/** Plain text as the service gives it back: paragraphs of HTML. */
export function paragraphs(text: string): string {
  const clean = text.replace(/\r\n?/g, '\n').trim();
  return clean === '' ? '' : clean.split(/\n{2,}/).map((part) => `<p>${escaped(part).replaceAll('\n', '<br>')}</p>`).join('\n');
}

const kept = ['p', 'br', 'b', 'strong', 'i', 'em', 'a', 'ul', 'ol', 'li', 'h1', 'h2', 'code', 'pre', 'blockquote', 'img'];

/** 'Some HTML': the tags that notes keep; the rest of the markup goes, its text stays. Text without tags becomes paragraphs. */
export function someHtml(text: string): string {
  if (!/<[a-z!/]/i.test(text)) return paragraphs(text);
  const clean = sanitizeHtml(text, { allowedTags: kept, allowedAttributes: { a: ['href'], img: ['src'] }, allowedSchemes: ['http', 'https', 'mailto'] }).trim();
  return /^<(p|ul|ol|h1|h2|pre|blockquote)\b/i.test(clean) ? clean : `<p>${clean}</p>`;
}

const characters: { readonly [entity: string]: string } = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&nbsp;': '\u00a0' };

/** What `display_as=plaintext` gives. */
export function plainText(html: string): string {
  return html.replace(/<br\s*\/?>/gi, '\n').replace(/<\/(p|li|h1|h2|pre|blockquote)>\n?/gi, '\n\n').replace(/<[^>]*>/g, '')
    .replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (entity) => characters[entity] ?? entity).trim();
}
