import { createHash } from 'node:crypto';
import type { DestinationCapabilities } from '../capabilities.ts';
import type { Catalog, CatalogField, CatalogObject } from '../catalog.ts';
import type { CheckResult } from '../check-result.ts';
import type { CreatedRecord, Dependant, DestinationConnection, DestinationRecord, FieldDefinition, MatchHit } from '../destination.ts';
import { ConfigurationError, RecordRejectedError, type Rejection } from '../errors.ts';
import { isFileValue, type FileOpener, type StoredFile } from '../file-value.ts';
import type { Json, JsonObject } from '../json.ts';
import { loadMemoryState, saveMemoryState, type MemoryRow, type MemoryState } from './memory-state.ts';
import { normaliseInMemory, unfitReason } from './memory-values.ts';

export interface MemoryDestinationOptions {
  /** Objects with their fields. An object named by `schemaObject` ('schema.field' by default) is added: fields can be created through it. */
  readonly catalog: Catalog;
  /** Overrides of the default capabilities. */
  readonly capabilities?: Partial<DestinationCapabilities>;
  /** File that holds the state, written whole and renamed after every change: a killed process can be followed by another. */
  readonly file?: string;
  /** Results that `check` gives; default one that passed. */
  readonly checks?: readonly CheckResult[];
  /** Digests that it gives of a stored file. Default: both. */
  readonly digests?: readonly ('sha1' | 'sha256')[];
  /** Whether new fields are shown by records of the object 'display', one for each object. Default: false. */
  readonly displays?: boolean;
  /** Objects of `naturalKeys` that have ids of their own and of which a second create makes a second record. Default: none. */
  readonly repeatable?: readonly string[];
  /** Field by object: a create with a value that another record has gives that record, as one that existed. Default: none. */
  readonly unique?: { readonly [object: string]: string };
  /** How many parts of one record can be read, the newest ones, by object of `partOf`. Default: all. */
  readonly readable?: { readonly [object: string]: number };
}

/** What a test may look at beside the contract. */
export interface MemoryDestination extends DestinationConnection {
  /** All rows of an object as they stand, oldest first. */
  readonly rows: (object: string) => readonly MemoryRow[];
  /** A person's change at the destination: writes values under another user's name. */
  readonly touch: (object: string, id: string, values: JsonObject) => void;
  /** How often each method was called. */
  readonly calls: { readonly [method: string]: number };
}

const defaultCapabilities: DestinationCapabilities = {
  batchSize: { create: 100, update: 100, read: 100, delete: 100 },
  externalKey: 'atomic', lateCommitMs: {}, atomicBatches: true, concurrency: 2, ordersByCreation: [], delete: true, schemaObject: 'schema.field', maxCallBytes: 1_000_000,
};

/** The object of display records. */
const memoryDisplay = 'display';
const displayObject: CatalogObject = {
  name: memoryDisplay, label: 'Displays', count: null,
  fields: ['of', 'shows'].map((name) => ({ name, label: name, type: 'text', required: true, readonly: false, custom: false })),
};

const schemaFields: readonly CatalogField[] = ['object', 'name', 'label', 'type', 'options', 'relatedObject', 'currencyField', 'help'].map((name) => ({
  name, label: name, type: name === 'options' ? 'json' : 'text', required: ['object', 'name', 'type'].includes(name), readonly: false, custom: false,
}));

/**
 * A correct destination in memory, for the engine's tests and as the conformance suite's yardstick: external keys in the same
 * step as the record, all or nothing, versions that move with every write, deletion with dependants, files of which it keeps size
 * and digests. Keys of objects under `lateCommitMs` are not unique, as there. A record of `partOf` changes the one that it is part of.
 */
