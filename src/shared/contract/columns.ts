import { z } from 'zod';
import { MOST_PEOPLE, MOST_TERM, MOST_TERMS, NO_FILTER } from '../domain/columnFilter.ts';
import { command, query } from './define.ts';
import { instantSchema } from './time.ts';

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
/** What a person says of themselves, and how many follow them; null where the network does not say. */
export const profileFields = { bio: z.string(), followers: z.number().int().nullable() };
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
  /** What acts are about: of a repost the post that was reposted, else the post itself. */
  originalId: z.string(),
  repostedBy: z.object({ username: z.string(), name: z.string() }).nullable(),
  poll: z.object({ options: z.array(z.object({ label: z.string(), votes: z.number() })), endsAt: z.number().nullable() }).nullable(),
  metrics: z.object({ reposts: z.number(), replies: z.number(), likes: z.number(), quotes: z.number() }),
});
export type PostEntity = z.infer<typeof entitySchema>;
export type QuotedPost = z.infer<typeof basePost>;
export type Post = z.infer<typeof postSchema>;

/** What a column shows: a network's list, or what is here (`scheduled`, `local`). */
export const columnSourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('home') }).strict(),
  z.object({ kind: z.literal('mentions') }).strict(),
  z.object({ kind: z.literal('own') }).strict(),
  z.object({ kind: z.literal('search'), query: z.string().trim().min(1).max(512) }).strict(),
  z.object({ kind: z.literal('scheduled') }).strict(),
  /** Full-text search in what this account's token fetched. */
  z.object({ kind: z.literal('local'), query: z.string().trim().min(1).max(512) }).strict(),
]);
export type ColumnSource = z.infer<typeof columnSourceSchema>;
/** Sources that are read from a network. */
export type NetworkSource = Exclude<ColumnSource, { kind: 'scheduled' | 'local' }>;
export const isNetworkSource = (source: ColumnSource): source is NetworkSource => source.kind !== 'scheduled' && source.kind !== 'local';

