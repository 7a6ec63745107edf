import { readHeader } from '../words/read-header.ts';
import { weightOf } from '../words/lexicon.ts';
import { addressConcepts } from './addresses.ts';
import { businessConcepts } from './business.ts';
import { organisationConcepts } from './organisations.ts';
import { peopleConcepts } from './people.ts';

/** Kinds of objects that fields belong to; a field's meaning depends on them ("Title" of a person, of a deal, of a ticket). */
export const objectKinds = ['p', 'o', 'd', 't', 'c', 'i', 'e', 'a'] as const;
export type ObjectKind = (typeof objectKinds)[number];

/** One way to say a meaning: a set of atoms. */
export interface Pattern {
  readonly concept: number; // index in `concepts`
  readonly atoms: readonly string[];
  readonly weight: number; // sum of the atoms' weights
  readonly objects: readonly ObjectKind[] | null; // null = wherever the meaning fits
  readonly sureness: number; // 0..1, damped: 1 stays 1, 0.5 counts 0.78
}

/** A meaning a field can have. */
export interface Concept {
  readonly id: string;
  readonly objects: readonly ObjectKind[] | null; // null = any
  /** The objects that it speaks for: a phone number may be anybody's, but a stage says "deal". */
  readonly marks: readonly ObjectKind[];
  readonly kinds: readonly string[];
  readonly patterns: readonly Pattern[];
}

/** `customer name^d@0.5` → atoms, objects, sureness. */
function parsePattern(text: string, concept: number): Pattern {
  const match = /^(.*?)(?:\^([a-z]+))?(?:@([\d.]+))?$/.exec(text);
  const words = match?.[1] ?? text;
  // In a pattern a word is first of all the atom of that name.
  const atoms = words.split(' ').flatMap((word) => readHeader(word).readings[0] ?? [word]);
  const unique = [...new Set(atoms)];
  return {
    concept, atoms: unique, weight: unique.reduce((sum, atom) => sum + weightOf(atom), 0),
    objects: match?.[2] === undefined ? null : kindsOf(match[2]), sureness: match?.[3] === undefined ? 1 : Number(match[3]) ** 0.35,
  };
}

const kindsOf = (letters: string): readonly ObjectKind[] => objectKinds.filter((kind) => letters.includes(kind));

function parse(line: string, index: number): Concept {
  const [id = '', objects = '', kinds = '', ways = ''] = line.split('|').map((part) => part.trim());
  const letters = objects.replace('l', 'p');
  return {
    id, objects: letters === '*' ? null : kindsOf(letters), marks: letters === '*' ? [] : kindsOf(objects.replace('l', '')), kinds: kinds === '' ? [] : kinds.split(' '),
    patterns: ways.split(';').map((way) => way.trim()).filter((way) => way !== '').map((way) => parsePattern(way, index)),
  };
}

/** All meanings that Portolan knows. */
export const concepts: readonly Concept[] = [peopleConcepts, organisationConcepts, addressConcepts, businessConcepts]
  .flatMap((text) => text.split('\n')).filter((line) => line.includes('|')).map(parse);

const indexOf = new Map(concepts.map(({ id }, index) => [id, index]));

/** Index of a concept. @throws RangeError for a name that the tables do not have: a typing error in a table. */
export function conceptIndex(id: string): number {
  const index = indexOf.get(id);
  if (index === undefined) throw new RangeError(`There is no concept "${id}" in src/proposal/concepts`);
  return index;
}

/** Patterns by atom: only those that share an atom with a header are compared with it. */
export const patternsByAtom: ReadonlyMap<string, readonly Pattern[]> = (() => {
  const map = new Map<string, Pattern[]>();
  for (const concept of concepts) for (const pattern of concept.patterns) for (const atom of pattern.atoms) map.set(atom, [...map.get(atom) ?? [], pattern]);
  return map;
})();
