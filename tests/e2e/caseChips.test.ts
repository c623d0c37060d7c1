import type { Browser, BrowserContext, Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousFindings } from '../support/accessibility.ts';
import type { Host } from '../support/host.ts';
import { endPractice, startPractice } from '../support/practice.ts';
import { rpc } from '../support/rpc.ts';

const SOON = { timeout: 10_000 };
let browser: Browser;
let host: Host;
let context: BrowserContext;
let page: Page;
let accountId: string;
beforeAll(async () => {
  ({ browser, host } = await startPractice());
  context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(host.url);
  await page.getByTestId('first-run-es').click();
  await mentions().getByTestId('card-case').first().waitFor();
  accountId = (await rpc(page, 'accounts.list', {}))[0]!.id;
});
afterAll(() => endPractice({ browser, host }));
const mentions = (): Locator => page.getByTestId('column-mentions');
const chipOf = (column: Locator, postId: string): Locator => column.locator(`[data-post-id="${postId}"]`).getByTestId('card-case');
const deck = (): Promise<void> => page.getByTestId('nav-deck').click();
const heading = (name: string): Promise<void> => page.getByTestId('conversation').getByRole('heading', { name }).waitFor();

describe('a card whose post belongs to a case', () => {
  it('says kind and clock, leads to the case, and says when it was done once E was pressed there', async () => {
    // One with a clock: a question or a complaint that nobody has looked at.
    const card = mentions().getByTestId('post').filter({ has: page.locator('[data-state="new"]', { hasText: /quedan|tarde/ }) }).first();
    const id = (await card.getAttribute('data-post-id'))!;
    expect(await chipOf(mentions(), id).textContent()).toMatch(/(pregunta|queja|captación).*(quedan|tarde)/);
    const { marks: [mark] } = await rpc(page, 'inbox.marks', { accountId, postIds: [id] });
    await chipOf(mentions(), id).click();
    await page.getByTestId('inbox').waitFor();
    const { case: opened } = await rpc(page, 'inbox.case', { caseId: mark!.caseId });
    await heading(opened.person.name);
    await page.locator(`[data-case-id="${mark!.caseId}"].selected[data-state="open"]`).waitFor();
    await page.locator('[data-testid="case-event"][data-type="opened"]', { hasText: 'Abierto por ti' }).waitFor();
    await page.keyboard.press('e');
    await page.locator(`[data-case-id="${mark!.caseId}"]`).waitFor({ state: 'detached' });
    await deck();
    await expect.poll(() => chipOf(mentions(), id).textContent(), SOON).toMatch(/hecho \d\d:\d\d$/);
    // While the column is looked at, another window answers for it.
    await rpc(page, 'inbox.act', { caseIds: [mark!.caseId], act: { type: 'snooze', until: Date.now() + 3 * 3_600_000 } });
    await expect.poll(() => chipOf(mentions(), id).textContent(), SOON).toContain('hasta');
    await rpc(page, 'inbox.act', { caseIds: [mark!.caseId], act: { type: 'reopen' } });
    await rpc(page, 'inbox.answeredByHand', { caseId: mark!.caseId, becomes: 'waiting' });
    await expect.poll(() => chipOf(mentions(), id).textContent(), SOON).toContain('respondida');
  });

  it('has its chips from its first drawing, so that nothing moves under the reader', async () => {
    const tab = await context.newPage();
    await tab.addInitScript(() => {
      const seen: Record<string, boolean> = {};
      Object.assign(globalThis, { seen });
      new MutationObserver(() => {
        for (const post of document.querySelectorAll('[data-testid="column-mentions"] [data-post-id]')) seen[post.getAttribute('data-post-id') ?? ''] ??= post.querySelector('[data-testid="card-case"]') !== null;
      }).observe(document, { childList: true, subtree: true });
    });
    await tab.goto(page.url());
    await tab.locator('[data-testid="column-mentions"] [data-testid="card-case"]').first().waitFor();
    const first = await tab.evaluate(() => (globalThis as unknown as { seen: Record<string, boolean> }).seen);
    expect(Object.keys(first).length).toBeGreaterThan(2);
    expect(first).toEqual(Object.fromEntries(Object.keys(first).map((id) => [id, true])));
    await tab.close();
  });
});

