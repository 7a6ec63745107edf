import { createHash } from 'node:crypto';
import { describe, expect, it, type TestAPI } from 'vitest';
import type { Catalog } from '../catalog.ts';
import { ConfigurationError, PortolanError, RecordRejectedError } from '../errors.ts';
import { isFileValue, type FileValue } from '../file-value.ts';
import type { Json } from '../json.ts';
import type { SourceConnection, SourcePage } from '../source.ts';

/** The checks of the suite by name, so that an exception can name one. */
export type SourceCheck = 'catalog' | 'discovery-repeats' | 'records-match-catalog' | 'profiles-match-records' | 'ids-unique' | 'counts' | 'same-cursor-same-page' | 'resume' | 'page-size' | 'order' | 'rejected' | 'errors' | 'abandon' | 'check' | 'close' | 'files';

export interface SourceConformanceSetup {
  /** Opens the same data anew at each call. */
  readonly open: () => Promise<SourceConnection>;
  /** Answers to the catalog's questions. */
  readonly answers?: { readonly [questionId: string]: Json };
  /** Records per page in the paging checks; small, so that a small data set has many pages. Default 7. */
  readonly pageSize?: number;
  /** Checks that the source fails on purpose, each with the reason. */
  readonly exceptions?: { readonly [check in SourceCheck]?: string };
}

async function collect(pages: AsyncIterable<SourcePage>): Promise<SourcePage[]> {
  const found: SourcePage[] = [];
  for await (const page of pages) found.push(page);
  return found;
}

const recordsOf = (pages: readonly SourcePage[]): SourcePage['records'] => pages.flatMap((page) => page.records);
const rejectedOf = (pages: readonly SourcePage[]): SourcePage['rejected'] => pages.flatMap((page) => page.rejected);
const filled = (value: Json | undefined): boolean => value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);

function expectConsistent(catalog: Catalog): void {
  const questions = new Set(catalog.questions.map((question) => question.id));
  expect(questions.size).toBe(catalog.questions.length);
  for (const question of catalog.questions) {
    expect(question.options.length).toBeGreaterThan(1);
    if (question.recommendation !== null) expect(question.options.map((option) => option.value)).toContain(question.recommendation);
  }
  expect(new Set(catalog.objects.map((object) => object.name)).size).toBe(catalog.objects.length);
  for (const object of catalog.objects) {
    expect(new Set(object.fields.map((field) => field.name)).size, `${object.name}: field names are unique`).toBe(object.fields.length);
    for (const field of object.fields) {
      const where = `${object.name}.${field.name}`;
      if (field.question !== undefined) expect(questions, where).toContain(field.question);
      const profile = field.profile;
      if (profile === undefined) continue;
      for (const fraction of [profile.filled, profile.typeConfidence]) {
        expect(fraction, where).toBeGreaterThanOrEqual(0);
        expect(fraction, where).toBeLessThanOrEqual(1);
      }
      expect(profile.samples.length, where).toBeLessThanOrEqual(5);
      if (profile.values !== undefined) expect(profile.values.length, where).toBe(profile.distinct);
    }
  }
  expect(JSON.parse(JSON.stringify(catalog))).toEqual(catalog);
}

/** Files of one object whose bytes are read: spread over all of them. */
const filesLookedAt = 40;

/** Reads a file to its end: its size, and the digests that its value has. */
async function streamed(source: SourceConnection, file: FileValue): Promise<Pick<FileValue, 'size' | 'sha1' | 'sha256'>> {
  if (source.openFile === undefined) throw new Error('The source states files and has no way to open them.');
  const hashes = { sha1: createHash('sha1'), sha256: createHash('sha256') };
  let size = 0;
  for await (const chunk of source.openFile({ file })) {
    size += chunk.length;
    hashes.sha1.update(chunk);
    hashes.sha256.update(chunk);
  }
  return { size, sha1: file.sha1 === null ? null : hashes.sha1.digest('hex'), sha256: file.sha256 === null ? null : hashes.sha256.digest('hex') };
}

