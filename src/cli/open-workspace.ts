import { hkdfSync } from 'node:crypto';
import { join } from 'node:path';
import type { ConsoleStore } from '../store/console-store.ts';
import { projectReports } from './report-folders.ts';
import type { OpenWorkspace } from './workspace.ts';

/** Opens store, queue and engine. Loaded on first use only: `--help` and `guide` need no database driver. */
export const openWorkspace: OpenWorkspace = async ({ dataFolder, databaseUrl, encryptionKey, log }) => {
  const [{ openStore }, { readEncryptionKey }, { openQueue }, { isProcessGone, processIdentity }, { createEngine }, { registry }, { openConsoleStore }, { spotCheckStore }, { cutOverStore }] = await Promise.all([
    import('../store/postgres-store.ts'), import('../store/secrets.ts'), import('../work/queue.ts'), import('../work/process-identity.ts'), import('../engine/engine.ts'), import('./registry.ts'), import('../store/console-store.ts'), import('../store/spot-checks.ts'), import('../store/cut-over.ts'),
  ]);
  const key = readEncryptionKey({ dataFolder, environmentKey: encryptionKey });
  const store = await openStore({ dataFolder, databaseUrl, encryptionKey: key });
  let people: ConsoleStore | null = null;
  try {
    const queue = await openQueue({ store, onTrouble: (error) => log('warning', `work queue: ${error.message}`) });
    const engine = createEngine({
      store, queue, connectors: registry.connectors, routes: registry.routes, log,
      worker: processIdentity(), isGone: isProcessGone, now: Date.now, archiveFolder: (project) => join(projectReports(dataFolder, project), 'left-out-files'),
    });
    return {
      engine, store,
      openConsole: () => ({ people: people ??= openConsoleStore(store.url), secret: Buffer.from(hkdfSync('sha256', key, '', 'portolan console', 32)).toString('base64url'),
        openSchedules: async (due) => (await import('../work/delta-schedules.ts')).openDeltaSchedules({ store, due, onTrouble: (error) => log('warning', `schedules: ${error.message}`) }) }),
      async signOffs(projectId) {
        const { database } = people ??= openConsoleStore(store.url);
        const sheets = spotCheckStore(database);
        const signed = (await sheets.list(projectId)).find(({ verdict }) => verdict !== null);
        return { spotCheck: signed === undefined ? null : await sheets.get(projectId, signed.id), cutOver: await cutOverStore(database).list(projectId) };
      },
      async close() {
        try {
          await people?.close();
          await queue.close();
        } finally {
          await store.close();
        }
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
};
