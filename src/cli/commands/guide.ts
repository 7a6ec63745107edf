import { routeGuide } from '../../reports/guide.ts';
import { examples, type RegisterCommand } from '../command-host.ts';
import { routeById } from '../registry-lookup.ts';
import { print } from '../session.ts';

export const guideCommand: RegisterCommand = (program, host) => {
  program.command('guide').description('print the guide of a route as Markdown: objects, phases, losses, gotchas, checks')
    .argument('[route]', 'route id; left out: list the routes')
    .addHelpText('after', examples('guide', 'guide instream-to-odoo-crm > guide.md'))
    .action(host.action(async (session, command) => {
      const [id] = command.args;
      const { routes } = session.registry;
      if (id === undefined) return print(session, routes.map((route) => ({ id: route.id, label: route.label })), routes.map((route) => `${route.id}  ${route.label}`).join('\n'));
      const route = routeById(session.registry, id);
      const { propose: _propose, readiness: _readiness, handoff: _handoff, ...data } = route;
      print(session, data, routeGuide(route));
    }));
};
