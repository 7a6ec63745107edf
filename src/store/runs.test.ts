import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { claimedBatch, projectWithRun } from '../../test/support/store-data.ts';
import { withTestStore } from '../../test/support/store.ts';

const test = withTestStore();

describe('runs', () => {
  it('begin running, with their phases waiting in order', async () => {
    const { store } = test;
    const { projectId, runId } = await projectWithRun(store);
    const run = await store.run(runId);
    expect(run).toMatchObject({ projectId, status: 'running', desired: 'run', error: null, finishedAt: null });
    expect(new Date(run!.startedAt).toISOString()).toBe(run!.startedAt);
    expect((await store.phases(runId)).map(({ name, position, status }) => [name, position, status])).toEqual([['load', 0, 'waiting'], ['check', 1, 'waiting']]);
    expect(await store.run('no such run')).toBeNull();
    await expect(store.desiredOf('00000000-0000-4000-8000-000000000000')).rejects.toMatchObject({ code: 'not-in-store' });
  });

  it('move only from the states named, keep an error until they run again', async () => {
    const { store } = test;
    const { runId } = await projectWithRun(store);
    const error = { code: 'gone', message: 'away', remedy: null };
    expect(await store.moveRun({ runId, from: ['paused'], to: 'cancelled' })).toBe(false);
    expect(await store.moveRun({ runId, from: ['running'], to: 'interrupted', error })).toBe(true);
    expect(await store.run(runId)).toMatchObject({ status: 'interrupted', error });
    expect((await store.run(runId))!.finishedAt).not.toBeNull();
    expect(await store.moveRun({ runId, from: ['interrupted'], to: 'running' })).toBe(true);
    expect(await store.run(runId)).toMatchObject({ error: null, finishedAt: null });
  });

  it('are found newest first and by mode', async () => {
    const { store } = test;
    const { projectId, runId } = await projectWithRun(store);
    const sample = await store.createRun({ projectId, mode: 'sample', planHash: 'h', settings: { records: 200 }, phases: [] });
    expect((await store.listRuns(projectId)).map(({ id }) => id)).toEqual([sample.id, runId]);
    expect((await store.latestRun({ projectId, modes: null }))!.id).toBe(sample.id);
    expect((await store.latestRun({ projectId, modes: ['production', 'delta'] }))!.id).toBe(runId);
    expect(await store.latestRun({ projectId, modes: ['rollback'] })).toBeNull();
  });

  it('have one driver at a time, by the database\'s clock', async () => {
    const { store } = test;
    const { runId } = await projectWithRun(store);
    expect(await store.holdRun({ runId, driver: 'a', leaseMs: 300 })).toBe(true);
    expect(await store.holdRun({ runId, driver: 'b', leaseMs: 300 })).toBe(false);
    expect(await store.holdRun({ runId, driver: 'a', leaseMs: 300 })).toBe(true);
    await sleep(350);
    expect(await store.holdRun({ runId, driver: 'b', leaseMs: 60_000 })).toBe(true);
    await store.releaseRun({ runId, driver: 'a' }); // not the holder any more
    expect(await store.holdRun({ runId, driver: 'a', leaseMs: 300 })).toBe(false);
    await store.releaseRun({ runId, driver: 'b' });
    expect(await store.holdRun({ runId, driver: 'a', leaseMs: 300 })).toBe(true);
  });

  it('have phases with a beginning, an end and counts from before', async () => {
    const { store } = test;
    const { runId } = await projectWithRun(store);
    await store.movePhase({ runId, name: 'load', to: 'running', before: { 'res.partner': 3 } });
    await store.movePhase({ runId, name: 'load', to: 'done' });
    const [load, check] = await store.phases(runId);
    expect(load).toMatchObject({ status: 'done', before: { 'res.partner': 3 } });
    expect([load!.startedAt, load!.finishedAt].every((at) => at !== null)).toBe(true);
    expect(check).toMatchObject({ status: 'waiting', startedAt: null, finishedAt: null });
    await expect(store.movePhase({ runId, name: 'nowhere', to: 'done' })).rejects.toMatchObject({ code: 'not-in-store' });
  });

  it('have gates that open once and keep their first approval', async () => {
    const { store } = test;
    const { runId } = await projectWithRun(store);
    await expect(store.approveGate({ runId, phase: 'load', by: 'Ola' })).rejects.toMatchObject({ code: 'not-in-store' });
    const opened = await store.openGate({ runId, phase: 'load' });
    expect(await store.openGate({ runId, phase: 'load' })).toEqual(opened);
    const approved = await store.approveGate({ runId, phase: 'load', by: 'Ola' });
    expect(await store.approveGate({ runId, phase: 'load', by: 'Jan' })).toEqual(approved);
    expect(await store.gates(runId)).toEqual([{ ...opened, approvedAt: approved.approvedAt, approvedBy: 'Ola' }]);
  });

  it('add up their calls', async () => {
    const { store } = test;
    const { runId } = await projectWithRun(store);
    const call = (endpoint: string, count: number): { connection: string; endpoint: string; count: number } => ({ connection: 'destination', endpoint, count });
    await Promise.all([store.countCalls({ runId, calls: [call('create', 2), call('create', 1)] }), store.countCalls({ runId, calls: [call('read', 5), call('create', 4)] }), store.countCalls({ runId, calls: [] })]);
    expect(await store.calls(runId)).toEqual([call('create', 7), call('read', 5)]);
  });
});

