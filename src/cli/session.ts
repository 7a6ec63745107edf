import type { Project } from '../engine/ports/projects.ts';
import { isSandbox, sandboxName } from '../engine/sandbox.ts';
import { ConfigurationError } from '../connector/errors.ts';
import { visibleText } from '../reports/safe-text.ts';
import type { CliIo } from './io.ts';
import type { Registry } from './registry-lookup.ts';
import type { SecretKeeper } from './secrets.ts';
import { closest } from './suggestion.ts';
import type { Workspace } from './workspace.ts';

/** What every command is handed: the process, the installation and the way to print. */
export interface Session {
  readonly io: CliIo;
  readonly registry: Registry;
  readonly json: boolean;
  readonly dataFolder: string;
  readonly secrets: SecretKeeper;
  /** Name of the person for the audit log. */
  readonly by: string;
  /** Runs another command line in this process, with its own installation: for the demo. */
  readonly runCommand: (args: readonly string[], io: CliIo) => Promise<number>;
  /** Opens the installation at the first call; later calls give the same. */
  readonly workspace: () => Promise<Workspace>;
}

/** Prints the result: the document with `--json`, else the text. Text for people never drives their terminal. */
export function print(session: Session, document: unknown, text: string): void {
  session.io.out(session.json ? `${JSON.stringify(document, null, 2)}\n` : visibleText(text.endsWith('\n') ? text : `${text}\n`));
}

/** Says something on stderr: what comes next, where files are. */
export function say(session: Session, text: string): void {
  session.io.err(`${session.secrets.redact(visibleText(text))}\n`);
}

/**
 * The project of a name, or its sandbox.
 * @throws ConfigurationError 'no-project' with the nearest name, or with the command that makes the first one; 'no-sandbox'
 */
export async function projectOf(session: Session, name: string, sandbox = false): Promise<Project> {
  const { store } = await session.workspace();
  if (sandbox) {
    const { name: owner } = await projectOf(session, name);
    const shadow = await store.findProject(sandboxName(owner));
    if (shadow !== null) return shadow;
    throw new ConfigurationError({ code: 'no-sandbox', message: `Project '${owner}' has no sandbox`, remedy: `connect one: portolan connect ${owner} sandbox --set …` });
  }
  const project = await store.findProject(name);
  if (project !== null) return project;
  const names = (await store.listProjects()).map((candidate) => candidate.name).filter((each) => !isSandbox(each));
  throw new ConfigurationError({
    code: 'no-project', message: `There is no project '${name}'`,
    remedy: names.length === 0 ? `make it: portolan init ${name} --route <route>` : closest(name, names, 'the projects are'),
  });
}
