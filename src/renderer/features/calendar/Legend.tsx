import { IconArrowsExchange, IconEye } from '@tabler/icons-react';
import type { PublicationState } from '../../../shared/domain/types.ts';
import { STATE_ICONS } from './Chip.tsx';
import { useDrag } from './dragStore.ts';
import type { Kit } from './kit.ts';

type Key = PublicationState | 'empty' | 'seen';
const SHOWN: readonly Key[] = ['scheduled', 'posted', 'retry_wait', 'held', 'sending', 'missed', 'unknown', 'failed', 'needs_review', 'paused', 'partial'];

/** What the shapes mean; during a move, what its bands mean. */
export function Legend({ kit, slots, seen }: { kit: Kit; slots: boolean; seen: boolean }) {
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
  const states: readonly Key[] = [...SHOWN, ...(seen ? ['seen' as const] : []), ...(slots ? ['empty' as const] : [])];
  const signOf = (state: Key): typeof IconEye | undefined => (state === 'empty' ? undefined : state === 'seen' ? IconEye : STATE_ICONS[state]);
  const wordOf = (state: Key): string => (state === 'empty' ? t('calendar.freeSlot') : state === 'seen' ? t('calendar.seen') : t(`calendar.state.${state}`));
  return (
    <section className="legend" aria-label={t('calendar.legend')}>
      <h3>{t('calendar.legend')}</h3>
      <div className="keys">
        {states.map((state) => {
          const Sign = signOf(state);
          return <span key={state} className="chip key-chip" data-state={state} data-tier={kit.color(policy.base)} data-base=""><i className="sq">{kit.letter(policy.base)}</i><span className="tx">{wordOf(state)}</span>{Sign ? <Sign className="sg" size={11} stroke={1.75} aria-hidden="true" /> : null}</span>;
        })}
      </div>
    </section>
  );
}
