import { z } from 'zod';
import { command, query } from './define.ts';
import { ERROR_CODES } from './errors.ts';

/** Feeds of one account at most. */
export const MOST_FEEDS = 100;
/** Entries taken from one reading of a feed, the first of it. */
export const MOST_ENTRIES = 200;

const defaults = {
  /** Of what the feed brings: its theme, and its tier where no rule for links says another. */
  theme: z.string().trim().max(60),
  tier: z.string().min(1).max(40),
};

/** An RSS, Atom or JSON feed that is read while the program is open (DOMAIN §3). */
export const feedSchema = z.object({
  id: z.string(), accountId: z.string(), url: z.string(), title: z.string(), theme: z.string(), tier: z.string(),
  /** Last time it answered, epoch ms, and how many items that brought. */
  readAt: z.number().nullable(), fresh: z.number().int(),
  /** Its items that are in the library. */
  items: z.number().int(),
  /** Why the last try failed; null when it did not. */
  error: z.object({ code: z.enum(ERROR_CODES), params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])) }).nullable(),
  /** Next try, epoch ms. */
  nextAt: z.number(),
});
export type Feed = z.infer<typeof feedSchema>;

/** An entry as it would be taken: `same` fills what its item left open, `gone` was removed by the user, `full` finds no room. */
export const feedEntrySchema = z.object({ title: z.string(), url: z.string().nullable(), publishedOn: z.string().nullable(), theme: z.string(), tier: z.string(), verdict: z.enum(['new', 'same', 'gone', 'full']) });
export type FeedEntryView = z.infer<typeof feedEntrySchema>;

/** A row of web statistics as it was understood. `reason` (`sources.why.<code>`): `unmatched`, `bad_page`, `bad_views` and `bad_date` with `word`. */
export const statsRowSchema = z.object({
  line: z.number().int(), page: z.string(), from: z.string().nullable(), to: z.string().nullable(), views: z.number().int().nullable(),
  /** Of the item that has the page. */
  title: z.string().nullable(),
  reason: z.object({ code: z.string(), params: z.record(z.string(), z.string()) }).nullable(),
});
export type StatsRowView = z.infer<typeof statsRowSchema>;
const spanSchema = z.object({ from: z.string(), to: z.string() });
const statsInput = z.object({
  accountId: z.string(), name: z.string().max(120), content: z.string().max(2_000_000), dateOrder: z.enum(['auto', 'dmy', 'mdy']),
  /** Of paths without one; null for the host that most items have. */
  host: z.string().max(260).nullable(),
}).strict();

/** An archive of X that core has read, as `POST /archive` answers it: `token` names it until the program ends or another comes. */
export const archiveSchema = z.object({
  token: z.string(), posts: z.number().int(),
  /** Whose it is, where it says so. */
  owner: z.object({ id: z.string().regex(/^\d{1,25}$/u), username: z.string().regex(/^\w{1,50}$/u) }).nullable(),
});
export type ArchiveData = z.infer<typeof archiveSchema>;
const archiveInput = z.object({ accountId: z.string(), token: z.string().max(64), ...defaults }).strict();

const addressSchema = z.string().trim().min(1).max(2000);

export const sourceMethods = {
  /** By title. */
  'sources.list': query(z.object({ accountId: z.string() }).strict(), z.object({ feeds: z.array(feedSchema), /** The days that web statistics tell of, and of how many pages. */ stats: spanSchema.extend({ pages: z.number().int() }).nullable() })),
  /** Reads an address and writes nothing. A page that names its feed leads to it: `url` is the feed's own. Throws AppError `feed_*`. */
  'sources.preview': query(
    z.object({ accountId: z.string(), url: addressSchema, ...defaults }).strict(),
    z.object({ url: z.string(), title: z.string(), entries: z.number().int(), fresh: z.number().int(), shown: z.array(feedEntrySchema) }),
  ),
  /** Reads it and takes what it holds. Throws AppError `feed_*`, `feeds_full`, `bad_input` for a tier the account has not. */
  'sources.add': command(z.object({ accountId: z.string(), url: addressSchema, ...defaults }).strict(), z.object({ feed: feedSchema, added: z.number().int(), undoId: z.string() })),
  /** What comes from now on has the new theme and tier; the name is that of what came before, too. Throws AppError `not_found`, `bad_input`. */
  'sources.save': command(z.object({ id: z.string(), title: z.string().trim().min(1).max(120), ...defaults }).strict(), z.object({ feed: feedSchema, undoId: z.string() })),
  /** Reads no more; its items stay. Throws AppError `not_found`. */
  'sources.remove': command(z.object({ id: z.string() }).strict(), z.object({ undoId: z.string() })),
  /** Reads it now. What keeps it from being read is in the answer's `error`. Throws AppError `not_found`. */
  'sources.read': command(z.object({ id: z.string() }).strict(), z.object({ feed: feedSchema, added: z.number().int() })),
  /** What a file of web statistics says of the items' pages; `columns` tells what was read from where. Nothing is written. Throws AppError `stats_unknown`, `stats_undated`, `csv_unreadable`. */
  'sources.statsPreview': query(
    statsInput,
    z.object({
      columns: z.object({ page: z.string(), views: z.string(), day: z.string().nullable(), host: z.string().nullable() }), span: spanSchema.nullable(),
      hosts: z.array(z.string()), host: z.string().nullable(), rows: z.array(statsRowSchema), total: z.number().int(),
      /** Items that it tells of, pages that no item has, rows that say nothing, items whose figures of those days give way. */
      items: z.number().int(), unmatched: z.number().int(), skipped: z.number().int(), views: z.number().int(), replaced: z.number().int(),
    }),
  ),
  /** Carries out what the preview shows: figures of the same pages and days give way. Throws AppError `not_found` where no page is an item's. */
  'sources.statsImport': command(statsInput, z.object({ items: z.number().int(), views: z.number().int(), undoId: z.string() })),
  /** What an archive would bring: own posts that link to a page, each page an item with their texts. Nothing is written. Throws AppError `archive_gone`, `archive_other`, `bad_input`. */
  'sources.archivePreview': query(
    archiveInput,
    z.object({
      owner: archiveSchema.shape.owner,
      /** Posts in it, and of them what is left out: reposts, replies, those without a link to a page, those that were not understood. */
      posts: z.number().int(), reposts: z.number().int(), replies: z.number().int(), plain: z.number().int(), unread: z.number().int(),
      /** Pages that posts link to; new items, items that get texts, their texts, and pages that find no room. */
      pages: z.number().int(), fresh: z.number().int(), same: z.number().int(), texts: z.number().int(), full: z.number().int(),
      shown: z.array(z.object({ title: z.string(), url: z.string(), tier: z.string(), texts: z.number().int(), verdict: z.enum(['new', 'same']) })),
    }),
  ),
  /** `mine`: the user says that it is this account's, for one that does not say it. Throws AppError `archive_gone`, `archive_other`, `archive_unsure`, `not_found`. */
  'sources.archiveImport': command(archiveInput.extend({ mine: z.boolean() }), z.object({ added: z.number().int(), changed: z.number().int(), undoId: z.string() })),
};
