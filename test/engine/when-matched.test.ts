import { describe, expect, test } from 'vitest';
import { memoryRecord } from '../../src/connector/testing/memory-source.ts';
import type { JsonObject } from '../../src/connector/json.ts';
import type { SourceRecord } from '../../src/connector/source.ts';
import { dyingAt, field, line, mapping, objectOf, withEngineRigs, type EngineRig, type RigParams } from '../support/engine-rig.ts';
import { expectClean, phaseOf } from '../support/reports.ts';

const rigs = withEngineRigs();
type Rule = 'keep' | 'fill' | 'update';

const people = (): SourceRecord[] => [
  memoryRecord('contact', 'c0', { name: 'Ada Nowak', email: 'ada@example.com', phone: '1' }),
  memoryRecord('contact', 'c1', { name: 'Ola Lis', email: 'ola@example.com', phone: '2' }),
  memoryRecord('contact', 'c2', { name: 'Jan Kot', email: 'jan@example.com', phone: '3' }),
];
const params = (rule: Rule, records: SourceRecord[], more: Partial<RigParams> = {}): RigParams => ({
  source: { objects: [objectOf('contact', ...['id', 'name', 'email', 'phone'].map((name) => field(name, 'text')))], records: { contact: records } },
  destination: [objectOf('person', field('name', 'text'), field('mail', 'text'), field('phone', 'text'), field('note', 'text'))],
  plan: { mappings: [mapping('people', 'contact', 'person', [line('name', 'name'), line('mail', 'email'), line('phone', 'phone')], { identity: { match: [{ field: 'mail', ignoreCase: true }], whenMatched: rule } })] },
  ...more,
});
/** Ada was there before with all, Ola without a phone. */
async function withTheirs(rig: EngineRig): Promise<void> {
  await rig.memory.create({ object: 'person', records: [
    { key: 'ada', values: { name: 'Ada N.', mail: 'ADA@example.com', phone: '111', note: 'theirs' } },
    { key: 'ola', values: { name: 'Ola', mail: 'ola@example.com', phone: null, note: null } },
  ] });
  await rig.planned();
}
const valuesOf = (rig: EngineRig): JsonObject[] => rig.memory.rows('person').map((row) => ({ ...row.values }));
const ada = { name: 'Ada N.', mail: 'ADA@example.com', phone: '111', note: 'theirs' };
const ola = { name: 'Ola', mail: 'ola@example.com', phone: null, note: null };
const expected: { readonly [rule in Rule]: readonly JsonObject[] } = {
  keep: [ada, ola],
  fill: [ada, { ...ola, phone: '2' }],
  update: [{ name: 'Ada Nowak', mail: 'ada@example.com', phone: '1', note: 'theirs' }, { name: 'Ola Lis', mail: 'ola@example.com', phone: '2', note: null }],
};
const updatedBy: { readonly [rule in Rule]: number } = { keep: 0, fill: 1, update: 2 };

describe.each(['keep', 'fill', 'update'] as const)('records that were there before, %s', (rule) => {
  test('get what the plan says, are verified, written once, and restored by a rollback', async () => {
    const rig = await rigs.start(params(rule, people()));
    await withTheirs(rig);
    const report = await rig.run();
    expectClean(report);
    expect(phaseOf(report, 'people')).toMatchObject({ created: 1, updated: updatedBy[rule], matched: 2 - updatedBy[rule] });
    expect(valuesOf(rig).slice(0, 2)).toEqual(expected[rule]);
    expect(await rig.run()).toMatchObject({ written: 0 });
    expect((await rig.run('production', { only: 'verify' })).verification).toMatchObject({ mismatch: 0, unreadable: 0 });
    const back = await rig.run('rollback');
    expect(back.rollback).toMatchObject({ identical: true, deleted: 1, restored: updatedBy[rule], residue: [] });
    expect(valuesOf(rig)).toEqual([ada, ola]);
  });

  test('follow the source afterwards, but not over what people changed or had', async () => {
    const records = people();
    const rig = await rigs.start(params(rule, records));
    await withTheirs(rig);
    expectClean(await rig.run());
    records[1] = memoryRecord('contact', 'c1', { name: 'Ola Lisowska', email: 'ola@example.com', phone: '22' });
    expectClean(await rig.run('delta'));
    expect(valuesOf(rig)[1]).toEqual({ keep: ola, fill: { ...ola, phone: '22' }, update: { ...ola, name: 'Ola Lisowska', phone: '22' } }[rule]);
    rig.memory.touch('person', '2', { phone: '99' });
    records[1] = memoryRecord('contact', 'c1', { name: 'Ola Lisowska', email: 'ola@example.com', phone: '23' });
    const conflict = await rig.run('delta');
    expect(phaseOf(conflict, 'people').quarantined).toEqual(rule === 'keep' ? {} : { 'changed-at-destination': 1 });
    expect(valuesOf(rig)[1]).toMatchObject({ phone: '99' });
    const back = await rig.run('rollback');
    expect(back.rollback?.residue.map(({ sourceId, reason }) => `${sourceId} ${reason}`)).toEqual(rule === 'keep' ? [] : ['c1 changed-since']);
    expect(valuesOf(rig)[0]).toEqual(ada);
    expect(valuesOf(rig)[1]).toMatchObject({ phone: '99' });
  });

  test('an attempt that died before it could write anything down changes nothing of the outcome', async () => {
    const rig = await rigs.start(params(rule, people(), { store: (store) => dyingAt(store, 'commitLoadStep', [1]) }));
    await withTheirs(rig);
    const report = await rig.run();
    expectClean(report);
    expect(phaseOf(report, 'people')).toMatchObject({ created: 1, updated: updatedBy[rule] });
    expect(valuesOf(rig).slice(0, 2)).toEqual(expected[rule]);
    expect((await rig.run('rollback')).rollback).toMatchObject({ identical: true, restored: updatedBy[rule] });
    expect(valuesOf(rig)).toEqual([ada, ola]);
  });

  test('a rollback after such a death restores them too', async () => {
    const rig = await rigs.start(params(rule, people(), { store: (store) => dyingAt(store, 'commitLoadStep', [1]) }));
    await withTheirs(rig);
    expect((await rig.drive()).status).toBe('interrupted');
    expect(valuesOf(rig).slice(0, 2)).toEqual(expected[rule]);
    expect((await rig.run('rollback')).rollback).toMatchObject({ identical: true, restored: updatedBy[rule] });
    expect(valuesOf(rig)).toEqual([ada, ola]);
  });
});
