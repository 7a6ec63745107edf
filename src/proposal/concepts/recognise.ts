import { isPlaceholder } from '../words/generic-headers.ts';
import { readHeader } from '../words/read-header.ts';
import { weightOf } from '../words/lexicon.ts';
import type { ValueProfile } from '../values/profile-samples.ts';
import { addressConcepts } from './addresses.ts';
import { concepts, objectKinds, patternsByAtom } from './concepts.ts';
import type { ObjectKind, Pattern } from './concepts.ts';

/** Which kind of object the fields belong to, as shares that sum to 1. */
export type ObjectShares = Readonly<Record<ObjectKind, number>>;

/** What a field may mean. */
export interface Recognition {
  /** Meanings by probability, best first, at most 6; what is missing to 1 is "something else". */
  readonly meanings: readonly { readonly concept: number; readonly probability: number; readonly header: number; readonly support: number }[];
  /** Which of several addresses, phones, e-mails: `billing`, `home`, … or null. */
  readonly facet: Facet | null;
  /** Share of the header's weight that no known word explains. */
  readonly strange: number;
}

export const facets = ['shipping', 'billing', 'mailing', 'home', 'other', 'work', 'second', 'primary'] as const;
export type Facet = (typeof facets)[number];
const facetAtoms = new Set<string>(facets);
const addressIds = new Set(addressConcepts.split('\n').map((line) => line.split('|')[0]?.trim() ?? ''));
const takesFacet = new Set([...addressIds, 'phone', 'phone-home', 'mobile', 'email', 'fax', 'website', 'full-name', 'first-name', 'last-name', 'org-name', 'company']);

/** Words that only repeat what the object is: "Deal name" of a deal. */
const objectAtoms: { readonly [atom: string]: readonly ObjectKind[] } = {
  deal: ['d'], lead: ['p', 'd'], ticket: ['t'], company: ['o'], account: ['o'], contact: ['p'], person: ['p', 'e'], customer: ['p', 'o', 'c'], user: ['p'], order: ['c'], invoice: ['c'], product: ['i'], employee: ['e'], supplier: ['o'], partner: ['p', 'o'], activity: ['a'], task: ['a'], meeting: ['a'], call: ['a'],
};

export const evenShares: ObjectShares = Object.fromEntries(objectKinds.map((kind) => [kind, 1 / objectKinds.length])) as ObjectShares;

/** Kinds of values that say little, because much looks like them. */
const vague = new Set(['enum', 'text', 'int', 'id', 'tags', 'money', 'percent', 'dec', 'ref', 'subject', 'dealname', 'file', 'range', 'handle', 'year', 'date', 'datetime', 'epoch', 'bool', 'family', 'company', 'person', 'given', 'duration']);
/** Kinds that contradict a meaning which does not expect them. */
const hard = ['email', 'url', 'uuid', 'date', 'datetime', 'iban', 'ip', 'phone', 'html', 'latlong', 'social', 'domain', 'bool', 'job', 'person'];
const textual = new Set(['text', 'html', 'subject', 'dealname']);

/** Kinds that all their values must look like: a column without a single date is no date. */
const strictKinds = new Set(['date', 'datetime', 'epoch', 'bool', 'email', 'phone', 'mobile', 'url', 'image', 'iban', 'money', 'percent', 'int', 'dec', 'ip', 'latlong', 'domain']);

/** How well values fit what a meaning expects: about -2.5 … +2.5; 0 = they say nothing. */
function valueSupport(kinds: readonly string[], profile: ValueProfile, type: string): number {
  if (profile.count === 0) return typeSupport(kinds, type);
  let best = 0;
  let bestVague = true;
  for (const kind of kinds) {
    const share = profile.kinds.get(kind) ?? 0;
    if (share > best + 0.05 || (share > best - 0.05 && bestVague && !vague.has(kind))) { best = Math.max(best, share); bestVague = vague.has(kind); }
  }
  let contradiction = 0;
  for (const kind of hard) if (!kinds.includes(kind) && !(kind === 'url' && kinds.some((each) => each === 'social' || each === 'image')) && !(kind === 'html' && kinds.includes('text'))) contradiction = Math.max(contradiction, profile.kinds.get(kind) ?? 0);
  const conflict = kinds.length === 0 ? 0.4 * contradiction : contradiction;
  const few = Math.min(1, 0.4 + profile.count / 6);
  if (kinds.length === 0) return -conflict * few;
  if (best < 0.1 && kinds.every((kind) => strictKinds.has(kind))) return -1.8 * few;
  const support = bestVague ? 1.1 * best - 0.4 : 2.4 * best - 0.9;
  return (support - 2.4 * Math.max(0, conflict - best)) * few + 0.3 * typeSupport(kinds, type);
}

