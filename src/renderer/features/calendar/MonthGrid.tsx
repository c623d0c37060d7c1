import { useTranslation } from 'react-i18next';
import type { Publication } from '../../../shared/contract/publications.ts';
import { NEEDS_DECISION } from '../../../shared/domain/publication.ts';
import { instantToWall } from '../../../shared/domain/time.ts';
import { tierColor, tierName } from '../../ui/bits.tsx';
import { DRAG_TYPE } from './Chip.tsx';
import type { GridProps } from './WeekGrid.tsx';

/** A month of days: what is planned per tier, what waits and what it costs; a click opens the day (UX, calendar). */
export function MonthGrid({ account, plan, days, publications, dragged, now, month, onDay }: Pick<GridProps, 'account' | 'plan' | 'days' | 'publications' | 'dragged' | 'now'> & { month: string; onDay: (day: string) => void }) {
  const { t, i18n } = useTranslation();
  const { policy, zone } = account;
  const byDay = new Map<string, Publication[]>();
  for (const each of publications) {
    const day = instantToWall(each.sentAt ?? each.dueAt ?? 0, zone).slice(0, 10);
    byDay.set(day, [...(byDay.get(day) ?? []), each]);
  }
  const today = instantToWall(now, zone).slice(0, 10);
  return (
    <div className="month">
      {days.map((day) => {
        const list = byDay.get(day) ?? [];
        const counts = policy.tiers.map((tier) => ({ tier: tier.key, n: list.filter((each) => each.tier === tier.key).length }));
        const waiting = list.filter((each) => NEEDS_DECISION.has(each.state)).length;
        const usd = list.reduce((sum, each) => sum + each.usd, 0);
        return (
          <button
            key={day} type="button" className={day.slice(0, 7) === month ? 'month-cell' : 'month-cell other'} data-testid={`day-${day}`} onClick={() => onDay(day)}
            onDragOver={(event) => { if (event.dataTransfer.types.includes(DRAG_TYPE)) event.preventDefault(); }}
            onDrop={(event) => {
              event.preventDefault();
              // Month drags keep the clock time (UX); a draft that never had one takes nine o'clock.
              if (dragged) void plan.place(dragged, `${day}T${dragged.wall?.slice(11) ?? '09:00'}`);
            }}
          >
            <span style={day === today ? { fontWeight: 700 } : {}}>{plan.format.dayShort(day)}</span>
            {list.length > 0 ? (
              <>
                <span className="bar" aria-hidden="true">{counts.map((each) => <i key={each.tier} style={{ width: `${(each.n / list.length) * 100}%`, background: tierColor(policy, each.tier) }} />)}</span>
                <span>{counts.filter((each) => each.n > 0).map((each) => <span key={each.tier} style={{ color: tierColor(policy, each.tier), marginRight: 6 }} title={tierName(policy, each.tier, i18n.language)}>{policy.tiers.find((tier) => tier.key === each.tier)?.letter[i18n.language === 'es' ? 'es' : 'en']} {each.n}</span>)}</span>
                <span className="quiet" style={{ fontSize: 11 }}>{account.network === 'x' ? plan.format.usd(usd) : t('calendar.count', { count: list.length })}{waiting > 0 ? ` · ${t('calendar.missing', { count: waiting })}` : ''}</span>
              </>
            ) : null}
          </button>
        );
      })}
    </div>
  );
}
