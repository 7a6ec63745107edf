import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { FatalError, RetriableError } from '../../src/connector/errors.ts';
import type { SourceRecord } from '../../src/connector/source.ts';
import { createFlakyDestination } from '../../src/connector/testing/flaky-destination.ts';
import type { MemoryDestination } from '../../src/connector/testing/memory-destination.ts';
import { memoryRecord } from '../../src/connector/testing/memory-source.ts';
import { dyingAt, field, line, mapping, objectOf, withEngineRigs, type RigParams } from '../support/engine-rig.ts';
import { expectClean, phaseOf } from '../support/reports.ts';

const rigs = withEngineRigs();

const deals = (change: (at: number) => Record<string, string>): SourceRecord[] => Array.from({ length: 12 }, (_, at) => memoryRecord('deal', `d${at}`, { name: `Deal ${at}`, stage: 'open', closed: '', ...change(at) }));
const params = (records: { deal: readonly SourceRecord[] }, more: Partial<RigParams> = {}): RigParams => ({
  source: { objects: [objectOf('deal', field('id', 'text'), field('name', 'text'), field('stage', 'text'), field('closed', 'text'))], records },
  destination: [objectOf('lead', field('name', 'text', { required: true }), field('stage', 'text'), field('closed', 'text'), field('note', 'text'))],
  capabilities: { batchSize: { create: 5, update: 3, read: 5, delete: 5 }, concurrency: 1, writtenTogether: { lead: [['stage', 'closed']] } },
  plan: { mappings: [mapping('leads', 'deal', 'lead', [line('name', 'name', { required: true }), line('stage', 'stage'), line('closed', 'closed')])] },
  ...more,
});
const wonSome = (at: number): Record<string, string> => (at < 7 ? { stage: 'won', closed: `2020-01-0${at + 1}` } : {});

