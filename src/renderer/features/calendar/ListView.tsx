import { IconEye } from '@tabler/icons-react';
import type { Publication } from '../../../shared/contract/publications.ts';
import { useKeyOf } from '../../hotkeys/Key.tsx';
import { TierMark } from '../../ui/TierMark.tsx';
import { linkPath, STATE_ICONS } from './Chip.tsx';
import { Flags } from './DayHead.tsx';
import { filteredOf, isOn, passes, useCalendarFilter } from './filter.ts';
import type { Item, Seen } from './grid.ts';
import type { Kit } from './kit.ts';

/** The week as one table, by day. */
export function ListView({ kit, days, items, seen, texts, today, onOpen }: { kit: Kit; days: readonly string[]; items: ReadonlyMap<string, Item[]>; seen: ReadonlyMap<string, readonly Seen[]>; texts: ReadonlyMap<string, string>; today: string; onOpen: (publication: Publication) => void }) {
  const { t, format } = kit;
  const keyOf = useKeyOf();
  const { filter, themes } = useCalendarFilter();
  const dimmed = (passing: boolean): '' | undefined => (isOn(filter) && !passing ? '' : undefined);
  const shown = days.filter((day) => (items.get(day)?.length ?? 0) + (seen.get(day)?.length ?? 0) > 0);
  return (
    <div className="list-view" role="region" tabIndex={0} aria-label={t('calendar.list')}>
      {shown.length === 0 ? <p className="quiet list-empty">{t('calendar.empty', { key: keyOf('n') })}</p> : null}
      {shown.map((day) => {
        const posts = items.get(day) ?? [];
        const rows = [...posts.map((item) => ({ ...item, seen: null })), ...(seen.get(day) ?? []).map((each) => ({ publication: null, minute: each.minute, seen: each }))].sort((a, b) => a.minute - b.minute);
        return (
          <section key={day} className={day < today ? 'past' : ''}>
            <h2 className={day === today ? 'today' : ''}>{format.dayOf(day)} <span className="quiet">{t('calendar.count', { count: rows.length })}</span> <Flags publications={posts.map((item) => item.publication)} kit={kit} /></h2>
            <table className="plain" aria-label={format.dayOf(day)}>
              <colgroup><col className="c-time" /><col className="c-tier" /><col /><col className="c-link" /><col className="c-state" /><col className="c-usd" /></colgroup>
              <tbody>
                {rows.map(({ publication, seen: other }) => {
                  if (!publication) {
                    return (
                      <tr key={other.id} data-testid="list-seen" data-state="seen" data-dim={dimmed(passes(filter, { tier: other.tier, state: 'seen', theme: '', text: texts.get(other.remoteId) ?? '' }))}>
                        <td className="nowrap">{format.time(other.at)}</td>
                        <td className="nowrap"><span className="tier" data-tier={kit.color(other.tier)}>{kit.letter(other.tier)}</span></td>
                        <td className="words quiet" colSpan={2}><span className="clip">{texts.get(other.remoteId) ?? (kit.number(other.tier) < 0 ? t('shell.unclassified') : kit.name(other.tier))}</span></td>
                        <td className="nowrap"><IconEye size={13} stroke={1.75} aria-hidden="true" /> {t('calendar.seen')}</td>
                        <td />
                      </tr>
                    );
                  }
                  const Sign = STATE_ICONS[kit.isLate(publication, Date.now()) ? 'retry_wait' : publication.state];
                  return (
                    <tr key={publication.id} data-testid="list-row" data-id={publication.id} data-state={publication.state} data-dim={dimmed(passes(filter, filteredOf(publication, themes)))}>
                      <td className="nowrap">{format.time(publication.sentAt ?? publication.dueAt ?? 0)}</td>
                      <td className="nowrap"><TierMark policy={kit.policy} post={publication} /></td>
                      <td className="words"><button type="button" className="list-open" onClick={() => onOpen(publication)}>{kit.firstWords(publication)}</button></td>
                      <td className="path quiet"><span className="clip">{linkPath(publication.text)}</span></td>
                      <td className="nowrap">{Sign ? <Sign size={13} stroke={1.75} aria-hidden="true" /> : null} {kit.stateWords(publication)}</td>
                      <td className="nowrap usd">{kit.price(publication.usd)}</td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </section>
        );
      })}
    </div>
  );
}
