import type { Publication } from '../../../shared/contract/publications.ts';
import type { Settings } from '../../../shared/contract/host.ts';
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
/** Wall time of a quarter of an hour. */
export const slotWall = (day: string, hour: number, quarter: number): string => `${day}T${pad(hour)}:${pad(quarter * 15)}`;

/** Where on the plan a publication stands, as wall time in the plan's zone. */
export function placeWall(publication: Publication, zone: string): string | null {
  const at = publication.sentAt ?? publication.dueAt;
  return at === null ? null : instantToWall(at, zone);
}
/** Publications by quarter of an hour, each in order of time. */
export function bySlot(publications: readonly Publication[], zone: string): Map<string, Publication[]> {
  const slots = new Map<string, Publication[]>();
  for (const each of publications) {
    const wall = placeWall(each, zone);
    if (wall === null) continue;
    const key = `${wall.slice(0, 14)}${pad(Math.floor(Number(wall.slice(14)) / 15) * 15)}`;
    const list = slots.get(key);
    if (list) list.push(each);
    else slots.set(key, [each]);
  }
  return slots;
}
/** The hours to show: those of the settings, widened to whatever is planned outside them. */
export function hoursOf(publications: readonly Publication[], zone: string, from: number, to: number): number[] {
  let first = from;
  let last = to - 1;
  for (const each of publications) {
    const wall = placeWall(each, zone);
    if (wall === null) continue;
    const hour = Number(wall.slice(11, 13));
    first = Math.min(first, hour);
    last = Math.max(last, hour);
  }
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
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
