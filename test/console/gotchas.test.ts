import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Checks } from '../../src/server/schemas/projects.ts';
import { instreamToOdooCrm } from '../../src/routes/instream-to-odoo-crm/route.ts';
import { inspectPage, openPage, signInByForm } from '../support/browser.ts';
import { openBrowser, skipReason } from '../support/chromium.ts';
import { ownerPassword, startConsole, type ConsoleServer } from '../support/console-server.ts';
import { withMigrations, type Migration } from '../support/migration.ts';

/** An export of exactly 100 contacts, which the free plan may have cut off. */
describe.skipIf(skipReason !== null)(`what to look out for${skipReason === null ? '' : ` (${skipReason})`}`, () => {
  const migrations = withMigrations();
  let migration: Migration;
  let server: ConsoleServer;
  let browser: Browser;

  beforeAll(async () => {
    const simulator = await migrations.simulator({ version: 17, port: 0, seed: 4 });
    migration = await migrations.start({ odoo: simulator, bundle: { contacts: 100, companies: 6, deals: 4, notes: 0, seed: 5 } });
    await migration.engine.discover({ project: migration.project, roles: ['source', 'destination'] });
    server = await startConsole({ tests: migrations.tests, engine: migration.engine, withPages: true });
    await server.signIn('owner');
    browser = await openBrowser();
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  test('is told first where a readiness check warns, with what the check says', async () => {
    const owner = await server.signIn('owner');
    const { checks } = (await owner.call('POST', `/api/projects/${migration.project}/checks`, { roles: ['source', 'destination'] })).body as Checks;
    const warned = new Map(checks.filter(({ result }) => result === 'warning' || result === 'failed').map(({ name, message }) => [name, message]));
    const { gotchas } = instreamToOdooCrm;
    const applying = gotchas.filter(({ check }) => check !== null && warned.has(check));
    expect(applying.map(({ title }) => title)).toContain('Free plan cap');
    expect(applying.length).toBeLessThan(gotchas.length);
    const { page, context, troubles } = await openPage(browser, server.url);
    await signInByForm(page, server.emailOf('owner'), ownerPassword);
    await page.goto(`/p/${migration.project}/discovery`);
    const first = page.getByRole('list', { name: 'These apply here' });
    await first.waitFor();
    const items = (list: typeof first): Promise<string[]> => list.locator(':scope > li b').allTextContents();
    expect(await items(first)).toEqual(applying.map(({ title }) => `${title}.`));
    expect(await items(page.getByRole('list', { name: 'Others of this route' }))).toEqual(gotchas.filter((gotcha) => !applying.includes(gotcha)).map(({ title }) => `${title}.`));
    expect(await first.textContent()).toContain(warned.get('contact-cap'));
    await first.scrollIntoViewIfNeeded();
    await inspectPage(page, 'discovery-gotchas');
    expect(troubles).toEqual([]);
    await context.close();
  }, 300_000);

  test('is one list for who may not run the checks', async () => {
    await server.signIn('viewer');
    const { page, context, troubles } = await openPage(browser, server.url);
    await signInByForm(page, server.emailOf('viewer'), ownerPassword);
    await page.goto(`/p/${migration.project}/discovery`);
    const list = page.getByRole('list', { name: 'Look out for, on this route' });
    await list.waitFor();
    expect(await list.locator(':scope > li').count()).toBe(instreamToOdooCrm.gotchas.length);
    expect(await page.getByText('Others of this route').count()).toBe(0);
    expect(troubles).toEqual([]);
    await context.close();
  }, 300_000);
});