describe('a search for people to reach', () => {
  it('offers a case for a hit by a stranger, not for who has one, and the hit then shows it', async () => {
    await rpc(page, 'columns.add', { accountId, source: { kind: 'search', query: 'factura' } });
    const search = page.getByTestId('column-search');
    const card = search.getByTestId('post').filter({ has: page.getByTestId('lead-button') }).first();
    await card.waitFor();
    const offered = await search.getByTestId('post').filter({ has: page.getByTestId('lead-button') }).evaluateAll((all) => all.map((each) => each.getAttribute('data-post-id') ?? ''));
    expect((await rpc(page, 'inbox.marks', { accountId, postIds: offered })).known).toEqual([]);
    expect(await mentions().getByTestId('lead-button').count()).toBe(0);
    const id = (await card.getAttribute('data-post-id'))!;
    // Its answer is by hand: the chosen card says so in words.
    await card.click({ position: { x: 60, y: 12 } });
    await card.getByTestId('lead-button').click();
    await page.getByTestId('inbox').waitFor();
    await page.locator('[data-testid="conversation-head"] .tag', { hasText: 'captación' }).waitFor();
    expect(await page.getByTestId('reply-route').textContent()).toContain('a mano en x.com');
    await deck();
    await expect.poll(() => chipOf(search, id).textContent(), SOON).toContain('captación');
    expect(await search.locator(`[data-post-id="${id}"]`).getByTestId('lead-button').count()).toBe(0);
  });
  it('says in words, with its key, that the chosen one is answered on X', async () => {
    const [column] = (await rpc(page, 'columns.list', {})).filter((each) => each.source.kind === 'search');
    await rpc(page, 'columns.update', { columnId: column!.id, width: 380 });
    await page.keyboard.press('0');
    await page.keyboard.press('j');
    const chosen = page.getByTestId('column-search').locator('.post.selected');
    await expect.poll(() => chosen.getByTestId('reply').textContent(), SOON).toMatch(/^Responder en X.*R$/);
    expect((await chosen.locator('.post-foot').boundingBox())?.height).toBeLessThan(26);
    await page.keyboard.press('Escape');
    await rpc(page, 'columns.remove', { columnId: column!.id });
  });
});

describe('the conversation\'s head', () => {
  it('is one row beside the person at 1280, in both languages, and the name is clipped last', async () => {
    await page.getByTestId('nav-inbox').click();
    const ids = (await rpc(page, 'inbox.list', { accountId, view: 'attend', limit: 4 })).cases.map((each) => each.id);
    await rpc(page, 'inbox.act', { caseIds: ids, act: { type: 'high', high: true } });
    for (const lang of ['es', 'en'] as const) {
      await rpc(page, 'settings.set', { lang });
      await page.locator(`html[lang="${lang}"]`).waitFor();
      for (const id of ids) {
        await page.locator(`[data-case-id="${id}"] .case-button`).click();
        await page.locator(`[data-case-id="${id}"].selected`).waitFor();
        await page.getByTestId('conversation').getByRole('heading', { name: (await page.locator(`[data-case-id="${id}"] b`).textContent()) ?? '' }).waitFor();
        const head = await page.getByTestId('conversation-head').evaluate((element) => {
          const { top, height, right } = element.getBoundingClientRect();
          const parts = [...element.children].filter((child) => child.getBoundingClientRect().height > 0).map((child) => child.getBoundingClientRect());
          return { height, overflow: element.scrollWidth - element.clientWidth, off: parts.map((box) => Math.abs(box.top + box.height / 2 - top - height / 2)), past: Math.max(...parts.map((box) => box.right)) - right, apart: parts.every((box, at) => at === 0 || box.left >= (parts[at - 1]?.right ?? 0) - 0.5) };
        });
        expect(head.apart).toBe(true);
        // Widths are fractions, and the browser rounds their sum up.
        expect(head.overflow).toBeLessThanOrEqual(1);
        expect(head.height).toBeLessThan(50);
        expect(Math.max(...head.off)).toBeLessThan(2);
        expect(head.past).toBeLessThanOrEqual(0);
      }
    }
    await rpc(page, 'settings.set', { lang: 'es' });
    await page.locator('html[lang="es"]').waitFor();
  });
  it('keeps labels in its menu and by #', async () => {
    await page.getByTestId('case-more').click();
    await page.getByTestId('case-label').click();
    await page.getByTestId('label-word').and(page.locator(':focus')).fill('cierre');
    await page.keyboard.press('Enter');
    await page.locator('.case-row.selected .tag', { hasText: 'cierre' }).waitFor();
  });
});