export function createMemoryDestination(options: Readonly<MemoryDestinationOptions>): MemoryDestination {
  const capabilities = { ...defaultCapabilities, ...options.capabilities };
  const state: MemoryState = loadMemoryState(options.file ?? null);
  const calls: { [method: string]: number } = {};
  const save = (): void => { if (options.file !== undefined) saveMemoryState(options.file, state); };
  const counted = (method: string): void => { calls[method] = (calls[method] ?? 0) + 1; };

  const objectNamed = (name: string): CatalogObject => {
    const object = catalogNow().objects.find((candidate) => candidate.name === name);
    if (object === undefined) throw new ConfigurationError({ code: 'missing-model', message: `This destination has no object ${name}.`, remedy: 'Correct the plan.' });
    return object;
  };
  const rowsOf = (object: string): MemoryRow[] => (state.rows[object] ??= []);
  const catalogNow = (): Catalog => {
    const added = (state.rows[capabilities.schemaObject ?? ''] ?? []).map((row) => row.values);
    const objects = [...options.catalog.objects, ...(options.displays === true ? [displayObject] : [])].map((object) => ({
      ...object, count: rowsOf(object.name).length,
      fields: [...object.fields, ...added.filter((values) => values['object'] === object.name).map(fieldFromRow)],
    }));
    if (capabilities.schemaObject === null || objects.some((object) => object.name === capabilities.schemaObject)) return { ...options.catalog, objects };
    return { ...options.catalog, objects: [...objects, { name: capabilities.schemaObject, label: 'Fields', count: added.length, fields: schemaFields }] };
  };
  const fieldsOf = (objectName: string, names: Iterable<string>): ReadonlyMap<string, CatalogField> => {
    const object = objectNamed(objectName);
    const fields = new Map(object.fields.map((field) => [field.name, field]));
    for (const name of names) if (!fields.has(name)) throw new ConfigurationError({ code: 'unknown-field', message: `${objectName} has no field '${name}'.`, remedy: 'Run discover again and correct the plan.' });
    return fields;
  };
  const rejectionsFor = (object: string, index: number, values: JsonObject, fields: ReadonlyMap<string, CatalogField>, isNew: boolean): readonly Rejection[] => {
    const found: Rejection[] = [];
    for (const [name, value] of Object.entries(values)) {
      const field = fields.get(name);
      const reason = field === undefined ? null : unfitReason(field, value, (related, id) => state.rows[related]?.some((row) => row.id === id) === true || !catalogNow().objects.some((one) => one.name === related));
      if (reason !== null) found.push({ index, code: reason.code, message: `${name}: ${reason.message}`, field: name });
    }
    for (const field of fields.values()) {
      const empty = values[field.name] === undefined ? isNew : values[field.name] === null || values[field.name] === '';
      if (field.required && empty) found.push({ index, code: 'required-empty', message: `${field.name}: ${object} needs a value.`, field: field.name });
    }
    return found.slice(0, 1);
  };
  const refuse = (object: string, rejections: readonly Rejection[]): void => {
    if (rejections.length > 0) throw new RecordRejectedError({ code: rejections[0]?.code ?? 'refused', message: `${object}: ${rejections.length} records refused; first: ${rejections[0]?.message ?? ''}`, rejections });
  };
  const isUnique = (object: string): boolean => capabilities.lateCommitMs[object] === undefined;
  const stamp = (): number => (state.clock += 1);
  const contentOf = (object: string, row: MemoryRow): string => {
    const names = objectNamed(object).fields.filter((field) => field.computed !== true).map((field) => field.name).sort();
    const parts = partsOf(object, row.id).map((part) => `${part.object}:${part.row.id}`).sort();
    return createHash('sha256').update(JSON.stringify([names.map((name) => row.values[name] ?? null), parts])).digest('hex').slice(0, 32);
  };
  const isNatural = (object: string): boolean => capabilities.naturalKeys?.includes(object) === true;
  const isRepeatable = (object: string): boolean => options.repeatable?.includes(object) === true;
  /** The id of a record that is told apart by its values alone. */
  const naturalId = (object: string, values: JsonObject): string => objectNamed(object).fields.map((field) => String(normaliseInMemory(field, values[field.name] ?? null) ?? '')).join(':');
  const partsOf = (object: string, id: string): { object: string; row: MemoryRow }[] => Object.entries(capabilities.partOf ?? {}).filter(([, part]) => part.object === object)
    .flatMap(([name, part]) => rowsOf(name).filter((row) => String(row.values[part.field] ?? '') === id).map((row) => ({ object: name, row })));
  /** Rows that can be read: all, or the newest of each record that they are part of. */
  const readable = (object: string): readonly MemoryRow[] => {
    const [limit, part] = [options.readable?.[object], capabilities.partOf?.[object]];
    if (limit === undefined || part === undefined) return rowsOf(object);
    return [...Map.groupBy(rowsOf(object), (row) => String(row.values[part.field] ?? '')).values()].flatMap((rows) => rows.slice(-limit));
  };
  /** A record that something is attached to, or taken from, has changed. */
  const moveParent = (object: string, values: JsonObject, by: string): void => {
    const part = capabilities.partOf?.[object];
    const parent = part === undefined ? undefined : rowsOf(part.object).find((row) => row.id === String(values[part.field] ?? ''));
    if (parent === undefined) return;
    parent.changed = stamp();
    parent.changedBy = by;
  };
  /** Reads every file to its end; what is stored of it. */
  const receive = async (values: JsonObject, open: FileOpener | undefined): Promise<JsonObject> => Object.fromEntries(await Promise.all(Object.entries(values).map(async ([name, value]): Promise<[string, Json]> => {
    const store = async (one: Json): Promise<Json> => {
      if (!isFileValue(one)) return one;
      if (open === undefined) throw new ConfigurationError({ code: 'no-files', message: `The call has a file in ${name} and no way to its bytes.`, remedy: 'This is a mistake in the engine.' });
      return { ...(Array.isArray(value) ? { name: one.name } : {}), ...await storeFile(open(one), options.digests ?? ['sha1', 'sha256']) };
    };
    return [name, Array.isArray(value) ? await Promise.all((value as readonly Json[]).map(store)) : await store(value)];
  })));
  const write = (row: MemoryRow, values: JsonObject, by: string, fields: ReadonlyMap<string, CatalogField>): void => {
    for (const [name, value] of Object.entries(values)) {
      const field = fields.get(name);
      row.values[name] = field === undefined ? value : normaliseInMemory(field, value);
    }
    row.changed = stamp();
    row.changedBy = by;
  };
  const linksTo = (object: string, ids: ReadonlySet<string>): Dependant[] => catalogNow().objects.flatMap((other) =>
    other.fields.filter((field) => field.relatedObject === object).flatMap((field) => rowsOf(other.name).flatMap((row): Dependant[] => {
      const value = row.values[field.name] ?? null;
      const held = Array.isArray(value) ? (value as readonly Json[]).map(String) : [String(value)];
      return held.filter((id) => ids.has(id)).map((id) => ({ ofId: id, object: other.name, id: row.id, effect: field.required ? 'deleted' : 'orphaned', label: `${other.label} ${row.id}` }));
    })));

  /** Deletes rows, what is part of them and what needs them; other references to them are emptied. */
  const remove = (object: string, gone: ReadonlySet<string>): void => {
    const rows = rowsOf(object).filter((row) => gone.has(row.id));
    if (rows.length === 0) return;
    for (const row of rows) for (const part of partsOf(object, row.id)) state.rows[part.object] = rowsOf(part.object).filter((other) => other !== part.row);
    for (const row of rows) moveParent(object, row.values, 'portolan');
    state.rows[object] = rowsOf(object).filter((row) => !gone.has(row.id));
    for (const dependant of linksTo(object, gone)) {
      if (dependant.effect === 'deleted') {
        remove(dependant.object, new Set([dependant.id]));
        continue;
      }
      const row = rowsOf(dependant.object).find((candidate) => candidate.id === dependant.id);
      for (const field of row === undefined ? [] : objectNamed(dependant.object).fields.filter((one) => one.relatedObject === object)) {
        const value = row?.values[field.name] ?? null;
        if (row !== undefined) row.values[field.name] = Array.isArray(value) ? (value as readonly Json[]).filter((id) => !gone.has(String(id))) : gone.has(String(value)) ? null : value;
      }
    }
  };

  return {
    capabilities,
    calls,
    rows: (object) => rowsOf(object),
    touch(object, id, values) {
      const row = rowsOf(object).find((candidate) => candidate.id === id);
      if (row === undefined) throw new Error(`no ${object} ${id} to touch`);
      write(row, values, 'a person', fieldsOf(object, Object.keys(values)));
      save();
    },
    async check() {
      counted('check');
      return options.checks ?? [{ name: 'memory', title: 'Memory', result: 'passed', message: 'Ready.', remedy: null }];
    },
    async discover(request) {
      counted('discover');
      const catalog = catalogNow();
      return { ...catalog, objects: catalog.objects.filter((object) => request.objects.includes(object.name)) };
    },
    async fields({ object }) {
      counted('fields');
      return catalogNow().objects.find((one) => one.name === object)?.fields ?? [];
    },
    async lookup({ object, keys, values, except = [] }) {
      counted('lookup');
      if (isNatural(object)) {
        if (values?.length !== keys.length) throw new ConfigurationError({ code: 'no-values', message: `${object} has no room for keys: a look-up needs the values.`, remedy: 'This is a mistake in the engine.' });
        const ids = new Map(rowsOf(object).filter((row) => !except.includes(row.id)).toReversed().map((row) => [isRepeatable(object) ? naturalId(object, row.values) : row.id, row.id]));
        return new Map(keys.flatMap((key, at) => {
          const id = ids.get(naturalId(object, values[at] ?? {}));
          return id === undefined ? [] : [[key, id] as const];
        }));
      }
      const wanted = new Set(keys);
      return new Map(rowsOf(object).flatMap((row) => (row.key !== null && wanted.has(row.key) ? [[row.key, row.id] as const] : [])));
    },
    async match(request) {
      counted('match');
      const fields = fieldsOf(request.object, [request.field, ...(request.fields ?? [])]);
      const fold = (text: string): string => (request.ignoreCase ? text.normalize('NFC').toLowerCase() : text);
      const hits: MatchHit[] = [];
      for (const row of rowsOf(request.object)) {
        const held = row.values[request.field] ?? null;
        const list = Array.isArray(held) ? (held as readonly Json[]).map(String) : held === null ? [] : [String(held)];
        for (const value of request.values) {
          if (list.some((one) => fold(one) === fold(value))) hits.push({ value, id: row.id, values: Object.fromEntries((request.fields ?? []).map((name) => [name, row.values[name] ?? emptyOf(fields.get(name))])) });
        }
      }
      return hits;
    },
    async create({ object, records: asked, files }) {
      counted('create');
      const size = capabilities.createBatchSize?.[object] ?? capabilities.batchSize.create;
      if (asked.length > size && capabilities.createBatchSize?.[object] !== undefined) throw new ConfigurationError({ code: 'too-many', message: `${object}: ${asked.length} records in one call; it takes ${size}.`, remedy: 'This is a mistake in the engine.' });
      const records = await Promise.all(asked.map(async ({ key, values }) => ({ key, values: await receive(values, files) })));
      const fields = fieldsOf(object, records.flatMap((record) => Object.keys(record.values)));
      const known = new Map(rowsOf(object).flatMap((row) => (row.key === null ? [] : [[row.key, row.id] as const])));
      const keys = new Set<string>();
      const rejections = records.flatMap((record, index) => {
        if (keys.has(record.key)) return [{ index, code: 'key-repeated', message: 'The key stands twice in one call.' }];
        keys.add(record.key);
        return known.has(record.key) && isUnique(object) ? [] : rejectionsFor(object, index, record.values, fields, true);
      });
      refuse(object, rejections);
      const shown = (row: MemoryRow): { seen?: JsonObject } => (capabilities.answersShow?.includes(object) === true ? { seen: { ...row.values } } : {});
      const created = records.map(({ key, values }): CreatedRecord => {
        const sole = options.unique?.[object];
        const other = sole === undefined ? undefined : rowsOf(object).find((row) => (row.values[sole] ?? null) !== null && row.values[sole] === (values[sole] ?? null));
        if (other !== undefined) return { key, id: other.id, existing: true };
        const keyless = capabilities.externalKey === 'none' || isNatural(object);
        const before = keyless || !isUnique(object) ? undefined : known.get(key);
        if (before !== undefined) return { key, id: before };
        const id = isNatural(object) && !isRepeatable(object) ? naturalId(object, values) : String((state.lastId[object] = (state.lastId[object] ?? 0) + 1));
        if (isNatural(object) && !isRepeatable(object) && rowsOf(object).some((row) => row.id === id)) return { key, id };
        const row: MemoryRow = { id, key: keyless ? null : key, values: {}, changed: 0, changedBy: 'portolan' };
        write(row, values, 'portolan', fields);
        rowsOf(object).push(row);
        moveParent(object, values, 'portolan');
        return { key, id: row.id, ...shown(row) };
      });
      save();
      return created;
    },
    async update({ object, changes: asked, files }) {
      counted('update');
      const changes = await Promise.all(asked.map(async ({ id, values }) => ({ id, values: await receive(values, files) })));
      const fields = fieldsOf(object, changes.flatMap((change) => Object.keys(change.values)));
      const byId = new Map(rowsOf(object).map((row) => [row.id, row]));
      refuse(object, changes.flatMap((change, index) => (byId.has(change.id) ? rejectionsFor(object, index, change.values, fields, false) : [{ index, code: 'record-gone', message: `${object} ${change.id} does not exist.` }])));
      for (const change of changes) {
        const row = byId.get(change.id);
        if (row !== undefined) write(row, change.values, 'portolan', fields);
      }
      save();
    },
    async versions({ object, ids }) {
      counted('versions');
      return new Map(readable(object).filter((row) => ids.includes(row.id)).map((row) => [row.id, `${row.changed}/${row.changedBy}`]));
    },
    async lastChanges({ object, ids }) {
      counted('lastChanges');
      return new Map(readable(object).filter((row) => ids.includes(row.id)).map((row) => [row.id, { by: row.changedBy, at: null, ownAccount: row.changedBy === 'portolan' }]));
    },
    async read({ object, ids, fields: names }) {
      counted('read');
      const fields = fieldsOf(object, names);
      const wanted = new Set(ids);
      return readable(object).filter((row) => wanted.has(row.id)).map((row): DestinationRecord => ({
        id: row.id, values: Object.fromEntries(names.map((name) => [name, row.values[name] ?? emptyOf(fields.get(name))])),
        version: `${row.changed}/${row.changedBy}`, contentHash: contentOf(object, row),
      }));
    },
    async delete({ object, ids }) {
      counted('delete');
      objectNamed(object);
      remove(object, new Set(ids));
      if (object === capabilities.schemaObject) dropOrphanedValues(state, catalogNow());
      save();
    },
    async dependants({ object, ids }) {
      counted('dependants');
      return linksTo(object, new Set(ids));
    },
    async count({ object }) {
      counted('count');
      objectNamed(object);
      return rowsOf(object).length;
    },
    async fingerprint({ objects }) {
      counted('fingerprint');
      const hashed = [...objects].sort().map((object) => ({ object, count: rowsOf(object).length, hash: createHash('sha256').update(rowsOf(object).map((row) => `${row.id}:${contentOf(object, row)}`).join('\n')).digest('hex') }));
      const sides = { keys: Object.values(state.rows).flat().filter((row) => row.key !== null).length };
      return { objects: hashed, sides, hash: createHash('sha256').update(JSON.stringify([hashed, sides])).digest('hex') };
    },
    normalise: ({ field, value }) => normaliseInMemory(field, value),
    fieldRecord: (definition: FieldDefinition) => Object.fromEntries(Object.entries({ ...definition }).map(([name, value]) => [name, value as Json])),
    ...(options.displays === true ? {
      displayRecords: async ({ fields }: { readonly fields: readonly FieldDefinition[] }) => [...new Set(fields.map((field) => field.object))].sort().map((of) => ({
        object: memoryDisplay, name: `${of} form`, values: { of, shows: fields.filter((field) => field.object === of).map((field) => field.name).sort().join(', ') },
      })),
    } : {}),
    close: async () => { save(); },
  };
}

