import { ConfigurationError } from '../../connector/errors.ts';
import type { Json } from '../../connector/json.ts';
import type { Decision } from '../../plan/plan.ts';
import { collect, examples, type RegisterCommand } from '../command-host.ts';
import { print, projectOf, say } from '../session.ts';
import { closest } from '../suggestion.ts';
import { table } from '../table.ts';

export const decideCommand: RegisterCommand = (program, host) => {
  program.command('decide').description('answer open decisions of the plan; without answers: list them')
    .argument('<project>', 'name of the project')
    .option('--set <decision=answer>', 'an answer: an option\'s value, or a free one where the decision takes it (repeat for more)', collect)
    .addHelpText('after', examples('decide acme', 'decide acme --set won-stage=Won --set currency-rate:EUR=4.3'))
    .action(host.action(async (session, command) => {
      const project = await projectOf(session, command.args[0] as string);
      const { engine } = await session.workspace();
      const { plan } = await engine.currentPlan(project.name);
      const given = command.opts<{ set?: readonly string[] }>().set ?? [];
      if (given.length === 0) {
        print(session, plan.decisions, plan.decisions.length === 0 ? 'the plan has no decisions' : plan.decisions.map(decisionText).join('\n\n'));
        return;
      }
      const answers = Object.fromEntries(given.map((text) => answerOf(text, plan.decisions)));
      const after = await engine.decide({ project: project.name, answers, by: session.by });
      const open = after.plan.decisions.filter((decision) => decision.answer === null);
      print(session, after.plan.decisions, `${given.length} answered, ${open.length} open; plan version ${after.stored.version}`);
      say(session, open.length === 0 ? `next: portolan plan confirm ${project.name} --accept-recommendations, which takes the proposed lines as they are and keeps your answers` : `next: portolan decide ${project.name} --set '${open[0]?.id}=…'`);
    }));
};

/** Finds the decision a `decision=answer` means (ids may hold an equals sign themselves) and the value the answer spells. */
function answerOf(text: string, decisions: readonly Decision[]): [string, Json] {
  const decision = decisions.filter((candidate) => text.startsWith(`${candidate.id}=`)).sort((a, b) => b.id.length - a.id.length)[0];
  if (decision === undefined) {
    const asked = text.includes('=') ? text.slice(0, text.indexOf('=')) : text;
    const known = decisions.some((candidate) => candidate.id === text);
    throw new ConfigurationError(known
      ? { code: 'no-answer', message: `No answer is given for the decision '${text}'`, remedy: `write --set ${text}=<answer>` }
      : { code: 'no-decision', message: `The plan has no decision '${asked}'`, remedy: closest(asked, decisions.map((candidate) => candidate.id), 'its decisions are') });
  }
  const answer = text.slice(decision.id.length + 1);
  const option = decision.options.find((candidate) => (typeof candidate.value === 'string' ? candidate.value : JSON.stringify(candidate.value)) === answer || candidate.label === answer);
  if (option !== undefined) return [decision.id, option.value];
  if (decision.free === 'text' && answer !== '') return [decision.id, answer];
  if (decision.free === 'number' && answer.trim() !== '' && Number.isFinite(Number(answer))) return [decision.id, Number(answer)];
  throw new ConfigurationError({
    code: 'wrong-answer', message: `'${answer}' is no answer to the decision '${decision.id}'`,
    remedy: `give ${[...decision.options.map((candidate) => `'${valueOf(candidate.value)}'`), ...(decision.free === undefined ? [] : [`any ${decision.free}`])].join(' or ')}`,
  });
}

function valueOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function decisionText(decision: Decision): string {
  return [
    `${decision.id}: ${decision.question}`,
    `  answer: ${decision.answer === null ? 'OPEN' : valueOf(decision.answer)}${decision.recommendation === null ? '' : `   recommended: ${valueOf(decision.recommendation)}`}`,
    `  ${decision.reason}`,
    ...(decision.options.length === 0 ? [] : [table(['  value', 'meaning', 'effect'], decision.options.map((option) => [`  ${valueOf(option.value)}`, option.label, option.effect]))]),
    ...(decision.free === undefined ? [] : [`  any ${decision.free} may be given`]),
  ].join('\n');
}
