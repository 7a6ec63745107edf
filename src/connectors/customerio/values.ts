import type { Json, JsonObject } from '../../connector/json.ts';

/** The value as an object; anything else is an empty one. */
export function objectIn(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as JsonObject : {};
}

/** The value as a list of objects; `null`, which Customer.io answers for nothing, is an empty one. */
export function rowsIn(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter((row): row is JsonObject => typeof row === 'object' && row !== null && !Array.isArray(row)) : [];
}

/** Ids come as numbers or texts, as it pleases the call; here they are texts always. Null = none. */
export function idText(value: Json | undefined): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Unix seconds, or milliseconds from customers' own code, as ISO 8601 UTC. Null = no such time. */
export function isoTime(value: Json | undefined): string | null {
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\d[T ]/u.test(value)) {
    const parsed = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/u.test(value) ? value : `${value.replace(' ', 'T')}Z`);
    return Number.isNaN(parsed) ? null : trimmed(parsed);
  }
  const number = typeof value === 'string' && /^\d+(\.\d+)?$/u.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number) || number <= 0) return null;
  // 10^11 seconds is the year 5138; as milliseconds it is 1973.
  const milliseconds = Math.round(number >= 1e11 ? number : number * 1000);
  return milliseconds > 8.64e15 ? null : trimmed(milliseconds);
}

/** Unix seconds of a day (`2024-01-31`) in UTC. */
export function secondsOf(day: string): number {
  return Math.floor(Date.parse(`${day}T00:00:00Z`) / 1000);
}

function trimmed(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('.000Z', 'Z');
}
