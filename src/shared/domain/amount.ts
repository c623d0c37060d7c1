import type { Lang } from './types.ts';

/**
 * An amount of money as a person writes it: `5,5`, `5.5`, `1.000` (Spanish thousands), `1,000` (English), `1.234,50`.
 * Null for an empty text, undefined for what is no amount.
 */
export function parseAmount(text: string, lang: Lang): number | null | undefined {
  const plain = text.replace(/[\s$€]|USD/giu, '');
  if (plain === '') return null;
  if (!/^\d[\d.,]*$/.test(plain)) return undefined;
  const thousands = lang === 'es' ? '.' : ',';
  const last = Math.max(plain.lastIndexOf('.'), plain.lastIndexOf(','));
  const mark = plain[last];
  const both = plain.includes('.') && plain.includes(',');
  const grouped = mark === thousands && !both && plain.split(mark).slice(1).every((group) => group.length === 3);
  const whole = last < 0 || grouped ? plain.replace(/[.,]/g, '') : `${plain.slice(0, last).replace(/[.,]/g, '')}.${plain.slice(last + 1)}`;
  const value = Number(whole);
  return Number.isFinite(value) ? Math.round(value * 100) / 100 : undefined;
}
