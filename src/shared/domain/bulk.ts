import { instantToWall, wallToInstant } from './time.ts';
import type { RatioPolicy, TierKey } from './types.ts';

export const MAX_BULK_ROWS = 2000;
export type DateOrder = 'auto' | 'dmy' | 'mdy';
/** One row of a paste or a file, not yet judged. */
export interface RawRow {
  line: number;
  text: string;
  /** Word as written, or '' */
  tierWord: string;
  timeWord: string;
}

/** A word without case and accents, for comparing. */
export const plainWord = (word: string): string => word.trim().toLowerCase().normalize('NFD').replace(/\p{Mn}/gu, '');

/** One post per line; blank lines are left out. */
export function parseLines(content: string): RawRow[] {
  return content
    .split(/\r\n|\r|\n/u)
    .map((text, index) => ({ line: index + 1, text: text.trim(), tierWord: '', timeWord: '' }))
    .filter((row) => row.text !== '');
}

/** The tier a word means, by key, name or letter in either language; null when none does. */
export function tierOfWord(word: string, policy: RatioPolicy): TierKey | null {
  const wanted = plainWord(word);
  const found = policy.tiers.find((tier) => [tier.key, tier.name.es, tier.name.en, tier.letter.es, tier.letter.en].some((name) => plainWord(name) === wanted));
  return found?.key ?? null;
}

const pad = (n: number): string => String(n).padStart(2, '0');

const ISO = /^(\d{4})-(\d{1,2})-(\d{1,2})[t ](\d{1,2})[:.](\d{2})(?::\d{2}(?:[.,]\d{1,9})?)? ?(z|utc|gmt|[+-]\d{2}(?::?\d{2})?)?$/u;

/**
 * Wall time `YYYY-MM-DDTHH:mm` in a zone of what a person or a program writes: ISO, `24/11/2026 09:30`, `24-11-2026 9.30`, `9:30 pm`.
 * With `Z` or an offset it is an instant, and answered as the zone's clocks show it.
 * In `auto` a first number over 12 or a second over 12 decides, else day comes first. Null when it is no date and time.
 */
export function wallOfWord(word: string, order: DateOrder, zone: string): string | null {
  const text = word.trim().toLowerCase().replace(/\s+/gu, ' ');
  const iso = ISO.exec(text);
  if (iso) {
    const written = wallOf(Number(iso[1]), Number(iso[2]), Number(iso[3]), Number(iso[4]), Number(iso[5]));
    return written === null || iso[6] === undefined ? written : inZone(written, iso[6], zone);
  }
  const local = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})[ ,t]+(\d{1,2})[:.](\d{2})(?::\d{2})?( ?[ap]\.?m\.?)?$/u.exec(text);
  if (!local) return null;
  const a = Number(local[1]);
  const b = Number(local[2]);
  const monthFirst = order === 'mdy' || (order === 'auto' && b > 12 && a <= 12);
  let hour = Number(local[4]);
  const half = local[6]?.trim()[0];
  if (half) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (half === 'p' ? 12 : 0);
  }
  return wallOf(Number(local[3]), monthFirst ? a : b, monthFirst ? b : a, hour, Number(local[5]));
}

/** Wall time of its parts; null when no clock or calendar has them. */
export function wallOf(year: number, month: number, day: number, hour: number, minute: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  if (year < 1000 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || hour > 23 || minute > 59) return null;
  return `${year}-${pad(month)}-${pad(day)}T${pad(hour)}:${pad(minute)}`;
}

/** The same instant on the clocks of a zone; null for an offset that no place has, and in an hour that comes twice where its wall time means the other one. */
function inZone(written: string, offset: string, zone: string): string | null {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})?$/u.exec(offset) ?? [];
  const east = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * (sign === '-' ? -1 : 1);
  if (Math.abs(east) > 14 * 60 || Number(minutes ?? 0) > 59) return null;
  const at = Date.parse(`${written}Z`) - east * 60_000;
  const shown = instantToWall(at, zone);
  return wallToInstant(shown, zone) === at ? shown : null;
}
