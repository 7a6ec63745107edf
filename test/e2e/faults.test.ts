import { afterEach, describe, expect, test } from 'vitest';
import type { Engine } from '../../src/engine/api.ts';
import type { RunReport } from '../../src/engine/run-report.ts';
import type { FaultRule } from '../../src/simulators/odoo/faults.ts';
import type { OdooSimulator } from '../../src/simulators/odoo/simulator.ts';
import { withMigrations, type Migration } from '../support/migration.ts';
import { comparable, stateOf } from '../support/odoo-state.ts';
import { expectClean } from '../support/reports.ts';

const migrations = withMigrations();
const bundle = { contacts: 90, seed: 3 } as const;
let odoo: OdooSimulator | null = null;
afterEach(() => odoo?.faults.clear());

/** Drives an interrupted run on until it is at its end; more than `limit` drives are a failure. */
async function driveToEnd(engine: Engine, first: RunReport, limit: number): Promise<{ report: RunReport; drives: number }> {
  let report = first;
  for (let drives = 1; ; drives += 1) {
    if (report.status !== 'interrupted') return { report, drives };
    if (drives >= limit) throw new Error(`still interrupted after ${drives} drives: ${JSON.stringify(report.error)}`);
    report = await engine.driveRun({ runId: report.run });
  }
}

const reference = new Map<number, ReturnType<typeof comparable>>();

/** What the same load leaves on a server without faults; external ids carry the project's name, so it is taken out. */
async function undisturbed(version: 14 | 17 | 19): Promise<ReturnType<typeof comparable>> {
  const known = reference.get(version);
  if (known !== undefined) return known;
  const server = await migrations.simulator({ version, companyCurrency: 'PLN', mailServer: true });
  const migration = await migrations.start({ odoo: server, bundle });
  await migration.planned();
  expectClean(await migration.run());
  const state = nameless(server, migration);
  reference.set(version, state);
  return state;
}

function nameless(server: OdooSimulator, { project }: Migration): ReturnType<typeof comparable> {
  return Object.fromEntries(Object.entries(comparable(stateOf(server))).map(([model, rows]) => [model, rows.map((row) => row.replaceAll(project, 'PROJECT').replaceAll(/(PROJECT_[a-z0-9-]+_)[0-9a-f]{32}/g, '$1')).toSorted()]));
}

const faults: readonly (readonly [string, 14 | 17 | 19, readonly FaultRule[]])[] = [
  ['server errors, before and after the commit', 17, [{ kind: 'http-status', status: 502, probability: 0.08 }, { kind: 'http-status', status: 504, afterCommit: true, writesOnly: true, probability: 0.15 }]],
  ['connections reset before the commit', 14, [{ kind: 'reset-before-commit', probability: 0.1 }]],
  ['connections reset after the commit', 17, [{ kind: 'reset-after-commit', writesOnly: true, probability: 0.35 }, { kind: 'reset-after-commit', writesOnly: true, nth: 2 }, { kind: 'reset-after-commit', writesOnly: true, nth: 9 }]],
  ['answers cut in half', 19, [{ kind: 'truncated-answer', probability: 0.1 }]],
  // The limit is met only by a machine that is fast enough; the three single refusals come on any.
  ['requests over the limit', 17, [{ kind: 'rate-limit', calls: 25, windowMs: 300, retryAfterSeconds: 0.05 }, ...[7, 40, 90].map((nth): FaultRule => ({ kind: 'http-status', status: 429, nth }))]],
  ['slow answers', 17, [{ kind: 'slow', delayMs: 60, probability: 0.3 }]],
  ['killed server workers', 14, [{ kind: 'worker-killed', writesOnly: true, probability: 0.25 }, { kind: 'worker-killed', writesOnly: true, nth: 3 }, { kind: 'worker-killed', writesOnly: true, nth: 10 }]],
];

describe('a load through', () => {
  test.each(faults)('%s ends like one without, nothing doubled and nothing lost', { timeout: 400_000 }, async (name, version, rules) => {
    const wanted = await undisturbed(version);
    const server = await migrations.simulator({ version, companyCurrency: 'PLN', mailServer: true, seed: 11 });
    odoo = server;
    const migration = await migrations.start({ odoo: server, bundle });
    await migration.planned();
    const run = await migration.engine.startRun({ project: migration.project, mode: 'production', settings: { approveGates: true }, by: 'test' });
    for (const rule of rules) server.faults.add(rule);
    const { report } = await driveToEnd(migration.engine, await migration.engine.driveRun({ runId: run.id }), 25);
    const hits = server.faults.list().reduce((sum, fault) => sum + fault.hits, 0);
    expect(hits, name).toBeGreaterThan(2);
    const [state, plain] = [nameless(server, migration), wanted];
    for (const model of Object.keys(plain)) expect(state[model]?.filter((row) => !plain[model]?.includes(row)), `${model}: too much or other`).toEqual([]);
    expect(state).toEqual(plain);
    expectClean(report);
    expect(report.status).toBe('succeeded');
    expect([server.state.sentMails(), server.state.count('mail.mail')]).toEqual([[], 0]);

    const back = await migration.engine.startRun({ project: migration.project, mode: 'rollback', settings: {}, by: 'test' });
    const rolled = await driveToEnd(migration.engine, await migration.engine.driveRun({ runId: back.id }), 25);
    expect(rolled.report.rollback).toMatchObject({ identical: true, residue: [] });
  });
});

describe('a server that stops in the middle', () => {
  test('interrupts the run within the time of its attempts; resume ends it', async () => {
    const server = await migrations.simulator({ version: 17, companyCurrency: 'PLN' });
    const migration = await migrations.start({ odoo: server, bundle });
    await migration.planned();
    const run = await migration.engine.startRun({ project: migration.project, mode: 'production', settings: { approveGates: true }, by: 'test' });
    let stopped = false;
    const first = await migration.engine.driveRun({
      runId: run.id,
      onProgress: (progress) => {
        if (stopped || progress.phase !== 'contacts') return;
        stopped = true;
        void server.listener.stop();
      },
    });
    expect(stopped).toBe(true);
    expect(first).toMatchObject({ status: 'interrupted', error: { code: expect.any(String), remedy: expect.any(String) } });
    const loaded = server.state.count('crm.lead');

    const second = await migration.engine.driveRun({ runId: run.id }); // still away
    expect(second.status).toBe('interrupted');
    expect(server.state.count('crm.lead')).toBe(loaded);

    await server.listener.start();
    const report = await migration.resume(run.id);
    expectClean(report);
    expect(report.status).toBe('succeeded');
    expect((await migration.rollback()).rollback).toMatchObject({ identical: true, residue: [] });
  });

  test('leaves a revoked key as a failure that names it, and goes on once it is given back', async () => {
    const server = await migrations.simulator({ version: 19, companyCurrency: 'PLN' });
    const migration = await migrations.start({ odoo: { url: server.url, database: server.database, user: server.user, password: server.apiKey }, bundle });
    await migration.planned();
    const run = await migration.engine.startRun({ project: migration.project, mode: 'production', settings: { approveGates: true }, by: 'test' });
    let revoked = false;
    const first = await migration.engine.driveRun({ runId: run.id, onProgress: (progress) => {
      if (revoked || progress.phase !== 'companies') return;
      revoked = true;
      server.state.revokeKey('admin');
    } });
    expect(first).toMatchObject({ status: 'failed', error: { code: 'access-denied' } });
    server.state.restoreKey('admin');
    const report = await migration.resume(run.id);
    expectClean(report);
    expect(report.status).toBe('succeeded');
  });
});
