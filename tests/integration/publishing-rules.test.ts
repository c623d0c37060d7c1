import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../../src/main/core/app.ts';
import type { Account } from '../../src/shared/contract/accounts.ts';
import type { InputOf } from '../../src/shared/contract/index.ts';
import type { Publication } from '../../src/shared/contract/publications.ts';
import { instantToWall } from '../../src/shared/domain/time.ts';
import { startCore, type TestCore } from '../support/core.ts';
import { ManualClock } from '../support/manualClock.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
let core: TestCore;
let clock: ManualClock & { bootTime?: () => number };
let account: Account;
beforeEach(async () => {
  clock = new ManualClock(Date.UTC(2026, 10, 24, 9, 0));
  core = await startCore({ clock });
  account = await core.call('accounts.addPractice', {});
  for (const column of await core.call('columns.list', {})) await core.call('columns.remove', { columnId: column.id });
});
afterEach(() => core.stop());

async function pass<T>(check: () => Promise<T | null | false>, most = 30 * MINUTE, step = 5000): Promise<T> {
  for (let gone = 0; gone <= most; gone += step) {
    const found = await check();
    if (found) return found;
    await clock.advance(step);
    await Promise.race([core.app.idle(), new Promise((resolve) => setTimeout(resolve, 12))]);
  }
  throw new Error('it never came');
}
async function plan(text: string, inMs: number, more: Partial<InputOf<'publications.save'>> = {}): Promise<string> {
  const saved = await core.call('publications.save', { accountId: account.id, text, tier: 'free', tierReason: null, media: [], ...more });
  if (saved.result !== 'placed') throw new Error('refused');
  const placed = await core.call('publications.place', { id: saved.publication.id, at: { wall: instantToWall(clock.now() + inMs, account.zone) } });
  if (placed.result !== 'placed') throw new Error('refused');
  return saved.publication.id;
}
const get = (id: string): Promise<Publication> => core.call('publications.get', { id });
const inState = (id: string, ...wanted: Publication['state'][]) => async (): Promise<Publication | null> => {
  const found = await get(id);
  return wanted.includes(found.state) ? found : null;
};
const count = async (text: string): Promise<number> => (await core.control<{ text: string }[]>('GET', 'created')).filter((each) => each.text === text).length;
const fault = (kind: string, more: Record<string, unknown> = {}): Promise<unknown> => core.control('POST', 'faults', { match: { method: 'POST', path: '/2/tweets' }, kind, ...more });
const notices = (code: string): number => core.events.filter((each) => each.name === 'notice.raised' && (each.payload as { code: string }).code === code).length;
async function away(ms: number): Promise<void> {
  await core.app.stop();
  await clock.advance(ms);
  core.app = await createApp(core.ports);
  core.app.bus.subscribe((frame) => core.events.push({ name: frame.name, payload: frame.payload }));
  await core.app.start();
}

describe('what is in doubt', () => {
  it('is recognised when a column reads it, whatever became of the post, and counts once', async () => {
    await fault('statusAfterAccept', { status: 503 });
    // Nothing can be read: looks find nothing, and the user drops it.
    await core.control('POST', 'faults', { match: { method: 'GET', path: '/2/users' }, kind: 'status', status: 503, times: 500 });
    const id = await plan('Perdida de vista', 2 * MINUTE);
    await pass(inState(id, 'unknown'));
    for (const work of [core.call('publications.delete', { id }), core.call('publications.decide', { id, decision: 'drop' })]) await expect(work).rejects.toMatchObject({ data: { code: 'state_refused' } });
    await core.call('publications.decide', { id, decision: 'wasNotPosted' });
    await core.call('publications.decide', { id, decision: 'drop' });
    expect((await get(id)).state).toBe('cancelled');
    await core.control('DELETE', 'faults');
    await core.call('columns.add', { accountId: account.id, source: { kind: 'own' } });
    const posted = await pass(inState(id, 'posted'));
    expect(posted.remoteId).toMatch(/^\d+$/);
    const { units } = await core.call('planning.context', { accountId: account.id });
    expect(units.filter((unit) => unit.id === id || unit.id === `x:${posted.remoteId ?? ''}`)).toHaveLength(1);
  });
  it('keeps its text, holds back the same text elsewhere, and a second copy asks to delete one', async () => {
    await fault('resetBefore');
    const first = await plan('El mismo texto', 2 * MINUTE);
    const second = await plan('El mismo  TEXTO', 3 * MINUTE);
    await pass(inState(first, 'unknown'));
    const waiting = await pass(inState(second, 'retry_wait'));
    expect(waiting.reason?.code).toBe('text_in_doubt');
    await pass(inState(first, 'needs_review'));
    await core.call('publications.decide', { id: first, decision: 'sendAgain' });
    await expect(core.call('publications.save', { id: first, accountId: account.id, text: 'Otro texto', tier: 'free', tierReason: null, media: [] })).rejects.toMatchObject({ data: { code: 'state_refused' } });
    await pass(inState(first, 'posted'));
    // The lost one shows up after all.
    await core.control('POST', 'post', { username: account.username, text: 'El mismo texto' });
    await core.call('columns.add', { accountId: account.id, source: { kind: 'own' } });
    await pass(async () => notices('sent_twice') > 0);
    expect(notices('sent_twice')).toBe(1);
  });
});

