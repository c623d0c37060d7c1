import type { Unit } from '../types.ts';
import type { Place, RatioIndex } from './build.ts';
import { compareSpread, compareTotals, type SpreadChange, type TotalsChange } from './compare.ts';
import { dayName, periodEnd, type PeriodKind, periodStart } from './days.ts';
import { type Edit, movedTo, resolve } from './edit.ts';

/** What breaks the rule, with what the words need. Plain data: it crosses the contract. */
export type Violation =
  | {
    part: 'totals';
    /** The day at whose end the period holds too many. */
    day: string;
    period: { kind: PeriodKind; start: string; end: string };
    tier: string; count: number; allowed: number; over: number;
    /** Something unsent and without an exception could be taken out: sent as planned, it would break. */
    blocking: boolean;
  }
  | {
    part: 'spread';
    /** The units of the run of at most W that ends at the one it belongs to; empty slots have no id. */
    unitIds: string[];
    /** First and last instant of the run, epoch ms. */
    from: number; to: number;
    /** Places of the run, empty slots included. */
    places: number;
    tier: string; count: number; allowed: number; over: number; blocking: boolean;
  };

export interface Placement {
  /** Nothing rises above what it was, or above 0 (RATIO 3). */
  ok: boolean;
  /** The account's policy does not let it through: not ok, and `enforce`. */
  refused: boolean;
  /** What rises, in time order; none when the policy is `off`. */
  violations: Violation[];
}

const offends = (place: Place, tier: number): boolean => place.tier === tier && place.unit !== null && !place.sent && !place.excepted;

/** The run of at most W places that ends at a position, as a violation of the tier there. */
export function spreadViolation(index: RatioIndex, order: readonly Place[], at: number, over: number): Violation {
  const { tiers } = index;
  const run = order.slice(Math.max(0, at - tiers.total + 1), at + 1);
  const tier = order[at]?.tier ?? tiers.base;
  const allowed = tiers.spreadCap(tier);
  return {
    part: 'spread', unitIds: run.flatMap((place) => (place.unit ? [place.unit.id] : [])), from: run[0]?.time ?? 0, to: run.at(-1)?.time ?? 0, places: run.length,
    tier: tiers.keyOf(tier), count: allowed + over, allowed, over, blocking: run.some((place) => offends(place, tier)),
  };
}
export function totalsViolation(index: RatioIndex, each: Pick<TotalsChange, 'day' | 'tier' | 'count' | 'allowed'>, blocking: boolean): Violation {
  const { period, tiers } = index;
  return {
    part: 'totals', day: dayName(each.day), period: { kind: period, start: dayName(periodStart(period, each.day)), end: dayName(periodEnd(period, each.day)) },
    tier: tiers.keyOf(each.tier), count: each.count, allowed: each.allowed, over: each.count - each.allowed, blocking,
  };
}
/** The instant a violation ends at: orders them. */
export const endOf = (index: RatioIndex, violation: Violation): number => (violation.part === 'spread' ? violation.to : index.calendar.startOf(Date.parse(violation.day) / 86_400_000 + 1) - 1);

const rises = (each: { before: number; after: number }): boolean => each.after > Math.max(0, each.before);

/** Would this edit break the rule, or make a break worse? For add, move, tier change, removal and exchange alike (RATIO 3-5). Removing is the caller's to allow: it is never refused. */
export function checkPlacement(index: RatioIndex, edit: Edit): Placement {
  const { mode } = index.plan.policy;
  if (mode === 'off') return { ok: true, refused: false, violations: [] };
  const spread: SpreadChange[] = [];
  const totals: TotalsChange[] = [];
  const resolved = resolve(index, edit);
  compareSpread(resolved, (each) => {
    if (each.open && each.at !== null && rises(each)) spread.push(each);
  });
  // Days without anything of their own repeat the day before: said once.
  const last = new Map<number, TotalsChange>();
  compareTotals(resolved, (each) => {
    if (!rises(each)) return;
    const before = last.get(each.tier);
    last.set(each.tier, each);
    if (!(before && before.day === each.day - 1 && before.count === each.count && before.allowed === each.allowed)) totals.push(each);
  });
  if (spread.length + totals.length === 0) return { ok: true, refused: false, violations: [] };
  const violations = [
    ...totals.map((each) => totalsViolation(resolved.index, each, true)),
    ...spread.map((each) => spreadViolation(resolved.index, each.around, each.at ?? 0, each.after)),
  ].sort((a, b) => endOf(index, a) - endOf(index, b));
  return { ok: false, refused: mode === 'enforce', violations };
}

/** What an edit does to the whole excess of open places and days: below 0 mends. */
export function excessChange(index: RatioIndex, edit: Edit): number {
  const resolved = resolve(index, edit);
  let sum = 0;
  compareSpread(resolved, (each) => {
    if (each.open) sum += Math.max(0, each.after) - Math.max(0, each.before);
  });
  compareTotals(resolved, (each) => {
    sum += Math.max(0, each.after) - Math.max(0, each.before);
  });
  return sum;
}

/** A unit, in the plan or new, at each of these times: the bands shown while dragging. Epoch ms. */
export function bandFor(index: RatioIndex, unit: Unit, times: readonly number[]): ({ at: number } & Placement)[] {
  return times.map((at) => ({ at, ...checkPlacement(index, { remove: [unit.id], insert: [movedTo(index, unit, at)] }) }));
}
