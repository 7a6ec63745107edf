import type { JsonObject } from '../../../connector/json.ts';
import { fileRows } from './file-rows.ts';

/** Which of several rows with one key is the one that holds. */
export interface Versions { readonly holds: (key: string, version: number | null) => boolean }

/** 2^26 bits, 8 MB: of a million keys one in a hundred meets another's bit, and is looked at closely for nothing. */
const bits = 2 ** 26;

/**
 * Reads files twice: once to find keys that may come more than once, once for the highest version of these. Memory holds 8 MB and
 * those keys, however long the files are.
 */
export async function newestVersions(files: readonly string[], read: (row: JsonObject) => Readonly<{ key: string; version: number | null }> | null): Promise<Versions> {
  const seen = new Uint8Array(bits / 8);
  const several = new Set<string>();
  for await (const { key } of rows(files, read)) {
    const at = hash(key);
    const mask = 1 << (at & 7);
    if (((seen[at >>> 3] ?? 0) & mask) !== 0) several.add(key);
    else seen[at >>> 3] = (seen[at >>> 3] ?? 0) | mask;
  }
  const highest = new Map<string, number>();
  if (several.size > 0) for await (const { key, version } of rows(files, read)) if (several.has(key)) highest.set(key, Math.max(highest.get(key) ?? -Infinity, version ?? 0));
  return { holds: (key, version) => { const newest = highest.get(key); return newest === undefined || (version ?? 0) >= newest; } };
}

async function* rows(files: readonly string[], read: Parameters<typeof newestVersions>[1]): AsyncGenerator<Readonly<{ key: string; version: number | null }>> {
  for (const file of files) {
    for await (const stretch of fileRows(file, null)) {
      for (const { row } of stretch.rows) {
        const found = row === null ? null : read(row);
        if (found !== null) yield found;
      }
    }
  }
}

/** FNV-1a over the characters, cut to the bits of the table. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return (value >>> 0) % bits;
}
