/** Check digits of identifiers. Each takes letters and digits without separators, upper case; pure. */

const digitsOf = (text: string): readonly number[] => [...text].map(Number);
const weighted = (text: string, weights: readonly number[]): number => weights.reduce((sum, weight, at) => sum + weight * Number(text[at]), 0);

/** Luhn: SIREN, SIRET, credit cards. */
export function luhn(text: string): boolean {
  if (!/^\d{2,}$/.test(text)) return false;
  const sum = digitsOf(text).toReversed().reduce((total, digit, at) => total + (at % 2 === 0 ? digit : digit * 2 > 9 ? digit * 2 - 9 : digit * 2), 0);
  return sum % 10 === 0;
}

/** IBAN: ISO 13616, the number modulo 97 is 1. */
export function iban(text: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(text)) return false;
  let rest = 0;
  for (const sign of `${text.slice(4)}${text.slice(0, 4)}`) {
    const value = /\d/.test(sign) ? sign : String(sign.charCodeAt(0) - 55);
    for (const digit of value) rest = (rest * 10 + Number(digit)) % 97;
  }
  return rest === 1;
}

/** Polish tax number. */
export const nip = (text: string): boolean => /^\d{10}$/.test(text) && weighted(text, [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 === Number(text[9]);

/** Polish statistical number of nine digits. */
export const regon = (text: string): boolean => /^\d{9}$/.test(text) && weighted(text, [8, 9, 2, 3, 4, 5, 6, 7]) % 11 % 10 === Number(text[8]);

/** Polish personal number. */
export const pesel = (text: string): boolean => /^\d{11}$/.test(text) && (10 - weighted(text, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10) % 10 === Number(text[10]);

/** German VAT number without DE: ISO 7064, modulo 11, 10. */
export function germanVat(text: string): boolean {
  if (!/^[1-9]\d{8}$/.test(text)) return false;
  let product = 10;
  for (const digit of digitsOf(text.slice(0, 8))) {
    const sum = (digit + product) % 10;
    product = (2 * (sum === 0 ? 10 : sum)) % 11;
  }
  return (11 - product) % 10 === Number(text[8]);
}

/** French VAT number without FR: two check digits before the SIREN. */
export const frenchVat = (text: string): boolean => /^\d{11}$/.test(text) && (12 + 3 * (Number(text.slice(2)) % 97)) % 97 === Number(text.slice(0, 2));

const spanishLetters = 'TRWAGMYFPDXBNJZSQVHLCKE';

/** Spanish personal number (NIF or NIE). */
export function spanishNif(text: string): boolean {
  const match = /^([XYZ]?)(\d{7,8})([A-Z])$/.exec(text);
  if (match === null || (match[1] === '') !== (match[2]?.length === 8)) return false;
  const number = Number(`${match[1] === '' ? '' : 'XYZ'.indexOf(match[1] ?? '')}${match[2]}`);
  return spanishLetters[number % 23] === match[3];
}

/** Spanish company number (CIF). */
export function spanishCif(text: string): boolean {
  const match = /^[ABCDEFGHJNPQRSUVW](\d{7})([0-9A-J])$/.exec(text);
  if (match?.[1] === undefined) return false;
  const sum = digitsOf(match[1]).reduce((total, digit, at) => total + (at % 2 === 1 ? digit : digit * 2 > 9 ? digit * 2 - 9 : digit * 2), 0);
  const check = (10 - sum % 10) % 10;
  return match[2] === String(check) || match[2] === 'JABCDEFGHI'[check];
}

/** EAN-8, UPC-A, EAN-13, GTIN-14. */
export function gtin(text: string): boolean {
  if (!/^(?:\d{8}|\d{12,14})$/.test(text)) return false;
  const sum = digitsOf(text.slice(0, -1)).toReversed().reduce((total, digit, at) => total + digit * (at % 2 === 0 ? 3 : 1), 0);
  return (10 - sum % 10) % 10 === Number(text.at(-1));
}

/** Shape of VAT numbers of the European Union, the United Kingdom, Norway and Switzerland, by prefix. */
const vatShape = /^(?:AT?U\d{8}|BE[01]\d{9}|BG\d{9,10}|CY\d{8}[A-Z]|CZ\d{8,10}|DE\d{9}|DK\d{8}|EE\d{9}|EL\d{9}|ES[A-Z0-9]\d{7}[A-Z0-9]|FI\d{8}|FR[A-Z0-9]{2}\d{9}|GB\d{9}(?:\d{3})?|HR\d{11}|HU\d{8}|IE\d[A-Z0-9+*]\d{5}[A-Z]{1,2}|IT\d{11}|LT(?:\d{9}|\d{12})|LU\d{8}|LV\d{11}|MT\d{8}|NL\d{9}B\d{2}|PL\d{10}|PT\d{9}|RO\d{2,10}|SE\d{12}|SI\d{8}|SK\d{10}|CHE\d{9}(?:MWST|TVA|IVA)?|NO\d{9}(?:MVA)?|XI\d{9}|US\d{9})$/;

/** How surely a text is a VAT number: 1 with a right check digit, 0.7 by shape and prefix, 0 not. Only Germany, France, Poland and Spain are checked by digit. */
export function vatNumber(text: string): number {
  const bare = text.toUpperCase().replaceAll(/[\s.\-/]/g, '');
  if (vatShape.test(bare)) {
    const checked = { DE: germanVat, FR: frenchVat, PL: nip, ES: (rest: string) => spanishNif(rest) || spanishCif(rest) }[bare.slice(0, 2)];
    return checked === undefined ? 0.7 : checked(bare.slice(2)) ? 1 : 0.6;
  }
  // Ten digits pass the Polish check by chance in 1 of 11 cases: half sure alone, sure over a whole column.
  return spanishCif(bare) || spanishNif(bare) ? 0.9 : nip(bare) ? 0.7 : 0;
}
