import { Temporal } from 'temporal-polyfill';

const MINUTE = 60_000;
const DAY = 86_400_000;

/**
 * Instant of a local wall time `YYYY-MM-DDTHH:mm` in an IANA zone, epoch ms. Disambiguation `compatible`: a time in the
 * spring gap moves forward by the gap, a repeated hour is its first (DOMAIN §4). Throws RangeError for an impossible date or zone.
 */
export function wallToInstant(wall: string, zone: string): number {
  return Temporal.PlainDateTime.from(wall, { overflow: 'reject' }).toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds;
}

/** Local wall time `YYYY-MM-DDTHH:mm` of an instant. */
export function instantToWall(ms: number, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' });
}

interface DaySpan {
  day: string;
  start: number;
  end: number;
}
/** Days already worked out, by zone and UTC day: a plan of thousands of units asks for the same few. */
const spans = new Map<string, Map<number, DaySpan[]>>();

function spanOf(ms: number, zone: string): DaySpan {
  let byDay = spans.get(zone);
  if (!byDay) spans.set(zone, (byDay = new Map()));
  const utcDay = Math.floor(ms / DAY);
  const known = byDay.get(utcDay);
  const hit = known?.find((span) => ms >= span.start && ms < span.end);
  if (hit) return hit;
  const date = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).toPlainDate();
  const span: DaySpan = {
    day: date.toString(),
    start: date.toZonedDateTime(zone).epochMilliseconds,
    end: date.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds,
  };
  byDay.set(utcDay, [...(known ?? []), span]);
  return span;
}

/** Calendar day `YYYY-MM-DD` of an instant in a zone. */
export function dayOf(ms: number, zone: string): string {
  return spanOf(ms, zone).day;
}
/** First and after-last instant of a calendar day, epoch ms. */
export function dayRange(day: string, zone: string): { start: number; end: number } {
  const noon = wallToInstant(`${day}T12:00`, zone);
  const { start, end } = spanOf(noon, zone);
  return { start, end };
}
export function addDays(day: string, n: number): string {
  return Temporal.PlainDate.from(day).add({ days: n }).toString();
}
/** Days are few and asked for thousands of times while a post is dragged: what the calendar says of them is kept. */
function kept<T>(work: (day: string) => T): (day: string) => T {
  const known = new Map<string, T>();
  return (day) => {
    let found = known.get(day);
    if (found === undefined) known.set(day, (found = work(day)));
    return found;
  };
}
const following = kept((day) => addDays(day, 1));
/** Monday to Sunday around a day. */
export const weekOf = kept((day): { start: string; end: string } => {
  const date = Temporal.PlainDate.from(day);
  const start = date.subtract({ days: date.dayOfWeek - 1 });
  return { start: start.toString(), end: start.add({ days: 6 }).toString() };
});
/** First and last day of a day's month. */
export const monthOf = kept((day): { start: string; end: string } => {
  const date = Temporal.PlainDate.from(day);
  return { start: date.with({ day: 1 }).toString(), end: date.with({ day: date.daysInMonth }).toString() };
});
/** 1 Monday to 7 Sunday. */
export function weekday(day: string): number {
  return Temporal.PlainDate.from(day).dayOfWeek;
}
/** More days than any view or period has. */
const MOST_DAYS = 1000;
/** Every day from one to another, both included. Throws RangeError for a span that no plan has: years beyond 9999 do not order as text. */
export function daysBetween(start: string, end: string): string[] {
  const days: string[] = [];
  for (let day = start; day <= end; day = following(day)) {
    if (days.length > MOST_DAYS) throw new RangeError(`more than ${MOST_DAYS} days from ${start} to ${end}`);
    days.push(day);
  }
  return days;
}

/** How far ahead a post may be planned, ms: two years. */
export const LONGEST_AHEAD_MS = 2 * 366 * DAY;

const SLOT_MINUTES = 15;
const FIRST_HOUR = 8;
const LAST_HOUR = 20;

/** The next times that a slot may have (every 15 min from 08:00 to 20:00, DOMAIN §4), later than `after` and not taken, as wall times. */
export function* freeSlots(after: number, zone: string, taken: ReadonlySet<number>, days: number): Generator<{ wall: string; at: number }> {
  let day = dayOf(after, zone);
  for (let i = 0; i < days; i += 1, day = addDays(day, 1)) {
    for (let minute = FIRST_HOUR * 60; minute <= LAST_HOUR * 60; minute += SLOT_MINUTES) {
      const wall = `${day}T${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
      const at = wallToInstant(wall, zone);
      if (at > after && !taken.has(at)) yield { wall, at };
    }
  }
}

/** The instant moved to the nearest multiple of `minutes` of its local hour, epoch ms. */
export function snap(ms: number, minutes: number): number {
  const step = minutes * MINUTE;
  return Math.round(ms / step) * step;
}
