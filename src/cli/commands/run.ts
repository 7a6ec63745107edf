import { Option, type Command } from 'commander';
import type { JsonObject } from '../../connector/json.ts';
import type { RunMode } from '../../engine/ports/runs.ts';
import { examples, type RegisterCommand } from '../command-host.ts';
import { confirmDestination } from '../destination-host.ts';
import { driveAndReport } from '../finish-run.ts';
import { positiveInteger } from '../parse-options.ts';
import { refuseUnfinished } from '../pick-run.ts';
import { projectOf, type Session } from '../session.ts';

export const sampleCommand: RegisterCommand = (program, host) => {
  program.command('sample').description('load a connected sample of records into the destination, verified like a whole run')
    .argument('<project>', 'name of the project')
    .option('--records <n>', 'how many records to choose, evenly spread; what they refer to comes along', positiveInteger, 200)
    .option('--workers <n>', 'batches at a time', positiveInteger)
    .addHelpText('after', examples('sample acme --records 200 --json'))
    .action(host.action(async (session, command) => {
      const { records } = command.opts<{ records: number }>();
      return start(session, command, { mode: 'sample', settings: { records }, approveClean: true });
    }));
};

export const runCommand: RegisterCommand = (program, host) => {
  program.command('run').description('load everything the confirmed plan says, phase by phase')
    .argument('<project>', 'name of the project')
    .addOption(new Option('--mode <mode>', 'into what').choices(['production', 'sandbox']).default('production'))
    .option('--yes', 'open the gate of every phase whose counts add up and whose fields came back right; others wait for `approve`')
    .option('--confirm-destination <host>', 'the destination\'s host name, instead of typing it')
    .option('--workers <n>', 'batches at a time', positiveInteger)
    .addHelpText('after', examples('run acme --mode production', 'run acme --mode production --yes --confirm-destination 127.0.0.1 --json'))
    .action(host.action(async (session, command) => {
      const options = command.opts<{ mode: RunMode; yes?: boolean }>();
      return start(session, command, { mode: options.mode, settings: options.yes === true ? { approveGates: true } : {}, approveClean: options.yes === true });
    }));
};

async function start(session: Session, command: Command, params: Readonly<{ mode: RunMode; settings: JsonObject; approveClean: boolean }>): Promise<number> {
  const options = command.opts<{ confirmDestination?: string; workers?: number }>();
  const project = await projectOf(session, command.args[0] as string);
  const { engine, store } = await session.workspace();
  await refuseUnfinished(store, project);
  if (params.mode === 'production' || options.confirmDestination !== undefined) {
    await confirmDestination(session, { project: project.name, projectId: project.id, given: options.confirmDestination, what: `A ${params.mode} run` });
  }
  const run = await engine.startRun({ project: project.name, mode: params.mode, settings: params.settings, by: session.by });
  return driveAndReport(session, { runId: run.id, project: project.name, approveClean: params.approveClean, workers: options.workers ?? null });
}
