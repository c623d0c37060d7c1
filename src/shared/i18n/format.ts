/** The clock of a day as a user wants it; `auto` as the language has it. */
export type Hours = 'auto' | '12' | '24';
export interface Format {
  lang: 'es' | 'en';
  zone: string;
  time(ms: number): string;
  /** To the millisecond: for records. */
  precise(ms: number): string;
  /** With seconds: for records. */
  clock(ms: number): string;
  day(ms: number): string;
  dayOf(day: string): string;
  dayShort(day: string): string;
  /** "13 ago 2026". */
  fullDate(day: string): string;
  when(ms: number): string;
  /** "25 nov". */
  dayMonth(ms: number): string;
  usd(amount: number): string;
  /** An amount to the cent, without its currency: for where the words around it say which. */
  cents(amount: number): string;
  number(n: number): string;
  /** A post's time: the clock today, the day before that. */
  stamp(ms: number, now: number): string;
  isToday(ms: number, now: number): boolean;
  /** Time until an instant: "10 min", "3 h", "2 d". */
  ahead(ms: number, now: number): string;
  /** "2 min", "3 h", "4 d". */
  ago(ms: number, now: number): string;
  month(day: string): string;
  date(day: string): Date;
}

/** Intl's formatters cost a millisecond each to make: only those that are used, and once. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
const known = new Map<string, Format>();
/** Zones and languages of one window are few. */
const MOST_KNOWN = 40;

/** Dates, times and prices in the language and zone of the plan, by Intl; the same object for the same choice. */
export function formatOf(lang: 'es' | 'en', zone: string, hour12: Hours): Format {
  const key = `${lang} ${zone} ${hour12}`;
  const found = known.get(key) ?? makeFormat(lang, zone, hour12);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, found);
  return found;
}

function makeFormat(lang: 'es' | 'en', zone: string, hour12: Hours): Format {
  const locale = lang === 'es' ? 'es-ES' : 'en-GB';
  const h12 = hour12 === 'auto' ? {} : { hour12: hour12 === '12' };
  const time = once(() => new Intl.DateTimeFormat(hour12 === '12' && lang === 'en' ? 'en-US' : locale, { timeZone: zone, hour: '2-digit', minute: '2-digit', ...h12 }));
  const seconds = once(() => new Intl.DateTimeFormat(locale, { timeZone: zone, day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit', ...h12 }));
  const day = once(() => new Intl.DateTimeFormat(locale, { timeZone: zone, weekday: 'long', day: 'numeric', month: 'long' }));
  const utcDay = once(() => new Intl.DateTimeFormat(locale, { timeZone: 'UTC', weekday: 'long', day: 'numeric', month: 'short' }));
  const utcShort = once(() => new Intl.DateTimeFormat(locale, { timeZone: 'UTC', weekday: 'short', day: 'numeric' }));
  const utcMonth = once(() => new Intl.DateTimeFormat(locale, { timeZone: 'UTC', month: 'long', year: 'numeric' }));
  const money = once(() => new Intl.NumberFormat(locale, { style: 'currency', currency: 'USD', currencyDisplay: lang === 'es' ? 'code' : 'narrowSymbol', minimumFractionDigits: 2, maximumFractionDigits: 3 }));
  const cents = once(() => new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 }));
  const shortDate = once(() => new Intl.DateTimeFormat(locale, { timeZone: zone, day: 'numeric', month: 'short' }));
  const relative = once(() => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));
  const dated = once(() => new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' }));
  const plain = once(() => new Intl.NumberFormat(locale));
  // By Intl alone: a window's first sight is worded before the calendar's library is read.
  const isoDay = once(() => new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }));
  const minute = once(() => new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }));
  const dayIn = (ms: number): string => isoDay().format(ms);
  const noon = (text: string): Date => new Date(`${text}T12:00:00Z`);
  return {
    lang, zone,
    time: (ms) => time().format(ms),
    precise: (ms) => `${minute().format(ms)}:${new Date(ms).toISOString().slice(17, 23)}`,
    clock: (ms) => seconds().format(ms),
    day: (ms) => day().format(ms),
    dayOf: (text) => utcDay().format(noon(text)),
    fullDate: (text) => dated().format(noon(text)),
    dayShort: (text) => utcShort().format(noon(text)),
    month: (text) => utcMonth().format(noon(text)),
    when: (ms) => `${utcShort().format(noon(dayIn(ms)))} ${time().format(ms)}`,
    dayMonth: (ms) => shortDate().format(ms),
    usd: (amount) => money().format(amount),
    cents: (amount) => cents().format(amount),
    number: (n) => plain().format(n),
    stamp: (ms, now) => {
      const day = dayIn(ms);
      const today = dayIn(now);
      if (day === today) return time().format(ms);
      const back = Math.round((noon(today).getTime() - noon(day).getTime()) / 86_400_000);
      return back === 1 ? relative().format(-1, 'day') : back > 0 && back < 7 ? utcShort().format(noon(day)) : dated().format(noon(day));
    },
    isToday: (ms, now) => dayIn(ms) === dayIn(now),
    ahead: (ms, now) => {
      const minutes = Math.max(0, Math.ceil((ms - now) / 60_000));
      if (minutes < 60) return `${minutes} min`;
      if (minutes < 48 * 60) return `${Math.round(minutes / 60)} h`;
      return `${Math.round(minutes / 1440)} d`;
    },
    ago: (ms, now) => {
      const minutes = Math.max(0, Math.floor((now - ms) / 60_000));
      if (minutes < 60) return `${minutes} min`;
      if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h`;
      return `${Math.floor(minutes / 1440)} d`;
    },
    date: noon,
  };
}
