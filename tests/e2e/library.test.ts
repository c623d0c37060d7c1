import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { picturePng } from '../../src/sandbox/png.ts';
import type { Account } from '../../src/shared/contract/accounts.ts';
import type { LibraryItem } from '../../src/shared/contract/library.ts';
import type { Publication } from '../../src/shared/contract/publications.ts';
import { addDays, dayOf, weekOf } from '../../src/shared/domain/time.ts';
import { seriousFindings } from '../support/accessibility.ts';
import { dragTo } from '../support/calendar.ts';
import type { Host } from '../support/host.ts';
import { endPractice, startPractice } from '../support/practice.ts';
import { rpc } from '../support/rpc.ts';

let browser: Browser;
let host: Host;
let page: Page;
let account: Account;
/** A website that stands in for X, so that links to it are asked for; it has these pages. */
let web: Server;
let site: string;
const pages = new Set<string>();
/** Monday of the next week, whichever day is today. */
let monday: string;
beforeAll(async () => {
  web = createServer((request, response) => {
    const there = pages.has(request.url ?? '');
    response.writeHead(there ? 200 : 404, { 'content-type': 'text/html' }).end('<title>Una página</title>');
  });
  await new Promise<void>((resolve) => { web.listen(0, '127.0.0.1', resolve); });
  site = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
  ({ browser, host } = await startPractice(['--x-api', site]));
  page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  page.setDefaultTimeout(15_000);
  await page.goto(host.url);
  await page.getByTestId('first-run-es').click();
  await page.getByTestId('nav-calendar').waitFor();
  const [found] = await rpc(page, 'accounts.list', {});
  if (!found) throw new Error('no account');
  account = found;
  monday = addDays(weekOf(dayOf(Date.now(), account.zone)).start, 7);
  const day = [{ time: '09:00', theme: 'Artículos', tier: 'free' }, { time: '11:00', theme: 'Artículos', tier: 'free' }, { time: '13:00', theme: 'Enlaces', tier: 'premium' }, { time: '16:00', theme: 'Noticias', tier: 'free' }];
  // The practice account comes with items of its own.
  const own = await rpc(page, 'library.list', { accountId: account.id });
  await rpc(page, 'library.remove', { ids: own.map((each) => each.id) });
  await rpc(page, 'planning.setTemplate', { accountId: account.id, template: { days: Array.from({ length: 7 }, () => day) } });
});
afterAll(async () => {
  await endPractice({ browser, host });
  web.closeAllConnections();
  web.close();
});
const list = (): Promise<Publication[]> => rpc(page, 'publications.list', { accountId: account.id });
const items = (): Promise<LibraryItem[]> => rpc(page, 'library.list', { accountId: account.id });
const row = (words: string) => page.getByTestId('item-row').filter({ hasText: words });
const press = async (...keys: string[]): Promise<void> => { for (const key of keys) await page.keyboard.press(key); };
async function add(title: string, patch: Partial<LibraryItem> = {}): Promise<void> {
  await rpc(page, 'library.save', {
    accountId: account.id, title, url: `https://cuentaclara.example.com/${title.toLowerCase().replaceAll(' ', '-')}`, summary: '', theme: 'Artículos', tier: 'free', publishedOn: null, expiresOn: null, evergreen: true, restDays: 30, notes: '', variants: [], ...patch,
  });
}

