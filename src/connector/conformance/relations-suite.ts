import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CreatedRecord, DestinationConnection } from '../destination.ts';
import { RecordRejectedError } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import type { DestinationFixture } from './destination-fixture.ts';

/** The part of the destination contract about objects without room for a key: `capabilities.naturalKeys` and `partOf`. */
export function describeRelations(fixture: DestinationFixture): void {
  const reason = fixture.skip?.relations;
  for (const relation of fixture.relations ?? []) {
    describe.skipIf(reason !== undefined)(`destination contract: ${fixture.label}, ${relation.object}${reason === undefined ? '' : ` (skipped: ${reason})`}`, () => {
      const { object } = relation;
      let connection: DestinationConnection;
      const key = (): string => `conf-${randomUUID()}`;
      const keyed = (values: readonly JsonObject[]): { key: string; values: JsonObject }[] => values.map((one) => ({ key: key(), values: one }));
      const lookup = (values: readonly JsonObject[]): Promise<(string | undefined)[]> => {
        const keys = values.map(key);
        return connection.lookup({ object, keys, values }).then((found) => keys.map((one) => found.get(one)));
      };
      beforeAll(async () => { connection = await fixture.open(); });
      afterAll(() => connection.close());

      /** Runs with records of both sides, and takes them away again. */
      const withRecords = async (records: number, others: number, work: (records: readonly string[], others: readonly string[]) => Promise<void>): Promise<void> => {
        const mark = randomUUID().slice(0, 8);
        const ids = (created: readonly CreatedRecord[]): readonly string[] => created.map((one) => one.id);
        const left = ids(await connection.create({ object: fixture.object, records: keyed(Array.from({ length: records }, (_, at) => ({ [fixture.textField]: `Tied ${mark} ${at}` }))) }));
        const right = ids(await connection.create({ object: relation.to.object, records: keyed(Array.from({ length: others }, (_, at) => relation.to.values(`Tie ${mark} ${at}`))) }));
        try {
          await work(left, right);
        } finally {
          await connection.delete({ object: fixture.object, ids: left });
          await connection.delete({ object: relation.to.object, ids: right });
        }
      };

      it('is stated as one without keys, and described', async () => {
        expect(connection.capabilities.naturalKeys).toContain(object);
        const [described] = (await connection.discover({ objects: [object] })).objects;
        const names = Object.keys(relation.values('1', '2'));
        expect(described?.name).toBe(object);
        expect(described?.fields.map((field) => field.name)).toEqual(expect.arrayContaining(names));
        expect((await connection.fields({ object })).filter((field) => names.includes(field.name)).map((field) => field.type)).toEqual(names.map(() => 'reference'));
      });

      it('creates them once however often they are created, finds them by their values, and reads them back', () => withRecords(2, 3, async ([one = '', two = ''], [a = '', b = '', c = '']) => {
        const before = await connection.count({ object });
        const values = [relation.values(one, a), relation.values(one, b), relation.values(two, a)];
        expect(await lookup(values)).toEqual([undefined, undefined, undefined]);
        const created = await connection.create({ object, records: keyed(values) });
        expect(new Set(created.map((record) => record.id)).size).toBe(3);
        expect(await connection.count({ object })).toBe(before + 3);
        const again = await connection.create({ object, records: keyed([...values.slice(1), relation.values(two, c)]) });
        expect(again.slice(0, 2).map((record) => record.id)).toEqual(created.slice(1).map((record) => record.id));
        expect(await connection.count({ object })).toBe(before + 4);
        expect(await lookup([...values, relation.values(two, b)])).toEqual([...created.map((record) => record.id), undefined]);
        const names = Object.keys(values[0] ?? {});
        const read = new Map((await connection.read({ object, ids: [...created.map((record) => record.id), 'not-an-id', '999999999:1'], fields: names })).map((record) => [record.id, record.values]));
        expect(created.map((record) => read.get(record.id))).toEqual(values);
        expect(read.size).toBe(3);
        await connection.delete({ object, ids: [created[0]?.id ?? ''] });
        await connection.delete({ object, ids: [created[0]?.id ?? '', created[1]?.id ?? ''] });
        expect(await connection.count({ object })).toBe(before + 2);
        expect(await lookup(values)).toEqual([undefined, undefined, created[2]?.id]);
        expect((await connection.read({ object: fixture.object, ids: [one, two], fields: [fixture.textField] })).length).toBe(2);
      }), 120_000);

      it('refuses what ties a record to nothing, and then creates none of the call', () => withRecords(1, 1, async ([one = ''], [a = '']) => {
        const before = await connection.count({ object });
        const error = await connection.create({ object, records: keyed([relation.values(one, a), relation.values(one, '999999999')]) }).then(() => null, (thrown: unknown) => thrown);
        expect(error).toBeInstanceOf(RecordRejectedError);
        const indexes = (error as RecordRejectedError).rejections.map((rejection) => rejection.index);
        if (indexes.length > 0) expect(indexes).toEqual([1]);
        expect(await connection.count({ object })).toBe(before);
      }), 120_000);

      it('shows a record that something is attached to as changed, and as it was when that is taken away', () => withRecords(1, 1, async ([one = ''], [a = '']) => {
        const look = async (): Promise<string | undefined> => (await connection.read({ object: fixture.object, ids: [one], fields: [] }))[0]?.contentHash;
        const before = await look();
        const [tie] = await connection.create({ object, records: keyed([relation.values(one, a)]) });
        expect(await look()).not.toBe(before);
        await connection.delete({ object, ids: [tie?.id ?? ''] });
        expect(await look()).toBe(before);
      }), 120_000);

      it('takes them along with the record that they are part of', () => withRecords(2, 2, async ([one = '', two = ''], [a = '', b = '']) => {
        const part = connection.capabilities.partOf?.[object];
        expect(part?.object).toBe(fixture.object);
        const values = [relation.values(one, a), relation.values(one, b), relation.values(two, a)];
        expect(values.map((one_) => one_[part?.field ?? ''])).toEqual([one, one, two]);
        await connection.create({ object, records: keyed(values) });
        await connection.delete({ object: fixture.object, ids: [one] });
        expect((await lookup(values)).map((id) => id !== undefined)).toEqual([false, false, true]);
      }), 120_000);
    });
  }
}
