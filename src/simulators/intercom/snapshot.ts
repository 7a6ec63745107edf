import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import type { Workspace } from './workspace.ts';

/** Writes everything that a workspace holds to a file, so that another simulator can go on from it. For small workspaces: it is held whole. */
export function saveSnapshot(workspace: Workspace, path: string): void {
  writeFileSync(`${path}.part`, serialize(workspace.dump()), { mode: 0o600 });
  renameSync(`${path}.part`, path);
}

/** Goes on from a file of `saveSnapshot`, where there is one. */
export function loadSnapshot(workspace: Workspace, path: string): void {
  if (existsSync(path)) workspace.load(deserialize(readFileSync(path)) as object);
}
