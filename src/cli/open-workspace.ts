import type { OpenWorkspace } from './workspace.ts';

/** Opens store, queue and engine. Loaded on first use only: `--help` and `guide` need no database driver. */
export const openWorkspace: OpenWorkspace = async ({ dataFolder, databaseUrl, encryptionKey, log }) => {
  const [{ openStore }, { readEncryptionKey }, { openQueue }, { isProcessGone, processIdentity }, { createEngine }, { registry }] = await Promise.all([
    import('../store/postgres-store.ts'), import('../store/secrets.ts'), import('../work/queue.ts'), import('../work/process-identity.ts'), import('../engine/engine.ts'), import('./registry.ts'),
  ]);
  const store = await openStore({ dataFolder, databaseUrl, encryptionKey: readEncryptionKey({ dataFolder, environmentKey: encryptionKey }) });
  try {
    const queue = await openQueue({ store, onTrouble: (error) => log('warning', `work queue: ${error.message}`) });
    const engine = createEngine({
      store, queue, connectors: registry.connectors, routes: registry.routes, log,
      worker: processIdentity(), isGone: isProcessGone, now: Date.now,
    });
    return {
      engine, store,
      async close() {
        try {
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
