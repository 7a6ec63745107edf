import { decodeText } from './mail-charset.ts';
import { transferDecoder } from './mail-transfer.ts';

const oneWord = String.raw`=\?[^?\s]*\?[bBqQ]\?[^?]*\?=`;
const run = new RegExp(`${oneWord}(?:\\s*${oneWord})*`, 'g');

function bytesOf(encoding: string, text: string): Buffer {
  const decoder = transferDecoder(encoding.toLowerCase() === 'b' ? 'base64' : 'quoted-printable');
  const written = encoding.toLowerCase() === 'b' ? text : text.replaceAll('_', '=20').replaceAll(' ', '=20');
  return Buffer.concat([decoder.push(Buffer.from(written, 'latin1')), decoder.finish()]);
}

/** Text of a run of encoded words; words of one charset are joined as bytes first, since mailers cut letters in two. */
function textOf(words: string): string {
  const parts: { charset: string; bytes: Buffer[] }[] = [];
  for (const [, given = '', encoding = '', text = ''] of words.matchAll(/=\?([^?\s]*)\?([bBqQ])\?([^?]*)\?=/g)) {
    const charset = given.replace(/\*.*$/, '').toLowerCase(); // RFC 2231: `utf-8*pl`
    const last = parts.at(-1);
    if (last?.charset === charset) last.bytes.push(bytesOf(encoding, text));
    else parts.push({ charset, bytes: [bytesOf(encoding, text)] });
  }
  return parts.map((part) => decodeText(Buffer.concat(part.bytes), part.charset)).join('');
}

/** Puts something in the place of every run of encoded words, given its text. */
export const replaceWords = (text: string, replacement: (word: string) => string): string => text.replace(run, (words) => replacement(textOf(words)));

/** Decodes the encoded words of a header (RFC 2047): `=?iso-8859-2?Q?=A3=F3d=BC?=` → `Łódź`. */
export const decodeWords = (text: string): string => replaceWords(text, (word) => word);
