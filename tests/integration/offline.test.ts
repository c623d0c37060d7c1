import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keysOf } from '../../src/sandbox/oauth1.ts';
import type { Account } from '../../src/shared/contract/accounts.ts';
import { instantToWall } from '../../src/shared/domain/time.ts';
import { startCore, type TestCore, until } from '../support/core.ts';
import { type Cable, startCable } from '../support/cable.ts';
import { ManualClock } from '../support/manualClock.ts';
import { backOn, cutOff, readAll, settle } from '../support/reading.ts';

const MINUTE = 60_000;
let core: TestCore;
let clock: ManualClock;
let account: Account;
let cable: Cable;
let other: string;
beforeEach(async () => {
  clock = new ManualClock(Date.UTC(2026, 10, 24, 9, 0));
  core = await startCore({ clock, apiOrigin: 'cable', cable: async (url) => (cable = await startCable(url)) });
  account = await core.call('accounts.connectOAuth1', keysOf(core.sandbox.world.users[0]!, core.sandbox.world.seed));
  other = core.sandbox.world.users[3]!.username;
  await read();
  core.app.db.run('DELETE FROM cases');
});
afterEach(async () => {
  await core.stop();
  await cable.close();
});
const settled = (): Promise<void> => settle(core);
const read = (): Promise<void> => readAll(core);
const say = (username: string, text: string, more: { replyToId?: string } = {}): Promise<{ id: string }> => core.control('POST', 'post', { username, text, ...more });
const cases = async () => (await core.call('inbox.list', { accountId: account.id, view: 'attend', limit: 100 })).cases;
const created = (): Promise<{ text: string }[]> => core.control('GET', 'created');
const later = async (ms: number): Promise<void> => {
  await clock.advance(ms);
  await settled();
};
const offline = (): Promise<void> => cutOff(core, cable);
const online = (): Promise<void> => backOn(core, cable);
/** Goes on until an answer has ended. */
const ended = (id: string, state: string) => until(async () => {
  await later(5000);
  const row = await core.call('publications.get', { id });
  return row.state === state ? row : null;
});

describe('with no network', () => {
  it('triage, writing and planning go on; answers wait, go out once when it is back, and each result can be read', async () => {
    await say(other, `@${account.username} ¿abrís mañana?`);
    await read();
    const [row] = await cases();
    await offline();
    await core.call('inbox.act', { caseIds: [row!.id], act: { type: 'label', label: 'cliente', on: true } });
    const answer = await core.call('inbox.reply', { caseId: row!.id, text: 'Sí, de 9 a 18.' });
    const saved = await core.call('publications.save', { accountId: account.id, text: 'Plan sin red', tier: 'free', tierReason: null, media: [] });
    if (saved.result !== 'placed') throw new Error('refused');
    await core.call('publications.place', { id: saved.publication.id, at: { wall: instantToWall(clock.now() + 60 * MINUTE, account.zone) } });
    await later(11_000);
    expect(await core.call('publications.get', { id: answer.publication.id })).toMatchObject({ state: 'retry_wait', reason: { code: 'offline' } });
    expect(await core.call('sync.status', {})).toMatchObject({ waiting: 1 });
    await core.restart();
    await later(20 * MINUTE);
    expect(await created()).toEqual([]);
    await online();
    await ended(answer.publication.id, 'posted');
    expect((await created()).map((each) => each.text)).toEqual(['Sí, de 9 a 18.']);
    const whole = await core.call('inbox.case', { caseId: row!.id });
    expect(whole.case).toMatchObject({ state: 'waiting', labels: ['cliente'] });
    expect(whole.messages.map((each) => each.direction)).toEqual(['in', 'out']);
  });

  it('an answer is held when it was given elsewhere meanwhile, or its message was deleted: the case says so', async () => {
    const one = await say(other, `@${account.username} ¿abrís mañana?`);
    const two = await say(core.sandbox.world.users[4]!.username, `@${account.username} ¿y el jueves?`);
    await read();
    const rows = await cases();
    await offline();
    const answers = [];
    for (const row of rows) answers.push({ person: row.person.username, id: (await core.call('inbox.reply', { caseId: row.id, text: `Sí, ${row.person.username}.` })).publication.id, caseId: row.id });
    await later(11_000);
    await say(account.username, 'Sí, abrimos.', { replyToId: one.id });
    await core.control('POST', 'delete', { id: two.id });
    await later(10 * MINUTE);
    await online();
    const first = answers.find((each) => each.person === other)!;
    const second = answers.find((each) => each.person !== other)!;
    expect((await ended(first.id, 'held')).reason).toMatchObject({ code: 'answered_elsewhere' });
    expect((await ended(second.id, 'held')).reason).toMatchObject({ code: 'target_gone' });
    expect(await created()).toEqual([]);
    expect((await core.call('inbox.case', { caseId: second.caseId })).case).toMatchObject({ state: 'open', pending: { state: 'held' } });
    expect((await core.call('publications.get', { id: first.id })).text).toBe(`Sí, ${other}.`);
  });

  it('answers older than four hours are reviewed before they go', async () => {
    await say(other, `@${account.username} ¿abrís mañana?`);
    await read();
    const [row] = await cases();
    await offline();
    const answer = await core.call('inbox.reply', { caseId: row!.id, text: 'Sí.' });
    await later(11_000);
    for (const column of await core.call('columns.list', {})) await core.call('columns.remove', { columnId: column.id });
    await later(5 * 60 * MINUTE);
    cable.mend();
    await core.call('sync.now', {});
    expect((await ended(answer.publication.id, 'missed')).reason).toMatchObject({ code: 'reply_review' });
    expect(await created()).toEqual([]);
    expect((await cases()).map((each) => each.id)).toEqual([row!.id]);
    await core.call('publications.decide', { id: answer.publication.id, decision: 'sendNow' });
    await ended(answer.publication.id, 'posted');
    expect((await created()).map((each) => each.text)).toEqual(['Sí.']);
  });
});

