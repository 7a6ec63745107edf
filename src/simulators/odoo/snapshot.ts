import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import { rebuildCustomFields } from './models/custom-fields.ts';
import { Environment, type ServerState } from './orm/environment.ts';
import type { TableDump } from './store/table.ts';

interface Snapshot extends Pick<ServerState, 'sentMails' | 'causedMails' | 'secrets' | 'revokedKeys' | 'leadScore' | 'automationWrites' | 'automationMails'> {
  readonly tables: ReadonlyMap<string, TableDump>;
  readonly files: readonly Uint8Array[];
}

/** Writes everything that a server holds to a file, so that another one can go on from it. For small databases: it is held whole. */
export function saveSnapshot(state: ServerState, path: string): void {
  const { database, files, sentMails, causedMails, secrets, revokedKeys, leadScore, automationWrites, automationMails } = state;
  const snapshot: Snapshot = { tables: database.dump(), files: files.dump(), sentMails, causedMails, secrets, revokedKeys, leadScore, automationWrites, automationMails };
  writeFileSync(`${path}.part`, serialize(snapshot), { mode: 0o600 });
  renameSync(`${path}.part`, path);
}

/** Goes on from a file of `saveSnapshot`, over a database seeded with the same options. @returns false = there is no such file */
export function loadSnapshot(state: ServerState, path: string): boolean {
  if (!existsSync(path)) return false;
  const snapshot = deserialize(readFileSync(path)) as Snapshot;
  for (const bytes of snapshot.files) state.files.put(Buffer.from(bytes));
  state.database.load(snapshot.tables);
  state.sentMails.splice(0, Infinity, ...snapshot.sentMails);
  state.causedMails.splice(0, Infinity, ...snapshot.causedMails);
  for (const name of ['secrets', 'automationWrites'] as const) replaceMap<unknown>(state[name], snapshot[name]);
  for (const name of ['revokedKeys', 'automationMails'] as const) replaceSet<unknown>(state[name], snapshot[name]);
  Object.assign(state.leadScore, snapshot.leadScore);
  rebuildCustomFields(new Environment(state, 1, {}, 'jsonrpc', true));
  return true;
}

function replaceMap<Value>(map: Map<number, Value>, by: ReadonlyMap<number, Value>): void {
  map.clear();
  for (const [key, value] of by) map.set(key, value);
}

function replaceSet<Value>(set: Set<Value>, by: ReadonlySet<Value>): void {
  set.clear();
  for (const value of by) set.add(value);
}
