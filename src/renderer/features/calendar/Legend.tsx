import { IconArrowsExchange } from '@tabler/icons-react';
import type { PublicationState } from '../../../shared/domain/types.ts';
import { STATE_ICONS } from './Chip.tsx';
import { useDrag } from './dragStore.ts';
import type { Kit } from './kit.ts';

const SHOWN: readonly (PublicationState | 'empty')[] = ['scheduled', 'posted', 'retry_wait', 'sending', 'held', 'missed', 'failed', 'unknown', 'paused', 'needs_review', 'partial'];

/** What the shapes mean; during a move, what its bands mean. */
export function Legend({ kit, slots }: { kit: Kit; slots: boolean }) {
  const { t, policy } = kit;
  const moving = useDrag((state) => state.subject !== null);
  if (moving) {
    return (
      <section className="legend" aria-label={t('calendar.legendMoving')}>
        <h3>{t('calendar.legendMoving')}</h3>
        <p><i className="key fits" aria-hidden="true" /> {t('calendar.drag.legendFits')}</p>
        <p><IconArrowsExchange size={13} stroke={1.75} aria-hidden="true" /> {t('calendar.drag.legendSwap')}</p>
        <p><i className="key no" aria-hidden="true" /> {t('calendar.drag.legendNo')}</p>
      </section>
    );
  }
  const states = slots ? [...SHOWN, 'empty' as const] : SHOWN;
  return (
    <section className="legend" aria-label={t('calendar.legend')}>
      <h3>{t('calendar.legend')}</h3>
      <div className="keys">
        {states.map((state) => {
          const Sign = state === 'empty' ? undefined : STATE_ICONS[state];
          return <span key={state} className="chip key-chip" data-state={state} data-tier={kit.color(policy.base)} data-base=""><i className="sq">{kit.letter(policy.base)}</i><span className="tx">{state === 'empty' ? t('calendar.freeSlot') : t(`calendar.state.${state}`)}</span>{Sign ? <Sign className="sg" size={11} stroke={1.75} aria-hidden="true" /> : null}</span>;
        })}
      </div>
    </section>
  );
}
