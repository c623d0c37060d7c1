import { z } from 'zod';
import { LINK_STATUSES } from '../domain/library/linkCheck.ts';
import { canonicalUrl } from '../domain/tierByLink.ts';
import { PUBLICATION_STATES } from '../domain/types.ts';
import { command, query } from './define.ts';
import { attachedMediaSchema, mediaInput, publicationSchema } from './publications.ts';
import { daySchema } from './time.ts';

/** Items of one account's library at most. */
export const MOST_ITEMS = 5000;
export const MOST_VARIANTS = 10;
export const LONGEST_TEXT = 25_000;
/** Addresses asked about at once: more than a post of the composer's usual length can hold. */
export const MOST_ADDRESSES = 50;

export const ITEM_SOURCES = ['hand', 'csv', 'post', 'feed', 'archive'] as const;
/** Where an item came from; `name` is the file's or the feed's, and empty for what was written by hand or comes from X's archive. */
export const itemSourceSchema = z.object({ kind: z.enum(ITEM_SOURCES), name: z.string().max(120) }).strict();

const urlSchema = z.string().trim().max(2000).refine((text) => canonicalUrl(text) !== null, { error: 'not a web address' });
const fields = {
  title: z.string().trim().min(1).max(200),
  url: urlSchema.nullable(),
  summary: z.string().trim().max(1000),
  theme: z.string().trim().max(60),
  tier: z.string().min(1).max(40),
  /** Days of the account's calendar. */
  publishedOn: daySchema.nullable(),
  expiresOn: daySchema.nullable(),
  /** Stays worth sharing: rests at least `restDays` between two shares. */
  evergreen: z.boolean(),
  restDays: z.number().int().min(0).max(3650),
  notes: z.string().trim().max(5000),
};

/** What can be shared: a page of the brand's or another's, with its texts and what came of sharing it (DOMAIN §3). */
export const itemSchema = z.object({
  ...fields,
  /** What is stored was checked when it was written; a rule that became stricter hides nothing. */
  url: z.string().nullable(), title: z.string(), publishedOn: z.string().nullable(), expiresOn: z.string().nullable(),
  id: z.string(), accountId: z.string(), source: itemSourceSchema,
  /** Texts to share it with; without one it goes out as its title and address. */
  variants: z.array(z.object({ id: z.string(), text: z.string() })),
  /** Pictures that go out with it. */
  media: z.array(attachedMediaSchema),
  /** Times it went out from here, and when last, epoch ms. */
  shares: z.number().int(), lastSharedAt: z.number().nullable(),
  /** Its next planned share, epoch ms. */
  nextDueAt: z.number().nullable(),
  /** Sums over its shares, as far as their figures have been read; null where none has. */
  views: z.number().int().nullable(), interactions: z.number().int().nullable(),
  /** Views of its page over its life, as web statistics were read; null where they say nothing of it. */
  clicks: z.number().int().nullable(),
  /** How its shares of the last 7 days and its page's views did beside all others': z-score, 0 is the middle; null without figures. */
  z7: z.number().nullable(),
  /** What its address answered when it was last looked at (epoch ms), with the answer's code; when its page changed title last. Null before the first look. */
  link: z.object({ status: z.enum(LINK_STATUSES), at: z.number(), code: z.number().int().nullable(), retitledAt: z.number().nullable() }).nullable(),
  revision: z.number().int(), createdAt: z.number(), updatedAt: z.number(),
});
export type LibraryItem = z.infer<typeof itemSchema>;

/** One going out of an item: sent, or planned; without `publicationId` a post written elsewhere, seen on the network. */
export const itemShareSchema = z.object({
  publicationId: z.string().nullable(), at: z.number().nullable(), state: z.enum(PUBLICATION_STATES), text: z.string(), url: z.string().nullable(),
  views: z.number().int().nullable(), interactions: z.number().int().nullable(),
});
export type ItemShare = z.infer<typeof itemShareSchema>;

export const itemInputSchema = z.object({
  ...fields,
  /** Absent for a new one. */
  id: z.string().optional(), accountId: z.string(),
  variants: z.array(z.object({ id: z.string().optional(), text: z.string().trim().min(1).max(LONGEST_TEXT) }).strict()).max(MOST_VARIANTS),
  /** Left as they are where it is absent. */
  media: mediaInput.optional(),
  /** Of the item as it was when editing began: an older one than the stored answers `conflict`. */
  baseRevision: z.number().int().optional(),
}).strict();

