import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seededRandom } from '../../src/connector/testing/hostile-evils.ts';
import type { RunReport } from '../../src/engine/run-report.ts';
import type { StateRow } from '../../src/simulators/intercom/simulator.ts';
import { comparableWorkspace, watchedCollections, workspaceDifferences } from '../support/intercom-state.ts';
import { intercomProcess, killedAfter, odooProcess, portolan, type Finished, type IntercomProcess, type Portolan, type SimulatorProcess } from '../support/portolan.ts';
import { expectClean } from '../support/reports.ts';
import { withTestStore } from '../support/store.ts';

const tests = withTestStore();
/** Kill points of these seeds; more of them by PORTOLAN_KILL_SEEDS=1,2,3,4,5. */
const seeds = (process.env['PORTOLAN_KILL_SEEDS'] ?? '1,2').split(',').map(Number);
/** Conversations are the route's proposal; tickets share most of its ways, so fewer points do. */
const targets = [{ target: 'conversations', seeds, killsEach: 17 }, { target: 'tickets', seeds: seeds.slice(0, 1), killsEach: 9 }] as const;
type Target = (typeof targets)[number]['target'];
/** Five seeds have 30 and more; a migration may end before its last kill. */
const wantedKills = 15 * seeds.length + 7;
let kills = 0;

let folder = '';
let odoo: SimulatorProcess;
const databases: string[] = [];
const workspaces: IntercomProcess[] = [];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'portolan-desk-crash-'));
  odoo = await odooProcess('--version', '17', '--helpdesk', 'enterprise', '--tickets', '12', '--seed', '3');
});
afterAll(async () => {
  await Promise.all([odoo, ...workspaces].map((process) => process.stop()));
  for (const database of databases) await tests.query(`drop database if exists ${database} with (force)`);
  rmSync(folder, { recursive: true, force: true });
});

interface Installation { readonly cli: Portolan; readonly intercom: IntercomProcess }

/** A database, a data folder and a workspace of their own, with everything done up to the confirmed plan. */
async function installation(target: Target): Promise<Installation> {
  const database = `desk_crash_${randomBytes(6).toString('hex')}`;
  databases.push(database);
  await tests.query(`create database ${database} template portolan_template`);
  const url = new URL(tests.store.url);
  url.pathname = `/${database}`;
  const agents = [1, 2, 3, 4, 5, 6, 7, 8].map((at) => `agent.${at}@helpdesk.example`);
  const intercom = await intercomProcess('--admins', ['migration@desk.example', ...agents].join(','), '--teams', 'Support,Billing', '--search-lag-ms', '800', '--replies-per-15-s', '100000');
  workspaces.push(intercom);
  if (target === 'tickets') {
    const made = await fetch(`${intercom.url}/ticket_types`, { method: 'POST', headers: { 'authorization': `Bearer ${intercom.token}`, 'content-type': 'application/json', 'intercom-version': '2.16' }, body: JSON.stringify({ name: 'Help desk', category: 'Customer' }) });
    expect(made.status).toBe(200);
  }
  // Writes take a while, as on a real server: so that kills fall between a commit over there and its answer.
  await intercom.ask('POST', '/faults', { kind: 'slow', writesOnly: true, delayMs: 40 });
  const cli = portolan({ PORTOLAN_HOME: mkdtempSync(join(folder, 'home-')), ODOO_PASSWORD: odoo.password, INTERCOM_TOKEN: intercom.token, DATABASE_URL: url.href });
  for (const args of [
    ['init', 'desk', '--route', 'odoo-helpdesk-to-intercom'],
    ['connect', 'desk', 'source', '--set', `url=${odoo.url}`, '--set', `database=${odoo.database}`, '--set', `user=${odoo.user}`, '--secret-env', 'password=ODOO_PASSWORD'],
    ['connect', 'desk', 'destination', '--set', `url=${intercom.url}`, '--set', 'settleSeconds=2', ...(target === 'tickets' ? ['--set', 'ticketType=Help desk'] : []), '--secret-env', 'token=INTERCOM_TOKEN'],
    ['discover', 'desk'], ['propose', 'desk'], ['decide', 'desk', '--set', 'workflows-off=off'], ['plan', 'confirm', 'desk', '--accept-recommendations'],
  ]) {
    const { code, err } = await cli.run(...args);
    expect([code, code === 0 ? '' : err], args.join(' ')).toEqual([0, '']);
  }
  return { cli, intercom };
}

const runCommand = ['run', 'desk', '--mode', 'production', '--yes', '--confirm-destination', '127.0.0.1'] as const;

async function stateOf(intercom: IntercomProcess): Promise<ReturnType<typeof comparableWorkspace>> {
  return comparableWorkspace(Object.fromEntries(await Promise.all(watchedCollections.map(async (collection) => [collection, await intercom.ask<readonly StateRow[]>('GET', `/state/rows?collection=${collection}`)] as const))));
}

/** What a report counts, without what depends on the moment. */
function counts(report: RunReport): unknown {
  return {
    status: report.status, written: report.written, verification: report.verification,
    phases: report.phases.map(({ durationMs, destinationBefore, destinationAfter, ...phase }) => { void durationMs; void destinationBefore; void destinationAfter; return phase; }),
  };
}

describe.each(targets)('a help desk on its way to $target of Intercom whose processes are killed', ({ target, seeds: own, killsEach }) => {
  let wanted: { readonly state: ReturnType<typeof comparableWorkspace>; readonly counts: unknown; readonly durationMs: number };
  beforeAll(async () => {
    const { cli, intercom } = await installation(target);
    const report = await cli.json(...runCommand);
    expectClean(report);
    wanted = { state: await stateOf(intercom), counts: counts(report), durationMs: Date.parse(report.finishedAt ?? '') - Date.parse(report.startedAt) };
  }, 600_000);

  test.concurrent.each(own)('ends like an undisturbed one: kill points of seed %i', { timeout: 1_200_000 }, async (seed) => {
    expect(wanted.state[target]?.length).toBeGreaterThan(8);
    const { cli, intercom } = await installation(target);
    const random = seededRandom(seed);
    let last: Finished | null = null;
    let killed = 0;
    // The mean life of an attempt is a twentieth of the whole: the kill points are spread over the run and rarely reach its end.
    while (killed < killsEach && (last === null || last.signal === 'SIGKILL')) {
      last = await killedAfter(cli, random() * wanted.durationMs / 10, killed === 0 ? runCommand : ['resume', 'desk', '--yes']);
      if (last.signal === 'SIGKILL') killed += 1;
    }
    kills += killed;
    const report = last?.signal === 'SIGKILL' ? await cli.json('resume', 'desk', '--yes') : await cli.json('report', 'desk');
    expectClean(report);
    expect(counts(report)).toEqual(wanted.counts);
    expect(workspaceDifferences(wanted.state, await stateOf(intercom))).toEqual([]);
    expect(await intercom.ask('GET', '/state/side-effects')).toEqual([]);
    const again = await cli.json(...runCommand);
    expect(again.written).toBe(0);
  });
});

test(`processes were killed at ${wantedKills} points or more`, () => {
  expect(kills).toBeGreaterThanOrEqual(wantedKills);
});
