import { expect, test } from 'vitest';
import { withDesks } from '../support/desk-by-hand.ts';
import { conversationOf, fillDesk, rows } from '../support/filled-desk.ts';
import { expectClean } from '../support/reports.ts';

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
