import { z } from 'zod';
import { METRIC_REASONS } from '../domain/measurement.ts';
import { HELD_REASONS, PUBLICATION_STATES } from '../domain/types.ts';
import { command, query } from './define.ts';
import { fixSchema, offeredFixSchema, violationSchema } from './planning.ts';
import { instantSchema, wallSchema } from './time.ts';

export type { FixData, OfferedFix, ViolationData } from './planning.ts';

export const attachedMediaSchema = z.object({
  id: z.string(),
  mime: z.string(),
  bytes: z.number().int(),
  width: z.number().nullable(),
  height: z.number().nullable(),
  alt: z.string().max(1000),
  /** Path served by the host. */
  src: z.string(),
});
export type AttachedMedia = z.infer<typeof attachedMediaSchema>;

export const PUBLICATION_KINDS = ['post', 'reply', 'repost'] as const;
/** Two to four answers of at most 25 characters, open for 5 minutes to 7 days (X documentation). */
export const pollSchema = z.object({ options: z.array(z.string().max(25)).min(2).max(4), minutes: z.number().int().min(5).max(10_080) });
/** What a look on the network found, or a refusal pointed to. */
export const evidenceSchema = z.object({
  kind: z.enum(['found', 'notFound', 'duplicateOf', 'saidByUser']), at: z.number(), looks: z.number().int().optional(), remoteId: z.string().nullable().optional(), createdAt: z.number().nullable().optional(),
});
/** Parts of one thread, the first included (X sets no limit; a longer one is a text for elsewhere). */
export const MAX_PARTS = 25;
export const partSchema = z.object({ text: z.string(), media: z.array(attachedMediaSchema), remoteId: z.string().nullable(), sentAt: z.number().nullable() });

export const publicationSchema = z.object({
  id: z.string(),
  accountId: z.string(),
  kind: z.enum(PUBLICATION_KINDS),
  /** Later parts of a thread; the first is the publication itself. */
  parts: z.array(partSchema),
  poll: pollSchema.nullable(),
  /** The post answered or reposted, and its author's handle. */
  target: z.object({ id: z.string(), username: z.string().nullable() }).nullable(),
  /** By the API, or by the user's own hand in X's composer (DOMAIN §4). */
  via: z.enum(['api', 'handoff']),
  /** A unit of the ratio. */
  counts: z.boolean(),
  /** Deleted on the network, epoch ms. */
  removedAt: z.number().nullable(),
  state: z.enum(PUBLICATION_STATES),
  heldReason: z.enum(HELD_REASONS).nullable(),
  text: z.string(),
  tier: z.string(),
  /** Written reason for a tier that contradicts the link, or null. */
  tierReason: z.string().nullable(),
  media: z.array(attachedMediaSchema),
  wall: wallSchema.nullable(),
  zone: z.string(),
  /** Epoch ms derived from wall and zone. */
  dueAt: z.number().nullable(),
  sentAt: z.number().nullable(),
  remoteId: z.string().nullable(),
  url: z.string().nullable(),
  overrideReason: z.string().nullable(),
  /** Sent later than its time. */
  late: z.boolean(),
  /** Why it failed, was missed, or stayed a draft; a code worded by the renderer (`reason.<code>`), with values. */
  reason: z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])) }).nullable(),
  /** USD for sending it, from the price table. */
  usd: z.number(),
  /** Its place among the answers that wait, where the user gave it one: they go by it as text, those without one last. */
  place: z.string().optional(),
  /** Rises with every change: a save names the one it started from. */
  revision: z.number().int(),
  createdAt: z.number(),
  updatedAt: z.number(),
});
export type Publication = z.infer<typeof publicationSchema>;

/** A ratio refusal is an expected outcome, not an error (DOMAIN §2). Nothing was changed. */
export const placedSchema = z.discriminatedUnion('result', [
  z.object({ result: z.literal('placed'), publication: publicationSchema, alsoChanged: z.array(publicationSchema), warnings: z.array(violationSchema), undoId: z.string() }),
  z.object({ result: z.literal('refused'), violations: z.array(violationSchema), fixes: z.array(offeredFixSchema) }),
]);
export type Placed = z.infer<typeof placedSchema>;

/** Files of a post, or of an item of the library, in their order. */
export const mediaInput = z.array(z.object({ id: z.string(), alt: z.string().max(1000) })).max(4);
export const draftInputSchema = z.object({
  /** Absent for a new draft. */
  id: z.string().optional(),
  accountId: z.string(),
  text: z.string().max(100_000),
  tier: z.string().max(40),
  tierReason: z.string().max(500).nullable(),
  media: mediaInput,
  parts: z.array(z.object({ text: z.string().max(100_000), media: mediaInput }).strict()).max(MAX_PARTS - 1).optional(),
  poll: pollSchema.nullable().optional(),
  via: z.enum(['api', 'handoff']).optional(),
  /** Only when it is made: what it answers or reposts. */
  kind: z.enum(PUBLICATION_KINDS).optional(),
  target: z.object({ id: z.string().regex(/^\d{1,19}$/), username: z.string().max(50).nullable() }).strict().optional(),
}).strict();

