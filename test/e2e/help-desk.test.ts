import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { intercomConnector } from '../../src/connectors/intercom/connector.ts';
import { odooConnector } from '../../src/connectors/odoo/connector.ts';
import { RetriableError } from '../../src/connector/errors.ts';
import type { Engine } from '../../src/engine/api.ts';
import { createEngine } from '../../src/engine/engine.ts';
import type { Store } from '../../src/engine/ports/store.ts';
import type { RunReport } from '../../src/engine/run-report.ts';
import { odooHelpdeskToIntercom } from '../../src/routes/odoo-helpdesk-to-intercom/route.ts';
import type { IntercomSimulator } from '../../src/simulators/intercom/simulator.ts';
import { startIntercomSimulator } from '../../src/simulators/intercom/start.ts';
import type { OdooSimulator } from '../../src/simulators/odoo/simulator.ts';
import { startOdooSimulator } from '../../src/simulators/odoo/start.ts';
import { openQueue } from '../../src/work/queue.ts';
import type { WorkQueue } from '../../src/engine/ports/work.ts';
import { archivedAt, listedAsArchived } from '../support/archived.ts';
import { expectClean } from '../support/reports.ts';
import { withTestStore } from '../support/store.ts';

const tests = withTestStore();
let queue: WorkQueue;
let odoo: OdooSimulator;
beforeAll(async () => {
  queue = await openQueue({ store: tests.store });
  odoo = await startOdooSimulator({ version: 17, helpdesk: { dialect: 'enterprise', tickets: 14, seed: 3 } });
});
afterAll(async () => {
  await odoo.stop();
  await queue.close();
});

interface Desk { readonly engine: Engine; readonly intercom: IntercomSimulator; readonly projectId: string; run(mode?: 'production' | 'sample' | 'rollback', settings?: object): Promise<RunReport> }
let serial = 0;
async function start(more: Readonly<{ store?: (store: Store) => Store }> = {}): Promise<Desk> {
  serial += 1;
  const project = `desk-${serial}`;
  const intercom = await startIntercomSimulator({
    searchLagMs: 0, conversationThrottle: { replies: 1_000_000, windowMs: 1000 }, teams: [{ name: 'Support' }, { name: 'Billing' }],
    admins: [{ name: 'Migration', email: 'migration@desk.example' }, ...[1, 2, 3, 4, 5, 6, 7, 8].map((at) => ({ name: `Agent ${at}`, email: `agent.${at}@helpdesk.example` }))],
  });
  const engine = createEngine({ store: more.store?.(tests.store) ?? tests.store, queue, connectors: [odooConnector, intercomConnector], routes: [odooHelpdeskToIntercom], backoffMs: () => 1 });
  const { id: projectId } = await tests.store.createProject({ name: project, route: odooHelpdeskToIntercom.id });
  await tests.store.saveConnection({ projectId, role: 'source', platform: 'odoo', settings: { url: odoo.url, database: odoo.database, user: odoo.user }, secrets: { password: odoo.password } });
  await tests.store.saveConnection({ projectId, role: 'destination', platform: 'intercom', settings: { url: intercom.url, settleSeconds: '0' }, secrets: { token: intercom.token } });
  await engine.discover({ project, roles: ['source', 'destination'] });
  await engine.propose({ project });
  await engine.decide({ project, answers: { 'workflows-off': 'off', 'partner-without-email': 'import' }, by: 'test' });
  await engine.confirmPlan({ project, by: 'test', acceptRecommendations: true });
  return {
    engine, intercom, projectId,
    run: async (mode = 'production', settings = {}) => {
      const run = await engine.startRun({ project, mode, settings: { ...(mode === 'production' ? { approveGates: true } : {}), ...settings }, by: 'test' });
      for (let drives = 0; drives < 30; drives += 1) {
        const report = await engine.driveRun({ runId: run.id });
        if (report.status !== 'interrupted') return report;
      }
      throw new Error('still interrupted after 30 drives');
    },
  };
}

/** What was said in the conversations that are there: by the second it was said in, so that two workspaces can be compared. */
function threads({ intercom }: Desk): string[] {
  return intercom.state.rows('conversations').filter((row) => (row['deletedAt'] ?? null) === null).map((row) => {
    const conversation = row as unknown as { readonly createdAt: number; readonly state: string; readonly title: string | null; readonly parts: readonly { readonly type?: string; readonly partType?: string; readonly body: string | null; readonly createdAt: number; readonly attachments?: readonly { readonly name: string }[] }[] };
    const said = conversation.parts.filter((part) => (part.body ?? '') !== '').map((part) => `${part.createdAt} ${part.body} ${(part.attachments ?? []).map(({ name }) => name).join(',')}`).toSorted();
    return JSON.stringify([conversation.createdAt, conversation.title, conversation.state, said]);
  }).toSorted();
}
let calm: string[] = [];

