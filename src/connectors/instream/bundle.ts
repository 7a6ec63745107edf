import { access, constants, readdir, stat } from 'node:fs/promises';
import { basename, extname, join, relative, sep } from 'node:path';
import { ConfigurationError } from '../../connector/errors.ts';
import { createTempFolder, type TempFolder } from '../../connector/kit/temp-folder.ts';
import { extractZip } from '../../connector/kit/zip-extract.ts';
import { readManifest, type Manifest } from './manifest.ts';

/** One file of an export, on disk. */
export interface BundleFile {
  readonly name: string; // path inside the bundle, with '/'
  readonly path: string; // where it can be read
  readonly size: number;
}

/** An opened export: a folder, or a zip whose readable files were unpacked into a private folder. */
export interface Bundle {
  readonly files: readonly BundleFile[];
  readonly manifest: Manifest | null;
  /** A private folder for whatever reading needs on disk; made on first use, removed by `close`. */
  temp(): Promise<TempFolder>;
  close(): Promise<void>;
}

/** Files that this connector reads as tables or as the manifest; everything else is only listed. */
export const isReadable = (name: string): boolean => ['.csv', '.tsv', '.txt', '.xlsx'].includes(extname(name).toLowerCase()) || basename(name).toLowerCase() === 'manifest.json';

const hidden = (name: string): boolean => name.split('/').some((part) => part.startsWith('.') || part === '__MACOSX' || part.startsWith('~$'));
const maxFiles = 10_000;

async function listFolder(root: string): Promise<BundleFile[]> {
  const found: BundleFile[] = [];
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue; // links are never followed
    const path = join(entry.parentPath, entry.name);
    const name = relative(root, path).split(sep).join('/');
    if (hidden(name)) continue;
    found.push({ name, path, size: (await stat(path)).size });
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

/**
 * Opens the export.
 * @throws ConfigurationError the path is missing, unreadable, no folder, zip, CSV or XLSX, or the zip is refused.
 */
export async function openBundle(path: string, signal: AbortSignal): Promise<Bundle> {
  let temp: Promise<TempFolder> | null = null;
  const close = async (): Promise<void> => { if (temp !== null) await (await temp).remove(); temp = null; };
  const folder = (): Promise<TempFolder> => (temp ??= createTempFolder('portolan-instream-'));
  try {
    const kind = await existing(path);
    let files: readonly BundleFile[];
    if (kind === 'folder') files = await listFolder(path);
    else if (extname(path).toLowerCase() === '.zip') files = (await extractZip({ path, into: (await folder()).path, wanted: (name) => isReadable(name) && !hidden(name), signal })).filter((file) => !hidden(file.name));
    else if (isReadable(path)) files = [{ name: basename(path), path, size: (await stat(path)).size }];
    else throw new ConfigurationError({ code: 'not-an-export', message: `path: ${path} is neither a folder nor a .zip, .csv or .xlsx file`, remedy: 'Set path to the folder or .zip file of the export.' });
    const manifest = files.find((file) => basename(file.name).toLowerCase() === 'manifest.json');
    const sorted = [...files].sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
    return { files: sorted, manifest: manifest === undefined ? null : await readManifest(manifest.path), temp: folder, close };
  } catch (error) {
    await close();
    throw error;
  }
}
