import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Account } from '../../src/shared/contract/accounts.ts';
import { addDays } from '../../src/shared/domain/time.ts';
import type { Host } from '../support/host.ts';
import { endPractice, startPractice } from '../support/practice.ts';
import { clock, plan, rpc } from '../support/rpc.ts';

/** A host of a machine that is busy takes its time. */
const SOON = { timeout: 10_000 };
let browser: Browser;
let host: Host;
let page: Page;
const account = async (): Promise<Account> => {
  const [found] = await rpc(page, 'accounts.list', {});
  if (!found) throw new Error('no account');
  return found;
};
beforeAll(async () => {
  ({ browser, host } = await startPractice());
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(15_000);
  await page.goto(host.url);
  await page.getByTestId('first-run-es').click();
  await page.getByTestId('nav-settings').click();
});
afterAll(() => endPractice({ browser, host }));

describe('the ratio of an account', () => {
  it('takes tiers, names, letters, colours, weights, grace and base, and says the ratio by its parts', async () => {
    await page.getByTestId('settings-ratio').click();
    await page.getByTestId('tier-add').click();
    expect(await page.getByTestId('ratio-save').isDisabled()).toBe(true);
    await page.getByTestId('tier-tier4-nameEs').fill('actos');
    await page.getByTestId('tier-tier4-nameEn').fill('events');
    await page.getByTestId('tier-tier4-letterEs').fill('p');
    await page.getByTestId('tier-tier4-letterEn').fill('e');
    await page.getByText('Dos tipos no pueden llamarse igual').waitFor();
    await page.getByTestId('tier-tier4-letterEs').fill('a');
    await page.getByTestId('tier-tier4-weight').fill('2');
    await page.getByTestId('tier-tier4-grace').fill('30');
    await page.getByTestId('tier-tier4-tied').check();
    await page.getByTestId('tier-tier4-color').selectOption('lime');
    await page.getByTestId('tier-status-weight').fill('2');
    await page.getByTestId('tier-premium-weight').fill('6');
    expect(await page.getByTestId('ratio-words').textContent()).toBe('5 : 3 : 1 : 1');
    await page.getByTestId('ratio-save').click();
    await expect.poll(async () => (await account()).policy.tiers.map((tier) => [tier.key, tier.weight]), SOON).toEqual([['free', 10], ['premium', 6], ['status', 2], ['tier4', 2]]);
    expect((await account()).policy.tiers.at(-1)).toEqual({ key: 'tier4', name: { es: 'actos', en: 'events' }, letter: { es: 'A', en: 'E' }, color: 'lime', weight: 2, graceMs: 30 * 60_000, tiedToTime: true });
    expect(await page.getByTestId('ratio-save').isDisabled()).toBe(true);
    // It can be taken back at once.
    await page.getByTestId('undo').last().click();
    await expect.poll(async () => (await account()).policy.tiers.map((tier) => tier.weight), SOON).toEqual([10, 4, 1]);
    await expect.poll(() => page.getByTestId('ratio-words').textContent(), SOON).toBe('10 : 4 : 1');
  });
  it('says at once what another rule would break in the plan, keeps it unsaved elsewhere, and repairs with one way back', async () => {
    const { id } = await account();
    const day = addDays(new Date().toISOString().slice(0, 10), 3);
    const order = ['free', 'premium', 'free', 'free', 'premium', 'free', 'free', 'status', 'free', 'premium', 'free', 'free', 'premium', 'free', 'free'];
    await plan(page, id, order.map((tier, i) => ({ text: `Entrada ${i} de contabilidad`, tier, day, time: clock(540 + i * 30) })));
    const planned = (): Promise<string[]> => rpc(page, 'publications.list', { accountId: id, states: ['scheduled'] }).then((rows) => rows.filter((row) => row.tier === 'premium').map((row) => row.id).sort());
    const before = await planned();
    expect(before.length).toBeGreaterThan(1);
    await page.getByTestId('tier-free-weight').fill('28');
    await page.getByTestId('tier-premium-weight').fill('1');
    const effect = page.getByTestId('policy-effect');
    await expect.poll(async () => Number(await effect.getAttribute('data-broken')), SOON).toBeGreaterThan(0);
    await effect.getByText('Se repara con').waitFor();
    expect(await effect.textContent()).toMatch(/prémium/);
    await page.getByTestId('nav-calendar').click();
    await page.getByTestId('nav-settings').click();
    expect(await page.getByTestId('tier-free-weight').inputValue()).toBe('28');
    expect((await account()).policy.tiers[0]?.weight).toBe(10);
    await page.getByTestId('ratio-save-repair').click();
    // What went out before today stays as it is; of what is planned nothing is left to mend.
    await effect.getByText('Se repara con').waitFor({ state: 'detached' });
    await expect.poll(async () => (await planned()).length, SOON).toBeLessThan(before.length);
    await page.getByTestId('undo').last().click();
    await expect.poll(planned, SOON).toEqual(before);
    expect((await account()).policy.tiers[0]?.weight).toBe(10);
  });
  it('asks in words before a tier that is in use goes; its posts keep it until they are changed', async () => {
    const { id } = await account();
    await page.getByTestId('preset-60-40').click();
    expect(await page.getByTestId('ratio-words').textContent()).toBe('3 : 2');
    await page.getByTestId('ratio-save').click();
    await page.getByTestId('tier-uses').getByText('al momento está en uso: 1 entrada').waitFor();
    await page.getByRole('button', { name: 'Cancelar' }).click();
    expect((await account()).policy.tiers).toHaveLength(3);
    await page.getByTestId('ratio-save').click();
    await page.getByTestId('remove-tier-confirm').click();
    await expect.poll(async () => (await account()).policy.tiers.map((tier) => tier.key), SOON).toEqual(['free', 'premium']);
    expect((await rpc(page, 'publications.list', { accountId: id, states: ['scheduled'] })).filter((row) => row.tier === 'status')).toHaveLength(1);
  });
});

