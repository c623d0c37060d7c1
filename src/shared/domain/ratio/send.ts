import { dayName, periodStart } from './days.ts';
import { type Place, positionAt, type RatioIndex } from './build.ts';
import { checkPlacement, spreadViolation, totalsViolation, type Violation } from './check.ts';
import { exchangeOf } from './edit.ts';
import { isPartner } from './fixes.ts';

export type SendCheck =
  | { result: 'send' }
  /** Changes places with this base post, later the same day. */
  | { result: 'exchange'; withId: string }
  /** The day's totals do not allow it yet: looked at again when the plan changes, and held from `until` on (its last base time), epoch ms. */
  | { result: 'wait'; until: number; violations: Violation[] }
  | { result: 'hold'; violations: Violation[] };

/**
 * At send time, with what is really there (RATIO 11): the W-1 sent last and this one; and its place in the period of its due
 * day, against what of that day was sent and still is to come. Exchange is for spread only, once per post, never for one tied
 * to its time; for totals it waits until the day's last base time. An exception goes out.
 */
export function checkAtSend(index: RatioIndex, id: string, options: { exchanged?: boolean } = {}): SendCheck {
  const place = index.byId.get(id);
  if (index.plan.policy.mode !== 'enforce' || !place?.unit || place.excepted || place.tier === index.tiers.base) return { result: 'send' };
  const totals = totalsAtSend(index, place);
  if (totals) {
    const until = lastBaseTime(index, place.day);
    return until === null ? { result: 'hold', violations: [totals] } : { result: 'wait', until, violations: [totals] };
  }
  const spread = spreadAtSend(index, place);
  if (!spread) return { result: 'send' };
  const partner = options.exchanged === true || place.unit.tied === true ? null : partnerOf(index, place);
  return partner === null ? { result: 'hold', violations: [spread] } : { result: 'exchange', withId: partner };
}

function spreadAtSend(index: RatioIndex, place: Place): Violation | null {
  const { places, tiers } = index;
  const run: Place[] = [place];
  for (let i = places.length - 1; i >= 0 && run.length < tiers.total; i -= 1) {
    const each = places[i];
    if (each?.sent && each !== place) run.unshift(each);
  }
  const over = run.filter((each) => each.tier === place.tier).length - tiers.spreadCap(place.tier);
  return over > 0 ? spreadViolation(index, run, run.length - 1, over) : null;
}

/** The unit's place among its tier in the period of its due day, against what that day's end allows. Later ones wait for it, not it for them. */
function totalsAtSend(index: RatioIndex, place: Place): Violation | null {
  const { places, tiers, period, calendar } = index;
  const start = periodStart(period, place.day);
  let n = 0;
  let upTo = 0;
  // The due day counts, so a post sent after midnight is among those of its day; two days more reach every late one.
  for (let i = positionAt(places, calendar.startOf(start)); i < places.length; i += 1) {
    const each = places[i];
    if (!each || each.time >= calendar.startOf(place.day + 3)) break;
    if (each.unit === null || each.day < start || each.day > place.day) continue;
    n += 1;
    if (each.tier === place.tier && (each.sent || each === place || each.unit.dueAt < place.time || (each.unit.dueAt === place.time && each.key < place.key))) upTo += 1;
  }
  const allowed = tiers.totalsCap(place.tier, n);
  return upTo > allowed ? totalsViolation(index, { day: place.day, tier: place.tier, count: upTo, allowed }, true) : null;
}

/** When the last base post of a day is due that is still to come, epoch ms. */
function lastBaseTime(index: RatioIndex, day: number): number | null {
  const { places, tiers, calendar, plan } = index;
  for (let i = positionAt(places, calendar.startOf(day + 1)) - 1; i >= 0; i -= 1) {
    const each = places[i];
    if (!each || each.time <= plan.now) return null;
    if (each.unit && each.tier === tiers.base && !each.sent) return each.time;
  }
  return null;
}

/** The next base post of the day with which an exchange raises nothing. */
function partnerOf(index: RatioIndex, place: Place): string | null {
  const { places, tiers, calendar, plan } = index;
  const end = calendar.startOf(calendar.numberOf(plan.now) + 1);
  for (let i = positionAt(places, plan.now + 1); i < places.length; i += 1) {
    const each = places[i];
    if (!each || each.time >= end) return null;
    if (each.tier !== tiers.base || !each.unit || !place.unit || !isPartner(index, each)) continue;
    if (checkPlacement(index, exchangeOf(place.unit, each.unit)).ok) return each.unit.id;
  }
  return null;
}

/** What tomorrow needs, said the day before: so many of a tier need so many base posts more, else so many will be held. */
export interface DayNeed {
  day: string;
  tier: string;
  /** Of the tier, that day. */
  count: number;
  missingBase: number;
  held: number;
}

/** What a day leans on that is not there: its empty slots stop counting at its midnight (RATIO 2). */
export function needsOf(index: RatioIndex, day: number): DayNeed[] {
  const { places, tiers, period, calendar } = index;
  const start = periodStart(period, day);
  const counts = tiers.keys.map(() => 0);
  const ofDay = tiers.keys.map(() => 0);
  let n = 0;
  for (let i = positionAt(places, calendar.startOf(start)); i < places.length; i += 1) {
    const each = places[i];
    if (!each || each.time >= calendar.startOf(day + 3)) break;
    if (each.unit === null || each.day < start || each.day > day) continue;
    n += 1;
    counts[each.tier] = (counts[each.tier] ?? 0) + 1;
    if (each.day === day && !each.sent) ofDay[each.tier] = (ofDay[each.tier] ?? 0) + 1;
  }
  return tiers.others.flatMap((tier) => {
    const count = counts[tier] ?? 0;
    const over = count - tiers.totalsCap(tier, n);
    const mine = ofDay[tier] ?? 0;
    if (over <= 0 || mine === 0) return [];
    return [{ day: dayName(day), tier: tiers.keyOf(tier), count: mine, missingBase: tiers.needed(tier, count) - n, held: Math.min(over, mine) }];
  });
}
