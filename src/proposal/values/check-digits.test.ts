import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { frenchVat, germanVat, gtin, iban, luhn, nip, pesel, regon, spanishCif, spanishNif, vatNumber } from './check-digits.ts';

describe('check digits', () => {
  test.each([
    [luhn, '732829320'], [luhn, '73282932000074'], [iban, 'DE89370400440532013000'], [iban, 'PL61109010140000071219812874'], [nip, '5260250995'], [regon, '123456785'], [pesel, '44051401359'],
    [germanVat, '136695976'], [frenchVat, '83404833048'], [spanishNif, '12345678Z'], [spanishNif, 'X1234567L'], [spanishCif, 'B58818501'], [gtin, '4006381333931'],
  ] as const)('%o accepts %s', (check, good) => expect(check(good)).toBe(true));

  // A single wrong digit is what check digits are for; these methods find every one of them.
  test.each([[luhn, '732829320'], [iban, 'DE89370400440532013000'], [nip, '5260250995'], [germanVat, '136695976'], [gtin, '4006381333931'], [spanishNif, '12345678Z']] as const)('%o refuses every single wrong digit of %s', (check, good) => {
    const places = [...good].flatMap((sign, at) => (/\d/.test(sign) ? [at] : []));
    fc.assert(fc.property(fc.constantFrom(...places), fc.integer({ min: 1, max: 9 }), (at, shift) => {
      const wrong = `${good.slice(0, at)}${(Number(good[at]) + shift) % 10}${good.slice(at + 1)}`;
      return !check(wrong);
    }));
  });

  test('never throws, whatever the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      for (const check of [luhn, iban, nip, regon, pesel, germanVat, frenchVat, spanishNif, spanishCif, gtin]) expect(typeof check(text)).toBe('boolean');
      const sure = vatNumber(text);
      expect(sure >= 0 && sure <= 1).toBe(true);
    }));
  });

  test('a VAT number is surer with a right check digit than by its shape', () => {
    expect(vatNumber('DE 136 695 976')).toBe(1);
    expect(vatNumber('DE136695975')).toBeLessThan(0.7);
    expect(vatNumber('ATU12345678')).toBe(0.7);
    expect(vatNumber('hello')).toBe(0);
  });
});
