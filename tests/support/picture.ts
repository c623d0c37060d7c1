import { join } from 'node:path';
import type { Page } from 'playwright';
import { root } from './host.ts';

/** A picture to look at, in `test-results`: taken only where SHOTS is set, because each costs as much time as a step of a test. */
export async function picture(page: Page, name: string): Promise<void> {
  if (process.env['SHOTS']) await page.screenshot({ path: join(root, 'test-results', 'pictures', `${name}.png`) });
}
