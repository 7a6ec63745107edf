import { describe, expect, test } from 'vitest';
import { expectClean } from '../support/reports.ts';
import { withSeededDesks } from '../support/seeded-desks.ts';

const desks = withSeededDesks({ dialect: 'enterprise', tickets: 13, seed: 3 }); // the 12th has a message with more than ten files

describe('a help desk on its way to Intercom as tickets', () => {
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
    await desk.stop();
  }, 600_000);
});
