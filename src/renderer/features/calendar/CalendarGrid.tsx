import { type CSSProperties, type DragEvent, type KeyboardEvent, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Publication } from '../../../shared/contract/publications.ts';
import { instantToWall, wallToInstant } from '../../../shared/domain/time.ts';
import { useView } from '../../app/viewStore.ts';
import { meaningOf } from '../../hotkeys/keys.ts';
import { DRAG_TYPE, type EmptySlot, isMovable } from './Chip.tsx';
import { DayColumn } from './DayColumn.tsx';
import { DayHead } from './DayHead.tsx';
import { type Target, useDrag } from './dragStore.ts';
import { type Area, axisOf, type Axis, folded, type Folds, lineOf, neighbour, nowLineOf, pointAt, slotHeight, topOf } from './geometry.ts';
import { type Item, minuteOf, type Seen, wallAt } from './grid.ts';
import type { Kit } from './kit.ts';
import { Rows } from './Rows.tsx';
import { useChipFocus } from './useChipFocus.ts';
import type { Layout } from './useLayout.ts';
import type { Share } from './usePlan.ts';

export interface GridProps {
  label: string;
  days: readonly string[];
  /** Hours that are always shown. */
  hours: { from: number; to: number };
  items: ReadonlyMap<string, Item[]>;
  seen: ReadonlyMap<string, readonly Seen[]>;
  /** First words of what was seen, by its id on the network. */
  texts: ReadonlyMap<string, string>;
  emptySlots: readonly EmptySlot[];
  layout: Layout;
  standing: (day: string) => Share[];
  kit: Kit;
  now: number;
  /** The day by itself: wider rows of 22 px. */
  wide: boolean;
  selectedId: string | null;
  onSelect: (publication: Publication) => void;
  onSlot: (slot: EmptySlot) => void;
  onSeen: (seen: Seen) => void;
  onNew: (day: string, minute: number) => void;
  onDay: (day: string) => void;
  /** Begins a move by keys, or by pointer. */
  onGrab: (publication: Publication) => void;
  onLift: (publication: Publication) => void;
  onEnd: () => void;
  onHover: (target: Target | null) => void;
  onDrop: () => void;
  onOff: (publication: Publication) => void;
}
const WIDE_SLOT = 22;
/** A day without a clock change: the labels are the clock's, whatever the days on show do. */
const PLAIN_DAY = '2026-01-15';
const ARROWS = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End'] as const;
const NONE: readonly never[] = [];
const NO_LINES: ReadonlyMap<string, number> = new Map();
/** Height of the pill that says what time it is, px, and where the middle of an hour's name is below its line. */
const PILL_PX = 14;
const LABEL_MIDDLE = 6;
const pad = (n: number): string => String(n).padStart(2, '0');

/** Which hours are unfolded: those with now in them at first, then as the user says; a move by keys opens where it goes. */
function useFolds(days: readonly string[], hours: { from: number; to: number }, now: number, kit: Kit): [Folds, (side: keyof Folds, open: boolean) => void] {
  const wall = instantToWall(now, kit.zone);
  const here = days.includes(wall.slice(0, 10)) ? minuteOf(wall) : null;
  const [folds, setFolds] = useState<Folds>(() => ({ before: here !== null && here < hours.from * 60, after: here !== null && here >= hours.to * 60 }));
  const aim = useDrag((state) => (state.how === 'keys' ? (state.target?.minute ?? null) : null));
  const set = useCallback((side: keyof Folds, open: boolean) => setFolds((known) => ({ ...known, [side]: open })), []);
  useEffect(() => {
    if (aim !== null && aim < hours.from * 60) set('before', true);
    if (aim !== null && aim >= hours.to * 60) set('after', true);
  }, [aim, hours.from, hours.to, set]);
  return [folds, set];
}

