import { resolve } from 'node:path';
import { examples, type RegisterCommand } from '../command-host.ts';
import { pickRun } from '../pick-run.ts';
import { print, projectOf } from '../session.ts';
import { reportFolder, writeReports, writeScope } from '../write-reports.ts';

export const reportCommand: RegisterCommand = (program, host) => {
  program.command('report').description('write the reports of a run: JSON, HTML, XLSX, CSV; with --json print the run report')
    .argument('<project>', 'name of the project')
    .option('--run <id>', 'which run (default: the latest)').option('--out <folder>', 'another folder than <data>/reports/<project>/<run>')
    .option('--scope', 'only the scope document of the current plan: map, volumes, decisions, losses; needs no run')
    .addHelpText('after', examples('report acme', 'report acme --scope --out ./scope',  'report acme --json > run.json'))
    .action(host.action(async (session, command) => {
      const options = command.opts<{ run?: string; out?: string; scope?: boolean }>();
      const project = await projectOf(session, command.args[0] as string);
      const { engine, store } = await session.workspace();
      if (options.scope === true) {
        const folder = options.out === undefined ? reportFolder(session, project.name, 'scope') : resolve(session.io.cwd, options.out);
        const files = await writeScope(session, project, folder);
        return print(session, { folder, files }, [folder, ...files.map((file) => `  ${file}`)].join('\n'));
      }
      const run = await pickRun(store, project, options.run, 'any');
      const report = await engine.report(run.id);
      const folder = options.out === undefined ? reportFolder(session, project.name, run.id) : resolve(session.io.cwd, options.out);
      const written = await writeReports(session, report, folder);
      print(session, report, [written.folder, ...written.files.map((file) => `  ${file}`)].join('\n'));
    }));
};