/** Without values, the declared type says a little. */
function typeSupport(kinds: readonly string[], type: string): number {
  const declared = kindOfType(type);
  if (declared === null || kinds.length === 0) return 0;
  if (declared.some((kind) => kinds.includes(kind))) return 0.6;
  return kinds.some((kind) => textual.has(kind)) || declared.includes('text') ? 0 : -0.8;
}

const typeKinds: readonly (readonly [RegExp, readonly string[]])[] = [
  [/bool|checkbox/i, ['bool']], [/date|time/i, ['date', 'datetime', 'epoch']], [/mail/i, ['email']], [/phone/i, ['phone', 'mobile']], [/url|link/i, ['url', 'domain', 'image', 'social']],
  [/currency|monetary|money/i, ['money']], [/int|number|float|decimal|double|percent/i, ['int', 'dec', 'money', 'percent', 'id', 'epoch', 'score']], [/enum|select|picklist|choice|dropdown|option/i, ['enum', 'status', 'priority', 'stage', 'country', 'lang', 'currency', 'source', 'channel']],
  [/user|owner|people|assignee/i, ['user', 'person', 'id']], [/text|html|note|memo/i, ['text', 'html']], [/array|multi|tags|list/i, ['tags']], [/image|binary|file|photo|attachment/i, ['image', 'file']], [/^id$|uuid/i, ['id', 'uuid']],
];
const kindsByType = new Map<string, readonly string[] | null>();

/** The kinds of values that a platform's type declares; null = says nothing. */
export function kindOfType(type: string): readonly string[] | null {
  const known = kindsByType.get(type);
  if (known !== undefined) return known;
  const found = typeKinds.find(([shape]) => shape.test(type))?.[1] ?? null;
  if (kindsByType.size < 5000) kindsByType.set(type, found);
  return found;
}

/** Header similarity of each concept, 0..1: best pattern over all readings of the texts. */
function headerScores(texts: readonly string[], shares: ObjectShares): { readonly scores: Map<number, number>; readonly facet: Facet | null; readonly strange: number } {
  const scores = new Map<number, number>();
  let facet: Facet | null = null;
  let strange = 1;
  const seen = new Set<string>();
  for (const text of texts) {
    const { readings, unknown, words } = readHeader(text);
    strange = Math.min(strange, words.length === 0 ? 1 : unknown.length / words.length);
    for (const reading of readings) {
      const id = reading.join(' ');
      if (reading.length === 0 || seen.has(id)) continue;
      seen.add(id);
      facet ??= facets.find((each) => reading.includes(each)) ?? null;
      for (const candidate of candidatesOf(id, reading)) {
        const score = candidateScore(candidate, shares);
        if (score > (scores.get(candidate.pattern.concept) ?? 0.3)) scores.set(candidate.pattern.concept, score);
      }
    }
  }
  return { scores, facet, strange };
}

/** A pattern that shares enough with a reading, measured as far as that does not depend on the object. */
interface Candidate {
  readonly pattern: Pattern;
  readonly matched: number;
  readonly extra: number; // weight of what the reading has beyond the pattern
  readonly contextual: readonly (readonly [readonly ObjectKind[], number])[]; // more of it, which may only repeat the object
}

const memo = new Map<string, readonly Candidate[]>();

