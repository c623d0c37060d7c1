import { afterEach, describe, expect, it } from 'vitest';
import type { Account } from '../../src/shared/contract/accounts.ts';
import type { Publication } from '../../src/shared/contract/publications.ts';
import { instantToWall } from '../../src/shared/domain/time.ts';
import { startCore, type TestCore } from '../support/core.ts';
import { ManualClock } from '../support/manualClock.ts';

const MINUTE = 60_000;
const START = Date.UTC(2026, 10, 24, 9, 0);
let core: TestCore;
let clock: ManualClock;
let account: Account;
afterEach(async () => {
  await core?.stop();
});

async function begin(): Promise<void> {
  clock = new ManualClock(START);
  core = await startCore({ clock });
  account = await core.call('accounts.addPractice', {});
}
/** Lets time pass second by second, with real pauses for the real sockets, until something holds. */
async function pass<T>(check: () => Promise<T | null | false>, most = 20 * MINUTE, step = 5000): Promise<T> {
  for (let gone = 0; gone <= most; gone += step) {
    const found = await check();
    if (found) return found;
    await clock.advance(step);
    await Promise.race([core.app.idle(), new Promise((resolve) => setTimeout(resolve, 12))]);
  }
  throw new Error('it never came');
}
async function draft(text: string, tier = 'free'): Promise<Publication> {
  const saved = await core.call('publications.save', { accountId: account.id, text, tier, tierReason: null, media: [] });
  if (saved.result !== 'placed') throw new Error('refused');
  return saved.publication;
}
async function schedule(text: string, inMs: number, tier = 'free'): Promise<Publication> {
  const made = await draft(text, tier);
  const placed = await core.call('publications.place', { id: made.id, at: { wall: instantToWall(clock.now() + inMs, account.zone) } });
  if (placed.result !== 'placed') throw new Error(`refused ${JSON.stringify(placed.violations)}`);
  return placed.publication;
}
const state = async (id: string): Promise<Publication> => core.call('publications.get', { id });
const inState = (id: string, wanted: Publication['state']) => async (): Promise<Publication | null> => {
  const found = await state(id);
  return found.state === wanted ? found : null;
};
const created = async (text: string): Promise<number> => (await core.control<{ text: string }[]>('GET', 'created')).filter((each) => each.text === text).length;
const fault = (kind: string, more: Record<string, unknown> = {}): Promise<unknown> => core.control('POST', 'faults', { match: { method: 'POST', path: '/2/tweets' }, kind, ...more });

