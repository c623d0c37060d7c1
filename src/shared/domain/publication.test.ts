import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Phase, type PublicationEvent, type PublicationEventType, TRANSITIONS, transition, USER_ACTS } from './publication.ts';
import { afterLook, eventOfEnd, mayCreate } from './publicationAttempt.ts';
import { decideDue, graceEnd, LATE_GAP_MS, NEAR_MS, nextLate, ON_TIME_MS, REPLY_REVIEW_MS } from './publicationTime.ts';
import { PUBLICATION_STATES } from './types.ts';

const MINUTE = 60_000;
const PHASES = Object.keys(TRANSITIONS) as Phase[];

describe('the publication table', () => {
  it('never leads from what may have been sent back to a create by itself', () => {
    // Any run of events, hostile ones too: once a create was accepted or doubtful, the next create of that part has a user's act before it.
    const events = [...new Set(Object.values(TRANSITIONS).flatMap((row) => Object.keys(row)))] as PublicationEventType[];
    const nextPart = new Set<PublicationEventType>(['acceptedPart', 'foundPart', 'foundLate']);
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...events), { maxLength: 60 }), fc.boolean(), (run, mid) => {
        let phase: Phase = 'draft';
        let guarded = false;
        for (const type of run) {
          const next = transition(phase, { type } as PublicationEvent, mid);
          if (next === null) continue;
          if (type === 'accepted' || type === 'ambiguous' || (type === 'boot' && phase === 'begun')) guarded = true;
          if (USER_ACTS.has(type) || nextPart.has(type)) guarded = false;
          if (type === 'begin') expect(guarded, run.join(' ')).toBe(false);
          phase = next;
        }
      }),
      { numRuns: 20_000 },
    );
  });
  it('leaves every phase but the last by some event, and ends there', () => {
    for (const phase of PHASES) expect(Object.keys(TRANSITIONS[phase]).length > 0, phase).toBe(phase !== 'posted');
    expect(new Set(PHASES)).toEqual(new Set([...PUBLICATION_STATES, 'begun']));
  });
  it('begins a create only where it was claimed, and claims only what is planned or waits', () => {
    for (const phase of PHASES) {
      expect(transition(phase, { type: 'begin' })).toBe(phase === 'sending' ? 'begun' : null);
      expect(transition(phase, { type: 'due' }) !== null).toBe(phase === 'scheduled' || phase === 'retry_wait' || phase === 'partial');
    }
  });
  it('stops a thread of which parts are out as partial, whatever stops it', () => {
    for (const type of ['wait', 'pause', 'unschedule'] as const) expect(transition('sending', { type }, true), type).toBe('partial');
    for (const type of ['refused', 'duplicate', 'wait'] as const) expect(transition('begun', { type }, true), type).toBe('partial');
    for (const type of ['graceOver', 'cancel', 'unschedule', 'pause'] as const) expect(transition('scheduled', { type }, true), type).toBe('partial');
    expect(transition('begun', { type: 'hold', reason: 'auth' }, true)).toBe('partial');
    expect(transition('begun', { type: 'ambiguous' }, true)).toBe('unknown');
  });
  it('refuses to cancel, edit or plan what is in doubt, and takes nothing back that was on the wire', () => {
    for (const type of ['cancel', 'schedule', 'sendNow', 'unschedule', 'resend'] as const) expect(transition('unknown', { type }), type).toBeNull();
    for (const phase of ['sending', 'begun', 'unknown', 'posted'] as const) expect(transition(phase, { type: 'undo', to: 'draft' }), phase).toBeNull();
    expect(transition('scheduled', { type: 'undo', to: 'posted' })).toBeNull();
    expect(transition('scheduled', { type: 'undo', to: 'missed' })).toBe('missed');
  });
  it('takes a post that is seen on the network as posted in every unsettled state', () => {
    for (const phase of PHASES) expect(transition(phase, { type: 'found' }), phase).toBe(phase === 'posted' || phase === 'begun' ? null : 'posted');
  });
});

