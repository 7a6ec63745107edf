import { createHash, randomBytes } from 'node:crypto';
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The bytes of one stored file. Equal content is held once. */
export interface StoredContent {
  /** Under which the store finds it again: its SHA-1, or a name of its own for content that is generated. */
  readonly key: string;
  readonly size: number;
  readonly sha1: string;
  readonly sha256: string;
  /** The bytes in pieces, from the beginning. */
  readonly chunks: () => Iterable<Buffer>;
}

/** Takes the bytes of a file piece by piece. */
export interface ContentWriter {
  readonly write: (bytes: Buffer) => void;
  readonly finish: () => StoredContent;
  /** Gives what was written so far back, and forgets it. */
  readonly abandon: () => Buffer;
}

interface Extent { readonly at: number; readonly length: number }

/** Up to this many bytes a file stays in memory: not worth a read from the disk. */
const SMALL = 1024;
const CHUNK = 192 * 1024;

/**
 * The file store of one simulated server, as Odoo's: content by SHA-1, each content once, nothing of it in memory. Everything goes
 * into one temporary file that is unlinked right after it was opened, so that nothing is left behind however the process ends.
 */
export class FileStore {
  readonly #contents = new Map<string, StoredContent>();
  readonly #makers = new Map<string, (name: string) => StoredContent>();
  #file: number | null = null;
  #end = 0;

  get(key: string): StoredContent | undefined {
    const found = this.#contents.get(key);
    if (found) return found;
    const at = key.indexOf(':');
    return at < 0 ? undefined : this.#makers.get(key.slice(0, at))?.(key.slice(at + 1));
  }

  /** Every content that was put, whole: for small databases. */
  dump(): readonly Buffer[] {
    return [...this.#contents.values()].map(bytesOf);
  }

  /** Content that is made when it is read: keys '<kind>:<name>'. */
  provide(kind: string, make: (name: string) => StoredContent): void {
    this.#makers.set(kind, make);
  }

  put(bytes: Buffer): StoredContent {
    const writer = this.writer();
    writer.write(bytes);
    return writer.finish();
  }

  writer(): ContentWriter {
    const [sha1, sha256] = [createHash('sha1'), createHash('sha256')];
    const extents: Extent[] = [];
    const small: Buffer[] = [];
    let size = 0;
    const spill = (bytes: Buffer): void => {
      const at = this.#append(bytes);
      const last = extents.at(-1);
      if (last && last.at + last.length === at) extents[extents.length - 1] = { at: last.at, length: last.length + bytes.length };
      else extents.push({ at, length: bytes.length });
    };
    return {
      write: (bytes) => {
        sha1.update(bytes);
        sha256.update(bytes);
        size += bytes.length;
        if (size <= SMALL) {
          small.push(Buffer.from(bytes));
          return;
        }
        for (const part of small.splice(0)) spill(part);
        spill(bytes);
      },
      finish: () => {
        const key = sha1.digest('hex');
        const known = this.#contents.get(key);
        if (known) {
          this.#release(extents);
          return known;
        }
        const inMemory = Buffer.concat(small);
        const content = { key, size, sha1: key, sha256: sha256.digest('hex'), chunks: () => (extents.length === 0 ? [inMemory] : this.#read(extents)) };
        this.#contents.set(key, content);
        return content;
      },
      abandon: () => {
        const bytes = extents.length === 0 ? Buffer.concat(small) : Buffer.concat([...this.#read(extents)]);
        this.#release(extents);
        return bytes;
      },
    };
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
    this.#contents.clear();
  }

  #append(bytes: Buffer): number {
    this.#file ??= openUnlinked();
    const at = this.#end;
    let done = 0;
    while (done < bytes.length) done += writeSync(this.#file, bytes, done, bytes.length - done, at + done);
    this.#end += bytes.length;
    return at;
  }

  /** Space at the end is used again: the same file sent twice does not take it twice. */
  #release(extents: Extent[]): void {
    for (let last = extents.pop(); last; last = extents.pop()) if (last.at + last.length === this.#end) this.#end = last.at;
  }

  *#read(extents: readonly Extent[]): Generator<Buffer> {
    for (const { at, length } of extents) {
      for (let from = 0; from < length; from += CHUNK) {
        const chunk = Buffer.allocUnsafe(Math.min(CHUNK, length - from));
        let done = 0;
        while (done < chunk.length) {
          const count = this.#file === null ? 0 : readSync(this.#file, chunk, done, chunk.length - done, at + from + done);
          if (count === 0) throw new Error('the file store of the simulator was closed while a file was being read');
          done += count;
        }
        yield chunk;
      }
    }
  }
}

function openUnlinked(): number {
  const path = join(tmpdir(), `odoo-simulator-${randomBytes(8).toString('hex')}`);
  const file = openSync(path, 'wx+', 0o600);
  unlinkSync(path);
  return file;
}

export function bytesOf(content: StoredContent): Buffer {
  return Buffer.concat([...content.chunks()]);
}
