import '../styles/dates.css';
import { ActionIcon, Autocomplete, Popover, TextInput } from '@mantine/core';
import { IconCalendar, IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addDays, dayOf, daysBetween, monthOf, weekday } from '../../shared/domain/time.ts';
import type { Lang } from '../../shared/domain/types.ts';
import { useRpcQuery } from '../rpc/hooks.ts';
import { useFormat } from './format.ts';

const pad = (n: number): string => String(n).padStart(2, '0');
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const QUARTERS = 96;

const localeOf = (lang: Lang): string => (lang === 'es' ? 'es-ES' : 'en-GB');
/** A day as it is said: "jue 26 nov", with its year where that is not the year of `today`. */
export function dayWords(day: string, lang: Lang, today: string): string {
  if (!DAY.test(day)) return '';
  const words = new Intl.DateTimeFormat(localeOf(lang), { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(`${day}T12:00:00Z`)).replaceAll(',', '');
  return day.slice(0, 4) === today.slice(0, 4) ? words : `${words} ${day.slice(0, 4)}`;
}
/** Letters that tell the months apart, in both languages. */
const TOLD_BY = 3;
/** The month that a word begins, 1 to 12: "nov", "noviembre"; null for a word that is none. */
function monthOfWord(word: string, lang: Lang): number | null {
  const format = new Intl.DateTimeFormat(localeOf(lang), { month: 'long', timeZone: 'UTC' });
  const found = word.length < TOLD_BY ? -1 : Array.from({ length: 12 }, (_, i) => format.format(Date.UTC(2026, i, 15)).toLowerCase()).findIndex((name) => name.startsWith(word.slice(0, TOLD_BY)));
  return found < 0 ? null : found + 1;
}

function realDay(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  return year < 1000 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day ? null : `${year}-${pad(month)}-${pad(day)}`;
}
/**
 * `YYYY-MM-DD` of what a person writes: ISO or with the month's name in both languages; in figures the day comes first in Spanish, the month in English. Without a
 * year it is the next such day from `today` on. Null when it is no day.
 */
export function dayOfWords(text: string, lang: Lang, today: string): string | null {
  const words = text.trim();
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(words);
  if (iso) return realDay(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const said = /^(?:\p{L}+\.?,? )?(?:(\d{1,2})(?: de)? (\p{L}{3,})\.?|(\p{L}{3,})\.? (\d{1,2}))(?:,?(?: de)? (\d{4}))?$/u.exec(words.toLowerCase());
  if (said) {
    const month = monthOfWord(said[2] ?? said[3] ?? '', lang);
    return month === null ? null : nextDay(Number(said[1] ?? said[4]), month, said[5], today);
  }
  const local = /^(\d{1,2})[-/. ](\d{1,2})(?:[-/. ](\d{2}|\d{4}))?$/.exec(words);
  if (!local) return null;
  const [a, b] = [Number(local[1]), Number(local[2])];
  const [day, month] = lang === 'es' ? [a, b] : [b, a];
  return nextDay(day, month, local[3], today);
}
/** That day of a year of two or four digits; without one the next such day from `today` on. */
function nextDay(day: number, month: number, written: string | undefined, today: string): string | null {
  if (written !== undefined) return realDay(Number(written) + (written.length === 2 ? 2000 : 0), month, day);
  const year = Number(today.slice(0, 4));
  // The 29th of February may be years away.
  for (let ahead = 0; ahead <= 8; ahead += 1) {
    const found = realDay(year + ahead, month, day);
    if (found && found >= today) return found;
  }
  return null;
}
/** `HH:mm` as a clock of 12 or of 24 hours says it. */
export function timeWords(time: string, twelve: boolean): string {
  if (!twelve || !/^\d{2}:\d{2}$/.test(time)) return time;
  const hour = Number(time.slice(0, 2));
  return `${hour % 12 === 0 ? 12 : hour % 12}${time.slice(2)} ${hour < 12 ? 'am' : 'pm'}`;
}
/** `HH:mm` of what a person writes: `9`, `930`, `9:30`, `9.30`, `9h30`, `9:30 pm`. Null when it is no time. */
export function timeOfWords(text: string): string | null {
  const words = /^(\d{1,2})(?:[:.h ]?(\d{2}))?\s*h?\s*([ap])?\.?\s*(?:m\.?)?$/.exec(text.trim().toLowerCase());
  if (!words) return null;
  let hour = Number(words[1]);
  const minute = Number(words[2] ?? 0);
  if (words[3] !== undefined) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (words[3] === 'p' ? 12 : 0);
  }
  return hour > 23 || minute > 59 ? null : `${pad(hour)}:${pad(minute)}`;
}

/** What is typed is the user's until it is left; what comes from outside is shown when nothing is being typed. */
function useTyped(shown: string): [string, (text: string | null) => void] {
  const [typed, setTyped] = useState<string | null>(null);
  return [typed ?? shown, setTyped];
}

interface FieldProps {
  label?: ReactNode;
  'aria-label'?: string;
  'data-testid'?: string;
  w?: number;
  disabled?: boolean;
}

/** A month to pick a day from: arrows go by day and week, Page up and down by month. */
export function MonthPicker({ value, today, min, onPick }: { value: string; today: string; min?: string | undefined; onPick: (day: string) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const sunday = useRpcQuery('settings.get', {}).data?.weekStart === 'sunday';
  const [at, setAt] = useState(DAY.test(value) ? value : today);
  const grid = useRef<HTMLDivElement>(null);
  const month = monthOf(at);
  const back = (day: string): number => (sunday ? weekday(day) % 7 : weekday(day) - 1);
  const first = addDays(month.start, -back(month.start));
  const days = daysBetween(first, addDays(first, 41));
  useEffect(() => grid.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus(), [at]);
  const turn = (by: 1 | -1): void => setAt(by > 0 ? addDays(month.end, 1) : monthOf(addDays(month.start, -1)).start);
  const names = new Intl.DateTimeFormat(format.lang === 'es' ? 'es-ES' : 'en-GB', { weekday: 'short', timeZone: 'UTC' });
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[event.key];
    if (by !== undefined) setAt(addDays(at, by));
    else if (event.key === 'PageUp' || event.key === 'PageDown') turn(event.key === 'PageUp' ? -1 : 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="month-picker" data-testid="month-picker">
      <header>
        <ActionIcon size={24} aria-label={t('settings.date.monthBefore')} onClick={() => turn(-1)}><IconChevronLeft size={15} /></ActionIcon>
        <b aria-live="polite">{format.month(at)}</b>
        <ActionIcon size={24} aria-label={t('settings.date.monthAfter')} onClick={() => turn(1)}><IconChevronRight size={15} /></ActionIcon>
      </header>
      <div ref={grid} className="month-picker-days" role="group" aria-label={format.month(at)} onKeyDown={onKeyDown}>
        {days.slice(0, 7).map((day) => <span key={day} aria-hidden="true">{names.format(format.date(day)).slice(0, 2)}</span>)}
        {days.map((day) => (
          <button key={day} type="button" tabIndex={day === at ? 0 : -1} data-autofocus={day === at ? '' : undefined} aria-label={format.dayOf(day)} aria-pressed={day === value} aria-current={day === today ? 'date' : undefined} data-other={day < month.start || day > month.end ? '' : undefined} disabled={min !== undefined && day < min} onClick={() => onPick(day)}>{Number(day.slice(8))}</button>
        ))}
      </div>
    </div>
  );
}

/** A day in the app's language, typed or picked; `value` and what `onChange` gets are `YYYY-MM-DD`, or '' for none. Half typed text changes nothing. */
export function DateInput({ value, onChange, zone, min, ...field }: FieldProps & { value: string; onChange: (day: string) => void; /** Whose today it is; the window's where absent. */ zone?: string; min?: string }) {
  const { t } = useTranslation();
  const format = useFormat(zone);
  const [open, setOpen] = useState(false);
    const input = useRef<HTMLInputElement>(null);
  const today = dayOf(Date.now(), format.zone);
  const [text, setTyped] = useTyped(dayWords(value, format.lang, today));
  const found = dayOfWords(text, format.lang, today);
  const wrong = text.trim() !== '' && found === null;
  const change = (next: string): void => {
    setTyped(next);
    const day = dayOfWords(next, format.lang, today);
    if (day !== null) onChange(day);
    else if (next.trim() === '') onChange('');
  };
  const close = (): void => {
    setOpen(false);
    input.current?.focus();
  };
  return (
    <Popover opened={open} onChange={setOpen} onClose={() => setOpen(false)} position="bottom-start" shadow="md" trapFocus returnFocus>
      <TextInput
        {...field} ref={input} value={text} placeholder={t('settings.date.pattern')} error={wrong} title={wrong ? t('settings.date.wrong') : undefined} autoComplete="off" maxLength={32} onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => change(event.currentTarget.value)} onBlur={() => { if (!wrong) setTyped(null); }}
        onKeyDown={(event) => { if (event.key === 'ArrowDown' && event.altKey) { event.preventDefault(); setOpen(true); } }}
        rightSection={<Popover.Target><ActionIcon size={22} aria-label={t('settings.date.pick')} disabled={field.disabled ?? false} onClick={() => setOpen(!open)}><IconCalendar size={15} stroke={1.75} /></ActionIcon></Popover.Target>}
      />
      <Popover.Dropdown p={8} onKeyDown={(event) => { if (event.key === 'Escape') { event.stopPropagation(); close(); } }}>
        <MonthPicker value={value} today={today} min={min} onPick={(day) => { setTyped(null); onChange(day); close(); }} />
      </Popover.Dropdown>
    </Popover>
  );
}

/** A time of day, typed as anyone writes it or chosen by quarter hours; `value` and what `onChange` gets are `HH:mm`, or '' for none. */
export function TimeInput({ value, onChange, ...field }: FieldProps & { value: string; onChange: (time: string) => void }) {
  const { t } = useTranslation();
  const twelve = useRpcQuery('settings.get', {}).data?.hour12 === '12';
  const [text, setTyped] = useTyped(timeWords(value, twelve));
  const wrong = text.trim() !== '' && timeOfWords(text) === null;
  // From the quarter it is on: what is near is what is looked for.
  const start = /^\d{2}:\d{2}$/.test(value) ? Number(value.slice(0, 2)) * 4 + Math.floor(Number(value.slice(3)) / 15) : 0;
  const quarters = Array.from({ length: QUARTERS }, (_, n) => (start + n) % QUARTERS).map((i) => timeWords(`${pad(Math.floor(i / 4))}:${pad((i % 4) * 15)}`, twelve));
  return (
    <Autocomplete
      {...field} size="xs" value={text} data={quarters} placeholder={twelve ? '9:30 am' : '09:30'} error={wrong} title={wrong ? t('settings.date.wrongTime') : undefined} maxLength={10} maxDropdownHeight={180} comboboxProps={{ width: 110, position: 'bottom-start' }}
      // What is typed narrows the choice; a whole time, such as the one that is there already, does not.
      filter={({ options, search }) => options.filter((option) => 'value' in option && (timeOfWords(search)?.length === search.trim().length || option.value.startsWith(search.trim()) || option.value.startsWith(`0${search.trim()}`)))}
      onChange={(next) => {
        setTyped(next);
        const time = timeOfWords(next);
        if (time !== null) onChange(time);
        else if (next.trim() === '') onChange('');
      }}
      onBlur={() => { if (!wrong) setTyped(null); }}
    />
  );
}
