import { z } from 'zod';
import { command, query } from './define.ts';

/** What can wait in the outbox. Each is safe to ask for again: X takes the second time as done. */
export const OUTBOX_ACTIONS = ['bookmark', 'undoBookmark', 'hideReply', 'showReply', 'undoRepost', 'deletePost'] as const;
export type OutboxAction = (typeof OUTBOX_ACTIONS)[number];
/** What no second act on X takes back waits here this long first, ms; the others are undone by their opposite. */
export const REGRET_MS = 10_000;
export const REGRETTED: ReadonlySet<OutboxAction> = new Set<OutboxAction>(['undoRepost', 'deletePost']);
export const OUTBOX_STATES = ['waiting', 'sending', 'done', 'failed', 'cancelled'] as const;

export const outboxEntrySchema = z.object({
  id: z.string(), accountId: z.string(), action: z.enum(OUTBOX_ACTIONS),
  /** The post it is about, its author's handle and its first words as they are stored here. */
  postId: z.string(), username: z.string(), excerpt: z.string(),
  state: z.enum(OUTBOX_STATES),
  /** Why it failed, waits or was taken out; worded by `activity.outbox.why.<code>`, else by `reasons.<code>`. `perhaps` among its values: X may have carried it out. */
  reason: z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])) }).nullable(),
  /** Not before then, epoch ms; null for as soon as it can. */
  nextTryAt: z.number().nullable(),
  tries: z.number().int(), createdAt: z.number(), endedAt: z.number().nullable(),
});
export type OutboxEntry = z.infer<typeof outboxEntrySchema>;

const postId = z.string().regex(/^\d{1,19}$/);
const one = z.object({ id: z.string() }).strict();
const empty = z.object({}).strict();

export const syncMethods = {
  'sync.status': query(
    empty,
    z.object({
      /** The network could not be reached since; null while it can. Epoch ms. */
      offlineSince: z.int().nullable(), lastTryAt: z.int().nullable(), nextTryAt: z.int().nullable(),
      /** Answers, reposts and posts that wait to go out by themselves, and outbox entries. */
      waiting: z.number().int(),
      /** The last time without the network that is over, as far as this run of the program knows. */
      outage: z.object({ from: z.number(), to: z.number() }).nullable(),
      /** What waits is held here since, epoch ms; null while it goes by itself. */
      heldSince: z.number().nullable(),
    }),
  ),
  /** Waiting ones first, in their order; then what ended, newest first. */
  'outbox.list': query(z.object({ limit: z.number().int().min(1).max(1000) }).strict(), z.array(outboxEntrySchema)),
  /** Toggles keep the last wish: the opposite of what still waits takes it back, the same wish is one entry. What the account's network never does is refused with `bookmark_needs_oauth2`, `bookmark_practice` or `hide_not_reply`. */
  'outbox.put': command(z.object({ accountId: z.string(), action: z.enum(OUTBOX_ACTIONS), postId }).strict(), z.object({ entry: outboxEntrySchema, undoId: z.string() })),
  /** Takes out what waits. Where X may have carried it out, it ends with the reason `perhaps_done`, and of a deletion X is asked what it shows. */
  'outbox.cancel': command(one, outboxEntrySchema),
  /** A failed one once more. */
  'outbox.retry': command(one, outboxEntrySchema),
  /** Puts a waiting one before another, or last: an entry among the entries, or an answer (its publication's id) among the answers. */
  'outbox.move': command(z.object({ id: z.string(), before: z.string().nullable() }).strict(), z.array(outboxEntrySchema)),
  /** Keeps what waits here until it is let go, over restarts too; what is planned goes out at its time. `scheduler.pause` stops both. */
  'outbox.hold': command(z.object({ on: z.boolean() }).strict(), z.object({ heldSince: z.number().nullable() })),
  /** Tries now, without waiting for the next time. */
  'sync.now': command(empty, z.object({ asked: z.boolean() })),
};
