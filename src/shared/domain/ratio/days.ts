import { wallToInstant } from '../time.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** Days of a block of the sparse period: four weeks from a Monday (RATIO 10). */
const BLOCK_DAYS = 28;
/** Day 4 (1970-01-05) is a Monday: blocks are counted from it, so that they never shift. */
const FIRST_MONDAY = 4;

/** `week` from Monday, or `month`: a block of four weeks from a Monday, for templates with fewer than 2W slots a week (RATIO 10). */
export type PeriodKind = 'week' | 'month';

/** Calendar days as numbers (days since 1970-01-01): cheap to compare and to add. */
export const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / DAY_MS;
export const dayName = (n: number): string => new Date(n * DAY_MS).toISOString().slice(0, 10);
/** 1 Monday to 7 Sunday. */
export const weekdayOf = (n: number): number => (((n - FIRST_MONDAY) % 7) + 7) % 7 + 1;

export function periodStart(kind: PeriodKind, n: number): number {
  const length = kind === 'week' ? 7 : BLOCK_DAYS;
  return n - ((((n - FIRST_MONDAY) % length) + length) % length);
}
export const periodEnd = (kind: PeriodKind, n: number): number => periodStart(kind, n) + (kind === 'week' ? 7 : BLOCK_DAYS) - 1;

/** Minutes after midnight of `HH:mm`. */
export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** The days of one zone. The calendar is slow: it is asked once a week, and for each midnight of a week with a clock change. */
export class Days {
  readonly zone: string;
  private readonly starts = new Map<number, number>();
  private readonly asked = new Map<number, number>();
  private last = 0;
  private lastStart = Infinity;
  private lastEnd = -Infinity;
  constructor(zone: string) {
    this.zone = zone;
  }
  /** First instant of a day, epoch ms. A week of exactly 168 hours has no clock change in it, so only its ends are asked for. */
  startOf(n: number): number {
    let found = this.starts.get(n);
    if (found === undefined) {
      const monday = periodStart('week', n);
      const start = this.ask(monday);
      found = this.ask(monday + 7) - start === 7 * DAY_MS ? start + (n - monday) * DAY_MS : this.ask(n);
      this.starts.set(n, found);
    }
    return found;
  }
  private ask(n: number): number {
    let found = this.asked.get(n);
    if (found === undefined) this.asked.set(n, (found = wallToInstant(`${dayName(n)}T00:00`, this.zone)));
    return found;
  }
  /** Day of an instant. */
  numberOf(ms: number): number {
    if (ms >= this.lastStart && ms < this.lastEnd) return this.last;
    let n = Math.floor(ms / DAY_MS);
    while (ms < this.startOf(n)) n -= 1;
    while (ms >= this.startOf(n + 1)) n += 1;
    this.last = n;
    this.lastStart = this.startOf(n);
    this.lastEnd = this.startOf(n + 1);
    return n;
  }
  /** Instant of a local time of a day; the calendar is asked only on days with a clock change. */
  at(n: number, minutes: number): number {
    const start = this.startOf(n);
    if (this.startOf(n + 1) - start === DAY_MS) return start + minutes * MINUTE_MS;
    const time = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
    return wallToInstant(`${dayName(n)}T${time}`, this.zone);
  }
}
const known = new Map<string, Days>();
export function daysOf(zone: string): Days {
  let found = known.get(zone);
  if (!found) known.set(zone, (found = new Days(zone)));
  return found;
}
