import type { CatalogObject } from '../../connector/catalog.ts';
import { autoAcceptFrom } from '../match/calibrate.ts';
import type { FieldMatch } from '../match/match-schemas.ts';
import { headerKey, isGeneric } from './memory.ts';
import type { Memory, RememberedLine } from './memory.ts';

/** For whom memory is asked. */
export interface MemoryPlace {
  readonly project: string;
  readonly route: string;
  readonly sourcePlatform: string;
  readonly destinationPlatform: string;
}

/** What memory says of one field. */
export interface Recollection {
  readonly target: string | null;
  readonly confidence: number;
  readonly reason: string;
}

/** How far a line is from here: the same project counts first, then the same route, then the same two platforms; null = it says nothing here. */
function distance(line: RememberedLine, here: MemoryPlace): 0 | 1 | 2 | null {
  if (line.sourcePlatform !== here.sourcePlatform || line.destinationPlatform !== here.destinationPlatform) return null;
  if (line.route !== here.route) return 2;
  return line.project === here.project ? 0 : 1;
}

/** Confidence that one agreeing line gives: accepted as proposed, corrected by a person. */
const first = [[0.97, 0.97], [0.88, 0.93], [0.75, 0.82]] as const;

/**
 * What people confirmed for a header before, nearest first, and corrections before what was only accepted; null = nothing, or they
 * disagreed, or the header is generic. Never more than 0.99: exports change their meaning without a word.
 */
export function recall(params: MemoryPlace & Readonly<{ memory: Memory; sourceObject: string; header: string; destinationObject: string }>): Recollection | null {
  if (isGeneric(params.header)) return null;
  const header = headerKey(params.header);
  const known = params.memory.filter((line) => line.header === header && line.destinationObject === params.destinationObject && (line.sourceObject === params.sourceObject || line.route !== params.route));
  for (const level of [0, 1, 2] as const) {
    const near = known.filter((line) => distance(line, params) === level);
    const corrections = near.filter(({ corrected }) => corrected);
    const lines = corrections.length > 0 ? corrections : near;
    const [one] = lines;
    if (one === undefined) continue;
    if (lines.some(({ target }) => target !== one.target)) return null;
    const confidence = Math.min(0.99, 1 - (1 - first[level][one.corrected ? 1 : 0]) / lines.length);
    return { target: one.target, confidence: Math.round(confidence * 1000) / 1000, reason: inWords(lines, level) };
  }
  return null;
}

/** `confirmed in project acme on 2026-11-22`, `corrected by a person in 3 projects, last in acme on …`. */
function inWords(lines: Memory, level: 0 | 1 | 2): string {
  const last = lines.reduce((latest, line) => (line.confirmedAt > latest.confirmedAt ? line : latest));
  const where = lines.length === 1 ? `in project ${last.project}` : `in ${lines.length} projects, last in ${last.project}`;
  return `${last.corrected ? 'corrected by a person' : 'confirmed'} ${where} on ${last.confirmedAt.slice(0, 10)}${level === 2 ? ' by another route' : ''}${last.target === null ? ': no counterpart' : `: ${last.target}`}`;
}

/** Lays memory over what the matcher proposed: what a person confirmed goes before what was computed, and says so. */
export function withMemory(params: MemoryPlace & Readonly<{ matches: readonly FieldMatch[]; memory: Memory; sourceObject: string; destination: CatalogObject }>): readonly FieldMatch[] {
  const { matches, memory, sourceObject, destination } = params;
  const writable = new Set(destination.fields.filter(({ readonly, computed }) => !readonly && computed !== true).map(({ name }) => name));
  const byHeader = Map.groupBy(memory, ({ header }) => header);
  return matches.map((match) => {
    const lines = byHeader.get(headerKey(match.source.name));
    const found = lines === undefined ? null : recall({ ...params, memory: lines, sourceObject, header: match.source.name, destinationObject: destination.name });
    if (found === null || (found.target !== null && !writable.has(found.target))) return match;
    const agrees = found.target === match.target;
    const confidence = agrees ? Math.max(found.confidence, match.confidence) : found.confidence;
    const { meaning, ...rest } = match;
    return {
      ...rest, ...(agrees && meaning !== undefined ? { meaning } : {}), target: found.target, confidence, autoAccept: confidence >= autoAcceptFrom && agrees, sharedWith: agrees ? match.sharedWith : [], decidedBy: 'memory' as const, told: [found.reason],
      ranked: found.target === null ? match.ranked : [found.target, ...match.ranked.filter((name) => name !== found.target)],
      reasons: [found.reason, ...(agrees ? [] : [`the matcher alone would say ${match.target ?? 'no counterpart'}`]), ...match.reasons],
    };
  });
}
