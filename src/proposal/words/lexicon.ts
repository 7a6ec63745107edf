import { fold } from '../../plan/values/fold.ts';
import { businessAtoms } from './atoms-business.ts';
import { peopleAtoms } from './atoms-people.ts';
import { placeAtoms } from './atoms-places.ts';

/** What one word or fixed phrase can stand for: one or more readings, each a row of atoms. */
export type Readings = readonly (readonly string[])[];

const table = new Map<string, (readonly string[])[]>();
/** Longest fixed phrase, in words. */
export let longestPhrase = 1;

function add(word: string, atoms: readonly string[]): void {
  const readings = table.get(word) ?? [];
  // The word that is itself the atom's name is its first reading; others follow in the order of the tables.
  if (readings.some((known) => known.join(' ') === atoms.join(' '))) return;
  if (atoms.length === 1 && atoms[0] === word) readings.unshift(atoms);
  else readings.push(atoms);
  table.set(word, readings);
  longestPhrase = Math.max(longestPhrase, word.split(' ').length);
}

for (const atoms of [peopleAtoms, placeAtoms, businessAtoms]) {
  for (const [key, words] of Object.entries(atoms)) {
    const row = key.split(' ');
    for (const word of words.split(' ')) if (word !== '') add(word.replaceAll('_', ' '), row);
    if (row.length === 1) add(key, row);
  }
}

/** Words that carry no meaning in a header, in five languages. */
const fillers = new Set(('the a an of and or in into with per his her its your my our their this that der die das des dem den ein eine einer eines und oder mit zum zur im am auf aus bei pro '
  + 'le la les du de des un une et ou en au aux sur avec d l el los las del y o con su sus al i w we z ze na do oraz lub dla wg het een en van met il lo gli della dello e ed da').split(' '));
// "am", "le", "el" alone say nothing; in a phrase ("erstellt am") they are met as part of it.

export const isFiller = (word: string): boolean => fillers.has(word);

/** The readings of a folded word or phrase; undefined = not in the lexicon. */
export const readingsOf = (word: string): Readings | undefined => table.get(word);

/** All single words of the lexicon of at least four letters, for compounds and typing errors, grouped by length. */
const byLength = new Map<number, string[]>();
for (const word of table.keys()) {
  if (word.includes(' ') || word.length < 4) continue;
  byLength.set(word.length, [...byLength.get(word.length) ?? [], word]);
}

/** How heavily an atom counts when headers are compared: what merely frames ("date", "id", "of") counts little. */
const light: { readonly [atom: string]: number } = {
  net: 0.2, gross: 0.3, in_currency: 0.15, flag: 0.2, date: 0.3, time: 0.3, at: 0.15, id: 0.4, number: 0.5, code: 0.5, of: 0.25, for: 0.2, from: 0.3, to: 0.3, is: 0.3, count: 0.9, field: 0.1, system: 0.15, custom: 0.15, full: 0.5,
  name: 0.7, value: 0.8, type: 0.9, percent: 0.4, url: 0.5, own: 0.3, display: 0.5, default_flag: 0.4, since: 0.6, total: 0.8, primary: 0.5, line: 0.4, address: 0.8, info: 0.2, '1': 0.35, original: 0.3, postal: 0.2, result: 0.6, current: 0.2, landline: 0.15, guess: 0.2, membership: 0.4, record: 0.25, sales: 0.5,
};
/** An unknown word of two letters hardly counts: it is the rest of an abbreviation. */
export const weightOf = (atom: string): number => light[atom] ?? (atom.length <= 2 && !table.has(atom) ? 0.3 : 1);

/** Joins of German compounds: `Rechnung-s-adresse`. */
const joints = ['', 's', 'n', 'en', 'es', 'e', 'er'];

/** Splits a compound or a run-together name into known words: `closedate` → close, date; `rechnungsadresse` → rechnung, adresse. null = it has no such split. */
export function splitCompound(word: string): readonly string[] | null {
  if (word.length < 6 || word.length > 48) return null;
  const memo = new Map<number, readonly string[] | null>();
  const from = (start: number): readonly string[] | null => {
    if (start === word.length) return [];
    const known = memo.get(start);
    if (known !== undefined) return known;
    let best: readonly string[] | null = null;
    for (let end = word.length; end >= start + 2; end -= 1) {
      const part = word.slice(start, end);
      if (start === 0 && end === word.length) continue;
      if (!table.has(part) || (part.length <= 3 && !shortParts.has(part))) continue;
      for (const joint of joints) {
        if (!word.startsWith(joint, end) || (joint !== '' && end + joint.length === word.length)) continue;
        const rest = from(end + joint.length);
        if (rest !== null && (best === null || rest.length + 1 < best.length)) best = [part, ...rest];
      }
    }
    memo.set(start, best);
    return best;
  };
  return from(0);
}

