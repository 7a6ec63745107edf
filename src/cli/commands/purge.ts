import { rm } from 'node:fs/promises';
import { ConfigurationError, FatalError } from '../../connector/errors.ts';
import { sandboxName } from '../../engine/sandbox.ts';
import { sumOf } from '../../reports/words.ts';
import { examples, type RegisterCommand } from '../command-host.ts';
import { print, projectOf } from '../session.ts';
import { table } from '../table.ts';
import { uploadsOf } from '../../server/uploads.ts';
import { projectReports } from '../report-folders.ts';

export const purgeCommand: RegisterCommand = (program, host) => {
  program.command('purge').description('delete everything Portolan keeps of a project, its sandbox and reports too, and prove it; a rollback is impossible afterwards')
    .argument('<project>', 'name of the project').option('--yes', 'do not ask').option('--keep-reports', 'leave the reports folder')
    .addHelpText('after', examples('purge acme', 'purge acme --yes --json'))
    .action(host.action(async (session, command) => {
      const options = command.opts<{ yes?: boolean; keepReports?: boolean }>();
      const project = await projectOf(session, command.args[0] as string);
      const { engine } = await session.workspace();
      if (options.yes !== true) {
        if (!session.io.canAsk) throw new ConfigurationError({ code: 'purge-not-confirmed', message: `A purge deletes all that is kept of project '${project.name}', and nobody confirmed that`, remedy: 'add --yes, or run it in a terminal' });
        const typed = await session.io.ask(`This deletes all that is kept of '${project.name}'; a rollback is impossible afterwards. Type the project's name to go on: `);
        if (typed.trim() !== project.name) throw new ConfigurationError({ code: 'purge-not-confirmed', message: `'${typed.trim()}' is not the project's name '${project.name}'`, remedy: 'nothing was deleted' });
      }
      const { deleted, left } = await engine.purge(project.name);
      if (options.keepReports !== true) for (const name of [project.name, sandboxName(project.name)]) await rm(projectReports(session.dataFolder, name), { recursive: true, force: true });
      await rm(uploadsOf(session.dataFolder, project.id), { recursive: true, force: true });
      print(session, { project: project.name, deleted, left, reportsDeleted: options.keepReports !== true }, table(['table', 'deleted', 'left'], Object.keys({ ...deleted, ...left }).map((name) => [name, deleted[name] ?? 0, left[name] ?? 0])));
      const remaining = sumOf(Object.values(left));
      if (remaining > 0) throw new FatalError({ code: 'purge-incomplete', message: `${remaining} rows of project '${project.name}' are left after the purge`, remedy: 'something wrote meanwhile: stop every worker and purge again' });
    }));
};
