import { Option, type Command } from 'commander';
import type { JsonObject } from '../../connector/json.ts';
import type { RunMode } from '../../engine/ports/runs.ts';
import { parseSampleId, parseWhere } from '../../engine/sample/where.ts';
import { collect, examples, type RegisterCommand } from '../command-host.ts';
import { confirmDestination } from '../destination-host.ts';
import { driveAndReport } from '../finish-run.ts';
import { positiveInteger } from '../parse-options.ts';
import { refuseUnfinished } from '../pick-run.ts';
import { projectOf, type Session } from '../session.ts';

const collectWhere = (value: string, earlier: readonly string[] | undefined): readonly string[] => {
  parseWhere(value);
  return collect(value, earlier);
};

export const sampleCommand: RegisterCommand = (program, host) => {
  program.command('sample').description('load a connected sample of records into the destination, verified like a whole run')
    .argument('<project>', 'name of the project')
    .option('--records <n>', 'how many records to choose, evenly spread; with --where: at most so many (default: 200, with --where all)', positiveInteger)
    .option('--ids <ids...>', 'these records, each as object:id')
    .option('--where <condition>', 'records that fulfil it: object.field=value, != or ~ for a part (repeat for more)', collectWhere)
    .option('--alone', 'without the notes, messages and deals that point to records chosen by --ids or --where')
    .option('--workers <n>', 'batches at a time', positiveInteger)
    .addHelpText('after', `\nWhat the chosen records depend on (companies, stages, owners, tags) always comes along.\n${examples('sample acme --records 200 --json', 'sample acme --ids contact:4711 deal:17', "sample acme --where 'contact.city=Kraków' --where 'contact.archived!=yes' --records 50")}`)
    .action(host.action(async (session, command) => {
      const { records, ids, where, alone } = command.opts<{ records?: number; ids?: readonly string[]; where?: readonly string[]; alone?: boolean }>();
      const named = ids !== undefined || where !== undefined;
      const settings: JsonObject = {
        ...(records === undefined && named ? {} : { records: records ?? 200 }),
        ...(ids === undefined ? {} : { ids: ids.map(parseSampleId) }), ...(where === undefined ? {} : { where: [...where] }), ...(alone === true ? { alone } : {}),
      };
      return start(session, command, { mode: 'sample', settings, approveClean: true });
    }));
};

export const runCommand: RegisterCommand = (program, host) => {
  program.command('run').description('load everything the confirmed plan says, phase by phase')
    .argument('<project>', 'name of the project')
    .addOption(new Option('--mode <mode>', 'into what').choices(['production', 'sandbox']).default('production'))
    .option('--yes', 'open the gate of every phase whose counts add up and whose fields came back right; others wait for `approve`')
    .option('--confirm-destination <host>', 'the destination\'s host name, instead of typing it')
    .option('--workers <n>', 'batches at a time', positiveInteger)
    .addHelpText('after', examples('run acme --mode production', 'run acme --mode production --yes --confirm-destination 127.0.0.1 --json', 'connect acme sandbox --set url=http://127.0.0.1:8070 --set database=trial …', 'run acme --mode sandbox --yes && portolan rollback acme --sandbox --yes'))
    .action(host.action(async (session, command) => {
      const options = command.opts<{ mode: RunMode; yes?: boolean }>();
      return start(session, command, { mode: options.mode, settings: options.yes === true ? { approveGates: true } : {}, approveClean: options.yes === true });
    }));
};

async function start(session: Session, command: Command, params: Readonly<{ mode: RunMode; settings: JsonObject; approveClean: boolean }>): Promise<number> {
  const options = command.opts<{ confirmDestination?: string; workers?: number }>();
  const project = await projectOf(session, command.args[0] as string);
  const { engine, store } = await session.workspace();
  const target = params.mode === 'sandbox' ? await projectOf(session, project.name, true) : project;
  await refuseUnfinished(store, target);
  if (params.mode === 'production' || options.confirmDestination !== undefined) {
    await confirmDestination(session, { project: project.name, projectId: target.id, given: options.confirmDestination, what: `A ${params.mode} run` });
  }
  const run = await engine.startRun({ project: project.name, mode: params.mode, settings: params.settings, by: session.by });
  return driveAndReport(session, { runId: run.id, project: target.name, approveClean: params.approveClean, workers: options.workers ?? null });
}
