import type { RatioPolicy, Unit } from '../types.ts';
import { buildIndex, type RatioIndex } from './build.ts';
import { checkPlacement as check, type Placement, type Violation } from './check.ts';
import { dayNumber, type PeriodKind, weekdayOf } from './days.ts';
import { applyEdit, type Change, type Edit, editOf } from './edit.ts';
import { type Strip, stripFor as strip } from './strip.ts';
import { violations } from './violations.ts';

/** A plan as `planning.context` answers it. For callers that do not keep an index themselves; it is built once for each such object. */
export interface RatioContext {
  policy: RatioPolicy;
  zone: string;
  now: number;
  units: readonly Unit[];
  period?: PeriodKind;
  template?: { days: readonly (readonly { time: string }[])[] } | null;
}
const built = new WeakMap<RatioContext, RatioIndex>();
function indexOf(given: RatioIndex | RatioContext): RatioIndex {
  if ('places' in given) return given;
  let found = built.get(given);
  if (!found) {
    const { template, ...plan } = given;
    const times = template?.days.map((day) => day.map((slot) => slot.time));
    found = buildIndex({ ...plan, ...(times ? { templateOf: (day: string) => times[weekdayOf(dayNumber(day)) - 1] ?? [] } : {}) });
    built.set(given, found);
  }
  return found;
}
const isEdit = (change: Edit | Change): change is Edit => 'remove' in change;

export function checkPlacement(given: RatioIndex | RatioContext, change: Edit | Change): Placement {
  const index = indexOf(given);
  return check(index, isEdit(change) ? change : editOf(index, change));
}
export const stripFor = (given: RatioIndex | RatioContext, day: string): Strip => strip(indexOf(given), day);
export const evaluate = (context: RatioContext): { violation: Violation; open: true }[] => violations(indexOf(context)).map((violation) => ({ violation, open: true }));
export const applyChange = (units: readonly Unit[], change: Change): Unit[] => {
  const index = buildIndex({ policy: NO_POLICY, zone: 'UTC', now: 0, units });
  return [...applyEdit(index, editOf(index, change)).units];
};
const NO_POLICY: RatioPolicy = { tiers: [], base: '', mode: 'off' };

/** Which of these times a change could take. */
export function allowedTimes(given: RatioIndex | RatioContext, _id: string, make: (dueAt: number) => Change, times: readonly number[]): Set<number> {
  return new Set(times.filter((time) => checkPlacement(given, make(time)).ok));
}
