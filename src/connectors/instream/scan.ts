import { ColumnProfile } from '../../connector/kit/values/column-profile.ts';
import { inferType, type InferredType } from '../../connector/kit/values/column-type.ts';
import { foldHeader } from '../../connector/kit/tables/header-names.ts';
import { KeyIndex } from '../../connector/kit/key-index.ts';
import type { CustomField, KnownValues } from './companions.ts';
import { collectFacts, type ObjectFacts } from './object-facts.ts';
import type { ColumnDefinition, ObjectDefinition } from './objects.ts';
import { rowIdentifier } from './row-view.ts';
import { readTable } from './table-rows.ts';
import type { Table } from './tables.ts';

/** One field of an object, over all its files. */
export interface ScannedField {
  readonly name: string;
  readonly label: string; // header of the first file that has it
  readonly definition: ColumnDefinition | null; // null = custom
  readonly declared: CustomField | null; // what custom_fields.csv says about it
  readonly profile: ColumnProfile;
  readonly inferred: InferredType;
  readonly multi: boolean;
}

export interface RejectedCount { readonly code: string; count: number; readonly lines: string[] } // lines: first 20

export interface FileCounts { readonly table: Table; rows: number; blank: number; padded: number; repeated: number; readonly rejected: Map<string, RejectedCount> }

/** All that one pass over an object's files tells. */
export interface ObjectScan {
  readonly object: ObjectDefinition;
  readonly tables: readonly Table[];
  readonly index: KeyIndex;
  readonly rows: number; // readable rows, repeated ones included
  readonly records: number; // that read() yields
  readonly files: readonly FileCounts[];
  readonly fields: ReadonlyMap<string, ScannedField>;
  readonly isKnown: ReadonlyMap<string, (part: string) => boolean>;
  readonly facts: ObjectFacts;
  readonly duplicateIds: number;
  readonly derivedClashes: number;
}

const dateHeader = /\b(?:data|date|dnia|dzien|day|termin|deadline|time|czas|utworzono|dodano|urodziny|birthday|due|at)\b/;
const phoneHeader = /\b(?:tel|telefon|phone|kom|komorka|komorkowy|mobile|fax|faks|gsm)\b/;

/** Reads every row of the object once: indexes keys, profiles every column, gathers facts. Memory stays flat. */
export async function scanObject(params: Readonly<{
  tables: readonly Table[]; known: KnownValues; customFields: ReadonlyMap<string, CustomField>;
  signal: AbortSignal; onProgress?: ((rows: number) => void) | undefined;
}>): Promise<ObjectScan> {
  const object = params.tables[0]?.object;
  if (object === undefined) throw new Error('an object has at least one table');
  const index = new KeyIndex();
  const profiles = new Map<string, ColumnProfile>();
  const labels = new Map<string, string>();
  const definitions = new Map(object.columns.map((column) => [column.name, column]));
  const facts = collectFacts(object.name);
  const files: FileCounts[] = [];
  let rows = 0, duplicateIds = 0, derivedClashes = 0;
  for (const [file, table] of params.tables.entries()) {
    const counts: FileCounts = { table, rows: 0, blank: 0, padded: 0, repeated: 0, rejected: new Map() };
    files.push(counts);
    const columns = table.columns.map((column) => {
      const type = definitions.get(column.field)?.type;
      const profile = profiles.get(column.field) ?? new ColumnProfile(type === 'date' || type === 'datetime' || (type === undefined && dateHeader.test(foldHeader(column.header))));
      profiles.set(column.field, profile);
      if (!labels.has(column.field)) labels.set(column.field, column.header);
      return { index: column.index, profile, taken: type !== 'binary' }; // references to bytes have no profile
    });
    const exact = 'format' in table.source;
    const identify = rowIdentifier(table);
    const takeFacts = facts.reader(table);
    for await (const batch of readTable(table, table.begin, params.signal, () => { counts.blank += 1; })) {
      for (const row of batch) {
        if (row.cells === null) {
          countRejected(counts, row.code, row.line);
          continue;
        }
        const identity = identify(row.cells, row.spooled);
        const outcome = index.add(identity.keyHash, identity.content, { file, line: row.line });
        rows += 1;
        counts.rows += 1;
        if (outcome === 'clash' && identity.key.explicit) {
          duplicateIds += 1;
          countRejected(counts, 'duplicate-id', row.line);
          continue;
        }
        if (outcome === 'clash') derivedClashes += 1;
        if (outcome === 'identical') {
          counts.repeated += 1;
          continue;
        }
        takeFacts(row.cells);
        for (const column of columns) {
          const cell = row.cells[column.index];
          if (column.taken && cell !== undefined && cell !== '' && cell.trim() !== '') column.profile.add(cell, exact);
        }
      }
      params.onProgress?.(rows);
    }
  }
  const records = rows - duplicateIds - index.identical;
  const fields = new Map<string, ScannedField>();
  for (const [name, profile] of profiles) {
    const field = finishField(name, labels.get(name) ?? name, profile, definitions.get(name) ?? null, customFieldOf(params.customFields, object.name, name), records);
    if (field !== null) fields.set(name, field);
  }
  const isKnown = new Map([...fields.values()].filter((field) => field.multi).map((field) => [field.name, params.known.forField(object.name, field)]));
  return { object, tables: params.tables, index, rows, records, files, fields, isKnown, facts: facts.finish(isKnown), duplicateIds, derivedClashes };
}

function countRejected(counts: FileCounts, code: string, line: number): void {
  const entry = counts.rejected.get(code) ?? { code, count: 0, lines: [] };
  entry.count += 1;
  if (entry.lines.length < 20) entry.lines.push(String(line));
  counts.rejected.set(code, entry);
}

function customFieldOf(customFields: ReadonlyMap<string, CustomField>, object: string, name: string): CustomField | null {
  if (!name.startsWith('cf:')) return null;
  const of = object === 'list_membership' ? 'list' : object;
  return customFields.get(`${of}:${foldHeader(name.slice(3))}`) ?? null;
}

function finishField(name: string, label: string, profile: ColumnProfile, definition: ColumnDefinition | null, declared: CustomField | null, records: number): ScannedField | null {
  const tally = profile.tally();
  if (tally.filled === 0 && /^cf:column_\d+$/.test(name)) return null; // a trailing delimiter in every row, not a column
  const { distinct, values } = profile.profile(records, 1);
  const inferred = inferType(tally, { rows: records, distinct, distinctExact: distinct <= 1000 && (values !== undefined || distinct > 50), phoneHeader: phoneHeader.test(foldHeader(label)) });
  const multi = definition?.multi ?? (declared === null ? inferred.type === 'multiSelection' : declared.type === 'multiSelection');
  return { name, label: label.replace(/^cf:\s*/i, ''), definition, declared, profile, inferred, multi };
}
