import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousFindings } from '../support/accessibility.ts';
import type { Sandbox } from '../../src/sandbox/server.ts';
import type { Cable } from '../support/cable.ts';
import { type Connected, startConnected } from '../support/connected.ts';
import { rpc } from '../support/rpc.ts';
import { picture } from '../support/picture.ts';

let app: Connected;
let sandbox: Sandbox;
let cable: Cable;
let control: Connected['control'];
let lookNow: Connected['lookNow'];
let page: Page;
let accountId: string;
const person = (n: number): string => sandbox.world.users[n]!.username;
beforeAll(async () => {
  app = await startConnected();
  ({ sandbox, cable, page, control, lookNow } = app);
  accountId = (await rpc(page, 'accounts.list', {}))[0]!.id;
});
afterAll(() => app?.close());
const put = (action: 'hideReply', postId: string) => rpc(page, 'outbox.put', { accountId, action, postId });
const focused = (): Promise<string | null> => page.evaluate(() => document.activeElement?.closest('[data-row-key]')?.getAttribute('data-row-key') ?? null);

async function findings(name: string): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    found.push(...(await seriousFindings(page, `${name} ${colorScheme}`)));
  }
  return found;
}

describe('the outbox', () => {
  const asked: { id: string; caseId: string }[] = [];
  const answers: string[] = [];
  let own: { id: string };
  const hidden: string[] = [];

  it('counts what waits, says since when, and says that nothing is there before', async () => {
    await page.getByTestId('nav-activity').click();
    await page.getByTestId('tab-outbox').click();
    await page.getByText('Lo que hagas sin red espera aquí').waitFor();
    expect(await page.getByTestId('tab-outbox').locator('.count').count()).toBe(0);
    const me = sandbox.world.users[0]!.username;
    const questions = ['¿abrís el lunes?', '¿abrís el martes?', '¿abrís el jueves?'];
    const posts = [];
    for (const [i, text] of questions.entries()) posts.push(await control('post', { username: person(3 + i), text: `@${me} ${text}` }));
    own = await control('post', { username: me, text: 'Cierre contable' });
    for (const n of [8, 9, 10]) hidden.push((await control('post', { username: person(n), text: `@${me} ofertas`, replyToId: own.id })).id);
    await lookNow();
    const cases = await expect.poll(async () => (await rpc(page, 'inbox.list', { accountId, view: 'attend', limit: 100 })).cases.filter((each) => each.excerpt.includes('¿abrís el')).length, { timeout: 15_000 }).toBe(3).then(async () => (await rpc(page, 'inbox.list', { accountId, view: 'attend', limit: 100 })).cases);
    for (const [i, text] of questions.entries()) asked.push({ id: posts[i]!.id, caseId: cases.find((each) => each.excerpt.includes(text))!.id });
    cable.cut();
    await lookNow();
    await page.getByTestId('offline').waitFor();
    for (const { caseId } of asked) answers.push((await rpc(page, 'inbox.reply', { caseId, text: `Sí, abrimos (${answers.length + 1}).` })).publication.id);
    for (const id of hidden) await put('hideReply', id);
    await expect.poll(() => page.getByTestId('outbox-counts').textContent(), { timeout: 20_000 }).toBe('6 en espera');
    expect(await page.getByTestId('outbox-title').textContent()).toMatch(/^6 acciones desde las \d\d:\d\d$/);
    expect(await page.getByTestId('tab-outbox').locator('.count').textContent()).toBe('6');
    expect(await page.getByTestId('activity-status').textContent()).toContain('sin conexión desde las');
    await picture(page, 'activity-offline');
  });

  it('goes through the rows by keyboard: arrows, Enter opens the record, Esc closes it and gives the focus back; Alt and an arrow moves an act', async () => {
    await page.getByTestId('outbox-hold').focus();
    await page.keyboard.press('Tab');
    const rows = page.locator('.outbox-row');
    const keys = await rows.evaluateAll((all) => all.map((row) => row.getAttribute('data-row-key')));
    expect(await focused()).toBe(keys[0]);
    await page.keyboard.press('End');
    expect(await focused()).toBe(keys.at(-1));
    await page.keyboard.press('ArrowUp');
    const at = await focused();
    expect(at).toBe(keys.at(-2));
    expect(answers).toContain(at);
    await page.keyboard.press('Enter');
    await page.getByTestId('record').getByTestId('black-box-view').waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('record').waitFor({ state: 'detached' });
    expect(await focused()).toBe(at);
    await page.keyboard.press('Home');
    await page.keyboard.press('j');
    expect(await focused()).toBe(keys[1]);
    await page.keyboard.press('k');
    expect(await focused()).toBe(keys[0]);
    await page.keyboard.press('Alt+ArrowDown');
    await expect.poll(() => rows.evaluateAll((all) => all.map((row) => row.getAttribute('data-row-key')))).toEqual([keys[1], keys[0], ...keys.slice(2)]);
    expect(await focused()).toBe(keys[0]);
  });

  it('takes back what waits, and puts it in again by undo; an answer becomes a draft', async () => {
    const act = page.locator('[data-testid="outbox-entry"]').filter({ hasText: person(9) });
    await act.getByTestId('outbox-undo').click();
    await act.and(page.locator('[data-state="waiting"]')).waitFor({ state: 'detached' });
    await expect.poll(() => page.getByTestId('outbox-counts').textContent()).toBe('5 en espera');
    await page.getByTestId('undo').last().click();
    await expect.poll(() => page.getByTestId('outbox-counts').textContent()).toBe('6 en espera');
    const answer = page.locator(`[data-row-key="${answers[2]}"]`);
    await answer.getByTestId('outbox-undo').click();
    await answer.waitFor({ state: 'detached' });
    expect(await rpc(page, 'publications.get', { id: answers[2]! })).toMatchObject({ state: 'draft', text: 'Sí, abrimos (3).' });
  });

  it('is held when the network is back, goes when it is let go, and asks in words about what was answered elsewhere', async () => {
    await page.getByTestId('outbox-hold').click();
    await page.getByTestId('activity-status').getByText('retenido desde las').waitFor();
    const me = sandbox.world.users[0]!.username;
    await control('post', { username: me, text: 'El martes también, sí.', replyToId: asked[1]!.id });
    cable.mend();
    await rpc(page, 'sync.now', {});
    await page.getByTestId('offline').waitFor({ state: 'detached' });
    await page.waitForTimeout(8000);
    expect(await page.getByTestId('outbox-counts').textContent()).toBe('5 en espera');
    expect(sandbox.world.posts.filter((post) => post.text.startsWith('Sí, abrimos')).length).toBe(0);
    await page.getByTestId('outbox-hold').click();
    const box = page.getByTestId('outbox-conflict');
    await box.waitFor({ timeout: 40_000 });
    await expect.poll(() => page.getByTestId('outbox-counts').textContent(), { timeout: 40_000 }).toBe('4 hechas · 1 te necesita');
    expect(await box.textContent()).toContain('El martes también, sí.');
    expect(await box.textContent()).toContain('Sí, abrimos (2).');
    expect(await page.getByTestId('outbox-title').textContent()).toMatch(/^5 acciones de (las \d\d:\d\d|\d\d:\d\d a \d\d:\d\d)$/);
    await page.locator(`[data-row-key="${answers[1]}"]`).getByTestId('outbox-decide').click();
    await picture(page, 'activity-outbox');
    // Once the box is drawn: there may be more of them than were shown.
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-testid'))).toBe('conflict-drop');
    await page.keyboard.press('Enter');
    await box.waitFor({ state: 'detached' });
    expect((await rpc(page, 'inbox.case', { caseId: asked[1]!.caseId })).case.state).toBe('done');
    await page.getByTestId('undo').last().click();
    await box.waitFor();
    expect(await findings('conflict')).toEqual([]);
    expect((await rpc(page, 'publications.get', { id: answers[1]! })).text).toBe('Sí, abrimos (2).');
    expect(sandbox.world.posts.filter((post) => post.text.startsWith('Sí, abrimos')).map((post) => post.text)).toEqual(['Sí, abrimos (1).']);
  });

  it('shows what happened with its record, the proof and the price', async () => {
    const saved = await rpc(page, 'publications.save', { accountId, text: 'Plazos de diciembre', tier: 'free', tierReason: null, media: [] });
    if (saved.result !== 'placed') throw new Error('refused');
    await rpc(page, 'publications.sendNow', { id: saved.publication.id });
    await page.getByTestId('tab-all').click();
    // An answer says to whom.
    expect(await page.locator('[data-testid="activity-row"][data-code="posted"]').first().textContent()).toMatch(new RegExp(`Respuesta a @(${[3, 4, 5].map(person).join('|')}): Sí, abrimos`));
    await page.locator('[data-testid="activity-row"][data-code="posted"]').first().click();
    const record = page.getByTestId('record');
    await record.getByText('según el reloj de X').waitFor();
    expect(await record.locator('.record-foot').textContent()).toContain('por publicarla');
    expect(await findings('record')).toEqual([]);
    // A post of one's own is measured: when, and at what price.
    await page.locator('[data-testid="activity-row"][data-code="posted"]', { hasText: 'Plazos de diciembre' }).click({ timeout: 30_000 });
    const figures = record.locator('[data-entry="figures"]');
    await figures.last().waitFor();
    expect((await figures.allTextContents()).map((text) => /Cifras públicas, día (\d)previstas, 1 lectura, de 0,001\sUSD a 0,005\sUSD$/.exec(text)?.[1])).toEqual(['1', '3', '7']);
    expect(await findings('record of a post')).toEqual([]);
    await picture(page, 'activity-record');
    await page.keyboard.press('Escape');
    await record.waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-code'))).toBe('posted');
  });

  it('says what was spent, by kind of request, today and this month', async () => {
    await page.getByTestId('tab-spending').click();
    const row = page.getByTestId('spending').locator('tr', { hasText: 'Entradas y respuestas' });
    await row.waitFor();
    const month = await rpc(page, 'money.month', { accountId });
    const calls = month.today.find((each) => each.endpoint === 'POST tweets')?.calls ?? 0;
    expect(calls).toBeGreaterThan(0);
    expect(await row.locator('td').nth(1).textContent()).toBe(String(calls));
    expect(await findings('spending')).toEqual([]);
    // What own posts' figures cost is said where it is turned off.
    await page.getByTestId('spending-month').click();
    await page.getByTestId('money-metrics').getByText('hasta 3 lecturas por entrada').waitFor();
    await page.getByTestId('set-metrics').click();
    await expect.poll(async () => (await rpc(page, 'settings.get', {})).metrics).toBe(false);
  });
});
