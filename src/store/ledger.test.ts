import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimedBatch, crosswalkRow, loadStep, projectWithRun, record } from '../../test/support/store-data.ts';
import { withTestStore } from '../../test/support/store.ts';
import type { IntentRow, Outcome, OutcomeRow, QuarantineEntry, RollbackFate, RollbackRow } from '../engine/ports/ledger.ts';

const test = withTestStore();

const intent = (sourceId: string, change: Partial<IntentRow> = {}): IntentRow => ({
  key: `key:${sourceId}`, mapping: 'people', sourceId, action: 'create', destinationObject: 'partner', destinationId: null, payloadHash: 'hash', previous: null, ...change });
const entry = (sourceId: string, change: Partial<QuarantineEntry> = {}): QuarantineEntry => ({
  mapping: 'people', sourceObject: 'contact', sourceId, stage: 'load', code: 'refused', message: 'no', remedy: 'change it', field: 'email', position: 'contacts.csv line 3', ...change });
const rollbackRow = (sourceId: string, fate: RollbackFate): RollbackRow => ({
  mapping: 'people', sourceId, fate, destinationObject: 'partner', destinationId: `9${sourceId}`, reason: fate === 'kept' ? 'changed-since' : null, details: fate === 'kept' ? { by: 'Ola' } : {} });

