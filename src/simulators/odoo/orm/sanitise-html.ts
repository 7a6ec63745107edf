import sanitizeHtml from 'sanitize-html';

/** Elements the server keeps; of others only the text stays (measured on 14, 17, 18, 19). */
const KEPT = [
  'a', 'abbr', 'address', 'article', 'aside', 'b', 'big', 'blockquote', 'br', 'caption', 'center', 'cite', 'code', 'col', 'colgroup', 'dd', 'del', 'dfn',
  'div', 'dl', 'dt', 'em', 'fieldset', 'figcaption', 'figure', 'font', 'footer', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'header', 'hr', 'i', 'img', 'ins',
  'kbd', 'legend', 'li', 'main', 'nav', 'ol', 'p', 'pre', 'q', 's', 'samp', 'section', 'small', 'span', 'strike', 'strong', 'sub', 'sup', 'table',
  'svg', 'tbody', 'td', 'tfoot', 'th', 'thead', 'time', 'tr', 'tt', 'u', 'ul', 'var', 'video',
];
const BLOCKS = new Set([
  'address', 'article', 'aside', 'blockquote', 'center', 'div', 'dl', 'fieldset', 'figure', 'footer', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'header', 'hr',
  'main', 'nav', 'ol', 'p', 'pre', 'section', 'table', 'ul',
]);
const STYLES = /^(?:background-color|color|font(?:-family|-size|-weight|-style)?|letter-spacing|text-align|text-decoration|text-transform|border[a-z-]*|margin[a-z-]*|padding[a-z-]*|width|height|max-width|min-width|vertical-align|line-height|display|white-space|float)$/u;
/** Attributes the server keeps; all others, and those without meaning in HTML, are dropped. */
const ATTRIBUTES = new Set((
  'abbr accept accept-charset accesskey action align alt axis border cellpadding cellspacing char charoff charset checked cite class clear cols colspan color compact coords '
  + 'datetime dir disabled enctype for frame headers height href hreflang hspace id ismap label lang longdesc maxlength media method multiple name nohref noshade nowrap prompt '
  + 'readonly rel rev rows rowspan rules scope selected shape size span src start style summary tabindex target title type usemap valign value vspace width '
  + 'data-o-mail-quote data-o-mail-quote-container data-o-mail-quote-node data-oe-model data-oe-id data-oe-type data-publish data-id data-class data-mimetype data-file-name'
).split(' '));
const MARK = '\u{F8FD}';
const COMMENT_MARK = new RegExp(`${MARK}(\\d+)${MARK}`, 'gu');
/** lxml's parser gives up on deeper nesting: the text inside is lost (300 lost it, 200 kept it). */
const DEEPEST = 255;

/**
 * What the server stores of a text written to an html field.
 * Plain text is taken for HTML: everything from a '<' followed by a letter to the next '>' (or to the end) is a tag, and its text is lost.
 * @param options.styles 'filter' in messages: only harmless style properties stay
 */
export function sanitiseHtml(text: string, options: { readonly styles: 'filter' | 'keep' }): string | undefined {
  if (text.trim() === '') return '';
  const closed = text.replace(/<([a-z][^<>]*)$/iu, '<$1>');
  // `allowedEmptyAttributes` is known to the library, not to its types.
  const settings: sanitizeHtml.IOptions & { readonly allowedEmptyAttributes: string[] } = {
    allowedTags: KEPT,
    allowedAttributes: false,
    allowedSchemes: ['http', 'https', 'ftp', 'mailto', 'tel', 'data', 'cid', 'sms'],
    allowProtocolRelative: true,
    disallowedTagsMode: 'discard',
    nonTextTags: ['script', 'style', 'title', 'noscript', 'iframe', 'object', 'textarea', 'option', 'button', 'select'],
    allowedEmptyAttributes: ['alt', 'href', 'src', 'class'],
    parseStyleAttributes: false,
    transformTags: {
      '*': (tagName, attributes) => {
        const kept = cleanAttributes(tagName, attributes, options.styles);
        if (tagName === 'blockquote') kept['data-o-mail-quote'] = '1';
        return { tagName, attribs: kept };
      },
    },
  };
  const comments: string[] = [];
  // The library drops comments, the server keeps those inside an element: they travel as marks.
  const marked = closed.replace(/(?<=>[^<]*)<!--[\s\S]*?-->/gu, (comment) => `${MARK}${comments.push(comment) - 1}${MARK}`);
  const clean = sanitizeHtml(cutDeepNesting(marked), settings).replace(/ \/>/gu, '>');
  const whole = comments.length === 0 ? clean : clean.replace(COMMENT_MARK, (_all, at: string) => comments[Number(at)] ?? '');
  return arrange(whole, closed);
}

