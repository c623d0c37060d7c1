import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Host } from '../support/host.ts';
import { endPractice, startPractice } from '../support/practice.ts';
import { rpc } from '../support/rpc.ts';

let browser: Browser;
let host: Host;
beforeAll(async () => {
  ({ browser, host } = await startPractice());
});
afterAll(() => endPractice({ browser, host }));

it('answers that go overdue together are one notice, a warning, with the way to those to be attended to', async () => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(15_000);
  await page.goto(host.url);
  await page.getByTestId('first-run-es').click();
  await page.getByTestId('nav-deck').waitFor();
  const [account] = await rpc(page, 'accounts.list', {});
  const cases = async () => (await rpc(page, 'inbox.list', { accountId: account?.id ?? '', view: 'attend', limit: 50 })).cases;
  await expect.poll(async () => (await cases()).length, { timeout: 40_000 }).toBeGreaterThan(2);
  // What is shown elsewhere of the inbox is not what the button leads to.
  await page.getByTestId('nav-inbox').click();
  await page.getByTestId('view-done').click();
  await page.getByTestId('nav-deck').click();
  const ids = (await cases()).slice(0, 3).map((each) => each.id);
  const db = new Database(join(host.profile, 'parrilla.db'), { timeout: 10_000 });
  db.transaction(() => {
    // Whatever was said before is said.
    db.prepare('UPDATE cases SET overdue_said = 1').run();
    for (const id of ids) db.prepare('UPDATE cases SET due_at = ?, overdue_said = 0 WHERE id = ?').run(Date.now() - 60_000, id);
  }).immediate();
  db.close();
  const notice = page.locator('.mantine-Notification-root').filter({ has: page.getByTestId('attend-overdue') });
  await notice.waitFor({ timeout: 60_000 });
  expect(await notice.count()).toBe(1);
  expect(await notice.textContent()).toContain(`Respuestas vencidas en @${account?.username ?? ''}: 3`);
  expect(await notice.getAttribute('role')).toBe('status');
  await page.getByTestId('attend-overdue').click();
  await page.locator(`[data-testid="case-row"][data-case-id="${ids[0]}"]`).waitFor();
  await notice.waitFor({ state: 'detached' });
  // Each is kept by itself.
  expect((await rpc(page, 'activity.list', { limit: 100 })).filter((each) => each.code === 'case_overdue').length).toBeGreaterThanOrEqual(3);
}, 180_000);