/**
 * A row of a file as it was understood; `same` names the item that has its address already and would be brought up to date. `reason`
 * (`library.why.<code>`) of a skipped row: `empty`, `bad_url`, `bad_tier`, `bad_date` (each with `word`), `too_long` (`max`), `encoding`
 * for letters that were lost on the way, `full`; of one that is taken: `merged` into the row of `line`, `tier_contradicts` (`proposed`),
 * `most_texts` when its text finds no room.
 */
export const itemRowSchema = z.object({
  line: z.number().int(), title: z.string(), url: z.string().nullable(), theme: z.string(), tier: z.string(),
  publishedOn: z.string().nullable(), expiresOn: z.string().nullable(), text: z.string(),
  verdict: z.enum(['new', 'same', 'skipped']), itemId: z.string().nullable(),
  reason: z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])) }).nullable(),
});
export type ItemRow = z.infer<typeof itemRowSchema>;

const importInput = z.object({
  accountId: z.string(), name: z.string().max(120), content: z.string().max(2_000_000), dateOrder: z.enum(['auto', 'dmy', 'mdy']),
  /** For rows that name none and whose link proposes none. */
  defaultTier: z.string().max(40), defaultTheme: z.string().trim().max(60),
}).strict();

export const libraryMethods = {
  /** All of an account's, newest change first. */
  'library.list': query(z.object({ accountId: z.string() }).strict(), z.array(itemSchema)),
  /** One item with its shares, newest first. */
  'library.item': query(z.object({ id: z.string() }).strict(), z.object({ item: itemSchema, shares: z.array(itemShareSchema) })),
  /** What an account's items say of the tier of these addresses, each in its one form (`canonicalUrl`); those that no item has are left out. */
  'library.tiers': query(
    z.object({ accountId: z.string(), addresses: z.array(z.string().max(LONGEST_TEXT)).max(MOST_ADDRESSES) }).strict(),
    z.array(z.object({ address: z.string(), tier: z.string() })),
  ),
  /** Throws AppError `conflict`, `not_found`, `library_full`, `bad_input` for a tier the account has not, `media_unsupported` for what is no picture, `item_gif_alone` for a GIF beside others. `same`: another item that has the address; nothing was written. */
  'library.save': command(
    itemInputSchema,
    z.discriminatedUnion('result', [z.object({ result: z.literal('saved'), item: itemSchema, undoId: z.string() }), z.object({ result: z.literal('same'), item: itemSchema })]),
  ),
  /** Takes items out of the library; what was written or planned from them stays. */
  'library.remove': command(z.object({ ids: z.array(z.string()).min(1).max(MOST_ITEMS) }).strict(), z.object({ removed: z.number().int(), undoId: z.string() })),
  /** A draft from an item: the text named, else the one shared longest ago, else its title; its address is added where the text has no link to it, its pictures go along. Throws AppError `not_found`, `bad_input` for a tier the account has no more. */
  'library.compose': command(z.object({ id: z.string(), variantId: z.string().nullable() }).strict(), z.object({ publication: publicationSchema, undoId: z.string() })),
  /** An item from a post written here, its text as the first variant and its pictures with it; where an item has its address already, another text of that one. Throws AppError `not_found`, `text_empty`, `library_full`, `texts_full`. */
  'library.keep': command(z.object({ publicationId: z.string() }).strict(), z.object({ item: itemSchema, undoId: z.string() })),
  /** Looks at an item's address now. Throws AppError `not_found`, `link_not_asked` where there is no network, or the address is none that is asked. */
  'library.checkLink': command(z.object({ id: z.string() }).strict(), itemSchema),
  /** Nothing is written. Throws AppError `csv_unreadable`, `batch_too_large`, `bad_input` for a default tier the account has not. Texts are told in part. */
  'library.importPreview': query(importInput, z.object({ rows: z.array(itemRowSchema), fresh: z.number().int(), same: z.number().int(), skipped: z.number().int(), unknownColumns: z.array(z.string()) })),
  /** Carries out what the preview shows, judged anew, with one undo. Throws AppError `not_found` where no row is taken. */
  'library.import': command(importInput, z.object({ added: z.number().int(), changed: z.number().int(), skipped: z.number().int(), undoId: z.string() })),
};
