/** What the writers of messages need of RFC 2045, 2047 and 2231; written for making messages, not for reading them. */
const hex = (byte: number): string => byte.toString(16).toUpperCase().padStart(2, '0');
export type Charset = 'utf-8' | 'windows-1250' | 'iso-8859-2';
export type Encode = (text: string) => Buffer;

const isAscii = (text: string): boolean => !/[^\u0020-\u007e]/u.test(text);

/** Quoted-printable with soft line breaks; `newline` parts the lines of the result. */
export function quotedPrintable(bytes: Buffer, newline: string): string {
  const lines: string[] = [];
  let line = '';
  const put = (piece: string): void => {
    if (line.length + piece.length > 75) {
      lines.push(`${line}=`);
      line = '';
    }
    line += piece;
  };
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte === 13 && bytes[index + 1] === 10) continue;
    if (byte === 10) {
      // a space or tab before the end of a line is written out
      const last = line.at(-1);
      if (last === ' ' || last === '\t') line = line.slice(0, -1) + `=${hex(last.charCodeAt(0))}`;
      lines.push(line);
      line = '';
    } else {
      put(byte === 9 || (byte >= 32 && byte <= 126 && byte !== 61) ? String.fromCharCode(byte) : `=${hex(byte)}`);
    }
  }
  const last = line.at(-1);
  lines.push(last === ' ' || last === '\t' ? line.slice(0, -1) + `=${hex(last.charCodeAt(0))}` : line);
  return lines.join(newline);
}

export function base64Lines(bytes: Buffer, newline: string): string {
  return (bytes.toString('base64').match(/.{1,76}/g) ?? []).join(newline);
}

/** A header value with RFC 2047 words where it needs them, each at most 75 characters and whole characters only. */
export function headerWords(text: string, charset: Charset, encode: Encode, style: 'B' | 'Q'): string {
  if (isAscii(text)) return text;
  const word = (piece: string): string => {
    const bytes = encode(piece);
    const body = style === 'B' ? bytes.toString('base64')
      : [...bytes].map((byte) => (byte === 32 ? '_' : /[A-Za-z0-9]/.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : `=${hex(byte)}`)).join('');
    return `=?${charset.toUpperCase()}?${style}?${body}?=`;
  };
  const words: string[] = [];
  let piece = '';
  for (const character of text) {
    if (piece !== '' && word(piece + character).length > 75) {
      words.push(word(piece));
      piece = '';
    }
    piece += character;
  }
  words.push(word(piece));
  return words.join('\r\n ');
}

/** A parameter of a header: plain, by RFC 2231 (in two pieces when long), or as the RFC 2047 word that many mailers write in spite of it. */
export function headerParameter(name: string, value: string, style: '2231' | '2047'): string {
  if (isAscii(value)) return `${name}="${value.replace(/["\\]/g, '\\$&')}"`;
  if (style === '2047') return `${name}="${headerWords(value, 'utf-8', (text) => Buffer.from(text), 'B').replaceAll('\r\n ', ' ')}"`;
  const escaped = encodeURIComponent(value).replace(/['()*!]/g, (character) => `%${hex(character.charCodeAt(0))}`);
  if (escaped.length < 50) return `${name}*=UTF-8''${escaped}`;
  const pieces = escaped.match(/(?:%..|[^%]){1,20}/g) ?? [];
  return pieces.map((piece, index) => `${name}*${index}*=${index === 0 ? "UTF-8''" : ''}${piece}`).join(';\r\n ');
}
