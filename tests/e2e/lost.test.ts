import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Host, startHost } from '../support/host.ts';
import { endPractice, startPractice } from '../support/practice.ts';

let browser: Browser;
let host: Host;
beforeAll(async () => {
  ({ browser, host } = await startPractice());
});
afterAll(() => endPractice({ browser, host }));

it('a database that was emptied is said on the first screen, in both languages, until it was read', async () => {
  await host.stop();
  truncateSync(join(host.profile, 'parrilla.db'), 0);
  // What the program leaves beside its database once it has sent something.
  writeFileSync(join(host.profile, 'reserve.bin'), 'room');
  host = await startHost({ profile: host.profile });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(15_000);
  await page.goto(host.url);
  const banner = page.getByTestId('lost-database');
  await banner.waitFor();
  await page.getByTestId('first-run-en').click();
  await banner.getByText('was empty when Parrilla opened').waitFor();
  await page.getByTestId('first-run-es').click();
  await banner.getByText('estaba vacía al abrir Parrilla').waitFor();
  expect(await banner.textContent()).toContain(join(host.profile, 'parrilla-lost-'));
  expect(await banner.textContent()).toContain('cierra Parrilla');
  // It stands in the shell as well, over a reload and over another start.
  await page.getByTestId('try-practice').click();
  await page.getByTestId('nav-deck').waitFor();
  await banner.waitFor();
  await host.stop();
  host = await startHost({ profile: host.profile });
  await page.goto(host.url);
  await banner.waitFor();
  await page.getByTestId('lost-read').click();
  await banner.waitFor({ state: 'detached' });
  await page.reload();
  await page.getByTestId('nav-deck').waitFor();
  expect(await banner.count()).toBe(0);
}, 90_000);
