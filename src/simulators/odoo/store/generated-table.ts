import { isLazy } from './lazy-rows.ts';
import type { Row } from './row.ts';
import { Table, type ChangeListener, type KeyIndex, type TableDump } from './table.ts';

/** Finds made-up rows by a key without going through them. */
export interface KeyLookup {
  readonly count: (key: string | number) => number;
  /** Ascending. */
  readonly ids: (key: string | number) => readonly number[];
}

export interface RowSource {
  readonly first: number; // id
  readonly count: number;
  readonly make: (id: number) => Row;
  /** By the name of the index. */
  readonly keys: { readonly [index: string]: KeyLookup };
}

/**
 * A table whose rows of one range of ids are made up from a seed when they are read, so that any number of them takes no memory.
 * A row that is changed or deleted, and every row beside the range, lies in memory as in any table.
 */
export class GeneratedTable extends Table {
  readonly #source: RowSource;
  /** Ids of the range whose row is held in memory, or gone. */
  readonly #covered = new Set<number>();

  constructor(model: string, onChange: ChangeListener, source: RowSource) {
    super(model, onChange);
    this.#source = source;
    this.skipTo(source.first + source.count);
  }

  override get size(): number {
    return super.size + this.#source.count - this.#covered.size;
  }

  override get(id: number): Row | undefined {
    return super.get(id) ?? (this.#isMade(id) ? this.#source.make(id) : undefined);
  }

  override has(id: number): boolean {
    return super.has(id) || this.#isMade(id);
  }

  override restore(id: number, row: Row | undefined): void {
    if (!this.#isInRange(id)) return super.restore(id, row);
    if (isLazy(row)) {
      super.restore(id, undefined);
      this.#covered.delete(id);
      return;
    }
    this.#covered.add(id);
    super.restore(id, row);
  }

  override dump(): TableDump {
    return { ...super.dump(), gone: [...this.#covered].filter((id) => !super.has(id)) };
  }

  override *ids(after = 0): Generator<number> {
    const held = super.ids(after);
    let next = held.next();
    const { first, count } = this.#source;
    for (let id = Math.max(first, after + 1); id < first + count; id += 1) {
      while (next.done !== true && next.value < id) {
        yield next.value;
        next = held.next();
      }
      if (!this.#covered.has(id)) yield id;
    }
    for (; next.done !== true; next = held.next()) yield next.value;
  }

  override countWithKey(name: string, key: string | number, keyOf: KeyIndex['keyOf']): number {
    const lookup = this.#source.keys[name];
    return lookup ? lookup.count(key) + super.countWithKey(name, key, keyOf) : this.withKey(name, key, keyOf).length;
  }

  override withKey(name: string, key: string | number, keyOf: KeyIndex['keyOf']): readonly number[] {
    const held = super.withKey(name, key, keyOf);
    const lookup = this.#source.keys[name];
    const made = lookup ? lookup.ids(key) : this.#scan(key, keyOf);
    const whole = this.#covered.size === 0 ? made : made.filter((id) => !this.#covered.has(id));
    return held.length === 0 ? whole : [...whole, ...held].sort((a, b) => a - b);
  }

  override canIndex(name: string): boolean {
    return this.#source.keys[name] !== undefined;
  }

  /** Any other key is looked for one by one: an index of it would take the memory that the table saves. */
  #scan(key: string | number, keyOf: KeyIndex['keyOf']): readonly number[] {
    const found: number[] = [];
    const { first, count, make } = this.#source;
    for (let id = first; id < first + count; id += 1) if (keyOf(make(id)) === key) found.push(id);
    return found;
  }

  #isInRange(id: number): boolean {
    return id >= this.#source.first && id < this.#source.first + this.#source.count;
  }

  #isMade(id: number): boolean {
    return this.#isInRange(id) && !this.#covered.has(id);
  }
}
