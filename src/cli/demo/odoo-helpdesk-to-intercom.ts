import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exitCode } from '../exit-codes.ts';
import { say, type Session } from '../session.ts';
import { deskAdmins, deskTeams, workOn } from './desk-people.ts';
import { placeOf, startSimulator } from './start-simulator.ts';
import { createStage, isClean, PROJECT, type Stage } from './stage.ts';

type Odoo = Readonly<Record<'url' | 'database' | 'user' | 'password', string>>;
type Intercom = Readonly<Record<'url' | 'controlUrl' | 'token', string>>;

/** Address of a customer of the seeded help desk. */
const KNOWN_CUSTOMER = 'boris.lindqvist.7@customer-7.example';

/** A simulated Odoo with a help desk, and a simulated Intercom workspace in which people work already. */
export async function demoOdooHelpdeskToIntercom(session: Session, folder: string): Promise<number> {
  say(session, `demo in ${folder}\n\nThe help desk of a simulated Odoo 17, and a simulated Intercom workspace in which people work already.`);
  const odooServer = await startSimulator('odoo', ['--version', '17', '--helpdesk', 'enterprise', '--tickets', '17', '--seed', '3']);
  const workspace = await startSimulator('intercom', ['--admins', deskAdmins.join(','), '--teams', deskTeams.join(','), '--contacts', '6', '--conversations', '4', '--search-lag-ms', '0']);
  const odoo = placeOf(odooServer.address, ['url', 'database', 'user', 'password']);
  const intercom = placeOf(workspace.address, ['url', 'controlUrl', 'token']);
  try {
    return await migrate(session, createStage(session, { folder, secrets: { ODOO_PASSWORD: odoo.password, INTERCOM_TOKEN: intercom.token } }), odoo, intercom);
  } finally {
    await Promise.all([odooServer.stop(), workspace.stop()]);
  }
}

async function migrate(session: Session, stage: Stage, odoo: Odoo, intercom: Intercom): Promise<number> {
  const { typed, report, promise } = stage;
  const host = new URL(intercom.url).hostname;
  const ada = await person(intercom);
  const before = await counts(intercom);
  const keptFiles = join(stage.folder, 'data', 'reports', PROJECT, 'left-out-files');
  const archivedBefore = await archivedRecords(intercom);
  await typed('init', PROJECT, '--route', 'odoo-helpdesk-to-intercom');
  await typed('connect', PROJECT, 'source', '--set', `url=${odoo.url}`, '--set', `database=${odoo.database}`, '--set', `user=${odoo.user}`, '--secret-env', 'password=ODOO_PASSWORD');
  await typed('connect', PROJECT, 'destination', '--set', `url=${intercom.url}`, '--secret-env', 'token=INTERCOM_TOKEN');
  promise('every readiness check passed or warned', (await typed('check', PROJECT)) === exitCode('clean'));
  await typed('discover', PROJECT);
  await typed('propose', PROJECT);
  promise('the plan was refused before somebody had ticked that workflows, Fin and CSAT are off', (await typed('plan', 'confirm', PROJECT, '--accept-recommendations')) === exitCode('planNotConfirmed'));
  await typed('decide', PROJECT, '--set', 'workflows-off=off', '--set', 'tracking=digest');
  promise('the plan was confirmed', (await typed('plan', 'confirm', PROJECT, '--accept-recommendations')) === exitCode('clean'));
  promise('a sample of a few records went in, with all that belongs to them', [exitCode('clean'), exitCode('withQuarantine')].includes(await typed('sample', PROJECT, '--records', '4')));
  await typed('run', PROJECT, '--mode', 'production', '--yes', '--confirm-destination', host);
  const first = await report();
  promise('every phase adds up', first.phases.length > 0 && first.phases.every((phase) => phase.balanced));
  promise(`${first.verification.fields.toLocaleString('en')} fields read back, none differs`, first.verification.fields > 0 && isClean(first));
  promise(`${readdirSync(keptFiles).length} files that cannot go in were kept, each under its digest`, readdirSync(keptFiles).length > 0 && readdirSync(keptFiles).every((name) => name.startsWith(createHash('sha256').update(readFileSync(join(keptFiles, name))).digest('hex').slice(0, 16))));
  promise('no customer was notified', (await sideEffects(intercom)).every(({ kind }) => kind !== 'customer-notified'));
  await typed('quarantine', 'list', PROJECT);
  await typed('run', PROJECT, '--mode', 'production', '--yes', '--confirm-destination', host);
  promise('a second run wrote nothing', (await report()).written === 0);
  say(session, '\nThe help desk works on: a customer writes once more, an agent corrects an answer.');
  await workOn(odoo);
  await typed('delta', PROJECT, '--yes');
  const delta = await report();
  promise(`the delta wrote ${delta.written} records and read them back, every phase adds up`, delta.written > 0 && isClean(delta));
  await typed('handoff', PROJECT, '--out', join(stage.folder, 'handoff'));
  await typed('rollback', PROJECT, '--dry-run');
  await typed('rollback', PROJECT, '--yes');
  const undone = await report();
  const listed = undone.rollback?.residue ?? [];
  const archived = listed.filter(({ reason }) => reason === 'archived').map(({ mapping }) => mapping);
  promise(`the rollback took ${undone.rollback?.deleted ?? 0} records back and left the workspace as it was, but for what it listed (${listed.length})`, listed.every(({ mapping, reason }) => reason === 'archived' || mapping === 'rating-notes') && JSON.stringify(await counts(intercom)) === JSON.stringify(before) && await ada.isAsBefore());
  promise(`what it listed is what lies in the archive of the workspace: ${archived.length} attributes and companies`, archived.length > 0 && archived.length === await archivedRecords(intercom) - archivedBefore);
  return stage.verdict();
}

