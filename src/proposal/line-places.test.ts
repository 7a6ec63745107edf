import { expect, it } from 'vitest';
import type { CatalogField, CatalogObject } from '../connector/catalog.ts';
import { linePlaces } from './line-places.ts';

const field = (name: string, type: CatalogField['type'], samples: readonly string[] = [], more: Partial<CatalogField> = {}): CatalogField => ({
  name, label: name, type, required: false, readonly: false, custom: false, ...(samples.length === 0 ? {} : { profile: { filled: 1, distinct: samples.length, samples, typeConfidence: 1 } }), ...more,
});
const people: CatalogObject = { name: 'contact', label: 'Contact', count: 3, fields: [field('E-mail', 'email', ['a@acme.example', 'b@acme.example']), field('Telefon', 'phone', ['+48 600 100 200']), field('Odd', 'text', ['x1', 'x2'])] };
const partner: CatalogObject = { name: 'res.partner', label: 'Contact', count: 0, fields: [field('name', 'text'), field('email', 'email'), field('phone', 'phone'), field('total', 'integer', [], { readonly: true }), field('country_id', 'reference', [], { relatedObject: 'res.country' })] };
const places = (name: string) => linePlaces({ sourceObject: people, field: name, destinationObject: partner, fields: partner.fields });

it('gives the places of a field, the likely one first, with confidence, reasons and the way in', () => {
  const [best, ...rest] = places('E-mail');
  expect(best).toMatchObject({ name: 'email', transforms: ['email'] });
  expect(best?.confidence).toBeGreaterThan(0.8);
  expect(best?.reasons.join()).toContain('E-mail');
  const confidences = rest.map(({ confidence }) => confidence ?? 0);
  expect(confidences).toEqual(confidences.toSorted((left, right) => right - left));
});

it('says of each place why the values do not fit, and leaves out what cannot be written', () => {
  expect(places('Telefon').map(({ name }) => name).toSorted()).toEqual(['country_id', 'email', 'name', 'phone']);
  expect(places('Telefon').find(({ name }) => name === 'country_id')).toMatchObject({ transforms: null, why: 'values of type reference need a link or a look-up' });
});

it('answers for one field among thousands while a person waits', () => {
  const many = { ...people, fields: Array.from({ length: 3000 }, (_, index) => field(`column ${index}`, 'text', [`value ${index}`])) };
  const started = performance.now();
  expect(linePlaces({ sourceObject: { ...many, fields: [...many.fields, ...people.fields] }, field: 'E-mail', destinationObject: partner, fields: partner.fields })[0]?.name).toBe('email');
  expect(performance.now() - started).toBeLessThan(5_000);
});
