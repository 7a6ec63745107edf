import { expect, test } from 'vitest';
import type { RecordDiff } from '../../engine/compare/record-diff.ts';
import { signedSpotCheck } from './signed-spot-check.ts';

const record = (sourceId: string): RecordDiff => ({
  mapping: 'contacts', sourceObject: 'contact', sourceId, position: '', destinationObject: 'res.partner', destinationId: `1${sourceId}`, gone: false,
  fields: [{ field: 'name', from: ['first_name'], source: 'Ola', planned: 'Ola', readBack: 'Ola', class: 'exact', how: 'as it is' }],
});

test('says of every record what people said, and who signed', () => {
  const at = '2026-01-02T03:04:05.000Z';
  const { sheet, table } = signedSpotCheck({
    project: 'acme', run: null, seed: 's', destination: 'crm.example.com', records: [record('1'), record('2')], written: 900, verdict: 'rejected', remark: 'once more', signedName: 'Ada Okoro', signedBy: 'ada@example.com', signedAt: at,
    marks: [{ position: 0, inOrder: true, comment: '', markedBy: 'ada@example.com', markedAt: at }, { position: 1, inOrder: false, comment: 'name is short', markedBy: 'jan@example.com', markedAt: at }],
  });
  expect(sheet).toMatchObject({ id: 'spot-check-signed', good: false, summary: 'Rejected by Ada Okoro: 2 records of 900 looked at, 1 not in order.' });
  expect(sheet.sections[0]?.rows).toEqual([[1, 'contact 1', 'res.partner 11', '☑', '', 'ada@example.com', at], [2, 'contact 2', 'res.partner 12', '☒', 'name is short', 'jan@example.com', at]]);
  expect(table.sections.map(({ id, columns, rows }) => [id, columns.length === rows[0]?.length])).toEqual([['sign-off', true], ['fields', true]]);
});
