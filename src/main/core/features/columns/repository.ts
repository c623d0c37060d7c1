import { z } from 'zod';
import { type ColumnAlerts, type ColumnGroup, type ColumnPlace, type ColumnSource, columnFilterSchema, columnGroupSchema, columnSourceSchema, isNetworkSource, type NetworkSource } from '../../../../shared/contract/columns.ts';
import { type ColumnFilter, NO_FILTER } from '../../../../shared/domain/columnFilter.ts';
import { type Db, defineStatements } from '../../db/db.ts';

/** Newest posts counted as unread, at most. */
export const MOST_UNREAD = 999;

/** A snowflake is larger than a double holds: it is read as text. */
const COLUMN = 'SELECT c.*, CAST(c.seen_id AS TEXT) AS seen, g.color AS group_color, g.collapsed AS group_collapsed FROM columns c LEFT JOIN column_groups g ON g.name = c.group_name';

const q = defineStatements('columns', {
  list: `${COLUMN} ORDER BY c.position, c.id`,
  get: `${COLUMN} WHERE c.id = :id`,
  insert: `INSERT INTO columns (id, account_id, source_id, position, width, collapsed, seen_id, created_at, filter, group_name, alert_sound, alert_notice)
    VALUES (:id, :accountId, :sourceId, :position, :width, :collapsed, CAST(:seenId AS INTEGER), :createdAt, :filter, :group, :sound, :notice)`,
  filter: 'UPDATE columns SET filter = :filter WHERE id = :id',
  alerts: 'UPDATE columns SET alert_sound = :sound, alert_notice = :notice WHERE id = :id',
  place: 'UPDATE columns SET place_id = :postId, place_offset = :offset WHERE id = :id',
  putGroup: 'INSERT INTO column_groups (name, color, collapsed) VALUES (:name, :color, :collapsed) ON CONFLICT (name) DO UPDATE SET color = excluded.color',
  joinGroup: 'UPDATE columns SET group_name = :name WHERE id = :id',
  foldGroup: 'UPDATE column_groups SET collapsed = :collapsed WHERE name = :name',
  emptyGroups: 'DELETE FROM column_groups WHERE NOT EXISTS (SELECT 1 FROM columns c WHERE c.group_name = column_groups.name)',
  localSources: "SELECT s.* FROM sources s WHERE s.account_id = :accountId AND s.kind = 'local' AND EXISTS (SELECT 1 FROM columns c WHERE c.source_id = s.id)",
  remove: 'DELETE FROM columns WHERE id = :id',
  position: 'UPDATE columns SET position = :position WHERE id = :id',
  look: 'UPDATE columns SET width = :width, collapsed = :collapsed WHERE id = :id',
  seen: 'UPDATE columns SET seen_id = max(coalesce(seen_id, 0), CAST(:postId AS INTEGER)) WHERE id = :id',
  seenFirst: 'UPDATE columns SET seen_id = CAST(:postId AS INTEGER) WHERE source_id = :sourceId AND seen_id IS NULL',
  bySource: `${COLUMN} WHERE c.source_id = :sourceId ORDER BY c.position, c.id`,
  unread: `SELECT count(*) AS n FROM (SELECT 1 FROM source_posts WHERE source_id = :sourceId AND sort_id > :seenId LIMIT ${MOST_UNREAD})`,
  since: 'SELECT count(*) AS n FROM source_posts WHERE source_id = :sourceId AND sort_id > CAST(:id AS INTEGER)',
  newest: 'SELECT CAST(max(sort_id) AS TEXT) AS id FROM source_posts WHERE source_id = :sourceId',
  newSource: 'INSERT OR IGNORE INTO sources (account_id, kind, query) VALUES (:accountId, :kind, :query)',
  findSource: 'SELECT * FROM sources WHERE account_id = :accountId AND kind = :kind AND query = :query',
  source: 'SELECT * FROM sources WHERE id = :id',
  shown: 'SELECT DISTINCT s.* FROM sources s JOIN columns c ON c.source_id = s.id',
  refreshed: `UPDATE sources SET newest_id = coalesce(:newestId, newest_id), refreshed_at = :now, next_refresh_at = :next, error_code = NULL, error_since = NULL,
    resumes_at = NULL, failures = 0 WHERE id = :id`,
  failed: `UPDATE sources SET next_refresh_at = :next, error_code = :code, error_since = CASE WHEN error_code = 'secrets_locked' AND :code <> 'secrets_locked' THEN :now ELSE coalesce(error_since, :now) END, resumes_at = :resumesAt, failures = failures + 1 WHERE id = :id`,
  due: 'UPDATE sources SET next_refresh_at = :at WHERE id = :id',
  unlocked: "UPDATE sources SET error_code = NULL, error_since = NULL, failures = 0 WHERE error_code = 'secrets_locked' AND account_id = :accountId",
  wakeAll: 'UPDATE sources SET next_refresh_at = NULL, resumes_at = NULL WHERE account_id = :accountId',
  addGap: 'INSERT INTO gaps (id, source_id, before_id, after_id, estimate) VALUES (:id, :sourceId, CAST(:beforeId AS INTEGER), CAST(:afterId AS INTEGER), :estimate)',
  gaps: 'SELECT id, CAST(before_id AS TEXT) AS before_id, CAST(after_id AS TEXT) AS after_id, estimate FROM gaps WHERE source_id = :sourceId ORDER BY before_id DESC',
  moveGap: 'UPDATE gaps SET before_id = CAST(:beforeId AS INTEGER), estimate = :estimate WHERE id = :id',
  dropGap: 'DELETE FROM gaps WHERE id = :id',
  hasPost: 'SELECT 1 AS yes FROM source_posts WHERE source_id = :sourceId AND sort_id = CAST(:id AS INTEGER)',
});

