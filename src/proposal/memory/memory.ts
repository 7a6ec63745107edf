import type { Plan } from '../../plan/plan.ts';
import { fold } from '../../plan/values/fold.ts';
import { bareHeader } from '../words/bare-header.ts';
import { readHeader } from '../words/read-header.ts';

/** What a person settled once: this header of this object goes there, or nowhere. No values are kept. */
export interface LearnedLine {
  readonly sourceObject: string;
  readonly header: string; // folded
  readonly destinationObject: string;
  readonly target: string | null; // null = left out or made a field of its own
  /** The person decided otherwise than had been proposed: such a line counts for more than one that was only accepted. */
  readonly corrected: boolean;
}

/** A learned line with where and when it was confirmed. */
export interface RememberedLine extends LearnedLine {
  readonly project: string;
  readonly route: string;
  readonly sourcePlatform: string;
  readonly destinationPlatform: string;
  readonly confirmedAt: string; // ISO 8601
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

/**
 * What a confirmed plan teaches: its confirmed lines with one source field, the fields that were left out, and those whose line
 * a person refused. Fields made for the plan count as "no counterpart". A header that goes to several places of one object teaches nothing.
 * @param proposed what would be proposed without the person; null = not known, nothing counts as corrected
 */
export function linesOf(plan: Plan, proposed: Plan | null): readonly LearnedLine[] {
  const before = proposed === null ? null : placesOf(proposed, ['proposed', 'confirmed']);
  return [...placesOf(plan, ['confirmed', 'rejected'])].flatMap(([key, { targets, sourceObject, header, destinationObject, advised }]) => {
    const [target] = targets;
    if (target === undefined || targets.size > 1 || header.length > LONGEST || isGeneric(header)) return [];
    return [{ sourceObject, header, destinationObject, target, corrected: !advised && before?.get(key)?.targets.has(target) === false }];
  });
}

interface Places { readonly sourceObject: string; readonly header: string; readonly destinationObject: string; readonly targets: Set<string | null>; advised: boolean }

/** A line that a language model chose and a person let stand is no correction by a person. */
const byAdviser = /^chosen by /i;

/** A header of more characters is a text that got into the first line. */
const LONGEST = 200;

/** Where each header goes, by objects and header. */
function placesOf(plan: Plan, statuses: readonly string[]): ReadonlyMap<string, Places> {
  const made = new Set(plan.schema.map(({ object, name }) => `${object}.${name}`));
  const places = new Map<string, Places>();
  const put = (sourceObject: string, destinationObject: string, from: string, target: string | null, reason: string): void => {
    const header = headerKey(from);
    const key = JSON.stringify([sourceObject, destinationObject, header]);
    const known = places.get(key) ?? { sourceObject, header, destinationObject, targets: new Set(), advised: false };
    known.targets.add(target);
    known.advised ||= byAdviser.test(reason);
    places.set(key, known);
  };
  for (const { source, destination, fields, leftOut, status } of plan.mappings) {
    if (!statuses.includes(status)) continue;
    const lines = fields.flatMap((line) => (typeof line.from === 'string' && statuses.includes(line.status) ? [{ ...line, from: line.from }] : []));
    const moved = new Set(lines.filter((line) => line.status !== 'rejected').map(({ from }) => from));
    // A refused line says "not there"; where nothing else takes the field, that is "nowhere".
    for (const line of lines) if (line.status !== 'rejected') put(source, destination, line.from, made.has(`${destination}.${line.to}`) ? null : line.to, line.reason); else if (!moved.has(line.from)) put(source, destination, line.from, null, '');
    for (const { from, status: left } of leftOut) if (left !== 'rejected' && statuses.includes(left)) put(source, destination, from, null, '');
  }
  return places;
}

export const headerKey = (header: string): string => fold(bareHeader(header));