/** What the workspace holds, by its own count: not by Portolan's. */
async function counts({ controlUrl }: Intercom): Promise<readonly number[]> {
  return Promise.all(['contacts', 'conversations', 'tags', 'data-attributes', 'conversation-attributes'].map(async (collection) => Number(await asked(`${controlUrl}/state/count?collection=${collection}`))));
}

/** Attributes and companies that the workspace keeps in its archive, by its own count. */
async function archivedRecords({ controlUrl }: Intercom): Promise<number> {
  const rows = await Promise.all(['data-attributes', 'conversation-attributes', 'companies'].map(async (collection) => await asked(`${controlUrl}/state/rows?collection=${collection}`) as readonly { readonly archived?: boolean; readonly goneFrom?: number | null }[]));
  return rows.flat().filter(({ archived, goneFrom }) => archived === true || (goneFrom ?? null) !== null).length;
}

/** A customer of the help desk who is in the workspace already: adopted by the run, and given back. */
async function person(intercom: Intercom): Promise<{ readonly isAsBefore: () => Promise<boolean> }> {
  const call = async (method: string, path: string, body?: object): Promise<Readonly<Record<string, unknown>>> => await (await fetch(`${intercom.url}${path}`, {
    method, headers: { 'authorization': `Bearer ${intercom.token}`, 'content-type': 'application/json', 'intercom-version': '2.16' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })).json() as Readonly<Record<string, unknown>>;
  const made = await call('POST', '/contacts', { role: 'user', email: KNOWN_CUSTOMER, name: 'Known before' });
  return { isAsBefore: async () => { const now = await call('GET', `/contacts/${String(made['id'])}`); return now['name'] === made['name'] && now['phone'] === made['phone'] && now['external_id'] === made['external_id']; } };
}

async function sideEffects({ controlUrl }: Intercom): Promise<readonly { readonly kind: string }[]> {
  return await asked(`${controlUrl}/state/side-effects`) as readonly { readonly kind: string }[];
}

async function asked(url: string): Promise<unknown> {
  return (await fetch(url)).json();
}
