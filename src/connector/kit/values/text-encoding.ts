import { createReadStream } from 'node:fs';
import { TextDecoder } from 'node:util';

/** Encodings that the reader tells apart. */
export const textEncodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1250', 'iso-8859-2', 'windows-1252'] as const;
export type TextEncoding = (typeof textEncodings)[number];

export interface DetectedEncoding {
  readonly encoding: TextEncoding;
  readonly bomBytes: number; // to skip at the start of the file
  /** Why, for the report of the file. */
  readonly reason: string;
  /** False = the bytes alone do not settle it; the choice is the likeliest. */
  readonly certain: boolean;
}

/** Bytes that are Polish letters in one encoding and something unusual in the other (checklist item 1). */
const polishIn1250 = [0xb9, 0x9c, 0x9f, 0xa5, 0x8c, 0x8f];
const polishIn8859 = [0xb1, 0xb6, 0xbc, 0xa1, 0xa6, 0xac];
/** ł ż ę ć ń Ł Ż Ę Ć Ń: the same bytes in windows-1250 and iso-8859-2, other letters in windows-1252. */
const polishInBoth = [0xb3, 0xbf, 0xea, 0xe6, 0xf1, 0xa3, 0xaf, 0xca, 0xc6, 0xd1];
/** à è ã õ ò ù å ø û ì and capitals: common in Western text, rare letters in windows-1250. */
const western = [0xe0, 0xe8, 0xe3, 0xf5, 0xf2, 0xf9, 0xe5, 0xf8, 0xfb, 0xec, 0xc0, 0xc8, 0xc5, 0xd8];

const sum = (histogram: Uint32Array, bytes: readonly number[]): number => bytes.reduce((total, byte) => total + (histogram[byte] ?? 0), 0);

function fromBom(head: Uint8Array): DetectedEncoding | null {
  const bom = (encoding: TextEncoding, bomBytes: number): DetectedEncoding => ({ encoding, bomBytes, reason: 'byte order mark', certain: true });
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return bom('utf-8', 3);
  if (head[0] === 0xff && head[1] === 0xfe) return bom('utf-16le', 2);
  if (head[0] === 0xfe && head[1] === 0xff) return bom('utf-16be', 2);
  return null;
}

/** UTF-16 without a mark: in Latin text nearly every second byte is zero. */
function fromZeros(head: Uint8Array): DetectedEncoding | null {
  const zeros: [number, number] = [0, 0];
  head.forEach((byte, index) => { if (byte === 0) zeros[index % 2 === 0 ? 0 : 1] += 1; });
  const half = head.length / 2;
  if (head.length < 8 || Math.max(...zeros) < half * 0.4 || Math.min(...zeros) > half * 0.05) return null;
  return { encoding: zeros[1] > zeros[0] ? 'utf-16le' : 'utf-16be', bomBytes: 0, reason: 'zero bytes alternate with text', certain: false };
}

function fromHistogram(histogram: Uint32Array): DetectedEncoding {
  const only1250 = sum(histogram, polishIn1250);
  const only8859 = sum(histogram, polishIn8859);
  const polish = only1250 + only8859 + sum(histogram, polishInBoth);
  const west = sum(histogram, western);
  const controls = histogram.subarray(0x80, 0xa0).reduce((total, count) => total + count, 0); // letters and quotes in windows-125x, control codes in iso-8859-2
  const pick = (encoding: TextEncoding, reason: string, certain: boolean): DetectedEncoding => ({ encoding, bomBytes: 0, reason, certain });
  if (west > polish) return pick('windows-1252', `not UTF-8; ${west} Western letters, ${polish} Polish ones`, true);
  if (only8859 > only1250 && controls === 0) return pick('iso-8859-2', `not UTF-8; ${only8859} Polish letters as iso-8859-2 writes them, ${only1250} as windows-1250 does`, true);
  if (polish > 0) return pick('windows-1250', `not UTF-8; ${only1250} Polish letters as windows-1250 writes them, ${only8859} as iso-8859-2 does`, only1250 !== only8859);
  return pick('windows-1250', 'not UTF-8; no letter that tells Central European from Western text', false);
}

/**
 * Collects the bytes of a text, in any pieces, and says which encoding they are in.
 * Strict UTF-8 is tested over every byte, because a single Polish name on the last line can settle it.
 */
export class EncodingDetector {
  #head = new Uint8Array(0);
  #utf8: TextDecoder | null = new TextDecoder('utf-8', { fatal: true });
  readonly #histogram = new Uint32Array(256);

  push(chunk: Uint8Array): void {
    if (this.#head.length < 4096) {
      const merged = new Uint8Array(Math.min(4096, this.#head.length + chunk.length));
      merged.set(this.#head);
      merged.set(chunk.subarray(0, merged.length - this.#head.length), this.#head.length);
      this.#head = merged;
    }
    for (const byte of chunk) this.#histogram[byte] = (this.#histogram[byte] ?? 0) + 1;
    this.#tryUtf8(() => this.#utf8?.decode(chunk, { stream: true }));
  }

  finish(): DetectedEncoding {
    const marked = fromBom(this.#head) ?? fromZeros(this.#head);
    if (marked !== null) return marked;
    this.#tryUtf8(() => this.#utf8?.decode());
    if (this.#utf8 !== null) return { encoding: 'utf-8', bomBytes: 0, reason: 'every byte is valid UTF-8', certain: true };
    return fromHistogram(this.#histogram);
  }

  #tryUtf8(decode: () => void): void {
    try {
      decode();
    } catch {
      this.#utf8 = null;
    }
  }
}

/** Reads the whole file once and says which encoding it is in. Memory stays flat. */
export async function detectFileEncoding(path: string): Promise<DetectedEncoding> {
  const detector = new EncodingDetector();
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 })) detector.push(chunk as Uint8Array);
  return detector.finish();
}

/** A streaming decoder that never throws; a byte order mark is the caller's to skip. */
export function textDecoder(encoding: TextEncoding): TextDecoder {
  return new TextDecoder(encoding, { ignoreBOM: true });
}

/** Bytes that a piece of text takes in the encoding; exact for text that was decoded from valid bytes. */
export function encodedLength(text: string, encoding: TextEncoding): number {
  if (encoding === 'utf-8') return Buffer.byteLength(text, 'utf8');
  return encoding.startsWith('utf-16') ? text.length * 2 : text.length;
}
