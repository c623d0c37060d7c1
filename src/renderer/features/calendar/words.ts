import { useTranslation } from 'react-i18next';
import type { FixData, Publication, ViolationData } from '../../../shared/contract/publications.ts';
import { weightsOf } from '../../../shared/domain/ratio/index.ts';
import type { RatioPolicy } from '../../../shared/domain/types.ts';
import { tierName } from '../../ui/bits.tsx';
import type { Format } from '../../ui/format.ts';

/** What a change would break, in words (DOMAIN §2, what is said). */
export function useViolationWords(policy: RatioPolicy | undefined, format: Format): (violation: ViolationData) => string {
  const { t, i18n } = useTranslation();
  return (violation) => {
    if (!policy) return '';
    const tier = tierName(policy, violation.tier, i18n.language);
    if (violation.part === 'spread') return t('calendar.violation.spread', { tier, count: violation.count, allowed: violation.allowed, from: format.when(violation.from), to: format.when(violation.to), total: weightsOf(policy).total });
    const values = { tier, count: violation.count, allowed: violation.allowed, day: format.dayOf(violation.day) };
    if (violation.day === violation.period.start) return t('calendar.violation.totals', values);
    return t('calendar.violation.totalsPeriod', { ...values, period: violation.period.kind === 'week' ? t('calendar.period.week') : t('calendar.period.month') });
  };
}

/** What taking a fix does; null for those that only say something. */
export function useFixWords(policy: RatioPolicy | undefined, format: Format, publications: readonly Publication[]): (fix: FixData) => string {
  const { t, i18n } = useTranslation();
  return (fix) => {
    const when = (id: string): string => {
      const at = publications.find((each) => each.id === id)?.dueAt;
      return at ? format.when(at) : '?';
    };
    switch (fix.kind) {
      case 'exchange': return t('calendar.fix.exchange', { when: when(fix.withId) });
      case 'takePlace': return t('calendar.fix.takePlace', { when: when(fix.ofId) });
      case 'earlier': return t('calendar.fix.earlier', { when: format.when(fix.dueAt) });
      case 'later': return t('calendar.fix.later', { when: format.when(fix.dueAt) });
      case 'none': return fix.direction === 'both' ? t('calendar.fix.none_both') : fix.direction === 'earlier' ? t('calendar.fix.none_earlier') : t('calendar.fix.none_later');
      case 'addBase': return t('calendar.fix.addBase', { count: fix.n, tier: policy ? tierName(policy, policy.base, i18n.language) : '' });
      case 'retier': return t('calendar.fix.retier', { tier: policy ? tierName(policy, fix.tier, i18n.language) : fix.tier });
      case 'override': return t('calendar.fix.override');
      default: return fix satisfies never;
    }
  };
}
