import type { Row } from './row.ts';
import { GeneratedTable, type RowSource } from './generated-table.ts';
import { Table, type ChangeListener, type TableDump } from './table.ts';

interface Change { readonly table: Table; readonly id: number; readonly before: Row | undefined }

/**
 * All tables, with transactions by an undo list: rows are never changed in place, so undoing is putting the old row back.
 * One call runs at a time, so there is no isolation to keep.
 */
export class Database {
  readonly #tables = new Map<string, Table>();
  #journal: Change[] = [];
  #depth = 0;

  readonly #listener: ChangeListener = (table, id, before) => {
    if (this.#depth > 0) this.#journal.push({ table, id, before });
  };

  /** Puts a table whose rows are made up in the place of one that is there; its rows, below the range, are kept. */
  generate(model: string, source: RowSource): void {
    const held = [...this.table(model).rows()];
    const table = new GeneratedTable(model, this.#listener, source);
    for (const row of held) table.restore(row.id, row);
    this.#tables.set(model, table);
  }

  table(model: string): Table {
    let table = this.#tables.get(model);
    if (!table) {
      table = new Table(model, this.#listener);
      this.#tables.set(model, table);
    }
    return table;
  }

  dump(): ReadonlyMap<string, TableDump> {
    return new Map([...this.#tables].map(([model, table]) => [model, table.dump()]));
  }

  load(dump: ReadonlyMap<string, TableDump>): void {
    for (const [model, table] of dump) this.table(model).load(table);
  }

  /** Runs `work`; when it throws, everything it changed is as before. May be nested, as savepoints. */
  transaction<T>(work: () => T): T {
    const start = this.#journal.length;
    this.#depth += 1;
    try {
      return work();
    } catch (error) {
      for (let at = this.#journal.length - 1; at >= start; at -= 1) {
        const change = this.#journal[at]!;
        change.table.restore(change.id, change.before);
      }
      this.#journal.length = start;
      throw error;
    } finally {
      this.#depth -= 1;
      if (this.#depth === 0) this.#journal = [];
    }
  }
}