describe('attempts', () => {
  const facts = (outcome: Parameters<typeof eventOfEnd>[0] | null, more = {}): Parameters<typeof mayCreate>[0][number] => ({ outcome, settled: false, waived: false, ...more });
  it('allow another create only when every one before was surely not carried out, or the user sends anew', () => {
    expect(mayCreate([])).toBe(true);
    for (const outcome of ['not_sent', 'rate_limited', 'reauth', 'budget'] as const) expect(mayCreate([facts(outcome)]), outcome).toBe(true);
    for (const outcome of ['ambiguous', 'interrupted', 'accepted', null] as const) expect(mayCreate([facts('rate_limited'), facts(outcome)]), String(outcome)).toBe(false);
    expect(mayCreate([facts('ambiguous', { waived: true }), facts('rate_limited')])).toBe(true);
    // What is on the wire is never waived.
    expect(mayCreate([facts(null, { waived: true })])).toBe(false);
  });
  it('end in the event that the table knows for each answer', () => {
    const end = (outcome: Parameters<typeof eventOfEnd>[0], doubt = false, last = true): string => eventOfEnd(outcome, { doubt, last });
    expect([end('accepted'), end('accepted', false, false), end('not_sent'), end('rate_limited'), end('budget'), end('reauth'), end('refused'), end('ambiguous'), end('interrupted')]).toEqual(['accepted', 'acceptedPart', 'wait', 'wait', 'hold', 'hold', 'refused', 'ambiguous', 'boot']);
    // X has the text already: by the attempt in doubt, if there is one.
    expect([end('duplicate'), end('duplicate', true)]).toEqual(['duplicate', 'ambiguous']);
  });
  it('are not there only after a complete read begun two minutes later', () => {
    const look = { result: 'absent', complete: true, after: 0, looks: 0 } as const;
    expect(afterLook(look)).toEqual({ next: 'again', inMs: 10_000 });
    expect(afterLook({ ...look, after: 10_000 })).toEqual({ next: 'again', inMs: 20_000 });
    expect(afterLook({ ...look, after: 119_999 })).toEqual({ next: 'again', inMs: 1000 });
    expect(afterLook({ ...look, after: 120_000 })).toEqual({ next: 'giveUp' });
    expect(afterLook({ ...look, after: 120_000, complete: false })).toEqual({ next: 'again', inMs: 30_000 });
    expect(afterLook({ ...look, after: 600_000, result: 'unread' })).toEqual({ next: 'again', inMs: 30_000 });
    expect(afterLook({ ...look, result: 'found' })).toEqual({ next: 'found' });
  });
});

describe('time', () => {
  const due = { state: 'scheduled', now: 0, dueAt: 0, end: 15 * MINUTE, released: false, mid: false, manual: false, paused: false, clockSure: true } as const;
  it('decides what is due: pause first, then grace, then the clock', () => {
    expect(decideDue(due)).toBe('send');
    expect(decideDue({ ...due, now: ON_TIME_MS + 1 })).toBe('late');
    expect(decideDue({ ...due, state: 'retry_wait' })).toBe('late');
    expect(decideDue({ ...due, released: true })).toBe('late');
    expect(decideDue({ ...due, now: 15 * MINUTE + 1 })).toBe('miss');
    expect(decideDue({ ...due, now: 15 * MINUTE + 1, paused: true })).toBe('pause');
    expect(decideDue({ ...due, paused: true, manual: true })).toBe('send');
    expect(decideDue({ ...due, clockSure: false })).toBe('wait');
    expect(decideDue({ ...due, clockSure: false, now: 15 * MINUTE + 1 })).toBe('miss');
    expect(decideDue({ ...due, now: 5 * MINUTE, mid: true })).toBe('send');
  });
  it('gives replies four hours instead of a grace', () => {
    expect(graceEnd({ kind: 'reply', dueAt: 7 }, 0)).toBe(7 + REPLY_REVIEW_MS);
    expect(graceEnd({ kind: 'post', dueAt: 7 }, 0)).toBe(7 + ON_TIME_MS);
  });
  it('sends late ones by the end of their grace, apart from each other and from what is on time', () => {
    const late = (id: string, dueAt: number, end: number): { id: string; dueAt: number; end: number } => ({ id, dueAt, end });
    expect(nextLate([late('a', 0, 100 * MINUTE), late('b', MINUTE, 15 * MINUTE)], 10 * MINUTE, null, [])).toEqual({ id: 'b', at: 10 * MINUTE });
    expect(nextLate([late('a', 0, 100 * MINUTE)], 10 * MINUTE, 8 * MINUTE, [])).toEqual({ id: 'a', at: 8 * MINUTE + LATE_GAP_MS });
    // Exactly two minutes is far enough; what would come after its grace holds up no other.
    expect(nextLate([late('a', 0, 100 * MINUTE)], 10 * MINUTE, null, [10 * MINUTE + NEAR_MS])?.at).toBe(10 * MINUTE);
    expect(nextLate([late('a', 0, 100 * MINUTE)], 10 * MINUTE, null, [11 * MINUTE, 13 * MINUTE])?.at).toBe(15 * MINUTE);
    expect(nextLate([late('a', 0, 12 * MINUTE), late('b', 0, 90 * MINUTE)], 10 * MINUTE, null, [11 * MINUTE])).toEqual({ id: 'b', at: 13 * MINUTE });
  });
  it('gets twenty-four late ones out in two hours beside a post each quarter of an hour', () => {
    const onTime = Array.from({ length: 20 }, (_, i) => i * 15 * MINUTE);
    let posts = Array.from({ length: 30 }, (_, i) => ({ id: `p${i}`, dueAt: -i, end: 600 * MINUTE }));
    let [now, last, sent] = [0, null as number | null, 0];
    while (now < 120 * MINUTE) {
      const next = nextLate(posts, now, last, onTime);
      if (!next || next.at >= 122 * MINUTE) break;
      now = next.at;
      last = now;
      sent += 1;
      for (const at of onTime) expect(Math.abs(at - now)).toBeGreaterThanOrEqual(NEAR_MS);
      posts = posts.filter((post) => post.id !== next.id);
    }
    expect(sent).toBe(24);
  });
});
