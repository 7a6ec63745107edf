import { expect, test } from 'vitest';
import { memoryRecord } from '../../src/connector/testing/memory-source.ts';
import type { SourceRecord } from '../../src/connector/source.ts';
import type { RunReport } from '../../src/engine/run-report.ts';
import { expectClean } from '../support/reports.ts';
import { field, line, linkLine, mapping, objectOf, withEngineRigs, type EngineRig } from '../support/engine-rig.ts';

const rigs = withEngineRigs();
const text = (name: string) => field(name, 'text');

interface Data { contact: readonly SourceRecord[]; note: readonly SourceRecord[]; task: readonly SourceRecord[]; [object: string]: readonly SourceRecord[] }
const contact = (at: number, kind: string): SourceRecord => memoryRecord('contact', `c${at}`, { name: `Contact ${at}`, kind });
const task = (at: number, done: boolean): SourceRecord => memoryRecord('task', `t${at}`, { name: `Task ${at}`, done });
const data = (): Data => ({
  contact: Array.from({ length: 6 }, (_none, at) => contact(at, at % 2 === 0 ? 'lead' : 'person')),
  note: Array.from({ length: 6 }, (_none, at) => memoryRecord('note', `n${at}`, { name: `Note ${at}`, contact: `c${at}` })),
  task: [task(0, false), task(1, false), task(2, true)],
});

/** Contacts are leads or people, by their kind; open tasks are activities, which cannot be archived, and done ones are messages. */
async function loaded(records: Data, answers: Readonly<Record<string, string>> = {}): Promise<EngineRig> {
  const record = (name: string, ...fields: ReturnType<typeof text>[]) => objectOf(name, field('name', 'text', { required: true }), ...fields);
  const note = (id: string, through: string, object: string) => mapping(id, 'note', 'message', [line('name', 'name'), linkLine('on', 'contact', through)], { phase: 'notes', when: { link: 'contact', state: 'found', through }, otherwise: `not-on-${object}` });
  const rig = await rigs.start({
    source: { objects: [objectOf('contact', text('id'), text('name'), text('kind')), objectOf('note', text('id'), text('name'), text('contact')), objectOf('task', text('id'), text('name'), field('done', 'boolean'))], records },
    destination: [record('lead', field('active', 'boolean')), record('person', field('active', 'boolean')), record('message', text('on')), record('activity'), record('log')],
    capabilities: { archiveField: { lead: 'active', person: 'active' }, concurrency: 1 },
    plan: {
      keys: { contact: [{ kind: 'id', from: 'id', normalise: 'exact' }] },
      links: [{ object: 'note', name: 'contact', to: 'contact', by: [{ kind: 'id', from: 'contact', normalise: 'exact' }] }],
      mappings: [
        mapping('leads', 'contact', 'lead', [line('name', 'name')], { phase: 'contacts', when: { field: 'kind', equals: 'lead' }, otherwise: 'is-a-person' }),
        mapping('people', 'contact', 'person', [line('name', 'name')], { phase: 'contacts', when: { field: 'kind', equals: 'person' }, otherwise: 'is-a-lead' }),
        note('lead-notes', 'leads', 'lead'), note('person-notes', 'people', 'person'),
        mapping('open-tasks', 'task', 'activity', [line('name', 'name')], { phase: 'tasks', when: { field: 'done', equals: false }, otherwise: 'done' }),
        mapping('done-tasks', 'task', 'log', [line('name', 'name')], { phase: 'tasks', when: { field: 'done', equals: true }, otherwise: 'open' }),
      ],
    },
  });
  await rig.engine.discover({ project: rig.project, roles: ['source', 'destination'] });
  await rig.engine.propose({ project: rig.project });
  if (Object.keys(answers).length > 0) await rig.engine.decide({ project: rig.project, answers, by: 'test' });
  await rig.engine.confirmPlan({ project: rig.project, by: 'test', acceptRecommendations: true });
  expectClean(await rig.run());
  return rig;
}

