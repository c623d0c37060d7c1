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
beforeEach(async () => {
  clock = new ManualClock(Date.UTC(2026, 10, 24, 9, 0));
  core = await startCore({ clock });
  account = await core.call('accounts.addPractice', {});
  for (const column of await core.call('columns.list', {})) await core.call('columns.remove', { columnId: column.id });
  await core.app.idle();
  core.app.db.run('DELETE FROM source_posts');
});
afterEach(async () => {
  await core.stop();
});

let n = 0;
async function planned(tier: string, minutes: number): Promise<Publication> {
  const saved = await core.call('publications.save', { accountId: account.id, text: `Entrada ${(n += 1)}`, tier, tierReason: null, media: [] });
  if (saved.result !== 'placed') throw new Error('refused');
  const placed = await core.call('publications.place', { id: saved.publication.id, at: { wall: instantToWall(clock.now() + minutes * MINUTE, account.zone) } });
  if (placed.result !== 'placed') throw new Error('refused');
  return placed.publication;
}
const state = (id: string): Promise<Publication> => core.call('publications.get', { id });
const undo = (undoId: string): Promise<unknown> => core.call('undo.apply', { undoId });

describe('undo obeys the rule', () => {
  it('refuses to plan again what would now be one premium too many, and leaves everything as it is', async () => {
    const first = await planned('premium', 60);
    const { undoId } = await core.call('publications.unschedule', { id: first.id });
    const second = await planned('premium', 90);
    await expect(undo(undoId)).rejects.toMatchObject({ data: { code: 'undo_ratio' } });
    expect(await state(first.id)).toMatchObject({ state: 'draft', text: first.text });
    expect(await state(second.id)).toMatchObject({ state: 'scheduled' });
    // Its place is free again: now it can be taken back after all.
    await core.call('publications.unschedule', { id: second.id });
    await undo(undoId);
    expect(await state(first.id)).toMatchObject({ state: 'scheduled', dueAt: first.dueAt });
  });

  it('brings a deleted post back as a draft where its place is gone', async () => {
    const first = await planned('premium', 60);
    const { undoId } = await core.call('publications.delete', { id: first.id });
    await planned('premium', 90);
    await undo(undoId);
    expect(await state(first.id)).toMatchObject({ state: 'draft', dueAt: null, text: first.text, reason: { code: 'undo_ratio' } });
  });

  it('brings back one that waited for the network as a draft where its place is gone', async () => {
    const first = await planned('premium', 60);
    core.app.db.run("UPDATE publications SET state = 'retry_wait', next_try_at = :at WHERE id = :id", { id: first.id, at: clock.now() + 60 * MINUTE });
    const { undoId } = await core.call('publications.delete', { id: first.id });
    await planned('premium', 90);
    await undo(undoId);
    expect(await state(first.id)).toMatchObject({ state: 'draft', reason: { code: 'undo_ratio' } });
  });

  it('goes back to a plan that was broken when nothing else moved', async () => {
    const first = await planned('premium', 60);
    await core.call('accounts.update', { accountId: account.id, policy: { ...account.policy, mode: 'off' } });
    await planned('premium', 90);
    await core.call('accounts.update', { accountId: account.id, policy: { ...account.policy, mode: 'enforce' } });
    const { undoId } = await core.call('publications.unschedule', { id: first.id });
    await undo(undoId);
    expect(await state(first.id)).toMatchObject({ state: 'scheduled', dueAt: first.dueAt });
  });
});

describe('undo plans nothing into the past', () => {
  it('refuses a move back to a time that has passed', async () => {
    const post = await planned('free', 2);
    const moved = await core.call('publications.place', { id: post.id, at: { wall: instantToWall(clock.now() + 60 * MINUTE, account.zone) } });
    if (moved.result !== 'placed') throw new Error('refused');
    await clock.advance(5 * MINUTE);
    await expect(undo(moved.undoId)).rejects.toMatchObject({ data: { code: 'undo_past' } });
    expect(await state(post.id)).toMatchObject({ state: 'scheduled', dueAt: moved.publication.dueAt });
  });

  it('brings a deleted post back as a draft, and "send now" too', async () => {
    const gone = await planned('free', 2);
    const { undoId } = await core.call('publications.delete', { id: gone.id });
    await clock.advance(5 * MINUTE);
    await undo(undoId);
    expect(await state(gone.id)).toMatchObject({ state: 'draft', dueAt: null, reason: { code: 'undo_past' } });
    const now = await planned('free', 1);
    await clock.advance(55_000);
    const sent = await core.call('publications.sendNow', { id: now.id });
    if (sent.result !== 'placed') throw new Error('refused');
    await clock.advance(6000);
    await undo(sent.undoId);
    expect(await state(now.id)).toMatchObject({ state: 'draft', reason: { code: 'undo_past' } });
  });
});

describe('"send now" taken back', () => {
  it('twice, as from two windows, leaves the post at the time it had', async () => {
    const post = await planned('free', 24 * 60);
    await core.call('publications.sendNow', { id: post.id });
    await clock.advance(3000);
    expect(await core.call('publications.cancelSend', { id: post.id })).toMatchObject({ state: 'scheduled', dueAt: post.dueAt });
    await expect(core.call('publications.cancelSend', { id: post.id })).rejects.toMatchObject({ data: { code: 'state_refused' } });
    expect(await state(post.id)).toMatchObject({ state: 'scheduled', dueAt: post.dueAt });
  });
  it('after it was given another time, leaves it there', async () => {
    const post = await planned('free', 60);
    await core.call('publications.sendNow', { id: post.id });
    await core.call('publications.place', { id: post.id, at: { wall: instantToWall(clock.now() + 120 * MINUTE, account.zone) } });
    await expect(core.call('publications.cancelSend', { id: post.id })).rejects.toMatchObject({ data: { code: 'state_refused' } });
    expect(await state(post.id)).toMatchObject({ state: 'scheduled', dueAt: clock.now() + 120 * MINUTE });
  });
});
