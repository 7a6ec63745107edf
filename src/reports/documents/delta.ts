import type { RunReport } from '../../engine/run-report.ts';
import type { ReportData } from '../report-data.ts';
import { columns, type Cell, type ReportDocument } from '../report-document.ts';
import { sumOf, valueText, wordsOf } from '../words.ts';
import { runFacts } from './run-facts.ts';

/** What a delta found new, changed and gone at the source, and what became of each record that is gone. null = the run was no delta. */
export function deltaDocument(data: ReportData): ReportDocument | null {
  const { delta, retired } = data.report;
  if (delta === undefined) return null;
  const total = (pick: (row: NonNullable<RunReport['delta']>[number]) => number): number => sumOf(delta.map(pick));
  const conflicts = total((row) => row.conflicts);
  const listed = retired ?? [];
  return {
    id: 'delta', title: 'Delta', good: conflicts === 0,
    summary: `${wordsOf(total((row) => row.new), 'new record')}, ${total((row) => row.changed).toLocaleString('en')} changed, ${total((row) => row.deleted).toLocaleString('en')} gone at the source, ${wordsOf(conflicts, 'conflict')}; ${total((row) => row.unchanged).toLocaleString('en')} unchanged.`,
    facts: runFacts(data.report),
    sections: [
      {
        id: 'by-mapping', title: 'By mapping', empty: 'The plan maps nothing.',
        note: 'Conflicts: source and destination both changed the same field. Nothing is overwritten; the record waits in quarantine.',
        columns: columns('Mapping', 'Source object', 'Destination object', '#New', '#Changed', '#Of these returned', '#Gone', '#Conflicts', '#Unchanged'),
        rows: delta.map((row): Cell[] => [row.mapping, row.object, row.destinationObject, row.new, row.changed, row.returned, row.deleted, row.conflicts, row.unchanged]),
      },
      {
        id: 'gone', title: 'Records that are gone at the source, or that their mapping takes no longer', empty: 'No record is gone.',
        note: 'What the plan decided about them (deleted-records) and what was done. What people changed since, and what was there before, is never touched. A deleted record cannot be brought back under its old id.',
        columns: columns('Source record', 'Mapping', 'Done', 'Why', 'Destination record', 'Details'),
        rows: listed.map((row): Cell[] => [row.sourceId, row.mapping, row.action, why(row), `${row.destinationObject} ${row.destinationId}`, Object.entries(row.details).filter(([name]) => name !== 'leftOut').map(([name, value]) => `${name}: ${valueText(value)}`).join('\n')]),
      },
    ],
  };
}

function why(row: NonNullable<RunReport['retired']>[number]): string | null {
  const words = [...(row.details['leftOut'] === true ? ['still at the source, but its mapping takes it no longer'] : []), ...(row.reason === null ? [] : [reasons[row.reason] ?? row.reason])];
  return words.length === 0 ? null : words.join('; ');
}

/** Codes of records that were left as they are, in words. */
const reasons: { readonly [code: string]: string } = {
  'decision-keep': 'kept, as decided', 'cannot-be-archived': 'this object cannot be archived', 'cannot-be-deleted': 'the destination cannot delete',
  'changed-since': 'people changed it since', 'others-hang-on-it': 'other records hang on it', 'was-there-before': 'it was there before the migration',
  'merged-into-another': 'it is part of another record', 'shared-with-another': 'another source record lives there too', 'with-its-record': 'it stays with the record it belongs to',
  'gone-at-destination': 'it was gone at the destination already', 'refused-by-destination': 'the destination refused', 'was-archived': 'it was archived already',
  'archiving-deletes': 'the destination deletes it when the record it hangs on is archived',
};
