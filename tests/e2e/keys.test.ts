import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousFindings } from '../support/accessibility.ts';
import type { Host } from '../support/host.ts';
import { endPractice, startPractice } from '../support/practice.ts';
import { rpc } from '../support/rpc.ts';
import { picture } from '../support/picture.ts';

let browser: Browser;
let host: Host;
let page: Page;
beforeAll(async () => {
  ({ browser, host } = await startPractice());
  page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  await page.goto(host.url);
  await page.getByTestId('first-run-es').click();
  await page.locator('[data-testid="column-mentions"] [data-testid="post"]').first().waitFor({ timeout: 20_000 });
});
afterAll(() => endPractice({ browser, host }));

const sheet = () => page.getByRole('dialog', { name: 'Teclas' });
const row = (id: string) => page.locator(`[data-row="${id}"]`);
const key = (id: string, of: string) => row(id).locator(`[data-key="${of}"]`);
const rows = (): Promise<string[]> => page.locator('.keys-row').evaluateAll((all) => all.map((each) => each.getAttribute('data-row') ?? ''));
const focused = (): Promise<string> => page.evaluate(() => document.activeElement?.getAttribute('data-key') ?? document.activeElement?.getAttribute('data-testid') ?? document.activeElement?.tagName ?? '');
async function openSheet(): Promise<void> {
  await page.keyboard.press('?');
  await sheet().waitFor();
  await expect.poll(focused).toBe('keys-search');
}
async function closeSheet(): Promise<void> {
  await page.keyboard.press('Escape');
  await sheet().waitFor({ state: 'detached' });
}
/** Goes on by Tab until the key has the focus. */
async function tabTo(of: string): Promise<void> {
  for (let i = 0; i < 60 && (await focused()) !== of; i += 1) await page.keyboard.press('Tab');
  expect(await focused()).toBe(of);
}
const selected = (): Promise<string | null> => page.locator('.case-row.selected').getAttribute('data-case-id');
/** A case that is open and shown: the next key is for it. */
async function openCase(): Promise<string> {
  await page.keyboard.press('j');
  const id = (await selected()) ?? '';
  const name = await page.locator(`[data-case-id="${id}"] b`).textContent();
  await page.getByTestId('conversation').getByRole('heading', { name: name ?? '' }).waitFor();
  await page.locator(`[data-case-id="${id}"][data-state="open"]`).waitFor();
  return id;
}

