import type { FieldClass } from '../../engine/ports/verification.ts';
import { columns, rowPages, type Cell, type ReportDocument } from '../report-document.ts';
import type { ReportData } from '../report-data.ts';
import { valueText, wordsOf } from '../words.ts';
import { runFacts } from './run-facts.ts';

const classes = ['exact', 'equalAfterNormalisation', 'declaredLossy', 'mismatch', 'unreadable'] as const satisfies readonly FieldClass[];

/** What was read back and compared: by object, by field, and every field that did not come back equal. */
export function verificationDocument(data: ReportData): ReportDocument {
  const { verification } = data.report;
  const wrong = verification.mismatch + verification.unreadable;
  return {
    id: 'verification', title: 'Verification', good: verification.records === 0 ? null : wrong === 0,
    summary: verification.records === 0 ? 'Nothing was read back in this run.'
      : `${wordsOf(verification.records, 'record')} and ${wordsOf(verification.fields, 'field')} read back: ${wordsOf(verification.mismatch, 'mismatch', 'mismatches')}, ${verification.unreadable.toLocaleString('en')} unreadable, ${verification.declaredLossy.toLocaleString('en')} with a declared loss.${verification.fromAnswers === undefined ? '' : ` ${wordsOf(verification.fromAnswers, 'record')} were verified from the answer to the call that wrote them, digests of files included: the destination shows them there as it stored them.`}`,
    facts: runFacts(data.report),
    sections: [
      {
        id: 'objects', title: 'By mapping', empty: 'Nothing was read back.',
        note: 'Every field of every written record is read back; both sides are brought into one form by type before they are compared. The last phase compares everything once more.',
        columns: columns('Mapping', 'Phase', '#Records', '#Fields', '#Exact', '#Equal after normalisation', '#Declared loss', '#Mismatch', '#Unreadable'),
        rows: data.verificationCounts.map((row): Cell[] => [row.mapping, row.phase, row.records, row.fields, ...classes.map((name) => row[name])]),
      },
      {
        id: 'fields', title: 'By field', note: null, empty: 'No field was compared.',
        columns: columns('Field', 'Mapping', 'Phase', '#Exact', '#Equal after normalisation', '#Declared loss', '#Mismatch', '#Unreadable'),
        rows: fieldRows(data),
      },
      {
        id: 'findings', title: 'Fields that did not come back equal', empty: 'Every field came back exactly or equal.',
        note: data.findings.complete ? null : `Only the first ${data.findings.items.length.toLocaleString('en')} are listed here, those that differ before those whose loss is declared; verification-findings.csv has all of them.`,
        columns: columns('Source record', 'Mapping', 'Phase', 'Field', 'Class', 'Written', 'Found', 'Destination record'),
        rows: data.findings.items.map(findingRow),
        pages: () => rowPages(data.findings.pages(), findingRow),
      },
    ],
  };
}

function findingRow(finding: ReportData['findings']['items'][number]): Cell[] {
  return [finding.sourceId, finding.mapping, finding.phase, finding.field, finding.class, valueText(finding.written), valueText(finding.found), finding.destinationId];
}

function fieldRows(data: ReportData): Cell[][] {
  const rows = new Map<string, { phase: string; mapping: string; field: string; counts: Record<FieldClass, number> }>();
  for (const { phase, mapping, field, class: name, count } of data.verificationFields) {
    const key = JSON.stringify([phase, mapping, field]);
    const row = rows.get(key) ?? { phase, mapping, field, counts: { exact: 0, equalAfterNormalisation: 0, declaredLossy: 0, mismatch: 0, unreadable: 0 } };
    row.counts[name] += count;
    rows.set(key, row);
  }
  return [...rows.values()].map((row) => [row.field, row.mapping, row.phase, ...classes.map((name) => row.counts[name])]);
}
