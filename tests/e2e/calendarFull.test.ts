import type { Browser, Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, dayOf, instantToWall, weekOf } from '../../src/shared/domain/time.ts';
import { dragTo, placeOf } from '../support/calendar.ts';
import type { Host } from '../support/host.ts';
import { endPractice, startPractice } from '../support/practice.ts';
import { clock, plan, rpc } from '../support/rpc.ts';

const A_DAY = 45;
const DAYS = 7;
/** A host of a machine that is busy takes its time. */
const SOON = { timeout: 10_000 };
let browser: Browser;
let host: Host;
let page: Page;
/** The Monday of the week after next: nothing of it is past. */
let monday: string;
beforeAll(async () => {
  ({ browser, host } = await startPractice());
  page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
  page.setDefaultTimeout(15_000);
  await page.goto(host.url);
  await page.getByTestId('first-run-es').click();
  await page.getByTestId('nav-calendar').click();
  await page.getByTestId('calendar-grid').waitFor();
  const [account] = await rpc(page, 'accounts.list', {});
  if (!account) throw new Error('no practice account');
  monday = addDays(weekOf(new Date().toISOString().slice(0, 10)).start, 14);
  const full = Array.from({ length: DAYS }, (_, d) => Array.from({ length: A_DAY }, (_each, i) => ({ text: `Entrada ${d}-${i} del cierre contable`, tier: 'free', day: addDays(monday, d), time: clock(480 + i * 15) }))).flat();
  const near = [['Justo uno', '09:00'], ['Justo dos', '09:00'], ['Cerca uno', '10:05'], ['Cerca dos', '10:10'], ['Cerca tres', '10:20']] as const;
  const notices = [['Aviso uno', 2, '19:45'], ['Aviso dos', 4, '19:45']] as const;
  await plan(page, account.id, [...full, ...notices.map(([text, d, time]) => ({ text, tier: 'status', day: addDays(monday, d), time })), ...near.map(([text, time]) => ({ text, tier: 'free', day: addDays(monday, 1), time }))]);
  await page.getByTestId('calendar-next').click();
  await page.getByTestId('calendar-next').click();
  await page.waitForFunction((n) => document.querySelectorAll('[data-testid="chip"]').length === n, A_DAY * DAYS + near.length + notices.length);
});
afterAll(() => endPractice({ browser, host }));
const chip = (words: string): Locator => page.getByTestId('chip').filter({ hasText: words });

/** Chips of a day that cover another, or whose words have less room than a few letters. */
const crowded = (): Promise<string[]> => page.evaluate(() => [...document.querySelectorAll('.day-col')].flatMap((column) => {
  const chips = [...column.querySelectorAll<HTMLElement>('.chip')].map((each) => ({ each, box: each.getBoundingClientRect() })).sort((a, b) => a.box.top - b.box.top);
  return chips.flatMap(({ each, box }, i) => {
    const before = chips[i - 1];
    const words = each.querySelector('.tx')?.getBoundingClientRect().width ?? 0;
    return (before && before.box.bottom > box.top + 0.5) || words < 40 ? [each.textContent ?? ''] : [];
  });
}));

describe('a week of 315 posts', () => {
  it('gives every post a line of its own, those of the same minute too, in week and day', async () => {
    expect(await crowded()).toEqual([]);
    await page.getByTestId(`day-${addDays(monday, 1)}`).locator('.chip').first().waitFor();
    await page.locator(`#head-${addDays(monday, 1)} .name`).click();
    await page.locator('.cgrid.wide').waitFor();
    await expect.poll(() => page.getByTestId('chip').count(), SOON).toBe(A_DAY + 5);
    expect(await crowded()).toEqual([]);
    await page.locator('label', { hasText: 'Semana' }).click();
    await expect.poll(() => page.getByTestId('chip').count(), SOON).toBe(A_DAY * DAYS + 7);
  });
  it('lets each of them be grabbed, and exchanges with the one that is pointed at', async () => {
    await dragTo(page, chip('Justo dos'), addDays(monday, 3), '19:30');
    await expect.poll(() => placeOf(chip('Justo dos')), SOON).toEqual({ day: addDays(monday, 3), time: '19:30' });
    // Of the two that still stand at nine, the second line is the one it lands on.
    const second = page.getByTestId(`day-${addDays(monday, 1)}`).locator('.chip').filter({ hasText: '09:00' }).nth(1);
    const words = (await second.locator('.tx').textContent()) ?? '';
    await second.scrollIntoViewIfNeeded();
    const from = await chip('Cerca tres').boundingBox();
    const to = await second.boundingBox();
    if (!from || !to) throw new Error('not on the screen');
    await page.mouse.move(from.x + 40, from.y + 6);
    await page.mouse.down();
    await page.mouse.move(from.x + 50, from.y + 10, { steps: 3 });
    await page.mouse.move(to.x + 40, to.y + 6, { steps: 6 });
    await page.mouse.move(to.x + 42, to.y + 7);
    await expect.poll(() => page.getByTestId('drag-words').textContent(), SOON).toContain(words.slice(0, 12));
    await page.mouse.up();
    await expect.poll(() => placeOf(chip('Cerca tres')), SOON).toEqual({ day: addDays(monday, 1), time: '09:00' });
    await page.keyboard.press('Control+z');
    await expect.poll(() => placeOf(chip('Cerca tres')), SOON).toEqual({ day: addDays(monday, 1), time: '10:20' });
  });
  it('names every state in the legend without cutting a word', async () => {
    const cut = (): Promise<string[]> => page.evaluate(() => [...document.querySelectorAll<HTMLElement>('.legend .key-chip')].filter((key) => key.scrollWidth > key.clientWidth).map((key) => key.textContent ?? ''));
    for (const size of [{ width: 1280, height: 800 }, { width: 1920, height: 1080 }]) {
      await page.setViewportSize(size);
      expect(await cut()).toEqual([]);
    }
  });
});

