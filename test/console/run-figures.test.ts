import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunDetails } from '../../src/server/schemas/runs.ts';
import { openPage, signInByForm } from '../support/browser.ts';
import { openBrowser, skipReason } from '../support/chromium.ts';
import { ownerPassword, startConsole, type Caller, type ConsoleServer } from '../support/console-server.ts';
import { withMigrations, type Migration } from '../support/migration.ts';

/** What the page of a run showed at one moment. */
interface Shown { readonly phase: string; readonly created: number; readonly held: number; readonly news: string }

/** Reads all of it at one moment, in the page. */
const lookScript = `(() => {
  const texts = (selector) => [...document.querySelectorAll(selector)].map(({ textContent }) => textContent);
  const counts = [...document.querySelectorAll('table')].find((table) => [...table.querySelectorAll('th')].some(({ textContent }) => textContent === 'Adds up'));
  const column = [...counts?.querySelectorAll('th') ?? []].findIndex(({ textContent }) => textContent === 'Created');
  return {
    phase: texts('.mantine-Badge-label').find((text) => / running$/.test(text)) ?? '', news: texts('.run-news').join(),
    created: [...counts?.querySelectorAll('tbody tr') ?? []].reduce((sum, row) => sum + Number((row.querySelectorAll('td')[column]?.textContent ?? '0').replaceAll(',', '')), 0),
    held: texts('table[aria-label="Held back last"] tbody tr td:nth-child(2)').filter((text) => text !== 'Read the source').length,
  };
})()`;

/** A run whose phase of contacts takes several slow calls: its page follows within the phase. */
describe.skipIf(skipReason !== null)(`a run that is watched${skipReason === null ? '' : ` (${skipReason})`}`, () => {
  const migrations = withMigrations();
  let migration: Migration;
  let server: ConsoleServer;
  let owner: Caller;
  let browser: Browser;

  beforeAll(async () => {
    const simulator = await migrations.simulator({ version: 17, port: 0, seed: 4 });
    migration = await migrations.start({ odoo: simulator, bundle: { contacts: 2_600, companies: 12, deals: 0, notes: 0, seed: 31, dirt: 0.15 } });
    await migration.planned();
    for (const model of ['res.partner', 'crm.lead']) simulator.faults.add({ kind: 'slow', delayMs: 6_000, model, method: 'load' });
    server = await startConsole({ tests: migrations.tests, engine: migration.engine, withPages: true });
    owner = await server.signIn('owner');
    browser = await openBrowser();
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  const path = (rest = ''): string => `/api/projects/${migration.project}${rest}`;

  test('counts and what is held back come within a phase, and who listens is told of it', async () => {
    const { page, context, troubles } = await openPage(browser, server.url);
    await signInByForm(page, server.emailOf('owner'), ownerPassword);
    const started = await owner.call('POST', path('/runs'), { mode: 'production', approveGates: true, confirmDestination: '127.0.0.1' });
    const run = (started.body as { id: string }).id;
    await page.goto(`/p/${migration.project}/run`);
    const seen: Shown[] = [];
    const ended = async (): Promise<boolean> => ['succeeded', 'withQuarantine', 'failed', 'interrupted'].includes(((await owner.call('GET', path(`/runs/${run}`))).body as RunDetails).run.status);
    const look = (): Promise<Shown> => page.evaluate<Shown>(lookScript);
    for (const until = Date.now() + 500_000; Date.now() < until;) {
      const shown = await look();
      seen.push(shown);
      if (await ended()) break;
      await page.waitForTimeout(400);
    }
    const phases = [...Map.groupBy(seen.filter(({ phase }) => phase !== ''), ({ phase }) => phase).values()];
    expect(phases.some((looks) => new Set(looks.map(({ created }) => created)).size > 1), 'counts stood still through every phase').toBe(true);
    expect(phases.map((looks) => looks.map(({ held }) => held)).some((held) => Math.max(...held) > (held[0] ?? 0)), `what is held back came only after its phase: ${JSON.stringify(phases.map((looks) => looks.map(({ phase, held }) => `${phase} ${held}`)))}`).toBe(true);
    const told = seen.filter(({ news }, index) => news !== '' && news !== seen[index - 1]?.news);
    expect(told.length).toBeGreaterThan(1);
    expect(troubles).toEqual([]);
    await context.close();
  }, 900_000);
});
