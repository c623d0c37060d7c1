import { EVEN, QUARTERS, quarterOf } from './stack.ts';

/** Where minutes stand on the grid, and what a pointer means there. Pixels and minutes of wall time only: what a clock change does to a day is the domain's to answer. */

export const HEAD_PX = 44;
export const FOLD_PX = 12;
const QUARTER = 15;
const FIVE = 5;
const DAY = 24 * 60;

export interface Axis {
  /** First and after-last minute shown. */
  from: number;
  to: number;
  /** Height of a line, px: of a quarter of an hour that nothing shares. */
  slot: number;
  /** Lines above each quarter of the whole day (stack.ts). */
  above: readonly number[];
}
export interface Folds {
  before: boolean;
  after: boolean;
}
/** The minutes on show: the day's hours, and those around it that were opened. */
export function axisOf(hours: { from: number; to: number }, open: Folds, slot: number, above: readonly number[] = EVEN): Axis {
  return { from: open.before ? 0 : hours.from * 60, to: open.after ? DAY : hours.to * 60, slot, above };
}
/** Height of a line so that the unfolded day just fits, from 14 to 22 px. */
export function slotHeight(gridPx: number, hours: { from: number; to: number }, above: readonly number[] = EVEN): number {
  const lines = Math.max(1, (above[hours.to * 4] ?? 0) - (above[hours.from * 4] ?? 0));
  return Math.min(22, Math.max(14, (gridPx - HEAD_PX - 2 * FOLD_PX) / lines));
}
/** Lines above a minute, in parts of a line within its quarter. */
export function lineOf(axis: Axis, minute: number): number {
  const quarter = quarterOf(minute);
  const top = axis.above[quarter] ?? 0;
  return top + (((axis.above[quarter + 1] ?? top) - top) * (minute - quarter * QUARTER)) / QUARTER;
}
/** Of a line, how near to the end of its quarter now is drawn at most: within it to the eye, and to the pointer. */
const LAST = 0.08;
/**
 * Lines above now. In a quarter that several posts share, its lines are posts in order, not minutes: now stands below what is
 * before it and above what is after, `minutes` being what stands on its day.
 */
export function nowLineOf(axis: Axis, now: number, minutes: readonly number[]): number {
  const quarter = quarterOf(now);
  const top = axis.above[quarter] ?? 0;
  const lines = (axis.above[quarter + 1] ?? top + 1) - top;
  if (lines <= 1) return lineOf(axis, now);
  const here = minutes.filter((minute) => quarterOf(minute) === quarter);
  const before = here.filter((minute) => minute <= now).length;
  if (before < here.length) return top + before;
  return top + Math.min(lines - LAST, Math.max(before, (lines * (now - quarter * QUARTER)) / QUARTER));
}
export const topOf = (axis: Axis, minute: number): number => (lineOf(axis, minute) - lineOf(axis, axis.from)) * axis.slot;
/** What stands at a line: the minute, in parts, and which line of its quarter. */
function at(axis: Axis, line: number): { minute: number; inQuarter: number } {
  let low = 0;
  let high = QUARTERS - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((axis.above[middle] ?? 0) <= line) low = middle;
    else high = middle - 1;
  }
  const top = axis.above[low] ?? 0;
  const lines = (axis.above[low + 1] ?? top + 1) - top;
  return { minute: (low + (line - top) / lines) * QUARTER, inQuarter: Math.floor(line - top) };
}

export interface Area {
  left: number;
  top: number;
  width: number;
}
/** The day and the minute under a point, down to the quarter or to five minutes, and which line of that quarter it is on. Null outside the days. */
export function pointAt(area: Area, axis: Axis, days: readonly string[], x: number, y: number, fine: boolean): { day: string; minute: number; line: number } | null {
  const column = Math.floor(((x - area.left) / area.width) * days.length);
  const day = x < area.left ? undefined : days[column];
  if (day === undefined) return null;
  const line = lineOf(axis, axis.from) + (y - area.top) / axis.slot;
  if (y < area.top || line >= lineOf(axis, axis.to)) return null;
  const { minute, inQuarter } = at(axis, line);
  const grain = fine ? FIVE : QUARTER;
  return { day, minute: Math.floor(minute / grain) * grain, line: inQuarter };
}
/** How many of a day's minutes lie in the folded hours. */
export function folded(minutes: readonly number[], axis: Pick<Axis, 'from' | 'to'>): { before: number; after: number } {
  let before = 0;
  let after = 0;
  for (const minute of minutes) {
    if (minute < axis.from) before += 1;
    else if (minute >= axis.to) after += 1;
  }
  return { before, after };
}

export interface Cell {
  id: string;
  minute: number;
}
/** Where an arrow leads from a chip: up and down in its day, left and right to the nearest time of the next day that has one. */
export function neighbour(days: readonly (readonly Cell[])[], at: { day: number; index: number }, key: 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight' | 'Home' | 'End'): string | null {
  const column = days[at.day] ?? [];
  const here = column[at.index];
  if (!here) return null;
  if (key === 'Home') return column[0]?.id ?? null;
  if (key === 'End') return column.at(-1)?.id ?? null;
  if (key === 'ArrowUp' || key === 'ArrowDown') return column[at.index + (key === 'ArrowUp' ? -1 : 1)]?.id ?? null;
  const by = key === 'ArrowLeft' ? -1 : 1;
  for (let day = at.day + by; day >= 0 && day < days.length; day += by) {
    const cells = days[day] ?? [];
    const nearest = cells.reduce<Cell | null>((found, each) => (found === null || Math.abs(each.minute - here.minute) < Math.abs(found.minute - here.minute) ? each : found), null);
    if (nearest) return nearest.id;
  }
  return null;
}

/** One stretch of a day with the same answer, for drawing. */
export interface Stretch<T> {
  from: number;
  to: number;
  value: T;
}
/** Joins neighbouring quarters that say the same. */
export function stretches<T>(quarters: readonly { minute: number; value: T }[], same: (a: T, b: T) => boolean): Stretch<T>[] {
  const found: Stretch<T>[] = [];
  for (const { minute, value } of quarters) {
    const last = found.at(-1);
    if (last && last.to === minute && same(last.value, value)) last.to = minute + QUARTER;
    else found.push({ from: minute, to: minute + QUARTER, value });
  }
  return found;
}
