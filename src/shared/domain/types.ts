import { z } from 'zod';

export type Lang = 'es' | 'en';
export type AccountRole = 'brand' | 'department' | 'personal';
/** Key of a tier within its account's policy: `free`, `premium`, `status` by default. */
export type TierKey = string;

const bothLanguages = z.object({ es: z.string().min(1).max(40), en: z.string().min(1).max(40) });
export const tierDefSchema = z.object({
  key: z.string().regex(/^[a-z][a-z0-9_]{0,30}$/),
  name: bothLanguages,
  /** Shown on cards; follows the language. */
  letter: bothLanguages,
  color: z.enum(['teal', 'amber', 'violet', 'blue', 'rose', 'lime']),
  weight: z.number().int().min(1).max(100),
  /** How late a missed post of this tier may still go out by itself, ms (DOMAIN §4). */
  graceMs: z.number().int().min(0).max(24 * 3_600_000),
  /** A post of this tier is worth its time only: it is not exchanged at send time. */
  tiedToTime: z.boolean(),
});
export type TierDef = z.infer<typeof tierDefSchema>;

export const ratioPolicySchema = z
  .object({
    tiers: z.array(tierDefSchema).min(2).max(6),
    base: z.string(),
    mode: z.enum(['enforce', 'warn', 'off']),
  })
  .refine((policy) => new Set(policy.tiers.map((tier) => tier.key)).size === policy.tiers.length, { error: 'two tiers share a key' })
  .refine((policy) => policy.tiers.some((tier) => tier.key === policy.base), { error: 'the base is not one of the tiers' });
/** The publisher's rule of an account (DOMAIN §2). */
export type RatioPolicy = z.infer<typeof ratioPolicySchema>;
export type RatioMode = RatioPolicy['mode'];

const HOUR = 3_600_000;
export const DEFAULT_POLICY: RatioPolicy = {
  tiers: [
    { key: 'free', name: { es: 'gratis', en: 'free' }, letter: { es: 'G', en: 'F' }, color: 'teal', weight: 10, graceMs: 2 * HOUR, tiedToTime: false },
    { key: 'premium', name: { es: 'prémium', en: 'premium' }, letter: { es: 'P', en: 'P' }, color: 'amber', weight: 4, graceMs: 2 * HOUR, tiedToTime: false },
    { key: 'status', name: { es: 'al momento', en: 'status' }, letter: { es: 'M', en: 'S' }, color: 'violet', weight: 1, graceMs: HOUR / 4, tiedToTime: true },
  ],
  base: 'free',
  mode: 'enforce',
};
/** The other preset: three of five posts give, two sell. */
export const PRESET_60_40: RatioPolicy = {
  tiers: [
    { key: 'free', name: { es: 'gratis', en: 'free' }, letter: { es: 'G', en: 'F' }, color: 'teal', weight: 60, graceMs: 2 * HOUR, tiedToTime: false },
    { key: 'premium', name: { es: 'prémium', en: 'premium' }, letter: { es: 'P', en: 'P' }, color: 'amber', weight: 40, graceMs: 2 * HOUR, tiedToTime: false },
  ],
  base: 'free',
  mode: 'enforce',
};

export const PUBLICATION_STATES = [
  'draft', 'scheduled', 'sending', 'posted', 'held', 'retry_wait', 'failed', 'unknown', 'needs_review', 'missed', 'paused', 'cancelled', 'partial',
] as const;
export type PublicationState = (typeof PUBLICATION_STATES)[number];
export const HELD_REASONS = ['ratio', 'style', 'budget', 'auth', 'media'] as const;
export type HeldReason = (typeof HELD_REASONS)[number];

/** States that count as units of the ratio (DOMAIN §2). */
export const COUNTING_STATES: ReadonlySet<PublicationState> = new Set<PublicationState>([
  'scheduled', 'retry_wait', 'sending', 'posted', 'partial', 'unknown', 'needs_review',
]);
/** States whose post may have left already: their place is history, not plan. */
export const SENT_STATES: ReadonlySet<PublicationState> = new Set<PublicationState>(['sending', 'posted', 'partial', 'unknown', 'needs_review']);

/** Begins the id of a unit that is an own post seen on the network, not a publication of ours; its id there follows. */
export const FOREIGN = 'x:';
/** One post or thread that starts a conversation, as the ratio sees it (DOMAIN §2). */
export interface Unit {
  id: string;
  /** Epoch ms. */
  dueAt: number;
  tier: TierKey;
  state: PublicationState;
  /** Epoch ms, once sent: takes the place of `dueAt` in the order. */
  sentAt?: number | undefined;
  /** Not exchanged at send time. */
  tied?: boolean | undefined;
  /** Has a written exception: it counts, but its own window is not checked. */
  overridden?: boolean | undefined;
  /** Its place among units of the same instant; its id where absent. An exchange swaps it too (RATIO 6). */
  order?: string | undefined;
}
