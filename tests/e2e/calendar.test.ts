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
  it('pauses with a reason and says so across the window', async () => {
    await page.getByTestId('pause').click();
    await page.getByRole('dialog').getByRole('textbox').fill('revisión de contenidos');
    await page.getByRole('dialog').getByRole('button', { name: 'Pausar' }).click();
    await page.getByTestId('paused').getByText('revisión de contenidos').waitFor();
    await page.getByRole('button', { name: 'Reanudar' }).click();
    await page.getByTestId('paused').waitFor({ state: 'detached' });
  });
});
