import type { Unit } from '../types.ts';
import { type Place, positionAt, type RatioIndex } from './build.ts';
import { checkPlacement } from './check.ts';
import { dayName, minutesOf } from './days.ts';
import { type Edit, exchangeOf, movedTo, takePlaceOf } from './edit.ts';

/** What can be done instead of a refused change. Plain data: it crosses the contract. Times in epoch ms. */
export type Fix =
  /** With a post of the same tier: the subject goes to `dueAt`, the other to `otherDueAt`. */
  | { kind: 'exchange'; withId: string; dueAt: number; otherDueAt: number }
  /** The post there goes to the tray. */
  | { kind: 'takePlace'; ofId: string; dueAt: number }
  | { kind: 'earlier'; dueAt: number }
  | { kind: 'later'; dueAt: number }
  | { kind: 'none'; direction: 'earlier' | 'later' | 'both' }
  /** So many base posts more, this day. */
  | { kind: 'addBase'; n: number; day: string }
  | { kind: 'retier'; tier: string }
  /** Uses up `tier` until `repaid` base posts more are there; null when no small number repays it (RATIO 8). */
  | { kind: 'override'; tier: string; repaid: number | null };

/** A fix that is taken: what of it decides. */
export type TakenFix =
  | { kind: 'exchange'; withId: string }
  | { kind: 'takePlace'; ofId: string }
  | { kind: 'earlier' | 'later'; dueAt: number }
  | { kind: 'retier'; tier: string }
  | { kind: 'none' | 'addBase' | 'override' };

/** How far a nearest allowed time is looked for, days. */
const LOOK_DAYS = 14;
/** Nearest posts that are tried as partners. */
const PARTNERS = 5;
/** Slots of a day without a template: every 15 min from 08:00 to 20:00 (DOMAIN §4), minutes. */
const QUARTERS: readonly number[] = Array.from({ length: 49 }, (_, i) => 8 * 60 + i * 15);
const DAY_MS = 86_400_000;

/** Not sent, not about to be, without an exception. */
export const isMovable = (index: RatioIndex, place: Place): boolean => place.unit !== null && place.unit.state === 'scheduled' && !place.sent && !place.excepted && place.time > index.plan.now;
/** May change places with another (RATIO 6). */
export const isPartner = (index: RatioIndex, place: Place): boolean => isMovable(index, place) && place.unit?.tied !== true;

/** The edit a fix stands for, in place of the refused one. Null for those that only say something, need a reason, or no longer fit. */
export function editOfFix(index: RatioIndex, change: Edit, fix: TakenFix): Edit | null {
  const unit = change.insert[0];
  if (!unit) return null;
  const now = index.byId.get(unit.id)?.unit ?? null;
  switch (fix.kind) {
    case 'exchange': {
      const other = index.byId.get(fix.withId);
      return now && other?.unit && now.id !== other.unit.id && isPartner(index, other) ? exchangeOf(now, other.unit) : null;
    }
    case 'takePlace': {
      const other = index.byId.get(fix.ofId);
      return other?.unit && other.unit.id !== unit.id && isMovable(index, other) ? takePlaceOf(unit, other.unit) : null;
    }
    case 'earlier':
    case 'later':
      return fix.dueAt > index.plan.now ? { remove: [unit.id], insert: [movedTo(index, unit, fix.dueAt)] } : null;
    case 'retier': {
      const { overridden: _overridden, ...rest } = unit;
      return index.tiers.keys.includes(fix.tier) ? { remove: change.remove, insert: [{ ...rest, tier: fix.tier }, ...change.insert.slice(1)] } : null;
    }
    case 'override':
    case 'none':
    case 'addBase':
      return null;
    default:
      return fix satisfies never;
  }
}

/** What can be done instead of a refused change; each was run through the checker (DOMAIN §2). The change speaks of the first unit it inserts. */
export function fixesFor(index: RatioIndex, change: Edit): Fix[] {
  const unit = change.insert[0];
  if (!unit) return [];
  const before = index.byId.get(unit.id)?.unit ?? null;
  const fixes: Fix[] = [];
  const offer = (fix: Fix): boolean => {
    const edit = editOfFix(index, change, fix);
    if (!edit || !checkPlacement(index, edit).ok) return false;
    fixes.push(fix);
    return true;
  };
  const moves = before !== null && before.tier === unit.tier && before.dueAt !== unit.dueAt;
  if (moves) nearest(index, unit, (place) => isPartner(index, place) && offer({ kind: 'exchange', withId: place.unit?.id ?? '', dueAt: place.time, otherDueAt: before.dueAt }));
  if (before === null || moves) nearest(index, unit, (place) => isMovable(index, place) && offer({ kind: 'takePlace', ofId: place.unit?.id ?? '', dueAt: place.time }));
  if (before === null || moves) fixes.push(...nearestTimes(index, unit));
  const missing = missingBase(index, change);
  if (missing) fixes.push({ kind: 'addBase', ...missing });
  const { base, keys } = index.tiers;
  for (const tier of [index.tiers.keyOf(base), ...keys.filter((_, i) => i !== base)]) {
    if (tier !== unit.tier && tier !== before?.tier && offer({ kind: 'retier', tier })) break;
  }
  fixes.push({ kind: 'override', tier: unit.tier, repaid: missing?.n ?? null });
  return fixes;
}

