import { readHeader, wordsOf } from '../words/read-header.ts';
import { weightOf } from '../words/lexicon.ts';

/** Likeness of names, apart from any meaning: 0..1 each. */
export interface NameLikeness {
  readonly atoms: number; // weighted overlap of ideas, best pair of readings
  readonly letters: number; // overlap of three-letter pieces, best pair of texts
  readonly same: boolean; // one text is the other apart from spelling
}

/** A field's texts prepared once for many comparisons. */
export interface PreparedTexts {
  readonly bare: ReadonlySet<string>;
  readonly trigrams: readonly ReadonlySet<string>[];
  readonly readings: readonly (readonly string[])[];
  readonly weights: readonly number[];
}

export function prepareTexts(texts: readonly string[]): PreparedTexts {
  const words = texts.map(wordsOf);
  const readings = [...new Map(texts.flatMap((text) => readHeader(text).readings).filter((reading) => reading.length > 0).map((reading) => [reading.join(' '), reading])).values()].slice(0, 6);
  return {
    bare: new Set(words.map((each) => each.join('')).filter((each) => each !== '')),
    trigrams: words.map((each) => trigramsOf(each.join(' '))), readings, weights: readings.map((reading) => reading.reduce((sum, atom) => sum + weightOf(atom), 0)),
  };
}

function trigramsOf(text: string): ReadonlySet<string> {
  const padded = ` ${text} `;
  const pieces = new Set<string>();
  for (let at = 0; at + 3 <= padded.length; at += 1) pieces.add(padded.slice(at, at + 3));
  return pieces;
}

export function nameLikeness(left: PreparedTexts, right: PreparedTexts): NameLikeness {
  let atoms = 0;
  for (const [at, reading] of left.readings.entries()) {
    for (const [other, otherReading] of right.readings.entries()) {
      let shared = 0;
      for (const atom of reading) if (otherReading.includes(atom)) shared += weightOf(atom);
      if (shared > 0) atoms = Math.max(atoms, 2 * shared / ((left.weights[at] ?? 0) + (right.weights[other] ?? 0)));
    }
  }
  let letters = 0;
  for (const pieces of left.trigrams) {
    for (const others of right.trigrams) {
      let shared = 0;
      for (const piece of pieces) if (others.has(piece)) shared += 1;
      letters = Math.max(letters, pieces.size + others.size === 0 ? 0 : 2 * shared / (pieces.size + others.size));
    }
  }
  let same = false;
  for (const text of left.bare) if (right.bare.has(text)) same = true;
  return { atoms: Math.min(1, atoms), letters, same };
}
