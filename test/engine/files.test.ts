import { describe, expect, test } from 'vitest';
import { AmbiguousError } from '../../src/connector/errors.ts';
import { createFlakyDestination } from '../../src/connector/testing/flaky-destination.ts';
import { createMemoryDestination } from '../../src/connector/testing/memory-destination.ts';
import { memoryFileValue, memoryRecord, type MemoryFile } from '../../src/connector/testing/memory-source.ts';
import type { SourceRecord } from '../../src/connector/source.ts';
import type { JsonObject } from '../../src/connector/json.ts';
import { catalogOf, dyingAt, field, line, mapping, objectOf, withEngineRigs, type RigParams } from '../support/engine-rig.ts';
import { expectClean, phaseOf } from '../support/reports.ts';

const rigs = withEngineRigs();

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
/** 12 files of 0 to 11 × 20,000 bytes: some of one piece, some of several. */
const contents = (): Map<string, MemoryFile> => new Map(Array.from({ length: 12 }, (_, at) => [`files/f${at}.txt`, bytes(`${at}`.repeat(at * 20_000))]));
const recordsOf = (files: ReadonlyMap<string, MemoryFile>, digests: readonly ('sha1' | 'sha256')[] = ['sha256']): SourceRecord[] =>
  [...files].map(([reference, file], at) => memoryRecord('file', `f${at}`, { title: `File ${at}`, content: { ...memoryFileValue(reference, file, digests) } }));

const destination = [objectOf('attachment', field('name', 'text', { required: true }), field('data', 'binary'))];
const params = (files: Map<string, MemoryFile>, more: Partial<RigParams> = {}, records: { file: readonly SourceRecord[] } = { file: recordsOf(files) }): RigParams => ({
  source: { objects: [objectOf('file', field('id', 'text'), field('title', 'text'), field('content', 'binary'))], records, files },
  destination,
  capabilities: { batchSize: { create: 100, update: 100, read: 100, delete: 100 }, createBatchSize: { attachment: 2 }, concurrency: 1 },
  plan: { mappings: [mapping('files', 'file', 'attachment', [line('name', 'title', { required: true }), line('data', 'content')])] },
  ...more,
});
const quarantineOf = async (projectId: string): Promise<unknown> =>
  rigs.tests.query('select source_id as "sourceId", code, field from portolan.quarantine where project_id = $1 and resolved_at is null order by 1', [projectId]);

