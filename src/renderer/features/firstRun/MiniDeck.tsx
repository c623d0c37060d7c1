import { IconAt, IconClockHour4, IconHome, IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { DEFAULT_POLICY } from '../../../shared/domain/types.ts';
import { TierBadge } from '../../ui/bits.tsx';

const COLUMNS = [['home', IconHome], ['mentions', IconAt], ['search', IconSearch]] as const;
/** A quarter hour of the default policy, in its order. */
const PLAN = ['free', 'premium', 'free', 'free', 'status', 'free', 'premium', 'free', 'free'];
const FIRST_MINUTE = 14 * 60 + 15;
const clock = (minute: number): string => `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;

/** A small picture of what opens: three columns and the plan beside them. */
export function MiniDeck() {
  const { t } = useTranslation();
  return (
    <div className="mini" aria-hidden="true">
      {COLUMNS.map(([kind, Icon]) => (
        <div key={kind}>
          <b><Icon size={12} stroke={1.75} />{t(`deck.${kind}`)}</b>
          {[60, 45, 70, 52].map((width, i) => <span key={i}><i className="round" /><span><i style={{ width: `${width}%` }} /><i /><i style={{ width: `${width + 20}%` }} /></span></span>)}
        </div>
      ))}
      <div>
        <b><IconClockHour4 size={12} stroke={1.75} />{t('first.planned')}</b>
        {PLAN.map((tier, i) => <em key={i} data-tier={DEFAULT_POLICY.tiers.find((each) => each.key === tier)?.color}><TierBadge policy={DEFAULT_POLICY} tier={tier} small />{clock(FIRST_MINUTE + i * 15)}</em>)}
      </div>
    </div>
  );
}
