import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { CASE_KINDS, CASE_STATES, type CaseKind, type CaseState, OUTCOMES, type Outcome } from '../../../../shared/domain/inbox.ts';
import type { PostMark } from '../../../../shared/contract/inbox.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import { type Db, defineStatements, type Row } from '../../db/db.ts';

const q = defineStatements('cases', {
  get: 'SELECT * FROM cases WHERE id = :id',
  find: 'SELECT * FROM cases WHERE account_id = :accountId AND conversation_id = :conversationId AND person_id = :personId',
  insert: `INSERT INTO cases (id, account_id, person_id, conversation_id, state, kind, kind_by, summoned, last_message_id, last_message_at, created_at, updated_at)
    VALUES (:id, :accountId, :personId, :conversationId, 'new', :kind, :kindBy, :summoned, :messageId, :messageAt, :now, :now)`,
  write: `UPDATE cases SET state = :state, kind = :kind, kind_by = :kindBy, high = :high, labels = :labels, outcome = :outcome, note = :note, summoned = :summoned, owed_since = :owedSince, due_at = :dueAt,
    overdue_said = :overdueSaid, snoozed_until = :snoozedUntil, last_message_id = :lastMessageId, last_message_at = :lastMessageAt, revision = revision + 1, updated_at = :now WHERE id = :id`,
  attend: `SELECT * FROM cases WHERE account_id = :accountId AND state IN ('new','open') AND (:kind IS NULL OR kind = :kind)
    AND (:label IS NULL OR EXISTS (SELECT 1 FROM json_each(labels) WHERE value = :label)) ORDER BY due_at IS NULL, due_at, high DESC, CASE WHEN due_at IS NULL THEN -last_message_at ELSE last_message_at END LIMIT :limit`,
  inState: `SELECT * FROM cases WHERE account_id = :accountId AND state = :state AND (:kind IS NULL OR kind = :kind)
    AND (:label IS NULL OR EXISTS (SELECT 1 FROM json_each(labels) WHERE value = :label)) ORDER BY last_message_at DESC LIMIT :limit`,
  counts: 'SELECT state, count(*) AS n FROM cases WHERE account_id = :accountId GROUP BY state',
  overdueCount: "SELECT count(*) AS n FROM cases WHERE account_id = :accountId AND state IN ('new','open') AND due_at <= :now",
  labels: 'SELECT DISTINCT each.value AS label FROM cases, json_each(cases.labels) each WHERE cases.account_id = :accountId ORDER BY 1',
  owed: 'SELECT * FROM cases WHERE account_id = :accountId AND owed_since IS NOT NULL',
  ofPerson: 'SELECT * FROM cases WHERE account_id = :accountId AND person_id = :personId ORDER BY last_message_at DESC LIMIT 200',
  addMessage: 'INSERT OR IGNORE INTO case_messages (case_id, post_id, direction, at, seen_at, took_minutes) VALUES (:caseId, :postId, :direction, :at, :seenAt, :took)',
  messages: 'SELECT post_id, direction, at, seen_at, took_minutes FROM case_messages WHERE case_id = :caseId ORDER BY at, length(post_id), post_id',
  lastIn: "SELECT post_id, at FROM case_messages WHERE case_id = :caseId AND direction = 'in' ORDER BY at DESC, length(post_id) DESC, post_id DESC LIMIT 1",
  /** The person's last message of each of these cases. */
  lastIns: `SELECT w.value AS case_id, (SELECT m.post_id FROM case_messages m WHERE m.case_id = w.value AND m.direction = 'in' ORDER BY m.at DESC, length(m.post_id) DESC, m.post_id DESC LIMIT 1) AS post_id
    FROM json_each(:ids) w`,
  marks: `SELECT w.value AS post_id, c.id, c.kind, c.state, c.due_at, c.snoozed_until,
    (SELECT e.at FROM case_events e WHERE e.case_id = c.id AND e.type IN ('done','waits','replied','routed','answeredElsewhere','answeredByHand') ORDER BY e.id DESC LIMIT 1) AS settled_at,
    (SELECT e.type FROM case_events e WHERE e.case_id = c.id AND e.type IN ('done','waits','replied','routed','answeredElsewhere','answeredByHand') ORDER BY e.id DESC LIMIT 1) AS settled_by,
    EXISTS (SELECT 1 FROM case_replies r JOIN publications p ON p.id = r.publication_id WHERE r.case_id = c.id AND r.becomes IS NOT NULL AND p.state IN ('scheduled','sending','retry_wait')) AS unsent
    FROM json_each(:ids) w CROSS JOIN case_messages m ON m.post_id = w.value AND m.direction = 'in' CROSS JOIN cases c ON c.id = m.case_id AND c.account_id = :accountId`,
  /** Posts by somebody who has a case. */
  known: `SELECT w.value AS post_id FROM json_each(:ids) w CROSS JOIN posts p ON p.origin = :origin AND p.id = w.value
    WHERE EXISTS (SELECT 1 FROM cases c WHERE c.account_id = :accountId AND c.person_id = p.author_id)`,
  took: `SELECT m.took_minutes FROM case_messages m JOIN cases c ON c.id = m.case_id WHERE m.took_minutes IS NOT NULL AND m.at >= :from AND c.account_id = :accountId`,
  addEvent: 'INSERT INTO case_events (case_id, at, type, by, params) VALUES (:caseId, :at, :type, :by, :params)',
  events: 'SELECT at, type, by, params FROM case_events WHERE case_id = :caseId ORDER BY id',
  /** What the clock looks at next: a snooze that ends, an answer that becomes overdue. */
  nextAt: `SELECT min(at) AS at FROM (SELECT min(snoozed_until) AS at FROM cases WHERE snoozed_until IS NOT NULL UNION ALL SELECT min(due_at) FROM cases WHERE due_at IS NOT NULL AND overdue_said = 0)`,
  toWake: 'SELECT * FROM cases WHERE snoozed_until IS NOT NULL AND snoozed_until <= :now',
  toSay: 'SELECT * FROM cases WHERE due_at IS NOT NULL AND overdue_said = 0 AND due_at <= :now',
  tie: `INSERT INTO case_replies (publication_id, case_id, becomes, owed_since) VALUES (:publicationId, :caseId, :becomes, :owedSince)
    ON CONFLICT (publication_id) DO UPDATE SET becomes = excluded.becomes, owed_since = excluded.owed_since, told = ''`,
  untie: 'DELETE FROM case_replies WHERE publication_id = :publicationId',
  tied: 'SELECT publication_id, case_id, becomes, owed_since, told FROM case_replies WHERE publication_id = :publicationId',
  tiedTo: 'SELECT publication_id, case_id, becomes, owed_since, told FROM case_replies WHERE case_id = :caseId',
  tell: 'UPDATE case_replies SET told = :told WHERE publication_id = :publicationId',
});

