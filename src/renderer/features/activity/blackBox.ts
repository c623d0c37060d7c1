import type { OutputOf } from '../../../shared/contract/index.ts';

type Box = OutputOf<'publications.blackBox'>;
export type Attempt = Box['attempts'][number];
export type Change = Box['history'][number];

/** One line of a publication's record, in the order in which things happened. */
export type Entry =
  | { kind: 'intent'; at: number; attempt: Attempt; n: number }
  | { kind: 'answer'; at: number; attempt: Attempt }
  | { kind: 'evidence'; at: number; attempt: Attempt }
  | { kind: 'look'; at: number; attempt: Attempt }
  | { kind: 'change'; at: number; change: Change };

const ORDER: Readonly<Record<Entry['kind'], number>> = { intent: 0, answer: 1, evidence: 2, change: 3, look: 4 };

/** Intents, answers, evidence, looks to come and changes of state as one list, oldest first. */
export function entriesOf(box: Box): Entry[] {
  const entries: Entry[] = [];
  box.attempts.forEach((attempt, i) => {
    entries.push({ kind: 'intent', at: attempt.startedAt, attempt, n: i + 1 });
    if (attempt.endedAt !== null) entries.push({ kind: 'answer', at: attempt.endedAt, attempt });
    if (attempt.evidence) entries.push({ kind: 'evidence', at: attempt.evidence.at, attempt });
    if (attempt.nextLookAt !== null) entries.push({ kind: 'look', at: attempt.nextLookAt, attempt });
  });
  for (const change of box.history) entries.push({ kind: 'change', at: change.at, change });
  return entries.sort((a, b) => a.at - b.at || ORDER[a.kind] - ORDER[b.kind]);
}
