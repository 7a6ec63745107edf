import { ConfigurationError } from '../../connector/errors.ts';
import { examples, type RegisterCommand } from '../command-host.ts';
import { exitCodeOfReport } from '../exit-codes.ts';
import { nextStep, reportText } from '../finish-run.ts';
import { positiveInteger } from '../parse-options.ts';
import { pickRun } from '../pick-run.ts';
import { createProgress } from '../progress.ts';
import { print, projectOf, say } from '../session.ts';

/** Pause between two looks at the run, in milliseconds. */
const lookPauseMs = 500;

export const waitCommand: RegisterCommand = (program, host) => {
  program.command('wait').description('wait until a run that another process drives has ended or waits at a gate')
    .argument('<project>', 'name of the project')
    .option('--run <id>', 'which run (default: the latest)')
    .option('--timeout <seconds>', 'give up after this time (exit code 9)', positiveInteger)
    .addHelpText('after', examples('wait acme', 'wait acme --timeout 3600 --json'))
    .action(host.action(async (session, command) => {
      const options = command.opts<{ run?: string; timeout?: number }>();
      const project = await projectOf(session, command.args[0] as string);
      const { engine, store } = await session.workspace();
      const chosen = await pickRun(store, project, options.run, 'any');
      const progress = createProgress(session.io);
      const until = options.timeout === undefined ? Infinity : session.io.now() + options.timeout * 1000;
      for (let run = chosen; run.status === 'running' && session.io.now() < until;) {
        const phase = (await store.phases(run.id)).find((candidate) => candidate.status === 'running');
        progress.show(`run ${run.id} is running${phase === undefined ? '' : `: phase ${phase.name}`}`, phase?.name ?? '');
        await new Promise((done) => { setTimeout(done, lookPauseMs); });
        const next = await store.run(run.id);
        if (next === null) throw new ConfigurationError({ code: 'no-run', message: `Run ${run.id} of project '${project.name}' is gone`, remedy: 'the project was purged meanwhile' });
        run = next;
      }
      progress.end();
      const report = await engine.report(chosen.id);
      print(session, report, reportText(report));
      say(session, `next: ${nextStep(report)}`);
      return exitCodeOfReport(report);
    }));
};
