import fc from 'fast-check';
import { parse } from 'csv-parse/sync';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { fromBuffer } from 'yauzl';
import { runReportSchema, type RunReport } from '../engine/run-report.ts';
import { exampleLine, exampleMapping, examplePlan } from '../plan/example-plan.ts';
import { sectionCsv } from './csv.ts';
import { guardFormula, unguardFormula } from './formula-guard.ts';
import { documentHtml, escapeHtml } from './html.ts';
import type { ReportData } from './report-data.ts';
import { columns, type ReportDocument } from './report-document.ts';
import { reportFiles, runDocuments } from './report-files.ts';
import { oneLine, shortened, visibleText } from './safe-text.ts';
import { documentsXlsx } from './xlsx.ts';

const hostile = [
  '<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '</td></table><h1>', '=HYPERLINK("http://x.test","click")', "+48'", '@SUM(A1)', '-2+3',
  '\u202Egnp.exe', '\u2066\u2069x', 'مرحبا בעולם', '\u001b[31mred\u001b[0m', '\u0000nul', 'line\r\nfeed\ttab', '\ud800lone', '&lt;already&gt;', `${'x'.repeat(10_000)}END`, '👩‍💻 zażółć', '',
];

function listed<Item>(items: readonly Item[], complete: boolean, all = [items]): { items: readonly Item[]; complete: boolean; pages: () => AsyncGenerator<readonly Item[]> } {
  return { items, complete, async* pages() { yield* all; } };
}

/** The whole text of a file, whether it comes at once or in pieces. */
async function textOf(content: string | Buffer | AsyncIterable<string>): Promise<string> {
  return typeof content === 'string' || Buffer.isBuffer(content) ? String(content) : (await Array.fromAsync(content)).join('');
}

function dataOf(report: Partial<RunReport> = {}, value = 'plain'): ReportData {
  return {
    report: runReportSchema.parse({
      run: 'r1', project: 'acme', route: 'alpha-to-beta', mode: 'production', planHash: 'h1', status: 'withQuarantine', startedAt: '2026-01-01T00:00:00Z', finishedAt: null, error: null,
      phases: [{ phase: 'people', mapping: 'people', object: 'contact', destinationObject: 'partner', read: 5, created: 3, updated: 0, matched: 0, merged: 0, skipped: { [value]: 1 }, quarantined: { 'empty-name': 1 }, failed: {}, deleted: 0, archived: 0, kept: {}, returned: 0, destinationBefore: 0, destinationAfter: 3, balanced: true, durationMs: 1200 }],
      verification: { records: 3, fields: 9, exact: 7, equalAfterNormalisation: 1, declaredLossy: 0, mismatch: 1, unreadable: 0 },
      quarantine: [{ mapping: 'people', code: 'empty-name', count: 1 }], losses: [{ mapping: 'people', field: 'state', records: 2 }], calls: { destination: { create: 2 } }, written: 3, ...report,
    }),
    plan: examplePlan({
      decisions: [{ id: 'd1', question: value, options: [{ value: 'a', label: 'A', effect: 'e' }], recommendation: 'a', answer: null, reason: value }],
      mappings: [exampleMapping({ fields: [exampleLine('name', { from: value || 'x', loss: value, evidence: [value] })], leftOut: [{ from: 'avatar', status: 'proposed', confidence: 1, reason: value }] })],
    }),
    route: null, source: null, destination: null,
    verificationCounts: [{ phase: 'people', mapping: 'people', records: 3, fields: 9, exact: 7, equalAfterNormalisation: 1, declaredLossy: 0, mismatch: 1, unreadable: 0 }],
    verificationFields: [{ phase: 'people', mapping: 'people', field: 'name', class: 'mismatch', count: 1 }, { phase: 'people', mapping: 'people', field: 'name', class: 'exact', count: 7 }],
    findings: listed([{ id: '1', phase: 'people', mapping: 'people', sourceId: 's1', destinationId: '7', field: 'name', class: 'mismatch', written: value, found: { nested: value } }], true),
    quarantine: listed([{ id: 'q1', runId: 'r1', mapping: 'people', sourceObject: 'contact', sourceId: 's2', stage: 'transform', code: 'empty-name', message: value, remedy: 'Give it one', field: 'name', position: value, data: { name: value }, raw: null, createdAt: '2026-01-01T00:00:00Z', resolvedAt: null }], false),
  };
}

/** Tags of a page, as a strict XML reader sees them; void elements and the doctype are made XML first. */
function tagsOf(html: string): string[] {
  const tags: string[] = [];
  const parser = new SaxesParser();
  parser.on('opentag', (tag) => void tags.push(tag.name));
  parser.on('error', (error) => { throw error; });
  parser.write(html.replace('<!doctype html>', '').replace(/<meta ([^>]*)>/g, '<meta $1/>')).close();
  return tags;
}