describe('a load step', () => {
  it('writes outcomes, crosswalk, quarantine and checkpoint, and closes its intents', async () => {
    const { store } = test;
    const { projectId, runId } = await projectWithRun(store);
    await store.stageRecords({ projectId, runId, records: [record('contact', '2', { name: 'Two' })] });
    const batch = await claimedBatch(store, runId);
    expect(await store.writeIntents({ projectId, runId, batchId: batch.id, fence: batch.fence, intents: [intent('1'), intent('2', { previous: { a: 1 } })] })).toBe(true);
    expect(await store.openIntents({ projectId, keys: ['key:1', 'key:2', 'key:3'] })).toHaveLength(2);
    expect((await store.openCreateIntents(projectId)).map(({ previous }) => previous)).toEqual([null, { a: 1 }]);
    expect(await store.commitLoadStep({
      ...loadStep(projectId, batch, { done: 2 }), closeIntents: ['key:1', 'key:2'], crosswalk: [crosswalkRow(runId, '1')], quarantine: [entry('2')],
      outcomes: [{ sourceId: '1', outcome: 'created', reason: null }, { sourceId: '2', outcome: 'quarantined', reason: 'refused' }],
    })).toBe(true);
    expect(await store.openCreateIntents(projectId)).toEqual([]);
    expect(await store.crosswalk({ projectId, mappings: ['people', 'other'], sourceIds: ['1', '2'] })).toEqual([{ ...crosswalkRow(runId, '1'), inputHash: null, archived: false, leftOut: false }]);
    expect((await store.batches({ runId, phase: null, kinds: null }))[0]!.checkpoint).toEqual({ done: 2 });
    const [held] = await store.quarantine({ projectId, open: true, code: 'refused', limit: 5, after: null });
    expect(held).toMatchObject({ ...entry('2'), runId, data: { name: 'Two' }, raw: null });
    expect(await store.quarantineEntries({ projectId, ids: [held!.id, 'nonsense'] })).toEqual([held]);
    expect(await store.quarantine({ projectId, open: null, code: null, limit: 5, after: held!.id })).toEqual([]);
  });

  it('tells what a run held back newest first, and marks that its figures have changed', async () => {
    const { store } = test;
    const { projectId, runId } = await projectWithRun(store);
    const none = await store.figuresMark(runId);
    const batch = await claimedBatch(store, runId);
    const marks = [none, await store.figuresMark(runId)];
    for (const [index, sourceId] of ['1', '2', '3'].entries()) {
      await store.commitLoadStep({ ...loadStep(projectId, batch, { done: index }), quarantine: [entry(sourceId)] });
      marks.push(await store.figuresMark(runId));
    }
    expect(await store.figuresMark(runId)).toBe(marks.at(-1));
    await store.finishBatch({ batchId: batch.id, fence: batch.fence, status: 'done' });
    marks.push(await store.figuresMark(runId));
    expect(new Set(marks).size).toBe(marks.length);
    const latest = async (run: string, limit: number) => (await store.latestQuarantine({ projectId, runId: run, limit })).map(({ sourceId }) => sourceId);
    expect(await latest(runId, 2)).toEqual(['3', '2']);
    const [, second] = await store.latestQuarantine({ projectId, runId, limit: 5 });
    await store.resolveQuarantine({ projectId, ids: [second!.id] });
    expect(await latest(runId, 5)).toEqual(['3', '1']);
    expect(await latest('00000000-0000-4000-8000-000000000000', 5)).toEqual([]);
  });

  it('of a worker that lost its batch writes nothing at all', async () => {
    const { store } = test;
    const { projectId, runId } = await projectWithRun(store);
    const batch = await claimedBatch(store, runId);
    await store.claimBatch({ batchId: batch.id, worker: 'other' });
    const stale = { projectId, runId, batchId: batch.id, fence: batch.fence };
    const outcomes = [{ sourceId: '1', outcome: 'created' as const, reason: null }];
    expect(await store.writeIntents({ ...stale, intents: [intent('1')] })).toBe(false);
    expect(await store.commitLoadStep({ ...loadStep(projectId, batch, 'stale'), outcomes, crosswalk: [crosswalkRow(runId, '1')], quarantine: [entry('2')] })).toBe(false);
    expect(await store.commitRollbackStep({ ...stale, checkpoint: 'stale', dryRun: false, rows: [rollbackRow('1', 'kept')], deleted: 1, closeIntents: [] })).toBe(false);
    expect(await store.checkpointBatch({ ...stale, checkpoint: 'stale' })).toBe(false);
    expect(await store.finishBatch({ ...stale, status: 'done' })).toBe(false);
    expect(await store.openCreateIntents(projectId)).toEqual([]);
    expect(await store.outcomeCounts(runId)).toEqual([]);
    expect(await store.countCrosswalk({ projectId, mapping: 'people', how: null })).toBe(0);
    expect(await store.quarantineCounts(projectId)).toEqual([]);
    expect(await store.rollbackKept(runId)).toEqual([]);
    expect((await store.batches({ runId, phase: null, kinds: null }))[0]).toMatchObject({ checkpoint: null, status: 'running', fence: 2, attempts: 2 });
  });

  it('says which records a phase of the run has decided about', async () => {
    const { store } = test;
    const { projectId, runId } = await projectWithRun(store);
    const batch = await claimedBatch(store, runId);
    await store.commitLoadStep({ ...loadStep(projectId, batch), outcomes: [{ sourceId: '1', outcome: 'created', reason: null }, { sourceId: '2', outcome: 'quarantined', reason: 'refused' }] });
    const asked = { runId, phase: batch.phase, mapping: 'people', sourceIds: ['1', '2', '3'] };
    expect(await store.decidedIn(asked)).toEqual(new Set(['1', '2']));
    expect(await store.decidedIn({ ...asked, sourceIds: [] })).toEqual(new Set());
    expect(await store.decidedIn({ ...asked, mapping: 'companies' })).toEqual(new Set());
    expect(await store.decidedIn({ ...asked, phase: 'another' })).toEqual(new Set());
  });

  it('takes a batch over only between two steps, never within one', async () => {
    const { store } = test;
    const { projectId, runId } = await projectWithRun(store);
    const batch = await claimedBatch(store, runId);
    const other = await test.another();
    const steps = await Promise.all(Array.from({ length: 20 }, async (_, n) => {
      if (n === 10) return (await other.claimBatch({ batchId: batch.id, worker: 'other' })) === null;
      return store.commitLoadStep({ ...loadStep(projectId, batch, n), outcomes: [{ sourceId: `${n}`, outcome: 'created', reason: null }], crosswalk: [crosswalkRow(runId, `${n}`)] });
    }));
    const written = steps.filter(Boolean).length;
    const [counts] = await store.outcomeCounts(runId);
    expect(counts?.count ?? 0).toBe(written);
    expect(await store.countCrosswalk({ projectId, mapping: 'people', how: ['created'] })).toBe(written);
  });

  it('makes counts that add up to the distinct source records, however often a step is repeated', async () => {
    const { store } = test;
    const outcome = fc.record({
      sourceId: fc.integer({ min: 0, max: 15 }).map(String),
      outcome: fc.constantFrom<Outcome>('created', 'updated', 'matched', 'merged', 'skipped', 'quarantined', 'failed'),
      reason: fc.option(fc.constantFrom('a', 'b'), { nil: null }),
    });
    const step = fc.record({ mapping: fc.constantFrom('people', 'leads'), outcomes: fc.uniqueArray(outcome, { selector: (row) => row.sourceId }) });
    await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
      const { projectId, runId } = await projectWithRun(store);
      const batch = await claimedBatch(store, runId);
      const last = new Map<string, OutcomeRow>();
      for (const { mapping, outcomes } of steps) {
        await store.commitLoadStep({ ...loadStep(projectId, batch), mapping, outcomes });
        for (const row of outcomes) last.set(`${mapping} ${row.sourceId}`, row);
      }
      const counts = await store.outcomeCounts(runId);
      for (const mapping of ['people', 'leads']) {
        const total = counts.filter((row) => row.mapping === mapping).reduce((sum, { count }) => sum + count, 0);
        expect(total).toBe([...last.keys()].filter((name) => name.startsWith(`${mapping} `)).length);
      }
      const created = counts.filter((row) => row.outcome === 'created').reduce((sum, { count }) => sum + count, 0);
      expect(created).toBe([...last.values()].filter((row) => row.outcome === 'created').length);
    }), { numRuns: 20 });
  });

  it('reopens a resolved quarantine entry under its old id', async () => {
    const { store } = test;
    const { projectId, runId } = await projectWithRun(store);
    const batch = await claimedBatch(store, runId);
    const page = async (open: boolean): ReturnType<typeof store.quarantine> => store.quarantine({ projectId, open, code: null, limit: 5, after: null });
    await store.commitLoadStep({ ...loadStep(projectId, batch), quarantine: [entry('1'), entry('2')] });
    const ids = (await page(true)).map(({ id }) => id);
    await store.commitLoadStep({ ...loadStep(projectId, batch), resolvedQuarantine: ['1'] });
    await store.resolveQuarantine({ projectId, ids: [ids[1]!] });
    expect(await page(true)).toEqual([]);
    await store.commitLoadStep({ ...loadStep(projectId, batch), quarantine: [entry('1', { code: 'again' })] });
    expect((await page(true)).map(({ id, code }) => [id, code])).toEqual([[ids[0], 'again']]);
    expect(await store.quarantineCounts(projectId)).toEqual([{ mapping: 'people', code: 'again', count: 1 }]);
    expect(await page(false)).toHaveLength(1);
  });
});