function fieldFromRow(values: JsonObject): CatalogField {
  const text = (name: string): string | undefined => (typeof values[name] === 'string' ? values[name] : undefined);
  const related = text('relatedObject');
  return {
    name: text('name') ?? '', label: text('label') ?? '', type: (text('type') ?? 'text') as CatalogField['type'], required: false, readonly: false, custom: true,
    ...(related === undefined ? {} : { relatedObject: related }),
    ...(Array.isArray(values['options']) ? { options: values['options'] as NonNullable<CatalogField['options']> } : {}),
  };
}

function dropOrphanedValues(state: MemoryState, catalog: Catalog): void {
  for (const object of catalog.objects) {
    const names = new Set(object.fields.map((field) => field.name));
    for (const row of state.rows[object.name] ?? []) for (const name of Object.keys(row.values)) if (!names.has(name)) delete row.values[name];
  }
}

async function storeFile(bytes: AsyncIterable<Uint8Array>, digests: readonly ('sha1' | 'sha256')[]): Promise<StoredFile> {
  const hashes = { sha1: createHash('sha1'), sha256: createHash('sha256') };
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    for (const digest of digests) hashes[digest].update(chunk);
  }
  const hex = (digest: 'sha1' | 'sha256'): string | null => (digests.includes(digest) ? hashes[digest].digest('hex') : null);
  return { size, sha1: hex('sha1'), sha256: hex('sha256') };
}

function emptyOf(field: CatalogField | undefined): Json {
  return field === undefined ? null : normaliseInMemory(field, null);
}