/** Hours that nobody uses, in one hatched row that opens; it says how many posts it hides. */
function Fold({ kit, wide, from, to, hidden, open, onOpen }: { kit: Kit; /** There is room for words. */ wide: boolean; from: number; to: number; hidden: number; open: boolean; onOpen: (open: boolean) => void }) {
  if (from >= to) return null;
  const hours = `${pad(from)}–${pad(to)}`;
  return (
    <button
      type="button" className={open ? 'fold open' : 'fold'} aria-expanded={open} data-testid={`fold-${from === 0 ? 'before' : 'after'}`} onClick={() => onOpen(!open)}
      aria-description={kit.t(hidden > 0 ? 'calendar.foldHides' : 'calendar.fold', { hours, count: hidden })} title={kit.t(open ? 'calendar.foldClose' : 'calendar.foldOpen')}
      onDragOver={(event) => { if (event.dataTransfer.types.includes(DRAG_TYPE)) onOpen(true); }}
    >
      <span>{wide && !open ? kit.t(hidden > 0 ? 'calendar.foldHides' : 'calendar.fold', { hours, count: hidden }) : hours}</span>{hidden > 0 && !open && !wide ? <b>{kit.t('calendar.count', { count: hidden })}</b> : null}
    </button>
  );
}

/**
 * Day and week: chips at integer minutes of wall time in day columns, unused hours folded, one handler for all that is dragged
 * over it (CALENDAR). It knows publications, minutes and words; what a place means is its caller's to say.
 */
