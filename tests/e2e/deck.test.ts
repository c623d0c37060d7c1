import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Host, startHost } from '../support/host.ts';

let browser: Browser;
let host: Host;
let page: Page;
beforeAll(async () => {
  browser = await chromium.launch({ executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  host = await startHost({ args: ['--practice'] });
  page = await browser.newPage({ viewport: { width: 1680, height: 1000 } });
  await page.goto(host.url);
  await page.getByTestId('first-run-es').click();
});
afterAll(async () => {
  await browser?.close();
  await host?.stop();
});
const column = (kind: string) => page.locator(`[data-testid="column-${kind}"]`);

describe('the deck', () => {
  it('puts columns in another order by drag and by its options, removes one and takes it back', async () => {
    const order = (): Promise<(string | null)[]> => page.locator('[data-testid^="column-"][data-column-id]').evaluateAll((all) => all.map((each) => each.getAttribute('data-testid')));
    await column('own').getByTestId('post').first().waitFor();
    const before = await order();
    expect(before.slice(0, 3)).toEqual(['column-home', 'column-mentions', 'column-own']);
    const rest = before.slice(3);
    await column('own').locator('h2').dragTo(column('home').locator('h2'));
    await expect.poll(order).toEqual(['column-own', 'column-home', 'column-mentions', ...rest]);
    await column('own').getByTestId('column-options').click();
    await column('own').getByRole('button', { name: 'Mover a la derecha' }).click();
    await expect.poll(order).toEqual(['column-home', 'column-own', 'column-mentions', ...rest]);
    await column('own').getByTestId('column-remove').click();
    await expect.poll(order).toEqual(['column-home', 'column-mentions', ...rest]);
    await page.keyboard.press('Control+z');
    await expect.poll(order).toEqual(['column-home', 'column-own', 'column-mentions', ...rest]);
  });
  it('folds and unfolds a column, and keeps its width', async () => {
    await column('mentions').getByTestId('column-options').click();
    await column('mentions').getByText('Ancha').click();
    const wide = async (): Promise<number> => (await column('mentions').boundingBox())?.width ?? 0;
    await expect.poll(wide).toBeGreaterThanOrEqual(340);
    await column('mentions').getByRole('button', { name: 'Plegar' }).click();
    await expect.poll(wide).toBeLessThan(60);
    await column('mentions').getByRole('button').click();
    await expect.poll(wide).toBeGreaterThanOrEqual(340);
  });
  it('adds a search by keyboard, and holds what is new behind a pill while somebody reads', async () => {
    await page.keyboard.press('a');
    await page.getByTestId('add-query').fill('factura');
    await page.getByTestId('add-confirm').click();
    await page.locator('[data-testid="column-search"]').last().getByTestId('post').first().waitFor();
    await column('home').getByTestId('post').nth(1).hover();
    await column('home').getByTestId('new-pill').waitFor({ timeout: 60_000 });
    await page.keyboard.press('1');
    await page.keyboard.press('.');
    await column('home').getByTestId('new-pill').waitFor({ state: 'detached' });
  });
  it('goes through posts by keys, and says before typing what is done by hand on X', async () => {
    await page.keyboard.press('1');
    await page.keyboard.press('j');
    await column('home').locator('.post.selected').waitFor();
    await page.keyboard.press('Escape');
    await column('home').locator('.post.selected').waitFor({ state: 'detached' });
    expect(await column('home').getByTestId('reply').first().getAttribute('title')).toMatch(/Responder/);
    await page.keyboard.press('t');
    expect(await page.getByTestId('composer').count()).toBe(0);
  });
});