const one = z.object({ id: z.string() }).strict();
export const attemptSchema = z.object({
  id: z.string(), part: z.number().int(), startedAt: z.number(), endedAt: z.number().nullable(), dueAt: z.number().nullable(), outcome: z.string().nullable(), status: z.number().nullable(), errorCode: z.string().nullable(),
  remoteId: z.string().nullable(), looks: z.number().int(), nextLookAt: z.number().nullable(), limits: z.record(z.string(), z.string()), evidence: evidenceSchema.nullable(), bootId: z.string(),
  /** SHA-256 of the normalised text that was sent. */
  textHash: z.string(),
});
/** What the public gave a post; `views` is null where the network does not say it. */
export const figuresSchema = z.object({ views: z.number().int().nullable(), likes: z.number().int(), reposts: z.number().int(), replies: z.number().int(), quotes: z.number().int() });
/** A post's public figures at an age of so many days: read, to be read (with a `reason`: what it waits for), or not read and why. USD of the reading, from and to. */
export const metricStepSchema = z.object({
  day: z.number().int(), state: z.enum(['planned', 'read', 'unread']), dueAt: z.number(), readAt: z.number().nullable(),
  figures: figuresSchema.nullable(), reason: z.enum(METRIC_REASONS).nullable(), usdLow: z.number(), usdHigh: z.number(),
});
export type MetricStep = z.infer<typeof metricStepSchema>;
export const blackBoxSchema = z.object({
  publication: publicationSchema,
  attempts: z.array(attemptSchema),
  history: z.array(z.object({ at: z.number(), event: z.string(), from: z.string(), to: z.string(), bootId: z.string(), reason: z.string().nullable() })),
  /** USD that its creates cost by the ledger; null where none was billed. Looks read for all that is in doubt and are not in it. */
  createUsd: z.number().nullable(),
  /** Readings of its public figures, by age; empty for what has none of its own, such as an answer or a repost. */
  metrics: z.array(metricStepSchema),
});
const empty = z.object({}).strict();

export const bulkRowSchema = z.object({
  line: z.number().int(),
  text: z.string(),
  tier: z.string(),
  wall: wallSchema.nullable(),
  /** `ok` goes where it was asked; `draft` stays as a draft with the reason; `skipped` is not imported. */
  verdict: z.enum(['ok', 'draft', 'skipped']),
  reason: z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])) }).nullable(),
  /** What a pasted line began with, as it was written: '' where the row's time or tier does not come from it. */
  read: z.object({ time: z.string(), tier: z.string() }).optional(),
  /** What looks like a day or a tier and stayed in the text. */
  note: z.object({ code: z.enum(['bracket_kept', 'day_kept']), word: z.string() }).nullable().optional(),
});
export type BulkRow = z.infer<typeof bulkRowSchema>;
const bulkInput = z.object({
  accountId: z.string(),
  format: z.enum(['lines', 'csv']),
  content: z.string().max(2_000_000),
  to: z.enum(['tray', 'calendar']),
  /** Tier of rows that name none and whose link proposes none. */
  defaultTier: z.string(),
  dateOrder: z.enum(['auto', 'dmy', 'mdy']),
}).strict();

