import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateBundle } from '../../src/simulators/instream/bundle.ts';
import type { OdooSimulator } from '../../src/simulators/odoo/simulator.ts';
import { recordsOnly } from '../support/bundles.ts';
import { withMigrations } from '../support/migration.ts';
import { portolan, type Finished, type Portolan } from '../support/portolan.ts';
import { expectClean } from '../support/reports.ts';

const migrations = withMigrations();
let folder = '';
let cli: Portolan;
let odoo: OdooSimulator;
let serial = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'portolan-bad-'));
  cli = portolan({ PORTOLAN_HOME: join(folder, 'home'), DATABASE_URL: migrations.tests.store.url, ODOO_PASSWORD: 'admin', OTHER: 'something else' });
  odoo = await migrations.simulator({ version: 17, companyCurrency: 'PLN', users: [{ login: 'anna', password: 'something else', role: 'internal' }] });
  await generateBundle({ folder: join(folder, 'good'), contacts: 20 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const address = (simulator: OdooSimulator, user = 'admin', database = simulator.database, secret = 'ODOO_PASSWORD'): readonly string[] =>
  ['--set', `url=${simulator.url}`, '--set', `database=${database}`, '--set', `user=${user}`, '--secret-env', `password=${secret}`];

/** A project with these two connections. */
async function project(path: string, destination: readonly string[], on: Portolan = cli): Promise<string> {
  serial += 1;
  const name = `bad-${serial}`;
  for (const args of [['init', name, '--route', 'instream-to-odoo-crm'], ['connect', name, 'source', '--set', `path=${path}`], ['connect', name, 'destination', ...destination]]) {
    expect(await on.run(...args), args.join(' ')).toMatchObject({ code: 0 });
  }
  return name;
}

/** Writes an export of one file. */
function exported(name: string, contents: string | Buffer): string {
  mkdirSync(join(folder, name));
  writeFileSync(join(folder, name, 'contacts.csv'), contents);
  return join(folder, name);
}

function expectError({ code, out, err }: Finished, exit: number, ...words: readonly string[]): void {
  expect(code, err).toBe(exit);
  const text = `${out}\n${err}`;
  for (const word of words) expect(text).toContain(word);
  expect(text).not.toMatch(/\n\s+at .+:\d+:\d+/); // no stack
  expect(text).not.toContain('something else'); // no secret
}

describe('an export that is not one', () => {
  test.each([
    ['a missing file', () => join(folder, 'nowhere.zip'), 2, ['nowhere.zip', 'Set path to', 'export-not-found']],
    ['an unreadable zip', () => { writeFileSync(join(folder, 'bad.zip'), 'no zip at all'); return join(folder, 'bad.zip'); }, 2, ['bad.zip', 'damaged or cut off', 'again', 'zip-unreadable']],
    ['a folder without files', () => { mkdirSync(join(folder, 'none')); return join(folder, 'none'); }, 2, ['no file of the export could be recognised', 'contacts.csv']],
    ['an empty file', () => exported('empty', ''), 2, ['the export holds no contact', 'contacts.csv']],
    ['a header without rows', () => exported('header', 'Name;E-mail\n'), 4, ['the export holds no contact', 'contacts.csv']],
    ['wrong columns', () => exported('columns', 'Foo;Bar\n1;2\n3;4\n'), 2, ['contacts.csv', 'Foo', 'Bar', 'Head the column']],
  ] as const)('%s: check says what, where and what to do; nothing is loaded', async (_, path, exit, words) => {
    const leads = odoo.state.count('crm.lead');
    const name = await project(path(), address(odoo));
    expectError(await cli.run('check', name), exit, ...words);
    for (const args of [['discover', name], ['propose', name], ['plan', 'confirm', name, '--accept-recommendations'], ['run', name, '--yes', '--confirm-destination', '127.0.0.1']]) {
      const { code, err } = await cli.run(...args);
      if (code === 0) continue;
      expect([2, 4, 5], err).toContain(code);
      expect(err).toContain('What to do:');
      break;
    }
    expect(odoo.state.count('crm.lead')).toBe(leads);
  });
});

test('a date column that nobody can decide is asked about: no recommendation, no production run, no answer but its options', { timeout: 240_000 }, async () => {
  await generateBundle({ folder: join(folder, 'undecided'), contacts: 12, deals: 8, ...recordsOnly, ambiguousDates: true });
  const name = await project(join(folder, 'undecided'), address(odoo));
  for (const args of [['discover', name], ['propose', name]]) expect(await cli.run(...args), args.join(' ')).toMatchObject({ code: 0 });
  const decision = 'date-order:deal:expected_close';
  expectError(await cli.run('plan', 'confirm', name, '--accept-recommendations'), 5, decision, 'a person must choose', 'portolan decide', 'plan-not-confirmed');
  expectError(await cli.run('decide', name, '--set', `${decision}=sideways`), 2, "'sideways'", "'dmy' or 'mdy'", 'wrong-answer');
  expect(await cli.run('decide', name, '--set', `${decision}=dmy`)).toMatchObject({ code: 0 });
  expect(await cli.run('plan', 'confirm', name, '--accept-recommendations')).toMatchObject({ code: 0 });
});

describe('a destination that does not let one in', () => {
  test('a wrong password is named with user, address and remedy', async () => {
    const name = await project(join(folder, 'good'), address(odoo, 'admin', odoo.database, 'OTHER'));
    for (const command of ['check', 'discover']) expectError(await cli.run(command, name), 3, "user 'admin'", odoo.url, 'Check user and password', 'wrong-password');
  });

  test('a wrong database is named', async () => {
    const name = await project(join(folder, 'good'), address(odoo, 'admin', 'nowhere'));
    for (const command of ['check', 'discover']) expectError(await cli.run(command, name), 2, "'nowhere'", odoo.url, 'Correct the setting', 'wrong-database');
  });

  test('a missing right is named with the model', async () => {
    const name = await project(join(folder, 'good'), address(odoo, 'anna', odoo.database, 'OTHER'));
    expectError(await cli.run('check', name), 3, 'crm.lead', 'res.partner', 'Give the user the rights');
  });

  test('a missing module is named', async () => {
    const bare = await migrations.simulator({ version: 17, withoutModules: ['crm'] });
    const name = await project(join(folder, 'good'), address(bare));
    expectError(await cli.run('check', name), 2, 'CRM app installed', 'Install the CRM app');
  });

  test('a stopped Odoo is named with its address, at once', { timeout: 120_000 }, async () => {
    const gone = await migrations.simulator({ version: 17 });
    await gone.listener.stop();
    const name = await project(join(folder, 'good'), address(gone));
    for (const command of ['check', 'discover']) expectError(await cli.run(command, name), 1, gone.url, 'Check that the server runs');
  });
});

describe('a data folder that cannot be used', () => {
  test.each([
    ['below a file', () => { writeFileSync(join(folder, 'file'), ''); return join(folder, 'file', 'home'); }],
    ['where nobody may write', () => (process.platform === 'linux' ? '/sys/portolan-home' : '/dev/null/portolan-home')],
  ])('%s: says which, with a remedy', async (_, path) => {
    const home = path();
    expectError(await portolan({ PORTOLAN_HOME: home }).run('status'), 2, home, 'data folder', 'What to do:');
  });

  test('on a full disk: says so, loses nothing, and goes on when there is room', { timeout: 500_000 }, async ({ skip }) => {
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    const mounted = process.platform === 'linux' && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1200m,mode=755', 'tmpfs', disk], { encoding: 'utf8' }).status === 0;
    if (!mounted) skip('a file system of its own size can be mounted by root on Linux only');
    try {
      const own = portolan({ PORTOLAN_HOME: join(disk, 'home'), ODOO_PASSWORD: 'admin' });
      const server = await migrations.simulator({ version: 17, companyCurrency: 'PLN' });
      await generateBundle({ folder: join(folder, 'large'), contacts: 400, notes: 800, ...recordsOnly });
      const name = await project(join(folder, 'large'), address(server), own);
      for (const args of [['discover', name], ['propose', name], ['plan', 'confirm', name, '--accept-recommendations']]) expect(await own.run(...args), args.join(' ')).toMatchObject({ code: 0 });

      const fill = (spare: number): void => {
        const { bavail, bsize } = statfsSync(disk);
        execFileSync('fallocate', ['-l', String(Math.max(1, bavail * bsize - spare)), join(disk, 'filler')]);
      };
      fill(0);
      const full = await own.run('run', name, '--yes', '--confirm-destination', '127.0.0.1');
      expect(full.code, full.err).toBeGreaterThan(0);
      expect(full.err).toMatch(/disk.*full|No space left on device/i);
      rmSync(join(disk, 'filler'));

      fill(1_500_000); // a run that begins and then finds no room
      const broken = await own.run('run', name, '--yes', '--confirm-destination', '127.0.0.1');
      rmSync(join(disk, 'filler'));
      const { runs } = await own.json<{ runs: readonly { status: string }[] }>('status', name);
      const report = broken.code === 0 ? await own.json('report', name) : runs.length === 0 || runs[0]?.status === 'succeeded' ? await own.json('run', name, '--yes', '--confirm-destination', '127.0.0.1') : await own.json('resume', name, '--yes');
      expectClean(report);
      expect([report.status, server.state.rows('mail.message').filter((row) => String(row['message_id']).endsWith('@portolan.invalid>')).length]).toEqual(['succeeded', 800]);
      expect((await own.json('rollback', name, '--yes')).rollback).toMatchObject({ identical: true, residue: [] });
    } finally {
      for (let attempt = 0; attempt < 50 && spawnSync('umount', [disk]).status !== 0; attempt += 1) await new Promise((resolve) => { setTimeout(resolve, 200); });
      expect(existsSync(disk) && readdirSync(disk)).toEqual([]);
    }
  });
});
