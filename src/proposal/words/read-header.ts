import { fold } from '../../plan/values/fold.ts';
import { expansions, isFiller, longestPhrase, nearestWord, readingsOf, splitCompound, stemReadings, withoutUmlautE } from './lexicon.ts';
import type { Readings } from './lexicon.ts';

/** A header as ideas. */
export interface HeaderReading {
  /** Possible readings, each a set of atoms; words that are not in the lexicon stand for themselves. At most 6. */
  readonly readings: readonly (readonly string[])[];
  /** The folded words, in order. */
  readonly words: readonly string[];
  /** Words that no table, compound or typing error explains. */
  readonly unknown: readonly string[];
}

/** Words longer or more than this are not read on: a header is not a text. */
const MAX_LENGTH = 160;
const MAX_WORDS = 14;
const MAX_READINGS = 6;

/** Splits `billingAddress.address1`, `hs_lastmodifieddate`, `E-mail 1 - Value` into folded words. */
export function wordsOf(header: string): readonly string[] {
  const spaced = header.slice(0, MAX_LENGTH)
    .replaceAll(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replaceAll(/(\p{Lu}{2,})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .replaceAll(/%/g, ' percent ').replaceAll(/#/g, ' number ');
  return fold(spaced).split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '').slice(0, MAX_WORDS);
}

const memo = new Map<string, HeaderReading>();

/** Reads a header: words, fixed phrases (longest first), compounds, typing errors. Pure; the last 20,000 headers are remembered. */
export function readHeader(header: string): HeaderReading {
  const known = memo.get(header);
  if (known !== undefined) return known;
  const reading = read(wordsOf(header), new Set([...fold(header.slice(0, MAX_LENGTH)).matchAll(/(\p{L}{2,})\.(?![\p{L}\p{N}])/gu)].map((match) => match[1] ?? '')));
  if (memo.size >= 20_000) memo.clear();
  memo.set(header, reading);
  return reading;
}

/** @param dotted words written with a point after them: most likely cut short */
function read(words: readonly string[], dotted: ReadonlySet<string>): HeaderReading {
  let readings: string[][] = [[]];
  const unknown: string[] = [];
  const extend = (choices: Readings): void => {
    const next: string[][] = [];
    for (const choice of choices) for (const reading of readings) if (next.length < MAX_READINGS) next.push([...reading, ...choice]);
    readings = next;
  };
  for (let at = 0; at < words.length;) {
    let taken = 0;
    for (let length = Math.min(longestPhrase, words.length - at); length >= 1 && taken === 0; length -= 1) {
      const phrase = words.slice(at, at + length).join(' ');
      if (length === 1 && isFiller(phrase) && words.length > 1) break;
      const found = readingsOf(phrase);
      if (found !== undefined) { extend(length === 1 && dotted.has(phrase) ? [...found, ...expansions(phrase)] : found); taken = length; }
    }
    if (taken === 0) readWord({ word: words[at] ?? '', alone: words.length === 1, cut: dotted.has(words[at] ?? ''), extend, unknown });
    at += Math.max(taken, 1);
  }
  return { readings: readings.map((reading) => [...new Set(reading)]), words, unknown };
}

interface WordParams { readonly word: string; readonly alone: boolean; readonly cut: boolean; readonly extend: (choices: Readings) => void; readonly unknown: string[] }

function readWord({ word, alone, cut, extend, unknown }: WordParams): void {
  if (isFiller(word) && !alone) return;
  if (/^\d+$/.test(word)) { extend([[numberAtom(word)]]); return; }
  for (const form of [word, withoutUmlautE(word)]) {
    const direct = form === word ? undefined : readingsOf(form);
    if (direct !== undefined) { extend(direct); return; }
    const parts = splitCompound(form);
    if (parts !== null) { for (const part of parts) extend(readingsOf(part) ?? [[part]]); return; }
  }
  const numbered = /^(\p{L}{2,})(\d{1,2})$/u.exec(word);
  if (numbered?.[1] !== undefined && numbered[2] !== undefined) {
    readPlain({ word: numbered[1], cut, extend, unknown });
    extend([[numberAtom(numbered[2])]]);
    return;
  }
  readPlain({ word, cut, extend, unknown });
}

/** A word without its number: known, a typing error away, or unknown and standing for itself. */
function readPlain({ word, cut, extend, unknown }: Omit<WordParams, 'alone'>): void {
  const direct = readingsOf(word);
  if (direct !== undefined) { extend(direct); return; }
  const near = nearestWord(word);
  const readings = near === null ? undefined : readingsOf(near);
  if (readings !== undefined) { extend(readings); return; }
  const guesses = cut || word.length <= 6 ? expansions(word) : [];
  const stems = guesses.length > 0 ? guesses : stemReadings(word);
  if (stems.length === 0) unknown.push(word);
  extend([...stems, [word]]);
}

/** `Phone 2` is a second phone; `Address 1` the first. Longer numbers stand for themselves. */
const numberAtom = (digits: string): string => (digits === '2' || digits === '02' ? 'second' : digits === '1' || digits === '01' ? '1' : digits);
