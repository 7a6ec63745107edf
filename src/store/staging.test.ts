import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { projectWithRun, record } from '../../test/support/store-data.ts';
import { withTestStore } from '../../test/support/store.ts';

const test = withTestStore();

describe('staging', () => {
  it('counts inserted, changed and unchanged records, a repeated one of the same page once', async () => {
    const { store } = test;
    const of = await projectWithRun(store);
    expect(await store.stageRecords({ ...of, records: [record('contact', '1'), record('contact', '2'), record('contact', '2')] })).toEqual({ inserted: 2, changed: 0, unchanged: 1 });
    expect(await store.stageRecords({ ...of, records: [record('contact', '1'), record('contact', '2', { id: '2', name: 'new' }), record('contact', '3')] })).toEqual({ inserted: 1, changed: 1, unchanged: 1 });
    const staged = await store.pageStaged({ projectId: of.projectId, object: 'contact', afterSeq: 0n, limit: 10 });
    expect(staged.map(({ sourceId, data }) => [sourceId, data])).toEqual([['1', { id: '1' }], ['2', { id: '2', name: 'new' }], ['3', { id: '3' }]]);
    expect(staged.every(({ seq }) => typeof seq === 'bigint')).toBe(true);
  });

  it('keeps the place of a record over re-extraction', async () => {
    const { store } = test;
    const of = await projectWithRun(store);
    await store.stageRecords({ ...of, records: [record('contact', 'b'), record('contact', 'a')] });
    const before = await store.pageStaged({ projectId: of.projectId, object: 'contact', afterSeq: 0n, limit: 10 });
    await store.stageRecords({ ...of, records: [record('contact', 'a', { id: 'x' }), record('contact', 'b')] });
    const after = await store.pageStaged({ projectId: of.projectId, object: 'contact', afterSeq: 0n, limit: 10 });
    expect(after.map(({ sourceId, seq }) => [sourceId, seq])).toEqual(before.map(({ sourceId, seq }) => [sourceId, seq]));
    expect(after.map(({ sourceId }) => sourceId)).toEqual(['b', 'a']);
  });

  it('marks records gone that a complete extraction did not see, leaves derived ones, and takes returning ones back', async () => {
    const { store } = test;
    const { projectId, runId } = await projectWithRun(store);
    const later = (await store.createRun({ projectId, mode: 'delta', planHash: 'hash', settings: {}, phases: [] })).id;
    await store.stageRecords({ projectId, runId, records: [record('contact', '1'), record('contact', '2')] });
    await store.stageDerived({ projectId, runId, records: [record('contact', 'd')] });
    await store.stageRecords({ projectId, runId: later, records: [record('contact', '1')] });
    expect(await store.markGone({ projectId, runId: later, object: 'contact' })).toBe(1);
    expect(await store.countStaged({ projectId, object: 'contact', selectionRunId: null })).toBe(2);
    await store.stageRecords({ projectId, runId: later, records: [record('contact', '2')] });
    expect(await store.countStaged({ projectId, object: 'contact', selectionRunId: null })).toBe(3);
  });

  it('leaves known records alone when deriving', async () => {
    const { store } = test;
    const of = await projectWithRun(store);
    await store.stageRecords({ ...of, records: [record('company', 'a', { name: 'from the source' })] });
    await store.stageDerived({ ...of, records: [record('company', 'a', { name: 'derived' }), record('company', 'b', { name: 'derived' })] });
    const staged = await store.findStaged({ projectId: of.projectId, object: 'company', sourceIds: ['a', 'b'] });
    expect(staged.map(({ data }) => data['name'])).toEqual(['from the source', 'derived']);
  });

  it('takes the same derived records from two objects at once, in whatever order each names them', async () => {
    const of = await projectWithRun(test.store);
    const other = await test.another();
    for (let round = 0; round < 8; round += 1) { // in the order of naming it was a deadlock in the first or second round
      const records = Array.from({ length: 400 }, (_, index) => record('tag', `derived:${round}-${index}`));
      await Promise.all([test.store.stageDerived({ ...of, records }), other.stageDerived({ ...of, records: records.toReversed() })]);
    }
    expect(await test.store.countStaged({ projectId: of.projectId, object: 'tag', selectionRunId: null })).toBe(3200);
  });

  it('puts unreadable rows into quarantine once, and resolves those that a later complete extraction does not meet', async () => {
    const { store } = test;
    const { projectId, runId } = await projectWithRun(store);
    const row = { object: 'contact', id: 'line 7', position: 'contacts.csv line 7', code: 'too-many-cells', message: '12 cells, 9 columns', raw: 'a;b' };
    await store.stageRejected({ projectId, runId, rows: [row, row] });
    await store.stageRejected({ projectId, runId, rows: [row] });
    expect(await store.unreadableCounts(projectId)).toEqual([{ sourceObject: 'contact', code: 'too-many-cells', count: 1 }]);
    const [entry] = await store.quarantine({ projectId, open: true, code: null, limit: 10, after: null });
    expect(entry).toMatchObject({ mapping: 'extract', stage: 'extract', raw: 'a;b', data: null, resolvedAt: null });
    const later = (await store.createRun({ projectId, mode: 'production', planHash: 'hash', settings: {}, phases: [] })).id;
    await store.markGone({ projectId, runId: later, object: 'contact' });
    expect(await store.unreadableCounts(projectId)).toEqual([]);
  });

  it('names the fields in which no record that is there has a value', async () => {
    const { store } = test;
    const { projectId, runId } = await projectWithRun(store);
    const empty = (object = 'contact') => store.emptyFields({ projectId, object, fields: ['tags', 'name', 'none', 'mail'] });
    expect(await empty()).toEqual([]); // without any record there is nothing to say
    await store.stageRecords({ projectId, runId, records: [record('contact', '1', { name: 'A', mail: '', tags: [] }), record('contact', '2', { name: '', mail: null })] });
    expect(await empty()).toEqual(['mail', 'none', 'tags']);
    const later = (await store.createRun({ projectId, mode: 'delta', planHash: 'hash', settings: {}, phases: [] })).id;
    await store.stageRecords({ projectId, runId: later, records: [record('contact', '2', { name: '', mail: 'b@x.example' })] });
    await store.markGone({ projectId, runId: later, object: 'contact' });
    expect(await empty()).toEqual(['name', 'none', 'tags']);
    expect(await empty('company')).toEqual([]);
  });

  it('lays corrections over the record, also after it was extracted again', async () => {
    const { store } = test;
    const of = await projectWithRun(store);
    await store.stageRecords({ ...of, records: [record('contact', '1', { mail: 'wrong', name: 'A' })] });
    await store.saveCorrections({ projectId: of.projectId, corrections: [{ object: 'contact', sourceId: '1', fields: { mail: 'right@example.com' } }, { object: 'contact', sourceId: '1', fields: { phone: '1' } }] });
    await store.stageRecords({ ...of, records: [record('contact', '1', { mail: 'wrong', name: 'B' })] });
    const [staged] = await store.findStaged({ projectId: of.projectId, object: 'contact', sourceIds: ['1'] });
    expect(staged!.data).toEqual({ mail: 'right@example.com', name: 'B', phone: '1' });
  });

  it('gives back any text as it came, NUL and lone surrogates included', async () => {
    const { store } = test;
    const of = await projectWithRun(store);
    const hostile = fc.string({ unit: fc.constantFrom('\0', '\ud83d', '\ude00', '\ue0f0', '0', 'd', '\\', '\\u0000', '"', 'ż', '😀'), maxLength: 8 });
    let number = 0;
    await fc.assert(fc.asyncProperty(hostile, hostile, hostile, async (id, key, value) => {
      number += 1;
      const data = { [key]: value, deep: [{ [value]: key }] };
      await store.stageRecords({ ...of, records: [record('contact', `${number}${id}`, data)] });
      const [staged] = await store.findStaged({ projectId: of.projectId, object: 'contact', sourceIds: [`${number}${id}`] });
      expect(staged?.sourceId).toBe(`${number}${id}`);
      expect(Object.entries(staged!.data)).toEqual(Object.entries(data)); // order of fields included
    }), { numRuns: 60 });
  });

  it('names a record whose id is too long to be kept', async () => {
    const { store } = test;
    const of = await projectWithRun(store);
    await expect(store.stageRecords({ ...of, records: [record('contact', 'x'.repeat(601), {})] })).rejects.toMatchObject({ code: 'source-id-too-long' });
  });
});

