import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { registry } from '../../src/cli/registry.ts';
import { createEngine } from '../../src/engine/engine.ts';
import type { WorkQueue } from '../../src/engine/ports/work.ts';
import { cutOverStages } from '../../src/reports/documents/cut-over-stages.ts';
import type { IntercomSimulator } from '../../src/simulators/intercom/simulator.ts';
import { startIntercomSimulator } from '../../src/simulators/intercom/start.ts';
import type { OdooSimulator } from '../../src/simulators/odoo/simulator.ts';
import { startOdooSimulator } from '../../src/simulators/odoo/start.ts';
import { openQueue } from '../../src/work/queue.ts';
import { approveToEnd, inspectPage, openPage, signInByForm, takeBack, type WatchedPage } from '../support/browser.ts';
import { openBrowser, skipReason } from '../support/chromium.ts';
import { ownerPassword, startConsole, type ConsoleServer } from '../support/console-server.ts';
import { withTestStore } from '../support/store.ts';

/** What a loaded machine takes its time for. */
const slow = { timeout: 180_000 };

/** A route without any file: a help desk that moves from Odoo to Intercom, by clicks alone. */
describe.skipIf(skipReason !== null)(`a help desk in the browser${skipReason === null ? '' : ` (${skipReason})`}`, () => {
  const tests = withTestStore();
  let queue: WorkQueue;
  let odoo: OdooSimulator;
  let intercom: IntercomSimulator;
  let server: ConsoleServer;
  let browser: Browser;
  let watched: WatchedPage;
  let page: Page;
  const step = (name: string) => page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
  const words = async (): Promise<string> => page.locator('main').innerText();

  beforeAll(async () => {
    queue = await openQueue({ store: tests.store });
    const engine = createEngine({ store: tests.store, queue, connectors: registry.connectors, routes: registry.routes, backoffMs: () => 1, log: () => undefined });
    [odoo, intercom, server, browser] = await Promise.all([
      startOdooSimulator({ version: 17, port: 0, helpdesk: { dialect: 'enterprise', tickets: 4, seed: 3 } }),
      startIntercomSimulator({ searchLagMs: 0, conversationThrottle: { replies: 1_000_000, windowMs: 1000 }, teams: [{ name: 'Support' }], admins: [{ name: 'Migration', email: 'migration@desk.example' }, { name: 'Agent 1', email: 'agent.1@helpdesk.example' }] }),
      startConsole({ tests, engine, withPages: true, parts: {
        cutOverStages: async (project) => cutOverStages({ project, plan: (await engine.currentPlan(project)).plan, load: null, deltas: [], sandbox: null, quarantine: 0, steps: [] }),
      } }),
      openBrowser(),
    ]);
    await server.signIn('owner');
    watched = await openPage(browser, server.url);
    page = watched.page;
    await signInByForm(page, server.emailOf('owner'), ownerPassword);
    await page.getByRole('link', { name: 'New project' }).click();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await Promise.all([odoo?.stop(), intercom?.stop()]);
    await queue?.close();
  });

  test('is connected, discovered and planned', async () => {
    await page.getByRole('radio', { name: 'Odoo' }).first().click();
    await page.getByRole('radio', { name: 'Intercom' }).click();
    await page.getByRole('heading', { name: 'Odoo Help Desk → Intercom' }).waitFor();
    await page.getByLabel('Name').fill('desk');
    await page.getByRole('button', { name: 'Make the project' }).click();
    const [source, destination] = [page.locator('form').first(), page.locator('form').nth(1)];
    await destination.getByLabel('Archive folder').waitFor();
    expect(await page.getByText('Or upload it').count()).toBe(0); // only a folder will do, and there is no other file
    for (const [label, value] of [['Address', odoo.url], ['Database', odoo.database], ['Login', odoo.user], ['Password', odoo.password]] as const) await source.getByLabel(label).first().fill(value);
    await source.getByRole('button', { name: 'Save' }).click();
    await source.getByText('Saved.').waitFor();
    for (const [label, value] of [['Access token', intercom.token], ['Address', intercom.url], ['Settling time', '0']] as const) await destination.getByLabel(label).first().fill(value);
    await destination.getByRole('button', { name: 'Save' }).click();
    await destination.getByText('Saved.').waitFor();
    await step('Run');
    await page.getByText('The plan is not confirmed yet').waitFor();
    await step('Map');
    await page.getByText('There is no plan yet').waitFor();
    await step('Discovery');
    await page.getByRole('button', { name: 'Discover both sides' }).click();
    await page.getByRole('heading', { name: /^Source: Odoo 17/ }).waitFor(slow);
    await page.getByRole('heading', { name: /^Destination: Intercom/ }).waitFor(slow);
    await page.getByRole('button', { name: 'Propose a plan' }).click();
    await page.getByRole('grid').waitFor(slow);
    // Several mappings go from tickets to parts: each button says which it is, and the picture has one line for all of them.
    const buttons = await page.getByRole('group', { name: 'Objects' }).getByRole('button').allInnerTexts();
    expect(new Set(buttons).size).toBe(buttons.length);
    await page.getByRole('button', { name: 'Show as a picture' }).click();
    await page.getByText(/^\d+ × *(?:·.*)?$/).first().waitFor();
    await inspectPage(page, 'desk-map');
  }, 240_000);

  test('asks in words, and what it says to do is a link within the console', async () => {
    await step('Decisions');
    await page.getByRole('heading', { name: 'Teams that are missing' }).waitFor();
    await page.getByRole('link', { name: 'Connect › Destination › Ticket type' }).first().waitFor();
    await page.getByRole('link', { name: 'Connect › Check both sides' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Connect' }).waitFor();
    await step('Cut-over');
    await page.getByRole('link', { name: 'Run › Everything' }).waitFor();
    await page.getByRole('link', { name: 'Held back', exact: true }).last().waitFor();
    await inspectPage(page, 'desk-cut-over');
    expect(await words()).not.toContain('export'); // nothing is exported on this route
  }, 240_000);

  test('runs to its end, verified', async () => {
    await step('Decisions');
    for (;;) { // those that nothing speaks for: here, whether workflows are off
      const open = page.locator('section').filter({ has: page.getByRole('radiogroup') }).filter({ has: page.getByText('open', { exact: true }) }).filter({ hasNotText: '(recommended)' });
      const count = await open.count();
      if (count === 0) break;
      await open.first().getByRole('radio').first().check();
      await open.first().getByRole('button', { name: 'Save the answer' }).click();
      await expect.poll(() => open.count(), slow).toBeLessThan(count);
    }
    await step('Map');
    await page.getByRole('button', { name: 'Accept all recommendations and confirm' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Confirm the plan' }).click();
    await page.getByText(/^Confirmed by/).waitFor(slow);
    await step('Run');
    await page.getByLabel('Everything').check();
    await page.getByLabel('Open a gate by itself').check();
    await page.getByLabel(/^Type 127.0.0.1/).fill('127.0.0.1');
    await page.getByRole('button', { name: 'Start' }).click();
    await page.getByRole('heading', { level: 2, name: 'Everything' }).waitFor(slow);
    await approveToEnd(page);
    expect(intercom.state.rows('conversations').length).toBeGreaterThan(2);
    await step('Verification');
    await page.getByText('Every phase adds up.').waitFor();
    await page.getByRole('heading', { name: 'Fields that differ' }).waitFor(slow);
    const [differing, unreadable] = [page.getByRole('cell', { name: 'different', exact: true }), page.getByRole('cell', { name: 'not readable', exact: true })]; // what the plan declares as a loss is listed too
    expect([await differing.count(), await unreadable.count()]).toEqual([0, 0]);
  }, 240_000);

  test('is taken back, proven by fingerprints', async () => {
    await step('Roll back');
    await takeBack(page);
    expect(intercom.state.rows('conversations').filter((row) => (row['deletedAt'] ?? null) === null)).toHaveLength(0);
    expect(watched.troubles).toEqual([]);
  }, 400_000);
});
