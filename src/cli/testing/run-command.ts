import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../cli.ts';
import { exampleConnector, exampleRoute, fakeInstallation, type FakeInstallation } from './fake-installation.ts';

export interface CommandResult { readonly code: number; readonly out: string; readonly err: string }

/** A data folder with a fake installation, and a way to type commands at it. */
export interface CommandBench {
  readonly installation: FakeInstallation;
  readonly folder: string;
  readonly opened: () => number;
  readonly env: Record<string, string>;
  /** Answers typed at questions; empty = nobody can be asked. */
  readonly answers: string[];
  readonly listeners: (() => void)[];
  run(...args: string[]): Promise<CommandResult>;
  /** Removes the folder; throws if a command left a listener or an open installation behind. */
  remove(): Promise<void>;
}

export async function commandBench(): Promise<CommandBench> {
  const folder = await mkdtemp(join(tmpdir(), 'portolan-cli-'));
  const installation = fakeInstallation();
  let opened = 0;
  const bench: CommandBench = {
    installation, folder, opened: () => opened, env: { PORTOLAN_HOME: join(folder, 'data'), USER: 'ada' }, answers: [], listeners: [],
    async run(...args) {
      const [out, err]: [string[], string[]] = [[], []];
      let now = 0;
      const code = await runCli({
        args, loadRegistry: async () => ({ connectors: [exampleConnector('alpha'), exampleConnector('beta')], routes: [exampleRoute] }),
        openWorkspace: async () => {
          opened += 1;
          return installation;
        },
        io: {
          out: (text) => void out.push(text), err: (text) => void err.push(text), isTerminal: false, canAsk: bench.answers.length > 0,
          ask: async () => bench.answers.shift() ?? '', width: () => 80, env: bench.env, cwd: folder, now: () => (now += 1000),
          onInterrupt: (listener) => {
            bench.listeners.push(listener);
            return () => void bench.listeners.splice(bench.listeners.indexOf(listener), 1);
          },
        },
      });
      return { code, out: out.join(''), err: err.join('') };
    },
    async remove() {
      await rm(folder, { recursive: true, force: true });
      if (bench.listeners.length > 0) throw new Error('a command still listens for signals');
      if (installation.closed !== opened) throw new Error(`the installation was opened ${opened} times and closed ${installation.closed} times`);
    },
  };
  return bench;
}