/** The same few hundred ideas make up most headers, so what they resemble is remembered: 4 times as fast over an object. */
function candidatesOf(id: string, reading: readonly string[]): readonly Candidate[] {
  const known = memo.get(id);
  if (known !== undefined) return known;
  const tried = new Set<Pattern>();
  const candidates: Candidate[] = [];
  for (const atom of reading) {
    for (const pattern of patternsByAtom.get(atom) ?? []) {
      if (tried.has(pattern)) continue;
      tried.add(pattern);
      const candidate = compare(pattern, reading);
      if (candidate !== null) candidates.push(candidate);
    }
  }
  if (memo.size >= 20_000) memo.clear();
  memo.set(id, candidates);
  return candidates;
}

function compare(pattern: Pattern, reading: readonly string[]): Candidate | null {
  let matched = 0;
  for (const atom of pattern.atoms) if (reading.includes(atom)) matched += weightOf(atom);
  if (matched < pattern.weight * 0.45) return null;
  const freeFacet = takesFacet.has(concepts[pattern.concept]?.id ?? '');
  let extra = 0;
  let least = 0;
  const contextual: (readonly [readonly ObjectKind[], number])[] = [];
  for (const atom of reading) {
    if (pattern.atoms.includes(atom)) continue;
    const owners = objectAtoms[atom];
    const weight = freeFacet && facetAtoms.has(atom) ? 0.05 : weightOf(atom);
    if (owners === undefined) extra += weight; else { contextual.push([owners, weight]); least += Math.min(weight, OBJECT_WORD); }
  }
  return matched / (matched + MISSING * (pattern.weight - matched) + extra + least) * pattern.sureness < 0.3 ? null : { pattern, matched, extra, contextual };
}

// A missing word of the pattern weighs less than one too many: "Zip" for "zip code", but "Lead source detail" is not "lead source".
const MISSING = 0.9;
const OBJECT_WORD = 0.1;

function sumOf(shares: ObjectShares, kinds: readonly ObjectKind[]): number {
  let sum = 0;
  for (const kind of kinds) sum += shares[kind];
  return sum;
}

const chances = new WeakMap<ObjectShares, Float64Array>();

/** By meaning: the odds that an object of these kinds has it at all. Computed once for all fields of an object. */
function chancesOf(shares: ObjectShares): Float64Array {
  const known = chances.get(shares);
  if (known !== undefined) return known;
  const made = Float64Array.from(concepts, ({ objects }) => 1.5 * Math.log(0.06 + (objects === null ? 0.6 : sumOf(shares, objects))));
  chances.set(shares, made);
  return made;
}

function candidateScore({ pattern, matched, extra, contextual }: Candidate, shares: ObjectShares): number {
  let sum = extra;
  for (const [owners, weight] of contextual) sum += sumOf(shares, owners) > 0.3 ? OBJECT_WORD : weight;
  const score = matched / (matched + MISSING * (pattern.weight - matched) + sum);
  const fit = pattern.objects === null ? 1 : Math.min(1, 0.15 + 1.3 * sumOf(shares, pattern.objects));
  return score * pattern.sureness * (fit === 1 ? 1 : Math.sqrt(fit));
}

const ownFacet = /second|street[23]|-home$|org-name-2|parent|company-contact|shipping/;
const HEADER = 9;
/** What a header that says nothing counts where the values say all. */
const NAMELESS = 0.8;
const MIDDLE = 0.62;

/**
 * What a field may mean, from its name, label, type and values, in an object of the given kind.
 * The constants are set by hand on the training vendors; the probability is sharpened and calibrated later, over pairs.
 */
