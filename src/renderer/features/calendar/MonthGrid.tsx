import { memo, useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { CampaignData } from '../../../shared/contract/planning.ts';
import type { Publication } from '../../../shared/contract/publications.ts';
import { instantToWall, monthOf } from '../../../shared/domain/time.ts';
import { useRpcQuery } from '../../rpc/hooks.ts';
import { type Band, bandsOf } from './campaignBands.ts';
import { DRAG_TYPE, type EmptySlot } from './Chip.tsx';
import { Flags, StackedBar } from './DayHead.tsx';
import { useDrag } from './dragStore.ts';
import { filteredOf, isOn, passes, useCalendarFilter } from './filter.ts';
import { type Item, minuteOf, type Seen } from './grid.ts';
import type { Kit } from './kit.ts';
import { type CardPlace, MonthCard } from './MonthCard.tsx';
import { CampaignDialog, MonthBands } from './MonthBands.tsx';
import { MonthList } from './MonthList.tsx';
import type { Move } from './useMove.ts';
import type { Share } from './usePlan.ts';

const NINE = 9 * 60;
const NONE: readonly never[] = [];
/** The pointer rests on a day before more is said of it, ms. */
const REST_MS = 350;

/** A day of the month: how full, of what, what asks to be looked at, what it costs; a click opens it. */
const MonthCell = memo(function MonthCell({ day, kit, other, today, items, seen, shares, free, most, bands, move, cardId, onLook, onDay, onOpen, onFill, onCampaign }: { day: string; kit: Kit; other: boolean; today: string; items: readonly Item[]; seen: readonly Seen[]; shares: readonly Share[]; free: number; most: number; bands: readonly (Band | null)[]; move: Move; /** Of the card over it, while there is one. */ cardId: string | undefined; onLook: (day: string, cell: Element | null, at: 'once' | 'rest') => void; onDay: (day: string) => void; onOpen: (publication: Publication) => void; onFill: ((day: string) => void) | null; onCampaign: (campaign: CampaignData) => void }) {
  const { t } = kit;
  const [pointed, setOver] = useState(false);
  const aimed = useDrag((state) => state.how === 'keys' && state.target?.day === day);
  const over = pointed || aimed;
  const publications = items.map((item) => item.publication);
  const n = shares.reduce((sum, each) => sum + each.count, 0);
  const usd = publications.reduce((sum, each) => sum + each.usd, 0);
  const { filter, themes } = useCalendarFilter();
  const filtering = isOn(filter);
  const bright = filtering ? publications.filter((each) => passes(filter, filteredOf(each, themes))).length + seen.filter((each) => passes(filter, { tier: each.tier, state: 'seen', theme: '', text: '' })).length : 0;
  const dim = filtering && bright === 0;
  const first = day === monthOf(day).start;
  const classes = ['month-cell', other ? 'other' : '', day < today ? 'past' : '', day === today ? 'today' : '', over ? 'over' : '', dim ? 'dim' : ''].filter((each) => each !== '').join(' ');
  const dayNumber = Number(day.slice(8));
  return (
    <div
      className={classes} data-bands={bands.length > 0 ? '' : undefined} style={bands.length > 0 ? ({ '--bands': bands.length } as React.CSSProperties) : undefined} data-testid={`day-${day}`} data-dim={dim ? '' : undefined}
      onPointerEnter={(event) => { if (event.pointerType === 'mouse') onLook(day, event.currentTarget, 'rest'); }} onPointerLeave={() => onLook(day, null, 'once')}
      onFocus={(event) => { if (event.target.matches('.cell-open:focus-visible')) onLook(day, event.currentTarget, 'once'); }} onBlur={() => onLook(day, null, 'once')}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(DRAG_TYPE)) return;
        event.preventDefault();
        const { subject } = useDrag.getState();
        setOver(true);
        // Month drags keep the clock time (UX); a draft that never had one takes nine o'clock.
        const wall = subject && subject.dueAt !== null ? instantToWall(subject.dueAt, kit.zone) : subject?.wall;
        move.hover({ day, minute: wall ? minuteOf(wall) : NINE, fine: true });
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        move.drop();
      }}
    >
      <span className="top"><button type="button" className="cell-open" aria-describedby={cardId} aria-description={shares.filter((each) => each.count > 0).map((each) => `${kit.name(each.tier)} ${each.count}`).join(', ')} onClick={() => onDay(day)}><span className="sr">{kit.format.dayOf(day)} </span><b aria-hidden="true">{dayNumber}{first ? <span className="month-name"> {kit.format.dayMonth(kit.format.date(day).getTime()).replace(/[\d\s.]/g, '')}</span> : null}</b></button>{items.length + seen.length > 0 ? <MonthList day={day} kit={kit} items={items} seen={seen} move={move} onDay={onDay} onOpen={onOpen} label={filtering ? t('calendar.strip.of', { count: bright, allowed: items.length + seen.length }) : free > 0 ? t('calendar.strip.of', { count: n, allowed: n + free }) : kit.format.number(Math.max(n, items.length + seen.length))} /> : null}<span className="grow" />{usd > 0 ? <span className="cost">{kit.amount(usd)}</span> : null}</span>
      <span className="cell-body">
        {n + free > 0 ? <StackedBar shares={shares} whole={free} rest={Math.max(0, most - n - free)} kit={kit} /> : null}
        {n + free > 0 ? <span className="counts">{shares.map((each) => <span key={each.tier} data-tier={kit.color(each.tier)} className="share"><b>{kit.letter(each.tier)}</b> {each.count}</span>)}{free > 0 ? <span className="quiet">{t('calendar.free', { count: free })}</span> : null}</span> : null}
        {n + free === 0 && !other && day >= today ? <span className="quiet">{t('calendar.nothing')}</span> : null}
        {n === 0 && free > 0 && onFill ? <button type="button" className="cell-fill" onClick={() => onFill(day)}>{t('calendar.fillDay', { day: dayNumber })}</button> : null}
        <span className="flags"><Flags publications={publications} kit={kit} /></span>
      </span>
      {bands.length > 0 ? <MonthBands bands={bands} kit={kit} onCampaign={onCampaign} /> : null}
    </div>
  );
});