describe('batches', () => {
  it('are added once and counted by status', async () => {
    const { store } = test;
    const { runId } = await projectWithRun(store);
    const batches = [0, 1, 2].map((position) => ({ phase: 'load', kind: 'load' as const, subject: 'people', position, work: { from: position } }));
    await store.addBatches({ runId, batches: batches.slice(0, 2) });
    await store.addBatches({ runId, batches });
    const [first, second] = await store.batches({ runId, phase: 'load', kinds: ['load'] });
    const claim = await store.claimBatch({ batchId: first!.id, worker: 'w' });
    expect(claim).toMatchObject({ fence: 1, attempts: 1, status: 'running', work: { from: 0 }, checkpoint: null });
    expect(await store.checkpointBatch({ batchId: first!.id, fence: 1, checkpoint: { at: 5 } })).toBe(true);
    expect(await store.finishBatch({ batchId: first!.id, fence: 1, status: 'done' })).toBe(true);
    expect(await store.claimBatch({ batchId: first!.id, worker: 'w' })).toBeNull();
    const failing = await store.claimBatch({ batchId: second!.id, worker: 'w' });
    await store.finishBatch({ batchId: second!.id, fence: failing!.fence, status: 'failed', error: { code: 'x' } });
    expect(await store.batchCounts({ runId, phase: 'load' })).toEqual({ waiting: 1, running: 0, done: 1, failed: 1 });
    expect((await store.batches({ runId, phase: null, kinds: null })).map(({ error }) => error)).toEqual([null, { code: 'x' }, null]);
    expect(await store.batches({ runId, phase: 'check', kinds: null })).toEqual([]);
  });

  it('of a run that is to pause, or does not run, are not given out', async () => {
    const { store } = test;
    const { runId } = await projectWithRun(store);
    const batch = await claimedBatch(store, runId);
    await store.setDesired({ runId, desired: 'pause' });
    expect(await store.desiredOf(runId)).toBe('pause');
    expect(await store.claimBatch({ batchId: batch.id, worker: 'w' })).toBeNull();
    await store.setDesired({ runId, desired: 'run' });
    await store.moveRun({ runId, from: ['running'], to: 'interrupted' });
    expect(await store.claimBatch({ batchId: batch.id, worker: 'w' })).toBeNull();
    await store.moveRun({ runId, from: ['interrupted'], to: 'running' });
    expect(await store.claimBatch({ batchId: batch.id, worker: 'w' })).toMatchObject({ fence: 2 });
  });
});