describe('the crosswalk', () => {
  it('is found by folded payload values, of rows written before and after the first question', async () => {
    const { store } = test;
    const { projectId, runId } = await projectWithRun(store);
    const batch = await claimedBatch(store, runId);
    const write = (sourceId: string, email: string): Promise<boolean> =>
      store.commitLoadStep({ ...loadStep(projectId, batch), crosswalk: [crosswalkRow(runId, sourceId, { payload: { email } })] });
    const ask = async (...foldedValues: string[]): Promise<string[]> =>
      (await store.crosswalkByPayload({ projectId, mapping: 'people', field: 'email', foldedValues })).map(({ sourceId }) => sourceId);
    await write('1', ' Żaneta@Example.com');
    expect(await ask('zaneta@example.com')).toEqual(['1']);
    await write('2', 'ZANETA@example.com ');
    await write('3', 'other@example.com');
    expect(await ask('zaneta@example.com', 'nobody@example.com')).toEqual(['1', '2']);
    await write('2', 'moved@example.com');
    expect(await ask('zaneta@example.com')).toEqual(['1']);
    expect(await ask('')).toEqual([]);
  });

  it('pages in the order of source ids, of one run where asked', async () => {
    const { store } = test;
    const { projectId, runId } = await projectWithRun(store);
    const batch = await claimedBatch(store, runId);
    const ids = ['a', 'B', '10', '9', 'ż'];
    await store.commitLoadStep({ ...loadStep(projectId, batch), crosswalk: ids.map((id) => crosswalkRow(runId, id)), outcomes: [{ sourceId: 'a', outcome: 'created', reason: null }, { sourceId: '9', outcome: 'skipped', reason: 'unchanged' }] });
    const page = async (after: string, run: string | null): Promise<string[]> => (await store.pageCrosswalk({ projectId, mapping: 'people', after, limit: 2, runId: run })).map(({ sourceId }) => sourceId);
    expect([await page('', null), await page('9', null), await page('a', null)]).toEqual([['10', '9'], ['B', 'a'], ['ż']]);
    expect(await page('', runId)).toEqual(['a']);
  });

  it('tells which destination records are our own', async () => {
    const { store } = test;
    const { projectId, runId } = await projectWithRun(store);
    const batch = await claimedBatch(store, runId);
    await store.commitLoadStep({ ...loadStep(projectId, batch), crosswalk: [crosswalkRow(runId, '1'), crosswalkRow(runId, '2', { how: 'matched' })] });
    expect(await store.createdByUs({ projectId, object: 'partner', ids: ['91', '92', '93'] })).toEqual(new Set(['91']));
    expect(await store.createdByUs({ projectId, object: 'lead', ids: ['91'] })).toEqual(new Set());
  });

  it('adopts records found behind orphaned intents, but never replaces a row', async () => {
    const { store } = test;
    const { projectId, runId } = await projectWithRun(store);
    const batch = await claimedBatch(store, runId);
    await store.writeIntents({ projectId, runId, batchId: batch.id, fence: batch.fence, intents: [intent('1'), intent('2')] });
    await store.commitLoadStep({ ...loadStep(projectId, batch), crosswalk: [crosswalkRow(runId, '1')] });
    await store.adopt({ projectId, rows: [crosswalkRow(runId, '1', { destinationId: 'wrong' }), crosswalkRow(runId, '2')], closeIntents: ['key:2'] });
    expect((await store.pageCrosswalk({ projectId, mapping: 'people', after: '', limit: 9, runId: null })).map(({ destinationId }) => destinationId)).toEqual(['91', '92']);
    expect((await store.openCreateIntents(projectId)).map(({ key }) => key)).toEqual(['key:1']);
  });

  it('loses what a rollback removed or restored, and keeps what it kept', async () => {
    const { store } = test;
    const { projectId, runId } = await projectWithRun(store);
    const batch = await claimedBatch(store, runId, 'delete');
    await store.commitLoadStep({ ...loadStep(projectId, batch), crosswalk: ['1', '2', '3'].map((id) => crosswalkRow(runId, id)) });
    const step = { projectId, runId, batchId: batch.id, fence: batch.fence, checkpoint: null, dryRun: false, closeIntents: [] };
    expect(await store.commitRollbackStep({ ...step, rows: [rollbackRow('1', 'removed'), rollbackRow('2', 'restored'), rollbackRow('3', 'kept')], deleted: 1 })).toBe(true);
    expect(await store.rollbackCounts(runId)).toEqual({ deleted: 1, restored: 1, kept: 1 });
    expect(await store.rollbackKept(runId)).toEqual([{ mapping: 'people', sourceId: '3', reason: 'changed-since', details: { by: 'Ola' } }]);
    expect(await store.countCrosswalk({ projectId, mapping: 'people', how: null })).toBe(1);
    await store.commitRollbackStep({ ...step, rows: [rollbackRow('3', 'removed')], deleted: 1 }); // the person said: delete it too
    expect(await store.rollbackCounts(runId)).toEqual({ deleted: 2, restored: 1, kept: 0 });
    expect(await store.countCrosswalk({ projectId, mapping: 'people', how: null })).toBe(0);
  });

  it('keeps all of it in a dry run, which is listed by fate and mapping, in pages', async () => {
    const { store } = test;
    const { projectId, runId } = await projectWithRun(store);
    const batch = await claimedBatch(store, runId, 'delete');
    await store.commitLoadStep({ ...loadStep(projectId, batch), crosswalk: ['1', '2', '3'].map((id) => crosswalkRow(runId, id)) });
    const rows = [rollbackRow('1', 'removed'), rollbackRow('2', 'gone'), rollbackRow('3', 'kept'), { ...rollbackRow('1', 'untouched'), mapping: 'stages' }];
    await store.commitRollbackStep({ projectId, runId, batchId: batch.id, fence: batch.fence, checkpoint: null, dryRun: true, closeIntents: [], deleted: 1, rows });
    expect(await store.countCrosswalk({ projectId, mapping: 'people', how: null })).toBe(3);
    expect(await store.rollbackFates(runId)).toEqual([{ mapping: 'people', fate: 'gone', records: 1 }, { mapping: 'people', fate: 'kept', records: 1 }, { mapping: 'people', fate: 'removed', records: 1 }, { mapping: 'stages', fate: 'untouched', records: 1 }]);
    const page = (more: Partial<Parameters<typeof store.rollbackPage>[0]>): ReturnType<typeof store.rollbackPage> => store.rollbackPage({ runId, fate: null, mapping: null, after: null, limit: 2, ...more });
    expect(await page({})).toEqual(rows.slice(0, 2));
    expect(await page({ after: { mapping: 'people', sourceId: '2' } })).toEqual(rows.slice(2));
    expect(await page({ fate: 'kept' })).toEqual([rows[2]]);
    expect(await page({ mapping: 'stages' })).toEqual([rows[3]]);
  });
});

