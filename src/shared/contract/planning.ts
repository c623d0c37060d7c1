import { z } from 'zod';
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
/** Days from one to another, both included; `leave`: drafts that are not to be placed. */
const fillInput = z.object({ accountId: z.string(), from: daySchema, to: daySchema, leave: z.array(z.string()).max(5000) }).strict();

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
      rows: z.array(z.object({ id: z.string(), text: z.string(), tier: z.string(), theme: z.string(), wall: wallSchema })),
      left: z.array(z.object({ id: z.string(), text: z.string(), tier: z.string(), reason: reasonSchema })),
      slots: z.number().int(), free: z.array(z.object({ day: z.string(), tier: z.string(), count: z.number().int() })), usd: z.number(),
    }),
  ),
  /** Carries out what the preview shows, judged anew. Throws AppError `not_found` where nothing fits. */
  'planning.fill': command(fillInput, z.object({ placed: z.number().int(), left: z.number().int(), undoId: z.string() })),
};
