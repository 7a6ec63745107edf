import { setTimeout as pause } from 'node:timers/promises';
import type { Finished, Portolan } from '../support/portolan.ts';

/**
 * Starts the command and kills it with SIGKILL as soon as the condition holds, so that it falls on the same piece of work on a
 * slow machine and on a fast one; resolves to how it ended.
 * @param condition asked every 50 ms while the command runs
 */
export async function killedWhen(cli: Portolan, args: readonly string[], condition: () => Promise<boolean>): Promise<Finished> {
  const { child, ended } = cli.start(...args);
  while (child.exitCode === null && child.signalCode === null && !(await condition())) await pause(50);
  child.kill('SIGKILL');
  return ended;
}
