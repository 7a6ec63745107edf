import { expect, test } from 'vitest';
import { QualityPass } from './quality.ts';

const found = (object: string, ...records: readonly Parameters<QualityPass['add']>[0][]): Readonly<Record<string, unknown>> => {
  const pass = new QualityPass(object);
  for (const record of records) pass.add(record);
  return Object.fromEntries(pass.notes().map((note) => [note.code, note.details?.['records']]));
};

test('people: duplicates, malformed addresses and numbers, nested and over-long attributes are counted', () => {
  expect(found('person',
    { email: 'ada@example.com', id: 'u1', attributes: { phone: '+48 601 234 567', address: '{"city":"Gdynia"}', bio: 'x'.repeat(2001) } },
    { email: ' ADA@example.com', id: 'U1', attributes: { phone: 'call me maybe', tags: '["a"]' } },
    { email: 'ada@example.com', id: null, attributes: { mobile: '12', note: '{no json' } },
    { email: 'not an address', id: 'u2', attributes: { phone: '' } },
  )).toEqual({ 'duplicate-emails': 2, 'duplicate-ids': 1, 'malformed-emails': 1, 'malformed-phones': 2, 'nested-attributes': 1, 'long-values': 1 });
});

test('events: oversize properties are counted; clean records give no note', () => {
  expect(found('archive_event', { properties: { trace: 'x'.repeat(10_001) } }, { properties: null })).toEqual({ 'oversize-properties': 1 });
  expect([found('person', { email: 'a@example.com', id: '1', attributes: { phone: '022 607 24 51' } }), found('segment', { name: 'x' })]).toEqual([{}, {}]);
});
