import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunReport } from '../../src/engine/run-report.ts';
import { generateBundle } from '../../src/simulators/instream/bundle.ts';
import { seededRandom } from '../../src/connector/testing/hostile-evils.ts';
import { comparable, watchedModels, type OdooState } from '../support/odoo-state.ts';
import { driven, killedAfter, odooProcess, portolan, type Finished, type Portolan, type SimulatorProcess } from '../support/portolan.ts';
import { withTestStore } from '../support/store.ts';
import { expectClean } from '../support/reports.ts';

const tests = withTestStore();
let folder = '';
const databases: string[] = [];
const simulators: SimulatorProcess[] = [];
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'portolan-crash-')); });
afterAll(async () => {
  await Promise.all(simulators.map((simulator) => simulator.stop()));
  for (const database of databases) await tests.query(`drop database if exists ${database} with (force)`);
  rmSync(folder, { recursive: true, force: true });
});

const killsEach = 8;
const wantedKills = 30; // in all; a migration may end before its last kill
let kills = 0;

interface Installation { readonly cli: Portolan; readonly odoo: SimulatorProcess; readonly home: string }

/** A database, a data folder and an Odoo of their own, with everything done up to the confirmed plan. All have the same project name, so that their records get the same external ids. */
async function installation(version: number, exported: string, embedded = false): Promise<Installation> {
  const database = `crash_${randomBytes(6).toString('hex')}`;
  databases.push(database);
  await tests.query(`create database ${database} template portolan_template`);
  const url = new URL(tests.store.url);
  url.pathname = `/${database}`;
  const odoo = await odooProcess('--version', String(version), '--currency', 'PLN', '--mail-server');
  simulators.push(odoo);
  // Writes take a while, as on a real server: so that kills fall between a commit over there and its answer.
  await odoo.ask('POST', '/faults', { kind: 'slow', writesOnly: true, delayMs: 80 });
  const home = mkdtempSync(join(folder, 'home-'));
  const cli = portolan({ PORTOLAN_HOME: home, ODOO_PASSWORD: odoo.password, ...(embedded ? {} : { DATABASE_URL: url.href }) });
  for (const args of [
    ['init', 'acme', '--route', 'instream-to-odoo-crm'], ['connect', 'acme', 'source', '--set', `path=${exported}`],
    ['connect', 'acme', 'destination', '--set', `url=${odoo.url}`, '--set', `database=${odoo.database}`, '--set', `user=${odoo.user}`, '--set', 'settleSeconds=1', '--secret-env', 'password=ODOO_PASSWORD'],
    ['discover', 'acme'], ['propose', 'acme'], ['plan', 'confirm', 'acme', '--accept-recommendations'],
  ]) {
    const { code, err } = await cli.run(...args);
    expect([code, code === 0 ? '' : err], args.join(' ')).toEqual([0, '']);
  }
  return { cli, odoo, home };
}

const runCommand = ['run', 'acme', '--mode', 'production', '--yes', '--confirm-destination', '127.0.0.1'] as const;

async function stateOf(odoo: SimulatorProcess): Promise<OdooState> {
  return Object.fromEntries(await Promise.all(watchedModels.map(async (model) => [model, await odoo.ask<OdooState[string]>('GET', `/state/rows?model=${model}`)] as const)));
}

/** What a report counts, without what depends on the moment. `created` and the like are counted over all attempts of the run. */
function counts(report: RunReport): unknown {
  return {
    status: report.status, written: report.written, verification: report.verification,
    phases: report.phases.map(({ durationMs, destinationBefore, destinationAfter, ...phase }) => { void durationMs; void destinationBefore; void destinationAfter; return phase; }),
  };
}

interface Undisturbed { readonly state: OdooState; readonly before: OdooState; readonly counts: unknown; readonly durationMs: number; readonly written: number }

