import { afterEach, describe, expect, it } from 'vitest';
import type { Account } from '../../src/shared/contract/accounts.ts';
import type { MetricStep, Publication } from '../../src/shared/contract/publications.ts';
import { instantToWall } from '../../src/shared/domain/time.ts';
import { startCore, type TestCore, until } from '../support/core.ts';
import { ManualClock } from '../support/manualClock.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const QUARTER = 16;
let core: TestCore;
let clock: ManualClock;
let account: Account;
afterEach(() => core?.stop());

/** Minute by minute, with what is asked meanwhile answered. */
async function pass(minutes: number): Promise<void> {
  for (let i = 0; i < minutes; i += 1) {
    await clock.advance(MINUTE);
    await core.app.idle();
  }
}
/** To so many days after the sending, and a quarter of an hour on. */
async function toDay(day: number, sentAt: number): Promise<void> {
  clock.jumpWall(sentAt + day * DAY - clock.now());
  await pass(QUARTER);
}
async function begin(): Promise<void> {
  clock = new ManualClock(Date.UTC(2026, 10, 24, 9, 0));
  core = await startCore({ clock });
  account = await core.call('accounts.addPractice', {});
  for (const column of await core.call('columns.list', {})) if (column.source.kind !== 'own') await core.call('columns.remove', { columnId: column.id });
}
/** Sends posts, lets the column of own posts see them, and takes it away: what comes after is read by its own. */
async function send(...texts: string[]): Promise<Publication[]> {
  const ids: string[] = [];
  for (const text of texts) {
    const parts = text === 'Un hilo' ? [{ text: 'y su segunda parte', media: [] }] : [];
    const saved = await core.call('publications.save', { accountId: account.id, text, tier: 'free', tierReason: null, media: [], parts });
    if (saved.result !== 'placed') throw new Error('refused');
    const placed = await core.call('publications.place', { id: saved.publication.id, at: { wall: instantToWall(clock.now() + 2 * MINUTE, account.zone) } });
    expect(placed.result).toBe('placed');
    ids.push(saved.publication.id);
  }
  const posts = (): Promise<Publication[]> => Promise.all(ids.map((id) => core.call('publications.get', { id })));
  await until(async () => {
    await pass(1);
    const sent = await posts();
    return sent.every((each) => each.state === 'posted') && (await stored(sent)).length === texts.length;
  });
  for (const column of await core.call('columns.list', {})) await core.call('columns.remove', { columnId: column.id });
  return posts();
}
const stored = (posts: readonly Publication[]) => core.call('columns.posts', { accountId: account.id, ids: posts.flatMap((each) => each.remoteId ?? []) });
const steps = async (post: Publication): Promise<MetricStep[]> => (await core.call('publications.blackBox', { id: post.id })).metrics;
const told = async (post: Publication): Promise<string[]> => (await steps(post)).map((each) => `${each.day} ${each.state}${each.reason === null ? '' : ` ${each.reason}`}`);
const requests = async (): Promise<number> => (await core.control<{ method: string; path: string }[]>('GET', 'requests')).filter((each) => each.method === 'GET' && each.path === '/2/tweets').length;
const billed = (): { calls: number; posts: number; low: number; high: number } => {
  const row = core.app.db.get("SELECT count(*) AS calls, coalesce(sum(resources), 0) AS posts, coalesce(sum(usd_low), 0) AS low, coalesce(sum(usd_high), 0) AS high FROM ledger WHERE endpoint = 'tweets'");
  return { calls: Number(row?.['calls']), posts: Number(row?.['posts']), low: Number(row?.['low']), high: Number(row?.['high']) };
};

