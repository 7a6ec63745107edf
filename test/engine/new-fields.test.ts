import { describe, expect, test } from 'vitest';
import { RecordRejectedError } from '../../src/connector/errors.ts';
import type { MemoryDestination } from '../../src/connector/testing/memory-destination.ts';
import { memoryRecord } from '../../src/connector/testing/memory-source.ts';
import { dyingAt, field, line, mapping, objectOf, schemaLine, withEngineRigs, type RigParams } from '../support/engine-rig.ts';
import { expectClean, phaseOf } from '../support/reports.ts';

const rigs = withEngineRigs();

/** Deals with two new fields at the destination. */
const params = (more: Partial<RigParams> = {}): RigParams => ({
  source: { objects: [objectOf('deal', field('id', 'text'), field('name', 'text'), field('stage', 'text'))], records: { deal: ['a', 'b', 'c'].map((id) => memoryRecord('deal', id, { name: id, stage: `Stage ${id}` })) } },
  destination: [objectOf('lead', field('name', 'text', { required: true }))],
  plan: { schema: [schemaLine('lead', 'x_stage'), schemaLine('lead', 'x_other')], mappings: [mapping('leads', 'deal', 'lead', [line('name', 'name', { required: true }), line('x_stage', 'stage')])] },
  ...more,
});

describe('new fields', () => {
  test('that the destination does not serve at once are waited for', async () => {
    let asked = 0;
    const wrap = (memory: MemoryDestination): MemoryDestination => ({
      ...memory,
      fields: async (request) => (await memory.fields(request)).filter((each) => !each.name.startsWith('x_') || (asked += 1) > 4),
    });
    const rig = await rigs.start(params({ wrap }));
    await rig.planned();
    const report = await rig.run();
    expectClean(report);
    expect(phaseOf(report, 'fields').created).toBe(2);
    expect(asked).toBeGreaterThan(4);
  });

  test('that it never serves stop the run with a remedy, before any record is held back for them; resumed, it ends clean', async () => {
    let broken = true;
    const wrap = (memory: MemoryDestination): MemoryDestination => ({ ...memory, fields: async (request) => (await memory.fields(request)).filter((each) => !(broken && each.name === 'x_stage')) });
    const rig = await rigs.start(params({ wrap }));
    await rig.planned();
    const stopped = await rig.drive();
    expect(stopped).toMatchObject({ status: 'interrupted', error: { code: 'fields-not-served', message: expect.stringContaining('x_stage was made') as string, remedy: expect.stringContaining('restart the destination') as string } });
    expect(rig.memory.rows('lead')).toEqual([]);
    broken = false;
    const report = await rig.engine.driveRun({ runId: stopped.run });
    expectClean(report);
    expect([phaseOf(report, 'fields').created, phaseOf(report, 'fields').quarantined, report.status]).toEqual([2, {}, 'succeeded']);
    expect((await rig.run('rollback')).rollback).toMatchObject({ identical: true, residue: [] });
  });

  test('that a call without a client made meanwhile, so that ours is refused, are ours', async () => {
    let late = true;
    const wrap = (memory: MemoryDestination): MemoryDestination => ({
      ...memory,
      create: async (request) => {
        if (request.object !== 'schema.field' || !late) return memory.create(request);
        late = false;
        await memory.create(request);
        throw new RecordRejectedError({ code: 'not-unique', message: 'ir_model_fields_name_unique', rejections: [] });
      },
    });
    const rig = await rigs.start(params({ wrap }));
    await rig.planned();
    const report = await rig.run();
    expectClean(report);
    expect([phaseOf(report, 'fields').created, phaseOf(report, 'fields').quarantined]).toEqual([2, {}]);
    expect((await rig.run('rollback')).rollback).toMatchObject({ identical: true, residue: [] });
  });

  test('of a process that died while it made them: nothing is asked of the destination until its call is over', async () => {
    let dying = true;
    let opened = 0;
    const wrap = (memory: MemoryDestination): MemoryDestination => ({ ...memory, count: (request) => { opened ||= performance.now(); return memory.count(request); }, fingerprint: (request) => { opened ||= performance.now(); return memory.fingerprint(request); } });
    const rig = await rigs.start(params({ wrap, schemaSettleMs: 1500, store: (store) => dyingAt(store, 'commitLoadStep', () => dying) }));
    await rig.planned();
    const stopped = await rig.drive();
    const died = performance.now();
    expect(stopped.status).toBe('interrupted');
    dying = false;
    opened = 0;
    const report = await rig.engine.driveRun({ runId: stopped.run });
    expectClean(report);
    expect(phaseOf(report, 'fields').created).toBe(2);
    expect(opened - died).toBeGreaterThan(800); // 1,500 ms from the intent, which was written before the process died
  });
});
