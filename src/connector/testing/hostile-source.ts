import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Catalog, CatalogObject } from '../catalog.ts';
import type { Connector } from '../connector.ts';
import { ConfigurationError, FatalError, RecordRejectedError, RetriableError } from '../errors.ts';
import type { FileValue } from '../file-value.ts';
import type { Json } from '../json.ts';
import type { ReadRequest, RejectedRow, SourceConnection, SourcePage, SourceRecord } from '../source.ts';
import { badCharacters, hostileEvils, rightToLeft, scripts, seededRandom, type HostileEvil } from './hostile-evils.ts';

export interface HostileOptions {
  readonly seed: number;
  /** Records of each object. */
  readonly records: number;
  readonly evils: readonly HostileEvil[];
}

const objectFields = {
  company: ['id', 'name', 'city'],
  contact: ['id', 'full_name', 'email', 'company_id', 'description'],
  note: ['id', 'contact_id', 'body', 'created_at'],
  file: ['id', 'contact_id', 'name', 'content'],
} as const;
type ObjectName = keyof typeof objectFields;
const objectNames = Object.keys(objectFields) as ObjectName[];

const pick = <T>(list: readonly T[], random: () => number): T => list[Math.floor(random() * list.length)] as T;

/** Between 10 and 4,900 bytes: of one piece and of several. */
function hostileBytes(number: number): Uint8Array {
  const random = seededRandom(number + 1);
  return Uint8Array.from({ length: 10 + Math.floor(random() * 4_890) }, () => Math.floor(random() * 255));
}

function hostileFile(number: number): FileValue {
  const bytes = hostileBytes(number);
  return { $file: `hostile/${number}`, name: `file ${number}.bin`, mimeType: null, size: bytes.length, sha1: null, sha256: createHash('sha256').update(bytes).digest('hex') };
}

function plainData(object: ObjectName, number: number, records: number): { [field: string]: Json } {
  const id = `${object}-${number}`;
  if (object === 'company') return { id, name: `Company ${number}`, city: number % 2 === 0 ? 'Gdynia' : 'Poznań' };
  if (object === 'contact') return { id, full_name: `Person ${number}`, email: `person${number}@mail.example.org`, company_id: `company-${number % records}`, description: `About ${number}` };
  if (object === 'file') return { id, contact_id: `contact-${number % records}`, name: `File ${number}`, content: { ...hostileFile(number) } };
  return { id, contact_id: `contact-${number % records}`, body: `Note ${number}`, created_at: new Date(Date.UTC(2024, 0, 1) + number * 60_000).toISOString() };
}

/** One record, spoiled as its seed and number say: any reading order gives the same record. */
function makeRecord(object: ObjectName, number: number, options: HostileOptions): SourceRecord {
  const random = seededRandom(options.seed * 1_000_003 + number * 31 + objectNames.indexOf(object));
  const has = (evil: HostileEvil): boolean => options.evils.includes(evil);
  const data = plainData(object, number, options.records);
  const text = object === 'company' ? 'name' : object === 'contact' ? 'full_name' : object === 'file' ? 'name' : 'body';
  const spoil = (evil: HostileEvil, chance: number, how: () => void): void => { if (has(evil) && random() < chance) how(); };
  spoil('scripts', 0.3, () => { data[text] = pick(scripts, random); });
  spoil('right-to-left', 0.3, () => { data[text] = pick(rightToLeft, random); });
  spoil('bad-characters', 0.3, () => { data[text] = `${String(data[text])} ${pick(badCharacters, random)}`; });
  spoil('long-values', 0.1, () => { data[text] = 'ż'.repeat(10_000); });
  spoil('huge-cells', 0.02, () => { data[text] = 'x'.repeat(2_000_000); });
  spoil('wrong-types', 0.2, () => { data[text] = pick<Json>([42, true, { nested: [1, { deep: null }] }, [], -0.5], random); });
  spoil('dangling-references', 0.3, () => { if (object !== 'company') data[object === 'contact' ? 'company_id' : 'contact_id'] = `nobody-${number}`; });
  return { object, id: `${object}-${number}`, data, modifiedAt: null, position: `${object} ${number}` };
}

/** Records and rejected rows of one position in the stream; a position may hold several, or none. */
function atPosition(object: ObjectName, number: number, options: HostileOptions): { readonly records: SourceRecord[]; readonly rejected: RejectedRow[] } {
  const has = (evil: HostileEvil): boolean => options.evils.includes(evil);
  const random = seededRandom(options.seed * 7_919 + number * 17 + objectNames.indexOf(object));
  const records = [makeRecord(object, number, options)];
  const rejected: RejectedRow[] = [];
  if (has('duplicate-ids') && number > 0 && random() < 0.15) {
    const earlier = makeRecord(object, Math.floor(random() * number), options);
    records.push(random() < 0.5 ? earlier : { ...earlier, data: { ...earlier.data, id: earlier.id, changed: 'other content' }, position: `${earlier.position} again` });
  }
  if (has('rejected-rows') && random() < 0.1) {
    rejected.push({ object, id: `unreadable:${object} ${number}`, position: `${object} ${number}`, code: 'unreadable', message: `${object} ${number}: cannot be read`, raw: pick([...scripts, ...badCharacters], random) });
  }
  return { records, rejected };
}

