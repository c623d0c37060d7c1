import { counted, hostWord, type Lang } from './words.ts';

const EXCERPT = 40;

/** How the plan stands, a line each: how many are late and wait, and what comes next. With late ones "nothing scheduled" would be wrong. */
export function planWords({ lang, next, late, zone }: { lang: Lang; next: { dueAt: number; text: string } | null; late: number; zone: string }): string[] {
  const waiting = late > 0 ? [counted(lang, 'late', late)] : [];
  if (!next) return waiting.length > 0 ? waiting : [hostWord(lang, 'nothingNext')];
  const when = new Intl.DateTimeFormat(lang, { weekday: 'short', hour: '2-digit', minute: '2-digit', timeZone: zone }).format(next.dueAt);
  return [...waiting, hostWord(lang, 'next', { when, text: next.text.replace(/\s+/g, ' ').slice(0, EXCERPT) })];
}
