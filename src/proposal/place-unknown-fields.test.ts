import { expect, test } from 'vitest';
import type { CatalogField, CatalogObject } from '../connector/catalog.ts';
import { placeUnknownFields } from './place-unknown-fields.ts';

const profile = (samples: readonly string[], values?: readonly string[]) => ({ filled: 1, distinct: samples.length, samples, typeConfidence: 1, ...(values === undefined ? {} : { values: values.map((value) => ({ value, count: 2 })) }) });
const field = (name: string, more: Partial<CatalogField> = {}): CatalogField => ({ name, label: name.replace(/^cf:/, ''), type: 'text', required: false, readonly: false, custom: false, ...more });
const object = (name: string, fields: readonly CatalogField[]): CatalogObject => ({ name, label: name, count: null, fields });
const partner = object('res.partner', [field('name'), field('mobile', { type: 'phone' }), field('ref', { label: 'Reference' }), field('user_id', { type: 'reference', relatedObject: 'res.users' }), field('create_date', { type: 'datetime', readonly: true }), field('website', { type: 'url' })]);

function place(fields: readonly CatalogField[], taken: readonly string[] = []) {
  const sourceObject = object('contact', [field('first_name'), field('last_name'), ...fields]);
  return Object.fromEntries([...placeUnknownFields({ sourceObject, destinationObject: partner, fields, taken: new Set(taken), zone: 'Europe/Warsaw' })].map(([name, { line }]) => [name, line === null ? null : [line.to, line.transforms]]));
}

test('an unknown column goes where it means the same, with the transform that its type needs', () => {
  expect(place([field('cf:Telefon komórkowy', { type: 'phone', profile: profile(['601 234 567', '602 345 678']) }), field('cf:Strona WWW', { type: 'url', profile: profile(['www.muster.example']) })]))
    .toEqual({ 'cf:Telefon komórkowy': ['mobile', ['phone']], 'cf:Strona WWW': ['website', ['url']] });
});

test('what is taken, read-only, a link or unlike stays without a place, with the reasons at hand', () => {
  const fields = [field('cf:Mobil', { type: 'phone', profile: profile(['0171 2345678']) }), field('cf:Created at', { type: 'datetime', profile: profile(['2024-01-01T10:00:00Z']) }), field('cf:Account owner', { profile: profile(['Ada Lind']) }), field('cf:Shoe size', { type: 'integer', profile: profile(['42', '39']) })];
  expect(place(fields, ['mobile'])).toEqual({ 'cf:Mobil': null, 'cf:Created at': null, 'cf:Account owner': null, 'cf:Shoe size': null });
  const [, placement] = [...placeUnknownFields({ sourceObject: object('contact', fields), destinationObject: partner, fields, taken: new Set() })].find(([name]) => name === 'cf:Shoe size') ?? [];
  expect(placement?.match?.reasons.length).toBeGreaterThan(0);
});

test('two columns of one meaning: the surer one gets the place', () => {
  expect(place([field('cf:Mobil 2', { type: 'phone', profile: profile(['0171 2345678']) }), field('cf:Mobil', { type: 'phone', profile: profile(['0171 2345679']) })])).toEqual({ 'cf:Mobil': ['mobile', ['phone']], 'cf:Mobil 2': null });
});
