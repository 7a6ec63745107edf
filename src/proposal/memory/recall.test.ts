import { expect, test } from 'vitest';
import { exampleMapping, examplePlan } from '../../plan/example-plan.ts';
import type { CatalogField, CatalogObject } from '../../connector/catalog.ts';
import { matchCatalogFields } from '../match-fields.ts';
import { isGeneric, linesOf } from './memory.ts';
import type { RememberedLine } from './memory.ts';
import { recall } from './recall.ts';

const line = (more: Partial<RememberedLine> = {}): RememberedLine => ({ project: 'acme', route: 'a-to-b', sourceObject: 'contact', header: 'kundenbetreuung sued', destinationObject: 'partner', target: 'user_id', ...more });
const ask = (memory: readonly RememberedLine[], more = {}) => recall({ memory, project: 'acme', route: 'a-to-b', sourceObject: 'contact', header: 'Kundenbetreuung Süd'.replace('ü', 'ue'), destinationObject: 'partner', ...more });

test('the same customer on the same route goes before the route, and that before all else', () => {
  const other = line({ project: 'beta', target: 'team_id' });
  const elsewhere = line({ project: 'beta', route: 'x-to-b', target: 'ref' });
  expect(ask([elsewhere, other, line()])).toMatchObject({ target: 'user_id', confidence: 0.97, reason: 'confirmed once before on this customer on this route' });
  expect(ask([elsewhere, other])).toMatchObject({ target: 'team_id', confidence: 0.88 });
  expect(ask([elsewhere])).toMatchObject({ target: 'ref', confidence: 0.75 });
  expect(ask([other, line({ project: 'gamma', target: 'team_id' }), line({ project: 'delta', target: 'team_id' })])?.confidence).toBeCloseTo(0.96);
});

test('people who disagreed, another object, another header and generic headers teach nothing', () => {
  expect(ask([line({ project: 'b' }), line({ project: 'c', target: 'ref' })])).toBeNull();
  expect(ask([line({ destinationObject: 'lead' })])).toBeNull();
  expect(ask([line({ header: 'other' })])).toBeNull();
  expect(ask([])).toBeNull();
  for (const header of ['Title', 'Typ', 'Status', 'État', 'Quelle', 'Datum', 'Company ID', 'Nazwa', 'custom_1', 'Feld 12', '7']) expect([header, isGeneric(header)]).toEqual([header, true]);
  for (const header of ['Vertriebsgebiet Nord', 'Lead score', 'Kundenbetreuung', 'Loyalty number']) expect([header, isGeneric(header)]).toEqual([header, false]);
});

test('a confirmed plan teaches its confirmed lines only, and new fields as "no counterpart"', () => {
  const judged = { confidence: 1, reason: 'r' };
  const plan = examplePlan({
    mappings: [exampleMapping({
      source: 'contact', destination: 'partner', leftOut: [{ from: 'Legacy hash key', status: 'confirmed', ...judged }],
      fields: [{ to: 'user_id', from: 'Account steward', status: 'confirmed', ...judged }, { to: 'ref', from: 'Client key', status: 'proposed', ...judged }, { to: 'x_shoe', from: 'Shoe colour', status: 'confirmed', ...judged }, { to: 'title', from: 'Title', status: 'confirmed', ...judged }],
    })],
    schema: [{ object: 'partner', name: 'x_shoe', label: 'Shoe colour', type: 'text', status: 'confirmed', ...judged }],
  });
  expect(linesOf(plan).map(({ header, target }) => [header, target])).toEqual([['account steward', 'user_id'], ['shoe colour', null], ['legacy hash key', null]]);
});

test('memory overrules the matcher visibly, can be left off, and never names a field that is not there', () => {
  const field = (name: string, more: Partial<CatalogField> = {}): CatalogField => ({ name, label: name, type: 'text', required: false, readonly: false, custom: false, ...more });
  const object = (name: string, fields: readonly CatalogField[]): CatalogObject => ({ name, label: name, count: null, fields });
  const sourceObject = object('contact', [field('Steward of the account'), field('E-Mail')]);
  const destinationObject = object('partner', [field('user_id'), field('email')]);
  const told = (lines: readonly RememberedLine[] | null) => matchCatalogFields({ sourceObject, destinationObject, memory: lines === null ? undefined : { lines, route: 'a-to-b', project: 'acme' } }).get('Steward of the account');
  expect(told(null)?.target).toBeNull();
  expect(told([line({ header: 'steward of the account' })])).toMatchObject({ target: 'user_id', confidence: 0.97, reasons: expect.arrayContaining([expect.stringContaining('confirmed once before'), expect.stringContaining('the matcher alone would say no counterpart')]) });
  expect(told([line({ header: 'steward of the account', target: 'gone' })])?.target).toBeNull();
});
