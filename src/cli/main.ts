import { createInterface } from 'node:readline/promises';
import { runCli } from './cli.ts';
import type { CliIo } from './io.ts';
import { watchMemory } from './memory-watch.ts';
import { openWorkspace } from './open-workspace.ts';

const interruptListeners: (() => void)[] = [];
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => (interruptListeners.at(-1) ?? (() => process.exit(9)))());
// A reader that went away (`portolan status | head -1`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

const io: CliIo = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  isTerminal: process.stderr.isTTY === true,
  canAsk: process.stdin.isTTY === true && process.stderr.isTTY === true,
  ask: async (question) => {
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    try {
      return await lines.question(question);
    } finally {
      lines.close();
    }
  },
  width: () => process.stderr.columns ?? 100,
  env: process.env,
  cwd: process.cwd(),
  now: Date.now,
  onInterrupt: (listener) => {
    interruptListeners.push(listener);
    return () => void interruptListeners.splice(interruptListeners.indexOf(listener), 1);
  },
};

watchMemory();
process.exitCode = await runCli({ args: process.argv.slice(2), io, openWorkspace, loadRegistry: async () => (await import('./registry.ts')).registry });