function describe(options: HostileOptions): Catalog {
  const objects = objectNames.map((name): CatalogObject => ({
    name, label: name, count: options.records,
    fields: [...objectFields[name], ...(options.evils.includes('duplicate-ids') ? ['changed'] : [])].map((field) => ({ name: field, label: field, type: field === 'email' ? 'email' : field === 'created_at' ? 'datetime' : field === 'content' ? 'binary' : 'text', required: false, readonly: true, custom: false })),
  }));
  return { platform: 'hostile', version: null, edition: null, objects, facts: { evils: [...options.evils] }, limits: [], notes: [], questions: [] };
}

function positionOf(cursor: Json): number {
  const position = typeof cursor === 'object' && cursor !== null && 'position' in cursor ? cursor['position'] : null;
  if (typeof position !== 'number' || !Number.isInteger(position) || position < 0) throw new ConfigurationError({ code: 'bad-cursor', message: `The reading position ${JSON.stringify(cursor)} is none of this source.`, remedy: 'Start the reading again.' });
  return position;
}

/**
 * A source that misbehaves on purpose, in ways that can be switched on one by one; deterministic by seed.
 * The engine must come through each of them without losing or doubling a record.
 */
export function openHostileSource(options: HostileOptions): SourceConnection {
  const failuresLeft = new Map<string, number>(objectNames.map((name) => [name, 3]));
  const has = (evil: HostileEvil): boolean => options.evils.includes(evil);

  async function* read(request: ReadRequest): AsyncGenerator<SourcePage> {
    const object = objectNames.find((name) => name === request.object);
    if (object === undefined) throw new ConfigurationError({ code: 'unknown-object', message: `The hostile source has no object ${JSON.stringify(request.object)}.`, remedy: `Use one of: ${objectNames.join(', ')}.` });
    let position = request.cursor === null ? 0 : positionOf(request.cursor);
    let page = 0;
    while (position < options.records) {
      const middle = position >= options.records / 2;
      const left = failuresLeft.get(object) ?? 0;
      if (has('retriable-error') && middle && left > 0) {
        failuresLeft.set(object, left - 1);
        throw new RetriableError({ code: 'hostile-hiccup', message: `The hostile source breaks off at ${object} ${position}.`, remedy: 'Try again.' });
      }
      if (has('fatal-error') && middle) throw new FatalError({ code: 'hostile-end', message: `The hostile source gives up at ${object} ${position}.`, remedy: 'Nothing helps.' });
      if (has('empty-pages') && page % 2 === 0) yield { records: [], rejected: [], cursor: { position } };
      const records: SourceRecord[] = [];
      const rejected: RejectedRow[] = [];
      const from = position;
      while (position < options.records && position - from < request.pageSize) {
        const found = atPosition(object, position, options);
        records.push(...found.records);
        rejected.push(...found.rejected);
        position += 1;
      }
      const cursor = position < options.records ? { position } : null;
      if (has('repeated-page') && page === 1) yield { records, rejected, cursor: { position: from } };
      yield { records, rejected, cursor };
      page += 1;
    }
    if (options.records === 0 || position > options.records) yield { records: [], rejected: [], cursor: null };
  }

  const begun = new Set<string>();
  async function* openFile({ file }: { readonly file: FileValue }): AsyncGenerator<Uint8Array> {
    const number = Number(/^hostile\/(\d+)$/u.exec(file.$file)?.[1] ?? Number.NaN);
    const random = seededRandom(options.seed * 104_729 + number);
    const gone = random() < 0.15 && has('gone-files');
    const changed = random() < 0.2 && has('changed-files');
    if (!(number < options.records) || gone) throw new RecordRejectedError({ code: 'file-gone', message: `The hostile source has no file ${file.$file} any more.`, remedy: 'Nothing helps.', rejections: [] });
    let bytes = hostileBytes(number);
    if (changed) bytes = pick([bytes.subarray(0, Math.max(0, bytes.length - 1)), Uint8Array.of(...bytes.subarray(0, 9), 1), new Uint8Array(bytes.length).fill(255)], random);
    for (let at = 0; at < bytes.length; at += 1000) {
      if (at > 0 && has('broken-files') && !begun.has(file.$file)) {
        begun.add(file.$file);
        throw new RetriableError({ code: 'hostile-hiccup', message: `The hostile source breaks off in ${file.$file}.`, remedy: 'Try again.' });
      }
      yield bytes.subarray(at, at + 1000);
    }
  }

  return {
    capabilities: { modifiedSince: false, pageSize: 50, files: true },
    check: async () => [{ name: 'hostile', title: 'Hostile source', result: 'passed', message: `evils: ${options.evils.join(', ') || 'none'}`, remedy: null }],
    discover: async (found) => {
      for (const name of objectNames) found?.onProgress?.({ subject: name, done: options.records });
      return describe(options);
    },
    read,
    openFile,
    close: async () => {},
  };
}

const settingsSchema = z.object({
  seed: z.coerce.number().int().default(1),
  records: z.coerce.number().int().min(0).default(100),
  // As typed, or as parsed already: the engine hands over what the schema gave.
  evils: z.preprocess((value) => (Array.isArray(value) ? value.join(',') : value), z.string().default('')).transform((text) => text.split(',').map((evil) => evil.trim()).filter((evil) => evil !== '')).pipe(z.array(z.enum(hostileEvils))),
});

/** The hostile source as a connector, for tests that go through connections. Settings: `seed`, `records`, `evils` (comma-separated). */
export const hostileConnector: Connector = {
  platform: 'hostile', label: 'Hostile source', settingsSchema,
  settings: ['seed', 'records', 'evils'].map((name) => ({ name, label: name, secret: false, required: false, help: 'for tests' })),
  openSource: async (settings) => openHostileSource(settingsSchema.parse(settings)),
};
