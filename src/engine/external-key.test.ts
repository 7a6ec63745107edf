import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson, contentHash } from './canonical.ts';
import { externalKey } from './external-key.ts';

test('keys hold only characters that no platform takes for a separator', () => {
  fc.assert(fc.property(fc.string(), fc.string(), fc.string(), (project, mapping, sourceId) => {
    expect(externalKey({ project, mapping, sourceId })).toMatch(/^[A-Za-z0-9_-]+$/);
  }));
});

test('project, mapping and source id each make another key, and cannot be shifted into one another', () => {
  const keys = [['a', 'b', 'c'], ['a', 'b', 'd'], ['a', 'x', 'c'], ['y', 'b', 'c'], ['ab', '', 'c'], ['a', 'bc', '']].map(([project = '', mapping = '', sourceId = '']) => externalKey({ project, mapping, sourceId }));
  expect(new Set(keys).size).toBe(keys.length);
});

test('equal values have equal hashes whatever order their keys came in', () => {
  fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (object) => {
    const turned = Object.fromEntries(Object.entries(object).toReversed());
    expect(contentHash(turned as never)).toBe(contentHash(object as never));
    expect(JSON.parse(canonicalJson(object as never))).toEqual(JSON.parse(JSON.stringify(object)));
  }));
});
