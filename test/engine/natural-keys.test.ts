import { describe, expect, test } from 'vitest';
import { createFlakyDestination } from '../../src/connector/testing/flaky-destination.ts';
import { memoryRecord } from '../../src/connector/testing/memory-source.ts';
import { createMemoryDestination, type MemoryDestination } from '../../src/connector/testing/memory-destination.ts';
import type { JsonObject } from '../../src/connector/json.ts';
import { catalogOf, dyingAt, field, line, linkLine, mapping, objectOf, withEngineRigs, type EngineRig, type RigParams } from '../support/engine-rig.ts';
import type { RunReport } from '../../src/engine/run-report.ts';
import { expectClean, phaseOf } from '../support/reports.ts';

const rigs = withEngineRigs();

/** 12 people, 3 tags, and what ties them: t0 and t1 on everybody, some of it twice. */
const people = Array.from({ length: 12 }, (_, at) => memoryRecord('contact', `c${at}`, { name: `Person ${at}`, email: `p${at}@example.com` }));
const tags = ['Hot', 'Cold', 'Spare'].map((name, at) => memoryRecord('tag', `t${at}`, { name }));
const ties = [
  ...people.flatMap((person, at) => [0, 1].map((tag) => memoryRecord('tie', `${at}-${tag}`, { contact_id: person.id, tag_id: `t${tag}` }))),
  memoryRecord('tie', 'again-0', { contact_id: 'c0', tag_id: 't0' }), memoryRecord('tie', 'again-11', { contact_id: 'c11', tag_id: 't1' }),
];

const byId = [{ kind: 'id', from: 'id', normalise: 'exact' as const }];
const params = (more: Partial<RigParams> = {}): RigParams => ({
  source: {
    objects: [objectOf('contact', field('id', 'text'), field('name', 'text'), field('email', 'text')), objectOf('tag', field('id', 'text'), field('name', 'text')), objectOf('tie', field('id', 'text'), field('contact_id', 'text'), field('tag_id', 'text'))],
    records: { contact: people, tag: tags, tie: ties },
  },
  destination: [
    objectOf('person', field('name', 'text', { required: true }), field('mail', 'text'), field('phone', 'text')), objectOf('label', field('name', 'text', { required: true })),
    objectOf('person/labels', field('record', 'reference', { relatedObject: 'person', required: true }), field('value', 'reference', { relatedObject: 'label', required: true })),
  ],
  capabilities: {
    batchSize: { create: 5, update: 5, read: 7, delete: 5 }, concurrency: 2,
    naturalKeys: ['person/labels'], partOf: { 'person/labels': { field: 'record', object: 'person' } }, createBatchSize: { 'person/labels': 9 },
  },
  plan: {
    keys: { contact: byId, tag: byId },
    links: [
      { object: 'tie', name: 'contact', to: 'contact', by: [{ kind: 'id', from: 'contact_id', normalise: 'exact' }] },
      { object: 'tie', name: 'tag', to: 'tag', by: [{ kind: 'id', from: 'tag_id', normalise: 'exact' }] },
    ],
    mappings: [
      mapping('labels', 'tag', 'label', [line('name', 'name', { required: true })], { identity: { match: [{ field: 'name' }] } }),
      mapping('people', 'contact', 'person', [line('name', 'name', { required: true }), line('mail', 'email')], { identity: { match: [{ field: 'mail' }] } }),
      mapping('ties', 'tie', 'person/labels', [linkLine('record', 'contact', 'people'), linkLine('value', 'tag', 'labels')]),
    ],
  },
  ...more,
});

const linksOf = ({ memory }: EngineRig): string[] => memory.rows('person/labels').map((row) => row.id).toSorted();
const rowsBy = (memory: MemoryDestination, object: string, values: JsonObject): string => {
  const found = memory.rows(object).find((row) => Object.entries(values).every(([name, value]) => row.values[name] === value));
  if (found === undefined) throw new Error(`no ${object} with ${JSON.stringify(values)}`);
  return found.id;
};
/** A person of the destination and a label that were there before, tied to one another. */
async function withTheirs({ memory }: EngineRig): Promise<{ person: string; label: string }> {
  const [person] = await memory.create({ object: 'person', records: [{ key: 'theirs', values: { name: 'Theirs', mail: 'p3@example.com' } }] });
  const [label] = await memory.create({ object: 'label', records: [{ key: 'their-label', values: { name: 'Hot' } }] });
  await memory.create({ object: 'person/labels', records: [{ key: 'their-tie', values: { record: person?.id ?? '', value: label?.id ?? '' } }] });
  return { person: person?.id ?? '', label: label?.id ?? '' };
}

