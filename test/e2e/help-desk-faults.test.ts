import { describe, expect, test } from 'vitest';
import type { FaultRule } from '../../src/simulators/intercom/faults.ts';
import { workspaceDifferences } from '../support/intercom-state.ts';
import { expectClean } from '../support/reports.ts';
import { withSeededDesks, type SeededDesk } from '../support/seeded-desks.ts';

const desks = withSeededDesks({ dialect: 'enterprise', tickets: 13, seed: 3 }); // the 12th has a message with more than ten files
/** Every kind of write that a run makes, with the first of its calls that is hit; calls of attributes and tags are few. */
const writes: readonly Readonly<{ route: string; first: number }>[] = [
  { route: 'POST /data_attributes', first: 1 }, { route: 'POST /conversations/attributes', first: 2 }, { route: 'POST /contacts', first: 2 }, { route: 'POST /companies', first: 1 }, { route: 'POST /contacts/:id/companies', first: 1 },
  { route: 'POST /tags', first: 1 }, { route: 'POST /conversations', first: 3 }, { route: 'POST /conversations/:id/reply', first: 5 }, { route: 'POST /contacts/:id/notes', first: 1 }, { route: 'POST /conversations/:id/tags', first: 1 },
  { route: 'PUT /conversations/:id', first: 2 }, { route: 'POST /conversations/:id/parts', first: 3 },
];
const losses: readonly FaultRule['kind'][] = ['reset-after-commit', 'truncated-answer', 'reset-before-commit'];
let calm: ReturnType<SeededDesk['state']> | null = null;
const undisturbed = async (): Promise<NonNullable<typeof calm>> => {
  if (calm !== null) return calm;
  const desk = await desks.desk();
  expectClean(await desk.run());
  expect([...desk.proxy.complaints]).toEqual([]);
  calm = desk.state();
  await desk.stop();
  return calm;
};

describe('a help desk on its way to Intercom, when things go wrong', () => {
  test('undisturbed, every request is as Intercom\'s description wants it, and nobody is told', async () => {
    const desk = await desks.desk({ intercom: { workflows: true } });
    const report = await desk.run();
    expectClean(report);
    expect([...desk.proxy.complaints]).toEqual([]);
    expect([...desk.proxy.seen].filter((operation) => /^(?:POST|PUT)/u.test(operation)).length).toBeGreaterThanOrEqual(writes.length - 1);
    expect(desk.intercom.state.sideEffects().filter(({ kind }) => kind === 'customer-notified')).toEqual([]);
    expect(desk.intercom.state.leakedTokens()).toBe(0);
    // Of each ticket by itself: k messages, t tags, f further files and notes, and 4.
    const placed = await desks.tests.query<{ id: string; what: string; records: number }>(`select split_part(destination_id, '/', 1) as id, case when mapping in ('conversations', 'parts') then 'k' else 'f' end as what, count(*)::int as records
      from portolan.crosswalk where project_id = $1 and destination_object in ('conversation', 'conversation_part') group by 1, 2`, [desk.projectId]);
    const room = new Map<string, number>();
    for (const { id, records } of placed) room.set(id, (room.get(id) ?? 4) + records);
    const conversations = desk.intercom.state.rows('conversations') as unknown as readonly { readonly id: number; readonly tags: object }[];
    expect(conversations.length).toBeGreaterThan(8);
    const callsOf = (id: number): number => 1 + desk.proxy.log.filter((call) => call.split(' ')[1]?.startsWith(`/conversations/${id}`) === true && /^\w+ \/conversations\/(\d+)/u.exec(call)?.[1] === String(id)).length; // 1: the call that made it
    expect(conversations.map(({ id, tags }) => ({ id, over: Math.max(0, callsOf(id) - (room.get(String(id)) ?? 0) - Object.keys(tags).length) })).filter(({ over }) => over > 0)).toEqual([]);
    expect(desk.proxy.log.filter((call) => call === 'POST /conversations')).toHaveLength(conversations.length);
    calm = desk.state();
    await desk.stop();
  }, 600_000);

  test('an answer of every kind of write is lost, with the search lagging behind: nothing is doubled, nothing is missing', async () => {
    const wanted = await undisturbed();
    const desk = await desks.desk({ intercom: { searchLagMs: 600 }, settleSeconds: 1 });
    for (const { route, first } of writes) losses.forEach((kind, at) => { if (at === 0 || first > 1) desk.intercom.faults.add({ kind, route, nth: first + at * 2, times: 1 }); });
    const report = await desk.run();
    expectClean(report);
    expect(workspaceDifferences(wanted, desk.state())).toEqual([]);
    // A fault still there has found no call: then the run makes no such write.
    const idle = new Set(desk.intercom.faults.list().filter(({ hits }) => hits === 0).map(({ rule }) => rule.route));
    const lost = Object.keys(desk.intercom.state.answers()).filter((answer) => answer.endsWith(' lost')).map((answer) => answer.slice(0, -' lost'.length));
    expect(writes.map(({ route }) => route).filter((route) => !lost.includes(route) && !idle.has(route))).toEqual([]);
    expect(lost.length).toBeGreaterThanOrEqual(10);
    await desk.stop();
  }, 600_000);

  test('the token is revoked and the scope taken away under it: it stops, says why, and goes on where it was', async () => {
    const wanted = await undisturbed();
    const desk = await desks.desk();
    desk.intercom.faults.add({ kind: 'missing-scope', route: 'POST /conversations/:id/reply', nth: 40, times: 1 });
    const first = await desk.run();
    expect([first.status, first.error?.code, first.error?.remedy]).toEqual(['failed', 'missing-scope', expect.stringContaining('Developer Hub')]);
    desk.intercom.tokens.revoke();
    const second = await desk.run().catch((error: unknown) => error);
    expect(second).toMatchObject({ name: 'AuthenticationError', code: 'token-refused' });
    desk.intercom.tokens.restore();
    const last = await desk.run();
    expectClean(last);
    expect(workspaceDifferences(wanted, desk.state())).toEqual([]);
    await desk.stop();
  }, 600_000);

  test('a conversation is throttled and calls are limited: it waits and goes on', async () => {
    const wanted = await undisturbed();
    const desk = await desks.desk();
    desk.intercom.faults.add({ kind: 'throttle', route: 'POST /conversations/:id/reply', nth: 20, times: 1 });
    desk.intercom.faults.add({ kind: 'rate-limit', route: 'POST /conversations/:id/reply', nth: 36, times: 1 });
    const report = await desk.run();
    expectClean(report);
    expect(desk.intercom.state.answers()).toMatchObject({ 'POST /conversations/:id/reply 429': 1, 'POST /conversations/:id/reply 400': 1 });
    expect(workspaceDifferences(wanted, desk.state())).toEqual([]);
    await desk.stop();
  }, 600_000);
});
