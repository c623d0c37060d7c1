import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { picturePng } from '../../src/sandbox/png.ts';
import { type Host, startHost } from '../support/host.ts';
import { endPractice, startPractice } from '../support/practice.ts';
import { rpc } from '../support/rpc.ts';
import { picture } from '../support/picture.ts';

let browser: Browser;
let host: Host;
let page: Page;
beforeAll(async () => {
  ({ browser, host } = await startPractice());
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(host.url);
  await page.getByTestId('first-run-es').click();
  await page.locator('[data-testid="column-mentions"] [data-testid="post"]').first().waitFor({ timeout: 20_000 });
  await page.keyboard.press('g');
  await page.keyboard.press('i');
  await page.getByTestId('case-row').nth(3).waitFor();
});
afterAll(() => endPractice({ browser, host }));
const selected = (): Promise<string | null> => page.locator('.case-row.selected').getAttribute('data-case-id');
/** Once the conversation of the selected row is shown. */
async function shown(id: string | null): Promise<void> {
  const name = await page.locator(`[data-case-id="${id}"] b`).textContent();
  await page.getByTestId('conversation').getByRole('heading', { name: name ?? '' }).waitFor();
}

describe('the inbox', () => {
  it('goes through cases by keyboard alone: done, snoozed, labelled, high, undone', async () => {
    await page.keyboard.press('j');
    const first = await selected();
    await shown(first);
    await page.locator(`[data-case-id="${first}"][data-state="open"]`).waitFor();
    await page.keyboard.press('e');
    await page.locator(`[data-case-id="${first}"]`).waitFor({ state: 'detached' });
    expect(await selected()).not.toBe(first);
    await page.keyboard.press('Control+z');
    await page.locator(`[data-case-id="${first}"]`).waitFor();
    const second = await selected();
    await shown(second);
    await page.keyboard.press('#');
    await page.getByTestId('label-word').fill('despacho');
    await page.keyboard.press('Enter');
    await page.locator(`[data-case-id="${second}"] .tag`, { hasText: 'despacho' }).waitFor();
    await page.keyboard.press('!');
    await page.locator(`[data-case-id="${second}"] .tag`, { hasText: 'alta' }).waitFor();
    // What is said of it covers nothing of the cases, the conversation or the person.
    await page.getByRole('alert').filter({ hasText: 'Prioridad alta' }).waitFor();
    const covered = (): Promise<string[]> => page.evaluate(() => {
      const notices = [...document.querySelectorAll('.mantine-Notification-root')].map((each) => each.getBoundingClientRect()).filter((box) => box.height > 0);
      return ['.case-list', '.conversation', '.person'].filter((part) => {
        const box = document.querySelector(part)?.getBoundingClientRect();
        return box && notices.some((each) => each.left < box.right && each.right > box.left && each.top < box.bottom && each.bottom > box.top);
      });
    });
    await expect.poll(covered).toEqual([]);
    await page.keyboard.press('z');
    await page.getByRole('menuitem').first().and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    await page.locator(`[data-case-id="${second}"]`).waitFor({ state: 'detached' });
    await page.getByTestId('view-snoozed').click();
    await page.locator(`[data-case-id="${second}"] .case-clock`, { hasText: 'hasta' }).waitFor();
    await page.getByTestId('view-attend').click();
  });

  it('answers with a saved reply by /, in ten seconds, and can take it back', async () => {
    const id = await selected();
    await shown(id);
    expect(await page.getByTestId('reply-route').textContent()).toContain('se responde aquí');
    await page.keyboard.press('r');
    await page.getByTestId('reply-text').pressSequentially('/gra');
    await page.getByTestId('slash').getByRole('option', { name: 'Gracias' }).waitFor();
    await picture(page, 'inbox-slash');
    // Enter that ends a character put together of several keys is for that character.
    const composing = (ctrlKey: boolean): Promise<boolean> => page.getByTestId('reply-text').evaluate((field, ctrl) => field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: ctrl, isComposing: true, bubbles: true, cancelable: true })), ctrlKey);
    expect(await composing(false)).toBe(true);
    expect(await page.getByTestId('reply-text').inputValue()).toBe('/gra');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByTestId('reply-text').inputValue()).toMatch(/^¡Gracias, /);
    expect(await composing(true)).toBe(true);
    expect(await page.getByTestId('reply-text').inputValue()).toMatch(/^¡Gracias, /);
    await page.keyboard.press('Control+Enter');
    await page.locator(`[data-case-id="${id}"]`).waitFor({ state: 'detached' });
    await page.getByTestId('view-waiting').click();
    await page.locator(`[data-case-id="${id}"]`).waitFor();
    await page.getByTestId('undo').last().click();
    await page.locator(`[data-case-id="${id}"]`).waitFor({ state: 'detached' });
    await page.getByTestId('view-attend').click();
    await page.locator(`[data-case-id="${id}"] button`).click();
    await shown(id);
    expect(await page.getByTestId('reply-text').inputValue()).toMatch(/^¡Gracias, /);
  });

  it('sends a person to a channel with one key, and the answer appears in the conversation', async () => {
    await page.getByTestId('reply-text').fill('');
    await page.keyboard.press('Escape');
    const row = page.locator('.case-row:not(.selected)').first();
    const id = await row.getAttribute('data-case-id');
    await row.locator('button').click();
    await shown(id);
    await page.keyboard.press('d');
    await page.getByTestId('route').first().and(page.locator(':focus')).waitFor();
    // An open menu keeps the keys to itself.
    await page.keyboard.press('u');
    await page.locator(`[data-case-id="${id}"]`).waitFor();
    await page.keyboard.press('Enter');
    await page.getByTestId('view-waiting').click();
    await page.locator(`[data-case-id="${id}"] button`).click();
    // Read back from the network its link is shown shortened, as X says it.
    await page.locator('[data-testid="case-message"][data-direction="out"]', { hasText: 'cuentaclara.example.com/consul' }).waitFor({ timeout: 25_000 }).catch(async (cause: unknown) => {
      const whole = await rpc(page, 'inbox.case', { caseId: id ?? '' });
      const [account] = await rpc(page, 'accounts.list', {});
      const sent = await rpc(page, 'publications.list', { accountId: account?.id ?? '', limit: 5 });
      throw new Error(`the answer is not shown: ${JSON.stringify({ shown: (await page.getByTestId('conversation').textContent())?.slice(0, 1500), case: whole.case, events: whole.events, out: whole.messages.map((each) => [each.direction, each.post.text.slice(0, 60)]), sent })}`, { cause });
    });
    await page.locator('.case-event', { hasText: 'Derivado a Consultorio en directo' }).waitFor();
    await page.getByTestId('view-attend').click();
    // The list of those that wait stays until the other is there.
    await page.locator(`[data-case-id="${id}"]`).waitFor({ state: 'detached' });
  });

  it('sends an answer once: the box is empty afterwards, and no draft of it is left', async () => {
    const row = page.locator('.case-row:not(.selected)').first();
    const id = await row.getAttribute('data-case-id');
    await row.locator('button').click();
    await shown(id);
    await page.keyboard.press('r');
    await page.getByTestId('reply-text').fill('Hola, lo miramos ahora mismo.');
    await page.locator(`[data-case-id="${id}"] .tag`, { hasText: 'borrador' }).waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByTestId('view-waiting').click();
    await page.locator(`[data-case-id="${id}"] button`).click();
    await page.locator('[data-testid="case-message"][data-direction="out"]', { hasText: 'lo miramos ahora mismo' }).waitFor({ timeout: 30_000 });
    expect(await page.getByTestId('reply-text').inputValue()).toBe('');
    expect(await page.locator(`[data-case-id="${id}"] .tag`, { hasText: 'borrador' }).count()).toBe(0);
    const left = await rpc(page, 'publications.list', { states: ['draft'] });
    expect(left.filter((each) => each.text.includes('lo miramos'))).toEqual([]);
    await page.getByTestId('view-attend').click();
    await page.locator(`[data-case-id="${id}"]`).waitFor({ state: 'detached' });
  });

  it('finds a case by its person from anywhere, does what the keys do, and takes letters typed before its field is there', async () => {
    const names = await page.locator('.case-row b').allTextContents();
    // Letters with accents are put together from several keys, which only a field can do.
    const name = names.find((each) => /^[\x20-\x7e]+$/.test(each)) ?? '';
    expect(name).not.toBe('');
    await page.keyboard.press('g');
    await page.keyboard.press('c');
    await page.getByTestId('calendar').waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type(name);
    const field = page.locator('input.mantine-Spotlight-search');
    await expect.poll(() => field.inputValue()).toBe(name);
    await page.locator('.mantine-Spotlight-action', { hasText: `${name} · @` }).first().click();
    await page.getByTestId('conversation').getByRole('heading', { name }).waitFor();
    // All keys in one breath, before the field can be there.
    await page.evaluate(() => {
      const press = (key: string, ctrlKey = false): void => void document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey, bubbles: true, cancelable: true }));
      press('k', true);
      for (const key of [...'Posponer', 'Enter']) press(key);
    });
    await page.getByRole('menuitem', { name: 'Una hora' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('menuitem', { name: 'Una hora' }).waitFor({ state: 'detached' });
  });

  it('takes E, R and a text in one breath: one case done, every letter in the answer to the next', async () => {
    const said = 'Hola, dezumos.';
    const first = await selected();
    const tabs = page.context().pages().length;
    for (const key of ['e', 'r', ...said]) await page.keyboard.press(key);
    await expect.poll(() => page.getByTestId('reply-text').inputValue()).toBe(said);
    expect(await selected()).not.toBe(first);
    await page.locator(`[data-case-id="${first}"]`).waitFor({ state: 'detached' });
    expect([await page.getByTestId('composer').count(), page.context().pages().length]).toEqual([0, tabs]);
    await page.getByTestId('reply-text').fill('');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+z');
    await page.locator(`[data-case-id="${first}"]`).waitFor();
  });

  it('does many at once, and remembers a person', async () => {
    await page.keyboard.press('x');
    const ids = [await selected()];
    await page.keyboard.press('j');
    await expect.poll(selected).not.toBe(ids[0]);
    ids.push(await selected());
    await page.keyboard.press('x');
    await page.getByTestId('bulk').getByText('2 elegidos').waitFor();
    await page.keyboard.press('e');
    // Their rows, not how many there are: the practice world's people go on writing.
    for (const id of ids) await page.locator(`[data-case-id="${id}"]`).waitFor({ state: 'detached' });
    await page.keyboard.press('Control+z');
    for (const id of ids) await page.locator(`[data-case-id="${id}"]`).waitFor();
    await page.getByTestId('person-promise-add').click();
    await page.getByTestId('person-promise').fill('Enviarle el enlace');
    expect(await page.getByTestId('person-promise').evaluate((field) => field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true })))).toBe(true);
    await page.keyboard.press('Enter');
    await page.getByTestId('person').getByRole('checkbox', { name: 'Enviarle el enlace' }).check();
    await page.getByTestId('person-note').fill('Prefiere por la mañana');
    await page.getByTestId('case-note').focus();
    // Loaded again, the window shows what it showed.
    await page.reload();
    await page.getByTestId('case-row').first().waitFor();
    expect(await page.getByTestId('nav-inbox').getAttribute('aria-current')).toBe('page');
  });

  it('takes an emoji by keyboard where the caret stands, and keeps a draft with its picture over a killed program', async () => {
    const id = await selected();
    await shown(id);
    await page.keyboard.press('r');
    await page.getByTestId('reply-text').fill('Gracias por avisar.');
    await page.keyboard.press('ArrowLeft');
    await page.getByTestId('emoji-open').click();
    await page.getByTestId('emoji-search').and(page.locator(':focus')).waitFor();
    // Found without its accent, and in the other language too.
    await page.keyboard.type('thanks');
    await page.getByTestId('emoji').getByRole('button', { name: 'gracias' }).first().waitFor();
    await page.getByTestId('emoji-search').fill('tornillo');
    await page.getByTestId('emoji').getByText('Ninguno con esa palabra').waitFor();
    await page.getByTestId('emoji-search').fill('corazon verde');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByTestId('reply-text').inputValue()).toBe('Gracias por avisar💚.');
    await page.getByTestId('reply-file').setInputFiles({ name: 'cuadro.png', mimeType: 'image/png', buffer: picturePng(2) });
    await page.getByTestId('reply-box').getByTestId('picture').getByRole('textbox').fill('El cuadro por meses');
    await page.keyboard.press('Control+s');
    await page.getByRole('alert').filter({ hasText: 'Borrador guardado' }).waitFor();
    await expect.poll(selected).not.toBe(id);
    await page.locator(`[data-case-id="${id}"] .tag`, { hasText: 'borrador' }).waitFor();
    // A picture that was just added and never saved by hand is kept as well.
    const next = await selected();
    await shown(next);
    await page.getByTestId('reply-file').setInputFiles({ name: 'otro.png', mimeType: 'image/png', buffer: picturePng(3) });
    await page.locator(`[data-case-id="${next}"] .tag`, { hasText: 'borrador' }).waitFor();
    await host.stop('SIGKILL');
    host = await startHost({ profile: host.profile });
    await page.goto(host.url);
    await page.locator(`[data-case-id="${id}"] button`).click();
    await shown(id);
    await page.getByTestId('reply-box').getByTestId('picture').waitFor();
    expect(await page.getByTestId('reply-text').inputValue()).toBe('Gracias por avisar💚.');
    expect(await page.getByTestId('reply-box').getByTestId('picture').getByRole('textbox').inputValue()).toBe('El cuadro por meses');
    await page.locator(`[data-case-id="${next}"] button`).click();
    await shown(next);
    await page.getByTestId('reply-box').getByTestId('picture').waitFor();
    await page.locator(`[data-case-id="${id}"] button`).click();
    await shown(id);
    await page.getByTestId('reply-text').press('Control+Enter');
    await page.getByTestId('view-waiting').click();
    await page.locator(`[data-case-id="${id}"] button`).click();
    await page.locator('[data-testid="case-message"][data-direction="out"] img[alt="El cuadro por meses"]').waitFor({ timeout: 30_000 });
  });
});
