import { z } from 'zod';
import { AppError, ERROR_CODES } from '../../../../shared/contract/errors.ts';
import type { Feed } from '../../../../shared/contract/sources.ts';
import { canonicalUrl } from '../../../../shared/domain/tierByLink.ts';
import { type Db, defineStatements } from '../../db/db.ts';
import type { Marks } from './feedFetch.ts';

const FIELDS = `f.*, (SELECT count(DISTINCT e.item_id) FROM feed_entries e JOIN items i ON i.id = e.item_id AND i.deleted_at IS NULL WHERE e.feed_id = f.id) AS items`;
const q = defineStatements('feeds', {
  list: `SELECT ${FIELDS} FROM feeds f WHERE f.account_id = :accountId AND f.deleted_at IS NULL ORDER BY f.title COLLATE NOCASE, f.id`,
  get: `SELECT ${FIELDS} FROM feeds f WHERE f.id = :id`,
  byAddress: `SELECT ${FIELDS} FROM feeds f WHERE f.account_id = :accountId AND f.canonical = :canonical`,
  due: 'SELECT id FROM feeds WHERE deleted_at IS NULL AND (next_at <= :now OR next_at > :far) ORDER BY next_at',
  next: 'SELECT min(CASE WHEN next_at > :far THEN 0 ELSE next_at END) AS at FROM feeds WHERE deleted_at IS NULL',
  put: `INSERT INTO feeds (id, account_id, url, canonical, title, theme, tier, etag, last_modified, read_at, fresh, error, failures, next_at, created_at, deleted_at)
    VALUES (:id, :accountId, :url, :canonical, :title, :theme, :tier, :etag, :lastModified, :readAt, :fresh, :error, :failures, :nextAt, :createdAt, :deletedAt)
    ON CONFLICT (id) DO UPDATE SET title = excluded.title, theme = excluded.theme, tier = excluded.tier, etag = excluded.etag, last_modified = excluded.last_modified, read_at = excluded.read_at,
      fresh = excluded.fresh, error = excluded.error, failures = excluded.failures, next_at = excluded.next_at, deleted_at = excluded.deleted_at`,
  drop: 'DELETE FROM feeds WHERE id = :id',
  /** Of any feed of the account: what one brought and the user removed no other brings back. */
  seen: 'SELECT e.key, e.item_id FROM feed_entries e JOIN feeds f ON f.id = e.feed_id WHERE f.account_id = :accountId AND e.key IN (SELECT value FROM json_each(:keys)) AND (e.feed_id = :feedId OR e.key LIKE \'url %\') LIMIT 1',
  saw: 'INSERT OR IGNORE INTO feed_entries (feed_id, key, item_id) VALUES (:feedId, :key, :itemId)',
  forget: 'DELETE FROM feed_entries WHERE feed_id = :feedId AND item_id = :itemId',
  renameItems: "UPDATE items SET source_name = :name WHERE source_kind = 'feed' AND id IN (SELECT item_id FROM feed_entries WHERE feed_id = :id)",
});
const errorSchema = z.object({ code: z.enum(ERROR_CODES), params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])) });
const rowSchema = z.object({
  id: z.string(), account_id: z.string(), url: z.string(), title: z.string(), theme: z.string(), tier: z.string(), etag: z.string().nullable(), last_modified: z.string().nullable(), read_at: z.number().nullable(), fresh: z.number(),
  error: z.string().nullable(), failures: z.number(), next_at: z.number(), created_at: z.number(), deleted_at: z.number().nullable(), items: z.number(),
});

export type StoredFeed = Feed & Marks & { failures: number; createdAt: number; deletedAt: number | null };

function fromRow(raw: unknown): StoredFeed {
  const row = rowSchema.parse(raw);
  return {
    id: row.id, accountId: row.account_id, url: row.url, title: row.title, theme: row.theme, tier: row.tier, etag: row.etag, lastModified: row.last_modified, readAt: row.read_at, fresh: row.fresh,
    error: row.error === null ? null : errorSchema.parse(JSON.parse(row.error)), failures: row.failures, nextAt: row.next_at, createdAt: row.created_at, deletedAt: row.deleted_at, items: row.items,
  };
}

/** Feeds, and which of their entries were seen. Writes are in the caller's transaction. */
export class FeedsRepository {
  private readonly db: Db;
  constructor(db: Db) {
    this.db = db;
  }
  list(accountId: string): StoredFeed[] {
    return this.db.all(q.list, { accountId }).map(fromRow);
  }
  /** Also one that was removed. */
  stored(id: string): StoredFeed | null {
    const raw = this.db.get(q.get, { id });
    return raw ? fromRow(raw) : null;
  }
  /** Throws AppError `not_found`. */
  need(id: string): StoredFeed {
    const found = this.stored(id);
    if (!found || found.deletedAt !== null) throw new AppError('not_found', { what: 'feed' });
    return found;
  }
  /** Also one that was removed: added again it knows what it saw. */
  byAddress(accountId: string, url: string): StoredFeed | null {
    const raw = this.db.get(q.byAddress, { accountId, canonical: canonicalUrl(url) ?? url });
    return raw ? fromRow(raw) : null;
  }
  /** Also those that are put off beyond `far`. */
  due(now: number, far: number): string[] {
    return this.db.all(q.due, { now, far }).map((row) => String(row['id']));
  }
  /** When the next one is to be read, epoch ms; null without any. */
  nextAt(far: number): number | null {
    const at = this.db.get(q.next, { far })?.['at'];
    return typeof at === 'number' ? at : null;
  }
  put(feed: StoredFeed): StoredFeed {
    const { items: _, error, ...rest } = feed;
    this.db.run(q.put, { ...rest, canonical: canonicalUrl(feed.url) ?? feed.url, error: error === null ? null : JSON.stringify(error) });
    const stored = this.stored(feed.id);
    if (!stored) throw new Error('a feed that was not written');
    return stored;
  }
  /** As if it had never been there. */
  drop(id: string): void {
    this.db.run(q.drop, { id });
  }
  /** Was an entry seen before, under any of its keys? Its item, where it still has one. */
  seen(feed: { id: string; accountId: string }, keys: readonly string[]): { itemId: string | null } | null {
    const row = this.db.get(q.seen, { accountId: feed.accountId, feedId: feed.id, keys: JSON.stringify(keys) });
    if (!row) return null;
    return { itemId: typeof row['item_id'] === 'string' ? row['item_id'] : null };
  }
  saw(feedId: string, keys: readonly string[], itemId: string | null): void {
    for (const key of keys) this.db.run(q.saw, { feedId, key, itemId });
  }
  /** As if it had not seen what became these items. */
  forget(feedId: string, itemIds: readonly string[]): void {
    for (const itemId of itemIds) this.db.run(q.forget, { feedId, itemId });
  }
  /** What a feed brought is called as it is. */
  renameItems(id: string, name: string): void {
    this.db.run(q.renameItems, { id, name });
  }
}
