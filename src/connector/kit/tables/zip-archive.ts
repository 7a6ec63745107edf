import { isUtf8 } from 'node:buffer';
import { createWriteStream } from 'node:fs';
import { extname } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { decode } from 'iconv-lite';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { ConfigurationError } from '../../errors.ts';

export interface ZipLimits {
  readonly entries: number;
  readonly totalBytes: number; // unpacked
  readonly ratio: number; // unpacked / packed, for entries above 1 MB
}

/** An export of 200,000 contacts has about 20 entries and 300 MB, with every e-mail as a file tens of thousands; text packs to about a tenth. */
export const zipLimits: ZipLimits = { entries: 100_000, totalBytes: 20_000_000_000, ratio: 100 };

/** One file of an open archive. */
interface PackedFile { readonly name: string; readonly size: number } // unpacked size in bytes

export interface ZipRules {
  readonly limits?: ZipLimits;
  /** Files that may be archives themselves, because they are only passed on and never opened. Default: none. */
  readonly mayBeArchive?: (name: string) => boolean;
}

/** An archive that stays open, so that its files are streamed or unpacked one by one. */
export interface ZipArchive {
  readonly files: readonly PackedFile[];
  /** Streams the unpacked bytes of a file. */
  open(name: string): AsyncIterable<Uint8Array>;
  /** Unpacks one file to a path that does not exist yet. Names from the archive never become paths. */
  extract(name: string, target: string, signal?: AbortSignal): Promise<void>;
  close(): void;
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

function inspect(archive: string, entry: Entry, name: string, { limits, mayBeArchive }: Required<ZipRules>): void {
  const remedy = 'Pack the exported files again, with plain names and without other things.';
  const shown = JSON.stringify(name);
  if (name === '' || name.startsWith('/') || /^[a-z]:/i.test(name) || name.split('/').includes('..') || name.includes('\0')) throw refused('zip-unsafe-path', `${archive}: the entry ${shown} leads outside the archive`, remedy);
  if (((entry.externalFileAttributes >>> 16) & 0xf000) === 0xa000) throw refused('zip-link', `${archive}: the entry ${shown} is a link`, remedy);
  if (entry.isEncrypted()) throw refused('zip-encrypted', `${archive}: the entry ${shown} is protected by a password`, 'Unpack the archive with its password and name the folder.');
  if (!mayBeArchive(name) && ['.zip', '.7z', '.rar', '.gz', '.tgz'].includes(extname(name).toLowerCase())) throw refused('zip-nested', `${archive}: the entry ${shown} is an archive in the archive`, 'Unpack it and put its files into the bundle.');
  if (entry.uncompressedSize > 1_000_000 && entry.uncompressedSize > entry.compressedSize * limits.ratio) throw refused('zip-bomb', `${archive}: the entry ${shown} unpacks to ${entry.uncompressedSize} bytes from ${entry.compressedSize}, more than ${limits.ratio} times`, 'If the file is genuine, unpack it yourself and name the folder.');
}

/** What went wrong while the archive was read, as an error that a person can act on. */
function explained(archive: string, error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOSPC') return refused('disk-full', `${archive}: no room left on the disk for the unpacked files`, 'Free some space, or set TMPDIR to a folder on a larger disk.', error);
  if (error instanceof ConfigurationError || (error as Error).name === 'AbortError' || (code !== undefined && /^E[A-Z]+$/.test(code) && code !== 'ENOENT')) return error;
  return refused('zip-unreadable', `${archive}: the archive is damaged or cut off (${(error as Error).message})`, 'Download or copy the export again.', error);
}

/** The files of an archive by name; folders are left out. */
async function readEntries(path: string, zip: ZipFile, rules: Required<ZipRules>): Promise<ReadonlyMap<string, Entry>> {
  const { limits } = rules;
  if (zip.entryCount > limits.entries) throw refused('zip-too-many-entries', `${path}: ${zip.entryCount} entries, at most ${limits.entries} are read`, 'Pack only the exported files.');
  const entries = new Map<string, Entry>();
  let total = 0;
  for await (const entry of zip.eachEntry()) {
    const name = entryName(entry);
    inspect(path, entry, name, rules);
    if (name.endsWith('/')) continue;
    if (entries.has(name)) throw refused('zip-repeated-name', `${path}: two entries are named ${JSON.stringify(name)}`, 'Pack the exported files again.');
    entries.set(name, entry);
    total += entry.uncompressedSize;
    if (total > limits.totalBytes) throw refused('zip-too-large', `${path}: unpacks to more than ${limits.totalBytes} bytes`, 'Unpack it yourself and name the folder.');
  }
  return entries;
}

function archiveOf(path: string, zip: ZipFile, entries: ReadonlyMap<string, Entry>): ZipArchive {
  const stream = async (name: string): Promise<Readable> => {
    const entry = entries.get(name);
    if (entry === undefined) throw new Error(`the archive ${path} has no file ${name}`);
    return zip.openReadStreamPromise(entry);
  };
  let closed = false;
  return {
    files: [...entries].map(([name, entry]) => ({ name, size: entry.uncompressedSize })),
    open: async function* (name) {
      try {
        yield* await stream(name);
      } catch (error) {
        throw explained(path, error);
      }
    },
    extract: async (name, target, signal) => {
      try {
        await pipeline(await stream(name), createWriteStream(target, { mode: 0o600, flags: 'wx' }), signal === undefined ? {} : { signal });
      } catch (error) {
        throw explained(path, error);
      }
    },
    close: () => {
      if (!closed) zip.close();
      closed = true;
    },
  };
}

/**
 * Opens a zip, refusing whatever is unsafe: paths leading outside, links, archives in the archive, passwords, too many entries,
 * entries that unpack to far more than they are.
 * @throws ConfigurationError with a remedy; nothing of the archive is used then.
 */
export async function openZipArchive(path: string, rules: ZipRules = {}): Promise<ZipArchive> {
  let zip: ZipFile | null = null;
  try {
    zip = await yauzl.openPromise(path, { lazyEntries: true, decodeStrings: false, validateEntrySizes: true, autoClose: false });
    return archiveOf(path, zip, await readEntries(path, zip, { limits: rules.limits ?? zipLimits, mayBeArchive: rules.mayBeArchive ?? (() => false) }));
  } catch (error) {
    zip?.close();
    throw explained(path, error);
  }
}
