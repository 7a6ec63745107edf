import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AdviceCache } from '../proposal/adviser/language-model.ts';

/** Keeps answers as files of a folder, one per question, readable by the owner alone. Keys are hashes; what was asked is not stored. */
export function fileCache(folder: string): AdviceCache {
  return {
    get: (key) => readFile(join(folder, `${key}.txt`), 'utf8').catch(() => null),
    put: async (key, text) => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const path = join(folder, `${key}.txt`);
      await writeFile(`${path}.new`, text, { mode: 0o600 });
      await rename(`${path}.new`, path);
    },
  };
}
