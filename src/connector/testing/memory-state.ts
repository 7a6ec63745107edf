import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Json } from '../json.ts';

/** One record of the memory destination. */
export interface MemoryRow {
  readonly id: string;
  readonly key: string | null; // external key; null = not made through the contract
  readonly values: { [field: string]: Json };
  changed: number; // counter of all writes
  changedBy: string;
}

export interface MemoryState {
  readonly rows: { [object: string]: MemoryRow[] };
  readonly lastId: { [object: string]: number };
  clock: number;
}

/** The state of a file, or an empty one. */
export function loadMemoryState(file: string | null): MemoryState {
  if (file === null || !existsSync(file)) return { rows: {}, lastId: {}, clock: 0 };
  return JSON.parse(readFileSync(file, 'utf8')) as MemoryState;
}

/** Writes the state whole and renames it into place: whoever kills the process finds the old or the new state, never half of one. */
export function saveMemoryState(file: string, state: MemoryState): void {
  const next = `${file}.${process.pid}.next`;
  writeFileSync(next, JSON.stringify(state));
  renameSync(next, file);
}
