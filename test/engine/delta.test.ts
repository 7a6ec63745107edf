import { describe, expect, test } from 'vitest';
import { memoryRecord } from '../../src/connector/testing/memory-source.ts';
import type { SourceRecord } from '../../src/connector/source.ts';
import type { RunReport } from '../../src/engine/run-report.ts';
import { expectClean, phaseOf } from '../support/reports.ts';
import { field, line, linkLine, mapping, objectOf, withEngineRigs, type EngineRig, type RigParams } from '../support/engine-rig.ts';

const rigs = withEngineRigs();

const person = (at: number, name = `Person ${at}`, company = at % 2): SourceRecord => memoryRecord('contact', `c${at}`, { name, company: `k${company}`, city: `City ${at}` });
const company = (at: number): SourceRecord => memoryRecord('company', `k${at}`, { name: `Company ${at}` });
const text = (name: string) => field(name, 'text');

interface Data { company: readonly SourceRecord[]; contact: readonly SourceRecord[]; [object: string]: readonly SourceRecord[] }
const data = (): Data => ({ company: [company(0), company(1)], contact: Array.from({ length: 12 }, (_, at) => person(at)) });

function params(records: Data, more: Partial<RigParams['capabilities']> = {}): RigParams {
  return {
    source: { objects: [objectOf('company', text('id'), text('name')), objectOf('contact', text('id'), text('name'), text('company'), text('city'))], records },
    destination: [objectOf('organisation', field('name', 'text', { required: true }), field('active', 'boolean')), objectOf('person', field('name', 'text', { required: true }), text('city'), field('organisation', 'reference', { relatedObject: 'organisation' }), field('active', 'boolean'))],
    capabilities: { batchSize: { create: 5, update: 5, read: 5, delete: 5 }, concurrency: 1, archiveField: { organisation: 'active', person: 'active' }, ...more },
    plan: {
      keys: { company: [{ kind: 'id', from: 'id', normalise: 'exact' }] },
      links: [{ object: 'contact', name: 'company', to: 'company', by: [{ kind: 'id', from: 'company', normalise: 'exact' }] }],
      mappings: [
        mapping('companies', 'company', 'organisation', [line('name', 'name'), { ...line('active', 'name'), from: undefined as never, constant: true }].map(withoutUndefined)),
        mapping('people', 'contact', 'person', [line('name', 'name'), line('city', 'city'), linkLine('organisation', 'company', 'companies'), { ...line('active', 'name'), from: undefined as never, constant: true }].map(withoutUndefined)),
      ],
    },
  };
}

/** Contacts with labels in a list: each label on a contact is a record of its own, known by its values alone. */
function labelled(records: Data): RigParams {
  const given = params(records, { naturalKeys: ['person/labels'], partOf: { 'person/labels': { field: 'record', object: 'person' } } });
  return {
    ...given,
    source: { ...given.source, objects: [...given.source.objects.map((object) => (object.name === 'contact' ? { ...object, fields: [...object.fields, field('labels', 'json')] } : object)), objectOf('mark', text('contact'), text('label'))] },
    destination: [...given.destination, objectOf('person/labels', field('record', 'reference', { relatedObject: 'person', required: true }), text('value'))],
    plan: {
      ...given.plan,
      keys: { ...given.plan.keys, contact: [{ kind: 'id', from: 'id', normalise: 'exact' }], mark: [{ kind: 'pair', from: ['contact', 'label'], normalise: 'exact', compose: true }] },
      links: [...(given.plan.links ?? []), { object: 'mark', name: 'contact', to: 'contact', by: [{ kind: 'id', from: 'contact', normalise: 'exact' }] }],
      derived: [{ object: 'mark', key: { kind: 'pair' }, from: [{ object: 'contact', needs: 'labels', fields: { contact: '$id', label: 'labels' }, many: true }] }],
      mappings: [...given.plan.mappings, mapping('labels', 'mark', 'person/labels', [linkLine('record', 'contact', 'people'), line('value', 'label')])],
    },
  };
}

function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as T;
}

async function loaded(records: Data, answers: Readonly<Record<string, string>> = {}, more: Partial<RigParams['capabilities']> = {}): Promise<EngineRig> {
  const rig = await rigs.start(params(records, more));
  await rig.engine.discover({ project: rig.project, roles: ['source', 'destination'] });
  await rig.engine.propose({ project: rig.project });
  if (Object.keys(answers).length > 0) await rig.engine.decide({ project: rig.project, answers, by: 'test' });
  await rig.engine.confirmPlan({ project: rig.project, by: 'test', acceptRecommendations: true });
  const report = await rig.run();
  expectClean(report);
  expect(report.written).toBe(14);
  return rig;
}

