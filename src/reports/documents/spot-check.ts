import type { RecordDiffs } from '../../engine/compare/record-diff.ts';
import { columns, type Cell, type ReportDocument } from '../report-document.ts';
import { referenceText, valueText, wordsOf } from '../words.ts';
import { classWords } from './field-diff.ts';

const BOX = '\u2610';

/** What a spot check was drawn from: the same seed draws the same records. */
export interface SpotCheckFacts { readonly project: string; readonly run: string | null; readonly seed: string; readonly destination: string }

/** The sheet that a customer ticks and signs: some records, source and destination side by side. One table per record, for paper. */
export function spotCheckSheet({ records, written }: RecordDiffs, facts: SpotCheckFacts): ReportDocument {
  const wrong = records.filter((record) => record.gone || record.fields.some((field) => field.class === 'mismatch' || field.class === 'unreadable'));
  return {
    id: 'spot-check', title: 'Spot-check sheet', good: wrong.length === 0,
    summary: `${wordsOf(records.length, 'record')} of ${written.toLocaleString('en')}, drawn by chance from every mapping${wrong.length === 0 ? '; every field reads as it was written' : `; ${wordsOf(wrong.length, 'record')} to look at`}.`,
    facts: [
      { label: 'Project', value: facts.project }, { label: 'Run', value: facts.run ?? 'everything written' }, { label: 'Destination', value: facts.destination },
      { label: 'Seed', value: facts.seed }, { label: 'Records to check', value: records.length },
    ],
    sections: records.map((record, index) => ({
      id: `record-${index + 1}`, title: `${index + 1}. ${record.sourceObject} ${record.sourceId} \u2192 ${record.destinationObject} ${record.destinationId}`,
      note: `${record.mapping}${record.position === '' ? '' : ` \u00B7 ${record.position}`}${record.gone ? ' \u00B7 THE RECORD IS GONE AT THE DESTINATION' : ''}`, empty: 'The record has no field.',
      columns: columns('Field', 'Source', 'Written', 'At the destination now', 'Compared', 'In order'),
      rows: record.fields.map((field): Cell[] => [field.field, sourceText(field.from, field.source), referenceText(field.planned, field.names), record.gone ? 'gone' : referenceText(field.readBack, field.names), classWords[field.class], BOX]),
    })),
    closing: ['Checked by (name in capitals)', 'Place and date', 'Signature'],
  };
}

/** The same sheet as one table, for spreadsheets. */
export function spotCheckTable(diffs: RecordDiffs, facts: SpotCheckFacts): ReportDocument {
  const sheet = spotCheckSheet(diffs, facts);
  const numbered = diffs.records.map((record, index) => ({ record, number: index + 1 }));
  return {
    ...sheet,
    sections: [
      {
        id: 'fields', title: 'Fields', note: null, empty: 'Nothing was written.',
        columns: columns('#Record', 'Source record', 'Position', 'Destination record', 'Field', 'Source', 'Written', 'At the destination now', 'Compared', 'In order', 'Remark'),
        rows: numbered.flatMap(({ record, number }) => record.fields.map((field): Cell[] => [
          number, `${record.sourceObject} ${record.sourceId}`, record.position, `${record.destinationObject} ${record.destinationId}`, field.field,
          sourceText(field.from, field.source), referenceText(field.planned, field.names), record.gone ? 'gone' : referenceText(field.readBack, field.names), classWords[field.class], BOX, null,
        ])),
      },
      {
        id: 'sign-off', title: 'Sign-off', note: null, empty: 'Nothing was written.', columns: columns('Record', 'Destination record', 'In order', 'Remark'),
        rows: [...numbered.map(({ record, number }): Cell[] => [`${number}. ${record.sourceObject} ${record.sourceId}`, `${record.destinationObject} ${record.destinationId}`, BOX, null]), ...(sheet.closing ?? []).map((line): Cell[] => [line, null, null, null])],
      },
    ],
  };
}

function sourceText(from: readonly string[], value: unknown): string {
  if (from.length === 0) return '(not from the source)';
  return `${from.join(' + ')}: ${valueText(value)}`;
}