describe('the library', () => {
  it('takes an item by the keyboard alone, finds it, plans it into its slot and takes that back at once', async () => {
    await press('g', 'l');
    await page.getByTestId('empty-add').waitFor();
    await press('a');
    await page.keyboard.type('https://cuentaclara.example.com/premium/cierre');
    // The account's rule for the address proposes the tier.
    await page.locator('[data-testid="item-tier"] label[data-active]', { hasText: 'prémium' }).waitFor();
    await press('Tab');
    await page.keyboard.type('Guía del cierre fiscal');
    await press('Control+Enter');
    await row('Guía del cierre').waitFor();
    expect(await items()).toMatchObject([{ title: 'Guía del cierre fiscal', tier: 'premium', url: 'https://cuentaclara.example.com/premium/cierre' }]);
    await add('Lista de veinte puntos');
    await row('Lista de veinte').waitFor();
    await press('/');
    await page.keyboard.type('guia FISCAL');
    await row('Lista de veinte').waitFor({ state: 'detached' });
    await press('Enter', 'Enter');
    const plan = page.getByTestId('item-plan');
    await expect.poll(() => plan.evaluate((button) => button === document.activeElement)).toBe(true);
    const wall = (await plan.getAttribute('data-wall')) ?? '';
    expect(wall.slice(11)).toBe('13:00');
    expect(await plan.textContent()).toContain('13:00');
    await press('Enter');
    await expect.poll(async () => (await list()).map((each) => [each.state, each.tier, each.wall])).toEqual([['scheduled', 'premium', wall]]);
    await page.getByTestId('item-pane').getByText('programado', { exact: false }).waitFor();
    await press('g', 'c');
    if (wall.slice(0, 10) >= monday) await page.getByTestId('calendar-next').click();
    await page.getByTestId('chip').filter({ hasText: 'Guía del cierre' }).waitFor();
    await press('Control+z');
    await expect.poll(async () => (await list()).length).toBe(0);
  });

  it('takes several out and brings them back, and keeps a post that was written as an item', async () => {
    await rpc(page, 'publications.save', { accountId: account.id, text: 'Plazos de diciembre https://cuentaclara.example.com/plazos', tier: 'free', tierReason: null, media: [] });
    await press('g', 'l');
    await page.getByTestId('item-row').nth(1).waitFor();
    await press('j', 'x', 'j', 'x');
    await page.getByTestId('library-bulk').getByText('2 elegidos').waitFor();
    await press('Delete');
    await page.getByTestId('empty-written').waitFor();
    await press('Control+z');
    await page.getByTestId('item-row').nth(1).waitFor();
    await page.getByTestId('library-written-all').click();
    await page.getByTestId('keep-post').click();
    await page.getByTestId('library-view-all').click();
    await row('Plazos de diciembre').waitFor();
    expect(await page.getByTestId('item-pane').textContent()).toContain('De tus entradas');
    expect(await seriousFindings(page, 'library')).toEqual([]);
    for (const each of await list()) await rpc(page, 'publications.delete', { id: each.id });
  });

  it('reads a file row by row before it keeps anything, and takes it back at once', async () => {
    await page.getByTestId('library-import').click();
    await page.getByTestId('import-content').fill(['título;dirección;tema;tipo', 'Nueva del fichero;https://cuentaclara.example.com/nueva;Artículos;gratis', 'Plazos de diciembre, al día;https://cuentaclara.example.com/plazos;Artículos;gratis', 'Mal tipo;https://cuentaclara.example.com/mal;Artículos;premum'].join('\n'));
    await page.getByTestId('import-preview').click();
    await page.getByTestId('import-summary').getByText('1 nuevo · 1 se pone al día · 1 no se importa').waitFor();
    await page.getByTestId('import-row').filter({ hasText: 'tipo que no se conoce: premum' }).waitFor();
    await page.getByTestId('import-commit').click();
    await row('Nueva del fichero').waitFor();
    await row('Plazos de diciembre, al día').waitFor();
    await press('Control+z');
    await row('Nueva del fichero').waitFor({ state: 'detached' });
    expect((await items()).some((each) => each.title === 'Plazos de diciembre')).toBe(true);
  });

  it('is dragged from beside the calendar onto a time: one draft, planned, gone again with one undo', async () => {
    await press('g', 'c');
    await page.getByTestId('tray-items').click();
    await page.getByTestId('tray-search').fill('veinte');
    await page.getByTestId('library-card').nth(1).waitFor({ state: 'detached' });
    // It comes back as it was left, with the week of the post that was planned before.
    await page.getByTestId('calendar-today').click();
    await page.getByTestId('calendar-next').click();
    await dragTo(page, page.getByTestId('library-card'), monday, '10:00');
    await page.getByTestId('chip').filter({ hasText: 'Lista de veinte' }).waitFor();
    expect(await list()).toMatchObject([{ state: 'scheduled', wall: `${monday}T10:00` }]);
    await press('Control+z');
    await expect.poll(async () => (await list()).length).toBe(0);
  });
});