describe('files', () => {
  test('are streamed, verified by size and digest, left alone by a second run, and rolled back', async () => {
    const files = contents();
    const rig = await rigs.start(params(files));
    await rig.planned();
    const report = await rig.run();
    expectClean(report);
    expect(phaseOf(report, 'files')).toMatchObject({ created: 12 });
    expect(report.verification).toMatchObject({ exact: 24, fields: 24 });
    expect(rig.memory.calls['create']).toBe(6);
    expect(rig.memory.rows('attachment').map((row) => (row.values['data'] as JsonObject)['size'])).toEqual(Array.from({ length: 12 }, (_, at) => `${at}`.repeat(at * 20_000).length));
    expect((await rig.run()).written).toBe(0);
    expect((await rig.run('rollback')).rollback).toMatchObject({ identical: true, deleted: 12 });
  });

  test('that are gone or have changed are quarantined with their code, the others go in, and a retry takes them', async () => {
    const files = contents();
    const records = { file: recordsOf(files) };
    const [three, four, five, six] = [3, 4, 5, 6].map((at) => `files/f${at}.txt`) as [string, string, string, string];
    const kept = new Map(files);
    files.delete(three); // gone
    files.set(four, bytes('x'.repeat(80_000))); // same size, other contents
    files.set(five, bytes('5'.repeat(99_999))); // shorter
    files.set(six, bytes('6'.repeat(200_000))); // longer
    const rig = await rigs.start(params(files, {}, records));
    await rig.planned();
    const report = await rig.run();
    expect(report.status).toBe('withQuarantine');
    expectClean(report);
    expect(phaseOf(report, 'files')).toMatchObject({ created: 8, quarantined: { 'file-gone': 1, 'file-changed': 3 } });
    expect(await quarantineOf(rig.projectId)).toEqual(['f3', 'f4', 'f5', 'f6'].map((sourceId) => ({ sourceId, code: sourceId === 'f3' ? 'file-gone' : 'file-changed', field: 'data' })));
    expect(rig.memory.rows('attachment')).toHaveLength(8);
    for (const [reference, file] of kept) files.set(reference, file);
    const again = await rig.run();
    expect(phaseOf(again, 'files')).toMatchObject({ created: 4, skipped: { unchanged: 8 } });
    expect(await quarantineOf(rig.projectId)).toEqual([]);
    expect((await rig.run('rollback')).rollback).toMatchObject({ identical: true, deleted: 12 });
  });

  test('with a connector that takes the broken stream for a lost answer are quarantined all the same, and sent once', async () => {
    const files = contents();
    files.set('files/f11.txt', bytes('changed'));
    const records = { file: recordsOf(contents()) };
    const rig = await rigs.start(params(files, { wrap: (memory) => {
      const flaky = createFlakyDestination(memory, { seed: 3, chances: { ambiguousBefore: 0.2, ambiguousAfter: 0.3 } });
      return { ...flaky, create: (request) => flaky.create(request).catch((error: unknown) => { throw new AmbiguousError({ code: 'reset', message: 'The connection was lost (made up).', cause: error }); }) };
    } }, records));
    await rig.planned();
    const report = await rig.run();
    expectClean(report);
    expect(phaseOf(report, 'files')).toMatchObject({ created: 11, quarantined: { 'file-changed': 1 } });
    expect(rig.memory.rows('attachment')).toHaveLength(11);
  });

  test('of an attempt that died are taken over, not sent again', async () => {
    const files = contents();
    const rig = await rigs.start(params(files, { store: (store) => dyingAt(store, 'commitLoadStep', [1]) }));
    await rig.planned();
    const report = await rig.run();
    expectClean(report);
    expect(phaseOf(report, 'files')).toMatchObject({ created: 12 });
    expect(rig.memory.calls['create']).toBe(6);
  });

  test('of which the destination tells no digest in common are unreadable, never equal', async () => {
    const files = contents();
    const memory = createMemoryDestination({ catalog: catalogOf('memory', ...destination), digests: ['sha1'] });
    const rig = await rigs.start(params(files, { memory }, { file: recordsOf(files, ['sha256']) }));
    await rig.planned();
    expect((await rig.run()).verification).toMatchObject({ exact: 12, unreadable: 12 });
    const other = await rigs.start(params(contents(), { memory: createMemoryDestination({ catalog: catalogOf('memory', ...destination), digests: ['sha1'] }) }, { file: recordsOf(files, ['sha1', 'sha256']) }));
    await other.planned();
    expect((await other.run()).verification).toMatchObject({ exact: 24 });
  });

  test('that somebody replaced at the destination are a mismatch, and kept by a rollback', async () => {
    const rig = await rigs.start(params(contents()));
    await rig.planned();
    await rig.run();
    const [row] = rig.memory.rows('attachment');
    rig.memory.touch('attachment', row?.id ?? '', { data: { size: 1, sha1: 'a', sha256: 'b' } });
    expect((await rig.run('production', { only: 'verify' })).verification).toMatchObject({ exact: 23, mismatch: 1 });
    expect((await rig.run('rollback')).rollback?.residue).toMatchObject([{ sourceId: 'f0', reason: 'changed-since', details: { fields: ['data'] } }]);
  });

  test('that changed at the source are sent again; those that only moved are not', async () => {
    const files = contents();
    const records: { file: readonly SourceRecord[] } = { file: recordsOf(files) };
    const rig = await rigs.start(params(files, {}, records));
    await rig.planned();
    await rig.run();
    files.set('files/f2.txt', bytes('second version'));
    const moved = files.get('files/f3.txt') as Uint8Array;
    files.delete('files/f3.txt');
    const next = recordsOf(files);
    records.file = [...next.slice(0, 3), memoryRecord('file', 'f3', { title: 'File 3', content: { ...memoryFileValue('elsewhere/f3.txt', moved, ['sha256']) } }), ...next.slice(3).map((record, at) => ({ ...record, id: `f${at + 4}`, data: { ...record.data, id: `f${at + 4}`, title: `File ${at + 4}` } }))];
    files.set('elsewhere/f3.txt', moved);
    const report = await rig.run();
    expectClean(report);
    expect(phaseOf(report, 'files')).toMatchObject({ updated: 1, skipped: { unchanged: 10, 'already-equal': 1 } });
    expect(rig.memory.rows('attachment')[2]?.values['data']).toMatchObject({ size: 14 });
  });

  test('of any size pass without lying in memory whole', { timeout: 120_000 }, async () => {
    const chunk = new Uint8Array(1 << 20).fill(7);
    const size = 300 << 20;
    const files = new Map<string, MemoryFile>([['large.bin', { size, chunk: () => chunk }]]);
    const rig = await rigs.start(params(files));
    await rig.planned();
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    const watch = setInterval(() => { most = Math.max(most, process.memoryUsage().arrayBuffers); }, 20);
    const report = await rig.run().finally(() => clearInterval(watch));
    expectClean(report);
    expect(rig.memory.rows('attachment')[0]?.values['data']).toMatchObject({ size });
    expect(most - before).toBeLessThan(32 << 20);
  });
});

