import { type DateOrder, plainWord, tierOfWord, wallOf, wallOfWord } from './bulk.ts';
import { addDays, dayOf, wallToInstant, weekday } from './time.ts';
import type { RatioPolicy, TierKey } from './types.ts';

/** What one pasted line begins with, and what is left of it. */
export interface PostLine {
  /** The line from its first sign that was not understood on: always an end of what was pasted. */
  text: string;
  /** Wall time `YYYY-MM-DDTHH:mm` in the account's zone; null where the line names none that exists. */
  wall: string | null;
  /** The day and time as they were written, or ''. */
  timeWord: string;
  tier: TierKey | null;
  /** The tier as it was written, without its brackets, or ''. */
  tierWord: string;
  /** Why the line cannot go out as it stands. */
  trouble: { code: 'bad_date' | 'bad_weekday' | 'bad_tier' | 'no_text'; word: string } | null;
  /** Something that looks like a day or a tier and was left in the text. */
  note: { code: 'bracket_kept' | 'day_kept'; word: string } | null;
}
export interface LineRules {
  policy: RatioPolicy;
  zone: string;
  /** Epoch ms. */
  now: number;
  order: DateOrder;
}

/** Monday first. `mar` alone is Tuesday in Spanish: March has to be written out where it comes first. */
const WEEKDAYS = ['lunes lun monday mon', 'martes mar tuesday tues tue', 'miércoles mié wednesday wed', 'jueves jue thursday thurs thur thu', 'viernes vie friday fri', 'sábado sáb saturday sat', 'domingo dom sunday sun'];
const MONTHS = ['enero ene january jan', 'febrero feb february', 'marzo mar march', 'abril abr april apr', 'mayo may', 'junio jun june', 'julio jul july', 'agosto ago august aug', 'septiembre setiembre september sept sep set', 'octubre oct october', 'noviembre nov november', 'diciembre dic december dec'];
const RELATIVE: readonly (readonly [number, string])[] = [[0, 'hoy'], [0, 'today'], [2, 'pasado mañana'], [1, 'mañana'], [1, 'tomorrow']];

/** A word however its accents were typed: composed, decomposed or left out. */
const loose = (word: string): string => [...word].map((letter) => {
  const base = plainWord(letter);
  return letter === ' ' ? '\\s+' : base === letter ? letter : `(?:${letter}|${base}\\p{Mn}?)`;
}).join('');
const anyOf = (lines: readonly string[]): string => lines.flatMap((line) => line.split(' ')).sort((a, b) => b.length - a.length).map(loose).join('|');
const placeIn = (lines: readonly string[], word: string): number => lines.findIndex((line) => line.split(' ').some((each) => plainWord(each) === plainWord(word)));

