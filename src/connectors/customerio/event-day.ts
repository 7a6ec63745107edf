import type { JsonObject } from '../../connector/json.ts';

/** Fields by which events of one person and day are put together. */
export const dayFields = { person_key: 'text', day: 'date' } as const;

/** Who it was, by the first identifier that is stated, and the day in UTC. Null = nobody, or no time. */
export function dayOf(occurredAt: string | null, ...identifiers: readonly (string | null)[]): JsonObject {
  return { person_key: identifiers.find((identifier) => identifier !== null) ?? null, day: occurredAt?.slice(0, 10) ?? null };
}
