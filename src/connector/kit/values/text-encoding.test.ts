import fc from 'fast-check';
import { encode } from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { EncodingDetector, textDecoder, textEncodings, type DetectedEncoding } from './text-encoding.ts';

function detect(bytes: Uint8Array, pieces = 1): DetectedEncoding {
  const detector = new EncodingDetector();
  const size = Math.max(1, Math.ceil(bytes.length / pieces));
  for (let at = 0; at < bytes.length; at += size) detector.push(bytes.subarray(at, at + size));
  return detector.finish();
}

const polish = 'Zażółć gęślą jaźń; Łódź; Świętosława';

describe('detecting the encoding of a text', () => {
  it.each([['utf-8', 'utf8'], ['windows-1250', 'windows-1250'], ['iso-8859-2', 'iso-8859-2']])('tells %s by its bytes', (name, codec) => {
    const bytes = encode(polish, codec);
    const found = detect(bytes);
    expect(found.encoding).toBe(name);
    expect(textDecoder(found.encoding).decode(bytes)).toBe(polish);
  });

  it.each([['utf-8', 'utf8', 3], ['utf-16le', 'utf16-le', 2], ['utf-16be', 'utf16-be', 2]] as const)('tells %s by its byte order mark', (name, codec, bomBytes) => {
    const bytes = encode(polish, codec, { addBOM: true });
    expect(detect(bytes)).toMatchObject({ encoding: name, bomBytes });
    expect(textDecoder(name).decode(bytes.subarray(bomBytes))).toBe(polish);
  });

  it('tells UTF-16 without a mark by its zero bytes', () => {
    expect(detect(encode('id;name;email\r\n1;Jan;jan@firma.example', 'utf16-le')).encoding).toBe('utf-16le');
    expect(detect(encode('id;name;email\r\n1;Jan;jan@firma.example', 'utf16-be')).encoding).toBe('utf-16be');
  });

  it('tells Western text from Polish', () => {
    expect(detect(encode('Crème brûlée à la façon de François, Müller, Søren', 'windows-1252')).encoding).toBe('windows-1252');
  });

  it('says that it is not certain when no letter settles it', () => {
    expect(detect(encode('Müller; Köln', 'windows-1250'))).toMatchObject({ encoding: 'windows-1250', certain: false });
  });

  it('finds the one byte that is not UTF-8 on the last line of a long text', () => {
    expect(detect(Buffer.concat([Buffer.alloc(300_000, 'a'), encode('ś', 'windows-1250')]), 7).encoding).toBe('windows-1250');
  });

  it('does not depend on how the bytes arrive', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 1, max: 20 }), (bytes, pieces) => {
      expect(detect(bytes, pieces)).toEqual(detect(bytes));
    }));
  });

  it('never throws, whatever the bytes, and neither does decoding', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), fc.constantFrom(...textEncodings), (bytes, encoding) => {
      expect(textEncodings).toContain(detect(bytes).encoding);
      expect(typeof textDecoder(encoding).decode(bytes)).toBe('string');
    }));
  });
});
