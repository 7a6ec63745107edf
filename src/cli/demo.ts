import { resolve } from 'node:path';
import { ConfigurationError } from '../connector/errors.ts';
import { demoCustomerioToOdooCrm } from './demo/customerio-to-odoo-crm.ts';
import { demoInstreamToOdooCrm } from './demo/instream-to-odoo-crm.ts';
import { demoOdooHelpdeskToIntercom } from './demo/odoo-helpdesk-to-intercom.ts';
import { prepareFolder } from './demo/stage.ts';
import type { Session } from './session.ts';
import { closest } from './suggestion.ts';

/** A demo by the id of its route: simulators of both sides, and the promises that the route is held to. */
const demos: ReadonlyMap<string, (session: Session, folder: string) => Promise<number>> = new Map([
  ['instream-to-odoo-crm', demoInstreamToOdooCrm],
  ['odoo-helpdesk-to-intercom', demoOdooHelpdeskToIntercom],
  ['customerio-to-odoo-crm', demoCustomerioToOdooCrm],
]);

/**
 * A whole migration on this machine, by the very commands a person would type: sample, production run, verification, a second
 * run, a delta, the hand-off, and a rollback with its proof.
 * @returns 0 when everything that was promised held, 1 otherwise.
 * @throws ConfigurationError 'no-demo' for a route without one
 */
export async function runDemo(session: Session, options: Readonly<{ folder: string; route: string }>): Promise<number> {
  const demo = demos.get(options.route);
  if (demo === undefined) throw new ConfigurationError({ code: 'no-demo', message: `There is no demo of the route '${options.route}'`, remedy: closest(options.route, [...demos.keys()], 'the demos are of') });
  const folder = resolve(session.io.cwd, options.folder);
  await prepareFolder(folder);
  return demo(session, folder);
}
