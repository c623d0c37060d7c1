import { z } from 'zod';
import { type Post, type QuotedPost, postSchema } from '../../../../shared/contract/columns.ts';
import { type Db, defineStatements } from '../../db/db.ts';
import { isSnowflake } from '../../../../shared/domain/ids.ts';
import type { ReadPage, RemoteMetrics, RemotePost } from '../../network/port.ts';
import type { ImagesService } from '../images/service.ts';
import { BESIDE } from './beside.ts';

const SHOWN = 'p.*, u.username AS username, u.name AS name, u.avatar_url AS avatar_url, u.verified AS verified, o.text AS o_text, o.lang AS o_lang, o.payload AS o_payload, ou.username AS o_username, qp.text AS quoted_text';

const q = defineStatements('posts', {
  user: `INSERT INTO users (origin, id, username, name, avatar_url, verified, bio, followers, fetched_at) VALUES (:origin, :id, :username, :name, :avatarUrl, :verified, :bio, :followers, :now)
    ON CONFLICT (origin, id) DO UPDATE SET username = excluded.username, name = excluded.name, avatar_url = excluded.avatar_url, verified = excluded.verified, bio = excluded.bio, followers = excluded.followers, fetched_at = excluded.fetched_at`,
  profile: 'SELECT bio, followers FROM users WHERE origin = :origin AND id = :id',
  /** The row's number follows the post's age, so that a search finds the newest first by it; a taken number gives way to the next free one. */
  post: `INSERT INTO posts (pk, origin, id, author_id, created_at, text, lang, conversation_id, reply_to_id, reply_to_user_id, quoted_id, repost_of_id, payload, edited, fetched_at)
    VALUES (CASE WHEN NOT EXISTS (SELECT 1 FROM posts WHERE pk = :pk) THEN :pk
      ELSE (SELECT p.pk + 1 FROM posts p WHERE p.pk >= :pk AND NOT EXISTS (SELECT 1 FROM posts n WHERE n.pk = p.pk + 1) ORDER BY p.pk LIMIT 1) END,
      :origin, :id, :authorId, :createdAt, :text, :lang, :conversationId, :replyToId, :replyToUserId, :quotedId, :repostOfId, :payload, :edited, :now)
    ON CONFLICT (origin, id) DO UPDATE SET text = excluded.text, payload = excluded.payload, edited = excluded.edited, tombstone = 0, fetched_at = excluded.fetched_at
    RETURNING pk`,
  see: 'INSERT OR IGNORE INTO account_posts (account_id, post_pk) VALUES (:accountId, :pk)',
  place: 'INSERT OR IGNORE INTO source_posts (source_id, sort_id, post_pk) VALUES (:sourceId, CAST(:id AS INTEGER), :pk)',
  superseded: 'DELETE FROM source_posts WHERE post_pk IN (SELECT pk FROM posts WHERE origin = :origin AND id IN (SELECT value FROM json_each(:ids)))',
  counts: `UPDATE posts SET payload = json_set(payload, '$.metrics', json(:metrics)) WHERE origin = :origin AND id = :id AND tombstone = 0`,
  bury: `UPDATE posts SET tombstone = 1, text = '', payload = '{}' WHERE origin = :origin AND id = :id`,
  buryRepost: 'UPDATE posts SET tombstone = 1 WHERE author_id = :authorId AND origin = :origin AND repost_of_id = :id',
  page: `SELECT p.* FROM source_posts sp JOIN posts p ON p.pk = sp.post_pk WHERE sp.source_id = :sourceId AND sp.sort_id < CAST(:before AS INTEGER)
    ORDER BY sp.sort_id DESC LIMIT :limit`,
  scan: `SELECT ${SHOWN} FROM source_posts sp JOIN posts p ON p.pk = sp.post_pk ${BESIDE}
    WHERE sp.source_id = :sourceId AND sp.sort_id < CAST(:before AS INTEGER) ORDER BY sp.sort_id DESC LIMIT :limit`,
  /** CAST: a number is bound as a real, which the full-text index does not take as a bound. */
  find: `SELECT ${SHOWN}, mine.post_pk AS mine FROM (SELECT rowid AS pk FROM posts_fts WHERE posts_fts MATCH :match AND rowid < CAST(:before AS INTEGER) ORDER BY rowid DESC LIMIT :limit) f
    CROSS JOIN posts p ON p.pk = f.pk AND p.origin = :origin LEFT JOIN account_posts mine ON mine.account_id = :accountId AND mine.post_pk = f.pk ${BESIDE}`,
  number: 'SELECT pk FROM posts WHERE origin = :origin AND id = :id',
  seen: `SELECT p.* FROM posts p JOIN account_posts ap ON ap.post_pk = p.pk AND ap.account_id = :accountId
    WHERE p.origin = :origin AND p.id IN (SELECT value FROM json_each(:ids))`,
  users: 'SELECT id, username, name, avatar_url, verified FROM users WHERE origin = :origin AND id IN (SELECT value FROM json_each(:ids))',
});
/** The statement behind opening a column; the benchmark runs it bare as its baseline. */
export const PAGE_SQL = q.page;
/** Those behind a filtered column and a search, for their plans and as baselines. */
export const SCAN_SQL = q.scan;
export const FIND_SQL = q.find;

