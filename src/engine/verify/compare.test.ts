import { expect, test } from 'vitest';
import type { CatalogField } from '../../connector/catalog.ts';
import type { Json } from '../../connector/json.ts';
import { compareRecord } from './compare.ts';

const field = (name: string): CatalogField => ({ name, label: name, type: 'text', required: false, readonly: false, custom: false });
const fields = new Map(['a', 'b'].map((name) => [name, field(name)]));
const lowered = (_: CatalogField, value: Json): Json => (typeof value === 'string' ? value.toLowerCase() : value);
const classes = (params: { written: Record<string, Json>; found: Record<string, Json> | null; lossy?: string[] }): string[] =>
  compareRecord({ written: params.written, found: params.found, fields, lossy: new Set(params.lossy ?? []), normalise: lowered }).map((one) => one.class);

test('a value that came back as written is exact', () => {
  expect(classes({ written: { a: 'x', b: ['1', '2'] }, found: { a: 'x', b: ['1', '2'] } })).toEqual(['exact', 'exact']);
});

test('a value that only the platform\'s own form separates is equal after normalisation', () => {
  expect(classes({ written: { a: 'Żółw' }, found: { a: 'żółw' } })).toEqual(['equalAfterNormalisation']);
});

test('a difference is a mismatch, also against an empty value', () => {
  expect(classes({ written: { a: 'x', b: 'y' }, found: { a: 'z', b: null } })).toEqual(['mismatch', 'mismatch']);
  expect(classes({ written: { a: null }, found: { a: 'filled by somebody' } })).toEqual(['mismatch']);
});

test('a declared loss excuses a difference and nothing else', () => {
  expect(classes({ written: { a: 'x', b: 'y' }, found: { a: 'z', b: 'y' }, lossy: ['a', 'b'] })).toEqual(['declaredLossy', 'exact']);
});

test('a field that cannot be read or is unknown is unreadable, never equal', () => {
  expect(classes({ written: { a: 'x', c: 'y' }, found: { c: 'y' } })).toEqual(['unreadable', 'unreadable']);
});

test('a record that is gone mismatches in every field', () => {
  expect(classes({ written: { a: 'x', b: 'y' }, found: null })).toEqual(['mismatch', 'mismatch']);
});

test('a file is exact by size and common digests, unreadable without one, and a mismatch where one differs', () => {
  const file = (size: number, digests: { sha1?: string; sha256?: string }): Record<string, Json> => ({ $file: 'f', name: 'f', mimeType: null, size, sha1: digests.sha1 ?? null, sha256: digests.sha256 ?? null });
  const stored = (size: number, digests: { sha1?: string; sha256?: string }): Record<string, Json> => ({ size, sha1: digests.sha1 ?? null, sha256: digests.sha256 ?? null });
  const one = (a: Json, found: Json, lossy: string[] = []): string | undefined => classes({ written: { a }, found: { a: found }, lossy })[0];
  expect(one(file(3, { sha1: 'x', sha256: 'y' }), stored(3, { sha1: 'x' }))).toBe('exact');
  expect(one(file(3, { sha256: 'y' }), stored(3, { sha1: 'x' }))).toBe('unreadable');
  expect(one(file(3, { sha1: 'x', sha256: 'y' }), stored(3, { sha1: 'x', sha256: 'z' }))).toBe('mismatch');
  expect(one(file(3, { sha1: 'x' }), stored(4, { sha1: 'x' }))).toBe('mismatch');
  expect(one(file(3, { sha1: 'x' }), null)).toBe('mismatch');
  expect(one(file(0, { sha1: 'x' }), null)).toBe('equalAfterNormalisation');
  expect(one(null, stored(3, { sha1: 'x' }))).toBe('mismatch');
  expect(one(file(3, { sha1: 'x' }), stored(4, { sha1: 'x' }), ['a'])).toBe('declaredLossy');
});
