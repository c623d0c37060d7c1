import { IconAlertCircle, IconClockX, IconEye, IconEyeExclamation, IconFlag, IconHandStop, IconHelpCircle, IconHourglass, IconLink, IconListNumbers, IconPhoto, IconPlayerPause, IconSend } from '@tabler/icons-react';
import { type CSSProperties, memo } from 'react';
import type { Publication } from '../../../shared/contract/publications.ts';
import { linksOf } from '../../../shared/domain/text.ts';
import type { PublicationState } from '../../../shared/domain/types.ts';
import { OutsideSign } from '../../ui/TierMark.tsx';
import { themeAt, useCalendarFilter, useDim, useDimOther } from './filter.ts';
import type { Item, Seen } from './grid.ts';
import type { Kit } from './kit.ts';

export const DRAG_TYPE = 'application/x-parrilla-publication';
const MOVABLE = new Set<PublicationState>(['draft', 'scheduled', 'held', 'missed', 'failed', 'paused', 'retry_wait']);
export const isMovable = (publication: Publication): boolean => MOVABLE.has(publication.state) && !(publication.state === 'retry_wait' && publication.sentAt !== null);

/** Only what is not as it should be carries a sign (LOOK, states). */
export const STATE_ICONS: Partial<Record<PublicationState, typeof IconSend>> = {
  sending: IconSend, held: IconHandStop, missed: IconClockX, failed: IconAlertCircle, unknown: IconHelpCircle, needs_review: IconEyeExclamation, paused: IconPlayerPause, retry_wait: IconHourglass, partial: IconAlertCircle,
};
/** Posts dearer than this carry a link, USD. */
const LINK_USD = 0.1;

