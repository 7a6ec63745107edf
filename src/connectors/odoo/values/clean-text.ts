/**
 * Characters that Odoo or its protocols do not survive, measured: NUL (500 or silently dropped), U+0001-001F but tab and
 * line feed (one stored in a field breaks a whole XML-RPC page on 14), U+FFFE/FFFF (break it on all versions), half emojis
 * (HTTP 500). They carry no meaning in names and notes and are removed; half emojis become U+FFFD; CR and CRLF become LF.
 */
export function cleanText(text: string): string {
  if (!needsCleaning.test(text)) return text;
  return text.replaceAll(/\r\n?/gu, '\n').replaceAll(unwanted, '').toWellFormed();
}

/** True when `cleanText` would change more than line ends. */
export function losesCharacters(text: string): boolean {
  return unwantedOnce.test(text) || !text.isWellFormed();
}

// eslint-disable-next-line no-control-regex -- these characters are the point
const unwanted = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/gu;
const unwantedOnce = new RegExp(unwanted.source, 'u');
const needsCleaning = new RegExp(`${unwanted.source}|\\r|[\\ud800-\\udfff]`, ''); // without u: lone halves and pairs alike
