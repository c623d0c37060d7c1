import { addDays, dayOf, wallToInstant, weekday } from './time.ts';
import type { OfficeWeek } from './responseClock.ts';

const HOUR = 3_600_000;
/** In an office that never opens a day begins at this time. */
const MORNING = '09:00';
const AFTERNOON = '16:00';
/** The afternoon is offered while it is at least this far off, ms. */
const FAR_OFF = 1.5 * HOUR;
const WEEK = 7;

export type SnoozeKey = 'hour' | 'today' | 'afternoon' | 'tomorrow' | 'opening' | 'monday' | 'week';
export interface SnoozeTime { key: SnoozeKey; /** Epoch ms. */ at: number }

/** Sensible times to come back to, soonest first, in the account's zone: days begin when its office opens, and what is closed is not offered. */
export function snoozeTimes(now: number, zone: string, office: OfficeWeek): SnoozeTime[] {
  const never = office.every((day) => day === null);
  const hours = (day: string): { from: string; to: string } | null => office[weekday(day) - 1] ?? (never ? { from: MORNING, to: '24:00' } : null);
  const opens = (day: string): number | null => {
    const open = hours(day);
    return open === null ? null : wallToInstant(`${day}T${open.from}`, zone);
  };
  /** The first opening on that day or after it. */
  const nextOpening = (from: string): number => {
    const day = Array.from({ length: WEEK }, (_, n) => addDays(from, n)).find((each) => hours(each) !== null) ?? from;
    return opens(day) ?? wallToInstant(`${day}T${MORNING}`, zone);
  };
  const today = dayOf(now, zone);
  const tomorrow = addDays(today, 1);
  const inHours = hours(today);
  const times: SnoozeTime[] = [{ key: 'hour', at: now + HOUR }];
  const offer = (key: SnoozeKey, at: number | null): void => {
    if (at !== null && at > now && !times.some((each) => each.at === at)) times.push({ key, at });
  };
  offer('today', opens(today));
  const afternoon = wallToInstant(`${today}T${AFTERNOON}`, zone);
  if (inHours !== null && inHours.from < AFTERNOON && AFTERNOON < inHours.to && afternoon - now >= FAR_OFF) offer('afternoon', afternoon);
  offer(hours(tomorrow) === null ? 'opening' : 'tomorrow', nextOpening(tomorrow));
  const monday = addDays(today, WEEK + 1 - weekday(today));
  offer('monday', opens(monday));
  offer('week', nextOpening(addDays(today, WEEK)));
  return times.sort((a, b) => a.at - b.at);
}