describe('an update whose attempt died before it was written down', () => {
  test('counts as updated, is verified in that run, and leaves nothing to a rollback', async () => {
    const records = { deal: deals(() => ({})) };
    let dying = false;
    const rig = await rigs.start(params(records, { store: (store) => dyingAt(store, 'commitLoadStep', () => { const now = dying; dying = false; return now; }) }));
    await rig.planned();
    await rig.run();
    records.deal = deals(wonSome);
    dying = true;
    const report = await rig.run();
    expectClean(report);
    expect(phaseOf(report, 'leads')).toMatchObject({ updated: 7, skipped: { unchanged: 5 } });
    expect(report).toMatchObject({ written: 7, verification: { records: 7 } });
    expect((await rig.run()).written).toBe(0);
    expect((await rig.run('rollback')).rollback).toMatchObject({ identical: true, residue: [], deleted: 12 });
  });

  test('and that the source has taken back meanwhile, is written back', async () => {
    const records = { deal: deals(() => ({})) };
    let dying = false;
    const rig = await rigs.start(params(records, { store: (store) => dyingAt(store, 'commitLoadStep', () => dying) }));
    await rig.planned();
    await rig.run();
    records.deal = deals(wonSome);
    dying = true;
    expect((await rig.drive()).status).toBe('interrupted');
    dying = false;
    records.deal = deals(() => ({}));
    const report = await rig.run();
    expectClean(report);
    expect(rig.memory.rows('lead').map((row) => [row.values['stage'], row.values['closed']])).toEqual(Array.from({ length: 12 }, () => ['open', null]));
    expect(await rigs.tests.query('select key from portolan.intent where project_id = $1', [rig.projectId])).toEqual([]);
    expect((await rig.run('rollback')).rollback).toMatchObject({ identical: true, residue: [] });
  });

  test('is not taken for people\'s change by a rollback without a resume; what people did is', async () => {
    const records = { deal: deals(() => ({})) };
    let dying = false;
    const rig = await rigs.start(params(records, { store: (store) => dyingAt(store, 'commitLoadStep', () => dying) }));
    await rig.planned();
    await rig.run();
    records.deal = deals(wonSome);
    const [first, second] = rig.memory.rows('lead').map((row) => row.id);
    rig.memory.touch('lead', second ?? '', { note: 'before the update' });
    dying = true;
    expect((await rig.drive()).status).toBe('interrupted');
    rig.memory.touch('lead', first ?? '', { name: 'after the update' });
    expect(rig.memory.rows('lead').filter((row) => row.values['stage'] === 'won')).toHaveLength(5); // the first step
    const back = await rig.run('rollback');
    expect((back.rollback?.residue ?? []).map((row) => [row.sourceId, row.details['fields']])).toEqual([['d0', ['name']], ['d1', []]]);
    expect(back.rollback).toMatchObject({ deleted: 10, kept: 2 });
  });

  test.each(['resumed', 'rolled back'] as const)('between its two writes is no conflict: %s', async (how) => {
    const records = { deal: deals(() => ({})) };
    let dying = false;
    /** As where a stage that closes a lead sets its date to now over any value, and the right date follows in a second write. */
    const wrap = (memory: MemoryDestination): MemoryDestination => ({
      ...memory,
      async update(request) {
        if (!request.changes.some(({ values }) => 'stage' in values)) return memory.update(request);
        await memory.update({ ...request, changes: request.changes.map(({ id, values }) => ({ id, values: { ...values, ...('stage' in values ? { closed: 'now' } : {}) } })) });
        if (dying) throw new RetriableError({ code: 'killed', message: 'Died between two writes (made up).' });
        await memory.update({ ...request, changes: request.changes.map(({ id, values }) => ({ id, values: 'closed' in values ? { closed: values['closed'] ?? null } : {} })) });
      },
    });
    const rig = await rigs.start(params(records, { wrap }));
    await rig.planned();
    await rig.run();
    records.deal = deals((at) => (at < 7 ? { stage: 'won', closed: at % 2 === 0 ? `2020-01-0${at + 1}` : '' } : {}));
    dying = true;
    const interrupted = await rig.drive();
    expect(interrupted.status).toBe('interrupted');
    expect(rig.memory.rows('lead').filter((row) => row.values['closed'] === 'now')).toHaveLength(3);
    dying = false;
    if (how === 'resumed') {
      const report = await rig.engine.driveRun({ runId: interrupted.run });
      expectClean(report);
      expect(phaseOf(report, 'leads')).toMatchObject({ updated: 7, quarantined: {} });
      expect(rig.memory.rows('lead').map((row) => row.values['closed'])).toEqual(['2020-01-01', null, '2020-01-03', null, '2020-01-05', null, '2020-01-07', null, null, null, null, null]);
    }
    expect((await rig.run('rollback')).rollback).toMatchObject({ identical: true, residue: [], deleted: 12 });
  });
});

describe('records of an attempt that died, without a resume', () => {
  test('are compared with what the attempt wrote: untouched ones go, changed ones stay', async () => {
    const rig = await rigs.start(params({ deal: deals(() => ({})) }, { store: (store) => dyingAt(store, 'commitLoadStep', (_, call) => call > 1) }));
    await rig.planned();
    expect((await rig.drive()).status).toBe('interrupted');
    expect(rig.memory.rows('lead')).toHaveLength(10);
    rig.memory.touch('lead', rig.memory.rows('lead')[7]?.id ?? '', { name: 'Changed by hand' });
    const back = await rig.run('rollback');
    expect(back.rollback).toMatchObject({ deleted: 9, kept: 1 });
    expect(back.rollback?.residue).toMatchObject([{ sourceId: 'd7', reason: 'changed-since', details: { fields: ['name'] } }]);
  });
});

