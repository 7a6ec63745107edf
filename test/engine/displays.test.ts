import { describe, expect, test } from 'vitest';
import { createMemoryDestination } from '../../src/connector/testing/memory-destination.ts';
import { memoryRecord } from '../../src/connector/testing/memory-source.ts';
import { parsePlan } from '../../src/plan/parse.ts';
import { catalogOf, dyingAt, field, line, mapping, objectOf, schemaLine, withEngineRigs, type RigParams } from '../support/engine-rig.ts';
import { expectClean, phaseOf } from '../support/reports.ts';

const rigs = withEngineRigs();
const destination = [objectOf('person', field('name', 'text', { required: true }), field('phone', 'text')), objectOf('firm', field('name', 'text', { required: true }))];
const params = (more: Partial<RigParams> = {}): RigParams => ({
  source: {
    objects: [objectOf('contact', field('id', 'text'), field('name', 'text'), field('region', 'text'))],
    records: { contact: Array.from({ length: 5 }, (_, at) => memoryRecord('contact', `c${at}`, { name: `Person ${at}`, region: 'North' })) },
  },
  destination, memory: createMemoryDestination({ catalog: catalogOf('memory', ...destination), displays: true }),
  plan: { schema: [schemaLine('person', 'x_region'), schemaLine('firm', 'x_size')], mappings: [mapping('people', 'contact', 'person', [line('name', 'name'), line('x_region', 'region')])] },
  ...more,
});

describe('records that show new fields', () => {
  test('are made after the fields, verified, left alone by a second run, and taken away before the fields', async () => {
    const rig = await rigs.start(params());
    await rig.planned();
    const report = await rig.run();
    expectClean(report);
    expect(phaseOf(report, 'displays')).toMatchObject({ phase: 'prepare', read: 2, created: 2, destinationObject: 'display' });
    expect(rig.memory.rows('display').map((row) => row.values)).toEqual([{ of: 'firm', shows: 'x_size' }, { of: 'person', shows: 'x_region' }]);
    expect(report).toMatchObject({ written: 2 + 2 + 5, verification: { exact: 2 * 4 + 2 * 2 + 5 * 2 } });
    expect((await rig.run()).written).toBe(0);
    const back = await rig.run('rollback');
    expect(back.rollback).toMatchObject({ identical: true, residue: [], deleted: 9 });
    expect(rig.memory.rows('display')).toEqual([]);
  });

  test('follow a plan that gains a field, and come back when somebody removed them', async () => {
    const rig = await rigs.start(params());
    await rig.planned();
    await rig.run();
    await rig.memory.delete({ object: 'display', ids: [rig.memory.rows('display')[0]?.id ?? ''] });
    const plan = parsePlan((await rig.engine.currentPlan(rig.project)).stored.text);
    await rig.engine.savePlan({ project: rig.project, text: JSON.stringify({ ...plan, schema: [...plan.schema, schemaLine('person', 'x_more')] }) });
    await rig.engine.confirmPlan({ project: rig.project, by: 'test', acceptRecommendations: true });
    const report = await rig.run();
    expectClean(report);
    expect(phaseOf(report, 'displays')).toMatchObject({ created: 1, updated: 1 });
    expect(rig.memory.rows('display').map((row) => String(row.values['shows'])).toSorted()).toEqual(['x_more, x_region', 'x_size']);
    expect((await rig.run('rollback')).rollback).toMatchObject({ identical: true, residue: [] });
  });

  test('of an attempt that died are taken over; without a resume the rollback finds them', async () => {
    const rig = await rigs.start(params({ store: (store) => dyingAt(store, 'commitLoadStep', [2]) }));
    await rig.planned();
    expectClean(await rig.run());
    expect(rig.memory.rows('display')).toHaveLength(2);
    expect((await rig.run('rollback')).rollback).toMatchObject({ identical: true, deleted: 9 });

    const other = await rigs.start(params({ memory: createMemoryDestination({ catalog: catalogOf('memory', ...destination), displays: true }), store: (store) => dyingAt(store, 'commitLoadStep', (step) => step.mapping === 'displays') }));
    await other.planned();
    expect((await other.drive()).status).toBe('interrupted');
    expect(other.memory.rows('display')).toHaveLength(2);
    expect((await other.run('rollback')).rollback).toMatchObject({ identical: true, residue: [], deleted: 4 });
  });

  test('stay while a kept record needs the fields that they show', async () => {
    const rig = await rigs.start(params());
    await rig.planned();
    await rig.run();
    rig.memory.touch('person', rig.memory.rows('person')[0]?.id ?? '', { phone: '1' });
    const back = await rig.run('rollback');
    expect((back.rollback?.residue ?? []).map((row) => [row.mapping, row.sourceId])).toEqual([['displays', 'person form'], ['fields', 'person.x_region'], ['people', 'c0']]);
    expect(rig.memory.rows('display').map((row) => row.values['of'])).toEqual(['person']);
    expect((await rig.run('rollback', { deleteChanged: true })).rollback).toMatchObject({ identical: true, residue: [] });
  });
});
