import type { Publication } from '../../../shared/contract/publications.ts';
import type { OutboxAction, OutboxEntry } from '../../../shared/contract/sync.ts';
import { byTurn, LATE_GAP_MS, REPLY_GAP_MS } from '../../../shared/domain/publicationTime.ts';

/** What was found when the network came back and only the user can settle; shown first, in words. */
const CONFLICTS: ReadonlySet<string> = new Set(['answered_elsewhere', 'target_gone']);
/** An answer or a repost in one of these waits for a decision. */
const STUCK: ReadonlySet<Publication['state']> = new Set<Publication['state']>(['held', 'missed', 'paused', 'failed', 'needs_review']);

export type RowState = 'waiting' | 'sending' | 'decide' | 'review' | 'stuck' | 'doubt' | 'done' | 'failed' | 'out';
/** One thing that was asked for: an answer, a repost or a post (a publication), or a small act (an outbox entry). */
export interface OutboxRow {
  key: string;
  action: OutboxAction | Publication['kind'];
  state: RowState;
  username: string;
  excerpt: string;
  askedAt: number;
  /** When it ended, or came to need the user; null while it waits. */
  at: number | null;
  publication: Publication | null;
  entry: OutboxEntry | null;
}
export interface Outbox {
  /** What waits, needs the user, or went since the network came back, in the order in which it goes. */
  rows: OutboxRow[];
  conflicts: Publication[];
  /** What else ended, newest first. */
  earlier: OutboxRow[];
  done: number;
  failed: number;
  needYou: number;
  waiting: number;
  /** Of the time without the network that these waited for, or of their asking; null with nothing to show. */
  from: number | null;
  to: number | null;
}
export interface OutboxFacts {
  publications: readonly Publication[];
  entries: readonly OutboxEntry[];
  offlineSince: number | null;
  outage: { from: number; to: number } | null;
}

function stateOf(row: Publication): RowState | null {
  // What is planned is here only once its time is past.
  if (row.state === 'retry_wait' || row.state === 'scheduled') return 'waiting';
  if (row.kind === 'post') return null;
  if (row.state === 'sending') return 'sending';
  if (row.state === 'unknown') return 'doubt';
  if (row.state === 'posted') return 'done';
  if (row.state === 'cancelled') return 'out';
  if (!STUCK.has(row.state)) return null;
  if (CONFLICTS.has(row.reason?.code ?? '')) return 'decide';
  return row.reason?.code === 'reply_review' ? 'review' : 'stuck';
}
const ENTRY_STATES: Readonly<Record<OutboxEntry['state'], RowState>> = { waiting: 'waiting', sending: 'sending', done: 'done', failed: 'failed', cancelled: 'out' };
/** What the user is asked about. */
export const needsYou = (state: RowState): boolean => state === 'decide' || state === 'review' || state === 'stuck';
const isOver = (state: RowState): boolean => state === 'done' || state === 'failed' || state === 'out';

function rowsOf({ publications, entries }: OutboxFacts): OutboxRow[] {
  const rows: OutboxRow[] = [];
  for (const row of publications) {
    const state = stateOf(row);
    if (!state) continue;
    const at = state === 'waiting' || state === 'sending' ? null : state === 'done' ? (row.sentAt ?? row.updatedAt) : row.updatedAt;
    rows.push({ key: row.id, action: row.kind, state, username: row.target?.username ?? '', excerpt: row.text, askedAt: row.dueAt ?? row.createdAt, at, publication: row, entry: null });
  }
  for (const entry of entries) rows.push({ key: entry.id, action: entry.action, state: ENTRY_STATES[entry.state], username: entry.username, excerpt: entry.excerpt, askedAt: entry.createdAt, at: entry.endedAt, publication: null, entry });
  return rows;
}

/** Something other than the network stopped it, for a while: what comes after it goes before. */
const STOPS: ReadonlySet<string> = new Set(['rate_limited', 'budget', 'reauth', 'clock_off']);
export const isPutOff = (row: OutboxRow): boolean => row.entry?.state === 'waiting' && row.entry.nextTryAt !== null && STOPS.has(row.entry.reason?.code ?? '');

/** Acts go at once, one after the other; answers a few seconds apart, what else is late minutes apart: ms from now. */
function inSendingOrder(rows: readonly OutboxRow[]): OutboxRow[] {
  const entries = rows.filter((row) => row.entry !== null);
  const acts = entries.filter((row) => !isPutOff(row));
  const byAsked = (a: OutboxRow, b: OutboxRow): number => a.askedAt - b.askedAt || (a.key < b.key ? -1 : 1);
  const answers = rows.filter((row) => row.action === 'reply').toSorted((a, b) => (a.publication && b.publication ? byTurn(a.publication, b.publication) : 0));
  const others = rows.filter((row) => row.entry === null && row.action !== 'reply').toSorted(byAsked);
  const timed = [
    ...acts.map((row, i) => ({ row, in: i / 1000 })), ...entries.filter(isPutOff).map((row) => ({ row, in: Number.MAX_SAFE_INTEGER / 2 + (row.entry?.nextTryAt ?? 0) })), ...answers.map((row, i) => ({ row, in: 1 + i * REPLY_GAP_MS })), ...others.map((row, i) => ({ row, in: 2 + i * LATE_GAP_MS })),
  ];
  // One that is being tried keeps its place: with no network each is tried again and again, and a list that is read or worked through does not jump.
  return timed.toSorted((a, b) => a.in - b.in).map(({ row }) => row);
}

/** Answers and small acts as one list: what went since the network came back, what needs the user, what waits; and what ended before. */
export function outboxOf(facts: OutboxFacts): Outbox {
  const all = rowsOf(facts);
  const away = facts.offlineSince === null ? facts.outage : { from: facts.offlineSince, to: null };
  const ofThisTime = (row: OutboxRow): boolean => away !== null && row.askedAt >= away.from && (away.to === null || row.askedAt <= away.to) && (row.at ?? Infinity) >= (away.to ?? away.from);
  const byEnd = (a: OutboxRow, b: OutboxRow): number => (a.at ?? 0) - (b.at ?? 0) || (a.key < b.key ? -1 : 1);
  const ended = all.filter((row) => row.at !== null && (!isOver(row.state) || (row.state !== 'out' && ofThisTime(row)))).toSorted(byEnd);
  const rows = [...ended, ...inSendingOrder(all.filter((row) => row.at === null))];
  const shown = new Set(rows);
  const count = (test: (state: RowState) => boolean): number => rows.filter((row) => test(row.state)).length;
  const asked = rows.map((row) => row.askedAt);
  const known = away !== null && asked.some((at) => at >= away.from);
  return {
    rows,
    conflicts: rows.flatMap((row) => (row.state === 'decide' && row.publication ? [row.publication] : [])),
    earlier: all.filter((row) => !shown.has(row)).toSorted((a, b) => byEnd(b, a)),
    done: count((state) => state === 'done'), failed: count((state) => state === 'failed'), needYou: count(needsYou), waiting: count((state) => state === 'waiting' || state === 'sending' || state === 'doubt'),
    from: rows.length === 0 ? null : Math.min(...asked, ...(known ? [away.from] : [])),
    to: rows.length === 0 ? null : known ? away.to : Math.max(...asked),
  };
}
