const DAY_MS = 86_400_000;
/** How far back an item's own shares count, ms. */
export const RECENT_MS = 7 * DAY_MS;
/** With fewer shares than this there is no middle to compare with. */
export const LEAST_SHARES = 3;

/** A share that went out, with what has been read of it. */
export interface Figures {
  itemId: string;
  /** Epoch ms. */
  at: number;
  views: number | null;
  interactions: number | null;
}

interface Middle {
  mean: number;
  deviation: number;
}
/** Counts of posts spread over powers of ten: they are compared by their logarithm. */
const measure = (count: number): number => Math.log1p(Math.max(0, count));
function middleOf(counts: readonly number[]): Middle | null {
  if (counts.length < LEAST_SHARES) return null;
  const mean = counts.reduce((sum, each) => sum + each, 0) / counts.length;
  const deviation = Math.sqrt(counts.reduce((sum, each) => sum + (each - mean) ** 2, 0) / counts.length);
  return { mean, deviation };
}
/** All alike, or so nearly that only rounding tells them apart: nothing stands out. */
const zOf = (value: number, { mean, deviation }: Middle): number => (deviation < 1e-9 ? 0 : (value - mean) / deviation);

/**
 * How each item's shares of the last 7 days did beside all of the account's (DOMAIN §3): the mean of their z-scores, 0 is the middle.
 * A share is compared by its views with all whose views are known; where its views are not known, or those of fewer than 3 are, by its
 * interactions with all whose interactions are. An item without such a share is not in the answer.
 */
export function scoresOf(shares: readonly Figures[], now: number): Map<string, number> {
  const views = middleOf(shares.flatMap((each) => (each.views === null ? [] : [measure(each.views)])));
  const interactions = middleOf(shares.flatMap((each) => (each.interactions === null ? [] : [measure(each.interactions)])));
  const found = new Map<string, number[]>();
  for (const share of shares) {
    if (share.at > now || share.at <= now - RECENT_MS) continue;
    const z = views !== null && share.views !== null ? zOf(measure(share.views), views)
      : interactions !== null && share.interactions !== null ? zOf(measure(share.interactions), interactions) : null;
    if (z !== null) found.set(share.itemId, [...(found.get(share.itemId) ?? []), z]);
  }
  return new Map([...found].map(([id, all]) => [id, all.reduce((sum, each) => sum + each, 0) / all.length]));
}
