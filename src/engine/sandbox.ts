import type { Connector } from '../connector/connector.ts';
import { ConfigurationError } from '../connector/errors.ts';
import { formatPlan } from '../plan/format.ts';
import { planHash } from '../plan/hash.ts';
import { contentHash } from './canonical.ts';
import type { EngineDependencies } from './dependencies.ts';
import { currentPlan } from './plans.ts';
import type { Project, StoredConnection } from './ports/projects.ts';
import type { Route } from './route.ts';
import { Sessions } from './sessions.ts';

const MARK = '~sandbox';

/** Name of the shadow project in which a project's sandbox runs stand: a ledger and staging of their own. No person can give a project this name. */
export function sandboxName(project: string): string {
  return isSandbox(project) ? project : `${project}${MARK}`;
}

export function isSandbox(project: string): boolean {
  return project.endsWith(MARK);
}

/** Name of the project that a shadow belongs to; a project's own name where it is none. */
export function ownerOfSandbox(project: string): string {
  return isSandbox(project) ? project.slice(0, -MARK.length) : project;
}

/**
 * Brings the shadow project of a project up to date: the same source and the same confirmed plan, against the sandbox's own
 * database, whose catalog is read anew.
 * @throws ConfigurationError 'not-connected' without a sandbox connection, 'sandbox-is-destination' when both lead to the same place
 */
export async function prepareSandbox(dependencies: EngineDependencies, project: Project, route: Route, by: string): Promise<Project> {
  const { store } = dependencies;
  const shadow = await store.findProject(sandboxName(project.name));
  const sandbox = shadow === null ? null : await store.loadConnection(shadow.id, 'destination');
  if (shadow === null || sandbox === null) {
    throw new ConfigurationError({ code: 'not-connected', message: `Project ${project.name} has no sandbox connection.`, remedy: `Connect it first: \`portolan connect ${project.name} sandbox --set <name>=<value>\`` });
  }
  const [source, destination] = await Promise.all([store.loadConnection(project.id, 'source'), store.loadConnection(project.id, 'destination')]);
  if (source === null) throw new ConfigurationError({ code: 'not-connected', message: `Project ${project.name} has no source connection.`, remedy: `Connect it first: \`portolan connect ${project.name} source --set <name>=<value>\`` });
  if (destination !== null && samePlace(dependencies.connectors, destination, sandbox)) {
    throw new ConfigurationError({ code: 'sandbox-is-destination', message: `The sandbox of project ${project.name} is its destination itself.`, remedy: 'Connect another database as the sandbox: a copy, or an empty one of the same version.' });
  }
  await store.saveConnection({ ...source, projectId: shadow.id });
  const catalog = await store.loadCatalog(project.id, 'source');
  if (catalog !== null) await store.saveCatalog({ projectId: shadow.id, role: 'source', catalog: catalog.catalog, hash: catalog.hash });
  const sessions = new Sessions(dependencies, new AbortController().signal);
  try {
    const found = await (await sessions.destination(shadow.id)).discover({ objects: route.destinationObjects });
    const hash = contentHash(JSON.parse(JSON.stringify(found)));
    await store.saveCatalog({ projectId: shadow.id, role: 'destination', catalog: found, hash });
    const { plan, stored } = await currentPlan(dependencies, project);
    const own = { ...plan, project: shadow.name, destination: { ...plan.destination, version: found.version ?? plan.destination.version, catalog: hash } };
    const saved = await store.savePlan({ projectId: shadow.id, hash: planHash(own), text: formatPlan(own) });
    if (stored.confirmedAt !== null && saved.confirmedAt === null) await store.confirmPlan({ projectId: shadow.id, version: saved.version, by });
  } finally {
    await sessions.close();
  }
  return shadow;
}

/** Whether two connections lead to the same place, by the settings that name it (all of them, where the connector names none). */
function samePlace(connectors: readonly Connector[], left: StoredConnection, right: StoredConnection): boolean {
  if (left.platform !== right.platform) return false;
  const settings = connectors.find((connector) => connector.platform === left.platform)?.settings ?? [];
  const naming = settings.filter((setting) => setting.place === true);
  const names = naming.length > 0 ? naming.map((setting) => setting.name) : [...new Set([...Object.keys(left.settings), ...Object.keys(right.settings)])];
  const form = (value: unknown): string => String(value ?? '').trim().toLowerCase().replace(/\/+$/, '');
  return names.every((name) => form(left.settings[name]) === form(right.settings[name]));
}
