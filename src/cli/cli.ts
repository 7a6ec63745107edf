import { Command, CommanderError } from 'commander';
import { homedir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import type { CommandHost } from './command-host.ts';
import { commands } from './commands.ts';
import { errorDocument, errorText } from './error-text.ts';
import { exitCode, exitCodeOfError } from './exit-codes.ts';
import { visibleText } from '../reports/safe-text.ts';
import type { CliIo } from './io.ts';
import type { Registry } from './registry-lookup.ts';
import { SecretKeeper } from './secrets.ts';
import type { Session } from './session.ts';
import type { OpenWorkspace, Workspace } from './workspace.ts';
import packageJson from '../../package.json' with { type: 'json' };

export interface CliParams {
  readonly args: readonly string[]; // without node and script
  readonly io: CliIo;
  /** Connectors and routes; loaded for a command, not for its help. */
  readonly loadRegistry: () => Promise<Registry>;
  readonly openWorkspace: OpenWorkspace;
}

/** Runs one command line and tells its exit code. Never throws; whatever was opened is closed. */
export async function runCli(params: CliParams): Promise<number> {
  const { io } = params;
  const state: { code: number; workspace: Promise<Workspace> | null } = { code: 0, workspace: null };
  const secrets = new SecretKeeper();
  let json = params.args.includes('--json');
  const fail = (error: unknown): number => {
    io.err(`${secrets.redact(errorText(error, (io.env['PORTOLAN_DEBUG'] ?? '') !== ''))}\n`);
    const code = exitCodeOfError(error);
    if (json) io.out(`${secrets.redact(JSON.stringify({ ...errorDocument(error), exitCode: code }, null, 2))}\n`);
    return code;
  };
  const host: CommandHost = {
    action: (handler) => async (...given) => {
      const command = given.at(-1) as Command;
      const options = command.optsWithGlobals<{ json?: boolean; data?: string }>();
      json = options.json === true;
      const dataFolder = resolve(io.cwd, options.data ?? (io.env['PORTOLAN_HOME'] || join(io.env['HOME'] || homedir(), '.portolan')));
      const session: Session = {
        io, registry: await params.loadRegistry(), json, dataFolder, secrets, by: io.env['PORTOLAN_USER'] || io.env['USER'] || io.env['LOGNAME'] || userInfo().username,
        runCommand: (args, nestedIo) => runCli({ ...params, args, io: nestedIo }),
        workspace: () => (state.workspace ??= open(params, dataFolder, secrets)),
      };
      let leaving = false;
      const stopListening = io.onInterrupt(() => {
        if (leaving) process.exit(exitCode('interrupted'));
        leaving = true;
        io.err('interrupted; closing\n');
        void Promise.resolve(state.workspace).then((workspace) => workspace?.close()).finally(() => process.exit(exitCode('interrupted')));
      });
      try {
        state.code = (await handler(session, command)) ?? exitCode('clean');
      } finally {
        stopListening();
      }
    },
  };
  try {
    await buildProgram(io, host).parseAsync([...params.args], { from: 'user' });
  } catch (error) {
    // Commander has printed its own message; help and version end here too.
    if (!(error instanceof CommanderError)) state.code = fail(error);
    else if (error.exitCode !== 0) state.code = usage(io, json, error);
  }
  try {
    await (await state.workspace?.catch(() => null))?.close();
  } catch (error) {
    const code = fail(error);
    if (state.code === 0) state.code = code;
  }
  return state.code;
}

/** The program with all commands; for the reference page as well. */
export function buildProgram(io: Pick<CliIo, 'out' | 'err' | 'width'>, host: CommandHost): Command {
  const program = new Command('portolan')
    .description('Moves a company\'s records from one SaaS product to another: mapped, confirmed, loaded once, verified, reversible.')
    .version(packageJson.version, '-V, --version', 'print the version')
    .option('--data <folder>', 'folder of the installation (default: PORTOLAN_HOME, else ~/.portolan)')
    .option('--json', 'print one JSON document on stdout')
    .helpOption('-h, --help', 'print this help').helpCommand('help [command]', 'print the help of a command')
    .showSuggestionAfterError().showHelpAfterError('(add --help for what it takes)')
    .exitOverride()
    .configureOutput({ writeOut: io.out, writeErr: io.err, getOutHelpWidth: io.width, getErrHelpWidth: io.width });
  program.addHelpText('after', '\nDATABASE_URL names your own PostgreSQL; without it an embedded one runs in the data folder.\nExit codes: 0 clean, 1 unexpected, 2 usage, 3 authentication, 4 readiness, 5 plan not confirmed,\n6 quarantine, 7 not verified, 8 rollback incomplete, 9 interrupted. Details: docs/reference/exit-codes.md');
  for (const register of commands) register(program, host);
  inherit(program);
  return program;
}

async function open(params: CliParams, dataFolder: string, secrets: SecretKeeper): Promise<Workspace> {
  const { io } = params;
  const databaseUrl = io.env['DATABASE_URL'] || null;
  if (databaseUrl !== null && URL.canParse(databaseUrl)) secrets.add(decodeURIComponent(new URL(databaseUrl).password));
  const encryptionKey = io.env['PORTOLAN_KEY'] || null;
  if (encryptionKey !== null) secrets.add(encryptionKey);
  return await params.openWorkspace({
    dataFolder, databaseUrl, encryptionKey,
    log: (level, message) => {
      if (level === 'debug' && (io.env['PORTOLAN_DEBUG'] ?? '') === '') return;
      const clear = io.isTerminal ? '\r\u001B[2K' : ''; // a progress line may stand there
      io.err(`${clear}${secrets.redact(visibleText(level === 'warning' ? `warning: ${message}` : message))}\n`);
    },
  });
}

function usage(io: CliIo, json: boolean, error: CommanderError): number {
  if (json) io.out(`${JSON.stringify({ error: { code: error.code, message: error.message.replace(/^error: /, ''), remedy: 'portolan --help' }, exitCode: exitCode('usage') }, null, 2)}\n`);
  return exitCode('usage');
}

/** Commander hands these settings only to commands made by `.command()` of a configured parent, at that moment. */
function inherit(parent: Command): void {
  for (const command of parent.commands) {
    command.copyInheritedSettings(parent);
    inherit(command);
  }
}