describe('lists of files of linked records', () => {
  const byId = [{ kind: 'id', from: 'id', normalise: 'exact' as const }];
  /** 3 messages with 0, 2 and 12 attachments. */
  const messages = [0, 2, 12].map((count, at) => memoryRecord('message', `m${at}`, { text: `${count} files` }));
  const attached = (files: ReadonlyMap<string, MemoryFile>): SourceRecord[] => [...files].map(([reference, file], at) => memoryRecord('attachment', `a${String(at).padStart(2, '0')}`, { message_id: at < 2 ? 'm1' : 'm2', content: { ...memoryFileValue(reference, file, ['sha256']) } }));
  const fileSet = (): Map<string, MemoryFile> => new Map(Array.from({ length: 14 }, (_, at) => [`files/g${at}.txt`, bytes(`${at}`.repeat(1 + at * 9_000))]));
  const listParams = (files: Map<string, MemoryFile>, records: readonly SourceRecord[], more: Partial<RigParams> = {}): RigParams => ({
    source: { objects: [objectOf('message', field('id', 'text'), field('text', 'text')), objectOf('attachment', field('id', 'text'), field('message_id', 'text'), field('content', 'binary'))], records: { message: messages, attachment: records }, files },
    destination: [objectOf('part', field('text', 'text'), field('files', 'binary'))],
    capabilities: { batchSize: { create: 1, update: 1, read: 10, delete: 10 }, concurrency: 1 },
    plan: {
      keys: { message: byId },
      links: [{ object: 'attachment', name: 'message', to: 'message', by: [{ kind: 'id', from: 'message_id', normalise: 'exact' }] }, { object: 'message', name: 'attachments', to: 'attachment', by: [], back: 'message', many: true }],
      facts: [{ object: 'message', name: 'files', count: { of: 'attachment', link: 'message' } }],
      mappings: [
        mapping('parts', 'message', 'part', [line('text', 'text'), { to: 'files', link: 'attachments', give: 'content', transforms: [{ slice: { count: 10 } }], status: 'proposed', confidence: 1, reason: '' }]),
        mapping('more', 'message', 'part', [line('text', 'text'), { to: 'files', link: 'attachments', give: 'content', transforms: [{ slice: { from: 10, count: 10 } }], status: 'proposed', confidence: 1, reason: '' }], { when: { fact: 'files', atLeast: 11 }, otherwise: 'few' }),
      ],
    },
    ...more,
  });

  test('are streamed into the call of the record that they belong to, ten at a time, and compared one by one', async () => {
    const files = fileSet();
    const rig = await rigs.start(listParams(files, attached(files)));
    await rig.planned();
    const report = await rig.run();
    expectClean(report);
    const names = rig.memory.rows('part').map((row) => (row.values['files'] as readonly JsonObject[] | null)?.map((file) => file['name']) ?? null);
    expect(names).toEqual([null, ['g0.txt', 'g1.txt'], Array.from({ length: 10 }, (_, at) => `g${at + 2}.txt`), ['g12.txt', 'g13.txt']]);
    expect(report.verification).toMatchObject({ exact: 8, mismatch: 0 });
    expect((await rig.run()).written).toBe(0);
    rig.memory.touch('part', '3', { files: [{ name: 'g2.txt', size: 1, sha1: null, sha256: 'other' }] });
    expect((await rig.run('production', { only: 'verify' })).verification.mismatch).toBe(1);
  });

  test('with one file that has changed keep their record out, and name the field', async () => {
    const files = fileSet();
    const records = attached(files);
    files.set('files/g1.txt', bytes('other'));
    const rig = await rigs.start(listParams(files, records));
    await rig.planned();
    const report = await rig.run();
    expect(phaseOf(report, 'parts')).toMatchObject({ created: 2, quarantined: { 'file-changed': 1 } });
    expect(await quarantineOf(rig.projectId)).toEqual([{ sourceId: 'm1', code: 'file-changed', field: 'files' }]);
  });

  test('a changed attachment is seen by a delta of its message', async () => {
    const files = fileSet();
    const records = attached(files);
    const source = { attachment: records };
    const rig = await rigs.start({ ...listParams(files, records), source: { ...listParams(files, records).source, records: { message: messages, ...source } } });
    await rig.planned();
    await rig.run();
    files.set('files/g0.txt', bytes('new contents'));
    records[0] = memoryRecord('attachment', 'a00', { message_id: 'm1', content: { ...memoryFileValue('files/g0.txt', bytes('new contents'), ['sha256']) } });
    const delta = await rig.run('delta');
    expect(phaseOf(delta, 'parts')).toMatchObject({ updated: 1, skipped: { unchanged: 2 } });
    expect(((rig.memory.rows('part')[1]?.values['files'] ?? []) as readonly JsonObject[])[0]?.['size']).toBe(12);
  });
});
