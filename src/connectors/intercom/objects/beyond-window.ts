import type { JsonObject } from '../../../connector/json.ts';
import { fromUnix, toUnix } from '../values.ts';

/** Parts of a conversation that an answer shows: the newest. */
const PART_WINDOW = 500;
/** Conversations that are remembered at once: some 50 bytes each. */
const REMEMBERED = 100_000;

/** Parts as they can be seen: at most the newest `PART_WINDOW`. */
export interface SeenParts { readonly parts: readonly JsonObject[]; readonly total: number }

/** What the answers of this process said about the windows of conversations. */
export interface Windows {
  note(threadId: string, seen: SeenParts): void;
  knows(threadId: string): boolean;
  /** Whether a part of that second would come to stand before everything that can be read. @param createdAt seconds since 1970 */
  isBeyond(threadId: string, createdAt: number): boolean;
}

export function createWindows(): Windows {
  /** Second of the oldest part that is shown; 0 = all parts are. */
  const oldest = new Map<string, number>();
  return {
    note(threadId, { parts }) {
      oldest.delete(threadId);
      if (oldest.size >= REMEMBERED) oldest.delete(oldest.keys().next().value ?? '');
      oldest.set(threadId, parts.length < PART_WINDOW ? 0 : oldestOf(parts));
    },
    knows: (threadId) => oldest.has(threadId),
    isBeyond: (threadId, createdAt) => createdAt <= (oldest.get(threadId) ?? 0),
  };
}

/** Second of the oldest of these parts. */
export function oldestOf(parts: readonly JsonObject[]): number {
  return parts.reduce((least, part) => Math.min(least, typeof part['created_at'] === 'number' ? part['created_at'] : 0), Number.POSITIVE_INFINITY);
}

/** The last line of a part that stands at the end of its conversation instead of at its time. */
const told = /^\[moved to the end of the conversation; sent (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)\]$/u;

export function dateLine(createdAt: number): string {
  return `[moved to the end of the conversation; sent ${fromUnix(createdAt) ?? ''}]`;
}

/** Text of a part and the second that it stands for: the one that its last line names, else its own. */
export function splitDate(text: string | null, ownSecond: number | null): { readonly text: string | null; readonly createdAt: number | null } {
  const lines = (text ?? '').trimEnd().split('\n');
  const named = told.exec((lines.at(-1) ?? '').trim())?.[1];
  return named === undefined ? { text, createdAt: ownSecond } : { text: lines.slice(0, -1).join('\n').trim(), createdAt: toUnix(named) };
}
