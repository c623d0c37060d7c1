import { z } from 'zod';
import { HEAVIEST, LIGHTEST, rangeFault } from '../domain/library/campaign.ts';
import { weekSlotsSchema, weekTemplateSchema } from '../domain/template.ts';
import { PUBLICATION_STATES, ratioPolicySchema } from '../domain/types.ts';
import { command, query } from './define.ts';
import { daySchema, instantSchema, wallSchema } from './time.ts';

const periodSchema = z.enum(['week', 'month']);
/** What breaks the rule: the day at whose end the period holds too many, or the run of at most W that does (DOMAIN §2). */
export const violationSchema = z.discriminatedUnion('part', [
  z.object({ part: z.literal('totals'), day: z.string(), period: z.object({ kind: periodSchema, start: z.string(), end: z.string() }), tier: z.string(), count: z.number(), allowed: z.number(), over: z.number(), blocking: z.boolean() }),
  z.object({ part: z.literal('spread'), unitIds: z.array(z.string()), from: z.number(), to: z.number(), places: z.number().int(), tier: z.string(), count: z.number(), allowed: z.number(), over: z.number(), blocking: z.boolean() }),
]);
export type ViolationData = z.infer<typeof violationSchema>;

/** What can be done instead of a refused change; times in epoch ms. */
export const offeredFixSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('exchange'), withId: z.string(), dueAt: z.number(), otherDueAt: z.number() }),
  z.object({ kind: z.literal('takePlace'), ofId: z.string(), dueAt: z.number() }),
  z.object({ kind: z.literal('earlier'), dueAt: z.number() }),
  z.object({ kind: z.literal('later'), dueAt: z.number() }),
  z.object({ kind: z.literal('none'), direction: z.enum(['earlier', 'later', 'both']) }),
  z.object({ kind: z.literal('addBase'), n: z.number().int(), day: z.string() }),
  z.object({ kind: z.literal('retier'), tier: z.string() }),
  /** Uses up `tier` until `repaid` more base posts are there. */
  z.object({ kind: z.literal('override'), tier: z.string(), repaid: z.number().int().nullable() }),
]);
export type OfferedFix = z.infer<typeof offeredFixSchema>;
/** A fix that is taken: what of an offered one decides. */
export const fixSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('exchange'), withId: z.string() }),
  z.object({ kind: z.literal('takePlace'), ofId: z.string() }),
  z.object({ kind: z.literal('earlier'), dueAt: instantSchema }),
  z.object({ kind: z.literal('later'), dueAt: instantSchema }),
  z.object({ kind: z.literal('none'), direction: z.enum(['earlier', 'later', 'both']) }),
  z.object({ kind: z.literal('addBase'), n: z.number().int(), day: z.string() }),
  z.object({ kind: z.literal('retier'), tier: z.string() }),
  z.object({ kind: z.literal('override') }),
]);
export type FixData = z.infer<typeof fixSchema>;

export const unitSchema = z.object({
  id: z.string(), dueAt: z.number(), tier: z.string(), state: z.enum(PUBLICATION_STATES),
  sentAt: z.number().optional(), tied: z.boolean().optional(), overridden: z.boolean().optional(), order: z.string().optional(),
});

/** A template is checked as its week repeated (DOMAIN §2). `weekday` 1 Monday to 7 Sunday; `time` null for a day's totals. */
export const templateCheckSchema = z.object({
  ok: z.boolean(), slots: z.number().int(), perWeek: z.record(z.string(), z.number()),
  breaks: z.array(z.object({ part: z.enum(['totals', 'spread']), week: z.number().int(), weekday: z.number().int(), time: z.string().nullable(), tier: z.string(), count: z.number(), allowed: z.number(), over: z.number() })),
});

const ofAccount = z.object({ accountId: z.string() }).strict();
const reasonSchema = z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])) });
/**
 * Days from one to another, both included. `leave`: drafts, or items of the library, that are not to be placed. `seed` chooses among
 * equals; `picks` settles slots by hand: an item of the slot's tier, or null for a slot that stays free. A pick that no longer stands
 * (its slot is taken, its item gone or of another tier, or its text cannot go out) is passed over.
 */
const fillInput = z.object({
  accountId: z.string(), from: daySchema, to: daySchema, leave: z.array(z.string()).max(5000),
  library: z.boolean().optional(), seed: z.number().int().min(0).max(999_999).optional(),
  picks: z.array(z.object({ wall: wallSchema, itemId: z.string().nullable() }).strict()).max(1000).optional(),
}).strict();
/** Why an item was chosen: each term as it is added, and the sum (DOMAIN §3, Fill). */
export const scoreSchema = z.object({ total: z.number(), freshness: z.number(), performance: z.number(), rest: z.number(), campaign: z.number(), similarity: z.number() });
export type Score = z.infer<typeof scoreSchema>;

