import { expect, it } from 'vitest';
import { handoffInput } from '../../src/engine/handoff.ts';
import type { CrosswalkRow } from '../../src/engine/ports/ledger.ts';
import { membershipDocument } from '../../src/routes/instream-to-odoo-crm/membership-document.ts';
import { instreamToOdooCrm as route } from '../../src/routes/instream-to-odoo-crm/route.ts';
import { destination, fullSource } from '../../src/routes/instream-to-odoo-crm/testing.ts';
import { claimedBatch, crosswalkRow, loadStep, projectWithRun, record } from '../support/store-data.ts';
import { withTestStore } from '../support/store.ts';

const test = withTestStore();

it('knows every membership of mappings that hold more than 5,000, and those only that still stand', async () => {
  const { store } = test;
  const of = await projectWithRun(store);
  const project = await store.projectById(of.projectId);
  if (project === null) throw new Error('The project just made is gone.');
  const batch = await claimedBatch(store, of.runId);
  const place = async (mapping: string, count: number, from: number, change: (at: number) => Partial<CrosswalkRow> = () => ({})): Promise<void> => {
    const all = Array.from({ length: count }, (_, at) => String(from + at).padStart(6, '0'));
    for (let at = 0; at < count; at += 2_000) {
      const ids = all.slice(at, at + 2_000);
      await store.stageRecords({ ...of, records: ids.map((id) => record('list_membership', id, { id, list_name: Number(id) % 2 === 0 ? 'VIP' : 'Lejek', contact_email: `m${Number(id) >> 1}@x.example`, unread: 'x'.repeat(50) })) });
      const rows = ids.map((id, index) => crosswalkRow(of.runId, id, { mapping, sourceObject: 'list_membership', destinationObject: 'res.partner/category_id', payload: { record: id, value: '9' }, ...change(at + index) }));
      expect(await store.commitLoadStep({ ...loadStep(of.projectId, batch), mapping, sourceObject: 'list_membership', crosswalk: rows })).toBe(true);
    }
  };
  await place('memberships-of-partners', 6_400, 0);
  await place('memberships-of-leads', 5_600, 6_400);
  await place('memberships-as-opportunities', 3, 90_000, (at) => (at === 0 ? { archived: true } : at === 1 ? { leftOut: true } : {}));
  const source = fullSource([{ name: 'VIP', kind: '', treatAs: '', people: 6_001, companies: 0, inCells: 0, statuses: [] }, { name: 'Lejek', kind: '', treatAs: '', people: 6_002, companies: 0, inCells: 0, statuses: [] }]);
  await store.saveCatalog({ projectId: of.projectId, role: 'source', catalog: source, hash: 's' });
  const plan = route.propose({ project: 'acme', source, sourceHash: 's', destination, destinationHash: 'd' });

  const input = await handoffInput({ store, project, plan, route, report: null });
  expect(input.placed['memberships-of-partners']?.[17]).toEqual({ sourceId: '000017', data: { list_name: 'Lejek', contact_email: 'm8@x.example' }, destinationObject: 'res.partner/category_id', destinationId: '9000017', how: 'created', written: {} });
  const document = membershipDocument(input);
  // One of the three opportunities stands: it is the 6,001st member of VIP. Lejek has 6,000 of the 6,002 that the export counted.
  expect(document).toMatchObject({ good: false, facts: [{ value: 12_003 }, { value: 12_001 }, { value: null }], summary: expect.stringContaining('2 that the export counts are missing, on 1 list') });
  expect(document.sections.map(({ id, rows }) => [id, rows.length])).toEqual([['counts', 2], ['outcomes', 0], ['matrix', 6_001]]);
  expect(document.sections[2]?.rows.flatMap((row) => row.slice(1)).filter((cell) => cell === 'yes')).toHaveLength(12_001);
});
