import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunCalls, RunFlow } from '../../src/server/schemas/runs.ts';
import { inspectPage, openPage, type WatchedPage } from '../support/browser.ts';
import { openBrowser, skipReason } from '../support/chromium.ts';
import { ownerPassword, startConsole, type Caller, type ConsoleServer } from '../support/console-server.ts';
import { withMigrations, type Migration } from '../support/migration.ts';

const patient = { timeout: 240_000 };

/** What is done around a run, on its pages: a small migration that goes on from test to test. */
describe.skipIf(skipReason !== null)(`operations in the browser${skipReason === null ? '' : ` (${skipReason})`}`, () => {
  const migrations = withMigrations();
  let migration: Migration;
  let server: ConsoleServer;
  let owner: Caller;
  let browser: Browser;
  let watched: WatchedPage;
  let page: Page;

  beforeAll(async () => {
    const simulator = await migrations.simulator({ version: 17, port: 0, seed: 8 });
    migration = await migrations.start({ odoo: simulator, bundle: { contacts: 24, companies: 5, deals: 6, notes: 8, seed: 21, dirt: 0.1 } });
    await migration.planned();
    server = await startConsole({ tests: migrations.tests, engine: migration.engine, withPages: true });
    owner = await server.signIn('owner');
    await server.signIn('viewer');
    browser = await openBrowser();
    watched = await signIn('owner');
    page = watched.page;
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  const path = (rest = ''): string => `/api/projects/${migration.project}${rest}`;
  const at = (step: string): string => `/p/${migration.project}/${step}`;
  async function signIn(role: 'owner' | 'viewer'): Promise<WatchedPage> {
    const opened = await openPage(browser, server.url);
    await opened.page.goto('/sign-in');
    await opened.page.getByLabel('E-mail address').fill(server.emailOf(role));
    await opened.page.locator('input[type=password]').fill(ownerPassword);
    await opened.page.getByRole('button', { name: 'Sign in' }).click();
    await opened.page.getByRole('heading', { level: 1, name: 'Projects' }).waitFor();
    return opened;
  }
  const harmless = async (): Promise<void> => {
    expect(await page.evaluate('window.pwned')).toBeUndefined();
    expect(watched.troubles).toEqual([]);
  };
  const latest = async (): Promise<{ id: string; status: string }> => ((await owner.call('GET', path('/runs'))).body as { runs: { id: string; status: string }[] }).runs[0] ?? { id: '', status: 'none' };
  const ended = async (): Promise<string> => {
    await expect.poll(async () => (await latest()).status, patient).toMatch(/^(succeeded|withQuarantine)$/);
    return (await latest()).id;
  };

  test('a run tells where its records went, as a picture and as a table, and what it asked of both sides', async () => {
    await page.goto(at('run'));
    await page.getByRole('radio', { name: 'Everything' }).click();
    await page.getByLabel(/^Open a gate by itself/).click();
    await page.getByLabel(/^Type 127.0.0.1/).fill('127.0.0.1');
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    const run = await ended();
    const picture = page.getByRole('img', { name: /^Flow of / });
    await picture.waitFor();
    const flow = (await owner.call('GET', path(`/runs/${run}/flow`))).body as RunFlow;
    const { report } = (await owner.call('GET', path(`/runs/${run}`))).body as { report: { phases: { phase: string; read: number }[] } };
    const read = report.phases.filter(({ phase }) => phase !== 'prepare').reduce((sum, row) => sum + row.read, 0);
    expect(flow.rows.reduce((sum, { records }) => sum + records, 0)).toBe(read);
    await page.getByText('The same as a table').click();
    await expect.poll(() => page.getByRole('table').first().getByRole('row').count()).toBe(flow.rows.length + flow.leftOut.length + 1);
    const calls = (await owner.call('GET', path(`/runs/${run}/calls`))).body as RunCalls;
    expect(calls.sides.map(({ role, made }) => [role, made > 0])).toEqual([['source', true], ['destination', true]]);
    await page.getByText(/ a second on average|\d calls/).first().waitFor();
    await inspectPage(page, 'run-flow');
    await harmless();
  }, 300_000);
});