/** A theme, or words of a title, that count for more on some days, both ends included (DOMAIN §3). What is stored was checked when it was written. */
const campaignSchema = z.object({ id: z.string(), accountId: z.string(), name: z.string(), theme: z.string(), from: z.string(), to: z.string(), weight: z.number() });
export type CampaignData = z.infer<typeof campaignSchema>;
const campaignInput = z.object({
  /** Absent for a new one. */
  id: z.string().optional(), accountId: z.string(),
  name: z.string().trim().min(1).max(60), theme: z.string().trim().min(1).max(60), from: daySchema, to: daySchema, weight: z.number().min(LIGHTEST).max(HEAVIEST),
}).strict().refine(({ from, to }) => rangeFault(from, to) === null, { error: 'not a range of days', path: ['to'] });

export const planningMethods = {
  /** Everything `buildIndex` needs, so that dragging is checked in the window within a frame. Without a template its period is the week. */
  'planning.context': query(
    ofAccount,
    z.object({ policy: ratioPolicySchema, zone: z.string(), now: z.number(), period: periodSchema, units: z.array(unitSchema), template: weekTemplateSchema.nullable() }),
  ),
  'planning.template': query(ofAccount, z.object({ template: weekTemplateSchema.nullable(), check: templateCheckSchema })),
  /** Saves an account's week, Monday first, or takes it away; the period is chosen here. One that breaks the rule is saved too: `check` says where. */
  'planning.setTemplate': command(
    z.object({ accountId: z.string(), template: z.object({ days: weekSlotsSchema }).strict().nullable() }).strict(),
    z.object({ template: weekTemplateSchema.nullable(), check: templateCheckSchema, undoId: z.string() }),
  ),
  /** Fewest exchanges, else to the tray. */
  'planning.repairPreview': query(ofAccount, z.object({ exchanges: z.array(z.object({ a: z.string(), b: z.string() })), toTray: z.array(z.string()) })),
  'planning.repair': command(ofAccount, z.object({ exchanges: z.number(), toTray: z.number(), undoId: z.string() })),
  /** Gives a day's unsent posts other ones of its times, so that the tiers come round evenly; `left` when that would break the rule, `same` when it is so already. */
  'planning.spreadEvenly': command(
    z.object({ accountId: z.string(), day: daySchema }).strict(),
    z.discriminatedUnion('result', [
      z.object({ result: z.literal('changed'), changed: z.number().int(), undoId: z.string() }),
      z.object({ result: z.literal('same') }),
      z.object({ result: z.literal('left'), violations: z.array(violationSchema) }),
    ]),
  ),
  /** Which drafts would take which free slots of the template, which would not and why; `slots` were free, `free` would stay so. */
  'planning.fillPreview': query(
    fillInput,
    z.object({
      /** Drafts by their id (`item` null); items of the library by the item's, not yet written. */
      rows: z.array(z.object({
        id: z.string(), text: z.string(), tier: z.string(), theme: z.string(), wall: wallSchema,
        item: z.object({
          id: z.string(), title: z.string(), score: scoreSchema,
          /** Days since it was published and since it was last shared; whose text it is like, by time and percent. */
          ageDays: z.number().nullable(), restDays: z.number().nullable(), like: z.object({ wall: wallSchema, percent: z.number() }).nullable(),
          /** The campaign of that day that it is in, or is not; null where none runs. */
          campaign: z.object({ name: z.string(), inside: z.boolean() }).nullable(),
          rivals: z.array(z.object({ id: z.string(), title: z.string(), total: z.number() })),
        }).nullable(),
      })),
      /**
       * Slots that stay free though the library was asked, with the reason (`fill.why.<code>`): `no_item` none of that theme and tier that
       * may be shared on that day; `used` those there are were shared already and are not evergreen; `placed` they stand in other slots of this proposal; `resting` the first is free again in
       * `days`; `similar` each says at least `percent` of what stands around it; `unfit` their texts are too long or their tier contradicts
       * their link; `ratio` taken out (`tier`, `part`, `count`, `allowed`, `day`) because base posts it leaned on are missing; `by_hand`.
       */
      unfilled: z.array(z.object({ wall: wallSchema, tier: z.string(), theme: z.string(), reason: reasonSchema })),
      left: z.array(z.object({ id: z.string(), text: z.string(), tier: z.string(), reason: reasonSchema })),
      slots: z.number().int(), free: z.array(z.object({ day: z.string(), tier: z.string(), count: z.number().int() })), usd: z.number(),
    }),
  ),
  /** Carries out what the preview shows, judged anew. Throws AppError `not_found` where nothing fits. */
  'planning.fill': command(fillInput, z.object({ placed: z.number().int(), left: z.number().int(), undoId: z.string() })),
  /** An account's campaigns, soonest first. */
  'planning.campaigns': query(ofAccount, z.array(campaignSchema)),
  /** Throws AppError `not_found`, `bad_input` for another account's. */
  'planning.saveCampaign': command(campaignInput, z.object({ campaign: campaignSchema, undoId: z.string() })),
  /** Throws AppError `not_found`. */
  'planning.removeCampaign': command(z.object({ id: z.string() }).strict(), z.object({ undoId: z.string() })),
};
