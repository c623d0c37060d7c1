import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { picturePng } from '../../src/sandbox/png.ts';
import { addDays } from '../../src/shared/domain/time.ts';
import type { Host } from '../support/host.ts';
import { endPractice, startPractice } from '../support/practice.ts';
import { plan, rpc } from '../support/rpc.ts';
import { picture } from '../support/picture.ts';

let browser: Browser;
let host: Host;
let context: BrowserContext;
let page: Page;
const composer = () => page.getByTestId('composer');
const saved = () => page.getByTestId('save-mark').getByText('Guardada').waitFor();
const tierIs = (tier: string) => page.locator(`[data-testid="composer-tier"][data-value="${tier}"]`).waitFor();
const left = () => composer().waitFor({ state: 'detached' });
/** A row of the library, by the words in it. */
const row = (words: string | RegExp) => page.getByTestId('library').locator('.library-row').filter({ hasText: words });
beforeAll(async () => {
  ({ browser, host } = await startPractice());
  context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  page = await context.newPage();
  await page.goto(host.url);
  await page.getByTestId('first-run-es').click();
  await page.getByTestId('new-post').waitFor();
});
afterAll(() => endPractice({ browser, host }));

describe('the composer', () => {
  it('takes the tier of what the library has at the address, and that of the rule once it is gone from there', async () => {
    const [account] = await rpc(page, 'accounts.list', {});
    if (!account) throw new Error('no account');
    const kept = await rpc(page, 'library.save', {
      accountId: account.id, title: 'Abierta hoy', url: 'https://cuentaclara.example.com/premium/8', summary: '', theme: '', tier: 'status', publishedOn: null, expiresOn: null, evergreen: false, restDays: 30, notes: '', variants: [],
    });
    await page.keyboard.press('n');
    await page.getByTestId('composer-text').fill('Solo hoy https://cuentaclara.example.com/premium/8');
    await tierIs('status');
    await rpc(page, 'library.remove', { ids: [kept.item.id] });
    await tierIs('premium');
    await page.getByTestId('composer-delete').click();
    await left();
  });
  it('takes pictures by what they are, asks for a reason when tier and link disagree, and sends now with ten seconds to think', async () => {
    await page.keyboard.press('n');
    await page.getByTestId('composer-text').fill('Oferta https://cuentaclara.example.com/premium/9');
    await tierIs('premium');
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
    await page.getByTestId('library-written-all').click();
    await page.getByTestId('library').getByText('Oferta').first().waitFor();
  });
  it('takes a second press for the same wish: one post, one notice', async () => {
    await page.keyboard.press('n');
    await page.getByTestId('composer-text').fill('Pulsada dos veces');
    await saved();
    await page.getByTestId('composer-text').evaluate((field) => {
      for (let i = 0; i < 2; i += 1) field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true, cancelable: true }));
    });
    await left();
    const notices = page.getByRole('alert').filter({ hasText: 'Pulsada dos veces' });
    await notices.first().waitFor();
    await page.waitForTimeout(500);
    expect(await notices.count()).toBe(1);
    await notices.getByTestId('undo').click();
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
  it('proposes a quarter with nothing in it, and saves a planned post where it stands', async () => {
    const times: string[] = [];
    for (const text of ['Primera propuesta', 'Segunda propuesta']) {
      await page.getByTestId('new-post').click();
      await page.getByTestId('composer-text').fill(text);
      await saved();
      times.push(`${await page.getByTestId('composer-date').inputValue()} ${await page.getByTestId('composer-time').inputValue()}`);
      await page.getByTestId('composer-schedule').click();
      await left();
    }
    expect(new Set(times).size).toBe(2);
    await row('Segunda propuesta').getByText('programada').waitFor();
    await row('Segunda propuesta').locator('.link-button').click();
    await page.getByTestId('composer-text').fill('Segunda propuesta, corregida');
    expect(await page.getByTestId('composer-schedule').count()).toBe(0);
    await page.getByTestId('composer-save').click();
    await left();
    await row('Segunda propuesta, corregida').getByText('programada').waitFor();
    // Another time turns the act into a move; the other way off the plan is beside it.
    await row('Segunda propuesta, corregida').locator('.link-button').click();
    await page.getByTestId('composer-time').fill('23:55');
    await page.getByTestId('composer-schedule').getByText('Mover a').waitFor();
    await page.getByTestId('composer-unschedule').click();
    await left();
    await row('Segunda propuesta, corregida').getByText('borrador').waitFor();
  });
  it('leaves a planned post as it was until its change is saved: typing, leaving and loading again publish nothing of it', async () => {
    const text = async (): Promise<string | undefined> => (await rpc(page, 'publications.list', { states: ['scheduled'] })).find((each) => each.text.startsWith('Primera propuesta'))?.text;
    const field = page.getByTestId('composer-text');
    await row('Primera propuesta').locator('.link-button').click();
    await field.fill('Primera propuesta, a med');
    await page.getByTestId('save-mark').getByText('Sin guardar').waitFor();
    // Longer than what saves a draft by itself.
    await page.waitForTimeout(900);
    expect(await text()).toBe('Primera propuesta');
    await page.keyboard.press('Escape');
    await page.getByTestId('unsaved-change').waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-testid'))).toBe('change-save');
    await page.reload();
    await expect.poll(() => field.inputValue()).toBe('Primera propuesta, a med');
    expect(await text()).toBe('Primera propuesta');
    await page.keyboard.press('Escape');
    await page.getByTestId('change-discard').click();
    await left();
    expect(await text()).toBe('Primera propuesta');
    await page.getByRole('alert').filter({ hasText: 'Cambio descartado' }).getByTestId('undo').click();
    await expect.poll(() => field.inputValue()).toBe('Primera propuesta, a med');
    await page.keyboard.press('Escape');
    await page.getByTestId('change-discard').click();
    await left();
    // Opened again it is as it goes out.
    await page.getByTestId('nav-library').click();
    await page.getByTestId('library-written-all').click();
    await row('Primera propuesta').locator('.link-button').click();
    expect(await field.inputValue()).toBe('Primera propuesta');
    // Another time is a change too: it is asked about, not dropped.
    const time = page.getByTestId('composer-time');
    const before = await time.inputValue();
    await time.fill('23:10');
    // It stands over a reload too, and comes back with the discarding of it.
    await page.reload();
    await expect.poll(() => time.inputValue()).toBe('23:10');
    await page.keyboard.press('Escape');
    await page.getByTestId('change-discard').click();
    await left();
    await page.getByRole('alert').filter({ hasText: 'Cambio descartado' }).getByTestId('undo').click();
    await expect.poll(() => time.inputValue()).toBe('23:10');
    await page.keyboard.press('Escape');
    await page.getByTestId('change-discard').click();
    await left();
    await page.getByTestId('nav-library').click();
    await page.getByTestId('library-written-all').click();
    // Moved elsewhere while it is open it is not moved back, and what is typed over it stands on the same words.
    const planned = (await rpc(page, 'publications.list', { states: ['scheduled'] })).find((each) => each.text === 'Primera propuesta');
    expect(planned?.wall?.slice(11)).toBe(before);
    await row('Primera propuesta').locator('.link-button').click();
    await field.fill('Primera propuesta, entera');
    const wall = `${planned?.wall?.slice(0, 10) ?? ''}T23:20`;
    expect((await rpc(page, 'publications.place', { id: planned?.id ?? '', at: { wall } })).result).toBe('placed');
    await expect.poll(() => time.inputValue()).toBe('23:20');
    await page.getByTestId('composer-save').click();
    await left();
    expect(await rpc(page, 'publications.get', { id: planned?.id ?? '' })).toMatchObject({ text: 'Primera propuesta, entera', wall, state: 'scheduled' });
  });
  it('says a refusal beside the act, with nothing but acts to choose from, all of them in sight', async () => {
    const [account] = await rpc(page, 'accounts.list', {});
    const day = addDays(new Date().toISOString().slice(0, 10), 9);
    await plan(page, account?.id ?? '', ['10:00', '12:00'].map((time) => ({ text: `Para suscriptores a las ${time}`, tier: 'premium', day, time })));
    await page.getByTestId('new-post').click();
    await page.getByTestId('composer-text').fill('Una prémium de más');
    await page.getByTestId('tier-premium').click();
    await page.getByTestId('composer-date').fill(day);
    await page.getByTestId('composer-time').fill('11:00');
    // Left, the day is said in words.
    await expect.poll(() => page.getByTestId('composer-date').inputValue()).toMatch(/^\p{L}{3} \d{1,2} \p{L}{3,4}/u);
    await page.getByTestId('composer-schedule').click();
    const refusal = page.getByTestId('refusal');
    await refusal.waitFor();
    const acts = await page.locator('.composer-acts').boundingBox();
    for (const button of await refusal.locator('button').all()) {
      const box = await button.boundingBox();
      expect(box !== null && acts !== null && box.y + box.height <= acts.y).toBe(true);
    }
    expect(await refusal.locator('.mantine-Stack-root > span').count()).toBe(0);
    await picture(page, 'refusal');
    await page.getByTestId('composer-delete').click();
    await left();
  });
  it('keeps what was typed beside a post that changed in another window, and lets it be taken back', async () => {
    const other = await context.newPage();
    await other.goto(page.url());
    await other.getByTestId('nav-library').click();
    await other.getByTestId('library-written-all').click();
    const opens = async (which: Page): Promise<void> => {
      await which.getByTestId('library').locator('.library-row').filter({ hasText: 'Primera propuesta' }).locator('.link-button').click();
      await which.getByTestId('composer-text').waitFor();
    };
    await opens(page);
    await opens(other);
    await other.getByTestId('composer-text').fill('Primera propuesta, allí');
    await other.getByTestId('composer-save').click();
    await other.getByTestId('composer').waitFor({ state: 'detached' });
    await page.getByTestId('composer-text').fill('Primera propuesta, aquí');
    await page.getByTestId('composer-save').click();
    await page.getByTestId('conflict').waitFor();
    await page.getByTestId('composer-close').click();
    await left();
    await row('Primera propuesta, allí').getByText('programada').waitFor();
    await row('Primera propuesta, aquí').getByText('borrador').waitFor();
    await page.getByRole('alert').filter({ hasText: 'cambió en otra parte' }).getByTestId('undo').click();
    await row('Primera propuesta, aquí').waitFor({ state: 'detached' });
    await other.close();
  });
  it('takes the next key at once when it closes, and keeps what was just typed', async () => {
    await page.getByTestId('new-post').click();
    await page.getByTestId('composer-text').fill('Recién escrita');
    await page.keyboard.press('Escape');
    await page.keyboard.press('n');
    await expect.poll(() => page.getByTestId('composer-text').inputValue()).toBe('');
    await page.getByTestId('composer-text').fill('La siguiente');
    // Another one while this one is being written: this one is kept.
    await page.getByTestId('new-post').click();
    await expect.poll(() => page.getByTestId('composer-text').inputValue()).toBe('');
    await page.keyboard.press('Escape');
    await left();
    await row('Recién escrita').waitFor();
    await row('La siguiente').waitFor();
    // The focus goes back to what opened it.
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-testid'))).toBe('new-post');
  });
  it('keeps what is typed in the moment in which it opens', async () => {
    await page.evaluate(() => {
      const seen = new MutationObserver(() => {
        const field = document.querySelector<HTMLTextAreaElement>('[data-testid="composer-text"]');
        if (!field) return;
        seen.disconnect();
        field.focus();
        document.execCommand('insertText', false, 'Tecleada al abrir');
      });
      seen.observe(document.body, { childList: true, subtree: true });
    });
    await page.keyboard.press('n');
    await saved();
    expect(await page.getByTestId('composer-text').inputValue()).toBe('Tecleada al abrir');
    await page.keyboard.press('Escape');
    await left();
  });
  it('leaves no draft behind of a post or a poll without a word', async () => {
    const rows = () => page.getByTestId('library').locator('.library-row').count();
    // What was written before stands there.
    await row('Tecleada al abrir').waitFor();
    const before = await rows();
    await page.getByTestId('new-post').click();
    await page.getByTestId('add-poll').click();
    await page.getByTestId('poll-option').first().waitFor();
    await page.getByTestId('composer-close').click();
    await left();
    await page.getByTestId('new-post').click();
    await page.getByTestId('composer-text').fill('Mejor no');
    await saved();
    await row('Mejor no').waitFor();
    await page.getByTestId('composer-text').fill('');
    await page.keyboard.press('Escape');
    await left();
    await row('Mejor no').waitFor({ state: 'detached' });
    expect(await row('sin texto').count()).toBe(0);
    expect(await rows()).toBe(before);
  });
  it('cuts no answer of a poll: it says how much is too long, and neither sends nor closes so', async () => {
    await page.getByTestId('new-post').click();
    await page.getByTestId('composer-text').fill('¿Cuál prefieres?');
    await page.getByTestId('add-poll').click();
    const answers = page.getByTestId('poll-option');
    await answers.nth(0).fill('La más larga de las respuestas');
    await answers.nth(1).fill('Otra');
    await page.getByText('Sobran 5: X admite 25').waitFor();
    expect(await page.getByTestId('composer-schedule').isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    await page.getByTestId('too-long').waitFor();
    expect(await answers.nth(0).inputValue()).toBe('La más larga de las respuestas');
    await answers.nth(0).fill('La más larga');
    await saved();
    await page.keyboard.press('Escape');
    await left();
  });
  it('says what is not saved yet, stays open over it, and saves by itself later', async () => {
    const tab = await context.newPage();
    let refusing = true;
    await tab.routeWebSocket(/\/ws$/, (line) => {
      const server = line.connectToServer();
      line.onMessage((message) => {
        const frame = JSON.parse(String(message)) as { id: string; method?: string };
        if (!refusing || frame.method !== 'publications.save') return server.send(message);
        return line.send(JSON.stringify({ t: 'failure', id: frame.id, error: { code: 'internal', params: {}, retry: 'never', correlationId: 'test' } }));
      });
    });
    await tab.clock.install();
    await tab.goto(page.url());
    await tab.getByTestId('new-post').click();
    await tab.getByTestId('composer-text').fill('Esto no se pierde');
    await tab.getByTestId('not-saved').waitFor();
    expect(await tab.getByTestId('save-mark').textContent()).toBe('Sin guardar aún');
    await tab.getByTestId('composer-close').click();
    await tab.getByTestId('not-saved').getByText('se vuelve a intentar').waitFor();
    expect(await tab.getByTestId('composer-text').inputValue()).toBe('Esto no se pierde');
    refusing = false;
    await tab.clock.fastForward(31_000);
    await tab.getByTestId('save-mark').getByText('Guardada').waitFor();
    await row('Esto no se pierde').waitFor();
    await tab.close();
  });
});
