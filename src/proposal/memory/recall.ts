import type { CatalogObject } from '../../connector/catalog.ts';
import { autoAcceptFrom } from '../match/calibrate.ts';
import type { FieldMatch } from '../match/match-schemas.ts';
import { headerKey, isGeneric } from './memory.ts';
import type { Memory, RememberedLine } from './memory.ts';

/** What memory says of one field. */
export interface Recollection {
  readonly target: string | null;
  readonly confidence: number;
  readonly reason: string;
}

/** How far a line is from here: the same customer on the same route counts first, then the route, then everything else. */
function distance(line: RememberedLine, { project, route }: Readonly<{ project: string; route: string }>): 0 | 1 | 2 {
  if (line.route !== route) return 2;
  return line.project === project ? 0 : 1;
}

const nearness = ['this customer on this route', 'this route', 'other routes'] as const;
/** Confidence that one agreeing line gives, and how near 1 many of them come. */
const first = [0.97, 0.88, 0.75] as const;

/**
 * What people confirmed for a header before, nearest first; null = nothing, or they disagreed, or the header is generic.
 * Never more than 0.99: exports change their meaning without a word.
 */
export function recall(params: Readonly<{ memory: Memory; project: string; route: string; sourceObject: string; header: string; destinationObject: string }>): Recollection | null {
  if (isGeneric(params.header)) return null;
  const header = headerKey(params.header);
  const known = params.memory.filter((line) => line.header === header && line.destinationObject === params.destinationObject && (line.sourceObject === params.sourceObject || line.route !== params.route));
  for (const level of [0, 1, 2] as const) {
    const lines = known.filter((line) => distance(line, params) === level);
    const [one] = lines;
    if (one === undefined) continue;
    const agreeing = lines.filter(({ target }) => target === one.target).length;
    if (agreeing < lines.length) return null;
    const confidence = Math.min(0.99, 1 - (1 - first[level]) / agreeing);
    return { target: one.target, confidence: Math.round(confidence * 1000) / 1000, reason: `confirmed ${agreeing === 1 ? 'once' : `${agreeing} times`} before on ${nearness[level]}${one.target === null ? ': no counterpart' : ''}` };
  }
  return null;
}

/** Lays memory over what the matcher proposed: what a person confirmed goes before what was computed, and says so. */
export function withMemory(params: Readonly<{ matches: readonly FieldMatch[]; memory: Memory; project: string; route: string; sourceObject: string; destination: CatalogObject }>): readonly FieldMatch[] {
  const writable = new Set(params.destination.fields.filter(({ readonly, computed }) => !readonly && computed !== true).map(({ name }) => name));
  return params.matches.map((match) => {
    const found = recall({ memory: params.memory, project: params.project, route: params.route, sourceObject: params.sourceObject, header: match.source.name, destinationObject: params.destination.name });
    if (found === null || (found.target !== null && !writable.has(found.target))) return match;
    const agrees = found.target === match.target;
    const confidence = agrees ? Math.max(found.confidence, match.confidence) : found.confidence;
    return {
      ...match, target: found.target, confidence, autoAccept: confidence >= autoAcceptFrom && (agrees || found.confidence >= first[0]),
      ranked: found.target === null ? match.ranked : [found.target, ...match.ranked.filter((name) => name !== found.target)],
      reasons: [found.reason, ...(agrees ? [] : [`the matcher alone would say ${match.target ?? 'no counterpart'}`]), ...match.reasons],
    };
  });
}