describe('the focus on a full week', () => {
  const focused = (): Promise<string> => page.evaluate(() => document.activeElement?.querySelector('.tx')?.textContent ?? document.activeElement?.outerHTML.slice(0, 120) ?? '');
  it('goes to the neighbour when a post is taken off, and back to it with the undo', async () => {
    await page.setViewportSize({ width: 1280, height: 1000 });
    await chip('Entrada 3-5 ').focus();
    await page.keyboard.press('Delete');
    await chip('Entrada 3-5 ').waitFor({ state: 'detached' });
    await expect.poll(focused, SOON).toContain('Entrada 3-6 ');
    await page.keyboard.press('Control+z');
    await chip('Entrada 3-5 ').waitFor();
    await expect.poll(focused, SOON).toContain('Entrada 3-5 ');
  });
  it('goes to the neighbour when a post is deleted from its editor, and comes back when it only was looked at', async () => {
    await chip('Entrada 3-7 ').focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('composer-text').waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('composer').waitFor({ state: 'detached' });
    await expect.poll(focused, SOON).toContain('Entrada 3-7 ');
    await page.keyboard.press('Enter');
    await page.getByTestId('composer-delete').click();
    await chip('Entrada 3-7 ').waitFor({ state: 'detached' });
    await expect.poll(focused, SOON).toContain('Entrada 3-8 ');
    await page.getByTestId('undo').last().click();
    await chip('Entrada 3-7 ').waitFor();
    await expect.poll(focused, SOON).toContain('Entrada 3-7 ');
  });
  it('goes with a post that is moved by keys, out of the week on show too', async () => {
    await chip('Entrada 3-20 ').focus();
    await page.keyboard.press('m');
    await page.getByTestId('move-words').waitFor();
    for (let i = 0; i < 5; i += 1) await page.keyboard.press('ArrowRight');
    await page.getByTestId(`day-${addDays(monday, 8)}`).waitFor();
    await expect.poll(() => page.getByTestId('move-words').textContent(), SOON).toMatch(/cabe/);
    await page.keyboard.press('Enter');
    await page.getByTestId(`day-${addDays(monday, 8)}`).locator('.chip', { hasText: 'Entrada 3-20 ' }).waitFor();
    await expect.poll(focused, SOON).toContain('Entrada 3-20 ');
    await page.keyboard.press('Control+z');
    await chip('Entrada 3-20 ').waitFor({ state: 'detached' });
    await page.getByTestId('calendar-prev').click();
    await chip('Entrada 3-20 ').waitFor();
  });
  it('goes to the neighbour from the panel of the day', async () => {
    await page.locator(`#head-${addDays(monday, 3)} .name`).click();
    await page.locator('.cgrid.wide').waitFor();
    await chip('Entrada 3-9 ').focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('day-panel').getByRole('button', { name: 'Borrar' }).click();
    await chip('Entrada 3-9 ').waitFor({ state: 'detached' });
    await expect.poll(focused, SOON).toContain('Entrada 3-10 ');
    await page.keyboard.press('Control+z');
    await chip('Entrada 3-9 ').waitFor();
    await page.locator('label', { hasText: 'Semana' }).click();
    await page.locator('.cgrid:not(.wide)').waitFor();
  });
});

