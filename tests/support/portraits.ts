import type { Page } from 'playwright';
import { picture } from './picture.ts';

const SIZES = [{ width: 1280, height: 800 }, { width: 1920, height: 1080 }];
const THEMES = ['light', 'dark'] as const;
const MODES = ['day', 'week', 'month', 'list'] as const;

/** Every screen in both themes and at both sizes, as a picture where they are asked for; the window must be past its first run and follow the system's theme. */
export async function portraits(page: Page, lang: 'es' | 'en'): Promise<number> {
  let taken = 0;
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const theme of THEMES) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      const shot = async (name: string): Promise<void> => {
        await picture(page, `${lang}-${name}-${theme}-${size.width}`);
        taken += 1;
      };
      await page.getByTestId('nav-deck').click();
      await page.locator('[data-testid="column-own"] [data-testid="post"]').first().waitFor();
      await shot('deck');
      await page.getByTestId('nav-calendar').click();
      await page.getByTestId('tray').waitFor();
      const modes = page.getByTestId('calendar-view').locator('label');
      for (const [i, mode] of MODES.entries()) {
        await modes.nth(i).click();
        await shot(`calendar-${mode}`);
      }
      await modes.nth(1).click();
      await page.getByTestId('new-post').click();
      await page.getByTestId('composer-text').waitFor();
      await page.getByTestId('composer-preview').click();
      await shot('composer');
      await page.getByTestId('composer-close').click();
      for (const screen of ['library', 'inbox', 'activity'] as const) {
        await page.getByTestId(`nav-${screen}`).click();
        await shot(screen);
      }
      await page.getByTestId('nav-settings').click();
      for (const section of ['accounts', 'money', 'ratio', 'template', 'general', 'keys'] as const) {
        await page.getByTestId(`settings-${section}`).click();
        await shot(`settings-${section}`);
      }
    }
  }
  return taken;
}
