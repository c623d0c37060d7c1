import type { TierKey } from '../types.ts';
import { type Place, positionAt, type RatioIndex } from './build.ts';
import type { Violation } from './check.ts';
import { dayNumber, periodStart } from './days.ts';
import { type DayNeed, needsOf } from './send.ts';
import { violations } from './violations.ts';

export interface TierShare {
  tier: TierKey;
  count: number;
  /** Most that the rule allows here now; null for the base, which may have all. */
  allowed: number | null;
}
/** One square of a strip: a place of the order. */
export interface Square {
  tier: TierKey;
  /** Null for an empty slot. */
  id: string | null;
  sent: boolean;
  /** Epoch ms. */
  at: number;
}
/** The fullest run of at most W places that touches something. */
export interface WorstRun {
  tier: TierKey;
  count: number;
  allowed: number;
  from: number;
  to: number;
  /** In order, oldest first. */
  squares: Square[];
}
export interface DayStanding {
  day: string;
  /** Units and, before the day begins, empty template slots. */
  n: number;
  empty: number;
  /** `allowed` after what the period has used before the day. */
  tiers: TierShare[];
  /** What the day leans on that is not there. */
  needs: DayNeed[];
}
export interface Strip {
  /** The last W units sent. */
  lastSent: TierShare[];
  /** The same, one by one, oldest first. */
  last: Square[];
  day: TierShare[];
  standing: DayStanding;
  worst: WorstRun | null;
  /** What is broken now and holds something unsent. */
  broken: Violation[];
  /** "Tomorrow: n of the tier need m more base posts, else some will be held." */
  tomorrow: DayNeed[];
}

const squareOf = (index: RatioIndex, place: Place): Square => ({ tier: index.tiers.keyOf(place.tier), id: place.unit?.id ?? null, sent: place.sent, at: place.time });

/** A day's counts against its limits; of an index after an edit (`applyEdit`) for "before -> after". */
export function dayStanding(index: RatioIndex, day: string): DayStanding {
  const { tiers, days, places, calendar } = index;
  const number = dayNumber(day);
  const mine = days.get(number) ?? [];
  const used = tiers.keys.map(() => 0);
  let n = 0;
  for (let each = periodStart(index.period, number); each <= number; each += 1) {
    days.get(each)?.forEach((count, tier) => {
      n += count;
      if (each < number) used[tier] = (used[tier] ?? 0) + count;
    });
  }
  let empty = 0;
  for (let i = positionAt(places, calendar.startOf(number)); i < places.length; i += 1) {
    const place = places[i];
    if (!place || place.time >= calendar.startOf(number + 1)) break;
    if (place.unit === null) empty += 1;
  }
  return {
    day, n: mine.reduce((sum, count) => sum + count, 0), empty,
    tiers: tiers.keys.map((tier, i) => ({ tier, count: mine[i] ?? 0, allowed: i === tiers.base ? null : Math.max(0, tiers.totalsCap(i, n) - (used[i] ?? 0)) })),
    needs: number > index.today ? needsOf(index, number) : [],
  };
}

/** The run with the most of a tier over, or the least room, among those that hold a place from `first` to `last`; null where no tier but the base is near. */
function worstOf(index: RatioIndex, first: number, last: number): WorstRun | null {
  const { places, tiers } = index;
  let worst: { at: number; over: number } | null = null;
  for (let at = first; at < Math.min(places.length, last + tiers.total); at += 1) {
    const place = places[at];
    if (!place || place.tier === tiers.base) continue;
    let count = 0;
    for (let i = Math.max(0, at - tiers.total + 1); i <= at; i += 1) if (places[i]?.tier === place.tier) count += 1;
    const over = count - tiers.spreadCap(place.tier);
    if (!worst || over > worst.over) worst = { at, over };
  }
  if (!worst) return null;
  const run = places.slice(Math.max(0, worst.at - tiers.total + 1), worst.at + 1);
  const tier = places[worst.at]?.tier ?? tiers.base;
  const allowed = tiers.spreadCap(tier);
  return { tier: tiers.keyOf(tier), count: allowed + worst.over, allowed, from: run[0]?.time ?? 0, to: run.at(-1)?.time ?? 0, squares: run.map((place) => squareOf(index, place)) };
}

/** The fullest run that touches a day. */
export function worstOfDay(index: RatioIndex, day: string): WorstRun | null {
  const n = dayNumber(day);
  const first = positionAt(index.places, index.calendar.startOf(n));
  const last = positionAt(index.places, index.calendar.startOf(n + 1)) - 1;
  return last < first ? null : worstOf(index, first, last);
}
/** The fullest run that holds a unit. */
export function worstOfUnit(index: RatioIndex, id: string): WorstRun | null {
  const place = index.byId.get(id);
  if (!place) return null;
  let at = positionAt(index.places, place.time);
  while (index.places[at] && index.places[at] !== place) at += 1;
  return worstOf(index, at, at);
}

/** The numbers of the ratio strip for a day (DOMAIN §2, UX). */
export function stripFor(index: RatioIndex, day: string): Strip {
  const { tiers, places, today } = index;
  const sent: Place[] = [];
  for (let i = places.length - 1; i >= 0 && sent.length < tiers.total; i -= 1) {
    const place = places[i];
    if (place?.sent) sent.unshift(place);
  }
  const standing = dayStanding(index, day);
  return {
    lastSent: tiers.keys.map((tier, i) => ({ tier, count: sent.filter((place) => place.tier === i).length, allowed: i === tiers.base ? null : (tiers.weights[i] ?? 0) })),
    last: sent.map((place) => squareOf(index, place)),
    day: standing.tiers, standing, worst: worstOfDay(index, day), broken: violations(index), tomorrow: needsOf(index, today + 1),
  };
}
