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
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(host.url);
  await page.getByTestId('first-run-es').click();
  await page.getByTestId('new-post').waitFor();
});
afterAll(async () => {
  await browser?.close();
  await host?.stop();
});

describe('the composer', () => {
  it('takes pictures by what they are, asks for a reason when tier and link disagree, and sends now with ten seconds to think', async () => {
    await page.keyboard.press('n');
    await page.getByTestId('composer-text').fill('Oferta https://cuentaclara.example.com/premium/9');
    expect(await page.getByTestId('composer-tier').getAttribute('data-value')).toBe('premium');
    await page.getByTestId('tier-free').click();
    await page.getByTestId('tier-reason').waitFor();
    expect(await page.getByTestId('composer-send').isDisabled()).toBe(true);
    await page.getByTestId('tier-reason').fill('puertas abiertas');
    await page.getByTestId('composer-file').setInputFiles({ name: 'foto.png', mimeType: 'image/png', buffer: picturePng(1) });
    await page.getByTestId('picture').waitFor();
    await page.getByTestId('picture').locator('textarea').first().fill('Barras');
    await page.getByTestId('composer-file').setInputFiles({ name: 'no-es.png', mimeType: 'image/png', buffer: Buffer.from('no soy una imagen') });
    await page.getByText('El fichero no es lo que dice su nombre').first().waitFor();
    await page.getByTestId('composer-preview').click();
    expect(await page.getByTestId('preview').locator('img[alt="Barras"]').count()).toBe(1);
    await page.getByTestId('composer-send').click();
    await page.getByRole('alert').filter({ hasText: 'Sale en 10 segundos' }).getByTestId('undo').click();
    await page.getByTestId('composer-text').waitFor();
    expect(await page.getByTestId('composer-text').inputValue()).toContain('Oferta');
    await page.getByTestId('composer-close').click();
    await page.getByTestId('nav-library').click();
    await page.getByTestId('library').getByText('Oferta').first().waitFor();
  });
  it('says, before it is dropped there, whether the time fits, and takes a quarter by its square', async () => {
    await page.keyboard.press('n');
    await page.getByTestId('composer-text').fill('Una de mañana');
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    await page.getByTestId('composer-date').fill(tomorrow);
    await page.getByTestId('composer-time').fill('10:00');
    await page.locator('.composer-verdict').waitFor();
    await page.getByRole('button', { name: /^10:30 · libre/ }).click();
    expect(await page.getByTestId('composer-time').inputValue()).toBe('10:30');
    await page.getByTestId('composer-schedule').click();
    await page.getByTestId('composer').waitFor({ state: 'detached' });
    await page.getByTestId('library').getByText('programada').first().waitFor();
  });
});
