import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';

/** The two widths of every page: a desk and a tablet, in pixels. */
const widths = [1280, 820] as const;

/** A page whose troubles fail the test: errors of scripts, and whatever the content security policy refused. */
export interface WatchedPage { readonly page: Page; readonly context: BrowserContext; readonly troubles: string[] }

export async function openPage(browser: Browser, url: string): Promise<WatchedPage> {
  const context = await browser.newContext({ baseURL: url, viewport: { width: widths[0], height: 900 }, acceptDownloads: true, reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000); // two loaded cores
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(`error: ${error.message}`));
  page.on('console', (message) => {
    // A refused request is told by the page itself; the browser's own line about it says no more.
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) troubles.push(`console: ${message.text()}`);
  });
  page.on('dialog', (dialog) => { troubles.push(`dialog: ${dialog.message()}`); void dialog.dismiss(); });
  return { page, context, troubles };
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeResult { readonly violations: readonly Readonly<{ id: string; impact: string; nodes: readonly Readonly<{ html: string; failureSummary: string }>[] }>[] }

const schemes = ['light', 'dark'] as const;

/** Looks at a page with axe, light and dark, at both widths, and that it neither scrolls sideways nor names commands of the command line. Pictures go to PORTOLAN_SCREENSHOTS, where that is set. */
export async function inspectPage(page: Page, name: string): Promise<void> {
  const folder = process.env['PORTOLAN_SCREENSHOTS'];
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme });
      await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor({ state: 'attached' });
      await page.waitForTimeout(150); // panels settle
      if (folder !== undefined) {
        mkdirSync(folder, { recursive: true });
        await page.screenshot({ path: join(folder, `${name}-${width}${colorScheme === 'dark' ? '-dark' : ''}.png`) });
      }
      if (!await page.evaluate<boolean>('"axe" in globalThis')) await page.evaluate(axe);
      const result = await page.evaluate(() => (globalThis as unknown as { axe: { run(options: object): Promise<unknown> } }).axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'], resultTypes: ['violations'] })) as AxeResult;
      const faults = result.violations.map((violation) => `${name} at ${width}, ${colorScheme}: ${violation.id} (${violation.impact}): ${violation.nodes.slice(0, 3).map((node) => `${node.html.slice(0, 200)} ${node.failureSummary}`).join(' | ')}`);
      expect(faults).toEqual([]);
    }
    // A person at a browser has no terminal: what the engine says with a command is told as a page here.
    expect((await page.locator('body').innerText()).match(/portolan (?!serve)[a-z]+ .*/g), `${name} names commands`).toBeNull();
    expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'), `${name} at ${width} scrolls sideways`).toBeLessThanOrEqual(0);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: widths[0], height: 900 });
}

/** Signs in on a page by the form, as a person does, and waits for the list of projects. */
export async function signInByForm(page: Page, email: string, password: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail address').fill(email);
  await page.locator('input[type=password]').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { level: 1, name: 'Projects' }).waitFor();
}

/** What a loaded machine takes its time for. */
const patient = { timeout: 180_000 };

/** Approves each gate of the run that the page shows, once, until the run is done; an approved gate that came back would fail it. @returns the gates, in their order */
export async function approveToEnd(page: Page): Promise<readonly string[]> {
  const done = page.getByRole('status').getByText(/^(succeeded|done, some records held back)$/);
  const gate = page.getByRole('alert').filter({ has: page.getByRole('button', { name: 'Approve and go on' }) });
  const approved: string[] = [];
  for (;;) {
    await gate.or(done).first().waitFor(patient);
    if (await done.count() > 0) return approved;
    const title = (await gate.first().innerText({ timeout: 2_000 }).catch(() => '')).split('\n')[0] ?? '';
    if (title === '') continue; // it opened by itself
    expect(approved, 'a gate that was approved before').not.toContain(title);
    const own = gate.filter({ hasText: title });
    if (!await own.getByRole('button').click({ timeout: 10_000 }).then(() => true, () => false)) continue; // one that opens by itself goes while it is being clicked
    approved.push(title);
    await own.waitFor({ state: 'detached', ...patient });
  }
}

/** Rolls back on the page Roll back, after its dry run, and waits for the proof that all is as before. */
export async function takeBack(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Show what it would do' }).click();
  await page.getByText('It would be').waitFor(patient);
  await page.getByLabel('Type 127.0.0.1 to confirm').fill('127.0.0.1');
  await page.getByRole('button', { name: 'Roll back', exact: true }).click();
  await page.getByText(/^The two are identical: the destination is as it was(?:, but for what is left)?\.$/u).waitFor(patient);
}
