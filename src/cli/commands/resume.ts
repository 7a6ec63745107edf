import { ConfigurationError } from '../../connector/errors.ts';
import { examples, type RegisterCommand } from '../command-host.ts';
import { driveAndReport } from '../finish-run.ts';
import { positiveInteger } from '../parse-options.ts';
import { pickRun, unfinished } from '../pick-run.ts';
import { projectOf } from '../session.ts';

export const resumeCommand: RegisterCommand = (program, host) => {
  program.command('resume').description('go on with a run that was paused, interrupted, killed, failed, or waited at a gate')
    .argument('<project>', 'name of the project')
    .option('--run <id>', 'which run (default: the latest)')
    .option('--yes', 'open the gate of every phase whose counts add up and whose fields came back right')
    .option('--workers <n>', 'batches at a time', positiveInteger)
    .addHelpText('after', examples('resume acme', 'resume acme --yes --json'))
    .action(host.action(async (session, command) => {
      const options = command.opts<{ run?: string; yes?: boolean; workers?: number }>();
      const project = await projectOf(session, command.args[0] as string);
      const { store } = await session.workspace();
      const run = await pickRun(store, project, options.run, 'unfinished');
      if (!unfinished.has(run.status)) {
        throw new ConfigurationError({ code: 'run-finished', message: `Run ${run.id} of project '${project.name}' has ended: ${run.status}`, remedy: `there is nothing to go on with; a new one: portolan run ${project.name}` });
      }
      if (run.desired === 'cancel') {
        throw new ConfigurationError({ code: 'run-cancelled', message: `Run ${run.id} of project '${project.name}' was cancelled`, remedy: `start a new one: portolan run ${project.name}; it writes nothing twice` });
      }
      await store.setDesired({ runId: run.id, desired: 'run' });
      return driveAndReport(session, {
        runId: run.id, project: project.name, workers: options.workers ?? null,
        approveClean: options.yes === true || run.mode === 'sample' || run.mode === 'rollback', dryRun: run.settings['dryRun'] === true,
      });
    }));
};
