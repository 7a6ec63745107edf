import { ConfigurationError } from '../connector/errors.ts';
import type { Project, Role } from '../engine/ports/projects.ts';
import { say, type Session } from './session.ts';

/**
 * The sides a command works on: the one asked for, or every one that is connected.
 * @throws ConfigurationError 'not-connected' if the asked one, or both, are not
 */
export async function connectedRoles(session: Session, project: Project, asked: Role | undefined): Promise<readonly Role[]> {
  const { store } = await session.workspace();
  const wanted: readonly Role[] = asked === undefined ? ['source', 'destination'] : [asked];
  const connected: Role[] = [];
  for (const role of wanted) if ((await store.loadConnection(project.id, role)) !== null) connected.push(role);
  const missing = wanted.filter((role) => !connected.includes(role));
  if (connected.length === 0) {
    throw new ConfigurationError({ code: 'not-connected', message: `Project '${project.name}' has no ${missing.join(' and no ')} connection`, remedy: `portolan connect ${project.name} ${missing[0]} --set …` });
  }
  for (const role of missing) say(session, `the ${role} is not connected yet: portolan connect ${project.name} ${role} --set …`);
  return connected;
}
