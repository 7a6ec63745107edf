import type { Plan } from '../../plan/plan.ts';
import { fold } from '../../plan/fold.ts';
import { readHeader } from '../words/read-header.ts';

/** What a person confirmed once: this header of this object goes there, or nowhere. No values are kept. */
export interface RememberedLine {
  readonly project: string;
  readonly route: string;
  readonly sourceObject: string;
  readonly header: string; // folded
  readonly destinationObject: string;
  readonly target: string | null; // null = left out or made a field of its own
}

/** Lines of confirmed plans. The matcher works without memory where nobody hands it any. */
export type Memory = readonly RememberedLine[];

/** Headers that mean something else in every export: what was confirmed for one says nothing about the next. */
const generic = new Set(['title', 'type', 'status', 'state', 'source', 'date', 'name', 'id', 'value', 'number', 'code', 'category', 'description', 'note', 'label', 'group', 'comment', 'field', 'tag', 'company', 'owner', 'stage', 'reference', 'list', 'text', 'role', 'class']);

/** Whether a header is too general to be remembered: one idea alone, or one with "id" or "date" beside it, or no known idea at all. */
export function isGeneric(header: string): boolean {
  const { readings, words } = readHeader(header);
  if (words.every((word) => /^\d+$/.test(word) || /^(?:custom|field|column|col|feld|champ|campo|pole|kolumna|spalte|x|cf)\d*$/.test(word))) return true;
  return readings.some((reading) => {
    const ideas = reading.filter((atom) => !['id', 'date', 'number', 'at', 'time', 'is', 'of', 'system', 'custom', 'field', '1'].includes(atom));
    return ideas.length === 0 || (ideas.length === 1 && generic.has(ideas[0] ?? ''));
  });
}

/** What a confirmed plan teaches: its confirmed lines with one source field, and the fields that were left out. Fields made for the plan count as "no counterpart". */
export function linesOf(plan: Plan): Memory {
  const made = new Set(plan.schema.map(({ object, name }) => `${object}.${name}`));
  const base = { project: plan.project, route: plan.route };
  return plan.mappings.flatMap((mapping) => {
    const here = { ...base, sourceObject: mapping.source, destinationObject: mapping.destination };
    const moved = mapping.fields.filter(({ status, from }) => status === 'confirmed' && typeof from === 'string')
      .map(({ from, to }) => ({ ...here, header: headerKey(String(from)), target: made.has(`${mapping.destination}.${to}`) ? null : to }));
    const left = mapping.leftOut.filter(({ status }) => status === 'confirmed').map(({ from }) => ({ ...here, header: headerKey(from), target: null }));
    return [...moved, ...left].filter(({ header }) => !isGeneric(header));
  });
}

export const headerKey = (header: string): string => fold(header.replace(/^cf:/, ''));
