import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousFindings } from '../support/accessibility.ts';
import { launchBrowser } from '../support/browser.ts';
import { type Host, startHost } from '../support/host.ts';
import { picture } from '../support/picture.ts';
import { instantToWall } from '../../src/shared/domain/time.ts';

let browser: Browser;
let host: Host;
beforeAll(async () => {
  browser = await launchBrowser();
  host = await startHost();
});
afterAll(async () => {
  await browser?.close();
  await host?.stop();
});

async function findings(page: Page, name: string): Promise<string[]> {
  // What is on its way in or out has no colours to measure yet.
  await page.waitForFunction(() => document.getAnimations().every((each) => each.playState !== 'running'));
  await picture(page, name);
  return seriousFindings(page, name);
}

describe('accessibility', () => {
  it('has no serious finding on any screen, in both languages and both themes', async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
    const found: string[] = [];
    await page.goto(host.url);
    await page.getByTestId('first-run-es').waitFor();
    found.push(...(await findings(page, 'language')));
    await page.getByTestId('first-run-es').click();
    await page.getByTestId('connect-x').waitFor();
    found.push(...(await findings(page, 'first')));
    await page.getByTestId('connect-x').click();
    await page.getByTestId('session-only').click();
    await page.getByTestId('tab-oauth1').click();
    found.push(...(await findings(page, 'wizard')));
    await page.keyboard.press('Escape');
    await page.getByTestId('try-practice').click();
    await page.locator('[data-testid="column-home"] [data-testid="post"]').first().waitFor();
    for (const [lang, theme] of [['es', 'light'], ['en', 'dark'], ['es', 'dark'], ['en', 'light']] as const) {
      await page.getByTestId('nav-settings').click();
      await page.getByTestId('settings-general').click();
      await page.getByTestId('set-language').selectOption(lang);
      await page.getByTestId('set-theme').selectOption(theme);
      await page.locator(`html[lang="${lang}"][data-mantine-color-scheme="${theme}"]`).waitFor();
      found.push(...(await findings(page, `settings-${lang}-${theme}`)));
      await page.getByTestId('settings-notices').click();
      await page.getByTestId('notice-host').waitFor();
      found.push(...(await findings(page, `notices-${lang}-${theme}`)));
      await page.getByTestId('nav-deck').click();
      // A list that has its rows and has not drawn them yet is no list to judge.
      for (const kind of ['home', 'mentions', 'own']) await page.locator(`[data-testid="column-${kind}"] [data-testid="post"]`).first().waitFor();
      found.push(...(await findings(page, `deck-${lang}-${theme}`)));
      await page.getByTestId('nav-calendar').click();
      await page.getByTestId('tray').waitFor();
      await page.getByTestId('new-post').click();
      await page.getByTestId('composer-text').fill('Accesible 😀 https://cuentaclara.example.com/premium/1');
      await page.waitForTimeout(700);
      found.push(...(await findings(page, `calendar-${lang}-${theme}`)));
      await page.getByTestId('composer-delete').click();
      await page.getByTestId('open-bulk').click();
      await page.getByTestId('bulk-content').fill('uno\ndos\nuno');
      await page.getByTestId('bulk-preview').click();
      await page.getByTestId('bulk-summary').waitFor();
      found.push(...(await findings(page, `bulk-${lang}-${theme}`)));
      await page.keyboard.press('Escape');
      await page.getByTestId('bulk-summary').waitFor({ state: 'detached' });
      await page.getByTestId('nav-activity').click();
      found.push(...(await findings(page, `activity-${lang}-${theme}`)));
    }
    expect([...new Set(found)]).toEqual([]);
  });
});

describe('a full plan', () => {
  it('takes 315 posts of a week by CSV, shows them, and survives hostile text', async () => {
    const own = await startHost({ args: ['--practice'] });
    try {
      const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
      await page.goto(own.url);
      await page.getByTestId('first-run-en').click();
      await page.getByTestId('nav-calendar').click();
      await page.getByTestId('open-bulk').click();
      const hostile = '<img src=x onerror="document.title=\'owned\'"> \u202Eabc {{constructor}} ${1}';
      const order = ['free', 'premium', 'free', 'free', 'premium', 'free', 'free', 'status', 'free', 'premium', 'free', 'free', 'premium', 'free', 'free'];
      // The next week whole, whichever day is today in the host's zone.
      const today = instantToWall(Date.now(), 'Europe/Madrid').slice(0, 10);
      const start = Date.parse(`${today}T12:00:00Z`) + (7 - ((new Date(`${today}T12:00:00Z`).getUTCDay() + 6) % 7)) * 86_400_000;
      const rows = Array.from({ length: 315 }, (_, i) => {
        const day = new Date(start + Math.floor(i / 45) * 86_400_000).toISOString().slice(0, 10);
        const minute = 8 * 60 + (i % 45) * 15;
        return `"${i === 0 ? hostile.replaceAll('"', '""') : `Post ${i} about accounting`}",${order[i % 15]},${day} ${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
      });
      await page.getByTestId('bulk-file').setInputFiles({ name: 'week.csv', mimeType: 'text/csv', buffer: Buffer.from(['text,tier,time', ...rows].join('\n')) }).catch(async () => {
        await page.locator('label', { hasText: 'CSV' }).click();
        await page.getByTestId('bulk-file').setInputFiles({ name: 'week.csv', mimeType: 'text/csv', buffer: Buffer.from(['text,tier,time', ...rows].join('\n')) });
      });
      await page.getByTestId('bulk-to').getByText('The calendar').click();
      await page.getByTestId('bulk-preview').click();
      await page.getByTestId('bulk-summary').waitFor();
      await page.getByTestId('bulk-commit').click();
      await page.getByTestId('bulk-commit').waitFor({ state: 'detached' });
      await page.getByTestId('calendar-next').click();
      await page.waitForFunction(() => document.querySelectorAll('[data-testid="chip"]').length >= 300);
      const found: string[] = [];
      for (const scheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme: scheme });
        await page.locator('label', { hasText: 'Week' }).click();
        await page.getByTestId('calendar-grid').waitFor();
        found.push(...(await findings(page, `week-full-${scheme}`)));
        await page.getByTestId('chip').nth(20).focus();
        await page.keyboard.press('m');
        await page.keyboard.press('ArrowRight');
        await page.getByTestId('move-words').waitFor();
        await page.waitForTimeout(300);
        found.push(...(await findings(page, `moving-full-${scheme}`)));
        await page.keyboard.press('Escape');
        await page.locator('label', { hasText: 'Day' }).click();
        await page.getByTestId('chip').nth(2).click();
        await page.getByTestId('day-panel').waitFor();
        found.push(...(await findings(page, `day-full-${scheme}`)));
        await page.locator('label', { hasText: 'List' }).click();
        await page.getByTestId('list-row').first().waitFor();
        found.push(...(await findings(page, `list-full-${scheme}`)));
        await page.locator('label', { hasText: 'Month' }).click();
        await page.locator('.month-cell .stack').first().waitFor();
        found.push(...(await findings(page, `month-full-${scheme}`)));
      }
      expect([...new Set(found)]).toEqual([]);
      expect(await page.title()).toBe('Parrilla');
      await page.close();
    } finally {
      await own.stop();
    }
  });
});
