import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keysOf } from '../../src/sandbox/oauth1.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { type Cable, startCable } from '../support/cable.ts';
import { type Host, startHost } from '../support/host.ts';
import { rpc } from '../support/rpc.ts';

const shots = 'test-results/portraits';
let browser: Browser;
let sandbox: Sandbox;
let cable: Cable;
let host: Host;
let page: Page;
const control = async (path: string, body: unknown): Promise<{ id: string }> => (await fetch(`${sandbox.url}/__sandbox/${path}`, { method: 'POST', headers: { 'x-sandbox-control': '1' }, body: JSON.stringify(body) })).json() as Promise<{ id: string }>;
beforeAll(async () => {
  mkdirSync(shots, { recursive: true });
  browser = await chromium.launch({ executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  sandbox = await startSandbox({ port: 0, pace: 0, seed: 9 });
  cable = await startCable(sandbox.url);
  host = await startHost({ args: ['--x-api', cable.url] });
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(host.url);
  await page.getByTestId('first-run-es').click();
  await page.getByTestId('connect-x').click();
  await page.getByTestId('passphrase').fill('cuatro palabras que nadie adivina');
  await page.getByRole('button', { name: 'Cifrar con esta contraseña' }).click();
  await page.getByTestId('tab-oauth1').click();
  for (const [name, value] of Object.entries(keysOf(sandbox.world.users[0]!, 9))) await page.getByTestId(`oauth1-${name}`).fill(value);
  await page.getByTestId('oauth1-connect').click();
  await page.getByTestId('connected').waitFor();
  await page.getByTestId('wizard-done').click();
  await page.locator('[data-testid="column-mentions"] [data-testid="post"]').first().waitFor();
});
afterAll(async () => {
  await browser?.close();
  await host?.stop();
  await cable?.close();
  await sandbox?.close();
});
async function lookNow(): Promise<void> {
  const mentions = (await rpc(page, 'columns.list', {})).find((column) => column.source.kind === 'mentions');
  await rpc(page, 'columns.refresh', { columnId: mentions?.id ?? '' });
}

describe('with no network', () => {
  it('says since when, keeps working, shows what waits, and sends it once when the network is back', async () => {
    const me = sandbox.world.users[0]!.username;
    await control('post', { username: sandbox.world.users[5]!.username, text: `@${me} ¿seguís abiertos?` });
    await lookNow();
    await page.getByTestId('column-mentions').getByText('¿seguís abiertos?').waitFor();
    cable.cut();
    await lookNow();
    await page.getByTestId('offline').waitFor();
    expect(await page.getByTestId('offline').textContent()).toContain('Trabajas sin conexión desde las');
    await page.getByTestId('nav-inbox').click();
    await page.getByTestId('case-row').filter({ hasText: '¿seguís abiertos?' }).locator('button').click();
    await page.getByTestId('conversation').getByText('¿seguís abiertos?').waitFor();
    await page.keyboard.press('r');
    await page.getByTestId('reply-text').fill('Sí, hasta las seis.');
    await page.keyboard.press('Control+Enter');
    await page.getByTestId('offline').getByText('1 acción espera').waitFor({ timeout: 20_000 });
    await page.getByTestId('see-outbox').click();
    await page.getByTestId('outbox-publication').getByText('Sí, hasta las seis.').waitFor();
    await page.screenshot({ path: join(shots, 'offline-outbox.png') });
    cable.mend();
    await page.getByTestId('offline').getByRole('button', { name: 'Volver a intentarlo' }).click();
    await page.getByTestId('offline').waitFor({ state: 'detached' });
    await page.getByTestId('outbox-publication').waitFor({ state: 'detached', timeout: 30_000 });
    const there = () => sandbox.world.posts.filter((post) => post.text === 'Sí, hasta las seis.').length;
    // It leaves the list when it leaves this computer: the network has it a moment later.
    await expect.poll(there, { timeout: 20_000 }).toBe(1);
    await page.getByTestId('nav-inbox').click();
    await page.getByTestId('view-waiting').click();
    await page.getByTestId('case-row').locator('button').first().click();
    await page.locator('[data-testid="case-message"][data-direction="out"]', { hasText: 'Sí, hasta las seis.' }).waitFor();
    expect(there()).toBe(1);
  });

  it('is not what a locked profile says: it names the passphrase, and reads on once it is typed', async () => {
    await host.stop();
    host = await startHost({ profile: host.profile, args: ['--x-api', cable.url] });
    await page.goto(host.url);
    await page.getByTestId('locked').waitFor();
    await page.locator('[data-testid="column-mentions"] [data-testid="post"]').first().waitFor();
    await lookNow();
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme });
      for (const size of [{ width: 1280, height: 800 }, { width: 1920, height: 1080 }]) {
        await page.setViewportSize(size);
        await page.screenshot({ path: join(shots, `locked-${theme}-${size.width}.png`) });
      }
    }
    expect(await page.getByTestId('offline').count()).toBe(0);
    await page.getByTestId('unlock').click();
    await page.getByTestId('passphrase').fill('otras cuatro palabras');
    await page.getByRole('dialog').getByRole('button', { name: 'Desbloquear' }).click();
    await page.getByRole('alert').filter({ hasText: 'contraseña' }).waitFor();
    await page.getByTestId('passphrase').fill('cuatro palabras que nadie adivina');
    await page.getByRole('dialog').getByRole('button', { name: 'Desbloquear' }).click();
    await page.getByTestId('locked').waitFor({ state: 'detached' });
    await control('post', { username: sandbox.world.users[4]!.username, text: `@${sandbox.world.users[0]!.username} ¿ya estáis?` });
    await lookNow();
    await page.getByTestId('column-mentions').getByText('¿ya estáis?').waitFor();
  });
});
