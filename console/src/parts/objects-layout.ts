import type { PlanView } from '../../../src/server/schemas/plan.ts';

type Mapping = PlanView['mappings'][number];

/** All mappings from one object to another: one line of the picture. */
export interface Pair { readonly key: string; readonly source: string; readonly destination: string; readonly mappings: readonly Mapping[]; readonly lossy: boolean }
interface Mark { readonly key: string; readonly text: string; readonly x: number; readonly y: number; readonly width: number }
export interface ObjectsLayout {
  readonly width: number;
  readonly height: number;
  readonly box: Readonly<{ width: number; height: number }>;
  readonly sources: readonly Readonly<{ name: string; y: number }>[];
  readonly destinations: readonly Readonly<{ name: string; y: number }>[];
  readonly lines: readonly Readonly<{ pair: Pair; from: number; to: number }>[];
  readonly marks: readonly Mark[];
}

/** In pixels of the drawing. A mark's letters are about 6 wide at its size of 10. */
const row = 26;
const boxHeight = 20;
const mark = { letter: 6, height: 12, gap: 3 } as const;
/** Where a mark may stand along its line, the middle first. */
const along = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82, 0.1, 0.9];

/**
 * Places objects of the source on the left, of the destination on the right, a line for each pair of them, and the mark of each line
 * where it covers no other mark. A mark for which there is no room at all stands in the middle. Pure.
 * @param params.width of the drawing, in pixels
 * @param params.marksOf what is said about a pair; '' = nothing
 */
export function layOutObjects(params: Readonly<{ mappings: readonly Mapping[]; width: number; marksOf: (pair: Pair) => string }>): ObjectsLayout {
  const { mappings, width } = params;
  const names = { sources: [...new Set(mappings.map((mapping) => mapping.source))], destinations: [...new Set(mappings.map((mapping) => mapping.destination))] };
  const height = Math.max(names.sources.length, names.destinations.length) * row + 8;
  const placed = (list: readonly string[]) => list.map((name, index) => ({ name, y: (height - list.length * row) / 2 + index * row + row / 2 }));
  const [sources, destinations] = [placed(names.sources), placed(names.destinations)];
  const boxWidth = Math.round(width * 0.31);
  const pairs = [...Map.groupBy(mappings, (mapping) => JSON.stringify([mapping.source, mapping.destination]))].map(([key, group]): Pair => ({ key, source: group[0]?.source ?? '', destination: group[0]?.destination ?? '', mappings: group, lossy: group.some((mapping) => mapping.lossy) }));
  const middle = (list: readonly Readonly<{ name: string; y: number }>[], name: string): number => list.find((one) => one.name === name)?.y ?? 0;
  const lines = pairs.map((pair) => ({ pair, from: middle(sources, pair.source), to: middle(destinations, pair.destination) }));
  const marks: Mark[] = [];
  for (const { pair, from, to } of lines) {
    const text = params.marksOf(pair);
    if (text === '') continue;
    const places = along.map((share): Mark => ({ key: pair.key, text, width: text.length * mark.letter, x: boxWidth + (width - 2 * boxWidth) * share, y: from + (to - from) * share * share * (3 - 2 * share) - 3 }));
    const free = places.find((place) => marks.every((other) => !overlap(place, other))) ?? places[0];
    if (free !== undefined) marks.push(free);
  }
  return { width, height, box: { width: boxWidth, height: boxHeight }, sources, destinations, lines, marks };
}

/** Whether two marks touch. */
export function overlap(one: Mark, other: Mark): boolean {
  return Math.abs(one.x - other.x) < (one.width + other.width) / 2 + mark.gap && Math.abs(one.y - other.y) < mark.height;
}