/** Where a post's first link leads, without its host. */
export function linkPath(text: string): string {
  const bare = linksOf(text.slice(0, 1000))[0]?.replace(/^https?:\/\//, '');
  if (!bare) return '';
  const path = bare.replace(/^[^/]+/, '');
  return path === '' || path === '/' ? bare : path;
}
/** "2/6": parts of a thread that are out. */
const partsOut = (publication: Publication): string => `${(publication.remoteId === null ? 0 : 1) + publication.parts.filter((part) => part.remoteId !== null).length}/${publication.parts.length + 1}`;

/** One publication on the grid, on one line: tier by colour and letter, time, first words; in the day also link, price and state (LOOK, week chip). */
export const Chip = memo(function Chip({ item, at: line, first, kit, wide, swap, selected, late }: { item: Item; /** Lines of the day above it. */ at: number; /** Of its quarter: its time is the gutter's. */ first: boolean; kit: Kit; wide: boolean; swap: boolean; selected: boolean; /** It should be out by now. */ late: boolean }) {
  const { t, format } = kit;
  const { publication, minute } = item;
  const state = late ? 'retry_wait' : publication.state;
  const tier = kit.tierOf(publication);
  const Sign = STATE_ICONS[state];
  const dim = useDim(publication);
  const theme = useCalendarFilter(({ themes }) => (wide ? themeAt(themes, publication.wall) : ''));
  const at = publication.sentAt ?? publication.dueAt ?? 0;
  const stateWords = kit.stateWords(publication);
  const why = kit.reason(publication.reason);
  const described = `${tier.name}, ${stateWords}${why ? `: ${why}` : ''}${publication.overrideReason ? `, ${t('calendar.override')}` : ''}`;
  const sign = (
    <>
      {publication.overrideReason ? <IconFlag className="sg" size={11} stroke={1.75} aria-hidden="true" /> : null}
      {Sign ? <Sign className="sg" size={11} stroke={1.75} aria-hidden="true" /> : null}
    </>
  );
  return (
    <div
      role="gridcell" tabIndex={-1} className="chip" data-testid="chip" data-id={publication.id} data-state={state} data-n={tier.number} data-tier={tier.color} data-outside={tier.letter === null ? '' : undefined} data-base={tier.letter !== null && publication.tier === kit.policy.base ? '' : undefined}
      data-swap={swap ? '' : undefined} data-dim={dim ? '' : undefined} data-selected={selected ? '' : undefined} draggable={isMovable(publication)} aria-description={described} title={`${format.time(at)} · ${described} · ${publication.text.slice(0, 200)}`}
      style={{ '--m': minute, '--at': line } as CSSProperties}
    >
      <i className="sq">{tier.letter ?? <OutsideSign kind={publication.kind} size={10} />}</i>
      <span className={wide && first && minute % 15 === 0 ? 'tm sr' : 'tm'}>{format.time(at)}</span>
      <span className="tx">{state === 'partial' ? `${partsOut(publication)} ` : ''}{kit.firstWords(publication)}</span>
      {wide ? (
        <>
          <span className="lk">{linkPath(publication.text)}</span>
          <span className="th">{theme}</span>
          <span className="ic">
            {publication.parts.length > 0 ? <IconListNumbers size={13} stroke={1.75} aria-label={t('calendar.thread', { count: publication.parts.length + 1 })} /> : null}
            {publication.media.length > 0 ? <IconPhoto size={13} stroke={1.75} aria-label={t('calendar.image', { count: publication.media.length })} /> : null}
            {publication.usd >= LINK_USD ? <IconLink size={13} stroke={1.75} aria-hidden="true" /> : null}
          </span>
          <span className="us">{kit.price(publication.usd)}</span>
          <span className="st">{sign}{state === 'scheduled' && !publication.late ? '' : stateWords}</span>
        </>
      ) : null}
      {wide ? null : sign}
    </div>
  );
});

/** A template slot that nothing has taken. */
export interface EmptySlot {
  day: string;
  minute: number;
  tier: string;
  theme: string | null;
}
export const SlotChip = memo(function SlotChip({ slot, at, kit, time, wide }: { slot: EmptySlot; at: number; kit: Kit; time: string; wide: boolean }) {
  const theme = slot.theme ?? kit.name(slot.tier);
  const dim = useDimOther({ tier: slot.tier, state: 'empty', theme: slot.theme ?? '', text: '' });
  return (
    <div
      role="gridcell" tabIndex={-1} className="chip" data-testid="empty-slot" data-slot={`${slot.day} ${slot.minute}`} data-state="empty" data-dim={dim ? '' : undefined} data-n={kit.number(slot.tier)} data-tier={kit.color(slot.tier)}
      aria-description={kit.t('calendar.slotKeys')} style={{ '--m': slot.minute, '--at': at } as CSSProperties}
    >
      <i className="sq">{kit.letter(slot.tier)}</i>
      <span className={wide ? 'tm sr' : 'tm'}>{time}</span>
      <span className="tx">{wide ? kit.t('calendar.slotWide', { tier: kit.name(slot.tier), theme }) : kit.t('calendar.slot', { theme })}</span>
      {wide ? <span className="slot-act">{kit.t('calendar.act.write')}</span> : null}
    </div>
  );
});

/** The account's own post that did not go out from here: it counts, so it is shown; it is read only. */
export const SeenChip = memo(function SeenChip({ seen, text, at, kit, wide }: { seen: Seen; /** First words, where its post is stored here. */ text: string | undefined; at: number; kit: Kit; wide: boolean }) {
  const { t, format } = kit;
  const tier = kit.number(seen.tier) < 0 ? t('shell.unclassified') : kit.name(seen.tier);
  const dim = useDimOther({ tier: seen.tier, state: 'seen', theme: '', text: text ?? '' });
  return (
    <div
      role="gridcell" tabIndex={-1} className="chip" data-testid="seen-chip" data-seen={seen.id} data-state="seen" data-dim={dim ? '' : undefined} data-n={kit.number(seen.tier)} data-tier={kit.color(seen.tier)}
      aria-description={t('calendar.seenHelp', { tier })} title={`${format.time(seen.at)} · ${text ? `${text} · ` : ''}${t('calendar.seenHelp', { tier })}`} style={{ '--m': seen.minute, '--at': at } as CSSProperties}
    >
      <i className="sq">{kit.letter(seen.tier)}</i>
      <span className="tm">{format.time(seen.at)}</span>
      <span className="tx" dir="auto">{text ?? (wide ? tier : '')}</span>
      <span className="seen-tag"><IconEye size={11} stroke={1.75} aria-hidden="true" /> <span className={text && !wide ? 'sr' : ''}>{t('calendar.seen')}</span></span>
    </div>
  );
});
