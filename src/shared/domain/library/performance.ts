const DAY_MS = 86_400_000;
/** How far back an item's own shares count, ms. */
export const RECENT_DAYS = 7;
export const RECENT_MS = RECENT_DAYS * DAY_MS;
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

const meanOf = (all: readonly number[]): number => all.reduce((sum, each) => sum + each, 0) / all.length;

/**
 * How each item did in the last 7 days beside all of the account's (DOMAIN §3): 0 is the middle. Of its shares it is the mean of their
 * z-scores: a share is compared by its views with all whose views are known; where its views are not known, or those of fewer than 3
 * are, by its interactions with all whose interactions are. Of its page, by `clicks`, its views of these days beside those of all pages
 * that have any. Where both are known it is the mean of the two. An item with neither is not in the answer.
 */
export function scoresOf(shares: readonly Figures[], now: number, clicks: ReadonlyMap<string, number> = new Map()): Map<string, number> {
  const views = middleOf(shares.flatMap((each) => (each.views === null ? [] : [measure(each.views)])));
  const interactions = middleOf(shares.flatMap((each) => (each.interactions === null ? [] : [measure(each.interactions)])));
  const visits = middleOf([...clicks.values()].map(measure));
  const shared = new Map<string, number[]>();
  for (const share of shares) {
    if (share.at > now || share.at <= now - RECENT_MS) continue;
    const z = views !== null && share.views !== null ? zOf(measure(share.views), views)
      : interactions !== null && share.interactions !== null ? zOf(measure(share.interactions), interactions) : null;
    if (z !== null) shared.set(share.itemId, [...(shared.get(share.itemId) ?? []), z]);
  }
  const scores = new Map([...shared].map(([id, all]) => [id, meanOf(all)]));
  if (visits !== null) {
    for (const [id, count] of clicks) {
      const z = zOf(measure(count), visits);
      const own = scores.get(id);
      scores.set(id, own === undefined ? z : meanOf([own, z]));
    }
  }
  return scores;
}