/** Where a head may end. Two times are a span and belong to the text: "mañana 10:00-12:00". */
const END = String.raw`(?=$|[\s[]|[|:,;–—-]\s)(?!\s*[–—-]\s*\d{1,2}[:.h]\d)`;
// Minutes or am/pm are asked for, and no "a las" or "at" is taken: "mañana 9 plazas" and "mañana a las 9:00 abrimos" are sentences.
const CLOCK = String.raw`(?<hour>\d{1,2})(?:(?<mark>[:.h])(?<minute>\d{2})(?::\d{2})?)?(?:\s?(?<half>[ap])\.?\s?m\.?|\s?h)?` + END;
const AND = String.raw`,?\s+`;
const WEEK = `(?:(?<weekday>${anyOf(WEEKDAYS)})\\.?)`;
const YEAR = String.raw`(?:(?:\s+de|\s+del|,)?\s+(?<year>\d{4}))?`;
const MONTH = `(?<month>${anyOf(MONTHS)})\\.?`;
const head = (day: string): RegExp => new RegExp(`^${day}${AND}${CLOCK}`, 'iu');
const FORMS = {
  iso: /^\d{4}-\d{1,2}-\d{1,2}[t ]\s*\d{1,2}[:.]\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?: ?(?:z|utc|gmt|[+-]\d{2}(?::?\d{2})?)(?![\w:]))?(?=$|[\s[]|[|:,;–—-]\s)/iu,
  numbers: head(String.raw`(?:${WEEK},?\s+)?(?<one>\d{1,2})(?<sep>[/.-])(?<two>\d{1,2})(?:\k<sep>(?<year>\d{4}|\d{2}))?`),
  dayMonth: head(String.raw`(?:${WEEK},?\s+)?(?<one>\d{1,2})(?:st|nd|rd|th|º)?(?:\s+de)?\s+${MONTH}${YEAR}`),
  monthDay: head(String.raw`(?:${WEEK},?\s+)?(?!mar\b)${MONTH}\s+(?<one>\d{1,2})(?:st|nd|rd|th)?${YEAR}`),
  relative: head(`(?<relative>${RELATIVE.map(([, word]) => loose(word)).join('|')})`),
  weekday: head(WEEK),
};
/** A whole date with no time after it. */
const DAY_ALONE = /^(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}([/.-])\d{1,2}\1\d{4})(?=$|[\s[|:,;–—-])/u;
const BRACKET = /^\[([^[\]\n]{1,40})\]/u;
/** A mark that ends the head, where a space follows it. */
const JOINT = /^(?:\s*[|:,;–—-](?=\s))?\s*/u;

/** How long ago a day without a year may be: a late paste of last week's list is past, not next year's. */
const BACK_MS = 60 * 86_400_000;
const YEAR_MS = 365 * 86_400_000;

type Found = { length: number } & ({ wall: string } | { trouble: 'bad_date' | 'bad_weekday' });

function clockOf(groups: Record<string, string | undefined>): { hour: number; minute: number } | null {
  const half = groups['half']?.toLowerCase();
  let hour = Number(groups['hour']);
  if (groups['minute'] === undefined && half === undefined) return null;
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return { hour: 99, minute: 0 };
    hour = (hour % 12) + (half === 'p' ? 12 : 0);
  }
  return { hour, minute: Number(groups['minute'] ?? 0) };
}

/** Wall time of a day and a month: with its year, else in the year that puts it nearest ahead. */
function dated(year: string | undefined, month: number, day: number, clock: { hour: number; minute: number }, { zone, now }: LineRules): string | null {
  if (year !== undefined) return wallOf(Number(year) + (year.length === 2 ? 2000 : 0), month, day, clock.hour, clock.minute);
  const about = Number(dayOf(now, zone).slice(0, 4));
  for (const each of [about - 1, about, about + 1]) {
    const wall = wallOf(each, month, day, clock.hour, clock.minute);
    const ahead = wall === null ? Number.NaN : wallToInstant(wall, zone) - now;
    if (ahead >= -BACK_MS && ahead < YEAR_MS - BACK_MS + 86_400_000) return wall;
  }
  return null;
}

/** A day that is written out, with its weekday where one is named. */
function writtenDay(groups: Record<string, string | undefined>, length: number, rules: LineRules): Found | null {
  const clock = clockOf(groups);
  if (!clock) return null;
  const one = Number(groups['one']);
  const two = Number(groups['two']);
  const monthName = groups['month'];
  const dayFirst = (): string | null => dated(groups['year'], two, one, clock, rules);
  const monthFirst = (): string | null => dated(groups['year'], one, two, clock, rules);
  const readings = monthName !== undefined ? [dated(groups['year'], placeIn(MONTHS, monthName) + 1, one, clock, rules)]
    : rules.order === 'mdy' ? [monthFirst()] : rules.order === 'dmy' ? [dayFirst()] : [dayFirst(), monthFirst()];
  const walls = readings.filter((each) => each !== null);
  if (walls.length === 0) return { length, trouble: 'bad_date' };
  const named = groups['weekday'];
  if (named === undefined) return { length, wall: walls[0] as string };
  // The weekday also says which number is the month.
  const wall = walls.find((each) => weekday(each.slice(0, 10)) === placeIn(WEEKDAYS, named) + 1);
  return wall === undefined ? { length, trouble: 'bad_weekday' } : { length, wall };
}