/** Tries units of the same tier from the nearest on, until one serves or enough were tried. */
function nearest(index: RatioIndex, unit: Unit, serves: (place: Place) => boolean): void {
  const { places, tiers } = index;
  const tier = tiers.numberOf(unit.tier);
  let right = positionAt(places, unit.dueAt);
  let left = right - 1;
  for (let tried = 0; tried < PARTNERS && (left >= 0 || right < places.length); ) {
    const a = places[left];
    const b = places[right];
    const place = a && (!b || unit.dueAt - a.time <= b.time - unit.dueAt) ? a : b;
    if (!place) return;
    if (place === a) left -= 1;
    else right += 1;
    if (place.sent && place === a && a.time < index.plan.now - LOOK_DAYS * DAY_MS) left = -1;
    if (place.unit === null || place.unit.id === unit.id || place.tier !== tier || place.time <= index.plan.now) continue;
    tried += 1;
    if (serves(place)) return;
  }
}

/** Times that a post may be offered on a day: the template's slots, else the quarter hours; epoch ms, in order. */
function offeredTimes(index: RatioIndex, day: number): number[] {
  const slots = index.plan.templateOf?.(dayName(day)) ?? [];
  const minutes = slots.length === 0 ? QUARTERS : slots.map(minutesOf);
  return [...new Set(minutes.map((each) => index.calendar.at(day, each)))].sort((a, b) => a - b);
}

function nearestTimes(index: RatioIndex, unit: Unit): Fix[] {
  const { places, calendar, plan } = index;
  const free = (at: number): boolean => {
    if (at <= plan.now || at === unit.dueAt) return false;
    for (let i = positionAt(places, at); places[i]?.time === at; i += 1) if (places[i]?.unit && places[i]?.unit?.id !== unit.id) return false;
    return checkPlacement(index, { remove: [unit.id], insert: [movedTo(index, unit, at)] }).ok;
  };
  const today = calendar.numberOf(Math.max(unit.dueAt, plan.now));
  const look = (step: 1 | -1): number | null => {
    for (let day = today; Math.abs(day - today) <= LOOK_DAYS && day >= index.today; day += step) {
      const times = offeredTimes(index, day).filter((at) => (step > 0 ? at > unit.dueAt : at < unit.dueAt));
      const found = (step > 0 ? times : times.reverse()).find(free);
      if (found !== undefined) return found;
    }
    return null;
  };
  const earlier = look(-1);
  const later = look(1);
  const fixes: Fix[] = [];
  if (earlier !== null) fixes.push({ kind: 'earlier', dueAt: earlier });
  if (later !== null) fixes.push({ kind: 'later', dueAt: later });
  if (earlier === null || later === null) fixes.push({ kind: 'none', direction: earlier === null && later === null ? 'both' : earlier === null ? 'earlier' : 'later' });
  return fixes;
}

/** The fewest base posts that make room for a change, put where it first breaks, and that day; null when two turns of W do not. */
function missingBase(index: RatioIndex, change: Edit): { n: number; day: string } | null {
  const most = 2 * index.tiers.total;
  const extra: Unit[] = [];
  let day: string | null = null;
  for (let n = 0; n <= most; n += 1) {
    const first = checkPlacement(index, { remove: change.remove, insert: [...change.insert, ...extra] }).violations[0];
    if (!first) return day === null ? null : { n, day };
    const start = first.part === 'totals' ? index.calendar.startOf(Date.parse(first.day) / DAY_MS) : first.to;
    day ??= first.part === 'totals' ? first.day : dayName(index.calendar.numberOf(first.to));
    // Before everything else of its instant: a base post in front never breaks anything.
    extra.push({ id: `\u0000base${n}`, order: '\u0000', dueAt: Math.max(start, index.plan.now + 1), tier: index.tiers.keyOf(index.tiers.base), state: 'scheduled' });
  }
  return null;
}
