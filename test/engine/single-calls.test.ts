import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { DestinationCapabilities } from '../../src/connector/capabilities.ts';
import type { CreateRequest, DestinationConnection } from '../../src/connector/destination.ts';
import { createFlakyDestination } from '../../src/connector/testing/flaky-destination.ts';
import { createMemoryDestination, type MemoryDestination, type MemoryDestinationOptions } from '../../src/connector/testing/memory-destination.ts';
import { memoryRecord } from '../../src/connector/testing/memory-source.ts';
import { catalogOf, dyingAt, field, line, linkLine, mapping, objectOf, withEngineRigs, type EngineRig, type RigParams } from '../support/engine-rig.ts';
import { expectClean, phaseOf } from '../support/reports.ts';

const rigs = withEngineRigs();

/** 7 people of whom two share an address, 4 talks, and 30 lines in them. */
const people = Array.from({ length: 7 }, (_, at) => memoryRecord('person', `p${at}`, { name: `Person ${at}`, email: `p${at === 6 ? 2 : at}@example.com` }));
const tickets = Array.from({ length: 4 }, (_, at) => memoryRecord('ticket', `t${at}`, { subject: `Ticket ${at}`, person_id: `p${at}` }));
const messages = Array.from({ length: 30 }, (_, at) => memoryRecord('message', `m${String(at).padStart(2, '0')}`, { ticket_id: `t${at % 4}`, text: `Message ${at}`, at: `2024-01-${String(30 - at).padStart(2, '0')}` }));

const byId = [{ kind: 'id', from: 'id', normalise: 'exact' as const }];
const destination = [
  objectOf('contact', field('name', 'text'), field('mail', 'text')),
  objectOf('talk', field('contact', 'reference', { relatedObject: 'contact', required: true }), field('title', 'text')),
  objectOf('line', field('talk', 'reference', { relatedObject: 'talk', required: true }), field('text', 'text'), field('at', 'text')),
];
const capabilities: Partial<DestinationCapabilities> = {
  batchSize: { create: 1, update: 1, read: 10, delete: 1 }, externalKey: 'none', concurrency: 2,
  naturalKeys: ['contact', 'talk', 'line'], lookupEach: ['contact', 'talk', 'line'], answersShow: ['talk', 'line'], uncounted: ['line'],
  partOf: { line: { field: 'talk', object: 'talk' } }, ordersByCreation: ['line'],
};
const options: Omit<MemoryDestinationOptions, 'catalog'> = { capabilities, repeatable: ['contact', 'talk', 'line'], unique: { contact: 'mail' } };
const memoryOf = (more: Partial<MemoryDestinationOptions> = {}): MemoryDestination => createMemoryDestination({ catalog: catalogOf('memory', ...destination), ...options, ...more });
const params = (more: Partial<RigParams> = {}, memory = memoryOf()): RigParams => ({
  source: {
    objects: [objectOf('person', ...['id', 'name', 'email'].map((name) => field(name, 'text'))), objectOf('ticket', ...['id', 'subject', 'person_id'].map((name) => field(name, 'text'))), objectOf('message', ...['id', 'ticket_id', 'text', 'at'].map((name) => field(name, 'text')))],
    records: { person: people, ticket: tickets, message: messages },
  },
  destination, memory,
  plan: {
    keys: { person: byId, ticket: byId },
    links: [
      { object: 'ticket', name: 'person', to: 'person', by: [{ kind: 'id', from: 'person_id', normalise: 'exact' }] },
      { object: 'message', name: 'ticket', to: 'ticket', by: [{ kind: 'id', from: 'ticket_id', normalise: 'exact' }] },
    ],
    mappings: [
      mapping('contacts', 'person', 'contact', [line('name', 'name'), line('mail', 'email')]),
      mapping('talks', 'ticket', 'talk', [linkLine('contact', 'person', 'contacts'), line('title', 'subject')]),
      mapping('lines', 'message', 'line', [linkLine('talk', 'ticket', 'talks'), line('text', 'text'), line('at', 'at')], { order: 'at' }),
    ],
  },
  ...more,
});
const seenOf = async (rig: EngineRig): Promise<number> => (await rigs.tests.query('select from portolan.seen_record where project_id = $1', [rig.projectId])).length;
const textsOf = ({ memory }: EngineRig): string[] => memory.rows('line').map((row) => String(row.values['text']));
const all = messages.map((record) => String(record.data['text'])).toSorted();

