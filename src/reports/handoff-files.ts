import { sectionCsv } from './csv.ts';
import { documentHtml, indexHtml } from './html.ts';
import type { ReportDocument } from './report-document.ts';
import { sheetFiles, type ReportFile, type ReportSheet } from './report-files.ts';
import { documentsXlsx } from './xlsx.ts';

/**
 * The files of a hand-off: an HTML page per document with an index, one workbook, a CSV per table, `<id>.json` per document and
 * `handoff.json` about all of them.
 */
export async function handoffFiles(params: Readonly<{ project: string; about: string; documents: readonly ReportDocument[]; sheets: readonly ReportSheet[]; runs: object }>): Promise<readonly ReportFile[]> {
  const { project, about, documents, sheets, runs } = params;
  const tables = documents.flatMap((document) => document.sections.map((section) => ({ name: `${document.id}-${section.id}.csv`, what: `${document.title}: ${section.title}`, section })));
  const all = [...documents, ...sheets.map((one) => one.sheet)];
  return [
    { name: 'index.html', content: indexHtml(about, all, [
      { name: 'handoff.xlsx', what: 'all tables in one workbook' }, { name: 'handoff.json', what: 'what is in this folder, for programs' },
      ...sheets.map(({ sheet }) => ({ name: `${sheet.id}.xlsx`, what: `${sheet.title} as a workbook` })),
      ...tables.map(({ name, what }) => ({ name, what })), ...all.map((document) => ({ name: `${document.id}.json`, what: `${document.title}, for programs` })),
    ]) },
    { name: 'handoff.json', content: json({ project, runs, documents: all.map(({ id, title, summary, good }) => ({ id, title, summary, good })) }) },
    { name: 'handoff.xlsx', content: await documentsXlsx(documents) },
    ...documents.flatMap((document) => [{ name: `${document.id}.html`, content: documentHtml(document, about) }, { name: `${document.id}.json`, content: json(document) }]),
    ...tables.map(({ name, section }) => ({ name, content: sectionCsv(section) })),
    ...(await Promise.all(sheets.map((sheet) => sheetFiles(sheet, about)))).flat(),
  ];
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
