import { join } from 'node:path';
import { exitCode } from '../exit-codes.ts';
import { say, type Session } from '../session.ts';
import { createStage, isClean, placeOf, PROJECT, startSimulator, type Stage } from './stage.ts';

type Odoo = Readonly<Record<'url' | 'database' | 'user' | 'password', string>>;
type Intercom = Readonly<Record<'url' | 'controlUrl' | 'token', string>>;

/** Agents of the help desk who work on in Intercom; two have left, and one of the help desk's four teams was not made there. */
const admins = ['migration@desk.example', ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((at) => `agent.${at}@helpdesk.example`)];
const teams = ['Support', 'Billing', 'Second level'];

/** A simulated Odoo with a help desk, and a simulated Intercom workspace in which people work already. */
export async function demoOdooHelpdeskToIntercom(session: Session, folder: string): Promise<number> {
  say(session, `demo in ${folder}\n\nThe help desk of a simulated Odoo 17, and a simulated Intercom workspace in which people work already.`);
  const odooServer = await startSimulator('odoo', ['--version', '17', '--helpdesk', 'enterprise', '--tickets', '17', '--seed', '3']);
  const workspace = await startSimulator('intercom', ['--admins', admins.join(','), '--teams', teams.join(','), '--contacts', '6', '--conversations', '4', '--search-lag-ms', '0']);
  const odoo = placeOf(odooServer.address, ['url', 'database', 'user', 'password']);
  const intercom = placeOf(workspace.address, ['url', 'controlUrl', 'token']);
  try {
    return await migrate(createStage(session, { folder, secrets: { ODOO_PASSWORD: odoo.password, INTERCOM_TOKEN: intercom.token } }), odoo, intercom);
  } finally {
    await Promise.all([odooServer.stop(), workspace.stop()]);
  }
}

async function migrate(stage: Stage, odoo: Odoo, intercom: Intercom): Promise<number> {
  const { typed, report, promise } = stage;
  const host = new URL(intercom.url).hostname;
  const before = await counts(intercom);
  await typed('init', PROJECT, '--route', 'odoo-helpdesk-to-intercom');
  await typed('connect', PROJECT, 'source', '--set', `url=${odoo.url}`, '--set', `database=${odoo.database}`, '--set', `user=${odoo.user}`, '--secret-env', 'password=ODOO_PASSWORD');
  await typed('connect', PROJECT, 'destination', '--set', `url=${intercom.url}`, '--secret-env', 'token=INTERCOM_TOKEN');
  promise('every readiness check passed or warned', (await typed('check', PROJECT)) === exitCode('clean'));
  await typed('discover', PROJECT);
  await typed('propose', PROJECT);
  await typed('decide', PROJECT, '--set', 'workflows-off=off');
  promise('the plan was confirmed', (await typed('plan', 'confirm', PROJECT, '--accept-recommendations')) === exitCode('clean'));
  await typed('sample', PROJECT, '--records', '4');
  await typed('run', PROJECT, '--mode', 'production', '--yes', '--confirm-destination', host);
  const first = await report();
  promise('every phase adds up', first.phases.length > 0 && first.phases.every((phase) => phase.balanced));
  promise(`${first.verification.fields.toLocaleString('en')} fields read back, none differs`, first.verification.fields > 0 && isClean(first));
  promise('no customer was notified', (await sideEffects(intercom)).every(({ kind }) => kind !== 'customer-notified'));
  await typed('quarantine', 'list', PROJECT);
  await typed('run', PROJECT, '--mode', 'production', '--yes', '--confirm-destination', host);
  promise('a second run wrote nothing', (await report()).written === 0);
  await typed('handoff', PROJECT, '--out', join(stage.folder, 'handoff'));
  await typed('rollback', PROJECT, '--dry-run');
  await typed('rollback', PROJECT, '--yes');
  const undone = await report();
  promise(`the rollback took ${undone.rollback?.deleted ?? 0} records back and left the workspace as it was`, undone.rollback?.identical === true && undone.rollback.kept === 0 && JSON.stringify(await counts(intercom)) === JSON.stringify(before));
  return stage.verdict();
}

/** What the workspace holds, by its own count: not by Portolan's. */
async function counts({ controlUrl }: Intercom): Promise<readonly number[]> {
  return Promise.all(['contacts', 'conversations', 'tags'].map(async (collection) => Number(await asked(`${controlUrl}/state/count?collection=${collection}`))));
}

async function sideEffects({ controlUrl }: Intercom): Promise<readonly { readonly kind: string }[]> {
  return await asked(`${controlUrl}/state/side-effects`) as readonly { readonly kind: string }[];
}

async function asked(url: string): Promise<unknown> {
  return (await fetch(url)).json();
}