export const publicationMethods = {
  'publications.list': query(
    z.object({ accountId: z.string().optional(), states: z.array(z.enum(PUBLICATION_STATES)).optional(), from: instantSchema.optional(), to: instantSchema.optional(), limit: z.number().int().min(1).max(5000).optional() }).strict(),
    z.array(publicationSchema),
  ),
  'publications.get': query(one, publicationSchema),
  /** Autosave. Saving a scheduled one keeps its place; a changed tier is checked like a move, and one that its links contradict answers `tier_needs_reason`. `baseRevision` older than the stored one answers `conflict`. */
  'publications.save': command(draftInputSchema.extend({ baseRevision: z.number().int().optional(), override: z.object({ reason: z.string() }).optional() }), placedSchema),
  'publications.delete': command(one, z.object({ undoId: z.string(), breaks: z.array(violationSchema) })),
  /** Schedules a draft, or moves a scheduled one. `fix` is one of the fixes a refusal offered; `override` needs a written reason. */
  'publications.place': command(
    z.object({ id: z.string(), at: z.union([z.object({ wall: wallSchema }).strict(), z.literal('nextFree')]), fix: fixSchema.optional(), override: z.object({ reason: z.string() }).optional() }).strict(),
    placedSchema,
  ),
  'publications.unschedule': command(one, z.object({ publication: publicationSchema, undoId: z.string(), breaks: z.array(violationSchema) })),
  /** Due in 10 s; `publications.cancelSend` until then. */
  'publications.sendNow': command(z.object({ id: z.string(), override: z.object({ reason: z.string() }).optional() }).strict(), placedSchema),
  'publications.cancelSend': command(one, publicationSchema),
  /** The user's decision on a missed, failed, held, needs_review or paused one. */
  'publications.decide': command(
    z.object({ id: z.string(), decision: z.enum(['sendNow', 'nextFree', 'toDraft', 'drop', 'wasPosted', 'wasNotPosted', 'sendAgain', 'resumeThread', 'leaveThread']), remoteUrl: z.string().max(500).optional() }).strict(),
    placedSchema,
  ),
  'publications.attempts': query(
    one,
    z.array(attemptSchema),
  ),
  /** All that is known of one publication, for showing and for a file. */
  'publications.blackBox': query(one, blackBoxSchema),
  /** Deletes it on the network, every part; it still counts (DOMAIN §2). */
  'publications.removeRemote': command(one, z.object({ publication: publicationSchema, removed: z.number().int(), left: z.number().int() })),
  /** Stops an upload under way; the post becomes a draft. */
  'publications.cancelUpload': command(one, z.object({ stopped: z.boolean() })),
  /** A post made from another's text, for a variation. */
  /** The same or nearly the same said within 90 days before or ahead (DOMAIN §3); null when nothing is. `at`: when it was or is said, or a draft was last changed, epoch ms; `percent` 100 for the same; `id` null for what was not sent from here; `remoteId` where it stands on the network. */
  'publications.saidBefore': query(
    z.object({ accountId: z.string(), text: z.string().max(100_000), exceptId: z.string().nullable() }).strict(),
    z.object({ id: z.string().nullable(), state: z.enum(PUBLICATION_STATES), kind: z.enum(PUBLICATION_KINDS), at: z.number(), text: z.string(), remoteId: z.string().nullable(), percent: z.number().int() }).nullable(),
  ),
  'publications.copy': command(one, publicationSchema),
  /** One decision for many; each gets its own result. */
  'publications.decideMany': command(
    z.object({ ids: z.array(z.string()).min(1).max(500), decision: z.enum(['nextFree', 'toDraft', 'drop']) }).strict(),
    z.object({ done: z.number().int(), refused: z.array(z.object({ id: z.string(), code: z.string() })), undoId: z.string() }),
  ),
  /** `unknownColumns`: names of a header that nothing was taken from, as written. */
  'publications.bulkPreview': query(bulkInput, z.object({ rows: z.array(bulkRowSchema), ok: z.number(), drafts: z.number(), skipped: z.number(), usd: z.number(), unknownColumns: z.array(z.string()).optional() })),
  'publications.bulkCommit': command(bulkInput, z.object({ scheduled: z.number(), drafts: z.number(), skipped: z.number(), rows: z.array(bulkRowSchema), undoId: z.string() })),
  'scheduler.status': query(
    empty,
    /** `stopped`: accounts that send nothing by themselves until it is tried by hand, the cap changes or sending is resumed. `nextDue`: what is planned next, never what is past its time; `late`: how many of those wait to go out. */
    z.object({ paused: z.object({ reason: z.string(), since: z.number() }).nullable(), stopped: z.array(z.object({ accountId: z.string(), reason: z.enum(['budget']), since: z.number() })), nextDue: z.object({ id: z.string(), dueAt: z.number() }).nullable(), late: z.number().int(), dueWithin12h: z.number().int(), needsDecision: z.number().int(), /** Of each account that has any. */ needsDecisionOf: z.record(z.string(), z.number().int()), lastTickAt: z.number().nullable() }),
  ),
  /** Hours of the local week (0 Monday 00:00 to 167) in which this computer usually is off; empty until two weeks are known. */
  'scheduler.offHours': query(z.object({ zone: z.string().max(80) }).strict(), z.object({ known: z.boolean(), hours: z.array(z.number().int()) })),
  /** Plays the coming week on a copy, against a network of its own. Takes seconds; `cancel` stops it. */
  'rehearsal.run': query(
    z.object({ accountId: z.string() }).strict(),
    z.object({
      from: z.number(), to: z.number(), usd: z.number(), tiers: z.record(z.string(), z.number()),
      posts: z.array(z.object({ id: z.string(), text: z.string(), kind: z.enum(PUBLICATION_KINDS), counts: z.boolean(), tier: z.string(), dueAt: z.number(), state: z.enum(PUBLICATION_STATES), sentAt: z.number().nullable(), late: z.boolean(), moved: z.boolean(), reason: publicationSchema.shape.reason, usd: z.number() })),
      clockChanges: z.array(z.object({ day: z.string(), hours: z.number() })), conflicts: z.array(z.object({ a: z.string(), b: z.string(), at: z.number() })),
    }),
  ),
  'scheduler.pause': command(z.object({ reason: z.string().trim().min(1).max(200) }).strict(), z.object({ paused: z.boolean() })),
  'scheduler.resume': command(empty, z.object({ paused: z.boolean() })),
  /** Newest first: what was sent, missed, refused; for the Activity screen. */
  'activity.list': query(
    z.object({ limit: z.number().int().min(1).max(500) }).strict(),
    z.array(z.object({ id: z.string(), at: z.number(), accountId: z.string().nullable(), level: z.enum(['info', 'warning', 'error']), code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])) })),
  ),
};