describe('a call that lost its client and commits late', () => {
  /** The first create is carried out `lateMs` later, for a client that is dead by then. */
  const dyingLate = (memory: MemoryDestination, lateMs: number): MemoryDestination & { settled: () => Promise<void> } => {
    const flaky = createFlakyDestination(memory, { seed: 1, chances: { late: 1 }, maxFaults: 1, lateMs });
    const create: MemoryDestination['create'] = (request) => flaky.create(request).catch((error: unknown) => {
      throw flaky.faults.late === 1 && request.records[0]?.values['name'] === 'Deal 0' ? new FatalError({ code: 'killed', message: 'Died while waiting for the answer (made up).', cause: error }) : error;
    });
    return { ...memory, create, settled: flaky.settled };
  };
  const late = (): Partial<RigParams> => ({ wrap: (memory) => dyingLate(memory, 900), capabilities: { batchSize: { create: 5, update: 3, read: 5, delete: 5 }, concurrency: 1, lateCommitMs: { lead: 2500 } } });

  test('is waited for in full by whoever takes the batch over, also long after the intents were written', async () => {
    const rig = await rigs.start(params({ deal: deals(() => ({})) }, late()));
    await rig.planned();
    const failed = await rig.drive();
    expect(failed).toMatchObject({ status: 'failed', error: { code: 'killed' } });
    // The intents look old: only the time since the take-over may count.
    await rigs.tests.query(`update portolan.intent set written_at = written_at - interval '1 hour' where project_id = $1`, [rig.projectId]);
    const report = await rig.engine.driveRun({ runId: failed.run });
    expectClean(report);
    expect(rig.memory.rows('lead').map((row) => row.values['name'])).toHaveLength(12);
    expect(new Set(rig.memory.rows('lead').map((row) => row.key)).size).toBe(12);
    expect(phaseOf(report, 'leads')).toMatchObject({ created: 12 });
  });

  test('is waited for by a rollback that follows at once', async () => {
    const rig = await rigs.start(params({ deal: deals(() => ({})) }, late()));
    await rig.planned();
    expect((await rig.drive()).status).toBe('failed');
    const back = await rig.run('rollback');
    expect(back.rollback).toMatchObject({ identical: true, residue: [], deleted: 5 });
    expect(rig.memory.rows('lead')).toEqual([]);
  });
});

describe('a worker that wakes after it lost its batch', () => {
  test.each(['create', 'update', 'delete'] as const)('sends no further part: %s', async (call) => {
    const records = { deal: deals(() => ({})) };
    let stolen = 0;
    let armed = call === 'create';
    const steal = async (): Promise<void> => {
      if (!armed) return;
      stolen += 1;
      if (stolen === 1) await rigs.tests.query(`update portolan.batch b set fence = fence + 1 from portolan.run r where r.id = b.run_id and r.project_id = $1 and b.status = 'running'`, [rig.projectId]);
    };
    const rig = await rigs.start(params(records, {
      capabilities: { batchSize: { create: 3, update: 3, read: 50, delete: 12 }, concurrency: 1 },
      plan: { mappings: [mapping('leads', 'deal', 'lead', [line('name', 'name', { required: true }), line('stage', 'stage')], { when: { field: 'name', filled: true }, otherwise: 'nameless' })] }, // four calls a step
      wrap: (memory) => ({
        ...memory,
        create: async (request) => { await steal(); return memory.create(request); },
        update: async (request) => { await steal(); return memory.update(request); },
        delete: async (request) => {
          await steal();
          if (armed && stolen === 1) throw new RetriableError({ code: 'made-up', message: 'Once more, please (made up).' });
          return memory.delete(request);
        },
      }),
    }));
    await rig.planned();
    if (call !== 'create') {
      await rig.run();
      records.deal = deals(wonSome);
      armed = true;
    }
    const stop = new AbortController();
    const run = await rig.engine.startRun({ project: rig.project, mode: call === 'delete' ? 'rollback' : 'production', settings: call === 'delete' ? {} : { approveGates: true }, by: 'test' });
    const driven = rig.engine.driveRun({ runId: run.id, signal: stop.signal });
    while (stolen === 0) await pause(20);
    await pause(400); // time in which the worker would have sent its other parts
    expect(stolen).toBe(1);
    armed = false;
    stop.abort();
    expect((await driven).status).toBe('interrupted');
    const report = await rig.engine.driveRun({ runId: run.id });
    expect(report.error).toBeNull();
    if (call === 'create') expect(phaseOf(report, 'leads')).toMatchObject({ created: 12 });
    if (call === 'update') expect(phaseOf(report, 'leads')).toMatchObject({ updated: 7 });
    if (call === 'delete') expect(report.rollback).toMatchObject({ identical: true, deleted: 12 });
    expect(rig.memory.rows('lead')).toHaveLength(call === 'delete' ? 0 : 12);
  });
});

