import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { ConfigurationError } from '../errors.ts';

const blockBytes = 1 << 18;
const cachedBlocks = 64; // 16 MB: sheets use their strings nearly in the order of the table
const maxSharedStrings = 10_000_000; // 8 bytes each stay in memory

/** A table of strings kept in a file, with only its offsets and the blocks last used in memory. */
export class StringSpool {
  readonly #file: number;
  #offsets = new Float64Array(1024);
  #count = 0;
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #written = 0;
  readonly #blocks = new Map<number, Buffer>();

  constructor(path: string) {
    this.#file = openSync(path, 'wx+', 0o600);
  }

  add(text: string): void {
    if (this.#count >= maxSharedStrings) throw new ConfigurationError({ code: 'xlsx-too-large', message: `The workbook has more than ${maxSharedStrings} different texts.`, remedy: 'Save the sheet as CSV (UTF-8).' });
    const bytes = Buffer.from(text, 'utf8');
    if (this.#count + 1 >= this.#offsets.length) {
      const larger = new Float64Array(this.#offsets.length * 2);
      larger.set(this.#offsets);
      this.#offsets = larger;
    }
    this.#pending.push(bytes);
    this.#pendingBytes += bytes.length;
    this.#count += 1;
    this.#offsets[this.#count] = (this.#offsets[this.#count - 1] ?? 0) + bytes.length;
    if (this.#pendingBytes >= blockBytes) this.#flush();
  }

  get(index: number): string | undefined {
    if (!Number.isInteger(index) || index < 0 || index >= this.#count) return undefined;
    this.#flush();
    const [from, to] = [this.#offsets[index] ?? 0, this.#offsets[index + 1] ?? 0];
    const first = Math.floor(from / blockBytes);
    if (to <= (first + 1) * blockBytes) return this.#block(first).toString('utf8', from - first * blockBytes, to - first * blockBytes);
    const bytes = Buffer.alloc(to - from);
    readSync(this.#file, bytes, 0, bytes.length, from);
    return bytes.toString('utf8');
  }

  close(): void {
    closeSync(this.#file);
  }

  #flush(): void {
    if (this.#pendingBytes === 0) return;
    const bytes = Buffer.concat(this.#pending);
    for (let at = 0; at < bytes.length;) at += writeSync(this.#file, bytes, at, bytes.length - at, this.#written + at);
    this.#written += bytes.length;
    this.#pending = [];
    this.#pendingBytes = 0;
  }

  #block(index: number): Buffer {
    const cached = this.#blocks.get(index);
    if (cached !== undefined) return cached;
    const bytes = Buffer.alloc(blockBytes);
    const read = readSync(this.#file, bytes, 0, blockBytes, index * blockBytes);
    const block = bytes.subarray(0, read);
    const oldest = this.#blocks.keys().next();
    if (this.#blocks.size >= cachedBlocks && oldest.done === false) this.#blocks.delete(oldest.value);
    this.#blocks.set(index, block);
    return block;
  }
}
