import { IconClockHour4, IconHandStop } from '@tabler/icons-react';
import { Portal } from '@mantine/core';
import type { Publication } from '../../../shared/contract/publications.ts';
import type { PublicationState } from '../../../shared/domain/types.ts';
import { TierBadge } from '../../ui/bits.tsx';
import { type EmptySlot, STATE_ICONS } from './Chip.tsx';
import type { Item } from './grid.ts';
import type { Kit } from './kit.ts';
import type { Share } from './usePlan.ts';

/** What asks to be looked at, worst first. */
const LOOKED_AT = new Set<PublicationState>(['missed', 'failed', 'partial', 'unknown', 'needs_review', 'held', 'paused']);
/** Lines of posts: those that ask to be looked at, and the first of the day. */
const MOST_LOOKED = 4;
const MOST_FIRST = 3;
const WIDTH = 292;
const GAP = 8;

export interface CardPlace {
  day: string;
  /** Of the cell, in the window. */
  box: { left: number; right: number; top: number; bottom: number };
}

function Line({ publication, kit }: { publication: Publication; kit: Kit }) {
  const Sign = STATE_ICONS[publication.state] ?? IconHandStop;
  const why = kit.reason(publication.reason);
  return <li><Sign size={13} stroke={1.75} aria-hidden="true" /><span className="clip"><b>{kit.format.time(publication.sentAt ?? publication.dueAt ?? 0)}</b> {kit.t(`calendar.state.${publication.state}`)}{why ? `: ${why}` : ''}</span></li>;
}

/** A day of the month looked at closer: its counts, what asks to be looked at, what is free and how much fits, the cost, its first lines (LOOK, 06). Read only: the cell under it opens the day. */
export function MonthCard({ id, place, kit, items, slots, shares }: { id: string; place: CardPlace; kit: Kit; items: readonly Item[]; slots: readonly EmptySlot[]; shares: readonly Share[] }) {
  const { t, format } = kit;
  const { day, box } = place;
  const publications = items.map((item) => item.publication);
  const looked = publications.filter((each) => LOOKED_AT.has(each.state));
  const going = publications.filter((each) => !LOOKED_AT.has(each.state)).slice(0, MOST_FIRST);
  const n = shares.reduce((sum, each) => sum + each.count, 0);
  const usd = publications.reduce((sum, each) => sum + each.usd, 0);
  const themes = new Map<string, number>();
  for (const slot of slots) themes.set(slot.theme ?? kit.name(slot.tier), (themes.get(slot.theme ?? kit.name(slot.tier)) ?? 0) + 1);
  const rooms = shares.filter((each) => each.allowed !== null && each.allowed > each.count);
  const right = box.right + GAP + WIDTH < window.innerWidth;
  const low = box.top > window.innerHeight * 0.55;
  return (
    <Portal>
      <div
        id={id} role="tooltip" className="month-card" data-testid="month-card"
        style={{ width: WIDTH, left: right ? box.right + GAP : Math.max(GAP, box.left - GAP - WIDTH), ...(low ? { bottom: window.innerHeight - box.bottom } : { top: box.top }) }}
      >
        <header><b>{format.dayOf(day)}</b> <span className="quiet">{slots.length > 0 ? t('calendar.strip.of', { count: n, allowed: n + slots.length }) : t('calendar.count', { count: n })}</span><span className="grow" />{usd > 0 ? <span className="nowrap">{kit.amount(usd)} USD</span> : null}</header>
        <p className="month-card-counts">{shares.map((each) => <span key={each.tier}><TierBadge policy={kit.policy} tier={each.tier} /> {each.allowed === null ? each.count : t('calendar.strip.of', { count: each.count, allowed: each.allowed })}</span>)}</p>
        <ul>
          {looked.slice(0, MOST_LOOKED).map((each) => <Line key={each.id} publication={each} kit={kit} />)}
          {looked.length > MOST_LOOKED ? <li><i /><span className="quiet">{t('calendar.card.more', { count: looked.length - MOST_LOOKED })}</span></li> : null}
          {slots.length > 0 ? <li><IconClockHour4 size={13} stroke={1.75} aria-hidden="true" /><span>{t('calendar.freeSlots', { count: slots.length })}: {[...themes].map(([theme, count]) => `${count} ${theme}`).join(', ')}</span></li> : null}
          {rooms.map((each) => <li key={each.tier}><TierBadge policy={kit.policy} tier={each.tier} /><span>{t('calendar.card.room', { count: (each.allowed ?? 0) - each.count, tier: kit.name(each.tier) })}</span></li>)}
        </ul>
        {going.length > 0 ? <ul className="month-card-first">{going.map((each) => <li key={each.id}><span className="tm">{format.time(each.sentAt ?? each.dueAt ?? 0)}</span><span className="clip">{kit.firstWords(each)}</span></li>)}</ul> : null}
        {n === 0 && slots.length === 0 && looked.length === 0 ? <p className="quiet">{t('calendar.nothing')}</p> : null}
        <footer className="quiet"><kbd>↵</kbd> {t('calendar.openDay')}</footer>
      </div>
    </Portal>
  );
}
