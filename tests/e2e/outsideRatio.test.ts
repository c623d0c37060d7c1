import Database from 'better-sqlite3';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, dayOf, weekOf } from '../../src/shared/domain/time.ts';
import { type Host, startHost } from '../support/host.ts';
import { endPractice, startPractice } from '../support/practice.ts';
import { rpc } from '../support/rpc.ts';

const OUTSIDE = 'No cuenta en la proporción';
let browser: Browser;
let host: Host;
let page: Page;
/** A Wednesday far from the edges of its week and month. */
let day: string;
beforeAll(async () => {
  ({ browser, host } = await startPractice());
  page = await browser.newPage({ viewport: { width: 1680, height: 1000 } });
  page.setDefaultTimeout(15_000);
  await page.goto(host.url);
  await page.getByTestId('first-run-es').click();
  await page.getByTestId('nav-deck').waitFor();
});
afterAll(() => endPractice({ browser, host }));

describe('what stands outside the ratio', () => {
  it('has no tier letter, name or colour anywhere it is shown', async () => {
    const [account] = await rpc(page, 'accounts.list', {});
    if (!account) throw new Error('no account');
    const home = (await rpc(page, 'columns.list', {})).find((column) => column.source.kind === 'home');
    await expect.poll(async () => (await rpc(page, 'columns.page', { columnId: home?.id ?? '', limit: 5 })).rows.length, { timeout: 30_000 }).toBeGreaterThan(0);
    const post = (await rpc(page, 'columns.page', { columnId: home?.id ?? '', limit: 20 })).rows.flatMap((row) => (row.row === 'post' && row.post.author.id !== account.remoteId ? [row.post] : []))[0];
    if (!post) throw new Error('no post of others');
    day = addDays(dayOf(Date.now(), account.zone), 2);
    const saved = await rpc(page, 'publications.save', { accountId: account.id, kind: 'repost', target: { id: post.originalId, username: post.author.username }, text: '', tier: 'premium', tierReason: null, media: [] });
    if (saved.result !== 'placed') throw new Error('refused');
    const { id } = saved.publication;
    expect(saved.publication.counts).toBe(false);
    expect((await rpc(page, 'publications.place', { id, at: { wall: `${day}T11:00` } })).result).toBe('placed');
    const counted = await rpc(page, 'publications.save', { accountId: account.id, text: 'Una que cuenta', tier: 'premium', tierReason: null, media: [] });
    if (counted.result !== 'placed') throw new Error('refused');
    await rpc(page, 'publications.place', { id: counted.publication.id, at: { wall: `${day}T12:00` } });

    await page.getByTestId('nav-calendar').click();
    await page.getByTestId('calendar-title').waitFor();
    const chip = page.locator(`[data-testid="chip"][data-id="${id}"]`);
    if (day > weekOf(dayOf(Date.now(), account.zone)).end) await page.getByTestId('calendar-next').click();
    await chip.waitFor();
    expect(await chip.getAttribute('data-tier')).toBe('none');
    expect(await chip.locator('.sq').textContent()).toBe('');
    expect(await chip.getAttribute('aria-description')).toContain(OUTSIDE);
    expect(await chip.getAttribute('aria-description')).not.toContain('Prémium');
    expect(await page.locator(`[data-testid="chip"][data-id="${counted.publication.id}"] .sq`).textContent()).toBe('P');
    // Moved by keys, nothing speaks of a tier.
    await chip.focus();
    await page.keyboard.press('m');
    await page.locator('.moving-hint').getByText('Moviendo 1 fuera de la proporción').waitFor();
    await page.keyboard.press('ArrowDown');
    expect(await page.getByTestId('move-words').textContent()).not.toMatch(/Prémium|tipo/);
    await page.keyboard.press('Escape');

    const outsideIn = async (where: string): Promise<void> => {
      const row = page.locator(where);
      await row.first().waitFor();
      expect(await row.locator('.tier').count(), where).toBe(0);
      expect(await row.getByTestId('outside').getAttribute('aria-label'), where).toBe(OUTSIDE);
    };
    await chip.click();
    const panelTag = page.getByTestId('composer-next-free');
    await panelTag.waitFor();
    expect(await panelTag.locator('.tier').count()).toBe(0);
    expect(await page.locator('[data-testid="composer-tier"]').count()).toBe(0);
    await page.getByTestId('composer-close').click();
    await page.getByTestId('calendar-view').getByText('Lista').click();
    await outsideIn(`[data-testid="list-row"]:has-text("${post.author.username}")`);
    await page.getByTestId('calendar-view').getByText('Mes').click();
    await page.getByTestId(`list-${day}`).click();
    await outsideIn(`[data-testid="month-row"][data-id="${id}"]`);
    await page.keyboard.press('Escape');
    await page.getByTestId('nav-library').click();
    await page.getByTestId('library-written-all').click();
    await outsideIn(`.library-row[data-id="${id}"]`);
    await page.getByTestId('nav-deck').click();

    // Past its time: among what waits, and in the question at the start.
    await page.close();
    await host.stop('SIGKILL');
    const db = new Database(join(host.profile, 'parrilla.db'));
    db.prepare('UPDATE publications SET due_at = ? WHERE id = ?').run(Date.now() - 9 * 3_600_000, id);
    db.close();
    host = await startHost({ profile: host.profile, args: ['--practice'] });
    page = await browser.newPage({ viewport: { width: 1680, height: 1000 } });
    page.setDefaultTimeout(15_000);
    await page.goto(host.url);
    await page.getByTestId('wake-up').waitFor();
    await outsideIn('[data-testid="wake-row"]');
    await page.getByTestId('wake-later').click();
    await page.getByTestId('nav-calendar').click();
    await outsideIn('[data-testid="waiting"]');
  });
});
