import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cutOverStages } from '../../src/reports/documents/cut-over-stages.ts';
import type { Diffs, RunCalls, RunFlow, Verification } from '../../src/server/schemas/runs.ts';
import { startServer } from '../../src/server/server.ts';
import { inspectPage, openPage, signInByForm, type WatchedPage } from '../support/browser.ts';
import { openBrowser, skipReason } from '../support/chromium.ts';
import { ownerPassword, startConsole, type Caller, type ConsoleServer } from '../support/console-server.ts';
import { hostileTexts } from '../support/large-plan.ts';
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
    migration = await migrations.start({ odoo: simulator, bundle: { contacts: 14, companies: 4, deals: 5, notes: 6, seed: 21, dirt: 0.1 } });
    await migration.planned();
    server = await startConsole({ tests: migrations.tests, engine: migration.engine, withPages: true, parts: {
      cutOverStages: async (project) => cutOverStages({ project, plan: (await migration.engine.currentPlan(project)).plan, load: null, deltas: [], sandbox: null, quarantine: 0, steps: [{ stage: 'freeze', step: '<b onclick="window.pwned=1">Forms are off</b>', why: 'hostile' }] }),
    } });
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
    await signInByForm(opened.page, server.emailOf(role), ownerPassword);
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

  test('a sample of chosen records is compared field by field; a condition that cannot be read is told', async () => {
    await page.goto(at('sample'));
    await page.getByLabel('Records that fulfil').fill('no condition');
    await page.getByRole('button', { name: 'Load the sample' }).click();
    await page.getByText("'no condition' is no condition on a source record").waitFor();
    expect(await page.getByLabel('Records that fulfil').inputValue()).toBe('no condition');
    await page.getByLabel('Records that fulfil').fill('');
    await page.getByLabel('How many records').fill('12');
    await page.getByRole('button', { name: 'Load the sample' }).click();
    await ended();
    await page.getByRole('button', { name: 'Compare' }).click();
    await page.getByText(/^\d+ of \d+ written records/).waitFor(patient);
    await page.locator('details.record summary').first().click();
    await page.getByText('At the destination now').first().waitFor();
    await inspectPage(page, 'sample');
    await page.locator('details.record').evaluateAll((records) => { for (const record of records) record.setAttribute('open', ''); });
    expect(await page.locator('details.record').allInnerTexts().then((texts) => texts.join('\n'))).toMatch(/^\d+ \(\p{L}.*\)$/mu); // a reference: 42 (Lipa sp. z o.o.)

    // Values that records may hold, and names that the records they lead to may have.
    await page.route('**/diff', async (route) => {
      const response = await route.fetch();
      const real = await response.json() as Diffs;
      const text = (index: number): string => hostileTexts[index % hostileTexts.length] ?? '';
      await route.fulfill({ response, json: { ...real, records: real.records.slice(0, 3).map((record, place) => ({ ...record, sourceId: text(place), mapping: text(place + 1), fields: record.fields.map((field, index) => ({ ...field, from: ['one', 'two'], source: [text(index), null], planned: '42', readBack: ['42', text(index + 1)], names: { 42: text(index + 2) } })) })) } });
    });
    await page.getByRole('button', { name: 'Compare' }).click();
    await page.getByText(/^3 of \d+ written records/).waitFor(patient);
    await page.locator('details.record summary').first().click();
    await expect.poll(() => page.locator('details.record').first().innerText(), patient).toContain(`42 (${hostileTexts[2]})`);
    await inspectPage(page, 'sample-hostile');
    await harmless();
    await page.unrouteAll({ behavior: 'wait' });
  }, 300_000);

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
    await expect.poll(() => page.getByRole('table').first().getByRole('row').count(), patient).toBe(flow.rows.length + flow.leftOut.length + 1);
    const calls = (await owner.call('GET', path(`/runs/${run}/calls`))).body as RunCalls;
    expect(calls.sides.map(({ role, made }) => [role, made > 0])).toEqual([['source', true], ['destination', true]]);
    await page.getByText(/ a second on average|\d calls/).first().waitFor();
    await inspectPage(page, 'run-flow');
    await harmless();

    // Names that a customer's own objects and reasons may have.
    await page.route('**/flow', async (route) => {
      const response = await route.fetch();
      const real = await response.json() as RunFlow;
      const text = (index: number): string => hostileTexts[index % hostileTexts.length] ?? '';
      await route.fulfill({ response, json: { rows: real.rows.map((row, index) => ({ ...row, object: text(index), destinationObject: text(index + 1), mapping: `${row.mapping} ${text(index + 2)}`, reason: text(index + 3) })), leftOut: [{ object: text(1), records: 3 }] } });
    });
    await page.reload();
    await picture.waitFor();
    expect(await picture.locator('text').filter({ hasText: '<script>' }).count()).toBeGreaterThan(0);
    await page.getByText('The same as a table').click();
    await inspectPage(page, 'run-flow-hostile');
    await harmless();
    await page.unrouteAll({ behavior: 'wait' }); // the page asks again by itself: a request may be half answered

    // Both values of a mismatch are a customer's.
    await page.route('**/api/**/verification', async (route) => {
      const response = await route.fetch();
      const real = await response.json() as Verification;
      const text = (index: number): string => hostileTexts[index % hostileTexts.length] ?? '';
      await route.fulfill({ response, json: { ...real, findings: hostileTexts.map((value, index) => ({ phase: real.mappings[0]?.phase ?? '', mapping: `${real.mappings[0]?.mapping ?? ''} ${text(index + 1)}`, sourceId: text(index + 2), destinationId: '17', field: text(index + 3), class: 'mismatch', written: value, found: text(index + 4) })) } });
    });
    await page.goto(at('verification'));
    await page.getByText(hostileTexts[0], { exact: false }).first().waitFor(patient);
    await inspectPage(page, 'verification-hostile');
    await harmless();
    await page.unrouteAll({ behavior: 'wait' });
  }, 300_000);

  test('everything goes into a sandbox that has pages of its own, and the destination itself is refused', async () => {
    const sandbox = await migrations.simulator({ version: 17, port: 0, seed: 9 });
    const same = await migrations.tests.store.loadConnection(migration.projectId, 'destination');
    await owner.call('PUT', path('/connections/sandbox'), { settings: same?.settings, secrets: same?.secrets });
    expect((await owner.call('POST', path('/runs'), { mode: 'sandbox' })).body).toMatchObject({ error: { code: 'sandbox-is-destination' } });
    await page.goto(at('sample'));
    const form = page.getByRole('region', { name: 'Sandbox' });
    await form.getByText('Connection of the sandbox').click(); // closed, since one is there
    await form.locator('form input').first().fill(sandbox.url);
    await form.getByLabel(/database/i).first().fill(sandbox.database);
    await form.getByLabel(/^user|login/i).first().fill(sandbox.user);
    await form.locator('input[type=password]').first().fill(sandbox.password);
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByText('Saved.').waitFor();
    await form.getByRole('button', { name: 'Start a run into the sandbox' }).click();
    await form.getByRole('link', { name: 'Run', exact: true }).click();
    await page.getByText(`Sandbox of ${migration.project}`).waitFor();
    const status = async (): Promise<string> => ((await owner.call('GET', `/api/projects/${migration.project}~sandbox/runs`)).body as { runs: { status: string }[] }).runs[0]?.status ?? 'none';
    await expect.poll(status, patient).toMatch(/^(succeeded|withQuarantine)$/);
    expect(await page.getByRole('button', { name: 'Start', exact: true }).count()).toBe(0);
    for (const step of ['Run', 'Verification', 'Held back', 'Spot check', 'Roll back', 'Documents'] as const) {
      await page.getByRole('navigation').getByRole('link', { name: step, exact: true }).click();
      await page.getByRole('heading', { level: 1, name: step }).waitFor();
      await expect.poll(() => page.getByText('Loading …').count(), patient).toBe(0);
      await inspectPage(page, `sandbox-${step.toLowerCase().replaceAll(' ', '-')}`);
    }
    await page.getByRole('link', { name: 'Back to the project' }).click();
    await page.getByRole('heading', { level: 1, name: 'Sample and sandbox' }).waitFor();
    expect((await owner.call('POST', `/api/projects/${migration.project}~sandbox/runs`, { mode: 'production', confirmDestination: '127.0.0.1' })).status).toBe(409);
    await harmless();
  }, 600_000);

  test('a sheet is drawn, looked at record by record, and signed; then it stays as it is', async () => {
    await page.goto(at('spotcheck'));
    await page.getByLabel('Records (20 to 40)').fill('20');
    await page.getByRole('button', { name: 'Draw a sheet' }).click();
    await page.getByText('0 of 20 records checked').waitFor(patient);
    const first = page.getByRole('region', { name: /^1\. / });
    await first.getByRole('radio', { name: 'Not in order' }).click();
    await first.getByLabel('Remark').fill('<img src=x onerror="window.pwned=1"> \u202Eolleh \u{1F600}');
    await first.getByLabel('Remark').blur();
    await page.getByText('1 of 20 records checked, 1 not in order').waitFor();
    await inspectPage(page, 'spot-check');
    expect(await page.getByRole('button', { name: 'Sign' }).isDisabled()).toBe(true);
    const { sheets } = (await owner.call('GET', path('/spot-checks'))).body as { sheets: { id: string }[] };
    const sheet = path(`/spot-checks/${sheets[0]?.id ?? ''}`);
    expect((await owner.call('POST', `${sheet}/signature`, { verdict: 'accepted', name: 'Ada', remark: '' })).status).toBe(409);
    for (let position = 1; position < 20; position += 1) expect((await owner.call('PATCH', sheet, { position, inOrder: true, comment: '' })).status).toBe(200);
    await page.reload();
    await page.getByText('20 of 20 records checked, 1 not in order').waitFor();
    expect(await page.getByRole('region', { name: /^1\. / }).getByLabel('Remark').inputValue()).toContain('<img src=x');
    const form = page.getByRole('region', { name: 'Sign' });
    await form.getByRole('radio', { name: 'accepted' }).click();
    await form.getByRole('button', { name: 'Sign' }).click();
    await form.getByText('type your name').waitFor();
    await form.getByLabel('Your name').fill('Ada Okoro');
    await form.getByRole('button', { name: 'Sign' }).click();
    await page.getByText(/^accepted by Ada Okoro \(owner@example.com\)/).waitFor();
    expect((await owner.call('PATCH', sheet, { position: 0, inOrder: true, comment: '' })).status).toBe(409);
    const { rows } = (await owner.call('GET', '/api/audit')).body as { rows: { action: string; details: { name?: string } }[] };
    expect(rows.find(({ action }) => action === 'spot-check-signed')?.details.name).toBe('Ada Okoro');
    await harmless();
  }, 300_000);

  test('steps of the cut-over are ticked with who and when; what Portolan sees for itself is not', async () => {
    await page.goto(at('cutover'));
    const step = page.getByRole('checkbox', { name: /^<b onclick/ });
    await step.click();
    await page.getByLabel(/^Remark: <b onclick/).fill('all three');
    await page.getByLabel(/^Remark: <b onclick/).blur();
    await page.getByText(/^owner@example.com, /).first().waitFor();
    await expect.poll(async () => JSON.stringify((await owner.call('GET', path('/cut-over'))).body), patient).toContain('"comment":"all three"');
    await page.reload();
    await expect.poll(() => step.isChecked(), patient).toBe(true);
    expect(await page.getByLabel(/^Remark: <b onclick/).inputValue()).toBe('all three');
    const { stages } = (await owner.call('GET', path('/cut-over'))).body as { stages: { steps: { key: string; known: boolean }[] }[] };
    const known = stages.flatMap(({ steps }) => steps).find((one) => one.known)?.key ?? '';
    expect((await owner.call('PUT', path(`/cut-over/${known}`), { done: true, comment: '' })).status).toBe(409);
    await inspectPage(page, 'cut-over');
    await harmless();
  });

  test('deltas start at their times; a gate that waits pauses the schedule until a person turns it on', async () => {
    await page.goto(at('cutover'));
    const form = page.getByRole('region', { name: 'Scheduled deltas' });
    await form.getByLabel('Time zone').fill('Mars/Olympus');
    await form.getByLabel(/^Type 127.0.0.1/).fill('127.0.0.1');
    await form.getByRole('button', { name: 'Set the schedule' }).click();
    await form.getByText(/^there is no such time zone/).waitFor();
    await form.getByLabel('Time zone').fill('Europe/Warsaw');
    await form.getByRole('button', { name: 'Set the schedule' }).click();
    await form.getByText(/^0 2 \* \* \* \(Europe\/Warsaw\) · Next: /).waitFor();
    await form.getByRole('button', { name: 'Stop it' }).click();
    await form.getByRole('button', { name: 'Set the schedule' }).waitFor();

    // Every minute, and every gate waits: the first delta pauses it.
    const before = (await latest()).id;
    expect((await owner.call('PUT', path('/schedule'), { cron: '* * * * *', zone: 'UTC', endsAt: null, approveGates: false, confirmDestination: '127.0.0.1' })).status).toBe(200);
    await expect.poll(async () => (await latest()).id, patient).not.toBe(before);
    await expect.poll(async () => ((await owner.call('GET', path('/schedule'))).body as { schedule: { state: string } }).schedule.state, patient).toBe('paused');
    await form.getByText(/^The delta of .* is waiting\.$/).waitFor();
    await inspectPage(page, 'schedule-paused');
    await owner.call('POST', path(`/runs/${(await latest()).id}/cancel`));
    await form.getByRole('button', { name: 'Turn it on again' }).click();
    await form.getByText(/Next: /).waitFor();

    // A time that passed while no server ran is made up for when one starts, once; the other server knows of it too.
    await owner.call('PUT', path('/schedule'), { cron: '0 0 1 1 *', zone: 'UTC', endsAt: null, approveGates: true, confirmDestination: '127.0.0.1' });
    await migrations.tests.query(`update portolan.delta_schedule set heard_at = '2000-01-01' where project_id = $1`, [migration.projectId]);
    const earlier = (await latest()).id;
    const told: string[] = [];
    const next = await startServer({ ...server.parts, log: (_, message) => { told.push(message); } }, { host: '127.0.0.1', port: 0, publicUrl: null });
    await expect.poll(async () => (await latest()).id, patient).not.toBe(earlier);
    const made = await ended();
    await next.close();
    expect(told.find((message) => message.includes('missed while no server ran'))).toContain(migration.project);
    const again = await startServer(server.parts, { host: '127.0.0.1', port: 0, publicUrl: null });
    await again.close();
    expect((await latest()).id).toBe(made);
    await form.getByText(/^No server ran at 1 Jan \d{4}, .*: that delta was made up for at /).waitFor();
    expect((await owner.call('DELETE', path('/schedule'))).status).toBe(200);
    await harmless();
  }, 300_000);

  test('a viewer looks at all of it and changes nothing', async () => {
    const viewer = await signIn('viewer');
    for (const [step, button] of [['sample', 'Load the sample'], ['spotcheck', 'Draw a sheet'], ['cutover', 'Set the schedule']] as const) {
      await viewer.page.goto(at(step));
      const found = viewer.page.getByRole('button', { name: button });
      await found.waitFor();
      expect([step, await found.isDisabled()]).toEqual([step, true]);
    }
    const caller = await server.signIn('viewer');
    expect((await caller.call('POST', path('/spot-checks'), { run: null, records: 20 })).status).toBe(403);
    expect(viewer.troubles).toEqual([]);
    await viewer.context.close();
  });
});
