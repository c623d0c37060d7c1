import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Account } from '../../src/shared/contract/accounts.ts';
import type { Publication } from '../../src/shared/contract/publications.ts';
import { addDays, dayOf, instantToWall, weekday } from '../../src/shared/domain/time.ts';
import { type Host, startHost } from '../support/host.ts';
import { endPractice, startPractice } from '../support/practice.ts';
import { plan, rpc } from '../support/rpc.ts';

const LATE_MS = 40 * 60_000;
let browser: Browser;
let host: Host;
let page: Page;
let account: Account;
beforeAll(async () => {
  ({ browser, host } = await startPractice());
  await open();
  await page.getByTestId('first-run-es').click();
  await page.getByTestId('nav-calendar').click();
  const [found] = await rpc(page, 'accounts.list', {});
  if (!found) throw new Error('no account');
  account = found;
});
afterAll(() => endPractice({ browser, host }));
async function open(): Promise<void> {
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(15_000);
  await page.goto(host.url);
}
const list = (): Promise<Publication[]> => rpc(page, 'publications.list', { accountId: account.id });

describe('lines that say when they go and of which tier they are', () => {
  it('are read, shown with what was understood, and planned; what is not understood stays in the text', async () => {
    const day = addDays(dayOf(Date.now(), account.zone), 3);
    const [, month, date] = day.split('-').map(Number);
    const name = ['lun', 'mar', 'mié', 'jue', 'vie', 'sáb', 'dom'][weekday(day) - 1];
    await page.getByTestId('open-bulk').click();
    await page.getByRole('dialog').getByText('Lo que no se entiende se queda en el texto', { exact: false }).waitFor();
    await page.getByTestId('bulk-content').fill([`${day} 09:30 [gratis] Plazos de diciembre`, `${name} ${date}/${month} 11:15 La lista de 20 puntos`, 'tomorrow 10:00 [g] Buenos días', '[HILO] Lo que cambia', '2026-02-31 09:30 No hay tal día', '[premum] Se escapó una letra'].join('\n'));
    await page.getByTestId('bulk-to').locator('label', { hasText: 'La parrilla' }).click();
    await page.getByTestId('bulk-preview').click();
    const row = (text: string) => page.getByTestId('bulk-row').filter({ hasText: text });
    await row('Plazos').getByText(`leído: ${day} 09:30`).waitFor();
    await row('La lista').getByText(`leído: ${name} ${date}/${month} 11:15`).waitFor();
    expect(await row('Lo que cambia').getByTestId('bulk-note').textContent()).toContain('[HILO] no es un tipo');
    expect(await row('Lo que cambia').textContent()).toContain('siguiente hueco');
    expect(await row('No hay tal día').textContent()).toContain('fecha que no se entiende: 2026-02-31 09:30');
    expect(await row('Se escapó').textContent()).toContain('tipo que no se conoce: premum');
    expect(await page.getByTestId('bulk-row').evaluateAll((rows) => rows.map((each) => each.getAttribute('data-verdict')))).toEqual(['ok', 'ok', 'ok', 'ok', 'draft', 'draft']);
    await page.getByTestId('bulk-commit').click();
    await page.getByTestId('bulk-content').waitFor({ state: 'detached' });
    const kept = new Map((await list()).map((each) => [each.text, each]));
    expect(kept.get('Plazos de diciembre')).toMatchObject({ state: 'scheduled', tier: 'free', wall: `${day}T09:30` });
    expect(kept.get('La lista de 20 puntos')).toMatchObject({ state: 'scheduled', wall: `${day}T11:15` });
    expect(kept.get('Buenos días')).toMatchObject({ wall: `${addDays(dayOf(Date.now(), account.zone), 1)}T10:00` });
    expect(kept.get('[HILO] Lo que cambia')?.state).toBe('scheduled');
    for (const text of ['2026-02-31 09:30 No hay tal día', '[premum] Se escapó una letra']) expect(kept.get(text)?.state).toBe('draft');
    await page.keyboard.press('Control+z');
    await expect.poll(async () => (await list()).length).toBe(0);
  });
});

