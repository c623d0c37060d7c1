import { z } from 'zod';
import { type ColumnSource, columnSourceSchema, isNetworkSource, type NetworkSource } from '../../../../shared/contract/columns.ts';
import { type Db, defineStatements } from '../../db/db.ts';

/** Newest posts counted as unread, at most. */
const MOST_UNREAD = 999;

const q = defineStatements('columns', {
  list: 'SELECT * FROM columns ORDER BY position, id',
  get: 'SELECT * FROM columns WHERE id = :id',
  insert: `INSERT INTO columns (id, account_id, source_id, position, width, collapsed, seen_id, created_at)
    VALUES (:id, :accountId, :sourceId, :position, :width, :collapsed, CAST(:seenId AS INTEGER), :createdAt)`,
  remove: 'DELETE FROM columns WHERE id = :id',
  place: 'UPDATE columns SET position = :position WHERE id = :id',
  look: 'UPDATE columns SET width = :width, collapsed = :collapsed WHERE id = :id',
  seen: 'UPDATE columns SET seen_id = max(coalesce(seen_id, 0), CAST(:postId AS INTEGER)) WHERE id = :id',
  seenFirst: 'UPDATE columns SET seen_id = CAST(:postId AS INTEGER) WHERE source_id = :sourceId AND seen_id IS NULL',
  bySource: 'SELECT * FROM columns WHERE source_id = :sourceId ORDER BY position, id',
  unread: `SELECT count(*) AS n FROM (SELECT 1 FROM source_posts WHERE source_id = :sourceId AND sort_id > :seenId LIMIT ${MOST_UNREAD})`,
  since: 'SELECT count(*) AS n FROM source_posts WHERE source_id = :sourceId AND sort_id > CAST(:id AS INTEGER)',
  newSource: 'INSERT OR IGNORE INTO sources (account_id, kind, query) VALUES (:accountId, :kind, :query)',
  findSource: 'SELECT * FROM sources WHERE account_id = :accountId AND kind = :kind AND query = :query',
  source: 'SELECT * FROM sources WHERE id = :id',
  shown: 'SELECT DISTINCT s.* FROM sources s JOIN columns c ON c.source_id = s.id',
  refreshed: `UPDATE sources SET newest_id = coalesce(:newestId, newest_id), refreshed_at = :now, next_refresh_at = :next, error_code = NULL, error_since = NULL,
    resumes_at = NULL, failures = 0 WHERE id = :id`,
  failed: `UPDATE sources SET next_refresh_at = :next, error_code = :code, error_since = coalesce(error_since, :now), resumes_at = :resumesAt, failures = failures + 1 WHERE id = :id`,
  due: 'UPDATE sources SET next_refresh_at = :at WHERE id = :id',
  wakeAll: 'UPDATE sources SET next_refresh_at = NULL, resumes_at = NULL WHERE account_id = :accountId',
  addGap: 'INSERT INTO gaps (id, source_id, before_id, after_id, estimate) VALUES (:id, :sourceId, CAST(:beforeId AS INTEGER), CAST(:afterId AS INTEGER), :estimate)',
  gaps: 'SELECT id, CAST(before_id AS TEXT) AS before_id, CAST(after_id AS TEXT) AS after_id, estimate FROM gaps WHERE source_id = :sourceId ORDER BY before_id DESC',
  moveGap: 'UPDATE gaps SET before_id = CAST(:beforeId AS INTEGER), estimate = :estimate WHERE id = :id',
  dropGap: 'DELETE FROM gaps WHERE id = :id',
  hasPost: 'SELECT 1 AS yes FROM source_posts WHERE source_id = :sourceId AND sort_id = CAST(:id AS INTEGER)',
});

const bigId = z.union([z.number(), z.bigint()]).nullable().transform((id) => (id === null ? null : String(id)));
const columnRow = z.object({
  id: z.string(), account_id: z.string(), source_id: z.number(), position: z.number(), width: z.number(), collapsed: z.number(), created_at: z.number(),
});
const sourceRow = z.object({
  id: z.number(), account_id: z.string(), kind: z.enum(['home', 'mentions', 'own', 'search', 'scheduled']), query: z.string(), newest_id: z.string().nullable(),
  refreshed_at: z.number().nullable(), next_refresh_at: z.number().nullable(), error_code: z.string().nullable(), error_since: z.number().nullable(),
  resumes_at: z.number().nullable(), failures: z.number(),
});
const gapRow = z.object({ id: z.string(), before_id: z.string(), after_id: z.string(), estimate: z.number() });

export interface StoredColumn {
  id: string;
  accountId: string;
  sourceId: number;
  position: number;
  width: number;
  collapsed: boolean;
  seenId: string | null;
  createdAt: number;
}
export interface StoredSource {
  id: number;
  accountId: string;
  source: ColumnSource;
  newestId: string | null;
  refreshedAt: number | null;
  nextRefreshAt: number | null;
  error: { code: string; since: number; resumesAt: number | null } | null;
  failures: number;
}
export type StoredNetworkSource = StoredSource & { source: NetworkSource };
export interface Gap {
  id: string;
  beforeId: string;
  afterId: string;
  estimate: number;
}

