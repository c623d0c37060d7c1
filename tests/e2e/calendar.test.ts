import type { Browser, Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { dayColumn, dragTo, placeOf, pointOf } from '../support/calendar.ts';
import { type Host, startHost } from '../support/host.ts';

let browser: Browser;
let host: Host;
let page: Page;
beforeAll(async () => {
  browser = await launchBrowser();
  host = await startHost({ args: ['--practice'] });
  page = await browser.newPage({ viewport: { width: 1680, height: 1000 } });
  page.setDefaultTimeout(15_000);
  await page.goto(host.url);
  await page.getByTestId('first-run-es').click();
  await page.getByTestId('nav-calendar').click();
  await page.getByTestId('calendar-next').click();
});
afterAll(async () => {
  await browser?.close();
  await host?.stop();
});
const chip = (words: string): Locator => page.getByTestId('chip').filter({ hasText: words });
const draft = (words: string): Locator => page.getByTestId('draft-card').filter({ hasText: words });
const dayAt = async (n: number): Promise<string> => (await dayColumn(page, n).getAttribute('data-day')) ?? '';
async function paste(lines: string[], tier?: string): Promise<void> {
  await page.getByTestId('open-bulk').click();
  await page.getByTestId('bulk-content').fill(lines.join('\n'));
  if (tier) await page.getByRole('dialog').locator('select').first().selectOption(tier);
  await page.getByTestId('bulk-preview').click();
  await page.getByTestId('bulk-commit').click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await draft(lines.at(-1) ?? '').waitFor();
}

describe('the calendar, by mouse and by keyboard', () => {
  it('takes drafts from a paste, in by drag, to another hour, out again, and back by Ctrl Z', async () => {
    await page.getByTestId('empty-week').waitFor();
    await paste(['Primera línea', '', 'Segunda línea', 'Tercera 😀']);
    await dragTo(page, draft('Segunda'), 2, '10:00');
    await chip('Segunda').waitFor();
    expect(await placeOf(chip('Segunda'))).toEqual({ day: await dayAt(2), time: '10:00' });
    expect(await page.getByTestId('draft-card').count()).toBe(2);
    expect(await page.getByTestId('empty-week').count()).toBe(0);
    await dragTo(page, chip('Segunda'), 4, '11:30');
    await expect.poll(() => placeOf(chip('Segunda'))).toEqual({ day: await dayAt(4), time: '11:30' });
    await chip('Segunda').dragTo(page.getByTestId('tray'));
    await chip('Segunda').waitFor({ state: 'detached' });
    expect(await page.getByTestId('draft-card').count()).toBe(3);
    await page.keyboard.press('Control+z');
    await expect.poll(() => placeOf(chip('Segunda'))).toEqual({ day: await dayAt(4), time: '11:30' });
  });
  it('moves a chip by M, arrows and Enter, and takes it off with Delete', async () => {
    await chip('Segunda').focus();
    await page.keyboard.press('m');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowLeft');
    expect(await page.getByTestId('move-words').textContent()).toMatch(/12:00/);
    await page.getByTestId('place').waitFor();
    expect(await page.locator('.band.fits').count()).toBeGreaterThan(0);
    await page.keyboard.press('Enter');
    await expect.poll(() => placeOf(chip('Segunda'))).toEqual({ day: await dayAt(3), time: '12:00' });
    await expect.poll(() => chip('Segunda').evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press('m');
    await page.keyboard.press('Shift+ArrowUp');
    expect(await page.getByTestId('move-words').textContent()).toMatch(/11:55/);
    await page.keyboard.press('Escape');
    expect((await placeOf(chip('Segunda'))).time).toBe('12:00');
    await page.keyboard.press('Delete');
    await chip('Segunda').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+z');
    await chip('Segunda').waitFor();
  });
  it('goes from chip to chip by arrows, with one tab stop for all', async () => {
    await dragTo(page, draft('Primera'), 1, '09:00');
    await dragTo(page, draft('Tercera'), 1, '16:00');
    await chip('Tercera').waitFor();
    expect(await page.locator('.day-col [tabindex="0"]').count()).toBe(1);
    await chip('Primera').focus();
    const here = (): Promise<string | null> => page.evaluate(() => document.activeElement?.textContent ?? null);
    await page.keyboard.press('ArrowDown');
    expect(await here()).toContain('Tercera');
    await page.keyboard.press('ArrowRight');
    expect(await here()).toContain('Segunda');
    // J and K go through the posts in order of time, from day to day.
    await page.keyboard.press('k');
    expect(await here()).toContain('Tercera');
    await page.keyboard.press('k');
    expect(await here()).toContain('Primera');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    expect(await here()).toContain('Segunda');
    expect(await page.locator('.day-col [tabindex="0"]').count()).toBe(1);
    await page.keyboard.press('Enter');
    await page.getByTestId('composer-close').click();
  });
  it('says while dragging what dropping would do, by five minutes with Shift, and nothing moves after Escape', async () => {
    // The place first: it may scroll the grid, and with it the chip.
    const { column, position } = await pointOf(page, 2, 13 * 60);
    const box = await chip('Primera').boundingBox();
    const area = await column.boundingBox();
    if (!box || !area) throw new Error('not on the screen');
    await page.mouse.move(box.x + 40, box.y + 6);
    await page.mouse.down();
    await page.mouse.move(box.x + 60, box.y + 12, { steps: 3 });
    await page.mouse.move(area.x + position.x, area.y + position.y, { steps: 6 });
    await page.mouse.move(area.x + position.x + 2, area.y + position.y);
    await expect.poll(() => page.getByTestId('drag-words').textContent()).toMatch(/13:00.*cabe/);
    expect(await page.locator('[aria-live="polite"]').filter({ hasText: '13:00' }).count()).toBeGreaterThan(0);
    await page.keyboard.down('Shift');
    await page.mouse.move(area.x + position.x + 4, area.y + position.y + 1);
    await page.mouse.move(area.x + position.x + 3, area.y + position.y + 1);
    await expect.poll(() => page.getByTestId('drag-words').textContent()).toMatch(/13:05/);
    await page.keyboard.up('Shift');
    await page.keyboard.press('Escape');
    await page.mouse.up();
    await page.getByTestId('drag-words').waitFor({ state: 'detached' });
    expect((await placeOf(chip('Primera'))).time).toBe('09:00');
  });
  it('exchanges with a post of the same tier, both moves said, and one undo', async () => {
    const [first, second] = [await placeOf(chip('Primera')), await placeOf(chip('Segunda'))];
    await dragTo(page, chip('Primera'), second.day, second.time);
    await expect.poll(() => placeOf(chip('Primera'))).toEqual(second);
    await expect.poll(() => placeOf(chip('Segunda'))).toEqual(first);
    await page.keyboard.press('Control+z');
    await expect.poll(() => placeOf(chip('Primera'))).toEqual(first);
    await expect.poll(() => placeOf(chip('Segunda'))).toEqual(second);
  });
  it('refuses in words what breaks the rule, and offers what can be done', async () => {
    await paste(['Prémium uno', 'Prémium dos', 'Prémium tres'], 'premium');
    // A day's head and its bands say the same of what is being moved.
    await draft('Prémium uno').focus();
    await page.keyboard.press('m');
    await page.locator('.moving-hint').waitFor();
    for (let i = 0; i < 7; i += 1) await page.keyboard.press('ArrowRight');
    const said = (): Promise<string[]> => page.locator('.day-col').evaluateAll((days) => days.map((day) => `${day.querySelector('.band.fits') !== null} ${/cabe/.test(document.getElementById(`head-${day.getAttribute('data-day')}`)?.textContent ?? '')}`));
    await expect.poll(said).toContain('true true');
    await expect.poll(async () => (await said()).filter((each) => each !== 'true true' && each !== 'false false')).toEqual([]);
    expect(await page.locator('.day-head .counts', { hasText: /P 0\/0/ }).count()).toBe(0);
    await page.keyboard.press('Escape');
    await dragTo(page, draft('Prémium uno'), 5, '10:00');
    await chip('Prémium uno').waitFor();
    await dragTo(page, draft('Prémium dos'), 5, '12:00');
    await chip('Prémium dos').waitFor();
    const { column, position } = await pointOf(page, 5, 11 * 60);
    const box = await draft('Prémium tres').boundingBox();
    const area = await column.boundingBox();
    if (!box || !area) throw new Error('not on the screen');
    await page.mouse.move(box.x + 60, box.y + 12);
    await page.mouse.down();
    await page.mouse.move(box.x + 40, box.y + 20, { steps: 3 });
    await page.mouse.move(area.x + position.x, area.y + position.y, { steps: 6 });
    await page.mouse.move(area.x + position.x + 1, area.y + position.y);
    await expect.poll(() => page.getByTestId('drag-words').textContent()).toMatch(/prémium está completo/);
    await page.mouse.up();
    await page.getByTestId('refusal').waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('refusal').waitFor({ state: 'detached' });
    await draft('Prémium tres').waitFor();
  });
  it('folds unused hours, says how many posts they hide, and opens them while dragging', async () => {
    await page.getByTestId('fold-after').click();
    await dragTo(page, chip('Tercera'), 4, '21:30');
    await expect.poll(() => placeOf(chip('Tercera'))).toEqual({ day: await dayAt(4), time: '21:30' });
    await page.getByTestId('fold-after').click();
    await chip('Tercera').waitFor({ state: 'detached' });
    expect(await page.getByTestId('fold-after').textContent()).toMatch(/1 entrada/);
    await page.keyboard.press('Escape');
  });
  it('shows a day with its details, the month, and the list', async () => {
    await page.locator('label', { hasText: 'Día' }).click();
    const title = page.locator('.cal-title');
    await page.locator('label', { hasText: 'Mes' }).click();
    await page.getByTestId(`day-${(await page.locator('.month-cell:has(.tag), .month-cell:has(.stack)').last().getAttribute('data-testid'))?.slice(4)}`).click();
    await page.getByTestId('chip').first().click();
    await page.getByTestId('day-panel').waitFor();
    expect(await title.textContent()).toMatch(/\d/);
    await page.getByTestId('panel-move').click();
    await page.keyboard.press('ArrowDown');
    expect(await page.getByTestId('move-words').textContent()).toMatch(/:15|:30|:45|:00/);
    await page.keyboard.press('Escape');
    await page.locator('label', { hasText: 'Lista' }).click();
    await page.getByTestId('list-row').first().waitFor();
    await page.locator('label', { hasText: 'Semana' }).click();
    await page.getByTestId('calendar-grid').waitFor();
  });
  it('gives the tray a drawer where the window is narrow', async () => {
    await page.setViewportSize({ width: 840, height: 700 });
    await page.getByTestId('open-tray').click();
    await page.getByTestId('tray').waitFor();
    await page.keyboard.press('Escape');
    await page.setViewportSize({ width: 1680, height: 1000 });
    await page.getByTestId('tray').waitFor();
  });
  it('pauses with a reason and says so across the window', async () => {
    await page.getByTestId('pause').click();
    await page.getByRole('dialog').getByRole('textbox').fill('revisión de contenidos');
    await page.getByRole('dialog').getByRole('button', { name: 'Pausar' }).click();
    await page.getByTestId('paused').getByText('revisión de contenidos').waitFor();
    await page.getByRole('button', { name: 'Reanudar' }).click();
    await page.getByTestId('paused').waitFor({ state: 'detached' });
  });
});
