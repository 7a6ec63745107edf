import { foldText } from '../fold.ts';

const booleanWords = new Set(['tak', 'nie', 't', 'n', 'yes', 'no', 'y', 'true', 'false', 'prawda', 'falsz', 'x', '✓', 'aktywny', 'nieaktywny']);

/** Words that stand for yes and no in Polish and English; 1 and 0 are left to the numbers. */
export const isBooleanWord = (value: string): boolean => value.length <= 10 && booleanWords.has(foldText(value));

/** One e-mail address, alone, in angle brackets after a name, or after `mailto:`. */
export const isEmailValue = (value: string): boolean => /^(?:mailto:)?[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+$|^[^<>@]*<[^\s@<>,;]+@[^\s@<>,;]+>$/i.test(value.trim());

export const isUrlValue = (value: string): boolean => /^(?:https?:\/\/|www\.)[^\s]+\.[^\s]+$/i.test(value.trim());

/** Digits as people write phone numbers: 7 to 15 of them, with at most the usual marks. */
export function isPhoneValue(value: string): boolean {
  const digits = value.replace(/\D/g, '').length;
  return digits >= 7 && digits <= 15 && /^[+(]?[\d\s()./-]+(?:\s?(?:wew|ext|w)\.?\s?\d+)?$/i.test(value.trim());
}

/** A phone number that a spreadsheet turned into `4,86E+10`: its last digits are lost for good. */
export const isDamagedPhone = (value: string): boolean => /^\d[.,]?\d*E\+\d+$/i.test(value.trim());
