import { examples, type RegisterCommand } from '../command-host.ts';
import { exitCode } from '../exit-codes.ts';
import { reconciliationTable } from '../finish-run.ts';
import { pickRun } from '../pick-run.ts';
import { print, projectOf } from '../session.ts';
import { table } from '../table.ts';

export const reconcileCommand: RegisterCommand = (program, host) => {
  program.command('reconcile').description('show the counts of a run: what was read, what became of it, and whether it adds up')
    .argument('<project>', 'name of the project').option('--run <id>', 'which run (default: the latest)')
    .addHelpText('after', examples('reconcile acme', 'reconcile acme --json'))
    .action(host.action(async (session, command) => {
      const project = await projectOf(session, command.args[0] as string);
      const { engine, store } = await session.workspace();
      const run = await pickRun(store, project, command.opts<{ run?: string }>().run, 'loading');
      const report = await engine.report(run.id);
      const balanced = report.phases.every((phase) => phase.balanced);
      const reasons = report.phases.flatMap((phase) => (['skipped', 'quarantined', 'failed', 'kept'] as const).flatMap((outcome) => Object.entries(phase[outcome]).map(([reason, count]) => [phase.mapping, outcome, reason, count])));
      print(session, { run: run.id, project: project.name, mode: run.mode, status: run.status, balanced, phases: report.phases }, [
        `run ${run.id}  ${run.mode}  ${run.status}`, '',
        report.phases.length === 0 ? 'no phase has run yet' : reconciliationTable(report),
        ...(reasons.length === 0 ? [] : ['', table(['mapping', 'outcome', 'reason', 'records'], reasons)]),
        ...(report.phases.length === 0 ? [] : ['', balanced ? 'every count adds up' : 'THE COUNTS DO NOT ADD UP']),
      ].join('\n'));
      return exitCode(balanced ? 'clean' : 'notVerified');
    }));
};