/** Behind the chips of a column's cards, for their plans. */
export const MARKS_SQL = { marks: q.marks, known: q.known };

const rowSchema = z.object({
  id: z.string(), account_id: z.string(), person_id: z.string(), conversation_id: z.string(), state: z.enum(CASE_STATES), kind: z.enum(CASE_KINDS), kind_by: z.enum(['guess', 'rule', 'user']), high: z.number(),
  labels: z.string(), outcome: z.enum(OUTCOMES).nullable(), note: z.string(), summoned: z.number(), owed_since: z.number().nullable(), due_at: z.number().nullable(), overdue_said: z.number(), snoozed_until: z.number().nullable(),
  last_message_id: z.string(), last_message_at: z.number(), revision: z.number(),
});
const labelsSchema = z.array(z.string()).catch([]);
const messageRow = z.object({ post_id: z.string(), direction: z.enum(['in', 'out']), at: z.number(), seen_at: z.number(), took_minutes: z.number().nullable() });
const markRow = z.object({
  post_id: z.string(), id: z.string(), kind: z.enum(CASE_KINDS), state: z.enum(CASE_STATES), due_at: z.number().nullable(), snoozed_until: z.number().nullable(), settled_at: z.number().nullable(), settled_by: z.string().nullable(), unsent: z.number(),
});
const eventRow = z.object({ at: z.number(), type: z.string(), by: z.enum(['user', 'rule', 'app']), params: z.string() });
const paramsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).catch({});
const tieRow = z.object({ publication_id: z.string(), case_id: z.string(), becomes: z.enum(['waiting', 'done']).nullable(), owed_since: z.number().nullable(), told: z.string() });

