import type { Command } from 'commander';
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ConfigurationError } from '../../connector/errors.ts';
import { openDecisions, openLines } from '../../plan/changes/confirm.ts';
import { diffPlans } from '../../plan/changes/diff.ts';
import { PlanError } from '../../plan/errors.ts';
import { planJsonSchema } from '../../plan/json-schema.ts';
import { parsePlan } from '../../plan/parse.ts';
import type { Plan } from '../../plan/plan.ts';
import { validatePlan } from '../../plan/validation/validate.ts';
import { planCounts } from '../../reports/plan-counts.ts';
import { wordsOf } from '../../reports/words.ts';
import { examples, type CommandHost, type RegisterCommand } from '../command-host.ts';
import { planSummary } from '../plan-summary.ts';
import { reasonsTable } from '../proposal-summary.ts';
import { print, projectOf, say, type Session } from '../session.ts';
import { fileError } from '../write-reports.ts';

export const planCommand: RegisterCommand = (program, host) => {
  const group = program.command('plan').description('the file that says how the data moves: show, compare, check, confirm');
  showCommand(group, host);
  diffCommand(group, host);
  validateCommand(group, host);
  confirmCommand(group, host);
  schemaCommand(group, host);
};

function showCommand(group: Command, host: CommandHost): void {
  group.command('show').description('print the plan as YAML, ready to edit and to keep under version control')
    .argument('<project>', 'name of the project')
    .option('--summary', 'counts by mapping and the open decisions instead').option('--reasons [mapping]', 'every line with its confidence, reason and alternatives instead, the least sure first').option('--out <path>', 'into a file')
    .addHelpText('after', examples('plan show acme > acme.plan.yaml', 'plan show acme --summary', 'plan show acme --reasons contact-partners'))
    .action(host.action(async (session, command) => {
      const options = command.opts<{ summary?: boolean; reasons?: string | true; out?: string }>();
      const project = await projectOf(session, command.args[0] as string);
      const { engine } = await session.workspace();
      const { plan, stored } = await engine.currentPlan(project.name);
      const state = { version: stored.version, hash: stored.hash, confirmedAt: stored.confirmedAt, confirmedBy: stored.confirmedBy };
      if (options.summary === true) {
        print(session, { ...state, ...planCounts(plan) }, `plan version ${stored.version} (${stored.hash.slice(0, 12)}), ${stored.confirmedAt === null ? 'not confirmed' : `confirmed by ${stored.confirmedBy} at ${stored.confirmedAt}`}\n\n${planSummary(plan)}`);
        return;
      }
      if (options.reasons !== undefined) {
        const mappings = plan.mappings.filter(({ id }) => options.reasons === true || id === options.reasons);
        if (mappings.length === 0) throw new ConfigurationError({ code: 'unknown-mapping', message: `The plan has no mapping "${String(options.reasons)}"`, remedy: `Its mappings are: ${plan.mappings.map(({ id }) => id).join(', ')}` });
        return print(session, mappings, reasonsTable(plan, mappings));
      }
      const text = session.json ? `${JSON.stringify(plan, null, 2)}\n` : stored.text;
      if (options.out === undefined) return session.io.out(text);
      const path = resolve(session.io.cwd, options.out);
      await writeFile(path, text).catch((error: unknown) => { throw fileError(path, error); });
      say(session, `${path}: plan version ${stored.version}`);
    }));
}

function diffCommand(group: Command, host: CommandHost): void {
  group.command('diff').description('show what a plan file would change in the current plan')
    .argument('<project>', 'name of the project').requiredOption('--file <path>', 'the edited plan')
    .addHelpText('after', examples('plan diff acme --file acme.plan.yaml'))
    .action(host.action(async (session, command) => {
      const project = await projectOf(session, command.args[0] as string);
      const { engine } = await session.workspace();
      const { plan } = await engine.currentPlan(project.name);
      const changes = diffPlans(plan, parsePlan(await planFile(session, command.opts<{ file: string }>().file)));
      print(session, changes, changes.length === 0 ? 'no difference' : changes.map((change) => change.words).join('\n'));
    }));
}

function validateCommand(group: Command, host: CommandHost): void {
  group.command('validate').description('check a plan: format, names, transforms, and that all fields exist on both sides')
    .argument('<project>', 'name of the project').option('--file <path>', 'this file instead of the current plan')
    .addHelpText('after', examples('plan validate acme', 'plan validate acme --file acme.plan.yaml'))
    .action(host.action(async (session, command) => {
      const options = command.opts<{ file?: string }>();
      const project = await projectOf(session, command.args[0] as string);
      const { engine, store } = await session.workspace();
      const text = options.file === undefined ? (await engine.currentPlan(project.name)).stored.text : await planFile(session, options.file);
      const plan: Plan = parsePlan(text);
      const [source, destination] = await Promise.all([store.loadCatalog(project.id, 'source'), store.loadCatalog(project.id, 'destination')]);
      if (source === null || destination === null) say(session, `only the format was checked: run portolan discover ${project.name} to check the fields as well`);
      const problems = source === null || destination === null ? [] : validatePlan(plan, { source: source.catalog, destination: destination.catalog }, text);
      if (problems.length > 0) throw new PlanError(problems);
      const open = [...openDecisions(plan), ...openLines(plan)];
      print(session, { valid: true, ...planCounts(plan) }, `valid; ${open.length === 0 ? 'nothing is open' : `${wordsOf(open.length, 'point')} open`}`);
    }));
}

function confirmCommand(group: Command, host: CommandHost): void {
  group.command('confirm').description('confirm the plan: production runs take no other')
    .argument('<project>', 'name of the project')
    .option('--file <path>', 'take this file as the newest version first').option('--accept-recommendations', 'confirm every proposed line and answer every open decision that has a recommendation')
    .addHelpText('after', examples('plan confirm acme --accept-recommendations', 'plan confirm acme --file acme.plan.yaml'))
    .action(host.action(async (session, command) => {
      const options = command.opts<{ file?: string; acceptRecommendations?: boolean }>();
      const project = await projectOf(session, command.args[0] as string);
      const { engine } = await session.workspace();
      if (options.file !== undefined) await engine.savePlan({ project: project.name, text: await planFile(session, options.file) });
      const { plan, stored, answered, confirmed } = await engine.confirmPlan({ project: project.name, by: session.by, acceptRecommendations: options.acceptRecommendations === true });
      print(session, { version: stored.version, hash: stored.hash, confirmedAt: stored.confirmedAt, confirmedBy: stored.confirmedBy, answered, confirmed, counts: planCounts(plan) },
        `plan version ${stored.version} confirmed by ${stored.confirmedBy ?? session.by}: ${wordsOf(confirmed, 'line')} confirmed, ${wordsOf(answered, 'decision')} answered now`);
      say(session, `next: portolan sample ${project.name} --records 200`);
    }));
}

function schemaCommand(group: Command, host: CommandHost): void {
  group.command('schema').description('print the JSON Schema of plan files, for editors')
    .addHelpText('after', examples('plan schema > plan.schema.json'))
    .action(host.action(async (session) => session.io.out(`${JSON.stringify(planJsonSchema(), null, 2)}\n`)));
}

async function planFile(session: Session, path: string): Promise<string> {
  return readFile(resolve(session.io.cwd, path), 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new ConfigurationError({ code: 'file-not-readable', message: `The plan file '${path}' cannot be read (${error.code ?? error.message})`, remedy: 'give the path of a plan that `portolan plan show` printed', cause: error });
  });
}
