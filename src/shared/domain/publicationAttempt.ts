import type { PublicationEventType } from './publication.ts';

/** How an attempt ended; the network's answers are sorted into these by its own table (ARCHITECTURE §7). */
export const ATTEMPT_OUTCOMES = ['accepted', 'not_sent', 'rate_limited', 'budget', 'reauth', 'refused', 'duplicate', 'ambiguous', 'interrupted'] as const;
export type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number];

/** The post may be on the network although nothing said so. */
export const DOUBTFUL: ReadonlySet<AttemptOutcome> = new Set<AttemptOutcome>(['ambiguous', 'interrupted']);

export interface AttemptFacts {
  /** Null while it is on the wire. */
  outcome: AttemptOutcome | null;
  /** Its outcome is known by now: found, or said by the user. */
  settled: boolean;
  /** The user chose to send again in spite of it. */
  waived: boolean;
}
/** Is it still open whether this attempt left a post? */
export function isUnsettled(attempt: AttemptFacts): boolean {
  return !attempt.settled && (attempt.outcome === null || DOUBTFUL.has(attempt.outcome));
}
/** A create repeats by itself only if every earlier attempt of that part was surely not carried out (PUBLISHING 1). */
export function mayCreate(earlier: readonly AttemptFacts[]): boolean {
  return earlier.every((attempt) => attempt.outcome !== 'accepted' && attempt.outcome !== null && (attempt.waived || !isUnsettled(attempt)));
}

/** What an attempt's end does to its publication. `doubt`: an earlier attempt of this part is unsettled; `last`: no part follows. */
export function eventOfEnd(outcome: AttemptOutcome, facts: { doubt: boolean; last: boolean }): PublicationEventType {
  switch (outcome) {
    case 'accepted':
      return facts.last ? 'accepted' : 'acceptedPart';
    case 'not_sent':
    case 'rate_limited':
      return 'wait';
    case 'budget':
    case 'reauth':
      return 'hold';
    case 'refused':
      return 'refused';
    case 'duplicate':
      // X has this text already: by the attempt in doubt, if there is one.
      return facts.doubt ? 'ambiguous' : 'duplicate';
    case 'ambiguous':
      return 'ambiguous';
    case 'interrupted':
      return 'boot';
    default:
      return outcome satisfies never;
  }
}

/** When an unsettled attempt is looked for, ms after its end (ARCHITECTURE §7), and again after a look that could not be made. */
export const LOOKS_MS: readonly number[] = [10_000, 30_000, 120_000];
export const LOOK_AGAIN_MS = 30_000;

export interface Look {
  result: 'found' | 'absent' | 'unread';
  /** The read went back to the id floor. */
  complete: boolean;
  /** From the attempt's end, or from boot, to the beginning of the read, ms of monotonic time. */
  after: number;
  /** Successful looks before this one. */
  looks: number;
}
/** Only a complete successful read begun two minutes after the attempt says that a post is not there; earlier ones can only find (PUBLISHING 5). */
export function afterLook(look: Look): { next: 'found' | 'giveUp' } | { next: 'again'; inMs: number } {
  if (look.result === 'found') return { next: 'found' };
  const last = LOOKS_MS.at(-1) ?? 0;
  if (look.result === 'unread') return { next: 'again', inMs: LOOK_AGAIN_MS };
  if (look.after >= last) return look.complete ? { next: 'giveUp' } : { next: 'again', inMs: LOOK_AGAIN_MS };
  const wanted = LOOKS_MS.find((at) => at > look.after) ?? last;
  return { next: 'again', inMs: Math.max(1000, wanted - look.after) };
}
