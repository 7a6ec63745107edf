import { Environment, type ServerState } from '../orm/environment.ts';
import { rebuildCustomFields } from '../models/custom-fields.ts';

/** One call is one transaction; when it is undone, so are fields it added, and mails it had not yet sent. */
export function transact<T>(env: Environment, work: () => T): T {
  const mails = env.server.sentMails.length;
  const caused = env.server.causedMails.length;
  env.server.schemaChanged = false;
  try {
    return env.server.database.transaction(work);
  } catch (error) {
    env.server.sentMails.length = mails;
    env.server.causedMails.length = caused;
    if (env.server.schemaChanged) rebuildCustomFields(env.sudo());
    throw error;
  }
}

class Undone extends Error {}

/** Carries out work and then undoes it: a worker that was killed before its commit. */
export function runAndUndo(state: ServerState, work: () => unknown): void {
  const env = new Environment(state, 1, {}, 'jsonrpc', true);
  const undone = new Undone();
  try {
    transact(env, () => {
      work();
      state.schemaChanged = true;
      throw undone;
    });
  } catch (error) {
    if (error !== undone) throw error;
  }
}
