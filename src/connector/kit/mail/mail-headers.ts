import { DateTime } from 'luxon';
import { addressParser } from 'postal-mime';
import { decodeText } from './mail-charset.ts';
import { decodeWords, replaceWords } from './mail-words.ts';

/** One address of a header. */
export interface MailAddress { readonly name: string; readonly address: string }

/** The header lines of a message or part; names in lower case, values unfolded, bytes as latin1 text. */
export interface RawHeaders { readonly lines: readonly { readonly name: string; readonly value: string }[]; readonly charset: string }

/** Reads a header block; folded lines are joined. */
export function parseHeaders(block: Buffer, charset: string): RawHeaders {
  const lines: { name: string; value: string }[] = [];
  for (const line of block.toString('latin1').split(/\r\n|\n|\r/)) {
    const last = lines.at(-1);
    if (/^[ \t]/.test(line) && last !== undefined) last.value += ` ${line.trim()}`;
    else {
      const match = /^([!-9;-~]+)[ \t]*:(.*)$/s.exec(line);
      if (match !== null) lines.push({ name: (match[1] ?? '').toLowerCase(), value: (match[2] ?? '').trim() });
    }
  }
  return { lines, charset };
}

const rawValues = (headers: RawHeaders, name: string): string[] => headers.lines.filter((line) => line.name === name).map((line) => line.value);

/** Text of raw header bytes: eight-bit bytes are decoded as the message says, or as what they can be. */
const eightBit = (value: string, charset: string): string => (/[\x80-\xff]/.test(value) ? decodeText(Buffer.from(value, 'latin1'), charset) : value);

const cleaned = (text: string): string => text.replace(/\s+/g, ' ').replace(/\p{Cc}/gu, '').trim();

/** The first header of the name as text, encoded words decoded (RFC 2047); '' = there is none. */
export function headerText(headers: RawHeaders, name: string): string {
  return cleaned(decodeWords(eightBit(rawValues(headers, name)[0] ?? '', headers.charset)));
}

/** The first header of the name as written, for identifiers and dates. */
export const headerRaw = (headers: RawHeaders, name: string): string => (rawValues(headers, name)[0] ?? '').trim();

/** Message ids of a header in order, with their angle brackets. */
export function messageIds(headers: RawHeaders, name: string): readonly string[] {
  const text = rawValues(headers, name).join(' ');
  const bracketed = text.match(/<[^<>\s]+>/g);
  if (bracketed !== null) return bracketed;
  const bare = /[^\s<>,;"]+@[^\s<>,;"]+/.exec(text);
  return bare === null ? [] : [`<${bare[0]}>`];
}

type Parsed = ReturnType<typeof addressParser>[number];

/** Every address of all headers of the name; the members of a group stand for the group (`undisclosed-recipients:;` for nobody). */
export function mailAddresses(headers: RawHeaders, name: string): readonly MailAddress[] {
  return rawValues(headers, name).flatMap((value) => parseAddresses(eightBit(value, headers.charset)));
}

/** Addresses of a text such as `"Nowak, Ewa" <ewa@a.example>, jan@b.example`. */
export function parseAddresses(text: string): readonly MailAddress[] {
  const take = (parsed: Parsed): MailAddress[] => {
    if ('group' in parsed && parsed.group !== undefined) return parsed.group.flatMap((member) => take(member));
    const address = cleaned(parsed.address ?? '').replace(/^mailto:/i, '');
    const given = cleaned(decodeWords(parsed.name));
    return address === '' && given === '' ? [] : [{ name: given === address ? '' : given, address }];
  };
  // The parser reads one encoded word at a time; a letter may be split between two.
  return addressParser(replaceWords(text, (word) => `=?utf-8?B?${Buffer.from(word, 'utf8').toString('base64')}?=`)).flatMap(take);
}

/** `Ewa Nowak <ewa@a.example>`, the name quoted where it holds more than words. */
export function formatAddress({ name, address }: MailAddress): string {
  if (name === '') return address;
  const shown = /^[\p{L}\p{N} .'_-]+$/u.test(name) ? name : `"${name.replace(/(["\\])/g, '\\$1')}"`;
  return address === '' ? shown : `${shown} <${address}>`;
}

/** A moment in UTC (`2026-03-12T08:14:00Z`); null = the text is no date, or a year that no mail has. */
export function mailDate(text: string): string | null {
  const plain = text.replace(/\([^()]*\)/g, ' ').replace(/\s+/g, ' ').trim();
  if (plain === '') return null;
  let moment = DateTime.fromRFC2822(plain, { zone: 'utc' });
  if (!moment.isValid) moment = DateTime.fromISO(plain, { zone: 'utc' });
  const milliseconds = moment.isValid ? moment.toMillis() : Date.parse(/(?:[+-]\d{4}|[A-Z]{1,4})$/.test(plain) ? plain : `${plain} UTC`);
  if (Number.isNaN(milliseconds)) return null;
  const date = new Date(milliseconds);
  return date.getUTCFullYear() < 1970 || date.getUTCFullYear() > 2100 ? null : date.toISOString().replace(/\.\d{3}Z$/, 'Z');
}
