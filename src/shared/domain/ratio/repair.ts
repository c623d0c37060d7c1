import type { Unit } from '../types.ts';
import { type Place, positionAt, type RatioIndex } from './build.ts';
import { checkPlacement, endOf, excessChange, type Violation } from './check.ts';
import { dayNumber } from './days.ts';
import { applyEdit, between, type Edit, exchangeOf, inPlaceOf } from './edit.ts';
import { isPartner } from './fixes.ts';
import { evenSequence } from './chairman.ts';
import { violations } from './violations.ts';

export interface Repair {
  /** Pairs that change places, in this order. */
  exchanges: { a: string; b: string }[];
  toTray: string[];
  /** All of it as one edit. */
  edit: Edit;
}
/** Offenders and partners tried for one violation. */
const OFFENDERS = 3;
const PARTNERS = 20;

/** What of a violation's tier could be taken out, latest first: in its run, or in its period up to its day. */
function offenders(index: RatioIndex, violation: Violation): Place[] {
  const { tiers, places, calendar } = index;
  const tier = tiers.numberOf(violation.tier);
  const from = violation.part === 'spread' ? violation.from : calendar.startOf(dayNumber(violation.period.start));
  const ids = violation.part === 'spread' ? new Set(violation.unitIds) : null;
  const end = endOf(index, violation);
  const found: Place[] = [];
  for (let i = positionAt(places, end + 1) - 1; i >= 0; i -= 1) {
    const place = places[i];
    if (!place || place.time < from) break;
    if (place.tier === tier && place.unit && !place.sent && !place.excepted && (!ids || ids.has(place.unit.id))) found.push(place);
  }
  return found;
}

/** Base posts that may change places, nearest first; for totals also those after the day, since within it nothing is won. */
function partners(index: RatioIndex, violation: Violation, place: Place): Place[] {
  const { places, tiers } = index;
  const distance = (other: Place): number => Math.abs(other.time - place.time);
  const take = (start: number, step: 1 | -1): Place[] => {
    const found: Place[] = [];
    for (let i = start; found.length < PARTNERS; i += step) {
      const other = places[i];
      if (!other || other.time <= index.plan.now) break;
      if (other.tier === tiers.base && isPartner(index, other)) found.push(other);
    }
    return found;
  };
  const at = positionAt(places, place.time);
  if (violation.part === 'totals') return take(positionAt(places, endOf(index, violation) + 1), 1);
  return [...take(at - 1, -1), ...take(at, 1)].sort((a, b) => distance(a) - distance(b));
}

/**
 * What mends a broken plan: exchanges with base posts while they help, else the latest offenders to the tray (DOMAIN §2).
 * Ends always: an exchange lowers what is over, a removal leaves one unit fewer. What then is left over has gone out or has an exception.
 */
export function repair(index: RatioIndex): Repair {
  const exchanges: Repair['exchanges'] = [];
  const toTray: string[] = [];
  let current = index;
  for (;;) {
    const broken = violations(current).find((violation) => violation.blocking);
    const candidates = broken ? offenders(current, broken) : [];
    const last = candidates[0]?.unit;
    if (!broken || !last) return { exchanges, toTray, edit: between(index, current) };
    const found = mend(current, broken, candidates);
    if (found) {
      exchanges.push({ a: found.a.id, b: found.b.id });
      current = applyEdit(current, exchangeOf(found.a, found.b));
    } else {
      toTray.push(last.id);
      current = applyEdit(current, { remove: [last.id], insert: [] });
    }
  }
}

function mend(index: RatioIndex, broken: Violation, candidates: readonly Place[]): { a: Unit; b: Unit } | null {
  for (const offender of candidates.filter((place) => isPartner(index, place)).slice(0, OFFENDERS)) {
    for (const base of partners(index, broken, offender)) {
      if (!offender.unit || !base.unit) continue;
      if (excessChange(index, exchangeOf(offender.unit, base.unit)) < 0) return { a: offender.unit, b: base.unit };
    }
  }
  return null;
}

export type Spreading =
  | { result: 'changed'; edit: Edit; moved: number }
  /** It already is as even as this makes it. */
  | { result: 'same' }
  /** Evenly spread it would break the rule: it stays as it is (RATIO 12). */
  | { result: 'left'; violations: Violation[] };

/** Gives a day's unsent posts other ones of its times, so that the tiers come round evenly; within a tier the order stays. */
export function spreadEvenly(index: RatioIndex, day: string): Spreading {
  const { tiers, calendar, places } = index;
  const n = dayNumber(day);
  const ofDay = places.slice(positionAt(places, calendar.startOf(n)), positionAt(places, calendar.startOf(n + 1)));
  const movable = ofDay.filter((place) => isPartner(index, place));
  const counts = tiers.keys.map((_, tier) => movable.filter((place) => place.tier === tier).length);
  if (counts.filter((count) => count > 0).length < 2) return { result: 'same' };
  const wanted = aroundFixed(ofDay, movable, tiers.keys.length);
  const queues = tiers.keys.map((_, tier) => movable.filter((place) => place.tier === tier).flatMap((place) => (place.unit ? [place.unit] : [])));
  const insert: Unit[] = [];
  movable.forEach((place, i) => {
    const unit = queues[wanted[i] ?? tiers.base]?.shift();
    if (unit && place.unit && unit.id !== place.unit.id) insert.push(inPlaceOf(unit, place.unit));
  });
  if (insert.length === 0) return { result: 'same' };
  const edit: Edit = { remove: insert.map((unit) => unit.id), insert };
  const { ok, violations: broken } = checkPlacement(index, edit);
  return !ok ? { result: 'left', violations: broken } : { result: 'changed', edit, moved: insert.length };
}

/** Tiers for the movable places of a day: the even order of the whole day, each fixed place keeping its own. */
function aroundFixed(ofDay: readonly Place[], movable: readonly Place[], k: number): number[] {
  const left = Array.from({ length: k }, (_, tier) => movable.filter((place) => place.tier === tier).length);
  const ideal = evenSequence(Array.from({ length: k }, (_, tier) => ofDay.filter((place) => place.tier === tier).length));
  const free = new Set(movable);
  const wanted: number[] = [];
  const pending: number[] = [];
  ofDay.forEach((place, i) => {
    pending.push(ideal[i] ?? 0);
    if (!free.has(place)) {
      const at = pending.indexOf(place.tier);
      if (at >= 0) pending.splice(at, 1);
      return;
    }
    // The tier longest due that has posts left; else any that has.
    let at = pending.findIndex((tier) => (left[tier] ?? 0) > 0);
    let tier = pending[at];
    if (tier === undefined) {
      tier = left.findIndex((count) => count > 0);
      at = -1;
    }
    if (at >= 0) pending.splice(at, 1);
    left[tier] = (left[tier] ?? 0) - 1;
    wanted.push(tier);
  });
  return wanted;
}
