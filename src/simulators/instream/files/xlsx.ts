import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { exportedAt, typedCell } from './formats.ts';

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

const parts: { readonly [name: string]: string } = {
  '[Content_Types].xml': `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`,
  '_rels/.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="Export" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${relations}/styles" Target="styles.xml"/></Relationships>`,
  // cell styles: 0 general, 1 date (built-in format 14), 2 date and time (22), 3 number with two decimals (4)
  'xl/styles.xml': `<styleSheet xmlns="${main}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="22" applyNumberFormat="1"/><xf numFmtId="4" applyNumberFormat="1"/></cellXfs></styleSheet>`,
};

function columnName(index: number): string {
  return (index >= 26 ? columnName(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26));
}

const escapes: { readonly [character: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' };
/** XML 1.0 has no place for control characters: they are left out. */
// oxlint-disable-next-line no-control-regex -- these are the characters meant
const escaped = (text: string): string => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '').replace(/[&<>\r]/g, (character) => escapes[character] ?? '');

function cell(text: string, reference: string): string {
  if (text === '') return '';
  const style = typedCell.indexOf(text.charAt(0)) + 1;
  return style > 0 ? `<c r="${reference}" s="${style}"><v>${text.slice(1)}</v></c>` : `<c r="${reference}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
}

function* sheet(header: readonly string[], rows: Iterable<readonly string[]>): Generator<Buffer> {
  let waiting = `${declaration}<worksheet xmlns="${main}"><sheetData>`;
  let number = 0;
  const add = (cells: readonly string[]): void => {
    number += 1;
    waiting += `<row r="${number}">${cells.map((text, index) => cell(text, `${columnName(index)}${number}`)).join('')}</row>`;
  };
  add(header);
  for (const row of rows) {
    add(row);
    if (waiting.length < 64 * 1024) continue;
    yield Buffer.from(waiting);
    waiting = '';
  }
  yield Buffer.from(`${waiting}</sheetData></worksheet>`);
}

/** A workbook with one sheet, written row by row. Dates are serial numbers with a date format, as Excel keeps them. */
export function xlsxStream(header: readonly string[], rows: Iterable<readonly string[]>): NodeJS.ReadableStream {
  const zip = new ZipFile();
  const stamp = { mtime: new Date(exportedAt) };
  for (const [name, xml] of Object.entries(parts)) zip.addBuffer(Buffer.from(declaration + xml), name, stamp);
  zip.addReadStreamLazy('xl/worksheets/sheet1.xml', stamp, (hand) => hand(null, Readable.from(sheet(header, rows), { objectMode: false })));
  zip.end();
  return zip.outputStream;
}