describe('records that are told apart by their values alone', () => {
  test('are counted by a preview as the run will make them', async () => {
    const given = params();
    const rig = await rigs.start(given);
    await rig.planned();
    expect(phaseOf(await rig.run('preview'), 'ties')).toMatchObject({ read: 26, created: 24, merged: 2 });
    expect(rig.memory.rows('person/labels')).toHaveLength(0);
  });

  test('are created once, merged where they come twice, and go with their record in a rollback, without a call', async () => {
    const rig = await rigs.start(params());
    await rig.planned();
    const report = await rig.run();
    expectClean(report);
    expect(phaseOf(report, 'ties')).toMatchObject({ read: 26, created: 24, merged: 2, matched: 0 });
    expect(linksOf(rig)).toHaveLength(24);
    expect(rig.memory.calls['create']).toBe(3 + 1 + 3); // 12 people by 5, 3 labels, 24 ties by 9
    expect(await rig.run()).toMatchObject({ written: 0, status: 'succeeded' });

    const dry = await rig.run('rollback', { dryRun: true });
    expect(dry.rollback).toMatchObject({ deleted: 39, kept: 0 });
    const deletes = rig.memory.calls['delete'] ?? 0;
    const back = await rig.run('rollback');
    expect(back.rollback).toMatchObject({ identical: true, residue: [], deleted: 39 });
    expect((rig.memory.calls['delete'] ?? 0) - deletes).toBe(3 + 1);
    expect((await rigs.tests.query('select from portolan.crosswalk where project_id = $1', [rig.projectId]))).toHaveLength(0);
    expect(await rig.run()).toMatchObject({ written: 39 });
  });

  test('that were there before are matched and stay; what was attached to a matched record is detached', async () => {
    const rig = await rigs.start(params());
    const theirs = await withTheirs(rig);
    await rig.planned();
    const report = await rig.run();
    expectClean(report);
    expect(phaseOf(report, 'people')).toMatchObject({ created: 11, matched: 1 });
    expect(phaseOf(report, 'ties')).toMatchObject({ created: 23, merged: 2, matched: 1 });
    const back = await rig.run('rollback');
    expect(back.rollback).toMatchObject({ residue: [], deleted: 11 + 2 + 23 });
    expect(linksOf(rig)).toEqual([`${theirs.person}:${theirs.label}`]);
    expect(rig.memory.rows('person').map((row) => row.id)).toEqual([theirs.person]);
    expect(back.rollback?.identical).toBe(true);
  });

  test.each([[1], [3], [5], [6], [7], [8]])('an attempt that died before commit %i changes nothing of the outcome', async (call) => {
    const rig = await rigs.start(params({ store: (store) => dyingAt(store, 'commitLoadStep', [call]) }));
    await withTheirs(rig);
    await rig.planned();
    const report = await rig.run();
    expectClean(report);
    expect(phaseOf(report, 'ties')).toMatchObject({ created: 23, merged: 2, matched: 1 });
    const back = await rig.run('rollback');
    expect(back.rollback).toMatchObject({ identical: true, residue: [], deleted: 36 });
  });

  test('are rolled back without a resume, too: their open intents tell', async () => {
    const rig = await rigs.start(params({ store: (store) => dyingAt(store, 'commitLoadStep', (step) => step.mapping === 'ties') }));
    await withTheirs(rig);
    await rig.planned();
    expect((await rig.drive()).status).toBe('interrupted');
    expect(linksOf(rig).length).toBeGreaterThan(5);
    const back = await rig.run('rollback');
    expect(back.rollback).toMatchObject({ identical: true, residue: [] });
    expect(linksOf(rig)).toHaveLength(1);
  });

  test.each([1, 2, 3])('come through a destination that fails now and then, seed %i', async (seed) => {
    const rig = await rigs.start(params({ wrap: (memory) => createFlakyDestination(memory, { seed, chances: { retriable: 0.05, rateLimited: 0.03, ambiguousBefore: 0.2, ambiguousAfter: 0.2 } }) }));
    await withTheirs(rig);
    await rig.planned().catch(() => rig.planned()).catch(() => rig.planned());
    const report = await rig.run();
    expectClean(report);
    expect(phaseOf(report, 'ties')).toMatchObject({ created: 23, merged: 2, matched: 1 });
    expect((await rig.run('rollback')).rollback).toMatchObject({ identical: true, residue: [], deleted: 36 });
  });
});

