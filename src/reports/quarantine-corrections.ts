import { ConfigurationError } from '../connector/errors.ts';
import type { Store } from '../engine/ports/store.ts';
import { correctionOf, parseQuarantineCsv, type Correction } from './quarantine-csv.ts';
import { wordsOf } from './words.ts';

/** The mapping under which a run makes the fields of its plan. */
const FIELDS = 'fields';

/** What a corrected file asks for. */
export interface QuarantineCorrections {
  readonly corrections: readonly Correction[];
  /** Positions of rows that never became records: they are corrected in the source itself. */
  readonly unreadable: readonly string[];
}

/**
 * Reads a corrected CSV of held-back records against what is stored.
 * @param params.name how messages call the file
 * @throws ConfigurationError naming the line, column or id that is wrong
 */
export async function quarantineCorrections(params: Readonly<{ store: Pick<Store, 'quarantineEntries'>; projectId: string; text: string; name: string }>): Promise<QuarantineCorrections> {
  const { store, projectId, text, name } = params;
  const rows = parseQuarantineCsv(text);
  if (rows.length === 0) throw new ConfigurationError({ code: 'quarantine-file-empty', message: `${name} has no line below its header`, remedy: 'keep the lines of the records to retry' });
  const entries = new Map((await store.quarantineEntries({ projectId, ids: rows.map((row) => row.id) })).map((entry) => [entry.id, entry]));
  const unknown = rows.filter((row) => !entries.has(row.id));
  if (unknown.length > 0) {
    throw new ConfigurationError({
      code: 'quarantine-id-unknown', message: `${wordsOf(unknown.length, 'line')} of the file name no quarantine entry of this project: ${unknown.slice(0, 5).map((row) => `line ${row.line} '${row.id}'`).join(', ')}${unknown.length > 5 ? ', …' : ''}`,
      remedy: 'export again and keep the id column as it is',
    });
  }
  const open = rows.flatMap((row) => {
    const entry = entries.get(row.id);
    return entry === undefined || entry.resolvedAt !== null ? [] : [{ row, entry }];
  });
  if (open.length === 0) throw new ConfigurationError({ code: 'quarantine-all-resolved', message: `All ${rows.length} records of the file went in already`, remedy: 'export again for those that are still held back' });
  const records = open.filter(({ entry }) => entry.data !== null);
  const without = open.filter(({ entry }) => entry.data === null);
  // A field of the plan that could not be made is no row of the source: every run tries it anew.
  const unreadable = without.filter(({ entry }) => entry.mapping !== FIELDS).map(({ entry }) => entry.position);
  if (records.length === 0 && unreadable.length === 0) throw new ConfigurationError({ code: 'quarantine-fields-only', message: `Only fields of the plan are held back (${without.slice(0, 5).map(({ entry }) => entry.position).join(', ')})`, remedy: 'mend what each of them names, then run again: every run makes the fields that are missing' });
  if (records.length === 0) throw new ConfigurationError({ code: 'quarantine-rows-unreadable', message: `The rows of the file were never read as records (${unreadable.slice(0, 5).join(', ')})`, remedy: 'correct them in the source export itself, then run again: it extracts anew' });
  return { corrections: records.map(({ row, entry }) => correctionOf(row, entry)), unreadable };
}
