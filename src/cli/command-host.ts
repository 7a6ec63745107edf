import type { Command } from 'commander';
import type { Session } from './session.ts';

/** Lets a command register itself; `action` gives its handler a session and turns its answer into the exit code (nothing = 0). */
export interface CommandHost {
  readonly action: (handler: (session: Session, command: Command) => Promise<number | void>) => (...args: unknown[]) => Promise<void>;
}

/** One command: a function that adds itself to the program. */
export type RegisterCommand = (program: Command, host: CommandHost) => void;

/** Examples under the help of a command, one a line. */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ portolan ${line}`).join('\n')}\n`;
}

/** Collects a repeatable option: `--set a=1 --set b=2`. */
export function collect(value: string, earlier: readonly string[] | undefined): readonly string[] {
  return [...(earlier ?? []), value];
}
