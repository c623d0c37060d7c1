import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RatioPolicy } from '../../../shared/domain/types.ts';
import { TierBadge, tierName } from '../../ui/bits.tsx';

interface Props {
  policy: RatioPolicy;
  tier: string;
  /** Proposed by the link, or null. */
  proposed: string | null;
  reason: string;
  disabled: boolean;
  onTier: (tier: string) => void;
  onReason: (reason: string) => void;
}

/** The tier, what the link proposes, and, where the two disagree, the reason typed in place (DOMAIN §2). */
export function TierChoice({ policy, tier, proposed, reason, disabled, onTier, onReason }: Props) {
  const { t, i18n } = useTranslation();
  const contradicts = proposed !== null && proposed !== tier;
  const name = (each: string): string => tierName(policy, each, i18n.language);
  return (
    <>
      <div className="composer-row">
        <span className="label" id="composer-tier-label">{t('composer.tier')}</span>
        <SegmentedControl
          value={tier} onChange={onTier} disabled={disabled} aria-labelledby="composer-tier-label" data-testid="composer-tier" data-value={tier}
          data={policy.tiers.map((each) => ({ value: each.key, label: <span className="tier-label" data-testid={`tier-${each.key}`}><TierBadge policy={policy} tier={each.key} />{name(each.key)}</span> }))}
        />
        {proposed === null ? null : <span className="quiet nowrap composer-proposed" title={t('composer.proposed', { tier: name(proposed) })}>{t('composer.proposedShort')} <TierBadge policy={policy} tier={proposed} hollow /></span>}
      </div>
      {contradicts && !disabled ? (
        <div className="composer-warning" role="group" aria-label={t('composer.tierReason')}>
          <IconAlertTriangle size={16} stroke={1.75} aria-hidden="true" />
          <div>
            <p id="tier-reason-label"><b>{t('composer.contradicts', { proposed: name(proposed), tier: name(tier) })}</b> {t('composer.contradictsWhy')}</p>
            <div style={{ display: 'flex', gap: 6 }}>
              <TextInput style={{ flex: 1 }} value={reason} maxLength={500} aria-labelledby="tier-reason-label" data-testid="tier-reason" onChange={(event) => onReason(event.currentTarget.value)} />
              <Button variant="default" onClick={() => onTier(proposed)}>{t('composer.backTo', { tier: name(proposed) })}</Button>
            </div>
          </div>
        </div>
      ) : null}
    </>
  );
}
