import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunReport } from '../../src/engine/run-report.ts';
import { VirtualClock } from '../../src/simulators/customerio/clock.ts';
import { writeCustomerioFiles } from '../../src/simulators/customerio/files/write-files.ts';
import { startCustomerioSimulator } from '../../src/simulators/customerio/start.ts';
import { withCustomerioMigrations, type CustomerioMigration } from '../support/customerio-migration.ts';
import { changingCalls, expectClean, phaseOf } from '../support/reports.ts';
import { contents, sent } from './contents.ts';
import { freshOdoo, type RealOdoo } from './odoo.ts';

/** The workspace is ten days behind, so that it can live on before the delta. */
const DAYS = 10;
const anchor = (Math.floor(Date.now() / 86_400_000) - 2 * DAYS) * 86_400;
/** With 46 attributes and 15 segments. The archive has all events, the API two fifths of them. */
const workspace = { people: 3000, companies: 300, events: 20_000, deliveries: 8000, newsletters: 6, seed: 14, anchor };

describe('Customer.io into a real Odoo 14 that runs its mail queue', () => {
  const migrations = withCustomerioMigrations();
  let folder = '';
  let odoo: RealOdoo | null = null;
  let migration: CustomerioMigration;
  let before: unknown;
  let full: RunReport;
  const clock = new VirtualClock(anchor * 1000);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'portolan-cio-real-'));
    const writer = await startCustomerioSimulator(workspace);
    await writeCustomerioFiles({ world: writer.world, folder });
    await writer.stop();
    odoo = await freshOdoo({ cron: true });
    migration = await migrations.start({ odoo, workspace: { ...workspace, clock }, source: { eventsPath: join(folder, 'events.jsonl'), suppressionPath: join(folder, 'suppression.csv') } });
    before = await contents(odoo);
    await migration.planned();
  }, 400_000);
  afterAll(async () => {
    await odoo?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const server = (): RealOdoo => { if (odoo === null) throw new Error('Odoo is there only inside tests.'); return odoo; };
  const count = async (statement: string): Promise<number> => Number((await server().sql<{ n: number | string }>(`select count(*) as n from ${statement}`))[0]?.n ?? 0);

  test('loads the workspace, over a kill of the process: blocked addresses before any partner, people, companies, events, logs as the generator counted them, nothing doubled, and no mail', async () => {
    const point = Math.round(workspace.events * (0.05 + 0.85 * Math.random()));
    const killed = await migration.killed(async () => (await count('mail_message where x_cio_event is not null').catch(() => 0)) >= point); // the column is made by the run
    expect(killed.signal, `at ${point} events: ${killed.err}`).toBe('SIGKILL'); // it was still at work
    full = await migration.resume(killed.runId);
    expectClean(full);
    expect(await count('(select x_cio_id from mail_message where x_cio_id is not null group by x_cio_id, x_cio_event having count(*) > 1) as doubled')).toBe(0);
    expect(await count('(select x_cio_log_id from mail_mail group by x_cio_log_id having count(*) > 1) as doubled')).toBe(0);
    const expected = migration.customerio.expectation();
    expect(await count('res_partner where x_cio_person_key is not null')).toBe(expected.people.total - expected.people.duplicates);
    expect(await count(`res_partner where is_company and x_customerio_id like '1:%'`)).toBe(expected.objects.byType['1']);
    const blocked = new Set((await server().sql<{ email: string }>('select email from mail_blacklist where active')).map((row) => row.email));
    expect([blocked.size, (expected.details?.blockedEmails ?? []).filter((email) => !blocked.has(email))]).toEqual([expected.consent.blockedEmailsWithFile, []]);
    expect(await count('res_partner where x_cio_person_key is not null and create_date < (select max(create_date) from mail_blacklist)')).toBe(0);

    const { byStatus } = expected.deliveries;
    for (const [state, wanted] of [['exception', byStatus.exception], ['received', byStatus.received], ['sent', byStatus.sent], ['cancel', byStatus.outgoing], ['outgoing', 0]] as const) expect(await count(`mail_mail where state = '${state}'`), state).toBe(wanted);
    expect(await sent(server())).toMatchObject({ mails_ever: phaseOf(full, 'delivery-logs').created, notifications_ever: 0, invitations: 0 }); // nothing else was ever in the queue
    expect(phaseOf(full, 'archived-events').read).toBe(expected.events.total);
    expect(await count('mail_message where x_cio_event is not null')).toBe(phaseOf(full, 'archived-events').created + phaseOf(full, 'events').created);
  });

  test('a second run writes nothing, a delta the differences, and a rollback leaves the database as it was', async () => {
    const second = await migration.run();
    expectClean(second);
    expect([second.status, second.written, changingCalls(second)]).toEqual([full.status, 0, []]);

    clock.advance(DAYS * 86_400_000);
    migration.customerio.become({ changed: 0.01, removed: 0.003, merged: 0.002, turned: 0.01, addedPeople: 12, addedEvents: 40, addedDeliveries: 30 });
    const { details } = migration.customerio.expectation();
    const delta = await migration.delta();
    expectClean(delta);
    const ids = async (condition: string): Promise<ReadonlySet<string>> => new Set((await server().sql<{ id: string }>(`select x_customerio_id as id from res_partner where x_cio_person_key is not null and ${condition}`)).map(({ id }) => id));
    const [active, archived] = [await ids('active'), await ids('not active')];
    expect((details?.added ?? []).filter((id) => active.has(id)).length).toBeGreaterThan(8); // one with the address of another is that one
    const gone = [...details?.vanished.deleted ?? [], ...details?.vanished.merged ?? []];
    expect([gone.length > 5, archived.size > 0, [...archived].filter((id) => !gone.includes(id))]).toEqual([true, true, []]);
    expect(phaseOf(delta, 'events').created + phaseOf(delta, 'engagement').created).toBeGreaterThan(30);
    expect(await count(`res_partner where x_cio_person_key is not null and city = 'Újváros'`)).toBeGreaterThan(15);
    expect(delta.written).toBeLessThan(0.1 * full.written);
    expect(await sent(server())).toMatchObject({ mails_ever: phaseOf(full, 'delivery-logs').created + phaseOf(delta, 'delivery-logs').created, notifications_ever: 0, invitations: 0 });

    const back = await migration.rollback();
    expect(back.rollback).toMatchObject({ identical: true, residue: [], kept: 0, differences: [] });
    expect(await contents(server())).toEqual(before);
  });
});