export function recognise(params: Readonly<{ texts: readonly string[]; type: string; profile: ValueProfile; shares: ObjectShares; supports?: Map<number, number> }>): Recognition {
  const { texts, type, profile, shares, supports = new Map<number, number>() } = params;
  const { scores, facet, strange } = headerScores(texts, shares);
  const nameless = texts.every(isPlaceholder);
  if (nameless) scores.clear();
  for (const [kind, id] of byValue) if ((profile.kinds.get(kind) ?? 0) > 0.6 && !scores.has(id)) scores.set(id, nameless ? NAMELESS : 0.3);
  const odds: { concept: number; odds: number; header: number; support: number }[] = [];
  const chance = chancesOf(shares);
  for (const [index, score] of scores) {
    const concept = concepts[index];
    if (concept === undefined) continue;
    let support = supports.get(index);
    if (support === undefined) { support = valueSupport(concept.kinds, profile, type); supports.set(index, support); }
    const sum = HEADER * (score - MIDDLE) + support + (chance[index] ?? 0);
    odds.push({ concept: index, odds: Math.exp(sum), header: score, support });
  }
  const total = odds.reduce((sum, each) => sum + each.odds, 1 + strange);
  const meanings = odds.map((each) => ({ concept: each.concept, probability: each.odds / total, header: each.header, support: each.support }))
    .toSorted((left, right) => right.probability - left.probability || left.concept - right.concept).slice(0, 6).filter(({ probability }) => probability > 0.01);
  // "Second last name" is a meaning of its own, not the second of several last names.
  const own = facet !== null && meanings[0] !== undefined && ownFacet.test(concepts[meanings[0].concept]?.id ?? '');
  return { meanings, facet: own || nameless ? null : facet, strange };
}

/** Meanings that values alone suggest, where the header says nothing. */
const byValue: readonly (readonly [string, number])[] = ([
  ['email', 'email'], ['url', 'website'], ['postcode', 'postcode'], ['region', 'region'], ['phone', 'phone'], ['mobile', 'mobile'], ['vat', 'vat'], ['iban', 'bank-account'], ['street', 'street'], ['country', 'country'], ['job', 'job-title'], ['company', 'org-name'], ['person', 'full-name'], ['given', 'first-name'], ['domain', 'website'], ['city', 'city'], ['currency', 'currency'], ['salut', 'salutation'], ['gender', 'gender'], ['social-linkedin', 'linkedin'], ['social-twitter', 'twitter'], ['image', 'photo'],
] as const).map(([kind, id]) => [kind, concepts.findIndex((concept) => concept.id === id)] as const);

/**
 * Which kind of object a set of fields belongs to, from what the fields seem to mean and what the schema says of itself.
 * @param params.prior what the other side of the map holds: people are moved to people far more often than to tickets
 */
export function objectShares(params: Readonly<{ recognitions: readonly Recognition[]; title: string; names: readonly string[]; prior?: ObjectShares | undefined }>): ObjectShares {
  const sums: Record<ObjectKind, number> = { p: 0.5, o: 0.5, d: 0.5, t: 0.5, c: 0.1, i: 0.1, e: 0.1, a: 0.1 };
  for (const { meanings } of params.recognitions) {
    for (const { concept, probability } of meanings.slice(0, 2)) {
      const kinds = concepts[concept]?.marks ?? [];
      if (kinds.length === 0 || kinds.length > 2) continue;
      // What people and employees share says "person".
      const counted = kinds.length === 2 && kinds[0] === 'p' && kinds[1] === 'e' ? kinds.slice(0, 1) : kinds;
      for (const kind of counted) sums[kind] += probability ** 2 / counted.length * (rare.has(kind) ? 0.6 : 1);
    }
  }
  for (const name of params.names) for (const kind of kindsIn(name)) sums[kind] += 0.25;
  for (const kind of kindsIn(params.title)) sums[kind] += 2 + 0.12 * params.recognitions.length;
  if (params.prior !== undefined) for (const kind of objectKinds) sums[kind] += 1.5 * params.prior[kind];
  const sharpened = objectKinds.map((kind) => [kind, sums[kind] ** 1.7] as const);
  const total = sharpened.reduce((sum, [, value]) => sum + value, 0);
  return Object.fromEntries(sharpened.map(([kind, value]) => [kind, value / total])) as Record<ObjectKind, number>;
}

const rare = new Set<ObjectKind>(['c', 'i', 'e', 'a']);

const kindsIn = (text: string): readonly ObjectKind[] => text === '' ? [] : [...new Set(readHeader(text).readings.flatMap((reading) => reading.flatMap((atom) => objectAtoms[atom] ?? [])))];