describe('colours that the system chooses', () => {
  it('still tell what is chosen from what is not', async () => {
    await page.emulateMedia({ forcedColors: 'active' });
    const fill = (testId: string): Promise<string> => page.getByTestId(testId).evaluate((element) => getComputedStyle(element).backgroundColor);
    expect(await fill('tier-free-base')).not.toBe(await fill('tier-premium-base'));
    await page.emulateMedia({ forcedColors: 'none' });
  });
});

describe('the link past the rail', () => {
  it('goes away once it is used, on a page that is longer than the window too, and scrolls nothing but that page', async () => {
    await page.getByTestId('settings-inbox').click();
    await page.locator('.settings-page .card').nth(2).waitFor();
    const link = page.locator('.skip');
    await link.focus();
    expect((await link.boundingBox())?.x).toBeGreaterThanOrEqual(0);
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await link.boundingBox())?.x, SOON).toBeLessThan(0);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    await page.locator('.settings-page .card').last().evaluate((card) => card.scrollIntoView({ block: 'end' }));
    expect(await page.evaluate(() => document.querySelector('.shell')?.getBoundingClientRect().top)).toBe(0);
  });
});

describe('days and times', () => {
  it('are written and picked in the language of the app, whatever the browser speaks', async () => {
    await page.getByTestId('settings-template').click();
    // The focus stays with what comes in place of a button that was pressed.
    const within = (): Promise<boolean> => page.evaluate(() => document.activeElement?.closest('.settings-page .card') !== null);
    await page.getByTestId('template-empty').press('Enter');
    await page.getByTestId('template').waitFor();
    await expect.poll(within, SOON).toBe(true);
    await page.getByTestId('slot-time').fill('9.3');
    expect(await page.getByTestId('slot-time').getAttribute('aria-invalid')).toBe('true');
    await page.getByTestId('slot-time').fill('17.45');
    await page.getByTestId('slot-add').click();
    const times = async (): Promise<string[]> => (await rpc(page, 'planning.template', { accountId: (await account()).id })).template?.days[0]?.map((slot) => slot.time) ?? [];
    await expect.poll(times, SOON).toEqual(['09:00', '17:45']);
    await page.getByTestId('slot-time').fill('11:1');
    await page.getByRole('option', { name: '11:15' }).click();
    await page.getByTestId('slot-add').click();
    await expect.poll(times, SOON).toEqual(['09:00', '11:15', '17:45']);
    await page.getByTestId('nav-calendar').click();
    await page.getByTestId('calendar-title').click();
    const picker = page.getByTestId('month-picker');
    await picker.waitFor();
    expect(await picker.textContent()).toMatch(/lumamijuvisádo/);
    const focused = (): Promise<string | null> => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? null);
    await expect.poll(focused, SOON).toMatch(/^\p{L}+, \d+/u);
    await page.keyboard.press('PageDown');
    await page.keyboard.press('ArrowRight');
    const picked = await focused();
    await page.keyboard.press('Enter');
    await picker.waitFor({ state: 'detached' });
    await page.locator('label', { hasText: 'Día' }).click();
    await expect.poll(() => page.getByTestId('calendar-title').textContent(), SOON).toBe(picked);
  });
});

