export const CAP_STAGES = ['none', 'fine', 'warn', 'noHome', 'noMentions', 'noPublish'] as const;
/** How far the month's cap is used, and what stops for it (DOMAIN §7). */
export type CapStage = (typeof CAP_STAGES)[number];

/** Cap that a new account is proposed, USD a month: reading for a month and some posts a day; who plans more is told before. */
export const PROPOSED_CAP = 20;

const WARN_SHARE = 0.8;
/** Home and search stop here: what is left is for mentions and for what is planned. */
const HOME_SHARE = 0.9;

/**
 * Stage of a monthly cap, USD. `reserve` is what this month's planned posts will cost: reads may not spend it.
 * Home and search stop first, then mentions, publishing last.
 */
export function capStage(month: { capUsd: number | null; spentUsd: number; reserveUsd: number }): CapStage {
  const { capUsd, spentUsd, reserveUsd } = month;
  if (capUsd === null) return 'none';
  const promised = spentUsd + reserveUsd;
  if (spentUsd >= capUsd) return 'noPublish';
  if (promised >= capUsd) return 'noMentions';
  if (promised >= capUsd * HOME_SHARE) return 'noHome';
  return promised >= capUsd * WARN_SHARE ? 'warn' : 'fine';
}

/** May a source of this kind be read at this stage? Own posts are read for reconciling too: they stop with mentions. */
export function mayRead(stage: CapStage, kind: 'home' | 'search' | 'mentions' | 'own'): boolean {
  if (stage === 'noPublish' || stage === 'noMentions') return false;
  return stage !== 'noHome' || kind === 'mentions' || kind === 'own';
}
