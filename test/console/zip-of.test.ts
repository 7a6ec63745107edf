import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { textsIn } from '../support/zip-texts.ts';
import { zipOf } from '../../src/server/zip-of.ts';

test('files that come at once and in pieces stand in the zip as they are', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-zip-'));
  try {
    const path = join(folder, 'a.zip');
    writeFileSync(path, await buffer(zipOf([{ name: 'a.csv', content: (async function* () { yield 'one,'; yield 'two'; })() }, { name: 'b.html', content: '<p>b</p>' }])));
    expect((await textsIn(path)).map(({ name, text }) => [name, text])).toEqual([['a.csv', 'one,two'], ['b.html', '<p>b</p>']]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a file that breaks off ends the download with its error, and nothing else', async () => {
  const broken = (async function* () { yield 'one,'; throw new Error('the store is gone'); })();
  await expect(buffer(zipOf([{ name: 'a.csv', content: broken }, { name: 'b.html', content: 'b' }]))).rejects.toThrow('the store is gone');
});
