/** Letters that Unicode does not decompose into a base letter and a mark. */
const undecomposed: { readonly [letter: string]: string } = { ł: 'l', đ: 'd', ø: 'o', ß: 'ss', æ: 'ae', œ: 'oe', ı: 'i' };
const plainAscii = /^[\x20-\x7e]*$/;

/**
 * Brings names into the form in which they are compared: lower case, no diacritics, one space between words.
 * For matching only, never for storing.
 * @example foldText('  Imię i  Nazwisko ') // 'imie i nazwisko'
 */
export function foldText(text: string): string {
  const lower = text.toLowerCase();
  const plain = plainAscii.test(lower) ? lower : lower.normalize('NFKD').replace(/\p{M}/gu, '').replace(/[łđøßæœı]/g, (letter) => undecomposed[letter] ?? letter);
  return plain.replace(/\s+/g, ' ').trim();
}