/** A month of days (LOOK, 06): the bar is the day's share of the fullest day on show, the hatch what is free. */
export function MonthGrid({ account, kit, days, month, today, items, seen, slots, standing, move, onDay, onOpen, onFill }: { account: Account; kit: Kit; days: readonly string[]; month: string; today: string; items: ReadonlyMap<string, Item[]>; seen: ReadonlyMap<string, readonly Seen[]>; slots: readonly EmptySlot[]; standing: (day: string) => Share[]; move: Move; onDay: (day: string) => void; onOpen: (publication: Publication) => void; onFill: ((day: string) => void) | null }) {
  const shares = days.map((day) => standing(day));
  const campaigns = useRpcQuery('planning.campaigns', { accountId: account.id }).data;
  const bands = useMemo(() => bandsOf(campaigns ?? NONE, days), [campaigns, days]);
  const [campaign, setCampaign] = useState<CampaignData | null>(null);
  const cardId = useId();
  const [card, setCard] = useState<CardPlace | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const moving = useDrag((state) => state.subject !== null);
  const onLook = useCallback((day: string, cell: Element | null, at: 'once' | 'rest'): void => {
    clearTimeout(timer.current);
    if (!cell) return setCard((shown) => (shown?.day === day ? null : shown));
    const show = (): void => {
      // A list or a menu that is open has the place.
      if (!cell.isConnected || document.querySelector('.month-list, [role="dialog"]')) return;
      const { left, right, top, bottom } = cell.getBoundingClientRect();
      setCard({ day, box: { left, right, top, bottom } });
    };
    if (at === 'once') show();
    else timer.current = setTimeout(show, REST_MS);
  }, []);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (!card) return undefined;
    const away = (event: Event): void => { if (event.type !== 'keydown' || (event as KeyboardEvent).key === 'Escape') setCard(null); };
    for (const type of ['pointerdown', 'wheel', 'resize', 'keydown']) window.addEventListener(type, away, true);
    return () => { for (const type of ['pointerdown', 'wheel', 'resize', 'keydown']) window.removeEventListener(type, away, true); };
  }, [card]);
  const shownCard = moving ? null : card;
  const at = shownCard ? days.indexOf(shownCard.day) : -1;
  const free = new Map<string, number>();
  for (const slot of slots) free.set(slot.day, (free.get(slot.day) ?? 0) + 1);
  const most = Math.max(1, ...shares.map((each, i) => each.reduce((sum, share) => sum + share.count, 0) + (free.get(days[i] ?? '') ?? 0)));
  const weekday = new Intl.DateTimeFormat(kit.lang, { weekday: 'long', timeZone: 'UTC' });
  return (
    <div className="month-frame">
      <div className="month-heads" aria-hidden="true">{days.slice(0, 7).map((day) => <span key={day}>{weekday.format(kit.format.date(day))}</span>)}</div>
      <div className={bands.size > 0 ? 'month with-bands' : 'month'}>
        {days.map((day, i) => <MonthCell key={day} day={day} kit={kit} other={day.slice(0, 7) !== month} today={today} items={items.get(day) ?? NONE} seen={seen.get(day) ?? NONE} shares={shares[i] ?? []} free={day.slice(0, 7) === month ? (free.get(day) ?? 0) : 0} most={most} bands={bands.get(day) ?? NONE} move={move} cardId={shownCard?.day === day ? cardId : undefined} onLook={onLook} onDay={onDay} onOpen={onOpen} onFill={onFill} onCampaign={setCampaign} />)}
      </div>
      {shownCard && at >= 0 ? <MonthCard id={cardId} place={shownCard} kit={kit} items={items.get(shownCard.day) ?? NONE} slots={slots.filter((slot) => slot.day === shownCard.day)} shares={shares[at] ?? []} /> : null}
      <CampaignDialog account={account} kit={kit} campaign={campaign} onClose={() => setCampaign(null)} />
    </div>
  );
}
