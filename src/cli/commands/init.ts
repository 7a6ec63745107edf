import { projectName } from '../parse-options.ts';
import { examples, type RegisterCommand } from '../command-host.ts';
import { connectorOf, routeById } from '../registry-lookup.ts';
import { print, say } from '../session.ts';

export const initCommand: RegisterCommand = (program, host) => {
  program.command('init').description('make a project for one migration')
    .argument('<project>', 'name of the project', projectName)
    .requiredOption('--route <route>', 'from which platform to which, e.g. instream-to-odoo-crm')
    .addHelpText('after', examples('init acme --route instream-to-odoo-crm'))
    .action(host.action(async (session, command) => {
      const route = routeById(session.registry, command.opts<{ route: string }>().route);
      for (const platform of [route.source, route.destination]) connectorOf(session.registry, platform);
      const { store } = await session.workspace();
      const project = await store.createProject({ name: command.processedArgs[0] as string, route: route.id });
      await store.audit({ projectId: project.id, actor: session.by, action: 'project-created', details: { route: route.id } });
      print(session, project, `project ${project.name}: ${route.label}`);
      say(session, `next: portolan connect ${project.name} source --set …   (what it takes: portolan connect ${project.name} source)`);
    }));
};
