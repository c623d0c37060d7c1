import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../../src/shared/contract/accounts.ts';
import { instantToWall } from '../../src/shared/domain/time.ts';
import { startCore, type TestCore, until } from '../support/core.ts';
import { ManualClock } from '../support/manualClock.ts';
import { readAll, settle } from '../support/reading.ts';

const MINUTE = 60_000;
let core: TestCore;
let clock: ManualClock;
let account: Account;
beforeEach(async () => {
  clock = new ManualClock(Date.UTC(2026, 10, 24, 9, 0));
  core = await startCore({ clock });
  account = await core.call('accounts.addPractice', {});
});
afterEach(() => core.stop());
const damage = (path: string, times = 1): Promise<unknown> => core.control('POST', 'faults', { match: { method: 'GET', path }, kind: 'damagedId', times });
const notices = (): unknown[] => core.events.filter((each) => each.name === 'notice.raised' && (each.payload as { code: string }).code === 'posts_left_out').map((each) => each.payload);
const say = (text: string, username: string): Promise<{ id: string }> => core.control('POST', 'post', { username, text });

describe('a post whose id is none', () => {
  it('is left out and said once; its column reads the rest and goes on', async () => {
    await readAll(core);
    const mentions = (await core.call('columns.list', {})).find((each) => each.source.kind === 'mentions')!;
    for (const column of await core.call('columns.list', {})) if (column.id !== mentions.id) await core.call('columns.remove', { columnId: column.id });
    const person = core.sandbox.world.users[3]!.username;
    for (const text of ['uno', 'dos', 'tres']) await say(`@${account.username} ${text}`, person);
    await damage(`/2/users/${account.remoteId}/mentions`, 2);
    const texts = async (): Promise<string[]> => (await core.call('columns.page', { columnId: mentions.id, limit: 3 })).rows.map((row) => (row.row === 'post' ? row.post.text.replace(/^@\S+ /, '') : 'gap'));
    await readAll(core);
    expect((await texts()).slice(0, 2)).toEqual(['dos', 'uno']);
    // The one that nobody can read, alone.
    await readAll(core);
    expect((await core.call('columns.list', {}))[0]).toMatchObject({ error: null });
    expect(notices()).toEqual([{ level: 'warning', code: 'posts_left_out', params: { username: account.username, count: 1 } }]);
    await readAll(core);
    expect((await texts())[0]).toBe('tres');
  });
  it('proves nothing of what is in doubt: a look that could not read it never says that a post is not there', async () => {
    for (const column of await core.call('columns.list', {})) await core.call('columns.remove', { columnId: column.id });
    await core.control('POST', 'faults', { match: { method: 'POST', path: '/2/tweets' }, kind: 'statusAfterAccept', status: 503 });
    await damage(`/2/users/${account.remoteId}/tweets`, 1000);
    const saved = await core.call('publications.save', { accountId: account.id, text: 'Está, pero no se lee', tier: 'free', tierReason: null, media: [] });
    if (saved.result !== 'placed') throw new Error('refused');
    const { id } = saved.publication;
    await core.call('publications.place', { id, at: { wall: instantToWall(clock.now() + 2 * MINUTE, account.zone) } });
    const state = async (): Promise<string> => (await core.call('publications.get', { id })).state;
    await until(async () => { await clock.advance(5000); return (await state()) === 'unknown'; });
    for (let gone = 0; gone < 5 * MINUTE; gone += 10_000) {
      await clock.advance(10_000);
      await settle(core);
    }
    expect(await state()).toBe('unknown');
    await core.control('DELETE', 'faults');
    await until(async () => { await clock.advance(10_000); return (await state()) === 'posted'; });
  });
});
