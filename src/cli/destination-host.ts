import { ConfigurationError } from '../connector/errors.ts';
import type { StoredConnection } from '../engine/ports/projects.ts';
import { say, type Session } from './session.ts';

/** Host name of a connection: of the first setting that is an http address; else its platform's name. */
export function hostOf(connection: StoredConnection): string {
  for (const value of Object.values(connection.settings)) {
    if (typeof value === 'string' && /^https?:\/\//i.test(value) && URL.canParse(value)) return new URL(value).hostname;
  }
  return connection.platform;
}

/**
 * Makes sure that a person means this destination: the host name given with the option, or typed at the question.
 * @throws ConfigurationError 'destination-not-confirmed'
 */
export async function confirmDestination(session: Session, params: Readonly<{ project: string; projectId: string; given: string | undefined; what: string }>): Promise<void> {
  const { store } = await session.workspace();
  const connection = await store.loadConnection(params.projectId, 'destination');
  if (connection === null) {
    throw new ConfigurationError({ code: 'not-connected', message: `Project '${params.project}' has no destination connection`, remedy: `portolan connect ${params.project} destination --set …` });
  }
  const host = hostOf(connection);
  if (params.given === undefined && !session.io.canAsk) {
    throw new ConfigurationError({ code: 'destination-not-confirmed', message: `${params.what} writes to ${host}, and nobody confirmed that`, remedy: `add --confirm-destination ${host}, or run it in a terminal and type the host name` });
  }
  if (params.given === undefined) say(session, `${params.what} writes to ${host}.`);
  const typed = params.given ?? await session.io.ask(`Type the destination's host name to go on: `);
  if (typed.trim().toLowerCase() === host.toLowerCase()) return;
  throw new ConfigurationError({ code: 'destination-not-confirmed', message: `The confirmed destination '${typed.trim()}' is not this project's destination '${host}'`, remedy: `give --confirm-destination ${host} if that is where the records should go; else correct the connection` });
}