describe('verification', () => {
  it('replaces a repeated step, adds up the others, and stores the versions read back', async () => {
    const { store } = test;
    const { projectId, runId } = await projectWithRun(store);
    const batch = await claimedBatch(store, runId, 'verify');
    await store.commitLoadStep({ ...loadStep(projectId, batch), crosswalk: [crosswalkRow(runId, '1')] });
    const counts = { records: 2, fields: 6, exact: 4, equalAfterNormalisation: 1, declaredLossy: 0, mismatch: 1, unreadable: 0 };
    const finding = { sourceId: '1', destinationId: '91', field: 'name', class: 'mismatch' as const, written: 'A', found: null };
    const step = { projectId, runId, batchId: batch.id, fence: batch.fence, checkpoint: 1, mapping: 'people', counts, fromAnswers: 1, fieldCounts: [{ field: 'name', class: 'mismatch' as const, count: 1 }], findings: [finding], versions: [{ sourceId: '1', version: 'v2', contentHash: 'c2' }] };
    for (const number of [0, 1, 1]) expect(await store.commitVerifyStep({ ...step, step: number })).toBe(true);
    expect(await store.verificationCounts(runId)).toEqual([{ phase: 'load', mapping: 'people', records: 4, fields: 12, exact: 8, equalAfterNormalisation: 2, declaredLossy: 0, mismatch: 2, unreadable: 0 }]);
    expect(await store.verifiedFromAnswers(runId)).toEqual([{ phase: 'load', mapping: 'people', records: 2 }]);
    expect(await store.verificationFields(runId)).toEqual([{ phase: 'load', mapping: 'people', field: 'name', class: 'mismatch', count: 2 }]);
    const found = await store.findings({ runId, class: 'mismatch', limit: 10 });
    expect(found).toEqual([1, 2].map(() => ({ id: expect.any(String), phase: 'load', mapping: 'people', ...finding })));
    expect(await store.findings({ runId, class: 'mismatch', limit: 10, after: found[0]?.id ?? null })).toEqual(found.slice(1));
    expect(await store.findings({ runId, class: 'mismatch', limit: 1 })).toEqual(found.slice(0, 1));
    expect(await store.findings({ runId, class: 'unreadable', limit: 10 })).toEqual([]);
    expect(await store.crosswalk({ projectId, mappings: ['people'], sourceIds: ['1'] })).toMatchObject([{ version: 'v2', contentHash: 'c2' }]);
    await store.claimBatch({ batchId: batch.id, worker: 'other' });
    expect(await store.commitVerifyStep({ ...step, step: 2 })).toBe(false);
  });
});
