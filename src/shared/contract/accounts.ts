import { z } from 'zod';
import { CAP_STAGES } from '../domain/budget.ts';
import { houseStyleSchema } from '../domain/houseStyle.ts';
import { linkTaggingSchema } from '../domain/linkTagging.ts';
import { ratioPolicySchema } from '../domain/types.ts';
import { command, query } from './define.ts';

export const accountSchema = z.object({
  id: z.string(),
  /** `practice` = the sandbox network that ships with the app. */
  network: z.enum(['x', 'practice']),
  remoteId: z.string(),
  username: z.string(),
  name: z.string(),
  /** Path served by the host, or null. */
  avatar: z.string().nullable(),
  role: z.enum(['brand', 'department', 'personal']),
  auth: z.enum(['oauth1', 'oauth2']),
  state: z.enum(['connected', 'needs_reauth', 'other_origin', 'locked']),
  apiOrigin: z.string(),
  policy: ratioPolicySchema,
  /** IANA zone of the account's plan. */
  zone: z.string(),
  /** How its posts go out unless a post says otherwise (DOMAIN §4). */
  via: z.enum(['api', 'handoff']),
  /** Most that a UTC month may cost, USD; null for no cap (DOMAIN §7). */
  capUsd: z.number().nullable(),
  /** URL pattern -> tier, first match wins. */
  urlRules: z.array(z.object({ pattern: z.string().min(1).max(500), tier: z.string() })),
  style: houseStyleSchema,
  tagging: linkTaggingSchema,
  maxWeighted: z.number().int(),
  createdAt: z.number(),
});
export type Account = z.infer<typeof accountSchema>;

const empty = z.object({}).strict();
const idIn = z.object({ accountId: z.string() }).strict();
const key = z.string().trim().min(1).max(400);

export const accountMethods = {
  'accounts.list': query(empty, z.array(accountSchema)),
  /** Starts the sandbox network beside the app, connects its brand account and adds home, mentions and own-posts columns. Safe to repeat. `another`: the next of its own accounts that is not here yet; throws AppError `practice_all` where there is none. */
  'accounts.addPractice': command(z.object({ another: z.boolean().optional() }).strict(), accountSchema),
  /** Asks the network whose keys these are, which it bills as reading one user. Throws the network's AppErrors, `secrets_locked`; an account whose keys are no longer taken asks to sign in again. */
  'accounts.testKeys': command(idIn, accountSchema),
  'accounts.connectOAuth1': command(
    z.object({ appKey: key, appSecret: key, accessToken: key, accessSecret: key }).strict(),
    accountSchema,
  ),
  /** Begins OAuth 2 PKCE: the loopback listener waits; the caller opens `authorizeUrl`. */
  'accounts.oauth2Start': command(
    z.object({ clientId: key, clientSecret: z.string().trim().max(400).optional() }).strict(),
    z.object({ flowId: z.string(), authorizeUrl: z.string(), redirectUri: z.string(), expiresAt: z.number() }),
  ),
  /** The fallback: the address the browser ended on, pasted by the user. */
  'accounts.oauth2Paste': command(z.object({ flowId: z.string(), url: z.string().max(4000) }).strict(), accountSchema),
  'accounts.oauth2Cancel': command(z.object({ flowId: z.string() }).strict(), z.object({ cancelled: z.boolean() })),
  /** The redirect addresses to register in X's console. */
  'accounts.redirectUris': query(empty, z.array(z.string())),
  /** What a change of zone would do to each planned post. */
  'accounts.zonePreview': query(
    z.object({ accountId: z.string(), zone: z.string().max(80) }).strict(),
    z.array(z.object({ id: z.string(), text: z.string(), wall: z.string(), dueAt: z.number(), keepClockAt: z.number(), keepInstantWall: z.string(), past: z.boolean() })),
  ),
  /** Keeps the time on the clock or the moment; what would be due by the change alone goes to the tray (DOMAIN §4). */
  'accounts.changeZone': command(
    z.object({ accountId: z.string(), zone: z.string().max(80), keep: z.enum(['clock', 'instant']) }).strict(),
    z.object({ changed: z.number().int(), toTray: z.number().int(), undoId: z.string() }),
  ),
  'accounts.update': command(
    z.object({
      accountId: z.string(),
      role: accountSchema.shape.role.optional(),
      policy: ratioPolicySchema.optional(),
      via: z.enum(['api', 'handoff']).optional(),
      capUsd: z.number().min(0).max(100_000).nullable().optional(),
      urlRules: accountSchema.shape.urlRules.optional(),
      style: houseStyleSchema.optional(),
      tagging: linkTaggingSchema.optional(),
    }).strict(),
    accountSchema,
  ),
  /** Removes the account, its tokens, columns and everything its token fetched. Not undoable: the screen asks first. */
  'accounts.remove': command(idIn, z.object({ removedPosts: z.number().int(), keptDrafts: z.number().int() })),
  /** A month by UTC, as `YYYY-MM`: this one where none is named. What is reserved, the stage, today and the week are always of now. */
  'money.month': query(
    z.object({ accountId: z.string(), month: z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/).optional() }).strict(),
    z.object({ month: z.string(), /** The first month in which anything was spent; null where nothing ever was. */ first: z.string().nullable(), spentLow: z.number(), spentHigh: z.number(), capUsd: z.number().nullable(), byEndpoint: z.array(z.object({ endpoint: z.string(), calls: z.number().int(), usd: z.number() })),
      /** The same of today, a UTC day: X bills by it. */
      today: z.array(z.object({ endpoint: z.string(), calls: z.number().int(), usd: z.number() })),
      /** What this month's planned posts will cost: reads may not spend it. */
      reserveUsd: z.number(), stage: z.enum(CAP_STAGES), byDay: z.array(z.object({ day: z.string(), low: z.number(), high: z.number() })),
      /** The coming seven days: what is planned, reading as in the last seven, and the figures of own posts that come of age in them. */
      week: z.object({ posts: z.number().int(), publishUsd: z.number(), readUsd: z.number(), figuresUsd: z.number() }) }),
  ),
};
