import { basename, dirname, join } from 'node:path/posix';
import { digestOf, type BytesDigest } from '../../connector/kit/digest.ts';
import type { Bundle } from './bundle.ts';

/** Finds the files that rows of the export name, and digests each at most once. */
export class BundleFiles {
  readonly #bundle: Bundle;
  readonly #digests = new Map<string, Promise<BytesDigest>>();
  readonly #names: ReadonlySet<string>;
  readonly #folded: ReadonlyMap<string, readonly string[]>;
  readonly #bases: ReadonlyMap<string, readonly string[]>;

  constructor(bundle: Bundle) {
    this.#bundle = bundle;
    const group = (by: (name: string) => string): Map<string, string[]> => {
      const groups = new Map<string, string[]>();
      for (const { name } of bundle.files) groups.set(by(name), [...(groups.get(by(name)) ?? []), name]);
      return groups;
    };
    this.#names = new Set(bundle.files.map((file) => file.name));
    this.#folded = group((name) => name.toLowerCase());
    this.#bases = group((name) => basename(name).toLowerCase());
  }

  /**
   * The file that a path of a table means: beside the table, from the top of the bundle, in its folder `files`, then by letters of
   * either case, last by a file name that only one file has. Never a file outside the bundle.
   * @param table name of the file in which the path stands.
   */
  resolve(path: string, table: string): string | null {
    const plain = path.trim().normalize('NFC').replaceAll('\\', '/').replace(/^(?:\.?\/)+/, '');
    if (plain === '') return null;
    const folder = dirname(table);
    const candidates = [join(folder, plain), join(plain), join(folder, 'files', plain), join('files', plain)];
    const exact = candidates.find((name) => this.#names.has(name));
    if (exact !== undefined) return exact;
    const only = (names: readonly string[] | undefined): string | null => (names?.length === 1 ? names[0] ?? null : null);
    for (const name of candidates) {
      const found = only(this.#folded.get(name.toLowerCase()));
      if (found !== null) return found;
    }
    return plain.includes('/') ? null : only(this.#bases.get(plain.toLowerCase()));
  }

  digest(name: string): Promise<BytesDigest> {
    const known = this.#digests.get(name);
    if (known !== undefined) return known;
    const started = digestOf(this.#bundle.open(name));
    this.#digests.set(name, started);
    started.catch(() => this.#digests.delete(name));
    return started;
  }
}

export const fileReference = (name: string): string => `file:${name}`;
