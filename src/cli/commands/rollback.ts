import { Option } from 'commander';
import type { JsonObject } from '../../connector/json.ts';
import { ConfigurationError } from '../../connector/errors.ts';
import { examples, type RegisterCommand } from '../command-host.ts';
import { confirmDestination } from '../destination-host.ts';
import { driveAndReport } from '../finish-run.ts';
import { positiveInteger } from '../parse-options.ts';
import { refuseUnfinished } from '../pick-run.ts';
import { listRollback } from '../rollback-list.ts';
import { projectOf } from '../session.ts';

interface RollbackOptions { readonly dryRun?: boolean; readonly keepChanged?: boolean; readonly deleteChanged?: true | readonly string[]; readonly sandbox?: boolean; readonly yes?: boolean; readonly confirmDestination?: string; readonly workers?: number; readonly list?: number }

export const rollbackCommand: RegisterCommand = (program, host) => {
  program.command('rollback').description('undo everything the project wrote: delete what it created, restore what it changed, prove it')
    .argument('<project>', 'name of the project')
    .option('--dry-run', 'show all of it first; nothing is changed')
    .addOption(new Option('--keep-changed', 'keep and report records that people changed since (the default)').conflicts('deleteChanged'))
    .option('--delete-changed [keys...]', 'take them as well: those named as mapping:source-id, or all')
    .option('--sandbox', 'in the sandbox, not at the destination')
    .option('--list <n>', 'records listed of each object and fate, with who changed those that are kept (default: 10; with --json: 1000)', positiveInteger)
    .option('--yes', 'do not ask').option('--confirm-destination <host>', 'the destination\'s host name, instead of typing it')
    .option('--workers <n>', 'batches at a time', positiveInteger)
    .addHelpText('after', examples('rollback acme --dry-run', 'rollback acme --dry-run --list 500', 'rollback acme --yes --json', 'rollback acme --sandbox --yes', 'rollback acme --delete-changed companies:17 contacts:4711 --yes'))
    .action(host.action(async (session, command) => {
      const options = command.opts<RollbackOptions>();
      const project = await projectOf(session, command.args[0] as string, options.sandbox === true);
      const { engine, store } = await session.workspace();
      await refuseUnfinished(store, project);
      if (options.dryRun !== true && (options.yes !== true || options.confirmDestination !== undefined)) {
        await confirmDestination(session, { project: project.name, projectId: project.id, given: options.confirmDestination, what: 'A rollback' });
      }
      const run = await engine.startRun({ project: project.name, mode: 'rollback', settings: rollbackSettings(options), by: session.by });
      return driveAndReport(session, { runId: run.id, project: project.name, approveClean: true, workers: options.workers ?? null, dryRun: options.dryRun === true,
        after: () => listRollback(session, { project, runId: run.id, dryRun: options.dryRun === true, most: options.list ?? null }) });
    }));
};

/** What the engine is told: `{ dryRun, deleteChanged: false | true | ['mapping:source-id', …] }`. */
function rollbackSettings(options: Readonly<Pick<RollbackOptions, 'dryRun' | 'deleteChanged'>>): JsonObject {
  const keys = options.deleteChanged ?? false;
  const wrong = Array.isArray(keys) ? keys.find((key) => !/^[^:]+:.+$/s.test(key)) : undefined;
  if (wrong !== undefined) throw new ConfigurationError({ code: 'wrong-key', message: `'${wrong}' names no record`, remedy: 'write mapping:source-id as the residue list of the rollback report shows them, e.g. companies:17' });
  return { dryRun: options.dryRun === true, deleteChanged: keys };
}