const payloadSchema = z.object({
  entities: postSchema.shape.entities.default([]),
  media: z.array(z.object({ type: z.enum(['photo', 'video', 'animated_gif']), url: z.string().nullable(), width: z.number().nullable(), height: z.number().nullable(), alt: z.string().nullable() })).default([]),
  poll: postSchema.shape.poll.default(null),
  metrics: postSchema.shape.metrics.extend({ views: z.number().optional() }).default({ reposts: 0, replies: 0, likes: 0, quotes: 0 }),
});
type Payload = z.infer<typeof payloadSchema>;
/** Columns show the same posts again and again: what was read of a row is kept by the row's own text. */
const MOST_READ = 4000;
const read = new Map<string, Payload>();
/** A row's payload; one that cannot be read counts as empty. */
function payloadOf(text: string): Payload {
  const known = read.get(text);
  if (known) return known;
  const parsed = payloadSchema.safeParse(JSON.parse(text));
  const payload = parsed.success ? parsed.data : payloadSchema.parse({});
  if (read.size >= MOST_READ) read.clear();
  read.set(text, payload);
  return payload;
}
export interface PostRow {
  pk: number;
  id: string;
  author_id: string;
  created_at: number;
  text: string;
  lang: string | null;
  reply_to_id: string | null;
  reply_to_user_id: string | null;
  quoted_id: string | null;
  repost_of_id: string | null;
  payload: string;
  edited: number;
  tombstone: number;
}
/** A post with what filters look at beside it. */
export interface ScanRow extends PostRow {
  /** Its author's; null for one that is not known. */
  username: string | null;
  name: string | null;
  avatar_url: string | null;
  verified: number | null;
  o_text: string | null;
  o_lang: string | null;
  o_payload: string | null;
  o_username: string | null;
  quoted_text: string | null;
}
interface UserRow {
  id: string;
  username: string;
  name: string;
  avatar_url: string | null;
  verified: number;
}

/** The number a post's row asks for: its snowflake's time and machine, which a double holds exactly. */
export const rowNumber = (id: string): number => (isSnowflake(id) ? Number(BigInt(id) >> 10n) : 1);

/** What a stored post carries and counts, from its payload. */
export function numbersOf(payload: string): { likes: number; reposts: number; media: boolean } {
  const { metrics, media } = payloadOf(payload);
  return { likes: metrics.likes, reposts: metrics.reposts, media: media.length > 0 };
}

/** Where a source's posts belong. */
export interface Place {
  origin: string;
  accountId: string;
  sourceId: number | null;
  /** For naming pictures of a loopback server. */
  base: string;
  network: 'x' | 'practice';
}

/** Posts and their people: stored once per origin, seen through account and source (ARCHITECTURE §6). */
export class PostsRepository {
  private readonly db: Db;
  private readonly images: ImagesService;
  constructor(db: Db, images: ImagesService) {
    this.db = db;
    this.images = images;
  }

