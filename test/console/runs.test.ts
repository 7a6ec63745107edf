import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunDetails } from '../../src/server/schemas/runs.ts';
import type { RollbackRecords } from '../../src/server/schemas/rollback.ts';
import { startConsole, type Caller, type ConsoleServer } from '../support/console-server.ts';
import { withMigrations, type Migration } from '../support/migration.ts';

const migrations = withMigrations();
let migration: Migration;
let server: ConsoleServer;
let owner: Caller;

beforeAll(async () => {
  const simulator = await migrations.simulator({ version: 17, port: 0, seed: 4 });
  migration = await migrations.start({ odoo: simulator, bundle: { contacts: 120, companies: 12, deals: 16, notes: 30, seed: 12 } });
  await migration.planned();
  server = await startConsole({ tests: migrations.tests, engine: migration.engine });
  owner = await server.signIn('owner');
});
afterAll(async () => { await server?.close(); });

const path = (rest = ''): string => `/api/projects/${migration.project}${rest}`;
const start = async (body: object): Promise<string> => {
  const answer = await owner.call('POST', path('/runs'), body);
  expect([answer.status, JSON.stringify(answer.body)]).toEqual([200, expect.any(String)]);
  return (answer.body as { id: string }).id;
};
const details = async (run: string): Promise<RunDetails> => (await owner.call('GET', path(`/runs/${run}`))).body as RunDetails;
const comesTo = (run: string, ...states: readonly string[]): Promise<void> => expect.poll(async () => (await details(run)).run.status, { timeout: 200_000, interval: 100 }).toMatch(new RegExp(`^(${states.join('|')})$`));

/** Events of a live stream until one fits. */
async function listen(fits: (event: string, data: string) => boolean): Promise<readonly string[]> {
  const abort = new AbortController();
  const response = await fetch(`${server.url}${path('/live')}`, { headers: { cookie: owner.cookie }, signal: abort.signal });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const events: string[] = [];
  let text = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    const whole = text.split('\n\n');
    text = whole.pop() ?? '';
    for (const one of whole) {
      const event = /^event: (.*)$/m.exec(one)?.[1] ?? '';
      events.push(event);
      if (!fits(event, /^data: (.*)$/m.exec(one)?.[1] ?? '')) continue;
      abort.abort();
      return events;
    }
  }
  throw new Error(`the stream ended after ${events.join(', ')}`);
}

describe('runs that the server drives', () => {
  test('a sample is told live until it ends, and two runs at once are refused', async () => {
    const run = await start({ mode: 'sample', records: 20 });
    const heard = listen((event, data) => event === 'run' && data.includes(run) && /"status":"(succeeded|withQuarantine)"/.test(data));
    const second = await owner.call('POST', path('/runs'), { mode: 'sample', records: 20 });
    expect((second.body as { error: { code: string } }).error.code).toBe('run-unfinished');
    expect(await heard).toContain('run');
    expect((await details(run)).report.written).toBeGreaterThan(0);
  });

  test('a gate waits for its approval, pausing and going on lose nothing', async () => {
    const run = await start({ mode: 'production', confirmDestination: '127.0.0.1' });
    await comesTo(run, 'waiting');
    expect((await details(run)).gates.filter((gate) => gate.approvedAt === null)).toHaveLength(1);
    const operator = await server.signIn('operator');
    expect((await operator.call('POST', path(`/runs/${run}/approval`), { phase: null })).status).toBe(403);
    await owner.call('POST', path(`/runs/${run}/approval`), { phase: null });
    await owner.call('POST', path(`/runs/${run}/pause`));
    await comesTo(run, 'paused', 'waiting'); // the phase may have ended before the pause was seen
    if ((await details(run)).run.status === 'paused') expect((await owner.call('POST', path(`/runs/${run}/resume`))).status).toBe(200);
    await comesTo(run, 'waiting');
    expect((await owner.call('POST', path(`/runs/${run}/cancel`))).status).toBe(200);
    await comesTo(run, 'cancelled');
    expect((await owner.call('POST', path(`/runs/${run}/resume`))).status).toBe(409);
  }, 600_000);

  test('a server that stops in the middle of a run goes on with it when it starts again', async () => {
    const run = await start({ mode: 'production', approveGates: true, confirmDestination: '127.0.0.1' });
    await expect.poll(async () => (await details(run)).phases.some((phase) => phase.status === 'done'), { timeout: 120_000, interval: 50 }).toBe(true);
    await server.close();
    expect((await migrations.tests.store.run(run))?.status).toMatch(/^(interrupted|running)$/);
    server = await startConsole({ tests: migrations.tests, engine: migration.engine });
    owner = await server.signIn('owner');
    await comesTo(run, 'succeeded', 'withQuarantine');
    const { report } = await details(run);
    expect([report.phases.every((phase) => phase.balanced), report.verification.mismatch]).toEqual([true, 0]);
  }, 600_000);

  test('a dry run of a rollback changes nothing, the rollback proves that all is as before', async () => {
    const dry = await start({ mode: 'rollback', dryRun: true });
    await comesTo(dry, 'succeeded');
    const { deleted = 0 } = (await details(dry)).report.rollback ?? {};
    expect(deleted).toBeGreaterThan(0);
    // Every record, in pages; the counts agree with the report and with what the rollback does then.
    const list = async (run: string, query = ''): Promise<RollbackRecords> => (await owner.call('GET', path(`/runs/${run}/rollback${query}`))).body as RollbackRecords;
    const first = await list(dry, '?fate=removed');
    expect(first.fates.filter(({ fate }) => fate === 'removed').reduce((sum, { records }) => sum + records, 0)).toBe(deleted);
    expect(first.records).toHaveLength(100);
    expect(first.records.find(({ mapping }) => mapping === 'contact-leads' || mapping === 'contact-partners')).toMatchObject({ fate: 'removed', details: { label: expect.any(String) }, address: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/web#id=\d+&model=(crm\.lead|res\.partner)&view_type=form$/) });
    const seen = new Set<string>();
    for (let page = first; ; page = await list(dry, `?fate=removed&afterMapping=${page.next.mapping}&afterId=${encodeURIComponent(page.next.sourceId)}`)) {
      for (const record of page.records) seen.add(`${record.mapping}:${record.sourceId}`);
      if (page.next === null) break;
    }
    expect(seen.size).toBe(deleted);
    expect((await list(dry, '?mapping=deals&fate=kept')).records).toEqual([]);
    const run = await start({ mode: 'rollback', confirmDestination: '127.0.0.1' });
    await comesTo(run, 'succeeded');
    expect((await details(run)).report.rollback).toMatchObject({ identical: true, kept: 0, deleted });
    expect((await list(run)).fates).toEqual(first.fates);
  }, 600_000);
});
