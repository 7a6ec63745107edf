import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { warehouse } from './warehouse.ts';

let folder = '';
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'customerio-versions-')); });
afterAll(() => rm(folder, { recursive: true }));

test('of the versions of a delivery the one with the highest seq_num is read, in whatever file and order they stand', async () => {
  const row = (id: string, sequence: number): string => JSON.stringify({ delivery_id: id, seq_num: sequence, delivery_type: 'twilio', created_at: 1_700_000_000, internal_customer_id: 'c1' });
  await writeFile(join(folder, 'deliveries_v4_1_1.jsonl'), [row('a', 5), row('b', 2), row('c', 1), row('b', 1)].join('\n'));
  await writeFile(join(folder, 'deliveries_v4_1_2.jsonl'), [row('a', 3), row('c', 9), '{"seq_num": 4}'].join('\n'));
  const [deliveries] = await warehouse(folder);
  const items = [];
  for await (const chunk of deliveries?.chunks(null) ?? []) items.push(...chunk.items);
  expect(items.map((item) => ('data' in item ? [item.id, item.data['seq_num'], item.data['channel']] : [item.id, item.code, null]))).toEqual([['a', 5, 'sms'], ['b', 2, 'sms'], ['c', 9, 'sms'], ['deliveries_v4_1_2.jsonl:3', 'incomplete-row', null]]);
});
