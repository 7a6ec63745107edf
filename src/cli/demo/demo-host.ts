import { existsSync, writeFileSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { DemoHost, RunningDemo } from '../../server/demos.ts';
import { deskAdmins, deskTeams, workOn } from './desk-people.ts';
import { placeOf, startSimulator, type StartedSimulator } from './start-simulator.ts';

type Start = (folder: string, since: Date) => Promise<RunningDemo>;

const daySeconds = 86_400;

/** The demos that a server offers: simulators of both sides by route, kept in a folder from one start to the next. */
export const demoHost: DemoHost = {
  routes: ['instream-to-odoo-crm', 'customerio-to-odoo-crm', 'odoo-helpdesk-to-intercom'],
  async start({ route, folder, since }) {
    const start = starts[route];
    if (start === undefined) throw new Error(`There is no demo of the route '${route}'`);
    return start(folder, new Date(since));
  },
};

const starts: Readonly<Record<string, Start>> = {
  'instream-to-odoo-crm': async (folder) => {
    const path = join(folder, 'export.zip');
    if (!existsSync(path)) await writeExport(folder, false);
    const odoo = await startSimulator('odoo', ['--version', '17', '--currency', 'PLN', '--state', join(folder, 'odoo.state')]);
    return { connections: { source: { platform: 'instream', settings: { path }, secrets: {} }, destination: odooSide(odoo) }, later: () => writeExport(folder, true), stop: () => odoo.stop() };
  },
  'customerio-to-odoo-crm': async (folder, since) => {
    const files = join(folder, 'files');
    const anchor = Math.floor(since.getTime() / 1000 / daySeconds) * daySeconds;
    // Small: the calls of a workspace are limited to 8 a second here as there.
    const workspace = ['--people', '60', '--companies', '8', '--events', '140', '--deliveries', '90', '--newsletters', '4', '--seed', '17', '--journeys', '--anchor', String(anchor), '--files', files];
    const [customerio, odoo] = await bothOf(startSimulator('customerio', workspace), startSimulator('odoo', ['--version', '17', '--state', join(folder, 'odoo.state')]));
    const place = placeOf(customerio.address, ['url', 'journeysUrl', 'controlUrl', 'apiKey', 'serviceToken']);
    const messagesSince = new Date((anchor - 420 * daySeconds) * 1000).toISOString().slice(0, 10);
    const passed = join(folder, 'days-have-passed');
    const later = async (): Promise<void> => {
      const { ok, status } = await fetch(`${place.controlUrl}/become`, { method: 'POST', body: JSON.stringify({ changed: 0.05, removed: 0.02, addedPeople: 4 }) });
      if (!ok) throw new Error(`The simulated Customer.io answered with ${status}.`);
      writeFileSync(passed, '');
    };
    if (existsSync(passed)) await later(); // its workspace is made anew with each start
    return {
      later,
      connections: {
        source: {
          platform: 'customerio',
          settings: { url: place.url, journeysUrl: place.journeysUrl, workspace: '111222', messagesSince, eventsPath: join(files, 'events.jsonl'), suppressionPath: join(files, 'suppression.csv') },
          secrets: { appKey: place.apiKey, journeysToken: place.serviceToken },
        },
        destination: odooSide(odoo),
      },
      stop: async () => void await Promise.all([customerio.stop(), odoo.stop()]),
    };
  },
  'odoo-helpdesk-to-intercom': async (folder) => {
    const [odoo, intercom] = await bothOf(
      startSimulator('odoo', ['--version', '17', '--helpdesk', 'enterprise', '--tickets', '17', '--seed', '3', '--state', join(folder, 'odoo.state')]),
      startSimulator('intercom', ['--admins', deskAdmins.join(','), '--teams', deskTeams.join(','), '--contacts', '6', '--conversations', '4', '--search-lag-ms', '0', '--state', join(folder, 'intercom.state')]));
    const { url, token } = placeOf(intercom.address, ['url', 'token']);
    return {
      connections: { source: odooSide(odoo), destination: { platform: 'intercom', settings: { url }, secrets: { token } } },
      later: () => workOn(placeOf(odoo.address, ['url', 'database', 'user', 'password'])),
      stop: async () => void await Promise.all([odoo.stop(), intercom.stop()]),
    };
  },
};

function odooSide(odoo: StartedSimulator): RunningDemo['connections']['source'] {
  const { url, database, user, password } = placeOf(odoo.address, ['url', 'database', 'user', 'password']);
  return { platform: 'odoo', settings: { url, database, user }, secrets: { password } };
}

/** Both, or none: one that started while the other did not is ended. */
async function bothOf(first: Promise<StartedSimulator>, second: Promise<StartedSimulator>): Promise<readonly [StartedSimulator, StartedSimulator]> {
  const started = await Promise.allSettled([first, second]);
  const [left, right] = started;
  if (left.status === 'fulfilled' && right.status === 'fulfilled') return [left.value, right.value];
  await Promise.all(started.flatMap((one) => (one.status === 'fulfilled' ? [one.value.stop()] : [])));
  throw started.find((one) => one.status === 'rejected')?.reason;
}

/** Writes the export in a process of its own, so that the server does not keep the generator in memory. */
async function writeExport(folder: string, later: boolean): Promise<void> {
  const path = join(folder, 'export.zip');
  const written = await startSimulator('instream', ['--zip', `${path}.part`, ...(later ? ['--later'] : [])]);
  await written.stop();
  await rename(`${path}.part`, path);
}