describe('pause', () => {
  it('parks at once what waits for another try, and lets one request of the user pass', async () => {
    await fault('rateLimit');
    const waits = await plan('Espera', 2 * MINUTE);
    await pass(inState(waits, 'retry_wait'));
    await core.call('scheduler.pause', { reason: 'crisis' });
    expect((await get(waits)).state).toBe('paused');
    await away(6 * HOUR);
    expect((await get(waits)).state).toBe('paused');
    expect((await core.call('scheduler.status', {})).paused?.reason).toBe('crisis');
    await core.call('publications.decide', { id: waits, decision: 'sendNow' });
    await pass(inState(waits, 'posted'));
    const thread = await core.call('publications.save', { accountId: account.id, text: 'Hilo 1', tier: 'free', tierReason: null, media: [], parts: [{ text: 'Hilo 2', media: [] }] });
    if (thread.result !== 'placed') throw new Error('refused');
    await core.call('publications.sendNow', { id: thread.publication.id });
    expect((await pass(inState(thread.publication.id, 'partial'))).reason?.code).toBe('paused_thread');
    expect(await count('Hilo 2')).toBe(0);
  });
});

describe('time', () => {
  it('asks the network\'s clock after a start with something overdue, says that nobody answers, and lets the grace run', async () => {
    const id = await plan('Al volver', 10 * MINUTE);
    const soon = await plan('Del momento', 11 * MINUTE, { tier: 'status', tierReason: 'x' }).catch(() => null);
    await core.control('POST', 'faults', { match: { path: '/2/openapi' }, kind: 'status', status: 503, times: 1 });
    core.sandbox.world.offsetMs = -HOUR;
    await away(13 * MINUTE);
    await pass(async () => notices('clock_unsure') > 0, 2 * MINUTE);
    expect((await get(id)).state).toBe('scheduled');
    if (soon) expect((await pass(inState(soon, 'missed'), 40 * MINUTE)).reason?.code).toBe('app_closed');
    core.sandbox.world.offsetMs = 0;
    const posted = await pass(inState(id, 'posted'));
    expect(posted.late).toBe(true);
    expect(notices('late_waiting')).toBe(1);
    // What was doubted and is believed again is no problem to look at any more.
    expect(notices('clock_sure')).toBe(1);
    expect((await core.call('activity.list', { limit: 500 })).filter((each) => each.code === 'clock_unsure').map((each) => each.level)).toEqual(['info']);
  });
  it('takes sleep that the boot-time clock proves for sleep, and asks nobody', async () => {
    let slept = 0;
    clock.bootTime = () => clock.monotonic() + slept;
    await clock.advance(31_000);
    const id = await plan('Tras dormir', 10 * MINUTE);
    core.sandbox.world.offsetMs = -5 * HOUR;
    slept = HOUR;
    clock.jumpWall(HOUR);
    expect((await pass(inState(id, 'posted'))).late).toBe(true);
    core.sandbox.world.offsetMs = 0;
  });
  it('keeps a reply for four hours, then asks to review it', async () => {
    const mention = await core.control<{ id: string }>('POST', 'post', { username: core.sandbox.world.users[3]!.username, text: `@${account.username} ¿abrís?` });
    const target = { id: mention.id, username: 'x' };
    const [old, fresh] = [await plan('Respuesta vieja', 10 * MINUTE, { kind: 'reply', target }), await plan('Respuesta', 3 * HOUR, { kind: 'reply', target })];
    await away(6 * HOUR);
    expect((await pass(inState(old, 'missed'))).reason?.code).toBe('reply_review');
    await pass(inState(fresh, 'posted'));
  });
  it('goes on waiting by itself where the wall clock is set back', async () => {
    await fault('resetAfter');
    const id = await plan('Con duda', 2 * MINUTE);
    await pass(inState(id, 'unknown'), 10 * MINUTE, 1000);
    clock.jumpWall(-3 * HOUR);
    await pass(inState(id, 'posted'), 2 * MINUTE);
  });
});

describe('quitting', () => {
  it('counts what is planned soon, late, waiting or in doubt', async () => {
    await plan('Mañana', 20 * HOUR);
    expect(core.app.dueWithin(12 * HOUR)).toBe(0);
    await plan('Pronto', 11 * HOUR);
    await fault('resetBefore');
    const id = await plan('Con duda', 2 * MINUTE);
    await pass(inState(id, 'unknown'), 10 * MINUTE, 1000);
    expect(core.app.dueWithin(12 * HOUR)).toBe(2);
  });
  it('waits for the open request and begins no other', async () => {
    const thread = await plan('Abierta 1', 2 * MINUTE, { parts: [{ text: 'Abierta 2', media: [] }] });
    await fault('delay', { ms: 300 });
    await pass(async () => (await core.call('publications.attempts', { id: thread })).length === 1, 10 * MINUTE, 1000);
    await core.app.stop();
    expect([await count('Abierta 1'), await count('Abierta 2')]).toEqual([1, 0]);
    core.app = await createApp(core.ports);
    await core.app.start();
    await pass(inState(thread, 'posted'));
    expect([await count('Abierta 1'), await count('Abierta 2')]).toEqual([1, 1]);
  });
});
