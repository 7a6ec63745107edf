import type { PlanLine } from '../../src/server/schemas/plan.ts';
import type { Status } from './map-edits.ts';

export const filters = ['all', 'review', 'unsure', 'lossy', 'custom', 'confirmed'] as const;
export type Filter = typeof filters[number];

/** Below this the proposer itself is not sure. */
const unsureBelow = 0.8;

/** One text per line to search in, made once per plan. */
export function searchTexts(lines: readonly PlanLine[]): ReadonlyMap<string, string> {
  return new Map(lines.map((line) => [line.key, [line.mapping, line.source, line.destination, line.from, line.to, line.transforms, line.reason, line.loss, ...line.evidence].join('\n').toLowerCase()]));
}

export function shownLines(lines: readonly PlanLine[], params: Readonly<{ filter: Filter; mapping: string | null; search: string; texts: ReadonlyMap<string, string>; statusOf: (line: PlanLine) => Status }>): readonly PlanLine[] {
  const words = params.search.toLowerCase().split(/\s+/).filter((word) => word !== '');
  return lines.filter((line) => {
    if (params.mapping !== null && line.mapping !== params.mapping) return false;
    if (!fits(line, params.filter, params.statusOf(line))) return false;
    const text = params.texts.get(line.key) ?? '';
    return words.every((word) => text.includes(word));
  });
}

function fits(line: PlanLine, filter: Filter, status: Status): boolean {
  switch (filter) {
    case 'all': return true;
    case 'review': return status === 'proposed';
    case 'unsure': return line.confidence < unsureBelow;
    case 'lossy': return line.loss !== null;
    case 'custom': return line.custom;
    case 'confirmed': return status === 'confirmed';
  }
}
