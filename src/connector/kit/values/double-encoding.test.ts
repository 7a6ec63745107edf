import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { repairDoubleEncoding } from './double-encoding.ts';

const twice = (text: string, as: string): string => new TextDecoder(as).decode(Buffer.from(text, 'utf8'));

describe('repairing text that was encoded twice', () => {
  it.each(['Novák', 'ż', 'Zażółć gęślą jaźń', 'Łódź – „Piotrkowska”', 'Müller & Söhne'])('gives back %s from either code page', (text) => {
    expect(repairDoubleEncoding(twice(text, 'windows-1252'))).toBe(text);
    expect(repairDoubleEncoding(twice(text, 'windows-1250'))).toBe(text);
  });

  it.each(['Zażółć gęślą jaźń', '„Gruß”', 'ÉCOLE…', 'Ä', 'São Paulo', 'plain', '', 'Ångström', 'Ğ–Š', '日本語', 'ŁÓDŹ'])('leaves %s alone', (text) => {
    expect(repairDoubleEncoding(text)).toBeNull();
  });

  it('repairs the damaged part of a text and leaves the sound part', () => {
    expect(repairDoubleEncoding('Łódź, NovÃ¡k')).toBe('Łódź, Novák');
  });

  it('gives back any Polish text, and never touches it before it is damaged', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'ąćęłńóśźżĄĆĘŁŃÓŚŹŻ abcxyz-'), minLength: 1 });
    fc.assert(fc.property(letters, (text) => {
      expect(repairDoubleEncoding(text)).toBeNull();
      if (/[^ -~]/.test(text)) expect(repairDoubleEncoding(twice(text, 'windows-1252'))).toBe(text);
    }));
  });
});
