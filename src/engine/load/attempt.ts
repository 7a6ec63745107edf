import type { DestinationConnection } from '../../connector/destination.ts';
import type { Json, JsonObject } from '../../connector/json.ts';
import type { IntentRow } from '../ports/ledger.ts';
import type { FieldsByName } from '../sessions.ts';
import { sameValue } from '../verify/same-value.ts';

/** Whether two values of a field of one object are the same, in the destination's own form. */
export type SameField = (name: string, left: Json, right: Json) => boolean;

export function sameFields(destination: DestinationConnection, object: string, fields: FieldsByName): SameField {
  return (name, left, right) => sameValue({ field: fields.get(name), left, right, normalise: (field, value) => destination.normalise({ object, field, value }) });
}

/** Whether the write of an attempt that did not live to say so has reached the record. */
export function hasReached(attempt: Pick<IntentRow, 'payload'> | undefined, now: JsonObject, same: SameField): boolean {
  return Object.entries(attempt?.payload ?? {}).some(([name, attempted]) => same(name, now[name] ?? null, attempted));
}

/**
 * Whether the platform itself gave the field its value when the attempt wrote another one of its group, and the attempt died
 * before the right value could follow (a closing date is set to now with the stage): no person's change.
 */
export function isRecomputed(params: Readonly<{ attempt: Pick<IntentRow, 'payload'> | undefined; groups: readonly (readonly string[])[]; name: string; now: JsonObject; same: SameField }>): boolean {
  const { attempt, groups, name, now, same } = params;
  return groups.filter((group) => group.includes(name)).flat().some((other) => {
    const attempted = attempt?.payload?.[other];
    return other !== name && attempted !== undefined && same(other, now[other] ?? null, attempted);
  });
}