describe('pictures and filters', () => {
  it('takes a picture with its description, shows it, sends it along, and is narrowed by what is asked together', async () => {
    await rpc(page, 'library.remove', { ids: (await items()).map((each) => each.id) });
    const today = dayOf(Date.now(), account.zone);
    await add('Con foto', { publishedOn: today });
    await add('De hace un mes', { publishedOn: addDays(today, -29), evergreen: false });
    await press('g', 'l');
    await row('Con foto').click();
    await page.getByTestId('item-edit').click();
    await page.getByTestId('item-file').setInputFiles({ name: 'barras.png', mimeType: 'image/png', buffer: Buffer.from(picturePng(3)) });
    await page.getByTestId('picture').getByRole('textbox').fill('Barras que suben');
    await press('Control+Enter');
    const shown = page.getByTestId('item-pictures');
    await shown.getByRole('img', { name: 'Barras que suben' }).waitFor();
    await shown.getByText('ALT').waitFor();
    expect(await shown.locator('img').evaluate((img: HTMLImageElement) => img.decode().then(() => img.naturalWidth > 0))).toBe(true);
    expect(await seriousFindings(page, 'library')).toEqual([]);
    await page.getByTestId('item-write').click();
    await page.getByTestId('composer').getByRole('img', { name: 'Barras que suben' }).waitFor();
    expect((await list()).find((each) => each.text.startsWith('Con foto'))?.media).toMatchObject([{ alt: 'Barras que suben' }]);
    await page.getByTestId('composer-delete').click();

    await page.getByTestId('pill-picture').click();
    await row('De hace un mes').waitFor({ state: 'detached' });
    await page.getByTestId('pill-picture').click();
    // By keyboard alone: the menu is opened, chosen in and left, and its pill taken off.
    await page.getByTestId('library-filter').focus();
    await press('Enter');
    await page.getByTestId('filter-published-7').focus();
    await press('Enter', 'Escape');
    await page.getByTestId('filter-published-7').waitFor({ state: 'detached' });
    await row('De hace un mes').waitFor({ state: 'detached' });
    await press('g', 'd', 'g', 'l');
    await row('Con foto').waitFor();
    expect(await row('De hace un mes').count()).toBe(0);
    await page.getByTestId('asked-published').focus();
    await press('Enter');
    await row('De hace un mes').waitFor();
    await page.getByTestId('pill-evergreen').click();
    await row('De hace un mes').waitFor({ state: 'detached' });
    await page.getByTestId('pill-all').click();
    await row('De hace un mes').waitFor();
  });

  it('shows a link that is broken in the rail and beside its item, until it opens again', async () => {
    expect(await page.getByTestId('library-view-broken').count()).toBe(0);
    await add('Página movida', { url: `${site}/movida` });
    const made = (await items()).find((each) => each.title === 'Página movida');
    await rpc(page, 'library.checkLink', { id: made?.id ?? '' });
    await page.getByTestId('library-view-broken').click();
    await row('De hace un mes').waitFor({ state: 'detached' });
    await row('Página movida').click();
    await page.getByTestId('item-broken').getByText('404').waitFor();
    expect(await seriousFindings(page, 'broken link')).toEqual([]);
    pages.add('/movida');
    await page.getByTestId('check-link').focus();
    await press('Enter');
    await page.getByTestId('item-broken').waitFor({ state: 'detached' });
    await page.getByTestId('library-clear').click();
    await row('De hace un mes').waitFor();
    expect(await page.getByTestId('library-view-broken').count()).toBe(0);
    // From there to where it can be dragged.
    await row('Con foto').click();
    await page.getByTestId('item-drag').click();
    await expect.poll(() => page.getByTestId('library-card').allTextContents()).toEqual([expect.stringContaining('Con foto')]);
  });
});

describe('filling from the library', () => {
  it('proposes each slot with its terms; a choice is changed, one is taken out, the rest is planned and undone at once', async () => {
    for (const title of ['Prorrata sin dolor', 'Amortizar deprisa', 'Factura electrónica']) await add(title);
    await add('Dosier de operaciones', { tier: 'premium', theme: 'Enlaces', url: 'https://cuentaclara.example.com/premium/dosier' });
    await rpc(page, 'publications.save', { accountId: account.id, text: 'Un borrador gratis', tier: 'free', tierReason: null, media: [] });
    await press('g', 'c');
    await page.getByTestId('calendar-view').getByText('Día').click();
    await page.getByTestId('open-fill').click();
    const lines = page.locator('.fill-line[data-wall]');
    await lines.nth(3).waitFor();
    const at = (time: string) => page.locator(`.fill-line[data-wall$="T${time}"]`);
    expect(await lines.evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset['wall']?.slice(11)))).toEqual(['09:00', '11:00', '13:00', '16:00']);
    // The draft goes first; the news slot has no item of its theme and says so.
    await at('09:00').getByText('Un borrador gratis').waitFor();
    await at('16:00').getByText('nada de este tema', { exact: false }).waitFor();
    const before = await at('11:00').locator('.fill-text').textContent();
    await press('j', 'j', 'Enter');
    await page.getByTestId('picker-search').waitFor();
    await page.keyboard.type(before?.includes('Prorrata') ? 'amortizar' : 'prorrata');
    await page.getByTestId('picker-row').nth(1).waitFor({ state: 'detached' });
    await press('Enter');
    await at('11:00').getByText(before?.includes('Prorrata') ? 'Amortizar' : 'Prorrata').waitFor();
    await expect.poll(() => at('11:00').evaluate((line) => line === document.activeElement)).toBe(true);
    await at('13:00').getByText('Dosier').waitFor();
    await press('j', 'x');
    await at('13:00').getByText('la has dejado libre', { exact: false }).waitFor();
    await page.getByTestId('fill-do').getByText('Programar 2 entradas').waitFor();
    expect(await seriousFindings(page, 'fill')).toEqual([]);
    await press('Control+Enter');
    await page.getByTestId('fill').waitFor({ state: 'detached' });
    const planned = (await list()).filter((each) => each.state === 'scheduled').map((each) => each.wall?.slice(11)).sort();
    expect(planned).toEqual(['09:00', '11:00']);
    await page.getByTestId('chip').filter({ hasText: 'Un borrador gratis' }).waitFor();
    await press('Control+z');
    await expect.poll(async () => (await list()).map((each) => [each.text, each.state])).toEqual([['Un borrador gratis', 'draft']]);
  });
});

