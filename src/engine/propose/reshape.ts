import { ConfigurationError } from '../../connector/errors.ts';
import type { Plan } from '../../plan/plan.ts';
import { changedMappings, reshapePlan, shapeOf, shapingAnswers } from '../../plan/changes/reshape.ts';
import { withDeletedRecordsDecision } from '../retire/deleted-records.ts';
import type { EngineDependencies } from '../dependencies.ts';
import type { Project } from '../ports/projects.ts';
import type { Route } from '../route.ts';
import { propose } from './propose.ts';

/**
 * The plan as its answers shape it: the same, unless the answer of a decision that shapes the plan is another than in the plan before.
 * @throws ConfigurationError 'already-loaded' where records stand at the destination by a mapping that the answer changes
 */
export async function reshaped(dependencies: EngineDependencies, project: Project, route: Route, { previous, plan }: Readonly<{ previous: Plan; plan: Plan }>): Promise<Plan> {
  if (shapeOf(previous) === shapeOf(plan)) return plan;
  const { store } = dependencies;
  const [before, after] = await Promise.all([previous, plan].map(async (one) => withDeletedRecordsDecision((await propose(dependencies, project, route, { answers: shapingAnswers(one) })).plan))) as [Plan, Plan];
  const changed = changedMappings(before, after);
  const loaded = (await Promise.all(changed.map(async (mapping) => ({ mapping, count: await store.countWritten({ projectId: project.id, mapping, runId: null }) })))).filter(({ count }) => count > 0);
  if (loaded.length > 0) {
    const ids = plan.decisions.filter(({ id, shapes, answer }) => shapes === true && answer !== previous.decisions.find((one) => one.id === id)?.answer).map(({ id }) => id);
    throw new ConfigurationError({
      code: 'already-loaded',
      message: `The answer of ${ids.length === 1 ? 'decision' : 'decisions'} ${ids.join(', ')} can no longer be changed: records were loaded by ${loaded.map(({ mapping, count }) => `${mapping} (${count})`).join(', ')}, which another answer changes.`,
      remedy: `Take the load back first: \`portolan rollback ${project.name}\`. Then answer, confirm and run again. Or go on with the answer as it is.`,
    });
  }
  return reshapePlan({ previous: plan, before, after });
}
