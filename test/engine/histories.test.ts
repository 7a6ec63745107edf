import { expect, test } from 'vitest';
import { memoryRecord } from '../../src/connector/testing/memory-source.ts';
import { dyingAt, field, line, linkLine, mapping, objectOf, withEngineRigs, type EngineRig, type RigParams } from '../support/engine-rig.ts';
import { expectClean, phaseOf } from '../support/reports.ts';

const rigs = withEngineRigs();
const PEOPLE = 6;
const EACH = 90;

/** Three kinds of messages on six people, their times interleaved; every seventh at the same time as another kind's. */
const people = Array.from({ length: PEOPLE }, (_, at) => memoryRecord('contact', `c${at}`, { name: `Person ${at}` }));
const minute = (at: number): string => `2024-03-01T${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}:00Z`;
const messages = (object: string, shift: number) => Array.from({ length: EACH }, (_, at) => EACH - 1 - at) // newest first, as exports often are
  .map((at) => memoryRecord(object, `${object}${at}`, { contact_id: `c${(at * 5 + shift) % PEOPLE}`, at: minute(at % 7 === 0 ? at * 3 : at * 3 + shift), text: `${object} ${at}` }));
const objects = ['note', 'mail', 'call'];
const byId = [{ kind: 'id', from: '$id', normalise: 'exact' as const }];

const params = (more: Partial<RigParams> = {}): RigParams => ({
  source: {
    objects: [objectOf('contact', field('name', 'text')), ...objects.map((name) => objectOf(name, field('contact_id', 'text'), field('at', 'text'), field('text', 'text')))],
    records: { contact: people, ...Object.fromEntries(objects.map((object, shift) => [object, messages(object, shift)])) },
  },
  destination: [objectOf('person', field('name', 'text', { required: true })), objectOf('message', field('on', 'reference', { relatedObject: 'person', required: true }), field('date', 'datetime'), field('text', 'text'))],
  capabilities: { batchSize: { create: 20, update: 20, read: 50, delete: 50 }, concurrency: 2, ordersByCreation: ['message'], orderedWithin: { message: ['on'] } },
  plan: {
    keys: { contact: byId }, links: objects.map((object) => ({ object, name: 'contact', to: 'contact', by: [{ kind: 'id', from: 'contact_id', normalise: 'exact' as const }] })),
    mappings: [
      mapping('people', 'contact', 'person', [line('name', 'name', { required: true })]),
      ...objects.map((object) => mapping(`${object}s`, object, 'message', [linkLine('on', 'contact', 'people'), line('date', 'at', { transforms: ['datetime'] }), line('text', 'text')], { phase: 'history', order: 'at' })),
    ],
  },
  ...more,
});

/** Per person, dates must rise with the order of creation. */
function expectOneHistory({ memory }: EngineRig): void {
  const rows = memory.rows('message').toSorted((left, right) => Number(left.id) - Number(right.id));
  expect(rows).toHaveLength(objects.length * EACH);
  expect(new Set(rows.map((row) => row.values['text'])).size).toBe(rows.length);
  const last = new Map<string, string>();
  for (const { values } of rows) {
    const person = String(values['on']);
    expect(String(values['date']) >= (last.get(person) ?? ''), `${person}: ${String(values['text'])}`).toBe(true);
    last.set(person, String(values['date']));
  }
}

test('several mappings into one history are loaded oldest first over all of them, and counted each', async () => {
  const rig = await rigs.start(params());
  await rig.planned();
  const first = await rig.run();
  expectClean(first);
  expectOneHistory(rig);
  for (const object of objects) expect(phaseOf(first, `${object}s`)).toMatchObject({ read: EACH, created: EACH, balanced: true });
  // Three mappings in windows of all their records, in two lanes of three people each: in turns rather than one by one.
  expect(rig.memory.calls['create'] ?? 0).toBeLessThan(objects.length * EACH / 2);
  // Looked up once for the window, not for each turn: the people, and their messages.
  expect(rig.memory.calls['lookup']).toBe(2);
  const second = await rig.run();
  expect([second.status, second.written]).toEqual(['succeeded', 0]);
});

test.each([2, 3, 5, 8])('a process that dies at commit %d of a history goes on where it was, in order and without doubles', async (call) => {
  const rig = await rigs.start(params({ store: (store) => dyingAt(store, 'commitLoadStep', [call, call + 2]) }));
  await rig.planned();
  const report = await rig.run();
  expectClean(report);
  expectOneHistory(rig);
  for (const object of objects) expect(phaseOf(report, `${object}s`)).toMatchObject({ read: EACH, created: EACH, balanced: true });
});
