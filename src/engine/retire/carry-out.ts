import type { DestinationConnection } from '../../connector/destination.ts';
import type { JsonObject } from '../../connector/json.ts';
import { sendInParts, type PartsResult } from '../load/send-in-parts.ts';
import { repeatAmbiguous } from '../load/update-records.ts';
import type { CrosswalkRow, RetiredRow } from '../ports/ledger.ts';
import { withRetries } from '../retry.ts';

/** What becomes of one record whose source record is gone. */
export interface Fate {
  readonly row: CrosswalkRow;
  readonly action: RetiredRow['action'];
  readonly reason: string | null; // of kept and skipped ones
  readonly details: JsonObject;
  readonly forget: boolean; // its crosswalk row goes
  readonly send: boolean; // a call is needed
  readonly along?: readonly CrosswalkRow[]; // rows of ours whose records the platform deletes with the archiving
  readonly heir: Readonly<{ mapping: string; sourceId: string }> | null; // living record that owns the destination record from now on
}

interface Pace { readonly backoffMs: (attempt: number) => number; readonly signal: AbortSignal }

/** Deletes records; a repeated delete has the same effect. @returns the fates of those that the destination would not let go. */
export async function detachOrDelete({ destination, fates, ...pace }: Readonly<{ destination: DestinationConnection; fates: readonly Fate[] }> & Pace): Promise<readonly Fate[]> {
  return refusedOf(await sendInParts(fates, async (part) => {
    const object = part[0]?.row.destinationObject ?? '';
    await call(() => destination.delete({ object, ids: part.map(({ row }) => row.destinationId) }), pace);
    return part;
  }));
}

/** Archives records, together with what the platform would recompute at that (a closing date becomes now otherwise); written twice it has the same effect. @returns the fates of those that the destination refused. */
export async function archiveGone({ destination, fates, field, ...pace }: Readonly<{ destination: DestinationConnection; fates: readonly Fate[]; field: string }> & Pace): Promise<readonly Fate[]> {
  const together = (destination.capabilities.writtenTogether?.[fates[0]?.row.destinationObject ?? ''] ?? []).filter((group) => group.includes(field)).flat();
  const besides = (row: Fate['row']): JsonObject => Object.fromEntries(together.flatMap((name) => (row.payload[name] === undefined ? [] : [[name, row.payload[name]]])));
  return refusedOf(await sendInParts(fates, async (part) => {
    const object = part[0]?.row.destinationObject ?? '';
    await call(() => destination.update({ object, changes: part.map(({ row }) => ({ id: row.destinationId, values: { ...besides(row), [field]: false } })) }), pace);
    return part;
  }));
}

function call(send: () => Promise<void>, { backoffMs, signal }: Pace): Promise<void> {
  return withRetries({ call: () => repeatAmbiguous(send, backoffMs, signal), backoffMs, signal });
}

function refusedOf({ refused }: PartsResult<Fate, Fate>): readonly Fate[] {
  return refused.map(({ record, code, message }) => ({ ...record, action: 'kept', reason: 'refused-by-destination', forget: false, details: { code, message } }));
}
