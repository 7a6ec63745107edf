/** One part of a test message: raw lines of its headers, and its body as it stands in the file. */
export interface MailPartSpec { readonly headers: readonly string[]; readonly body: string | Buffer }

const bytes = (text: string | Buffer): Buffer => (typeof text === 'string' ? Buffer.from(text, 'utf8') : text);

/** Base64 in lines of 76 characters. */
export const base64Lines = (content: Buffer, lineEnd = '\r\n'): string => content.toString('base64').replace(/(.{76})(?=.)/g, `$1${lineEnd}`);

/** The bytes of a message: header lines, then either a body or the parts of a multipart. */
export function makeMail(headers: readonly string[], content: string | Buffer | { readonly subtype: string; readonly parts: readonly MailPartSpec[] }, lineEnd = '\r\n'): Buffer {
  if (typeof content === 'string' || Buffer.isBuffer(content)) return Buffer.concat([bytes(`${headers.join(lineEnd)}${lineEnd}${lineEnd}`), bytes(content)]);
  const boundary = `b-${content.subtype}-${content.parts.length}`;
  const head = bytes([...headers, `Content-Type: multipart/${content.subtype}; boundary="${boundary}"`, '', ''].join(lineEnd));
  const parts = content.parts.map((part) => Buffer.concat([bytes(`--${boundary}${lineEnd}${part.headers.join(lineEnd)}${lineEnd}${lineEnd}`), bytes(part.body), bytes(lineEnd)]));
  return Buffer.concat([head, ...parts, bytes(`--${boundary}--${lineEnd}`)]);
}

/** A multipart as a part of another. */
export function nestedPart(subtype: string, parts: readonly MailPartSpec[], lineEnd = '\r\n'): MailPartSpec {
  const whole = makeMail([], { subtype, parts }, lineEnd).toString('latin1');
  const at = whole.indexOf(`${lineEnd}${lineEnd}`);
  return { headers: [whole.slice(0, at).trim()], body: Buffer.from(whole.slice(at + 2 * lineEnd.length), 'latin1') };
}

/** A mailbox as mboxrd writes it: every body line that begins with `>…From ` gets one more `>`. */
export function makeMbox(messages: readonly Buffer[], lineEnd = '\n', escape = true): Buffer {
  return Buffer.concat(messages.flatMap((message) => {
    const text = message.toString('latin1').replaceAll('\r\n', '\n').replace(/\n*$/, '\n');
    const escaped = escape ? text.replace(/^(>*From )/gm, '>$1') : text;
    return [Buffer.from(`From sender@firma.example Thu Mar 12 09:14:05 2026\n${escaped}\n`.replaceAll('\n', lineEnd), 'latin1')];
  }));
}