describe('a help desk moved to Intercom, on the two simulators', () => {
  test('is balanced and verified, with no more calls per ticket than there are things, written once, and taken back', async () => {
    const desk = await start();
    const report = await desk.run();
    expectClean(report);
    expect(report.phases.every(({ quarantined }) => Object.keys(quarantined).every((code) => ['no-partner', 'link-not-loaded'].includes(code)))).toBe(true);
    const made = (id: string): number => report.phases.find((phase) => phase.mapping === id)?.created ?? 0;
    const calls = (...names: string[]): number => names.reduce((sum, name) => sum + (report.calls['destination']?.[name] ?? 0), 0);
    // k + t + f + 4 over all tickets: messages (the first opens the conversation), tags, further files and notes, and what is set.
    const messages = made('conversations') + made('parts');
    const further = report.phases.filter(({ phase, destinationObject }) => phase === 'attachments' && destinationObject === 'conversation_part').reduce((sum, { created }) => sum + created, 0);
    expect(made('more-files-2')).toBeGreaterThan(0);
    expect(messages).toBeGreaterThan(45);
    expect(calls('conversations.create', 'conversations.reply', 'conversations.tag', 'conversations.update', 'conversations.assign', 'conversations.close', 'conversations.snooze'))
      .toBeLessThanOrEqual(messages + calls('conversations.tag') + further + 4 * made('conversations'));
    expect(calls('conversations.get', 'conversations.search')).toBe(0); // nothing is looked for or read back: the answers show it
    // Every file of the help desk is on a conversation, or named in a note.
    const names = await tests.query<{ name: string }>("select data ->> 'name' as name from portolan.raw_record where project_id = $1 and object = 'attachment'", [desk.projectId]);
    const told = threads(desk).join('\n');
    expect(names.filter(({ name }) => !told.includes(JSON.stringify(name).slice(1, -1)))).toEqual([]);
    expect(desk.intercom.state.count('conversations')).toBe(made('conversations'));
    calm = threads(desk);
    const again = await desk.run();
    expect(again.written).toBe(0);
    const everything = await desk.run('production', { only: 'verify' });
    expect(everything.verification).toMatchObject({ mismatch: 0, unreadable: 0 });
    const back = await desk.run('rollback');
    expect(back.rollback).toMatchObject({ identical: true, kept: 0 });
    // Exactly the listed residue: what a deletion only archives at Intercom, and nothing else.
    expect(listedAsArchived(back)).toEqual(archivedAt(desk.intercom));
    expect(archivedAt(desk.intercom).length).toBeGreaterThan(5);
    expect((['contacts', 'conversations', 'tags'] as const).map((name) => desk.intercom.state.count(name))).toEqual([0, 0, 0]); // companies go by and by
    await desk.intercom.stop();
  }, 500_000);

  test('a sample takes a few tickets with all that belongs to them; a rollback keeps the conversation in which somebody has answered, and its contact', async () => {
    const desk = await start();
    const sample = await desk.run('sample', { records: 2 });
    expectClean(sample);
    const sampled = desk.intercom.state.count('conversations');
    expect([sample.status, sampled > 0 && sampled < 14]).toEqual(['succeeded', true]);
    expect(threads(desk).every((thread) => calm.includes(thread))).toBe(true); // whole ones
    expectClean(await desk.run());
    expect(threads(desk)).toEqual(calm);
    const conversation = desk.intercom.state.rows('conversations')[0] as unknown as { readonly id: string };
    const admin = desk.intercom.state.rows('admins')[0] as unknown as { readonly id: string };
    const answer = await fetch(`${desk.intercom.url}/conversations/${conversation.id}/reply`, { method: 'POST', headers: { authorization: `Bearer ${desk.intercom.token}`, 'content-type': 'application/json', 'intercom-version': '2.16' }, body: JSON.stringify({ message_type: 'comment', type: 'admin', admin_id: admin.id, body: 'By hand' }) });
    expect(answer.status).toBe(200);
    const back = await desk.run('rollback');
    expect(back.rollback?.residue.filter(({ mapping }) => mapping === 'conversations' || mapping === 'contacts').map(({ mapping, reason }) => `${mapping} ${reason}`).toSorted()).toEqual(['contacts others-work-hangs-on-it', 'conversations others-work-hangs-on-it']);
    expect(desk.intercom.state.count('conversations')).toBe(1);
    await desk.intercom.stop();
  }, 500_000);

  test.each([1, 2])('with lost answers and processes that die before a commit it comes out the same, seed %i', async (seed) => {
    let step = 0;
    const desk = await start({ store: (store) => ({
      ...store,
      commitLoadStep: async (given) => {
        step += 1;
        if ((step * 7 + seed) % 5 === 0 && step < 60) throw new RetriableError({ code: 'killed', message: 'The step did not reach the store (made up).' });
        return store.commitLoadStep(given);
      },
    }) });
    for (const kind of ['reset-after-commit', 'reset-before-commit', 'truncated-answer'] as const) desk.intercom.faults.add({ kind, writesOnly: true, probability: 0.02, times: 6 });
    const report = await desk.run();
    expectClean(report);
    expect(step).toBeGreaterThan(10);
    expect(threads(desk)).toEqual(calm);
    await desk.intercom.stop();
  }, 500_000);
});
