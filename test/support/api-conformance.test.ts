import { expect, test } from 'vitest';
import { ApiConformance } from './api-conformance.ts';

const json = (properties: object) => ({ content: { 'application/json': { schema: { type: 'object', properties, required: Object.keys(properties), additionalProperties: false } } } });
const refused = json({ error: { type: 'string' } });
const conformance = () => new ApiConformance({ openapi: '3.1.0', paths: {
  '/api/things/{id}': { get: { responses: { 200: json({ name: { type: 'string' } }), default: refused } } },
  '/api/things/all': { get: { responses: { 200: json({ names: { type: 'array', items: { type: 'string' } } }), default: refused } } },
  '/api/things.csv': { get: { responses: { 200: { content: { 'text/csv': {} } }, default: refused } } },
} });
const answer = (path: string, body: unknown, status = 200, type = 'application/json') => ({ method: 'GET', path, status, type, body });

test('an answer as the document says is a success, and only a 200 is one', () => {
  const held = conformance();
  expect(held.problems(answer('/api/things/3', { name: 'a' }))).toEqual([]);
  expect(held.problems(answer('/api/things/all?after=2', { names: ['a'] }))).toEqual([]);
  expect(held.problems(answer('/api/things.csv', 'a,b', 200, 'text/csv; charset=utf-8'))).toEqual([]);
  expect([...held.succeeded].toSorted()).toEqual(['get /api/things.csv', 'get /api/things/all', 'get /api/things/{id}']);
  const other = conformance();
  expect(other.problems(answer('/api/things/3', { error: 'no' }, 404))).toEqual([]);
  expect([...other.succeeded]).toEqual([]);
});

test.each([
  ['a field too many', answer('/api/things/3', { name: 'a', secret: 'b' })],
  ['a field that is missing', answer('/api/things/3', {})],
  ['another type of a field', answer('/api/things/3', { name: 3 })],
  ['a status that is told as a refusal, with the body of a success', answer('/api/things/3', { name: 'a' }, 201)],
  ['a refusal of another shape', answer('/api/things/3', 'Not found', 404)],
  ['another media type', answer('/api/things.csv', 'a,b', 200, 'text/html')],
  ['no media type', { ...answer('/api/things/3', null), type: null }],
  ['a fault of the server itself', answer('/api/things/3', { error: 'unexpected' }, 500)],
  ['an operation that nobody wrote down', answer('/api/others', {})],
])('%s is told', (_name, given) => {
  const held = conformance();
  expect(held.problems(given)).not.toEqual([]);
  expect([...held.succeeded]).toEqual([]);
});

test('what is at no path of the document may only be refused, and pages are no part of it', () => {
  expect(conformance().problems(answer('/api/nothing', { error: 'x' }, 404))).toEqual([]);
  expect(conformance().problems(answer('/projects', '<html>', 200, 'text/html'))).toEqual([]);
});
