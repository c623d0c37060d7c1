import { ingestPage } from '../src/main/core/features/columns/ingest.ts';
import { PostsRepository } from '../src/main/core/features/columns/postsRepository.ts';
import { ColumnsRepository } from '../src/main/core/features/columns/repository.ts';
import { launchBrowser } from '../tests/support/browser.ts';
import { startCore } from '../tests/support/core.ts';
import { startHost } from '../tests/support/host.ts';
import { figure, percentile } from './figures.ts';
import { pageOf, syntheticUsers, variedPosts } from './profile.ts';

const COLUMNS = 8;
const POSTS = 5000;
const SECONDS = 10;
/** CSS px a wheel turn moves; at a turn every 50 ms a column is gone through fast. */
const TURN = 240;
const BUDGET_MEDIAN_MS = 17.5;
const BUDGET_P99_MS = 50;

/** A profile with eight columns of 5,000 posts each. */
async function profileOfEight(): Promise<string> {
  const core = await startCore({ pace: 0, start: false });
  const account = await core.call('accounts.addPractice', {});
  await core.call('settings.set', { lang: 'es' });
  for (const column of await core.call('columns.list', {})) await core.call('columns.remove', { columnId: column.id });
  const posts = new PostsRepository(core.app.db, { register: () => null, path: () => null, load: () => Promise.resolve(null) });
  const columns = new ColumnsRepository(core.app.db);
  const users = syntheticUsers(400);
  const end = Date.now();
  for (let i = 0; i < COLUMNS; i += 1) {
    const made = await core.call('columns.add', { accountId: account.id, source: { kind: 'search', query: `columna ${i}` } });
    const sourceId = columns.get(made.id)?.sourceId ?? 0;
    const source = columns.sourceById(sourceId);
    if (!source) throw new Error('no source');
    const rows = variedPosts(i * POSTS, (i + 1) * POSTS, COLUMNS * POSTS, end);
    await ingestPage({ db: core.app.db, columns, posts }, { origin: 'practice', accountId: account.id, sourceId, base: core.sandbox.url, network: 'practice' }, source, pageOf(rows, users), { now: end, next: end + 86_400_000 }, () => () => undefined);
    // Reading stopped far down: the column opens with all that lies above it.
    await core.call('columns.keepPlace', { columnId: made.id, place: { postId: rows[POSTS / 5]?.id ?? '', offset: 0 } });
  }
  const { profile } = core.ports.paths;
  await core.stop();
  return profile;
}

/** Frames of a browser trace while columns are scrolled one after the other, beside an empty page's; ms between two frames. */
export async function benchScroll(): Promise<void> {
  const host = await startHost({ profile: await profileOfEight() });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
    const frames = async (): Promise<number[]> => {
      const took = await page.evaluate(async (seconds) => {
        const times: number[] = [];
        const end = performance.now() + seconds * 1000;
        for (let last = performance.now(); last < end;) {
          const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
          times.push(now - last);
          last = now;
        }
        return times.slice(1);
      }, SECONDS);
      return took;
    };
    await page.goto('about:blank');
    const bare = await frames();
    await page.goto(host.url);
    const lists = page.locator('.column .column-body');
    for (let i = 0; i < COLUMNS; i += 1) await page.locator('.column').nth(i).getByTestId('post').first().waitFor();
    const boxes = await Promise.all(Array.from({ length: 6 }, (_, i) => lists.nth(i).boundingBox()));
    const measured = frames();
    const began = performance.now();
    for (let turn = 0; performance.now() - began < SECONDS * 1000 - 200; turn += 1) {
      const box = boxes[Math.floor(turn / 30) % boxes.length];
      if (turn % 30 === 0 && box) await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
      await page.mouse.wheel(0, TURN);
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, began + (turn + 1) * 50 - performance.now())));
    }
    const took = await measured;
    figure('scroll.frame', 'eight columns of 5,000 posts scrolled one after the other: median frame, beside an empty page', percentile(took, 0.5), 'ms', BUDGET_MEDIAN_MS, percentile(bare, 0.5));
    figure('scroll.frame.p99', 'the same, p99', percentile(took, 0.99), 'ms', BUDGET_P99_MS, percentile(bare, 0.99));
  } finally {
    await browser.close();
    await host.stop();
  }
}
