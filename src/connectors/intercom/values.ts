import type { Json, JsonObject } from '../../connector/json.ts';

/** Seconds since 1970, as Intercom takes and gives times, from ISO 8601. Null stays null. */
export function toUnix(value: Json | undefined): number | null {
  if (typeof value !== 'string') return null;
  const time = Date.parse(value);
  return Number.isNaN(time) ? null : Math.floor(time / 1000);
}

export function fromUnix(value: Json | undefined): string | null {
  return typeof value === 'number' && value > 0 ? new Date(value * 1000).toISOString().replace('.000Z', 'Z') : null;
}

export function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null;
}

/** 0, "0", "" and null all say "nobody" in one version or another. */
export function idOf(value: Json | undefined): string | null {
  const text = textOf(value);
  return text === null || text === '0' ? null : text;
}

export function objectIn(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as JsonObject : {};
}

export function listIn(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value as readonly JsonObject[] : [];
}
