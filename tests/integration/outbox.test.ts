import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keysOf } from '../../src/sandbox/oauth1.ts';
import type { Account } from '../../src/shared/contract/accounts.ts';
import { instantToWall } from '../../src/shared/domain/time.ts';
import { type Cable, startCable } from '../support/cable.ts';
import { startCore, type TestCore, until } from '../support/core.ts';
import { ManualClock } from '../support/manualClock.ts';
import { backOn, cutOff, readAll, settle } from '../support/reading.ts';

const MINUTE = 60_000;
let core: TestCore;
let clock: ManualClock;
let account: Account;
let cable: Cable;
beforeEach(async () => {
  clock = new ManualClock(Date.UTC(2026, 10, 24, 9, 0));
  core = await startCore({ clock, apiOrigin: 'cable', cable: async (url) => (cable = await startCable(url)) });
  account = await core.call('accounts.connectOAuth1', keysOf(core.sandbox.world.users[0]!, core.sandbox.world.seed));
  await read();
  core.app.db.run('DELETE FROM cases');
});
afterEach(async () => {
  await core.stop();
  await cable.close();
});
const settled = (): Promise<void> => settle(core);
const read = (): Promise<void> => readAll(core);
const later = async (ms: number): Promise<void> => {
  await clock.advance(ms);
  await settled();
};
const person = (n: number): string => core.sandbox.world.users[n]!.username;
const say = (username: string, text: string, more: { replyToId?: string } = {}): Promise<{ id: string }> => core.control('POST', 'post', { username, text, ...more });
const asked = async (): Promise<[string, boolean][]> => (await core.control<{ asked: { kind: string; on: boolean }[] }>('GET', 'marks')).asked.map(({ kind, on }) => [kind, on]);
const created = async (): Promise<string[]> => (await core.control<{ text: string }[]>('GET', 'created')).map((each) => each.text);
const entry = async (id: string) => (await core.call('outbox.list', { limit: 50 })).find((each) => each.id === id)!;
const put = (action: 'hideReply' | 'showReply' | 'deletePost' | 'bookmark', postId: string) => core.call('outbox.put', { accountId: account.id, action, postId });
/** An answer under a post of ours, to be hidden. */
async function insult(): Promise<string> {
  const own = await say(account.username, 'Nuestra guía');
  const { id } = await say(person(3), `@${account.username} insulto`, { replyToId: own.id });
  await read();
  return id;
}
const offline = (): Promise<void> => cutOff(core, cable);
const online = (): Promise<void> => backOn(core, cable);

describe('the pause', () => {
  it('holds small acts and deletions too, over a restart, and lets each go once', async () => {
    const answer = await insult();
    const mine = await say(account.username, 'Sobra');
    await read();
    await core.call('scheduler.pause', { reason: 'crisis' });
    const hide = await put('hideReply', answer);
    const gone = await put('deletePost', mine.id);
    await later(5 * MINUTE);
    await core.restart();
    await later(5 * MINUTE);
    expect(await asked()).toEqual([]);
    expect(core.sandbox.world.post(mine.id)?.deleted ?? false).toBe(false);
    expect([(await entry(hide.entry.id)).state, (await entry(gone.entry.id)).state]).toEqual(['waiting', 'waiting']);
    await core.call('scheduler.resume', {});
    await until(async () => { await later(1000); return (await entry(gone.entry.id)).state === 'done' && (await entry(hide.entry.id)).state === 'done'; });
    expect(await asked()).toEqual([['hidden', true]]);
    expect(core.sandbox.world.post(mine.id)?.deleted).toBe(true);
  });

  it('lets what is on the wire end as it ends, and begins nothing after it', async () => {
    const answer = await insult();
    const other = await insult();
    await core.control('POST', 'faults', { match: { method: 'PUT' }, kind: 'delay', ms: 1500 });
    await offline();
    const first = await put('hideReply', answer);
    const second = await put('hideReply', other);
    cable.mend();
    await core.call('sync.now', {});
    void core.app.tick();
    await until(async () => (await entry(first.entry.id)).state === 'sending');
    await core.call('scheduler.pause', { reason: 'crisis' });
    await until(async () => { await settled(); return (await entry(first.entry.id)).state === 'done'; });
    await later(5 * MINUTE);
    expect((await entry(second.entry.id)).state).toBe('waiting');
    expect(await asked()).toEqual([['hidden', true]]);
  });
});

