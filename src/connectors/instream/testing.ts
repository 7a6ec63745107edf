import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { encode } from 'iconv-lite';
import { afterEach } from 'vitest';
import type { ConnectionContext } from '../../connector/context.ts';
import type { Json } from '../../connector/json.ts';
import type { SourceConnection, SourcePage } from '../../connector/source.ts';
import { openInstreamSource } from './source-connection.ts';

/** What the engine lends, for tests: no limits, no log. */
export const testContext: ConnectionContext = {
  countCall: () => {}, budget: { acquire: async () => {}, penalise: async () => {} }, log: () => {}, signal: new AbortController().signal,
};

/** Files of a bundle by name: text is written as UTF-8, unless it comes with an encoding. */
export type TestFiles = { readonly [name: string]: string | Buffer | { readonly text: string; readonly encoding: string } };

/** Temp folders of a test file, removed after each test together with what was opened. */
export function useBundles(): {
  readonly folder: (files: TestFiles) => Promise<string>;
  readonly open: (files: TestFiles, settings?: { readonly [name: string]: string }) => Promise<SourceConnection>;
  readonly openPath: (path: string) => Promise<SourceConnection>;
} {
  const folders: string[] = [];
  const sources: SourceConnection[] = [];
  afterEach(async () => {
    for (const source of sources.splice(0)) await source.close();
    for (const path of folders.splice(0)) await rm(path, { recursive: true, force: true });
  });
  const folder = async (files: TestFiles): Promise<string> => {
    const path = await mkdtemp(join(tmpdir(), 'portolan-test-bundle-'));
    folders.push(path);
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(path, name)), { recursive: true });
      await writeFile(join(path, name), typeof content === 'object' && 'text' in content ? encode(content.text, content.encoding, { addBOM: content.encoding.startsWith('utf') }) : content);
    }
    return path;
  };
  const openPath = async (path: string, settings: { readonly [name: string]: string } = {}): Promise<SourceConnection> => {
    const source = await openInstreamSource({ path, ...settings }, testContext);
    sources.push(source);
    return source;
  };
  return { folder, openPath, open: async (files, settings) => openPath(await folder(files), settings) };
}

/** Everything of an object, in one list. */
export async function readAll(source: SourceConnection, object: string, answers: { readonly [id: string]: Json } = {}, pageSize = 100): Promise<{ readonly records: SourcePage['records']; readonly rejected: SourcePage['rejected'] }> {
  const pages: SourcePage[] = [];
  for await (const page of source.read({ object, cursor: null, pageSize, answers })) pages.push(page);
  return { records: pages.flatMap((page) => page.records), rejected: pages.flatMap((page) => page.rejected) };
}

/** Temp folders that connections have left behind. */
export const leftovers = async (): Promise<readonly string[]> => (await readdir(tmpdir())).filter((name) => name.startsWith('portolan-instream-'));
