import { createHash } from 'node:crypto';
import type { Plan } from './plan.ts';

/** JSON with the keys of every object in code point order and undefined left out: equal content gives equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, entry: unknown) => {
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return entry;
    return Object.fromEntries(Object.entries(entry).sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0)));
  });
}

/** SHA-256 of a plan's content in hexadecimal digits; layout, comments and key order of the file do not count. */
export function planHash(plan: Plan): string {
  return createHash('sha256').update(canonicalJson(plan)).digest('hex');
}
