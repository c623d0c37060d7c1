import type { TFunction } from 'i18next';
import type { CaseView } from '../../shared/contract/inbox.ts';

export type Urgency = 'late' | 'soon' | 'later' | 'none';
const SOON_MS = 20 * 60_000;

/** How a case stands to its clock: a warning when late (somebody waits, nothing has failed), ink when it comes within 20 minutes (LOOK, case). */
export function urgencyOf(row: Pick<CaseView, 'dueAt'>, now: number): Urgency {
  if (row.dueAt === null) return 'none';
  if (row.dueAt <= now) return 'late';
  return row.dueAt - now < SOON_MS ? 'soon' : 'later';
}
/** "27 min", "2 h", "2 h 02", "3 d". */
export function spanWords(ms: number): string {
  const minutes = Math.max(0, Math.floor(Math.abs(ms) / 60_000));
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 48 * 60 && minutes % 60 === 0) return `${minutes / 60} h`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`;
  return `${Math.floor(minutes / 1440)} d`;
}
/** "27 min tarde", "vence ahora" within its minute, "quedan 15 min". */
export function dueWords(t: TFunction, dueAt: number, now: number): string {
  if (dueAt > now) return t('inbox.left', { span: spanWords(dueAt - now + 59_999) });
  return now - dueAt < 60_000 ? t('inbox.dueNow') : t('inbox.late', { span: spanWords(now - dueAt) });
}
/** What X says instead of a language. */
const NO_LANGUAGE = new Set(['und', 'zxx', 'art', 'qam', 'qct', 'qht', 'qme', 'qst']);
/** The language of a message, where it is one and not the window's own. */
export const foreignTag = (lang: string | null, own: string): string | null => (lang === null || lang === own || NO_LANGUAGE.has(lang) || !/^[a-z]{2,3}$/.test(lang) ? null : lang);
export type Group = 'late' | 'today' | 'later' | 'none';
/** Cases by their clock, soonest first; `endOfDay` is the first instant after today. */
export function groupsOf(cases: readonly CaseView[], now: number, endOfDay: number): { group: Group; cases: CaseView[] }[] {
  const of = (row: CaseView): Group => (row.dueAt === null ? 'none' : row.dueAt <= now ? 'late' : row.dueAt < endOfDay ? 'today' : 'later');
  return (['late', 'today', 'later', 'none'] as const).map((group) => ({ group, cases: cases.filter((row) => of(row) === group) })).filter((each) => each.cases.length > 0);
}
