import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../../src/shared/contract/accounts.ts';
import type { Publication } from '../../src/shared/contract/publications.ts';
import { instantToWall } from '../../src/shared/domain/time.ts';
import { startCore, type TestCore } from '../support/core.ts';
import { ManualClock } from '../support/manualClock.ts';

const MINUTE = 60_000;
let core: TestCore;
let clock: ManualClock;
let account: Account;
let post: Publication;
beforeEach(async () => {
  clock = new ManualClock(Date.UTC(2026, 10, 24, 9, 0));
  core = await startCore({ clock });
  account = await core.call('accounts.addPractice', {});
  for (const column of await core.call('columns.list', {})) await core.call('columns.remove', { columnId: column.id });
  const saved = await core.call('publications.save', { accountId: account.id, text: 'Con el disco lleno', tier: 'free', tierReason: null, media: [] });
  if (saved.result !== 'placed') throw new Error('refused');
  const placed = await core.call('publications.place', { id: saved.publication.id, at: { wall: instantToWall(clock.now() + 2 * MINUTE, account.zone) } });
  if (placed.result !== 'placed') throw new Error('refused');
  post = placed.publication;
});
afterEach(() => core.stop());
async function run(ms: number): Promise<void> {
  for (let gone = 0; gone < ms; gone += 10_000) {
    await clock.advance(10_000);
    await Promise.race([core.app.idle(), new Promise((resolve) => setTimeout(resolve, 60))]);
  }
}
const created = async (): Promise<number> => (await core.control<{ text: string }[]>('GET', 'created')).filter((each) => each.text === post.text).length;
const state = async (): Promise<string> => (await core.call('publications.get', { id: post.id })).state;
/** From this point on the database takes nothing: `query_only` as for a read-only file, a page limit as for a full disk. */
function breakAt(point: string, how: 'readOnly' | 'full'): void {
  core.ports.point = (name) => {
    if (name !== point) return;
    delete core.ports.point;
    if (how === 'readOnly') core.app.db.raw.pragma('query_only = ON');
    else core.app.db.raw.pragma(`max_page_count = ${String(core.app.db.raw.pragma('page_count', { simple: true }))}`);
  };
}
function mend(): void {
  core.app.db.raw.pragma('query_only = OFF');
  core.app.db.raw.pragma('max_page_count = 1073741823');
}

describe('a disk that takes nothing', () => {
  it.each(['claim.before', 'claimed', 'begin.before'])('at %s: nothing is sent whose intent is not on the disk, and it goes out once it is', async (point) => {
    breakAt(point, 'readOnly');
    await run(6 * MINUTE);
    expect(await created()).toBe(0);
    mend();
    await run(5 * MINUTE);
    expect(await created()).toBe(1);
    expect(await state()).toBe('posted');
  });
  it('after X has accepted: the outcome is kept and written as soon as it can be; nothing else is sent before', async () => {
    const second = await core.call('publications.save', { accountId: account.id, text: 'La siguiente', tier: 'free', tierReason: null, media: [] });
    if (second.result !== 'placed') throw new Error('refused');
    await core.call('publications.place', { id: second.publication.id, at: { wall: instantToWall(clock.now() + 3 * MINUTE, account.zone) } });
    breakAt('request.answered', 'readOnly');
    await run(5 * MINUTE);
    expect(await created()).toBe(1);
    expect((await core.control<{ text: string }[]>('GET', 'created')).some((each) => each.text === 'La siguiente')).toBe(false);
    mend();
    await run(8 * MINUTE);
    expect(await state()).toBe('posted');
    expect(await created()).toBe(1);
    expect((await core.call('publications.get', { id: second.publication.id })).state).toBe('posted');
  });
  it('after X has accepted, and then the program ends: it is found on X at the next start', async () => {
    breakAt('request.answered', 'readOnly');
    await run(3 * MINUTE);
    mend();
    // The program dies with the outcome in its memory only: the row says `sending`, its attempt is open.
    core.app.db.raw.prepare("UPDATE publications SET state = 'sending' WHERE id = ?").run(post.id);
    await core.restart();
    expect(['unknown', 'posted']).toContain(await state());
    await run(3 * MINUTE);
    expect(await state()).toBe('posted');
    expect(await created()).toBe(1);
  });
  it('that is full: the same, with the room that was kept for it given back', async () => {
    breakAt('request.answered', 'full');
    await run(4 * MINUTE);
    mend();
    await run(4 * MINUTE);
    expect(await created()).toBe(1);
    expect(await state()).toBe('posted');
  });
});