// Two or three letters fit nearly anywhere; only these are let stand inside a run of letters.
const shortParts = new Set(['nr', 'plz', 'ort', 'tel', 'fax', 'tag', 'web', 'url', 'vat', 'job', 'age', 'zip', 'won', 'due', 'str', 'org', 'fon', 'typ', 'nom', 'mob', 'sms', 'utm', 'end', 'art']);

/** The lexicon's word at one typing error from a word of six letters or more; null = none, or several that mean different things. */
export function nearestWord(word: string): string | null {
  if (word.length < 6 || word.length > 24) return null;
  let found: string | null = null;
  for (const length of [word.length, word.length - 1, word.length + 1]) {
    for (const candidate of byLength.get(length) ?? []) {
      if (candidate.charCodeAt(0) !== word.charCodeAt(0) || candidate.length < 6 || !oneApart(word, candidate)) continue;
      if (found !== null && table.get(found)?.[0]?.join() !== table.get(candidate)?.[0]?.join()) return null;
      found = candidate;
    }
  }
  return found;
}

const sorted = [...byLength.values()].flat().toSorted((left, right) => (left < right ? -1 : 1));

function withPrefix(prefix: string): readonly string[] {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') < prefix) low = middle + 1; else high = middle;
  }
  let end = low;
  while (sorted[end]?.startsWith(prefix) === true && end - low < 200) end += 1;
  return sorted.slice(low, end);
}

const vowels = /(?!^)[aeiouy]/g;
const bySkeleton = new Map<string, string[]>();
for (const word of sorted) {
  const skeleton = word.replaceAll(vowels, '');
  if (skeleton.length >= 3) bySkeleton.set(skeleton, [...bySkeleton.get(skeleton) ?? [], word]);
}

/** The rows of atoms that most of the words carry, at most `limit`. */
function commonReadings(words: readonly string[], limit: number): Readings {
  const counts = new Map<string, { readonly row: readonly string[]; count: number }>();
  for (const word of words) {
    const row = table.get(word)?.[0];
    if (row === undefined) continue;
    const entry = counts.get(row.join(' ')) ?? { row, count: 0 };
    entry.count += 1;
    counts.set(row.join(' '), entry);
  }
  return [...counts.values()].toSorted((left, right) => right.count - left.count).slice(0, limit).map(({ row }) => [...row, 'guess']);
}

/**
 * What an abbreviation may stand for: a beginning (`Bem.`, `apell`) or the consonants (`src`, `rsn`) of known words.
 * The atom `guess` marks it as less sure. At most 3 readings.
 */
export function expansions(word: string): Readings {
  if (word.length < 3) return [];
  const skeleton = /[aeiouy]/.test(word.slice(1)) ? [] : bySkeleton.get(word) ?? [];
  return commonReadings([...skeleton, ...skeleton, ...withPrefix(word)], 3);
}

/** What an inflected word may stand for: known words with the same stem and another ending (`oceny`, `handlowych`). At most 2 readings. */
export function stemReadings(word: string): Readings {
  for (const cut of [1, 2, 3]) {
    const stem = word.slice(0, word.length - cut);
    if (stem.length < 4) break;
    const found = withPrefix(stem).filter((known) => known.length <= stem.length + 3);
    if (found.length > 0) return commonReadings(found, 2);
  }
  return [];
}

/** One letter more, less or other, or two neighbours swapped. */
export function oneApart(left: string, right: string): boolean {
  const [short, long] = left.length <= right.length ? [left, right] : [right, left];
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1);
  return short.slice(at + 1) === long.slice(at + 1) || (short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2));
}

/** Folds, and undoes the spelling of umlauts with an e. */
export const withoutUmlautE = (word: string): string => fold(word).replaceAll(/([aou])e/g, '$1');
