import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CatalogField } from '../catalog.ts';
import type { CreatedRecord, DestinationConnection } from '../destination.ts';
import { AmbiguousError, ConfigurationError, RecordRejectedError } from '../errors.ts';
import type { Json, JsonObject } from '../json.ts';
import { createFlakyDestination } from '../testing/flaky-destination.ts';
import type { ConformanceTest, DestinationFixture } from './destination-fixture.ts';
import { describeFiles } from './files-suite.ts';
import { describeRelations } from './relations-suite.ts';

/**
 * The contract of `DestinationConnection` as tests. Every destination passes it: called from its test file in a few lines.
 * Works on a destination that holds other data: it makes its own records under random keys and removes them.
 */
export function describeDestination(fixture: DestinationFixture): void {
  const { object, textField } = fixture;
  let connection: DestinationConnection;
  let fields: ReadonlyMap<string, CatalogField>;
  const made: { object: string; ids: string[] }[] = [];

  const key = (): string => `conf-${randomUUID()}`;
  const text = (name: string, more: JsonObject = {}): JsonObject => ({ [textField]: name, ...more });
  const remember = (objectName: string, records: readonly CreatedRecord[]): readonly CreatedRecord[] => {
    made.push({ object: objectName, ids: records.map((record) => record.id) });
    return records;
  };
  const create = async (values: readonly JsonObject[], objectName = object): Promise<readonly CreatedRecord[]> =>
    remember(objectName, await connection.create({ object: objectName, records: values.map((one) => ({ key: key(), values: one })) }));
  const readOne = async (id: string, names: readonly string[], objectName = object): Promise<JsonObject> =>
    (await connection.read({ object: objectName, ids: [id], fields: names }))[0]?.values ?? {};
  const normal = (name: string, value: Json): Json => {
    const field = fields.get(name);
    if (field === undefined) throw new Error(`the catalog lacks ${object}.${name}`);
    return connection.normalise({ object, field, value });
  };
  const test = (name: ConformanceTest | null, title: string, run: () => Promise<void>, timeoutMs?: number): void => {
    const reason = name === null ? undefined : fixture.skip?.[name];
    if (reason === undefined) it(title, run, timeoutMs);
    else it.skip(`${title} (skipped: ${reason})`, () => {});
  };

  describe(`destination contract: ${fixture.label}`, () => {
    beforeAll(async () => {
      connection = await fixture.open();
      const catalog = await connection.discover({ objects: [object] });
      fields = new Map(catalog.objects[0]?.fields.map((field) => [field.name, field]));
    });
    afterEach(async () => {
      for (const { object: objectName, ids } of made.splice(0).reverse()) await connection.delete({ object: objectName, ids });
    });
    afterAll(async () => { await connection.close(); });

    test(null, 'discovers the objects asked for and leaves unknown ones out', async () => {
      const catalog = await connection.discover({ objects: [object, 'no.such.object'] });
      expect(catalog.objects.map((one) => one.name)).toEqual([object]);
      const names = catalog.objects[0]?.fields.map((field) => field.name) ?? [];
      expect(names).toEqual(expect.arrayContaining([textField, fixture.emailField, ...fixture.samples.map((sample) => sample.field)]));
      for (const sample of fixture.samples) expect(catalog.objects[0]?.fields.find((field) => field.name === sample.field)?.type, sample.field).toBe(sample.type);
    });

    test(null, 'answers every readiness check with a name and a remedy where something is wrong', async () => {
      const results = await connection.check({ objects: [object], createsFields: fixture.customFieldsOn !== null });
      expect(results.length).toBeGreaterThan(0);
      for (const result of results) {
        expect(result.name).toMatch(/^[a-z0-9-]+$/u);
        if (result.result === 'failed') expect(result.remedy, result.name).not.toBeNull();
      }
      expect(new Set(results.map((result) => result.name)).size).toBe(results.length);
    });

    test(null, 'creates records and gives their ids in the order of the request', async () => {
      const names = ['Zofia', 'Adam', 'Maria', 'Ewa', 'Jan'];
      const created = await create(names.map((name) => text(name)));
      for (const [at, record] of created.entries()) expect((await readOne(record.id, [textField]))[textField]).toBe(names[at]);
      const ids = created.map((record) => Number(record.id));
      expect([...ids].sort((left, right) => left - right)).toEqual(ids);
    });

    test(null, 'accepts records that fill different fields, and leaves the others at their defaults', async () => {
      const [sample] = fixture.samples;
      if (sample === undefined) throw new Error('the fixture has no samples');
      const [plain] = await create([text('Plain')]);
      const [withField, without] = await create([text('With', { [sample.field]: sample.values[0] }), text('Without')]);
      const names = fixture.samples.map((one) => one.field);
      expect((await readOne(withField?.id ?? '', [sample.field]))[sample.field]).toEqual(normal(sample.field, sample.values[0]));
      expect(await readOne(without?.id ?? '', names)).toEqual(await readOne(plain?.id ?? '', names));
    });

    test(null, 'creates nothing when one record of a batch is refused, and names it or nobody', async () => {
      for (const bad of fixture.refused) {
        const before = await connection.count({ object });
        const records = [text('Good one'), { ...text('Bad one'), ...bad.values }, text('Good two')].map((values) => ({ key: key(), values }));
        const error = await connection.create({ object, records }).then((done) => { remember(object, done); return null; }, (thrown: unknown) => thrown);
        expect(error, bad.name).toBeInstanceOf(RecordRejectedError);
        const indexes = (error as RecordRejectedError).rejections.map((rejection) => rejection.index);
        if (indexes.length > 0) expect(indexes, bad.name).toEqual([1]);
        for (const rejection of (error as RecordRejectedError).rejections) expect(rejection.message, bad.name).not.toMatch(/Traceback|_fkey|<class/u);
        expect(await connection.count({ object }), bad.name).toBe(before);
        expect((await connection.lookup({ object, keys: records.map((record) => record.key) })).size, bad.name).toBe(0);
      }
    });

    test(null, 'refuses a field that does not exist as a fault of the plan', async () => {
      const error = await connection.create({ object, records: [{ key: key(), values: text('Odd', { no_such_field_here: 'x' }) }] }).then(() => null, (thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(ConfigurationError);
      expect((error as ConfigurationError).message).toContain('no_such_field_here');
      expect((error as ConfigurationError).remedy).not.toBeNull();
    });

    test(null, 'finds records by their keys and leaves unknown keys out', async () => {
      const keys = [key(), key()];
      const created = remember(object, await connection.create({ object, records: keys.map((one, at) => ({ key: one, values: text(`Keyed ${at}`) })) }));
      const found = await connection.lookup({ object, keys: [...keys, key()] });
      expect(found).toEqual(new Map(created.map((record) => [record.key, record.id])));
    });

    test(null, 'does not create a key a second time, and leaves the first record as it is', async () => {
      const own = key();
      const [first] = remember(object, await connection.create({ object, records: [{ key: own, values: text('First') }] }));
      const before = await connection.count({ object });
      const [again, other] = remember(object, await connection.create({ object, records: [{ key: own, values: text('Second') }, { key: key(), values: text('Other') }] }));
      expect(again?.id).toBe(first?.id);
      expect(other?.id).not.toBe(first?.id);
      expect(await connection.count({ object })).toBe(before + 1);
      expect((await readOne(first?.id ?? '', [textField]))[textField]).toBe('First');
    });

    test(null, 'takes keys with any characters', async () => {
      const keys = ['plain', 'with space', 'dot.ted', 'sla/sh', 'comma,comma', 'ąęł ☃', 'x'.repeat(300), `percent%_`, "quote'\""].map((one) => `${one}-${randomUUID()}`);
      const created = remember(object, await connection.create({ object, records: keys.map((one) => ({ key: one, values: text('Key') })) }));
      const found = await connection.lookup({ object, keys });
      expect(keys.map((one) => found.get(one))).toEqual(created.map((record) => record.id));
    });

    test('ambiguous', 'lets an ambiguous create be settled by looking the keys up', async () => {
      for (const [kind, expected] of [['ambiguousAfter', 2], ['ambiguousBefore', 0]] as const) {
        const flaky = createFlakyDestination(connection, { seed: 7, chances: { [kind]: 1 }, maxFaults: 1 });
        const records = [{ key: key(), values: text('Lost answer 1') }, { key: key(), values: text('Lost answer 2') }];
        await expect(flaky.create({ object, records })).rejects.toBeInstanceOf(AmbiguousError);
        const found = await flaky.lookup({ object, keys: records.map((record) => record.key) });
        made.push({ object, ids: [...found.values()] });
        expect(found.size).toBe(expected);
        remember(object, await flaky.create({ object, records }));
        expect((await connection.match({ object, field: textField, values: ['Lost answer 1'], ignoreCase: false })).filter((hit) => made.flatMap((one) => one.ids).includes(hit.id)).map((hit) => hit.id)).toHaveLength(kind === 'ambiguousAfter' ? 1 : 2);
      }
    });

    test(null, 'matches existing records by value, with and without regard to case', async () => {
      const mark = randomUUID().slice(0, 8);
      const [one, two] = await create([text(`Łukasz ${mark}`, { [fixture.emailField]: `Lukasz.${mark}@Example.com` }), text(`100% A_B ${mark}`)]);
      const match = async (field: string, values: readonly string[], ignoreCase: boolean): Promise<readonly (readonly [string, string])[]> =>
        (await connection.match({ object, field, values, ignoreCase })).map((hit) => [hit.value, hit.id] as const);
      expect(await match(textField, [`Łukasz ${mark}`, 'nobody'], false)).toEqual([[`Łukasz ${mark}`, one?.id]]);
      expect(await match(textField, [`łukasz ${mark}`], false)).toEqual([]);
      expect(await match(textField, [`łUKASZ ${mark}`], true)).toEqual([[`łUKASZ ${mark}`, one?.id]]);
      expect(await match(fixture.emailField, [`LUKASZ.${mark}@EXAMPLE.COM`], true)).toEqual([[`LUKASZ.${mark}@EXAMPLE.COM`, one?.id]]);
      expect(await match(textField, [`100% a_b ${mark}`], true)).toEqual([[`100% a_b ${mark}`, two?.id]]);
      expect(await match(textField, [`%${mark}`, `100_ A_B ${mark}`], true)).toEqual([]);
      const [hit] = await connection.match({ object, field: fixture.emailField, values: [`lukasz.${mark}@example.com`], ignoreCase: true, fields: [textField] });
      expect(hit?.values[textField]).toBe(`Łukasz ${mark}`);
    });

    test(null, 'reads every type back in the form it was written in', async () => {
      const filled = (at: 0 | 1): JsonObject => Object.fromEntries(fixture.samples.map((sample) => [sample.field, sample.values[at]]));
      const names = fixture.samples.map((sample) => sample.field);
      const [record] = await create([text('All types', filled(0))]);
      const first = await readOne(record?.id ?? '', names);
      for (const sample of fixture.samples) expect(normal(sample.field, first[sample.field] ?? null), sample.field).toEqual(normal(sample.field, sample.values[0]));
      await connection.update({ object, changes: [{ id: record?.id ?? '', values: filled(1) }] });
      const second = await readOne(record?.id ?? '', names);
      for (const sample of fixture.samples) expect(normal(sample.field, second[sample.field] ?? null), sample.field).toEqual(normal(sample.field, sample.values[1]));
      await connection.update({ object, changes: [{ id: record?.id ?? '', values: Object.fromEntries(names.map((name) => [name, null])) }] });
      const emptied = await readOne(record?.id ?? '', names);
      for (const sample of fixture.samples) expect(normal(sample.field, emptied[sample.field] ?? null), `${sample.field} emptied`).toEqual(normal(sample.field, null));
    });

    test(null, 'updates only the fields given, for equal and for different values', async () => {
      const mail = fixture.emailField;
      const created = await create(['A', 'B', 'C'].map((name) => text(name, { [mail]: `${name}@example.com` })));
      await connection.update({ object, changes: created.map((record) => ({ id: record.id, values: { [mail]: 'same@example.com' } })) });
      await connection.update({ object, changes: created.map((record, at) => ({ id: record.id, values: { [textField]: `New ${at}` } })) });
      for (const [at, record] of created.entries()) expect(await readOne(record.id, [textField, mail])).toEqual({ [textField]: `New ${at}`, [mail]: 'same@example.com' });
    });

    test(null, 'moves the version with every write, and the content hash only with the content', async () => {
      const [record] = await create([text('Before')]);
      const look = async () => (await connection.read({ object, ids: [record?.id ?? ''], fields: [textField] }))[0];
      const before = await look();
      await new Promise((resolve) => { setTimeout(resolve, 1_100); }); // some platforms stamp writes to the second
      await connection.update({ object, changes: [{ id: record?.id ?? '', values: text('After') }] });
      const after = await look();
      expect(after?.version).not.toBe(before?.version);
      if (connection.versions !== undefined) expect([...await connection.versions({ object, ids: [record?.id ?? '', '999999999'] })]).toEqual([[record?.id, after?.version]]);
      if (connection.lastChanges !== undefined) {
        const changes = await connection.lastChanges({ object, ids: [record?.id ?? '', '999999999'] });
        expect([...changes.keys()]).toEqual([record?.id]);
        const change = changes.get(record?.id ?? '');
        expect(change?.by === null || (change?.by ?? '') !== '').toBe(true);
        if (change?.at !== undefined && change.at !== null) expect(Math.abs(Date.parse(change.at) - Date.now()), change.at).toBeLessThan(24 * 3_600_000);
      }
      expect(after?.contentHash).not.toBe(before?.contentHash);
      await connection.update({ object, changes: [{ id: record?.id ?? '', values: text('Before') }] });
      expect((await look())?.contentHash).toBe(before?.contentHash);
    });

    test(null, 'reads only what is there, and takes ids that were never given', async () => {
      const [record] = await create([text('There')]);
      const records = await connection.read({ object, ids: ['999999999', record?.id ?? '', 'not-an-id'], fields: [textField] });
      expect(records.map((one) => one.id)).toEqual([record?.id]);
      expect(await connection.read({ object, ids: [], fields: [textField] })).toEqual([]);
    });

    test(null, 'deletes records with their keys, and again without complaint', async () => {
      const keys = [key(), key()];
      const created = await connection.create({ object, records: keys.map((one) => ({ key: one, values: text('Short-lived') })) });
      const before = await connection.count({ object });
      const ids = created.map((record) => record.id);
      await connection.delete({ object, ids: [ids[0] ?? ''] });
      await connection.delete({ object, ids });
      await connection.delete({ object, ids });
      expect(await connection.count({ object })).toBe(before - 2);
      expect((await connection.lookup({ object, keys })).size).toBe(0);
    });

    if (fixture.archived !== null) {
      const archived = fixture.archived;
      test(null, 'counts, matches, reads and deletes archived records like others', async () => {
        const mark = randomUUID();
        const before = await connection.count({ object });
        const [record] = await create([text(`Archived ${mark}`, archived)]);
        expect(await connection.count({ object })).toBe(before + 1);
        expect((await connection.match({ object, field: textField, values: [`Archived ${mark}`], ignoreCase: false })).map((hit) => hit.id)).toEqual([record?.id]);
        expect(await readOne(record?.id ?? '', Object.keys(archived))).toEqual(archived);
      });
    }

    const { selfLink, history } = fixture;
    if (selfLink !== null) {
      test('dependants', 'links records, and lists what hangs on them', async () => {
        const [parent] = await create([text('Parent')]);
        const [child] = await create([text('Child', { [selfLink]: parent?.id ?? '' })]);
        expect((await readOne(child?.id ?? '', [selfLink]))[selfLink]).toBe(parent?.id);
        const found = await connection.dependants({ object, ids: [parent?.id ?? ''] });
        expect(found.map(({ ofId, object: kind, id, effect }) => ({ ofId, kind, id, effect }))).toEqual([{ ofId: parent?.id, kind: object, id: child?.id, effect: 'orphaned' }]);
        expect(await connection.dependants({ object, ids: [child?.id ?? ''] })).toEqual([]);
      });
    }
    if (history !== null) {
      test('dependants', 'keeps history in the order it was given, and counts it as hanging on its record', async () => {
        const [parent] = await create([text('With history')]);
        const entries = await create(Array.from({ length: 12 }, (_, at) => history.values(parent?.id ?? '', at)), history.object);
        const ids = entries.map((entry) => Number(entry.id));
        expect(ids).toEqual([...ids].sort((left, right) => left - right));
        const found = await connection.dependants({ object, ids: [parent?.id ?? ''] });
        expect(found.filter((one) => one.object === history.object).map((one) => one.id).sort()).toEqual(entries.map((entry) => entry.id).sort());
        expect(found.every((one) => one.effect === 'deleted')).toBe(true);
        expect(connection.capabilities.ordersByCreation).toContain(history.object);
      });
    }

    test('fingerprint', 'has the same fingerprint after everything was deleted again', async () => {
      const before = await connection.fingerprint({ objects: fixture.fingerprinted });
      const created = await connection.create({ object, records: Array.from({ length: 20 }, (_, at) => ({ key: key(), values: text(`Passing ${at}`) })) });
      const during = await connection.fingerprint({ objects: fixture.fingerprinted });
      expect(during.hash).not.toBe(before.hash);
      await connection.update({ object, changes: created.slice(0, 5).map((record) => ({ id: record.id, values: text('Changed') })) });
      const changed = await connection.fingerprint({ objects: fixture.fingerprinted });
      expect(changed.hash).not.toBe(during.hash);
      await connection.delete({ object, ids: created.map((record) => record.id) });
      expect(await connection.fingerprint({ objects: fixture.fingerprinted })).toEqual(before);
    });

    const { customFieldsOn } = fixture;
    if (customFieldsOn !== null) {
      test('displays', 'offers records that show new fields, which come and go without a trace', async () => {
        const schemaObject = connection.capabilities.schemaObject ?? '';
        const definition = { object: customFieldsOn, name: fixture.customFieldName(`shown_${randomUUID().slice(0, 6)}`), label: 'Shown', type: 'text' as const };
        if (connection.displayRecords === undefined) return;
        expect(await connection.displayRecords({ fields: [] })).toEqual([]);
        const wanted = await connection.displayRecords({ fields: [definition] });
        expect(new Set(wanted.map((one) => one.name)).size).toBe(wanted.length);
        expect(await connection.displayRecords({ fields: [definition] })).toEqual(wanted);
        const objects = [...new Set(wanted.map((one) => one.object))];
        const before = await connection.fingerprint({ objects: [...objects, schemaObject] });
        const [field] = await connection.create({ object: schemaObject, records: [{ key: key(), values: connection.fieldRecord(definition) }] });
        const shown: { object: string; id: string }[] = [];
        try {
          for (const one of wanted) {
            const own = key();
            const [record] = await connection.create({ object: one.object, records: [{ key: own, values: one.values }] });
            shown.push({ object: one.object, id: record?.id ?? '' });
            expect(await connection.lookup({ object: one.object, keys: [own] })).toEqual(new Map([[own, record?.id]]));
            const known = new Map((await connection.fields({ object: one.object })).map((each) => [each.name, each]));
            const found = await readOne(record?.id ?? '', Object.keys(one.values), one.object);
            for (const [name, value] of Object.entries(one.values)) {
              const each = known.get(name);
              if (each === undefined) throw new Error(`${one.object} lacks ${name}`);
              expect(connection.normalise({ object: one.object, field: each, value: found[name] ?? null }), name).toEqual(connection.normalise({ object: one.object, field: each, value }));
            }
          }
        } finally {
          for (const one of shown.reverse()) await connection.delete({ object: one.object, ids: [one.id] });
          await connection.delete({ object: schemaObject, ids: [field?.id ?? ''] });
        }
        expect(await connection.fingerprint({ objects: [...objects, schemaObject] })).toEqual(before);
      }, 120_000);

      test('custom-fields', 'makes custom fields of every kind in one batch, fills them, and takes them away without a trace', async () => {
        const schemaObject = connection.capabilities.schemaObject ?? '';
        const before = await connection.fingerprint({ objects: [...fixture.fingerprinted, schemaObject] });
        const suffix = randomUUID().slice(0, 6);
        const kinds = [
          ['text', 'Zażółć & <b>'], ['longText', 'line 1\nline 2'], ['integer', 42], ['decimal', '3.25'], ['boolean', true], ['date', '2020-02-29'], ['datetime', '2020-02-29T23:59:58Z'], ['selection', 'b'],
        ] as const;
        const nameOf = (kind: string): string => fixture.customFieldName(`${kind.toLowerCase()}_${suffix}`);
        const definitions = kinds.map(([type]) => ({ object: customFieldsOn, name: nameOf(type), label: `Field ${type}`, type, ...(type === 'selection' ? { options: [{ value: 'a', label: 'b' }, { value: 'b', label: "It's \"B\"" }] } : {}) }));
        const made2 = await connection.create({ object: schemaObject, records: definitions.map((definition) => ({ key: key(), values: connection.fieldRecord(definition) })) });
        try {
          const catalog = await connection.discover({ objects: [customFieldsOn] });
          const found = new Map(catalog.objects[0]?.fields.map((field) => [field.name, field]));
          for (const definition of definitions) expect(found.get(definition.name), definition.name).toMatchObject({ type: definition.type, custom: true, readonly: false });
          const values = Object.fromEntries(kinds.map(([type, value]) => [nameOf(type), value]));
          const [record] = await connection.create({ object: customFieldsOn, records: [{ key: key(), values: text('Custom', values) }] });
          const [read] = await connection.read({ object: customFieldsOn, ids: [record?.id ?? ''], fields: Object.keys(values) });
          expect(read?.values).toEqual(values);
          await connection.delete({ object: customFieldsOn, ids: [record?.id ?? ''] });
        } finally {
          await connection.delete({ object: schemaObject, ids: made2.map((record) => record.id) });
        }
        expect(await connection.fingerprint({ objects: [...fixture.fingerprinted, schemaObject] })).toEqual(before);
      }, 120_000);
    }

    test('special-characters', 'keeps every character that means something, and stores no character that breaks a page', async () => {
      const good = ['emoji 👩‍🚀 end', 'quotes \'"`', 'tab\there', 'ąćęłńóśźż ÄÖÜ ß 漢字', 'a<b & c > d', '{"json": [1]}', '=1+1', "Robert'); DROP TABLE x;--", '%s %d \\n', 'U+2028 \u2028 end'];
      const created = await create(good.map((name) => text(name)));
      for (const [at, record] of created.entries()) expect((await readOne(record.id, [textField]))[textField], good[at]).toBe(good[at]);
      const odd = ['nul \u0000 end', 'bell \u0007 end', 'half \ud83d end', 'fffe \ufffe end', 'escape \u001b[31m end', 'cr\r\nlf'];
      for (const name of odd) {
        const records = await create([text(name)]).catch((error: unknown) => { if (error instanceof RecordRejectedError) return []; throw error; });
        for (const record of records) expect(normal(textField, (await readOne(record.id, [textField]))[textField] ?? null), JSON.stringify(name)).toBe(normal(textField, name));
      }
    });

    test('big-batch', `writes, reads and deletes ${fixture.bigBatch} records`, async () => {
      const before = await connection.count({ object });
      const size = connection.capabilities.batchSize.create;
      const ids: string[] = [];
      for (let at = 0; at < fixture.bigBatch; at += size) {
        const count = Math.min(size, fixture.bigBatch - at);
        ids.push(...(await create(Array.from({ length: count }, (_, index) => text(`Many ${at + index}`)))).map((record) => record.id));
      }
      expect(new Set(ids).size).toBe(fixture.bigBatch);
      expect(await connection.count({ object })).toBe(before + fixture.bigBatch);
      const read = await connection.read({ object, ids, fields: [textField] });
      expect(new Map(read.map((record) => [record.id, record.values[textField]]))).toEqual(new Map(ids.map((id, at) => [id, `Many ${at}`])));
    }, 300_000);
  });
  describeRelations(fixture);
  describeFiles(fixture);
}
