import { createHash } from 'node:crypto';
import type { Catalog } from '../catalog.ts';
import { ConfigurationError, RecordRejectedError } from '../errors.ts';
import type { FileValue } from '../file-value.ts';
import type { Json } from '../json.ts';
import type { ReadRequest, RejectedRow, SourceConnection, SourcePage, SourceRecord } from '../source.ts';

export interface MemorySourceOptions {
  /** Objects with their fields; counts are filled in. */
  readonly catalog: Catalog;
  /** Records by object, in their order; may be changed between two readings, as a new export would. */
  readonly records: { [object: string]: readonly SourceRecord[] };
  /** Rows that could not be read, by object: given with the first page. */
  readonly rejected?: { readonly [object: string]: readonly RejectedRow[] };
  /** Records say when they were modified, and can be read from a moment on. Default false. */
  readonly modifiedSince?: boolean;
  /** Bytes by reference; a reference without bytes is gone. May be changed between two readings. */
  readonly files?: Map<string, MemoryFile>;
}

/** Bytes of a file: as they are, or made while they are read, so that a large one never lies in memory whole. */
export type MemoryFile = Uint8Array | Readonly<{ size: number; chunk: (at: number) => Uint8Array }>;

/** A correct source in memory, for the engine's tests. */
export function createMemorySource(options: Readonly<MemorySourceOptions>): SourceConnection {
  const catalogNow = (): Catalog => ({ ...options.catalog, objects: options.catalog.objects.map((object) => ({ ...object, count: options.records[object.name]?.length ?? 0 })) });

  async function* read(request: ReadRequest): AsyncGenerator<SourcePage> {
    if (!options.catalog.objects.some((object) => object.name === request.object)) {
      throw new ConfigurationError({ code: 'unknown-object', message: `The source has no object ${JSON.stringify(request.object)}.`, remedy: `Use one of: ${options.catalog.objects.map((object) => object.name).join(', ')}.` });
    }
    const records = (options.records[request.object] ?? []).filter((record) => request.modifiedSince === undefined || request.modifiedSince === null || (record.modifiedAt ?? '') >= request.modifiedSince);
    let position = positionOf(request.cursor);
    do {
      const next = position + request.pageSize;
      yield { records: records.slice(position, next), rejected: position === 0 ? options.rejected?.[request.object] ?? [] : [], cursor: next < records.length ? { position: next } : null };
      position = next;
    } while (position < records.length);
  }

  async function* openFile({ file }: { readonly file: FileValue }): AsyncGenerator<Uint8Array> {
    const held = options.files?.get(file.$file);
    if (held === undefined) throw new RecordRejectedError({ code: 'file-gone', message: `There is no file ${file.$file} any more.`, remedy: 'Put it back, or leave it out.', rejections: [] });
    yield* bytesOf(held);
  }

  return {
    capabilities: { modifiedSince: options.modifiedSince ?? false, pageSize: 50, files: options.files !== undefined },
    check: async () => [{ name: 'memory-source', title: 'Memory', result: 'passed', message: 'Ready.', remedy: null }],
    discover: async (found) => {
      for (const object of options.catalog.objects) found?.onProgress?.({ subject: object.name, done: options.records[object.name]?.length ?? 0 });
      return catalogNow();
    },
    read,
    ...(options.files === undefined ? {} : { openFile }),
    close: async () => {},
  };
}

/** A record of a memory source. */
export function memoryRecord(object: string, id: string, data: { readonly [field: string]: Json }): SourceRecord {
  return { object, id, data: { id, ...data }, modifiedAt: null, position: `${object} ${id}` };
}

/** The value that describes a file of a memory source, with the digests asked for. */
export function memoryFileValue(reference: string, file: MemoryFile, digests: readonly ('sha1' | 'sha256')[] = ['sha1', 'sha256']): FileValue {
  const hashes = { sha1: createHash('sha1'), sha256: createHash('sha256') };
  let size = 0;
  for (const chunk of bytesOf(file)) {
    size += chunk.length;
    for (const digest of digests) hashes[digest].update(chunk);
  }
  const hex = (digest: 'sha1' | 'sha256'): string | null => (digests.includes(digest) ? hashes[digest].digest('hex') : null);
  return { $file: reference, name: reference.split('/').at(-1) ?? reference, mimeType: null, size, sha1: hex('sha1'), sha256: hex('sha256') };
}

const CHUNK = 65_536;

function* bytesOf(file: MemoryFile): Generator<Uint8Array> {
  if (file instanceof Uint8Array) {
    for (let at = 0; at < file.length; at += CHUNK) yield file.subarray(at, at + CHUNK);
    return;
  }
  for (let at = 0; at < file.size;) {
    const chunk = file.chunk(at).subarray(0, file.size - at);
    yield chunk;
    at += chunk.length;
  }
}

function positionOf(cursor: Json): number {
  if (cursor === null) return 0;
  const position = typeof cursor === 'object' && 'position' in cursor ? cursor['position'] : null;
  if (typeof position !== 'number' || !Number.isInteger(position) || position < 0) throw new ConfigurationError({ code: 'bad-cursor', message: `The reading position ${JSON.stringify(cursor)} is none of this source.`, remedy: 'Start the reading again.' });
  return position;
}
