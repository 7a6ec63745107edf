import type { Acceptance } from '../concepts/accepts.ts';
import { concepts } from '../concepts/concepts.ts';
import { conceptIndex } from '../concepts/concepts.ts';
import type { Facet, ObjectShares } from '../concepts/recognise.ts';
import { similarity } from '../values/profile-samples.ts';
import type { NameLikeness } from './similarity.ts';
import type { UnderstoodField, UnderstoodTarget } from './understand.ts';

/** The evidence for one pair, in this order; the weights of the model follow it. */
export const pairFeatureNames = ['meaning', 'meaningSure', 'meaningWeak', 'ideas', 'letters', 'same', 'sameUnknown', 'values', 'valuesUnlike', 'overlap', 'readonly', 'facetClash', 'facetOdd', 'typeClash', 'nameOnly', 'rival', 'alone'] as const;
/** The evidence for "no counterpart". */
export const noneFeatureNames = ['bias', 'knownElsewhere', 'unexplained', 'strange', 'bestMeaning', 'bestName', 'technical', 'noSamples'] as const;

export interface Pair {
  readonly features: number[];
  /** How well the destination takes what the source probably means, 0..1. */
  readonly meaning: number;
  /** The meaning that connects them best, index in `concepts`; -1 = none. */
  readonly through: number;
  readonly joins: boolean;
}

/** What addresses, phones and e-mails are called that may stand for the only one. */
const plain = new Set<Facet | null>([null, 'primary', 'work', 'billing', 'mailing']);

function facetFit(source: Facet | null, target: Facet | null): 'same' | 'fits' | 'odd' | 'clash' {
  if (source === target) return 'same';
  if (target === null) return plain.has(source) ? 'fits' : 'odd';
  if (source === null) return plain.has(target) ? 'fits' : 'odd';
  return 'clash';
}

export interface PairParams {
  readonly source: UnderstoodField;
  readonly target: UnderstoodTarget;
  readonly shares: ObjectShares;
  readonly names: NameLikeness;
  readonly overlap: number; // share of the values that both have
}

const nothing: readonly Acceptance[] = [];

/** All evidence for a pair but what depends on other pairs (`rival`, `alone`), which `addRivals` fills in. */
export function pairOf({ source, target, shares, names, overlap }: PairParams): Pair {
  let meaning = 0;
  let through = -1;
  let best = 0;
  let joins = false;
  for (const { concept, probability } of source.recognition.meanings) {
    let most = 0;
    for (const accepted of target.accepts.get(concept) ?? nothing) {
      const fit = accepted.objects === null ? 1 : Math.min(1, 1.4 * accepted.objects.reduce((sum, kind) => sum + shares[kind], 0));
      const part = probability * accepted.strength * fit;
      most = Math.max(most, part);
      if (part > best) { best = part; through = concept; joins = accepted.joins; }
    }
    meaning += most;
  }
  // Where both sides bear one name and neither is a well-known field, what it means there is what it means here.
  if (names.same && !target.known) meaning = Math.max(meaning, 0.75);
  meaning = Math.min(1, meaning);
  const likeness = similarity(source.profile, target.profile);
  const facet = facetFit(source.recognition.facet, target.recognition.facet);
  const known = source.recognition.meanings[0]?.probability ?? 0;
  const contradicted = known > 0.5 && meaning < 0.15;
  const nameOnly = meaning < 0.15 ? names.atoms : 0;
  const features = [
    meaning, Math.max(0, meaning - 0.6), meaning > 0.02 ? Math.max(0, 0.4 - meaning) : 0.4, names.atoms, names.letters, names.same ? 1 : 0, names.same && !contradicted && !target.known ? 1 : 0,
    likeness === null ? 0 : likeness - 0.5, likeness === null ? 0 : Math.max(0, 0.2 - likeness) * 5, overlap, target.field.readonly ? 1 : 0,
    facet === 'clash' ? 1 : 0, facet === 'odd' ? 1 : 0, typeClash(source, target) ? 1 : 0, contradicted || (target.known && meaning < 0.1) ? nameOnly : 0, 0, 0,
  ];
  return { features, meaning, through, joins };
}

