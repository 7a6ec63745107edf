import { sectionCsv } from './csv.ts';
import { deltaDocument } from './documents/delta.ts';
import { quarantineDocument } from './documents/quarantine.ts';
import { reconciliationDocument } from './documents/reconciliation.ts';
import { rollbackDocument } from './documents/rollback.ts';
import { scopeDocument } from './documents/scope.ts';
import { verificationDocument } from './documents/verification.ts';
import { documentHtml, indexHtml } from './html.ts';
import { quarantineCsv } from './quarantine-csv.ts';
import type { ReportData } from './report-data.ts';
import type { ReportDocument } from './report-document.ts';
import { documentsXlsx } from './xlsx.ts';

/** One file to be written into the run's folder; what may be of any length comes in pieces, and is made while it is written. */
export interface ReportFile { readonly name: string; readonly content: string | Buffer | AsyncIterable<string> }

/** The documents of a run, in the order in which a person reads them. */
export function runDocuments(data: ReportData): readonly ReportDocument[] {
  const [delta, rollback] = [deltaDocument(data), rollbackDocument(data)];
  return [
    reconciliationDocument(data), verificationDocument(data), quarantineDocument(data),
    ...(delta === null ? [] : [delta]), ...(rollback === null ? [] : [rollback]),
    ...(data.plan === null ? [] : [scopeDocument({ plan: data.plan, planHash: data.report.planHash, source: data.source, destination: data.destination, rows: data.route?.rows })]),
  ];
}

/** A document that looks on paper other than in a spreadsheet: a page, a table, and the data of both. */
export interface ReportSheet { readonly sheet: ReportDocument; readonly table: ReportDocument; readonly data: unknown }

/** The files of a sheet: `<id>.html` for paper, `<id>.xlsx` and a CSV per table for spreadsheets, `<id>.json` for programs. */
export async function sheetFiles({ sheet, table, data }: ReportSheet, about: string): Promise<readonly ReportFile[]> {
  return [
    { name: `${sheet.id}.html`, content: documentHtml(sheet, about) },
    { name: `${sheet.id}.xlsx`, content: await documentsXlsx([table]) },
    ...table.sections.map((section) => ({ name: `${table.id}-${section.id}.csv`, content: sectionCsv(section) })),
    { name: `${sheet.id}.json`, content: `${JSON.stringify(data, null, 2)}\n` },
  ];
}

/** The files of one document that stands alone: `<id>.html`, `<id>.xlsx` and a CSV per table. */
export async function documentFiles(document: ReportDocument, about: string): Promise<readonly ReportFile[]> {
  return [
    { name: `${document.id}.html`, content: documentHtml(document, about) },
    { name: `${document.id}.xlsx`, content: await documentsXlsx([document]) },
    ...document.sections.map((section) => ({ name: `${document.id}-${section.id}.csv`, content: sectionCsv(section) })),
  ];
}

/**
 * Every file of a run's report: `report.json` (the run report), `report.xlsx`, an HTML page per document with an index,
 * a CSV per table, and `quarantine.csv`, the one that is corrected and fed back.
 */
export async function reportFiles(data: ReportData, sheets: readonly ReportSheet[] = []): Promise<readonly ReportFile[]> {
  const documents = runDocuments(data);
  const about = `Portolan · ${data.report.project} · ${data.report.mode} run ${data.report.run}`;
  const tables = documents.flatMap((document) => document.sections.map((section) => ({ name: `${document.id}-${section.id}.csv`, what: `${document.title}: ${section.title}`, section })));
  return [
    { name: 'report.json', content: `${JSON.stringify(data.report, null, 2)}\n` },
    { name: 'report.xlsx', content: await documentsXlsx(documents) },
    { name: 'index.html', content: indexHtml(about, [...documents, ...sheets.map((each) => each.sheet)], [
      { name: 'report.json', what: 'the run report, for programs' }, { name: 'report.xlsx', what: 'all tables in one workbook' },
      { name: 'quarantine.csv', what: 'records held back, to correct and feed back' }, ...tables.map(({ name, what }) => ({ name, what })),
      ...sheets.flatMap(({ sheet }) => [{ name: `${sheet.id}.xlsx`, what: `${sheet.title} as a workbook` }, { name: `${sheet.id}.json`, what: `${sheet.title}, for programs` }]),
    ]) },
    ...documents.map((document) => ({ name: `${document.id}.html`, content: documentHtml(document, about) })),
    ...tables.map(({ name, section }) => ({ name, content: sectionCsv(section) })),
    { name: 'quarantine.csv', content: quarantineCsv(data.quarantine.pages) },
    ...(await Promise.all(sheets.map((sheet) => sheetFiles(sheet, about)))).flat(),
  ];
}
