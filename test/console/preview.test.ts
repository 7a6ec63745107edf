import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PlanView, Preview, Staged } from '../../src/server/schemas/plan.ts';
import type { ProjectInfo } from '../../src/server/schemas/projects.ts';
import type { RunDetails, Runs } from '../../src/server/schemas/runs.ts';
import { inspectPage, openPage, signInByForm, type WatchedPage } from '../support/browser.ts';
import { openBrowser, skipReason } from '../support/chromium.ts';
import { ownerPassword, startConsole, type Answer, type Caller, type ConsoleServer } from '../support/console-server.ts';
import { withMigrations, type Migration } from '../support/migration.ts';
import { changingCalls } from '../support/reports.ts';

const patient = { timeout: 180_000 };
const startWords = 'Read in and preview; nothing is written';

/** Looking before anything is written, on a plan that nobody has confirmed; the tests go in their order. */
describe.skipIf(skipReason !== null)(`a preview in the console${skipReason === null ? '' : ` (${skipReason})`}`, () => {
  const migrations = withMigrations();
  let migration: Migration;
  let server: ConsoleServer;
  let operator: Caller;
  let browser: Browser;

  beforeAll(async () => {
    const simulator = await migrations.simulator({ version: 17, port: 0, seed: 4 });
    migration = await migrations.start({ odoo: simulator, bundle: { contacts: 40, companies: 8, deals: 10, notes: 10, seed: 31, dirt: 0.15 } });
    await migration.engine.discover({ project: migration.project, roles: ['source', 'destination'] });
    await migration.engine.propose({ project: migration.project });
    server = await startConsole({ tests: migrations.tests, engine: migration.engine, withPages: true });
    await server.signIn('owner');
    operator = await server.signIn('operator');
    browser = await openBrowser();
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  const path = (rest = ''): string => `/api/projects/${migration.project}${rest}`;
  const get = async <Body>(rest: string): Promise<Body> => (await operator.call('GET', path(rest))).body as Body;
  const code = (answer: Answer): string | undefined => (answer.body as { readonly error?: { readonly code: string } }).error?.code;
  const latest = async (): Promise<RunDetails> => get<RunDetails>(`/runs/${(await get<Runs>('/runs')).runs[0]?.id}`);
  async function signIn(role: 'operator' | 'viewer'): Promise<WatchedPage> {
    const opened = await openPage(browser, server.url);
    await signInByForm(opened.page, server.emailOf(role), ownerPassword);
    return opened;
  }

  test('is nothing that a viewer may start, and nothing else starts without a confirmed plan', async () => {
    const viewer = await server.signIn('viewer');
    expect((await viewer.call('POST', path('/runs'), { mode: 'preview' })).status).toBe(403);
    expect(code(await operator.call('POST', path('/runs'), { mode: 'sample', records: 5 }))).toBe('plan-not-confirmed');
    expect((await get<Staged>('/staged')).objects.flatMap(({ records }) => records)).toEqual([]);
    const { page, context } = await signIn('viewer');
    await page.goto(`/p/${migration.project}/run`);
    await page.getByRole('button', { name: startWords }).waitFor();
    expect(await page.getByRole('button', { name: startWords }).isDisabled()).toBe(true);
    await context.close();
  }, 120_000);

  test('is found from the card that has no record to show, writes nothing, and tells what would be', async () => {
    const { page, context, troubles } = await signIn('operator');
    await page.goto(`/p/${migration.project}/map`);
    const card = page.getByRole('region', { name: 'Preview a record' });
    await card.getByText('Nothing was read in yet, so there is no record to show.').waitFor();
    await card.getByLabel('Id of a source record').fill('nobody');
    await card.getByRole('button', { name: 'Show what would be written' }).click();
    await card.getByRole('link', { name: `Run › ${startWords}` }).waitFor();
    await inspectPage(page, 'map-preview-unread');
    await card.getByRole('button', { name: startWords }).click();
    await card.getByRole('link', { name: 'Watch it on the page Run' }).click();
    await page.getByRole('status').getByText('done, some records would be held back').waitFor(patient);
    await page.getByText('A preview: nothing was written, nothing was changed at the destination.').waitFor();
    const { report, gates } = await latest();
    expect([report.mode, report.written, report.verification.fields, gates, report.error, changingCalls(report)]).toEqual(['preview', 0, 0, [], null, []]);
    const created = report.phases.reduce((sum, row) => sum + row.created, 0);
    const held = report.phases.reduce((sum, row) => sum + Object.values(row.quarantined).reduce((one, count) => one + count, 0), 0);
    expect([created > 0, held > 0]).toEqual([true, true]);
    // The page's own counts, phase by phase.
    const columns = await page.getByRole('columnheader').allTextContents();
    expect(columns).toEqual(expect.arrayContaining(['Would be created', 'Would be updated', 'Would be matched', 'Would be held back']));
    expect(columns).not.toContain('Created');
    const counts = page.getByRole('table').filter({ has: page.getByRole('columnheader', { name: 'Would be created' }) });
    const sumOf = async (title: string): Promise<number> => (await counts.locator('tbody tr').evaluateAll((rows, at) => rows.map((row) => row.querySelectorAll('td')[at]?.textContent ?? ''), columns.indexOf(title))).reduce((sum, text) => sum + Number(text.replaceAll(',', '')), 0);
    expect([await sumOf('Would be created'), await sumOf('Would be held back')]).toEqual([created, held]);
    await page.getByRole('heading', { name: 'Where the records would go' }).waitFor();
    await page.getByText(/would be held back · \d+/).first().waitFor();
    await inspectPage(page, 'run-preview');
    expect(troubles).toEqual([]);
    await context.close();
  }, 600_000);

  test('leaves records to choose from, each beside what would be written and what goes nowhere', async () => {
    const { page, context, troubles } = await signIn('operator');
    const suggested = (await get<Staged>('/staged')).objects.find(({ object }) => object === 'contact')?.records ?? [];
    expect(suggested).toHaveLength(6);
    const { lines } = await get<PlanView>('/plan');
    const views = await Promise.all(suggested.map(async ({ id }) => ({ id, ...await get<Preview>(`/preview?object=contact&id=${encodeURIComponent(id)}`) })));
    for (const { mappings, notMoved } of views) {
      const shown = new Set(mappings.flatMap(({ outcome, fields }) => (outcome === 'skip' ? [] : fields.flatMap(({ from }) => from))));
      expect(notMoved.filter(({ field }) => shown.has(field))).toEqual([]);
    }
    // What the plan leaves out is told with the plan's reason.
    const one = views.find(({ notMoved }) => notMoved.some(({ field, reason }) => lines.some((line) => line.kind === 'leftOut' && line.source === 'contact' && line.from === field && line.reason === reason)));
    expect(one).toBeDefined();
    await page.goto(`/p/${migration.project}/map`);
    const card = page.getByRole('region', { name: 'Preview a record' });
    await card.getByRole('combobox', { name: 'Source object' }).click();
    await page.getByRole('option', { name: 'contact', exact: true }).click();
    await card.getByRole('button', { name: new RegExp(`^${one?.id}( ·|$)`) }).click();
    const table = card.getByRole('table', { name: 'Not moved' });
    await table.waitFor();
    expect(await table.locator('tbody tr td:first-child').allTextContents()).toEqual(one?.notMoved.map(({ field }) => field));
    await table.scrollIntoViewIfNeeded();
    await inspectPage(page, 'map-preview-record');
    expect(troubles).toEqual([]);
    await context.close();
  }, 300_000);

  test('leaves the project waiting for what it waited for before', async () => {
    await migration.planned();
    const waits = async (): Promise<string | undefined> => (await get<ProjectInfo>('')).latestRun?.mode;
    expect(await waits()).toBe('preview'); // there was no other
    const start = async (body: object): Promise<void> => {
      const answer = await operator.call('POST', path('/runs'), body);
      expect([answer.status, JSON.stringify(answer.body)]).toEqual([200, expect.any(String)]);
      await expect.poll(async () => (await latest()).run.status, { ...patient, interval: 200 }).toMatch(/^(succeeded|withQuarantine)$/);
    };
    await start({ mode: 'sample', records: 10 });
    await start({ mode: 'preview' });
    expect((await latest()).run.mode).toBe('preview');
    expect(await waits()).toBe('sample');
  }, 600_000);
});
