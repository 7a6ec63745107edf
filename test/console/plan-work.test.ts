import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { quarantineCsvLines } from '../../src/cli/write-reports.ts';
import type { LineComments, LineDetails } from '../../src/server/schemas/lines.ts';
import type { PlanView } from '../../src/server/schemas/plan.ts';
import type { Quarantine } from '../../src/server/schemas/runs.ts';
import { inspectPage, openPage, signInByForm, type WatchedPage } from '../support/browser.ts';
import { openBrowser, skipReason } from '../support/chromium.ts';
import { ownerPassword, startConsole, type Caller, type ConsoleServer } from '../support/console-server.ts';
import { hostileTexts } from '../support/large-plan.ts';
import { withMigrations, type Migration } from '../support/migration.ts';

const patient = { timeout: 120_000 };
const [hostile] = hostileTexts;

/** What a careful admin does with a plan and with what is held back, on records that were read in. */
describe.skipIf(skipReason !== null)(`work on the plan in the browser${skipReason === null ? '' : ` (${skipReason})`}`, () => {
  const migrations = withMigrations();
  let migration: Migration;
  let server: ConsoleServer;
  let owner: Caller;
  let browser: Browser;
  let watched: WatchedPage;
  let page: Page;

  beforeAll(async () => {
    const simulator = await migrations.simulator({ version: 17, port: 0, seed: 4 });
    migration = await migrations.start({ odoo: simulator, bundle: { contacts: 40, companies: 8, deals: 8, notes: 10, seed: 31, dirt: 0.15, lists: 3 } });
    await addHostileContact(migration.folder);
    await migration.planned();
    const { id } = await migration.engine.startRun({ project: migration.project, mode: 'production', settings: { approveGates: true }, by: 'test' });
    await migration.engine.driveRun({ runId: id });
    const { store } = migrations.tests;
    server = await startConsole({ tests: migrations.tests, engine: migration.engine, withPages: true, parts: { quarantineCsv: (projectId) => quarantineCsvLines(store, { projectId, code: null }) } });
    owner = await server.signIn('owner');
    await server.signIn('viewer');
    browser = await openBrowser();
    watched = await signIn('owner');
    page = watched.page;
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  const path = (rest = ''): string => `/api/projects/${migration.project}${rest}`;
  const at = (step: string): string => `/p/${migration.project}/${step}`;
  const plan = async (): Promise<PlanView> => (await owner.call('GET', path('/plan'))).body as PlanView;
  const details = async (key: string): Promise<LineDetails> => (await owner.call('GET', path(`/plan/lines/${key}`))).body as LineDetails;
  async function signIn(role: 'owner' | 'viewer'): Promise<WatchedPage> {
    const opened = await openPage(browser, server.url);
    await signInByForm(opened.page, server.emailOf(role), ownerPassword);
    return opened;
  }
  const harmless = async (): Promise<void> => {
    expect(await page.evaluate('window.pwned')).toBeUndefined();
    expect(watched.troubles).toEqual([]);
  };
  const keyOf = async (mapping: string, from: string): Promise<string> => (await plan()).lines.find((line) => line.kind === 'field' && line.mapping === mapping && line.from === from)?.key ?? `no line of ${mapping} takes ${from}`;
  /** The map with one line alone in its grid, which has the focus. */
  async function onLine(search: string): Promise<void> {
    await page.goto(at('map'));
    await page.getByRole('grid').waitFor();
    await page.getByLabel('Search fields, reasons, values').fill(search);
    await expect.poll(() => page.getByRole('grid').getByRole('row').count(), patient).toBe(2);
    await page.getByRole('grid').focus();
  }

  test('another place of a line is chosen by its number, and taken back whole', async () => {
    const key = await keyOf('contact-partners', 'job_title');
    const before = await details(key);
    const first = before.places.find((place) => place.confidence !== null && place.name !== before.to && place.transforms !== null && place.takenBy === null);
    expect(first).toBeDefined();
    await onLine('contact-partners job_title');
    await page.keyboard.press('p');
    await page.getByRole('button', { name: /^Use / }).first().waitFor();
    await inspectPage(page, 'map-places');
    const number = before.places.filter((place) => place.confidence !== null && place.name !== before.to).findIndex((place) => place.name === first?.name) + 1;
    await page.getByRole('grid').focus();
    await page.keyboard.press(String(number));
    await expect.poll(async () => (await details(key)).to, patient).toBe(first?.name);
    await expect.poll(() => page.getByRole('grid').textContent(), patient).toContain(first?.name);
    await page.getByRole('grid').focus();
    await page.keyboard.press('Control+z');
    await expect.poll(async () => { const { places: _, hash: __, ...line } = await details(key); return line; }, patient).toEqual({ key, to: before.to, from: before.from, transforms: before.transforms, loss: before.loss, reason: before.reason, movable: true });
    await harmless();
  });

  test('a place that the values do not fit is refused with the reason, and the change can be dropped', async () => {
    await onLine('contact-partners job_title');
    await page.keyboard.press('p');
    await page.getByRole('combobox', { name: 'Any other field' }).fill('country_id');
    await page.getByRole('option', { name: /country_id/ }).click();
    await page.getByText('Does not fit: values of type reference need a link or a look-up.').last().waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Use', exact: true }).isDisabled(), patient).toBe(true);
  });

  test('transforms are tried on real records while they are typed, mistakes stand beside their field', async () => {
    const key = await keyOf('contact-partners', 'job_title');
    await onLine('contact-partners job_title');
    await page.keyboard.press('t');
    await page.getByText(/^Tried on \d+ records?:/).waitFor();
    await page.getByRole('combobox', { name: 'Add a transform' }).fill('truncate');
    await page.getByRole('option', { name: 'truncate' }).click();
    const field = page.getByLabel('Parameters of truncate');
    await field.fill('{"length"');
    await page.getByText('This is begun as JSON and is none yet.').waitFor();
    await field.fill('many');
    await page.getByText(/Transform "truncate"/).waitFor();
    expect(await page.getByRole('button', { name: 'Save the transforms' }).isDisabled()).toBe(true);
    await inspectPage(page, 'map-transform-mistake');
    await field.fill('4');
    const trial = page.locator('.trial');
    await expect.poll(async () => (await trial.locator('tbody tr td:nth-child(3) .value').allTextContents()).map((text) => text.length), patient).toContain(4);
    expect(Math.max(...(await trial.locator('tbody tr td:nth-child(3) .value').allTextContents()).map((text) => text.length))).toBe(4);
    expect(await trial.locator('tbody tr').count()).toBeGreaterThan(2);
    await inspectPage(page, 'map-transforms');
    await page.getByRole('button', { name: 'Save the transforms' }).click();
    await expect.poll(async () => (await details(key)).transforms.at(-1), patient).toEqual({ truncate: 4 });
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(async () => (await details(key)).transforms.some((step) => typeof step === 'object' && 'truncate' in step), patient).toBe(false);
    await harmless();
  });

  test('a trial shows first what would be held back, with the reason, and hostile values as text', async () => {
    await onLine('contact-leads job_title');
    await page.keyboard.press('t');
    await page.getByRole('combobox', { name: 'Add a transform' }).fill('integer');
    await page.getByRole('option', { name: 'integer' }).click();
    const rows = page.locator('.trial tbody tr');
    await expect.poll(() => rows.first().textContent(), patient).toContain('held back');
    await expect.poll(() => page.locator('.trial').textContent(), patient).toContain(hostile);
    await page.getByRole('button', { name: 'Back to what is saved' }).click();
    await page.getByText(', 0 would be held back.').waitFor();
    await harmless();
  });

  test('remarks stand beside the plan: a confirmed one stays confirmed, and who wrote one takes it back', async () => {
    const { state } = await plan();
    await onLine('contact-partners job_title');
    await page.keyboard.press('m');
    await page.getByLabel('Your remark').fill(`Is this ours? ${hostile}`);
    await page.keyboard.press('Control+Enter');
    await page.getByRole('tab', { name: 'Remarks (1)' }).waitFor();
    await page.getByRole('grid').getByText('✎ 1').waitFor();
    await inspectPage(page, 'map-remarks');
    expect((await plan()).state).toEqual(state);
    const { comments } = (await owner.call('GET', path('/plan/comments'))).body as LineComments;
    expect(comments).toMatchObject([{ key: await keyOf('contact-partners', 'job_title'), author: server.emailOf('owner'), mine: true }]);
    await page.getByRole('button', { name: 'Take back' }).click();
    await page.getByText('Nobody has said anything about this line').waitFor();
    await harmless();
  });

  test('several lists are answered at once after their effects were shown together', async () => {
    await page.goto(at('decisions'));
    const queue = page.getByRole('region', { name: 'Lists', exact: true });
    await queue.getByRole('checkbox', { name: 'Select all shown' }).check();
    await queue.getByRole('combobox', { name: 'Answer for all chosen ones' }).click();
    const members = (await plan()).decisions.filter(({ id }) => id.startsWith('list:')).map(({ options }) => Number(/(\d+) opportunities/.exec(options.find(({ value }) => value === 'pipeline')?.effect ?? '')?.[1]));
    await page.getByRole('option', { name: new RegExp(`^Pipeline.*${members.reduce((sum, one) => sum + one, 0)} opportunities`) }).click();
    await queue.getByText(`${members[0]} opportunities`, { exact: false }).first().waitFor();
    await inspectPage(page, 'decision-queues');
    await queue.getByRole('button', { name: 'Put it to all of them' }).click();
    // Somebody else is quicker: nothing that was chosen is lost.
    const { state } = await plan();
    expect((await owner.call('POST', path('/plan/answers'), { base: state.hash, answers: { 'deal-without-contact': 'load' } })).status).toBe(200);
    await queue.getByRole('button', { name: /^Save \d+ answers?$/ }).click();
    await queue.getByText(/Somebody saved version \d+ of the plan meanwhile/).waitFor();
    await expect.poll(() => queue.getByText('not saved', { exact: true }).count(), patient).toBe(members.length);
    await queue.getByRole('button', { name: 'Try again' }).click();
    await queue.getByRole('button', { name: /^Save \d+ answers?$/ }).click();
    await expect.poll(async () => (await plan()).decisions.filter(({ id, answer }) => id.startsWith('list:') && answer === 'pipeline').length, patient).toBe(members.length);
    expect((await plan()).decisions.find(({ id }) => id === 'deal-without-contact')?.answer).toBe('load');
    await harmless();
  });

  test('an owner is given to a person of the destination', async () => {
    await page.goto(at('decisions'));
    const queue = page.getByRole('region', { name: 'Owners without a user' });
    const box = queue.getByRole('combobox').first();
    await box.click();
    await page.getByRole('option', { name: /\(admin\)/ }).click();
    await queue.getByRole('button', { name: 'Save 1 answer' }).click();
    await expect.poll(async () => (await plan()).decisions.find(({ id }) => id.startsWith('owner:'))?.answer, patient).toBe('admin');
    await page.getByRole('region', { name: 'Owners of what was read in' }).waitFor();
    await harmless();
  });

  test('held-back records are corrected several at once, and loaded again in one run', async () => {
    await confirmAgain();
    const held = ((await owner.call('GET', path('/quarantine'))).body as Quarantine).entries.find((entry) => entry.fields.length > 0);
    const code = held?.code ?? 'none is held back for a field';
    await page.goto(at('quarantine'));
    const group = page.getByRole('button', { name: new RegExp(`^${code.replaceAll('-', ' ')} `, 'i') });
    if ((await group.getAttribute('aria-expanded')) !== 'true') await group.click();
    await page.getByRole('checkbox', { name: 'Select all shown' }).check();
    await page.getByRole('combobox', { name: 'Field' }).waitFor();
    await inspectPage(page, 'quarantine-groups');
    const { entries } = (await owner.call('GET', path(`/quarantine?code=${code}`))).body as Quarantine;
    const field = entries.find((entry) => entry.data !== null)?.fields[0] ?? '';
    await page.getByLabel('New value for all chosen').fill('7');
    await page.getByRole('button', { name: 'Put it to all of them' }).click();
    const loadable = entries.filter((entry) => entry.data !== null);
    const changed = loadable.filter((entry) => String(entry.data?.[field] ?? '') !== '7').length;
    await page.getByRole('button', { name: new RegExp(`^Load ${loadable.length} records? again, ${changed} corrected$`) }).click();
    await page.getByText('A run was started for it.').waitFor();
    await expect.poll(async () => (await runs())[0]?.status, patient).toMatch(/^(succeeded|withQuarantine)$/);
    const [staged] = await migrations.tests.store.findStaged({ projectId: migration.projectId, object: loadable[0]?.sourceObject ?? '', sourceIds: [loadable[0]?.sourceId ?? ''] });
    expect(staged?.data[field]).toBe('7');
    await harmless();
  }, 300_000);

  test('the corrected CSV says what is in it before it is loaded; a wrong one names what is wrong', async () => {
    const csv = await (await fetch(`${server.url}${path('/quarantine.csv')}`, { headers: { cookie: owner.cookie } })).text();
    expect(csv.trimEnd().split('\n').length).toBeGreaterThan(1);
    await page.goto(at('quarantine'));
    const choose = async (name: string, buffer: Buffer): Promise<void> => {
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: 'Upload the corrected CSV' }).click()]);
      await chooser.setFiles({ name, mimeType: 'text/csv', buffer });
    };
    await choose('old.csv', Buffer.from([0xff, 0xfe, 0x80]));
    await page.getByText('old.csv is not UTF-8 text.').waitFor();
    const named = '<img src=x onerror="window.pwned=1">.csv';
    await choose(named, Buffer.from([0xff, 0xfe, 0x80]));
    await page.getByText(`${named} is not UTF-8 text.`).waitFor();
    await choose('other.csv', Buffer.from('id,code\n00000000-0000-4000-8000-000000000000,x\n'));
    await page.getByText(/name no quarantine entry of this project|names? no quarantine entry/).waitFor();
    await choose('corrected.csv', Buffer.from(csv));
    await page.getByText(/^corrected\.csv: \d+ records?, 0 of them corrected$/).waitFor();
    await inspectPage(page, 'quarantine-file');
    const before = (await runs()).length;
    await page.getByRole('button', { name: /^Load \d+ records? again$/ }).last().click();
    await expect.poll(async () => (await runs()).length, patient).toBe(before + 1);
    await expect.poll(async () => (await runs())[0]?.status, patient).toMatch(/^(succeeded|withQuarantine)$/);
    await harmless();
  }, 300_000);

  test('a viewer looks at places, trials, remarks, queues and held-back records, and changes none', async () => {
    const viewer = await signIn('viewer');
    await viewer.page.goto(at('map'));
    await viewer.page.getByRole('grid').waitFor();
    await viewer.page.getByLabel('Search fields, reasons, values').fill('contact-partners job_title');
    await viewer.page.getByRole('tab', { name: 'Other places' }).click();
    await viewer.page.getByRole('button', { name: /^Use / }).first().waitFor();
    expect(await viewer.page.getByRole('button', { name: /^Use/ }).evaluateAll((buttons) => buttons.every((button) => (button as unknown as { disabled: boolean }).disabled))).toBe(true);
    await viewer.page.getByRole('tab', { name: 'Transforms and preview' }).click();
    await viewer.page.getByText(/^Tried on \d+ records?:/).waitFor();
    expect(await viewer.page.getByRole('combobox', { name: 'Add a transform' }).isDisabled()).toBe(true);
    await viewer.page.getByRole('tab', { name: 'Remarks' }).click();
    expect(await viewer.page.getByLabel('Your remark').isDisabled()).toBe(true);
    await viewer.page.goto(at('decisions'));
    await viewer.page.getByRole('region', { name: 'Lists', exact: true }).waitFor();
    expect(await viewer.page.getByRole('combobox').evaluateAll((boxes) => boxes.every((box) => (box as unknown as { disabled: boolean }).disabled))).toBe(true);
    await viewer.page.goto(at('quarantine'));
    expect(await viewer.page.getByRole('button', { name: 'Upload the corrected CSV' }).isDisabled()).toBe(true);
    expect(viewer.troubles).toEqual([]);
    await viewer.context.close();
    const caller = await server.signIn('viewer');
    const key = await keyOf('contact-partners', 'job_title');
    const { state } = await plan();
    for (const [method, rest, body] of [
      ['PATCH', '/plan/lines', { base: state.hash, changes: [{ key, to: 'comment' }] }], ['POST', '/plan/comments', { key, text: 'mine' }], ['DELETE', '/plan/comments/00000000-0000-4000-8000-000000000000', undefined],
      ['POST', '/owners', { owners: [{ owner: 'a', login: 'b' }] }], ['POST', '/quarantine/file', { name: 'x', csv: 'id\n', start: true }],
    ] as const) expect([rest, (await caller.call(method, path(rest), body)).status]).toEqual([rest, 403]);
    expect((await (await server.signIn('operator')).call('POST', path('/owners'), { owners: [{ owner: 'a', login: 'b' }] })).status).toBe(403); // it becomes part of the confirmed plan
  });

  const runs = async (): Promise<readonly { status: string }[]> => ((await owner.call('GET', path('/runs'))).body as { runs: { status: string }[] }).runs;
  async function confirmAgain(): Promise<void> {
    const answer = await owner.call('POST', path('/plan/confirmation'), { base: (await plan()).state.hash, acceptRecommendations: true });
    expect([answer.status, JSON.stringify(answer.body)]).toEqual([200, expect.any(String)]);
  }
});

/** Adds a contact whose name and job title are scripts to the export. */
async function addHostileContact(folder: string): Promise<void> {
  const file = join(folder, 'contacts.csv');
  const [header = ''] = (await readFile(file, 'utf8')).replace(/^\uFEFF/, '').split(/\r?\n/);
  const delimiter = header.includes(';') ? ';' : ',';
  const cells = header.split(delimiter).map((name) => (name === 'ID' ? 'hostile-1' : ['Imię', 'Nazwisko', 'Stanowisko'].includes(name) ? hostile : ''));
  await appendFile(file, `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter)}\r\n`);
}