export function CalendarGrid(props: GridProps) {
  const { label, days, hours, items, seen, texts, emptySlots, layout, standing, kit, now, wide, selectedId, onSelect, onSlot, onSeen, onNew, onDay, onGrab, onLift, onEnd, onHover, onDrop, onOff } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const area = useRef<Area | null>(null);
  const [height, setHeight] = useState(720);
  const [folds, setFold] = useFolds(days, hours, now, kit);
  const { above } = layout;
  const slot = wide ? WIDE_SLOT : slotHeight(height, hours, above);
  const axis = useMemo<Axis>(() => axisOf(hours, folds, slot, above), [hours, folds, slot, above]);
  const forget = useCallback(() => { area.current = null; }, []);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const watch = new ResizeObserver(() => { setHeight(element.clientHeight); forget(); });
    watch.observe(element);
    return () => watch.disconnect();
  }, [forget]);
  useEffect(forget, [axis, days, forget]);

  const wall = instantToWall(now, kit.zone);
  const today = wall.slice(0, 10);
  const nowMinute = minuteOf(wall);
  // The hour that is now comes into view with the days it is in; other days begin where their hours do.
  const opening = useRef(0);
  opening.current = axis.from < hours.from * 60 ? topOf(axis, hours.from * 60) : 0;
  useEffect(() => {
    const frame = scroller.current;
    if (!frame || frame.scrollHeight <= frame.clientHeight + 60) return;
    const line = frame.querySelector('.now-line');
    if (line) line.scrollIntoView({ block: 'center' });
    else frame.scrollTop = opening.current;
  }, [days, wide]);

  const slotsOf = useMemo(() => {
    const found = new Map<string, EmptySlot[]>();
    for (const each of emptySlots) {
      const list = found.get(each.day);
      if (list) list.push(each);
      else found.set(each.day, [each]);
    }
    return found;
  }, [emptySlots]);
  const byId = useMemo(() => new Map(days.flatMap((day) => (items.get(day) ?? []).map((item) => [item.publication.id, item.publication] as const))), [days, items]);
  const composing = useView((state) => state.composer !== null);
  const { note, keyOf, lineOf: chipLine } = useChipFocus(scroller, [items, composing, selectedId]);
  const publicationOf = (target: EventTarget): Publication | null => (target instanceof Element ? (byId.get(target.closest('[data-id]')?.getAttribute('data-id') ?? '') ?? null) : null);
  const slotUnder = (target: EventTarget): EmptySlot | null => {
    const key = target instanceof Element ? target.closest('[data-slot]')?.getAttribute('data-slot') : null;
    return key ? (emptySlots.find((each) => `${each.day} ${each.minute}` === key) ?? null) : null;
  };
  const seenUnder = (target: EventTarget): Seen | null => {
    const key = target instanceof Element ? target.closest('[data-seen]')?.getAttribute('data-seen') : null;
    return key ? (days.flatMap((day) => seen.get(day) ?? []).find((each) => each.id === key) ?? null) : null;
  };
  /** Opens what a click or Enter is on. */
  const open = (target: EventTarget): void => {
    const publication = publicationOf(target);
    const free = slotUnder(target);
    const elsewhere = seenUnder(target);
    if (publication) onSelect(publication);
    else if (free) onSlot(free);
    else if (elsewhere) onSeen(elsewhere);
  };

  // One tab stop: the chip that was last in focus, else the next one due (roving tabindex, kept in the page itself).
  useLayoutEffect(() => {
    const cells = [...(body.current?.querySelectorAll<HTMLElement>('.chip') ?? [])];
    if (cells.length === 0 || cells.some((cell) => cell.tabIndex === 0)) return;
    const first = cells.find((cell) => cell.dataset['state'] === 'scheduled') ?? cells[0];
    if (first) first.tabIndex = 0;
  });
  // What is being moved is marked where it stands, and what is no target for it, without a render of 315 chips.
  const lifted = useDrag((state) => state.subject);
  useEffect(() => {
    if (!lifted) return undefined;
    const chips = [...(body.current?.querySelectorAll('.chip') ?? [])];
    const target = `[data-swap][data-n="${kit.tierOf(lifted).number}"]`;
    for (const each of chips) {
      if (each.getAttribute('data-id') === lifted.id) each.classList.add('lifted');
      else if (lifted.state !== 'scheduled' || !lifted.counts || !each.matches(target)) each.setAttribute('aria-disabled', 'true');
    }
    return () => {
      for (const each of chips) {
        each.classList.remove('lifted');
        each.removeAttribute('aria-disabled');
      }
    };
  }, [lifted, kit]);
  const rove = (cell: Element): void => {
    body.current?.querySelectorAll<HTMLElement>('.chip[tabindex="0"]').forEach((each) => { each.tabIndex = -1; });
    if (cell instanceof HTMLElement) cell.tabIndex = 0;
    note(cell);
  };

  const placeUnder = (event: { clientX: number; clientY: number; shiftKey: boolean }): Target | null => {
    if (!area.current) {
      const box = body.current?.querySelector('.day-cols')?.getBoundingClientRect();
      if (!box) return null;
      area.current = { left: box.left, top: box.top, width: box.width };
    }
    const point = pointAt(area.current, axis, days, event.clientX, event.clientY, event.shiftKey);
    return point ? { ...point, fine: event.shiftKey } : null;
  };
  const onDragOver = (event: DragEvent): void => {
    if (!event.dataTransfer.types.includes(DRAG_TYPE)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'move';
    onHover(placeUnder(event));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // A move by keys has the arrows, Enter and Escape for itself.
    if (useDrag.getState().subject || ((event.ctrlKey || event.metaKey || event.altKey) && !event.getModifierState('AltGraph'))) return;
    const meaning = meaningOf(event);
    const cell = event.target instanceof Element ? event.target.closest('.chip') : null;
    if (!cell) return;
    const publication = publicationOf(event.target);
    const arrow = ARROWS.find((each) => each === event.key);
    if (arrow) {
      const columns = [...(body.current?.querySelectorAll('.day-col') ?? [])].map((column) => [...column.querySelectorAll<HTMLElement>('.chip')].map((each) => ({ id: keyOf(each), minute: chipLine(each), element: each })).sort((a, b) => a.minute - b.minute));
      const day = columns.findIndex((column) => column.some((each) => each.element === cell));
      const next = neighbour(columns, { day, index: columns[day]?.findIndex((each) => each.element === cell) ?? -1 }, arrow);
      columns.flat().find((each) => each.id === next)?.element.focus();
    } else if (event.key === 'Enter' || event.key === ' ') open(event.target);
    else if (meaning === 'm' && publication && isMovable(publication)) onGrab(publication);
    else if (meaning === 'Delete' && publication && isMovable(publication)) onOff(publication);
    else return;
    event.preventDefault();
  };
  const nowTop = useMemo(() => {
    if (!days.includes(today) || nowMinute < axis.from || nowMinute >= axis.to) return null;
    const there = [...(items.get(today) ?? NONE), ...(seen.get(today) ?? NONE), ...(slotsOf.get(today) ?? NONE)].map((each) => each.minute);
    return (nowLineOf(axis, nowMinute, there) - lineOf(axis, axis.from)) * axis.slot;
  }, [axis, days, today, nowMinute, items, seen, slotsOf]);
  // At either end of the hours it stays clear of the folded ones' row, and an hour's name makes way for it.
  const pillTop = Math.min(topOf(axis, axis.to) - PILL_PX / 2, Math.max(PILL_PX / 2, nowTop ?? 0));
  const hiddenBy = days.map((day) => folded([...(items.get(day) ?? NONE), ...(seen.get(day) ?? NONE)].map((each) => each.minute), { from: hours.from * 60, to: hours.to * 60 }));
  const labels = useMemo(() => {
    const step = wide ? 15 : 60;
    return Array.from({ length: (axis.to - axis.from) / step }, (_, i) => axis.from + i * step);
  }, [axis, wide]);
  const bodyStyle = { '--from': lineOf(axis, axis.from), '--slot': `${axis.slot}px`, height: topOf(axis, axis.to) } as CSSProperties;
  const template = { '--days': days.length } as CSSProperties;
  return (
    <div className={wide ? 'cgrid wide' : 'cgrid'} ref={scroller} tabIndex={-1} onScroll={forget} style={template} data-testid="calendar-grid">
      {wide ? (
        <div className="day-cols-head" aria-hidden="true"><span>{kit.t('calendar.col.words')}</span><span>{kit.t('calendar.col.link')}</span><span className="th">{kit.t('calendar.filter.theme')}</span><span /><span>USD</span><span>{kit.t('calendar.col.state')}</span></div>
      ) : (
        <div className="heads">
          <div className="corner">{kit.t('calendar.hour')}</div>
          {days.map((day) => <DayHead key={day} day={day} today={today} items={items.get(day) ?? NONE} slots={slotsOf.get(day)?.length ?? 0} shares={standing(day)} kit={kit} onOpen={onDay} />)}
        </div>
      )}
      <Fold kit={kit} wide={wide} from={0} to={hours.from} hidden={hiddenBy.reduce((sum, each) => sum + each.before, 0)} open={folds.before} onOpen={(open) => setFold('before', open)} />
      <div
        className="cgrid-body" ref={body} style={bodyStyle} data-from={axis.from} data-to={axis.to} role="grid" aria-label={label}
        onDragOver={onDragOver}
        onDragLeave={(event) => { if (!(event.relatedTarget instanceof Node) || !event.currentTarget.contains(event.relatedTarget)) onHover(null); }}
        onDrop={(event) => { event.preventDefault(); onHover(placeUnder(event)); onDrop(); }}
        onDragStart={(event) => {
          const publication = publicationOf(event.target);
          if (!publication) return;
          event.dataTransfer.setData(DRAG_TYPE, publication.id);
          event.dataTransfer.effectAllowed = 'copyMove';
          forget();
          onLift(publication);
        }}
        onDragEnd={onEnd}
        onClick={(event) => open(event.target)}
        onDoubleClick={(event) => {
          if (event.target instanceof Element && event.target.closest('.chip')) return;
          const place = placeUnder(event);
          if (place) onNew(place.day, place.minute);
        }}
        onFocus={(event) => { const cell = event.target.closest('.chip'); if (cell) rove(cell); }}
        onKeyDown={onKeyDown}
      >
        <div className="gutter" aria-hidden="true">
          {labels.filter((minute) => nowTop === null || Math.abs(topOf(axis, minute) + (wide ? WIDE_SLOT / 2 : LABEL_MIDDLE) - pillTop) > PILL_PX - 1).map((minute) => <span key={minute} className={minute % 60 === 0 ? 'on-hour' : ''} style={{ top: topOf(axis, minute) }}>{kit.format.time(wallToInstant(wallAt(PLAIN_DAY, minute), kit.zone))}</span>)}
          {nowTop === null ? null : <b className="now-pill" style={{ top: pillTop }} data-testid="now-pill">{kit.format.time(now)}</b>}
        </div>
        <div className="day-cols" role="presentation">
          <Rows axis={axis} />
          {days.map((day) => <DayColumn key={day} day={day} label={kit.format.dayOf(day)} pastTo={day < today ? topOf(axis, axis.to) : day > today ? 0 : (nowTop ?? (nowMinute < axis.from ? 0 : topOf(axis, axis.to)))} nowTop={day === today ? nowTop : null} items={items.get(day) ?? NONE} seen={seen.get(day) ?? NONE} texts={texts} slots={slotsOf.get(day) ?? NONE} lines={layout.lines.get(day) ?? NO_LINES} axis={axis} kit={kit} wide={wide} selectedId={selectedId} />)}
        </div>
      </div>
      <Fold kit={kit} wide={wide} from={hours.to} to={24} hidden={hiddenBy.reduce((sum, each) => sum + each.after, 0)} open={folds.after} onOpen={(open) => setFold('after', open)} />
    </div>
  );
}