const termSchema = z.string().trim().min(1).max(MOST_TERM);
const least = z.number().int().min(0).max(1_000_000_000);
/** What a column leaves out; the terms are read by `parseTerm`. */
export const columnFilterSchema = z.object({
  include: z.array(termSchema).max(MOST_TERMS), exclude: z.array(termSchema).max(MOST_TERMS),
  lang: z.string().min(1).max(10).nullable(), media: z.boolean(), minLikes: least, minReposts: least,
  // Filters that were stored before people could be named name nobody.
  people: z.object({ mode: z.enum(['only', 'except']), names: z.array(z.string().regex(/^\w{1,50}$/)).max(MOST_PEOPLE) }).strict().default(NO_FILTER.people),
}).strict();
/** What a column does when something new comes: a short sound in the window, a notice while nobody looks at the window. */
export const columnAlertsSchema = z.object({ sound: z.boolean(), notice: z.boolean() }).strict();
export type ColumnAlerts = z.infer<typeof columnAlertsSchema>;
export const GROUP_COLORS = ['teal', 'blue', 'violet', 'amber', 'red', 'grey'] as const;
export const columnGroupSchema = z.object({ name: z.string().trim().min(1).max(40), color: z.enum(GROUP_COLORS), collapsed: z.boolean() });
export type ColumnGroup = z.infer<typeof columnGroupSchema>;
/** The first post in view and how far its top is above the edge, CSS px. */
export const columnPlaceSchema = z.object({ postId: z.string().regex(/^\d{1,19}$/), offset: z.number().int().min(-100_000).max(100_000) }).strict();
export type ColumnPlace = z.infer<typeof columnPlaceSchema>;
/** What is left out everywhere, or in one account's columns, until an instant (epoch ms) or for good. */
export const muteSchema = z.object({ id: z.string(), accountId: z.string().nullable(), term: termSchema, until: z.number().nullable(), createdAt: z.number() });
export type Mute = z.infer<typeof muteSchema>;

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
  filter: columnFilterSchema,
  alerts: columnAlertsSchema,
  group: columnGroupSchema.nullable(),
  /** Where reading stopped; null at the top. */
  place: columnPlaceSchema.nullable(),
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
  /** `like`: takes over that column's width, filter, alerts and group. */
  'columns.add': command(z.object({ accountId: z.string(), source: columnSourceSchema, like: z.string().optional() }).strict(), columnSchema),
  'columns.update': command(z.object({ columnId: z.string(), width: columnSchema.shape.width.optional(), collapsed: z.boolean().optional() }).strict(), columnSchema),
  'columns.move': command(z.object({ columnId: z.string(), toIndex: z.number().int().min(0) }).strict(), z.array(columnSchema)),
  'columns.remove': command(one, z.object({ undoId: z.string() })),
  /**
   * Newest first; `before` is the `next` of the page above. A page of a filtered column may hold fewer rows than asked for, or none, and still say `more`:
   * it looked back as far as is done in one step.
   */
  'columns.page': query(
    z.object({ columnId: z.string(), before: z.string().optional(), limit: z.number().int().min(1).max(200) }).strict(),
    z.object({ rows: z.array(columnRowSchema), more: z.boolean(), /** The oldest post looked at. */ next: z.string().nullable() }),
  ),
  /** Posts that this account has read, by id, as far as they are kept; in no order. */
  'columns.posts': query(z.object({ accountId: z.string(), ids: z.array(z.string().regex(/^\d{1,19}$/)).max(1000) }).strict(), z.array(postSchema)),
  /** Throws `filter_refused` for an expression that cannot be used. Own posts and the plan are never filtered by mutes. */
  'columns.setFilter': command(z.object({ columnId: z.string(), filter: columnFilterSchema }).strict(), z.object({ column: columnSchema, undoId: z.string() })),
  /** What is read from here has nothing new: `bad_input`. */
  'columns.setAlerts': command(z.object({ columnId: z.string(), alerts: columnAlertsSchema.partial() }).strict(), columnSchema),
  /** How many of the newest posts a filter leaves, mutes counted in. */
  'columns.tryFilter': query(z.object({ columnId: z.string(), filter: columnFilterSchema }).strict(), z.object({ left: z.number().int(), of: z.number().int() })),
  /** Puts a column into a group, made when it is new, or out of all; a group without columns goes. A known group takes the colour given. */
  'columns.setGroup': command(z.object({ columnId: z.string(), group: columnGroupSchema.omit({ collapsed: true }).strict().nullable() }).strict(), z.object({ columns: z.array(columnSchema), undoId: z.string() })),
  'columns.foldGroup': command(z.object({ name: z.string(), collapsed: z.boolean() }).strict(), z.array(columnSchema)),
  /** Remembers where reading stopped. */
  'columns.keepPlace': command(z.object({ columnId: z.string(), place: columnPlaceSchema.nullable() }).strict(), z.object({ place: columnPlaceSchema.nullable() })),
  /** One person from what is stored: posts and exchanges with us, newest first. Nothing is fetched. */
  'columns.person': query(
    z.object({ accountId: z.string(), personId: z.string().regex(/^\d{1,19}$/) }).strict(),
    z.object({ author: authorSchema, ...profileFields, labels: z.array(z.string()), note: z.string(), posts: z.array(postSchema), exchanges: z.array(z.object({ post: postSchema, direction: z.enum(['in', 'out']) })) }),
  ),
  /** The stored posts of a post's conversation, oldest first. A gap stands before a post whose predecessor is not stored. Nothing is fetched. */
  'columns.conversation': query(
    z.object({ accountId: z.string(), postId: z.string().regex(/^\d{1,19}$/) }).strict(),
    z.object({ rows: z.array(z.discriminatedUnion('row', [z.object({ row: z.literal('post'), post: postSchema }), z.object({ row: z.literal('gap'), beforeId: z.string() })])), /** Posts known to be missing. */ missing: z.number().int(), /** What reading them would cost, USD. */ usd: z.number() }),
  ),
  'mutes.list': query(empty, z.array(muteSchema)),
  /** Throws `filter_refused`; `time_in_past` for an end that has been. */
  'mutes.add': command(z.object({ term: termSchema, accountId: z.string().nullable(), until: instantSchema.nullable() }).strict(), z.object({ mute: muteSchema, undoId: z.string() })),
  'mutes.remove': command(z.object({ muteId: z.string() }).strict(), z.object({ undoId: z.string() })),
  'columns.markSeen': command(z.object({ columnId: z.string(), postId: z.string() }).strict(), columnSchema),
  /** Asks for a read now; answers at once, the result comes as `column.updated`. */
  'columns.refresh': command(one, columnSchema),
  'columns.fillGap': command(z.object({ columnId: z.string(), gapId: z.string() }).strict(), z.object({ loaded: z.number().int(), remaining: z.boolean() })),
};
