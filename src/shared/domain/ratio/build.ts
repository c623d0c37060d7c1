import { COUNTING_STATES, type RatioPolicy, SENT_STATES, type Unit } from '../types.ts';
import { type Days, daysOf, dayName, minutesOf, periodEnd, type PeriodKind } from './days.ts';
import { type Tiers, tiersOf } from './weights.ts';

/** What the rule is checked against. */
export interface RatioPlan {
  policy: RatioPolicy;
  /** IANA zone of the account. */
  zone: string;
  /** Epoch ms. A day whose midnight is at or before it has begun. */
  now: number;
  units: readonly Unit[];
  /** Chosen when the template was saved (RATIO 10); a week without a template. */
  period?: PeriodKind | undefined;
  /** Local times `HH:mm` of a day's template slots, `day` as `YYYY-MM-DD`; absent without a template. */
  templateOf?: ((day: string) => readonly string[]) | undefined;
}

/** One place of the order: a unit, or an empty template slot of a day not yet begun, which counts as base (RATIO 2). */
export interface Place {
  /** When it was sent, else when it is due, epoch ms. */
  readonly time: number;
  /** Orders equal times: the unit's `order`, else its id; empty for a slot. */
  readonly key: string;
  /** Null for an empty slot. */
  readonly unit: Unit | null;
  /** Number of its tier. */
  readonly tier: number;
  readonly sent: boolean;
  /** Has a written exception: its own window is not checked (RATIO 8). */
  readonly excepted: boolean;
  /** Number of the day for totals: the due day, also once sent (RATIO 11). */
  readonly day: number;
}

/** The plan sorted and counted, for thousands of checks. Never changed: an accepted change makes another (`applyEdit`). */
export interface RatioIndex {
  readonly plan: RatioPlan;
  readonly units: readonly Unit[];
  readonly period: PeriodKind;
  readonly tiers: Tiers;
  readonly calendar: Days;
  /** By time, then key. */
  readonly places: readonly Place[];
  readonly byId: ReadonlyMap<string, Place>;
  /** Places of each day by tier, empty slots included. */
  readonly days: ReadonlyMap<number, readonly number[]>;
  /** Instants of all template slots of days not yet begun, taken or not. */
  readonly slots: ReadonlySet<number>;
  /** Number of the day of `now`. */
  readonly today: number;
  /** Last day whose empty slots are here; always the end of a period. */
  readonly coveredTo: number;
}

/** The instant that orders a unit: when it was sent, else when it is due. */
export const placeOf = (unit: Unit): number => unit.sentAt ?? unit.dueAt;
export const isSent = (unit: Unit): boolean => unit.sentAt !== undefined || SENT_STATES.has(unit.state);

export function comparePlaces(a: Place, b: Place): number {
  if (a.time !== b.time) return a.time - b.time;
  if (a.key !== b.key) return a.key < b.key ? -1 : 1;
  const x = a.unit?.id ?? '';
  const y = b.unit?.id ?? '';
  return x < y ? -1 : x > y ? 1 : 0;
}

/** The units that count, in order: due time (sent time once sent), then their place among equal times. */
export function orderUnits(units: readonly Unit[]): Unit[] {
  const key = (unit: Unit): string => unit.order ?? unit.id;
  return units.filter((unit) => COUNTING_STATES.has(unit.state)).sort((a, b) => placeOf(a) - placeOf(b) || (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

export function placeOfUnit(unit: Unit, tiers: Tiers, calendar: Days): Place {
  return { time: placeOf(unit), key: unit.order ?? unit.id, unit, tier: tiers.numberOf(unit.tier), sent: isSent(unit), excepted: unit.overridden === true, day: calendar.numberOf(unit.dueAt) };
}
export const slotAt = (time: number, day: number, tiers: Tiers): Place => ({ time, key: '', unit: null, tier: tiers.base, sent: false, excepted: false, day });

/** Empty slots are worked out at least this far ahead, days: as far as a nearest allowed time is looked for. */
const AHEAD_DAYS = 14;

/** Sorts and counts a plan: about 10 ms for 10,000 units. `through` widens how far the empty slots reach, epoch ms. */
export function buildIndex(plan: RatioPlan, through = 0): RatioIndex {
  const tiers = tiersOf(plan.policy);
  const calendar = daysOf(plan.zone);
  const period = plan.period ?? 'week';
  const today = calendar.numberOf(plan.now);
  const placed: Place[] = [];
  const byId = new Map<string, Place>();
  let lastDay = Math.max(today + AHEAD_DAYS, through > plan.now ? calendar.numberOf(through) : today);
  for (const unit of plan.units) {
    if (!COUNTING_STATES.has(unit.state)) continue;
    const place = placeOfUnit(unit, tiers, calendar);
    placed.push(place);
    byId.set(unit.id, place);
    if (place.day > lastDay) lastDay = place.day;
  }
  placed.sort(comparePlaces);
  const coveredTo = periodEnd(period, lastDay);
  const slots = slotsOf(plan, calendar, today, coveredTo);
  const places = slots.length === 0 ? placed : withEmpty(placed, slots, tiers, calendar);
  return { plan, units: plan.units, period, tiers, calendar, places, byId, days: countDays(places, tiers), slots: new Set(slots), today, coveredTo };
}

/** Instants of the template's slots from tomorrow on, in order, each once. */
function slotsOf(plan: RatioPlan, calendar: Days, today: number, to: number): number[] {
  const { templateOf } = plan;
  if (!templateOf) return [];
  const found: number[] = [];
  for (let day = today + 1; day <= to; day += 1) {
    const times = templateOf(dayName(day));
    if (times.length === 0) continue;
    const instants = times.map((time) => calendar.at(day, minutesOf(time))).sort((a, b) => a - b);
    for (const at of instants) if (found.at(-1) !== at) found.push(at);
  }
  return found;
}

/** A slot is taken by a unit at that very time and by no other (RATIO 2). */
function withEmpty(placed: readonly Place[], slots: readonly number[], tiers: Tiers, calendar: Days): Place[] {
  const all: Place[] = [];
  let next = 0;
  for (const at of slots) {
    for (let place = placed[next]; place && place.time < at; place = placed[next]) {
      all.push(place);
      next += 1;
    }
    if (placed[next]?.time !== at) all.push(slotAt(at, calendar.numberOf(at), tiers));
  }
  for (; next < placed.length; next += 1) {
    const place = placed[next];
    if (place) all.push(place);
  }
  return all;
}

function countDays(places: readonly Place[], tiers: Tiers): Map<number, number[]> {
  const days = new Map<number, number[]>();
  for (const place of places) {
    let counts = days.get(place.day);
    if (!counts) days.set(place.day, (counts = tiers.keys.map(() => 0)));
    counts[place.tier] = (counts[place.tier] ?? 0) + 1;
  }
  return days;
}

/** Position of the first place not before this time and key. */
export function lowerBound(places: readonly Place[], probe: Place): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const place = places[middle];
    if (place && comparePlaces(place, probe) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
/** Position of the first place at or after an instant. */
export function positionAt(places: readonly Place[], time: number): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const place = places[middle];
    if (place && place.time < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

const wider = new WeakMap<RatioIndex, RatioIndex>();
/** The index, or one like it whose empty slots reach an instant further off than it was built for. */
export function covering(index: RatioIndex, time: number): RatioIndex {
  if (!index.plan.templateOf || time < index.calendar.startOf(index.coveredTo + 1)) return index;
  const found = wider.get(index);
  if (found && time < found.calendar.startOf(found.coveredTo + 1)) return found;
  const built = buildIndex(index.plan, time);
  wider.set(index, built);
  return built;
}
