import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Publication } from '../../src/shared/contract/publications.ts';
import { addDays, instantToWall } from '../../src/shared/domain/time.ts';
import { type Host, startHost } from '../support/host.ts';
import { endPractice, startPractice } from '../support/practice.ts';
import { plan, rpc } from '../support/rpc.ts';

const AWAY_MS = 9 * 3_600_000;
/** A host of a machine that is busy takes its time. */
const SOON = { timeout: 10_000 };
let browser: Browser;
let host: Host;
beforeAll(async () => {
  ({ browser, host } = await startPractice());
});
afterAll(() => endPractice({ browser, host }));
async function opened(): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(15_000);
  await page.goto(host.url);
  return page;
}

/** Moves what is planned into the past by as long as the computer was off: the clock of a test cannot wait nine hours. */
function passTime(profile: string, ids: readonly string[]): string {
  const db = new Database(join(profile, 'parrilla.db'));
  try {
    const due = Date.now() - AWAY_MS;
    // The first went out in the meantime by another way: its words stand on the network.
    const seen = db.prepare("SELECT p.pk, p.text, p.payload FROM sources s JOIN source_posts sp ON sp.source_id = s.id JOIN posts p ON p.pk = sp.post_pk WHERE s.kind = 'own' AND p.reply_to_id IS NULL AND p.repost_of_id IS NULL ORDER BY sp.sort_id DESC LIMIT 1").get() as { pk: number; text: string; payload: string };
    const points = [...seen.text];
    const { entities } = JSON.parse(seen.payload) as { entities: { kind: string; start: number; end: number; href: string }[] };
    for (const { start, end, href } of entities.filter((each) => each.kind === 'url').sort((one, other) => other.start - one.start)) points.splice(start, end - start, href);
    const said = points.join('');
    db.prepare('UPDATE posts SET created_at = ? WHERE pk = ?').run(due + 60_000, seen.pk);
    db.prepare('UPDATE publications SET text = ? WHERE id = ?').run(said, ids[0]);
    ids.forEach((id, i) => db.prepare('UPDATE publications SET due_at = ?, wall = ? WHERE id = ?').run(due + i * 60_000, instantToWall(due + i * 60_000, 'Europe/Madrid'), id));
    return said;
  } finally {
    db.close();
  }
}

describe('posts that were due while this computer was off', () => {
  it('are asked about on whichever screen is open, and what was decided stays decided', async () => {
    const first = await opened();
    await first.getByTestId('first-run-es').click();
    await first.getByTestId('nav-deck').waitFor();
    const [account] = await rpc(first, 'accounts.list', {});
    if (!account) throw new Error('no account');
    const list = (page: Page): Promise<Publication[]> => rpc(page, 'publications.list', { accountId: account.id });
    const day = addDays(new Date().toISOString().slice(0, 10), 2);
    await plan(first, account.id, [{ text: 'Cierre contable', tier: 'free', day, time: '10:00' }, { text: 'Memento de retenciones', tier: 'free', day, time: '11:00' }, { text: 'Última llamada', tier: 'status', day, time: '12:00' }]);
    const ids = (await list(first)).filter((each) => each.state === 'scheduled').sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0)).map((each) => each.id);
    expect(ids).toHaveLength(3);
    await first.close();
    await host.stop('SIGKILL');
    const said = passTime(host.profile, ids);
    host = await startHost({ profile: host.profile, args: ['--practice'] });

    const page = await opened();
    const dialog = page.getByTestId('wake-up');
    await dialog.waitFor();
    await page.getByTestId('deck').waitFor();
    expect(await page.getByTestId('wake-row').count()).toBe(3);
    await page.getByTestId('seen-on-x').getByText('Parece que ya está en X').waitFor();
    expect(await page.getByTestId('seen-on-x').count()).toBe(1);
    expect(await page.getByRole('dialog').textContent()).toMatch(/3 entradas se quedaron sin salir/);
    // Put off, it does not come back by itself; it does with the next start of the window.
    await page.getByTestId('wake-later').click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByTestId('nav-calendar').click();
    await page.getByTestId('open-wake').waitFor();
    expect(await dialog.count()).toBe(0);
    await page.reload();
    await page.getByTestId('tray').waitFor();
    await dialog.waitFor();
    // What was worth its time only is proposed for dropping; one of the others too, by hand.
    const cards = page.getByTestId('wake-row');
    await expect.poll(() => page.getByTestId('wake-do').textContent()).toBe('Programar 1 y descartar 2');
    await cards.filter({ hasText: 'Memento' }).locator('label', { hasText: 'Descartar' }).click();
    await expect.poll(() => page.getByTestId('wake-do').textContent()).toBe('Descartar 3');
    // What X shows already is not sent again unless one wants it.
    await cards.filter({ has: page.getByTestId('seen-on-x') }).locator('label').nth(1).click();
    expect(await page.getByTestId('wake-do').textContent()).toBe('Programar 1 y descartar 2');
    await page.getByTestId('wake-do').click();
    await dialog.waitFor({ state: 'detached' });
    const states = async (): Promise<Record<string, string>> => Object.fromEntries((await list(page)).filter((each) => ids.includes(each.id)).map((each) => [each.text, each.state]));
    await expect.poll(states, SOON).toEqual({ [said]: 'scheduled', 'Memento de retenciones': 'cancelled', 'Última llamada': 'cancelled' });
    await page.reload();
    await page.getByTestId('tray').waitFor();
    expect(await dialog.count()).toBe(0);
    expect(await states()).toEqual({ [said]: 'scheduled', 'Memento de retenciones': 'cancelled', 'Última llamada': 'cancelled' });
    await page.close();
  });
});
