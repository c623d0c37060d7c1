import { z } from 'zod';
import { figuresSchema } from '../../../../shared/contract/publications.ts';
import { METRIC_DAYS, METRIC_REASONS, type MetricDay, metricDay, metricDueAt, type MetricReason, metricSpan } from '../../../../shared/domain/measurement.ts';
import { type Db, defineStatements } from '../../db/db.ts';
import type { RemoteMetrics } from '../../network/port.ts';

/** Requests of one reading whose answer was never written, as when the program ended meanwhile: after so many it is left, since each may have been paid. */
const MOST_ASKED = 2;
const DONE = `(SELECT max(m.stage) FROM post_metrics m WHERE m.publication_id = p.id AND (m.read_at IS NOT NULL OR m.asked >= ${MOST_ASKED})) AS done`;
const OURS = "p.account_id = :accountId AND p.kind = 'post' AND p.deleted_at IS NULL AND p.removed_at IS NULL";
const OUT = "p.state IN ('posted','partial') AND p.sent_at > :from AND p.remote_id IS NOT NULL";

const q = defineStatements('postMetrics', {
  out: `SELECT p.id, p.remote_id, p.sent_at, ${DONE} FROM publications p WHERE ${OURS} AND ${OUT} AND p.sent_at <= :to ORDER BY p.sent_at, p.id`,
  /** Posts that are out, or will be by then. */
  ahead: `SELECT p.sent_at AS at, ${DONE} FROM publications p WHERE ${OURS} AND ${OUT}
    UNION ALL SELECT p.due_at, NULL FROM publications p WHERE ${OURS} AND p.state IN ('scheduled','retry_wait','held') AND p.sent_at IS NULL AND p.via = 'api' AND p.due_at < :to`,
  of: 'SELECT stage, asked, read_at, figures, usd_low, usd_high, reason FROM post_metrics WHERE publication_id = :id',
  ask: `INSERT INTO post_metrics (publication_id, stage, due_at, asked) VALUES (:id, :day, :dueAt, 1)
    ON CONFLICT (publication_id, stage) DO UPDATE SET asked = asked + 1`,
  failed: 'UPDATE post_metrics SET asked = max(0, asked - 1), reason = :reason WHERE publication_id = :id AND stage = :day',
  wait: `INSERT INTO post_metrics (publication_id, stage, due_at, reason) VALUES (:id, :day, :dueAt, :reason)
    ON CONFLICT (publication_id, stage) DO UPDATE SET reason = excluded.reason WHERE reason IS NOT excluded.reason`,
  read: 'UPDATE post_metrics SET read_at = :now, figures = :figures, usd_low = :low, usd_high = :high, reason = :reason WHERE publication_id = :id AND stage = :day',
});
const dayOf = z.literal([...METRIC_DAYS]);
const outRow = z.object({ id: z.string(), remote_id: z.string(), sent_at: z.number(), done: z.number().nullable() });
const aheadRow = z.object({ at: z.number(), done: z.number().nullable() });
const keptRow = z.object({ stage: dayOf, asked: z.number(), read_at: z.number().nullable(), figures: z.string().nullable(), usd_low: z.number(), usd_high: z.number(), reason: z.enum(METRIC_REASONS).nullable() });

/** A reading that is due. */
export interface Due {
  id: string;
  remoteId: string;
  day: MetricDay;
  dueAt: number;
}
/** What is known of one reading. */
export interface Kept {
  day: MetricDay;
  readAt: number | null;
  figures: z.infer<typeof figuresSchema> | null;
  usd: { low: number; high: number };
  reason: MetricReason | null;
  /** It was asked for as often as it may be, and no answer was written. */
  givenUp: boolean;
}
/** A reason that a row can have: that a reading is late is seen by its time. */
export type StoredReason = Exclude<MetricReason, 'late'>;

/** Figures that a row says; what cannot be read of them counts as not known. */
function figuresOf(stored: string | null): Kept['figures'] {
  const parsed = figuresSchema.safeParse(stored === null ? null : JSON.parse(stored));
  return parsed.success ? parsed.data : null;
}

/** What was read of own posts' public figures, a row for each post and age. Writes are in the caller's transaction. */
export class PostMetricsRepository {
  private readonly db: Db;
  constructor(db: Db) {
    this.db = db;
  }
  /** What is to be read of an account's posts by now, the oldest post first. */
  due(accountId: string, now: number): Due[] {
    return this.db.all(q.out, { accountId, ...metricSpan(now) }).flatMap((raw) => {
      const row = outRow.parse(raw);
      const day = metricDay(row.sent_at, now);
      return day === null || day <= (row.done ?? 0) ? [] : [{ id: row.id, remoteId: row.remote_id, day, dueAt: metricDueAt(row.sent_at, day) }];
    });
  }
  /** When posts of an account went out or will, to an instant, and the newest age of each that was read. */
  ahead(accountId: string, now: number, to: number): { at: number; done: number }[] {
    return this.db.all(q.ahead, { accountId, from: metricSpan(now).from, to }).map((raw) => {
      const row = aheadRow.parse(raw);
      return { at: row.at, done: row.done ?? 0 };
    });
  }
  of(publicationId: string): Kept[] {
    return this.db.all(q.of, { id: publicationId }).map((raw) => {
      const row = keptRow.parse(raw);
      return { day: row.stage, readAt: row.read_at, figures: figuresOf(row.figures), usd: { low: row.usd_low, high: row.usd_high }, reason: row.reason, givenUp: row.read_at === null && row.asked >= MOST_ASKED };
    });
  }
  /** Written before the request, so that a disk that takes nothing, or a program that ends, does not ask for it again and again. */
  ask({ id, day, dueAt }: Due): void {
    this.db.run(q.ask, { id, day, dueAt });
  }
  /** The request that was asked for brought nothing, and is known to be over. */
  failed({ id, day }: Due, reason: StoredReason): void {
    this.db.run(q.failed, { id, day, reason });
  }
  /** It is not asked for now. */
  wait({ id, day, dueAt }: Due, reason: StoredReason): void {
    this.db.run(q.wait, { id, day, dueAt, reason });
  }
  read({ id, day }: Due, now: number, metrics: RemoteMetrics, usd: { low: number; high: number }): void {
    const { likes, reposts, replies, quotes } = metrics;
    this.db.run(q.read, { id, day, now, figures: JSON.stringify({ views: metrics.views ?? null, likes, reposts, replies, quotes }), ...usd, reason: null });
  }
  /** The network answered, and had no figures of it. */
  nothing({ id, day }: Due, now: number, reason: 'gone' | 'silent'): void {
    this.db.run(q.read, { id, day, now, figures: null, low: 0, high: 0, reason });
  }
}