describe('a run whose process is told to end in the middle of a call', () => {
  test('is interrupted, not paused: nothing speaks against going on', async () => {
    const stop = new AbortController();
    const rig = await rigs.start(params({ deal: deals(() => ({})) }, {
      wrap: (memory) => ({ ...memory, create: async (request) => { if (stop.signal.aborted) return memory.create(request); stop.abort(); throw new DOMException('This operation was aborted', 'AbortError'); } }),
    }));
    await rig.planned();
    const run = await rig.engine.startRun({ project: rig.project, mode: 'production', settings: { approveGates: true }, by: 'test' });
    expect(await rig.engine.driveRun({ runId: run.id, signal: stop.signal })).toMatchObject({ status: 'interrupted', error: null });
    expect(await rigs.tests.store.run(run.id)).toMatchObject({ status: 'interrupted', desired: 'run' });
    expect(await rigs.tests.store.desiredOf(run.id)).toBe('pause'); // for whoever else holds a batch of it
    expectClean(await rig.engine.driveRun({ runId: run.id }));
    expect(rig.memory.rows('lead')).toHaveLength(12);
  });
});

describe('a rollback while others still write', () => {
  test('waits for them, then refuses and says who; when they are done it goes on', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => { release = resolve; });
    let creating = false;
    const rig = await rigs.start(params({ deal: deals(() => ({})) }, { putDownWaitMs: 600, wrap: (memory) => ({ ...memory, create: async (request) => { creating = true; await held; return memory.create(request); } }) }));
    await rig.planned();
    const production = rig.drive();
    while (!creating) await pause(20);
    const refused = await rig.drive('rollback');
    expect(refused).toMatchObject({ status: 'failed', error: { code: 'project-at-work', message: expect.stringContaining('load leads'), remedy: expect.stringContaining('portolan resume') } });
    release();
    expect((await production).status).toBe('succeeded');
    const back = await rig.engine.driveRun({ runId: refused.run });
    expect(back.rollback).toMatchObject({ identical: true, residue: [] });
    expect(rig.memory.rows('lead')).toEqual([]);
  });

  test('does not wait for the dead, and takes their batches away', async () => {
    let fatal = true;
    const rig = await rigs.start(params({ deal: deals(() => ({})) }, { wrap: (memory) => ({ ...memory, create: (request) => { if (fatal && request.records[0]?.values['name'] === 'Deal 5') throw new FatalError({ code: 'killed', message: 'Dead (made up).' }); return memory.create(request); } }) }));
    await rig.planned();
    expect((await rig.drive()).status).toBe('failed');
    fatal = false;
    const [batch] = await rigs.tests.query<{ id: string; fence: number }>(`update portolan.batch b set status = 'running', worker = 'elsewhere:1' from portolan.run r where r.id = b.run_id and r.project_id = $1 and b.status = 'failed' returning b.id, b.fence`, [rig.projectId]);
    expect((await rig.run('rollback')).rollback).toMatchObject({ identical: true, deleted: 5 });
    expect(await rigs.tests.query('select status, fence from portolan.batch where id = $1', [batch?.id])).toEqual([{ status: 'waiting', fence: (batch?.fence ?? 0) + 1 }]);
  });
});

test('a cancel that comes while the run is on its way to a gate is carried out there, and a drive that begins at that moment does not undo it', async () => {
  let cancel: (() => Promise<void>) | null = null;
  const rig = await rigs.start(params({ deal: deals(() => ({})) }, { store: (store) => ({
    ...store,
    openGate: async (given) => {
      const gate = await store.openGate(given);
      await cancel?.();
      return gate;
    },
  }) }));
  await rig.planned();
  const { id } = await rig.engine.startRun({ project: rig.project, mode: 'production', settings: {}, by: 'test' });
  cancel = async () => { await rig.engine.cancel(id); await rigs.tests.store.setDesired({ runId: id, desired: 'run' }); };
  expect((await rig.engine.driveRun({ runId: id })).status).toBe('cancelled');
});
