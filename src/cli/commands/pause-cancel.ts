import { examples, type RegisterCommand } from '../command-host.ts';
import { pickRun, unfinished } from '../pick-run.ts';
import { ConfigurationError } from '../../connector/errors.ts';
import { print, projectOf, say } from '../session.ts';

export const pauseCommand: RegisterCommand = ending('pause', 'stop a run between two batches, on whatever machine it runs; resume goes on');
export const cancelCommand: RegisterCommand = ending('cancel', 'stop a run for good; what is in stays in, rollback takes it out');

function ending(verb: 'pause' | 'cancel', description: string): RegisterCommand {
  return (program, host) => {
    program.command(verb).description(description)
      .argument('<project>', 'name of the project').option('--run <id>', 'which run (default: the latest)')
      .addHelpText('after', examples(`${verb} acme`))
      .action(host.action(async (session, command) => {
        const project = await projectOf(session, command.args[0] as string);
        const { engine, store } = await session.workspace();
        const run = await pickRun(store, project, command.opts<{ run?: string }>().run, 'unfinished');
        if (!unfinished.has(run.status)) throw new ConfigurationError({ code: 'run-finished', message: `Run ${run.id} of project '${project.name}' has ended: ${run.status}`, remedy: `there is nothing to ${verb}` });
        await engine[verb](run.id);
        const after = await store.run(run.id);
        print(session, { run: run.id, status: after?.status ?? run.status, desired: verb }, `run ${run.id}: ${verb} asked for; it is ${after?.status ?? run.status}`);
        say(session, verb === 'pause' ? `next: portolan resume ${project.name}` : `next: portolan rollback ${project.name} --dry-run, or a new run`);
      }));
  };
}