/** Eight tickets in one step, five of them equal in all that is written. */
const tickets = Array.from({ length: 8 }, (_, at) => memoryRecord('ticket', `k${at}`, { name: at < 5 ? 'Help.' : `Help ${at}.` }));
const threads = objectOf('thread', field('body', 'text', { required: true }));
const twins = (more: Partial<RigParams> = {}): RigParams => ({
  source: { objects: [objectOf('ticket', field('id', 'text'), field('name', 'text'))], records: { ticket: tickets } },
  destination: [threads],
  memory: createMemoryDestination({
    catalog: catalogOf('memory', threads), repeatable: ['thread'],
    capabilities: { batchSize: { create: 1, update: 5, read: 7, delete: 5 }, concurrency: 1, naturalKeys: ['thread'], ownRecords: ['thread'], lookupEach: ['thread'], twins: ['thread'] },
  }),
  plan: { keys: { ticket: byId }, mappings: [mapping('threads', 'ticket', 'thread', [line('body', 'name', { required: true })], {})] },
  ...more,
});

describe('records that may be equal and are two all the same', () => {
  const expectApart = async (rig: EngineRig, report: RunReport): Promise<void> => {
    expectClean(report);
    expect(rig.memory.rows('thread').map(({ values }) => String(values['body'])).toSorted()).toEqual(tickets.map(({ data }) => String(data['name'])).toSorted());
    const places = await rigs.tests.query<{ id: string }>('select distinct destination_id as id from portolan.crosswalk where project_id = $1', [rig.projectId]);
    expect(places).toHaveLength(8);
    expect(await rig.run()).toMatchObject({ written: 0, status: 'succeeded' });
    expect((await rig.run('rollback')).rollback).toMatchObject({ identical: true, residue: [], deleted: 8 });
  };

  test('each get a place of their own, and a preview says so', async () => {
    const rig = await rigs.start(twins());
    await rig.planned();
    expect(phaseOf(await rig.run('preview'), 'threads')).toMatchObject({ read: 8, created: 8, merged: 0 });
    const report = await rig.run();
    expect(phaseOf(report, 'threads')).toMatchObject({ read: 8, created: 8, merged: 0 });
    await expectApart(rig, report);
  });

  test('keep them where the attempt died before it could write them down', async () => {
    const rig = await rigs.start(twins({ store: (store) => dyingAt(store, 'commitLoadStep', [1]) }));
    await rig.planned();
    const report = await rig.run();
    expect(rig.memory.rows('thread')).toHaveLength(8);
    await expectApart(rig, report);
  });

  test('are all taken back where nobody resumed the attempt', async () => {
    const rig = await rigs.start(twins({ store: (store) => dyingAt(store, 'commitLoadStep', (step) => step.mapping === 'threads') }));
    await rig.planned();
    expect((await rig.drive()).status).toBe('interrupted');
    expect(rig.memory.rows('thread')).toHaveLength(8);
    expect((await rig.run('rollback')).rollback).toMatchObject({ identical: true, residue: [] });
    expect(rig.memory.rows('thread')).toHaveLength(0);
  });

  test.each([1, 2, 3, 4, 5])('come through lost answers, seed %i', async (seed) => {
    const rig = await rigs.start(twins({ wrap: (memory) => createFlakyDestination(memory, { seed, chances: { ambiguousBefore: 0.25, ambiguousAfter: 0.25 } }) }));
    await rig.planned().catch(() => rig.planned()).catch(() => rig.planned());
    await expectApart(rig, await rig.run());
  });
});

