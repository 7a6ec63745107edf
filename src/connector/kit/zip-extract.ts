import { createWriteStream } from 'node:fs';
import { extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { decode } from 'iconv-lite';
import { isUtf8 } from 'node:buffer';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { ConfigurationError } from '../errors.ts';

/** One entry of an archive. `path` is empty for entries that were not wanted and stay packed. */
export interface ExtractedFile { readonly name: string; readonly path: string; readonly size: number }

export interface ZipLimits {
  readonly entries: number;
  readonly totalBytes: number; // unpacked
  readonly ratio: number; // unpacked / packed, for entries above 1 MB
}

/** An export of 200,000 contacts has about 20 entries and 300 MB; text packs to about a tenth. */
export const zipLimits: ZipLimits = { entries: 10_000, totalBytes: 20_000_000_000, ratio: 100 };

export interface ExtractZipRequest {
  readonly path: string;
  /** Folder that the files are unpacked into, under numbers: names from the archive never become paths. */
  readonly into: string;
  readonly wanted: (name: string) => boolean;
  readonly limits?: Partial<ZipLimits>;
  readonly signal?: AbortSignal;
}

const refused = (code: string, message: string, remedy: string, cause?: unknown): ConfigurationError => new ConfigurationError({ code, message, remedy, cause });
const polish = /[ąćęłńóśźżĄĆĘŁŃÓŚŹŻ]/g;

/** Old programs write names in cp852 or cp1250 without saying so; the reading with more Polish letters wins. */
function entryName(entry: Entry): string {
  const raw = entry.fileNameRaw;
  if ((entry.generalPurposeBitFlag & 0x800) !== 0 || isUtf8(raw)) return raw.toString('utf8').normalize('NFC').replace(/\\/g, '/');
  const readings = ['cp852', 'windows-1250'].map((encoding) => decode(raw, encoding));
  return (readings.sort((a, b) => (b.match(polish)?.length ?? 0) - (a.match(polish)?.length ?? 0))[0] ?? '').normalize('NFC').replace(/\\/g, '/');
}

function inspect(archive: string, entry: Entry, name: string, limits: ZipLimits): void {
  const remedy = 'Pack the exported files again, with plain names and without other things.';
  const shown = JSON.stringify(name);
  if (name === '' || name.startsWith('/') || /^[a-z]:/i.test(name) || name.split('/').includes('..') || name.includes('\0')) throw refused('zip-unsafe-path', `${archive}: the entry ${shown} leads outside the archive`, remedy);
  if (((entry.externalFileAttributes >>> 16) & 0xf000) === 0xa000) throw refused('zip-link', `${archive}: the entry ${shown} is a link`, remedy);
  if (entry.isEncrypted()) throw refused('zip-encrypted', `${archive}: the entry ${shown} is protected by a password`, 'Unpack the archive with its password and name the folder.');
  if (['.zip', '.7z', '.rar', '.gz', '.tgz'].includes(extname(name).toLowerCase())) throw refused('zip-nested', `${archive}: the entry ${shown} is an archive in the archive`, 'Unpack it and put its files into the bundle.');
  if (entry.uncompressedSize > 1_000_000 && entry.uncompressedSize > entry.compressedSize * limits.ratio) throw refused('zip-bomb', `${archive}: the entry ${shown} unpacks to ${entry.uncompressedSize} bytes from ${entry.compressedSize}, more than ${limits.ratio} times`, 'If the file is genuine, unpack it yourself and name the folder.');
}

async function unpack(zip: ZipFile, entry: Entry, target: string, signal: AbortSignal | undefined): Promise<void> {
  const stream = await zip.openReadStreamPromise(entry);
  await pipeline(stream, createWriteStream(target, { mode: 0o600 }), signal === undefined ? {} : { signal });
}

/** What went wrong while the archive was read, as an error that a person can act on. */
function explained(archive: string, error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOSPC') return refused('disk-full', `${archive}: no room left on the disk for the unpacked files`, 'Free some space, or set TMPDIR to a folder on a larger disk.', error);
  if (error instanceof ConfigurationError || (error as Error).name === 'AbortError' || (code !== undefined && /^E[A-Z]+$/.test(code) && code !== 'ENOENT')) return error;
  return refused('zip-unreadable', `${archive}: the archive is damaged or cut off (${(error as Error).message})`, 'Download or copy the export again.', error);
}

/**
 * Unpacks the wanted entries of a zip, refusing whatever is unsafe: paths leading outside, links, archives in the archive,
 * passwords, too many entries, entries that unpack to far more than they are.
 * @throws ConfigurationError with a remedy; nothing of the archive is used then.
 */
export async function extractZip(request: ExtractZipRequest): Promise<readonly ExtractedFile[]> {
  const limits = { ...zipLimits, ...request.limits };
  let zip: ZipFile | null = null;
  try {
    zip = await yauzl.openPromise(request.path, { lazyEntries: true, decodeStrings: false, validateEntrySizes: true, autoClose: false });
    if (zip.entryCount > limits.entries) throw refused('zip-too-many-entries', `${request.path}: ${zip.entryCount} entries, at most ${limits.entries} are read`, 'Pack only the exported files.');
    const files: ExtractedFile[] = [];
    const names = new Set<string>();
    let total = 0;
    for await (const entry of zip.eachEntry()) {
      const name = entryName(entry);
      inspect(request.path, entry, name, limits);
      if (name.endsWith('/')) continue;
      if (names.has(name)) throw refused('zip-repeated-name', `${request.path}: two entries are named ${JSON.stringify(name)}`, 'Pack the exported files again.');
      names.add(name);
      total += entry.uncompressedSize;
      if (total > limits.totalBytes) throw refused('zip-too-large', `${request.path}: unpacks to more than ${limits.totalBytes} bytes`, 'Unpack it yourself and name the folder.');
      const path = request.wanted(name) ? join(request.into, `${files.length}${extname(name).toLowerCase()}`) : '';
      if (path !== '') await unpack(zip, entry, path, request.signal);
      files.push({ name, path, size: entry.uncompressedSize });
    }
    return files;
  } catch (error) {
    throw explained(request.path, error);
  } finally {
    zip?.close();
  }
}
