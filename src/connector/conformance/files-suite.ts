import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DestinationConnection } from '../destination.ts';
import type { FileOpener, FileValue, StoredFile } from '../file-value.ts';
import type { Json, JsonObject } from '../json.ts';
import type { DestinationFixture } from './destination-fixture.ts';

const CHUNK = 50_000;

function fileOf(name: string, bytes: Uint8Array): FileValue {
  return { $file: `conformance/${name}`, name, mimeType: null, size: bytes.length, sha1: createHash('sha1').update(bytes).digest('hex'), sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** Bytes without a pattern, the same for the same size: what compresses or repeats could hide a mistake. */
function bytesOf(size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  for (let at = 0, state = size + 1; at < size; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}

/** The part of the destination contract about fields of type `binary`. */
export function describeFiles(fixture: DestinationFixture): void {
  const { files } = fixture;
  if (files === undefined) return;
  const reason = fixture.skip?.files;
  describe.skipIf(reason !== undefined)(`destination contract: ${fixture.label}, files${reason === undefined ? '' : ` (skipped: ${reason})`}`, () => {
    const { object, field } = files;
    let connection: DestinationConnection;
    let parent = '';
    const made: string[] = [];
    const key = (): string => `conf-${randomUUID()}`;
    const recordOf = (file: FileValue): JsonObject => ({ ...files.values(file.name, parent), [field]: { ...file } });
    /** Streams bytes in pieces, as sources do; `breakAt` = the piece at which it fails. */
    const opener = (contents: ReadonlyMap<string, Uint8Array>, breakAt?: number): FileOpener => async function* open(file) {
      const bytes = contents.get(file.$file);
      if (bytes === undefined) throw new Error(`The destination asked for ${file.$file}, which is in none of the records.`);
      for (let at = 0; at < bytes.length; at += CHUNK) {
        if (at / CHUNK === breakAt) throw new Error('the source broke off (made up)');
        yield bytes.subarray(at, at + CHUNK);
      }
    };
    const stored = async (id: string): Promise<Json> => (await connection.read({ object, ids: [id], fields: [field] }))[0]?.values[field] ?? null;
    const expectStored = (value: Json, file: FileValue): void => {
      const held = value as unknown as StoredFile;
      expect(held.size).toBe(file.size);
      expect(held.sha1 !== null || held.sha256 !== null, 'at least one digest').toBe(true);
      if (held.sha1 !== null) expect(held.sha1).toBe(file.sha1);
      if (held.sha256 !== null) expect(held.sha256).toBe(file.sha256);
    };
    const create = async (sizes: readonly number[]): Promise<readonly { id: string; file: FileValue }[]> => {
      const contents = new Map(sizes.map((size, at) => [`conformance/f${at}-${size}.bin`, bytesOf(size)]));
      const values = [...contents].map(([reference, bytes]) => fileOf(reference.slice('conformance/'.length), bytes));
      const size = connection.capabilities.createBatchSize?.[object] ?? connection.capabilities.batchSize.create;
      const created: { id: string; file: FileValue }[] = [];
      for (let at = 0; at < values.length; at += size) {
        const part = values.slice(at, at + size);
        const records = await connection.create({ object, records: part.map((file) => ({ key: key(), values: recordOf(file) })), files: opener(contents) });
        records.forEach((record, index) => created.push({ id: record.id, file: part[index] as FileValue }));
      }
      made.push(...created.map((one) => one.id));
      return created;
    };

    beforeAll(async () => {
      connection = await fixture.open();
      parent = (await connection.create({ object: fixture.object, records: [{ key: key(), values: { [fixture.textField]: 'With files' } }] }))[0]?.id ?? '';
    });
    afterAll(async () => {
      await connection.delete({ object, ids: made });
      await connection.delete({ object: fixture.object, ids: [parent] });
      await connection.close();
    });

    it('describes the field as binary', async () => {
      expect((await connection.fields({ object })).find((one) => one.name === field)?.type).toBe('binary');
    });

    it('stores files of every size, and tells size and digest of what it holds', async () => {
      for (const { id, file } of await create([1, 2, 3, CHUNK, CHUNK + 1, files.largest])) expectStored(await stored(id), file);
    }, 300_000);

    it('knows a file by its key, and stores it once', async () => {
      const bytes = bytesOf(1000);
      const file = fileOf('once.bin', bytes);
      const own = key();
      const files_ = opener(new Map([[file.$file, bytes]]));
      const [first] = await connection.create({ object, records: [{ key: own, values: recordOf(file) }], files: files_ });
      made.push(first?.id ?? '');
      expect(await connection.lookup({ object, keys: [own] })).toEqual(new Map([[own, first?.id]]));
      const before = await connection.count({ object });
      const [again] = await connection.create({ object, records: [{ key: own, values: recordOf(file) }], files: files_ });
      expect(again?.id).toBe(first?.id);
      expect(await connection.count({ object })).toBe(before);
    });

    it('stores nothing of a call whose file breaks off', async () => {
      const bytes = bytesOf(5 * CHUNK);
      const file = fileOf('broken.bin', bytes);
      const own = key();
      const before = await connection.count({ object });
      await expect(connection.create({ object, records: [{ key: own, values: recordOf(file) }], files: opener(new Map([[file.$file, bytes]]), 3) })).rejects.toBeInstanceOf(Error);
      expect((await connection.lookup({ object, keys: [own] })).size).toBe(0);
      expect(await connection.count({ object })).toBe(before);
    }, 60_000);

    it('tells a file from another of the same size', async () => {
      const [one] = await create([777]);
      const other = new Uint8Array(777).fill(1);
      const file = fileOf('other.bin', other);
      const [record] = await connection.create({ object, records: [{ key: key(), values: recordOf(file) }], files: opener(new Map([[file.$file, other]])) });
      made.push(record?.id ?? '');
      expect(await stored(one?.id ?? '')).not.toEqual(await stored(record?.id ?? ''));
    });
  });
}
