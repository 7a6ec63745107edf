import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { inspectPage, openPage, signInByForm } from '../support/browser.ts';
import { skipReason } from '../support/chromium.ts';
import { ownerPassword } from '../support/console-server.ts';
import { withEditedPlan } from '../support/edited-plan.ts';

const patient = { timeout: 120_000 };

/** What a person typed is theirs until they save or drop it: no link, no session that ends takes it away. */
describe.skipIf(skipReason !== null)(`what is typed and not saved${skipReason === null ? '' : ` (${skipReason})`}`, () => {
  const edited = withEditedPlan();
  const file = (page: Page = edited().page) => page.getByLabel('Plan as YAML');
  const leaving = () => edited().page.getByRole('dialog', { name: 'Leave without saving?' });
  const over = () => edited().page.getByRole('dialog', { name: 'Your session is over' });
  const here = (): string => new URL(edited().page.url()).pathname;
  const clean = (): void => expect(edited().watched.troubles).toEqual([]);
  const typeInFile = async (name: string): Promise<string> => {
    await edited().page.goto(edited().at('file'));
    await file().waitFor();
    const mine = (await file().inputValue()).replace(/the same name, 5\d*.*\n/, `the same name, ${name}\n`);
    await file().fill(mine);
    return mine;
  };
  const signInAgain = async (email: string): Promise<void> => {
    await over().getByLabel('E-mail address').fill(email);
    await over().locator('input[type=password]').fill(ownerPassword);
    await over().getByRole('button', { name: 'Sign in' }).click();
  };

  test('a key on the map is saved although a link is followed at once', async () => {
    const { page, at, follow, statusOf } = edited();
    await page.goto(at('map'));
    await page.getByLabel('Search fields, reasons, values').fill('field_31');
    await expect.poll(() => page.getByRole('grid').getByRole('row').count(), patient).toBe(2);
    await page.getByRole('grid').focus();
    await page.keyboard.press('r');
    await follow('Decisions');
    await page.waitForURL(`**${at('decisions')}`);
    expect(await statusOf('field_31')).toBe('rejected');
    expect(await leaving().count()).toBe(0);
    clean();
  });

  test('a change of the map that cannot be saved is asked about, and kept by who stays', async () => {
    const { page, at, follow, theySettle, statusOf } = edited();
    await page.goto(at('map'));
    await page.getByLabel('Search fields, reasons, values').fill('field_32');
    await expect.poll(() => page.getByRole('grid').getByRole('row').count(), patient).toBe(2);
    await theySettle('field_33', 'confirmed');
    await page.getByRole('grid').focus();
    await page.keyboard.press('r');
    await follow('Decisions');
    await leaving().waitFor();
    await leaving().getByRole('button', { name: 'Stay on the page' }).last().click();
    await page.getByRole('button', { name: 'Apply mine to the newest version' }).click();
    await page.getByText('All saved').waitFor();
    expect([await statusOf('field_32'), await statusOf('field_33')]).toEqual(['rejected', 'confirmed']);
    clean();
  });

  test('transforms that are being typed are asked about', async () => {
    const { page, at, follow } = edited();
    await page.goto(at('map'));
    await page.getByLabel('Search fields, reasons, values').fill('field_34');
    await expect.poll(() => page.getByRole('grid').getByRole('row').count(), patient).toBe(2);
    await page.getByRole('grid').focus();
    await page.keyboard.press('t');
    await page.getByRole('combobox', { name: 'Add a transform' }).fill('trim');
    await page.getByRole('option', { name: 'trim', exact: true }).click();
    await follow('Discovery');
    await leaving().waitFor();
    await page.keyboard.press('Escape');
    await leaving().waitFor({ state: 'detached' });
    await page.getByRole('group', { name: 'Step 1: trim' }).waitFor();
    await page.getByRole('button', { name: 'Back to what is saved' }).click();
    await follow('Discovery');
    await page.waitForURL(`**${at('discovery')}`);
    clean();
  });

  test('a plan file that is being typed stays until the person says that it may go', async () => {
    const { page, at, follow, text } = edited();
    await page.goto(at('decisions'));
    await page.getByRole('heading', { level: 1, name: 'Decisions' }).waitFor();
    await follow('Plan file');
    await file().waitFor();
    const mine = (await file().inputValue()).replace('the same name, 5\n', 'the same name, typed\n');
    await file().fill(mine);
    await follow('Map');
    await leaving().waitFor();
    expect(await leaving().getByRole('button', { name: 'Stay on the page' }).last().evaluate((element) => element.matches(':focus'))).toBe(true);
    await inspectPage(page, 'leave');
    await page.keyboard.press('Enter');
    await leaving().waitFor({ state: 'detached' });
    expect([here(), await file().inputValue()]).toEqual([at('file'), mine]);
    await page.evaluate('history.back()'); // the browser's own way back
    await leaving().waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(here, patient).toBe(at('file'));
    expect(await file().inputValue()).toBe(mine);
    await follow('Map');
    await leaving().getByRole('button', { name: 'Leave, and drop it' }).click();
    await page.waitForURL(`**${at('map')}`);
    await follow('Plan file');
    await file().waitFor();
    expect(await file().inputValue()).toBe(await text());
    clean();
  });

  test('answers that are chosen and not saved are asked about, in a card and in a queue', async () => {
    const { page, at, follow } = edited();
    await page.goto(at('decisions'));
    await page.getByRole('region', { name: 'How are they written?' }).getByRole('radio', { name: /^In capitals/ }).check();
    await follow('Map');
    await leaving().getByRole('button', { name: 'Leave, and drop it' }).click();
    await page.waitForURL(`**${at('map')}`);
    await follow('Decisions');
    const queue = page.getByRole('region', { name: 'Lists', exact: true });
    await queue.getByRole('combobox', { name: 'What is the list north?' }).click();
    await page.getByRole('option', { name: /^A pipeline/ }).click();
    await page.getByRole('link', { name: /^Lists \(/ }).click(); // a place on the same page
    await follow('Map');
    await leaving().getByRole('button', { name: 'Stay on the page' }).last().click();
    await queue.getByText('not saved', { exact: true }).waitFor();
    await queue.getByRole('button', { name: 'Forget what is not saved' }).click();
    await follow('Map');
    await page.waitForURL(`**${at('map')}`);
    clean();
  });

  test('a page that is closed with something typed asks in the browser\'s own way', async () => {
    const { browser, server, at } = edited();
    const { page, context } = await openPage(browser, server.url);
    await signInByForm(page, server.emailOf('reviewer'), ownerPassword);
    const asked: string[] = [];
    page.removeAllListeners('dialog');
    page.on('dialog', (dialog) => { asked.push(dialog.type()); void dialog.accept(); });
    await page.goto(at('file'));
    await file(page).click();
    await page.keyboard.type('#');
    await page.reload();
    await file(page).waitFor();
    expect(asked).toEqual(['beforeunload']);
    await page.reload(); // nothing typed: nothing asked
    await file(page).waitFor();
    expect(asked).toEqual(['beforeunload']);
    await context.close();
  });

  test('a session that ends takes nothing from the page: the same person signs in over it and saves', async () => {
    const { page, at, server, endSession, text } = edited();
    const mine = await typeInFile('five, typed before the session ended');
    await endSession();
    await page.getByRole('button', { name: 'Save as a new version' }).click();
    await over().waitFor();
    await inspectPage(page, 'session-over');
    await page.keyboard.press('Escape');
    expect([await over().count(), here(), await file().inputValue()]).toEqual([1, at('file'), mine]);
    expect(await over().getByLabel('E-mail address').inputValue()).toBe(server.emailOf('owner'));
    await over().locator('input[type=password]').fill('wrong');
    await over().getByRole('button', { name: 'Sign in' }).click();
    await over().getByText('address or password is wrong', { exact: true }).waitFor();
    await signInAgain(server.emailOf('owner'));
    await over().waitFor({ state: 'detached' });
    expect(await file().inputValue()).toBe(mine);
    await page.getByRole('button', { name: 'Save as a new version' }).click();
    await page.getByText(/^Saved as version \d+\.$/).waitFor();
    expect(await text()).toBe(mine);
    clean();
  });

  test('what the page itself finds out in the background is asked the same way', async () => {
    const { page, server, endSession, focus } = edited();
    const mine = await typeInFile('five, typed while nobody looked');
    await endSession();
    await expect.poll(async () => { await focus(); return over().count(); }, patient).toBe(1);
    await signInAgain(server.emailOf('owner'));
    await over().waitFor({ state: 'detached' });
    expect(await file().inputValue()).toBe(mine);
    await page.getByRole('button', { name: 'Back to what is saved' }).click();
    clean();
  });

  test('another person who signs in gets a page of their own, without what was typed', async () => {
    const { page, at, server, endSession, text } = edited();
    await typeInFile('five of the person before');
    await endSession();
    await page.getByRole('button', { name: 'Save as a new version' }).click();
    await signInAgain(server.emailOf('reviewer'));
    await page.getByRole('button', { name: /· reviewer$/ }).waitFor();
    await file().waitFor();
    expect([here(), await file().inputValue()]).toEqual([at('file'), await text()]);
    expect(await text()).not.toContain('five of the person before');
    clean();
  });

  test('who signs in comes to the page they asked for, and to no other place than this console', async () => {
    const { browser, server, at } = edited();
    const visit = async (address: string): Promise<string> => {
      const { page, context } = await openPage(browser, server.url);
      await page.goto(address);
      await page.getByLabel('E-mail address').fill(server.emailOf('reviewer'));
      await page.locator('input[type=password]').fill(ownerPassword);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('button', { name: /· reviewer$/ }).waitFor();
      const { origin, pathname } = new URL(page.url());
      await context.close();
      return origin === server.url ? pathname : origin;
    };
    expect(await visit(at('decisions'))).toBe(at('decisions'));
    for (const evil of ['//evil.example/x', 'https://evil.example/x', '/\\evil.example']) expect(await visit(`/sign-in?from=${encodeURIComponent(evil)}`)).toBe('/');
  });
});
