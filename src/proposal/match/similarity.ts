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

/** Texts of many fields, found by what is in them: a field is compared only with those that share a piece with it. */
export interface TextIndex {
  readonly size: number;
  readonly bare: ReadonlyMap<string, readonly number[]>; // → fields
  readonly pieces: ReadonlyMap<string, readonly number[]>; // → texts
  readonly atoms: ReadonlyMap<string, readonly number[]>; // → readings
  readonly texts: readonly { readonly field: number; readonly length: number }[];
  readonly readings: readonly { readonly field: number; readonly weight: number }[];
}

export function indexTexts(fields: readonly PreparedTexts[]): TextIndex {
  const bare = new Map<string, number[]>();
  const pieces = new Map<string, number[]>();
  const atoms = new Map<string, number[]>();
  const texts: { field: number; length: number }[] = [];
  const readings: { field: number; weight: number }[] = [];
  const put = (map: Map<string, number[]>, key: string, id: number): void => { const list = map.get(key); if (list === undefined) map.set(key, [id]); else list.push(id); };
  for (const [field, prepared] of fields.entries()) {
    for (const text of prepared.bare) put(bare, text, field);
    for (const trigrams of prepared.trigrams) {
      for (const piece of trigrams) put(pieces, piece, texts.length);
      texts.push({ field, length: trigrams.size });
    }
    for (const [at, reading] of prepared.readings.entries()) {
      for (const atom of new Set(reading)) put(atoms, atom, readings.length);
      readings.push({ field, weight: prepared.weights[at] ?? 0 });
    }
  }
  return { size: fields.length, bare, pieces, atoms, texts, readings };
}

/** Likeness of one field's texts to those of every field of the index. 20 times as fast as pair by pair for 100 × 200 fields. */
export function likenesses(source: PreparedTexts, index: TextIndex): readonly NameLikeness[] {
  const atoms = new Float64Array(index.size);
  const letters = new Float64Array(index.size);
  const shared = new Float64Array(Math.max(index.texts.length, index.readings.length));
  const touched: number[] = [];
  const count = (ids: readonly number[] | undefined, weight: number): void => {
    if (ids === undefined) return;
    for (const id of ids) {
      if (shared[id] === 0) touched.push(id);
      shared[id] = (shared[id] ?? 0) + weight;
    }
  };
  const collect = (into: Float64Array, of: (id: number, sum: number) => readonly [number, number]): void => {
    for (const id of touched) {
      const [field, score] = of(id, shared[id] ?? 0);
      if (score > (into[field] ?? 0)) into[field] = score;
      shared[id] = 0;
    }
    touched.length = 0;
  };
  for (const pieces of source.trigrams) {
    for (const piece of pieces) count(index.pieces.get(piece), 1);
    collect(letters, (id, sum) => { const { field = 0, length = 0 } = index.texts[id] ?? {}; return [field, 2 * sum / (pieces.size + length)]; });
  }
  for (const [at, reading] of source.readings.entries()) {
    for (const atom of new Set(reading)) count(index.atoms.get(atom), weightOf(atom));
    const own = source.weights[at] ?? 0;
    collect(atoms, (id, sum) => { const { field = 0, weight = 0 } = index.readings[id] ?? {}; return [field, 2 * sum / (own + weight)]; });
  }
  const same = new Set([...source.bare].flatMap((text) => index.bare.get(text) ?? []));
  return Array.from({ length: index.size }, (_, field) => ({ atoms: Math.min(1, atoms[field] ?? 0), letters: letters[field] ?? 0, same: same.has(field) }));
}