describe('campaigns', () => {
  const focused = (testid: string) => page.getByTestId(testid).first().evaluate((each) => each === document.activeElement);
  it('are taken out and brought back, written by the keyboard, told in Fill, and opened from the month', async () => {
    await page.getByTestId('nav-settings').click();
    await page.getByTestId('settings-template').click();
    // The practice account has one of its own.
    await page.getByTestId('campaign-row').getByText('cierre').waitFor();
    await page.getByTestId('campaign-remove').click();
    await page.getByTestId('campaigns-card').getByText('Sin campañas').waitFor();
    await press('Control+z');
    await page.getByTestId('campaign-row').waitFor();
    await page.getByTestId('campaign-remove').click();
    await page.getByTestId('campaign-row').waitFor({ state: 'detached' });
    await page.getByTestId('campaign-add').click();
    await expect.poll(() => focused('campaign-name')).toBe(true);
    await press('Escape');
    await page.getByTestId('campaign-form').waitFor({ state: 'detached' });
    await expect.poll(() => focused('campaign-add')).toBe(true);
    await press('Enter');
    await expect.poll(() => focused('campaign-name')).toBe(true);
    await page.keyboard.type('Semana del cierre');
    await press('Tab');
    await page.keyboard.type('articulos');
    const today = dayOf(Date.now(), account.zone);
    await page.getByTestId('campaign-to').fill(addDays(today, -1));
    await press('Enter');
    await page.getByTestId('campaign-form').getByText('anterior al primero', { exact: false }).waitFor();
    await expect.poll(() => focused('campaign-to')).toBe(true);
    expect(await seriousFindings(page, 'campaigns')).toEqual([]);
    await page.getByTestId('campaign-to').fill(addDays(today, 20));
    await press('Enter');
    await page.getByTestId('campaign-row').filter({ hasText: 'Semana del cierre' }).getByText('×2').waitFor();
    await expect.poll(() => focused('campaign-add')).toBe(true);

    await press('g', 'c');
    await page.getByTestId('open-fill').click();
    const at = (time: string) => page.locator(`.fill-line[data-wall$="T${time}"]`);
    await at('11:00').click();
    await page.getByTestId('fill-chosen').getByText('dentro de «Semana del cierre»').waitFor();
    expect(await at('11:00').locator('.fill-bar > i').count()).toBe(4);
    await at('13:00').click();
    await page.getByTestId('fill-chosen').getByText('fuera de «Semana del cierre»').waitFor();
    await press('Escape');
    await page.getByTestId('fill').waitFor({ state: 'detached' });

    await page.getByTestId('calendar-view').getByText('Mes').click();
    const name = page.getByTestId('campaign-label').first();
    await name.getByText('Campaña: Semana del cierre · ×2').waitFor();
    expect(await seriousFindings(page, 'month with a campaign')).toEqual([]);
    await name.click();
    const dialog = page.getByRole('dialog');
    await dialog.getByTestId('campaign-weight').waitFor();
    await expect.poll(() => dialog.getByTestId('campaign-name').evaluate((each) => each === document.activeElement)).toBe(true);
    await press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => focused('campaign-label')).toBe(true);
    await press('Enter');
    await dialog.getByTestId('campaign-weight').fill('3');
    await press('Enter');
    await name.getByText('×3', { exact: false }).waitFor();
    await press('Control+z');
    await name.getByText('×2', { exact: false }).waitFor();
  });
});
