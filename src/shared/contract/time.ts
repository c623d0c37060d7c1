import { z } from 'zod';

/** The year 9999 is left out: what comes after its last day has no name of four digits. */
const LATEST = Date.UTC(9999, 0, 1) - 1;
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

function isDay(text: string): boolean {
  const [, year, month, day] = (DAY.exec(text) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined) return false;
  // Set, not built: years below 100 would be taken for the twentieth century.
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** An instant a client may name: whole epoch ms from 1970 to the end of 9998. */
export const instantSchema = z.int().min(0).max(LATEST);
/** A day of the calendar, `YYYY-MM-DD`, as far as instants go. */
export const daySchema = z.string().refine((text) => isDay(text) && text >= '1970-01-02' && text < '9999', { error: 'not a day of the calendar' });
/** Local wall time `YYYY-MM-DDTHH:mm` in the publication's zone (DOMAIN §4): a real day, a real time. */
export const wallSchema = z.string().refine((text) => text[10] === 'T' && isDay(text.slice(0, 10)) && TIME.test(text.slice(11)), { error: 'not a time of the calendar' });
