import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateBundle } from '../../src/simulators/instream/bundle.ts';
import type { OdooSimulator } from '../../src/simulators/odoo/simulator.ts';
import { startOdooSimulator } from '../../src/simulators/odoo/start.ts';
import { inspectPage, openPage, type WatchedPage } from '../support/browser.ts';
import { textsIn } from '../support/zip-texts.ts';
import { openBrowser, skipReason } from '../support/chromium.ts';
import { startServe, type ServeCommand } from '../support/console-command.ts';

/** For what a loaded machine takes its time for. */
const patient = { timeout: 60_000 };

/** The first route as a careful admin goes it: from an empty installation to a rollback with its proof, by clicks and keys alone. */
describe.skipIf(skipReason !== null)(`a migration in the browser${skipReason === null ? '' : ` (${skipReason})`}`, () => {
  let folder = '';
  let simulator: OdooSimulator;
  let serve: ServeCommand;
  let browser: Browser;
  let watched: WatchedPage;
  let page: Page;
  const step = (name: string) => page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
  const heading = (name: string) => page.getByRole('heading', { level: 1, name }).waitFor();

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'portolan-journey-'));
    [simulator, serve, browser] = await Promise.all([
      startOdooSimulator({ version: 17, port: 0, seed: 1 }), startServe(), openBrowser(),
      generateBundle({ zip: join(folder, 'export.zip'), seed: 5, contacts: 30, companies: 8, deals: 8, notes: 12, emails: 6, calls: 3, meetings: 2, tasks: 3, files: 2, recordTags: 5, language: 'pl', dirt: 0.08 }),
    ]);
    watched = await openPage(browser, serve.url);
    page = watched.page;
  });
  afterAll(async () => {
    await browser?.close();
    await serve?.stop();
    await simulator?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('the owner makes the first account with the printed code', async () => {
    await page.goto('/'); // a tab that shows the console already takes the printed address without being read anew
    await page.getByLabel('Code').waitFor();
    await page.goto(`/first-run#code=${serve.firstRunCode}`);
    await expect.poll(() => page.getByLabel('Code').inputValue(), patient).toBe(serve.firstRunCode);
    await page.getByLabel('Your name').fill('Ada Okoro');
    await page.getByLabel('E-mail address').fill('ada@example.com');
    await page.locator('input[type=password]').fill('short');
    await page.getByRole('button', { name: 'Make the account' }).click();
    await page.getByText('use at least 12 characters', { exact: true }).waitFor();
    expect(await page.getByLabel('Your name').inputValue()).toBe('Ada Okoro'); // what was typed stays
    await inspectPage(page, 'first-run');
    await page.locator('input[type=password]').fill('a long enough sentence');
    await page.getByRole('button', { name: 'Make the account' }).click();
    await heading('Projects');
  });

  test('makes a project by choosing source and destination, the guide beside', async () => {
    await page.getByRole('link', { name: 'New project' }).click();
    await page.getByRole('radio', { name: 'InStream' }).click();
    await page.getByRole('radio', { name: 'Odoo' }).last().click();
    await page.getByRole('heading', { name: 'What does not survive' }).waitFor();
    await page.getByLabel('Name').fill('acme move');
    await page.getByRole('button', { name: 'Make the project' }).click();
    await page.getByText('use letters, digits, dots').waitFor();
    await inspectPage(page, 'new-project');
    await page.getByLabel('Name').fill('acme');
    await page.getByRole('button', { name: 'Make the project' }).click();
    await heading('Connect');
  });

  test('connects both sides; the password is never given back, and checks name their remedies', async () => {
    const source = page.locator('form').first();
    const destination = page.locator('form').nth(1);
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), source.getByRole('button', { name: /^Or upload it/ }).first().click()]);
    await chooser.setFiles(join(folder, 'export.zip'));
    await page.getByText('Uploaded export.zip.').waitFor();
    await source.getByRole('button', { name: 'Save' }).click();
    await source.getByText('Saved.').waitFor();
    await destination.locator('input').first().fill(simulator.url);
    await destination.getByLabel(/database/i).first().fill(simulator.database);
    await destination.getByLabel(/^user|login/i).first().fill(simulator.user);
    await destination.locator('input[type=password]').first().fill('wrong password');
    await destination.getByRole('button', { name: 'Save' }).click();
    await destination.getByPlaceholder('Stored encrypted; leave empty to keep it').first().waitFor();
    await page.getByRole('button', { name: 'Check both sides' }).click();
    await page.getByText('What to do: ').first().waitFor();
    await inspectPage(page, 'connect');
    await destination.locator('input[type=password]').first().fill(simulator.password);
    await destination.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => destination.locator('input[type=password]').first().inputValue(), patient).toBe('');
    await page.reload();
    await heading('Connect');
    await page.getByPlaceholder('Stored encrypted; leave empty to keep it').first().waitFor();
    expect(await page.content()).not.toContain(simulator.password === 'admin' ? 'wrong password' : simulator.password);
    await page.getByRole('button', { name: 'Check both sides' }).click();
    await page.getByText('passed').first().waitFor();
  });

  test('discovers both sides and proposes a plan', async () => {
    await step('Discovery');
    await page.getByRole('button', { name: 'Discover both sides' }).click();
    await page.getByRole('heading', { name: /^Destination: Odoo/ }).waitFor();
    await page.getByRole('button', { name: /^Contacts?\b/i }).first().click();
    await inspectPage(page, 'discovery');
    await page.getByRole('button', { name: 'Propose a plan' }).click();
    await heading('Map');
  });

  test('settles lines by keyboard, takes one back, and saves them', async () => {
    const grid = page.getByRole('grid');
    const saved = () => page.getByText('All saved').waitFor();
    await grid.focus();
    for (const key of ['Enter', 'Enter', 'Enter']) await page.keyboard.press(key);
    await saved();
    await expect.poll(() => grid.getByText('confirmed', { exact: true }).count(), patient).toBeGreaterThanOrEqual(3);
    await page.keyboard.press('/');
    await page.keyboard.type('contact phone');
    await expect.poll(() => grid.getByRole('row').count(), patient).toBeLessThan(25);
    await grid.focus();
    const before = await grid.getByRole('gridcell').last().textContent();
    await page.keyboard.press('End');
    await page.keyboard.press('r');
    await saved();
    await expect.poll(() => grid.getByRole('gridcell').last().textContent(), patient).toBe('left out');
    await page.keyboard.press('Control+z');
    await saved();
    await expect.poll(() => grid.getByRole('gridcell').last().textContent(), patient).toBe(before);
    await page.getByLabel('Search fields, reasons, values').fill('');
  });

  test('answers decisions, effects shown before choosing, and confirms the plan', async () => {
    await step('Decisions');
    await page.getByText(/decisions? open/).waitFor();
    // Only those that nothing speaks for: the others are taken as recommended.
    for (;;) {
      const cards = page.locator('section').filter({ has: page.getByRole('radiogroup') }).filter({ has: page.getByText('open', { exact: true }) }).filter({ hasNotText: '(recommended)' });
      const count = await cards.count();
      if (count === 0) break;
      const card = cards.first();
      await card.getByRole('radio').first().check();
      if ((await card.getByRole('textbox').count()) > 0) await card.getByRole('textbox').fill('4.3');
      await card.getByRole('button', { name: 'Save the answer' }).click();
      await expect.poll(() => cards.count(), patient).toBeLessThan(count);
    }
    const queue = page.getByRole('region', { name: 'Lists', exact: true });
    await queue.getByRole('button', { name: /^Take the recommendation for \d+ open$/ }).click();
    await queue.getByRole('button', { name: /^Save \d+ answers?$/ }).click();
    await queue.getByText(/^0 of \d+ open$/).waitFor();
    await step('Map');
    await page.getByRole('button', { name: 'Accept all recommendations and confirm' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Confirm the plan' }).click();
    await page.getByText(/^Confirmed by ada@example.com/).waitFor();
  });

  test('runs a migration through its gates and a closed page to its end', async () => {
    await step('Run');
    await page.getByLabel('Everything').check();
    await page.getByRole('button', { name: 'Start' }).click();
    await page.getByText('type 127.0.0.1', { exact: true }).waitFor(); // nothing is written before its name was typed
    await page.getByLabel(/^Type 127.0.0.1/).fill('127.0.0.1');
    await page.getByRole('button', { name: 'Start' }).click();
    await page.getByRole('button', { name: 'Approve and go on' }).waitFor({ timeout: 180_000 });
    await inspectPage(page, 'run-gate');
    await page.goto('about:blank'); // the run does not need the page
    await page.goto(`${serve.url}/p/acme/run`);
    for (;;) {
      const approve = page.getByRole('button', { name: 'Approve and go on' });
      const done = page.getByRole('status').getByText(/^(succeeded|done, some records held back)$/);
      await approve.or(done).first().waitFor({ timeout: 180_000 });
      if (await done.count() > 0) break;
      await approve.first().click({ timeout: 2_000 }).catch(() => undefined); // it goes while it is being clicked
    }
    await inspectPage(page, 'run-done');
  }, 600_000);

  test('shows verification, what was held back, and hands the documents over', async () => {
    await step('Verification');
    await page.getByText('Every phase adds up.').waitFor();
    await inspectPage(page, 'verification');
    await step('Held back');
    await page.getByRole('heading', { level: 1, name: 'Held back' }).waitFor();
    // A sheet that is looked at and signed is in the hand-off as it was signed.
    await page.evaluate(async () => {
      const send = async (method: string, path: string, body?: object): Promise<{ csrf: string; id: string; count: number }> => {
        const { csrf } = await (await fetch('/api/session')).json() as { csrf: string };
        const response = await fetch(path, { method, headers: { 'content-type': 'application/json', 'x-portolan-csrf': csrf }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
        if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
        return await response.json() as { csrf: string; id: string; count: number };
      };
      const { id, count } = await send('POST', '/api/projects/acme/spot-checks', { run: null, records: 20 });
      for (let position = 0; position < count; position += 1) await send('PATCH', `/api/projects/acme/spot-checks/${id}`, { position, inOrder: position > 0, comment: position > 0 ? '' : 'its phone is the old one' });
      await send('POST', `/api/projects/acme/spot-checks/${id}/signature`, { verdict: 'accepted', name: 'Ada Okoro, Acme', remark: 'one to be mended' });
    });
    await step('Documents');
    const [download] = await Promise.all([page.waitForEvent('download', { timeout: 60_000 }), page.getByRole('link', { name: 'Download the hand-off (zip)' }).click()]);
    expect(download.suggestedFilename()).toBe('acme-handoff.zip');
    const path = join(folder, 'handoff.zip');
    await download.saveAs(path);
    expect(statSync(path).size).toBeGreaterThan(20_000);
    const sheet = (await textsIn(path)).filter(({ text }) => text.includes('Ada Okoro, Acme'));
    expect(sheet.some(({ text }) => text.includes('its phone is the old one') && text.includes('one to be mended'))).toBe(true);
    expect(sheet.map(({ name }) => name)).toEqual(expect.arrayContaining([expect.stringMatching(/\.html$/)]));
    await inspectPage(page, 'documents');
  });

  test('rolls back after a dry run, and proves it', async () => {
    await step('Roll back');
    expect(await page.getByRole('button', { name: 'Roll back', exact: true }).isDisabled()).toBe(true); // the dry run comes first
    await page.getByRole('button', { name: 'Show what it would do' }).click();
    await page.getByText('It would be').waitFor({ timeout: 180_000 });
    await inspectPage(page, 'rollback-dry');
    await page.getByLabel('Type 127.0.0.1 to confirm').fill('127.0.0.1');
    await page.getByRole('button', { name: 'Roll back', exact: true }).click();
    await page.getByText('The two are identical: the destination is as it was.').waitFor({ timeout: 180_000 });
    await inspectPage(page, 'rollback-proof');
    await page.getByRole('link', { name: 'Portolan' }).click();
    await inspectPage(page, 'projects');
    expect(watched.troubles).toEqual([]);
  }, 600_000);
});
