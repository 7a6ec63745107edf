/**
 * Characters that act instead of being read: control characters (they drive terminals), and the marks that turn the
 * direction of text around (they make a harmless line look like another one). Line feed and tab are kept.
 */
const acting = /(?![\n\t])\p{Cc}|[\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF\uFFF9-\uFFFB]/gu;
const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** Text with every acting character replaced by its visible name, `⟨U+202E⟩`. CR LF becomes LF. */
export function visibleText(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(loneSurrogate, named).replace(acting, named);
}

/** As `visibleText`, on one line: line feeds and tabs become spaces. For terminals and log lines. */
export function oneLine(text: string): string {
  return visibleText(text).replace(/[\n\t]+/g, ' ');
}

/** At most `length` characters, never cutting a character in two; what is missing is said. */
export function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  const kept = text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '');
  return `${kept}… (${(text.length - kept.length).toLocaleString('en')} more characters)`;
}

function named(character: string): string {
  return `⟨U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`;
}
