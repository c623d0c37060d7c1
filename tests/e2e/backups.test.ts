import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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
  context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
  page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(host.url);
  await page.getByTestId('first-run-es').click();
  await page.getByTestId('nav-settings').waitFor();
});
afterAll(() => endPractice({ browser, host }));
const rows = () => page.getByTestId('copy-row');
async function write(text: string): Promise<void> {
  const [account] = await rpc(page, 'accounts.list', {});
  await rpc(page, 'publications.save', { accountId: account?.id ?? '', text, tier: 'free', tierReason: null, media: [] });
}
const drafts = async (): Promise<string[]> => (await rpc(page, 'publications.list', {})).map((each) => each.text);

describe('copies', () => {
  let file: string;
  it('are made, wished for and taken back by the keyboard, in words that say what it means', async () => {
    await write('Lo de antes');
    await page.getByTestId('nav-settings').click();
    await page.getByTestId('settings-data').focus();
    await page.keyboard.press('Enter');
    await page.getByText('Aún no hay ninguna copia').waitFor();
    await page.getByTestId('copy-make').focus();
    await page.keyboard.press('Enter');
    await rows().first().waitFor();
    await write('Lo de después');
    await page.getByTestId('copy-restore').focus();
    await page.keyboard.press('Enter');
    await page.getByText('El envío queda en pausa').waitFor();
    await page.getByTestId('restore-confirm').waitFor();
    await page.keyboard.press('Enter');
    await page.getByTestId('restore-wished').waitFor();
    await page.getByTestId('restore-stay').click();
    await page.getByTestId('restore-wished').waitFor({ state: 'detached' });
    expect(await seriousFindings(page, 'copies')).toEqual([]);
    const { folder, copies } = await rpc(page, 'backups.list', {});
    file = join(folder, copies.at(-1)?.name ?? '');
  });
  it('are opened by the next start, which says so and sends nothing', async () => {
    await rows().last().getByTestId('copy-restore').click();
    await page.getByTestId('restore-confirm').click();
    await page.getByTestId('restore-wished').waitFor();
    await host.stop();
    host = await startHost({ profile: host.profile, args: ['--practice'] });
    await page.close();
    page = await context.newPage();
    page.setDefaultTimeout(15_000);
    await page.goto(host.url);
    await page.getByTestId('lost-database').getByText('Se ha abierto una copia, como pediste').waitFor();
    await page.getByTestId('paused').waitFor();
    expect(await drafts()).toEqual(['Lo de antes']);
    // What was there until then is another copy.
    expect((await rpc(page, 'backups.list', {})).copies).toHaveLength(2);
    await page.getByTestId('lost-read').click();
    await page.getByTestId('lost-database').waitFor({ state: 'detached' });
  });
  it('are opened from a file at the first run, and what is no copy is refused with the reason', async () => {
    const bytes = readFileSync(file);
    const fresh = await startHost();
    const tab = await context.newPage();
    tab.setDefaultTimeout(15_000);
    await tab.goto(fresh.url);
    await tab.getByTestId('first-run-en').click();
    await tab.getByText('Open a copy').waitFor();
    await tab.getByTestId('copy-file').setInputFiles({ name: 'letter.db', mimeType: 'application/octet-stream', buffer: Buffer.from('a letter to nobody') });
    await tab.getByText('This file is no copy of Parrilla').waitFor();
    await tab.getByTestId('copy-file').setInputFiles({ name: 'mine.db', mimeType: 'application/octet-stream', buffer: bytes });
    await tab.getByTestId('restore-confirm').click();
    await tab.getByTestId('restore-wished').getByText('Close Parrilla and open it again').waitFor();
    expect(await seriousFindings(tab, 'first run')).toEqual([]);
    await tab.close();
    await fresh.stop();
    const again = await startHost({ profile: fresh.profile, args: ['--practice'] });
    const other = await context.newPage();
    other.setDefaultTimeout(15_000);
    await other.goto(again.url);
    await other.getByTestId('lost-database').waitFor();
    expect((await rpc(other, 'publications.list', {})).map((each) => each.text)).toEqual(['Lo de antes']);
    await other.close();
    await again.stop();
  });
});
