import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { generateBundle } from '../../simulators/instream/bundle.ts';
import { mutate } from '../../simulators/instream/later.ts';
import { exitCode } from '../exit-codes.ts';
import { say, type Session } from '../session.ts';
import { assignLateOwner } from './late-owner.ts';
import { placeOf, startSimulator } from './start-simulator.ts';
import { createStage, isClean, PROJECT, type Stage } from './stage.ts';

type Odoo = Readonly<Record<'url' | 'database' | 'user' | 'password', string>>;

/** A made-up export with a few dirty rows, and a simulated Odoo to which none of its owners is known. */
export async function demoInstreamToOdooCrm(session: Session, folder: string): Promise<number> {
  say(session, `demo in ${folder}\n\nA made-up export of a Polish company, and a simulated Odoo 17 to move it to.`);
  const bundle = join(folder, 'export.zip');
  const account = { zip: bundle, seed: 7, contacts: 300, companies: 45, deals: 80, notes: 300, language: 'pl', encoding: 'windows-1250', dirt: 0.03, knownOwners: [] } as const;
  await generateBundle(account);
  const exportAgain = async (): Promise<void> => {
    await rm(bundle);
    await generateBundle(mutate(account, { changed: 0.03, removed: 0.01, added: 0.02 }));
  };
  const simulator = await startSimulator('odoo', ['--version', '17', '--currency', 'PLN']);
  const odoo = placeOf(simulator.address, ['url', 'database', 'user', 'password']);
  try {
    return await migrate(session, createStage(session, { folder, secrets: { ODOO_PASSWORD: odoo.password } }), { bundle, exportAgain, odoo });
  } finally {
    await simulator.stop();
  }
}

async function migrate(session: Session, stage: Stage, params: Readonly<{ bundle: string; exportAgain: () => Promise<void>; odoo: Odoo }>): Promise<number> {
  const { typed, report, promise } = stage;
  const { bundle, exportAgain, odoo } = params;
  const host = new URL(odoo.url).hostname;
  await typed('init', PROJECT, '--route', 'instream-to-odoo-crm');
  await typed('connect', PROJECT, 'source', '--set', `path=${bundle}`);
  await typed('connect', PROJECT, 'destination', '--set', `url=${odoo.url}`, '--set', `database=${odoo.database}`, '--set', `user=${odoo.user}`, '--secret-env', 'password=ODOO_PASSWORD');
  promise('every readiness check passed or warned', (await typed('check', PROJECT)) === exitCode('clean'));
  await typed('discover', PROJECT);
  await typed('propose', PROJECT);
  promise('the plan was confirmed', (await typed('plan', 'confirm', PROJECT, '--accept-recommendations')) === exitCode('clean'));
  promise('a sample of sixty records went in, with all that belongs to them', [exitCode('clean'), exitCode('withQuarantine')].includes(await typed('sample', PROJECT, '--records', '60')));
  await typed('run', PROJECT, '--mode', 'production', '--yes', '--confirm-destination', host);
  const first = await report();
  promise('every phase adds up', first.phases.length > 0 && first.phases.every((phase) => phase.balanced));
  promise(`${first.verification.fields.toLocaleString('en')} fields read back, none differs`, first.verification.fields > 0 && first.verification.mismatch + first.verification.unreadable === 0);
  await typed('quarantine', 'list', PROJECT);
  await assignLateOwner(session, stage, odoo);
  await typed('run', PROJECT, '--mode', 'production', '--yes', '--confirm-destination', host);
  promise('a second run wrote nothing', (await report()).written === 0);
  say(session, '\nSome days later the company exports once more: a few records changed, a few new, a few gone.');
  await exportAgain();
  await typed('delta', PROJECT, '--yes');
  const delta = await report();
  promise(`the delta wrote ${delta.written} records and read them back, every phase adds up`, delta.written > 0 && isClean(delta));
  await typed('handoff', PROJECT, '--out', join(stage.folder, 'handoff'));
  await typed('rollback', PROJECT, '--dry-run');
  await typed('rollback', PROJECT, '--yes');
  const undone = await report();
  promise(`the rollback took ${undone.rollback?.deleted ?? 0} records back and left the destination as it was`, undone.rollback?.identical === true && undone.rollback.kept === 0);
  return stage.verdict();
}
