import { Option } from 'commander';
import type { Role } from '../../engine/ports/projects.ts';
import { examples, type RegisterCommand } from '../command-host.ts';
import { connectedRoles } from '../connected-roles.ts';
import { createProgress } from '../progress.ts';
import { print, projectOf, say } from '../session.ts';
import { table } from '../table.ts';

export const discoverCommand: RegisterCommand = (program, host) => {
  program.command('discover').description('read what both sides hold: objects, fields, counts, value profiles')
    .argument('<project>', 'name of the project')
    .addOption(new Option('--role <role>', 'only this side').choices(['source', 'destination']))
    .addHelpText('after', examples('discover acme', 'discover acme --role source --json > catalog.json'))
    .action(host.action(async (session, command) => {
      const project = await projectOf(session, command.args[0] as string);
      const roles = await connectedRoles(session, project, command.opts<{ role?: Role }>().role);
      const { engine } = await session.workspace();
      const progress = createProgress(session.io);
      const catalogs = await engine.discover({
        project: project.name, roles,
        onProgress: ({ role, subject, done }) => progress.show(`${role} · ${subject}  ${done.toLocaleString('en')}`, `${role} ${subject}`),
      }).finally(() => progress.end());
      const objects = roles.flatMap((role) => (catalogs[role]?.objects ?? []).map((object) => [role, object.name, object.label, object.count, object.fields.length, object.fields.filter((field) => field.custom).length]));
      print(session, catalogs, objects.length === 0 ? 'nothing was found' : table(['side', 'object', 'label', 'records', 'fields', 'custom'], objects));
      for (const role of roles) {
        for (const note of catalogs[role]?.notes ?? []) if (note.level === 'warning') say(session, `warning: ${role} ${note.subject}: ${note.message}`);
        for (const question of catalogs[role]?.questions ?? []) say(session, `to decide: ${question.question}`);
      }
      say(session, roles.length === 2 ? `next: portolan check ${project.name} once more, which now compares both sides and names what is not moved; then portolan propose ${project.name}` : 'next: connect and discover the other side');
    }));
};
