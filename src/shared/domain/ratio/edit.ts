import { COUNTING_STATES, type TierKey, type Unit } from '../types.ts';
import { comparePlaces, covering, lowerBound, type Place, placeOf, placeOfUnit, positionAt, type RatioIndex, slotAt } from './build.ts';

/** Any change of a plan: the units that go and the units that come; one that is in both moves or changes. */
export interface Edit {
  readonly remove: readonly string[];
  readonly insert: readonly Unit[];
}
/** What a user does to a plan. */
export type Change =
  | { kind: 'add'; unit: Unit }
  | { kind: 'move'; id: string; dueAt: number }
  | { kind: 'retier'; id: string; tier: TierKey }
  | { kind: 'exchange'; a: string; b: string }
  | { kind: 'remove'; id: string }
  | { kind: 'override'; id: string }
  /** One after another; judged as a whole: only its end must hold. */
  | { kind: 'many'; changes: readonly Change[] };

/** A unit without its exception, which a new time asks anew (RATIO 8), and without the place that an exchange gave it. */
function loose(unit: Unit): Unit {
  const { order: _order, overridden: _overridden, ...rest } = unit;
  return { ...rest, state: 'scheduled' };
}
/** By its own id among equal times, unless another holds that place by an exchange: then right after it. */
function onOwnPlace(index: RatioIndex, unit: Unit): Unit {
  let order = unit.id;
  for (let at = positionAt(index.places, unit.dueAt); at < index.places.length; at += 1) {
    const place = index.places[at];
    if (!place || place.time !== unit.dueAt) break;
    if (place.key === order && place.unit?.id !== unit.id) order += '+';
  }
  return order === unit.id ? unit : { ...unit, order };
}
/** A unit at a new time. */
export const movedTo = (index: RatioIndex, unit: Unit, dueAt: number): Unit => onOwnPlace(index, { ...loose(unit), dueAt });
/** A unit on exactly another's place, order among equal times included (RATIO 6). */
export function inPlaceOf(unit: Unit, other: Unit): Unit {
  return { ...loose(unit), dueAt: other.dueAt, order: other.order ?? other.id };
}
/** Two units change places. */
export const exchangeOf = (a: Unit, b: Unit): Edit => ({ remove: [a.id, b.id], insert: [inPlaceOf(a, b), inPlaceOf(b, a)] });
/** A unit takes another's place; the other goes to the tray. */
export const takePlaceOf = (unit: Unit, other: Unit): Edit => ({ remove: [other.id, unit.id], insert: [inPlaceOf(unit, other)] });

/** The edit of a change; an unknown id changes nothing. An exception is for one tier: changing the tier ends it. */
export function editOf(index: RatioIndex, change: Change): Edit {
  const unit = (id: string): Unit | null => index.byId.get(id)?.unit ?? null;
  const nothing: Edit = { remove: [], insert: [] };
  switch (change.kind) {
    case 'add':
      return { remove: [change.unit.id], insert: [change.unit.order === undefined ? onOwnPlace(index, change.unit) : change.unit] };
    case 'move': {
      const found = unit(change.id);
      return found ? { remove: [change.id], insert: [movedTo(index, found, change.dueAt)] } : nothing;
    }
    case 'retier': {
      const found = unit(change.id);
      if (!found) return nothing;
      const { overridden: _overridden, ...rest } = found;
      return { remove: [change.id], insert: [{ ...rest, tier: change.tier }] };
    }
    case 'exchange': {
      const [a, b] = [unit(change.a), unit(change.b)];
      return a && b && a !== b ? exchangeOf(a, b) : nothing;
    }
    case 'remove':
      return { remove: [change.id], insert: [] };
    case 'override': {
      const found = unit(change.id);
      return found ? { remove: [change.id], insert: [{ ...found, overridden: true }] } : nothing;
    }
    case 'many':
      return between(index, change.changes.reduce((current, each) => applyEdit(current, editOf(current, each)), index));
    default:
      return change satisfies never;
  }
}