function cleanAttributes(tag: string, attributes: Record<string, string>, styles: 'filter' | 'keep'): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (!ATTRIBUTES.has(name.toLowerCase())) continue;
    if (/^(?:href|src|action|background)$/iu.test(name) && /^\s*(?:javascript|vbscript):/iu.test(value)) {
      if (tag === 'a') kept[name] = '';
      continue;
    }
    if (name === 'style' && styles === 'filter') {
      const style = value.split(';').filter((part) => STYLES.test(part.split(':')[0]!.trim().toLowerCase())).map((part) => part.split(':').map((side) => side.trim()).join(':')).join('; ');
      if (style !== '') kept[name] = style;
      continue;
    }
    kept[name] = value;
  }
  return kept;
}

/**
 * Gives the fragment the outer form that the parser gives it: leading text goes into a paragraph, several inline elements into a
 * span, and a bare div around everything is taken off.
 * @param given the text before cleaning: a tag that was dropped still counts as the beginning of HTML
 */
function arrange(html: string, given: string): string {
  if (html.trim() === '') return '';
  const begins = given.replace(/^(?:\s|<!--[\s\S]*?-->|<(script|style)\b[\s\S]*?<\/\1>|<(?:meta|link|base)\b[^>]*>)+/iu, '');
  const trimmed = html.trimStart();
  if (!/^<[a-z!]/iu.test(begins)) {
    const block = [...trimmed.matchAll(/<([a-z0-9]+)/giu)].find((match) => BLOCKS.has(match[1]!.toLowerCase()));
    return block ? `<p>${trimmed.slice(0, block.index)}</p>${trimmed.slice(block.index)}` : `<p>${trimmed}</p>`;
  }
  if (/^<div>[\s\S]*<\/div>$/u.test(trimmed)) return trimmed.slice(5, -6);
  const hasBlock = [...trimmed.matchAll(/<([a-z0-9]+)/giu)].some((match) => BLOCKS.has(match[1]!.toLowerCase()) || /^(?:li|td|tr|th)$/iu.test(match[1]!));
  return !hasBlock && rootNodes(trimmed) > 1 && trimmed.startsWith('<') ? `<span>${trimmed}</span>` : trimmed;
}

/** How many elements and texts stand side by side at the outermost level. */
function rootNodes(html: string): number {
  let depth = 0;
  let nodes = 0;
  for (const match of html.matchAll(/<(\/?)([a-z][a-z0-9]*)[^<>]*>|([^<]+)/giu)) {
    if (match[3] !== undefined) nodes += depth === 0 && match[3].trim() !== '' ? 1 : 0;
    else if (match[1] === '/') depth -= 1;
    else {
      if (depth === 0) nodes += 1;
      if (!/^(?:br|img|hr|col)$/iu.test(match[2]!)) depth += 1;
    }
  }
  return nodes;
}

function cutDeepNesting(html: string): string {
  let depth = 0;
  let kept = '';
  let from = 0;
  let tooDeep = false;
  for (const match of html.matchAll(/<(\/?)([a-z][a-z0-9]*)[^<>]*?(\/?)>/giu)) {
    if (/^(?:br|img|hr|col|input|meta|link)$/iu.test(match[2]!) || match[3] === '/') continue;
    if (match[1] === '/') {
      if (depth > DEEPEST) from = match.index + match[0].length;
      depth = Math.max(0, depth - 1);
    } else {
      depth += 1;
      if (depth === DEEPEST + 1) {
        kept += html.slice(from, match.index);
        tooDeep = true;
      }
    }
  }
  if (!tooDeep) return html;
  return depth > DEEPEST ? kept : kept + html.slice(from);
}
