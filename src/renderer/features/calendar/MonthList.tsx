import { Button, Popover } from '@mantine/core';
import { IconChevronDown, IconEye } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Publication } from '../../../shared/contract/publications.ts';
import { useKeyOf } from '../../hotkeys/Key.tsx';
import { meaningOf } from '../../hotkeys/keys.ts';
import { TierMark } from '../../ui/TierMark.tsx';
import { DRAG_TYPE, isMovable, STATE_ICONS } from './Chip.tsx';
import { useDrag } from './dragStore.ts';
import { filteredOf, isOn, passes, useCalendarFilter } from './filter.ts';
import type { Item, Seen } from './grid.ts';
import type { Kit } from './kit.ts';
import type { Move } from './useMove.ts';

interface ListProps {
  day: string;
  kit: Kit;
  items: readonly Item[];
  seen: readonly Seen[];
  move: Move;
  onDay: (day: string) => void;
  onOpen: (publication: Publication) => void;
}

/** The posts of a day of the month, each to be taken to another day with its time of day kept: by pointer, or by M, arrows and Enter. */
function DayRows({ day, kit, items, seen, move, onDay, onOpen }: ListProps) {
  const { t, format } = kit;
  const keyOf = useKeyOf();
  const { filter, themes } = useCalendarFilter();
  const list = useRef<HTMLDivElement>(null);
  /** Where the one that is being moved by keys stood. */
  const taken = useRef<number | null>(null);
  const still = useDrag((state) => state.subject === null);
  const buttons = (): HTMLElement[] => [...(list.current?.querySelectorAll<HTMLElement>('.month-row') ?? [])];
  // Moved away or put back: the list is gone on with where it was.
  useEffect(() => {
    if (!still || taken.current === null) return;
    const rows = buttons();
    (rows[taken.current] ?? rows.at(-1))?.focus();
    if (rows.length > 0) taken.current = null;
  }, [still, items]);
  const rows = [...items.map((item) => ({ ...item, seen: null })), ...seen.map((each) => ({ publication: null, minute: each.minute, seen: each }))].sort((a, b) => a.minute - b.minute);
  const onKeyDown = (event: KeyboardEvent, publication: Publication | null, index: number): void => {
    if (useDrag.getState().subject || ((event.ctrlKey || event.metaKey || event.altKey) && !event.getModifierState('AltGraph'))) return;
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (by !== 0) buttons()[index + by]?.focus();
    else if (meaningOf(event) === 'm' && publication && isMovable(publication)) {
      taken.current = index;
      move.grab(publication, 'keys');
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      <header>
        <b>{format.dayOf(day)}</b> <span className="quiet">{t('calendar.count', { count: rows.length })}</span><span className="grow" />
        <Button size="compact-sm" variant="default" data-testid="list-open-day" onClick={() => onDay(day)}>{t('calendar.openDay')}</Button>
      </header>
      {items.some((item) => isMovable(item.publication)) ? <p className="quiet">{t('calendar.dayListHint', { key: keyOf('m') })}</p> : null}
      <div className="month-rows" ref={list}>
        {rows.map(({ publication, minute, seen: other }, index) => {
          const seenTier = other?.tier ?? '';
          const tierWords = publication ? kit.tierOf(publication).name : kit.number(seenTier) < 0 ? t('shell.unclassified') : kit.name(seenTier);
          const Sign = publication ? STATE_ICONS[publication.state] : IconEye;
          const state = publication ? t(`calendar.state.${publication.state}`) : t('calendar.seen');
          return (
            <button
              key={publication?.id ?? other?.id ?? minute} type="button" className="month-row" tabIndex={index === 0 ? 0 : -1} data-autofocus={index === 0 ? '' : undefined} data-testid={publication ? 'month-row' : 'month-seen'} data-id={publication?.id} data-state={publication?.state ?? 'seen'} data-dim={isOn(filter) && !passes(filter, publication ? filteredOf(publication, themes) : { tier: seenTier, state: 'seen', theme: '', text: '' }) ? '' : undefined} draggable={publication !== null && isMovable(publication)}
              aria-description={`${tierWords}, ${state}`} onClick={() => { if (publication) onOpen(publication); }} onKeyDown={(event) => onKeyDown(event, publication, index)}
              onDragStart={(event) => {
                if (!publication) return;
                event.dataTransfer.setData(DRAG_TYPE, publication.id);
                event.dataTransfer.effectAllowed = 'copyMove';
                move.lift(publication);
              }}
              onDragEnd={move.end}
            >
              {publication ? <TierMark policy={kit.policy} post={publication} /> : <span className="tier" data-tier={kit.color(seenTier)}>{kit.letter(seenTier)}</span>}
              <span className="tm">{format.time(publication ? (publication.sentAt ?? publication.dueAt ?? 0) : (other?.at ?? 0))}</span>
              <span className="clip">{publication ? kit.firstWords(publication) : state}</span>
              {Sign ? <Sign size={12} stroke={1.75} aria-hidden="true" /> : null}
            </button>
          );
        })}
      </div>
    </>
  );
}

/** How many posts a day of the month has; opens their list. While one of them is being moved the list lets the days be seen. */
export function MonthList(props: ListProps & { label: string }) {
  const { kit, day, label } = props;
  const [open, setOpen] = useState(false);
  const moving = useDrag((state) => state.subject !== null);
  return (
    <Popover opened={open} onChange={setOpen} position="right-start" width={320} trapFocus returnFocus closeOnEscape={!moving} closeOnClickOutside={!moving} classNames={{ dropdown: 'month-list' }}>
      <Popover.Target>
        <button type="button" className="cell-count" data-testid={`list-${day}`} aria-expanded={open} title={kit.t('calendar.dayList')} aria-label={`${kit.t('calendar.dayList')}: ${label}`} onClick={() => setOpen(!open)}>{label}<IconChevronDown size={11} stroke={2} aria-hidden="true" /></button>
      </Popover.Target>
      <Popover.Dropdown data-testid="day-list" aria-label={kit.format.dayOf(day)}>{open ? <DayRows {...props} /> : null}</Popover.Dropdown>
    </Popover>
  );
}
