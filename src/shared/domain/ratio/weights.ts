import type { RatioPolicy, TierKey } from '../types.ts';

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** Integer weights divided by their greatest common divisor, and their sum W (DOMAIN §2): 60:40 is 3:2, W = 5. */
export function normalise(weights: readonly number[]): { weights: number[]; total: number } {
  const divisor = weights.reduce((found, weight) => gcd(found, weight), 0) || 1;
  const divided = weights.map((weight) => weight / divisor);
  return { weights: divided, total: divided.reduce((sum, weight) => sum + weight, 0) };
}

/** The normalised weights of a policy by tier, and W. */
export function weightsOf(policy: RatioPolicy): { weights: Map<TierKey, number>; total: number } {
  const { weights, total } = normalise(policy.tiers.map((tier) => tier.weight));
  return { weights: new Map(policy.tiers.map((tier, i) => [tier.key, weights[i] ?? 0])), total };
}

/** A policy as the counting needs it: tiers by number, in the policy's order. */
export interface Tiers {
  readonly keys: readonly TierKey[];
  /** Number of the base tier. */
  readonly base: number;
  /** Numbers of the others. */
  readonly others: readonly number[];
  readonly weights: readonly number[];
  /** W. */
  readonly total: number;
  /** Number of a tier; one that the policy does not have, `unclassified` too, counts as base (DOMAIN §2). */
  numberOf(tier: TierKey): number;
  keyOf(tier: number): TierKey;
  /** Most units of a tier in any run of at most W (RATIO 1): its weight and one of elbow room. */
  spreadCap(tier: number): number;
  /** Most units of a tier among `n` of a period (DOMAIN §2, totals). */
  totalsCap(tier: number, n: number): number;
  /** Fewest units of a period among which `count` of a tier are allowed. */
  needed(tier: number, count: number): number;
}

export function tiersOf(policy: RatioPolicy): Tiers {
  const { weights, total } = normalise(policy.tiers.map((tier) => tier.weight));
  const keys = policy.tiers.map((tier) => tier.key);
  const numbers = new Map(keys.map((key, i) => [key, i]));
  const base = numbers.get(policy.base) ?? 0;
  return {
    keys, base, weights, total,
    others: keys.map((_, i) => i).filter((i) => i !== base),
    numberOf: (tier) => numbers.get(tier) ?? base,
    keyOf: (tier) => keys[tier] ?? policy.base,
    spreadCap: (tier) => (weights[tier] ?? 0) + 1,
    totalsCap: (tier, n) => Math.ceil((n * (weights[tier] ?? 0)) / total),
    // ceil(N * w / W) >= count holds first at N = floor((count - 1) * W / w) + 1.
    needed: (tier, count) => (count <= 0 ? 0 : Math.floor(((count - 1) * total) / (weights[tier] || 1)) + 1),
  };
}