describe('the outbox, held', () => {
  it('keeps answers and acts here when the network is back and over a restart, while the plan goes on; let go, each goes once', async () => {
    await say(person(3), `@${account.username} ¿abrís mañana?`);
    const answer = await insult();
    const [row] = (await core.call('inbox.list', { accountId: account.id, view: 'attend', limit: 10 })).cases.filter((each) => each.excerpt.includes('mañana'));
    const saved = await core.call('publications.save', { accountId: account.id, text: 'Lo planeado', tier: 'free', tierReason: null, media: [] });
    if (saved.result !== 'placed') throw new Error('refused');
    await core.call('publications.place', { id: saved.publication.id, at: { wall: instantToWall(clock.now() + 20 * MINUTE, account.zone) } });
    await offline();
    const reply = await core.call('inbox.reply', { caseId: row!.id, text: 'Sí, de 9 a 18.' });
    const hide = await put('hideReply', answer);
    await later(MINUTE);
    expect((await core.call('outbox.hold', { on: true })).heldSince).toBe(clock.now());
    await online();
    const back = await core.call('sync.status', {});
    expect(back.outage?.to).toBeGreaterThan(back.outage?.from ?? Infinity);
    await core.restart();
    for (let i = 0; i < 30; i += 1) await later(MINUTE);
    expect(await created()).toEqual(['Lo planeado']);
    expect(await asked()).toEqual([]);
    expect(await core.call('sync.status', {})).toMatchObject({ waiting: 2 });
    expect((await core.call('sync.status', {})).heldSince).not.toBeNull();
    await core.call('outbox.hold', { on: false });
    await until(async () => { await later(5000); return (await core.call('publications.get', { id: reply.publication.id })).state === 'posted' && (await entry(hide.entry.id)).state === 'done'; });
    expect(await created()).toEqual(['Lo planeado', 'Sí, de 9 a 18.']);
    expect(await asked()).toEqual([['hidden', true]]);
  });

  it('sends one that the user sends by hand, and reviews what waited too long', async () => {
    await say(person(3), `@${account.username} ¿abrís mañana?`);
    await say(person(4), `@${account.username} ¿y el jueves?`);
    await read();
    const rows = (await core.call('inbox.list', { accountId: account.id, view: 'attend', limit: 10 })).cases;
    await offline();
    const [one, two] = [await core.call('inbox.reply', { caseId: rows[0]!.id, text: 'Sí, abrimos.' }), await core.call('inbox.reply', { caseId: rows[1]!.id, text: 'También el jueves.' })];
    await later(MINUTE);
    await core.call('outbox.hold', { on: true });
    await online();
    await core.call('publications.decide', { id: one.publication.id, decision: 'sendNow' });
    await until(async () => { await later(5000); return (await core.call('publications.get', { id: one.publication.id })).state === 'posted'; });
    expect(await created()).toEqual(['Sí, abrimos.']);
    for (let i = 0; i < 25; i += 1) await later(10 * MINUTE);
    expect(await core.call('publications.get', { id: two.publication.id })).toMatchObject({ state: 'missed', reason: { code: 'reply_review' } });
  });
});

describe('answers that wait', () => {
  it('go in the order that the user gave them', async () => {
    await say(person(3), `@${account.username} ¿abrís mañana?`);
    await say(person(4), `@${account.username} ¿y el jueves?`);
    await read();
    const rows = (await core.call('inbox.list', { accountId: account.id, view: 'attend', limit: 10 })).cases;
    await offline();
    const first = await core.call('inbox.reply', { caseId: rows[0]!.id, text: 'Sí, abrimos.' });
    const second = await core.call('inbox.reply', { caseId: rows[1]!.id, text: 'También el jueves.' });
    await later(MINUTE);
    await core.call('outbox.move', { id: second.publication.id, before: first.publication.id });
    await expect(core.call('outbox.move', { id: 'gone', before: null })).rejects.toMatchObject({ code: 'not_found' });
    await online();
    await until(async () => { await later(5000); return (await created()).length === 2; });
    expect(await created()).toEqual(['También el jueves.', 'Sí, abrimos.']);
  });
});

