import type { RatioPolicy, TierKey } from '../types.ts';
import { normalise, tiersOf } from './weights.ts';

/** What came before a sequence that is joined to a real plan. */
export interface History {
  /** Tiers of the last places before it, oldest first; at least W-1 where there are so many. */
  trailing: readonly TierKey[];
  /** Units of its period so far, by tier. */
  period: Readonly<Record<TierKey, number>>;
}

/**
 * One turn of Tijdeman's chairman assignment: who is due at place `n` (from 1), given what each had. Of those whose share has
 * come, n*w/W - had >= 1/(2k-2), the one with the earliest deadline. In whole numbers: both sides times W(2k-2).
 */
function nextChair(weights: readonly number[], total: number, had: readonly number[], n: number, may: (tier: number) => boolean): number {
  const step = Math.max(1, 2 * weights.length - 2);
  let chosen = -1;
  let best = Infinity;
  for (let tier = 0; tier < weights.length; tier += 1) {
    const weight = weights[tier] ?? 0;
    if (weight === 0 || !may(tier)) continue;
    if ((n * weight - (had[tier] ?? 0) * total) * step < total) continue;
    const deadline = (((had[tier] ?? 0) + 1) * step - 1) / weight;
    if (deadline < best) {
      best = deadline;
      chosen = tier;
    }
  }
  return chosen;
}

/** Spreads counts over their sum of places, as evenly as can be: `counts[t]` times each number t. */
export function evenSequence(counts: readonly number[]): number[] {
  const { weights, total } = normalise(counts);
  const turns = counts.reduce((sum, count) => sum + count, 0) / (total || 1);
  const had = weights.map(() => 0);
  const sequence: number[] = [];
  for (let n = 1; n <= turns * total; n += 1) {
    const tier = nextChair(weights, total, had, n, () => true);
    had[tier] = (had[tier] ?? 0) + 1;
    sequence.push(tier);
  }
  return sequence;
}

/**
 * The order for filling n places (DOMAIN §2). Alone, every prefix differs from n*w/W by at most 1 - 1/(2k-2), and it repeats
 * every W. Joined to history, at each place the tier with the earliest deadline whose totals and spread still hold; the base
 * always fits. The totals are those at the end of the n places.
 */
export function chairman(policy: RatioPolicy, n: number, history?: History): TierKey[] {
  const tiers = tiersOf(policy);
  const { weights, total } = tiers;
  const had = tiers.keys.map((key) => history?.period[key] ?? 0);
  const before = had.reduce((sum, count) => sum + count, 0);
  const order = (history?.trailing ?? []).slice(-(total - 1)).map((key) => tiers.numberOf(key));
  const sequence: TierKey[] = [];
  for (let place = 1; place <= n; place += 1) {
    const run = total > 1 ? order.slice(-(total - 1)) : [];
    const may = (tier: number): boolean =>
      history === undefined || tier === tiers.base
      || (run.filter((each) => each === tier).length < tiers.spreadCap(tier) && (had[tier] ?? 0) < tiers.totalsCap(tier, before + n));
    const due = nextChair(weights, total, had, before + place, may);
    const tier = due < 0 ? tiers.base : due;
    had[tier] = (had[tier] ?? 0) + 1;
    order.push(tier);
    sequence.push(tiers.keyOf(tier));
  }
  return sequence;
}
