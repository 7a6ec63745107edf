import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A private folder for unpacked files, removed on close. */
export interface TempFolder {
  readonly path: string;
  remove(): Promise<void>;
}

/** Makes a folder that only this user can enter (mode 700). */
export async function createTempFolder(prefix: string): Promise<TempFolder> {
  const path = await mkdtemp(join(tmpdir(), prefix));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
