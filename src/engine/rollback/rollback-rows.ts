import type { JsonObject } from '../../connector/json.ts';
import type { CrosswalkRow, PartRow, RollbackFate, RollbackRow } from '../ports/ledger.ts';
import type { FieldsByName } from '../sessions.ts';
import type { BatchWork } from '../steps/batch-work.ts';
import type { Kept } from './kept.ts';

/** Longest name of a record that a list shows. */
const LABEL_LENGTH = 120;

/** What a record is called, in the words that we wrote: the first text of its mapping's lines that has a value. Null = it has none. */
export function labeller(work: BatchWork, fields: FieldsByName): (row: Pick<CrosswalkRow, 'payload'>) => string | null {
  const lines = work.plan.plan.mappings.find((mapping) => mapping.id === work.batch.subject)?.fields ?? [];
  const names = lines.map((line) => line.to).filter((name) => ['text', 'email', 'longText'].includes(fields.get(name)?.type ?? ''));
  return ({ payload }) => {
    const text = names.map((name) => payload[name]).find((value) => typeof value === 'string' && value.trim() !== '') as string | undefined;
    return text === undefined ? null : text.trim().slice(0, LABEL_LENGTH);
  };
}

export function fateRow(row: CrosswalkRow, fate: RollbackFate, label: string | null, details: JsonObject = {}): RollbackRow {
  return {
    mapping: row.mapping, sourceId: row.sourceId, fate, destinationObject: row.destinationObject, destinationId: row.destinationId, reason: null,
    details: { ...(label === null ? {} : { label }), ...details },
  };
}

/** A restored record with the values that it gets back. */
export function restoredRow(row: CrosswalkRow, label: string | null): RollbackRow {
  return fateRow(row, 'restored', label, { fields: Object.keys(row.previous ?? {}), previous: row.previous });
}

/** The same, of a record that is still there in another form, or elsewhere than before: the residue list names its place. */
export function leftBehind(row: RollbackRow, reason: 'archived' | 'brought-back'): RollbackRow {
  return { ...row, reason, details: { ...row.details, object: row.destinationObject, id: row.destinationId } };
}

export function keptRow(kept: Kept, mapping: string, label: string | null): RollbackRow {
  const { details } = kept;
  return {
    mapping: kept.mapping ?? mapping, sourceId: kept.sourceId, fate: 'kept', destinationObject: String(details['object'] ?? ''), destinationId: String(details['id'] ?? ''), reason: kept.reason,
    details: { ...(label === null ? {} : { label }), ...details },
  };
}

/** A part shares the fate of its record. */
export function partRow(part: PartRow, fate: RollbackFate): RollbackRow {
  const { mapping, sourceId, destinationObject, destinationId, details } = part;
  return { mapping, sourceId, fate, destinationObject, destinationId, reason: null, details: { of: details['of'] ?? null } };
}
