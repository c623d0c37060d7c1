import { useTranslation } from 'react-i18next';
import { type Format, formatOf } from '../../shared/i18n/format.ts';
import { useRpcQuery } from '../rpc/hooks.ts';

/** Characters of a post in a notice. */
const EXCERPT = 36;
/** A post's first words, for a notice; "…" where it has none. */
export function excerptOf(text: string, most = EXCERPT): string {
  const words = [...text.trim().slice(0, 500).replace(/\s+/g, ' ')];
  return words.length > most ? `${words.slice(0, most).join('').trimEnd()}…` : words.join('') || '…';
}

export type { Format };

/** Dates, times and prices as the settings have them, in a zone of one's own where one is given. */
export function useFormat(zone?: string): Format {
  const { i18n } = useTranslation();
  const settings = useRpcQuery('settings.get', {}).data;
  return formatOf(i18n.language === 'es' ? 'es' : 'en', zone ?? settings?.zone ?? 'UTC', settings?.hour12 ?? 'auto');
}