describe('ranges', () => {
  it('cut an object into pieces in load order that hold every record once', async () => {
    const { store } = test;
    const of = await projectWithRun(store);
    const ids = Array.from({ length: 23 }, (_, n) => String(n));
    await store.stageRecords({ ...of, records: ids.map((id) => record('note', id)) });
    const sort = new Map(ids.map((id) => [id, `2024-0${1 + (Number(id) * 5) % 4}`]));
    await store.indexRecords({ projectId: of.projectId, object: 'note', sourceIds: ids, keys: [], links: [], sortKeys: sort });
    const ranges = await store.ranges({ projectId: of.projectId, object: 'note', size: 5, selectionRunId: null });
    expect(ranges.map(({ count }) => count)).toEqual([5, 5, 5, 5, 3]);
    const seen: string[] = [];
    for (const range of ranges) {
      const all = await store.pageRange({ projectId: of.projectId, object: 'note', range, selectionRunId: null, after: null, limit: 100 });
      expect(all).toHaveLength(range.count);
      const head = await store.pageRange({ projectId: of.projectId, object: 'note', range, selectionRunId: null, after: null, limit: 2 });
      const rest = await store.pageRange({ projectId: of.projectId, object: 'note', range, selectionRunId: null, after: { sort: head.at(-1)!.sort, seq: String(head.at(-1)!.seq) }, limit: 100 });
      expect([...head, ...rest].map(({ sourceId }) => sourceId)).toEqual(all.map(({ sourceId }) => sourceId));
      seen.push(...all.map(({ sourceId }) => sourceId));
    }
    const wanted = ids.toSorted((a, b) => sort.get(a)!.localeCompare(sort.get(b)!) || Number(a) - Number(b));
    expect(seen).toEqual(wanted);
  });

  it('of an empty object are none, and of one record one', async () => {
    const { store } = test;
    const of = await projectWithRun(store);
    expect(await store.ranges({ projectId: of.projectId, object: 'note', size: 5, selectionRunId: null })).toEqual([]);
    await store.stageRecords({ ...of, records: [record('note', '1')] });
    expect(await store.ranges({ projectId: of.projectId, object: 'note', size: 5, selectionRunId: null })).toMatchObject([{ count: 1 }]);
    expect(await store.ranges({ projectId: of.projectId, object: 'note', size: 1, selectionRunId: null })).toMatchObject([{ count: 1 }]);
  });

  it('of a sample hold the chosen records and what they link to', async () => {
    const { store } = test;
    const { projectId, runId } = await projectWithRun(store);
    await store.stageRecords({ projectId, runId, records: [...['1', '2', '3'].map((id) => record('contact', id)), ...['a', 'b'].map((id) => record('company', id))] });
    await store.indexRecords({ projectId, object: 'company', sourceIds: ['a', 'b'], links: [], sortKeys: new Map(), keys: ['a', 'b'].map((id) => ({ object: 'company', sourceId: id, kind: 'id', value: id })) });
    await store.indexRecords({ projectId, object: 'contact', sourceIds: ['1', '2'], keys: [], sortKeys: new Map(), links: [['1', 'a'], ['2', 'b']].map(([fromId, value]) => ({ fromObject: 'contact', fromId: fromId!, name: 'company', ordinal: 0, toObject: 'company', rank: 0, kind: 'id', value: value!, label: null })) });
    await store.resolveLinks({ projectId, fromObject: 'contact', name: 'company' });
    expect(await store.selectSample({ projectId, runId, roots: [{ object: 'contact', sourceIds: ['1', 'unknown'] }] })).toEqual([{ object: 'company', count: 1 }, { object: 'contact', count: 1 }]);
    expect(await store.countStaged({ projectId, object: 'contact', selectionRunId: runId })).toBe(1);
    expect(await store.ranges({ projectId, object: 'company', size: 10, selectionRunId: runId })).toMatchObject([{ count: 1 }]);
    const picked = await store.pickEvenly({ projectId, object: 'contact', count: 2, seed: 's' });
    expect(picked).toHaveLength(2);
    expect(await store.pickEvenly({ projectId, object: 'contact', count: 2, seed: 's' })).toEqual(picked);
  });
});