describe('the scheduler', () => {
  it('publishes at the minute, not before', async () => {
    await begin();
    const post = await schedule('A su minuto', 3 * MINUTE);
    await clock.advance(2 * MINUTE + 50_000);
    expect((await state(post.id)).state).toBe('scheduled');
    const posted = await pass(inState(post.id, 'posted'));
    expect((posted.sentAt ?? 0) - (posted.dueAt ?? 0)).toBeLessThan(31_000);
    expect(posted.late).toBe(false);
    expect(await created('A su minuto')).toBe(1);
  });

  it.each(['resetAfter', 'statusAfterAccept', 'cutBody'])('never doubles after %s: the doubt is looked up and found', async (kind) => {
    await begin();
    await fault(kind);
    const post = await schedule(`Con duda ${kind}`, MINUTE);
    const unknown = await pass(async () => {
      const found = await state(post.id);
      return found.state === 'unknown' || found.state === 'posted' ? found : null;
    });
    expect(['unknown', 'posted']).toContain(unknown.state);
    const posted = await pass(inState(post.id, 'posted'));
    expect(posted.remoteId).toMatch(/^\d+$/);
    expect(await created(`Con duda ${kind}`)).toBe(1);
  });

  it('asks the user when the doubt cannot be settled, and never sends again by itself', async () => {
    await begin();
    await fault('resetBefore');
    const post = await schedule('Nunca llegó', MINUTE);
    const review = await pass(inState(post.id, 'needs_review'));
    expect(review.reason?.code).toBe('not_found_after_looks');
    await clock.advance(30 * MINUTE);
    expect(await created('Nunca llegó')).toBe(0);
    await expect(core.call('publications.decide', { id: post.id, decision: 'wasNotPosted' })).rejects.toMatchObject({ data: { code: 'state_refused' } });
    // Sent again is the user's own act; taken back, it is in doubt as before.
    await core.call('publications.decide', { id: post.id, decision: 'sendAgain' });
    expect((await core.call('publications.cancelSend', { id: post.id })).state).toBe('needs_review');
    await core.call('publications.decide', { id: post.id, decision: 'sendAgain' });
    await pass(inState(post.id, 'posted'));
    expect(await created('Nunca llegó')).toBe(1);
  });

  it('two equal texts never claim one post', async () => {
    await begin();
    await fault('resetBefore');
    const first = await schedule('Mismo texto', MINUTE);
    const second = await schedule('Mismo texto', 2 * MINUTE);
    await pass(async () => (await inState(first.id, 'needs_review')()) ?? (await inState(first.id, 'posted')()));
    const [a, b] = [await state(first.id), await pass(async () => { const found = await state(second.id); return ['posted', 'failed', 'needs_review'].includes(found.state) ? found : null; })];
    expect([a.remoteId, b.remoteId].filter((id) => id !== null).length).toBeLessThanOrEqual(1);
    expect(await created('Mismo texto')).toBe(1);
  });

  it('says a duplicate, a text that X refuses, and goes on', async () => {
    await begin();
    await schedule('Repetida', MINUTE);
    await pass(async () => (await created('Repetida')) === 1);
    const again = await schedule('Repetida', MINUTE);
    const failed = await pass(inState(again.id, 'failed'));
    expect(failed.reason?.code).toBe('duplicate');
    expect(failed.text).toBe('Repetida');
  });

  it('waits when X cannot be reached, then sends; after its grace it is missed with that reason', async () => {
    await begin();
    // X's quarter of an hour begins with this one: it ends before the grace of the next, however late that is asked for.
    const before = await schedule('Aún hay red', MINUTE);
    await pass(inState(before.id, 'posted'));
    const post = await schedule('Sin red', MINUTE, 'status');
    await core.control('POST', 'faults', { match: { method: 'POST', path: '/2/tweets' }, kind: 'rateLimit', times: 5 });
    const waiting = await pass(inState(post.id, 'retry_wait'));
    expect(waiting.reason?.code).toBe('rate_limited');
    const missed = await pass(inState(post.id, 'missed'), 40 * MINUTE);
    expect(missed.reason?.code).toBe('rate_limited');
    expect(await created('Sin red')).toBe(0);
    const status = await core.call('scheduler.status', {});
    expect(status.needsDecision).toBe(1);
    expect(status.needsDecisionOf).toEqual({ [account.id]: 1 });
  });

  it('stops the account\'s queue when its money is used up, and says so', async () => {
    await begin();
    const [first, second] = [await schedule('Sin crédito uno', MINUTE), await schedule('Sin crédito dos', 3 * MINUTE)];
    await fault('noCredits');
    const held = await pass(inState(first.id, 'held'));
    expect(held.heldReason).toBe('budget');
    expect(await core.call('scheduler.status', {})).toMatchObject({ paused: null, stopped: [{ accountId: account.id, reason: 'budget' }] });
    expect((await pass(inState(second.id, 'held'))).heldReason).toBe('budget');
    expect(await created('Sin crédito dos')).toBe(0);
    expect(core.events.some((event) => event.name === 'notice.raised' && (event.payload as { code: string }).code === 'budget_stopped')).toBe(true);
    // The money is back: a post sent by hand goes through, and what is within its grace goes by itself.
    await core.call('publications.sendNow', { id: second.id });
    await pass(inState(second.id, 'posted'));
    await pass(inState(first.id, 'posted'));
    expect((await core.call('scheduler.status', {})).stopped).toEqual([]);
  });

  it('after hours away it does not send late in a burst: what is past its grace waits for a decision', async () => {
    await begin();
    const early = await schedule('De hace horas', 10 * MINUTE);
    const late = await Promise.all([1, 2, 3].map((n) => schedule(`Reciente ${n}`, 3 * 60 * MINUTE + n * MINUTE)));
    await core.app.stop();
    await clock.advance(3 * 60 * MINUTE + 20 * MINUTE);
    core.app = await (await import('../../src/main/core/app.ts')).createApp(core.ports);
    await core.app.start();
    expect((await pass(inState(early.id, 'missed'))).reason?.code).toBe('app_closed');
    for (const each of late) await pass(inState(each.id, 'posted'), 60 * MINUTE);
    const sent = (await Promise.all(late.map((each) => state(each.id)))).map((each) => each.sentAt ?? 0).sort((a, b) => a - b);
    for (let i = 1; i < sent.length; i += 1) expect((sent[i] ?? 0) - (sent[i - 1] ?? 0)).toBeGreaterThanOrEqual(4.9 * MINUTE);
    expect((await state(late[0]!.id)).late).toBe(true);
    expect(await created('De hace horas')).toBe(0);
  });

  it('a clock that jumps ahead of the network sends nothing', async () => {
    await begin();
    const post = await schedule('Mañana', 20 * 60 * MINUTE);
    const { clock: worldClock } = { clock };
    await core.control('POST', 'clock', { offsetMs: -24 * 60 * MINUTE });
    worldClock.jumpWall(24 * 60 * MINUTE);
    const missed = await pass(inState(post.id, 'missed'));
    expect(missed.reason?.code).toBe('clock_jump');
    expect(await created('Mañana')).toBe(0);
  });

  it('pause parks what passes; the user decides', async () => {
    await begin();
    const post = await schedule('En pausa', 2 * MINUTE);
    await core.call('scheduler.pause', { reason: 'revisión' });
    await pass(inState(post.id, 'paused'));
    await core.call('scheduler.resume', {});
    await clock.advance(5 * MINUTE);
    expect((await state(post.id)).state).toBe('paused');
    await core.call('publications.decide', { id: post.id, decision: 'sendNow' });
    await pass(inState(post.id, 'posted'));
    expect(await created('En pausa')).toBe(1);
  });

  it('send now can be taken back for ten seconds', async () => {
    await begin();
    const post = await draft('Me lo pienso');
    await core.call('publications.sendNow', { id: post.id });
    await clock.advance(5000);
    expect((await core.call('publications.cancelSend', { id: post.id })).state).toBe('draft');
    await clock.advance(60_000);
    expect(await created('Me lo pienso')).toBe(0);
  });

  it('asked twice and taken back once, it is a draft and nothing goes out', async () => {
    await begin();
    const post = await draft('Dos veces');
    await core.call('publications.sendNow', { id: post.id });
    await core.call('publications.sendNow', { id: post.id });
    expect((await core.call('publications.cancelSend', { id: post.id })).state).toBe('draft');
    await clock.advance(60_000);
    expect(await created('Dos veces')).toBe(0);
  });

  it('a change of zone leaves the moment of a waiting "send now" alone', async () => {
    await begin();
    const post = await draft('Sale ya');
    await core.call('publications.sendNow', { id: post.id });
    const { dueAt } = await state(post.id);
    await core.call('accounts.changeZone', { accountId: account.id, zone: 'Pacific/Honolulu', keep: 'clock' });
    expect((await state(post.id)).dueAt).toBe(dueAt);
    await pass(inState(post.id, 'posted'));
  });
});

