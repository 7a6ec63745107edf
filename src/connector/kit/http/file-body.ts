import { randomUUID } from 'node:crypto';
import { isFileValue, type FileOpener, type FileValue } from '../../file-value.ts';
import type { Json } from '../../json.ts';
import type { StreamedBody } from './streamed-body.ts';

/** Files among the arguments of a call: each stands as a mark in the text of the request, in whose place its bytes go out. */
export interface MarkedFiles {
  /** The arguments with a mark in place of every file. */
  readonly args: Json;
  readonly files: readonly { readonly mark: string; readonly file: FileValue }[];
}

/** Replaces every file in the arguments by a mark that no text holds by chance and that JSON and XML write as it is. */
export function markFiles(args: Json): MarkedFiles {
  const files: { mark: string; file: FileValue }[] = [];
  const stem = `portolan-file-${randomUUID()}-`;
  const replace = (value: Json): Json => {
    if (typeof value !== 'object' || value === null) return value;
    if (isFileValue(value)) {
      const mark = `${stem}${files.length}.`;
      files.push({ mark, file: value });
      return mark;
    }
    if (Array.isArray(value)) return (value as readonly Json[]).map(replace);
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, replace(member)]));
  };
  return { args: replace(args), files };
}

/** Length of the base64 text of so many bytes. */
export function base64Length(bytes: number): number {
  return 4 * Math.ceil(bytes / 3);
}

/** The text of a request with the files' bytes as base64 in place of their marks; never more than one chunk of a file in memory. */
export function bodyWithFiles(text: string, files: MarkedFiles['files'], open: FileOpener | undefined): string | StreamedBody {
  if (files.length === 0 || open === undefined) return text;
  const parts: (Buffer | FileValue)[] = [];
  let rest = text;
  for (const { mark, file } of files) {
    const at = rest.indexOf(mark);
    parts.push(Buffer.from(rest.slice(0, at), 'utf8'), file);
    rest = rest.slice(at + mark.length);
  }
  parts.push(Buffer.from(rest, 'utf8'));
  const bytes = parts.reduce((sum, part) => sum + (Buffer.isBuffer(part) ? part.byteLength : base64Length(part.size)), 0);
  return {
    bytes,
    open: async function* () {
      for (const part of parts) {
        if (Buffer.isBuffer(part)) yield part;
        else yield* base64Chunks(open(part), part);
      }
    },
  };
}

/** Whole groups of three bytes become text; what is left over waits for the next chunk. @throws FileLengthError when the file is not as long as it says. */
async function* base64Chunks(chunks: AsyncIterable<Uint8Array>, file: FileValue): AsyncGenerator<Uint8Array> {
  let rest: Buffer = Buffer.alloc(0);
  let read = 0;
  for await (const chunk of chunks) {
    read += chunk.byteLength;
    if (read > file.size) throw new FileLengthError(file, read);
    const bytes = rest.byteLength === 0 ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength) : Buffer.concat([rest, chunk]);
    const whole = bytes.byteLength - (bytes.byteLength % 3);
    rest = Buffer.from(bytes.subarray(whole)); // a copy: the source may reuse its chunk
    if (whole > 0) yield Buffer.from(bytes.toString('base64', 0, whole), 'latin1');
  }
  if (read !== file.size) throw new FileLengthError(file, read);
  if (rest.byteLength > 0) yield Buffer.from(rest.toString('base64'), 'latin1');
}

/** A file that holds more or fewer bytes than its value says: it was changed while the run was at work. */
export class FileLengthError extends Error {
  readonly file: FileValue;
  constructor(file: FileValue, read: number) {
    super(`the file '${file.name}' should have ${file.size} bytes, but ${read > file.size ? `more than ${file.size}` : String(read)} were read.`);
    this.file = file;
  }
}