describe('the person beside the case', () => {
  const row = (id: string): Locator => page.locator(`[data-case-id="${id}"] .case-button`);
  const note = async (caseId: string): Promise<string> => (await rpc(page, 'inbox.case', { caseId })).case.note;
  const person = (caseId: string) => rpc(page, 'inbox.case', { caseId }).then((whole) => whole.person);
  it('keeps a note when another case is opened, when Esc is pressed and when the window goes', async () => {
    const [one, two] = (await rpc(page, 'inbox.list', { accountId, view: 'attend', limit: 10 })).cases;
    await row(one!.id).click();
    await heading(one!.person.name);
    await page.getByTestId('case-note').fill('Escrita sin salir del campo');
    // By a key that takes nothing from the field: the case goes while the field has the focus.
    await page.evaluate((id) => document.querySelector<HTMLElement>(`[data-case-id="${id}"] .case-button`)?.click(), two!.id);
    await heading(two!.person.name);
    await expect.poll(() => note(one!.id), SOON).toBe('Escrita sin salir del campo');
    await page.getByTestId('person-note').fill('Prefiere por la mañana');
    await page.keyboard.press('Escape');
    await expect.poll(async () => (await person(two!.id)).note, SOON).toBe('Prefiere por la mañana');
    await page.getByTestId('person-phone').fill('600 000 456');
    await page.reload();
    await expect.poll(async () => (await person(two!.id)).phone, SOON).toBe('600 000 456');
    await page.getByTestId('nav-inbox').click();
    await row(one!.id).click();
    await heading(one!.person.name);
    expect(await page.getByTestId('case-note').inputValue()).toBe('Escrita sin salir del campo');
    expect(await page.getByLabel('De este caso').inputValue()).toBe('Escrita sin salir del campo');
  });
  it('has labels as chips, added and taken off by the keyboard, and promises that are not lost half written', async () => {
    const id = (await page.locator('.case-row.selected').getAttribute('data-case-id'))!;
    await page.getByTestId('person-label-add').press('Enter');
    await page.keyboard.type('cliente, despacho');
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await person(id)).labels, SOON).toEqual(['cliente', 'despacho']);
    // An empty field is left by Enter, and the focus stays beside it.
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-testid'))).toBe('person-label-add');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await person(id)).labels, SOON).toEqual(['cliente']);
    await page.getByTestId('person-promise-add').click();
    await page.getByTestId('person-promise').fill('Enviarle el enlace');
    await page.evaluate(() => document.querySelector<HTMLElement>('.case-row:not(.selected) .case-button')?.focus());
    await expect.poll(async () => (await person(id)).promises.map((each) => each.text), SOON).toEqual(['Enviarle el enlace']);
    await page.getByTestId('person').getByRole('checkbox', { name: 'Enviarle el enlace' }).check();
    await expect.poll(async () => (await person(id)).promises.map((each) => each.done), SOON).toEqual([true]);
  });
});

describe('saved replies by /', () => {
  it('show the channels below, mark what is missing in the preview, and take neither by an Enter that meant no reply', async () => {
    await rpc(page, 'inbox.saveReply', { accountId, title: 'Cita por teléfono', lang: 'es', text: 'Hola, {name|qué tal}. Te llamamos: {phone}.' });
    await page.keyboard.press('r');
    await page.getByTestId('reply-text').pressSequentially('/cita');
    const slash = page.getByTestId('slash');
    await slash.getByRole('option', { name: 'Cita por teléfono' }).waitFor();
    await slash.getByTestId('slash-preview').locator('mark.missing', { hasText: 'teléfono: falta' }).waitFor();
    await slash.getByRole('option', { name: 'Canal: Soporte, 900 000 123' }).waitFor();
    await page.keyboard.press('ArrowUp');
    await slash.locator('[role="option"][aria-selected="true"]', { hasText: 'Canal: Soporte' }).waitFor();
    await slash.getByTestId('slash-preview').getByText('900 000 123').waitFor();
    await page.getByTestId('reply-text').fill('');
    await page.getByTestId('reply-text').pressSequentially('/nadiediceesto');
    await slash.getByText('Ninguna coincide').waitFor();
    await page.keyboard.press('Enter');
    expect(await page.getByTestId('reply-text').inputValue()).toBe('/nadiediceesto\n');
    await page.getByTestId('reply-text').fill('');
    await page.keyboard.press('Escape');
  });
});

describe('all of it', () => {
  it('has no serious accessibility finding, in both languages and themes', async () => {
    const found: string[] = [];
    for (const [lang, theme] of [['es', 'light'], ['en', 'dark'], ['es', 'dark'], ['en', 'light']] as const) {
      await rpc(page, 'settings.set', { lang, theme });
      await page.locator(`html[lang="${lang}"][data-mantine-color-scheme="${theme}"]`).waitFor();
      for (const screen of ['deck', 'inbox'] as const) {
        await page.getByTestId(`nav-${screen}`).click();
        await (screen === 'deck' ? mentions().getByTestId('card-case') : page.getByTestId('conversation-head')).first().waitFor();
        if (screen === 'deck') await page.getByTestId('column-own').getByTestId('post').first().waitFor();
        if (screen === 'inbox') await page.keyboard.press('x');
        found.push(...(await seriousFindings(page, `${screen} ${lang} ${theme}`)));
        if (screen === 'inbox') await page.keyboard.press('Escape');
      }
    }
    expect(found).toEqual([]);
  });
});
