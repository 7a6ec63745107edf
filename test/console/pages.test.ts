import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pathOf, steps } from '../../console/src/project-path.ts';
import { texts } from '../../console/src/texts.ts';
import { formatPlan } from '../../src/plan/format.ts';
import { planHash } from '../../src/plan/hash.ts';
import { inspectPage, openPage, signInByForm, type WatchedPage } from '../support/browser.ts';
import { openBrowser, skipReason } from '../support/chromium.ts';
import { ownerPassword, startConsole, type Caller, type ConsoleServer } from '../support/console-server.ts';
import { hostileTexts, largePlan } from '../support/large-plan.ts';
import { withMigrations, type Migration } from '../support/migration.ts';

describe.skipIf(skipReason !== null)(`pages of the console${skipReason === null ? '' : ` (${skipReason})`}`, () => {
  const migrations = withMigrations();
  let server: ConsoleServer;
  let migration: Migration;
  let browser: Browser;
  let owner: WatchedPage;
  let caller: Caller;
  let page: Page;

  beforeAll(async () => {
    migration = await migrations.start({ odoo: { url: 'http://127.0.0.1:9', database: 'none', user: 'none', password: 'none' }, bundle: { contacts: 3, companies: 1, deals: 1, notes: 1, seed: 2 } });
    const { store } = migrations.tests;
    server = await startConsole({ tests: migrations.tests, engine: migration.engine, withPages: true });
    const { source, destination, plan } = largePlan({ project: migration.project, route: 'instream-to-odoo-crm', lines: 1000, hostile: true });
    await store.saveCatalog({ projectId: migration.projectId, role: 'source', catalog: source, hash: 'source' });
    await store.saveCatalog({ projectId: migration.projectId, role: 'destination', catalog: destination, hash: 'destination' });
    await store.savePlan({ projectId: migration.projectId, hash: planHash(plan), text: formatPlan(plan) });
    caller = await server.signIn('owner');
    await server.signIn('viewer');
    browser = await openBrowser();
    owner = await openPage(browser, server.url);
    page = owner.page;
    await signIn(owner, 'owner');
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  const at = (step: string): string => `/p/${migration.project}/${step}`;
  async function signIn(watched: WatchedPage, role: 'owner' | 'viewer'): Promise<void> {
    await signInByForm(watched.page, server.emailOf(role), ownerPassword);
  }
  const harmless = async (): Promise<void> => {
    expect(await page.evaluate('window.pwned')).toBeUndefined();
    expect(owner.troubles).toEqual([]);
  };

  test('sign-in is told to be wrong beside the field, and looks well', async () => {
    const { page: door, context } = await openPage(browser, server.url);
    await door.goto('/sign-in');
    await door.getByLabel('E-mail address').fill('nobody@example.com');
    await door.locator('input[type=password]').fill('wrong');
    await door.getByRole('button', { name: 'Sign in' }).click();
    await door.getByText('address or password is wrong', { exact: true }).waitFor();
    await inspectPage(door, 'sign-in');
    await context.close();
  });

  test('shows hostile names, values and reasons as text', async () => {
    await page.goto(at('discovery'));
    await page.getByRole('button', { name: /img src=x/ }).first().click();
    await page.getByText(hostileTexts[0]).first().waitFor();
    await harmless();
    await page.goto(at('decisions'));
    await page.getByRole('heading', { name: hostileTexts[0] }).waitFor();
    await inspectPage(page, 'decisions-hostile');
    await harmless();
    await page.goto(at('map'));
    await page.getByRole('grid').focus();
    for (let index = 0; index < 10; index += 1) await page.keyboard.press('ArrowDown');
    await page.getByText(hostileTexts[0]).first().waitFor(); // what the tenth line loses
    await inspectPage(page, 'map-hostile');
    await harmless();
    for (const width of [820, 1024]) { // a tablet, upright and lying: the whole row is in sight, and every row beneath the one before
      await page.setViewportSize({ width, height: 900 });
      const grid = page.getByRole('grid');
      await expect.poll(() => grid.getByRole('row').nth(3).evaluate((row) => row.getBoundingClientRect().height), { timeout: 60_000 }).toBe(54);
      expect(await grid.evaluate((element) => element.scrollWidth - element.clientWidth), `the map at ${width}`).toBeLessThanOrEqual(0);
      const tops = await grid.getByRole('row').evaluateAll((rows) => rows.slice(1).map((row) => Math.round(row.getBoundingClientRect().top)).toSorted((one, other) => one - other));
      expect(tops.slice(1).map((top, index) => top - (tops[index] ?? 0)).filter((step) => step !== 54)).toEqual([]);
    }
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.getByRole('grid').focus();
    await page.keyboard.press('p');
    await page.getByText('Any other field').waitFor();
    await page.getByRole('grid').focus();
    await page.keyboard.press('t');
    await page.getByText(/^Tried on \d+ records?:/).waitFor();
    await page.getByRole('grid').focus();
    await page.keyboard.press('m');
    await page.getByLabel('Your remark').fill(`${hostileTexts[1]} ${hostileTexts[6]}`);
    await page.getByRole('button', { name: 'Add the remark' }).click();
    await page.getByRole('tab', { name: 'Remarks (1)' }).waitFor();
    await harmless();
  });

  test('a thousand lines are a grid of few rows, searched, filtered and confirmed by keyboard', async () => {
    await page.goto(at('map'));
    const grid = page.getByRole('grid');
    await grid.waitFor();
    expect(await grid.getAttribute('aria-rowcount')).toBe('1002'); // with the object's own line and the head
    expect(await grid.getByRole('row').count()).toBeLessThan(60);
    await page.getByText('Own fields', { exact: true }).click();
    await page.getByText('100 of 1,001 lines').waitFor();
    await grid.focus();
    for (let index = 0; index < 100; index += 1) await page.keyboard.press('Enter');
    await page.getByText('All saved').waitFor({ timeout: 120_000 });
    const { lines } = (await caller.call('GET', `/api/projects/${migration.project}/plan`)).body as { lines: { status: string }[] };
    expect(lines.filter((line) => line.status === 'confirmed')).toHaveLength(100);
    await harmless();
  });

  test('what another person saved meanwhile is a conflict to settle, and no edit is lost', async () => {
    await page.goto(at('map'));
    await page.getByRole('grid').waitFor();
    const { state, lines } = (await caller.call('GET', `/api/projects/${migration.project}/plan`)).body as { state: { hash: string }; lines: { key: string; status: string }[] };
    const other = lines.findLast((line) => line.status === 'proposed')?.key;
    await caller.call('PATCH', `/api/projects/${migration.project}/plan/lines`, { base: state.hash, changes: [{ key: other, status: 'confirmed' }] });
    await page.getByRole('grid').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('r');
    await page.getByText(/Somebody else saved the plan meanwhile/).waitFor();
    await inspectPage(page, 'map-conflict');
    await page.getByRole('button', { name: 'Apply mine to the newest version' }).click();
    await page.getByText('All saved').waitFor();
    const after = ((await caller.call('GET', `/api/projects/${migration.project}/plan`)).body as { lines: { key: string; status: string }[] }).lines;
    expect([after.find((line) => line.key === other)?.status, after.filter((line) => line.status === 'rejected').length]).toEqual(['confirmed', 1]);
  });

  test('every page is readable, light and dark, and has a title of its own; so has one that is not there', async () => {
    const pages: readonly (readonly [string, string])[] = [
      ['/', 'Projects'], ['/new', 'New project'], ['/account', 'Your account'], ['/people', 'People and tokens'], ['/settings', 'Settings'], ['/nowhere', 'There is no such page'],
      ...steps.map((step) => [pathOf(migration.project, step), `${texts.steps[step]} · ${migration.project}`] as const), [at('nowhere'), 'There is no such page'],
    ];
    const titles: string[] = [];
    for (const [path, title] of pages) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await expect.poll(() => page.getByText('Loading …').count(), { timeout: 60_000 }).toBe(0);
      expect([path, await page.title()]).toEqual([path, `${title} · Portolan`]);
      titles.push(title);
      await inspectPage(page, `page${path.replaceAll('/', '-')}`);
    }
    expect(new Set(titles).size).toBe(titles.length - 1); // the two that are not there
    await harmless();
  }, 600_000);

  test('by keyboard: the first Tab skips to the content; a page that is opened has the focus on its heading, the first one of a visit has not', async () => {
    const focused = (): Promise<string> => page.evaluate<string>('`${document.activeElement?.tagName} ${document.activeElement?.id || document.activeElement?.textContent}`');
    await page.goto(at('documents'));
    await page.getByRole('heading', { level: 1, name: 'Documents' }).waitFor();
    expect((await focused()).startsWith('BODY')).toBe(true);
    await page.keyboard.press('Tab');
    expect(await focused()).toBe(`A ${texts.skip}`);
    const box = await page.getByRole('link', { name: texts.skip }).boundingBox();
    expect([box !== null && box.x >= 0 && box.y >= 0, (box?.width ?? 0) > 20]).toEqual([true, true]); // it is seen
    await page.keyboard.press('Enter');
    expect(await focused()).toBe('MAIN content');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.querySelector("#content").contains(document.activeElement)')).toBe(true);

    for (const step of ['map', 'run', 'quarantine'] as const) { // chosen in the list of pages, by keyboard
      await page.getByRole('navigation').getByRole('link', { name: texts.steps[step], exact: true }).press('Enter');
      await expect.poll(focused, { timeout: 60_000 }).toBe(`H1 ${texts[step].title}`);
      expect(await page.title()).toBe(`${texts.steps[step]} · ${migration.project} · Portolan`);
    }
    await page.goBack();
    await expect.poll(focused, { timeout: 60_000 }).toBe(`H1 ${texts.run.title}`);
    await page.getByRole('link', { name: 'Portolan' }).press('Enter');
    await expect.poll(focused, { timeout: 60_000 }).toBe(`H1 ${texts.projects.title}`);
    await page.getByRole('link', { name: migration.project }).first().press('Enter'); // its heading comes with its data
    await expect.poll(focused, { timeout: 60_000 }).toBe(`H1 ${migration.project}`);
    await harmless();
  });

  test('a plan file with a mistake keeps what was typed and leads to its line', async () => {
    await page.goto(at('file'));
    const area = page.getByLabel('Plan as YAML');
    const text = (await area.inputValue()).replace('status: proposed', 'status: perhaps');
    // As a paste does it; the driver's own way types into a textarea of 10,000 lines for half a minute.
    await area.evaluate((element, value) => {
      Object.getOwnPropertyDescriptor(Object.getPrototypeOf(element), 'value')?.set?.call(element, value);
      element.dispatchEvent(new Event('input', { bubbles: true }));
    }, text);
    await page.getByRole('button', { name: 'Save as a new version' }).click();
    await page.getByRole('button', { name: /^line \d+$/ }).first().click();
    expect(await area.inputValue()).toBe(text);
    await inspectPage(page, 'plan-file');
    await page.getByRole('button', { name: 'Back to what is saved' }).click(); // who leaves with something typed is asked
  });

  test('people, tokens and the audit log; a token is shown once', async () => {
    await page.goto('/people');
    await page.getByLabel('What it is for').fill('nightly check');
    await page.getByRole('button', { name: 'Make a token' }).click();
    await page.getByText(/^ptl_/).waitFor();
    await inspectPage(page, 'people');
    await page.reload();
    await page.getByText('nightly check').first().waitFor();
    expect(await page.getByText(/^ptl_/).count()).toBe(0);
    // What is written down of a decision may be a customer's own words.
    await migrations.tests.store.audit({ projectId: migration.projectId, actor: hostileTexts[0], action: 'decided', details: Object.fromEntries(hostileTexts.map((text, index) => [`${text} ${index}`, text])) });
    await page.reload();
    await page.getByText(hostileTexts[0], { exact: false }).first().waitFor();
    await inspectPage(page, 'people-hostile');
    await harmless();
  });

  test('what a dry run would do, record by record: what is kept first, with who changed it', async () => {
    const run = randomUUID();
    const { tests } = migrations;
    await tests.query(`insert into portolan.run (id, project_id, mode, plan_hash, status, settings, started_at, finished_at) values ($1, $2, 'production', 'h', 'succeeded', '{}', '2026-01-01', '2026-01-01'), ($3, $2, 'rollback', 'h', 'succeeded', '{"dryRun":true,"deleteChanged":false}', '2026-01-02', '2026-01-02')`, [randomUUID(), migration.projectId, run]);
    const row = (sourceId: string, action: string, reason: string | null, details: object): Promise<unknown> => tests.query(`insert into portolan.rollback_row (run_id, mapping, source_id, action, destination_object, destination_id, reason, details) values ($1, 'contact-leads', $2, $3, 'crm.lead', '17', $4, $5)`, [run, sourceId, action, reason, JSON.stringify(details)]);
    await row('k1', 'kept', 'changed-since', { label: hostileTexts[0], fields: ['city'], changedBy: 'Ola Nowak', changedAt: '2026-03-01T10:00:00Z' });
    await row('k2', 'kept', 'others-work-hangs-on-it', { label: 'مرحبا', fields: ['name'], changedBy: null, changedAt: null, dependants: ['mail.message 9: message of 2026-03-02 (deleted), by Jan Kos, 2026-03-02T08:00:00Z'], dependantCount: 3 });
    await row('r1', 'restored', null, { label: 'Old stage', fields: ['name'], previous: { name: 'New' } });
    for (let index = 0; index < 120; index += 1) await row(`d${String(index).padStart(3, '0')}`, 'removed', null, { label: `Lead ${index} ${'x'.repeat(index === 3 ? 110 : 0)}` });
    await page.goto(at('rollback'));
    await page.getByText('changed by Ola Nowak,', { exact: false }).waitFor();
    await page.getByText('somebody: the platform does not tell who', { exact: false }).waitFor();
    await page.getByText('by Jan Kos', { exact: false }).waitFor();
    expect(await page.getByRole('link', { name: 'crm.lead 17' }).first().getAttribute('href')).toBe('http://127.0.0.1:9/web#id=17&model=crm.lead&view_type=form');
    await inspectPage(page, 'rollback-records');
    await page.getByRole('checkbox', { name: 'Delete contact-leads:k1 too' }).press('Space');
    await page.getByText('1 kept record chosen below will be deleted too.').waitFor();
    await page.getByRole('combobox', { name: 'What becomes of it' }).click();
    await page.getByRole('option', { name: 'would be deleted' }).click();
    await page.getByText('100 of 120 records shown.').waitFor();
    await page.getByRole('button', { name: 'Show more' }).click();
    await page.getByText('120 of 120 records shown.').waitFor();
    await page.getByRole('combobox', { name: 'What becomes of it' }).click();
    await page.getByRole('option', { name: 'would be restored' }).click();
    await page.getByText('Old stage').waitFor();
    await inspectPage(page, 'rollback-restored');
    await harmless();
  }, 240_000);

  test('a viewer sees everything and can press nothing that changes something', async () => {
    const viewer = await openPage(browser, server.url);
    await signIn(viewer, 'viewer');
    for (const [step, button] of [['connect', 'Save'], ['discovery', 'Discover again'], ['run', 'Start'], ['map', 'Confirm']] as const) {
      await viewer.page.goto(at(step));
      await viewer.page.getByRole('button', { name: button, exact: true }).first().waitFor();
      expect([step, await viewer.page.getByRole('button', { name: button, exact: true }).first().isDisabled()]).toEqual([step, true]);
    }
    await viewer.page.goto('/people');
    await viewer.page.getByText('The role viewer may not do this', { exact: false }).first().waitFor();
    expect(viewer.troubles).toEqual([]);
    await viewer.context.close();
  });

  test('a person changes their own password, told beside the field what is wrong, and stays signed in', async () => {
    const viewer = await openPage(browser, server.url);
    await signIn(viewer, 'viewer');
    const { page: own } = viewer;
    await own.getByRole('button', { name: /viewer/ }).click();
    await own.getByRole('menuitem', { name: 'Your account' }).click();
    const fill = async (current: string, next: string): Promise<void> => {
      await own.getByRole('textbox', { name: 'Password of now' }).fill(current);
      await own.getByRole('textbox', { name: 'New password' }).fill(next);
      await own.keyboard.press('Enter');
    };
    await fill('not it at all', 'another long enough sentence');
    await own.getByText('not your password').waitFor();
    expect(await own.getByRole('textbox', { name: 'New password' }).inputValue()).toBe('another long enough sentence'); // what was typed stays
    await fill(ownerPassword, 'short');
    await own.getByText('use at least 12 characters').waitFor();
    await inspectPage(own, 'account');
    await fill(ownerPassword, 'another long enough sentence');
    await own.getByText('The password is changed.', { exact: false }).waitFor();
    // The session is a new one: the page has its token and goes on.
    await fill('another long enough sentence', ownerPassword);
    await expect.poll(async () => (await server.call('POST', '/api/sign-in', { email: server.emailOf('viewer'), password: ownerPassword })).status, { timeout: 20_000 }).toBe(200);
    await own.reload();
    await own.getByRole('heading', { level: 1, name: 'Your account' }).waitFor();
    expect(viewer.troubles).toEqual([]);
    await viewer.context.close();
  }, 240_000);

  test('a session that is over leads back to the door', async () => {
    await migrations.tests.query('delete from portolan.console_session where "userId" = (select id from portolan.console_user where email = $1)', [server.emailOf('owner')]);
    await page.goto(at('run'));
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  });
});
