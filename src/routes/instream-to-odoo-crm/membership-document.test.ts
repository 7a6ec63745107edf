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

test('before a load it is neither good nor bad', () => {
  expect(membershipDocument({ plan, source, destination, report: null, placed: {} })).toMatchObject({ good: null, summary: 'No membership was loaded yet.' });
});
