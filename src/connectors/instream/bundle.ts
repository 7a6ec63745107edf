import { createReadStream } from 'node:fs';
import { access, constants, readdir, stat } from 'node:fs/promises';
import { basename, extname, join, relative, sep } from 'node:path';
import { ConfigurationError } from '../../connector/errors.ts';
import { createTempFolder, type TempFolder } from '../../connector/kit/temp-folder.ts';
import { foldText } from '../../connector/kit/fold.ts';
import { openZipArchive, type ZipArchive } from '../../connector/kit/tables/zip-archive.ts';
import { readManifest, type Manifest } from './manifest.ts';

/** One file of an export. */
export interface BundleFile {
  readonly name: string; // path inside the bundle, with '/'
  readonly size: number; // bytes, unpacked
}

/** An opened export: a folder, a zip whose files are unpacked or streamed as they are needed, or nothing but what a service gives. */
export interface Bundle {
  readonly files: readonly BundleFile[];
  readonly manifest: Manifest | null;
  /** Streams the bytes of a file of the bundle. */
  open(name: string): AsyncIterable<Uint8Array>;
  /** Where a file can be read on disk; a packed one is unpacked into the private folder on first use. */
  localPath(name: string): Promise<string>;
  /** A private folder for whatever reading needs on disk; made on first use, removed by `close`. */
  temp(): Promise<TempFolder>;
  close(): Promise<void>;
}

const attachmentFolders = new Set(['files', 'pliki', 'attachments', 'zalaczniki', 'zalacznik']);
const ending = (name: string): string => extname(name).toLowerCase();

/** True for what lies in a folder of attachments: such files are passed on as they are and never read as tables, mail or calendars. */
const isAttachmentPath = (name: string): boolean => name.split('/').slice(0, -1).some((part) => attachmentFolders.has(foldText(part)));

/** What a file is read as, by its place and ending; `other` is only listed. */
export function fileKind(name: string): 'table' | 'manifest' | 'mail' | 'mailbox' | 'calendar' | 'attachment' | 'other' {
  if (isAttachmentPath(name)) return 'attachment';
  if (basename(name).toLowerCase() === 'manifest.json') return 'manifest';
  if (['.csv', '.tsv', '.txt', '.xlsx'].includes(ending(name))) return 'table';
  if (ending(name) === '.eml') return 'mail';
  if (ending(name) === '.mbox' || basename(name).toLowerCase() === 'mbox') return 'mailbox';
  return ['.ics', '.ical', '.ifb', '.icalendar'].includes(ending(name)) ? 'calendar' : 'other';
}

const hidden = (name: string): boolean => name.split('/').some((part) => part.startsWith('.') || part === '__MACOSX' || part.startsWith('~$'));
/** 140 bytes each in memory; an account with every e-mail as a file has tens of thousands. */
const maxFiles = 200_000;

type PlacedFile = BundleFile & { readonly path: string };

async function listFolder(root: string): Promise<PlacedFile[]> {
  const found: PlacedFile[] = [];
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue; // links are never followed
    const path = join(entry.parentPath, entry.name);
    const name = relative(root, path).split(sep).join('/');
    if (hidden(name)) continue;
    found.push({ name: name.normalize('NFC'), path, size: (await stat(path)).size });
    if (found.length > maxFiles) throw new ConfigurationError({ code: 'too-many-files', message: `${root} holds more than ${maxFiles} files`, remedy: 'Name the folder that holds the export only.' });
  }
  return found;
}

async function existing(path: string): Promise<'folder' | 'file'> {
  try {
    await access(path, constants.R_OK);
    const found = await stat(path);
    return found.isDirectory() ? 'folder' : 'file';
  } catch (cause) {
    const denied = (cause as NodeJS.ErrnoException).code === 'EACCES';
    throw new ConfigurationError({
      code: denied ? 'export-not-readable' : 'export-not-found',
      message: denied ? `path: ${path} may not be read by this user` : `path: there is no file or folder ${path}`,
      remedy: denied ? 'Give the user that runs Portolan the right to read it.' : 'Set path to the folder or .zip file of the export.', cause,
    });
  }
}

/** How the files of one kind of bundle are reached. */
interface Storage { readonly files: readonly BundleFile[]; readonly open: Bundle['open']; readonly localPath: Bundle['localPath']; readonly close: () => void }

function onDisk(files: readonly PlacedFile[], signal: AbortSignal): Storage {
  const paths = new Map(files.map((file) => [file.name, file.path]));
  const pathOf = (name: string): string => {
    const path = paths.get(name);
    if (path === undefined) throw new Error(`the bundle has no file ${name}`);
    return path;
  };
  return {
    files: files.map(({ name, size }) => ({ name, size })),
    open: async function* (name) { yield* createReadStream(pathOf(name), { highWaterMark: 1 << 18, signal }) as AsyncIterable<Uint8Array>; },
    localPath: async (name) => pathOf(name),
    close: () => {},
  };
}

function inArchive(archive: ZipArchive, folder: () => Promise<TempFolder>, signal: AbortSignal): Storage {
  const unpacked = new Map<string, Promise<string>>();
  const unpack = async (name: string): Promise<string> => {
    const target = join((await folder()).path, `packed-${unpacked.size}${ending(name)}`);
    await archive.extract(name, target, signal);
    return target;
  };
  return {
    files: archive.files.filter((file) => !hidden(file.name)),
    open: (name) => archive.open(name),
    localPath: (name) => {
      const known = unpacked.get(name);
      if (known !== undefined) return known;
      const started = unpack(name);
      unpacked.set(name, started);
      return started;
    },
    close: () => archive.close(),
  };
}

async function storageOf(path: string, folder: () => Promise<TempFolder>, signal: AbortSignal): Promise<Storage> {
  const kind = await existing(path);
  if (kind === 'folder') return onDisk(await listFolder(path), signal);
  if (ending(path) === '.zip') return inArchive(await openZipArchive(path, { mayBeArchive: isAttachmentPath }), folder, signal);
  const name = basename(path);
  if (['table', 'mail', 'mailbox', 'calendar'].includes(fileKind(name))) return onDisk([{ name, path, size: (await stat(path)).size }], signal);
  throw new ConfigurationError({ code: 'not-an-export', message: `path: ${path} is neither a folder nor a .zip, .csv, .xlsx, .eml, .mbox or .ics file`, remedy: 'Set path to the folder or .zip file of the export.' });
}

/**
 * Opens the export.
 * @param path null = there is no export on disk: the bundle is empty.
 * @throws ConfigurationError the path is missing, unreadable, no folder, zip or readable file, or the zip is refused.
 */
export async function openBundle(path: string | null, signal: AbortSignal): Promise<Bundle> {
  let temp: Promise<TempFolder> | null = null;
  let storage: Storage | null = null;
  const close = async (): Promise<void> => {
    storage?.close();
    if (temp !== null) await (await temp).remove();
    temp = null;
  };
  const folder = (): Promise<TempFolder> => (temp ??= createTempFolder('portolan-instream-'));
  try {
    storage = path === null ? onDisk([], signal) : await storageOf(path, folder, signal);
    const manifest = storage.files.find((file) => fileKind(file.name) === 'manifest');
    const collator = new Intl.Collator('en', { numeric: true });
    const files = [...storage.files].sort((a, b) => collator.compare(a.name, b.name) || (a.name < b.name ? -1 : 1));
    return { files, manifest: manifest === undefined ? null : await readManifest(await storage.localPath(manifest.name)), open: storage.open, localPath: storage.localPath, temp: folder, close };
  } catch (error) {
    await close();
    throw error;
  }
}
