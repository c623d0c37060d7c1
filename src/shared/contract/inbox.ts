import { z } from 'zod';
import { CASE_KINDS, CASE_STATES, OUTCOMES } from '../domain/inbox.ts';
import { command, query } from './define.ts';
import { authorSchema, postSchema, profileFields } from './columns.ts';
import { publicationSchema } from './publications.ts';

const labelSchema = z.string().trim().min(1).max(40);
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/);
const minutes = z.number().int().min(1).max(100_000).nullable();

/** A case as the list shows it. Instants are epoch ms. */
export const caseSchema = z.object({
  id: z.string(),
  accountId: z.string(),
  person: authorSchema,
  state: z.enum(CASE_STATES),
  kind: z.enum(CASE_KINDS),
  /** High priority. */
  high: z.boolean(),
  labels: z.array(z.string()),
  /** The person's labels. */
  personLabels: z.array(z.string()),
  outcome: z.enum(OUTCOMES).nullable(),
  note: z.string(),
  /** First words of the last message. */
  excerpt: z.string(),
  lang: z.string().nullable(),
  lastMessageAt: z.number(),
  /** When the oldest unanswered message was first seen here; null when nothing is owed. */
  owedSince: z.number().nullable(),
  /** When the answer is due, by the response clock in opening hours; null without a clock. */
  dueAt: z.number().nullable(),
  snoozedUntil: z.number().nullable(),
  /** How an answer goes: from here, or by hand on x.com. */
  replyRoute: z.enum(['outbox', 'handOff']),
  /** An answer that has not gone out yet: written, waiting for the network, refused. */
  pending: z.object({ publicationId: z.string(), state: publicationSchema.shape.state, reason: publicationSchema.shape.reason }).nullable(),
  revision: z.number().int(),
});
export type CaseView = z.infer<typeof caseSchema>;

/** What a card says of the case its post belongs to. */
export const postMarkSchema = z.object({
  postId: z.string(), caseId: z.string(), kind: z.enum(CASE_KINDS), state: z.enum(CASE_STATES),
  dueAt: z.number().nullable(), snoozedUntil: z.number().nullable(),
  /** When it was done, answered or left waiting; null where that is not known. */
  settledAt: z.number().nullable(),
  /** It waits because it was answered, not because it was only left waiting. */
  answered: z.boolean(),
  /** The answer has not gone out yet. */
  unsent: z.boolean(),
});
export type PostMark = z.infer<typeof postMarkSchema>;

/** What happened, in order, worded by `inbox.event.<type>`. */
export const caseEventSchema = z.object({
  at: z.number(), type: z.string(), by: z.enum(['user', 'rule', 'app']), params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});
export const caseMessageSchema = z.object({ post: postSchema, direction: z.enum(['in', 'out']), seenAt: z.number(), /** Minutes of opening hours that this answer took. */ tookMinutes: z.number().nullable() });

export const promiseSchema = z.object({ id: z.string().max(40), text: z.string().trim().min(1).max(300), at: z.number(), done: z.boolean() });
export const personSchema = z.object({
  author: authorSchema, ...profileFields, labels: z.array(z.string()), note: z.string(), phone: z.string(), promises: z.array(promiseSchema),
  exchanges: z.number().int(), firstSeenAt: z.number().nullable(),
  /** Earlier cases, newest first. */
  before: z.array(z.object({
    caseId: z.string(), at: z.number(), kind: z.enum(CASE_KINDS), excerpt: z.string(), outcome: z.enum(OUTCOMES).nullable(), state: z.enum(CASE_STATES),
    /** Words it shares with the case looked at, where both are of one kind and enough of them are the same; else empty. */
    alike: z.array(z.string()),
  })),
});
export type PersonView = z.infer<typeof personSchema>;

export const savedReplySchema = z.object({ id: z.string(), title: z.string(), lang: z.enum(['es', 'en']), text: z.string(), uses: z.number().int() });
export type SavedReply = z.infer<typeof savedReplySchema>;
/** Where requests for help go (DOMAIN §6). */
export const routeSchema = z.object({
  id: z.string(), name: z.string(), url: z.string(), phone: z.string(), hours: z.string(),
  /** Saved reply per language. */
  replies: z.object({ es: z.string(), en: z.string() }),
});
export type RouteView = z.infer<typeof routeSchema>;
const conditionsSchema = z.object({
  words: z.array(z.string().trim().min(1).max(100)).max(50).optional(), people: z.array(z.string().trim().min(1).max(50)).max(200).optional(), lang: z.string().max(10).optional(),
  hasLink: z.boolean().optional(), hasQuestion: z.boolean().optional(), personLabel: labelSchema.optional(),
}).strict();
const actionsSchema = z.object({
  kind: z.enum(CASE_KINDS).optional(), high: z.boolean().optional(), label: labelSchema.optional(), snoozeMinutes: z.number().int().min(1).max(100_000).optional(), mute: z.boolean().optional(), routeId: z.string().max(64).optional(),
}).strict();
export const ruleSchema = z.object({ id: z.string(), name: z.string(), enabled: z.boolean(), conditions: conditionsSchema, actions: actionsSchema });
export type RuleView = z.infer<typeof ruleSchema>;

