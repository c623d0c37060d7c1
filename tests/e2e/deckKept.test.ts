import type { Browser, BrowserContext, Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousFindings } from '../support/accessibility.ts';
import { type Host, startHost } from '../support/host.ts';
import { endPractice, startPractice } from '../support/practice.ts';
import { rpc } from '../support/rpc.ts';

let browser: Browser;
let host: Host;
let context: BrowserContext;
let page: Page;
beforeAll(async () => {
  ({ browser, host } = await startPractice());
  context = await browser.newContext({ viewport: { width: 1680, height: 900 } });
  page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await page.goto(host.url);
  await page.getByTestId('first-run-es').click();
  await column('home').getByTestId('post').nth(3).waitFor();
});
afterAll(() => endPractice({ browser, host }));
const column = (kind: string): Locator => page.locator(`[data-testid="column-${kind}"]`).first();
const texts = (kind: string): Promise<string[]> => column(kind).locator('.post-text').allTextContents();
const idOf = async (kind: string): Promise<string> => (await column(kind).getAttribute('data-column-id')) ?? '';

describe('a column somebody lives in', () => {
  it('leaves out what does not match at once, says how many are left, refuses what cannot be used in words, and takes changes back', async () => {
    await column('home').getByTestId('column-options').click();
    await column('home').getByTestId('filter-include').fill('factura');
    await page.keyboard.press('Enter');
    await column('home').getByTestId('filter-left').getByText(/^Quedan \d+ de \d+$/).waitFor();
    await expect.poll(async () => (await texts('home')).length > 0 && (await texts('home')).every((text) => /factura/i.test(text))).toBe(true);
    const homeId = await idOf('home');
    const filter = async (): Promise<unknown> => (await rpc(page, 'columns.list', {})).find((each) => each.id === homeId)?.filter;
    const used = await filter();
    await column('home').getByTestId('filter-exclude').fill('/(abc/');
    await page.keyboard.press('Enter');
    await column('home').getByRole('alert').filter({ hasText: 'La expresión /(abc/ no se entiende' }).waitFor();
    // The network goes on writing, so the numbers may grow: what is left out is decided as before.
    expect(await filter()).toEqual(used);
    expect((await texts('home')).every((text) => /factura/i.test(text))).toBe(true);
    await column('home').getByTestId('filter-undo').click();
    await expect.poll(async () => (await texts('home')).every((text) => /factura/i.test(text))).toBe(false);
    await column('home').getByTestId('filter-include').fill('nadiediceesto');
    await page.keyboard.press('Enter');
    await column('home').getByText('Nada pasa el filtro').waitFor();
    await column('home').getByTestId('unfilter').click();
    await column('home').getByTestId('post').nth(3).waitFor();
    await column('home').getByTestId('column-options').click();
  });
  it('finds what is kept by / and from the palette, with the beginning of a word', async () => {
    await page.keyboard.press('/');
    await page.getByTestId('add-query').fill('factu');
    await page.keyboard.press('Enter');
    await column('local').getByTestId('post').first().waitFor();
    expect((await texts('local')).every((text) => /factu/i.test(text))).toBe(true);
    await page.keyboard.press('1');
    await page.keyboard.press('/');
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-testid'))).toBe('local-query');
    await page.keyboard.type('nadiediceesto');
    await page.keyboard.press('Enter');
    await column('local').getByText('Nada guardado con esas palabras').waitFor();
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('Buscar u ordenar').fill('trimestre');
    await page.getByText('Buscar «trimestre» en lo guardado').click();
    const found = page.locator('[data-testid="column-local"]').filter({ has: page.getByRole('heading', { name: 'trimestre' }) });
    await found.getByTestId('post').first().waitFor();
    for (let left = await page.locator('[data-testid="column-local"]').count(); left > 0; left -= 1) {
      await rpc(page, 'columns.remove', { columnId: await idOf('local') });
      await expect.poll(() => page.locator('[data-testid="column-local"]').count()).toBe(left - 1);
    }
  });
  it('opens where reading stopped, on another screen and after a restart', async () => {
    const body = column('home').locator('.column-body > div').first();
    /** The post at the top edge and how far it is above it. */
    const place = (tab: Page): Promise<{ id: string; above: number } | null> => tab.evaluate(() => {
      const list = document.querySelector('[data-testid="column-home"] .column-body');
      const top = list?.getBoundingClientRect().top ?? 0;
      for (const post of list?.querySelectorAll('[data-post-id]') ?? []) {
        const box = post.getBoundingClientRect();
        if (box.bottom > top + 1) return { id: post.getAttribute('data-post-id') ?? '', above: Math.round(top - box.top) };
      }
      return null;
    });
    await body.hover();
    await page.mouse.wheel(0, 2600);
    const homeId = await idOf('home');
    const kept = async (): Promise<string | undefined> => (await rpc(page, 'columns.list', {})).find((each) => each.id === homeId)?.place?.postId;
    await expect.poll(async () => (await kept()) === (await place(page))?.id && (await kept()) !== undefined, { timeout: 10_000 }).toBe(true);
    const before = await place(page);
    await page.getByTestId('nav-calendar').click();
    await page.getByTestId('calendar-grid').waitFor();
    await page.getByTestId('nav-deck').click();
    await expect.poll(async () => (await place(page))?.id, { timeout: 10_000 }).toBe(before?.id);
    const old = host;
    await old.stop();
    host = await startHost({ profile: old.profile, args: ['--practice'] });
    page = await context.newPage();
    await page.goto(host.url);
    await column('home').getByTestId('post').first().waitFor();
    // What was stored was there to be read before that.
    expect(await page.evaluate(() => performance.getEntriesByName('first-sight').length)).toBe(1);
    await expect.poll(async () => (await place(page))?.id, { timeout: 10_000 }).toBe(before?.id);
    await expect.poll(async () => Math.abs(((await place(page))?.above ?? 0) - (before?.above ?? 0))).toBeLessThanOrEqual(2);
    await page.keyboard.press('1');
    await page.keyboard.press('.');
    await expect.poll(kept, { timeout: 10_000 }).toBeUndefined();
  });
  it('folds columns of a group together and unfolds them', async () => {
    for (const kind of ['home', 'own']) {
      await column(kind).getByTestId('column-options').click();
      await column(kind).getByTestId('group-name').fill('Clientes');
      await column(kind).getByTestId('group-apply').click();
      await column(kind).getByTestId('group-fold').waitFor();
      await column(kind).getByTestId('column-options').click();
    }
    await column('own').getByTestId('group-fold').click();
    await page.getByTestId('group-strip').waitFor();
    expect(await page.locator('[data-testid="column-home"], [data-testid="column-own"]').count()).toBe(0);
    await page.keyboard.press('1');
    await column('home').getByTestId('post').first().waitFor();
    await column('own').getByTestId('post').first().waitFor();
    expect(await page.getByTestId('group-strip').count()).toBe(0);
  });
  it('shows a person and a conversation beside the columns, from what is kept, and closes them by Esc', async () => {
    const name = await column('mentions').getByTestId('post').first().locator('.handle').first().textContent();
    await page.keyboard.press('2');
    await page.keyboard.press('j');
    await page.keyboard.press('p');
    const side = page.getByTestId('deck-side');
    await side.getByText(name ?? '', { exact: true }).first().waitFor();
    await side.getByTestId('side-labels').fill('clienta');
    await page.keyboard.press('Enter');
    await side.getByText('clienta', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await side.waitFor({ state: 'detached' });
    await page.keyboard.press('Enter');
    await side.getByTestId('side-known').waitFor();
    await page.keyboard.press('p');
    await side.getByText('clienta', { exact: true }).waitFor();
    await side.getByTestId('side-back').click();
    await side.getByTestId('side-known').waitFor();
    await page.keyboard.press('Escape');
    await side.waitFor({ state: 'detached' });
  });
  it('mutes a person by U, here only, and takes that back', async () => {
    const first = column('mentions').getByTestId('post').first();
    const id = await first.getAttribute('data-post-id');
    await page.keyboard.press('2');
    await page.keyboard.press('j');
    await page.keyboard.press('u');
    await page.getByText(/Has silenciado a @/).waitFor();
    await expect.poll(() => column('mentions').locator(`[data-post-id="${id}"]`).count()).toBe(0);
    await page.keyboard.press('Control+z');
    await column('mentions').locator(`[data-post-id="${id}"]`).waitFor();
  });
  it('has no serious finding with its options, a search, a panel and the mutes open, in either language and theme', async () => {
    const found: string[] = [];
    const look = async (name: string): Promise<void> => {
      found.push(...(await seriousFindings(page, name)));
    };
    const [home] = await rpc(page, 'columns.list', {});
    await rpc(page, 'columns.add', { accountId: home?.accountId ?? '', source: { kind: 'local', query: 'factura' }, like: home?.id });
    await rpc(page, 'mutes.add', { term: 'sorteo', accountId: null, until: null });
    await column('local').getByTestId('post').first().waitFor();
    await page.keyboard.press('2');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByTestId('side-known').waitFor();
    await column('home').getByTestId('column-options').click();
    await column('home').getByTestId('filter-exclude').fill('/(/');
    await page.keyboard.press('Enter');
    await column('home').getByRole('alert').waitFor();
    for (const [lang, theme] of [['es', 'dark'], ['en', 'light']] as const) {
      await rpc(page, 'settings.set', { lang, theme });
      await page.locator(`html[lang="${lang}"][data-mantine-color-scheme="${theme}"]`).waitFor();
      await look(`${lang} ${theme}`);
      await column('home').getByTestId('open-mutes').click();
      await page.getByTestId('mute-term').waitFor();
      await look(`${lang} ${theme} mutes`);
      await page.keyboard.press('Escape');
      await page.getByTestId('mute-term').waitFor({ state: 'detached' });
    }
    expect(found).toEqual([]);
  });
});