describe('planning by command', () => {
  it('refuses one premium too many, offers fixes that hold, undoes, and takes an exception only with a reason', async () => {
    await begin();
    let refused: Extract<Awaited<ReturnType<TestCore['call']>>, { result: 'refused' }> | null = null;
    let last: Publication | null = null;
    for (let i = 0; i < 20 && !refused; i += 1) {
      last = await draft(`Premium ${i}`, 'premium');
      const placed = await core.call('publications.place', { id: last.id, at: { wall: instantToWall(clock.now() + (i + 1) * 15 * MINUTE, account.zone) } });
      if (placed.result === 'refused') refused = placed as never;
    }
    expect(refused).not.toBeNull();
    const { violations, fixes } = refused as unknown as { violations: unknown[]; fixes: { kind: string }[] };
    expect(violations.length).toBeGreaterThan(0);
    const wall = instantToWall(clock.now() + 6 * 60 * MINUTE, account.zone);
    await expect(core.call('publications.place', { id: last!.id, at: { wall }, fix: { kind: 'override' } })).rejects.toMatchObject({ data: { code: 'override_needs_reason' } });
    const fix = fixes.find((each) => ['takePlace', 'later', 'earlier', 'retier'].includes(each.kind));
    const placed = await core.call('publications.place', { id: last!.id, at: { wall: instantToWall(clock.now() + 5 * 60 * MINUTE, account.zone) }, fix: fix as never });
    expect(placed.result).toBe('placed');
    if (placed.result === 'placed') {
      await core.call('undo.apply', { undoId: placed.undoId });
      expect((await state(last!.id)).state).toBe('draft');
      await expect(core.call('undo.apply', { undoId: placed.undoId })).rejects.toMatchObject({ data: { code: 'undo_gone' } });
    }
    const excepted = await core.call('publications.place', { id: last!.id, at: { wall }, override: { reason: 'lanzamiento' } });
    expect(excepted).toMatchObject({ result: 'placed', publication: { overrideReason: 'lanzamiento', state: 'scheduled' } });
  });

  it('imports a CSV straight onto the calendar, judged as a batch; nothing is lost', async () => {
    await begin();
    const day = instantToWall(clock.now() + 24 * 60 * MINUTE, account.zone).slice(0, 10).split('-').reverse().join('/');
    const rows = ['texto;tipo;hora', ...Array.from({ length: 10 }, (_, i) => `Gratis ${i};gratis;${day} ${String(9 + i).padStart(2, '0')}:00`), ...Array.from({ length: 12 }, (_, i) => `De pago ${i};prémium;${day} ${String(9 + (i % 10)).padStart(2, '0')}:30`), 'Mala fecha;G;31/02/2026 10:00', 'Raro;zzz;', `${'x'.repeat(300)};G;${day} 10:00`, 'Gratis 0;G;'];
    const input = { accountId: account.id, format: 'csv' as const, content: rows.join('\r\n'), to: 'calendar' as const, defaultTier: 'free', dateOrder: 'auto' as const };
    const preview = await core.call('publications.bulkPreview', input);
    const reasons = preview.rows.flatMap((row) => (row.reason ? [row.reason.code] : []));
    for (const code of ['ratio', 'bad_date', 'bad_tier', 'too_long', 'duplicate']) expect(reasons).toContain(code);
    const done = await core.call('publications.bulkCommit', input);
    expect(done.scheduled).toBe(preview.ok);
    expect(done.scheduled + done.drafts).toBe(preview.rows.length);
    expect((await core.call('planning.repairPreview', { accountId: account.id }))).toEqual({ exchanges: [], toTray: [] });
    await core.call('undo.apply', { undoId: done.undoId });
    expect(await core.call('publications.list', { accountId: account.id })).toEqual([]);
  });

  it('keeps a 30,000 character paste and says only when it is planned that it is too long', async () => {
    await begin();
    const post = await draft('ñ😀'.repeat(10_000));
    expect((await state(post.id)).text.length).toBe(30_000);
    await expect(core.call('publications.place', { id: post.id, at: 'nextFree' })).rejects.toMatchObject({ data: { code: 'text_too_long' } });
    await expect(core.call('publications.save', { id: post.id, accountId: account.id, text: 'otra', tier: 'free', tierReason: null, media: [], baseRevision: 99 })).rejects.toMatchObject({ data: { code: 'conflict' } });
    expect((await state(post.id)).text.length).toBe(30_000);
  });
});