describe('the sheet of all keys', () => {
  it('finds an action by a word and by a key that is pressed, and keeps its field in its place', async () => {
    await openSheet();
    const all = (await rows()).length;
    expect(all).toBeGreaterThan(40);
    const place = await page.getByTestId('keys-search').boundingBox();
    await page.keyboard.type('posponer');
    await expect.poll(rows).toEqual(['snooze']);
    expect(await page.getByTestId('keys-search').boundingBox()).toEqual(place);
    await page.getByTestId('keys-search').fill('');
    await page.keyboard.press('Control+k');
    await expect.poll(rows).toEqual(['palette']);
    expect(await sheet().isVisible()).toBe(true);
    // What was pressed gives way to what is pressed next.
    await page.keyboard.press('F6');
    await expect.poll(rows).toEqual(['area']);
    await page.keyboard.press('Delete');
    await expect.poll(rows).toEqual(['off', 'removeItem']);
    await page.keyboard.type('#');
    await expect.poll(rows).toEqual(['label']);
    await page.getByTestId('keys-search').fill('z');
    await expect.poll(rows).toContain('snooze');
    expect(await row('snooze').locator('kbd.found').textContent()).toBe('Z');
    await page.getByTestId('keys-search').fill('nada de esto');
    await page.getByRole('button', { name: 'Ver todas' }).click();
    await expect.poll(async () => (await rows()).length).toBe(all);
    await closeSheet();
  });

  it('keeps the focus inside, and gives it back', async () => {
    await page.getByTestId('nav-deck').focus();
    await openSheet();
    await page.keyboard.press('Shift+Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('[role="dialog"]') !== null)).toBe(true);
    await closeSheet();
    await expect.poll(focused).toBe('nav-deck');
  });

  it('gives a key another place by keyboard alone: the old one does nothing, the new one acts, every badge says so, also after a reload', async () => {
    await page.keyboard.press('g');
    await page.keyboard.press('i');
    await page.getByTestId('case-row').nth(3).waitFor();
    await openSheet();
    await page.keyboard.type('e');
    await expect.poll(rows).toContain('done');
    await tabTo('e');
    await page.keyboard.press('Enter');
    await key('done', 'e').getByText('Pulsa la nueva tecla').waitFor();
    // Esc keeps the old one, and closes nothing but the question.
    await page.keyboard.press('Escape');
    await expect.poll(() => key('done', 'e').textContent()).toBe('E');
    expect(await sheet().isVisible()).toBe(true);
    await page.keyboard.press('Enter');
    await page.keyboard.press('5');
    await row('done').getByText('5 no se puede usar').waitFor();
    await page.keyboard.press('Control+b');
    await row('done').getByText('Ctrl B no se puede usar').waitFor();
    await page.keyboard.press('Shift+W');
    await expect.poll(() => key('done', 'e').textContent()).toBe('W');
    // It was found by its old key, and stays in view with the new one.
    await row('done').getByText('cambiada').waitFor();
    await page.getByTestId('keys-said').getByText('Hecho: ahora W').waitFor({ state: 'attached' });
    expect(await focused()).toBe('e');
    await closeSheet();

    const first = await openCase();
    await page.keyboard.press('e');
    await page.waitForTimeout(400);
    expect(await page.locator(`[data-case-id="${first}"]`).count()).toBe(1);
    expect(await page.getByTestId('case-done').locator('kbd').textContent()).toBe('W');
    await page.keyboard.press('w');
    await page.locator(`[data-case-id="${first}"]`).waitFor({ state: 'detached' });
    await page.keyboard.press('Control+z');
    await page.locator(`[data-case-id="${first}"]`).waitFor();
    await page.keyboard.press('Control+k');
    await page.locator('.mantine-Spotlight-action', { hasText: 'Hecho' }).locator('kbd', { hasText: /^W$/ }).waitFor();
    await page.keyboard.press('Escape');

    await page.reload();
    await page.getByTestId('nav-inbox').click();
    await page.getByTestId('case-row').nth(3).waitFor();
    const again = await openCase();
    expect(await page.getByTestId('case-done').locator('kbd').textContent()).toBe('W');
    await page.keyboard.press('e');
    await page.waitForTimeout(400);
    expect(await page.locator(`[data-case-id="${again}"]`).count()).toBe(1);
    await page.keyboard.press('w');
    await page.locator(`[data-case-id="${again}"]`).waitFor({ state: 'detached' });
    await page.keyboard.press('Control+z');
    await page.locator(`[data-case-id="${again}"]`).waitFor();
  });

  it('names whose key it already is, keeps it or exchanges the two', async () => {
    await openSheet();
    await key('snooze', 'z').click();
    await page.keyboard.press('w');
    await page.getByTestId('keys-clash').getByText('W ya es de «Hecho» (Bandeja)').waitFor();
    await expect.poll(focused).toBe('keys-exchange');
    await page.getByTestId('keys-keep').click();
    await page.getByTestId('keys-clash').waitFor({ state: 'detached' });
    await expect.poll(focused).toBe('z');
    expect([await key('done', 'e').textContent(), await key('snooze', 'z').textContent()]).toEqual(['W', 'Z']);
    await key('snooze', 'z').click();
    await page.keyboard.press('w');
    await expect.poll(focused).toBe('keys-exchange');
    await page.keyboard.press('Enter');
    await expect.poll(async () => [await key('done', 'e').textContent(), await key('snooze', 'z').textContent()]).toEqual(['Z', 'W']);
    await expect.poll(focused).toBe('z');
    // One key of two places says that it changes both.
    await key('reply', 'r').click();
    await row('reply').getByText('Cambia también «Responder» (Bandeja)').waitFor();
    await page.keyboard.press('Escape');
    await closeSheet();
    const id = await openCase();
    await page.keyboard.press('w');
    await page.getByRole('menuitem').first().and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('menuitem', { name: 'Una hora' }).waitFor({ state: 'detached' });
    await page.keyboard.press('z');
    await page.locator(`[data-case-id="${id}"]`).waitFor({ state: 'detached' });
    await page.keyboard.press('Control+z');
    await page.locator(`[data-case-id="${id}"]`).waitFor();
  });

  it('puts all back as it came, and takes that back', async () => {
    await openSheet();
    await page.getByTestId('keys-reset').click();
    await expect.poll(async () => (await rpc(page, 'settings.get', {})).hotkeys).toEqual({});
    await expect.poll(() => key('done', 'e').textContent()).toBe('E');
    expect(await sheet().getByText('cambiada').count()).toBe(0);
    await page.getByTestId('keys-reset-undo').click();
    await expect.poll(() => key('done', 'e').textContent()).toBe('Z');
    expect((await rpc(page, 'settings.get', {})).hotkeys).toEqual({ e: 'z', z: 'w' });
    await page.getByTestId('keys-reset').click();
    await expect.poll(() => key('done', 'e').textContent()).toBe('E');
    await closeSheet();
    await page.keyboard.press('Control+z');
    await expect.poll(async () => (await rpc(page, 'settings.get', {})).hotkeys).toEqual({ e: 'z', z: 'w' });
    await rpc(page, 'settings.set', { hotkeys: {} });
  });

  it('moves keys of the columns and of the calendar too; its own stays within reach by the rail', async () => {
    await rpc(page, 'settings.set', { hotkeys: { j: 'y', n: 'w', '?': 'q', a: 'b' } });
    await page.keyboard.press('g');
    await page.keyboard.press('d');
    await page.locator('.deck-add kbd', { hasText: 'B' }).waitFor();
    await page.keyboard.press('1');
    await page.keyboard.press('j');
    expect(await page.locator('.post.selected').count()).toBe(0);
    await page.keyboard.press('y');
    await page.locator('.post.selected').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    expect(await sheet().count()).toBe(0);
    await page.getByRole('button', { name: 'Todas las teclas' }).click();
    await sheet().waitFor();
    await closeSheet();
    // The letter after G is that of a place, wherever its own key has gone.
    await page.keyboard.press('g');
    await page.keyboard.press('c');
    await page.getByTestId('calendar').waitFor();
    await page.keyboard.press('n');
    await page.waitForTimeout(300);
    expect(await page.getByTestId('composer').count()).toBe(0);
    await page.keyboard.press('w');
    await page.getByTestId('composer-text').fill('Se mueve con otra tecla');
    await page.keyboard.press('Escape');
    await page.getByTestId('composer').waitFor({ state: 'detached' });
    await rpc(page, 'settings.set', { hotkeys: { m: 'v' } });
    const draft = page.getByTestId('draft-card').first();
    await expect.poll(() => draft.getAttribute('aria-description')).toContain('V para darle hora');
    await draft.press('m');
    await page.waitForTimeout(300);
    expect(await page.locator('.moving-hint').count()).toBe(0);
    await draft.press('v');
    await page.locator('.moving-hint').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.moving-hint').waitFor({ state: 'detached' });
    await rpc(page, 'settings.set', { hotkeys: {} });
  });

  it('goes to the mentions by G M, to a screen\'s search by Ctrl F, clears a column by C, and from area to area by F6', async () => {
    // Also from a draft, which M alone would begin to move.
    await page.getByTestId('draft-card').first().focus();
    await page.keyboard.press('g');
    await page.keyboard.press('m');
    await page.locator('[data-testid="column-mentions"].current').waitFor();
    const area = (): Promise<string> => page.evaluate(() => [...document.querySelectorAll('.rail, .topbar, .deck, .statusbar, .cal-bar, .cal-main, .tray, .dock')].findLast((each) => each.contains(document.activeElement))?.classList[0] ?? '');
    await page.getByTestId('nav-deck').focus();
    await page.keyboard.press('F6');
    expect(await area()).toBe('topbar');
    await page.keyboard.press('F6');
    expect(await area()).toBe('deck');
    await page.keyboard.press('Shift+F6');
    await page.keyboard.press('Shift+F6');
    expect(await focused()).toBe('nav-deck');
    await page.keyboard.press('g');
    await page.keyboard.press('c');
    await page.getByTestId('tray').waitFor();
    const seen = new Set<string>();
    for (let i = 0; i < 6; i += 1) {
      await page.keyboard.press('F6');
      seen.add(await area());
    }
    for (const each of ['cal-bar', 'cal-main', 'tray', 'topbar']) expect([...seen]).toContain(each);
    await page.keyboard.press('g');
    await page.keyboard.press('l');
    await page.getByTestId('library').waitFor();
    await page.keyboard.press('Control+f');
    await expect.poll(() => page.evaluate(() => document.activeElement?.matches('[data-find]') ?? false)).toBe(true);
    await page.getByTestId('nav-deck').click();
    await page.keyboard.press('Control+f');
    await page.getByRole('dialog').getByTestId('add-query').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const clear = page.locator('[data-testid="column-home"] [data-testid="column-clear"]');
    await page.keyboard.press('1');
    await expect.poll(() => clear.isDisabled(), { timeout: 60_000 }).toBe(false);
    await page.keyboard.press('c');
    await expect.poll(() => clear.isDisabled()).toBe(true);
  });

  it('prints the sheet alone', async () => {
    await page.evaluate(() => { window.print = () => { document.documentElement.dataset['printed'] = 'yes'; }; });
    await openSheet();
    await page.getByTestId('keys-print').click();
    expect(await page.evaluate(() => document.documentElement.dataset['printed'])).toBe('yes');
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.shell').isVisible()).toBe(false);
    expect(await row('done').isVisible()).toBe(true);
    expect(await row('off').isVisible()).toBe(true);
    expect(await page.getByTestId('keys-search').isVisible()).toBe(false);
    await page.emulateMedia({ media: 'screen' });
    await closeSheet();
  });

  it('has no serious finding in both languages and both themes, and three columns, two or one by its width', async () => {
    const found: string[] = [];
    const columns = (): Promise<number> => page.locator('.keys-groups section').evaluateAll((all) => new Set(all.map((each) => Math.round(each.getBoundingClientRect().left))).size);
    for (const [lang, theme, width, wanted] of [['es', 'light', 1440, 3], ['en', 'dark', 1280, 3], ['es', 'dark', 800, 2], ['en', 'light', 400, 1]] as const) {
      await rpc(page, 'settings.set', { lang, theme, hotkeys: { c: 'v' } });
      await page.locator(`html[lang="${lang}"][data-mantine-color-scheme="${theme}"]`).waitFor();
      await page.setViewportSize({ width, height: 800 });
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
      expect(await columns()).toBe(wanted);
      await page.locator('[data-row="snooze"] [data-key="z"]').click();
      await page.keyboard.press('e');
      await page.getByTestId('keys-clash').waitFor();
      await page.waitForFunction(() => document.getAnimations().every((each) => each.playState !== 'running'));
      await picture(page, `keys-${lang}-${theme}`);
      found.push(...(await seriousFindings(page, `${lang} ${theme}`)));
      await page.keyboard.press('Escape');
      await page.getByTestId('keys-clash').waitFor({ state: 'detached' });
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    expect(found).toEqual([]);
  });
});
