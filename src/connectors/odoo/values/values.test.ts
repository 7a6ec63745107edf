import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FieldType } from '../../../connector/catalog.ts';
import type { Json } from '../../../connector/json.ts';
import { cleanText, losesCharacters } from './clean-text.ts';
import { fieldRecord, selectionText } from '../fields/field-record.ts';
import { catalogField, type OdooField } from '../fields/field-types.ts';
import { toCell } from './load-cells.ts';
import { normaliseValue } from './normalise.ts';
import { decimalText, fromOdoo } from './values-in.ts';
import { toOdoo, UnfitValue } from './values-out.ts';

const field = (type: string, more: Partial<OdooField> = {}): OdooField => ({ type, string: type, ...more });
const normal = (name: string, type: string, value: Json): Json => normaliseValue(catalogField('x.y', name, field(type)), value);

describe('values for Odoo', () => {
  it.each<[string, Json, Json]>([
    ['boolean', null, false], ['boolean', true, true], ['integer', '42', 42], ['integer', null, false], ['float', '1.50', 1.5], ['monetary', '-0.01', -0.01],
    ['many2one', '7', 7], ['many2one', null, false], ['many2many', ['3', '1', '3'], [[6, 0, [3, 1]]]], ['many2many', null, [[6, 0, []]]],
    ['date', '2020-02-29', '2020-02-29'], ['datetime', '2020-01-02T03:04:05Z', '2020-01-02 03:04:05'], ['datetime', '2020-01-02T03:04:05.999+02:00', '2020-01-02 01:04:05'],
    ['datetime', '0001-01-01T00:00:00Z', '0001-01-01 00:00:00'], ['char', 'a\r\nb\u0000', 'a\nb'], ['char', null, false], ['char', 12, '12'],
  ])('%s %j becomes %j', (type, value, expected) => { expect(toOdoo(field(type), value)).toEqual(expected); });

  it.each<[string, Json, string]>([
    ['integer', 2 ** 31, 'integer-too-large'], ['integer', '1.5', 'not-integer'], ['float', 'NaN', 'not-number'], ['float', '', 'not-number'], ['monetary', 'Infinity', 'not-number'],
    ['many2one', 'abc', 'not-an-id'], ['many2one', '0', 'not-an-id'], ['many2one', '99999999999', 'not-an-id'], ['many2many', '1', 'not-a-list'],
    ['date', '2021-02-29', 'not-a-date'], ['date', '1.2.2020', 'not-a-date'], ['datetime', '2020-01-02 03:04:05', 'not-a-datetime'], ['datetime', '2020-13-02T03:04:05Z', 'not-a-datetime'],
    ['boolean', 'yes', 'not-boolean'], ['char', { a: 1 }, 'not-text'],
  ])('%s %j is refused as %s', (type, value, code) => {
    expect(() => toOdoo(field(type), value)).toThrow(UnfitValue);
    try { toOdoo(field(type), value); } catch (error) { expect((error as UnfitValue).code).toBe(code); }
  });

  it('refuses unknown options and texts that Odoo would cut', () => {
    expect(() => toOdoo(field('selection', { selection: [['a', 'A']] }), 'b')).toThrow(/none of its options/u);
    expect(() => toOdoo(field('char', { size: 3 }), 'four')).toThrow(/holds 3/u);
  });

  it('writes cells of load as texts', () => {
    expect([toCell(field('boolean'), true), toCell(field('boolean'), false), toCell(field('boolean'), null)]).toEqual(['1', '0', '']);
    expect([toCell(field('many2many'), ['2', '1']), toCell(field('many2one'), null), toCell(field('integer'), 0), toCell(field('float'), '1e3')]).toEqual(['2,1', '', '0', '1000']);
    expect(() => toCell(field('one2many'), ['1'])).toThrow(UnfitValue);
  });

  it('names an option by its label where its value is the label of an earlier one', () => {
    const selection = [['a', 'b'], ['b', 'The B'], ['c', 'a']] as const;
    expect(toCell(field('selection', { selection }), 'b')).toBe('The B');
    expect(toCell(field('selection', { selection }), 'a')).toBe('a');
    expect(() => toCell(field('selection', { selection: [['x', 'y'], ['y', 'x']] }), 'y')).toThrow(/another option/u);
  });

  it('gives back what it was given, through Odoo and back', () => {
    const roundTrip = (type: string, value: Json): Json => fromOdoo(field(type), toOdoo(field(type), value));
    fc.assert(fc.property(fc.date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true }), (date) => {
      const iso = `${date.toISOString().slice(0, 19)}Z`;
      expect(roundTrip('datetime', iso)).toBe(iso);
    }));
    fc.assert(fc.property(fc.integer({ min: -(2 ** 31) + 1, max: 2 ** 31 - 1 }), (number) => { expect(roundTrip('integer', number)).toBe(number); }));
    fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }), (number) => { expect(Number(roundTrip('float', decimalText(number)))).toBe(number + 0); }));
  });

  it('never writes numbers with an exponent', () => {
    fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
      expect(decimalText(number)).toMatch(/^-?\d+(\.\d+)?$/u);
      expect(Number(decimalText(number))).toBe(number + 0);
    }));
  });

  it('cleans texts once and for all', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)), fc.constantFrom('', '\u0000', '\ud83d', '\uffff', '\r'), (text, bad) => {
      const clean = cleanText(text + bad);
      expect(cleanText(clean)).toBe(clean);
      expect(losesCharacters(clean)).toBe(false);
      expect(clean.isWellFormed()).toBe(true);
    }));
  });
});

