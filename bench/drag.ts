import { setTimeout as sleep } from 'node:timers/promises';
import type { Locator, Page } from 'playwright';
import { launchBrowser } from '../tests/support/browser.ts';
import { startHost } from '../tests/support/host.ts';
import { figure, percentile } from './figures.ts';

const POSTS_A_DAY = 45;
const DAYS = 7;
const MOVES = 300;
const FRAME_MS = 1000 / 60;
const BUDGET_MEDIAN_MS = 17.5;
const BUDGET_P99_MS = 50;
const ORDER = ['free', 'premium', 'free', 'free', 'premium', 'free', 'free', 'status', 'free', 'premium', 'free', 'free', 'premium', 'free', 'free'];

/** 315 posts, the whole week after the coming Monday. */
function fullWeek(monday: number): string {
  const rows = Array.from({ length: POSTS_A_DAY * DAYS }, (_, i) => {
    const day = new Date(monday + Math.floor(i / POSTS_A_DAY) * 86_400_000).toISOString().slice(0, 10);
    const minute = 8 * 60 + (i % POSTS_A_DAY) * 15;
    return `"Entrada ${i} sobre cierres, plazos y retenciones del trimestre",${ORDER[i % ORDER.length]},${day} ${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  });
  return ['texto,tipo,hora', ...rows].join('\n');
}
async function importPosts(page: Page, content: string, to: 'tray' | 'calendar'): Promise<void> {
  await page.getByTestId('open-bulk').click();
  const dialog = page.getByRole('dialog');
  if (to === 'calendar') {
    await dialog.locator('label', { hasText: 'CSV' }).click();
    await page.getByTestId('bulk-to').locator('label').nth(1).click();
  }
  await page.getByTestId('bulk-content').fill(content);
  await page.getByTestId('bulk-preview').click();
  await page.getByTestId('bulk-summary').waitFor({ timeout: 60_000 });
  await page.getByTestId('bulk-commit').click();
  await page.getByTestId('bulk-commit').waitFor({ state: 'detached', timeout: 60_000 });
}

/** Below the heads of the days, and above the bar at the foot, px. */
const HEADS_PX = 160;
const VIEW_PX = 860;

/** Drags over the days, one move a frame, up and down across all of them; answers the time between frames, ms. */
async function framesOfDrag(page: Page, source: Locator): Promise<number[]> {
  // In the evening the grid stands scrolled to the hour that is now.
  await source.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  const from = await source.boundingBox();
  const whole = await page.locator('.day-cols').boundingBox();
  if (!from || !whole) throw new Error('nothing to drag');
  const top = Math.max(whole.y, HEADS_PX);
  const area = { x: whole.x, y: top, width: whole.width, height: Math.min(whole.y + whole.height, VIEW_PX) - top };
  await page.mouse.move(from.x + 30, from.y + 6);
  await page.mouse.down();
  await page.mouse.move(from.x + 40, from.y + 12, { steps: 2 });
  await page.mouse.move(area.x + 60, area.y + 60, { steps: 4 });
  // The bands of all days are worked out one a frame; what follows is the drag itself.
  await sleep(400);
  await page.evaluate(() => {
    const frames: number[] = [];
    let last = performance.now();
    const tick = (): void => {
      const now = performance.now();
      frames.push(now - last);
      last = now;
      if ((globalThis as { stopFrames?: boolean }).stopFrames !== true) requestAnimationFrame(tick);
    };
    Object.assign(globalThis, { frames, stopFrames: false });
    requestAnimationFrame(tick);
  });
  const began = performance.now();
  for (let i = 0; i < MOVES; i += 1) {
    const x = area.x + 10 + ((i * 11) % (area.width - 20));
    const y = area.y + 10 + Math.abs(((i * 7) % (2 * (area.height - 40))) - (area.height - 40));
    await page.mouse.move(x, y);
    const wait = began + (i + 1) * FRAME_MS - performance.now();
    if (wait > 1) await sleep(wait);
  }
  const frames = await page.evaluate(() => {
    const state = globalThis as unknown as { frames: number[]; stopFrames: boolean };
    state.stopFrames = true;
    return state.frames.slice(1);
  });
  if ((await page.getByTestId('drag-words').count()) !== 1) throw new Error('nothing was being dragged');
  await page.keyboard.press('Escape');
  await page.mouse.up();
  return frames;
}

/** A post dragged over a week of 315 with live bands, beside the same drag over an empty week. */
export async function benchDrag(): Promise<void> {
  const host = await startHost({ args: ['--practice'] });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(host.url);
    await page.getByTestId('first-run-es').click();
    await page.getByTestId('nav-calendar').click();
    await page.getByTestId('calendar-grid').waitFor();
    const now = new Date();
    await importPosts(page, 'Un borrador', 'tray');
    await importPosts(page, fullWeek(now.getTime() + (((8 - now.getUTCDay()) % 7) + 7) * 86_400_000), 'calendar');
    for (let weeks = 0; weeks < 5 && (await page.getByTestId('chip').count()) < POSTS_A_DAY * DAYS; weeks += 1) {
      await page.getByTestId('calendar-next').click();
      await sleep(700);
    }
    const chips = await page.getByTestId('chip').count();
    if (chips !== POSTS_A_DAY * DAYS) throw new Error(`${chips} chips on the grid`);
    const full = await framesOfDrag(page, page.locator('.chip[data-n="1"]').nth(3));
    await page.getByTestId('calendar-next').click();
    await sleep(700);
    const bare = await framesOfDrag(page, page.getByTestId('draft-card').first());
    figure('calendar.drag.frame', 'a post dragged over a week of 315 with live bands, 300 moves: median frame, beside an empty week', percentile(full, 0.5), 'ms', BUDGET_MEDIAN_MS, percentile(bare, 0.5));
    figure('calendar.drag.frame.p99', 'the same, p99', percentile(full, 0.99), 'ms', BUDGET_P99_MS, percentile(bare, 0.99));
  } finally {
    await browser.close();
    await host.stop();
  }
}
