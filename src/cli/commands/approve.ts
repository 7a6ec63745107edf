import { ConfigurationError } from '../../connector/errors.ts';
import { examples, type RegisterCommand } from '../command-host.ts';
import { pickRun } from '../pick-run.ts';
import { print, projectOf, say } from '../session.ts';

export const approveCommand: RegisterCommand = (program, host) => {
  program.command('approve').description('open the gates at which a run waits')
    .argument('<project>', 'name of the project')
    .option('--phase <phase>', 'only this phase').option('--run <id>', 'which run (default: the latest)')
    .addHelpText('after', examples('approve acme && portolan resume acme', 'approve acme --phase companies'))
    .action(host.action(async (session, command) => {
      const options = command.opts<{ phase?: string; run?: string }>();
      const project = await projectOf(session, command.args[0] as string);
      const { engine, store } = await session.workspace();
      const run = await pickRun(store, project, options.run, 'unfinished');
      const approved = await engine.approve({ runId: run.id, phase: options.phase ?? null, by: session.by });
      if (approved.length === 0) throw new ConfigurationError({ code: 'no-gate', message: `Run ${run.id} of project '${project.name}' waits at no gate${options.phase === undefined ? '' : ` of phase '${options.phase}'`}; it is ${run.status}`, remedy: `see where it is: portolan status ${project.name}` });
      print(session, { run: run.id, approved }, `approved: ${approved.join(', ')}`);
      say(session, `next: portolan resume ${project.name}`);
    }));
};
