import { expect, test } from 'vitest';
import { withDesks, type DeskByHand } from '../support/desk-by-hand.ts';
import { conversationOf, fillDesk, rows, said, textOf } from '../support/filled-desk.ts';
import { expectClean, phaseOf } from '../support/reports.ts';

const desks = withDesks();

test('the tickets of a stage go to the team that was decided for it, or to none', async () => {
  const desk = await desks.start();
  const { open, closed } = await fillDesk(desk, 'enterprise');
  const team = (name: string): number => rows(desk, 'teams').find((one) => one.name === name)?.id ?? expect.fail(`no team ${name}`);
  await desk.planned({ [`stage-team:${open}`]: String(team('Billing')), [`stage-team:${closed}`]: 'none', 'partner-without-email': 'import' });
  expectClean(await desk.run());
  // All of them are of the team Support in Odoo.
  expect(['Opened by staff', 'Without address'].map((title) => conversationOf(desk, title).teamAssignee)).toEqual([team('Billing'), team('Billing')]);
  expect(conversationOf(desk, 'Invoice is wrong')).toMatchObject({ teamAssignee: 0, state: 'closed' });
}, 500_000);

/** Whatever waits is tried again, as a person does who has mended the cause. */
async function retried(desk: DeskByHand): ReturnType<DeskByHand['drive']> {
  return desk.drive((await desk.engine.retryQuarantine({ project: desk.project, corrections: [], by: 'test' })).id);
}

test('messages and tickets of people without an admin wait where that was decided, and go in once they have one, or somebody stands in', async () => {
  const desk = await desks.start();
  const { ids, agent } = await fillDesk(desk, 'enterprise');
  await desk.say(ids.first, agent(12).partner_id[0], '<p>From my new desk.</p>', { date: '2024-03-01 15:00:00' });
  await desk.planned({ 'unmatched-people': 'hold' });
  const report = await desk.run();
  expectClean(report);
  expect(phaseOf(report, 'parts').quarantined).toEqual({ 'author-not-found': 2 }); // the agent without an admin, and a former colleague
  expect(phaseOf(report, 'settings').quarantined).toMatchObject({ 'assignee-not-found': 1 });
  const texts = (): string[] => said(conversationOf(desk, 'Invoice is wrong')).map(textOf);
  expect(texts().filter((text) => /new desk|As I said/u.test(text))).toEqual([]);
  const held = await desks.tests.store.quarantine({ projectId: desk.projectId, open: true, code: 'author-not-found', limit: 10, after: null });
  expect(held.every(({ remedy }) => remedy.includes('Make the person an admin'))).toBe(true);
  desk.intercom.people.addAdmin({ name: 'Agent 12', email: 'agent.12@helpdesk.example' });
  const twelve = rows(desk, 'admins').find(({ email }) => email === 'agent.12@helpdesk.example')?.id;
  const first = await retried(desk);
  expect(phaseOf(first, 'parts').quarantined).toEqual({ 'author-not-found': 1 });
  expect(phaseOf(first, 'settings').quarantined['assignee-not-found']).toBeUndefined();
  const late = said(conversationOf(desk, 'Invoice is wrong')).find((part) => textOf(part) === 'From my new desk.');
  expect([late?.type, String(late?.author.id)]).toEqual(['comment', String(twelve)]);
  expect(rows(desk, 'conversations').find((one) => one.title === 'Parked')?.adminAssignee).toBe(twelve);
  // Nobody makes a former colleague an admin: the acting one stands in, and the line says for whom.
  await desk.engine.decide({ project: desk.project, answers: { 'unmatched-people': 'fallback' }, by: 'test' });
  await desk.engine.confirmPlan({ project: desk.project, by: 'test', acceptRecommendations: true });
  const second = await retried(desk);
  expect(phaseOf(second, 'parts').quarantined).toEqual({ 'part-cannot-change': 1 }); // what the agent said for himself meanwhile would get a line with his name now: it stays as it is
  expect(texts().filter((text) => /As I said|new desk/u.test(text)).toSorted()).toEqual(['From my new desk.', '[Former Colleague]\nAs I said.']);
  expect((await desk.run()).written).toBe(0);
}, 500_000);
