import { z } from 'zod';
import { type Db, defineStatements } from '../../db/db.ts';
import type { PostRow } from './postsRepository.ts';

const MINE = 'JOIN account_posts ap ON ap.account_id = :accountId AND ap.post_pk = p.pk';
const q = defineStatements('columnPeople', {
  wrote: `SELECT p.* FROM posts p ${MINE} WHERE p.author_id = :personId AND p.origin = :origin AND p.tombstone = 0 AND p.repost_of_id IS NULL ORDER BY p.pk DESC LIMIT :limit`,
  toUs: `SELECT p.* FROM posts p ${MINE} WHERE p.author_id = :personId AND p.origin = :origin AND p.tombstone = 0
    AND (p.reply_to_user_id = :me OR EXISTS (SELECT 1 FROM source_posts sp JOIN sources s ON s.id = sp.source_id WHERE sp.post_pk = p.pk AND s.account_id = :accountId AND s.kind = 'mentions'))
    ORDER BY p.pk DESC LIMIT :limit`,
  fromUs: `SELECT p.* FROM posts p ${MINE} WHERE p.author_id = :me AND p.origin = :origin AND p.tombstone = 0 AND p.reply_to_user_id = :personId ORDER BY p.pk DESC LIMIT :limit`,
  known: 'SELECT labels, note FROM people WHERE account_id = :accountId AND person_id = :personId',
  conversationOf: `SELECT p.conversation_id FROM posts p ${MINE} WHERE p.origin = :origin AND p.id = :postId`,
  conversation: `SELECT p.* FROM posts p ${MINE} WHERE p.conversation_id = :conversation AND p.origin = :origin ORDER BY p.pk LIMIT :limit`,
  one: `SELECT p.* FROM posts p ${MINE} WHERE p.origin = :origin AND p.id = :postId`,
});
/** Statements of the side panels, for their plans. */
export const PEOPLE_SQL = { wrote: q.wrote, toUs: q.toUs, fromUs: q.fromUs, conversation: q.conversation };
const known = z.object({ labels: z.string(), note: z.string() });
const labels = z.array(z.string());

interface Place { origin: string; accountId: string }

/** What is stored of people and conversations, seen through one account. */
export class PeopleRepository {
  private readonly db: Db;
  constructor(db: Db) {
    this.db = db;
  }
  /** Newest first. */
  wrote(place: Place, personId: string, limit: number): PostRow[] {
    return this.db.all(q.wrote, { ...place, personId, limit }) as unknown as PostRow[];
  }
  /** What this person said to `me` and the other way round, newest first. */
  exchanges(place: Place, personId: string, me: string, limit: number): { row: PostRow; direction: 'in' | 'out' }[] {
    const read = (sql: string, direction: 'in' | 'out') => (this.db.all(sql, { ...place, personId, me, limit }) as unknown as PostRow[]).map((row) => ({ row, direction }));
    return [...read(q.toUs, 'in'), ...read(q.fromUs, 'out')].sort((a, b) => b.row.pk - a.row.pk).slice(0, limit);
  }
  /** What was noted about this person. */
  known(accountId: string, personId: string): { labels: string[]; note: string } {
    const row = this.db.get(q.known, { accountId, personId });
    if (!row) return { labels: [], note: '' };
    const found = known.parse(row);
    return { labels: labels.parse(JSON.parse(found.labels)), note: found.note };
  }
  /** Stored posts of the conversation of a post, oldest first, with the conversation's id; the post alone where that is not known. */
  conversation(place: Place, postId: string, limit: number): { conversationId: string | null; rows: PostRow[] } {
    const id = this.db.get(q.conversationOf, { ...place, postId })?.['conversation_id'];
    const rows = (typeof id === 'string' ? this.db.all(q.conversation, { ...place, conversation: id, limit }) : this.db.all(q.one, { ...place, postId })) as unknown as PostRow[];
    return { conversationId: typeof id === 'string' ? id : null, rows };
  }
}
