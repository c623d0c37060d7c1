import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../src/sandbox/server.ts';
import type { Cable } from '../support/cable.ts';
import { type Connected, PASSPHRASE, startConnected } from '../support/connected.ts';
import { startHost } from '../support/host.ts';
import { picture } from '../support/picture.ts';

let app: Connected;
let sandbox: Sandbox;
let cable: Cable;
let control: Connected['control'];
let lookNow: Connected['lookNow'];
let page: Page;
beforeAll(async () => {
  app = await startConnected();
  ({ sandbox, cable, page, control, lookNow } = app);
});
afterAll(() => app?.close());

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
    await picture(page, 'offline-outbox');
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
    await app.host.stop();
    app.host = await startHost({ profile: app.host.profile, args: ['--x-api', cable.url] });
    await page.goto(app.host.url);
    await page.getByTestId('locked').waitFor();
    await page.getByTestId('nav-deck').click();
    await page.locator('[data-testid="column-mentions"] [data-testid="post"]').first().waitFor();
    await lookNow();
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme });
      for (const size of [{ width: 1280, height: 800 }, { width: 1920, height: 1080 }]) {
        await page.setViewportSize(size);
        await picture(page, `locked-${theme}-${size.width}`);
      }
    }
    expect(await page.getByTestId('offline').count()).toBe(0);
    // Nothing claims to be offline, or to try again by itself: it cannot.
    await page.locator('.topbar').getByText('Claves bloqueadas').last().waitFor();
    expect(await page.locator('body').textContent()).not.toMatch(/sin conexión desde|Se vuelve a intentar solo/);
    await page.getByTestId('unlock').click();
    await page.getByTestId('passphrase').fill('otras cuatro palabras');
    await page.getByRole('dialog').getByRole('button', { name: 'Desbloquear' }).click();
    await page.getByRole('alert').filter({ hasText: 'contraseña' }).waitFor();
    await page.getByTestId('passphrase').fill(PASSPHRASE);
    await page.getByRole('dialog').getByRole('button', { name: 'Desbloquear' }).click();
    await page.getByTestId('locked').waitFor({ state: 'detached' });
    await control('post', { username: sandbox.world.users[4]!.username, text: `@${sandbox.world.users[0]!.username} ¿ya estáis?` });
    await lookNow();
    await page.getByTestId('column-mentions').getByText('¿ya estáis?').waitFor();
    expect(await page.getByTestId('offline').count()).toBe(0);
    expect(await page.locator('body').textContent()).not.toMatch(/sin conexión desde|Claves bloqueadas/);
  });
});
