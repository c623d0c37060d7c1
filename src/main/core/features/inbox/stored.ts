import { z } from 'zod';
import { postSchema } from '../../../../shared/contract/columns.ts';
import { type Db, defineStatements } from '../../db/db.ts';
import type { Incoming } from './intake.ts';

const q = defineStatements('inboxStored', {
  /** Mentions and own posts that are here, oldest first, a piece at a time. */
  piece: `SELECT s.kind, p.pk, p.id, p.author_id, p.created_at, p.text, p.lang, p.conversation_id, p.reply_to_id, p.reply_to_user_id, p.quoted_id, p.repost_of_id, p.payload
    FROM sources s JOIN source_posts sp ON sp.source_id = s.id JOIN posts p ON p.pk = sp.post_pk
    WHERE s.account_id = :accountId AND s.kind IN ('mentions','own') AND p.tombstone = 0 AND p.created_at >= :from AND sp.sort_id > :after ORDER BY sp.sort_id LIMIT :limit`,
  one: `SELECT p.pk, p.id, p.author_id, p.created_at, p.text, p.lang, p.conversation_id, p.reply_to_id, p.reply_to_user_id, p.quoted_id, p.repost_of_id, p.payload
    FROM posts p JOIN account_posts ap ON ap.post_pk = p.pk AND ap.account_id = :accountId WHERE p.origin = :origin AND p.id = :id AND p.tombstone = 0`,
});
const rowSchema = z.object({
  kind: z.string().optional(), id: z.string(), author_id: z.string(), created_at: z.number(), text: z.string(), lang: z.string().nullable(), conversation_id: z.string().nullable(),
  reply_to_id: z.string().nullable(), reply_to_user_id: z.string().nullable(), quoted_id: z.string().nullable(), repost_of_id: z.string().nullable(), payload: z.string(),
});
const payloadSchema = z.looseObject({ entities: postSchema.shape.entities.catch([]) }).catch({ entities: [] });

function incoming(raw: unknown): Incoming & { kind: string } {
  const row = rowSchema.parse(raw);
  return {
    kind: row.kind ?? '', id: row.id, authorId: row.author_id, createdAt: row.created_at, text: row.text, lang: row.lang, conversationId: row.conversation_id,
    replyTo: row.reply_to_id === null ? null : { postId: row.reply_to_id, userId: row.reply_to_user_id }, quotedId: row.quoted_id, repostOfId: row.repost_of_id, entities: payloadSchema.parse(JSON.parse(row.payload)).entities,
  };
}

/** Stored mentions and own posts since an instant, in pieces, so that nothing blocks for long. */
export function* storedPieces(db: Db, accountId: string, from: number, size: number): Generator<(Incoming & { kind: string })[]> {
  let after = '0';
  for (;;) {
    const rows = db.all(q.piece, { accountId, from, after: BigInt(after), limit: size }).map(incoming);
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    after = last.id;
  }
}
export function storedPost(db: Db, account: { id: string; origin: string }, postId: string): Incoming | null {
  const row = db.get(q.one, { accountId: account.id, origin: account.origin, id: postId });
  return row ? incoming(row) : null;
}
