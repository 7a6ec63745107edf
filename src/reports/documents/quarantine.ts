import { columns, rowPages, type Cell, type ReportDocument } from '../report-document.ts';
import type { ReportData } from '../report-data.ts';
import { sumOf, wordsOf } from '../words.ts';

/** Records held back: counts by code, and each one with its sentence and what a person can do. */
export function quarantineDocument(data: ReportData): ReportDocument {
  const count = sumOf(data.report.quarantine.map((row) => row.count));
  return {
    id: 'quarantine', title: 'Quarantine', good: count === 0,
    summary: count === 0 ? 'No record is held back.' : `${wordsOf(count, 'record')} held back. Correct them in quarantine.csv and feed it back: \`portolan quarantine retry ${data.report.project} --file quarantine.csv\``,
    facts: [{ label: 'Project', value: data.report.project }, { label: 'Run', value: data.report.run }],
    sections: [
      {
        id: 'codes', title: 'By mapping and code', note: null, empty: 'No record is held back.',
        columns: columns('Mapping', 'Code', '#Records'),
        rows: data.report.quarantine.map((row): Cell[] => [row.mapping, row.code, row.count]),
      },
      {
        id: 'records', title: 'Records', empty: 'No record is held back.',
        note: data.quarantine.complete ? null : `Only the first ${data.quarantine.items.length.toLocaleString('en')} are listed here; quarantine-records.csv has all of them, quarantine.csv with their fields.`,
        columns: columns('Source record', 'Mapping', 'Code', 'What happened', 'What you can do', 'Field', 'Position', 'Stage'),
        rows: data.quarantine.items.map(entryRow),
        pages: () => rowPages(data.quarantine.pages(), entryRow),
      },
    ],
  };
}

function entryRow(entry: ReportData['quarantine']['items'][number]): Cell[] {
  return [entry.sourceId, entry.mapping, entry.code, entry.message, entry.remedy, entry.field, entry.position, entry.stage];
}
