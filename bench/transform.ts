import { performance } from 'node:perf_hooks';
import { compilePlan } from '../src/plan/compiled/compile.ts';
import { exampleLine, exampleMapping, examplePlan } from '../src/plan/example-plan.ts';
import { transformRecord } from '../src/plan/compiled/transform-record.ts';
import type { RecordContext } from '../src/plan/record-context.ts';

// Records a second through one mapping of 25 fields: plain copies, and the mix a contact has (phones, e-mail, date, look-ups).
const context: RecordContext = { links: { company: [{ state: 'found', sourceId: 'c1', targets: { companies: '5' } }] }, facts: {}, lookup: () => '177' };
const links = [{ object: 'contact', name: 'company', to: 'company', by: [{ kind: 'id', from: 'company_id', normalise: 'exact' as const }] }];

const copies = Array.from({ length: 25 }, (_, index) => exampleLine(`f${index}`, { transforms: ['trim'] }));
const mixed = [
  exampleLine('name', { from: 'full_name', transforms: ['collapseSpaces'], required: true }),
  exampleLine('email', { transforms: ['email', 'dropDummyEmail'] }), exampleLine('phone', { transforms: ['phone'] }), exampleLine('mobile', { transforms: ['phone'] }),
  exampleLine('website', { transforms: ['url'] }), exampleLine('active', { from: 'archived', transforms: [{ boolean: { negate: true } }] }),
  exampleLine('birthday', { transforms: [{ date: { order: 'dmy' } }] }), exampleLine('revenue', { transforms: [{ number: { decimal: ',' } }] }),
  exampleLine('created', { transforms: [{ datetime: { order: 'ymd', zone: 'Europe/Warsaw' } }] }),
  exampleLine('country_id', { from: 'country', transforms: ['countryCode'], lookup: { object: 'country', by: 'code' } }),
  exampleLine('parent', { link: 'company', through: ['companies'] }), exampleLine('comment', { from: 'description', transforms: ['textToHtml'] }),
  ...copies.slice(0, 13),
];
const data = {
  ...Object.fromEntries(copies.map(({ to }, index) => [to, ` value ${index} `])),
  full_name: 'Ada  Nowak', email: 'Ada.Nowak@firma-nowak.pl', phone: '601 234 567', mobile: '+48 602 345 678', website: 'www.firma-nowak.pl', archived: 'nie',
  birthday: '12.03.1984', revenue: '1 234,56 zł', created: '2024-03-12 09:14', country: 'Polska', company_id: 'c1', description: 'Ważny klient\nod lat',
};

for (const [name, fields, count] of [['25 plain fields', copies, 200_000], ['25 mixed fields', mixed, 60_000]] as const) {
  const compiled = compilePlan(examplePlan({ links, mappings: [exampleMapping({ id: 'companies', source: 'company' }), exampleMapping({ fields: [...fields] })] }));
  const mapping = compiled.mappings.get('people');
  if (!mapping) throw new Error('no mapping');
  for (let index = 0; index < count / 10; index += 1) await transformRecord(mapping, { object: 'contact', sourceId: '1', data }, context);
  const start = performance.now();
  for (let index = 0; index < count; index += 1) {
    const result = await transformRecord(mapping, { object: 'contact', sourceId: '1', data }, context);
    if (result.kind !== 'write') throw new Error(JSON.stringify(result));
  }
  const seconds = (performance.now() - start) / 1000;
  process.stdout.write(`${name}: ${Math.round(count / seconds).toLocaleString('en')} records/s\n`);
}
