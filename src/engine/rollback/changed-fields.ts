import type { DestinationConnection, DestinationRecord } from '../../connector/destination.ts';
import { canonicalJson } from '../canonical.ts';
import { hasReached, isRecomputed, sameFields } from '../load/attempt.ts';
import type { CrosswalkRow, IntentRow } from '../ports/ledger.ts';
import type { FieldsByName } from '../sessions.ts';

/**
 * Fields somebody changed since; an empty list = changed outside of what we wrote; null = untouched.
 * @param attempt an update of ours whose end nobody wrote down: what it wrote is ours as well
 */
export function changedFields(row: CrosswalkRow, record: DestinationRecord, fields: FieldsByName, destination: DestinationConnection, object: string, attempt?: IntentRow): readonly string[] | null {
  if (row.keptFields !== undefined && row.keptFields !== null) return row.keptFields; // changed by people before our last update
  if (row.version === null && Object.keys(row.payload).length === 0) return []; // found by its key after a crash: nothing is known to compare with
  if (row.version !== null && (record.version === row.version || record.contentHash === row.contentHash)) return null;
  const same = sameFields(destination, object, fields);
  const groups = destination.capabilities.writtenTogether?.[object] ?? [];
  const differing = Object.entries(row.payload).flatMap(([name, written]) => {
    const found = record.values[name];
    if (!fields.has(name) || found === undefined || canonicalJson(written) === canonicalJson(found) || same(name, written, found)) return [];
    const attempted = attempt?.payload?.[name];
    return attempted !== undefined && (same(name, attempted, found) || isRecomputed({ attempt, groups, name, now: record.values, same })) ? [] : [name];
  });
  if (differing.length === 0 && hasReached(attempt, record.values, same)) return attempt?.keptFields ?? null;
  // Never verified (the run broke off before): only what we wrote can be compared.
  return row.version === null && differing.length === 0 ? null : differing;
}