describe('people who work on records with relations', () => {
  test('are told from us where more records were tagged in a step than are read whole there: the verification looks at each once', async () => {
    const many = Array.from({ length: 130 }, (_, at) => memoryRecord('contact', `c${at}`, { name: `Person ${at}`, email: `p${at}@example.com` }));
    const given = params();
    const rig = await rigs.start({
      ...given,
      source: { ...given.source, records: { contact: many, tag: tags, tie: many.flatMap((person, at) => [0, 1].map((tag) => memoryRecord('tie', `${at}-${tag}`, { contact_id: person.id, tag_id: `t${tag}` }))) } },
      capabilities: { ...given.capabilities, createBatchSize: { 'person/labels': 300 } },
    });
    await rig.planned();
    expectClean(await rig.run());
    expect(await rigs.tests.query('select count(*)::int as unknown from portolan.crosswalk where project_id = $1 and content_hash is null', [rig.projectId])).toEqual([{ unknown: 0 }]);
    rig.memory.touch('person', rowsBy(rig.memory, 'person', { name: 'Person 7' }), {}); // saved by somebody who changed nothing
    rig.memory.touch('person', rowsBy(rig.memory, 'person', { name: 'Person 9' }), { phone: '123' });
    const back = await rig.run('rollback');
    expect(back.rollback?.residue.filter(({ mapping: of }) => of === 'people')).toHaveLength(1);
    expect(rig.memory.rows('person').map((row) => row.values['name'])).toEqual(['Person 9']);
  });

  test('keep what they changed, with the relations on it and the tags that these need', async () => {
    const rig = await rigs.start(params());
    await rig.planned();
    expectClean(await rig.run());
    const changed = rowsBy(rig.memory, 'person', { name: 'Person 4' });
    rig.memory.touch('person', changed, { phone: '123' }); // a field that we never wrote
    const dry = await rig.run('rollback', { dryRun: true });
    const back = await rig.run('rollback');
    const residue = (back.rollback?.residue ?? []).map(({ mapping: id, sourceId, reason }) => [id, sourceId, reason]);
    expect(residue).toEqual([['labels', 't0', 'others-work-hangs-on-it'], ['labels', 't1', 'others-work-hangs-on-it'], ['people', 'c4', 'changed-since'], ['ties', '4-0', 'its-record-was-kept'], ['ties', '4-1', 'its-record-was-kept']]);
    expect(back.rollback).toMatchObject({ deleted: 34, kept: 5 });
    expect(dry.rollback).toMatchObject({ deleted: 34, kept: 5 });
    expect(linksOf(rig)).toEqual([`${changed}:1`, `${changed}:2`]);
    expect(rig.memory.rows('label').map((row) => row.values['name'])).toEqual(['Hot', 'Cold']);

    // A second rollback finds the same; on request all of it goes.
    expect((await rig.run('rollback')).rollback).toMatchObject({ deleted: 0, kept: 5 });
    expect((await rig.run('rollback', { deleteChanged: true })).rollback).toMatchObject({ identical: true, residue: [], deleted: 5 });
  });

  test('keep a record to which they attached something, or from which they took something', async () => {
    const rig = await rigs.start(params());
    await rig.planned();
    expectClean(await rig.run());
    const spare = rowsBy(rig.memory, 'label', { name: 'Spare' });
    const [more, less] = [rowsBy(rig.memory, 'person', { name: 'Person 1' }), rowsBy(rig.memory, 'person', { name: 'Person 2' })];
    await rig.memory.create({ object: 'person/labels', records: [{ key: 'x', values: { record: more, value: spare } }] });
    await rig.memory.delete({ object: 'person/labels', ids: [`${less}:1`] });
    const back = await rig.run('rollback');
    const reasons = new Map((back.rollback?.residue ?? []).filter((row) => row.mapping === 'people').map((row) => [row.sourceId, row.reason]));
    expect([...reasons.keys()]).toEqual(['c1', 'c2']);
    expect(rig.memory.rows('person').map((row) => row.id)).toEqual([more, less]);
    expect(linksOf(rig)).toEqual([`${more}:${spare}`, `${more}:1`, `${more}:2`, `${less}:2`].toSorted());
  });

  test('between the load of the records and that of their relations: their change is not taken for ours', async () => {
    let touched = false;
    const rig = await rigs.start(params({ wrap: (memory) => ({
      ...memory,
      lookup: async (request) => {
        if (request.object === 'person/labels' && !touched) {
          touched = true;
          memory.touch('person', rowsBy(memory, 'person', { name: 'Person 6' }), { phone: '456' });
        }
        return memory.lookup(request);
      },
    }) }));
    await rig.planned();
    expectClean(await rig.run());
    const back = await rig.run('rollback');
    expect((back.rollback?.residue ?? []).filter((row) => row.mapping === 'people').map((row) => [row.sourceId, row.reason])).toEqual([['c6', 'changed-since']]);
  });

  test('a rollback that dies between its steps ends as one that did not', async () => {
    const rig = await rigs.start(params({ store: (store) => dyingAt(store, 'commitRollbackStep', [1, 3, 5, 6]) }));
    await rig.planned();
    await rig.run();
    rig.memory.touch('person', rowsBy(rig.memory, 'person', { name: 'Person 4' }), { name: 'Changed' });
    const back = await rig.run('rollback');
    expect(back.rollback).toMatchObject({ deleted: 34, kept: 5 });
  });
});
