import type { Plan } from '../../plan/plan.ts';
import { shapingAnswers } from '../../plan/changes/reshape.ts';
import { linesOf } from '../../proposal/memory/memory.ts';
import type { EngineDependencies } from '../dependencies.ts';
import type { Project } from '../ports/projects.ts';
import type { Route } from '../route.ts';
import { isSandbox } from '../sandbox.ts';
import { propose } from './propose.ts';

/** Keeps what a confirmed plan teaches. What differs from what would be proposed now, with memory, is a correction by a person. A sandbox teaches nothing. */
export async function remember(dependencies: EngineDependencies, project: Project, route: Route, plan: Plan): Promise<void> {
  const { store } = dependencies;
  if (isSandbox(project.name)) return;
  const [source, destination] = await Promise.all([store.loadCatalog(project.id, 'source'), store.loadCatalog(project.id, 'destination')]);
  const proposed = source === null || destination === null ? null : (await propose(dependencies, project, route, { answers: shapingAnswers(plan) })).plan;
  await store.rememberLines({ projectId: project.id, sourcePlatform: plan.source.platform, destinationPlatform: plan.destination.platform, lines: linesOf(plan, proposed) });
}
