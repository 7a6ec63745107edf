import sanitizeHtml from 'sanitize-html';

/** Elements that Odoo's sanitiser removes together with what they contain. */
const removedWithContent = ['script', 'style', 'iframe', 'object', 'embed', 'noscript', 'head', 'title', 'meta', 'link', 'base', 'form', 'input', 'button', 'select', 'textarea', 'option'];

/** Elements that the comparison keeps: what carries meaning for a reader. All others give up their tag and keep their text. */
const compared = ['p', 'br', 'b', 'i', 'u', 's', 'a', 'img', 'ul', 'ol', 'li', 'table', 'tr', 'td', 'th', 'blockquote', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'pre', 'hr'];

/**
 * A canonical text of an HTML fragment for comparing what was written with what Odoo's sanitiser made of it: same words in
 * the same structure and with the same link and image targets. Not compared: styles, classes, attribute order, comments,
 * wrappers, pictures given as data: URLs (Odoo makes files of them), white space between blocks, an enclosing <p> that Odoo puts around bare text.
 */
export function canonicalHtml(html: string): string {
  const clean = sanitizeHtml(html, {
    allowedTags: compared,
    allowedAttributes: { a: ['href'], img: ['src', 'alt'] },
    allowedSchemes: ['http', 'https', 'mailto', 'tel', 'cid', 'data', 'ftp'],
    allowedSchemesAppliedToAttributes: ['href', 'src'],
    nonTextTags: removedWithContent,
    transformTags: { strong: 'b', em: 'i', strike: 's', del: 's', div: 'p', img: (tagName, attributes) => ({ tagName, attribs: inFixedOrder(attributes) }) },
    selfClosing: ['img', 'br', 'hr'],
  });
  return clean
    .replaceAll(/&nbsp;|\u00A0/gu, ' ')
    .replaceAll(/<br \/>/gu, '\n')
    .replaceAll(/<\/?p>/gu, '\n')
    .replaceAll(/[^\S\n]+/gu, ' ')
    .replaceAll(/ ?\n[\n ]*/gu, '\n')
    .trim();
}

/** A picture within the text, or the file that Odoo made of it, under whatever name: message bodies only, other fields keep the text. */
const picture = /^(?:data:image\/|\/web\/image\/\d+\?access_token=)/u;

function inFixedOrder(attributes: Readonly<Record<string, string>>): Record<string, string> {
  if (picture.test(attributes['src'] ?? '')) return { src: 'data:image' };
  return Object.fromEntries(['src', 'alt'].flatMap((name) => (attributes[name] === undefined || attributes[name] === '' ? [] : [[name, attributes[name]]])));
}
