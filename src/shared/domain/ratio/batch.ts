import type { Unit } from '../types.ts';
import { covering, type Place, positionAt, type RatioIndex, slotAt } from './build.ts';
import { checkPlacement, spreadViolation, totalsViolation, type Violation } from './check.ts';
import { periodStart } from './days.ts';
import { applyEdit } from './edit.ts';

export interface Admission {
  /** Rows that must stay out, each with what it would have broken. */
  left: { id: string; violation: Violation }[];
}

/** Excess of the unit at a position; null for the base, a slot, an exception, or a run that is wholly past. */
function excessAt(index: RatioIndex, order: readonly Place[], at: number): number | null {
  const { tiers } = index;
  const place = order[at];
  if (!place || place.tier === tiers.base || place.excepted) return null;
  let count = 0;
  let open = false;
  for (let i = Math.max(0, at - tiers.total + 1); i <= at; i += 1) {
    const each = order[i];
    if (each?.tier === place.tier) count += 1;
    if (each && !each.sent) open = true;
  }
  return open ? count - tiers.spreadCap(place.tier) : null;
}

/** Counts of the period up to a day's end. */
function totalsAt(index: RatioIndex, days: ReadonlyMap<number, readonly number[]>, day: number): { counts: number[]; n: number } {
  const counts = index.tiers.keys.map(() => 0);
  let n = 0;
  for (let each = periodStart(index.period, day); each <= day; each += 1) {
    days.get(each)?.forEach((count, tier) => {
      counts[tier] = (counts[tier] ?? 0) + count;
      n += count;
    });
  }
  return { counts, n };
}

/** Takes back, in due order, what could stay after all: a later removal may have made room for it. */
function withoutNeedless(index: RatioIndex, rows: readonly Unit[], left: Admission['left']): Admission['left'] {
  if (left.length === 0) return left;
  const out = new Map(left.map((each) => [each.id, each]));
  let current = applyEdit(index, { remove: [], insert: rows.filter((row) => !out.has(row.id)) });
  for (const row of rows.filter((each) => out.has(each.id)).sort((a, b) => a.dueAt - b.dueAt)) {
    const edit = { remove: [], insert: [row] };
    if (!checkPlacement(current, edit).ok) continue;
    current = applyEdit(current, edit);
    out.delete(row.id);
  }
  return left.filter((each) => out.has(each.id));
}

/**
 * Judges rows as one batch (RATIO 9): at the earliest violated end, a unit's or a day's, the latest row of that tier at or
 * before it stays out; then it is looked at anew from there on, since a premium left out can break status.
 */
export function admitBatch(given: RatioIndex, rows: readonly Unit[]): Admission {
  const left: Admission['left'] = [];
  if (given.plan.policy.mode !== 'enforce' || rows.length === 0) return { left };
  const index = covering(given, Math.max(...rows.map((row) => row.dueAt)));
  const { tiers, calendar } = index;
  const with_ = applyEdit(index, { remove: [], insert: rows });
  const order = [...with_.places];
  const days = new Map([...with_.days].map(([day, counts]) => [day, [...counts]]));
  const ours = new Set(rows.map((row) => with_.byId.get(row.id)).filter((place) => place !== undefined));
  const before = new Map<Place, number>();
  index.places.forEach((place, at) => {
    const excess = excessAt(index, index.places, at);
    if (excess !== null && excess > 0) before.set(place, excess);
  });
  const count = (place: Place, by: 1 | -1): void => {
    const counts = days.get(place.day) ?? tiers.keys.map(() => 0);
    counts[place.tier] = (counts[place.tier] ?? 0) + by;
    days.set(place.day, counts);
  };
  const firstDay = Math.min(...[...ours].map((place) => place.day));
  const lastDay = Math.max(...days.keys());
  let at = positionAt(order, Math.min(...rows.map((row) => row.dueAt)));
  let day = Math.max(firstDay, index.today);

  /** Left out, its slot would be free again and count as base. */
  const freesSlot = (i: number): boolean => {
    const time = order[i]?.time ?? 0;
    return index.slots.has(time) && order[i - 1]?.time !== time && order[i + 1]?.time !== time;
  };
  /** The latest row of a tier from one position back to an instant, or -1. */
  const latest = (tier: number, end: number, notBefore: number, also: (i: number) => boolean): number => {
    for (let i = end; i >= 0; i -= 1) {
      const place = order[i];
      if (!place || place.time < notBefore) return -1;
      if (place.tier === tier && ours.has(place) && also(i)) return i;
    }
    return -1;
  };
  const leaveOut = (i: number, violation: () => Violation): boolean => {
    const place = order[i];
    if (!place?.unit) return false;
    left.push({ id: place.unit.id, violation: violation() });
    ours.delete(place);
    count(place, -1);
    if (freesSlot(i)) {
      const slot = slotAt(place.time, place.day, tiers);
      order[i] = slot;
      count(slot, 1);
    } else order.splice(i, 1);
    at = Math.min(at, i);
    day = Math.max(index.today, Math.min(day, place.day));
    return true;
  };
  /** For a day's totals a row whose slot comes free costs nothing of N, so it goes before a later one without. */
  const latestOfPeriod = (tier: number, here: number): number => {
    const end = positionAt(order, calendar.startOf(here + 1)) - 1;
    const start = calendar.startOf(periodStart(index.period, here));
    const slotted = latest(tier, end, start, freesSlot);
    return slotted >= 0 ? slotted : latest(tier, end, start, () => true);
  };

  for (;;) {
    const place = order[at];
    if (place && (day > lastDay || place.time < calendar.startOf(day + 1))) {
      const excess = excessAt(index, order, at);
      const end = at;
      if (excess !== null && excess > Math.max(0, before.get(place) ?? 0) && leaveOut(latest(place.tier, end, -Infinity, () => true), () => spreadViolation(index, order, end, excess))) continue;
      at += 1;
    } else if (day <= lastDay) {
      const here = day;
      const { counts, n } = totalsAt(index, days, here);
      const was = totalsAt(index, index.days, here);
      const gone = tiers.others.some((tier) => {
        const allowed = tiers.totalsCap(tier, n);
        const over = (counts[tier] ?? 0) - allowed;
        if (over <= Math.max(0, (was.counts[tier] ?? 0) - tiers.totalsCap(tier, was.n))) return false;
        return leaveOut(latestOfPeriod(tier, here), () => totalsViolation(index, { day: here, tier, count: counts[tier] ?? 0, allowed }, true));
      });
      if (!gone) day += 1;
    } else return { left: withoutNeedless(index, rows, left) };
  }
}
