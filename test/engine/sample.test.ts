import { describe, expect, test } from 'vitest';
import { memoryRecord } from '../../src/connector/testing/memory-source.ts';
import { expectClean, phaseOf } from '../support/reports.ts';
import { field, line, linkLine, mapping, objectOf, withEngineRigs, type EngineRig, type RigParams } from '../support/engine-rig.ts';

const rigs = withEngineRigs();
const text = (name: string) => field(name, 'text');
const cities = ['Łódź', 'Kraków', 'Gdańsk'];

/** 4 companies, 20 contacts, 40 notes (2 each), 20 tags on contacts. */
const params = (): RigParams => ({
  source: {
    objects: [objectOf('company', text('id'), text('name')), objectOf('contact', text('id'), text('name'), text('company'), text('city')), objectOf('note', text('id'), text('contact'), text('body')), objectOf('mark', text('id'), text('contact'), text('label'))],
    records: {
      company: Array.from({ length: 4 }, (_, at) => memoryRecord('company', `k${at}`, { name: `Company ${at}` })),
      contact: Array.from({ length: 20 }, (_, at) => memoryRecord('contact', `c${at}`, { name: `  Person ${at} `, company: `k${at % 4}`, city: cities[at % 3] ?? '' })),
      note: Array.from({ length: 40 }, (_, at) => memoryRecord('note', `n${at}`, { contact: `c${at % 20}`, body: `Note ${at}` })),
      mark: Array.from({ length: 20 }, (_, at) => memoryRecord('mark', `m${at}`, { contact: `c${at}`, label: 'vip' })),
    },
  },
  destination: [objectOf('organisation', text('name')), objectOf('person', text('name'), field('organisation', 'reference', { relatedObject: 'organisation' })), objectOf('comment', text('body'), field('person', 'reference', { relatedObject: 'person' })), objectOf('label', text('text'), field('person', 'reference', { relatedObject: 'person' }))],
  capabilities: { labelField: 'name', partOf: { label: { field: 'person', object: 'person' } } },
  plan: {
    keys: { company: [{ kind: 'id', from: 'id', normalise: 'exact' }], contact: [{ kind: 'id', from: 'id', normalise: 'exact' }] },
    links: [
      { object: 'contact', name: 'company', to: 'company', by: [{ kind: 'id', from: 'company', normalise: 'exact' }] },
      ...['note', 'mark'].map((object) => ({ object, name: 'contact', to: 'contact', by: [{ kind: 'id', from: 'contact', normalise: 'exact' as const }] })),
    ],
    mappings: [
      mapping('companies', 'company', 'organisation', [line('name', 'name')]),
      mapping('people', 'contact', 'person', [line('name', 'name', { transforms: ['trim'] }), linkLine('organisation', 'company', 'companies')]),
      mapping('notes', 'note', 'comment', [line('body', 'body'), linkLine('person', 'contact', 'people')]),
      mapping('marks', 'mark', 'label', [line('text', 'label'), linkLine('person', 'contact', 'people')]),
    ],
  },
});

async function sampled(settings: Readonly<Record<string, unknown>>): Promise<{ rig: EngineRig; counts: readonly number[]; run: string }> {
  const rig = await rigs.start(params());
  await rig.planned();
  const report = await rig.run('sample', settings);
  expectClean(report);
  for (const name of ['companies', 'people', 'notes', 'marks']) expect(phaseOf(report, name).read).toBe(phaseOf(report, name).created);
  return { rig, run: report.run, counts: ['organisation', 'person', 'comment', 'label'].map((object) => rig.memory.rows(object).length) };
}

