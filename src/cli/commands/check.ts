import { Option } from 'commander';
import { ConfigurationError } from '../../connector/errors.ts';
import type { Role } from '../../engine/ports/projects.ts';
import { examples, type RegisterCommand } from '../command-host.ts';
import { exitCodeOfChecks } from '../exit-codes.ts';
import { print, projectOf, say } from '../session.ts';
import { connectedRoles } from '../connected-roles.ts';
import { table } from '../table.ts';

export const checkCommand: RegisterCommand = (program, host) => {
  program.command('check').description('run the readiness checks of both sides; nothing is changed')
    .argument('<project>', 'name of the project')
    .addOption(new Option('--role <role>', 'only this side').choices(['source', 'destination']))
    .addHelpText('after', examples('check acme', 'check acme --role destination --json'))
    .action(host.action(async (session, command) => {
      const project = await projectOf(session, command.args[0] as string);
      const roles = await connectedRoles(session, project, command.opts<{ role?: Role }>().role);
      const { engine } = await session.workspace();
      const results = await engine.check({ project: project.name, roles });
      const rows = roles.flatMap((role) => (results[role] ?? []).map((result) => ({ role, ...result })));
      if (rows.length === 0) throw new ConfigurationError({ code: 'no-checks', message: `No readiness check ran for project '${project.name}'`, remedy: 'report this: every connector has at least one' });
      print(session, results, table(['side', 'check', 'result', 'what was found'], rows.map((row) => [row.role, row.title, row.result, row.message])));
      for (const row of rows) if (row.remedy !== null && row.result !== 'passed') say(session, `${row.result === 'failed' ? 'FAILED' : row.result}: ${row.title}: ${row.remedy}`);
      const code = exitCodeOfChecks(rows);
      if (code === 0) say(session, `next: portolan discover ${project.name}`);
      return code;
    }));
};
