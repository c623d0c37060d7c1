import { IconArrowsExchange, IconCheck } from '@tabler/icons-react';
import { memo } from 'react';
import type { Publication } from '../../../shared/contract/publications.ts';
import type { PublicationState } from '../../../shared/domain/types.ts';
import { STATE_ICONS } from './Chip.tsx';
import { useDrag } from './dragStore.ts';
import type { Item } from './grid.ts';
import { instantToWall } from '../../../shared/domain/time.ts';
import type { Kit } from './kit.ts';
import type { Share } from './usePlan.ts';

/** What asks to be looked at, worst first. */
const LOOKED_AT: readonly PublicationState[] = ['missed', 'failed', 'partial', 'unknown', 'needs_review', 'held', 'paused'];
const TONES: Partial<Record<PublicationState, string>> = { missed: 'bad', failed: 'bad', partial: 'bad', unknown: 'info', needs_review: 'info' };

/** More would not fit beside a day's name. */
const IN_HEAD = 2;

/** Counts of what is not as it should be; nothing where all is well. */
export function Flags({ publications, kit, most = LOOKED_AT.length }: { publications: readonly Publication[]; kit: Kit; most?: number }) {
  const shown = LOOKED_AT.flatMap((state) => {
    const n = publications.filter((each) => each.state === state).length;
    return n === 0 ? [] : [{ state, n }];
  });
  return (
    <>
      {shown.slice(0, most).map(({ state, n }) => {
        const Sign = STATE_ICONS[state];
        return <span key={state} className={`tag ${TONES[state] ?? ''}`} title={kit.t(`calendar.state.${state}`)}>{Sign ? <Sign size={12} stroke={1.75} aria-hidden="true" /> : null} {n} <span className="sr">{kit.t(`calendar.state.${state}`)}</span></span>;
      })}
      {shown.length > most ? <span className="tag" title={shown.slice(most).map(({ state, n }) => `${n} ${kit.t(`calendar.state.${state}`)}`).join(', ')}>+{shown.slice(most).reduce((sum, each) => sum + each.n, 0)}</span> : null}
    </>
  );
}
/** Shares of a whole as a bar: what is free is room, what is left over stays blank. */
export function StackedBar({ shares, whole, rest = 0, kit }: { shares: readonly Share[]; whole: number; rest?: number; kit: Kit }) {
  return <span className="stack" aria-hidden="true">{shares.filter((each) => each.count > 0).map((each) => <i key={each.tier} data-tier={kit.color(each.tier)} style={{ flexGrow: each.count }} />)}{whole > 0 ? <i className="room" style={{ flexGrow: whole }} /> : null}{rest > 0 ? <i className="rest" style={{ flexGrow: rest }} /> : null}</span>;
}
/** "P 11/12"; "P 12 → 11" where a move changes it. */
export function ShareWords({ before, after, kit }: { before: Share; after?: Share | undefined; kit: Kit }) {
  const moved = after !== undefined && after.count !== before.count;
  const now = after ?? before;
  return <span data-tier={kit.color(before.tier)} className={moved ? 'share moved' : 'share'} title={kit.name(before.tier)}>{kit.letter(before.tier)} {moved ? `${before.count} → ${now.count}` : now.count}{now.allowed === null ? '' : `/${now.allowed}`}</span>;
}

/** The day a post is being taken from; null where it is not planned. */
const dayFrom = (subject: Publication, zone: string): string | null => (subject.dueAt === null || subject.state !== 'scheduled' ? null : instantToWall(subject.dueAt, zone).slice(0, 10));

/** What the day means for the post that is being moved. */
function DragMark({ day, today, items, kit }: { day: string; today: string; items: readonly Item[]; kit: Kit }) {
  const room = useDrag((state) => state.room.get(day));
  const subject = useDrag((state) => state.subject);
  const landing = useDrag((state) => (state.target?.day === day ? state.landing : null));
  if (!subject) return null;
  const { t } = kit;
  const from = dayFrom(subject, kit.zone);
  if (day < today) return <span className="mark quiet">{t('calendar.drag.gone')}</span>;
  if (landing?.kind === 'exchange') return <span className="mark hot"><IconArrowsExchange size={12} stroke={1.75} aria-hidden="true" /> {t('calendar.drag.swap')}</span>;
  if (from === day) return <span className="mark quiet">{t('calendar.drag.here')}</span>;
  // Nothing is said before it is worked out.
  if (room === undefined || room === null || !subject.counts) return null;
  if (room > 0) return <span className="mark hot"><IconCheck size={12} stroke={2} aria-hidden="true" /> {t('calendar.drag.room', { count: room })}</span>;
  const swaps = items.some((item) => item.publication.tier === subject.tier);
  return <span className="mark tag">{swaps ? <IconArrowsExchange size={12} stroke={1.75} aria-hidden="true" /> : null} {t('calendar.drag.full', { letter: kit.letter(subject.tier) })}</span>;
}

/** Head of a day: its name, what asks to be looked at, the count of each tier against its limit, the cost, a bar (LOOK, 04). */
export const DayHead = memo(function DayHead({ day, today, items, slots, shares, kit, onOpen }: { day: string; today: string; items: readonly Item[]; slots: number; shares: readonly Share[]; kit: Kit; onOpen: (day: string) => void }) {
  const after = useDrag((state) => state.after);
  const publications = items.map((item) => item.publication);
  const usd = publications.reduce((sum, each) => sum + each.usd, 0);
  const target = useDrag((state) => state.target?.day === day && state.landing?.kind !== 'refused' && state.landing?.kind !== 'past');
  const dragging = useDrag((state) => state.subject !== null);
  const moved = after?.standing(day);
  // While something is being moved the limit of its tier is what the day would take with it, as its mark and its bands say.
  const subject = useDrag((state) => state.subject);
  const room = useDrag((state) => state.room.get(day) ?? 0);
  const limited = (each: Share): Share => (subject?.counts && subject.tier === each.tier && each.allowed !== null && room > 0 ? { ...each, allowed: Math.max(each.allowed, each.count + room - (dayFrom(subject, kit.zone) === day ? 1 : 0)) } : each);
  const empty = items.length === 0 && shares.every((each) => each.count === 0);
  const { t } = kit;
  return (
    <div className={`day-head${day === today ? ' today' : ''}${target ? ' target' : ''}${day < today ? ' past' : ''}`} id={`head-${day}`}>
      <div className="top">
        <button type="button" className="name" onClick={() => onOpen(day)} title={t('calendar.openDay')}>{kit.format.dayShort(day).replace(',', '')}</button>
        <span className="grow" />
        {dragging ? <DragMark day={day} today={today} items={items} kit={kit} /> : <Flags publications={publications} kit={kit} most={IN_HEAD} />}
      </div>
      <div className="counts">
        {empty && !moved ? <span className="quiet">{slots > 0 ? t('calendar.freeSlots', { count: slots }) : t('calendar.nothing')}</span> : null}
        {!empty || moved ? shares.map((each) => <ShareWords key={each.tier} before={limited(each)} after={moved?.find((share) => share.tier === each.tier && share.count !== each.count)} kit={kit} />) : null}
        <span className="grow" />
        {usd > 0 ? <span className="cost">{kit.amount(usd)}</span> : null}
      </div>
      <StackedBar shares={shares} whole={empty ? 1 : 0} kit={kit} />
    </div>
  );
});