describe('pictures', () => {
  it('go out with the post and their descriptions; a lost file holds the post and keeps its text', async () => {
    await begin();
    const { picturePng } = await import('../../src/sandbox/png.ts');
    const add = async () => {
      const answer = await core.app.sidePath.handle({ method: 'POST', path: '/media', headers: { 'content-type': 'image/png' }, body: (async function* () { await Promise.resolve(); yield picturePng(3); })() });
      return JSON.parse(String(answer.body)) as { id: string };
    };
    const [first, second] = [await add(), await add()];
    const save = async (text: string, id: string): Promise<Publication> => {
      const saved = await core.call('publications.save', { accountId: account.id, text, tier: 'free', tierReason: null, media: [{ id, alt: 'Barras de ejemplo' }] });
      if (saved.result !== 'placed') throw new Error('refused');
      return saved.publication;
    };
    const post = await save('Con imagen', first.id);
    await core.call('publications.sendNow', { id: post.id });
    await pass(inState(post.id, 'posted'));
    const sent = (await core.control<{ text: string; mediaIds: string[] }[]>('GET', 'created')).find((each) => each.text === 'Con imagen');
    expect(sent?.mediaIds).toHaveLength(1);
    expect(core.sandbox.world.uploads[0]).toMatchObject({ alt: 'Barras de ejemplo', mime: 'image/png' });
    const own = (await core.call('columns.list', {})).find((column) => column.source.kind === 'own')!;
    const shown = await pass(async () => (await core.call('columns.page', { columnId: own.id, limit: 3 })).rows.find((row) => row.row === 'post' && row.post.text === 'Con imagen') ?? null);
    expect(shown.row === 'post' && shown.post.media[0]?.alt).toBe('Barras de ejemplo');
    const lost = await save('Sin fichero', second.id);
    const { rmSync } = await import('node:fs');
    rmSync(`${core.ports.paths.media}/${second.id}`);
    await core.call('publications.sendNow', { id: lost.id });
    const held = await pass(inState(lost.id, 'held'));
    expect([held.heldReason, held.text, await created('Sin fichero')]).toEqual(['media', 'Sin fichero', 0]);
  });
});
