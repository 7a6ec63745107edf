import type { Row } from './row.ts';

/** One id, or several: most keys are unique, and a Set for each would cost ten times the memory. */
type Entry = number | Set<number>;

export interface KeyIndex {
  readonly keyOf: (row: Row) => string | number | undefined;
  readonly entries: Map<string | number, Entry>;
}

/** All that a table holds in memory, as plain data. */
export interface TableDump { readonly lastId: number; readonly rows: readonly Row[]; readonly gone: readonly number[] }

/** Remembers what a row was before it changed. */
export type ChangeListener = (table: Table, id: number, before: Row | undefined) => void;

/**
 * The rows of one model, in memory, with their indexes.
 * Ids only grow, also when a transaction is undone, as PostgreSQL's sequences do; so the list of ids stays sorted.
 */
export class Table {
  readonly model: string;
  readonly #rows = new Map<number, Row>();
  readonly #indexes = new Map<string, KeyIndex>();
  readonly #onChange: ChangeListener;
  #ids: number[] = [];
  #lastId = 0;

  constructor(model: string, onChange: ChangeListener) {
    this.model = model;
    this.#onChange = onChange;
  }

  get size(): number {
    return this.#rows.size;
  }

  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  /** Leaves a gap, so that seeded records keep the ids the real servers give them. */
  skipTo(id: number): void {
    this.#lastId = Math.max(this.#lastId, id - 1);
  }

  get(id: number): Row | undefined {
    return this.#rows.get(id);
  }

  has(id: number): boolean {
    return this.#rows.has(id);
  }

  put(row: Row): void {
    const before = this.get(row.id);
    this.#onChange(this, row.id, before);
    this.restore(row.id, row);
  }

  remove(id: number): void {
    const before = this.get(id);
    if (!before) return;
    this.#onChange(this, id, before);
    this.restore(id, undefined);
  }

  /** Sets or removes a row without telling the listener: the undo of a transaction. */
  restore(id: number, row: Row | undefined): void {
    const before = this.#rows.get(id);
    if (before) this.#reindex(before, (index, key) => dropEntry(index.entries, key, id), row);
    if (row) {
      this.#rows.set(id, row);
      if (!before) this.#addId(id);
      this.#reindex(row, (index, key) => addEntry(index.entries, key, id), before);
    } else {
      this.#rows.delete(id);
    }
  }

  dump(): TableDump {
    return { lastId: this.#lastId, rows: [...this.#rows.values()], gone: [] };
  }

  /** The table as it was dumped: what it holds now is forgotten. */
  load(dump: TableDump): void {
    for (const id of Array.from(this.#rows.keys())) this.restore(id, undefined);
    for (const row of dump.rows) this.restore(row.id, row);
    for (const id of dump.gone) this.restore(id, undefined);
    this.skipTo(dump.lastId + 1);
  }

  /** Ids in ascending order, from after `after`. */
  *ids(after = 0): Generator<number> {
    this.#compact();
    const ids = this.#ids;
    for (let at = firstAfter(ids, after); at < ids.length; at += 1) {
      const id = ids[at]!;
      if (this.#rows.has(id)) yield id;
    }
  }

  *rows(): Generator<Row> {
    for (const id of this.ids()) yield this.get(id)!;
  }

  /** May rows be looked up by this column without going through all of them? */
  canIndex(_name: string): boolean {
    return true;
  }

  /** How many rows have this key, without going through them. */
  countWithKey(name: string, key: string | number, keyOf: KeyIndex['keyOf']): number {
    const entry = this.index(name, keyOf).entries.get(key);
    if (entry === undefined) return 0;
    return typeof entry === 'number' ? 1 : entry.size;
  }

  /** Ids whose rows have this key, ascending; makes the index when it is asked for the first time. */
  withKey(name: string, key: string | number, keyOf: KeyIndex['keyOf']): readonly number[] {
    const entry = this.index(name, keyOf).entries.get(key);
    if (entry === undefined) return [];
    return typeof entry === 'number' ? [entry] : [...entry].sort((a, b) => a - b);
  }

  index(name: string, keyOf: KeyIndex['keyOf']): KeyIndex {
    let index = this.#indexes.get(name);
    if (!index) {
      index = { keyOf, entries: new Map() };
      for (const row of this.#rows.values()) {
        const key = keyOf(row);
        if (key !== undefined) addEntry(index.entries, key, row.id);
      }
      this.#indexes.set(name, index);
    }
    return index;
  }

  #reindex(row: Row, change: (index: KeyIndex, key: string | number) => void, other: Row | undefined): void {
    for (const index of this.#indexes.values()) {
      const key = index.keyOf(row);
      if (key === undefined) continue;
      if (other && index.keyOf(other) === key) continue;
      change(index, key);
    }
  }

  #addId(id: number): void {
    const last = this.#ids.at(-1);
    if (last === undefined || id > last) this.#ids.push(id);
    else if (this.#ids[firstAfter(this.#ids, id - 1)] !== id) this.#ids.splice(firstAfter(this.#ids, id), 0, id);
  }

  #compact(): void {
    if (this.#ids.length > 64 && this.#ids.length > 2 * this.#rows.size) this.#ids = this.#ids.filter((id) => this.#rows.has(id));
  }
}

function addEntry(entries: Map<string | number, Entry>, key: string | number, id: number): void {
  const entry = entries.get(key);
  if (entry === undefined) entries.set(key, id);
  else if (typeof entry === 'number') {
    if (entry !== id) entries.set(key, new Set([entry, id]));
  } else entry.add(id);
}

function dropEntry(entries: Map<string | number, Entry>, key: string | number, id: number): void {
  const entry = entries.get(key);
  if (entry === id) entries.delete(key);
  else if (entry instanceof Set) {
    entry.delete(id);
    if (entry.size === 0) entries.delete(key);
  }
}

function firstAfter(ids: readonly number[], after: number): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ids[middle]! <= after) low = middle + 1;
    else high = middle;
  }
  return low;
}
