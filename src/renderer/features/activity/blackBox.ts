import type { OutputOf } from '../../../shared/contract/index.ts';

export type Box = OutputOf<'publications.blackBox'>;
export type Attempt = Box['attempts'][number];
export type Step = Box['metrics'][number];
export type Change = Box['history'][number];

/** One line of a publication's record, in the order in which things happened. */
export type Entry =
  /** Its time came, and it was looked at: `ms` until the intent was written. */
  | { kind: 'checked'; at: number; ms: number }
  | { kind: 'intent'; at: number; attempt: Attempt; n: number }
  /** `to`: the state that the answer left. */
  | { kind: 'answer'; at: number; attempt: Attempt; to: string | null }
  | { kind: 'evidence'; at: number; attempt: Attempt; to: string | null }
  /** A look that was made, or could not be. */
  | { kind: 'looked'; at: number; n: number; made: boolean }
  /** A look to come. */
  | { kind: 'look'; at: number; attempt: Attempt }
  /** Its public figures at an age: when they were read, else when they are due. */
  | { kind: 'figures'; at: number; step: Step }
  | { kind: 'change'; at: number; change: Change };

const ORDER: Readonly<Record<Entry['kind'], number>> = { checked: 0, intent: 1, answer: 2, evidence: 3, looked: 3, change: 4, look: 5, figures: 6 };
/** Changes of state that an attempt's end or its evidence tells already. */
const TOLD_BY_ANSWER: ReadonlySet<string> = new Set(['accepted', 'acceptedPart', 'ambiguous', 'refused', 'duplicate', 'wait', 'hold', 'boot']);
const TOLD_BY_EVIDENCE: ReadonlySet<string> = new Set(['found', 'foundPart', 'foundLate', 'lastLook', 'sayPosted', 'sayPart', 'sayNotSent']);

/** Checks, intents, answers, looks, evidence, other changes of state and readings of figures as one list, oldest first; what two rows would say stands once. */
export function entriesOf(box: Box): Entry[] {
  const entries: Entry[] = [];
  const told = new Set<Change>();
  const take = (at: number, events: ReadonlySet<string>): string | null => {
    const change = box.history.find((each) => each.at === at && events.has(each.event) && !told.has(each));
    if (change) told.add(change);
    return change?.to ?? null;
  };
  const begins = box.history.filter((each) => each.event === 'begin').toSorted((a, b) => a.at - b.at);
  for (const begin of begins) {
    told.add(begin);
    const due = box.history.filter((each) => each.event === 'due' && each.at <= begin.at && !told.has(each)).toSorted((a, b) => b.at - a.at)[0];
    if (!due) continue;
    told.add(due);
    entries.push({ kind: 'checked', at: due.at, ms: begin.at - due.at });
  }
  box.attempts.forEach((attempt, i) => {
    entries.push({ kind: 'intent', at: attempt.startedAt, attempt, n: i + 1 });
    if (attempt.endedAt !== null) entries.push({ kind: 'answer', at: attempt.endedAt, attempt, to: take(attempt.endedAt, TOLD_BY_ANSWER) });
    if (attempt.evidence) entries.push({ kind: 'evidence', at: attempt.evidence.at, attempt, to: take(attempt.evidence.at, TOLD_BY_EVIDENCE) });
    if (attempt.nextLookAt !== null) entries.push({ kind: 'look', at: attempt.nextLookAt, attempt });
  });
  let looks = 0;
  for (const change of box.history.toSorted((a, b) => a.at - b.at)) {
    if (change.event === 'looked' || change.event === 'lookFailed') entries.push({ kind: 'looked', at: change.at, n: (looks += 1), made: change.event === 'looked' });
    else if (!told.has(change)) entries.push({ kind: 'change', at: change.at, change });
  }
  for (const step of box.metrics) entries.push({ kind: 'figures', at: step.readAt ?? step.dueAt, step });
  return entries.sort((a, b) => a.at - b.at || ORDER[a.kind] - ORDER[b.kind]);
}

/** How long it was not known whether it was out, ms; null where that was never so. Still unknown: until `now`. */
export function unknownFor(history: readonly Change[], now: number): number | null {
  const order = history.toSorted((a, b) => a.at - b.at);
  const from = order.find((each) => each.to === 'unknown' && each.from !== 'unknown');
  if (!from) return null;
  const out = order.find((each) => each.at >= from.at && each.from === 'unknown' && each.to !== 'unknown');
  return (out?.at ?? now) - from.at;
}
/** USD, from and to, that readings of its figures cost so far; null where none did. */
export function figuresCost(steps: readonly Step[]): { low: number; high: number } | null {
  const read = steps.filter((step) => step.state === 'read');
  return read.length === 0 ? null : { low: read.reduce((sum, step) => sum + step.usdLow, 0), high: read.reduce((sum, step) => sum + step.usdHigh, 0) };
}
/** "1989…4502". */
export const shortId = (id: string): string => (id.length > 10 ? `${id.slice(0, 4)}…${id.slice(-4)}` : id);
