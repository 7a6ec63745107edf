import { createHash } from 'node:crypto';

/** Size and digests of a run of bytes, in lower-case hexadecimal. */
export interface BytesDigest { readonly size: number; readonly sha1: string; readonly sha256: string }

/** Digests bytes while they go by. */
export class Digester {
  readonly #sha1 = createHash('sha1');
  readonly #sha256 = createHash('sha256');
  #size = 0;

  get size(): number { return this.#size; }

  update(bytes: Uint8Array): void {
    this.#sha1.update(bytes);
    this.#sha256.update(bytes);
    this.#size += bytes.length;
  }

  finish(): BytesDigest {
    return { size: this.#size, sha1: this.#sha1.digest('hex'), sha256: this.#sha256.digest('hex') };
  }
}

/** Digests a whole stream; memory stays flat. */
export async function digestOf(bytes: AsyncIterable<Uint8Array>): Promise<BytesDigest> {
  const digester = new Digester();
  for await (const chunk of bytes) digester.update(chunk);
  return digester.finish();
}
