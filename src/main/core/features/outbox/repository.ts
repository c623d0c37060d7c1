import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../../../shared/contract/errors.ts';
import { OUTBOX_ACTIONS, OUTBOX_STATES, type OutboxAction } from '../../../../shared/contract/sync.ts';
import { type Db, defineStatements, type Row } from '../../db/db.ts';

const q = defineStatements('outbox', {
  get: 'SELECT * FROM outbox WHERE id = :id',
  waitingFor: "SELECT * FROM outbox WHERE account_id = :accountId AND topic = :topic AND post_id = :postId AND state = 'waiting'",
  sendingFor: "SELECT * FROM outbox WHERE account_id = :accountId AND topic = :topic AND post_id = :postId AND state = 'sending'",
  insert: `INSERT INTO outbox (id, account_id, action, topic, post_id, state, position, created_at)
    VALUES (:id, :accountId, :action, :topic, :postId, 'waiting', (SELECT coalesce(max(position), 0) + 1 FROM outbox), :now)`,
  write: `UPDATE outbox SET state = :state, position = :position, tries = :tries, next_try_at = :nextTryAt, reason_code = :reasonCode, reason_params = :reasonParams, ended_at = :endedAt WHERE id = :id`,
  open: "SELECT * FROM outbox WHERE state IN ('waiting','sending') ORDER BY position, id",
  ended: 'SELECT * FROM outbox WHERE ended_at IS NOT NULL ORDER BY ended_at DESC, id LIMIT :limit',
  doubtful: "SELECT * FROM outbox WHERE state = 'cancelled' AND ended_at IS NOT NULL AND next_try_at IS NOT NULL ORDER BY ended_at, id",
  trim: 'DELETE FROM outbox WHERE ended_at < :before',
});
const rowSchema = z.object({
  id: z.string(), account_id: z.string(), action: z.enum(OUTBOX_ACTIONS), topic: z.string(), post_id: z.string(), state: z.enum(OUTBOX_STATES), position: z.number(), tries: z.number(), next_try_at: z.number().nullable(),
  reason_code: z.string().nullable(), reason_params: z.string().nullable(), created_at: z.number(), ended_at: z.number().nullable(),
});
const paramsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).catch({});

export interface StoredEntry {
  id: string; accountId: string; action: OutboxAction; topic: string; postId: string; state: (typeof OUTBOX_STATES)[number]; position: number; tries: number; nextTryAt: number | null;
  reason: { code: string; params: Record<string, string | number | boolean> } | null; createdAt: number; endedAt: number | null;
}
function fromRow(raw: Row): StoredEntry {
  const row = rowSchema.parse(raw);
  return {
    id: row.id, accountId: row.account_id, action: row.action, topic: row.topic, postId: row.post_id, state: row.state, position: row.position, tries: row.tries, nextTryAt: row.next_try_at,
    reason: row.reason_code === null ? null : { code: row.reason_code, params: paramsSchema.parse(JSON.parse(row.reason_params ?? '{}')) }, createdAt: row.created_at, endedAt: row.ended_at,
  };
}

/** Outbox rows; one waits for each account, topic and post. */
export class OutboxRepository {
  private readonly db: Db;
  constructor(db: Db) {
    this.db = db;
  }
  find(id: string): StoredEntry | null {
    const row = this.db.get(q.get, { id });
    return row ? fromRow(row) : null;
  }
  /** Throws AppError `not_found`. */
  need(id: string): StoredEntry {
    const found = this.find(id);
    if (!found) throw new AppError('not_found', { what: 'outbox entry' });
    return found;
  }
  waitingFor(accountId: string, topic: string, postId: string): StoredEntry | null {
    const row = this.db.get(q.waitingFor, { accountId, topic, postId });
    return row ? fromRow(row) : null;
  }
  sendingFor(accountId: string, topic: string, postId: string): StoredEntry | null {
    const row = this.db.get(q.sendingFor, { accountId, topic, postId });
    return row ? fromRow(row) : null;
  }
  insert(entry: { accountId: string; action: OutboxAction; topic: string; postId: string }, now: number): StoredEntry {
    const id = randomUUID();
    this.db.run(q.insert, { id, ...entry, now });
    return this.need(id);
  }
  write(entry: StoredEntry): StoredEntry {
    this.db.run(q.write, {
      id: entry.id, state: entry.state, position: entry.position, tries: entry.tries, nextTryAt: entry.nextTryAt, reasonCode: entry.reason?.code ?? null,
      reasonParams: entry.reason ? JSON.stringify(entry.reason.params) : null, endedAt: entry.endedAt,
    });
    return entry;
  }
  /** Waiting or on the wire, in order. */
  open(): StoredEntry[] {
    return this.db.all(q.open).map(fromRow);
  }
  ended(limit: number): StoredEntry[] {
    return this.db.all(q.ended, { limit }).map(fromRow);
  }
  /** Taken out although X may have carried it out, and not looked at yet. */
  doubtful(): StoredEntry[] {
    return this.db.all(q.doubtful).map(fromRow);
  }
  /**
   * Back among what waits, unless a newer wish on the same thing waits already: that one is the last word. Either way X may
   * have been told, so that the opposite wish is not taken for one that nobody knows of.
   */
  putBack(entry: StoredEntry, now: number): StoredEntry {
    const newer = this.waitingFor(entry.accountId, entry.topic, entry.postId);
    if (!newer || newer.id === entry.id) return this.write({ ...entry, state: 'waiting' });
    this.write({ ...newer, tries: Math.max(1, newer.tries) });
    return this.write({ ...entry, state: 'cancelled', nextTryAt: null, endedAt: now, reason: { code: 'overtaken', params: {} } });
  }
  /** What was on the wire when the program ended is asked for again: every action may be. */
  recover(now: number): void {
    for (const entry of this.open()) if (entry.state === 'sending') this.putBack({ ...entry, tries: entry.tries + 1, reason: { code: 'interrupted', params: { perhaps: true } } }, now);
  }
  trim(before: number): void {
    this.db.run(q.trim, { before });
  }
}
