import { join } from 'node:path';

/** Where exports are kept that were uploaded for a project; a purge removes it. @param projectId the store's own id */
export function uploadsOf(dataFolder: string, projectId: string): string {
  return join(dataFolder, 'uploads', projectId);
}