describe('a platform with one record a call and no room for keys', () => {
  test('is asked nothing but the creates: no look-ups, and what answers show is not read back', async () => {
    const rig = await rigs.start(params());
    await rig.planned();
    const report = await rig.run();
    expectClean(report);
    expect(rig.memory.calls).toMatchObject({ create: 7 + 4 + 30 });
    expect(rig.memory.calls['lookup']).toBeUndefined();
    expect(rig.memory.calls['read']).toBe(2); // the contacts, by their phase and by the last one
    expect(report.verification).toMatchObject({ fields: 6 * 2 + 4 * 2 + 30 * 3, mismatch: 0, unreadable: 0 });
    expect(textsOf(rig)).toEqual(messages.map((record) => String(record.data['text'])).toReversed()); // oldest first
    expect(await rig.run()).toMatchObject({ written: 0, status: 'succeeded' });
    const everything = await rig.run('production', { only: 'verify' });
    expect(everything.verification).toMatchObject({ records: 6 + 4 + 30, mismatch: 0 });
  });

  test('takes many records in one step, with the intents of each directly before its call', async () => {
    const intents: number[] = [];
    let steps = 0;
    const rig = await rigs.start(params({ store: (store) => ({
      ...store,
      writeIntents: (given) => {
        intents.push(given.intents.length);
        return store.writeIntents(given);
      },
      commitLoadStep: (step) => {
        steps += 1;
        return store.commitLoadStep(step);
      },
    }) }));
    await rig.planned();
    expectClean(await rig.run());
    expect(intents).toEqual(Array.from({ length: 41 }, () => 1));
    expect(steps).toBeLessThanOrEqual(4);
  });

  test('gives the record that exists instead of a second one: merged with ours, matched with theirs, and deleted once', async () => {
    const rig = await rigs.start(params());
    await rig.memory.create({ object: 'contact', records: [{ key: 'theirs', values: { name: 'Theirs', mail: 'p1@example.com' } }] });
    await rig.planned();
    const report = await rig.run();
    expectClean(report);
    expect(phaseOf(report, 'contacts')).toMatchObject({ created: 5, matched: 1, merged: 1 });
    expect(await rigs.tests.query("select destination_id from portolan.crosswalk where project_id = $1 and mapping = 'contacts' and how = 'created' group by 1 having count(*) > 1", [rig.projectId])).toEqual([]);
    const back = await rig.run('rollback');
    expect(back.rollback).toMatchObject({ residue: [], deleted: 5 + 4 + 30 });
    expect(rig.memory.rows('contact').map((row) => row.values['name'])).toEqual(['Theirs']);
    expect(await seenOf(rig)).toBe(0);
  });

  test.each([1, 2, 3])('an attempt that died before commit %i is looked for, not sent again, and read back', async (call) => {
    const again: CreateRequest[] = [];
    const rig = await rigs.start(params({
      store: (store) => dyingAt(store, 'commitLoadStep', [call]),
      wrap: (memory) => ({ ...memory, create: (request) => {
        if (request.again === true) again.push(request);
        return memory.create(request);
      } }),
    }));
    await rig.planned();
    const report = await rig.run();
    expectClean(report);
    expect(textsOf(rig).toSorted()).toEqual(all);
    expect(rig.memory.rows('talk')).toHaveLength(4);
    expect(rig.memory.rows('contact')).toHaveLength(6);
    expect(report.verification).toMatchObject({ records: 6 + 4 + 30, mismatch: 0 });
    if (call > 1) expect(rig.memory.calls['lookup']).toBeGreaterThan(0);
    // The second of the two with one address was never created: its intent is open and nothing is found for it.
    if (call === 1) expect(again.map((request) => request.records[0]?.values['name'])).toEqual(['Person 6']);
    expect((await rig.run('rollback')).rollback).toMatchObject({ residue: [], identical: true });
  });

  test.each([1, 2, 3])('comes through lost answers without a second record, seed %i', async (seed) => {
    const memory = memoryOf();
    const flaky = createFlakyDestination(memory, { seed, chances: { ambiguousAfter: 0.15, ambiguousBefore: 0.1 } });
    const rig = await rigs.start(params({ wrap: () => flaky }, memory));
    await rig.planned();
    const report = await rig.run();
    expectClean(report);
    expect(flaky.faults.ambiguousAfter).toBeGreaterThan(0);
    expect(textsOf(rig).toSorted()).toEqual(all);
    expect(memory.rows('talk')).toHaveLength(4);
    expect((await rig.run('rollback')).rollback).toMatchObject({ residue: [], identical: true });
  });

  test('a rollback after a crash finds what nobody wrote down', async () => {
    const rig = await rigs.start(params({ store: (store) => dyingAt(store, 'commitLoadStep', (step) => step.mapping === 'lines') }));
    await rig.planned();
    expect((await rig.drive()).status).toBe('interrupted');
    expect(rig.memory.rows('line').length).toBeGreaterThan(0);
    expect((await rig.run('rollback')).rollback).toMatchObject({ residue: [], identical: true });
    expect(rig.memory.rows('line')).toEqual([]);
  });

  test('parts that cannot be read any more count as they were seen, unless their record is gone', async () => {
    const rig = await rigs.start(params({}, memoryOf({ readable: { line: 3 } })));
    await rig.planned();
    expectClean(await rig.run());
    const report = await rig.run('production', { only: 'verify' });
    expect(report.verification).toMatchObject({ records: 6 + 4 + 30, mismatch: 0, unreadable: 0 });
    const [talk] = rig.memory.rows('talk');
    await rig.memory.delete({ object: 'talk', ids: [talk?.id ?? ''] });
    const without = await rig.run('production', { only: 'verify' });
    const lost = messages.filter((record) => record.data['ticket_id'] === 't0').length;
    expect(without.verification.mismatch).toBe(2 + lost * 3);
  });

  test('records of one ticket go in in their order by one worker, those of different tickets by several at once', async () => {
    const many = Array.from({ length: 160 }, (_, at) => memoryRecord('message', `m${at}`, { ticket_id: `t${at % 4}`, text: `Message ${at}`, at: `2024-01-01T${String((at * 7) % 160).padStart(3, '0')}` }));
    const underWay = new Set<string>();
    const together: string[] = [];
    const base = params({ wrap: (memory) => ({ ...memory, create: async (request) => {
      const talk = String(request.records[0]?.values['talk']);
      if (request.object !== 'line') return memory.create(request);
      if (underWay.has(talk)) throw new Error(`two calls at once in talk ${talk}`);
      underWay.add(talk);
      if (underWay.size > 1) together.push([...underWay].join());
      // Until two have met, a call waits a little for another one: on a busy machine they may miss each other else.
      for (let waited = 0; together.length === 0 && waited < 20; waited += 1) {
        await pause(5);
        if (underWay.size > 1) together.push([...underWay].join());
      }
      await pause(0);
      const made = await memory.create(request);
      underWay.delete(talk);
      return made;
    } }) });
    const rig = await rigs.start({
      ...base, source: { ...base.source, records: { ...base.source.records, message: many } },
      plan: { ...base.plan, mappings: base.plan.mappings.map((each) => (each.id === 'lines' ? { ...each, orderWithin: 'ticket' } : each.id === 'talks' ? { ...each, identity: { unique: 'source' as const } } : each)) },
    });
    await rig.planned();
    const report = await rig.run();
    expectClean(report);
    expect(phaseOf(report, 'lines')).toMatchObject({ created: 160 });
    const ranges = await rigs.tests.query("select b.work from portolan.batch b join portolan.run r on r.id = b.run_id where r.project_id = $1 and b.kind = 'load' and b.subject = 'lines'", [rig.projectId]);
    expect(ranges.length).toBeGreaterThan(1);
    expect(together.length).toBeGreaterThan(0);
    for (const [talk, rows] of Map.groupBy(rig.memory.rows('line'), (row) => String(row.values['talk']))) {
      expect(rows, talk).toHaveLength(40);
      expect(rows.map((row) => String(row.values['at']))).toEqual(rows.map((row) => String(row.values['at'])).toSorted());
    }
    // Reading and indexing once more leaves the order as it is, and nothing to write.
    expect(await rig.run()).toMatchObject({ written: 0 });
  });

  test('a value that the answer shows otherwise is a mismatch, and stops the run at its gate', async () => {
    const cut = (memory: MemoryDestination): DestinationConnection => ({ ...memory, create: async (request) =>
      (await memory.create(request)).map((one) => (request.object === 'talk' && one.seen !== undefined ? { ...one, seen: { ...one.seen, title: 'cut off' } } : one)) });
    const rig = await rigs.start(params({ wrap: cut }));
    await rig.planned();
    const report = await rig.drive();
    expect(report.status).toBe('waiting');
    expect(report.verification.mismatch).toBe(4);
  });
});
