import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { picturePng } from '../../src/sandbox/png.ts';
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
  await page.getByTestId('nav-calendar').click();
  await page.getByTestId('calendar-next').click();
});
afterAll(async () => {
  await browser?.close();
  await host?.stop();
});

describe('the calendar, by mouse and by keyboard', () => {
  it('takes drafts from a paste, in by drag, to another hour, out again, and back by Ctrl Z', async () => {
    await page.getByTestId('open-bulk').click();
    await page.getByTestId('bulk-content').fill('Primera línea\n\nSegunda línea\nTercera 😀');
    await page.getByTestId('bulk-preview').click();
    await page.getByTestId('bulk-commit').click();
    await page.getByTestId('draft-card').nth(2).waitFor();
    const card = page.getByTestId('draft-card').filter({ hasText: 'Segunda' });
    const slots = page.locator('[data-testid^="slot-"][data-testid$="T10:00"]');
    await card.dragTo(slots.nth(2));
    const chip = page.getByTestId('chip').filter({ hasText: 'Segunda' });
    await chip.waitFor();
    expect(await page.getByTestId('draft-card').count()).toBe(2);
    await chip.dragTo(page.locator('[data-testid^="slot-"][data-testid$="T11:30"]').nth(4));
    await page.locator('[data-testid^="slot-"][data-testid$="T11:30"] [data-testid="chip"]').waitFor();
    await chip.dragTo(page.getByTestId('tray'));
    await chip.waitFor({ state: 'detached' });
    expect(await page.getByTestId('draft-card').count()).toBe(3);
    await page.keyboard.press('Control+z');
    await page.locator('[data-testid^="slot-"][data-testid$="T11:30"] [data-testid="chip"]').waitFor();
  });
  it('moves a chip by M, arrows and Enter, and takes it off with Delete', async () => {
    const chip = page.getByTestId('chip').filter({ hasText: 'Segunda' });
    await chip.focus();
    await page.keyboard.press('m');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowLeft');
    expect(await page.getByTestId('move-words').textContent()).toMatch(/12:00/);
    await page.keyboard.press('Enter');
    await page.locator('[data-testid^="slot-"][data-testid$="T12:00"] [data-testid="chip"]').waitFor();
    await chip.focus();
    await page.keyboard.press('Delete');
    await chip.waitFor({ state: 'detached' });
  });
  it('takes pictures by what they are, asks for a reason when tier and link disagree, and sends now with ten seconds to think', async () => {
    await page.keyboard.press('n');
    await page.getByTestId('composer-text').fill('Oferta https://cuentaclara.example.com/premium/9');
    expect(await page.getByTestId('composer-tier').inputValue()).toBe('premium');
    await page.getByTestId('composer-tier').selectOption('free');
    await page.getByTestId('tier-reason').waitFor();
    expect(await page.getByTestId('composer-send').isDisabled()).toBe(true);
    await page.getByTestId('tier-reason').fill('puertas abiertas');
    await page.getByTestId('composer-file').setInputFiles({ name: 'foto.png', mimeType: 'image/png', buffer: picturePng(1) });
    await page.getByTestId('picture').waitFor();
    await page.getByTestId('picture').locator('textarea').first().fill('Barras');
    await page.getByTestId('composer-file').setInputFiles({ name: 'no-es.png', mimeType: 'image/png', buffer: Buffer.from('no soy una imagen') });
    await page.getByText('El fichero no es lo que dice su nombre').first().waitFor();
    await page.getByTestId('composer-send').click();
    await page.getByRole('alert').filter({ hasText: 'Sale en 10 segundos' }).getByTestId('undo').click();
    await page.getByTestId('composer-text').waitFor();
    expect(await page.getByTestId('composer-text').inputValue()).toContain('Oferta');
    await page.getByTestId('composer-close').click();
    await page.getByTestId('draft-card').filter({ hasText: 'Oferta' }).waitFor();
  });
  it('pauses with a reason and says so across the window', async () => {
    await page.getByTestId('pause').click();
    await page.getByRole('dialog').getByRole('textbox').fill('revisión de contenidos');
    await page.getByRole('dialog').getByRole('button', { name: 'Pausar' }).click();
    await page.getByTestId('paused').getByText('revisión de contenidos').waitFor();
    await page.getByRole('button', { name: 'Reanudar' }).click();
    await page.getByTestId('paused').waitFor({ state: 'detached' });
  });
  it('puts columns in another order by drag and by menu, removes one and takes it back', async () => {
    await page.getByTestId('nav-deck').click();
    const order = (): Promise<(string | null)[]> => page.locator('[data-testid^="column-"][data-column-id]').evaluateAll((all) => all.map((each) => each.getAttribute('data-testid')));
    await page.locator('[data-testid="column-own"] [data-testid="post"]').first().waitFor();
    expect(await order()).toEqual(['column-home', 'column-mentions', 'column-own']);
    await page.locator('[data-testid="column-own"] h2').dragTo(page.locator('[data-testid="column-home"] h2'));
    await expect.poll(order).toEqual(['column-own', 'column-home', 'column-mentions']);
    await page.locator('[data-testid="column-own"] [data-testid="column-options"]').click();
    await page.getByRole('menuitem', { name: 'Mover a la derecha' }).click();
    await expect.poll(order).toEqual(['column-home', 'column-own', 'column-mentions']);
    await page.locator('[data-testid="column-own"] [data-testid="column-options"]').click();
    await page.getByTestId('column-remove').click();
    await expect.poll(order).toEqual(['column-home', 'column-mentions']);
    await page.keyboard.press('Control+z');
    await expect.poll(order).toEqual(['column-home', 'column-own', 'column-mentions']);
    await page.keyboard.press('a');
    await page.getByTestId('add-query').fill('factura');
    await page.getByTestId('add-confirm').click();
    await page.locator('[data-testid="column-search"] [data-testid="post"]').first().waitFor();
    // A hand on the column: what is new waits behind the pill instead of moving what is read.
    await page.locator('[data-testid="column-home"] [data-testid="post"]').nth(1).hover();
    await page.locator('[data-testid="column-home"] [data-testid="new-pill"]').waitFor({ timeout: 60_000 });
    await page.keyboard.press('1');
    await page.keyboard.press('.');
    await page.locator('[data-testid="column-home"] [data-testid="new-pill"]').waitFor({ state: 'detached' });
  });
});