  /** Writes one page, or a part of one, in the caller's transaction. */
  store(place: Place, page: Pick<ReadPage, 'posts' | 'related' | 'users' | 'gone'>, now: number): void {
    for (const user of page.users) {
      const avatarUrl = this.images.register(user.avatarUrl, place.base, place.network);
      this.db.run(q.user, { origin: place.origin, id: user.id, username: user.username, name: user.name, avatarUrl, verified: user.verified ? 1 : 0, bio: user.bio, followers: user.followers, now });
    }
    for (const post of page.related) this.put(place, post, now);
    for (const post of page.posts) {
      const pk = this.put(place, post, now);
      if (place.sourceId !== null) this.db.run(q.place, { sourceId: place.sourceId, id: post.id, pk });
    }
    for (const id of page.gone) this.db.run(q.bury, { origin: place.origin, id });
  }

  private put(place: Place, post: RemotePost, now: number): number {
    const payload: Payload = {
      entities: post.entities,
      media: post.media.map((each) => ({ type: each.type, url: this.images.register(each.url, place.base, place.network), width: each.width, height: each.height, alt: each.alt })),
      poll: post.poll, metrics: post.metrics,
    };
    const row = this.db.get(q.post, {
      pk: rowNumber(post.id), origin: place.origin, id: post.id, authorId: post.authorId, createdAt: post.createdAt, text: post.text, lang: post.lang, conversationId: post.conversationId,
      replyToId: post.replyTo?.postId ?? null, replyToUserId: post.replyTo?.userId ?? null, quotedId: post.quotedId, repostOfId: post.repostOfId,
      payload: JSON.stringify(payload), edited: post.edited ? 1 : 0, now,
    });
    const pk = Number(row?.['pk']);
    this.db.run(q.see, { accountId: place.accountId, pk });
    if (post.editHistory.length > 0) this.db.run(q.superseded, { origin: place.origin, ids: JSON.stringify(post.editHistory) });
    return pk;
  }

  /** Posts of a source as filters see them, newest first; `limit` of them, older than `before`. */
  scan(place: { accountId: string; sourceId: number }, before: string, limit: number): ScanRow[] {
    return this.db.all(q.scan, { accountId: place.accountId, sourceId: place.sourceId, before, limit }) as unknown as ScanRow[];
  }
  /**
   * Newest posts with these words (FTS5 expression) that are older than the post `before`: at most `limit` are looked at, and those that this account's token
   * fetched and that repost nothing are answered. `last`: the oldest one looked at, null when there are no more.
   */
  find(account: { origin: string; id: string }, match: string, before: string | null, limit: number): { rows: ScanRow[]; last: string | null } {
    const from = before === null ? Number.MAX_SAFE_INTEGER : Number(this.db.get(q.number, { origin: account.origin, id: before })?.['pk'] ?? rowNumber(before));
    const found = this.db.all(q.find, { origin: account.origin, accountId: account.id, match, before: from, limit }) as unknown as (ScanRow & { mine: number | null })[];
    found.sort((a, b) => b.pk - a.pk);
    return { rows: found.filter((row) => row.mine !== null && row.tombstone === 0 && row.repost_of_id === null), last: found.length < limit ? null : (found.at(-1)?.id ?? null) };
  }
  /** Newer counts of a post, where it is stored; in the caller's transaction. */
  count(origin: string, id: string, metrics: RemoteMetrics): void {
    this.db.run(q.counts, { origin, id, metrics: JSON.stringify(metrics) });
  }
  bury(origin: string, id: string): void {
    this.db.run(q.bury, { origin, id });
  }
  /** The same of somebody's reposts of a post; the post itself stays. */
  buryRepost(origin: string, authorId: string, id: string): void {
    this.db.run(q.buryRepost, { origin, authorId, id });
  }