describe('public figures of own posts', () => {
  it('are read after one, three and seven days, once each and in one request, and columns and library have them', async () => {
    await begin();
    const saved = await core.call('library.save', { accountId: account.id, title: 'Cierre', url: 'https://cuentaclara.example.com/articulos/cierre', summary: '', theme: 'Artículos', tier: 'free', publishedOn: null, expiresOn: null, evergreen: true, restDays: 1, notes: '', variants: [] });
    const posts = await send('Cierre https://cuentaclara.example.com/articulos/cierre', 'Un hilo');
    const [post, thread] = posts as [Publication, Publication];
    const item = async () => (await core.call('library.item', { id: saved.item.id })).item;
    const before = (await item()).views ?? 0;
    expect(await told(post)).toEqual(['1 planned', '3 planned', '7 planned']);
    expect((await steps(post)).map((each) => each.dueAt)).toEqual([1, 3, 7].map((day) => (post.sentAt ?? 0) + day * DAY));
    await pass(QUARTER);
    expect(await requests()).toBe(0);
    // Two posts, whose three readings each come of age within the week.
    expect((await core.call('money.month', { accountId: account.id })).week.figuresUsd).toBeCloseTo(6 * 0.005);
    core.events.length = 0;
    await toDay(1, thread.sentAt ?? 0);
    expect([await requests(), billed()]).toEqual([1, { calls: 1, posts: 2, low: 0.002, high: 0.01 }]);
    expect(core.events.map((event) => event.name)).toContain('metrics.read');
    for (const each of posts) expect(await told(each)).toEqual(['1 read', '3 planned', '7 planned']);
    const first = (await steps(post))[0]!;
    expect(first).toMatchObject({ usdLow: 0.001, usdHigh: 0.005 });
    expect(first.figures?.views).toBeGreaterThan(before);
    const { views, ...counts } = first.figures!;
    expect((await stored([post]))[0]?.metrics).toMatchObject(counts);
    expect(await item()).toMatchObject({ views, interactions: counts.likes + counts.reposts + counts.replies + counts.quotes });
    await core.restart();
    await pass(2 * QUARTER);
    expect(await requests()).toBe(1);
    for (const day of [3, 7]) await toDay(day, thread.sentAt ?? 0);
    for (const each of posts) expect(await told(each)).toEqual(['1 read', '3 read', '7 read']);
    expect((await steps(post))[2]?.figures?.views).toBeGreaterThan(first.figures?.views ?? 0);
    await toDay(9, thread.sentAt ?? 0);
    expect(billed()).toMatchObject({ calls: 3, posts: 6 });
    // They came by the account's own keys, and go with it.
    await core.call('accounts.remove', { accountId: account.id });
    expect(core.app.db.get('SELECT count(*) AS n FROM post_metrics')).toEqual({ n: 0 });
  });

  it('are read once, as they are by then, where the computer was off for a week', async () => {
    await begin();
    const [post] = (await send('Antes de las vacaciones')) as [Publication];
    await core.restart(() => clock.jumpWall(8 * DAY));
    await pass(QUARTER);
    expect(await told(post)).toEqual(['1 unread late', '3 unread late', '7 read']);
    expect(billed()).toMatchObject({ calls: 1, posts: 1 });
  });

  it('are not read while that is switched off, while the cap forbids it or while the network does not answer, and say so', async () => {
    await begin();
    const [post] = (await send('Con tope')) as [Publication];
    await core.call('settings.set', { metrics: false });
    expect((await core.call('money.month', { accountId: account.id })).week.figuresUsd).toBe(0);
    await toDay(1, post.sentAt ?? 0);
    expect(await told(post)).toEqual(['1 unread off']);
    await core.call('settings.set', { metrics: true });
    await core.call('accounts.update', { accountId: account.id, capUsd: 0.001 });
    await pass(QUARTER);
    expect(await told(post)).toEqual(['1 planned cap', '3 planned', '7 planned']);
    await toDay(3, post.sentAt ?? 0);
    expect(await told(post)).toEqual(['1 unread cap', '3 planned cap', '7 planned']);
    expect(await requests()).toBe(0);
    await core.call('accounts.update', { accountId: account.id, capUsd: null });
    await core.control('POST', 'faults', { match: { method: 'GET', path: '/2/tweets' }, kind: 'status', status: 503 });
    await pass(QUARTER);
    expect([await requests(), await told(post)]).toEqual([1, ['1 unread cap', '3 planned failed', '7 planned']]);
    expect(billed().calls).toBe(0);
    await pass(3 * QUARTER);
    expect([await requests(), await told(post)]).toEqual([2, ['1 unread cap', '3 read', '7 planned']]);
  });

  it('that were answered and not written, because the program ended, are asked for once more and no more, and both are billed', async () => {
    await begin();
    const [post] = (await send('Se corta')) as [Publication];
    core.ports.point = (name) => {
      if (name === 'metrics.before-commit') throw new Error('the program ends here');
    };
    await toDay(1, post.sentAt ?? 0);
    expect([billed().calls, await told(post)]).toEqual([1, ['1 planned', '3 planned', '7 planned']]);
    await core.restart();
    await pass(QUARTER);
    expect([billed().calls, await told(post)]).toEqual([2, ['1 unread failed', '3 planned', '7 planned']]);
    await core.restart();
    await pass(2 * QUARTER);
    expect(billed().calls).toBe(2);
    await toDay(3, post.sentAt ?? 0);
    await core.restart(() => delete core.ports.point);
    await pass(QUARTER);
    expect([billed(), await told(post)]).toMatchObject([{ calls: 4, posts: 4 }, ['1 unread failed', '3 read', '7 planned']]);
  });

  it('of a post that is no longer there cost nothing, and the post is known to be gone', async () => {
    await begin();
    const [kept, gone] = (await send('Se queda', 'Se borra')) as [Publication, Publication];
    await core.control('POST', 'delete', { id: gone.remoteId });
    await toDay(1, gone.sentAt ?? 0);
    expect([await told(kept), await told(gone)]).toEqual([['1 read', '3 planned', '7 planned'], ['1 unread gone']]);
    expect((await core.call('publications.get', { id: gone.id })).removedAt).toBeGreaterThan(gone.sentAt ?? 0);
    expect((await stored([gone]))[0]?.tombstone).toBe(true);
    expect(billed()).toMatchObject({ calls: 1, posts: 1 });
    await toDay(3, gone.sentAt ?? 0);
    expect([await requests(), billed().posts]).toEqual([2, 2]);
  });

  it('of more than a hundred posts are asked for by the hundred, a quarter of an hour apart', async () => {
    await begin();
    for (const column of await core.call('columns.list', {})) await core.call('columns.remove', { columnId: column.id });
    const sentAt = clock.now();
    for (let i = 0; i < 120; i += 1) {
      core.app.db.run("INSERT INTO publications (id, account_id, state, text, tier, zone, sent_at, remote_id, revision, created_at, updated_at) VALUES (:id, :accountId, 'posted', 'x', 'free', 'UTC', :sentAt, :remoteId, 1, 1, 1)", { id: `p${i}`, accountId: account.id, sentAt, remoteId: String(1e15 + i) });
    }
    const asked = (): unknown => core.app.db.get('SELECT count(*) AS n FROM post_metrics WHERE read_at IS NOT NULL')?.['n'];
    await toDay(1, sentAt);
    expect([await requests(), asked()]).toEqual([1, 100]);
    await pass(QUARTER);
    expect([await requests(), asked()]).toEqual([2, 120]);
    await pass(QUARTER);
    expect(await requests()).toBe(2);
  });
});
