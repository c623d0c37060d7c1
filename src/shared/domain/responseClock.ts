import type { CaseKind } from './inbox.ts';
import { addDays, dayOf, wallToInstant, weekday } from './time.ts';

const MINUTE = 60_000;
/** No office is closed longer than this, days. */
const MOST_DAYS = 400;

/** Opening hours of one weekday, `HH:mm`; null when closed. */
export type OfficeDay = { from: string; to: string } | null;
/** Monday first. */
export type OfficeWeek = readonly OfficeDay[];
/** Minutes within which each kind is to be answered; null for no clock. */
export type ResponseMinutes = { readonly [K in CaseKind]: number | null };

export const DEFAULT_OFFICE: OfficeWeek = [...Array.from({ length: 5 }, () => ({ from: '09:00', to: '18:00' })), null, null];
/** A complaint within the minute, a question within the hour (DOMAIN §6). */
export const DEFAULT_MINUTES: ResponseMinutes = { complaint: 1, question: 60, lead: 60, praise: null, other: null };

/** Opening spans from an instant on, epoch ms. */
function* spans(from: number, office: OfficeWeek, zone: string): Generator<{ start: number; end: number }> {
  let day = dayOf(from, zone);
  for (let i = 0; i < MOST_DAYS; i += 1, day = addDays(day, 1)) {
    const hours = office[weekday(day) - 1];
    if (!hours) continue;
    const start = wallToInstant(`${day}T${hours.from}`, zone);
    // `24:00` is the next midnight.
    const end = hours.to === '24:00' ? wallToInstant(`${addDays(day, 1)}T00:00`, zone) : wallToInstant(`${day}T${hours.to}`, zone);
    if (end > from && end > start) yield { start: Math.max(start, from), end };
  }
}

/** When an answer is due: so many minutes of opening hours after it was first seen, epoch ms; null without a clock, or in an office that never opens. */
export function answerDueAt(seenAt: number, minutes: number | null, office: OfficeWeek, zone: string): number | null {
  if (minutes === null) return null;
  let left = minutes * MINUTE;
  for (const { start, end } of spans(seenAt, office, zone)) {
    if (end - start >= left) return start + left;
    left -= end - start;
  }
  return null;
}

/** Opening minutes between two instants, rounded down. */
export function officeMinutes(from: number, to: number, office: OfficeWeek, zone: string): number {
  let sum = 0;
  for (const { start, end } of spans(from, office, zone)) {
    if (start >= to) break;
    sum += Math.min(end, to) - start;
  }
  return Math.floor(sum / MINUTE);
}

/** Middle value; the mean of the two middle ones; null for none. */
export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? null) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
