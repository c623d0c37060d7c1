import { afterEach, describe, expect, it } from 'vitest';
import type { Account } from '../../src/shared/contract/accounts.ts';
import type { InputOf } from '../../src/shared/contract/index.ts';
import type { Publication } from '../../src/shared/contract/publications.ts';
import { instantToWall } from '../../src/shared/domain/time.ts';
import { startCore, type TestCore } from '../support/core.ts';
import { ManualClock } from '../support/manualClock.ts';

const MINUTE = 60_000;
let core: TestCore;
let clock: ManualClock;
let account: Account;
afterEach(() => core.stop());
async function begin(): Promise<void> {
  clock = new ManualClock(Date.UTC(2026, 10, 24, 9, 0));
  core = await startCore({ clock, apiOrigin: 'sandbox' });
  const keys = (await core.control<{ oauth1: InputOf<'accounts.connectOAuth1'> }[]>('GET', 'accounts'))[0]!.oauth1;
  account = await core.call('accounts.connectOAuth1', keys);
}
async function run(ms: number): Promise<void> {
  for (let gone = 0; gone < ms; gone += 10_000) {
    await clock.advance(10_000);
    await Promise.race([core.app.idle(), new Promise((resolve) => setTimeout(resolve, 40))]);
  }
}
async function plan(text: string, inMs: number): Promise<Publication> {
  const saved = await core.call('publications.save', { accountId: account.id, text, tier: 'free', tierReason: null, media: [] });
  if (saved.result !== 'placed') throw new Error('refused');
  const placed = await core.call('publications.place', { id: saved.publication.id, at: { wall: instantToWall(clock.now() + inMs, account.zone) } });
  if (placed.result !== 'placed') throw new Error('refused');
  return placed.publication;
}
const get = (id: string): Promise<Publication> => core.call('publications.get', { id });

describe('the monthly cap', () => {
  it('holds what would pass it before anything is sent, and lets it go when it is raised', async () => {
    await begin();
    await core.call('columns.list', {}).then((list) => Promise.all(list.map((column) => core.call('columns.remove', { columnId: column.id }))));
    const spentAlready = (await core.call('money.month', { accountId: account.id })).spentHigh;
    const one = await plan('Cabe en el tope', 2 * MINUTE);
    const two = await plan('Ya no cabe', 3 * MINUTE);
    await core.call('accounts.update', { accountId: account.id, capUsd: Math.ceil((spentAlready + 0.015) * 1000) / 1000 });
    await run(5 * MINUTE);
    expect((await get(one.id)).state).toBe('posted');
    expect(await get(two.id)).toMatchObject({ state: 'held', heldReason: 'budget', reason: { code: 'cap' } });
    expect((await core.control<{ text: string }[]>('GET', 'created')).some((each) => each.text === 'Ya no cabe')).toBe(false);
    expect((await core.call('publications.attempts', { id: two.id })).length).toBe(0);
    await core.call('accounts.update', { accountId: account.id, capUsd: 50 });
    await run(MINUTE);
    expect((await get(two.id)).state).toBe('posted');
  });
  it('keeps money for what is planned: columns stop before posts do', async () => {
    await begin();
    await run(2 * MINUTE);
    const spent = (await core.call('money.month', { accountId: account.id })).spentHigh;
    expect(spent).toBeGreaterThan(0);
    const post = await plan('Con enlace https://example.org/x', 30 * MINUTE);
    await core.call('accounts.update', { accountId: account.id, capUsd: Math.round((spent + 0.21) * 100) / 100 });
    const month = await core.call('money.month', { accountId: account.id });
    expect(month).toMatchObject({ reserveUsd: 0.2, week: { posts: 1, publishUsd: 0.2 } });
    expect(['noHome', 'noMentions']).toContain(month.stage);
    await run(5 * MINUTE);
    const columns = await core.call('columns.list', {});
    expect(columns.find((column) => column.source.kind === 'home')?.error?.code).toBe('spending_cap');
    await run(30 * MINUTE);
    expect((await get(post.id)).state).toBe('posted');
    const end = await core.call('money.month', { accountId: account.id });
    expect(end.spentHigh).toBeLessThanOrEqual(spent + 0.22);
    // What was spent stays to be looked at by its month; before it there is nothing.
    expect(await core.call('money.month', { accountId: account.id, month: end.month })).toEqual(end);
    const [year = 0, n = 0] = end.month.split('-').map(Number);
    const before = new Date(Date.UTC(year, n - 2, 1)).toISOString().slice(0, 7);
    expect(await core.call('money.month', { accountId: account.id, month: before })).toMatchObject({ month: before, first: end.month, spentHigh: 0, byDay: [], byEndpoint: [], today: end.today, stage: end.stage });
  });
  it('can be tried on the practice account, whose spending is simulated', async () => {
    clock = new ManualClock(Date.UTC(2026, 10, 24, 9, 0));
    core = await startCore({ clock });
    account = await core.call('accounts.addPractice', {});
    await run(MINUTE);
    const home = (await core.call('columns.list', {})).find((column) => column.source.kind === 'home');
    expect(home?.usdPerDay).toBeGreaterThan(0);
    expect((await core.call('money.month', { accountId: account.id })).spentHigh).toBeGreaterThan(0);
    const post = await plan('Con enlace https://cuentaclara.example.com/articulos/9', 2 * MINUTE);
    expect(post.usd).toBe(0.2);
    await core.call('accounts.update', { accountId: account.id, capUsd: 0.01 });
    await run(4 * MINUTE);
    expect(await get(post.id)).toMatchObject({ state: 'held', heldReason: 'budget', reason: { code: 'cap' } });
    expect((await core.call('columns.list', {})).find((column) => column.id === home?.id)?.error?.code).toBe('spending_cap');
  });
});

describe('what reading costs', () => {
  it('is told as the ledger has it, authors included, and a day of it is not taken for a week', async () => {
    await begin();
    await run(2 * MINUTE);
    const month = await core.call('money.month', { accountId: account.id });
    const read = month.byEndpoint.find((each) => each.endpoint === 'users/:id/timelines/reverse_chronological')?.usd ?? 0;
    const home = (await core.call('columns.list', {})).find((each) => each.source.kind === 'home');
    const { rows } = await core.call('columns.page', { columnId: home?.id ?? '', limit: 50 });
    const posts = rows.flatMap((row) => (row.row === 'post' ? [row.post] : []));
    const today = posts.filter((post) => post.createdAt > clock.now() - 86_400_000).length;
    expect(read).toBeGreaterThan(posts.length * 0.005);
    // Worked out once in ten minutes: what was read since may have had fewer authors.
    expect((home?.usdPerDay ?? 0) / today).toBeGreaterThan(0.006);
    expect((home?.usdPerDay ?? 0) / today / (read / posts.length)).toBeGreaterThan(0.8);
    expect((home?.usdPerDay ?? 0) / today / (read / posts.length)).toBeLessThan(1.25);
    // Two minutes of reading count as a day: a week is seven of them.
    expect(month.week.readUsd).toBeCloseTo(month.byEndpoint.filter((each) => !each.endpoint.startsWith('POST')).reduce((sum, each) => sum + each.usd, 0) * 7, 6);
  });
});