/** Runs the contract of `SourceConnection` against one source. Every source of the repository passes it. */
export function describeSourceConformance(name: string, setup: SourceConformanceSetup): void {
  const answers = setup.answers ?? {};
  const pageSize = setup.pageSize ?? 7;
  const using = async <T>(work: (source: SourceConnection) => Promise<T>): Promise<T> => {
    const source = await setup.open();
    try {
      return await work(source);
    } finally {
      await source.close();
    }
  };
  const read = (source: SourceConnection, object: string, cursor: Json | null = null, size = pageSize): Promise<SourcePage[]> => collect(source.read({ object, cursor, pageSize: size, answers }));
  const eachObject = (work: (source: SourceConnection, object: Catalog['objects'][number]) => Promise<void>): Promise<void> => using(async (source) => {
    const catalog = await source.discover();
    expect(catalog.objects.length).toBeGreaterThan(0);
    for (const object of catalog.objects) await work(source, object);
  });
  const check = (key: SourceCheck, title: string, test: () => Promise<void>): void => {
    const reason = setup.exceptions?.[key];
    const run: TestAPI | TestAPI['skip'] = reason === undefined ? it : it.skip;
    run(reason === undefined ? title : `${title} (not here: ${reason})`, test);
  };

  describe(`${name} keeps the source contract`, () => {
    check('catalog', 'describes itself in a consistent catalog', () => using(async (source) => { expectConsistent(await source.discover()); }));

    check('discovery-repeats', 'discovers the same thing twice, in one connection and in another', () => using(async (source) => {
      const first = await source.discover();
      expect(await source.discover()).toEqual(first);
      expect(await using((other) => other.discover())).toEqual(first);
    }));

    check('records-match-catalog', 'gives records that the catalog describes', () => eachObject(async (source, object) => {
      const fields = new Set(object.fields.map((field) => field.name));
      for (const record of recordsOf(await read(source, object.name))) {
        expect(record.object).toBe(object.name);
        expect(record.id).not.toBe('');
        expect(record.position).not.toBe('');
        if (record.modifiedAt !== null) expect(record.modifiedAt).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
        for (const field of Object.keys(record.data)) expect(fields, `${object.name} ${record.id}`).toContain(field);
        expect(JSON.parse(JSON.stringify(record))).toEqual(record);
      }
    }));

    check('profiles-match-records', 'states fill rates that the records bear out', () => eachObject(async (source, object) => {
      const records = recordsOf(await read(source, object.name));
      for (const field of object.fields) {
        if (field.profile === undefined) continue;
        const observed = records.filter((record) => filled(record.data[field.name])).length;
        expect(Math.round(field.profile.filled * records.length), `${object.name}.${field.name}`).toBe(observed);
      }
    }));

    check('ids-unique', 'gives every record an id of its own', () => eachObject(async (source, object) => {
      const ids = recordsOf(await read(source, object.name)).map((record) => record.id);
      expect(new Set(ids).size).toBe(ids.length);
    }));

    check('counts', 'counts in the catalog what it then reads', () => eachObject(async (source, object) => {
      const records = recordsOf(await read(source, object.name));
      if (object.count !== null) expect(records.length, object.name).toBe(object.count);
    }));

    check('same-cursor-same-page', 'gives the same page again for the same cursor', () => eachObject(async (source, object) => {
      const pages = await read(source, object.name);
      for (const [index, page] of pages.entries()) {
        if (page.cursor === null || index > 20) break;
        const cursor = JSON.parse(JSON.stringify(page.cursor)) as Json;
        for (let attempt = 0; attempt < 2; attempt += 1) {
          const again = source.read({ object: object.name, cursor, pageSize, answers })[Symbol.asyncIterator]();
          expect((await again.next()).value).toEqual(pages[index + 1]);
          await again.return?.();
        }
      }
    }));

    check('resume', 'goes on from every cursor, in a new connection, as one pass would have', () => eachObject(async (source, object) => {
      const pages = await read(source, object.name);
      expect(pages.at(-1)?.cursor ?? null).toBeNull();
      const cursors = pages.slice(0, -1).map((page) => page.cursor);
      const step = Math.max(1, Math.floor(cursors.length / 8));
      for (let index = 0; index < cursors.length; index += step) {
        const rest = await using((other) => read(other, object.name, JSON.parse(JSON.stringify(cursors[index])) as Json));
        expect(recordsOf(rest)).toEqual(recordsOf(pages.slice(index + 1)));
        expect(rejectedOf(rest)).toEqual(rejectedOf(pages.slice(index + 1)));
      }
    }));

    check('page-size', 'gives the same records whatever the page size', () => eachObject(async (source, object) => {
      const small = await read(source, object.name, null, 3);
      const large = await read(source, object.name, null, 10_000);
      expect(recordsOf(small)).toEqual(recordsOf(large));
      expect(rejectedOf(small)).toEqual(rejectedOf(large));
      for (const page of small) expect(page.records.length + page.rejected.length).toBeLessThanOrEqual(3);
    }));

    check('order', 'reads in the same order every time', () => eachObject(async (source, object) => {
      const ids = recordsOf(await read(source, object.name)).map((record) => record.id);
      expect(recordsOf(await using((other) => read(other, object.name))).map((record) => record.id)).toEqual(ids);
    }));

    check('rejected', 'reports every unreadable row once, with its place and text', () => eachObject(async (source, object) => {
      const rows = rejectedOf(await read(source, object.name));
      expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length);
      for (const row of rows) {
        expect(row.object).toBe(object.name);
        expect(row.code).toMatch(/^[a-z]+(-[a-z]+)*$/);
        expect(row.message).not.toBe('');
        expect(row.position).not.toBe('');
        expect(row.raw.length).toBeLessThanOrEqual(10_000);
      }
    }));

    check('errors', 'refuses what it does not know with an error that has a remedy', () => using(async (source) => {
      const catalog = await source.discover();
      const refusal = async (object: string, cursor: Json | null): Promise<unknown> => {
        try {
          await read(source, object, cursor);
          return null;
        } catch (error) {
          return error;
        }
      };
      for (const error of [await refusal('no-such-object', null), await refusal(catalog.objects[0]?.name ?? '', { nonsense: true })]) {
        expect(error).toBeInstanceOf(PortolanError);
        expect(error).toBeInstanceOf(ConfigurationError);
        expect((error as PortolanError).remedy).not.toBeNull();
      }
    }));

    check('abandon', 'can be left in the middle of a reading and read again', () => eachObject(async (source, object) => {
      for await (const page of source.read({ object: object.name, cursor: null, pageSize: 1, answers })) {
        expect(page).toBeDefined();
        break;
      }
      expect(recordsOf(await read(source, object.name)).length).toBe(recordsOf(await read(source, object.name)).length);
    }));

    check('files', 'streams every file as its value says, as often as asked, and says of one that is gone that it is gone', () => eachObject(async (source, object) => {
      const binary = object.fields.filter((field) => field.type === 'binary').map((field) => field.name);
      if (binary.length === 0) return;
      expect(source.capabilities.files, `${object.name} has files`).toBe(true);
      const values = recordsOf(await read(source, object.name)).flatMap((record) => binary.flatMap((field) => (record.data[field] === null || record.data[field] === undefined ? [] : [record.data[field]])));
      for (const value of values) {
        if (!isFileValue(value)) throw new Error(`${object.name}: ${JSON.stringify(value).slice(0, 200)} is no file value`);
        expect(value.sha1 !== null || value.sha256 !== null, value.$file).toBe(true);
      }
      const some = values.filter((_, index) => index % Math.ceil(values.length / filesLookedAt) === 0) as unknown as FileValue[];
      for (const file of some) {
        for (let attempt = 0; attempt < 2; attempt += 1) expect(await streamed(source, file), file.$file).toEqual({ size: file.size, sha1: file.sha1, sha256: file.sha256 });
      }
      const [first] = some;
      if (first === undefined) return;
      const error = await streamed(source, { ...first, $file: `${first.$file}-no-such-file` }).then(() => null, (thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(RecordRejectedError);
      expect((error as RecordRejectedError).code).toBe('file-gone');
    }));

    check('check', 'answers readiness checks with stable names, and a remedy for what is not passed', () => using(async (source) => {
      const results = await source.check();
      expect(new Set(results.map((result) => result.name)).size).toBe(results.length);
      for (const result of results) {
        expect(result.name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
        if (result.result === 'failed' || result.result === 'warning') expect(result.remedy, result.name).not.toBeNull();
      }
    }));

    check('close', 'can be closed twice', async () => {
      const source = await setup.open();
      await source.discover();
      await source.close();
      await source.close();
    });
  });
}