const deltaOf = (report: RunReport, name: string) => report.delta?.find((row) => row.mapping === name);
const deletionsOf = (report: RunReport, name: string) => report.phases.find((row) => row.phase === 'deletions' && row.mapping === name);
const named = (rig: EngineRig, object: string, name: string) => rig.memory.rows(object).find((row) => row.values['name'] === name);

describe('delta', () => {
  test('writes what is new and changed, archives what is gone, brings back what returns, and costs nothing where nothing changed', async () => {
    const records = data();
    const rig = await loaded(records);

    const before = { ...rig.memory.calls };
    const nothing = await rig.run('delta');
    expectClean(nothing);
    expect([nothing.status, nothing.written]).toEqual(['succeeded', 0]);
    expect(deltaOf(nothing, 'people')).toMatchObject({ new: 0, changed: 0, deleted: 0, unchanged: 12 });
    expect(['create', 'update', 'delete', 'read', 'lookup', 'match', 'fields'].filter((call) => rig.memory.calls[call] !== before[call])).toEqual([]);

    records.contact = [...records.contact.filter(({ id }) => id !== 'c3'), person(50)].map((record) => (record.id === 'c4' ? person(4, 'Renamed') : record));
    const dry = await rig.run('delta', { dryRun: true });
    expectClean(dry);
    expect(dry.written).toBe(0);
    expect(rig.memory.rows('person')).toHaveLength(12);
    expect(named(rig, 'person', 'Person 3')?.values['active']).toBe(true);
    const real = await rig.run('delta');
    expectClean(real);
    expect(real.delta).toEqual(dry.delta);
    expect(deltaOf(real, 'people')).toMatchObject({ new: 1, changed: 1, deleted: 1, conflicts: 0, unchanged: 10 });
    expect(deletionsOf(real, 'people')).toMatchObject({ read: 1, archived: 1, deleted: 0, kept: {}, balanced: true });
    expect(real.retired).toMatchObject([{ mapping: 'people', sourceId: 'c3', action: 'archived', destinationObject: 'person' }]);
    expect(named(rig, 'person', 'Person 3')?.values['active']).toBe(false);
    expect([named(rig, 'person', 'Renamed'), named(rig, 'person', 'Person 50')].every((row) => row !== undefined)).toBe(true);

    const again = await rig.run('delta');
    expect([again.written, again.retired]).toEqual([0, []]);

    records.contact = [...records.contact, person(3)];
    const back = await rig.run('delta');
    expectClean(back);
    expect(deltaOf(back, 'people')).toMatchObject({ new: 0, changed: 1, returned: 1, deleted: 0 });
    expect(named(rig, 'person', 'Person 3')?.values['active']).toBe(true);
    expect(rig.memory.rows('person')).toHaveLength(13);

    const undone = await rig.run('rollback');
    expect(undone.rollback).toMatchObject({ identical: true, kept: 0, residue: [] });
    expect([rig.memory.rows('person'), rig.memory.rows('organisation')]).toEqual([[], []]);
  });

  test('a rollback after a delta that archived leaves nothing behind', async () => {
    const records = data();
    const rig = await loaded(records);
    records.contact = records.contact.slice(2);
    expect((await rig.run('delta')).written).toBe(2);
    expect((await rig.run('rollback')).rollback).toMatchObject({ identical: true, deleted: 14, kept: 0 });
  });

  test('deletes where that was decided, never what others hang on, and the counts add up', async () => {
    const records = data();
    const rig = await loaded(records, { 'deleted-records': 'delete' });
    records.contact = records.contact.filter(({ id }) => id !== 'c0' && id !== 'c2');
    records.company = [company(1)];
    const report = await rig.run('delta');
    // Contacts of the company that is gone can no longer find it: they are held back, and stay as they are.
    expect(phaseOf(report, 'people').quarantined).toEqual({ 'link-missing': 4 });
    expect(deletionsOf(report, 'people')).toMatchObject({ read: 2, deleted: 2, destinationBefore: 12, destinationAfter: 10, balanced: true });
    expect(deletionsOf(report, 'companies')).toMatchObject({ read: 1, deleted: 0, kept: { 'others-hang-on-it': 1 }, balanced: true });
    expect(rig.memory.rows('organisation')).toHaveLength(2);
    records.contact = records.contact.filter(({ data: values }) => values['company'] === 'k1');
    const rest = await rig.run('delta');
    expect(deletionsOf(rest, 'companies')).toMatchObject({ deleted: 1, kept: {}, balanced: true });
    expect(rest.phases.every((phase) => phase.balanced)).toBe(true);
    expect(rig.memory.rows('person')).toHaveLength(6);
    // A record that returns after it was deleted is made anew.
    records.company = [company(0), company(1)];
    expect(deltaOf(await rig.run('delta'), 'companies')).toMatchObject({ new: 1 });
    expect((await rig.run('rollback')).rollback).toMatchObject({ identical: true, residue: [] });
  });

  test('keeps what people changed, and says so with a code; keeps everything where that was decided', async () => {
    const records = data();
    const rig = await loaded(records);
    rig.memory.touch('person', named(rig, 'person', 'Person 5')?.id ?? '', { city: 'By hand' });
    records.contact = records.contact.filter(({ id }) => id !== 'c5' && id !== 'c6');
    const report = await rig.run('delta');
    expect(deletionsOf(report, 'people')).toMatchObject({ read: 2, archived: 1, kept: { 'changed-since': 1 }, balanced: true });
    expect(report.retired?.find((row) => row.sourceId === 'c5')).toMatchObject({ action: 'kept', reason: 'changed-since', details: { fields: ['city'] } });
    expect(named(rig, 'person', 'Person 5')?.values).toMatchObject({ active: true, city: 'By hand' });

    const keeping = data();
    const other = await loaded(keeping, { 'deleted-records': 'keep' });
    keeping.contact = keeping.contact.slice(1);
    const calls = { ...other.memory.calls };
    expect(deletionsOf(await other.run('delta'), 'people')).toMatchObject({ read: 1, kept: { 'decision-keep': 1 }, balanced: true });
    expect([other.memory.calls['read'], other.memory.calls['update']]).toEqual([calls['read'], calls['update']]);
  });

  test('detaches labels that are taken off, keeps those of a record that is archived, and leaves nothing behind after a rollback', async () => {
    const labels = (record: SourceRecord, ...given: string[]): SourceRecord => ({ ...record, data: { ...record.data, labels: given } });
    const records = { ...data(), mark: [] as SourceRecord[] };
    records.contact = records.contact.map((record, at) => labels(record, ...(at < 4 ? ['vip', 'lead'] : [])));
    const rig = await rigs.start(labelled(records));
    await rig.planned();
    const first = await rig.run();
    expectClean(first);
    expect(rig.memory.rows('person/labels')).toHaveLength(8);

    // One label off contact 0, one new on contact 7; contact 1 is gone with its labels.
    records.contact = records.contact.filter(({ id }) => id !== 'c1').map((record) => (record.id === 'c0' ? labels(record, 'lead') : record.id === 'c7' ? labels(record, 'vip') : record));
    const report = await rig.run('delta');
    expectClean(report);
    expect(deltaOf(report, 'labels')).toMatchObject({ new: 1, deleted: 3 });
    expect(deletionsOf(report, 'labels')).toMatchObject({ read: 3, deleted: 1, kept: { 'with-its-record': 2 }, destinationBefore: 9, destinationAfter: 8, balanced: true });
    expect(deletionsOf(report, 'people')).toMatchObject({ archived: 1 });
    expect(rig.memory.rows('person/labels').map((row) => `${String(row.values['record'])} ${String(row.values['value'])}`)).toContain(`${named(rig, 'person', 'Person 1')?.id} vip`);
    expect((await rig.run('delta')).written).toBe(0);
    const undone = await rig.run('rollback');
    expect(undone.rollback).toMatchObject({ identical: true, residue: [], kept: 0 });
  });

  test('never overwrites what both sides changed', async () => {
    const records = data();
    const rig = await loaded(records);
    rig.memory.touch('person', named(rig, 'person', 'Person 7')?.id ?? '', { name: 'By hand' });
    records.contact = records.contact.map((record) => (record.id === 'c7' ? person(7, 'By source') : record));
    const report = await rig.run('delta');
    expect(deltaOf(report, 'people')).toMatchObject({ changed: 1, conflicts: 1 });
    expect(phaseOf(report, 'people').quarantined).toEqual({ 'changed-at-destination': 1 });
    expect(named(rig, 'person', 'By hand')).toBeDefined();
  });

  test('an export that lacks a large share of its records waits for a person before anything is archived', async () => {
    const records = { ...data(), contact: Array.from({ length: 60 }, (_, at) => person(at)) };
    const rig = await rigs.start(params(records));
    await rig.planned();
    await rig.run();
    records.contact = records.contact.slice(0, 30);
    const run = await rig.engine.startRun({ project: rig.project, mode: 'delta', settings: { approveGates: true }, by: 'test' });
    expect((await rig.engine.driveRun({ runId: run.id })).status).toBe('waiting');
    expect(rig.memory.rows('person').filter((row) => row.values['active'] === false)).toEqual([]);
    expect(await rig.engine.approve({ runId: run.id, phase: null, by: 'ada' })).toEqual(['deletions']);
    const report = await rig.engine.driveRun({ runId: run.id });
    expect([report.status, deletionsOf(report, 'people')?.archived]).toEqual(['succeeded', 30]);
  });
});
