import fc from 'fast-check';
import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../../connector/json.ts';
import { numberToDecimal, readDecimal } from '../values/decimal.ts';
import { fold } from '../values/fold.ts';
import { countryCodeOf } from '../values/countries.ts';
import { toUtc } from '../values/wall-clock.ts';
import { transforms, transformsByName } from './registry.ts';
import type { StepResult } from './transform.ts';

const scope = { record: {} as JsonObject, links: {}, facts: {} };
const value: fc.Arbitrary<Json> = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...'0123456789.,-/: @+()<>&;|"\'ŁłEe\n\u00a0') }), fc.double(), fc.boolean(), fc.constant(null), fc.array(fc.string(), { maxLength: 3 }), fc.dictionary(fc.string(), fc.string(), { maxKeys: 2 }));

function run(name: string, parameters: Json | undefined, input: Json): StepResult {
  const transform = transformsByName.get(name);
  if (!transform) throw new Error(`no ${name}`);
  const result = transform.prepare(parameters, new Map())(input, scope);
  if (result instanceof Promise) throw new Error('asynchronous');
  return result;
}

test.each(transforms)('$name never throws, whatever comes in, and gives JSON', async (transform) => {
  const parameters = transform.examples.find((example) => transform.readsDecisions || example.decisions === undefined)?.parameters;
  const step = transform.prepare(parameters, new Map());
  await fc.assert(fc.asyncProperty(value, async (input) => {
    const result = await step(input, scope);
    if (result.failure) expect(result.failure.message.length).toBeLessThan(4000);
    else expect(JSON.parse(JSON.stringify(result.value)) as Json).toEqual(JSON.parse(JSON.stringify(result.value)));
  }), { numRuns: transform.asynchronous ? 10 : 150 });
});

test('fold is idempotent and blind to case', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
    expect(fold(fold(text))).toBe(fold(text));
  }), { numRuns: 5000 });
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'aąćęłńóśźżßøæéüöÅÑ x') }), (text) => {
    expect(fold(text.toUpperCase())).toBe(fold(text));
  }));
});

test('numbers come back as they were written, in both notations', () => {
  fc.assert(fc.property(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), fc.nat(99), fc.constantFrom(['.', ','], [',', '.'], [',', ' '], [',', '\u00a0'], ['.', "'"]), fc.constantFrom('', ' zł', ' PLN', '%', ' €'), (whole, cents, [decimal, group], unit) => {
    const negative = whole < 0n;
    const digits = (negative ? -whole : whole).toString();
    const grouped = digits.replace(/\B(?=(\d{3})+$)/g, group ?? '');
    const fraction = String(cents).padStart(2, '0');
    const written = `${negative ? '-' : ''}${grouped}${decimal}${fraction}${unit}`;
    const expected = `${negative && (whole !== 0n || cents > 0) ? '-' : ''}${digits}.${fraction}`;
    expect(run('number', { decimal: decimal as string }, written)).toMatchObject({ value: expected });
  }));
});

test('numbers of JavaScript keep every digit', () => {
  fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e30, max: 1e30 }), (number) => {
    const text = numberToDecimal(number);
    if (text === null) expect(Math.abs(number)).toBeLessThan(1e-30); // more than 40 places
    else expect(Number(text)).toBe(number === 0 ? 0 : number);
  }));
  expect(readDecimal('1E+05', '.')).toEqual({ value: '100000', unit: null });
  expect(readDecimal('1.234', ',')).toEqual({ value: '1234', unit: null });
  expect(readDecimal('1.23', ',')).toBeNull();
});

const day = fc.date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2099-12-31T00:00:00Z'), noInvalidDate: true });

test('dates come back as they were written, in every order', () => {
  const writers: { readonly [order: string]: (iso: string) => string } = {
    iso: (iso) => iso, ymd: (iso) => iso.replaceAll('-', '.'), dmy: (iso) => iso.split('-').reverse().join('.'),
    mdy: (iso) => { const [year, month, date] = iso.split('-'); return `${month}/${date}/${year}`; },
    epochSeconds: (iso) => String(Date.parse(iso) / 1000), excelSerial: (iso) => String(Date.parse(iso) / 86_400_000 + 25_569),
  };
  fc.assert(fc.property(day, fc.constantFrom(...Object.keys(writers)), (date, order) => {
    const iso = date.toISOString().slice(0, 10);
    if (order === 'excelSerial' && iso < '1900-03-01') return; // spreadsheets take 1900 for a leap year
    expect(run('date', { order }, (writers[order] as (iso: string) => string)(iso))).toMatchObject({ value: iso });
  }));
});

test.each(['Europe/Warsaw', 'America/New_York', 'Asia/Kolkata', 'Africa/Casablanca', 'Australia/Lord_Howe', 'Pacific/Apia'])('wall-clock times in %s become the moment that shows them there', (zone) => {
  fc.assert(fc.property(fc.date({ min: new Date('1950-01-01T00:00:00Z'), max: new Date('2050-01-01T00:00:00Z'), noInvalidDate: true }), (date) => {
    const local = DateTime.fromMillis(Math.floor(date.getTime() / 1000) * 1000, { zone });
    const moment = toUtc({ year: local.year, month: local.month, day: local.day, hour: local.hour, minute: local.minute, second: local.second, millisecond: 0, hasTime: true, offset: null, shortYear: false }, zone);
    expect(DateTime.fromISO(moment.utc, { zone }).toFormat('yyyy-MM-dd HH:mm:ss')).toBe(local.toFormat('yyyy-MM-dd HH:mm:ss'));
  }), { numRuns: 150 });
});

test('text as HTML shows the text again and holds no markup', () => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'ab<>&"\'/script=') }), (text) => {
    const html = run('textToHtml', undefined, text);
    if (html.failure || html.value === null) return;
    expect(html.value).not.toMatch(/[<>]/);
    expect(run('htmlToText', undefined, html.value)).toMatchObject({ value: text.trim().replace(/ +/g, ' ') });
  }));
});

test('sanitised HTML keeps neither scripts nor handlers', () => {
  const pieces = fc.array(fc.constantFrom('<script>', '</script>', '<img src=x onerror=alert(1)>', '<a href="javascript:x">', '<svg/onload=x>', '<b>', 'text', '<iframe src=x>', '<p style="x">', '<', '"', "'", '<!--', '-->'), { maxLength: 8 });
  fc.assert(fc.property(pieces, (parts) => {
    const result = run('sanitizeHtml', undefined, parts.join(''));
    expect(JSON.stringify(result)).not.toMatch(/<script|<[^>]*\son\w+=|<[^>]*javascript:|<svg|<iframe|<[^>]*style=/i);
  }));
});

test('every country is known by its codes and its English and Polish names', () => {
  for (const code of ['PL', 'DE', 'CZ', 'GB', 'US', 'NL', 'CH', 'CI', 'XK', 'TW', 'TR']) {
    expect(countryCodeOf(code)).toBe(code);
    for (const language of ['en', 'pl']) expect(countryCodeOf(new Intl.DisplayNames([language], { type: 'region' }).of(code) ?? '')).toBe(code);
  }
  expect(['Niemcy', 'CZECHY', 'Czech Republic', 'UK', 'U.S.A.', 'Holandia', 'Stany Zjednoczone', 'Szwecja', 'Ukraina', 'deu'].map(countryCodeOf)).toEqual(['DE', 'CZ', 'CZ', 'GB', 'US', 'NL', 'US', 'SE', 'UA', 'DE']);
});
