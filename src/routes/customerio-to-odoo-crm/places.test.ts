import { describe, expect, test } from 'vitest';
import type { Catalog, CatalogField, CatalogObject, FieldType } from '../../connector/catalog.ts';
import type { FieldLine, Mapping, Plan } from '../../plan/plan.ts';
import type { MatchGuide } from '../../proposal/match-guide.ts';
import { withMemory } from '../../proposal/memory/recall.ts';
import { propose } from './propose.ts';

const field = (name: string, type: FieldType = 'text', more: Partial<CatalogField> = {}): CatalogField => ({ name, label: name.replace(/^attr\./u, ''), type, required: false, readonly: false, custom: false, ...more });
const trait = (name: string, values: readonly string[], { filled = 0.9, type = 'text' }: { filled?: number; type?: FieldType } = {}): CatalogField => field(`attr.${name}`, type, {
  custom: true, profile: { filled, distinct: values.length, samples: values.slice(0, 5), typeConfidence: 1, values: values.map((value) => ({ value, count: 3 })) },
});
const object = (name: string, fields: readonly CatalogField[]): CatalogObject => ({ name, label: name, count: 60, fields });
const catalog = (platform: string, objects: readonly CatalogObject[], facts: Catalog['facts'] = {}): Catalog => ({ platform, version: '17.0', edition: null, objects, facts, limits: [], notes: [], questions: [] });

const partner = object('res.partner', [
  ...['name', 'street', 'street2', 'zip', 'city', 'function', 'company_name', 'vat', 'ref', 'company_registry'].map((name) => field(name)), field('email', 'email'), field('phone', 'phone'), field('mobile', 'phone'), field('website', 'url'), field('comment', 'html'), field('active', 'boolean'), field('is_company', 'boolean'),
  field('lang', 'selection'), field('tz', 'selection'), field('type', 'selection'), field('parent_id', 'reference', { relatedObject: 'res.partner' }), field('country_id', 'reference', { relatedObject: 'res.country' }), field('user_id', 'reference', { relatedObject: 'res.users' }), field('credit_limit', 'decimal'),
]);
const lead = object('crm.lead', [...['name', 'contact_name', 'partner_name', 'function', 'referred'].map((name) => field(name)), field('type', 'selection'), field('partner_id', 'reference', { relatedObject: 'res.partner' }), field('user_id', 'reference', { relatedObject: 'res.users' }), field('expected_revenue', 'money')]);

function planOf(traits: readonly CatalogField[], guide?: MatchGuide, made: readonly CatalogField[] = []): Plan {
  const person = object('person', [field('cio_id'), field('id'), field('email', 'email', { profile: { filled: 1, distinct: 3, samples: ['ada@muster.example'], typeConfidence: 1 } }), field('unsubscribed', 'boolean'), field('attributes', 'json'), ...traits]);
  const source = catalog('customerio', [person], { lists: {} });
  const destination = catalog('odoo', [{ ...partner, fields: [...partner.fields, ...made] }, lead, object('mail.blacklist', [field('email', 'email'), field('active', 'boolean')]), object('phone.blacklist', [field('number'), field('active', 'boolean')])], { country: 'DE', languages: ['de_DE', 'en_US'] });
  return propose({ project: 'acme', source, sourceHash: 's', destination, destinationHash: 'd', guide });
}
const mappingOf = (plan: Plan, id: string): Mapping => { const found = plan.mappings.find((mapping) => mapping.id === id); if (found === undefined) throw new Error(`no mapping ${id}`); return found; };
const linesFrom = (plan: Plan, name: string, id = 'contacts'): readonly FieldLine[] => mappingOf(plan, id).fields.filter(({ from }) => [from ?? []].flat().includes(`attr.${name}`));
const placeOf = (plan: Plan, name: string): readonly string[] => linesFrom(plan, name).map(({ to }) => to);

const german = [
  trait('vorname', ['Greta', 'Jonas', 'Mila']), trait('nachname', ['Ahlborn', 'Petersen', 'Wendt']), trait('telefon', ['030 1234567', '040 7654321', '+49 89 123456']), trait('handy', ['0171 2345678', '0160 1234567']),
  trait('straße', ['Hafenweg 3', 'Am Markt 12']), trait('plz', ['10115', '20095', '01067']), trait('ort', ['Bremen', 'Leipzig', 'Kassel']), trait('land', ['Deutschland', 'Österreich', 'Schwiez']), trait('firma', ['Ahlborn GmbH', 'Wendt & Söhne KG']),
  trait('position', ['Einkäuferin', 'Geschäftsführer']), trait('lieblingsfarbe', ['petrol', 'ocker']), trait('sprache', ['de', 'en', 'fr']),
];

