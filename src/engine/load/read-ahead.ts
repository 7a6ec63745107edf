import type { DestinationConnection, DestinationRecord } from '../../connector/destination.ts';
import { ConfigurationError } from '../../connector/errors.ts';
import type { CrosswalkRow } from '../ports/ledger.ts';

/** How old a record may be that is compared before it is written: no older than one that waited for its turn in a long call. */
const FRESH_MS = 5_000;

interface Held { readonly readAt: number; readonly fields: ReadonlySet<string>; readonly records: Map<string, DestinationRecord | null> } // null = gone

/**
 * In a delta several mappings change a handful of records of one object each (notes, e-mails and calls are all messages). Who reads the first
 * of them before a change reads the others along, in one call. Once it is changed or deleted through this connection, a record is
 * read anew, as it is after a few seconds.
 */
export class ReadAhead {
  readonly #wanted = new Map<string, Map<string, readonly string[]>>(); // object → id → fields that were written
  readonly #held = new Map<string, Held>();

  /** Records that are going to be compared. */
  expect(rows: readonly Pick<CrosswalkRow, 'destinationObject' | 'destinationId' | 'payload'>[]): void {
    for (const row of rows) {
      const wanted = this.#wanted.get(row.destinationObject) ?? new Map<string, readonly string[]>();
      this.#wanted.set(row.destinationObject, wanted);
      wanted.set(row.destinationId, Object.keys(row.payload));
    }
  }

  over(destination: DestinationConnection): DestinationConnection {
    return {
      ...destination,
      read: async (request) => {
        if (request.fields.length === 0) return destination.read(request);
        return this.#from(request) ?? await this.#along(destination, request) ?? destination.read(request);
      },
      update: async (request) => {
        this.#forget(destination, request.object, request.changes.map(({ id }) => id));
        await destination.update(request);
      },
      delete: async (request) => {
        this.#forget(destination, request.object, request.ids);
        await destination.delete(request);
      },
    };
  }

  #from({ object, ids, fields }: Parameters<DestinationConnection['read']>[0]): readonly DestinationRecord[] | null {
    const held = this.#held.get(object);
    if (held === undefined || performance.now() - held.readAt > FRESH_MS) return null;
    if (!ids.every((id) => held.records.has(id)) || !fields.every((name) => held.fields.has(name))) return null;
    return ids.flatMap((id) => held.records.get(id) ?? []);
  }

  /** Reads the records with the others that are expected; null = there are none, or too many. */
  async #along(destination: DestinationConnection, { object, ids, fields }: Parameters<DestinationConnection['read']>[0]): Promise<readonly DestinationRecord[] | null> {
    const wanted = this.#wanted.get(object) ?? new Map<string, readonly string[]>();
    this.#wanted.delete(object);
    const all = [...new Set([...ids, ...wanted.keys()])];
    if (all.length === new Set(ids).size || all.length > destination.capabilities.batchSize.read) return null;
    const names = [...new Set([...fields, ...[...wanted.values()].flat()])];
    const readAt = performance.now();
    try {
      const records = new Map((await destination.read({ object, ids: all, fields: names })).map((record) => [record.id, record]));
      this.#held.set(object, { readAt, fields: new Set(names), records: new Map(all.map((id) => [id, records.get(id) ?? null])) });
    } catch (error) {
      if (error instanceof ConfigurationError) return null; // a field of the others that is no more: who reads them names it
      throw error;
    }
    return this.#from({ object, ids, fields });
  }

  #forget(destination: DestinationConnection, object: string, ids: readonly string[]): void {
    for (const id of ids) this.#held.get(object)?.records.delete(id);
    for (const along of destination.capabilities.changesAlong?.[object] ?? []) this.#held.delete(along);
  }
}
