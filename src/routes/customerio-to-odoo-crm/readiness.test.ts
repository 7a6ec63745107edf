import { expect, test } from 'vitest';
import type { Catalog } from '../../connector/catalog.ts';
import { readiness } from './readiness.ts';

const catalog = (facts: Catalog['facts']): Catalog => ({ platform: 'p', version: '1', edition: null, objects: [], facts, limits: [], notes: [], questions: [] });

test('types of objects are warned of until each is decided', () => {
  const source = catalog({ lists: { object_type: [{ id: '1', name: 'Accounts' }, { id: '2', name: 'Courses' }] } });
  const result = (answers: Parameters<typeof readiness>[0]['answers'] = {}) => readiness({ source, destination: catalog({}), answers }).find(({ name }) => name === 'route-object-types');
  expect(result()?.result).toBe('warning');
  expect(result({ 'object-type:1': 'company', 'object-type:2': null })?.result).toBe('warning');
  expect(result({ 'object-type:1': 'company', 'object-type:2': 'leave' })).toMatchObject({ result: 'passed', message: expect.stringContaining('Answered: Accounts: company; Courses: leave.') });
});