/** A day counted from today: `mañana`, or the next of a weekday whose time is still to come. */
function nearDay(groups: Record<string, string | undefined>, length: number, { zone, now }: LineRules): Found | null {
  const clock = clockOf(groups);
  // A point is for cents where no date stands before it: "hoy 9.50 euros".
  if (!clock || groups['mark'] === '.') return null;
  const today = dayOf(now, zone);
  const at = (day: string): string | null => wallOf(Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8)), clock.hour, clock.minute);
  const named = groups['weekday'];
  let day = today;
  if (named === undefined) {
    const word = plainWord(groups['relative'] ?? '').replace(/\s+/gu, ' ');
    day = addDays(today, RELATIVE.find(([, each]) => plainWord(each) === word)?.[0] ?? 0);
  } else {
    day = addDays(today, (placeIn(WEEKDAYS, named) + 1 - weekday(today) + 7) % 7);
    const soonest = at(day);
    if (soonest !== null && wallToInstant(soonest, zone) <= now) day = addDays(day, 7);
  }
  const wall = at(day);
  return wall === null ? { length, trouble: 'bad_date' } : { length, wall };
}

/** The day and time that a text begins with; null when it begins with none. */
function timeAt(text: string, rules: LineRules): Found | null {
  const iso = FORMS.iso.exec(text)?.[0];
  if (iso !== undefined) {
    const wall = wallOfWord(iso, rules.order, rules.zone);
    return wall === null ? { length: iso.length, trouble: 'bad_date' } : { length: iso.length, wall };
  }
  for (const form of [FORMS.numbers, FORMS.dayMonth, FORMS.monthDay]) {
    const match = form.exec(text);
    if (match?.groups) return writtenDay(match.groups, match[0].length, rules);
  }
  const near = FORMS.relative.exec(text) ?? FORMS.weekday.exec(text);
  return near?.groups ? nearDay(near.groups, near[0].length, rules) : null;
}

/** One letter wrong, missing, added or changed with its neighbour. */
function nearly(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || a === b) return a === b;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  const rest = (text: string, skip: number): string => text.slice(start + skip);
  return rest(a, 1) === rest(b, 1) || rest(a, 1) === rest(b, 0) || rest(a, 0) === rest(b, 1) || (a[start] === b[start + 1] && a[start + 1] === b[start] && rest(a, 2) === rest(b, 2));
}
/** Shorter words have too many neighbours to call one a slip. */
const LEAST_SLIP = 4;
const slipOf = (word: string, policy: RatioPolicy): boolean => plainWord(word).length >= LEAST_SLIP && policy.tiers.some((tier) => [tier.key, tier.name.es, tier.name.en].some((name) => nearly(plainWord(name), plainWord(word))));

/**
 * Reads what a pasted line begins with: a day and time, a tier in brackets, both in either order, or neither.
 * `2026-12-01 09:30 [premium] text` · `mar 1/12 9:30 text` · `[p] text` · `tomorrow 10:00 text`. Both languages are read whatever the window's is.
 * What is not understood stays in the text with all that follows it, so nothing that was pasted is lost.
 */
export function readPostLine(line: string, rules: LineRules): PostLine {
  const whole = line.trim();
  const read: PostLine = { text: whole, wall: null, timeWord: '', tier: null, tierWord: '', trouble: null, note: null };
  const take = (length: number): void => {
    const rest = read.text.slice(length);
    read.text = rest.slice(JOINT.exec(rest)?.[0].length ?? 0);
  };
  for (;;) {
    const time = read.wall === null ? timeAt(read.text, rules) : null;
    if (time) {
      const word = read.text.slice(0, time.length).trim();
      if ('trouble' in time) {
        read.trouble = { code: time.trouble, word };
        break;
      }
      [read.wall, read.timeWord] = [time.wall, word];
      take(time.length);
      continue;
    }
    const bracket = read.tier === null ? BRACKET.exec(read.text) : null;
    if (!bracket) break;
    const word = (bracket[1] ?? '').trim();
    const tier = tierOfWord(word, rules.policy);
    if (tier === null) {
      if (slipOf(word, rules.policy)) read.trouble = { code: 'bad_tier', word };
      else read.note = { code: 'bracket_kept', word: bracket[0] };
      break;
    }
    [read.tier, read.tierWord] = [tier, word];
    take(bracket[0].length);
  }
  const alone = read.wall === null && !read.trouble ? DAY_ALONE.exec(read.text)?.[0] : undefined;
  if (alone !== undefined) read.note = { code: 'day_kept', word: alone };
  if (read.text === '' && whole !== '') return { ...read, text: whole, trouble: { code: 'no_text', word: '' } };
  return read;
}