const RIVAL = pairFeatureNames.indexOf('rival');
const ALONE = pairFeatureNames.indexOf('alone');

/** Several source fields that mean the same thing compete for it: how far a better one is ahead, unless the destination takes several. */
export function addRivals(sources: readonly UnderstoodField[], pairs: readonly (readonly Pair[])[]): void {
  const width = pairs[0]?.length ?? 0;
  for (let column = 0; column < width; column += 1) {
    const strengths = pairs.map((row, at) => strength(sources[at], row[column]));
    let first = 0;
    let second = 0;
    for (const each of strengths) if (each > first) { second = first; first = each; } else if (each > second) second = each;
    for (const [at, row] of pairs.entries()) {
      const pair = row[column];
      if (pair === undefined || pair.meaning < 0.05) continue;
      const own = strengths[at] ?? 0;
      const other = own === first ? second : first;
      pair.features[RIVAL] = pair.joins || other <= own ? 0 : Math.min(1, (other - own) * 5);
      pair.features[ALONE] = own === first ? Math.max(0, Math.min(1, own - second)) : 0;
    }
  }
}

/** How much a source field claims a destination field against other source fields. */
function strength(source: UnderstoodField | undefined, pair: Pair | undefined): number {
  if (source === undefined || pair === undefined || pair.meaning < 0.05) return 0;
  const facet = source.recognition.facet;
  const penalty = facet === null || facet === 'primary' ? 0 : facet === 'work' || facet === 'billing' ? 0.04 : facet === 'mailing' ? 0.08 : 0.25;
  const header = source.recognition.meanings.find(({ concept }) => concept === pair.through)?.header ?? 0;
  return pair.meaning * (0.4 + 0.6 * header) - penalty;
}

function typeClash(source: UnderstoodField, target: UnderstoodTarget): boolean {
  if (target.links) return (source.profile.kinds.get('bool') ?? 0) > 0.8 || (source.profile.kinds.get('datetime') ?? 0) > 0.8;
  const kinds = target.declared;
  if (kinds === null || source.profile.count === 0) return false;
  const share = (kind: string): number => source.profile.kinds.get(kind) ?? 0;
  if (kinds[0] === 'bool') return share('bool') < 0.3;
  if (kinds[0] === 'date') return share('date') + share('datetime') + share('epoch') < 0.3;
  if (kinds[0] === 'money' || kinds[0] === 'int') return share('int') + share('dec') + share('money') + share('percent') + share('range') + share('epoch') < 0.3;
  return false;
}

/** Meanings that products keep for themselves; nobody moves them as they stand. */
const technical = new Set(['updated-at', 'created-by', 'updated-by', 'activity-count', 'last-activity-at', 'next-activity-at', 'ticket-stats', 'ticket-times', 'record-url', 'layout', 'archived', 'imported-at', 'email-stats', 'follower', 'social-stats', 'tag-count', 'password', 'address-id', 'amount-home', 'is-won', 'integration-id', 'geo-other', 'order-stats', 'created-by-email', 'ticket-form', 'messages'].map(conceptIndex));

/** Evidence that a source field has no counterpart among the destination's fields. */
export function noneFeatures(source: UnderstoodField, pairs: readonly Pair[]): number[] {
  const { meanings, strange } = source.recognition;
  const accepted = pairs.reduce((most, pair) => Math.max(most, pair.meaning), 0);
  const recognised = meanings.reduce((sum, { probability }) => sum + probability, 0);
  const bestName = pairs.reduce((most, pair) => Math.max(most, pair.features[3] ?? 0), 0);
  const top = meanings[0];
  return [
    1, Math.max(0, (top?.probability ?? 0) - accepted), 1 - recognised, strange, accepted, bestName,
    top !== undefined && technical.has(top.concept) ? top.probability : 0, source.profile.count === 0 ? 1 : 0,
  ];
}

export const meaningName = (concept: number): string => concepts[concept]?.id ?? '';
