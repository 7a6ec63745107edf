import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ConfigurationError, PortolanError } from '../../../connector/errors.ts';
import type { FileOpener, FileValue } from '../../../connector/file-value.ts';
import { isFileValue } from '../../../connector/file-value.ts';
import type { Json, JsonObject } from '../../../connector/json.ts';

/** The line that a note says of a file: `SHA-256 …, SHA-1 …, 26214400 bytes`. */
const told = /^SHA-256 ([0-9a-f]{64}), SHA-1 ([0-9a-f]{40}), (\d+) bytes$/u;

/**
 * Files that stay outside: each is read once, kept in the archive folder where there is one (under the beginning of its SHA-256 and
 * its name), and described in a line of the note. Streamed, never held.
 * @returns the lines, in the order of the files
 */
export async function describeFiles(value: Json | undefined, files: FileOpener | undefined, archiveFolder: string | undefined): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const file of filesIn(value)) {
    if (files === undefined) continue;
    const { sha256, sha1, size } = await readThrough(file, files(file), archiveFolder);
    lines.push(`SHA-256 ${sha256}, SHA-1 ${sha1}, ${size} bytes`);
  }
  return lines;
}

function filesIn(value: Json | undefined): readonly FileValue[] {
  return (Array.isArray(value) ? value as readonly Json[] : [value ?? null]).flatMap((entry) => (isFileValue(entry) ? [entry] : []));
}

/** Text and files of a note that describes some. */
export function splitDescriptions(text: string | null): { readonly text: string | null; readonly files: readonly JsonObject[] } {
  const files: JsonObject[] = [];
  const lines = (text ?? '').split('\n').filter((line) => {
    const found = told.exec(line.trim());
    if (found !== null) files.push({ sha256: found[1] ?? '', sha1: found[2] ?? '', size: Number(found[3]) });
    return found === null;
  });
  return files.length === 0 ? { text, files } : { text: lines.join('\n').trim(), files };
}

async function readThrough(file: FileValue, bytes: AsyncIterable<Uint8Array>, folder: string | undefined): Promise<{ readonly sha256: string; readonly sha1: string; readonly size: number }> {
  const [sha256, sha1] = [createHash('sha256'), createHash('sha1')];
  let size = 0;
  const part = folder === undefined ? null : join(folder, `.part-${randomUUID()}`);
  const handle = part === null ? null : await openDraft(part).catch((error: unknown) => { throw notKept(file.name, folder, error); });
  try {
    for await (const chunk of bytes) {
      sha256.update(chunk);
      sha1.update(chunk);
      size += chunk.length;
      await handle?.writeFile(chunk);
    }
    await handle?.close();
    const digest = sha256.digest('hex');
    if (part !== null && folder !== undefined) await rename(part, join(folder, `${digest.slice(0, 16)}-${shortName(file.name)}`));
    return { sha256: digest, sha1: sha1.digest('hex'), size };
  } catch (error) {
    await handle?.close().catch(() => {});
    if (part !== null) await rm(part, { force: true }).catch(() => {});
    throw notKept(file.name, folder, error);
  }
}

/** A name that every file system takes: no more than 255 bytes with what stands before it, its ending kept. */
function shortName(name: string): string {
  const safe = basename(name).replace(/[^\p{L}\p{N} ._()-]/gu, '_');
  return Buffer.byteLength(safe) <= 200 ? safe : [...safe].slice(-50).join('');
}

async function openDraft(path: string): Promise<FileHandle> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  return open(path, 'w', 0o600);
}

const ofTheDisk: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'EISDIR', 'EIO']);

/** The bytes come from elsewhere, with errors of their own: what the disk says is told with its folder. A file that could not be kept gets no note. */
function notKept(name: string, folder: string | undefined, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (error instanceof PortolanError || folder === undefined || code === undefined || !ofTheDisk.has(code)) return error;
  return new ConfigurationError({ code: 'cannot-keep-file', message: `${name} cannot go into Intercom, and cannot be kept in ${folder} (${code}).`, remedy: 'Free some space or give this user the right to write there, or name another folder (setting archiveFolder of the destination); then resume.', cause: error });
}
