import { ConfigurationError } from '../../connector/errors.ts';
import { answersOf } from '../../plan/answered-check.ts';
import { examples, type RegisterCommand } from '../command-host.ts';
import { openAdviser, sayAdvice } from '../open-adviser.ts';
import { planSummary } from '../plan-summary.ts';
import { proposalCounts, proposalSummary } from '../proposal-summary.ts';
import { print, projectOf, say } from '../session.ts';
import { proposeSchemas, type SchemaOptions } from './propose-schemas.ts';

export const proposeCommand: RegisterCommand = (program, host) => {
  program.command('propose').description('make a draft plan from what was discovered; what people settled before is kept')
    .argument('[project]', 'name of the project')
    .option('--source-schema <file>', 'match the fields of this schema file instead of a project')
    .option('--destination-schema <file>', 'with the fields of this one')
    .option('--adviser <kind:model>', 'let a language model look at unsure fields (anthropic:… or openai-compatible:…); it sees names, types and masked samples. Off by default')
    .option('--adviser-url <url>', 'base address of its API').option('--adviser-key-env <name>', 'environment variable that holds its key')
    .option('--no-memory', 'without what people confirmed in other plans of this installation; PORTOLAN_MEMORY=off says so for all')
    .addHelpText('after', examples('propose acme', 'propose acme --no-memory', 'propose --source-schema a.json --destination-schema b.json --json'))
    .action(host.action(async (session, command) => {
      const options = command.opts<SchemaOptions & { memory: boolean }>();
      if (options.sourceSchema !== undefined || options.destinationSchema !== undefined) return proposeSchemas(session, options);
      const [name] = command.args;
      if (name === undefined) throw new ConfigurationError({ code: 'no-project', message: 'There is nothing to propose for', remedy: 'name the project, or give --source-schema and --destination-schema' });
      const project = await projectOf(session, name);
      const adviser = await openAdviser(session, options);
      const { engine, store } = await session.workspace();
      const memory = options.memory && !/^(?:off|no|false|0)$/i.test(session.io.env['PORTOLAN_MEMORY'] ?? '');
      const { plan, stored, advice = null } = await engine.propose({ project: project.name, memory, ...(adviser === null ? {} : { adviser }) });
      const counts = proposalCounts(plan);
      if (advice !== null) sayAdvice(session, advice);
      print(session, { version: stored.version, hash: stored.hash, counts, advice, plan }, `plan version ${stored.version} (${stored.hash})\n\n${proposalSummary(plan)}\n\n${planSummary(plan)}`);
      const [source, destination] = await Promise.all([store.loadCatalog(project.id, 'source'), store.loadCatalog(project.id, 'destination')]);
      const route = session.registry.routes.find((each) => each.id === project.route);
      if (route !== undefined && source !== null && destination !== null) {
        for (const result of route.readiness({ source: source.catalog, destination: destination.catalog, answers: answersOf(plan) })) {
          if (result.result !== 'passed') say(session, `warning: ${result.title}: ${result.message}${result.remedy === null ? '' : ` ${result.remedy}`}`);
        }
      }
      const open = plan.decisions.filter((decision) => decision.answer === null).length;
      say(session, `next: portolan plan show ${project.name} > ${project.name}.plan.yaml${open === 0 ? '' : `; portolan decide ${project.name}`}; then portolan plan confirm ${project.name} --file ${project.name}.plan.yaml, or --accept-recommendations to take the rest as proposed`);
    }));
};
