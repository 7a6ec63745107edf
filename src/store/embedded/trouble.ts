import { ConfigurationError } from '../../connector/errors.ts';
import type { PortolanError } from '../../connector/errors.ts';

/** Turns an error of the file system about the data folder into one that says what to do. */
export function folderError(folder: string, cause: unknown): PortolanError {
  const code = (cause as NodeJS.ErrnoException | null)?.code;
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(folder, cause);
  if (code === 'ENAMETOOLONG') {
    return new ConfigurationError({ code: 'data-folder-too-long', message: `The path of the data folder is too long: ${folder}`, remedy: 'Choose a data folder with a shorter path.', cause });
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new ConfigurationError({
      code: 'data-folder-not-writable',
      message: `The data folder ${folder} cannot be read and written by user ${process.geteuid?.() ?? 'of this process'} (${code}).`,
      remedy: 'Give this user the folder (chown), or choose another data folder.', cause,
    });
  }
  if (code === 'ENOTDIR' || code === 'EEXIST') {
    return new ConfigurationError({ code: 'data-folder-not-a-folder', message: `The data folder ${folder} is not a folder.`, remedy: 'Choose another data folder.', cause });
  }
  return new ConfigurationError({
    code: 'data-folder-unusable', message: `The data folder ${folder} cannot be used: ${cause instanceof Error ? cause.message : String(cause)}`,
    remedy: 'Choose another data folder, or set DATABASE_URL to a PostgreSQL server of your own.', cause,
  });
}

const diskFull = (folder: string, cause?: unknown): PortolanError => new ConfigurationError({
  code: 'disk-full', message: `The disk that holds the data folder ${folder} is full.`,
  remedy: 'Free some space (1 GB for every 100,000 records is plenty) and start again; nothing written so far is lost.', cause,
});

/** Reads from PostgreSQL's own words why it did not start. */
export function troubleInLog(log: string, folder: string, program: string): PortolanError {
  const tail = log.trim().split('\n').slice(-12).join('\n');
  if (/No space left on device|Disk quota exceeded/.test(tail)) return diskFull(folder, tail);
  if (/Permission denied|could not access directory/.test(tail)) return folderError(folder, Object.assign(new Error(tail), { code: 'EACCES' }));
  if (/could not bind|Address already in use|could not create any TCP\/IP sockets/.test(tail)) {
    return new ConfigurationError({ code: 'port-not-available', message: 'PostgreSQL could not listen on any free port of 127.0.0.1.', remedy: 'Check that the loopback network works and that this user may listen on it.', cause: tail });
  }
  if (/error while loading shared libraries/.test(tail)) {
    return new ConfigurationError({ code: 'postgres-library-missing', message: `The embedded PostgreSQL does not run here: ${tail}`, remedy: 'Run `npm rebuild`, or install the library, or set DATABASE_URL to a PostgreSQL server of your own.' });
  }
  return new ConfigurationError({
    code: 'postgres-did-not-start', message: `${program} of the embedded PostgreSQL failed on ${folder}: ${tail || 'it said nothing'}`,
    remedy: 'Read postgres.log in the data folder; the disk or a copy from a backup may be damaged.',
  });
}
