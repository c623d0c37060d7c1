import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { Publication, ViolationData } from '../../../shared/contract/publications.ts';
import { lateUntil } from '../../../shared/domain/publicationTime.ts';
import { tierOf } from '../../../shared/domain/ratioTier.ts';
import type { RatioPolicy } from '../../../shared/domain/types.ts';
import { tierLetter, tierName } from '../../ui/bits.tsx';
import type { Format } from '../../ui/format.ts';
import { useReasonWords } from '../activity/useNotices.ts';
import { useViolationWords } from './words.ts';

const LINK = /https?:\/\/\S+/g;

/** What hundreds of chips need to say what they are, made once for all of them. */
export interface Kit {
  t: ReturnType<typeof useTranslation>['t'];
  lang: string;
  format: Format;
  policy: RatioPolicy;
  zone: string;
  letter(tier: string): string;
  name(tier: string): string;
  /** Number of a tier in the policy: colours and dims by it. */
  number(tier: string): number;
  color(tier: string): string;
  /** The same of a publication; outside the ratio no letter, the words that say so, -1 and no colour. */
  tierOf(publication: Publication): { letter: string | null; name: string; number: number; color: string };
  firstWords(publication: Publication): string;
  reason(reason: Publication['reason']): string;
  /** Should it be out, and waits for its turn or for the network? */
  isLate(publication: Publication, now: number): boolean;
  /** Its state; of one that is late, also until when it goes out by itself. */
  stateWords(publication: Publication): string;
  /** "0,20", "0,015": a single price. */
  price(usd: number): string;
  /** "8,25", without its currency. */
  amount(usd: number): string;
  violation(violation: ViolationData): string;
}
export function useKit(account: Account, format: Format): Kit {
  const { t, i18n } = useTranslation();
  const reason = useReasonWords(account.policy);
  const violation = useViolationWords(account.policy, format);
  const { policy, zone } = account;
  return useMemo(() => {
    const lang = i18n.language;
    const money = new Intl.NumberFormat(lang === 'es' ? 'es-ES' : 'en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
    const exact = new Intl.NumberFormat(lang === 'es' ? 'es-ES' : 'en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 3 });
    const number = (tier: string): number => policy.tiers.findIndex((each) => each.key === tier);
    const color = (tier: string): string => policy.tiers.find((each) => each.key === tier)?.color ?? 'none';
    return {
      t, lang, format, policy, zone, reason, violation,
      letter: (tier) => tierLetter(policy, tier, lang),
      name: (tier) => tierName(policy, tier, lang),
      number, color,
      tierOf: (publication) => {
        const tier = tierOf(publication);
        return tier === null ? { letter: null, name: t('composer.noUnit'), number: -1, color: 'none' } : { letter: tierLetter(policy, tier, lang), name: tierName(policy, tier, lang), number: number(tier), color: color(tier) };
      },
      firstWords: (publication) => {
        if (publication.kind === 'repost') return t('composer.repostOf', { username: publication.target?.username ?? '…' });
        const text = publication.text.slice(0, 300).trim();
        const words = text.replace(LINK, ' ').replace(/\s+/g, ' ').trim();
        // What answers somebody says so: it stands among posts, and counts for none.
        const to = publication.kind === 'reply' ? `↩ @${publication.target?.username ?? '…'} · ` : '';
        if (text !== '') return `${to}${words === '' ? text : words}`;
        return publication.media.length > 0 ? t('calendar.image', { count: publication.media.length }) : t('calendar.noText');
      },
      isLate: (publication, now) => lateUntil(publication, policy, now) !== null,
      stateWords: (publication) => {
        const until = lateUntil(publication, policy, Date.now());
        if (until !== null) return t('calendar.lateUntil', { time: format.time(until) });
        return `${t(`calendar.state.${publication.state}`)}${publication.late ? `, ${t('calendar.late')}` : ''}`;
      },
      price: (usd) => exact.format(usd),
      amount: (usd) => money.format(usd),
    } satisfies Kit;
    // The words follow the language and the plan; the helpers above are new at each render and say the same.
  }, [t, i18n.language, format, policy, zone]);
}
