import { IconArrowBackUp, IconMinus, IconRepeat } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Publication } from '../../shared/contract/publications.ts';
import { tierOf } from '../../shared/domain/ratioTier.ts';
import type { RatioPolicy } from '../../shared/domain/types.ts';
import { TierBadge } from './bits.tsx';

const SIGNS: Record<Publication['kind'], typeof IconMinus> = { post: IconMinus, reply: IconArrowBackUp, repost: IconRepeat };

/** What stands where a tier's letter would, for what is outside the ratio: a sign of what it is, with no letter and no tier's colour. */
export function OutsideSign({ kind, size = 13 }: { kind: Publication['kind']; size?: number }) {
  const Sign = SIGNS[kind];
  return <Sign size={size} stroke={1.75} aria-hidden="true" />;
}
/** Letter and colour of the tier of what the ratio counts; for the rest its sign, and in words that it does not count. */
export function TierMark({ policy, post, hollow = false }: { policy: RatioPolicy; post: Pick<Publication, 'counts' | 'tier' | 'kind'>; hollow?: boolean }) {
  const { t } = useTranslation();
  const tier = tierOf(post);
  if (tier !== null) return <TierBadge policy={policy} tier={tier} hollow={hollow} />;
  return <span className="outside" role="img" aria-label={t('composer.noUnit')} title={t('composer.noUnit')} data-testid="outside"><OutsideSign kind={post.kind} /></span>;
}
