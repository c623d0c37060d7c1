import { describe, expect, it } from 'vitest';
import type { Publication } from '../../../shared/contract/publications.ts';
import type { OutboxEntry } from '../../../shared/contract/sync.ts';
import { outboxOf } from './outboxRows.ts';

const publication = (id: string, patch: Partial<Publication>): Publication => ({
  id, accountId: 'a', kind: 'reply', parts: [], poll: null, target: { id: '1', username: 'ana' }, via: 'api', counts: false, removedAt: null, state: 'retry_wait', heldReason: null, text: id, tier: 'free', tierReason: null,
  media: [], wall: null, zone: 'UTC', dueAt: 100, sentAt: null, remoteId: null, url: null, overrideReason: null, late: false, reason: null, usd: 0.01, revision: 1, createdAt: 90, updatedAt: 100, ...patch,
});
const entry = (id: string, patch: Partial<OutboxEntry>): OutboxEntry => ({ id, accountId: 'a', action: 'hideReply', postId: '1', username: 'ana', excerpt: '', state: 'waiting', reason: null, nextTryAt: null, tries: 0, createdAt: 100, endedAt: null, ...patch });
const facts = { offlineSince: null, outage: null };

describe('the outbox as one list', () => {
  it('stands in the order in which things go: what went or needs the user first, then acts, answers, and late posts', () => {
    const { rows, done, needYou, waiting, from, to } = outboxOf({
      publications: [
        publication('late post', { kind: 'post', dueAt: 50 }), publication('second answer', { dueAt: 130 }), publication('first answer', { dueAt: 120 }),
        publication('elsewhere', { state: 'held', reason: { code: 'answered_elsewhere', params: {} }, dueAt: 110, updatedAt: 305 }), publication('gone out', { state: 'posted', sentAt: 301, dueAt: 105 }),
      ],
      entries: [entry('hide', { createdAt: 140 }), entry('marked', { state: 'done', createdAt: 101, endedAt: 300 })],
      offlineSince: null, outage: { from: 95, to: 300 },
    });
    expect(rows.map((row) => row.key)).toEqual(['marked', 'gone out', 'elsewhere', 'hide', 'first answer', 'late post', 'second answer']);
    expect({ done, needYou, waiting, from, to }).toEqual({ done: 2, needYou: 1, waiting: 4, from: 50, to: 300 });
  });
  it('stands by the place that the user gave an answer, those without one last', () => {
    const { rows } = outboxOf({ ...facts, entries: [], publications: [publication('new', { dueAt: 90 }), publication('second', { dueAt: 120, place: '000001' }), publication('first', { dueAt: 130, place: '000000' })] });
    expect(rows.map((row) => row.key)).toEqual(['first', 'second', 'new']);
  });
  it('holds what is planned and past its time, as what waits', () => {
    const { rows, waiting } = outboxOf({ ...facts, entries: [], publications: [publication('late', { kind: 'post', state: 'scheduled' })] });
    expect([rows.map((row) => row.state), waiting]).toEqual([['waiting'], 1]);
  });
  it('keeps what ended at another time, or was taken out, below; a plan that only failed is not the outbox', () => {
    const { rows, earlier } = outboxOf({
      publications: [publication('before', { state: 'posted', sentAt: 60, dueAt: 50 }), publication('missed plan', { kind: 'post', state: 'missed' }), publication('dropped', { state: 'cancelled', updatedAt: 320 })],
      entries: [entry('after', { state: 'done', createdAt: 310, endedAt: 311 }), entry('taken out', { state: 'cancelled', createdAt: 120, endedAt: 130 })],
      offlineSince: null, outage: { from: 100, to: 300 },
    });
    expect(rows).toEqual([]);
    expect(earlier.map((row) => row.key)).toEqual(['dropped', 'after', 'taken out', 'before']);
  });
  it('asks about an answer until it is decided, however old, and shows in words only what the network contradicts', () => {
    const { rows, conflicts, needYou } = outboxOf({ ...facts, entries: [], publications: [publication('old', { state: 'missed', reason: { code: 'reply_review', params: {} } }), publication('gone', { state: 'held', reason: { code: 'target_gone', params: {} }, updatedAt: 200 }), publication('refused', { state: 'failed', updatedAt: 300 })] });
    expect(rows.map((row) => row.state)).toEqual(['review', 'decide', 'stuck']);
    expect(conflicts.map((each) => each.id)).toEqual(['gone']);
    expect(needYou).toBe(3);
  });
  it('says since when while the network is away, and nothing of it when it never was', () => {
    expect(outboxOf({ publications: [], entries: [entry('a', { createdAt: 500 })], offlineSince: 400, outage: null })).toMatchObject({ from: 400, to: null });
    expect(outboxOf({ ...facts, publications: [], entries: [entry('a', { createdAt: 500 }), entry('b', { createdAt: 600 })] })).toMatchObject({ from: 500, to: 600 });
    expect(outboxOf({ ...facts, publications: [], entries: [] })).toMatchObject({ from: null, to: null, rows: [] });
  });
});
