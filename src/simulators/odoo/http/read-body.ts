import type { IncomingMessage } from 'node:http';
import { markOf } from '../store/file-content.ts';
import type { ContentWriter, FileStore } from '../store/file-store.ts';

/** A body as it was read: long base64 texts are in the file store, with marks in their place. */
export interface Body { readonly bytes: Buffer; readonly marked: boolean }

/** Base64 texts longer than this leave the body. Shorter ones are not worth the trouble. */
const LONG = 64 * 1024;

const BASE64 = new Uint8Array(256);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/') BASE64[character.charCodeAt(0)] = 1;
const EQUALS = 0x3d;

/** `start`: where it began in the chunk at hand; `held`: its bytes of earlier chunks, as long as it is short. */
interface Run { start: number; length: number; padding: number; readonly held: Buffer[]; carry: string; writer: ContentWriter | null }

/**
 * Reads a request's body, or gives null when it is over the limit (the rest is read and dropped, so that the answer arrives).
 * Files sent as base64 never stand in memory: a long run of base64 characters between quotes (JSON) or tags (XML) is decoded into
 * the file store while it arrives.
 */
export async function readBody(request: IncomingMessage, limit: number, files: FileStore): Promise<Body | null> {
  const scanner = new Scanner(/xml/iu.test(String(request.headers['content-type'] ?? '')) || (request.url ?? '').startsWith('/xmlrpc'), files);
  let size = 0;
  for await (const part of request) {
    size += (part as Buffer).length;
    if (size <= limit) scanner.take(part as Buffer);
  }
  const body = scanner.end();
  return size > limit ? null : body;
}

/** States: outside → (opening character) in a run → (any other character) outside. */
class Scanner {
  readonly #open: number;
  readonly #close: number;
  readonly #files: FileStore;
  readonly #parts: Buffer[] = [];
  #run: Run | null = null;
  #marked = false;

  constructor(xml: boolean, files: FileStore) {
    [this.#open, this.#close] = xml ? [0x3e, 0x3c] : [0x22, 0x22];
    this.#files = files;
  }

  take(chunk: Buffer): void {
    let at = 0;
    // Everything from here on goes on as it came: most strings are short, and are not cut out one by one.
    let plain = 0;
    while (at < chunk.length) {
      const run = this.#run;
      if (!run) {
        const opening = chunk.indexOf(this.#open, at);
        if (opening < 0) break;
        at = opening + 1;
        this.#run = { start: at, length: 0, padding: 0, held: [], carry: '', writer: null };
        continue;
      }
      const from = at;
      if (run.padding === 0) while (at < chunk.length && BASE64[chunk[at]!] === 1) at += 1;
      run.length += at - from;
      if (run.writer) decode(run, chunk.subarray(from, at));
      else if (run.length > LONG) {
        this.#parts.push(chunk.subarray(plain, run.start));
        run.writer = this.#files.writer();
        for (const held of run.held.splice(0)) decode(run, held);
        decode(run, chunk.subarray(run.start, at));
      }
      if (run.writer) plain = at;
      if (at === chunk.length) break;
      if (chunk[at] === EQUALS && run.writer) {
        run.padding += 1;
        at += 1;
        plain = at;
        continue;
      }
      this.#parts.push(...this.#closeRun(run, chunk[at] === this.#close));
      this.#run = null;
    }
    const run = this.#run;
    if (!run) this.#parts.push(chunk.subarray(plain));
    else if (!run.writer) {
      this.#parts.push(chunk.subarray(plain, run.start));
      run.held.push(chunk.subarray(run.start));
      run.start = 0;
    }
  }

  end(): Body {
    if (this.#run) this.#parts.push(...this.#closeRun(this.#run, false));
    this.#run = null;
    return { bytes: Buffer.concat(this.#parts), marked: this.#marked };
  }

  /** The mark of a whole base64 text, or the characters as they came. */
  #closeRun(run: Run, closed: boolean): readonly Buffer[] {
    if (!run.writer) return run.held;
    if (closed && run.padding <= 2 && (run.length + run.padding) % 4 === 0) {
      if (run.carry !== '') run.writer.write(Buffer.from(run.carry, 'base64'));
      this.#marked = true;
      return [Buffer.from(markOf(run.writer.finish().key))];
    }
    return [Buffer.from(`${run.writer.abandon().toString('base64')}${run.carry}${'='.repeat(run.padding)}`, 'latin1')];
  }
}

function decode(run: Run, bytes: Buffer): void {
  const text = run.carry + bytes.toString('latin1');
  const whole = text.length - (text.length % 4);
  run.carry = text.slice(whole);
  if (whole > 0) run.writer!.write(Buffer.from(text.slice(0, whole), 'base64'));
}
