import { FatalError } from '../../connector/errors.ts';
import { hash64, type KeyIndex, type RowPlace } from '../../connector/kit/key-index.ts';
import { recordKey, type RecordKey } from './record-key.ts';
import type { SpooledRow } from './spooled-table.ts';
import type { Table } from './tables.ts';

type Pair = readonly [number, number];
const hex = (pair: Pair): string => pair.map((word) => word.toString(16).padStart(8, '0')).join('');

/** What one row is told apart by. */
export interface RowIdentity { readonly key: RecordKey; readonly keyHash: Pair; readonly content: Pair }

/** Computes identities of a table's rows; columns in another order give the same content. */
export function rowIdentifier(table: Table): (cells: readonly string[], spooled: SpooledRow | null) => RowIdentity {
  const positions = new Map(table.columns.map((column) => [column.field, column.index]));
  const sorted = [...table.columns].sort((a, b) => (a.field < b.field ? -1 : 1));
  return (cells, spooled) => {
    if (spooled?.key !== undefined && spooled.same !== undefined) return { key: { id: spooled.key, explicit: false }, keyHash: hash64(spooled.key), content: hash64(spooled.same) };
    let text = '';
    for (const column of sorted) {
      const cell = cells[column.index];
      if (cell !== undefined && cell !== '') text += `${column.field}\u001f${cell}\u001e`;
    }
    const content = hash64(text);
    const get = (field: string): string => {
      const at = positions.get(field);
      return at === undefined ? '' : (cells[at] ?? '').trim();
    };
    const key = recordKey(table.object.name, get, hex(content));
    return { key, keyHash: hash64(key.id), content };
  };
}

/** What becomes of a row when all rows of its object are known. */
export type RowVerdict =
  | { readonly kind: 'record'; readonly id: string }
  | { readonly kind: 'repeated' } // an identical row came before: counted once
  | { readonly kind: 'duplicate-id'; readonly first: RowPlace };

/**
 * Decides over a row from the index of all rows.
 * Rows with the same explicit id and other content: the first one counts, the others are rejected.
 * Rows with the same derived key and other content are different records: the one with the smallest content hash keeps the key,
 * the others get a suffix by content, so that the order of rows in a later export changes nothing.
 */
export function judgeRow(index: KeyIndex, identity: RowIdentity, place: RowPlace): RowVerdict {
  const known = index.lookup(identity.keyHash, identity.content);
  if (known === null || known.same === null) throw new FatalError({ code: 'source-changed', message: 'The export changed while it was read.', remedy: 'Leave the files alone during a run, and start it again.' });
  if (known.same.file !== place.file || known.same.line !== place.line) return { kind: 'repeated' };
  if (!known.shared) return { kind: 'record', id: identity.key.id };
  if (identity.key.explicit) return known.same === known.first ? { kind: 'record', id: identity.key.id } : { kind: 'duplicate-id', first: known.first };
  return { kind: 'record', id: known.smallest ? identity.key.id : `${identity.key.id}~${hex(identity.content).slice(0, 12)}` };
}