  /** Newest first, older than `before`, with everything a card shows. */
  page(place: { origin: string; accountId: string; sourceId: number }, before: string, limit: number): Post[] {
    return this.views(place, this.db.all(q.page, { sourceId: place.sourceId, before, limit }) as unknown as PostRow[]);
  }
  /** Posts that this account's token fetched, in no order; what is not here is left out. */
  byIds(account: { origin: string; id: string }, ids: readonly string[]): Post[] {
    const place = { origin: account.origin, accountId: account.id };
    return this.views(place, this.db.all(q.seen, { ...place, ids: JSON.stringify([...new Set(ids)]) }) as unknown as PostRow[]);
  }
  /** People by id, as far as they are known. */
  people(origin: string, ids: readonly string[]): Map<string, Post['author']> {
    const rows = this.db.all(q.users, { origin, ids: JSON.stringify([...new Set(ids)]) }) as unknown as UserRow[];
    return new Map(rows.map((row) => [row.id, this.author(row.id, row)]));
  }
  /** What a person says of themselves and how many follow them, as last read. */
  profile(origin: string, id: string): { bio: string; followers: number | null } {
    const row = this.db.get(q.profile, { origin, id });
    return { bio: String(row?.['bio'] ?? ''), followers: typeof row?.['followers'] === 'number' ? row['followers'] : null };
  }
  private author(id: string, row: UserRow | undefined): Post['author'] {
    return { id, username: row?.username ?? '', name: row?.name ?? '', avatar: this.images.path(row?.avatar_url ?? null), verified: row?.verified === 1 };
  }

  /** Rows as cards show them; of scanned ones the authors are known. */
  views(place: { origin: string; accountId: string }, rows: readonly (PostRow | ScanRow)[]): Post[] {
    if (rows.length === 0) return [];
    const wanted = new Set(rows.flatMap((row) => [row.quoted_id, row.repost_of_id]).filter((id) => id !== null));
    const others = new Map<string, PostRow>();
    const fetchMore = (ids: Iterable<string>): void => {
      const list = [...ids];
      if (list.length === 0) return;
      for (const row of this.db.all(q.seen, { accountId: place.accountId, origin: place.origin, ids: JSON.stringify(list) }) as unknown as PostRow[]) others.set(row.id, row);
    };
    fetchMore(wanted);
    // A repost of a post that quotes another shows that one too.
    fetchMore(new Set([...others.values()].map((row) => row.quoted_id).filter((id) => id !== null && !others.has(id)) as Iterable<string>));
    const people = new Map<string, UserRow>();
    for (const row of rows) if ('verified' in row && row.username !== null) people.set(row.author_id, { id: row.author_id, username: row.username, name: row.name ?? '', avatar_url: row.avatar_url, verified: row.verified ?? 0 });
    const ids = new Set([...rows, ...others.values()].flatMap((row) => [row.author_id, row.reply_to_user_id]).filter((id) => id !== null && !people.has(id)));
    if (ids.size > 0) for (const row of this.db.all(q.users, { origin: place.origin, ids: JSON.stringify([...ids]) }) as unknown as UserRow[]) people.set(row.id, row);
    return rows.map((row) => this.view(row, others, people));
  }

  private view(row: PostRow, others: ReadonlyMap<string, PostRow>, people: ReadonlyMap<string, UserRow>): Post {
    const original = row.repost_of_id === null ? null : (others.get(row.repost_of_id) ?? null);
    const shown = original ?? row;
    const quoted = shown.quoted_id === null ? null : (others.get(shown.quoted_id) ?? null);
    const { base, payload } = this.base(shown, people);
    const reposter = people.get(row.author_id);
    return {
      ...base,
      // A repost that was taken back leaves its post as it is, without the repost.
      id: row.id, originalId: shown.id, tombstone: base.tombstone || (row.tombstone === 1 && original === null),
      quoted: quoted ? this.base(quoted, people).base : null,
      replyTo: shown.reply_to_id === null ? null : { postId: shown.reply_to_id, username: people.get(shown.reply_to_user_id ?? '')?.username ?? null },
      repostedBy: row.repost_of_id === null || row.tombstone === 1 ? null : { username: reposter?.username ?? '', name: reposter?.name ?? '' },
      poll: payload.poll, metrics: payload.metrics,
    };
  }

  private base(row: PostRow, people: ReadonlyMap<string, UserRow>): { base: QuotedPost; payload: Payload } {
    const payload = payloadOf(row.payload);
    const author = people.get(row.author_id);
    const username = author?.username ?? '';
    return {
      payload,
      base: {
        id: row.id, createdAt: row.created_at, text: row.text, entities: payload.entities, lang: row.lang,
        author: this.author(row.author_id, author),
        media: payload.media.map(({ url, ...rest }) => ({ ...rest, src: this.images.path(url) })),
        url: `https://x.com/${username === '' ? 'i' : encodeURIComponent(username)}/status/${row.id}`,
        edited: row.edited === 1, tombstone: row.tombstone === 1,
      },
    };
  }
}
