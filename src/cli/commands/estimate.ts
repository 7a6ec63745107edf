import { examples, type RegisterCommand } from '../command-host.ts';
import { print, projectOf } from '../session.ts';
import { table } from '../table.ts';

export const estimateCommand: RegisterCommand = (program, host) => {
  program.command('estimate').description('tell how many records and calls a run would take, and what each figure rests on')
    .argument('<project>', 'name of the project')
    .addHelpText('after', examples('estimate acme'))
    .action(host.action(async (session, command) => {
      const project = await projectOf(session, command.args[0] as string);
      const { engine } = await session.workspace();
      const rows = await engine.estimate(project.name);
      print(session, rows, table(['phase', 'mapping', 'records', 'calls', 'basis'], rows.map((row) => [row.phase, row.mapping, row.records, row.calls, row.basis])));
    }));
};
