import { describe, expect, test } from 'vitest';
import type { PlanView } from '../../src/server/schemas/plan.ts';
import { inspectPage } from '../support/browser.ts';
import { skipReason } from '../support/chromium.ts';
import { withEditedPlan } from '../support/edited-plan.ts';

const patient = { timeout: 120_000 };

/** Two people on one plan: nobody's work is written over unseen. */
describe.skipIf(skipReason !== null)(`two people on one plan${skipReason === null ? '' : ` (${skipReason})`}`, () => {
  const edited = withEditedPlan();
  const answerOf = async (id: string): Promise<unknown> => (await edited().plan()).decisions.find((decision: PlanView['decisions'][number]) => decision.id === id)?.answer;
  const file = () => edited().page.getByLabel('Plan as YAML');
  const clean = (): void => expect(edited().watched.troubles).toEqual([]);
  const toFile = async (): Promise<void> => {
    await edited().page.goto(edited().at('file'));
    await file().waitFor();
  };

  test('a plan file that somebody else changed meanwhile is a conflict until it is settled, however often it is saved', async () => {
    const { page, text, theySettle, statusOf } = edited();
    await toFile();
    const mine = (await file().inputValue()).replace('the same name, 5\n', 'the same name, five of mine\n');
    await file().fill(mine);
    await theySettle('field_3', 'confirmed');
    await page.getByRole('button', { name: 'Save as a new version' }).click();
    const conflict = page.getByRole('alert').filter({ hasText: /Somebody else saved version \d+ meanwhile/ });
    await conflict.waitFor();
    await expect.poll(() => conflict.getByRole('row').count(), patient).toBe(3); // the head, their line and mine
    await conflict.getByRole('row').filter({ hasText: 'they changed it' }).filter({ hasText: 'status: confirmed' }).waitFor();
    await conflict.getByRole('row').filter({ hasText: 'you changed it' }).filter({ hasText: 'five of mine' }).waitFor();
    expect(await page.getByRole('button', { name: 'Save as a new version' }).isDisabled()).toBe(true);
    expect(await file().inputValue()).toBe(mine);
    expect([await statusOf('field_3'), await text()]).toEqual(['confirmed', expect.not.stringContaining('five of mine')]);
    await inspectPage(page, 'file-conflict');

    // Again somebody is quicker: what was not seen is not written over.
    await theySettle('field_4', 'confirmed');
    await conflict.getByRole('button', { name: 'Put mine over it' }).click();
    await expect.poll(() => conflict.getByRole('row').filter({ hasText: 'they changed it' }).count(), patient).toBe(2);
    expect(await statusOf('field_4')).toBe('confirmed');
    await conflict.getByRole('button', { name: 'Put mine over it' }).click();
    await page.getByText(/^Saved as version \d+\.$/).waitFor();
    expect(await text()).toBe(mine);
    expect([await statusOf('field_3'), await statusOf('field_4')]).toEqual(['proposed', 'proposed']);
    clean();
  }, 240_000);

  test('what was typed can be dropped for the newest version, which the page follows until something is typed', async () => {
    const { page, text, theySettle, focus } = edited();
    await toFile();
    await file().fill((await file().inputValue()).replace('the same name, 6\n', 'the same name, six of mine\n'));
    await theySettle('field_7', 'confirmed');
    await page.getByRole('button', { name: 'Save as a new version' }).click();
    await page.getByRole('button', { name: 'Take the newest (drop mine)' }).click();
    await expect.poll(async () => await file().inputValue() === await text(), patient).toBe(true);
    expect(await file().inputValue()).not.toContain('six of mine');
    await theySettle('field_8', 'confirmed');
    await expect.poll(async () => { await focus(); return await file().inputValue() === await text(); }, patient).toBe(true);
    clean();
  }, 240_000);

  test('changes of one\'s own on the map are no conflict in the file afterwards', async () => {
    const { page, at, follow, text } = edited();
    await toFile();
    await follow('Map');
    await page.getByRole('grid').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('r');
    await page.getByText('All saved').waitFor();
    await follow('Plan file');
    await page.waitForURL(`**${at('file')}`);
    await expect.poll(async () => await file().inputValue() === await text(), patient).toBe(true);
    await file().fill((await file().inputValue()).replace('the same name, 9\n', 'the same name, nine\n'));
    await page.getByRole('button', { name: 'Save as a new version' }).click();
    await page.getByText(/^Saved as version \d+\.$/).waitFor();
    expect(await text()).toContain('the same name, nine\n');
    clean();
  }, 240_000);

  test('a decision that somebody answered after it was seen is shown before it is written over', async () => {
    const { page, at, theyAnswer, focus } = edited();
    await page.goto(at('decisions'));
    const card = page.getByRole('region', { name: 'How are they written?' });
    await card.getByRole('radio', { name: /^In capitals/ }).check();
    await theyAnswer({ how: 'a' });
    // The page reads the plan anew when its window comes to the front: its base is the newest then.
    await expect.poll(async () => { await focus(); return card.getByRole('alert').count(); }, patient).toBe(1);
    const row = card.getByRole('alert').getByRole('row').last();
    expect(await row.getByRole('cell').allInnerTexts()).toEqual(['How are they written?', 'open', 'As they are', 'In capitals']);
    expect(await card.getByRole('button', { name: 'Save the answer' }).isDisabled()).toBe(true);
    await inspectPage(page, 'decision-conflict');
    await card.getByRole('button', { name: 'Put mine over theirs' }).click();
    await expect.poll(() => answerOf('how'), patient).toBe('b');
    await expect.poll(() => card.getByRole('alert').count(), patient).toBe(0);

    // Nothing chosen: the page follows the plan.
    await theyAnswer({ how: 'a' });
    await expect.poll(async () => { await focus(); return card.getByRole('radio', { name: /^As they are/ }).isChecked(); }, patient).toBe(true);

    // Chosen, and not read anew: the server refuses, and nothing is written over.
    await card.getByRole('radio', { name: /^In capitals/ }).check();
    await theyAnswer({ how: 'of their own' });
    await card.getByRole('button', { name: 'Save the answer' }).click();
    await card.getByRole('alert').getByRole('cell', { name: 'of their own', exact: true }).waitFor();
    expect(await answerOf('how')).toBe('of their own');
    await card.getByRole('button', { name: 'Take theirs (drop mine)' }).click();
    await expect.poll(() => card.getByRole('textbox').inputValue(), patient).toBe('of their own');
    clean();
  }, 240_000);

  test('answers of a queue are held against those that were seen, one by one', async () => {
    const { page, at, theyAnswer, focus } = edited();
    await page.goto(at('decisions'));
    const queue = page.getByRole('region', { name: 'Lists', exact: true });
    for (const list of ['north', 'south']) {
      await queue.getByRole('combobox', { name: `What is the list ${list}?` }).click();
      await page.getByRole('option', { name: /^A pipeline/ }).click();
    }
    await theyAnswer({ 'list:north': 'tag', 'list:west': 'tag' });
    await expect.poll(async () => { await focus(); return queue.getByRole('alert').count(); }, patient).toBe(1);
    expect(await queue.getByRole('alert').getByRole('row').last().getByRole('cell').allInnerTexts()).toEqual(['north', 'open', 'A tag', 'A pipeline']);
    await inspectPage(page, 'queue-conflict');
    expect(await queue.getByRole('button', { name: 'Save 2 answers' }).isDisabled()).toBe(true);
    await queue.getByRole('button', { name: 'Take theirs (drop mine)' }).click();
    await queue.getByRole('button', { name: 'Save 1 answer' }).click();
    await expect.poll(() => answerOf('list:south'), patient).toBe('pipeline');
    expect([await answerOf('list:north'), await answerOf('list:west')]).toEqual(['tag', 'tag']);
    clean();
  }, 240_000);

  test('the server itself refuses an answer over one that was not seen', async () => {
    const { reviewer, migration, plan, theyAnswer } = edited();
    const send = async (seen: object) => reviewer.call('POST', `/api/projects/${migration.project}/plan/answers`, { base: (await plan()).state.hash, answers: { how: 'b' }, seen });
    await theyAnswer({ how: 'a' });
    const refused = await send({ how: null });
    expect([refused.status, refused.body]).toMatchObject([409, { error: { code: 'answer-changed', message: expect.stringContaining('how: "a"') } }]);
    expect(await answerOf('how')).toBe('a');
    expect((await send({ how: 'a' })).status).toBe(200);
    expect(await answerOf('how')).toBe('b');
  });

  test('a conflict on the map names each line: what it was, what it is, what it would be', async () => {
    const { page, at, theySettle, statusOf } = edited();
    await page.goto(at('map'));
    await page.getByLabel('Search fields, reasons, values').fill('field_21');
    await expect.poll(() => page.getByRole('grid').getByRole('row').count(), patient).toBe(2);
    await theySettle('field_21', 'confirmed');
    await page.getByRole('grid').focus();
    await page.keyboard.press('r');
    const conflict = page.getByRole('alert').filter({ hasText: 'Somebody else saved the plan meanwhile' });
    await expect.poll(() => conflict.getByRole('row').last().getByRole('cell').allInnerTexts(), patient).toEqual(['contact field_21 → res.partner field_21', 'to review', 'confirmed', 'left out']);
    await inspectPage(page, 'map-conflict-lines');
    await conflict.getByRole('button', { name: 'Drop mine' }).click();
    expect(await statusOf('field_21')).toBe('confirmed');
    clean();
  }, 240_000);

  test('a plan file with mistakes is opened from a file, each mistake leads to its line, and what was there comes back', async () => {
    const { page, text } = edited();
    await toFile();
    const lines = (await text()).split('\n');
    const wrong = lines.findLastIndex((line) => line.includes('status: proposed'));
    expect(wrong).toBeGreaterThan(300); // far below what is in view
    await file().fill(lines.with(0, `${lines[0] ?? ''} # typed`).join('\n'));
    const broken = lines.with(wrong, lines[wrong]?.replace('proposed', 'perhaps') ?? '').join('\r\n');
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: 'Open a plan file' }).click()]);
    await chooser.setFiles({ name: 'edited.plan.yaml', mimeType: 'application/yaml', buffer: Buffer.from(broken) });
    await page.getByText('edited.plan.yaml is open here, and not saved yet.').waitFor();
    await page.getByRole('button', { name: 'Save as a new version' }).click();
    const mark = page.getByRole('button', { name: `line ${wrong + 1}`, exact: true });
    await mark.click();
    // The selected line is in the text's window, and that in the browser's; its number stands beside it.
    const place = await file().evaluate((element, line) => {
      const area = element as unknown as { value: string; selectionStart: number; selectionEnd: number; scrollTop: number; clientHeight: number; getBoundingClientRect(): { top: number } };
      const top = 8 + (line - 1) * 20 - area.scrollTop;
      return { selected: area.value.slice(area.selectionStart, area.selectionEnd), inArea: top >= 0 && top + 20 <= area.clientHeight, top: area.getBoundingClientRect().top + top, scrolled: area.scrollTop, height: (globalThis as unknown as { innerHeight: number }).innerHeight };
    }, wrong + 1);
    expect(place.selected).toContain('status: perhaps');
    expect(place.inArea).toBe(true);
    expect(place.scrolled).toBeGreaterThan(1_000);
    expect(place.top).toBeGreaterThan(0);
    expect(place.top).toBeLessThan(place.height - 20);
    const number = await page.locator('.numbered-gutter i').boundingBox();
    expect(Math.abs((number?.y ?? 0) - place.top)).toBeLessThan(2);
    await inspectPage(page, 'file-mistake');
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download' }).click()]);
    expect(download.suggestedFilename()).toMatch(/\.plan\.yaml$/);
    await page.getByRole('button', { name: 'Back to what was here before' }).click();
    expect((await file().inputValue()).split('\n')[0]).toContain('# typed');
    await page.getByRole('button', { name: 'Back to what is saved' }).click();
    expect(await file().inputValue()).toBe(await text());
    const [again] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: 'Open a plan file' }).click()]);
    await again.setFiles({ name: 'picture.yaml', mimeType: 'application/yaml', buffer: Buffer.from([0xff, 0xfe, 0x80]) });
    await page.getByText('picture.yaml is not UTF-8 text.').waitFor();
    clean();
  }, 240_000);
});
