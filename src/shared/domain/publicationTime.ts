import type { RatioPolicy } from './types.ts';

/** Up to this after its time a post is on time: the wake loop's longest wait and a slow answer, ms. */
export const ON_TIME_MS = 90_000;
/** Late ones of an account go out this far apart, and at least this far from one that is on time (PUBLISHING 12), ms. */
export const LATE_GAP_MS = 5 * 60_000;
export const NEAR_MS = 2 * 60_000;
/** Answers that waited go out this far apart: each has one reader who waits, not a timeline that would be flooded, ms. */
export const REPLY_GAP_MS = 5000;
/** A reply has no grace; after this it is reviewed before it goes (PUBLISHING 13), ms. */
export const REPLY_REVIEW_MS = 4 * 3_600_000;
/** A clock further off than this from the network's is not trusted (PUBLISHING 10), ms. */
export const CLOCK_OFF_MS = 2 * 60_000;

/** Until when a post goes out by itself, epoch ms. */
export function graceEnd(row: { kind: string; dueAt: number }, graceMs: number): number {
  return row.dueAt + (row.kind === 'reply' ? REPLY_REVIEW_MS : Math.max(graceMs, ON_TIME_MS));
}

/** A post that should be out and waits for its turn or for the network goes out by itself until then, epoch ms; null for all others. An answer waits as long as it takes. */
export function lateUntil(row: { kind: string; state: string; tier: string; dueAt: number | null }, policy: RatioPolicy, now: number): number | null {
  if (row.kind === 'reply' || row.dueAt === null || (row.state !== 'retry_wait' && row.state !== 'scheduled')) return null;
  if (row.state === 'scheduled' && now - row.dueAt <= ON_TIME_MS) return null;
  return graceEnd({ kind: row.kind, dueAt: row.dueAt }, policy.tiers.find((tier) => tier.key === row.tier)?.graceMs ?? 0);
}

export interface DueFacts {
  state: 'scheduled' | 'retry_wait' | 'partial';
  now: number;
  dueAt: number;
  /** From `graceEnd`. */
  end: number;
  /** It was released from being held, or waits for its next part. */
  released: boolean;
  mid: boolean;
  /** The user asked for this one request. */
  manual: boolean;
  paused: boolean;
  /** The wall clock agrees with the network's. */
  clockSure: boolean;
}
/** What happens to a post whose time has come. `wait`: nothing yet, its grace runs. */
export type DueDecision = 'send' | 'late' | 'pause' | 'miss' | 'wait';
export function decideDue(facts: DueFacts): DueDecision {
  // Paused beats missed (PUBLISHING, pause).
  if (facts.paused && !facts.manual) return 'pause';
  if (facts.now > facts.end) return 'miss';
  if (facts.manual) return 'send';
  if (!facts.clockSure) return 'wait';
  if (facts.mid) return 'send';
  return facts.state === 'retry_wait' || facts.released || facts.now - facts.dueAt > ON_TIME_MS ? 'late' : 'send';
}

/** A held one goes on by itself only within its grace (PUBLISHING 14). */
export function mayRelease(now: number, end: number): boolean {
  return now <= end;
}

export interface LatePost {
  id: string;
  dueAt: number;
  end: number;
}
/**
 * The next late post of an account and its turn. By end of grace, then due; one whose turn would come after its grace lets the next one
 * go before it. `lastAt` is when the last late one went, `onTime` are the times of what is planned and on time (PUBLISHING 12).
 */
export function nextLate(posts: readonly LatePost[], now: number, lastAt: number | null, onTime: readonly number[]): { id: string; at: number } | null {
  const order = [...posts].sort((a, b) => a.end - b.end || a.dueAt - b.dueAt);
  const times = [...onTime].sort((a, b) => a - b);
  let at = lastAt === null ? now : Math.max(now, lastAt + LATE_GAP_MS);
  for (const time of times) if (Math.abs(time - at) < NEAR_MS) at = time + NEAR_MS;
  const next = order.find((post) => at <= post.end);
  return next ? { id: next.id, at } : null;
}

/** Answers that wait, in the order in which they go: as the user put them, then by when they were written. */
export function byTurn(a: { id: string; place?: string | null | undefined; dueAt: number | null }, b: { id: string; place?: string | null | undefined; dueAt: number | null }): number {
  const [left, right] = [a.place ?? '~', b.place ?? '~'];
  return left === right ? (a.dueAt ?? 0) - (b.dueAt ?? 0) || (a.id < b.id ? -1 : 1) : left < right ? -1 : 1;
}