/** A case as it is stored; instants epoch ms. */
export interface StoredCase {
  id: string; accountId: string; personId: string; conversationId: string;
  state: CaseState; kind: CaseKind; kindBy: 'guess' | 'rule' | 'user'; high: boolean; labels: string[]; outcome: Outcome | null; note: string;
  /** Somebody addressed us in it: the API may answer. */
  summoned: boolean;
  owedSince: number | null; dueAt: number | null; overdueSaid: boolean; snoozedUntil: number | null;
  lastMessageId: string; lastMessageAt: number; revision: number;
}
export interface CaseMessage { postId: string; direction: 'in' | 'out'; at: number; seenAt: number; tookMinutes: number | null }
export type EventParams = Record<string, string | number | boolean>;
/** A publication that answers in a case; `becomes` is null while it is only being written. */
export interface Tie { publicationId: string; caseId: string; becomes: 'waiting' | 'done' | null; /** What was owed when it was sent, epoch ms. */ owedSince: number | null; told: string }

function fromRow(raw: Row): StoredCase {
  const row = rowSchema.parse(raw);
  return {
    id: row.id, accountId: row.account_id, personId: row.person_id, conversationId: row.conversation_id, state: row.state, kind: row.kind, kindBy: row.kind_by, high: row.high === 1,
    labels: labelsSchema.parse(JSON.parse(row.labels)), outcome: row.outcome, note: row.note, summoned: row.summoned === 1, owedSince: row.owed_since, dueAt: row.due_at, overdueSaid: row.overdue_said === 1,
    snoozedUntil: row.snoozed_until, lastMessageId: row.last_message_id, lastMessageAt: row.last_message_at, revision: row.revision,
  };
}
const tieOf = (raw: Row): Tie => {
  const row = tieRow.parse(raw);
  return { publicationId: row.publication_id, caseId: row.case_id, becomes: row.becomes, owedSince: row.owed_since, told: row.told };
};

