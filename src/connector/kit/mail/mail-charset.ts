import { decode, encodingExists } from 'iconv-lite';
import { isUtf8 } from 'node:buffer';
import { EncodingDetector } from '../values/text-encoding.ts';

/** Names that mailers write and no table knows. */
const spellings: { readonly [label: string]: string } = { cp1250: 'windows-1250', 'x-cp1250': 'windows-1250', 'win-1250': 'windows-1250', latin2: 'iso-8859-2', 'utf-8-mac': 'utf-8', utf8: 'utf-8', unknown: '', 'unknown-8bit': '', 'x-unknown': '', default: '' };

/**
 * Turns the bytes of a text part into text: in the charset that the mail names, unless the bytes cannot be in it
 * (UTF-8 that is none); without one, UTF-8 if every byte fits, else what Polish letters tell.
 */
export function decodeText(bytes: Buffer, charset: string): string {
  const given = charset.trim().toLowerCase().replace(/^["']|["']$/g, '');
  const label = spellings[given] ?? given;
  const ascii = label === '' || label === 'us-ascii' || label === 'ascii' || label === 'utf-8';
  if (ascii) return isUtf8(bytes) ? bytes.toString('utf8').replace(/^\ufeff/, '') : decode(bytes, guess(bytes));
  try {
    return new TextDecoder(label).decode(bytes);
  } catch {
    return encodingExists(label) ? decode(bytes, label) : decode(bytes, guess(bytes));
  }
}

function guess(bytes: Buffer): string {
  const detector = new EncodingDetector();
  detector.push(bytes.subarray(0, 1 << 20));
  return detector.finish().encoding;
}
