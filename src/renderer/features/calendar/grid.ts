import type { Publication } from '../../../shared/contract/publications.ts';
import type { Settings } from '../../../shared/contract/host.ts';
import { FOREIGN } from '../../../shared/domain/types.ts';
import { addDays, daysBetween, instantToWall, monthOf, wallToInstant, weekday } from '../../../shared/domain/time.ts';

export type CalendarView = 'week' | 'day' | 'month' | 'list';

/** First day of the week a day lies in. */
export function weekStartOf(day: string, starts: 'monday' | 'sunday'): string {
  const back = starts === 'monday' ? weekday(day) - 1 : weekday(day) % 7;
  return addDays(day, -back);
}
export function startsOn(weekStart: Settings['weekStart']): 'monday' | 'sunday' {
  return weekStart === 'sunday' ? 'sunday' : 'monday';
}
/** The days a view shows, and where its arrows lead. */
export function daysOf(view: CalendarView, day: string, starts: 'monday' | 'sunday'): string[] {
  if (view === 'day') return [day];
  if (view === 'month') {
    const month = monthOf(day);
    const first = weekStartOf(month.start, starts);
    const last = addDays(weekStartOf(month.end, starts), 6);
    return daysBetween(first, last);
  }
  const first = weekStartOf(day, starts);
  return daysBetween(first, addDays(first, 6));
}
export function step(view: CalendarView, day: string, by: 1 | -1): string {
  if (view === 'day') return addDays(day, by);
  if (view !== 'month') return addDays(day, 7 * by);
  const month = monthOf(day);
  return by > 0 ? addDays(month.end, 1) : monthOf(addDays(month.start, -1)).start;
}

const pad = (n: number): string => String(n).padStart(2, '0');
/** Minutes of a wall time since its midnight. */
export const minuteOf = (wall: string): number => Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14, 16));
export const wallAt = (day: string, minute: number): string => `${day}T${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`;

/** Where on the plan a publication stands, as wall time in the plan's zone. */
export function placeWall(publication: Publication, zone: string): string | null {
  const at = publication.sentAt ?? publication.dueAt;
  return at === null ? null : instantToWall(at, zone);
}
/** A wall time moved by minutes, over day ends and clock changes. */
export function shiftWall(wall: string, minutes: number, zone: string): string {
  return instantToWall(wallToInstant(wall, zone) + minutes * 60_000, zone);
}
/** Two minutes from now, whole minutes: where a post dropped on the quarter that is now goes. */
export function soonWall(now: number, zone: string): string {
  return instantToWall(now + 2 * 60_000, zone);
}
/** The quarter of an hour next to a wall time, up or down; from between two quarters, to the nearer edge. */
export function nextQuarter(wall: string, by: 1 | -1, zone: string): string {
  const past = Number(wall.slice(14)) % 15;
  if (past === 0) return shiftWall(wall, by * 15, zone);
  return shiftWall(wall, by > 0 ? 15 - past : -past, zone);
}
/** A wall time moved by days, its clock time kept. */
export function shiftDays(wall: string, days: number): string {
  return `${addDays(wall.slice(0, 10), days)}${wall.slice(10)}`;
}

/** A publication on the plan: where it stands, as integer minutes of wall time. */
export interface Item {
  publication: Publication;
  minute: number;
}
/** Publications of each day in order of time. A day whose publications are the same objects keeps its array of `before`. */
export function itemsByDay(publications: readonly Publication[], zone: string, before: ReadonlyMap<string, Item[]>): Map<string, Item[]> {
  const days = new Map<string, Item[]>();
  for (const publication of publications) {
    const wall = placeWall(publication, zone);
    if (wall === null) continue;
    const list = days.get(wall.slice(0, 10));
    const item = { publication, minute: minuteOf(wall) };
    if (list) list.push(item);
    else days.set(wall.slice(0, 10), [item]);
  }
  const found = new Map<string, Item[]>();
  for (const [day, list] of days) {
    list.sort((a, b) => a.minute - b.minute || (a.publication.id < b.publication.id ? -1 : 1));
    const known = before.get(day);
    const same = known?.length === list.length && known.every((each, i) => each.publication === list[i]?.publication && each.minute === list[i]?.minute);
    found.set(day, same && known ? known : list);
  }
  return found;
}

/** The account's own post that was not sent from here: it counts, and cannot be moved. */
export interface Seen {
  /** Of the unit. */
  id: string;
  /** On the network. */
  remoteId: string;
  minute: number;
  at: number;
  tier: string;
}
/** Own posts seen on X by day, in order of time. */
export function seenByDay(units: readonly { id: string; dueAt: number; sentAt?: number | undefined; tier: string }[], zone: string): Map<string, Seen[]> {
  const found = new Map<string, Seen[]>();
  for (const unit of units) {
    if (!unit.id.startsWith(FOREIGN)) continue;
    const at = unit.sentAt ?? unit.dueAt;
    const wall = instantToWall(at, zone);
    const seen = { id: unit.id, remoteId: unit.id.slice(FOREIGN.length), minute: minuteOf(wall), at, tier: unit.tier };
    const list = found.get(wall.slice(0, 10));
    if (list) list.push(seen);
    else found.set(wall.slice(0, 10), [seen]);
  }
  for (const list of found.values()) list.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  return found;
}