describe('a migration whose processes are killed', () => {
  const undisturbed = new Map<number, Undisturbed>();
  let exported = '';

  beforeAll(async () => {
    exported = join(folder, 'export');
    await generateBundle({ folder: exported, contacts: 80, deals: 30, notes: 60, emails: 40, calls: 15, meetings: 12, tasks: 15, files: 8, recordTags: 20, seed: 5, dirt: 0.04 });
  });

  async function reference(version: number): Promise<Undisturbed> {
    const known = undisturbed.get(version);
    if (known !== undefined) return known;
    const { cli, odoo } = await installation(version, exported);
    const before = await stateOf(odoo);
    const report = await cli.json(...runCommand);
    const durationMs = Date.parse(report.finishedAt ?? '') - Date.parse(report.startedAt);
    const made = { before, state: await stateOf(odoo), counts: counts(report), durationMs, written: report.written };
    expectClean(report);
    undisturbed.set(version, made);
    return made;
  }

  /** The same counts, the same contents, nothing more to write, and a rollback that leaves no trace. */
  async function expectAsUndisturbed({ cli, odoo }: Pick<Installation, 'cli' | 'odoo'>, report: RunReport, wanted: Undisturbed): Promise<void> {
    expect(report.error ?? null).toBeNull();
    expect(counts(report)).toEqual(wanted.counts);
    expect(comparable(await stateOf(odoo))).toEqual(comparable(wanted.state));
    expectClean(report);

    const again = await cli.json(...runCommand);
    expect(again.written).toBe(0);

    const back = await cli.json('rollback', 'acme', '--yes');
    expect(back.rollback).toMatchObject({ identical: true, residue: [], deleted: wanted.written });
    expect(back.exitCode).toBe(0);
    expect(comparable(await stateOf(odoo))).toEqual(comparable(wanted.before));
    expect(await odoo.ask('GET', '/state/sent-mails')).toEqual([]);
  }

  test.each([
    { version: 17, seed: 1 }, { version: 14, seed: 2 }, { version: 19, seed: 3 }, { version: 17, seed: 4 },
  ])('ends like an undisturbed one: Odoo $version, kill points of seed $seed', { timeout: 600_000 }, async ({ version, seed }) => {
    const wanted = await reference(version);
    const { cli, odoo } = await installation(version, exported);
    const random = seededRandom(seed);
    let last: Finished | null = null;
    let killed = 0;
    // The mean life of an attempt is a twelfth of the whole: the kill points are spread over the run and rarely reach its end.
    while (killed < killsEach && (last === null || last.signal === 'SIGKILL')) {
      last = await killedAfter(cli, random() * wanted.durationMs / 6, killed === 0 ? runCommand : ['resume', 'acme', '--yes']);
      if (last.signal === 'SIGKILL') killed += 1;
    }
    kills += killed;
    const report = last?.signal === 'SIGKILL' ? await cli.json('resume', 'acme', '--yes') : await cli.json('report', 'acme');
    await expectAsUndisturbed({ cli, odoo }, report, wanted);
  });

  test('ends like an undisturbed one when the embedded PostgreSQL is killed under it', { timeout: 600_000 }, async () => {
    const wanted = await reference(17);
    const { cli, odoo, home } = await installation(17, exported, true);
    const { child, ended } = cli.start(...runCommand);
    await driven(child);
    await pause(wanted.durationMs / 3);
    process.kill(Number(readFileSync(join(home, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL');
    const { code, err } = await ended;
    expect(code, err).toBeGreaterThan(0);
    await expectAsUndisturbed({ cli, odoo }, await cli.json('resume', 'acme', '--yes'), wanted);
  });

  test('ends by itself, without a resume, when a further worker process is killed', { timeout: 600_000 }, async () => {
    const wanted = await reference(17);
    const { cli, odoo } = await installation(17, exported);
    const worker = cli.start('worker', '--concurrency', '2');
    await new Promise<void>((resolve) => { worker.child.stderr?.on('data', (text: string) => { if (text.includes('batches at a time')) resolve(); }); });
    const { child, ended } = cli.start(...runCommand, '--workers', '1', '--json');
    await driven(child);
    await pause(wanted.durationMs / 3);
    worker.child.kill('SIGKILL');
    expect((await worker.ended).signal).toBe('SIGKILL');
    const { out } = await ended;
    await expectAsUndisturbed({ cli, odoo }, JSON.parse(out), wanted);
  });

  test(`were killed at ${wantedKills} points or more`, () => {
    expect(kills).toBeGreaterThanOrEqual(wantedKills);
  });
});
