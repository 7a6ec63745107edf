import type { BundleEncoding } from '../options.ts';

/** Turns text into the bytes of one encoding. */
export interface Encoder {
  /** Bytes before the first line: the byte order mark, or none. */
  readonly mark: Buffer;
  encode(text: string): Buffer;
  /** The text without what the encoding has no place for (emoji in Windows-1250). */
  fit(text: string): string;
  /** Whether any character can be written. */
  readonly unicode: boolean;
}

function eightBit(label: 'windows-1250' | 'iso-8859-2'): Encoder {
  // The table comes from the platform's own decoder, so what is written is by definition what `label` means.
  const table = new Map<string, number>();
  const decoder = new TextDecoder(label);
  for (let byte = 0; byte < 256; byte += 1) {
    const character = decoder.decode(Uint8Array.of(byte));
    if (character.length === 1 && !(byte > 0x7f && byte < 0xa0 && character.charCodeAt(0) === byte)) table.set(character, byte);
  }
  return {
    mark: Buffer.alloc(0), unicode: false,
    encode: (text) => {
      const bytes = Buffer.allocUnsafe(text.length);
      for (let index = 0; index < text.length; index += 1) {
        const byte = table.get(text.charAt(index));
        if (byte === undefined) throw new RangeError(`${label} has no ${JSON.stringify(text.charAt(index))}; pass the text through fit() first`);
        bytes[index] = byte;
      }
      return bytes;
    },
    fit: (text) => {
      for (let index = 0; index < text.length; index += 1) {
        if (!table.has(text.charAt(index))) return [...text].filter((character) => table.has(character)).join('');
      }
      return text;
    },
  };
}

function unicode(name: 'utf8' | 'utf16le', mark: readonly number[]): Encoder {
  return { mark: Buffer.from(mark), unicode: true, encode: (text) => Buffer.from(text, name), fit: (text) => text };
}

const made = new Map<BundleEncoding, Encoder>();

/** The encoder of an encoding; made once, since every message asks. */
export function encoderFor(encoding: BundleEncoding): Encoder {
  const encoder = made.get(encoding) ?? makeEncoder(encoding);
  made.set(encoding, encoder);
  return encoder;
}

function makeEncoder(encoding: BundleEncoding): Encoder {
  switch (encoding) {
    case 'utf-8': return unicode('utf8', []);
    case 'utf-8-bom': return unicode('utf8', [0xef, 0xbb, 0xbf]);
    case 'utf-16le': return unicode('utf16le', [0xff, 0xfe]);
    case 'windows-1250': case 'iso-8859-2': return eightBit(encoding);
  }
}
