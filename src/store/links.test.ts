import { describe, expect, it } from 'vitest';
import { projectWithRun, record } from '../../test/support/store-data.ts';
import { withTestStore } from '../../test/support/store.ts';
import type { KeyRow, LinkRow } from '../engine/ports/staging.ts';

const test = withTestStore();

const key = (sourceId: string, kind: string, value: string): KeyRow => ({ object: 'company', sourceId, kind, value });
const link = (fromId: string, rank: number, kind: string, value: string, change: Partial<LinkRow> = {}): LinkRow =>
  ({ fromObject: 'contact', fromId, name: 'company', ordinal: 0, toObject: 'company', rank, kind, value, label: null, ...change });

async function linked(keys: readonly KeyRow[], links: readonly LinkRow[]): Promise<{ projectId: string; runId: string; ids: string[] }> {
  const { store } = test;
  const of = await projectWithRun(store);
  const companies = [...new Set(keys.map(({ sourceId }) => sourceId))];
  const ids = [...new Set(links.map(({ fromId }) => fromId))];
  await store.stageRecords({ ...of, records: [...companies.map((id) => record('company', id)), ...ids.map((id) => record('contact', id))] });
  await store.indexRecords({ projectId: of.projectId, object: 'company', sourceIds: companies, keys, links: [], sortKeys: new Map() });
  await store.indexRecords({ projectId: of.projectId, object: 'contact', sourceIds: ids, keys: [], links, sortKeys: new Map() });
  await store.resolveLinks({ projectId: of.projectId, fromObject: 'contact', name: 'company' });
  return { ...of, ids };
}
const resolved = (of: { projectId: string; ids: string[] }): ReturnType<typeof test.store.resolvedLinks> =>
  test.store.resolvedLinks({ projectId: of.projectId, object: 'contact', sourceIds: of.ids });

describe('link resolution', () => {
  it('lets the first kind with a hit decide, even when a later one would be unambiguous', async () => {
    const of = await linked(
      [key('a', 'domain', 'x.example'), key('b', 'domain', 'x.example'), key('c', 'name', 'gamma'), key('d', 'id', '7')],
      [link('1', 0, 'id', '7'), link('1', 1, 'domain', 'x.example'), link('2', 0, 'id', '8'), link('2', 1, 'domain', 'x.example'), link('2', 2, 'name', 'gamma'),
        link('3', 0, 'id', '9'), link('3', 2, 'name', 'gamma'), link('4', 0, 'id', '9'), link('4', 2, 'name', 'delta')]);
    expect(await resolved(of)).toEqual([
      { fromId: '1', name: 'company', ordinal: 0, label: null, state: 'found', targetId: 'd', candidates: [], asked: '7' },
      { fromId: '2', name: 'company', ordinal: 0, label: null, state: 'ambiguous', targetId: null, candidates: ['a', 'b'], asked: 'x.example' },
      { fromId: '3', name: 'company', ordinal: 0, label: null, state: 'found', targetId: 'c', candidates: [], asked: 'gamma' },
      { fromId: '4', name: 'company', ordinal: 0, label: null, state: 'missing', targetId: null, candidates: [], asked: '9' },
    ]);
  });

  it('keeps kinds apart, names at most ten candidates, and takes values of any length', async () => {
    const long = 'long '.repeat(2000);
    const of = await linked(
      [...Array.from({ length: 30 }, (_, n) => key(`n${n}`, 'name', 'jan')), key('a', 'domain', 'jan.example'), key('l', 'name', long), key('p', 'email', 'p'), key('p', 'name', 'p')],
      [link('1', 0, 'name', 'jan'), link('2', 0, 'name', 'jan.example'), link('3', 0, 'name', long), link('4', 0, 'email', 'p'), link('4', 0, 'name', 'p')]);
    const links = await resolved(of);
    expect(links.map(({ state }) => state)).toEqual(['ambiguous', 'missing', 'found', 'found']);
    expect(links[0]!.candidates).toHaveLength(10);
  });

  it('resolves each entry of a list on its own and counts those that point to a record by label', async () => {
    const of = await linked([key('a', 'id', 'a'), key('b', 'id', 'b')],
      [link('1', 0, 'id', 'a', { ordinal: 0, label: 'open' }), link('1', 0, 'id', 'b', { ordinal: 1, label: 'lost' }), link('1', 0, 'id', 'zz', { ordinal: 2 }), link('2', 0, 'id', 'a', { label: 'won' })]);
    expect((await resolved(of)).map(({ state, targetId }) => [state, targetId])).toEqual([['found', 'a'], ['found', 'b'], ['missing', null], ['found', 'a']]);
    const facts = [{ name: 'people', ofObject: 'contact', link: 'company', labels: null }, { name: 'open', ofObject: 'contact', link: 'company', labels: ['Open'] }, { name: 'not lost', ofObject: 'contact', link: 'company', labels: null, unless: ['LOST', 'won'] }];
    expect(await test.store.inboundCounts({ projectId: of.projectId, object: 'company', sourceIds: ['a', 'b'], facts })).toEqual([
      { sourceId: 'a', name: 'not lost', count: 1 }, { sourceId: 'a', name: 'open', count: 1 }, { sourceId: 'a', name: 'people', count: 2 }, { sourceId: 'b', name: 'people', count: 1 }]);
  });

  it('knows nothing of records that are gone, nor of another project', async () => {
    const { store } = test;
    await linked([key('a', 'id', 'x')], [link('1', 0, 'id', 'x')]);
    const of = await linked([key('b', 'id', 'y')], [link('1', 0, 'id', 'x'), link('2', 0, 'id', 'y')]);
    expect((await resolved(of)).map(({ state }) => state)).toEqual(['missing', 'found']);
    expect(await store.existingKeys({ projectId: of.projectId, object: 'company', kind: 'id', values: ['x', 'y'] })).toEqual(new Set(['y']));
    const later = (await store.createRun({ projectId: of.projectId, mode: 'delta', planHash: 'hash', settings: {}, phases: [] })).id;
    await store.stageRecords({ projectId: of.projectId, runId: later, records: [record('contact', '2')] });
    await store.markGone({ projectId: of.projectId, runId: later, object: 'company' });
    await store.markGone({ projectId: of.projectId, runId: later, object: 'contact' });
    await store.resolveLinks({ projectId: of.projectId, fromObject: 'contact', name: 'company' });
    expect((await resolved(of)).map(({ fromId, state }) => [fromId, state])).toEqual([['2', 'missing']]);
    expect(await store.existingKeys({ projectId: of.projectId, object: 'company', kind: 'id', values: ['y'] })).toEqual(new Set());
  });
});
