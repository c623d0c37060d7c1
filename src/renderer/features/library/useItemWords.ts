import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { LibraryItem } from '../../../shared/contract/library.ts';
import type { Format } from '../../ui/format.ts';
import { sourceOf } from './items.ts';

/** Figures and days of items, as every list of them writes them. */
export interface ItemWords {
  format: Format;
  /** "3 nov"; with its year where that is another one than now's. */
  day(day: string, now: number): string;
  /** "hace 41 d", "nunca". */
  last(item: Pick<LibraryItem, 'lastSharedAt'>, now: number): string;
  /** A figure, or a dash where there is none. */
  figure(n: number | null): string;
  /** To one decimal, with a true minus. */
  score(n: number | null): string;
  theme(theme: string): string;
  /** Where it came from. */
  source(item: LibraryItem): string;
  sourceKey(key: string): string;
}
export const DASH = '—';

export function useItemWords(account: Account, format: Format): ItemWords {
  const { t, i18n } = useTranslation();
  const { zone } = account;
  return useMemo(() => {
    const locale = i18n.language === 'es' ? 'es-ES' : 'en-GB';
    const short = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'short' });
    const dated = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'short', year: '2-digit' });
    const year = new Intl.DateTimeFormat('en-GB', { timeZone: zone, year: 'numeric' });
    const one = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
    const sourceKey = (key: string): string => {
      const at = key.indexOf(':');
      const [kind, name] = [key.slice(0, at), key.slice(at + 1)];
      if (kind === 'csv') return name === '' ? t('library.source.pasted') : name;
      if (kind === 'feed') return t('library.source.feed', { name });
      if (kind === 'archive') return t('library.source.archive');
      return kind === 'post' ? t('library.source.post') : t('library.source.hand');
    };
    return {
      format,
      day: (day, now) => (day.slice(0, 4) === year.format(now) ? short : dated).format(format.date(day)),
      last: ({ lastSharedAt }, now) => (lastSharedAt === null ? t('library.neverShared') : t('library.ago', { time: format.ago(lastSharedAt, now) })),
      figure: (n) => (n === null ? DASH : format.number(n)),
      score: (n) => (n === null ? DASH : one.format(Math.abs(n) < 0.05 ? 0 : n).replace('-', '−')),
      theme: (theme) => (theme === '' ? t('library.noTheme') : theme),
      source: (item) => sourceKey(sourceOf(item)),
      sourceKey,
    } satisfies ItemWords;
  }, [t, i18n.language, format, zone]);
}