let plainPages: Promise<ReadonlyMap<string, string>> | null = null;
/** Tags of each page where all values are plain words. */
function tagsOfPlainPages(): Promise<ReadonlyMap<string, string>> {
  return plainPages ??= reportFiles(dataOf()).then((files) => new Map(files.filter((file) => file.name.endsWith('.html')).map((file) => [file.name, tagsOf(String(file.content)).join(' ')])));
}

async function sheetsOf(workbook: Buffer): Promise<Map<string, string>> {
  return await new Promise((done, failed) => {
    fromBuffer(workbook, { lazyEntries: true }, (error, zip) => {
      if (error) return failed(error);
      const files = new Map<string, string>();
      zip.on('entry', (entry) => zip.openReadStream(entry, (streamError, stream) => {
        if (streamError) return failed(streamError);
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part));
        stream.on('end', () => { files.set(entry.fileName, Buffer.concat(parts).toString('utf8')); zip.readEntry(); });
      }));
      zip.on('end', () => done(files));
      zip.readEntry();
    });
  });
}

describe('report files', () => {
  it('hold the run report as JSON, a page per document that the index leads to, a CSV per table and one workbook', async () => {
    const data = dataOf({ rollback: { deleted: 1, restored: 0, kept: 1, residue: [{ mapping: 'people', sourceId: 's1', reason: 'changed', details: { by: 'Eve' } }], fingerprintBefore: 'a', fingerprintAfter: 'b', identical: false, differences: ['partner'] } });
    const files = new Map((await reportFiles(data)).map((file) => [file.name, file.content]));
    expect(JSON.parse(String(files.get('report.json')))).toEqual(data.report);
    for (const id of ['reconciliation', 'verification', 'quarantine', 'rollback', 'scope']) {
      expect(files.get(`${id}.html`)).toContain('<!doctype html>');
      expect(files.get('index.html')).toContain(`href="${id}.html"`);
    }
    expect(parse(String(files.get('reconciliation-reasons.csv')), { bom: true })).toEqual([['Mapping', 'Outcome', 'Reason', 'Records'], ['people', 'skipped', 'plain', '1'], ['people', 'quarantined', 'empty-name', '1']]);
    expect([...(await sheetsOf(files.get('report.xlsx') as Buffer)).get('xl/workbook.xml')!.matchAll(/<sheet /g)]).toHaveLength(4 + 3 + 2 + 2 + 6);
  });

  it('say the result in one sentence and whether it is good', () => {
    const [reconciliation, verification, quarantine, scope] = runDocuments(dataOf()) as [ReportDocument, ReportDocument, ReportDocument, ReportDocument];
    expect([reconciliation.good, verification.good, quarantine.good, scope.good]).toEqual([true, false, false, false]);
    expect(reconciliation.summary).toBe('Every count adds up: 5 records read, each with an outcome.');
    expect(verification.summary).toContain('1 mismatch,');
    expect(quarantine.sections[1]!.note).toContain('Only the first 1');
    expect(scope.summary).toContain('1 open decision');
  });

  it('show a remainder as such', () => {
    const [phase] = dataOf().report.phases;
    const [reconciliation] = runDocuments(dataOf({ phases: [{ ...phase!, read: 7, balanced: false }] }));
    expect(reconciliation!.good).toBe(false);
    const remainder = reconciliation!.sections[0]!.columns.findIndex((column) => column.label === 'Remainder');
    expect(reconciliation!.sections[0]!.rows[0]![remainder]).toBe(2);
  });

  it.each(hostile)('render %j harmlessly in every format', async (value) => {
    const plainTags = await tagsOfPlainPages();
    for (const file of await reportFiles(dataOf({}, value))) {
      if (file.name.endsWith('.html')) {
        const html = String(file.content);
        expect(tagsOf(html).join(' '), file.name).toBe(plainTags.get(file.name)); // the value made no element
        expect(html).not.toMatch(/(?![\n\t])\p{Cc}|[\u202A-\u202E\u2066-\u2069]/u);
        expect(html).not.toContain('x'.repeat(501));
      }
      if (file.name.endsWith('.csv')) {
        for (const row of parse(await textOf(file.content), { bom: true })) for (const cell of row) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
      }
      if (file.name === 'report.xlsx') {
        for (const [name, text] of await sheetsOf(file.content as Buffer)) {
          if (!name.endsWith('.xml')) continue;
          expect(text).not.toContain('<f>');
          const parser = new SaxesParser();
          parser.on('error', (error) => { throw error; });
          parser.write(text).close();
        }
      }
    }
  });

  it('list all that is in the pages of a list in its CSV file, and the first of it elsewhere', async () => {
    const data = dataOf();
    const [finding, entry] = [data.findings.items[0]!, (await Array.fromAsync(data.quarantine.pages())).flat()[0]!];
    const pages = <Item>(item: (at: number) => Item): Item[][] => [[item(0), item(1)], [item(2)]];
    const findings = pages((at) => ({ ...finding, id: String(at), sourceId: `s${at}`, written: 'long '.repeat(1_000) }));
    const entries = pages((at) => ({ ...entry, id: `q${at}`, sourceId: `held${at}` }));
    const files = new Map((await reportFiles({ ...data, findings: listed([{ ...findings[0]![0]!, written: 'cut' }], false, findings), quarantine: listed([entries[0]![0]!], false, entries) })).map((file) => [file.name, file.content]));
    const rows = async (name: string): Promise<string[][]> => parse(await textOf(files.get(name)!), { bom: true });
    expect((await rows('verification-findings.csv')).slice(1).map((row) => [row[0], row[5]])).toEqual(['s0', 's1', 's2'].map((id) => [id, 'long '.repeat(1_000)]));
    expect((await rows('quarantine-records.csv')).slice(1).map((row) => row[0])).toEqual(['held0', 'held1', 'held2']);
    expect((await rows('quarantine.csv')).map((row) => row[0])).toEqual(['id', 'q0', 'q1', 'q2']);
    expect(String(files.get('verification.html'))).toContain('verification-findings.csv has all of them');
    expect(String(files.get('verification.html'))).not.toContain('s1');
    expect(String(files.get('quarantine.html'))).not.toContain('held1');
    expect(String(files.get('index.html'))).toContain('href="quarantine.csv"');
  });

  it('stay well-formed whatever text a value holds', async () => {
    await fc.assert(fc.asyncProperty(fc.string({ unit: 'binary' }), async (value) => {
      const document: ReportDocument = { id: 'd', title: value, summary: value, good: null, facts: [{ label: value, value }], sections: [{ id: 's', title: value, note: value, columns: columns('a', '#n'), rows: [[value, 1]], empty: '' }] };
      expect(tagsOf(documentHtml(document, value)).filter((tag) => tag === 'td' || tag === 'script')).toEqual(['td']);
      expect(parse(await textOf(sectionCsv(document.sections[0]!)), { bom: true })[1]![0]).toBe(guardFormula(value));
    }));
  });

  it('are accessible tables without script or outside resource', () => {
    const html = documentHtml(runDocuments(dataOf())[0]!, 'about');
    expect(html).toMatch(/<html lang="en">/);
    expect(html).toMatch(/<caption>/);
    expect(html).toMatch(/<th scope="col"/);
    expect(html).toMatch(/<th scope="row"/);
    expect(html).toContain("default-src 'none'");
    expect(html).not.toMatch(/<script|<link|src=|https?:/);
    expect(html).toContain('prefers-color-scheme:dark');
    expect(html).toContain('@media print');
  });

  it('cut long tables in HTML and say where the rest is', () => {
    const rows = Array.from({ length: 2_500 }, (_, index) => [`r${index}`]);
    expect(documentHtml({ id: 'd', title: 't', summary: 's', good: null, facts: [], sections: [{ id: 's', title: 't', note: null, columns: columns('a'), rows, empty: '' }] }, '')).toContain('500 more rows are in the CSV file');
  });

  it('give sheets names that Excel takes', async () => {
    const section = { id: 's', title: "a/b:[c]*? 'very' long title of a sheet", note: null, columns: columns('a'), rows: [['=1+1'], ['x'.repeat(40_000)]], empty: '' };
    const files = await sheetsOf(await documentsXlsx([{ id: 'd', title: 'Same', summary: '', good: null, facts: [], sections: [section, section] }]));
    const names = [...files.get('xl/workbook.xml')!.matchAll(/<sheet [^>]*name="([^"]*)"/g)].map((match) => match[1]!.replaceAll(/&\w+;/g, "'"));
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(2);
    for (const name of names) expect(name.length <= 31 && !/[\\/?*[\]:]/.test(name)).toBe(true);
  });
});

describe('safe text', () => {
  it('guards and unguards any text without changing it', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.string().map((text) => `=${text}`), fc.string().map((text) => `'${text}`)), (text) => {
      expect(unguardFormula(guardFormula(text))).toBe(text);
      expect(guardFormula(text)).not.toMatch(/^[=+\-@\t\r＝＋－＠]/);
    }));
  });

  it('shows acting characters by name and keeps letters of every script', () => {
    expect(visibleText('a\u202Eb\u0007c')).toBe('a⟨U+202E⟩b⟨U+0007⟩c');
    expect(visibleText('مرحبا 👩‍💻 zażółć\tx\ny')).toBe('مرحبا 👩‍💻 zażółć\tx\ny');
    expect(oneLine('a\r\nb\u001b[2J')).toBe('a b⟨U+001B⟩[2J');
    expect(shortened('abcdef', 3)).toBe('abc… (3 more characters)');
    expect(escapeHtml(`<a href="x" title='y'>&`)).toBe('&#60;a href=&#34;x&#34; title=&#39;y&#39;&#62;&#38;');
  });
});
