import { describeDestination } from '../conformance/destination-suite.ts';
import type { DestinationFixture } from '../conformance/destination-fixture.ts';
import type { Catalog, CatalogField, FieldType } from '../catalog.ts';
import { createFlakyDestination } from './flaky-destination.ts';
import { createMemoryDestination } from './memory-destination.ts';

const field = (name: string, type: FieldType, more: Partial<CatalogField> = {}): CatalogField => ({ name, label: name, type, required: false, readonly: false, custom: false, ...more });

const catalog: Catalog = {
  platform: 'memory', version: '1', edition: null, facts: {}, limits: [], notes: [], questions: [],
  objects: [
    {
      name: 'person', label: 'Person', count: null,
      fields: [
        field('name', 'text', { required: true }), field('mail', 'email'), field('age', 'integer'), field('worth', 'money'), field('born', 'date'), field('seen', 'datetime'),
        field('kind', 'selection', { options: [{ value: 'a', label: 'A' }, { value: 'b', label: 'B' }] }), field('boss', 'reference', { relatedObject: 'person' }), field('active', 'boolean'), field('note', 'longText'),
      ],
    },
    { name: 'label', label: 'Label', count: null, fields: [field('name', 'text', { required: true })] },
    { name: 'person/labels', label: 'Labels of a person', count: null, fields: [field('record', 'reference', { relatedObject: 'person', required: true }), field('value', 'reference', { relatedObject: 'label', required: true })] },
    { name: 'attachment', label: 'Attachment', count: null, fields: [field('name', 'text', { required: true }), field('of', 'reference', { relatedObject: 'person' }), field('data', 'binary')] },
    { name: 'note', label: 'Note', count: null, fields: [field('of', 'reference', { relatedObject: 'person', required: true }), field('text', 'longText')] },
  ],
};

const fixture: Omit<DestinationFixture, 'label' | 'open'> = {
  object: 'person', textField: 'name', emailField: 'mail',
  samples: [
    { field: 'age', type: 'integer', values: [41, 42] }, { field: 'worth', type: 'money', values: ['1234.5', '-0.01'] }, { field: 'born', type: 'date', values: ['1980-01-31', '2000-02-29'] },
    { field: 'seen', type: 'datetime', values: ['2020-01-02T03:04:05Z', '1999-12-31T23:59:59Z'] }, { field: 'kind', type: 'selection', values: ['a', 'b'] }, { field: 'note', type: 'longText', values: ['a\nb', 'c'] },
  ],
  refused: [{ name: 'no number', values: { age: 'many' } }, { name: 'unknown option', values: { kind: 'z' } }, { name: 'missing link', values: { boss: '424242' } }, { name: 'no name', values: { name: null } }],
  selfLink: 'boss', archived: { active: false },
  history: { object: 'note', textField: 'text', values: (of, number) => ({ of, text: `Entry ${number}` }) },
  fingerprinted: ['person', 'note'], customFieldsOn: 'person', customFieldName: (name) => `x_${name}`, bigBatch: 1_000,
  relations: [{ object: 'person/labels', to: { object: 'label', values: (name) => ({ name }) }, values: (record, value) => ({ record, value }) }],
  files: { object: 'attachment', field: 'data', values: (name, of) => ({ name, of }), largest: 3_000_000 },
};

const capabilities = { ordersByCreation: ['note'], naturalKeys: ['person/labels'], partOf: { 'person/labels': { field: 'record', object: 'person' } }, createBatchSize: { attachment: 2 } };
describeDestination({ ...fixture, label: 'memory', open: async () => createMemoryDestination({ catalog, capabilities, displays: true }) });
describeDestination({ ...fixture, label: 'flaky, quiet', open: async () => createFlakyDestination(createMemoryDestination({ catalog, capabilities, displays: true }), { seed: 1, chances: {} }) });
