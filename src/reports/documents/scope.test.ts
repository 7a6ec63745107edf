import { expect, test } from 'vitest';
import { exampleLine, exampleMapping, examplePlan } from '../../plan/example-plan.ts';
import { scopeDocument } from './scope.ts';

const lossesOf = (fields: ReturnType<typeof exampleLine>[], rows: Parameters<typeof scopeDocument>[0]['rows'] = []): unknown => scopeDocument({
  plan: examplePlan({ mappings: [exampleMapping({ id: 'people', fields })] }), planHash: 'h', source: null, destination: null, rows,
}).sections.find(({ id }) => id === 'losses')?.rows;

test('losses that the route knows of are declared with the scope, before any run', () => {
  const row = { id: 'XX-01', source: 'note', destination: 'message', how: 'h', losses: ['Scripts are removed.'], since: '0.1.0' };
  expect(lossesOf([exampleLine('name', { from: 'name' })], [row])).toEqual([['XX-01: note', 'Scripts are removed.']]);
});

test('a reference that stays empty where its record is not found is declared once, one that holds the record back is not', () => {
  const lookup = { object: 'country', by: 'code' };
  expect(lossesOf([
    exampleLine('country', { from: 'country', lookup, whenMissing: 'empty' }), exampleLine('country', { from: 'land', lookup }),
    exampleLine('owner', { link: 'owner', through: ['owners'] }), exampleLine('parent', { link: 'company', through: ['companies'], whenMissing: 'quarantine' }),
    exampleLine('state', { from: 'state', lookup, loss: 'Few are listed.' }), exampleLine('kind', { from: 'kind', lookup, status: 'rejected' }),
  ])).toEqual([['people: state', 'Few are listed.'], ['people: country', 'Left empty where no country is found.'], ['people: owner', 'Left empty where the record that it names (owner) is unknown or did not go in.']]);
});
