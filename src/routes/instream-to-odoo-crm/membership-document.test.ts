import { expect, test } from 'vitest';
import type { PlacedRecord } from '../../engine/route-document.ts';
import { membershipDocument } from './membership-document.ts';
import { propose } from './propose.ts';
import { destination, fullSource } from './testing.ts';

const source = fullSource([{ name: 'VIP', kind: 'personal', treatAs: '', people: 2, companies: 0, inCells: 0, statuses: [] }, { name: 'Lejek', kind: '', treatAs: '', people: 1, companies: 0, inCells: 0, statuses: [] }]);
const plan = propose({ project: 'acme', source, sourceHash: 's', destination, destinationHash: 'd' });
const placed = (id: string, data: PlacedRecord['data']): PlacedRecord => ({ sourceId: id, data, destinationObject: 'res.partner/category_id', destinationId: `${id}:9`, how: 'created', written: {} });

test('counts and matrix of the memberships, and a member that is missing', () => {
  const input = { plan, source, destination, report: null, placed: {
    'memberships-of-partners': [placed('1', { list_name: 'VIP', contact_email: 'ada@x.example', status_name: 'Nowy' })],
    'memberships-of-leads': [placed('2', { list_name: 'vip ', contact_email: 'jan@x.example' })],
  } };
  const document = membershipDocument(input);
  expect(document.summary).toContain('1 that the export counts is missing, on 1 list');
  // After a delta the count of the first export proves nothing: who left a list is not missing.
  expect(membershipDocument({ ...input, deltas: 1 })).toMatchObject({ good: null, summary: expect.stringContaining('1 delta has read it again since') });
  expect(document).toMatchObject({ good: false, sections: [
    { rows: [['VIP', 2, 2, 2, 0], ['Lejek', 1, 0, 0, 1]] }, { rows: [] },
    { columns: [{ label: 'Member' }, { label: 'VIP' }, { label: 'Lejek' }], rows: [['ada@x.example', 'Nowy', null], ['jan@x.example', 'yes', null]] },
  ] });
});

test('six thousand members stand in the matrix, and nothing is said to be missing', () => {
  const many = Array.from({ length: 6_100 }, (_, at) => placed(String(at), { list_name: 'VIP', contact_email: `m${at}@x.example` }));
  const counted = fullSource([{ name: 'VIP', kind: '', treatAs: '', people: 6_100, companies: 0, inCells: 0, statuses: [] }]);
  const document = membershipDocument({ plan, source: counted, destination, report: null, placed: { 'memberships-of-partners': many } });
  expect(document).toMatchObject({ good: true, summary: '6100 memberships of 1 list found in Odoo, none missing.' });
  expect(document.sections.find(({ id }) => id === 'matrix')?.rows).toHaveLength(6_100);
});

test('members of lists beyond the width of a table, and of lists that came later, stand one by one', () => {
  const lists = Array.from({ length: 62 }, (_, at) => ({ name: `List ${at}`, kind: '', treatAs: '', people: 1, companies: 0, inCells: 0, statuses: [] }));
  const members = [...lists.map(({ name }, at) => placed(`${at}`, { list_name: name, contact_email: 'ada@x.example', ...(at === 61 ? { status_name: 'Nowy' } : {}) })), placed('late', { list_name: ' Late', contact_email: 'jan@x.example' })];
  const document = membershipDocument({ plan, source: fullSource(lists), destination, report: null, placed: { 'memberships-of-leads': members } });
  expect(document).toMatchObject({ good: true, facts: [{ value: 62 }, { value: 63 }, { value: null }] });
  expect(document.sections[0]?.rows.at(-1)).toEqual(['Late', null, 1, 1, 0]);
  expect(document.sections[2]).toMatchObject({ note: 'Members of 3 further lists stand in the table below.', rows: [['ada@x.example', ...lists.slice(0, 60).map(() => 'yes')]] });
  expect(document.sections[3]).toMatchObject({ id: 'further-lists', rows: [['List 60', 'ada@x.example', 'yes'], ['List 61', 'ada@x.example', 'Nowy'], ['Late', 'jan@x.example', 'yes']] });
});

test('a status is not lost to the cell that names the same member', () => {
  const document = membershipDocument({ plan, source, destination, report: null, placed: { 'memberships-of-partners': [placed('1', { list_name: 'VIP', contact_email: 'ada@x.example', status_name: 'Nowy' }), placed('2', { list_name: 'VIP', contact_email: 'ada@x.example' })] } });
  expect(document.sections[2]?.rows).toEqual([['ada@x.example', 'Nowy', null]]);
});

test('before a load it is neither good nor bad', () => {
  expect(membershipDocument({ plan, source, destination, report: null, placed: {} })).toMatchObject({ good: null, summary: 'No membership was loaded yet.' });
});
