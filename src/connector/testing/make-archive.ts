import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import yazl from 'yazl';

/** Writes a zip with the given entries. `attributes` is the Unix mode of an entry (0o120777 = a link). */
export async function writeZip(path: string, entries: readonly { readonly name: string; readonly content: Buffer | string; readonly mode?: number }[]): Promise<void> {
  const zip = new yazl.ZipFile();
  for (const entry of entries) zip.addBuffer(Buffer.from(entry.content), entry.name, { mode: entry.mode ?? 0o100644, mtime: new Date(Date.UTC(2026, 0, 1)) });
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
}

/** A cell of a test workbook: text (shared), a number with the index of its style, inline text, a boolean, an error. */
export type SheetCell = string | null | { readonly number: number; readonly style?: number } | { readonly inline: string } | { readonly boolean: boolean } | { readonly error: string };

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const columnName = (index: number): string => (index < 26 ? '' : String.fromCharCode(64 + Math.floor(index / 26))) + String.fromCharCode(65 + (index % 26));

function sheetXml(rows: readonly (readonly SheetCell[])[], share: (text: string) => number): string {
  const cell = (value: SheetCell, reference: string): string => {
    if (value === null) return '';
    if (typeof value === 'string') return `<c r="${reference}" t="s"><v>${share(value)}</v></c>`;
    if ('inline' in value) return `<c r="${reference}" t="inlineStr"><is><t>${escape(value.inline)}</t></is></c>`;
    if ('boolean' in value) return `<c r="${reference}" t="b"><v>${value.boolean ? 1 : 0}</v></c>`;
    if ('error' in value) return `<c r="${reference}" t="e"><v>${value.error}</v></c>`;
    return `<c r="${reference}"${value.style === undefined ? '' : ` s="${value.style}"`}><v>${value.number}</v></c>`;
  };
  const lines = rows.map((cells, row) => `<row r="${row + 1}">${cells.map((value, column) => cell(value, `${columnName(column)}${row + 1}`)).join('')}</row>`);
  return `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cols><col min="1" max="1" hidden="1"/></cols><sheetData>${lines.join('')}</sheetData></worksheet>`;
}

/** Styles of the test workbooks by index: 0 general, 1 date (14), 2 date and time (22), 3 percent (10), 4 `dd.mm.yyyy`, 5 `#,##0.00 "zł"`. */
const styles = `<?xml version="1.0"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="2"><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy"/><numFmt numFmtId="165" formatCode="#,##0.00 &quot;zł&quot;"/></numFmts><cellStyleXfs count="1"><xf numFmtId="14"/></cellStyleXfs><cellXfs count="6">${[0, 14, 22, 10, 164, 165].map((id) => `<xf numFmtId="${id}"/>`).join('')}</cellXfs></styleSheet>`;

/** The bytes of nothing less than a workbook: several sheets, shared strings, styles. */
export async function writeXlsx(path: string, sheets: readonly { readonly name: string; readonly rows: readonly (readonly SheetCell[])[]; readonly hidden?: boolean }[], options: { readonly date1904?: boolean } = {}): Promise<void> {
  const strings = new Map<string, number>();
  const share = (text: string): number => {
    const index = strings.get(text) ?? strings.size;
    strings.set(text, index);
    return index;
  };
  const parts = sheets.map((sheet, index) => ({ name: `xl/worksheets/sheet${index + 1}.xml`, content: sheetXml(sheet.rows, share) }));
  const workbook = `<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><workbookPr${options.date1904 === true ? ' date1904="1"' : ''}/><sheets>${sheets.map((sheet, index) => `<sheet name="${escape(sheet.name)}" sheetId="${index + 1}"${sheet.hidden === true ? ' state="hidden"' : ''} r:id="rId${index + 1}"/>`).join('')}</sheets></workbook>`;
  const relations = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${sheets.map((_, index) => `<Relationship Id="rId${index + 1}" Type="worksheet" Target="worksheets/sheet${index + 1}.xml"/>`).join('')}</Relationships>`;
  await writeZip(path, [
    { name: 'xl/workbook.xml', content: workbook }, { name: 'xl/_rels/workbook.xml.rels', content: relations }, { name: 'xl/styles.xml', content: styles }, ...parts,
    { name: 'xl/sharedStrings.xml', content: `<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${[...strings.keys()].map((text) => `<si><t xml:space="preserve">${escape(text)}</t></si>`).join('')}</sst>` },
  ]);
}
