import { join } from 'node:path';
import { exitCode } from '../exit-codes.ts';
import { say, type Session } from '../session.ts';
import { countInOdoo } from './count-in-odoo.ts';
import { placeOf, startSimulator } from './start-simulator.ts';
import { createStage, isClean, PROJECT, type Stage } from './stage.ts';

type Odoo = Readonly<Record<'url' | 'controlUrl' | 'database' | 'user' | 'password', string>>;
type Customerio = Readonly<Record<'url' | 'journeysUrl' | 'apiKey' | 'serviceToken', string>>;

/** Small: the calls of a workspace are limited to 8 a second here as there. */
const workspace = ['--people', '60', '--companies', '8', '--events', '140', '--deliveries', '90', '--newsletters', '4', '--seed', '17', '--journeys'];

/** A simulated Customer.io workspace with an archive of its events, and a simulated Odoo 17 that can send mail. */
export async function demoCustomerioToOdooCrm(session: Session, folder: string): Promise<number> {
  say(session, `demo in ${folder}\n\nA simulated workspace of Customer.io with an archive of its events, and a simulated Odoo 17.`);
  const files = join(folder, 'files');
  const customerioServer = await startSimulator('customerio', [...workspace, '--files', files]);
  const odooServer = await startSimulator('odoo', ['--version', '17']);
  const customerio = placeOf(customerioServer.address, ['url', 'journeysUrl', 'apiKey', 'serviceToken']);
  const odoo = placeOf(odooServer.address, ['url', 'controlUrl', 'database', 'user', 'password']);
  try {
    return await migrate(createStage(session, { folder, secrets: { ODOO_PASSWORD: odoo.password, CUSTOMERIO_KEY: customerio.apiKey, JOURNEYS_TOKEN: customerio.serviceToken } }), { customerio, odoo, files });
  } finally {
    await Promise.all([customerioServer.stop(), odooServer.stop()]);
  }
}

async function migrate(stage: Stage, { customerio, odoo, files }: Readonly<{ customerio: Customerio; odoo: Odoo; files: string }>): Promise<number> {
  const { typed, report, promise } = stage;
  const host = new URL(odoo.url).hostname;
  const since = new Date(Date.now() - 420 * 86_400_000).toISOString().slice(0, 10);
  await typed('init', PROJECT, '--route', 'customerio-to-odoo-crm');
  await typed('connect', PROJECT, 'source', '--set', `url=${customerio.url}`, '--set', `journeysUrl=${customerio.journeysUrl}`, '--set', 'workspace=111222', '--set', `messagesSince=${since}`, '--set', `eventsPath=${join(files, 'events.jsonl')}`, '--set', `suppressionPath=${join(files, 'suppression.csv')}`,
    '--secret-env', 'appKey=CUSTOMERIO_KEY', '--secret-env', 'journeysToken=JOURNEYS_TOKEN');
  await typed('connect', PROJECT, 'destination', '--set', `url=${odoo.url}`, '--set', `database=${odoo.database}`, '--set', `user=${odoo.user}`, '--secret-env', 'password=ODOO_PASSWORD');
  promise('every readiness check passed or warned', (await typed('check', PROJECT)) === exitCode('clean'));
  await typed('discover', PROJECT);
  await typed('propose', PROJECT);
  promise('the plan was confirmed', (await typed('plan', 'confirm', PROJECT, '--accept-recommendations')) === exitCode('clean'));
  await typed('run', PROJECT, '--mode', 'production', '--yes', '--confirm-destination', host);
  const first = await report();
  promise('every phase adds up', first.phases.length > 0 && first.phases.every((phase) => phase.balanced));
  promise(`${first.verification.fields.toLocaleString('en')} fields read back, none differs`, first.verification.fields > 0 && isClean(first));
  const order = first.phases.map((phase) => phase.phase);
  promise('consent was loaded before the first partner', order.includes('consent') && order.lastIndexOf('consent') < order.indexOf('companies'));
  promise('the mail queue has nothing to send', await countInOdoo(odoo, 'mail.mail', [['state', '=', 'outgoing']]) === 0);
  await typed('quarantine', 'list', PROJECT);
  await typed('run', PROJECT, '--mode', 'production', '--yes', '--confirm-destination', host);
  promise('a second run wrote nothing', (await report()).written === 0);
  await typed('handoff', PROJECT, '--out', join(stage.folder, 'handoff'));
  await typed('rollback', PROJECT, '--yes');
  const undone = await report();
  promise(`the rollback took ${undone.rollback?.deleted ?? 0} records back and left Odoo as it was`, undone.rollback?.identical === true && undone.rollback.residue.length === 0);
  return stage.verdict();
}
