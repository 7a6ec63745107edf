import type { MailPart } from './mail-parts.ts';

/** A text part of a message, decoded. */
export interface BodyText { readonly html: boolean; readonly alternative: number; readonly text: string }

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const asHtml = (text: string): string => `<div style="white-space: pre-wrap">${escaped(text)}</div>`;

/** True for a part that is read as text of the message and not as a file. */
export function isBodyPart(part: MailPart): boolean {
  if (part.mimeType !== 'text/plain' && part.mimeType !== 'text/html') return false;
  return part.disposition !== 'attachment' && (part.filename === '' || part.root);
}

/** Joins soft line ends of format=flowed text (RFC 3676); quoted lines are left as they are. */
export function unflow(text: string, deleteSpace: boolean): string {
  let out = '';
  for (const line of text.split('\n')) {
    const stuffed = line.startsWith(' ') ? line.slice(1) : line;
    const soft = stuffed.endsWith(' ') && stuffed !== '-- ' && !stuffed.startsWith('>');
    out += soft ? (deleteSpace ? stuffed.slice(0, -1) : stuffed) : `${stuffed}\n`;
  }
  return out.replace(/\n$/, '');
}

/**
 * The two bodies of a message. Parts of one multipart/alternative are versions of the same text; other parts follow one another,
 * so that a footer in plain text beside an HTML body stands in the HTML body too.
 */
export function joinBodies(texts: readonly BodyText[]): { readonly html: string; readonly plain: string } {
  const pieces: { alternative: number; html: string | null; plain: string | null }[] = [];
  for (const { html, alternative, text } of texts) {
    let piece = alternative === 0 ? undefined : pieces.find((one) => one.alternative === alternative);
    if (piece === undefined) pieces.push(piece = { alternative, html: null, plain: null });
    if (html) piece.html = (piece.html ?? '') + text;
    else piece.plain = piece.plain === null ? text : `${piece.plain}\n${text}`;
  }
  const anyHtml = pieces.some((piece) => piece.html !== null);
  return {
    html: anyHtml ? pieces.map((piece) => piece.html ?? (piece.plain?.trim() ? asHtml(piece.plain) : '')).join('\n').trim() : '',
    plain: pieces.map((piece) => piece.plain ?? '').filter((text) => text.trim() !== '').join('\n').replace(/\r\n?/g, '\n').trim(),
  };
}
