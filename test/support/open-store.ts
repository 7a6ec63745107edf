import { randomBytes } from 'node:crypto';
import { openStore } from '../../src/store/postgres-store.ts';

/**
 * Opens the embedded store of a folder in a process of its own, prints its URL, and closes it when standard input
 * ends: for being killed, and for sharing a folder. Prints the error's code and remedy where it does not open.
 * Arguments: data folder; uid to become first (optional).
 */
const [, , dataFolder = '', uid] = process.argv;
if (uid !== undefined) {
  process.setgid?.(Number(uid));
  process.setuid?.(Number(uid));
}
try {
  const store = await openStore({ dataFolder, databaseUrl: null, encryptionKey: randomBytes(32) });
  console.log(store.url);
  process.stdin.resume();
  process.stdin.once('end', () => void store.close());
} catch (error) {
  const { code, remedy } = error as { code?: string; remedy?: string };
  console.log(JSON.stringify({ code, remedy, message: String(error) }));
  process.exitCode = 1;
}