describe('a deletion that X may have carried out', () => {
  const lost = async (kind: 'resetAfter' | 'resetBefore') => {
    const mine = await say(account.username, 'Sobra');
    await read();
    await core.control('POST', 'faults', { match: { method: 'DELETE', path: '/2/tweets/' }, kind });
    const { entry: made } = await put('deletePost', mine.id);
    await until(async () => { await later(1000); return (await entry(made.id)).tries > 0; });
    return { postId: mine.id, id: made.id };
  };
  it('is not simply taken out: it says so, looks, and tells that the post is gone', async () => {
    const { postId, id } = await lost('resetAfter');
    expect(core.sandbox.world.post(postId)?.deleted).toBe(true);
    expect(await core.call('outbox.cancel', { id })).toMatchObject({ state: 'cancelled', reason: { code: 'perhaps_done', params: { look: true } } });
    await until(async () => { await later(5000); return (await entry(id)).reason?.code !== 'perhaps_done'; });
    expect(await entry(id)).toMatchObject({ state: 'done', reason: { code: 'done_after_all' } });
    const codes = (await core.call('activity.list', { limit: 20 })).map((each) => each.code);
    expect(codes).toContain('perhaps_deleted');
    expect(codes).toContain('delete_done');
  });
  it('tells that the post is still there, and never deletes it after that', async () => {
    const { postId, id } = await lost('resetBefore');
    await core.call('outbox.cancel', { id });
    cable.cut();
    await later(MINUTE);
    expect((await entry(id)).reason?.code).toBe('perhaps_done');
    await core.restart();
    cable.mend();
    await until(async () => { await later(10_000); return (await entry(id)).reason?.code !== 'perhaps_done'; });
    expect(await entry(id)).toMatchObject({ state: 'cancelled', reason: { code: 'still_there' } });
    await later(10 * MINUTE);
    expect(core.sandbox.world.post(postId)?.deleted ?? false).toBe(false);
  });
  it('is looked for in time when the clock is set back meanwhile', async () => {
    const { id } = await lost('resetAfter');
    cable.cut();
    await core.call('outbox.cancel', { id });
    await later(5000);
    clock.jumpWall(-300 * MINUTE);
    cable.mend();
    for (let i = 0; i < 20; i += 1) await later(5000);
    expect(await entry(id)).toMatchObject({ state: 'done', reason: { code: 'done_after_all' } });
  });
  it('asked for anew after it was taken out, has its ten seconds again', async () => {
    const mine = await say(account.username, 'Sobra');
    const { entry: made } = await put('deletePost', mine.id);
    await core.call('outbox.cancel', { id: made.id });
    await core.call('outbox.retry', { id: made.id });
    await later(5000);
    expect(core.sandbox.world.post(mine.id)?.deleted ?? false).toBe(false);
    await until(async () => { await later(2000); return (await entry(made.id)).state === 'done'; });
    expect(core.sandbox.world.post(mine.id)?.deleted).toBe(true);
  });
  it('says why an entry ended that a newer wish overtook', async () => {
    const answer = await insult();
    await core.control('POST', 'faults', { match: { method: 'PUT' }, kind: 'resetAfter' });
    const hide = await put('hideReply', answer);
    await until(async () => { await later(1000); return (await entry(hide.entry.id)).tries > 0; });
    await put('showReply', answer);
    expect(await entry(hide.entry.id)).toMatchObject({ state: 'cancelled', reason: { code: 'overtaken' } });
  });
});

describe('undo of an act that X knows of already', () => {
  it('asks X for the opposite, and says where there is none any more', async () => {
    const answer = await insult();
    const hide = await put('hideReply', answer);
    await until(async () => { await later(1000); return (await entry(hide.entry.id)).state === 'done'; });
    await core.call('undo.apply', { undoId: hide.undoId });
    await until(async () => { await later(1000); return (await asked()).length === 2; });
    expect(await asked()).toEqual([['hidden', true], ['hidden', false]]);
    const other = await say(person(3), 'Digno de verse');
    const back = await core.call('outbox.put', { accountId: account.id, action: 'undoRepost', postId: other.id });
    // Ten seconds to think again, as with a deletion.
    await later(9000);
    expect((await entry(back.entry.id)).state).toBe('waiting');
    await until(async () => { await later(2000); return (await entry(back.entry.id)).state === 'done'; });
    await expect(core.call('undo.apply', { undoId: back.undoId })).rejects.toMatchObject({ code: 'undo_gone' });
  });
});

describe('the record of a post in doubt', () => {
  it('keeps each look: what could not be made proves nothing, what was read says when', async () => {
    const saved = await core.call('publications.save', { accountId: account.id, text: 'En duda', tier: 'free', tierReason: null, media: [] });
    if (saved.result !== 'placed') throw new Error('refused');
    await core.control('POST', 'faults', { match: { method: 'POST', path: '/2/tweets' }, kind: 'resetBefore' });
    await core.call('publications.sendNow', { id: saved.publication.id });
    await until(async () => { await later(2000); return (await core.call('publications.get', { id: saved.publication.id })).state === 'unknown'; });
    cable.cut();
    for (let i = 0; i < 4; i += 1) await later(31_000);
    cable.mend();
    await until(async () => { await later(10_000); return (await core.call('publications.get', { id: saved.publication.id })).state === 'needs_review'; });
    const box = await core.call('publications.blackBox', { id: saved.publication.id });
    const events = box.history.map((each) => each.event);
    expect(events.filter((each) => each === 'lookFailed')).toHaveLength(1);
    expect(events.at(-2)).toBe('looked');
    expect(box.createUsd).toBeNull();
  });
});