/** Cases, what was said in them and what happened to them. */
export class CasesRepository {
  private readonly db: Db;
  constructor(db: Db) {
    this.db = db;
  }
  get(id: string): StoredCase | null {
    const row = this.db.get(q.get, { id });
    return row ? fromRow(row) : null;
  }
  /** Throws AppError `not_found`. */
  need(id: string): StoredCase {
    const found = this.get(id);
    if (!found) throw new AppError('not_found', { what: 'case' });
    return found;
  }
  find(accountId: string, conversationId: string, personId: string): StoredCase | null {
    const row = this.db.get(q.find, { accountId, conversationId, personId });
    return row ? fromRow(row) : null;
  }
  create(input: { accountId: string; personId: string; conversationId: string; kind: CaseKind; kindBy: StoredCase['kindBy']; summoned: boolean; messageId: string; messageAt: number }, now: number): StoredCase {
    const id = randomUUID();
    this.db.run(q.insert, { ...input, id, summoned: input.summoned ? 1 : 0, now });
    return this.need(id);
  }
  /** Writes every field of a case and raises its revision. */
  write(row: StoredCase, now: number): StoredCase {
    this.db.run(q.write, {
      id: row.id, state: row.state, kind: row.kind, kindBy: row.kindBy, high: row.high ? 1 : 0, labels: JSON.stringify(row.labels), outcome: row.outcome, note: row.note, summoned: row.summoned ? 1 : 0,
      owedSince: row.owedSince, dueAt: row.dueAt, overdueSaid: row.overdueSaid ? 1 : 0, snoozedUntil: row.snoozedUntil, lastMessageId: row.lastMessageId, lastMessageAt: row.lastMessageAt, now,
    });
    return { ...row, revision: row.revision + 1 };
  }
  list(filter: { accountId: string; view: 'attend' | CaseState; kind: string | null; label: string | null; limit: number }): StoredCase[] {
    const { view, ...rest } = filter;
    return (view === 'attend' ? this.db.all(q.attend, rest) : this.db.all(q.inState, { ...rest, state: view })).map(fromRow);
  }
  counts(accountId: string, now: number): { states: Map<string, number>; overdue: number } {
    const states = new Map(this.db.all(q.counts, { accountId }).map((row) => [String(row['state']), Number(row['n'])]));
    return { states, overdue: Number(this.db.get(q.overdueCount, { accountId, now })?.['n'] ?? 0) };
  }
  labels(accountId: string): string[] {
    return this.db.all(q.labels, { accountId }).map((row) => String(row['label']));
  }
  /** Cases in which somebody waits for us. */
  owed(accountId: string): StoredCase[] {
    return this.db.all(q.owed, { accountId }).map(fromRow);
  }
  ofPerson(accountId: string, personId: string): StoredCase[] {
    return this.db.all(q.ofPerson, { accountId, personId }).map(fromRow);
  }
  /** False when it was there already. */
  addMessage(message: { caseId: string; postId: string; direction: 'in' | 'out'; at: number; seenAt: number; took?: number | null }): boolean {
    return this.db.run(q.addMessage, { ...message, took: message.took ?? null }).changes > 0;
  }
  messages(caseId: string): CaseMessage[] {
    return this.db.all(q.messages, { caseId }).map((raw) => {
      const row = messageRow.parse(raw);
      return { postId: row.post_id, direction: row.direction, at: row.at, seenAt: row.seen_at, tookMinutes: row.took_minutes };
    });
  }
  lastIn(caseId: string): { postId: string; at: number } | null {
    const row = this.db.get(q.lastIn, { caseId });
    return row ? { postId: String(row['post_id']), at: Number(row['at']) } : null;
  }
  /** The person's last message of each case, by case. */
  lastIns(caseIds: readonly string[]): Map<string, string> {
    return new Map(this.db.all(q.lastIns, { ids: JSON.stringify(caseIds) }).flatMap((row) => (row['post_id'] === null ? [] : [[String(row['case_id']), String(row['post_id'])] as const])));
  }
  /** The cases that posts belong to, in one look, and the posts whose author has a case. */
  marks(account: { id: string; origin: string }, postIds: readonly string[]): { marks: PostMark[]; known: string[] } {
    const place = { accountId: account.id, ids: JSON.stringify([...new Set(postIds)]) };
    const marks = this.db.all(q.marks, place).map((raw): PostMark => {
      const row = markRow.parse(raw);
      const settled = row.state === 'done' || row.state === 'waiting';
      return {
        postId: row.post_id, caseId: row.id, kind: row.kind, state: row.state, dueAt: row.due_at, snoozedUntil: row.snoozed_until, settledAt: settled ? row.settled_at : null,
        answered: row.state === 'waiting' && row.settled_by !== 'waits', unsent: row.unsent === 1,
      };
    });
    return { marks, known: this.db.all(q.known, { ...place, origin: account.origin }).map((row) => String(row['post_id'])) };
  }
  took(accountId: string, from: number): number[] {
    return this.db.all(q.took, { accountId, from }).map((row) => Number(row['took_minutes']));
  }
  addEvent(caseId: string, at: number, type: string, by: 'user' | 'rule' | 'app', params: EventParams = {}): void {
    this.db.run(q.addEvent, { caseId, at, type, by, params: JSON.stringify(params) });
  }
  events(caseId: string): { at: number; type: string; by: 'user' | 'rule' | 'app'; params: EventParams }[] {
    return this.db.all(q.events, { caseId }).map((raw) => {
      const row = eventRow.parse(raw);
      return { at: row.at, type: row.type, by: row.by, params: paramsSchema.parse(JSON.parse(row.params)) };
    });
  }
  nextAt(): number | null {
    const at = this.db.get(q.nextAt)?.['at'];
    return typeof at === 'number' ? at : null;
  }
  toWake(now: number): StoredCase[] {
    return this.db.all(q.toWake, { now }).map(fromRow);
  }
  toSay(now: number): StoredCase[] {
    return this.db.all(q.toSay, { now }).map(fromRow);
  }
  tie(publicationId: string, caseId: string, becomes: Tie['becomes'], owedSince: number | null): void {
    this.db.run(q.tie, { publicationId, caseId, becomes, owedSince });
  }
  untie(publicationId: string): void {
    this.db.run(q.untie, { publicationId });
  }
  tied(publicationId: string): Tie | null {
    const row = this.db.get(q.tied, { publicationId });
    return row ? tieOf(row) : null;
  }
  tiedTo(caseId: string): Tie[] {
    return this.db.all(q.tiedTo, { caseId }).map(tieOf);
  }
  /** Remembers which state of an answer was told in its case. */
  tell(publicationId: string, told: string): void {
    this.db.run(q.tell, { publicationId, told });
  }
}