export const inboxSettingsSchema = z.object({
  /** Opening hours, Monday first; null for a closed day. */
  office: z.array(z.object({ from: clockTime, to: clockTime }).strict().refine((day) => day.from < day.to).nullable()).length(7),
  minutes: z.object({ complaint: minutes, question: minutes, lead: minutes, praise: minutes, other: minutes }).strict(),
  /** What a case becomes when it was answered. */
  afterReply: z.enum(['waiting', 'done']),
});
export type InboxSettings = z.infer<typeof inboxSettingsSchema>;

/** `attend`: somebody waits for us. */
export const INBOX_VIEWS = ['attend', 'waiting', 'snoozed', 'done', 'muted'] as const;
const ofAccount = z.object({ accountId: z.string() }).strict();
const ids = z.array(z.string()).min(1).max(500);
const undone = z.object({ changed: z.number().int(), refused: z.array(z.object({ caseId: z.string(), code: z.string() })), undoId: z.string() });
const idText = z.string().max(64);
const replyMedia = z.array(z.object({ id: z.string(), alt: z.string().max(1000) })).max(4);

export const inboxMethods = {
  /** Soonest due first, then what has no clock, newest first. */
  'inbox.list': query(
    z.object({ accountId: z.string(), view: z.enum(INBOX_VIEWS), kind: z.enum(CASE_KINDS).optional(), label: z.string().max(40).optional(), limit: z.number().int().min(1).max(1000) }).strict(),
    z.object({
      cases: z.array(caseSchema), more: z.boolean(),
      counts: z.object({ attend: z.number().int(), waiting: z.number().int(), snoozed: z.number().int(), done: z.number().int(), muted: z.number().int(), overdue: z.number().int() }),
      labels: z.array(z.string()),
      /** Median minutes of the last 30 days' answers; null without any. */
      medianMinutes: z.number().nullable(),
    }),
  ),
  /** The cases that posts belong to, as said to us, and which of these posts are by somebody who has a case at all. Small and quick: columns ask it with each page. */
  'inbox.marks': query(
    z.object({ accountId: z.string(), postIds: z.array(z.string().regex(/^\d{1,19}$/)).max(200) }).strict(),
    z.object({ marks: z.array(postMarkSchema), known: z.array(z.string()) }),
  ),
  'inbox.case': query(
    z.object({ caseId: z.string() }).strict(),
    z.object({ case: caseSchema, messages: z.array(caseMessageSchema), events: z.array(caseEventSchema), person: personSchema, /** The answer being written, or null. */ draft: publicationSchema.nullable() }),
  ),
  /** One act for one case or many, with one undo. */
  'inbox.act': command(
    z.object({
      caseIds: ids,
      act: z.discriminatedUnion('type', [
        z.object({ type: z.literal('open') }).strict(),
        z.object({ type: z.literal('done'), outcome: z.enum(OUTCOMES).nullable().optional() }).strict(),
        z.object({ type: z.literal('wait') }).strict(),
        z.object({ type: z.literal('reopen') }).strict(),
        z.object({ type: z.literal('snooze'), until: z.number() }).strict(),
        z.object({ type: z.literal('mute') }).strict(),
        z.object({ type: z.literal('unmute') }).strict(),
        z.object({ type: z.literal('kind'), kind: z.enum(CASE_KINDS) }).strict(),
        z.object({ type: z.literal('high'), high: z.boolean() }).strict(),
        z.object({ type: z.literal('label'), label: labelSchema, on: z.boolean() }).strict(),
        z.object({ type: z.literal('outcome'), outcome: z.enum(OUTCOMES).nullable() }).strict(),
        z.object({ type: z.literal('called'), note: z.string().max(500) }).strict(),
      ]),
    }).strict(),
    undone,
  ),
  'inbox.note': command(z.object({ caseId: z.string(), note: z.string().max(5000) }).strict(), caseSchema),
  /** Saves the answer being written as a draft of the case; without text and pictures it is taken away. Pictures that are not named stay as they are. */
  'inbox.draft': command(z.object({ caseId: z.string(), text: z.string().max(100_000), media: replyMedia.optional(), baseRevision: z.number().int().optional() }).strict(), z.object({ draft: publicationSchema.nullable() })),
  /**
   * Sends the answer, in ten seconds and undoable until then; with no network it waits and goes by itself. The case becomes `becomes`.
   * Pictures that are not named are those of its draft. An answer that X wants by hand is refused with `reply_by_hand`.
   */
  'inbox.reply': command(z.object({ caseId: z.string(), text: z.string().max(100_000), media: replyMedia.optional(), becomes: z.enum(['waiting', 'done']).optional(), savedReplyId: idText.optional() }).strict(), z.object({ case: caseSchema, publication: publicationSchema, undoId: z.string() })),
  /** Sends the person to a channel: its saved reply in the person's language, `waiting`, outcome `sentOn`, a record. By hand where X wants it so: `publication` is then null and `handOffUrl` opens x.com. */
  'inbox.route': command(z.object({ caseId: z.string(), routeId: z.string() }).strict(), z.object({ case: caseSchema, publication: publicationSchema.nullable(), handOffUrl: z.string().nullable(), undoId: z.string() })),
  /** The user answered by hand on x.com. */
  'inbox.answeredByHand': command(z.object({ caseId: z.string(), becomes: z.enum(['waiting', 'done']).optional() }).strict(), undone),
  /** What a saved reply or a route says to this person. */
  'inbox.fill': query(
    z.object({ caseId: z.string(), savedReplyId: idText.optional(), routeId: idText.optional() }).strict(),
    z.object({ text: z.string(), missing: z.array(z.string()), parts: z.array(z.object({ text: z.string(), kind: z.enum(['said', 'value', 'fallback', 'missing']) })) }),
  ),
  'inbox.setPerson': command(
    z.object({ accountId: z.string(), personId: z.string().regex(/^\d{1,19}$/), labels: z.array(labelSchema).max(20).optional(), note: z.string().max(5000).optional(), phone: z.string().max(40).optional(), promises: z.array(promiseSchema).max(100).optional() }).strict(),
    personSchema,
  ),
  /** A post of anybody (a hit of an outreach search) becomes a `lead`. Safe to repeat. */
  'inbox.lead': command(z.object({ accountId: z.string(), postId: z.string().regex(/^\d{1,19}$/) }).strict(), caseSchema),
  'inbox.settings': query(ofAccount, inboxSettingsSchema),
  'inbox.setSettings': command(z.object({ accountId: z.string(), settings: inboxSettingsSchema }).strict(), inboxSettingsSchema),
  'inbox.replies': query(ofAccount, z.array(savedReplySchema)),
  /** Throws `variable_unknown` for a variable that is none. */
  'inbox.saveReply': command(z.object({ accountId: z.string(), id: idText.optional(), title: z.string().trim().min(1).max(80), lang: z.enum(['es', 'en']), text: z.string().trim().min(1).max(10_000) }).strict(), savedReplySchema),
  'inbox.deleteReply': command(z.object({ accountId: z.string(), id: idText }).strict(), z.object({ undoId: z.string() })),
  'inbox.routes': query(ofAccount, z.array(routeSchema)),
  /** Throws `variable_unknown` for a variable that is none. */
  'inbox.saveRoute': command(
    z.object({ accountId: z.string(), id: idText.optional(), name: z.string().trim().min(1).max(80), url: z.union([z.literal(''), z.url({ protocol: /^https$/ }).max(500)]), phone: z.string().trim().max(40), hours: z.string().trim().max(80), replies: z.object({ es: z.string().max(5000), en: z.string().max(5000) }).strict() }).strict(),
    routeSchema,
  ),
  'inbox.deleteRoute': command(z.object({ accountId: z.string(), id: idText }).strict(), z.object({ undoId: z.string() })),
  /** In order; the first that holds wins. */
  'inbox.rules': query(ofAccount, z.array(ruleSchema)),
  'inbox.setRules': command(z.object({ accountId: z.string(), rules: z.array(ruleSchema.extend({ id: idText, name: z.string().trim().min(1).max(80) }).strict()).max(200) }).strict(), z.object({ rules: z.array(ruleSchema), undoId: z.string() })),
  /** What these rules would have done with the stored messages of the last 30 days; changes nothing. */
  'inbox.dryRun': query(
    z.object({ accountId: z.string(), rules: z.array(ruleSchema.extend({ id: idText, name: z.string().trim().min(1).max(80) }).strict()).max(200) }).strict(),
    z.object({ looked: z.number().int(), hits: z.array(z.object({ ruleId: z.string(), count: z.number().int(), examples: z.array(z.object({ username: z.string(), text: z.string() })) })), none: z.number().int() }),
  ),
};