const columnRow = z.object({
  seen: z.string().nullable(),
  id: z.string(), account_id: z.string(), source_id: z.number(), position: z.number(), width: z.number(), collapsed: z.number(), created_at: z.number(),
  filter: z.string().nullable(), group_name: z.string().nullable(), group_color: columnGroupSchema.shape.color.nullable(), group_collapsed: z.number().nullable(), place_id: z.string().nullable(), place_offset: z.number(), alert_sound: z.number(), alert_notice: z.number(),
});
const sourceRow = z.object({
  id: z.number(), account_id: z.string(), kind: z.enum(['home', 'mentions', 'own', 'search', 'scheduled', 'local']), query: z.string(), newest_id: z.string().nullable(),
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
  filter: ColumnFilter;
  alerts: ColumnAlerts;
  group: ColumnGroup | null;
  place: ColumnPlace | null;
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
    id: row.id, accountId: row.account_id, source: columnSourceSchema.parse(row.kind === 'search' || row.kind === 'local' ? { kind: row.kind, query: row.query } : { kind: row.kind }),
    newestId: row.newest_id, refreshedAt: row.refreshed_at, nextRefreshAt: row.next_refresh_at,
    error: row.error_code === null ? null : { code: row.error_code, since: row.error_since ?? 0, resumesAt: row.resumes_at }, failures: row.failures,
  };
}

const flags = ({ sound, notice }: ColumnAlerts): { sound: number; notice: number } => ({ sound: sound ? 1 : 0, notice: notice ? 1 : 0 });

