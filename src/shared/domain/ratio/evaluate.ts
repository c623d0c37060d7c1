import type { RatioPolicy, TierKey, Unit } from '../types.ts';
import { COUNTING_STATES, SENT_STATES } from '../types.ts';
import { dayOf, dayRange, daysBetween, monthOf, weekOf } from '../time.ts';

/** What the rule is checked against. */
export interface RatioContext {
  policy: RatioPolicy;
  /** IANA zone of the account. */
  zone: string;
  /** Epoch ms. */
  now: number;
  units: readonly Unit[];
  /** Volume planned by the day template, by day. */
  plannedByDay: Readonly<Record<string, number>>;
}
export type Violation =
  | { part: 'totals'; day: string; period: { kind: 'week' | 'month'; start: string; end: string }; tier: TierKey; count: number; allowed: number; over: number }
  | { part: 'spread'; unitIds: string[]; from: number; to: number; tier: TierKey; count: number; allowed: number; over: number };

/** A violation with what is needed to compare and to blame. */
export interface Finding {
  violation: Violation;
  /** It holds at least one unit not yet sent: what is wholly past never blocks. */
  open: boolean;
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** Integer weights divided by their greatest common divisor, and their sum W (DOMAIN §2). */
export function weightsOf(policy: RatioPolicy): { weights: Map<TierKey, number>; total: number } {
  const divisor = policy.tiers.reduce((found, tier) => gcd(found, tier.weight), 0) || 1;
  const weights = new Map(policy.tiers.map((tier) => [tier.key, tier.weight / divisor]));
  return { weights, total: [...weights.values()].reduce((sum, weight) => sum + weight, 0) };
}

/** The instant that orders a unit: when it was sent, else when it is due. */
export const placeOf = (unit: Unit): number => unit.sentAt ?? unit.dueAt;
export const isSent = (unit: Unit): boolean => unit.sentAt !== undefined || SENT_STATES.has(unit.state);

/** The units that count, in order: due time (sent time once sent), then id. */
export function orderUnits(units: readonly Unit[]): Unit[] {
  return units
    .filter((unit) => COUNTING_STATES.has(unit.state))
    .sort((a, b) => placeOf(a) - placeOf(b) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

/** Everything that breaks the rule in this plan: both parts, every non-base tier. */
export function evaluate(context: RatioContext): Finding[] {
  const ordered = orderUnits(context.units);
  return [...totals(context, ordered), ...spread(context, ordered)];
}

function spread(context: RatioContext, ordered: readonly Unit[]): Finding[] {
  const { weights, total } = weightsOf(context.policy);
  const found: Finding[] = [];
  for (const [tier, weight] of weights) {
    if (tier === context.policy.base) continue;
    let count = 0;
    let unsent = 0;
    for (let end = 0; end < ordered.length; end += 1) {
      const unit = ordered[end];
      if (!unit) continue;
      if (unit.tier === tier) count += 1;
      if (!isSent(unit)) unsent += 1;
      const gone = ordered[end - total];
      if (gone) {
        if (gone.tier === tier) count -= 1;
        if (!isSent(gone)) unsent -= 1;
      }
      if (end < total - 1 || count <= weight + 1) continue;
      const window = ordered.slice(end - total + 1, end + 1);
      const first = window[0];
      if (!first) continue;
      found.push({
        violation: { part: 'spread', unitIds: window.map((item) => item.id), from: placeOf(first), to: placeOf(unit), tier, count, allowed: weight + 1, over: count - weight - 1 },
        open: unsent > 0,
      });
    }
  }
  return found;
}

interface DayLoad {
  n: number;
  unsent: number;
  byTier: Map<TierKey, number>;
}

/** Units per day, with their tiers. */
export function loadsByDay(context: Pick<RatioContext, 'zone'>, ordered: readonly Unit[]): Map<string, DayLoad> {
  const loads = new Map<string, DayLoad>();
  for (const unit of ordered) {
    const day = dayOf(placeOf(unit), context.zone);
    let load = loads.get(day);
    if (!load) loads.set(day, (load = { n: 0, unsent: 0, byTier: new Map() }));
    load.n += 1;
    if (!isSent(unit)) load.unsent += 1;
    load.byTier.set(unit.tier, (load.byTier.get(unit.tier) ?? 0) + 1);
  }
  return loads;
}

/** Units that a day counts for: what is there; the planned volume where that is larger and the day has not begun. */
function volume(context: RatioContext, loads: ReadonlyMap<string, DayLoad>, day: string): number {
  const n = loads.get(day)?.n ?? 0;
  const planned = context.plannedByDay[day] ?? 0;
  return planned > n && dayRange(day, context.zone).start > context.now ? planned : n;
}

/** The period a day belongs to: its week; its month where the week plans fewer than 2W units (DOMAIN §2). */
export function periodOf(context: RatioContext, loads: ReadonlyMap<string, DayLoad>, day: string): { kind: 'week' | 'month'; start: string; end: string } {
  const week = weekOf(day);
  let planned = 0;
  for (const each of daysBetween(week.start, week.end)) planned += volume(context, loads, each);
  return planned < 2 * weightsOf(context.policy).total ? { kind: 'month', ...monthOf(day) } : { kind: 'week', ...week };
}

/** N and the counts from the period's start to the end of a day. */
export function runningTotals(context: RatioContext, loads: ReadonlyMap<string, DayLoad>, start: string, day: string): { n: number; byTier: Map<TierKey, number>; unsent: number } {
  const sum = { n: 0, byTier: new Map<TierKey, number>(), unsent: 0 };
  for (const each of daysBetween(start, day)) {
    sum.n += volume(context, loads, each);
    const load = loads.get(each);
    if (!load) continue;
    sum.unsent += load.unsent;
    for (const [tier, count] of load.byTier) sum.byTier.set(tier, (sum.byTier.get(tier) ?? 0) + count);
  }
  return sum;
}

function totals(context: RatioContext, ordered: readonly Unit[]): Finding[] {
  const { weights, total } = weightsOf(context.policy);
  const loads = loadsByDay(context, ordered);
  const found: Finding[] = [];
  for (const day of loads.keys()) {
    const period = periodOf(context, loads, day);
    const sum = runningTotals(context, loads, period.start, day);
    for (const [tier, weight] of weights) {
      if (tier === context.policy.base) continue;
      const count = sum.byTier.get(tier) ?? 0;
      const allowed = Math.ceil((sum.n * weight) / total);
      if (count > allowed) {
        found.push({ violation: { part: 'totals', day, period, tier, count, allowed, over: count - allowed }, open: (loads.get(day)?.unsent ?? 0) > 0 });
      }
    }
  }
  return found;
}
