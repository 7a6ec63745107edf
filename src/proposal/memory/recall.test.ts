import { expect, test } from 'vitest';
import { exampleMapping, examplePlan } from '../../plan/example-plan.ts';
import type { CatalogField, CatalogObject } from '../../connector/catalog.ts';
import { matchCatalogFields } from '../match-fields.ts';
import { isGeneric, linesOf } from './memory.ts';
import type { RememberedLine } from './memory.ts';
import { recall, withMemory } from './recall.ts';

const line = (more: Partial<RememberedLine> = {}): RememberedLine => ({ project: 'acme', route: 'a-to-b', sourcePlatform: 'a', destinationPlatform: 'b', sourceObject: 'contact', header: 'kundenbetreuung sued', destinationObject: 'partner', target: 'user_id', corrected: false, confirmedAt: '2026-03-04T10:00:00.000Z', ...more });
const here = { project: 'acme', route: 'a-to-b', sourcePlatform: 'a', destinationPlatform: 'b' };
const ask = (memory: readonly RememberedLine[], more = {}) => recall({ memory, ...here, sourceObject: 'contact', header: 'Kundenbetreuung Süd'.replace('ü', 'ue'), destinationObject: 'partner', ...more });

test('the same project goes before the route, and that before the same platforms by another', () => {
  const other = line({ project: 'beta', target: 'team_id' });
  const elsewhere = line({ project: 'beta', route: 'x-to-b', target: 'ref' });
  expect(ask([elsewhere, other, line()])).toMatchObject({ target: 'user_id', confidence: 0.97, reason: 'confirmed in project acme on 2026-03-04: user_id' });
  expect(ask([elsewhere, other])).toMatchObject({ target: 'team_id', confidence: 0.88 });
  expect(ask([elsewhere])).toMatchObject({ target: 'ref', confidence: 0.75, reason: 'confirmed in project beta on 2026-03-04 by another route: ref' });
  expect(ask([line({ project: 'beta', route: 'x-to-b', sourcePlatform: 'x' }), line({ project: 'beta', destinationPlatform: 'y' })])).toBeNull();
  expect(ask([other, line({ project: 'gamma', target: 'team_id', confirmedAt: '2026-05-06T10:00:00.000Z' }), line({ project: 'delta', target: 'team_id' })])).toMatchObject({ confidence: 0.96, reason: 'confirmed in 3 projects, last in gamma on 2026-05-06: team_id' });
});

test('a correction by a person outranks what others only accepted', () => {
  const accepted = [line({ project: 'b', target: null }), line({ project: 'c', target: null }), line({ project: 'd', target: null })];
  expect(ask([...accepted, line({ project: 'e', corrected: true, target: 'team_id' })])).toMatchObject({ target: 'team_id', confidence: 0.93, reason: 'corrected by a person in project e on 2026-03-04: team_id' });
  expect(ask([line({ corrected: true }), line({ project: 'e', corrected: true, target: 'ref' })])?.target).toBe('user_id');
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
      source: 'contact', destination: 'partner', status: 'confirmed', leftOut: [{ from: 'Legacy hash key', status: 'confirmed', ...judged }],
      fields: [{ to: 'user_id', from: 'Account steward', status: 'confirmed', ...judged }, { to: 'ref', from: 'Client key', status: 'proposed', ...judged }, { to: 'x_shoe', from: 'Shoe colour', status: 'confirmed', ...judged }, { to: 'title', from: 'Title', status: 'confirmed', ...judged }],
    })],
    schema: [{ object: 'partner', name: 'x_shoe', label: 'Shoe colour', type: 'text', status: 'confirmed', ...judged }],
  });
  expect(linesOf(plan, null).map(({ header, target, corrected }) => [header, target, corrected])).toEqual([['account steward', 'user_id', false], ['shoe colour', null, false], ['legacy hash key', null, false]]);
  // Against what was proposed: another target, a refused line, and a column that has two places.
  const judgedLine = (to: string, from: string, status: 'proposed' | 'confirmed' | 'rejected') => ({ to, from, status, ...judged });
  const proposed = examplePlan({ mappings: [exampleMapping({ source: 'contact', destination: 'partner', fields: [judgedLine('ref', 'Account steward', 'proposed'), judgedLine('comment', 'Delivery remarks', 'proposed')] })] });
  const settled = examplePlan({ mappings: [exampleMapping({ source: 'contact', destination: 'partner', status: 'confirmed', fields: [judgedLine('user_id', 'Account steward', 'confirmed'), judgedLine('comment', 'Delivery remarks', 'rejected'), judgedLine('a', 'Pallet size', 'confirmed'), judgedLine('b', 'Pallet size', 'confirmed')] })] });
  expect(linesOf(settled, proposed)).toEqual([
    { sourceObject: 'contact', destinationObject: 'partner', header: 'account steward', target: 'user_id', corrected: true }, { sourceObject: 'contact', destinationObject: 'partner', header: 'delivery remarks', target: null, corrected: true },
  ]);
  const advised = examplePlan({ mappings: [exampleMapping({ source: 'contact', destination: 'partner', status: 'confirmed', fields: [{ ...judgedLine('user_id', 'Account steward', 'confirmed'), reason: 'Chosen by m at host; the matcher alone would say ref.' }] })] });
  expect(linesOf(advised, proposed)).toMatchObject([{ target: 'user_id', corrected: false }]);
  expect(linesOf(examplePlan({ mappings: [exampleMapping({ status: 'confirmed', fields: [judgedLine('ref', `Pallet ${'size '.repeat(60)}`, 'confirmed')] })] }), null)).toEqual([]);
});

test('memory overrules the matcher visibly, can be left off, and never names a field that is not there', () => {
  const field = (name: string, more: Partial<CatalogField> = {}): CatalogField => ({ name, label: name, type: 'text', required: false, readonly: false, custom: false, ...more });
  const object = (name: string, fields: readonly CatalogField[]): CatalogObject => ({ name, label: name, count: null, fields });
  const sourceObject = object('contact', [field('Steward of the account'), field('E-Mail')]);
  const destinationObject = object('partner', [field('user_id'), field('email')]);
  const told = (lines: readonly RememberedLine[] | null) => matchCatalogFields({ sourceObject, destinationObject, ...(lines === null ? {} : { guide: ({ matches }) => withMemory({ matches, memory: lines, ...here, sourceObject: sourceObject.name, destination: destinationObject }) }) }).get('Steward of the account');
  expect(told(null)?.target).toBeNull();
  expect(told([line({ header: 'steward of the account' })])).toMatchObject({ target: 'user_id', confidence: 0.97, reasons: expect.arrayContaining(['confirmed in project acme on 2026-03-04: user_id', expect.stringContaining('the matcher alone would say no counterpart')]) });
  expect(told([line({ header: 'steward of the account', target: 'gone' })])?.target).toBeNull();
});
