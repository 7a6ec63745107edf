import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { describeSourceConformance } from '../conformance/source-suite.ts';
import { FatalError, RetriableError, type PortolanError } from '../errors.ts';
import type { FileValue } from '../file-value.ts';
import type { SourceRecord } from '../source.ts';
import { hostileConnector, openHostileSource } from './hostile-source.ts';

describeSourceConformance('the hostile source without evils', { open: async () => openHostileSource({ seed: 1, records: 40, evils: [] }) });
describeSourceConformance('the hostile source with wild values', {
  open: async () => openHostileSource({ seed: 2, records: 40, evils: ['bad-characters', 'scripts', 'right-to-left', 'long-values', 'wrong-types', 'dangling-references', 'rejected-rows'] }),
  exceptions: { 'page-size': 'rejected rows come on top of a page' },
});
describeSourceConformance('the hostile source with wild paging', {
  open: async () => openHostileSource({ seed: 3, records: 40, evils: ['empty-pages', 'repeated-page', 'duplicate-ids'] }),
  exceptions: {
    'ids-unique': 'ids come again on purpose', counts: 'repeated records are read more than once', 'same-cursor-same-page': 'an empty page comes first after every cursor',
    resume: 'the repeated page depends on where reading began', 'page-size': 'duplicates come on top of a page, and the repeated page is another one',
  },
});

async function readAll(source: ReturnType<typeof openHostileSource>, object: string): Promise<SourceRecord[]> {
  const records: SourceRecord[] = [];
  for await (const page of source.read({ object, cursor: null, pageSize: 10, answers: {} })) records.push(...page.records);
  return records;
}

describe('the hostile source', () => {
  it('gives the same records for the same seed and others for another', async () => {
    const of = (seed: number): Promise<SourceRecord[]> => readAll(openHostileSource({ seed, records: 30, evils: ['scripts', 'wrong-types', 'duplicate-ids'] }), 'contact');
    expect(await of(7)).toEqual(await of(7));
    expect(await of(7)).not.toEqual(await of(8));
  });

  it('breaks off three times per object with a RetriableError and then reads to the end', async () => {
    const source = openHostileSource({ seed: 1, records: 30, evils: ['retriable-error'] });
    for (let attempt = 0; attempt < 3; attempt += 1) await expect(readAll(source, 'note')).rejects.toBeInstanceOf(RetriableError);
    expect(await readAll(source, 'note')).toHaveLength(30);
  });

  it('never gets past the middle with a fatal error', async () => {
    const source = openHostileSource({ seed: 1, records: 30, evils: ['fatal-error'] });
    for (let attempt = 0; attempt < 5; attempt += 1) await expect(readAll(source, 'company')).rejects.toBeInstanceOf(FatalError);
  });

  it('sends huge cells, repeated ids and references to nobody when told to', async () => {
    const records = await readAll(openHostileSource({ seed: 4, records: 200, evils: ['huge-cells', 'duplicate-ids', 'dangling-references'] }), 'contact');
    expect(records.some((record) => String(record.data['full_name']).length === 2_000_000)).toBe(true);
    expect(new Set(records.map((record) => record.id)).size).toBeLessThan(records.length);
    expect(records.some((record) => String(record.data['company_id']).startsWith('nobody-'))).toBe(true);
  });

  it('loses files, changes them, and breaks off in them once, when told to', async () => {
    const outcomes = async (evils: ('gone-files' | 'changed-files' | 'broken-files')[]): Promise<string[]> => {
      const source = openHostileSource({ seed: 6, records: 60, evils });
      return Promise.all((await readAll(source, 'file')).map(async (record) => {
        const file = record.data['content'] as unknown as FileValue;
        const hash = createHash('sha256');
        try {
          for await (const chunk of source.openFile?.({ file }) ?? []) hash.update(chunk);
          return hash.digest('hex') === file.sha256 ? 'whole' : 'changed';
        } catch (error) {
          return (error as PortolanError).code;
        }
      }));
    };
    const seen = async (...evils: ('gone-files' | 'changed-files' | 'broken-files')[]): Promise<unknown> => [...new Set(await outcomes(evils))].sort();
    expect(await seen()).toEqual(['whole']);
    expect(await seen('gone-files', 'changed-files')).toEqual(['changed', 'file-gone', 'whole']);
    expect(await seen('broken-files')).toEqual(['hostile-hiccup', 'whole']);
  });

  it('opens as a connector from settings as a person types them', async () => {
    const source = await hostileConnector.openSource?.({ seed: '5', records: '3', evils: 'scripts, empty-pages' }, undefined as never);
    expect((await source?.discover())?.facts['evils']).toEqual(['scripts', 'empty-pages']);
    expect(() => hostileConnector.settingsSchema.parse({ evils: 'kindness' })).toThrow('evils');
  });
});
