import { basename, join } from 'node:path';

/**
 * All that a project keeps in files of its own, which a purge deletes: reports, and files that could not go to its destination.
 * Project names are checked at `init`; none leads out of the folder.
 */
export function projectReports(dataFolder: string, project: string): string {
  return join(dataFolder, 'reports', basename(project));
}