describe('filling from the template', () => {
  it('shows what goes where and what stays out before anything is planned, and is taken back at once', async () => {
    const template = Array.from({ length: 7 }, () => [{ time: '09:00', theme: 'Artículos', tier: 'free' }, { time: '18:30', theme: 'Noticias', tier: 'free' }]);
    await rpc(page, 'planning.setTemplate', { accountId: account.id, template: { days: template } });
    for (const [text, tier] of [['Una gratis', 'free'], ['Otra gratis', 'free'], ['Una de pago', 'premium']] as const) await rpc(page, 'publications.save', { accountId: account.id, text, tier, tierReason: null, media: [] });
    await page.getByTestId('calendar-next').click();
    await page.getByTestId('open-fill').click();
    const row = (text: string) => page.getByTestId('fill-row').filter({ hasText: text });
    await row('Una gratis').getByText('09:00').waitFor();
    await row('Otra gratis').getByText('18:30').waitFor();
    expect(await page.getByTestId('fill-left').textContent()).toContain('no queda franja libre de prémium');
    // One that is taken out leaves its slot free, with that as its reason, until it is put back.
    await row('Una gratis').click();
    await page.keyboard.press('x');
    await page.getByTestId('fill-free').filter({ hasText: 'la has dejado libre' }).getByText('09:00').waitFor();
    await page.getByTestId('fill-left').filter({ hasText: 'Una gratis' }).getByTestId('fill-put-back').click();
    await row('Una gratis').getByText('09:00').waitFor();
    expect((await list()).every((each) => each.state === 'draft')).toBe(true);
    await page.getByTestId('fill-do').getByText('Programar 2 entradas').waitFor();
    await page.getByTestId('fill-do').click();
    await page.getByTestId('fill').waitFor({ state: 'detached' });
    await page.getByTestId('chip').filter({ hasText: 'Otra gratis' }).waitFor();
    expect((await list()).filter((each) => each.state === 'scheduled').map((each) => each.text).sort()).toEqual(['Otra gratis', 'Una gratis']);
    await page.keyboard.press('Control+z');
    await expect.poll(async () => (await list()).every((each) => each.state === 'draft')).toBe(true);
  });
});

describe('the foot', () => {
  it('names the next of the account shown and says what is late and waits, never the past as what is next', async () => {
    await rpc(page, 'planning.setTemplate', { accountId: account.id, template: null });
    for (const each of await list()) await rpc(page, 'publications.delete', { id: each.id });
    await expect.poll(() => page.getByTestId('foot-next').textContent()).toContain('nada programado');
    const day = addDays(dayOf(Date.now(), account.zone), 2);
    await plan(page, account.id, ['Primera tarde', 'Segunda tarde', 'Tercera tarde', 'La que viene'].map((text, i) => ({ text, tier: 'free', day, time: `1${i}:00` })));
    await page.getByTestId('foot-next').getByText('10:00', { exact: false }).waitFor();
    const ids = (await list()).filter((each) => each.text.includes('tarde')).map((each) => each.id);
    await page.close();
    await host.stop('SIGKILL');
    const db = new Database(join(host.profile, 'parrilla.db'));
    const due = Date.now() - LATE_MS;
    ids.forEach((id, i) => db.prepare('UPDATE publications SET due_at = ?, wall = ? WHERE id = ?').run(due + i * 60_000, instantToWall(due + i * 60_000, account.zone), id));
    db.close();
    host = await startHost({ profile: host.profile, args: ['--practice'] });
    await open();
    // The late ones go out minutes apart: those behind the first wait.
    await page.getByTestId('foot-late').waitFor();
    expect(await page.getByTestId('foot-late').textContent()).toMatch(/^[23] con retraso, en espera$/);
    expect(await page.getByTestId('foot-next').textContent()).toContain('13:00');
    await page.getByTestId('foot-late').click();
    await page.getByTestId('tab-outbox').and(page.locator('[aria-selected="true"]')).waitFor();
    await page.locator('[data-row-key]').filter({ hasText: 'Tercera tarde' }).waitFor();
  });
});
