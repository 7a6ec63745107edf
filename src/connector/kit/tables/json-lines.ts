import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { ConfigurationError } from '../../errors.ts';
import type { Json } from '../../json.ts';

const flushBytes = 1 << 20;
const chunkBytes = 1 << 18;
const lineFeed = 10;

/** Writes values to a file, one JSON text a line, so that they can be paged through by byte offset; nothing is held but one buffer. */
export class JsonLinesWriter {
  readonly #file: FileHandle;
  #pending: string[] = [];
  #pendingLength = 0;
  #lines = 0;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  /** @param path must not exist yet; it is made for this user alone (mode 600). */
  static async create(path: string): Promise<JsonLinesWriter> {
    return new JsonLinesWriter(await open(path, 'wx', 0o600));
  }

  get lines(): number { return this.#lines; }

  async write(value: Json): Promise<void> {
    const text = JSON.stringify(value);
    this.#pending.push(text);
    this.#pendingLength += text.length + 1;
    this.#lines += 1;
    if (this.#pendingLength >= flushBytes) await this.#flush();
  }

  async close(): Promise<void> {
    try {
      await this.#flush();
    } finally {
      await this.#file.close();
    }
  }

  async #flush(): Promise<void> {
    if (this.#pending.length === 0) return;
    const text = `${this.#pending.join('\n')}\n`;
    this.#pending = [];
    this.#pendingLength = 0;
    try {
      await this.#file.appendFile(text);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      throw new ConfigurationError({ code: 'disk-full', message: 'no room left on the disk for what reading writes there', remedy: 'Free some space, or set TMPDIR to a folder on a larger disk.', cause: error });
    }
  }
}

export interface JsonLine { readonly value: Json; readonly offset: number; readonly after: number } // offsets in bytes

/** Streams the lines from a byte offset on, a chunk's worth at a time. Memory holds one chunk and the longest line. */
export async function* readJsonLines(path: string, from: number, signal?: AbortSignal): AsyncGenerator<readonly JsonLine[]> {
  let rest: Buffer[] = [];
  let at = from;
  for await (const piece of createReadStream(path, { start: from, highWaterMark: chunkBytes, ...(signal === undefined ? {} : { signal }) })) {
    const chunk = piece as Buffer;
    const found: JsonLine[] = [];
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, start)) {
      const tail = chunk.subarray(start, end);
      const line = rest.length === 0 ? tail : Buffer.concat([...rest, tail]);
      rest = [];
      start = end + 1;
      found.push({ value: JSON.parse(line.toString('utf8')) as Json, offset: at, after: at + line.length + 1 });
      at += line.length + 1;
    }
    if (start < chunk.length) rest.push(chunk.subarray(start));
    if (found.length > 0) yield found;
  }
}
