import type { Draft, Row, Stored } from '../store/row.ts';
import type { Environment } from './environment.ts';

/** What makes one model differ from a plain table. Every part is optional. */
export interface ModelBehaviour {
  /** Values of fields the caller left out. */
  readonly defaults?: (env: Environment) => Draft;
  /** Completes or refuses a row before it is stored. `given` = the fields the caller sent. */
  readonly beforeCreate?: (env: Environment, draft: Draft, given: ReadonlySet<string>) => void;
  readonly afterCreate?: (env: Environment, rows: readonly Row[], given: readonly ReadonlySet<string>[]) => void;
  /** Completes or refuses a change; `changes` holds the converted values and may be added to. */
  readonly beforeWrite?: (env: Environment, row: Row, changes: Draft, given: ReadonlySet<string>) => void;
  readonly afterWrite?: (env: Environment, before: Row, after: Row, given: ReadonlySet<string>) => void;
  /** Refuses a deletion, or clears up what hangs on the rows. */
  readonly beforeUnlink?: (env: Environment, rows: readonly Row[]) => void;
  /** Fields that are worked out on reading. */
  readonly computed?: { readonly [field: string]: (env: Environment, row: Row) => Stored | undefined };
  /** Writable fields without a column: turns the value into others. */
  readonly inverse?: { readonly [field: string]: (env: Environment, draft: Draft, value: Stored | undefined) => void };
  /** Hides fields of single rows from the caller; null = shown as it is. */
  readonly masked?: (env: Environment, row: Row, field: string) => { readonly value: Stored | undefined } | null;
  readonly displayName?: (env: Environment, row: Row) => string;
  readonly methods?: MethodTable;
  /** Rows this user may act on, beyond the model rights; absent = all. */
  readonly allowed?: (env: Environment, row: Row, operation: Operation) => boolean;
}

export type Operation = 'read' | 'write' | 'create' | 'unlink';

export interface Method {
  /** 'model': no records; 'records': the first argument (JSON-2: `ids`) names them. */
  readonly on: 'model' | 'records';
  /** Python's parameter names in order; a trailing '=' marks one with a default, '**' accepts any further keyword. */
  readonly parameters: readonly string[];
  readonly run: (env: Environment, call: MethodCall) => unknown;
  /** Not there on other versions. */
  readonly versions?: readonly number[];
  /** The method gives back records: XML-RPC cannot write them down, JSON-2 gives their ids. */
  readonly returnsRecords?: boolean;
}
export interface MethodCall {
  readonly model: string;
  readonly ids: number[];
  readonly arguments: Readonly<Record<string, unknown>>;
}
export type MethodTable = { readonly [name: string]: Method };