describe('notices', () => {
  it('are switched one by one, tried, and held in quiet hours: what came is one notice in the window', async () => {
    await page.getByTestId('nav-settings').click();
    await page.getByTestId('settings-notices').click();
    const kept = async () => (await rpc(page, 'settings.get', {})).notices;
    await page.getByTestId('notice-plan').press(' ');
    await expect.poll(async () => (await kept()).kinds.plan, SOON).toBe(false);
    await page.getByTestId('notice-test').click();
    await page.getByTestId('notice-host').getByText('Se ha mostrado en esta ventana.').waitFor();
    await page.getByText('Así se ven los avisos').waitFor();
    await page.getByTestId('notice-column-mentions').press(' ');
    await expect.poll(async () => (await rpc(page, 'columns.list', {})).find((each) => each.source.kind === 'mentions')?.alerts.notice, SOON).toBe(true);
    await page.getByTestId('notice-quiet').press(' ');
    await page.getByTestId('notice-to').fill('22:00');
    await page.getByTestId('notice-to').press('Tab');
    await page.getByText('Desde y hasta son la misma hora. No se ha guardado.').waitFor();
    expect((await kept()).quiet).toEqual({ from: '22:00', to: '08:00' });
    await page.getByTestId('notice-from').fill('0:00');
    await page.getByTestId('notice-to').fill('23:59');
    await expect.poll(async () => (await kept()).quiet, SOON).toEqual({ from: '00:00', to: '23:59' });
    // Two posts go out in silence, and are told together once it is over.
    const { id } = await account();
    for (const text of ['Una en silencio', 'Otra en silencio']) {
      const saved = await rpc(page, 'publications.save', { accountId: id, text, tier: 'free', tierReason: null, media: [], via: 'api' });
      if (saved.result !== 'placed') throw new Error('refused');
      await rpc(page, 'publications.sendNow', { id: saved.publication.id });
    }
    await expect.poll(async () => (await rpc(page, 'activity.list', { limit: 20 })).filter((each) => each.code === 'posted').length, { timeout: 30_000 }).toBe(2);
    expect(await page.getByText('en silencio').count()).toBe(0);
    await page.getByTestId('notice-quiet').press(' ');
    await page.getByText('Mientras no avisaba (2): Entradas publicadas: 2').waitFor();
    await page.reload();
    await page.getByTestId('notice-plan').waitFor();
    expect([await page.getByTestId('notice-plan').isChecked(), await page.getByTestId('notice-cases').isChecked(), await page.getByTestId('notice-quiet').isChecked()]).toEqual([false, true, false]);
  });
});

describe('the house style and tagged links', () => {
  it('are kept as they are typed, stop a text beside its cause, and tag a link by a button', async () => {
    await page.getByTestId('nav-settings').click();
    await page.getByTestId('settings-style').click();
    await page.getByTestId('style-banned').fill('chollo');
    await page.keyboard.press('Enter');
    await page.getByTestId('style-stops').getByText('No dejar salir').click();
    await page.getByTestId('style-signature').fill('^MB');
    await page.getByTestId('style-signature').blur();
    await expect.poll(async () => (await account()).style, SOON).toMatchObject({ banned: ['chollo'], stops: true, signature: '^MB', signatureOn: 'answers' });
    await page.getByTestId('settings-tagging').click();
    await page.getByTestId('tagging-on').press(' ');
    await page.getByTestId('tagging-hosts').fill('https://www.CuentaClara.example.com/blog');
    await page.keyboard.press('Enter');
    await page.getByTestId('tagging-campaign').fill('{tier} otoño');
    await page.getByTestId('tagging-campaign').blur();
    await expect.poll(async () => (await account()).tagging, SOON).toMatchObject({ on: true, hosts: ['cuentaclara.example.com'], campaign: '{tier} otoño' });
    await expect.poll(() => page.getByTestId('tagging-shown').textContent(), SOON).toBe('https://cuentaclara.example.com/articulos/cierre?utm_source=x&utm_medium=social&utm_campaign=free-otono');

    await page.getByTestId('new-post').click();
    await page.getByTestId('composer-text').fill('Un chóllo: https://cuentaclara.example.com/articulos/9');
    await page.locator('[data-check="style_banned"].stops').waitFor();
    expect(await page.getByTestId('composer-schedule').isDisabled()).toBe(true);
    await page.getByTestId('composer-text').fill('Una guía: https://cuentaclara.example.com/articulos/9');
    await page.locator('[data-check="style_banned"]').waitFor({ state: 'detached' });
    await page.getByTestId('tag-links').click();
    await expect.poll(() => page.getByTestId('composer-text').inputValue(), SOON).toBe('Una guía: https://cuentaclara.example.com/articulos/9?utm_source=x&utm_medium=social&utm_campaign=free-otono');
    await page.getByTestId('tag-links').waitFor({ state: 'detached' });
    expect(await page.getByTestId('composer-schedule').isDisabled()).toBe(false);
    await page.getByTestId('composer-delete').click();
    // An answer lacks the signature until one press puts it in.
    await page.getByTestId('nav-inbox').click();
    await page.getByTestId('case-row').locator('button').first().click();
    await page.keyboard.press('r');
    await page.getByTestId('reply-text').fill('Lo miramos.');
    await page.getByTestId('reply-style').waitFor();
    expect(await page.getByTestId('reply-send').isDisabled()).toBe(true);
    await page.getByTestId('reply-sign').click();
    expect(await page.getByTestId('reply-text').inputValue()).toBe('Lo miramos. ^MB');
    await page.getByTestId('reply-style').waitFor({ state: 'detached' });
    expect(await page.getByTestId('reply-send').isDisabled()).toBe(false);
  });
});
