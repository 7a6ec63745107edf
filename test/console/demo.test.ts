import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoHost } from '../../src/cli/demo/demo-host.ts';
import { registry } from '../../src/cli/registry.ts';
import { createEngine } from '../../src/engine/engine.ts';
import type { WorkQueue } from '../../src/engine/ports/work.ts';
import { openQueue } from '../../src/work/queue.ts';
import { inspectPage, openPage, signInByForm, type WatchedPage } from '../support/browser.ts';
import { openBrowser, skipReason } from '../support/chromium.ts';
import { ownerPassword, startConsole, type Caller, type ConsoleServer } from '../support/console-server.ts';
import { withMigrations } from '../support/migration.ts';

/** Demo projects as a person meets them: one click on the empty page, simulators that end with the server and come back with what they hold. */
describe('demo projects', () => {
  const migrations = withMigrations();
  let queue: WorkQueue;
  let server: ConsoleServer;
  let owner: Caller;
  let folder = '';
  const start = async (): Promise<ConsoleServer> => startConsole({
    tests: migrations.tests, withPages: skipReason === null, parts: { demos: demoHost, dataFolder: folder },
    engine: createEngine({ store: migrations.tests.store, queue, connectors: registry.connectors, routes: registry.routes, log: () => undefined }),
  });

  beforeAll(async () => {
    folder = migrations.folder();
    queue = await openQueue({ store: migrations.tests.store });
    server = await start();
    owner = await server.signIn('owner');
    await server.signIn('viewer');
  });
  afterAll(async () => {
    await server?.close();
    await queue?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const project = '/api/projects/demo-instream-to-odoo-crm';
  const urlOf = async (name: string): Promise<string> => String((await migrations.tests.store.loadConnection((await migrations.tests.store.findProject(name))?.id ?? '', 'destination'))?.settings['url']);
  const run = async (body: object): Promise<{ report: { written: number; rollback?: { identical: boolean; deleted: number } } }> => {
    const { id } = (await owner.call('POST', `${project}/runs`, body)).body as { id: string };
    await expect.poll(async () => ((await owner.call('GET', `${project}/runs/${id}`)).body as { run: { status: string } }).run.status, { timeout: 240_000, interval: 250 }).toMatch(/^(succeeded|withQuarantine)$/);
    return (await owner.call('GET', `${project}/runs/${id}`)).body as Awaited<ReturnType<typeof run>>;
  };

  describe.skipIf(skipReason !== null)('in the browser', () => {
    let browser: Browser;
    let watched: WatchedPage;
    let page: Page;
    const signIn = async (role: 'owner' | 'viewer'): Promise<WatchedPage> => {
      const opened = await openPage(browser, server.url);
      await signInByForm(opened.page, server.emailOf(role), ownerPassword);
      return opened;
    };
    beforeAll(async () => {
      browser = await openBrowser();
      watched = await signIn('owner');
      page = watched.page;
    });
    afterAll(async () => { await browser?.close(); });

    test('a viewer is shown the demos and cannot make one', async () => {
      const viewer = await signIn('viewer');
      const buttons = viewer.page.getByRole('button', { name: /^Try / });
      await buttons.first().waitFor();
      expect(await buttons.count()).toBe(3);
      for (const button of await buttons.all()) expect(await button.isDisabled()).toBe(true);
      expect((await (await server.signIn('viewer')).call('POST', '/api/demos', { route: 'instream-to-odoo-crm' })).status).toBe(403);
      await viewer.context.close();
    });

    test('one click on the empty page makes a project that is connected on both sides', async () => {
      await inspectPage(page, 'projects-demo');
      await page.getByRole('button', { name: 'Try InStream → Odoo CRM' }).click();
      await page.getByRole('heading', { level: 1, name: 'demo-instream-to-odoo-crm' }).waitFor();
      await page.getByText('A demo: both sides are simulators').waitFor();
      await page.getByRole('link', { name: 'Discover both sides', exact: true }).waitFor(); // the next thing to do
      await inspectPage(page, 'overview-demo');
      expect(watched.troubles).toEqual([]);
    });
  });

  test('its simulators end with the server, and come back with what was written to them', async () => {
    if (skipReason !== null) await owner.call('POST', '/api/demos', { route: 'instream-to-odoo-crm' });
    await owner.call('POST', `${project}/discovery`, { roles: ['source', 'destination'] });
    const { hash } = (await owner.call('POST', `${project}/plan`)).body as { hash: string };
    expect((await owner.call('POST', `${project}/plan/confirmation`, { base: hash, acceptRecommendations: true })).status).toBe(200);
    expect((await run({ mode: 'sample', records: 30 })).report.written).toBeGreaterThan(0);
    const before = await urlOf('demo-instream-to-odoo-crm');

    await server.close();
    await expect(fetch(before)).rejects.toThrow('fetch failed'); // nothing is left that listens
    server = await start();
    owner = await server.signIn('owner');
    expect(await urlOf('demo-instream-to-odoo-crm')).not.toBe(before);
    const undone = await run({ mode: 'rollback', confirmDestination: '127.0.0.1' });
    expect(undone.report.rollback).toMatchObject({ identical: true });
    expect(undone.report.rollback?.deleted).toBeGreaterThan(0);
  }, 600_000);

  test('days pass at the source when a person says so', async () => {
    const path = String((await migrations.tests.store.loadConnection((await migrations.tests.store.findProject('demo-instream-to-odoo-crm'))?.id ?? '', 'source'))?.settings['path']);
    expect(existsSync(path)).toBe(true);
    expect((await owner.call('POST', `${project}/demo/later`)).status).toBe(200);
    expect(readdirSync(join(path, '..')).filter((name) => name.endsWith('.part'))).toEqual([]);
    await migrations.tests.store.createProject({ name: 'no-demo', route: 'instream-to-odoo-crm' });
    expect((await owner.call('POST', '/api/projects/no-demo/demo/later')).status).toBe(409);
  }, 120_000);

  test('the other routes have one too, whose checks let a run begin', async () => {
    for (const route of ['customerio-to-odoo-crm', 'odoo-helpdesk-to-intercom']) {
      const made = (await owner.call('POST', '/api/demos', { route })).body as { name: string; connected: object };
      expect(made).toMatchObject({ name: `demo-${route}`, demo: true, connected: { source: true, destination: true } });
      const { checks } = (await owner.call('POST', `/api/projects/${made.name}/checks`, { roles: ['source', 'destination'] })).body as { checks: { role: string; name: string; result: string; message: string }[] };
      expect([...new Set(checks.map(({ role }) => role))]).toEqual(['source', 'destination']);
      expect(checks.filter(({ result }) => result === 'failed')).toEqual([]);
    }
    expect((await owner.call('POST', '/api/demos', { route: 'nowhere' })).status).toBe(422);
  }, 240_000);
});
