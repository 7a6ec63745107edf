import { describe, expect, test } from 'vitest';
import { RetriableError } from '../../src/connector/errors.ts';
import { memoryRecord } from '../../src/connector/testing/memory-source.ts';
import type { Store } from '../../src/engine/ports/store.ts';
import type { BatchKind } from '../../src/engine/ports/runs.ts';
import { expectClean, phaseOf } from '../support/reports.ts';
import { field, line, mapping, objectOf, schemaLine, withEngineRigs, type RigParams } from '../support/engine-rig.ts';

const rigs = withEngineRigs();

/** The first time a batch of this kind and subject ends well, its end does not reach the store, as if the process had died just then: the run is interrupted, and driven on. */
function losesFirstEnd(store: Store, lost: { kind: BatchKind; subject: string; times: number }): Store {
  const claimed = new Map<string, boolean>();
  return {
    ...store,
    async claimBatch(params) {
      const batch = await store.claimBatch(params);
      if (batch !== null) claimed.set(batch.id, batch.kind === lost.kind && batch.subject === lost.subject);
      return batch;
    },
    async finishBatch(params) {
      if (params.status !== 'done' || claimed.get(params.batchId) !== true || lost.times === 0) return store.finishBatch(params);
      lost.times -= 1;
      throw new RetriableError({ code: 'killed', message: 'The end did not reach the store (made up).' });
    },
  };
}

const people = Array.from({ length: 25 }, (_, at) => memoryRecord('contact', `c${at}`, { name: `Person ${at}`, region: 'North' }));
const params = (lost: { kind: BatchKind; subject: string; times: number }): RigParams => ({
  source: { objects: [objectOf('contact', field('id', 'text'), field('name', 'text'), field('region', 'text'))], records: { contact: people } },
  destination: [objectOf('person', field('name', 'text', { required: true }))],
  capabilities: { batchSize: { create: 10, update: 10, read: 10, delete: 10 }, concurrency: 1 },
  plan: { schema: ['x_a', 'x_b', 'x_c'].map((name) => schemaLine('person', name)), mappings: [mapping('people', 'contact', 'person', [line('name', 'name'), line('x_a', 'region')])] },
  store: (store) => losesFirstEnd(store, lost),
});

describe('a batch that is claimed again after its last commit', () => {
  test.each([
    ['load', 'fields'], ['load', 'people'], ['verify', 'fields'], ['verify', 'people'], ['extract', 'contact'], ['index', 'contact'],
  ] as const)('%s %s: what it did is counted as if it had ended at once', async (kind, subject) => {
    const lost = { kind, subject, times: 1 };
    const rig = await rigs.start(params(lost));
    await rig.planned();
    const report = await rig.run();
    expect(lost.times).toBe(0);
    expectClean(report);
    expect(report.status).toBe('succeeded');
    expect(phaseOf(report, 'fields')).toMatchObject({ created: 3, skipped: {} });
    expect(phaseOf(report, 'people')).toMatchObject({ created: 25, skipped: {} });
    expect(report.verification.exact).toBe(25 * 2 + 3 * 4);
    expect((await rig.run()).written).toBe(0);
  });

  test.each([['delete', 'people'], ['delete', 'fields']] as const)('%s %s: everything it deleted is counted, once', async (kind, subject) => {
    const lost = { kind, subject, times: 0 };
    const rig = await rigs.start(params(lost));
    await rig.planned();
    await rig.run();
    lost.times = 1;
    const back = await rig.run('rollback');
    expect(lost.times).toBe(0);
    expect(back.rollback).toMatchObject({ identical: true, residue: [], deleted: 28 });
  });

  test('delete: what an attempt deleted without living to write it down is counted by the next one', async () => {
    const lost = { kind: 'delete' as const, subject: 'nothing', times: 0 };
    let commits = 0;
    const rig = await rigs.start({ ...params(lost), store: (store) => ({
      ...store,
      async commitRollbackStep(step) {
        commits += 1;
        if (commits === 2) throw new RetriableError({ code: 'killed', message: 'The commit did not reach the store (made up).' });
        return store.commitRollbackStep(step);
      },
    }) });
    await rig.planned();
    await rig.run();
    const back = await rig.run('rollback');
    expect(commits).toBeGreaterThan(3);
    expect(back.rollback).toMatchObject({ identical: true, residue: [], deleted: 28 });
    expect(await rigs.tests.query('select key from portolan.intent where project_id = $1', [rig.projectId])).toEqual([]);
  });
});

describe('fields that an attempt made without living to write it down', () => {
  test('are taken over, counted as created, and removed by the rollback', async () => {
    let commits = 0;
    const rig = await rigs.start({ ...params({ kind: 'load', subject: 'nothing', times: 0 }), store: (store) => ({
      ...store,
      async commitLoadStep(step) {
        commits += 1;
        if (commits === 1) throw new RetriableError({ code: 'killed', message: 'The commit did not reach the store (made up).' });
        return store.commitLoadStep(step);
      },
    }) });
    await rig.planned();
    const report = await rig.run();
    expectClean(report);
    expect(phaseOf(report, 'fields')).toMatchObject({ created: 3, skipped: {} });
    expect(rig.memory.rows('schema.field')).toHaveLength(3);
    expect((await rig.run('rollback')).rollback).toMatchObject({ identical: true, residue: [], deleted: 28 });
  });

  test('that were there before are left alone by the rollback', async () => {
    const rig = await rigs.start(params({ kind: 'load', subject: 'nothing', times: 0 }));
    await rig.memory.create({ object: 'schema.field', records: [{ key: 'theirs', values: rig.memory.fieldRecord({ object: 'person', name: 'x_b', label: 'B', type: 'text' }) }] });
    await rig.planned();
    const report = await rig.run();
    expect(phaseOf(report, 'fields')).toMatchObject({ created: 2, skipped: { 'field-exists': 1 } });
    expect((await rig.run('rollback')).rollback).toMatchObject({ identical: true, residue: [], deleted: 27 });
    expect(rig.memory.rows('schema.field').map((row) => row.values['name'])).toEqual(['x_b']);
  });
});
