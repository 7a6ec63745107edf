import { columns, type Cell, type ReportDocument } from '../report-document.ts';
import type { ReportData } from '../report-data.ts';
import { changedByText } from '../who-changed.ts';
import { valueText, wordsOf } from '../words.ts';
import { runFacts } from './run-facts.ts';

/** Details that a column of their own tells. */
const told: ReadonlySet<string> = new Set(['changedBy', 'changedAt', 'changedByOwnAccount']);

/** The proof of a rollback: fingerprints before the first write and after the rollback, and what is left. */
export function rollbackDocument(data: ReportData): ReportDocument | null {
  const { rollback } = data.report;
  if (rollback === undefined) return null;
  return {
    id: 'rollback', title: 'Rollback proof', good: rollback.identical && rollback.kept === 0,
    summary: rollback.identical && rollback.residue.length === 0 ? 'The destination is identical to what it was before the first write.'
      : rollback.identical ? `The fingerprints are identical; ${wordsOf(rollback.residue.length, 'record')} left, listed below.`
      : `The destination differs from what it was before: ${wordsOf(rollback.residue.length, 'record')} left, ${wordsOf(rollback.differences.length, 'object')} with another fingerprint.`,
    facts: [
      ...runFacts(data.report),
      { label: 'Deleted', value: rollback.deleted }, { label: 'Restored', value: rollback.restored }, { label: 'Kept', value: rollback.kept },
      { label: 'Fingerprint before', value: rollback.fingerprintBefore }, { label: 'Fingerprint after', value: rollback.fingerprintAfter },
    ],
    sections: [
      {
        id: 'residue', title: 'Residue', note: 'Records that were kept because people changed them, or that could not be taken back; those that the destination only archives when they are deleted (archived), and those that were archived before the run and stay brought back (brought-back).', empty: 'Nothing is left.',
        columns: columns('Source record', 'Mapping', 'Reason', 'Changed by', 'Details'),
        rows: rollback.residue.map((row): Cell[] => [row.sourceId, row.mapping, row.reason, changedByText(row.details) ?? '', Object.entries(row.details).filter(([name]) => !told.has(name)).map(([name, value]) => `${name}: ${valueText(value)}`).join('\n')]),
      },
      {
        id: 'differences', title: 'Differences of fingerprints', note: null, empty: 'All fingerprints are the same.',
        columns: columns('Object'), rows: rollback.differences.map((text): Cell[] => [text]),
      },
    ],
  };
}