const names = (rig: EngineRig, object: string, only: (values: Readonly<Record<string, unknown>>) => boolean = () => true) => rig.memory.rows(object).filter(({ values }) => only(values)).map(({ values }) => String(values['name'])).toSorted();
const retired = (report: RunReport) => (report.retired ?? []).map((row) => [row.mapping, row.sourceId, row.action, row.details['leftOut'] ?? null]);
const there = (values: Readonly<Record<string, unknown>>): boolean => values['active'] !== false;

test('a record that another mapping takes from now on leaves its old place, what hangs on it follows, and comes back', async () => {
  const records = data();
  const rig = await loaded(records);
  records.contact = records.contact.map((one) => (one.id === 'c0' ? contact(0, 'person') : one.id === 'c1' ? contact(1, 'lead') : one));

  const dry = await rig.run('delta', { dryRun: true });
  expectClean(dry);
  expect([names(rig, 'lead', there), dry.written]).toEqual([['Contact 0', 'Contact 2', 'Contact 4'], 0]);

  const moved = await rig.run('delta');
  expectClean(moved);
  expect(names(rig, 'lead', there)).toEqual(['Contact 1', 'Contact 2', 'Contact 4']);
  expect(names(rig, 'person', there)).toEqual(['Contact 0', 'Contact 3', 'Contact 5']);
  expect(retired(moved)).toEqual([['lead-notes', 'n0', 'deleted', true], ['leads', 'c0', 'archived', true], ['people', 'c1', 'archived', true], ['person-notes', 'n1', 'deleted', true]]);
  expect(names(rig, 'message')).toEqual(['Note 0', 'Note 1', 'Note 2', 'Note 3', 'Note 4', 'Note 5']);
  const person = rig.memory.rows('person').find(({ values }) => values['name'] === 'Contact 0');
  expect(rig.memory.rows('message').find(({ values }) => values['name'] === 'Note 0')?.values['on']).toBe(person?.id);
  expect(moved.phases.filter((phase) => !phase.balanced)).toEqual([]);

  const again = await rig.run('delta');
  expect([again.written, again.retired]).toEqual([0, []]);

  records.contact = data().contact;
  const back = await rig.run('delta');
  expectClean(back);
  expect([names(rig, 'lead', there), names(rig, 'person', there)]).toEqual([['Contact 0', 'Contact 2', 'Contact 4'], ['Contact 1', 'Contact 3', 'Contact 5']]);
  expect([rig.memory.rows('lead'), rig.memory.rows('person')].map((rows) => rows.length)).toEqual([4, 4]); // the archived ones are taken back, none is made anew
  expect((await rig.run('rollback')).rollback).toMatchObject({ identical: true, kept: 0, residue: [] });
});

test('what cannot be archived and is held elsewhere is deleted, unless people changed it or it is to be kept', async () => {
  const records = data();
  const rig = await loaded(records);
  const changed = rig.memory.rows('activity').find(({ values }) => values['name'] === 'Task 1');
  await rig.memory.update({ object: 'activity', changes: [{ id: String(changed?.id), values: { name: 'Somebody\'s own' } }] });
  records.task = [task(0, true), task(1, true), task(2, true)];
  const report = await rig.run('delta');
  expectClean(report);
  expect([names(rig, 'activity'), names(rig, 'log')]).toEqual([['Somebody\'s own'], ['Task 0', 'Task 1', 'Task 2']]);
  expect(retired(report)).toEqual([['open-tasks', 't0', 'deleted', true], ['open-tasks', 't1', 'kept', true]]);

  const other = data();
  const keeping = await loaded(other, { 'deleted-records': 'keep' });
  other.task = [task(0, true), task(1, true), task(2, true)];
  expectClean(await keeping.run('delta'));
  expect([names(keeping, 'activity'), names(keeping, 'log')]).toEqual([['Task 0', 'Task 1'], ['Task 0', 'Task 1', 'Task 2']]);
});
