import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seededRandom } from '../../src/connector/testing/hostile-evils.ts';
import type { RunReport } from '../../src/engine/run-report.ts';
import { comparable, watchedModels, type OdooState } from '../support/odoo-state.ts';
import { customerioProcess, killedAfter, odooProcess, portolan, type CustomerioProcess, type Finished, type Portolan, type SimulatorProcess } from '../support/portolan.ts';
import { expectClean } from '../support/reports.ts';
import { withTestStore } from '../support/store.ts';

const tests = withTestStore();
const databases: string[] = [];
const processes: { stop(): Promise<void> }[] = [];
let folder = '';
let customerio: CustomerioProcess;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'portolan-cio-crash-'));
  customerio = await customerioProcess('--people', '24', '--companies', '3', '--events', '60', '--deliveries', '40', '--newsletters', '1', '--extra-attributes', '4', '--seed', '5', '--per-second', '1000');
  processes.push(customerio);
});
afterAll(async () => {
  await Promise.all(processes.map((one) => one.stop()));
  for (const database of databases) await tests.query(`drop database if exists ${database} with (force)`);
  rmSync(folder, { recursive: true, force: true });
});

/** As many as in the first route, so close together that the run cannot end before; then some further apart, that reach its last phases. */
const wantedKills = 30;
const KILLS = 34;
const runCommand = ['run', 'acme', '--mode', 'production', '--yes', '--confirm-destination', '127.0.0.1'] as const;

/** A database, a data folder and an Odoo of their own, up to the confirmed plan; the workspace is shared: nobody writes to it. */
async function installation(): Promise<{ readonly cli: Portolan; readonly odoo: SimulatorProcess }> {
  const database = `crash_${randomBytes(6).toString('hex')}`;
  databases.push(database);
  await tests.query(`create database ${database} template portolan_template`);
  const url = new URL(tests.store.url);
  url.pathname = `/${database}`;
  const odoo = await odooProcess('--version', '17', '--mail-server');
  processes.push(odoo);
  // Writes take a while, as on a real server: so that kills fall between a commit over there and its answer.
  await odoo.ask('POST', '/faults', { kind: 'slow', writesOnly: true, delayMs: 60 });
  const cli = portolan({ PORTOLAN_HOME: mkdtempSync(join(folder, 'home-')), ODOO_PASSWORD: odoo.password, CUSTOMERIO_KEY: customerio.apiKey, DATABASE_URL: url.href });
  const since = new Date(Date.now() - 90 * 86_400_000).toISOString().slice(0, 10);
  for (const args of [
    ['init', 'acme', '--route', 'customerio-to-odoo-crm'],
    ['connect', 'acme', 'source', '--set', `url=${customerio.url}`, '--set', 'workspace=111222', '--set', `messagesSince=${since}`, '--set', 'callsPerSecond=10', '--set', 'relationshipAttributes=no', '--secret-env', 'appKey=CUSTOMERIO_KEY'],
    ['connect', 'acme', 'destination', '--set', `url=${odoo.url}`, '--set', `database=${odoo.database}`, '--set', `user=${odoo.user}`, '--set', 'settleSeconds=1', '--secret-env', 'password=ODOO_PASSWORD'],
    ['discover', 'acme'], ['propose', 'acme'], ['plan', 'confirm', 'acme', '--accept-recommendations'],
  ]) {
    const { code, err } = await cli.run(...args);
    expect([code, code === 0 ? '' : err], args.join(' ')).toEqual([0, '']);
  }
  return { cli, odoo };
}

/** The number of a log's own message depends on what was rolled back before it; the message itself is compared. Relations have no time at Customer.io: their notes bear that of the load. */
async function stateOf(odoo: SimulatorProcess): Promise<OdooState> {
  return Object.fromEntries(await Promise.all([...watchedModels, 'mail.blacklist', 'phone.blacklist', 'mail.template'].map(async (model) => [model, (await odoo.ask<OdooState[string]>('GET', `/state/rows?model=${model}`)).map((row) => (model === 'mail.mail' ? { ...row, mail_message_id: null } : String(row['message_id']).includes('relation-notes') ? { ...row, date: null } : row))] as const)));
}

/** What a report counts, without what depends on the moment. */
function counts(report: RunReport): unknown {
  return { status: report.status, written: report.written, verification: report.verification, phases: report.phases.map(({ durationMs, destinationBefore, destinationAfter, ...phase }) => { void durationMs; void destinationBefore; void destinationAfter; return phase; }) };
}

test(`Customer.io into Odoo, killed at ${wantedKills} points and more of extraction and load, ends like an undisturbed migration, and a rollback leaves no trace`, { timeout: 900_000 }, async () => {
  const [calm, shaken] = [await installation(), await installation()];
  const wanted = await calm.cli.json(...runCommand);
  expectClean(wanted);
  const durationMs = Date.parse(wanted.finishedAt ?? '') - Date.parse(wanted.startedAt);
  const random = seededRandom(7);
  let last: Finished | null = null;
  let killed = 0;
  while (killed < KILLS && (last === null || last.signal === 'SIGKILL')) {
    last = await killedAfter(shaken.cli, durationMs * (killed < wantedKills ? 0.005 + random() * 0.03 : 0.06 + random() * 0.1), killed === 0 ? runCommand : ['resume', 'acme', '--yes']);
    if (last.signal === 'SIGKILL') killed += 1;
  }
  expect(killed).toBeGreaterThanOrEqual(wantedKills);
  const report = last?.signal === 'SIGKILL' ? await shaken.cli.json('resume', 'acme', '--yes') : await shaken.cli.json('report', 'acme');
  expect(counts(report)).toEqual(counts(wanted));
  expect(comparable(await stateOf(shaken.odoo))).toEqual(comparable(await stateOf(calm.odoo)));
  expect(await shaken.odoo.ask('GET', '/state/sent-mails')).toEqual([]);
  const back = await shaken.cli.json('rollback', 'acme', '--yes');
  expect(back.rollback).toMatchObject({ identical: true, residue: [], deleted: wanted.written });
});
