import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { referenceFiles } from '../scripts/reference-files.ts';

test.each([...referenceFiles()])('docs/reference/%s is up to date; else run scripts/write-schemas.ts', async (name, text) => {
  expect(await readFile(new URL(`../docs/reference/${name}`, import.meta.url), 'utf8')).toBe(text);
});
