import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigurationError } from '../../connector/errors.ts';
import type { RunReport } from '../../engine/run-report.ts';
import { exitCode } from '../exit-codes.ts';
import type { CliIo } from '../io.ts';
import { say, type Session } from '../session.ts';

/** Marks a folder that a demo made, so that the next one may empty it and nothing else is ever deleted. */
const MARKER = '.portolan-demo';
export const PROJECT = 'demo';

/** What a demo works with: the commands as a person would type them, and the promises that they are held to. */
export interface Stage {
  readonly folder: string;
  /** Runs a command line and shows it with what it prints. */
  readonly typed: (...args: readonly string[]) => Promise<number>;
  /** The report of the latest run. */
  readonly report: () => Promise<RunReport>;
  readonly promise: (text: string, kept: boolean) => void;
  /** Lists the promises; 0 when all of them held. */
  readonly verdict: () => number;
}

/** @param params.secrets environment variables that hold the secrets of the simulators */
export function createStage(session: Session, params: Readonly<{ folder: string; secrets: Readonly<Record<string, string>> }>): Stage {
  const { folder } = params;
  const promises: { readonly promise: string; readonly kept: boolean }[] = [];
  const run = async (args: readonly string[]): Promise<{ code: number; out: string }> => {
    let out = '';
    const io: CliIo = { ...session.io, canAsk: false, out: (text) => { out += text; }, env: { ...session.io.env, PORTOLAN_HOME: join(folder, 'data'), ...params.secrets } };
    const code = await session.runCommand(args, io);
    return { code, out };
  };
  return {
    folder,
    typed: async (...args) => {
      say(session, `\n$ portolan ${args.join(' ')}`);
      const { code, out } = await run(args);
      session.io.out(out);
      return code;
    },
    report: async () => JSON.parse((await run(['report', PROJECT, '--json'])).out) as RunReport,
    promise: (text, kept) => void promises.push({ promise: text, kept }),
    verdict: () => {
      say(session, `\n${promises.map(({ promise: text, kept }) => `${kept ? 'kept  ' : 'BROKEN'}  ${text}`).join('\n')}\n\nreports: ${join(folder, 'data', 'reports', PROJECT)}`);
      return promises.every(({ kept }) => kept) ? exitCode('clean') : exitCode('unexpected');
    },
  };
}

/** Empties the folder of an earlier demo, or makes it. @throws ConfigurationError when it holds something that no demo made. */
export async function prepareFolder(folder: string): Promise<void> {
  if (existsSync(folder) && !existsSync(join(folder, MARKER))) {
    throw new ConfigurationError({ code: 'demo-folder-in-use', message: `${folder} exists and was not made by a demo.`, remedy: 'Name another folder: portolan demo --folder <folder>' });
  }
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, MARKER), 'Made by portolan demo; the next demo empties this folder.\n');
}

/** Every phase adds up, and every field was read back as written. */
export const isClean = (report: RunReport): boolean => report.phases.length > 0 && report.phases.every((phase) => phase.balanced) && report.verification.mismatch + report.verification.unreadable === 0;
