import type { RatioIndex } from './build.ts';
import { endOf, spreadViolation, totalsViolation, type Violation } from './check.ts';
import { periodStart } from './days.ts';

/** Everything that breaks the rule now, in time order: days that are not over, and runs that hold a unit not yet sent (RATIO 5). None when the policy is `off`. */
export function violations(index: RatioIndex): Violation[] {
  if (index.plan.policy.mode === 'off') return [];
  return [...totals(index), ...spread(index)].sort((a, b) => endOf(index, a) - endOf(index, b));
}

function spread(index: RatioIndex): Violation[] {
  const { places, tiers } = index;
  const counts = tiers.keys.map(() => 0);
  const found: Violation[] = [];
  let unsent = 0;
  for (let i = 0; i < places.length; i += 1) {
    const place = places[i];
    if (!place) continue;
    counts[place.tier] = (counts[place.tier] ?? 0) + 1;
    if (!place.sent) unsent += 1;
    const left = places[i - tiers.total];
    if (left) {
      counts[left.tier] = (counts[left.tier] ?? 0) - 1;
      if (!left.sent) unsent -= 1;
    }
    if (place.tier === tiers.base || place.excepted || unsent === 0) continue;
    const over = (counts[place.tier] ?? 0) - tiers.spreadCap(place.tier);
    if (over > 0) found.push(spreadViolation(index, places, i, over));
  }
  return found;
}

function totals(index: RatioIndex): Violation[] {
  const { tiers, days, period, today, places } = index;
  /** Units of a tier that could still be taken out, by day. */
  const loose = new Map<number, number[]>();
  for (const place of places) {
    if (place.unit === null || place.sent || place.excepted) continue;
    const counts = loose.get(place.day) ?? tiers.keys.map(() => 0);
    counts[place.tier] = (counts[place.tier] ?? 0) + 1;
    loose.set(place.day, counts);
  }
  const found: Violation[] = [];
  for (const day of [...days.keys()].filter((each) => each >= today).sort((a, b) => a - b)) {
    const sum = tiers.keys.map(() => 0);
    const free = tiers.keys.map(() => 0);
    let n = 0;
    for (let each = periodStart(period, day); each <= day; each += 1) {
      for (let tier = 0; tier < sum.length; tier += 1) {
        const count = days.get(each)?.[tier] ?? 0;
        sum[tier] = (sum[tier] ?? 0) + count;
        free[tier] = (free[tier] ?? 0) + (loose.get(each)?.[tier] ?? 0);
        n += count;
      }
    }
    for (const tier of tiers.others) {
      const count = sum[tier] ?? 0;
      const allowed = tiers.totalsCap(tier, n);
      if (count > allowed) found.push(totalsViolation(index, { day, tier, count, allowed }, (free[tier] ?? 0) > 0));
    }
  }
  return found;
}
