import { instantToWall, weekday } from './time.ts';

const HOUR = 3_600_000;
const WEEKS = 4;
/** Fewer looks at the same hour of the week say nothing. */
const LEAST_SAMPLES = 2;

/** Hour of the local week, 0 for Monday 00:00 to 167 for Sunday 23:00. */
export function hourOfWeek(ms: number, zone: string): number {
  const wall = instantToWall(ms, zone);
  return (weekday(wall.slice(0, 10)) - 1) * 24 + Number(wall.slice(11, 13));
}

/**
 * Hours of the week in which this computer usually was off (DOMAIN §4), from the hours in which the app was seen
 * running (epoch hours). Looks back four weeks, never before the first one seen.
 */
export function offHours(seen: readonly number[], zone: string, now: number): Set<number> {
  const on = new Set(seen);
  const first = Math.max(Math.min(...seen, Infinity), Math.floor((now - WEEKS * 7 * 24 * HOUR) / HOUR));
  const counts = new Map<number, { samples: number; on: number }>();
  for (let hour = first; hour < Math.floor(now / HOUR); hour += 1) {
    const slot = hourOfWeek(hour * HOUR, zone);
    const count = counts.get(slot) ?? { samples: 0, on: 0 };
    count.samples += 1;
    if (on.has(hour)) count.on += 1;
    counts.set(slot, count);
  }
  return new Set([...counts].filter(([, count]) => count.samples >= LEAST_SAMPLES && count.on * 2 < count.samples).map(([slot]) => slot));
}
