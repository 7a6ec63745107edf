import type { RecordDiff, RecordDiffs } from '../../engine/compare/record-diff.ts';
import { columns, type Cell, type ReportDocument } from '../report-document.ts';
import { referenceText, valueText, wordsOf } from '../words.ts';

/** Every field of every written record of a sample: source value, planned value, what the destination gave back, class. */
export function fieldDiffDocument({ records, written }: RecordDiffs, params: Readonly<{ project: string; run: string }>): ReportDocument {
  const fields = records.flatMap((record) => record.fields);
  const wrong = fields.filter((field) => field.class === 'mismatch' || field.class === 'unreadable');
  return {
    id: 'field-diff', title: 'Field-level diff', good: wrong.length === 0,
    summary: `${wordsOf(fields.length, 'field')} of ${wordsOf(records.length, 'record')} compared with what was meant: ${wrong.length === 0 ? 'none differs' : `${wordsOf(wrong.length, 'field')} differ`}.`,
    facts: [{ label: 'Project', value: params.project }, { label: 'Run', value: params.run }, { label: 'Records written', value: written }, { label: 'Records compared', value: records.length }],
    sections: [
      { id: 'differences', title: 'Differences', note: 'Read back as something else than was meant, or not readable.', empty: 'None.', columns: diffColumns, rows: diffRows(records, (name) => name === 'mismatch' || name === 'unreadable') },
      { id: 'losses', title: 'Declared losses', note: 'Different as the plan said beforehand.', empty: 'None.', columns: diffColumns, rows: diffRows(records, (name) => name === 'declaredLossy') },
      { id: 'fields', title: 'All fields', note: records.length < written ? `The first ${records.length.toLocaleString('en')} of ${wordsOf(written, 'record')}.` : null, empty: 'Nothing was written.', columns: diffColumns, rows: diffRows(records, () => true) },
    ],
  };
}

const diffColumns = columns('Source record', 'Mapping', 'Destination record', 'Field', 'Source field', 'Source value', 'Planned', 'Read back', 'Class', 'How');

function diffRows(records: readonly RecordDiff[], wanted: (name: string) => boolean): Cell[][] {
  return records.flatMap((record) => record.fields.filter((field) => wanted(field.class)).map((field): Cell[] => [
    `${record.sourceObject} ${record.sourceId}`, record.mapping, `${record.destinationObject} ${record.destinationId}`, field.field, field.from.join(' + ') || null,
    valueText(field.source), referenceText(field.planned, field.names), record.gone ? 'the record is gone' : referenceText(field.readBack, field.names), classWords[field.class], field.how,
  ]));
}

/** Classes of verification, in words. */
export const classWords = { exact: 'exact', equalAfterNormalisation: 'equal', declaredLossy: 'declared loss', mismatch: 'DIFFERS', unreadable: 'NOT READABLE' } as const;