/** Columns, what they show (sources) and what was not read (gaps). */
export class ColumnsRepository {
  private readonly db: Db;
  constructor(db: Db) {
    this.db = db;
  }
  list(): StoredColumn[] {
    return this.db.all(q.list).map(toColumn);
  }
  get(id: string): StoredColumn | null {
    const row = this.db.get(q.get, { id });
    return row ? toColumn(row) : null;
  }
  bySource(sourceId: number): StoredColumn[] {
    return this.db.all(q.bySource, { sourceId }).map(toColumn);
  }
  insert(column: StoredColumn): void {
    if (column.group) this.putGroup(column.group);
    const { id, accountId, sourceId, position, width, seenId, createdAt } = column;
    this.db.run(q.insert, { id, accountId, sourceId, position, width, seenId, createdAt, collapsed: column.collapsed ? 1 : 0, filter: JSON.stringify(column.filter), group: column.group?.name ?? null, ...flags(column.alerts) });
  }
  remove(id: string): void {
    this.db.run(q.remove, { id });
    this.db.run(q.emptyGroups);
  }
  setFilter(id: string, filter: ColumnFilter): void {
    this.db.run(q.filter, { id, filter: JSON.stringify(filter) });
  }
  setAlerts(id: string, alerts: ColumnAlerts): void {
    this.db.run(q.alerts, { id, ...flags(alerts) });
  }
  setPlace(id: string, place: ColumnPlace | null): void {
    this.db.run(q.place, { id, postId: place?.postId ?? null, offset: place?.offset ?? 0 });
  }
  private putGroup(group: ColumnGroup): void {
    this.db.run(q.putGroup, { name: group.name, color: group.color, collapsed: group.collapsed ? 1 : 0 });
  }
  /** Puts a column into a group, made when it is new; a group that holds no column any more goes. */
  setGroup(id: string, group: ColumnGroup | null): void {
    this.db.tx(() => {
      if (group) this.putGroup(group);
      this.db.run(q.joinGroup, { id, name: group?.name ?? null });
      this.db.run(q.emptyGroups);
    });
  }
  foldGroup(name: string, collapsed: boolean): void {
    this.db.run(q.foldGroup, { name, collapsed: collapsed ? 1 : 0 });
  }
  setOrder(ids: readonly string[]): void {
    this.db.tx(() => ids.forEach((id, position) => this.db.run(q.position, { id, position })));
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
  /** Id of the source's newest stored post; empty for none. */
  newest(sourceId: number): string {
    return String(this.db.get(q.newest, { sourceId })?.['id'] ?? '');
  }
  /** Posts of the source with an id above this one. */
  countSince(sourceId: number, id: string): number {
    return Number(this.db.get(q.since, { sourceId, id })?.['n'] ?? 0);
  }

  source(accountId: string, source: ColumnSource): StoredSource {
    const key = { accountId, kind: source.kind, query: source.kind === 'search' || source.kind === 'local' ? source.query : '' };
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
  /** Searches of what is stored that at least one column shows. */
  localSources(accountId: string): StoredSource[] {
    return this.db.all(q.localSources, { accountId }).map(sourceOf);
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
  /** Locked keys are no longer why it was not read. */
  unlocked(accountId: string): void {
    this.db.run(q.unlocked, { accountId });
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

/** A stored filter of another shape filters nothing rather than hide everything. */
function filterOf(stored: string | null): ColumnFilter {
  const found = stored === null ? null : columnFilterSchema.safeParse(JSON.parse(stored));
  return found?.success ? found.data : NO_FILTER;
}
function toColumn(raw: unknown): StoredColumn {
  const parsed = columnRow.parse(raw);
  return {
    id: parsed.id, accountId: parsed.account_id, sourceId: parsed.source_id, position: parsed.position, width: parsed.width,
    collapsed: parsed.collapsed === 1, seenId: parsed.seen, createdAt: parsed.created_at,
    filter: filterOf(parsed.filter), alerts: { sound: parsed.alert_sound === 1, notice: parsed.alert_notice === 1 },
    group: parsed.group_name === null || parsed.group_color === null ? null : { name: parsed.group_name, color: parsed.group_color, collapsed: parsed.group_collapsed === 1 },
    place: parsed.place_id === null ? null : { postId: parsed.place_id, offset: parsed.place_offset },
  };
}