/** An edit as positions: what leaves the order and what comes into it, empty slots that are taken or come free included. */
export interface Resolved {
  /** The index that covers the edit's times. */
  readonly index: RatioIndex;
  /** Positions in `index.places`, rising. */
  readonly gone: readonly number[];
  /** In order. */
  readonly come: readonly Place[];
}

export function resolve(given: RatioIndex, edit: Edit): Resolved {
  const latest = edit.insert.reduce((found, unit) => Math.max(found, placeOf(unit)), 0);
  const index = covering(given, latest);
  const { places, byId, slots, tiers, calendar } = index;
  const leaving = new Set<Place>();
  for (const id of edit.remove) {
    const place = byId.get(id);
    if (place) leaving.add(place);
  }
  const come: Place[] = [];
  for (const unit of edit.insert) {
    if (!COUNTING_STATES.has(unit.state)) continue;
    const replaced = byId.get(unit.id);
    if (replaced) leaving.add(replaced);
    come.push(placeOfUnit(unit, tiers, calendar));
  }
  if (slots.size > 0) {
    const touched = new Set<number>();
    for (const place of leaving) if (slots.has(place.time)) touched.add(place.time);
    for (const place of come) if (slots.has(place.time)) touched.add(place.time);
    for (const time of touched) {
      let stays = come.some((place) => place.time === time);
      let slot: Place | null = null;
      for (let i = positionAt(places, time); places[i]?.time === time; i += 1) {
        const place = places[i];
        if (!place) break;
        if (place.unit === null) slot = place;
        else if (!leaving.has(place)) stays = true;
      }
      if (slot && stays) leaving.add(slot);
      else if (!slot && !stays) come.push(slotAt(time, calendar.numberOf(time), tiers));
    }
  }
  const gone = [...leaving].map((place) => lowerBound(places, place)).sort((a, b) => a - b);
  return { index, gone, come: come.length > 1 ? come.sort(comparePlaces) : come };
}

/** The index after an edit, without building it anew. */
export function applyEdit(given: RatioIndex, edit: Edit): RatioIndex {
  const { index, gone, come } = resolve(given, edit);
  const places: Place[] = [];
  const days = new Map<number, number[]>();
  for (const [day, counts] of index.days) days.set(day, [...counts]);
  const byId = new Map(index.byId);
  const count = (place: Place, by: 1 | -1): void => {
    const counts = days.get(place.day) ?? index.tiers.keys.map(() => 0);
    counts[place.tier] = (counts[place.tier] ?? 0) + by;
    if (counts.every((n) => n === 0)) days.delete(place.day);
    else days.set(place.day, counts);
  };
  let next = 0;
  let taken = 0;
  for (let i = 0; i <= index.places.length; i += 1) {
    const place = index.places[i];
    for (let added = come[next]; added && (!place || comparePlaces(added, place) <= 0); added = come[next]) {
      places.push(added);
      count(added, 1);
      next += 1;
    }
    if (!place) break;
    if (gone[taken] === i) {
      taken += 1;
      count(place, -1);
      if (place.unit) byId.delete(place.unit.id);
    } else places.push(place);
  }
  for (const place of come) if (place.unit) byId.set(place.unit.id, place);
  const outside = new Set([...edit.remove, ...edit.insert.map((unit) => unit.id)]);
  const units = [...index.units.filter((unit) => !outside.has(unit.id)), ...edit.insert];
  return { ...index, plan: { ...index.plan, units }, units, places, days, byId };
}

/** The edit that leads from one state of a plan to another. */
export function between(from: RatioIndex, to: RatioIndex): Edit {
  const remove: string[] = [];
  const insert: Unit[] = [];
  for (const [id, place] of from.byId) {
    const now = to.byId.get(id);
    if (!now) remove.push(id);
    else if (now.unit && now.unit !== place.unit) {
      remove.push(id);
      insert.push(now.unit);
    }
  }
  return { remove, insert };
}