describe('a repost taken back', () => {
  it('and given anew before X took it back, stays', async () => {
    const other = await say(person(3), 'Digno de verse');
    const repost = async (): Promise<string> => {
      const saved = await core.call('publications.save', { accountId: account.id, text: '', tier: 'free', tierReason: null, media: [], kind: 'repost', target: { id: other.id, username: null } });
      if (saved.result !== 'placed') throw new Error('refused');
      await core.call('publications.sendNow', { id: saved.publication.id });
      await until(async () => { await later(2000); return (await core.call('publications.get', { id: saved.publication.id })).state === 'posted'; });
      return saved.publication.id;
    };
    const standing = (): number => core.sandbox.world.posts.filter((post) => post.repostOfId === other.id && post.authorId === account.remoteId && !post.deleted).length;
    await repost();
    await core.control('POST', 'faults', { match: { method: 'DELETE', path: '/2/users/' }, kind: 'rateLimit' });
    const back = await core.call('outbox.put', { accountId: account.id, action: 'undoRepost', postId: other.id });
    await until(async () => { await later(1000); return (await entry(back.entry.id)).tries > 0; });
    await repost();
    await until(async () => { await later(MINUTE); return (await entry(back.entry.id)).state !== 'waiting'; });
    expect(await entry(back.entry.id)).toMatchObject({ state: 'cancelled', reason: { code: 'overtaken' } });
    expect(standing()).toBe(1);
  });
  it('and given anew while X takes it back, goes after that and stays', async () => {
    const other = await say(person(3), 'Digno de verse otra vez');
    const repost = async (): Promise<string> => {
      const saved = await core.call('publications.save', { accountId: account.id, text: '', tier: 'free', tierReason: null, media: [], kind: 'repost', target: { id: other.id, username: null } });
      if (saved.result !== 'placed') throw new Error('refused');
      await core.call('publications.sendNow', { id: saved.publication.id });
      return saved.publication.id;
    };
    const stateOf = async (id: string): Promise<string> => (await core.call('publications.get', { id })).state;
    const first = await repost();
    await until(async () => { await later(2000); return (await stateOf(first)) === 'posted'; });
    await core.control('POST', 'faults', { match: { method: 'DELETE', path: '/2/users/' }, kind: 'delay', ms: 1500 });
    const back = await core.call('outbox.put', { accountId: account.id, action: 'undoRepost', postId: other.id });
    await until(async () => { await clock.advance(500); return (await entry(back.entry.id)).state === 'sending'; });
    const second = await repost();
    await clock.advance(12_000);
    expect([await stateOf(second), (await entry(back.entry.id)).state]).toEqual(['scheduled', 'sending']);
    await until(async () => { await clock.advance(500); return (await stateOf(second)) === 'posted'; });
    expect((await entry(back.entry.id)).state).toBe('done');
    expect(core.sandbox.world.posts.filter((post) => post.repostOfId === other.id && post.authorId === account.remoteId && !post.deleted)).toHaveLength(1);
  });
});

describe('what the network never does', () => {
  it('is refused in words when it is asked for, and nothing is left waiting', async () => {
    const answer = await insult();
    const mine = await say(account.username, 'De la casa');
    await read();
    const practice = await core.call('accounts.addPractice', {});
    const refused: [Parameters<typeof core.call<'outbox.put'>>[1], string][] = [
      [{ accountId: account.id, action: 'bookmark', postId: answer }, 'bookmark_needs_oauth2'], [{ accountId: account.id, action: 'undoBookmark', postId: answer }, 'bookmark_needs_oauth2'],
      [{ accountId: practice.id, action: 'bookmark', postId: answer }, 'bookmark_practice'], [{ accountId: account.id, action: 'hideReply', postId: mine.id }, 'hide_not_reply'],
    ];
    for (const [input, code] of refused) await expect(core.call('outbox.put', input)).rejects.toMatchObject({ data: { code } });
    expect(await core.call('outbox.list', { limit: 10 })).toEqual([]);
  });
});
