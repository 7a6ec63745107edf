import { expect, test } from 'vitest';
import { exampleLine, exampleMapping, examplePlan } from '../example-plan.ts';
import { readColumnAs } from './read-column-as.ts';

const plan = examplePlan({
  derived: [{ object: 'company', key: { kind: 'name' }, from: [{ object: 'contact', unless: 'name', fields: { name: 'company_name' } }, { object: 'company', needs: 'name', fields: { name: 'name' }, constants: { name: 'x' } }] }],
  keys: { company: [{ kind: 'name', from: ['name', 'domain'], normalise: 'fold', where: { field: 'name', filled: true } }], contact: [{ kind: 'name', from: 'name', normalise: 'fold' }] },
  links: [{ object: 'contact', name: 'company', to: 'company', by: [{ kind: 'name', from: 'name', normalise: 'fold' }] }, { object: 'company', name: 'self', to: 'company', label: 'name', by: [{ kind: 'name', from: 'name', normalise: 'fold' }] }],
  mappings: [
    exampleMapping({ id: 'companies', source: 'company', order: 'name', when: { all: [{ field: 'name', filled: true }, { not: { decision: 'kind', of: 'name', is: 'a' } }] }, holdWhen: [{ condition: { any: [{ field: 'name', yes: true }] }, code: 'c', message: 'm', remedy: 'r' }], fields: [exampleLine('name'), exampleLine('both', { from: ['name', 'domain'], when: { field: 'name', equals: 'x' } })], leftOut: [{ from: 'name', status: 'proposed', confidence: 1, reason: 'r' }] }),
    exampleMapping({ id: 'contacts', source: 'contact', fields: [exampleLine('name'), exampleLine('employer', { link: 'company', give: 'name' })] }),
  ],
});

test('a column stands for a field everywhere in what is read of its object, and nowhere else', () => {
  const read = readColumnAs(plan, { object: 'company', field: 'name', column: 'cf:Firma' });
  const [companies, contacts] = read.mappings;
  expect(companies).toMatchObject({ order: 'cf:Firma', when: { all: [{ field: 'cf:Firma' }, { not: { of: 'cf:Firma' } }] }, holdWhen: [{ condition: { any: [{ field: 'cf:Firma' }] } }], leftOut: [{ from: 'cf:Firma' }] });
  expect(companies?.fields.map(({ to, from, when }) => [to, from, when])).toEqual([['name', 'cf:Firma', undefined], ['both', ['cf:Firma', 'domain'], { field: 'cf:Firma', equals: 'x' }]]);
  expect(contacts?.fields.map(({ from, give }) => [from, give])).toEqual([['name', undefined], [undefined, 'cf:Firma']]);
  expect([read.keys['company']?.[0]?.from, read.keys['company']?.[0]?.where, read.keys['contact']?.[0]?.from]).toEqual([['cf:Firma', 'domain'], { field: 'cf:Firma', filled: true }, 'name']);
  expect([read.links[0]?.by[0]?.from, read.links[1]?.by[0]?.from, read.links[1]?.label]).toEqual(['name', 'cf:Firma', 'cf:Firma']);
  expect(read.derived[0]?.from).toEqual([{ object: 'contact', unless: 'name', fields: { 'cf:Firma': 'company_name' } }, { object: 'company', needs: 'cf:Firma', fields: { 'cf:Firma': 'cf:Firma' }, constants: { 'cf:Firma': 'x' } }]);
  expect(readColumnAs(read, { object: 'company', field: 'cf:Firma', column: 'name' })).toEqual(plan);
});