describe('a sample', () => {
  test('by ids brings along what the records depend on and what belongs to them', async () => {
    expect((await sampled({ ids: ['contact:c5', 'contact:c9'] })).counts).toEqual([1, 2, 4, 2]);
    expect((await sampled({ ids: ['contact:c5'], alone: true })).counts).toEqual([1, 1, 0, 0]);
    expect((await sampled({ ids: ['note:n3'] })).counts).toEqual([1, 1, 1, 1]);
  });

  test('of a company brings all its people and their notes', async () => {
    expect((await sampled({ ids: ['company:k2'] })).counts).toEqual([1, 5, 10, 5]);
  });

  test('by condition takes what fulfils it, whatever the accents, and at most so many', async () => {
    expect((await sampled({ where: ['contact.city=krakow'], alone: true })).counts.slice(1)).toEqual([7, 0, 0]);
    expect((await sampled({ where: ['contact.city!=krakow', 'contact.name~person 1'], records: 3 })).counts.slice(1)).toEqual([3, 6, 3]);
  });

  test('spread evenly takes of each object, and the tags of its contacts with them', async () => {
    const { counts } = await sampled({ records: 6 });
    expect(counts[1]).toBeGreaterThanOrEqual(3);
    expect(counts[2]).toBe(3);
    expect(counts[3]).toBe(counts[1]);
  });

  test.each([
    [{ ids: ['contact:nobody'] }, 'unknown-sample-record', 'nobody'], [{ ids: ['person:1'] }, 'unknown-sample-object', 'person'], [{ where: ['contact.city=Nowhere'] }, 'empty-sample', 'No record'],
  ])('that names nothing is refused: %j', async (settings, code, words) => {
    const rig = await rigs.start(params());
    await rig.planned();
    const report = await rig.run('sample', settings);
    expect([report.status, report.error?.code]).toEqual(['failed', code]);
    expect(`${report.error?.message} ${report.error?.remedy}`).toContain(words);
    expect(rig.memory.rows('person')).toEqual([]);
  });

  test('of which some are held back: their correction loads them and what hung on them, and nothing that was not chosen', async () => {
    const plain = params();
    const people = (at: number): string => (at === 5 ? '' : `Person ${at}`);
    const rig = await rigs.start({
      ...plain, source: { ...plain.source, records: { ...plain.source.records, contact: Array.from({ length: 20 }, (_, at) => memoryRecord('contact', `c${at}`, { name: people(at), company: `k${at % 4}`, city: '' })) } },
      plan: { ...plain.plan, mappings: [
        mapping('companies', 'company', 'organisation', [line('name', 'name')]),
        mapping('people', 'contact', 'person', [line('name', 'name', { required: true }), linkLine('organisation', 'company', 'companies')]),
        mapping('notes', 'note', 'comment', [line('body', 'body'), { ...linkLine('person', 'contact', 'people'), whenMissing: 'quarantine' }]),
        mapping('marks', 'mark', 'label', [line('text', 'label'), { ...linkLine('person', 'contact', 'people'), whenMissing: 'quarantine' }]),
      ] },
    });
    await rig.planned();
    const sizes = (): readonly number[] => ['organisation', 'person', 'comment', 'label'].map((object) => rig.memory.rows(object).length);
    expect((await rig.run('sample', { ids: ['contact:c5', 'contact:c9'] })).status).toBe('withQuarantine');
    expect(sizes()).toEqual([1, 1, 2, 1]);
    const held = await rigs.tests.store.quarantine({ projectId: rig.projectId, open: true, code: null, limit: 50, after: null });
    expect(held.map(({ sourceId }) => sourceId).toSorted()).toEqual(['c5', 'm5', 'n25', 'n5']);
    const retry = async (name: string): Promise<string> => {
      const run = await rig.engine.retryQuarantine({ project: rig.project, corrections: [{ id: held.find(({ sourceId }) => sourceId === 'c5')?.id ?? '', fields: { name } }], by: 'ada' });
      await rig.engine.driveRun({ runId: run.id });
      return run.mode;
    };
    expect(await retry('Person five')).toBe('sample');
    expect(sizes()).toEqual([1, 2, 4, 2]);
    expect(await rigs.tests.store.quarantine({ projectId: rig.projectId, open: true, code: null, limit: 50, after: null })).toEqual([]);
    await rig.run('production');
    expect(await retry('Person V')).toBe('production'); // everything is in by now: a correction looks at all of it again
    await rig.run('rollback');
    expect(await retry('Person 5')).toBe('sample');
  });

  test('is compared with what was meant, field by field; a spot check draws the same records for the same seed', async () => {
    const { rig, run } = await sampled({ ids: ['company:k2'] });
    rig.memory.touch('person', rig.memory.rows('person')[0]?.id ?? '', { name: 'By hand' });
    const diffs = await rig.engine.compareRecords({ project: rig.project, runId: run, choice: { kind: 'all', limit: 1000 } });
    expect([diffs.records.length, diffs.written]).toEqual([21, 21]);
    const pages = await Promise.all([0, 8, 16, 24].map((skip) => rig.engine.compareRecords({ project: rig.project, runId: run, choice: { kind: 'all', limit: 8, skip } })));
    expect(pages.map(({ records, written }) => [records.length, written])).toEqual([[8, 21], [8, 21], [5, 21], [0, 21]]);
    expect(pages.flatMap(({ records }) => records)).toEqual(diffs.records);
    const people = diffs.records.filter((record) => record.mapping === 'people');
    expect(people[1]?.fields).toEqual([
      { field: 'name', from: ['name'], source: expect.stringMatching(/^ {2}Person \d+ $/), planned: expect.stringMatching(/^Person \d+$/), readBack: expect.stringMatching(/^Person \d+$/), class: 'exact', how: expect.stringContaining('trim') },
      { field: 'organisation', from: ['company'], source: 'k2', planned: '1', readBack: '1', class: 'exact', how: expect.any(String), names: { 1: 'Company 2' } },
    ]);
    expect(diffs.records.flatMap((record) => record.fields).filter((one) => one.class === 'mismatch')).toMatchObject([{ readBack: 'By hand' }]);

    const draw = async (seed: string, count = 12) => (await rig.engine.compareRecords({ project: rig.project, runId: null, choice: { kind: 'random', count, seed } })).records.map((record) => `${record.mapping} ${record.sourceId}`);
    const drawn = await draw('one');
    expect(drawn).toHaveLength(12);
    expect(new Set(drawn.map((name) => name.split(' ')[0]))).toEqual(new Set(['companies', 'people', 'notes', 'marks']));
    expect(await draw('one')).toEqual(drawn);
    expect(await draw('two')).not.toEqual(drawn);
    expect(await draw('one', 100)).toHaveLength(21);
  });

  test('brings along the kind that its records are of, which no field of theirs names', async () => {
    const given = params();
    const rig = await rigs.start({
      ...given, destination: [...given.destination, objectOf('kind', text('name'))],
      plan: {
        ...given.plan, derived: [{ object: 'note_kind', key: { kind: 'name' }, from: [{ object: 'note', fields: {}, constants: { name: 'Note' } }] }],
        keys: { ...given.plan.keys, note_kind: [{ kind: 'name', from: 'name', normalise: 'exact' }] }, mappings: [mapping('kinds', 'note_kind', 'kind', [line('name', 'name')]), ...given.plan.mappings],
      },
    });
    await rig.planned();
    expectClean(await rig.run('sample', { ids: ['contact:c5'], alone: true }));
    expect(rig.memory.rows('kind')).toEqual([]); // no note was chosen
    expectClean(await rig.run('sample', { ids: ['note:n3'] }));
    expect(rig.memory.rows('kind')).toHaveLength(1);
  });
});
