import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { registry } from '../../src/cli/registry.ts';
import type { Connector } from '../../src/connector/connector.ts';
import { createEngine } from '../../src/engine/engine.ts';
import type { WorkQueue } from '../../src/engine/ports/work.ts';
import type { CustomerioSimulator } from '../../src/simulators/customerio/simulator.ts';
import { startCustomerioSimulator } from '../../src/simulators/customerio/start.ts';
import type { OdooSimulator } from '../../src/simulators/odoo/simulator.ts';
import { startOdooSimulator } from '../../src/simulators/odoo/start.ts';
import { openQueue } from '../../src/work/queue.ts';
import { approveToEnd, inspectPage, openPage, signInByForm, takeBack, type WatchedPage } from '../support/browser.ts';
import { openBrowser, skipReason } from '../support/chromium.ts';
import { ownerPassword, startConsole, type ConsoleServer } from '../support/console-server.ts';
import { withTestStore } from '../support/store.ts';

/** What a loaded machine takes its time for. */
const slow = { timeout: 180_000 };

/** 8 calls a second are for the real workspace: here the waiting would be all that a test does. */
const unhurried = registry.connectors.map((connector): Connector => (connector.platform === 'customerio' ? { ...connector, rates: () => ({ calls: { perSecond: 100_000, burst: 100_000 } }) } : connector));

/** A workspace of Customer.io that moves into Odoo, by clicks alone, until nothing of it is left there. */
describe.skipIf(skipReason !== null)(`a workspace of Customer.io in the browser${skipReason === null ? '' : ` (${skipReason})`}`, () => {
  const tests = withTestStore();
  let queue: WorkQueue;
  let customerio: CustomerioSimulator;
  let odoo: OdooSimulator;
  let server: ConsoleServer;
  let browser: Browser;
  let watched: WatchedPage;
  let page: Page;
  const step = (name: string) => page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
  const words = async (): Promise<string> => page.locator('main').innerText();

  beforeAll(async () => {
    queue = await openQueue({ store: tests.store });
    const engine = createEngine({ store: tests.store, queue, connectors: unhurried, routes: registry.routes, backoffMs: () => 1, log: () => undefined });
    [customerio, odoo, server, browser] = await Promise.all([
      startCustomerioSimulator({ perSecond: 1_000_000, people: 10, companies: 2, events: 10, deliveries: 8, newsletters: 1, deliveryDays: 60, extraAttributes: 0, seed: 17 }),
      startOdooSimulator({ version: 17, port: 0, seed: 1 }),
      startConsole({ tests, engine, withPages: true }),
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
    await Promise.all([customerio?.stop(), odoo?.stop()]);
    await queue?.close();
  });

  test('is connected, discovered and planned', async () => {
    await page.getByRole('radio', { name: 'Customer.io' }).first().click();
    await page.getByRole('radio', { name: 'Odoo' }).last().click();
    await page.getByRole('heading', { name: 'Customer.io → Odoo CRM' }).waitFor();
    await page.getByLabel('Name').fill('lists');
    await page.getByRole('button', { name: 'Make the project' }).click();
    const [source, destination] = [page.locator('form').first(), page.locator('form').nth(1)];
    const since = new Date(Date.now() - 90 * 86_400_000).toISOString().slice(0, 10);
    await source.getByRole('button', { name: 'Save' }).waitFor();
    for (const [label, value] of [['App API key', customerio.apiKey], ['Address', customerio.url], ['Workspace', '111222'], ['Deliveries since', since]] as const) await source.getByLabel(label).first().fill(value);
    await source.getByRole('button', { name: 'Save' }).click();
    await source.getByText('Saved.').waitFor();
    for (const [label, value] of [['Address', odoo.url], ['Database', odoo.database], ['Login', odoo.user], ['Password', odoo.password], ['Settling time', '1']] as const) await destination.getByLabel(label).first().fill(value);
    await destination.getByRole('button', { name: 'Save' }).click();
    await destination.getByText('Saved.').waitFor();
    await page.getByRole('button', { name: 'Check both sides' }).click();
    await page.getByText(/^\d+ checks passed$/).waitFor(slow);
    expect(await words()).not.toMatch(/\b1 [a-z]+s are\b/); // one segment is being built
    await step('Discovery');
    await page.getByRole('button', { name: 'Discover both sides' }).click();
    await page.getByRole('heading', { name: 'Source: Customer.io' }).waitFor(slow);
    await page.getByRole('heading', { name: /^Destination: Odoo 17/ }).waitFor(slow);
    await page.getByRole('button', { name: 'Propose a plan' }).click();
    await page.getByRole('grid').waitFor(slow);
  }, 240_000);

  test('shows what answers do in counts, and the sum of several', async () => {
    await step('Decisions');
    await page.getByRole('heading', { name: 'Which people are leads too?' }).waitFor();
    await page.getByText(/^\d+ of 10 people \([\d.]+ %\): a lead for each, with their partner\.$/).first().waitFor();
    const segments = page.getByRole('region', { name: 'Segments', exact: true });
    await segments.getByText(/on its \d+ members? as they are now\.$/).first().waitFor();
    const members = [...(await segments.innerText()).matchAll(/on its (\d+) members? as/g)].map((found) => Number(found[1]));
    await segments.getByRole('checkbox', { name: 'Select all shown' }).check();
    await segments.getByLabel('Answer for all chosen ones').first().click();
    const together = page.getByRole('option', { name: /Together: A tag of partners/ });
    await together.waitFor();
    const sum = Number(/on its ([\d,]+) members? as/.exec(await together.innerText())?.[1]?.replaceAll(',', ''));
    expect(sum).toBeGreaterThanOrEqual(members.reduce((all, one) => all + one, 0)); // and those of the segments for which a document is recommended
    await page.keyboard.press('Escape');
    await inspectPage(page, 'customerio-decisions');
    await step('Map');
    await page.getByRole('button', { name: 'Accept all recommendations and confirm' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Confirm the plan' }).click();
    await page.getByText(/^Confirmed by/).waitFor(slow);
  }, 240_000);

  test('runs to its end, verified', async () => {
    await step('Sample, sandbox');
    await page.getByText('for example person:4711', { exact: false }).waitFor(); // an object of this route
    await step('Run');
    await page.getByLabel('Everything').check();
    await page.getByLabel('Open a gate by itself').check();
    await page.getByLabel(/^Type 127.0.0.1/).fill('127.0.0.1');
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByRole('heading', { level: 2, name: 'Everything' }).waitFor(slow);
    await approveToEnd(page);
    await page.getByRole('heading', { name: 'Where the records went' }).waitFor();
    await step('Verification');
    await page.getByText('Every phase adds up.').waitFor();
    await page.getByRole('heading', { name: 'Field by field' }).waitFor(slow);
    const [differing, unreadable] = [page.getByRole('cell', { name: 'different', exact: true }), page.getByRole('cell', { name: 'not readable', exact: true })];
    expect([await differing.count(), await unreadable.count()]).toEqual([0, 0]);
  }, 400_000);

  test('is taken back, proven by fingerprints', async () => {
    await step('Roll back');
    await takeBack(page);
    expect(watched.troubles).toEqual([]);
  }, 400_000);
});
