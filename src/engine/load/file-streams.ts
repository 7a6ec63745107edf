import { createHash } from 'node:crypto';
import { ConfigurationError, PortolanError, RecordRejectedError } from '../../connector/errors.ts';
import { isFileValue, type FileOpener, type FileValue } from '../../connector/file-value.ts';
import type { Json, JsonObject } from '../../connector/json.ts';
import type { SourceConnection } from '../../connector/source.ts';

/** Files among the values of one record, alone or in lists, with their fields. */
function filesIn(values: JsonObject): readonly Readonly<{ field: string; file: FileValue }>[] {
  return Object.entries(values).flatMap(([field, value]) => (Array.isArray(value) ? value as readonly Json[] : [value]).flatMap((one) => (isFileValue(one) ? [{ field, file: one }] : [])));
}

/**
 * Streams files from the source into calls of the destination, and checks size and digests on the way. The last piece of a file
 * is held back until both are right: a file that changed never becomes a complete call, so that nothing of it is stored.
 */
export class FileStreams {
  readonly #source: () => Promise<SourceConnection>;

  constructor(source: () => Promise<SourceConnection>) {
    this.#source = source;
  }

  /**
   * Makes one call with an opener for its files. When the call fails because a file did, the file's error is the one that is
   * thrown: whatever the connector made of a body that broke off, it was not carried out.
   * @param records the values of the call's records, in their order
   * @throws RecordRejectedError naming the records whose file is gone ('file-gone') or not the one that was extracted ('file-changed')
   */
  async during<T>(records: readonly JsonObject[], send: (files: FileOpener | null) => Promise<T>): Promise<T> {
    if (records.every((values) => filesIn(values).length === 0)) return send(null);
    const source = await this.#source();
    const failures = new Map<string, unknown>();
    const open: FileOpener = (file) => {
      failures.delete(file.$file);
      return watched(checked(file, source), (error) => failures.set(file.$file, error));
    };
    try {
      return await send(open);
    } catch (error) {
      const [failure] = failures;
      throw failure === undefined ? error : blamed(failure[1], failure[0], records);
    }
  }
}

async function* checked(file: FileValue, source: SourceConnection): AsyncGenerator<Uint8Array> {
  if (source.openFile === undefined) {
    throw new ConfigurationError({ code: 'source-without-files', message: `The source cannot give the contents of file ${file.name} (${file.$file}).`, remedy: 'Leave the mapping out that moves files, or use a source that has them.' });
  }
  const digests = (['sha1', 'sha256'] as const).filter((name) => file[name] !== null).map((name) => ({ name, hash: createHash(name) }));
  let size = 0;
  let held: Uint8Array | null = null;
  for await (const chunk of source.openFile({ file })) {
    size += chunk.length;
    if (size > file.size) throw changed(file, `more than the ${file.size} bytes that it had`);
    for (const { hash } of digests) hash.update(chunk);
    if (held !== null) yield held;
    held = chunk;
  }
  if (size !== file.size) throw changed(file, `${size} bytes instead of ${file.size}`);
  for (const { name, hash } of digests) if (hash.digest('hex') !== file[name]) throw changed(file, `other contents of the same size (${name} differs)`);
  if (held !== null) yield held;
}

async function* watched(stream: AsyncIterable<Uint8Array>, failed: (error: unknown) => void): AsyncGenerator<Uint8Array> {
  try {
    yield* stream;
  } catch (error) {
    failed(error);
    throw error;
  }
}

function changed(file: FileValue, how: string): RecordRejectedError {
  return new RecordRejectedError({ code: 'file-changed', message: `File ${file.name} (${file.$file}) has changed since it was read: ${how}.`, remedy: 'Export again, or run the extraction again, so that the file is taken as it is now; then retry.', rejections: [] });
}

/** A file's own failure as the failure of the records that hold it; every other error of a source as it is. */
function blamed(error: unknown, reference: string, records: readonly JsonObject[]): unknown {
  if (!(error instanceof RecordRejectedError)) return error instanceof PortolanError ? error : new PortolanFileError(error, reference);
  const rejections = records.flatMap((values, index) => filesIn(values).flatMap(({ field, file }) => (file.$file === reference ? [{ index, code: error.code, message: error.message, field }] : [])).slice(0, 1));
  return new RecordRejectedError({ code: error.code, message: error.message, ...(error.remedy === null ? {} : { remedy: error.remedy }), rejections, cause: error });
}

/** A source must throw the classes of the contract only; one that does not is named with the file. */
class PortolanFileError extends Error {
  constructor(cause: unknown, reference: string) {
    super(`Reading file ${reference} failed: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.name = 'PortolanFileError';
  }
}