describe('normalisation', () => {
  it.each<[string, string, Json, Json]>([
    ['f', 'integer', null, 0], ['f', 'boolean', null, false], ['f', 'float', null, '0'], ['f', 'monetary', '1.005', '1.01'], ['f', 'monetary', '12', '12'], ['f', 'monetary', '-1.005', '-1.01'],
    ['f', 'char', ' a ', 'a'], ['f', 'char', '', null], ['website', 'char', 'a.example', 'http://a.example'], ['website', 'char', 'HTTPS://a.example', 'HTTPS://a.example'],
    ['email', 'char', 'A@b.example', 'A@b.example'], ['f', 'text', 'a\r\nb', 'a\nb'], ['f', 'many2many', ['10', '9'], ['9', '10']], ['f', 'html', '<p><br></p>', null],
  ])('%s %s %j becomes %j', (name, type, value, expected) => { expect(normal(name, type, value)).toEqual(expected); });

  it.each([
    ['<p>a</p>', 'a'], ['a<br>b', '<p>a</p><p>b</p>'], ['<p class="x" style="color:red">a</p>', '<div>a</div>'], ['<strong>a</strong>', '<b>a</b>'], ['a&nbsp;b', 'a b'],
    ['<img src="https://a.example/x.png" alt="A">', '<img alt="A" src="https://a.example/x.png"/>'], ['<table><tbody><tr><td>a</td></tr></tbody></table>', '<table><tr><td>a</td></tr></table>'],
    ['<script>x</script>a', 'a'], ['<custom-tag>a</custom-tag>', 'a'],
  ])('%j and %j are the same to a reader', (one, other) => { expect(normal('f', 'html', one)).toBe(normal('f', 'html', other)); });

  it.each([['<b>a</b>', 'a'], ['<a href="https://a.example">a</a>', '<a href="https://b.example">a</a>'], ['a b', 'ab'], ['<ul><li>a</li></ul>', '<ol><li>a</li></ol>'], ['a&lt;b', 'ab']])('%j and %j are not', (one, other) => {
    expect(normal('f', 'html', one)).not.toBe(normal('f', 'html', other));
  });

  it('is done after one time', () => {
    fc.assert(fc.property(fc.constantFrom('char', 'text', 'html', 'float', 'monetary', 'integer', 'boolean'), fc.oneof(fc.string(), fc.constant(null)), (type, value) => {
      const given = ['float', 'monetary', 'integer'].includes(type) ? (value === null ? null : value.length) : type === 'boolean' ? value !== null : value;
      const once = normal('f', type, given);
      expect(normal('f', type, once)).toEqual(once);
    }));
  });
});

describe('definitions of new fields', () => {
  it('are records of ir.model.fields', () => {
    expect(fieldRecord({ object: 'res.partner', name: 'x_region', label: 'Region', type: 'selection', options: [{ value: 'n', label: "North's" }] })).toEqual({
      model: 'res.partner', name: 'x_region', field_description: 'Region', ttype: 'selection', state: 'manual', selection: `[('n', "North's")]`,
    });
    expect(fieldRecord({ object: 'crm.lead', name: 'x_value', label: 'Value', type: 'money', currencyField: 'company_currency' })).toMatchObject({ ttype: 'monetary', currency_field: 'company_currency' });
    const types: FieldType[] = ['text', 'longText', 'html', 'integer', 'decimal', 'boolean', 'date', 'datetime', 'email', 'phone', 'url', 'unknown', 'json'];
    for (const type of types) expect(fieldRecord({ object: 'res.partner', name: 'x_a', label: 'A', type })['state']).toBe('manual');
  });
  it.each(['region', 'X_region', `x_${'a'.repeat(62)}`, 'x_ä', 'x_a b'])('refuse the name %j', (name) => {
    expect(() => fieldRecord({ object: 'res.partner', name, label: 'A', type: 'text' })).toThrow(/cannot be the name/u);
  });
  it('refuse a link to nowhere', () => {
    expect(() => fieldRecord({ object: 'res.partner', name: 'x_a', label: 'A', type: 'reference' })).toThrow(/names no object/u);
  });
  it('write options as Python does', () => {
    expect(selectionText([{ value: 'a', label: `It's "x"` }, { value: '\\', label: 'ł' }])).toBe(String.raw`[('a', 'It\'s "x"'), ('\\', 'ł')]`);
  });
});
