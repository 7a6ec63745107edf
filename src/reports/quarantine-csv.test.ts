import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../connector/json.ts';
import type { StoredQuarantineEntry } from '../engine/ports/ledger.ts';
import { correctionOf, fieldsToCorrect, parseQuarantineCsv, quarantineHeader, quarantineLine } from './quarantine-csv.ts';

function entry(id: string, data: StoredQuarantineEntry['data']): StoredQuarantineEntry {
  return {
    id, runId: 'r1', mapping: 'contacts', sourceObject: 'contact', sourceId: `s-${id}`, stage: 'transform', code: 'empty-name',
    message: 'Contact has no name', remedy: 'Give it a name', field: 'name', position: 'contacts.csv line 3', data, raw: null, createdAt: '2026-01-01T00:00:00Z', resolvedAt: null,
  };
}
function csvOf(entries: readonly StoredQuarantineEntry[]): string {
  const fields = [...new Set(entries.flatMap((one) => Object.keys(one.data ?? {})))];
  return quarantineHeader(fields) + entries.map((one) => quarantineLine(one, fields)).join('');
}
const fieldName = fc.oneof(fc.constantFrom('id', 'message', 'field:id', '=cmd', "'quoted", 'name', '__proto__', 'toString'), fc.string({ minLength: 1, maxLength: 12 }).filter((name) => name.trim() !== '' && !/[\r\n\uFEFF]/.test(name)));
const value: fc.Arbitrary<Json> = fc.oneof(
  fc.string(), fc.constantFrom('=1+1', '+48 600', '-5', '@x', "'=a", "''", '', ' ', '\t', 'a;b,c\t"d"\r\ne', '\r', 'łódź', '＝1'),
  fc.integer(), fc.boolean(), fc.constant(null), fc.array(fc.string(), { maxLength: 3 }), fc.dictionary(fc.string(), fc.integer(), { maxKeys: 2 }),
);
const record = fc.uniqueArray(fc.tuple(fieldName, value), { selector: ([name]) => name, minLength: 1, maxLength: 6 }).map((pairs) => Object.fromEntries(pairs));

describe('quarantine CSV', () => {
  it('has a column for what a remedy says to fill in, also where the record lacks it; what was typed there is the correction', () => {
    const held = { ...entry('q1', { body: 'Orphan' }), remedy: 'Give the note a contact_email or company_name; then retry.' };
    const fields = fieldsToCorrect(held);
    expect(fields).toEqual(['body', 'contact_email', 'company_name']);
    const csv = quarantineHeader(fields) + quarantineLine(held, fields).replace('Orphan,,', 'Orphan,ola@mail.example.org,');
    expect(correctionOf(parseQuarantineCsv(csv)[0]!, held).fields).toEqual({ contact_email: 'ola@mail.example.org' });
    expect(fieldsToCorrect({ ...held, data: null })).toEqual([]); // the row never became a record
  });

  it('carries a correction of any field, under its own name', () => {
    fc.assert(fc.property(record, fc.string(), (data, text) => {
      const [name] = Object.keys(data) as [string];
      const before = entry('q1', { ...data, [name]: `${text}!` });
      const csv = csvOf([entry('q1', { ...data, [name]: text.replaceAll('\r', '') })]);
      expect(correctionOf(parseQuarantineCsv(csv)[0]!, before).fields).toEqual({ [name]: text.replaceAll('\r', '') });
    }));
  });

  it('gives every record back unchanged when nobody corrected anything, whatever its fields and values are', () => {
    fc.assert(fc.property(fc.array(record, { minLength: 1, maxLength: 4 }), (records) => {
      const entries = records.map((data, index) => entry(`q${index}`, data));
      const rows = parseQuarantineCsv(csvOf(entries));
      expect(rows.map((row) => row.id)).toEqual(entries.map((one) => one.id));
      rows.forEach((row, index) => {
        expect(correctionOf(row, entries[index]!)).toEqual({ id: `q${index}`, fields: {} });
      });
    }));
  });

  it('carries every corrected text, also one that looks like a formula', () => {
    fc.assert(fc.property(fc.string().filter((text) => text !== 'old' && !text.includes('\r')), (text) => {
      const before = entry('q1', { name: 'old', other: 7 });
      const csv = csvOf([entry('q1', { name: text, other: 7 })]);
      expect(correctionOf(parseQuarantineCsv(csv)[0]!, before)).toEqual({ id: 'q1', fields: { name: text } });
    }));
  });

  it('never writes a cell that a spreadsheet would run', () => {
    const csv = csvOf([entry('q1', { a: '=HYPERLINK("http://x.test")', b: '+1', c: '-1', d: '@SUM(A1)', e: '\t=1', '=cmd': 'x' })]);
    const cells = csv.slice(1).split(/\r\n|,/);
    for (const cell of cells) expect(cell.replace(/^"/, '')).not.toMatch(/^[=+\-@\t]/);
  });

  it('reads what a spreadsheet saved with semicolons, without the mark, and with line feeds of its own', () => {
    const rows = parseQuarantineCsv('id;mapping;name;note\nq1;contacts;"Ada; Lovelace";"two\nlines"\n');
    expect(rows).toEqual([{ line: 3, id: 'q1', cells: { name: 'Ada; Lovelace', note: 'two\nlines' } }]);
    expect(correctionOf(rows[0]!, entry('q1', { name: 'Ada', note: 'two\r\nlines' })).fields).toEqual({ name: 'Ada; Lovelace' });
  });

  it('keeps the type of a corrected number, and takes text for what was text', () => {
    const before = entry('q1', { amount: 5, flag: true, name: 'x', gone: 'y' });
    const row = { line: 2, id: 'q1', cells: { amount: '6.5', flag: 'maybe', name: '12', gone: '' } };
    expect(correctionOf(row, before).fields).toEqual({ amount: 6.5, flag: 'maybe', name: '12', gone: '' });
  });

  it('does not take a cell that Excel cut at its limit for a correction', () => {
    const long = 'x'.repeat(40_000);
    expect(correctionOf({ line: 2, id: 'q1', cells: { note: long.slice(0, 32_767) } }, entry('q1', { note: long })).fields).toEqual({});
  });

  it.each([
    ['', 'quarantine-file-empty'],
    ['mapping,name\ncontacts,Ada\n', 'quarantine-column-missing'],
    ['id,name\n,Ada\n', 'quarantine-id-missing'],
    ['id,name\nq1,Ada\nq1,Eve\n', 'quarantine-id-twice'],
    ['id,name\nq1,Ada,more\n', 'quarantine-cells'],
    ['id,name,name\nq1,Ada,Eve\n', 'quarantine-column-twice'],
    ['id,name\nq1,"Ada\n', 'quarantine-file-unreadable'],
  ])('refuses %j with %s and a remedy', (text, code) => {
    expect(() => parseQuarantineCsv(text)).toThrowError(expect.objectContaining({ code, remedy: expect.stringMatching(/\w/) }));
  });
});
