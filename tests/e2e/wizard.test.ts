import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { keysOf } from '../../src/sandbox/oauth1.ts';
import { type Host, startHost } from '../support/host.ts';
import { rpc } from '../support/rpc.ts';

let browser: Browser;
let host: Host;
let sandbox: Sandbox;
beforeAll(async () => {
  browser = await launchBrowser();
  sandbox = await startSandbox({ port: 0, pace: 0, seed: 3 });
  host = await startHost({ args: ['--x-api', sandbox.url] });
});
afterAll(async () => {
  await browser?.close();
  await host?.stop();
  await sandbox?.close();
});

describe('the wizard, on another X-compatible server', () => {
  it('refuses wrong keys in words, takes the right four, shows the first mentions, and the editor keeps a killed window\'s text', async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(host.url);
    await page.getByTestId('first-run-en').click();
    await page.getByTestId('connect-x').click();
    await page.getByTestId('passphrase').fill('a long enough one');
    await page.getByTestId('passphrase-again').fill('a long enough on');
    expect(await page.getByRole('button', { name: 'Encrypt with this passphrase' }).isDisabled()).toBe(true);
    await page.getByTestId('passphrase-again').fill('a long enough one');
    await page.getByRole('button', { name: 'Encrypt with this passphrase' }).click();
    await page.getByTestId('tab-oauth1').click();
    const keys = keysOf(sandbox.world.users[0]!, 3);
    for (const [name, value] of Object.entries(keys)) await page.getByTestId(`oauth1-${name}`).fill(name === 'accessSecret' ? 'wrong' : value);
    await page.getByTestId('oauth1-connect').click();
    await page.getByRole('alert').filter({ hasText: 'X does not take those keys' }).waitFor();
    await page.getByTestId('oauth1-accessSecret').fill(`  ${keys.accessSecret} `);
    await page.getByTestId('oauth1-connect').click();
    await page.getByTestId('connected').waitFor();
    await page.getByRole('dialog').locator('li').first().waitFor();
    // The month has an end before anything is spent; what X charges to ask whose keys they are is said.
    await page.getByTestId('wizard-cap').fill('12,5');
    await page.getByTestId('wizard-done').getByText('$12.50').click();
    await page.locator('[data-testid="column-mentions"] [data-testid="post"]').first().waitFor();
    const connected = (await rpc(page, 'accounts.list', {}))[0]!;
    expect(connected.capUsd).toBe(12.5);
    await page.keyboard.press('g');
    await page.keyboard.press('s');
    await page.getByTestId('test-keys').click();
    await page.getByText(`@${connected.username}: X takes the keys.`).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('d');
    // A column is answered as the account it is of, whichever the bar shows.
    const practice = await rpc(page, 'accounts.addPractice', {});
    await rpc(page, 'settings.set', { currentAccountId: practice.id });
    await page.getByTestId('account-select').getByText(`@${practice.username}`).waitFor();
    await page.locator('[data-testid="column-mentions"]').first().getByTestId('post').first().getByTestId('reply').click();
    await page.getByTestId('composer').getByText(`@${connected.username}`, { exact: true }).waitFor();
    await page.getByTestId('other-account').waitFor();
    await page.getByTestId('composer-close').click();
    await rpc(page, 'settings.set', { currentAccountId: connected.id });
    await page.getByTestId('account-select').getByText(`@${connected.username}`).waitFor();
    await page.getByTestId('new-post').click();
    await page.getByTestId('composer-text').fill('Kept over a killed window');
    await page.getByTestId('price').getByText('$0.015').waitFor();
    await page.getByTestId('save-mark').getByText('Saved').waitFor();
    await page.close();
    // The cookie went with the first page; another link lets the next one in.
    const { spawnSync } = await import('node:child_process');
    const link = spawnSync(process.execPath, ['out/main/node.js', '--new-link', '--profile', host.profile], { encoding: 'utf8' }).stdout.trim();
    const third = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await third.goto(link);
    await third.getByTestId('nav-calendar').click();
    await third.getByTestId('draft-card').filter({ hasText: 'Kept over a killed window' }).waitFor();
    // A 30,000 character paste stays usable and is kept.
    await third.getByTestId('new-post').click();
    await third.getByTestId('composer-text').fill('ñ😀 '.repeat(10_000));
    await third.getByTestId('counter').getByText('too many').waitFor();
    expect(await third.getByTestId('composer-schedule').isDisabled()).toBe(true);
    await third.getByTestId('save-mark').getByText('Saved').waitFor({ timeout: 20_000 });
  });
});

describe('the first run', () => {
  it('keeps the language that was chosen, also where the next click comes before core has answered', async () => {
    const own = await startHost();
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' });
      await page.goto(own.url);
      await page.getByTestId('try-practice').waitFor();
      await page.evaluate(async () => {
        const press = (name: string): void => document.querySelector<HTMLElement>(`[data-testid="${name}"]`)?.click();
        press('first-run-es');
        // No longer than the window needs to draw the choice.
        await Promise.resolve();
        press('try-practice');
      });
      await page.getByTestId('column-home').waitFor();
      expect(await page.locator('html').getAttribute('lang')).toBe('es');
      await page.getByTestId('nav-calendar').getByText('Parrilla').waitFor();
    } finally {
      await own.stop();
    }
  });
});
