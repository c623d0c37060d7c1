import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../../src/shared/contract/accounts.ts';
import type { InputOf } from '../../src/shared/contract/index.ts';
import { type AttachedMedia, attachedMediaSchema, type Publication } from '../../src/shared/contract/publications.ts';
import { instantToWall } from '../../src/shared/domain/time.ts';
import { startCore, type TestCore } from '../support/core.ts';
import { ManualClock } from '../support/manualClock.ts';
import { mp4 } from '../support/mp4.ts';

const MINUTE = 60_000;
interface Made { id: string; text: string; replyToId: string | null; mediaIds: string[] }
let core: TestCore;
let clock: ManualClock;
let account: Account;
beforeEach(async () => {
  clock = new ManualClock(Date.UTC(2026, 10, 24, 9, 0));
  core = await startCore({ clock });
  account = await core.call('accounts.addPractice', {});
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
async function planned(more: Partial<InputOf<'publications.save'>> & { text: string }, inMs = 2 * MINUTE): Promise<Publication> {
  const saved = await core.call('publications.save', { accountId: account.id, tier: 'free', tierReason: null, media: [], ...more });
  if (saved.result !== 'placed') throw new Error('refused');
  const placed = await core.call('publications.place', { id: saved.publication.id, at: { wall: instantToWall(clock.now() + inMs, account.zone) } });
  if (placed.result !== 'placed') throw new Error('refused');
  return placed.publication;
}
const inState = (id: string, ...wanted: Publication['state'][]) => async (): Promise<Publication | null> => {
  const found = await core.call('publications.get', { id });
  return wanted.includes(found.state) ? found : null;
};
const created = (): Promise<Made[]> => core.control<Made[]>('GET', 'created');
const fault = (kind: string, more: Record<string, unknown> = {}): Promise<unknown> => core.control('POST', 'faults', { match: { method: 'POST', path: '/2/tweets' }, kind, ...more });
const parts = (...texts: string[]): { text: string; media: { id: string; alt: string }[] }[] => texts.map((text) => ({ text, media: [] }));
const codeOf = (promise: Promise<unknown>): Promise<string> => promise.then(() => 'none', (error: { code?: string }) => error.code ?? 'other');
async function file(bytes: Uint8Array, type: string): Promise<AttachedMedia> {
  const answer = await core.app.sidePath.handle({ method: 'POST', path: '/media', headers: { 'content-type': type }, body: (async function* () { await Promise.resolve(); yield bytes; })() });
  return attachedMediaSchema.parse(JSON.parse(String(answer.body)));
}

describe('threads', () => {
  it('go out part by part, each under the one before, and keep every id', async () => {
    const thread = await planned({ text: 'Hilo 1', parts: parts('Hilo 2', 'Hilo 3') });
    const posted = await pass(inState(thread.id, 'posted'));
    const made = (await created()).filter((each) => each.text.startsWith('Hilo'));
    expect(made.map((each) => each.text)).toEqual(['Hilo 1', 'Hilo 2', 'Hilo 3']);
    expect(made[1]?.replyToId).toBe(made[0]?.id);
    expect(made[2]?.replyToId).toBe(made[1]?.id);
    expect([posted.remoteId, ...posted.parts.map((part) => part.remoteId)]).toEqual(made.map((each) => each.id));
    expect(posted.usd).toBeCloseTo(0.045);
    const box = await core.call('publications.blackBox', { id: thread.id });
    expect(box.attempts.map((each) => [each.part, each.outcome, each.remoteId])).toEqual(made.map((each, i) => [i, 'accepted', each.id]));
    expect(Number(box.attempts[0]?.limits['x-rate-limit-limit'])).toBeGreaterThan(0);
    expect(box.history.map((each) => each.event)).toEqual(['schedule', 'due', 'begin', 'acceptedPart', 'begin', 'acceptedPart', 'begin', 'accepted']);
  });
  it('stay partial where X refuses a part, and go on there when the user mends it', async () => {
    const thread = await planned({ text: 'Roto 1', parts: parts('Roto 2', 'Roto 3') });
    await fault('status', { status: 400, skip: 1 });
    const partial = await pass(inState(thread.id, 'partial'));
    expect((await created()).filter((each) => each.text.startsWith('Roto')).length).toBe(1);
    expect(partial.parts.map((part) => part.remoteId !== null)).toEqual([false, false]);
    // What is out cannot be rewritten, planned anew or thrown away; what is not can be mended.
    const mend = (text: string, second: string): ReturnType<typeof core.call<'publications.save'>> => core.call('publications.save', { id: thread.id, accountId: account.id, text, tier: 'free', tierReason: null, media: [], parts: parts(second, 'Roto 3') });
    expect(await codeOf(mend('Otra cosa', 'Roto 2'))).toBe('part_is_out');
    expect(await codeOf(core.call('publications.place', { id: thread.id, at: 'nextFree' }))).toBe('part_is_out');
    expect(await codeOf(core.call('publications.delete', { id: thread.id }))).toBe('part_is_out');
    await mend('Roto 1', 'Roto 2 bis');
    await core.call('publications.decide', { id: thread.id, decision: 'resumeThread' });
    await pass(inState(thread.id, 'posted'));
    const made = (await created()).filter((each) => each.text.startsWith('Roto'));
    expect(made.map((each) => each.text)).toEqual(['Roto 1', 'Roto 2 bis', 'Roto 3']);
    expect(made[1]?.replyToId).toBe(made[0]?.id);
  });
  it('wait out a rate limit between parts and go on by themselves', async () => {
    const thread = await planned({ text: 'Lento 1', parts: parts('Lento 2') });
    await fault('rateLimit', { skip: 1 });
    const waiting = await pass(inState(thread.id, 'partial'));
    expect(waiting).toMatchObject({ reason: { code: 'rate_limited' } });
    expect(waiting.remoteId).not.toBeNull();
    await pass(inState(thread.id, 'posted'));
    expect((await created()).filter((each) => each.text.startsWith('Lento')).map((each) => each.text)).toEqual(['Lento 1', 'Lento 2']);
  });
  it('whose part had no clear answer are looked for, and go on inside their grace once it is found', async () => {
    const thread = await planned({ text: 'Duda 1', parts: parts('Duda 2', 'Duda 3') });
    await fault('statusAfterAccept', { status: 503, skip: 1 });
    const posted = await pass(inState(thread.id, 'posted'));
    expect(posted.parts[0]?.remoteId).not.toBeNull();
    expect((await core.call('publications.blackBox', { id: thread.id })).attempts.map((each) => [each.part, each.outcome, each.evidence?.kind ?? null])).toEqual([[0, 'accepted', null], [1, 'ambiguous', 'found'], [2, 'accepted', null]]);
    expect((await created()).filter((each) => each.text.startsWith('Duda')).map((each) => each.text)).toEqual(['Duda 1', 'Duda 2', 'Duda 3']);
  });
  it('do not go on under a part that was deleted on X', async () => {
    const thread = await planned({ text: 'Huérfano 1', parts: parts('Huérfano 2') });
    await fault('status', { status: 400, skip: 1 });
    const partial = await pass(inState(thread.id, 'partial'));
    await core.control('POST', 'delete', { id: partial.remoteId });
    await core.call('publications.decide', { id: thread.id, decision: 'resumeThread' });
    const stopped = await pass(async () => ((await core.call('publications.get', { id: thread.id })).reason?.code === 'parent_gone' ? core.call('publications.get', { id: thread.id }) : null));
    expect(stopped.state).toBe('partial');
    expect((await core.call('publications.decide', { id: thread.id, decision: 'leaveThread' }))).toMatchObject({ publication: { state: 'posted' } });
  });
  it('stop between two parts when everything is paused', async () => {
    const thread = await planned({ text: 'Pausa 1', parts: parts('Pausa 2') });
    await fault('delay', { ms: 300 });
    await pass(inState(thread.id, 'sending'), 5 * MINUTE, 1000);
    await core.call('scheduler.pause', { reason: 'crisis' });
    const partial = await pass(inState(thread.id, 'partial'));
    expect(partial.reason?.code).toBe('paused_thread');
    expect((await created()).filter((each) => each.text.startsWith('Pausa')).length).toBe(1);
  });
});

describe('other kinds', () => {
  it('polls go out with their answers', async () => {
    const poll = await planned({ text: '¿Mañana o tarde?', poll: { options: ['Mañana', 'Tarde'], minutes: 60 } });
    const posted = await pass(inState(poll.id, 'posted'));
    expect(core.sandbox.world.post(posted.remoteId ?? '')?.poll?.options).toEqual(['Mañana', 'Tarde']);
    const bad = await core.call('publications.save', { accountId: account.id, text: 'Mal', tier: 'free', tierReason: null, media: [], poll: { options: ['Sí', 'Sí'], minutes: 60 } });
    if (bad.result !== 'placed') throw new Error('refused');
    expect(await codeOf(core.call('publications.place', { id: bad.publication.id, at: 'nextFree' }))).toBe('poll_invalid');
  });
  it('replies go to who mentioned us, count in no ratio, and a refused one says so', async () => {
    const mention = await core.control<{ id: string }>('POST', 'post', { username: core.sandbox.world.users[3]!.username, text: `@${account.username} ¿abrís el lunes?` });
    const reply = await planned({ text: 'Sí, desde las nueve', kind: 'reply', target: { id: mention.id, username: 'x' } });
    expect(reply.counts).toBe(false);
    expect((await core.call('planning.context', { accountId: account.id })).units.some((unit) => unit.id === reply.id)).toBe(false);
    await pass(inState(reply.id, 'posted'));
    expect((await created()).find((each) => each.text === 'Sí, desde las nueve')?.replyToId).toBe(mention.id);
    const stranger = await core.control<{ id: string }>('POST', 'post', { username: core.sandbox.world.users[4]!.username, text: 'Nada que ver con nadie' });
    const refused = await planned({ text: 'Hola', kind: 'reply', target: { id: stranger.id, username: 'y' } });
    expect((await pass(inState(refused.id, 'failed'))).reason?.code).toBe('network_reply_not_allowed');
  });
  it('reposts are planned too, and one of our own has its tier in the ratio', async () => {
    const own = await planned({ text: 'Original', tier: 'premium' });
    const posted = await pass(inState(own.id, 'posted'));
    const repost = await planned({ text: '', kind: 'repost', target: { id: posted.remoteId ?? '', username: account.username } }, 5 * MINUTE);
    expect(repost).toMatchObject({ counts: true, tier: 'premium', usd: 0.015 });
    await pass(inState(repost.id, 'posted'));
    const reposts = () => core.sandbox.world.posts.filter((post) => post.repostOfId === posted.remoteId && !post.deleted).length;
    expect(reposts()).toBe(1);

    // Taken back: X is asked once, and the column says so without another read.
    const column = (await core.call('columns.list', {})).find((each) => each.source.kind === 'own');
    const shown = async () => (await core.call('columns.page', { columnId: column?.id ?? '', limit: 50 })).rows.flatMap((row) => (row.row === 'post' && row.post.originalId === posted.remoteId ? [{ repost: row.post.repostedBy !== null, gone: row.post.tombstone }] : []));
    await pass(async () => (await shown()).length === 2);
    const { entry } = await core.call('outbox.put', { accountId: account.id, action: 'undoRepost', postId: posted.remoteId ?? '' });
    await pass(async () => (await core.call('outbox.list', { limit: 10 })).find((each) => each.id === entry.id)?.state === 'done');
    expect(reposts()).toBe(0);
    // The post is there as ever, and no longer says that we reposted it.
    expect(await shown()).toEqual([{ repost: false, gone: false }, { repost: false, gone: false }]);
  });
  it('is handed to the user at its time where the API is not used', async () => {
    const hand = await planned({ text: 'A mano', via: 'handoff' });
    expect(hand.usd).toBe(0);
    const due = await pass(inState(hand.id, 'needs_review'));
    expect(due.reason?.code).toBe('handoff');
    expect((await created()).filter((each) => each.text === 'A mano').length).toBe(0);
    const said = await core.call('publications.decide', { id: hand.id, decision: 'wasPosted', remoteUrl: 'https://x.com/marca/status/1234567890123' });
    expect(said).toMatchObject({ publication: { state: 'posted', remoteId: '1234567890123' } });
  });
  it('deletes a posted thread on X and keeps it in the ratio', async () => {
    const thread = await planned({ text: 'Fuera 1', parts: parts('Fuera 2') });
    const posted = await pass(inState(thread.id, 'posted'));
    expect(await core.call('publications.removeRemote', { id: thread.id })).toMatchObject({ removed: 2, left: 0 });
    expect(core.sandbox.world.post(posted.remoteId ?? '')?.deleted).toBe(true);
    const after = await core.call('publications.get', { id: thread.id });
    expect(after.removedAt).not.toBeNull();
    expect((await core.call('planning.context', { accountId: account.id })).units.some((unit) => unit.id === thread.id)).toBe(true);
    const copy = await core.call('publications.copy', { id: thread.id });
    expect(copy).toMatchObject({ state: 'draft', text: 'Fuera 1', remoteId: null });
    expect(copy.parts.map((part) => [part.text, part.remoteId])).toEqual([['Fuera 2', null]]);
  });
  it('offers the earlier post to a duplicate', async () => {
    const one = await planned({ text: 'Lo mismo' });
    const posted = await pass(inState(one.id, 'posted'));
    const two = await planned({ text: 'Lo mismo' }, 3 * MINUTE);
    const failed = await pass(inState(two.id, 'failed'));
    expect(failed.reason).toMatchObject({ code: 'duplicate', params: { remoteId: posted.remoteId } });
    expect((await core.call('publications.attempts', { id: two.id }))[0]?.evidence).toMatchObject({ kind: 'duplicateOf', remoteId: posted.remoteId });
  });
});

describe('films', () => {
  it('go up in chunks, wait until they are processed, and the post has them', async () => {
    const film = await file(mp4(9 * 1024 * 1024, 12_000), 'video/mp4');
    expect(film.mime).toBe('video/mp4');
    const post = await planned({ text: 'Con vídeo', media: [{ id: film.id, alt: 'Un vídeo' }] });
    const posted = await pass(inState(post.id, 'posted'));
    const on = core.sandbox.world.post(posted.remoteId ?? '');
    expect(on?.media?.[0]).toMatchObject({ alt: 'Un vídeo' });
    const source = on?.media?.[0]?.source;
    expect(source && 'upload' in source ? readFileSync(core.sandbox.world.uploadPath(source.upload)).equals(Buffer.from(mp4(9 * 1024 * 1024, 12_000))) : false).toBe(true);
    const seen = core.events.filter((each) => each.name === 'publication.upload').map((each) => (each.payload as { phase: string }).phase);
    expect(seen).toContain('sending');
    expect(seen).toContain('processing');
    expect(seen.at(-1)).toBe('done');
  });
  it('that X cannot process hold their post, with the reason', async () => {
    const film = await file(mp4(100_000, 12_000, 'BAD!'), 'video/mp4');
    const post = await planned({ text: 'Vídeo malo', media: [{ id: film.id, alt: '' }] });
    const held = await pass(inState(post.id, 'held'));
    expect(held).toMatchObject({ heldReason: 'media', reason: { code: 'media', params: { detail: 'Unsupported video format' } } });
  });
  it.each([['opened', 'POST', 0, null], ['closed', 'POST', 2, 'sending'], ['processed', 'GET', 0, 'processing']] as const)('can be stopped while they are %s, and the post is a draft again', async (_, method, before, phase) => {
    const film = await file(mp4(100_000, 12_000), 'video/mp4');
    const post = await planned({ text: 'Vídeo parado', media: [{ id: film.id, alt: '' }] });
    const slow = (ms: number): Promise<unknown> => core.control('POST', 'faults', { match: { method, path: '/2/media' }, kind: 'delay', ms });
    for (let i = 0; i < before; i += 1) await slow(1);
    await slow(1500);
    const reached = (): boolean => core.events.some((each) => each.name === 'publication.upload' && (each.payload as { phase: string }).phase === phase);
    if (phase) await pass(async () => reached(), 30 * MINUTE, 1000);
    // The next request is on the wire by then, and not answered yet.
    if (phase) await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await pass(async () => (await core.call('publications.cancelUpload', { id: post.id })).stopped, phase ? 0 : 30 * MINUTE, 1000)).toBe(true);
    const back = await pass(inState(post.id, 'draft'));
    expect(back.reason?.code).toBe('upload_cancelled');
    expect((await created()).filter((each) => each.text === 'Vídeo parado').length).toBe(0);
  });
  it('too long, too large or mixed with pictures are refused before they are planned', async () => {
    expect(JSON.parse(String((await core.app.sidePath.handle({ method: 'POST', path: '/media', headers: { 'content-type': 'video/mp4' }, body: (async function* () { await Promise.resolve(); yield mp4(50_000, 200_000); })() })).body))).toMatchObject({ code: 'video_length' });
    const [one, two] = [await file(mp4(50_000, 5000), 'video/mp4'), await file(mp4(50_001, 5000), 'video/mp4')];
    const saved = await core.call('publications.save', { accountId: account.id, text: 'Dos', tier: 'free', tierReason: null, media: [{ id: one.id, alt: '' }, { id: two.id, alt: '' }] });
    if (saved.result !== 'placed') throw new Error('refused');
    expect(await codeOf(core.call('publications.place', { id: saved.publication.id, at: 'nextFree' }))).toBe('media_mixed');
  });
  it('once uploaded are not sent up again when only the post has to wait', async () => {
    const film = await file(mp4(100_000, 12_000), 'video/mp4');
    const post = await planned({ text: 'Una sola subida', media: [{ id: film.id, alt: '' }] });
    await fault('rateLimit');
    await pass(inState(post.id, 'retry_wait'));
    await pass(inState(post.id, 'posted'));
    const asked = await core.control<{ method: string; path: string }[]>('GET', 'requests');
    expect(asked.filter((each) => each.path === '/2/media/upload/initialize').length).toBe(1);
  });
});
