import { z } from 'zod';
import { openDecisions, openLines } from '../../plan/changes/confirm.ts';
import { parsePlan } from '../../plan/parse.ts';
import { isSandbox, ownerOfSandbox, sandboxName } from '../../engine/sandbox.ts';
import type { Project, StoredPlan } from '../../engine/ports/projects.ts';
import type { Run } from '../../engine/ports/runs.ts';
import { isFinal } from '../../engine/run-states.ts';
import { operation, type App } from '../calls.ts';
import { demoFact } from '../demos.ts';
import type { ServerParts } from '../parts.ts';
import { refusal } from '../problem.ts';
import { runLine } from '../run-line.ts';
import { anyProjectName, newProjectSchema, projectSchema, projectsSchema, routesSchema, type ProjectInfo } from '../schemas/projects.ts';

export const projectParams = z.strictObject({ project: anyProjectName });

/** @throws ApiError 404 */
export async function projectNamed(parts: Pick<ServerParts, 'store'>, name: string): Promise<Project> {
  const project = await parts.store.findProject(name);
  if (project === null) throw refusal(404, 'no-project', `There is no project '${name}'.`, 'Choose one from the list of projects.');
  return project;
}

/** Routes and projects. */
export function projectsApi(app: App, parts: ServerParts): void {
  const { store } = parts;

  operation(app, { method: 'get', path: '/api/routes', tag: 'projects', summary: 'What can be moved, with the guide of each route', needs: 'look', answer: routesSchema }, async () => ({
    platforms: parts.connectors.map(({ platform, label }) => ({ platform, label })),
    routes: parts.routes.map(({ id, label, source, destination, rows, phases, gotchas }) => ({
      id, label, source, destination, rows: rows.map((row) => ({ ...row, losses: [...row.losses] })), phases: phases.map((phase) => ({ ...phase })), gotchas: gotchas.map((gotcha) => ({ ...gotcha })),
    })),
  }));

  operation(app, { method: 'get', path: '/api/projects', tag: 'projects', summary: 'Every project with its state', needs: 'look', answer: projectsSchema }, async () => {
    const projects = (await store.listProjects()).filter((project) => !isSandbox(project.name));
    return { projects: await Promise.all(projects.map((project) => projectInfo(parts, project))) };
  });

  operation(app, { method: 'post', path: '/api/projects', tag: 'projects', summary: 'Make a project', needs: 'operate', body: newProjectSchema, answer: projectSchema }, async ({ body, actor }) => {
    const route = parts.routes.find((candidate) => candidate.id === body.route);
    if (route === undefined) throw refusal(422, 'no-route', `There is no route '${body.route}'.`, 'Choose a source and a destination.', { route: 'choose a source and a destination' });
    if ((await store.findProject(body.name)) !== null) throw refusal(409, 'project-exists', `A project named '${body.name}' exists already.`, 'Choose another name.', { name: 'there is a project of this name' });
    const project = await store.createProject({ name: body.name, route: route.id });
    await store.audit({ projectId: project.id, actor, action: 'project-created', details: { route: route.id } });
    return projectInfo(parts, project);
  });

  operation(app, { method: 'get', path: '/api/projects/{project}', tag: 'projects', summary: 'One project with its state', needs: 'look', params: projectParams, answer: projectSchema },
    async ({ params }) => projectInfo(parts, await projectNamed(parts, params.project)));
}

/** A project as lists and its own page show it. */
export async function projectInfo(parts: ServerParts, project: Project): Promise<ProjectInfo> {
  const { store } = parts;
  const [source, destination, sourceCatalog, destinationCatalog, stored, latest, quarantine, demo] = await Promise.all([
    store.loadConnection(project.id, 'source'), store.loadConnection(project.id, 'destination'), store.loadCatalog(project.id, 'source'), store.loadCatalog(project.id, 'destination'),
    store.latestPlan(project.id), latestOf(parts, project), store.quarantineCounts(project.id), store.getFact(project.id, demoFact),
  ]);
  const shadow = isSandbox(project.name) ? null : await store.findProject(sandboxName(project.name));
  const sandbox = shadow === null ? null : await store.loadConnection(shadow.id, 'destination');
  return {
    name: project.name, route: project.route, routeLabel: parts.routes.find((route) => route.id === project.route)?.label ?? project.route, createdAt: project.createdAt,
    connected: { source: source !== null, destination: destination !== null },
    discovered: { source: sourceCatalog !== null, destination: destinationCatalog !== null },
    destinationHost: destination === null ? null : parts.hostOf(destination),
    plan: stored === null ? null : { version: stored.version, hash: stored.hash, confirmedAt: stored.confirmedAt, ...openPoints(stored) },
    quarantined: quarantine.reduce((sum, row) => sum + row.count, 0),
    sandbox: { of: isSandbox(project.name) ? ownerOfSandbox(project.name) : null, connected: sandbox !== null, host: sandbox === null ? null : parts.hostOf(sandbox) },
    demo: demo === true,
    latestRun: latest === null ? null : runLine(latest),
  };
}

/** The latest run. A preview that is over moved nothing: what a project waits for follows from the run before it, where there is one. */
async function latestOf({ store }: ServerParts, project: Project): Promise<Run | null> {
  const latest = await store.latestRun({ projectId: project.id, modes: null });
  return latest?.mode === 'preview' && isFinal(latest.status) ? await store.latestRun({ projectId: project.id, modes: ['sample', 'sandbox', 'production', 'delta', 'rollback'] }) ?? latest : latest;
}

interface OpenPoints { readonly toReview: number; readonly openDecisions: number }

/** Reading a plan of 1,000 lines takes a tenth of a second; lists ask again and again for the same ones. */
const known = new Map<string, OpenPoints>();
const mostKnown = 200;

function openPoints(stored: StoredPlan): OpenPoints {
  const found = known.get(stored.hash);
  if (found !== undefined) return found;
  const plan = parsePlan(stored.text);
  const points = { toReview: openLines(plan).length, openDecisions: openDecisions(plan).length };
  const [oldest] = known.keys();
  if (known.size >= mostKnown && oldest !== undefined) known.delete(oldest);
  known.set(stored.hash, points);
  return points;
}
