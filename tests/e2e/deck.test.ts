import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Host } from '../support/host.ts';
import { endPractice, startPractice } from '../support/practice.ts';
import { rpc } from '../support/rpc.ts';

let browser: Browser;
let host: Host;
let context: BrowserContext;
let page: Page;
beforeAll(async () => {
  ({ browser, host } = await startPractice());
  context = await browser.newContext({ viewport: { width: 1680, height: 1000 } });
  page = await context.newPage();
  await page.goto(host.url);
  await page.getByTestId('first-run-es').click();
});
afterAll(() => endPractice({ browser, host }));
/** Where the focus is: what it is on, and in which column. */
const focused = (): Promise<string> => page.evaluate(() => `${document.activeElement?.closest('[data-column-id]')?.getAttribute('data-testid') ?? ''} ${document.activeElement?.getAttribute('data-testid') ?? document.activeElement?.tagName ?? ''}`.trim());
const column = (kind: string) => page.locator(`[data-testid="column-${kind}"]`);

describe('the deck', () => {
  it('puts columns in another order by drag and by its options, removes one and takes it back', async () => {
    const order = (): Promise<(string | null)[]> => page.locator('[data-testid^="column-"][data-column-id]').evaluateAll((all) => all.map((each) => each.getAttribute('data-testid')));
    await column('own').getByTestId('post').first().waitFor();
    const before = await order();
    expect(before.slice(0, 3)).toEqual(['column-home', 'column-mentions', 'column-own']);
    const rest = before.slice(3);
    await column('own').locator('h2').dragTo(column('home').locator('h2'));
    await expect.poll(order).toEqual(['column-own', 'column-home', 'column-mentions', ...rest]);
    await column('own').getByTestId('column-options').click();
    await column('own').getByRole('button', { name: 'Mover a la derecha' }).click();
    await expect.poll(order).toEqual(['column-home', 'column-own', 'column-mentions', ...rest]);
    await column('own').getByTestId('column-remove').click();
    await expect.poll(order).toEqual(['column-home', 'column-mentions', ...rest]);
    await page.keyboard.press('Control+z');
    await expect.poll(order).toEqual(['column-home', 'column-own', 'column-mentions', ...rest]);
  });
  it('folds and unfolds a column, and keeps its width', async () => {
    await column('mentions').getByTestId('column-options').click();
    await column('mentions').getByText('Ancha').click();
    const wide = async (): Promise<number> => (await column('mentions').boundingBox())?.width ?? 0;
    await expect.poll(wide).toBeGreaterThanOrEqual(340);
    await column('mentions').getByRole('button', { name: 'Plegar' }).click();
    await expect.poll(wide).toBeLessThan(60);
    await column('mentions').getByRole('button').click();
    await expect.poll(wide).toBeGreaterThanOrEqual(340);
  });
  it('adds a search by keyboard, and holds what is new behind a pill while somebody reads', async () => {
    await page.keyboard.press('a');
    await page.getByTestId('add-query').fill('factura');
    await page.getByTestId('add-confirm').click();
    await page.locator('[data-testid="column-search"]').last().getByTestId('post').first().waitFor();
    await column('home').getByTestId('post').nth(1).hover();
    await column('home').getByTestId('new-pill').waitFor({ timeout: 60_000 });
    await page.keyboard.press('1');
    await page.keyboard.press('.');
    await column('home').getByTestId('new-pill').waitFor({ state: 'detached' });
  });
  it('goes through posts by keys, and says before typing what is done by hand on X', async () => {
    await page.keyboard.press('1');
    await page.keyboard.press('j');
    await column('home').locator('.post.selected').waitFor();
    await page.keyboard.press('Escape');
    await column('home').locator('.post.selected').waitFor({ state: 'detached' });
    // A press on a post chooses it as J does.
    const pressed = column('home').getByTestId('post').nth(1);
    await pressed.locator('.post-text').click({ position: { x: 2, y: 2 } });
    await column('home').locator('.post.selected').waitFor();
    expect(await column('home').locator('.post.selected').getAttribute('data-post-id')).toBe(await pressed.getAttribute('data-post-id'));
    await page.keyboard.press('Escape');
    await column('home').locator('.post.selected').waitFor({ state: 'detached' });
    expect(await column('home').getByTestId('reply').first().getAttribute('title')).toMatch(/Responder/);
    await page.keyboard.press('t');
    expect(await page.getByTestId('composer').count()).toBe(0);
  });
  it('moves the focus into an answer and a repost, closes each by one Esc, and goes on with the same post', async () => {
    await page.keyboard.press('3');
    await page.keyboard.press('j');
    const post = column('mentions').locator('.post.selected');
    for (const [key, field] of [['r', 'composer-text'], ['t', 'composer-send']] as const) {
      await page.keyboard.press(key);
      await expect.poll(focused).toBe(field);
      await page.keyboard.press('Escape');
      await page.getByTestId('composer').waitFor({ state: 'detached' });
      await post.waitFor();
    }
    await page.keyboard.press('Enter');
    await page.getByTestId('deck-side').waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('deck-side').waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await post.waitFor({ state: 'detached' });
  });
  it('deletes an own post from X after ten seconds in which that can be taken back', async () => {
    const first = column('own').getByTestId('post').first();
    const id = await first.getAttribute('data-post-id');
    const post = column('own').locator(`[data-post-id="${id}"]`);
    const words = (await post.locator('.post-text').first().textContent() ?? '').slice(0, 12);
    const erase = async (): Promise<void> => {
      await post.getByRole('button', { name: 'Más acciones' }).click();
      await page.getByTestId('later-deletePost').click();
      await page.getByText(`Se borra de X en 10 s: «${words}`).last().waitFor();
    };
    await erase();
    await page.keyboard.press('Control+z');
    await page.getByText(`No se borra de X: «${words}`).waitFor();
    expect(await page.getByText('Deshecho: Se borra').count()).toBe(0);
    await page.waitForTimeout(11_000);
    expect(await post.textContent()).not.toMatch(/ya no está en X/);
    await erase();
    await post.getByText('Esta entrada ya no está en X.').waitFor({ timeout: 20_000 });
  });
  it('closes the options of a column by Esc, before anything below them', async () => {
    await column('home').getByTestId('column-options').click();
    await column('home').getByTestId('options-panel').waitFor();
    await page.keyboard.press('Escape');
    await column('home').getByTestId('options-panel').waitFor({ state: 'detached' });
    expect(await focused()).toBe('column-home column-options');
    await page.getByTestId('new-post').click();
    await column('home').getByTestId('column-options').click();
    await page.keyboard.press('Escape');
    await column('home').getByTestId('options-panel').waitFor({ state: 'detached' });
    expect(await page.getByTestId('composer').count()).toBe(1);
    await page.keyboard.press('Escape');
    await page.getByTestId('composer').waitFor({ state: 'detached' });
  });
  it('shows the posts of some people alone, and keeps what it does when something new comes', async () => {
    const home = column('home');
    const names = async (): Promise<string[]> => [...new Set(await home.getByTestId('post').evaluateAll((posts) => posts.map((post) => post.querySelector('.handle')?.textContent?.slice(1) ?? '')))];
    const [name = ''] = await names();
    expect((await names()).length).toBeGreaterThan(1);
    await home.getByTestId('column-options').click();
    expect(await home.getByTestId('open-mutes').textContent()).toBe('Todas');
    await home.getByTestId('open-mutes').click();
    await page.getByTestId('people-mode').getByText('Solo estas').click();
    await page.getByTestId('people-names').fill(`@${name}`);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await page.getByTestId('people-names').waitFor({ state: 'detached' });
    expect(await focused()).toBe('column-home open-mutes');
    await home.getByTestId('open-mutes').getByText('Solo 1 persona').waitFor();
    await expect.poll(names).toEqual([name]);
    await home.getByTestId('alert-sound').press(' ');
    await home.getByTestId('alert-notice').press(' ');
    await expect.poll(async () => (await rpc(page, 'columns.list', {})).find((each) => each.source.kind === 'home')?.alerts).toEqual({ sound: true, notice: true });
    await page.reload();
    await home.getByTestId('column-options').click();
    expect(await home.getByTestId('alert-notice').isChecked()).toBe(true);
    await home.getByTestId('open-mutes').getByText('Solo 1 persona').waitFor();
    await home.getByTestId('filter-clear').click();
    await home.getByTestId('open-mutes').getByText('Todas').waitFor();
    await expect.poll(async () => (await names()).length).toBeGreaterThan(1);
    await home.getByTestId('column-options').click();
  });
  it('takes the next key at once when a dialog has just been closed', async () => {
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    await page.getByRole('dialog').getByRole('textbox').fill('nueva');
    await page.keyboard.press('Escape');
    await page.keyboard.press('n');
    await page.getByTestId('composer-text').waitFor();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(focused).toBe('composer-text');
    await page.keyboard.press('Escape');
    await page.getByTestId('composer').waitFor({ state: 'detached' });
  });
  it('gives a search that X refuses other words in its place, and takes that back', async () => {
    const queries = (): Promise<string[]> => page.locator('[data-testid="column-search"] h2').allTextContents();
    await page.keyboard.press('a');
    await page.getByTestId('add-query').fill('(factura');
    await page.getByTestId('add-confirm').click();
    const bad = page.locator('[data-testid="column-search"]').filter({ hasText: '(factura' });
    await bad.getByTestId('change-search').click();
    await expect.poll(focused).toBe('column-search options-query');
    const before = await queries();
    await bad.getByTestId('options-query').fill('impuestos');
    await page.keyboard.press('Enter');
    await expect.poll(queries).toEqual(before.map((each) => (each === '(factura' ? 'impuestos' : each)));
    await expect.poll(focused).toBe('column-search column-options');
    await page.keyboard.press('Control+z');
    await expect.poll(queries).toEqual(before);
    await bad.getByTestId('column-options').click();
    await bad.getByTestId('column-remove').click();
    await bad.waitFor({ state: 'detached' });
  });
  it('leaves the focus beside what has gone, and a notice without its button once its undo is used', async () => {
    const search = page.locator('[data-testid="column-search"]').first();
    const words = await search.locator('h2').textContent();
    await search.getByTestId('column-options').click();
    await search.getByTestId('column-remove').press('Enter');
    await search.waitFor({ state: 'detached' });
    await expect.poll(focused).toMatch(/^column-\w+ /);
    const notice = page.getByRole('alert').filter({ hasText: 'Columna quitada' }).last();
    await notice.getByTestId('undo').waitFor();
    await page.keyboard.press('Control+z');
    await page.locator('[data-testid="column-search"]').filter({ hasText: words ?? '' }).first().waitFor();
    await page.getByRole('alert').filter({ hasText: 'Deshecho' }).first().waitFor();
    await expect.poll(focused).toMatch(/^column-\w+ /);

    for (const text of ['Una para borrar', 'Otra que queda']) {
      await page.getByTestId('new-post').click();
      await page.getByTestId('composer-text').fill(text);
      await page.getByTestId('save-mark').getByText('Guardada').waitFor();
      await page.getByTestId('composer-schedule').click();
      await page.getByTestId('composer').waitFor({ state: 'detached' });
    }
    const due = (text: string) => column('scheduled').locator('.due-row').filter({ hasText: text });
    await due('Una para borrar').press('Enter');
    await page.getByTestId('composer-delete').press('Enter');
    await page.getByTestId('composer').waitFor({ state: 'detached' });
    await due('Una para borrar').waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent ?? '')).toContain('Otra que queda');
    // Ctrl Z and the notices agree: what one has used the other no longer offers, and the older ones keep theirs.
    await page.keyboard.press('Control+z');
    await due('Una para borrar').waitFor();
    await expect.poll(() => page.getByRole('alert').filter({ hasText: 'Entrada borrada' }).getByTestId('undo').count()).toBe(0);
    await page.keyboard.press('Control+z');
    await due('Otra que queda').waitFor({ state: 'detached' });
    expect(await due('Una para borrar').count()).toBe(1);
    await expect.poll(() => page.evaluate(() => document.activeElement === document.body)).toBe(false);
  });
  it('says which account sends nothing by itself, and tries again', async () => {
    const tab = await context.newPage();
    const accounts = new Map<string, string>();
    let asked = 0;
    await tab.routeWebSocket(/\/ws$/, (line) => {
      const server = line.connectToServer();
      const methods = new Map<string, string>();
      line.onMessage((message) => {
        const frame = JSON.parse(String(message)) as { id?: string; method?: string };
        if (frame.id && frame.method) methods.set(frame.id, frame.method);
        if (frame.method === 'scheduler.resume') asked += 1;
        server.send(message);
      });
      server.onMessage((message) => {
        const frame = JSON.parse(String(message)) as { t: string; id?: string; output?: unknown };
        const method = methods.get(frame.id ?? '');
        if (method === 'accounts.list') for (const each of frame.output as { id: string; username: string }[]) accounts.set(each.id, each.username);
        if (frame.t !== 'response' || method !== 'scheduler.status' || accounts.size === 0 || asked > 0) return line.send(message);
        const stopped = [...accounts.keys()].map((accountId) => ({ accountId, reason: 'budget', since: Date.now() }));
        return line.send(JSON.stringify({ ...frame, output: { ...(frame.output as object), stopped } }));
      });
    });
    await tab.goto(page.url());
    await tab.getByTestId('stopped').getByText('@CuentaClara no publica nada por su cuenta').waitFor();
    await tab.getByTestId('stopped-again').click();
    await tab.getByTestId('stopped').waitFor({ state: 'detached' });
    expect(asked).toBe(1);
    await tab.close();
  });
  it('loses no other part of the window to one that cannot be drawn, and draws it when asked again', async () => {
    const tab = await context.newPage();
    let bad = true;
    await tab.routeWebSocket(/\/ws$/, (line) => {
      const server = line.connectToServer();
      const methods = new Map<string, string>();
      line.onMessage((message) => {
        const frame = JSON.parse(String(message)) as { id?: string; method?: string };
        if (frame.id && frame.method) methods.set(frame.id, frame.method);
        server.send(message);
      });
      server.onMessage((message) => {
        const frame = JSON.parse(String(message)) as { t: string; id?: string; output?: object };
        // No instant that a clock knows.
        if (bad && frame.t === 'response' && methods.get(frame.id ?? '') === 'sync.status') return line.send(JSON.stringify({ ...frame, output: { ...frame.output, heldSince: 9e15 } }));
        return line.send(message);
      });
    });
    await tab.goto(page.url());
    await tab.locator('[data-testid="column-home"] [data-testid="post"]').first().waitFor();
    await tab.getByTestId('nav-activity').click();
    await tab.getByTestId('broken').getByText('Nada se ha perdido').waitFor();
    bad = false;
    await tab.getByTestId('nav-deck').click();
    await tab.locator('[data-testid="column-home"] [data-testid="post"]').first().waitFor();
    const held = (await rpc(page, 'outbox.hold', { on: true })).heldSince !== null;
    expect(held && !(await rpc(page, 'outbox.hold', { on: false })).heldSince).toBe(true);
    await tab.getByTestId('nav-activity').click();
    await tab.getByTestId('activity-status').waitFor({ state: 'attached' });
    await tab.close();
  });
  it('shows the beginning of a long post, opens it on the spot, and shows it as it was left when it is drawn anew', async () => {
    const tab = await context.newPage();
    const asked = new Set<string>();
    await tab.routeWebSocket(/\/ws$/, (line) => {
      const server = line.connectToServer();
      line.onMessage((message) => {
        const frame = JSON.parse(String(message)) as { id?: string; method?: string };
        if (frame.method === 'columns.page') asked.add(frame.id ?? '');
        server.send(message);
      });
      server.onMessage((message) => {
        const frame = JSON.parse(String(message)) as { t: string; id?: string; output?: { rows?: { post?: { text: string; entities: unknown[] } }[] } };
        if (frame.t !== 'response' || !asked.has(frame.id ?? '')) return line.send(message);
        // All of them: where a column was left decides which are on show.
        frame.output?.rows?.forEach(({ post }, i) => {
          if (!post) return;
          post.text = `${i} ${'palabra '.repeat(3000)}`;
          post.entities = [];
        });
        return line.send(JSON.stringify(frame));
      });
    });
    await tab.goto(page.url());
    const cards = tab.locator('[data-testid="column-own"] [data-testid="post"]').filter({ has: tab.getByTestId('post-more') });
    await cards.first().waitFor();
    const long = tab.locator(`[data-testid="column-own"] [data-post-id="${await cards.first().getAttribute('data-post-id')}"]`);
    const shown = async (): Promise<number> => (await long.locator('.post-text').first().textContent())?.length ?? 0;
    await long.waitFor();
    expect(await shown()).toBeLessThan(620);
    await long.getByTestId('post-more').click();
    await expect.poll(shown).toBeGreaterThan(20_000);
    await tab.getByTestId('nav-calendar').click();
    await tab.getByTestId('calendar-grid').waitFor();
    await tab.getByTestId('nav-deck').click();
    await expect.poll(shown).toBeGreaterThan(20_000);
    // By a key: the list measures anew while it comes into sight, and a press of the mouse may be let go of beside it.
    await long.getByText('Mostrar menos').press('Enter');
    await expect.poll(shown).toBeLessThan(620);
    await tab.close();
  });
  it('keeps its notices inside a window of 320 px', async () => {
    const tab = await context.newPage();
    await tab.setViewportSize({ width: 320, height: 640 });
    await tab.goto(page.url());
    await column('home').getByTestId('post').first().waitFor();
    await tab.locator('[data-testid="column-home"] [data-testid="column-options"]').click();
    await tab.locator('[data-testid="column-home"] [data-testid="column-remove"]').click();
    const notice = tab.getByRole('alert').filter({ hasText: 'Columna quitada' });
    await notice.waitFor();
    const ends = async (): Promise<boolean> => {
      const box = await notice.boundingBox();
      return box !== null && box.x >= 0 && box.x + box.width <= 320;
    };
    await expect.poll(ends).toBe(true);
    expect(await tab.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    await notice.getByTestId('undo').click();
    await tab.locator('[data-testid="column-home"]').waitFor();
    await tab.close();
  });
  it('says with lines what the system\'s own colours take from fills and shadows, and moves nothing where nothing may move', async () => {
    const own = await browser.newContext({ viewport: { width: 1280, height: 800 }, forcedColors: 'active', reducedMotion: 'reduce', storageState: await context.storageState() });
    const tab = await own.newPage();
    await tab.goto(page.url());
    await tab.locator('[data-testid="column-home"] [data-testid="post"]').first().waitFor();
    await tab.keyboard.press('1');
    await tab.keyboard.press('j');
    const style = (selector: string, name: string, pseudo?: string): Promise<string> => tab.locator(selector).first().evaluate((element, [wanted, before]) => getComputedStyle(element, before || undefined).getPropertyValue(wanted), [name, pseudo ?? ''] as const);
    await tab.locator('.post.selected').waitFor();
    expect(await style('.post.selected', 'outline-style')).toBe('solid');
    expect(await style('.rail button[aria-current="page"]', 'width', '::before')).toBe('3px');
    expect(await style('.column.current', 'height', '::before')).toBe('3px');
    await tab.getByTestId('new-post').click();
    expect(await style('[data-testid="composer-tier"] .tier', 'border-top-style')).toBe('solid');
    expect(await style('[data-testid="composer-tier"] .mantine-SegmentedControl-label[data-active]', 'outline-style')).toBe('solid');
    expect(await style('[data-testid="composer-tier"] .mantine-SegmentedControl-indicator', 'transition-property')).toBe('none');
    await own.close();
  });
});
