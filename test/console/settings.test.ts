import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DeltaScheduler } from '../../src/server/delta-scheduler.ts';
import { Demos } from '../../src/server/demos.ts';
import { LiveHub } from '../../src/server/live.ts';
import type { ServerParts } from '../../src/server/parts.ts';
import { Retention } from '../../src/server/retention.ts';
import { RunDriver } from '../../src/server/run-driver.ts';
import { Settings } from '../../src/server/settings.ts';
import { inspectPage, openPage, signInByForm, type WatchedPage } from '../support/browser.ts';
import { openBrowser, skipReason } from '../support/chromium.ts';
import { ownerPassword, startConsole, type Caller, type ConsoleServer } from '../support/console-server.ts';
import { startMailStandIn, type MailStandIn } from '../support/mail-stand-in.ts';
import { withMigrations, type Migration } from '../support/migration.ts';

const patient = { timeout: 240_000 };
interface Call { readonly headers: IncomingHttpHeaders; readonly body: string }

/** Settings of an installation, against a webhook and a mail server on this machine. */
describe.skipIf(skipReason !== null)(`settings in the browser${skipReason === null ? '' : ` (${skipReason})`}`, () => {
  const migrations = withMigrations();
  const calls: Call[] = [];
  const advisers: unknown[] = [];
  let answer = 200;
  let hook: Server;
  let mail: MailStandIn;
  let migration: Migration;
  let server: ConsoleServer;
  let owner: Caller;
  let browser: Browser;
  let watched: WatchedPage;
  let page: Page;
  let key = '';

  beforeAll(async () => {
    hook = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (chunk: string) => { body += chunk; }).on('end', () => {
        calls.push({ headers: request.headers, body });
        response.writeHead(answer).end();
      });
    });
    await new Promise<void>((resolve) => { hook.listen(0, '127.0.0.1', resolve); });
    mail = await startMailStandIn();
    const simulator = await migrations.simulator({ version: 17, port: 0, seed: 8 });
    migration = await migrations.start({ odoo: simulator, bundle: { contacts: 6, companies: 2, deals: 2, notes: 2, seed: 3 } });
    await migration.planned();
    server = await startConsole({ tests: migrations.tests, engine: migration.engine, withPages: true, parts: {
      openAdviser: async (settings) => {
        advisers.push(settings);
        return { model: { id: 'stand-in', ask: async () => { throw new Error('it is asleep'); } }, cache: null };
      },
    } });
    owner = await server.signIn('owner');
    browser = await openBrowser();
    watched = await openPage(browser, server.url);
    page = watched.page;
    await signInByForm(page, server.emailOf('owner'), ownerPassword);
    await page.goto('/settings');
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await mail?.close();
    await new Promise<void>((resolve) => { hook?.close(() => resolve()); });
  });

  const address = (): string => `http://127.0.0.1:${(hook.address() as AddressInfo).port}/portolan`;
  const part = (name: string) => page.getByRole('region', { name, exact: true });

  test('a webhook is made, its key shown once, and a test arrives signed', async () => {
    const form = part('Who is told');
    await form.getByLabel('Address (https://…)').fill('ftp://example.com');
    await form.getByRole('button', { name: 'Add' }).click();
    await form.getByText('write an address with http:// or https://').waitFor();
    await form.getByLabel('Address (https://…)').fill(address());
    await form.getByLabel('run ended').click();
    await form.getByRole('button', { name: 'Add' }).click();
    key = await form.locator('code').innerText();
    await form.getByRole('button', { name: /^Send a test: / }).click();
    await form.getByText('Delivered.').waitFor();
    const [call] = calls;
    expect(call?.headers['x-portolan-event']).toBe('test');
    expect(call?.headers['x-portolan-signature']).toBe(`sha256=${createHmac('sha256', key).update(`${String(call?.headers['x-portolan-timestamp'])}.${call?.body ?? ''}`).digest('hex')}`);
    await inspectPage(page, 'settings');
    await page.reload();
    await form.getByText(address()).waitFor();
    expect(await page.content()).not.toContain(key);
    answer = 500;
    await form.getByRole('button', { name: /^Send a test: / }).click();
    await form.getByText('Not delivered: answered with 500').waitFor();
    answer = 200;
  });

  test('mail leaves through the server that was set; its password never comes back', async () => {
    const form = part('Mail server');
    await form.getByLabel('Server').fill('127.0.0.1');
    await form.getByLabel('Port').fill(String(mail.port));
    expect((await owner.call('PUT', '/api/settings/smtp', { host: '127.0.0.1', port: mail.port, security: 'none', user: '', from: 'nobody', password: 'a mail secret' })).body).toMatchObject({ error: { fields: { from: 'write one e-mail address' } } });
    expect((await owner.call('PUT', '/api/settings/smtp', { host: '127.0.0.1', port: mail.port, security: 'none', user: '', from: 'portolan@example.com', password: 'a mail secret' })).status).toBe(200);
    expect((await owner.call('POST', '/api/settings/targets', { kind: 'email', address: 'ada@example.com', events: ['run-ended'] })).body).toEqual({ key: null });
    await page.reload();
    await part('Who is told').getByRole('button', { name: 'Send a test: ada@example.com' }).click();
    await part('Who is told').getByText('Delivered.').waitFor();
    expect([mail.recipients, mail.messages[0]]).toEqual([['ada@example.com'], expect.stringContaining('Subject: Portolan: a test')]);
    expect(JSON.stringify((await owner.call('GET', '/api/settings')).body)).not.toContain('a mail secret');
    expect(await page.content()).not.toContain('a mail secret');
    const rows = await migrations.tests.query<{ sealed: string }>(`select coalesce(sealed, '') || value::text as sealed from portolan.console_setting`);
    expect(JSON.stringify(rows)).not.toContain('a mail secret');
  });

  test('the end of a run is told to both, without a record in it', async () => {
    calls.length = 0;
    const { id } = (await owner.call('POST', `/api/projects/${migration.project}/runs`, { mode: 'sample', records: 3 })).body as { id: string };
    await expect.poll(() => calls.filter(({ headers }) => headers['x-portolan-event'] === 'run-ended').length, patient).toBe(1);
    const ended = calls.find(({ headers }) => headers['x-portolan-event'] === 'run-ended');
    expect(JSON.parse(ended?.body ?? '{}')).toMatchObject({ event: 'run-ended', project: migration.project, run: { id, mode: 'sample' }, url: `${server.url}/p/${migration.project}/run` });
    await expect.poll(() => mail.messages.length, patient).toBe(2);
    expect(mail.messages[1]).toContain(`/p/${migration.project}/run`);
  });

  test('a gate that waits is told too, and a message that cannot be delivered is kept and shown', async () => {
    answer = 503;
    const { id } = (await owner.call('POST', `/api/projects/${migration.project}/runs`, { mode: 'production', confirmDestination: '127.0.0.1' })).body as { id: string };
    await expect.poll(async () => JSON.stringify((await owner.call('GET', '/api/settings')).body), patient).toContain('answered with 503');
    await page.reload();
    await part('Who is told').getByText('Latest messages').first().click();
    await part('Who is told').getByText(/waits at a gate for an approval.*answered with 503/).waitFor();
    await inspectPage(page, 'settings-messages');
    await owner.call('POST', `/api/projects/${migration.project}/runs/${id}/cancel`);
    answer = 200;
  }, 300_000);

  test('a language model is asked only when one is set, and its key is used and never shown', async () => {
    const propose = async (): Promise<number> => (await owner.call('POST', `/api/projects/${migration.project}/plan`)).status;
    expect([await propose(), advisers]).toEqual([200, []]);
    const form = part('Language model');
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByText('give the name of the model').waitFor();
    await form.getByLabel('Model').fill('claude');
    await form.getByLabel('Key').fill('a model secret');
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByText('Saved.').waitFor();
    expect([await propose(), advisers]).toEqual([200, [{ kind: 'anthropic', model: 'claude', url: null, apiKey: 'a model secret' }]]);
    expect(JSON.stringify((await owner.call('GET', '/api/settings')).body)).not.toContain('a model secret');
    expect((await owner.call('DELETE', '/api/settings/adviser')).status).toBe(200);
  });

  test('only the owner comes in', async () => {
    for (const role of ['viewer', 'reviewer', 'operator'] as const) {
      const caller = await server.signIn(role);
      expect([(await caller.call('GET', '/api/settings')).status, (await caller.call('PUT', '/api/settings/retention', { days: 1 })).status, (await caller.call('POST', `/api/projects/${migration.project}/purge`, { confirm: migration.project })).status]).toEqual([403, 403, 403]);
    }
  });

  test('a project is deleted for good by its name, another by its age', async () => {
    const { store } = migrations.tests;
    await store.createProject({ name: 'typed', route: 'instream-to-odoo-crm' });
    await page.goto('/p/typed');
    const form = part('Delete this project');
    await form.getByLabel('Type typed to confirm').fill('other');
    await form.getByRole('button', { name: 'Delete for good' }).click();
    await form.getByText('type typed', { exact: true }).waitFor();
    await form.getByLabel('Type typed to confirm').fill('typed');
    await form.getByRole('button', { name: 'Delete for good' }).click();
    await page.getByRole('heading', { level: 1, name: 'Projects' }).waitFor();
    expect(await store.findProject('typed')).toBeNull();

    const [old, young] = [await store.createProject({ name: 'old', route: 'instream-to-odoo-crm' }), await store.createProject({ name: 'young', route: 'instream-to-odoo-crm' })];
    await migrations.tests.query(`update portolan.project set created_at = created_at - interval '8 days' where id = $1`, [old.id]);
    await page.goto('/settings');
    await part('Retention').getByLabel('Days (empty: keep everything)').fill('7');
    await part('Retention').getByRole('button', { name: 'Save' }).click();
    await part('Retention').getByRole('cell', { name: 'old', exact: true }).waitFor();
    const { parts }: { readonly parts: ServerParts } = server;
    const retention = new Retention(parts, new Settings(parts), new Demos(parts), new DeltaScheduler(parts, new RunDriver(parts, new LiveHub(store, () => new Map()))));
    expect(await retention.sweep()).toEqual(['old']);
    expect([await store.findProject('old'), (await store.findProject('young'))?.id]).toEqual([null, young.id]);
    const { rows } = (await owner.call('GET', '/api/audit')).body as { rows: { action: string; actor: string; details: { project?: string } }[] };
    expect(rows.filter(({ action }) => action === 'project-purged').map(({ actor, details }) => [actor, details.project])).toEqual([['retention', 'old'], ['owner@example.com', 'typed']]);
    expect(watched.troubles).toEqual([]);
  });
});