describe('traits of people', () => {
  test('go to the fields of partners that they mean, in any language, with probability, reason and evidence', () => {
    const plan = planOf(german);
    expect(Object.fromEntries(german.map(({ label }) => [label, placeOf(plan, label)]))).toEqual({
      vorname: ['name', 'x_vorname'], nachname: ['name', 'x_nachname'], telefon: ['phone'], handy: ['mobile'], straße: ['street'], plz: ['zip'], ort: ['city'], land: ['country_id'], firma: ['company_name'], position: ['function'], lieblingsfarbe: ['x_lieblingsfarbe'], sprache: ['lang', 'x_cio_language'],
    });
    const [city] = linesFrom(plan, 'ort');
    expect(city?.confidence).toBeGreaterThan(0.9);
    expect(city?.confidence).toBeLessThan(1);
    expect([city?.reason, city?.evidence]).toEqual([expect.stringContaining('reads as "city"'), ['Bremen', 'Leipzig', 'Kassel']]);
    expect(linesFrom(plan, 'vorname')[0]?.from).toEqual(['attr.vorname', 'attr.nachname']);
    expect(linesFrom(plan, 'lieblingsfarbe')[0]?.reason).toContain('A field of its own, because');
    expect(linesFrom(plan, 'firma', 'leads').map(({ to }) => to)).toEqual(['partner_name']);
  });

  test('keep the kind of their values: countries by a table and a look-up, what names none is declared', () => {
    const [country] = linesFrom(planOf(german), 'land');
    expect(country).toMatchObject({ to: 'country_id', lookup: { object: 'res.country', by: 'code' }, transforms: [{ map: { values: { Schwiez: 'CH' }, keep: true } }, 'countryCode'], whenMissing: 'empty' });
    const [unsure] = linesFrom(planOf([trait('country', ['Germany', 'France', 'Atlantis'])]), 'country');
    expect([unsure?.to, unsure?.loss]).toEqual(['country_id', expect.stringContaining('"Atlantis"')]);
    expect(placeOf(planOf([trait('country', ['north', 'south', 'east'])]), 'country')).toEqual(['x_country']);
    expect(placeOf(planOf([trait('city', ['["Bremen"]'], { type: 'json' })]), 'city')).toEqual(['x_city']);
  });

  test('never two to one field: the fuller one gets it, the other says who has it', () => {
    const plan = planOf([trait('country', ['DE', 'France', 'PL', 'Spain', 'x'], { filled: 0.9 }), trait('address.country', ['DE', 'FR', 'PL'], { filled: 0.3 }), trait('phone', ['+49 30 1234567', '+49 40 7654321']), trait('phone_number', ['+49 30 1234567'], { filled: 0.2 })]);
    expect([placeOf(plan, 'country'), placeOf(plan, 'address.country'), placeOf(plan, 'phone')]).toEqual([['country_id'], ['x_address_country'], ['phone']]);
    expect(placeOf(plan, 'phone_number')).toEqual(['x_phone_number']);
    expect(linesFrom(plan, 'address.country')[0]?.reason).toContain('attr.country means the same, and more records have it');
    const filled = mappingOf(plan, 'contacts').fields.filter(({ to, from }) => !to.startsWith('x_') && typeof from === 'string' && from.startsWith('attr.')).map(({ to }) => to);
    expect(new Set(filled).size).toBe(filled.length);
  });

  test('of the same name as a field that people made in Odoo go there, unless an earlier load made it', () => {
    const own = (name: string, label: string, description: string): CatalogField => field(name, 'text', { label, custom: true, description });
    const plan = planOf([trait('loyalty tier', ['gold', 'silver']), trait('shoe_size', ['42', '39'])], undefined, [own('x_loyalty', 'Loyalty tier', ''), own('x_shoe_size', 'shoe_size', 'Attribute "shoe_size" of Customer.io.')]);
    expect([placeOf(plan, 'loyalty tier'), placeOf(plan, 'shoe_size')]).toEqual([['x_loyalty'], ['x_shoe_size']]);
    expect(plan.schema.map(({ name }) => name).filter((name) => ['x_loyalty', 'x_shoe_size'].includes(name))).toEqual(['x_shoe_size']);
  });

  test('fields with effects of their own are never filled by likeness alone', () => {
    const plan = planOf([trait('credit_limit', ['1000.00', '250.50'], { type: 'decimal' }), trait('owner', ['Ada Lind', 'Jan Nowak'])]);
    expect([placeOf(plan, 'credit_limit'), placeOf(plan, 'owner')]).toEqual([['x_credit_limit'], ['x_owner']]);
  });

  test('the numbers that opt-outs block are those that go to the phone, whatever the attribute is called', () => {
    const number = (traits: readonly CatalogField[]): unknown => mappingOf(planOf(traits), 'blocked-phones').fields.find(({ to }) => to === 'number')?.from;
    expect([number(german), number([trait('msisdn', ['+49 171 2345678'])]), number([trait('kontakt', ['+49 171 2345678', '+49 160 1234567'], { type: 'phone' })])]).toEqual(['attr.telefon', 'attr.msisdn', 'attr.kontakt']);
  });

  test('what a person confirmed before is proposed again, and says so', () => {
    const remembered = { sourceObject: 'person', header: 'zielgruppe region', destinationObject: 'res.partner', target: 'street2', corrected: true, project: 'earlier', route: 'customerio-to-odoo-crm', sourcePlatform: 'customerio', destinationPlatform: 'odoo', confirmedAt: '2026-11-01T10:00:00Z' };
    const guide: MatchGuide = ({ matches, sourceObject, destinationObject }) => withMemory({ matches, memory: [remembered], project: 'acme', route: 'customerio-to-odoo-crm', sourcePlatform: 'customerio', destinationPlatform: 'odoo', sourceObject: sourceObject.name, destination: destinationObject });
    const traits = [trait('zielgruppe region', ['Nord', 'Süd'])];
    expect(placeOf(planOf(traits), 'zielgruppe region')).toEqual(['x_zielgruppe_region']);
    const [line] = linesFrom(planOf(traits, guide), 'zielgruppe region');
    expect([line?.to, line?.reason]).toEqual(['street2', expect.stringContaining('orrected by a person in project earlier on 2026-11-01')]);
  });
});
