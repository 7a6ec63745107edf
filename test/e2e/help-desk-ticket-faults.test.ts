import { describe, expect, test } from 'vitest';
import type { FaultRule } from '../../src/simulators/intercom/faults.ts';
import { workspaceDifferences } from '../support/intercom-state.ts';
import { expectClean } from '../support/reports.ts';
import { withSeededDesks, type SeededDesk } from '../support/seeded-desks.ts';

const desks = withSeededDesks({ dialect: 'enterprise', tickets: 13, seed: 3 }); // the 12th has a message with more than ten files
/** Every kind of write of a run that makes tickets, with the first of its calls that is hit. */
const writes: readonly Readonly<{ route: string; first: number }>[] = [
  { route: 'POST /data_attributes', first: 1 }, { route: 'POST /ticket_types/:id/attributes', first: 2 }, { route: 'POST /contacts', first: 2 }, { route: 'POST /companies', first: 1 }, { route: 'POST /contacts/:id/companies', first: 1 },
  { route: 'POST /tags', first: 1 }, { route: 'POST /tickets', first: 2 }, { route: 'POST /tickets/:id/reply', first: 5 }, { route: 'POST /contacts/:id/notes', first: 1 }, { route: 'POST /tickets/:id/tags', first: 1 }, { route: 'PUT /tickets/:id', first: 2 },
];
const losses: readonly FaultRule['kind'][] = ['reset-after-commit', 'truncated-answer', 'reset-before-commit'];
let calm: ReturnType<SeededDesk['state']> | null = null;

describe('a help desk on its way to Intercom as tickets, when things go wrong', () => {
  test('undisturbed, no ticket takes more calls than it has things, every request is as the description wants it, and nobody is told', async () => {
    const desk = await desks.desk({ tickets: true, intercom: { workflows: true } });
    const report = await desk.run();
    expectClean(report);
    expect([...desk.proxy.complaints]).toEqual([]);
    expect(desk.intercom.state.sideEffects().filter(({ kind }) => kind === 'customer-notified')).toEqual([]);
    // Of each ticket by itself: k messages (the first is its description), t tags, f further files and notes, and 4.
    const placed = await desks.tests.query<{ id: string; records: number }>(`select split_part(destination_id, '/', 1) as id, count(*)::int as records
      from portolan.crosswalk where project_id = $1 and destination_object in ('ticket', 'ticket_part') group by 1`, [desk.projectId]);
    const room = new Map(placed.map(({ id, records }) => [id, records + 4]));
    const tickets = desk.intercom.state.rows('tickets') as unknown as readonly { readonly id: number; readonly tags: object }[];
    expect(tickets.length).toBeGreaterThan(8);
    const callsOf = (id: number): number => 1 + desk.proxy.log.filter((call) => /^\w+ \/tickets\/(\d+)/u.exec(call)?.[1] === String(id)).length; // 1: the call that made it
    expect(tickets.map(({ id, tags }) => ({ id, over: Math.max(0, callsOf(id) - (room.get(String(id)) ?? 0) - Object.keys(tags).length) })).filter(({ over }) => over > 0)).toEqual([]);
    expect(tickets.every(({ id }) => callsOf(id) > 1)).toBe(true);
    expect(desk.proxy.log.filter((call) => call === 'POST /tickets')).toHaveLength(tickets.length);
    calm = desk.state();
    await desk.stop();
  }, 600_000);

  test('an answer of every kind of write is lost, with the search lagging behind: nothing is doubled, nothing is missing', async () => {
    const desk = await desks.desk({ tickets: true, intercom: { searchLagMs: 600 }, settleSeconds: 1 });
    for (const { route, first } of writes) losses.forEach((kind, at) => { if (at === 0 || first > 1) desk.intercom.faults.add({ kind, route, nth: first + at * 2, times: 1 }); });
    const report = await desk.run();
    expectClean(report);
    expect(workspaceDifferences(calm ?? expect.fail('the undisturbed run failed'), desk.state())).toEqual([]);
    // A fault still there has found no call: then the run makes no such write.
    const idle = new Set(desk.intercom.faults.list().filter(({ hits }) => hits === 0).map(({ rule }) => rule.route));
    const lost = Object.keys(desk.intercom.state.answers()).filter((answer) => answer.endsWith(' lost')).map((answer) => answer.slice(0, -' lost'.length));
    expect(writes.map(({ route }) => route).filter((route) => !lost.includes(route) && !idle.has(route))).toEqual([]);
    expect(lost).toEqual(expect.arrayContaining(['POST /tickets', 'POST /tickets/:id/reply', 'POST /tickets/:id/tags', 'PUT /tickets/:id']));
    await desk.stop();
  }, 600_000);
});