describe('a month', () => {
  const wallOf = async (text: string): Promise<string | null> => {
    const [account] = await rpc(page, 'accounts.list', {});
    const all = await rpc(page, 'publications.list', { accountId: account?.id ?? '', states: ['scheduled'], limit: 1000 });
    return all.find((each) => each.text === text)?.wall ?? null;
  };
  /** A day of the week before, or where the month on show begins later, of the week after: nothing stands there. */
  let free: string;
  let weekKey: string;
  const list = async (day: string): Promise<Locator> => {
    // Notices of what went before may lie over the rows.
    for (const close of await page.locator('.mantine-Notifications-root .mantine-CloseButton-root').all()) await close.click().catch(() => {});
    await page.locator('.mantine-Notification-root').first().waitFor({ state: 'detached' });
    await page.getByTestId(`list-${day}`).click();
    const found = page.getByTestId('day-list');
    await found.waitFor();
    return found;
  };
  it('lets a post of a day be dragged from its list to another day, its time of day kept', async () => {
    await page.locator('label', { hasText: 'Mes' }).click();
    await page.locator('.month-cell').first().waitFor();
    const before = (await page.getByTestId(`day-${addDays(monday, -6)}`).count()) > 0;
    free = addDays(monday, before ? -6 : 8);
    weekKey = before ? 'ArrowUp' : 'ArrowDown';
    const rows = await list(addDays(monday, 1));
    const row = rows.getByTestId('month-row').filter({ hasText: 'Cerca uno' });
    await row.scrollIntoViewIfNeeded();
    await row.dragTo(page.getByTestId(`day-${free}`), { force: true });
    await expect.poll(() => wallOf('Cerca uno'), SOON).toBe(`${free}T10:05`);
    await page.keyboard.press('Escape');
    await page.getByTestId('day-list').waitFor({ state: 'detached' });
  });
  it('moves it by M, arrows and Enter too, and goes on in the list', async () => {
    const rows = await list(addDays(monday, 1));
    const row = rows.getByTestId('month-row').filter({ hasText: 'Cerca dos' });
    await row.focus();
    await page.keyboard.press('m');
    await page.keyboard.press(weekKey);
    await expect.poll(() => page.getByTestId('move-words').textContent(), SOON).toMatch(/10:10.*cabe/);
    await page.keyboard.press('Enter');
    await expect.poll(() => wallOf('Cerca dos'), SOON).toBe(`${free}T10:10`);
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-testid')), SOON).toBe('month-row');
    await page.keyboard.press('Escape');
    await page.getByTestId('day-list').waitFor({ state: 'detached' });
  });
  it('refuses in words what the rule does not take', async () => {
    for (const [text, d] of [['Aviso uno', 2], ['Aviso dos', 4]] as const) {
      const rows = await list(addDays(monday, d));
      const row = rows.getByTestId('month-row').filter({ hasText: text });
      await row.scrollIntoViewIfNeeded();
      await row.dragTo(page.getByTestId(`day-${free}`), { force: true });
      if (text === 'Aviso uno') {
        await expect.poll(() => wallOf(text), SOON).toBe(`${free}T19:45`);
        await page.keyboard.press('Escape');
        await page.getByTestId('day-list').waitFor({ state: 'detached' });
      }
    }
    await page.getByTestId('refusal').getByText(/al momento está completo/).waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('refusal').waitFor({ state: 'detached' });
    expect(await wallOf('Aviso dos')).toBe(`${addDays(monday, 4)}T19:45`);
    await page.keyboard.press('Escape');
    await page.locator('label', { hasText: 'Semana' }).click();
  });
});

describe('colours that the system chooses', () => {
  it('leave the tiers their letters, the bars their hatches and the states their borders', async () => {
    await page.emulateMedia({ forcedColors: 'active' });
    const shapes = await page.evaluate(() => {
      const style = (selector: string): CSSStyleDeclaration => getComputedStyle(document.querySelector(selector) ?? document.body);
      const bars = [...(document.querySelector('.day-head .stack:has(> i[data-tier]:nth-child(2))')?.children ?? [])].map((bar) => `${getComputedStyle(bar).backgroundColor} ${getComputedStyle(bar).backgroundImage}`);
      return {
        chip: style('.day-col > .chip[data-state="scheduled"]').borderTopStyle, held: style('.legend .chip[data-state="held"]').borderTopStyle, posted: style('.legend .chip[data-state="posted"]').borderTopStyle, failed: style('.legend .chip[data-state="failed"]').borderTopWidth,
        letters: [...document.querySelectorAll('.day-col > .chip .sq')].every((square) => (square.textContent ?? '').length === 1 && square.getBoundingClientRect().width > 8), bars: new Set(bars).size === bars.length && bars.length > 1,
      };
    });
    expect(shapes).toEqual({ chip: 'solid', held: 'dashed', posted: 'dotted', failed: '2px', letters: true, bars: true });
    await page.emulateMedia({ forcedColors: 'none' });
  });
});

describe('posts that did not go out from here', () => {
  it('stand on the plan as what they are, and cannot be taken', async () => {
    // The newest of them that no folded hours hide: it lies in this week or in the one before.
    const [account] = await rpc(page, 'accounts.list', {});
    const { units, zone } = await rpc(page, 'planning.context', { accountId: account?.id ?? '' });
    const hour = (at: number): number => Number(instantToWall(at, zone).slice(11, 13));
    const newest = Math.max(...units.filter((unit) => unit.id.startsWith('x:') && hour(unit.dueAt) >= 8 && hour(unit.dueAt) < 20).map((unit) => unit.dueAt));
    await page.getByTestId('calendar-today').click();
    if (weekOf(dayOf(newest, zone)).start !== weekOf(dayOf(Date.now(), zone)).start) await page.getByTestId('calendar-prev').click();
    const seen = page.getByTestId('seen-chip').first();
    await seen.waitFor();
    expect(await seen.textContent()).toContain('vista en X');
    expect(await seen.getAttribute('draggable')).toBe(null);
    await seen.focus();
    await page.keyboard.press('m');
    expect(await page.getByTestId('move-words').count()).toBe(0);
    await page.keyboard.press('Delete');
    expect(await seen.evaluate((element) => element === document.activeElement)).toBe(true);
  });
});