describe('the outbox', () => {
  it('keeps the last wish, in order, over a restart, and asks once', async () => {
    const target = await say(other, `@${account.username} insulto`, { replyToId: (await say(account.username, 'Nuestra guía')).id });
    const mine = await core.sandbox.world.posts.find((post) => post.authorId === account.remoteId && !post.deleted)!;
    await read();
    await offline();
    const put = (action: 'hideReply' | 'showReply' | 'deletePost', postId: string) => core.call('outbox.put', { accountId: account.id, action, postId });
    await put('hideReply', target.id);
    expect((await put('hideReply', target.id)).entry.state).toBe('waiting');
    expect((await put('showReply', target.id)).entry.state).toBe('cancelled');
    const hide = await put('hideReply', target.id);
    const gone = await put('deletePost', mine.id);
    await core.call('outbox.move', { id: gone.entry.id, before: hide.entry.id });
    expect((await core.call('outbox.list', { limit: 10 })).filter((each) => each.state === 'waiting').map((each) => each.action)).toEqual(['deletePost', 'hideReply']);
    await core.restart();
    await later(MINUTE);
    expect((await core.control<{ asked: unknown[] }>('GET', 'marks')).asked).toEqual([]);
    await online();
    await until(async () => { await later(5000); return (await core.call('outbox.list', { limit: 10 })).every((each) => each.state !== 'waiting' && each.state !== 'sending'); });
    expect((await core.control<{ asked: { kind: string; on: boolean }[] }>('GET', 'marks')).asked.map(({ kind, on }) => [kind, on])).toEqual([['hidden', true]]);
    expect(core.sandbox.world.post(mine.id)?.deleted).toBe(true);
  });

  it('says of each what became of it: gone on X, refused, undone', async () => {
    // An answer in a conversation that somebody else began: only that one may hide it.
    const target = await say(other, `@${account.username} hola`, { replyToId: (await say(other, 'Mi hilo')).id });
    const own = await say(account.username, 'De antes');
    const answer = await say(other, `@${account.username} otra`, { replyToId: own.id });
    await read();
    await offline();
    const put = (action: 'hideReply', postId: string) => core.call('outbox.put', { accountId: account.id, action, postId });
    const foreign = await put('hideReply', target.id);
    const dead = await put('hideReply', answer.id);
    const { undoId } = await core.call('outbox.put', { accountId: account.id, action: 'deletePost', postId: own.id });
    await core.call('undo.apply', { undoId });
    await core.control('POST', 'delete', { id: answer.id });
    await online();
    const list = async () => core.call('outbox.list', { limit: 10 });
    await until(async () => { await later(5000); return (await list()).every((each) => each.endedAt !== null); });
    const of = async (id: string) => (await list()).find((each) => each.id === id);
    expect(await of(foreign.entry.id)).toMatchObject({ state: 'failed', reason: { code: 'network_forbidden' } });
    expect(await of(dead.entry.id)).toMatchObject({ state: 'failed', reason: { code: 'deleted_on_x' } });
    expect(core.sandbox.world.post(own.id)?.deleted ?? false).toBe(false);
    await expect(core.call('outbox.cancel', { id: foreign.entry.id })).rejects.toMatchObject({ data: { code: 'state_refused' } });
  });

  it('waits with its reason when nothing is left to pay with or X asks to slow down, and is done later', async () => {
    const target = await say(other, `@${account.username} insulto`, { replyToId: (await say(account.username, 'Nuestra guía')).id });
    await read();
    for (const [kind, code] of [['noCredits', 'budget'], ['rateLimit', 'rate_limited']] as const) {
      await core.control('POST', 'faults', { match: { method: 'PUT', path: '/2/tweets/' }, kind });
      const { entry } = await core.call('outbox.put', { accountId: account.id, action: code === 'budget' ? 'hideReply' : 'showReply', postId: target.id });
      const current = async () => (await core.call('outbox.list', { limit: 10 })).find((each) => each.id === entry.id);
      await until(async () => { await later(5000); return (await current())?.reason !== null; });
      expect(await current()).toMatchObject({ state: 'waiting', reason: { code } });
      await later(20 * MINUTE);
      await until(async () => { await later(5000); return (await current())?.state === 'done'; });
    }
    expect((await core.control<{ asked: { on: boolean }[] }>('GET', 'marks')).asked.map((each) => each.on)).toEqual([true, false]);
  });

  it('never sends what was taken back while another one was on the wire', async () => {
    const own = await say(account.username, 'De antes');
    const answer = await say(other, `@${account.username} insulto`, { replyToId: own.id });
    await read();
    await offline();
    const hide = await core.call('outbox.put', { accountId: account.id, action: 'hideReply', postId: answer.id });
    const gone = await core.call('outbox.put', { accountId: account.id, action: 'deletePost', postId: own.id });
    await later(MINUTE);
    const state = async (id: string) => (await core.call('outbox.list', { limit: 10 })).find((each) => each.id === id)?.state;
    await core.control('POST', 'faults', { match: { method: 'PUT' }, kind: 'delay', ms: 1500 });
    cable.mend();
    await core.call('sync.now', {});
    void core.app.tick();
    await until(async () => (await state(hide.entry.id)) === 'sending');
    await core.call('undo.apply', { undoId: gone.undoId });
    await until(async () => { await settled(); return (await state(hide.entry.id)) === 'done'; });
    await later(MINUTE);
    expect(await state(gone.entry.id)).toBe('cancelled');
    expect(core.sandbox.world.post(own.id)?.deleted ?? false).toBe(false);
  });

  it('starts again after a kill between two opposite wishes, with the newer one, and takes no third one for unsaid', async () => {
    const answer = await say(other, `@${account.username} insulto`, { replyToId: (await say(account.username, 'Nuestra guía')).id });
    await read();
    await offline();
    const put = async (action: 'hideReply' | 'showReply') => core.call('outbox.put', { accountId: account.id, action, postId: answer.id });
    const hide = await put('hideReply');
    core.app.db.run("UPDATE outbox SET state = 'sending' WHERE id = :id", { id: hide.entry.id });
    const show = await put('showReply');
    await core.restart();
    await settled();
    const states = async () => (await core.call('outbox.list', { limit: 10 })).map((each) => [each.action, each.state]);
    expect(await states()).toEqual([['showReply', 'waiting'], ['hideReply', 'cancelled']]);
    const again = await put('hideReply');
    expect(again.entry.state).toBe('waiting');
    await expect(core.call('undo.apply', { undoId: show.undoId })).rejects.toMatchObject({ data: { code: 'undo_gone' } });
    await online();
    await until(async () => { await later(5000); return (await states()).every(([, state]) => state === 'done' || state === 'cancelled'); });
    expect((await core.control<{ asked: { on: boolean }[] }>('GET', 'marks')).asked.map((each) => each.on)).toEqual([true]);
  });

  it('says that it is too late to take back what was carried out', async () => {
    const own = await say(account.username, 'De antes');
    await read();
    const put = () => core.call('outbox.put', { accountId: account.id, action: 'deletePost', postId: own.id });
    const [one, two] = [await put(), await put()];
    expect(two.entry.id).toBe(one.entry.id);
    await until(async () => { await later(5000); return (await core.call('outbox.list', { limit: 10 })).every((each) => each.state === 'done'); });
    for (const { undoId } of [two, one]) await expect(core.call('undo.apply', { undoId })).rejects.toMatchObject({ data: { code: 'undo_gone' } });
    expect((await core.call('outbox.list', { limit: 10 }))[0]?.state).toBe('done');
  });

  it('sends answers that waited a few seconds apart, not minutes', async () => {
    for (let i = 0; i < 6; i += 1) await say(core.sandbox.world.users[3 + i]!.username, `@${account.username} ¿pregunta ${i}?`);
    await read();
    await offline();
    const rows = await cases();
    expect(rows).toHaveLength(6);
    for (const row of rows) await core.call('inbox.reply', { caseId: row.id, text: `Respuesta para ${row.person.username}` });
    await later(30_000);
    await online();
    for (let gone = 0; gone < 60; gone += 5) await later(5000);
    const sent = (await created()).map((each) => each.text);
    expect(new Set(sent).size).toBe(6);
    expect(sent).toHaveLength(6);
  });
});
