import { examples, type RegisterCommand } from '../command-host.ts';
import { planSummary } from '../plan-summary.ts';
import { print, projectOf, say } from '../session.ts';

export const proposeCommand: RegisterCommand = (program, host) => {
  program.command('propose').description('make a draft plan from what was discovered; what people settled before is kept')
    .argument('<project>', 'name of the project')
    .addHelpText('after', examples('propose acme'))
    .action(host.action(async (session, command) => {
      const project = await projectOf(session, command.args[0] as string);
      const { engine, store } = await session.workspace();
      const { plan, stored } = await engine.propose({ project: project.name });
      print(session, { version: stored.version, hash: stored.hash, plan }, `plan version ${stored.version} (${stored.hash})\n\n${planSummary(plan)}`);
      const [source, destination] = await Promise.all([store.loadCatalog(project.id, 'source'), store.loadCatalog(project.id, 'destination')]);
      const route = session.registry.routes.find((each) => each.id === project.route);
      if (route !== undefined && source !== null && destination !== null) {
        for (const result of route.readiness({ source: source.catalog, destination: destination.catalog })) {
          if (result.result !== 'passed') say(session, `warning: ${result.title}: ${result.message}${result.remedy === null ? '' : ` ${result.remedy}`}`);
        }
      }
      const open = plan.decisions.filter((decision) => decision.answer === null).length;
      say(session, `next: portolan plan show ${project.name} > ${project.name}.plan.yaml${open === 0 ? '' : `; portolan decide ${project.name}`}; then portolan plan confirm ${project.name} --file ${project.name}.plan.yaml, or --accept-recommendations to take the rest as proposed`);
    }));
};
