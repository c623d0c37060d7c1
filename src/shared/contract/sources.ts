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

const addressSchema = z.string().trim().min(1).max(2000);

export const sourceMethods = {
  /** By title. */
  'sources.list': query(z.object({ accountId: z.string() }).strict(), z.object({ feeds: z.array(feedSchema) })),
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
};
