import { z } from 'zod';
import { command, query } from './define.ts';

/** Offsets of entities count code points of `text`, which is already decoded from X's HTML escaping. */
export const entitySchema = z.object({
  kind: z.enum(['url', 'mention', 'hashtag', 'cashtag']),
  start: z.number().int().nonnegative(),
  end: z.number().int().nonnegative(),
  /** What to show (a link's display_url). */
  display: z.string(),
  /** https address to open, or null. */
  href: z.string().nullable(),
});
export const postMediaSchema = z.object({
  type: z.enum(['photo', 'video', 'animated_gif']),
  /** Path served by the host from its image cache (`/img/…`), or null while not known. */
  src: z.string().nullable(),
  width: z.number().nullable(),
  height: z.number().nullable(),
  alt: z.string().nullable(),
});
export const authorSchema = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  avatar: z.string().nullable(),
  verified: z.boolean(),
});
const basePost = z.object({
  id: z.string(),
  author: authorSchema,
  createdAt: z.number(),
  text: z.string(),
  entities: z.array(entitySchema),
  media: z.array(postMediaSchema),
  lang: z.string().nullable(),
  url: z.string(),
  edited: z.boolean(),
  /** Deleted or hidden on the network: only this is shown of it. */
  tombstone: z.boolean(),
});
export const postSchema = basePost.extend({
  quoted: basePost.nullable(),
  replyTo: z.object({ postId: z.string(), username: z.string().nullable() }).nullable(),
  repostedBy: z.object({ username: z.string(), name: z.string() }).nullable(),
  poll: z.object({ options: z.array(z.object({ label: z.string(), votes: z.number() })), endsAt: z.number().nullable() }).nullable(),
  metrics: z.object({ reposts: z.number(), replies: z.number(), likes: z.number(), quotes: z.number() }),
});
export type PostEntity = z.infer<typeof entitySchema>;
export type QuotedPost = z.infer<typeof basePost>;
export type Post = z.infer<typeof postSchema>;

/** What a column shows: a network's list, or what is here (`scheduled`). */
export const columnSourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('home') }).strict(),
  z.object({ kind: z.literal('mentions') }).strict(),
  z.object({ kind: z.literal('own') }).strict(),
  z.object({ kind: z.literal('search'), query: z.string().trim().min(1).max(512) }).strict(),
  z.object({ kind: z.literal('scheduled') }).strict(),
]);
export type ColumnSource = z.infer<typeof columnSourceSchema>;
/** Sources that are read from a network. */
export type NetworkSource = Exclude<ColumnSource, { kind: 'scheduled' }>;
export const isNetworkSource = (source: ColumnSource): source is NetworkSource => source.kind !== 'scheduled';

export const columnSchema = z.object({
  id: z.string(),
  accountId: z.string(),
  source: columnSourceSchema,
  position: z.number().int(),
  /** CSS px. */
  width: z.number().int().min(240).max(640),
  collapsed: z.boolean(),
  unread: z.number().int(),
  /** Newest post the user has seen here. */
  seenId: z.string().nullable(),
  /** Epoch ms of the last successful read; now for what is read from here. */
  refreshedAt: z.number().nullable(),
  nextRefreshAt: z.number().nullable(),
  loading: z.boolean(),
  /** Last error's code and the time from which it stands, or null. */
  error: z.object({ code: z.string(), since: z.number(), resumesAt: z.number().nullable() }).nullable(),
  /** Forecast, USD a day (low estimate); 0 for practice. */
  usdPerDay: z.number(),
});
export type Column = z.infer<typeof columnSchema>;

export const columnRowSchema = z.discriminatedUnion('row', [
  z.object({ row: z.literal('post'), post: postSchema }),
  /** Posts between two pages were not read: `afterId` (older) to `beforeId` (newer). */
  z.object({ row: z.literal('gap'), gapId: z.string(), beforeId: z.string(), afterId: z.string(), estimate: z.number().int(), usd: z.number() }),
]);
export type ColumnRow = z.infer<typeof columnRowSchema>;

const one = z.object({ columnId: z.string() }).strict();
const empty = z.object({}).strict();
export const columnMethods = {
  'columns.list': query(empty, z.array(columnSchema)),
  'columns.add': command(z.object({ accountId: z.string(), source: columnSourceSchema }).strict(), columnSchema),
  'columns.update': command(z.object({ columnId: z.string(), width: columnSchema.shape.width.optional(), collapsed: z.boolean().optional() }).strict(), columnSchema),
  'columns.move': command(z.object({ columnId: z.string(), toIndex: z.number().int().min(0) }).strict(), z.array(columnSchema)),
  'columns.remove': command(one, z.object({ undoId: z.string() })),
  /** Newest first; `before` is the id of the oldest post already shown. */
  'columns.page': query(
    z.object({ columnId: z.string(), before: z.string().optional(), limit: z.number().int().min(1).max(200) }).strict(),
    z.object({ rows: z.array(columnRowSchema), more: z.boolean() }),
  ),
  'columns.markSeen': command(z.object({ columnId: z.string(), postId: z.string() }).strict(), columnSchema),
  /** Asks for a read now; answers at once, the result comes as `column.updated`. */
  'columns.refresh': command(one, columnSchema),
  'columns.fillGap': command(z.object({ columnId: z.string(), gapId: z.string() }).strict(), z.object({ loaded: z.number().int(), remaining: z.boolean() })),
};
