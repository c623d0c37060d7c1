import { addDays, dayOf, wallToInstant } from './time.ts';

/** From and to as `HH:mm`; over midnight where `from` is the later one. */
export interface QuietHours { from: string; to: string }

/** When the quiet hours that hold now are over, epoch ms; null while there are none. Of a repeated or missing hour the clock on the wall counts. */
export function quietUntil(now: number, zone: string, quiet: QuietHours | null): number | null {
  if (quiet === null || quiet.from === quiet.to) return null;
  const today = dayOf(now, zone);
  const over = quiet.from > quiet.to;
  // Those that began yesterday come first: they may still hold.
  for (const day of over ? [addDays(today, -1), today] : [today]) {
    const end = wallToInstant(`${over ? addDays(day, 1) : day}T${quiet.to}`, zone);
    if (wallToInstant(`${day}T${quiet.from}`, zone) <= now && now < end) return end;
  }
  return null;
}
