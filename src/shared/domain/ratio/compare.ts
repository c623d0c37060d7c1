import { lowerBound, type Place, type RatioIndex } from './build.ts';
import { periodEnd, periodStart } from './days.ts';
import type { Resolved } from './edit.ts';

/** One place or day whose excess an edit may change. Excess below 0 is room. */
export interface SpreadChange {
  tier: number;
  /** Excess of the same place before; 0 where it had none. */
  before: number;
  after: number;
  /** The window holds, or held, a unit not yet sent (RATIO 5). */
  open: boolean;
  /** The order around it after the edit, and the position of the unit the excess belongs to; null where the unit is gone. */
  around: readonly Place[];
  at: number | null;
}
export interface TotalsChange {
  tier: number;
  before: number;
  after: number;
  day: number;
  count: number;
  allowed: number;
}

interface Cluster {
  low: number;
  high: number;
}
/** Edits whose windows overlap are looked at together. */
function clustersOf(positions: readonly number[], total: number): Cluster[] {
  const clusters: Cluster[] = [];
  for (const position of positions) {
    const last = clusters.at(-1);
    if (last && position - last.high <= 2 * total) last.high = position;
    else clusters.push({ low: position, high: position });
  }
  return clusters;
}

/** Excess of each non-base unit of a stretch, from position `first` on: itself and the W-1 places before it (RATIO 3). */
function walk(index: RatioIndex, stretch: readonly Place[], first: number, found: (at: number, excess: number, open: boolean) => void): void {
  const { tiers } = index;
  const counts = tiers.keys.map(() => 0);
  let unsent = 0;
  for (let i = 0; i < stretch.length; i += 1) {
    const place = stretch[i];
    if (!place) continue;
    counts[place.tier] = (counts[place.tier] ?? 0) + 1;
    if (!place.sent) unsent += 1;
    const left = stretch[i - tiers.total];
    if (left) {
      counts[left.tier] = (counts[left.tier] ?? 0) - 1;
      if (!left.sent) unsent -= 1;
    }
    if (i >= first && place.tier !== tiers.base && !place.excepted) found(i, (counts[place.tier] ?? 0) - tiers.spreadCap(place.tier), unsent > 0);
  }
}

/** Visits every place whose window an edit touches: W places around each. */
export function compareSpread({ index, gone, come }: Resolved, visit: (change: SpreadChange) => void): void {
  const { places, tiers } = index;
  const insertAt = come.map((place) => lowerBound(places, place));
  const positions = [...gone, ...insertAt].sort((a, b) => a - b);
  let nextGone = 0;
  let nextCome = 0;
  for (const { low, high } of clustersOf(positions, tiers.total)) {
    const from = Math.max(0, low - (tiers.total - 1));
    const to = Math.min(places.length, high + tiers.total + 1);
    const before = places.slice(from, to);
    const excess: number[] = before.map(() => 0);
    const held: boolean[] = before.map(() => false);
    walk(index, before, low - from, (at, value, open) => {
      excess[at] = value;
      held[at] = open;
    });
    const after: Place[] = [];
    /** Position in `before` of the same place, or -1. */
    const same: number[] = [];
    const leaving: number[] = [];
    for (let i = from; i <= to; i += 1) {
      while (nextCome < come.length && insertAt[nextCome] === i && i <= high) {
        const added = come[nextCome];
        if (added) {
          after.push(added);
          same.push(-1);
        }
        nextCome += 1;
      }
      if (i === to) break;
      if (gone[nextGone] === i) {
        leaving.push(i - from);
        nextGone += 1;
        continue;
      }
      const place = places[i];
      if (!place) continue;
      after.push(place);
      same.push(i - from);
    }
    // By place, not by id: who comes to a place is compared with who left it (RATIO 3).
    for (const at of leaving) {
      const old = before[at];
      if (!old) continue;
      const twin = after.findIndex((place, i) => same[i] === -1 && place.time === old.time && place.key === old.key && place.tier === old.tier);
      if (twin >= 0) same[twin] = at;
      else if (old.tier !== tiers.base && !old.excepted) visit({ tier: old.tier, before: excess[at] ?? 0, after: 0, open: held[at] ?? false, around: after, at: null });
    }
    walk(index, after, low - from, (at, value, open) => {
      const place = after[at];
      const was = same[at] ?? -1;
      if (place) visit({ tier: place.tier, before: was < 0 ? 0 : (excess[was] ?? 0), after: value, open: open || (was >= 0 && (held[was] ?? false)), around: after, at });
    });
  }
}

/** Visits each day's end that an edit touches and that is not over, to the end of its period. */
export function compareTotals({ index, gone, come }: Resolved, visit: (change: TotalsChange) => void): void {
  const { tiers, places, days, period, today } = index;
  const deltas = new Map<number, number[]>();
  const note = (place: Place, by: 1 | -1): void => {
    let delta = deltas.get(place.day);
    if (!delta) deltas.set(place.day, (delta = tiers.keys.map(() => 0)));
    delta[place.tier] = (delta[place.tier] ?? 0) + by;
  };
  for (const at of gone) {
    const place = places[at];
    if (place) note(place, -1);
  }
  for (const place of come) note(place, 1);
  const firsts = new Map<number, number>();
  for (const [day, delta] of deltas) {
    if (delta.every((n) => n === 0)) continue;
    const start = periodStart(period, day);
    firsts.set(start, Math.min(firsts.get(start) ?? Infinity, day));
  }
  for (const [start, first] of firsts) {
    const end = periodEnd(period, start);
    const before = tiers.keys.map(() => 0);
    const after = tiers.keys.map(() => 0);
    let nBefore = 0;
    let nAfter = 0;
    for (let day = start; day <= end; day += 1) {
      const counts = days.get(day);
      const delta = deltas.get(day);
      for (let tier = 0; tier < before.length; tier += 1) {
        const n = counts?.[tier] ?? 0;
        const more = n + (delta?.[tier] ?? 0);
        before[tier] = (before[tier] ?? 0) + n;
        after[tier] = (after[tier] ?? 0) + more;
        nBefore += n;
        nAfter += more;
      }
      if (day < first || day < today) continue;
      for (const tier of tiers.others) {
        const count = after[tier] ?? 0;
        const allowed = tiers.totalsCap(tier, nAfter);
        visit({ tier, before: (before[tier] ?? 0) - tiers.totalsCap(tier, nBefore), after: count - allowed, day, count, allowed });
      }
    }
  }
}
