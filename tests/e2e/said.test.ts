import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { presetWeek } from '../../src/shared/domain/template.ts';
import { addDays, dayOf } from '../../src/shared/domain/time.ts';
import { seriousFindings } from '../support/accessibility.ts';
import type { Host } from '../support/host.ts';
import { endPractice, startPractice } from '../support/practice.ts';
import { plan, rpc } from '../support/rpc.ts';

let browser: Browser;
let host: Host;
let context: BrowserContext;
let page: Page;
const found: string[] = [];
/** What is serious in what is open; each in one theme, both between them. */
const look = async (name: string, colorScheme: 'dark' | 'light'): Promise<void> => {
  await page.emulateMedia({ colorScheme });
  found.push(...(await seriousFindings(page, `${name} ${colorScheme}`)));
};
const LIST = 'Cierre sin sobresaltos: la lista de 20 comprobaciones que usamos en la redacción, con los asientos de regularización';
beforeAll(async () => {
  ({ browser, host } = await startPractice());
  context = await browser.newContext({ viewport: { width: 1280, height: 800 }, timezoneId: 'Europe/Madrid', reducedMotion: 'reduce' });
  page = await context.newPage();
  await page.goto(host.url);
  await page.getByTestId('first-run-es').click();
  await page.getByTestId('new-post').waitFor();
});
afterAll(() => endPractice({ browser, host }));

describe('while a post is written and looked for', () => {
  it('says what was said before, shows both texts, reposts instead, and blocks nothing', async () => {
    const own = (await rpc(page, 'columns.list', {})).find((each) => each.source.kind === 'own');
    // As one would write it: with the address that its short link leads to.
    const longer = async () => (await rpc(page, 'columns.page', { columnId: own?.id ?? '', limit: 20 })).rows.flatMap((row) => ('post' in row && row.post.text.length > 60 ? [row.post] : []))[0];
    await expect.poll(longer).toBeDefined();
    const seen = await longer();
    const points = [...(seen?.text ?? '')];
    for (const each of [...(seen?.entities ?? [])].reverse()) if (each.kind === 'url' && each.href !== null) points.splice(each.start, each.end - each.start, each.href);
    const text = points.join('');
    await page.keyboard.press('n');
    await page.getByTestId('composer-text').fill(text);
    const notice = page.getByTestId('said-before');
    await notice.waitFor();
    expect(await page.getByTestId('composer-send').isDisabled()).toBe(false);
    await notice.getByTestId('said-compare').click();
    await page.getByTestId('said-sides').getByText('Lo ya dicho').waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('said-sides').waitFor({ state: 'detached' });
    await page.getByTestId('composer-text').waitFor();
    await page.getByTestId('composer-text').fill(`${text.split('').reverse().join('')} nada que ver`);
    await notice.waitFor({ state: 'detached' });
    await page.getByTestId('composer-text').fill(text);
    await notice.getByTestId('said-repost').click();
    await page.getByTestId('composer-target').getByText('Repost').waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('composer').waitFor({ state: 'detached' });
  });
  it('proposes the next slots of the tier, plans into one from the palette, and dims what is filtered out', async () => {
    const [account] = await rpc(page, 'accounts.list', {});
    if (!account) throw new Error('no account');
    await rpc(page, 'planning.setTemplate', { accountId: account.id, template: { days: presetWeek('es') } });
    const tomorrow = addDays(dayOf(Date.now(), account.zone), 1);
    await plan(page, account.id, ['08:00', '08:45', '09:00'].map((time, i) => ({ text: `Publicada de prueba ${i}`, tier: 'free', day: tomorrow, time })));
    await page.keyboard.press('n');
    await page.getByTestId('composer-text').fill(LIST);
    await page.getByTestId('composer-next').first().click();
    expect(await page.getByTestId('composer-next').first().getAttribute('aria-pressed')).toBe('true');
    const chip = (await page.getByTestId('composer-next-free').textContent()) ?? '';
    await page.keyboard.press('Control+k');
    await page.keyboard.type('programar sigui');
    const line = page.locator('.mantine-Spotlight-action').first();
    await line.getByText('Programar en el siguiente hueco').waitFor();
    await look('palette', 'light');
    expect(await line.textContent()).toContain(/\d\d:\d\d/.exec(chip)?.[0]);
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'Cierre sin sobresaltos' }).waitFor();
    await page.getByTestId('composer').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+k');
    await page.getByTestId('palette-kind').getByText('todo').waitFor();
    await page.keyboard.press('Tab');
    await page.getByTestId('palette-kind').getByText('órdenes').waitFor();
    await page.getByText(/^Rellenar el /).first().click();
    await page.getByTestId('fill').waitFor();
    await page.keyboard.press('Escape');

    await page.getByTestId('calendar-view').getByText('Semana').click();
    await page.getByTestId('calendar-filter').click();
    await page.getByTestId('filter-words').fill('sobresaltos');
    await look('filter', 'dark');
    await page.keyboard.press('Enter');
    await page.getByTestId('filter-said').getByText('Esc').waitFor();
    const dims = (): Promise<(string | null)[]> => page.getByTestId('chip').evaluateAll((chips) => chips.map((each) => (each.hasAttribute('data-dim') ? 'dim' : each.textContent)));
    await expect.poll(async () => (await dims()).filter((each) => each !== 'dim').every((each) => each?.includes('sobresaltos'))).toBe(true);
    await page.keyboard.press('Escape');
    await expect.poll(async () => (await dims()).includes('dim')).toBe(false);
    // A day of the month says more of itself to who rests on it, by mouse or by keys.
    await page.getByTestId('calendar-view').getByText('Mes').click();
    await page.getByTestId(`day-${tomorrow}`).hover();
    await page.getByTestId('month-card').getByText(/franjas libres/).waitFor();
    await page.getByTestId('calendar-title').hover();
    await page.getByTestId('month-card').waitFor({ state: 'detached' });
    await page.getByTestId('calendar-today').focus();
    await page.keyboard.press('j');
    await page.getByTestId('month-card').waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('month-card').waitFor({ state: 'detached' });
    expect([...new Set(found)]).toEqual([]);
  });
});