const isOfNetwork = (source: StoredSource): source is StoredNetworkSource => isNetworkSource(source.source);

function sourceOf(raw: unknown): StoredSource {
  const row = sourceRow.parse(raw);
  return {
    id: row.id, accountId: row.account_id, source: columnSourceSchema.parse(row.kind === 'search' ? { kind: 'search', query: row.query } : { kind: row.kind }),
    newestId: row.newest_id, refreshedAt: row.refreshed_at, nextRefreshAt: row.next_refresh_at,
    error: row.error_code === null ? null : { code: row.error_code, since: row.error_since ?? 0, resumesAt: row.resumes_at }, failures: row.failures,
  };
}

/** Columns, what they show (sources) and what was not read (gaps). */
export class ColumnsRepository {
  private readonly db: Db;
  constructor(db: Db) {
    this.db = db;
  }
  /** Snowflakes are larger than a double holds, so this table's rows are read with 64-bit integers. */
  private columnOf(id: string): StoredColumn | null {
    const row = this.db.raw.prepare(q.get).safeIntegers(true).get({ id });
    return row ? toColumn(row) : null;
  }
  list(): StoredColumn[] {
    return this.db.raw.prepare(q.list).safeIntegers(true).all().map(toColumn);
  }
  get(id: string): StoredColumn | null {
    return this.columnOf(id);
  }
  bySource(sourceId: number): StoredColumn[] {
    return this.db.raw.prepare(q.bySource).safeIntegers(true).all({ sourceId }).map(toColumn);
  }
  insert(column: StoredColumn): void {
    this.db.run(q.insert, { ...column, collapsed: column.collapsed ? 1 : 0 });
  }
  remove(id: string): void {
    this.db.run(q.remove, { id });
  }
  setOrder(ids: readonly string[]): void {
    this.db.tx(() => ids.forEach((id, position) => this.db.run(q.place, { id, position })));
  }
  setLook(id: string, width: number, collapsed: boolean): void {
    this.db.run(q.look, { id, width, collapsed: collapsed ? 1 : 0 });
  }
  markSeen(id: string, postId: string): void {
    this.db.run(q.seen, { id, postId });
  }
  unread(column: StoredColumn): number {
    if (column.seenId === null) return 0;
    return Number(this.db.get(q.unread, { sourceId: column.sourceId, seenId: BigInt(column.seenId) })?.['n'] ?? 0);
  }
  /** Posts of the source with an id above this one. */
  countSince(sourceId: number, id: string): number {
    return Number(this.db.get(q.since, { sourceId, id })?.['n'] ?? 0);
  }

  source(accountId: string, source: ColumnSource): StoredSource {
    const key = { accountId, kind: source.kind, query: source.kind === 'search' ? source.query : '' };
    this.db.run(q.newSource, key);
    return sourceOf(this.db.get(q.findSource, key));
  }
  sourceById(id: number): StoredSource | null {
    const row = this.db.get(q.source, { id });
    return row ? sourceOf(row) : null;
  }
  /** Sources of a network that at least one column shows. */
  shownSources(): StoredNetworkSource[] {
    return this.db.all(q.shown).map(sourceOf).filter(isOfNetwork);
  }
  refreshed(id: number, newestId: string | null, now: number, next: number): void {
    this.db.run(q.refreshed, { id, newestId, now, next });
    if (newestId !== null) this.db.run(q.seenFirst, { sourceId: id, postId: newestId });
  }
  failed(id: number, code: string, now: number, next: number, resumesAt: number | null): void {
    this.db.run(q.failed, { id, code, now, next, resumesAt });
  }
  setDue(id: number, at: number | null): void {
    this.db.run(q.due, { id, at });
  }
  wakeAll(accountId: string): void {
    this.db.run(q.wakeAll, { accountId });
  }
  gaps(sourceId: number): Gap[] {
    return this.db.all(q.gaps, { sourceId }).map((raw) => {
      const row = gapRow.parse(raw);
      return { id: row.id, beforeId: row.before_id, afterId: row.after_id, estimate: row.estimate };
    });
  }
  addGap(sourceId: number, gap: Gap): void {
    this.db.run(q.addGap, { sourceId, ...gap });
  }
  moveGap(id: string, beforeId: string, estimate: number): void {
    this.db.run(q.moveGap, { id, beforeId, estimate });
  }
  dropGap(id: string): void {
    this.db.run(q.dropGap, { id });
  }
  hasPost(sourceId: number, id: string): boolean {
    return this.db.get(q.hasPost, { sourceId, id }) !== undefined;
  }
}

function toColumn(raw: unknown): StoredColumn {
  const row = Object.fromEntries(Object.entries(raw as Record<string, unknown>).map(([key, value]) => [key, typeof value === 'bigint' && key !== 'seen_id' ? Number(value) : value]));
  const parsed = columnRow.parse(row);
  return {
    id: parsed.id, accountId: parsed.account_id, sourceId: parsed.source_id, position: parsed.position, width: parsed.width,
    collapsed: parsed.collapsed === 1, seenId: bigId.parse(row['seen_id'] ?? null), createdAt: parsed.created_at,
  };
}
