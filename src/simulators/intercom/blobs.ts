import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The bytes of attachments: in memory, or as files where there may be many of them. */
export class Blobs {
  readonly #memory = new Map<number, Buffer>();
  readonly #known = new Set<number>();
  readonly #folder: string | null;
  readonly #most: number;

  /** @param most files that are held at once: the oldest give way, and can be downloaded no more */
  constructor(folder: string | null, most = Number.POSITIVE_INFINITY) {
    this.#folder = folder;
    this.#most = most;
    if (folder !== null) mkdirSync(folder, { recursive: true });
  }

  put(id: number, content: Buffer): void {
    this.#known.add(id);
    if (this.#folder === null) this.#memory.set(id, content);
    else writeFileSync(path.join(this.#folder, String(id)), content);
    if (this.#known.size > this.#most) this.#forget(this.#known.values().next().value ?? id); // a set keeps the order in which its members came
  }

  #forget(id: number): void {
    this.#known.delete(id);
    this.#memory.delete(id);
    if (this.#folder !== null) rmSync(path.join(this.#folder, String(id)), { force: true });
  }

  dump(): ReadonlyMap<number, Buffer> {
    return new Map([...this.#known].map((id) => [id, this.get(id) ?? Buffer.alloc(0)]));
  }

  /** Null for an id that was never put. */
  get(id: number): Buffer | null {
    if (!this.#known.has(id)) return null;
    return this.#folder === null ? this.#memory.get(id) ?? null : readFileSync(path.join(this.#folder, String(id)));
  }
}
