import '../../styles/calendarFilter.css';
import { Drawer } from '@mantine/core';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { Publication } from '../../../shared/contract/publications.ts';
import { addDays, dayOf, monthOf, wallToInstant } from '../../../shared/domain/time.ts';
import { useView } from '../../app/viewStore.ts';
import { useKeys } from '../../hotkeys/keys.ts';
import { stepThrough } from '../../hotkeys/stepThrough.ts';
import { useRpcQuery } from '../../rpc/hooks.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { useAccounts } from '../../ui/useAccounts.ts';
import { useOpen } from '../../ui/ExternalLink.tsx';
import { OnPage } from '../../ui/OnPage.tsx';
import { useNow } from '../../ui/useNow.ts';
import { useWantedCard } from '../library/wantedItem.ts';
import { CalendarGrid } from './CalendarGrid.tsx';
import type { EmptySlot } from './Chip.tsx';
import { DayPanel } from './DayPanel.tsx';
import { DragCard } from './DragCard.tsx';
import { useDrag } from './dragStore.ts';
import { EmptyWeek } from './EmptyWeek.tsx';
import { FillPage } from './FillPage.tsx';
import { isOn, NO_FILTER, themesOf, useCalendarFilter } from './filter.ts';
import { type CalendarView, daysOf, type Item, type Seen, seenByDay, startsOn, step, wallAt } from './grid.ts';
import { useKit } from './kit.ts';
import { wallOf } from './landing.ts';
import { ListView } from './ListView.tsx';
import { useSeenTexts } from './useSeenTexts.ts';
import { MonthGrid } from './MonthGrid.tsx';
import { RatioStrip } from './RatioStrip.tsx';
import { Refusal } from './Refusal.tsx';
import { Toolbar } from './Toolbar.tsx';
import { Tray } from './Tray.tsx';
import { useLayout } from './useLayout.ts';
import { useMove } from './useMove.ts';
import { usePlan } from './usePlan.ts';
import { useWeek } from './useWeek.ts';

/** Narrower than this, px, the tray leaves the grid its room and becomes a drawer. */
const NARROW = 900;
const NO_DAYS: readonly string[] = [];
const NO_ITEMS: readonly Item[] = [];

/** What was looked at when another screen was gone to; the next morning begins with its own day. */
let left: { mode: CalendarView; day: string; today: string } | null = null;

/** The plan of the account chosen in the bar. */
export function CalendarScreen() {
  const { current } = useAccounts();
  return current ? <Calendar key={current.id} account={current} /> : null;
}

/** Is an element narrower than the tray and the grid need beside each other? */
function useNarrow(): [React.RefObject<HTMLDivElement | null>, boolean] {
  const element = useRef<HTMLDivElement>(null);
  const [narrow, setNarrow] = useState(false);
  useLayoutEffect(() => {
    if (!element.current) return undefined;
    const watch = new ResizeObserver(([entry]) => setNarrow((entry?.contentRect.width ?? NARROW) < NARROW));
    watch.observe(element.current);
    return () => watch.disconnect();
  }, []);
  return [element, narrow];
}

/** What J and K go through: the list of a day of the month that is open, the posts in order of time, the days of a month, the rows of the list. */
function stepsOf(frame: HTMLElement): { steps: HTMLElement[]; first: HTMLElement | undefined } {
  const rows = document.activeElement?.closest('.month-rows');
  const all = (selector: string, within: ParentNode = frame): HTMLElement[] => [...within.querySelectorAll<HTMLElement>(selector)];
  if (rows) return { steps: all('.month-row', rows), first: undefined };
  const line = (chip: HTMLElement): number => Number(chip.style.getPropertyValue('--at'));
  const chips = all('.day-col').flatMap((column) => all('.chip', column).sort((a, b) => line(a) - line(b)));
  const days = all('.month-cell .cell-open');
  return { steps: [...chips, ...days, ...all('.list-open')], first: chips.find((chip) => chip.tabIndex === 0) ?? days.find((day) => day.closest('.today')) };
}

function Calendar({ account }: { account: Account }) {
  const openComposer = useView((state) => state.openComposer);
  const setView = useView((state) => state.set);
  const filling = useView((state) => state.fillOpen);
  const goSettings = useView((state) => state.goSettings);
  const fill = useView((state) => state.fill);
  const plan = usePlan(account);
  const kit = useKit(account, plan.format);
  const { zone } = account;
  const { t } = kit;
  const settings = useRpcQuery('settings.get', {}).data;
  const now = useNow();
  const [mode, setMode] = useState<CalendarView>(() => left?.mode ?? 'week');
  const [day, setDay] = useState(() => {
    const today = dayOf(Date.now(), zone);
    return left?.today === today ? left.day : today;
  });
  useEffect(() => { left = { mode, day, today: dayOf(Date.now(), zone) }; }, [mode, day, zone]);
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const dayWanted = useView((state) => state.dayWanted);
  useEffect(() => {
    if (dayWanted === null) return;
    setDay(dayWanted);
    setMode('day');
    setSelectedId(null);
    setView({ dayWanted: null });
  }, [dayWanted, setView]);
  const [trayOpen, setTrayOpen] = useState(() => useWantedCard.getState().words !== null);
  const [frame, narrow] = useNarrow();
  const starts = startsOn(settings?.weekStart ?? 'auto');
  const days = useMemo(() => daysOf(mode, day, starts), [mode, day, starts]);
  const hours = useMemo(() => ({ from: settings?.dayStartHour ?? 8, to: settings?.dayEndHour ?? 20 }), [settings?.dayStartHour, settings?.dayEndHour]);
  const { publications, items, loaded } = useWeek(account, days);
  const minute = Math.floor(now / 60_000) * 60_000;
  const slots = useMemo(() => plan.slotsOf(days, minute), [plan.slotsOf, days, minute]);
  const emptySlots = useMemo(() => slots.filter((slot) => !items.get(slot.day)?.some((item) => item.minute === slot.minute)), [slots, items]);
  const today = dayOf(now, zone);
  const dragged = useDrag((state) => state.subject);

  const seen = useMemo(() => seenByDay(plan.units, zone), [plan.units, zone]);
  const texts = useSeenTexts(account.id, mode === 'month' ? NO_DAYS : days, seen);
  const layout = useLayout(days, items, seen, emptySlots);
  const move = useMove(account, plan, kit, { mode, days, items, layout, onDay: setDay });

  const standing = useCallback((which: string) => plan.rule?.standing(which) ?? [], [plan.rule]);
  const edit = useCallback((publication: Publication) => openComposer({ kind: 'edit', id: publication.id }), [openComposer]);
  const select = useCallback((publication: Publication) => (mode === 'day' ? setSelectedId(publication.id) : edit(publication)), [mode, edit]);
  const openDay = useCallback((which: string) => { setDay(which); setMode('day'); setSelectedId(null); }, []);
  const newAt = useCallback((which: string, minute: number) => {
    const wall = wallOf(which, minute, Date.now(), zone);
    if (dayOf(Date.now(), zone) <= which) openComposer({ kind: 'new', wall });
  }, [openComposer, zone]);
  const fromSlot = useCallback((slot: EmptySlot) => openComposer({ kind: 'new', wall: wallAt(slot.day, slot.minute), tier: slot.tier }), [openComposer]);
  const openOnX = useOpen();
  // Practice has no page of its own to show it on.
  const fromSeen = useCallback((each: Seen) => { if (account.network === 'x') openOnX(`https://x.com/i/status/${each.remoteId}`); }, [account.network, openOnX]);
  const off = useCallback((publication: Publication) => void plan.unschedule(publication), [plan.unschedule]);

  const through = (by: 1 | -1) => (): boolean => {
    if (useDrag.getState().subject || !frame.current) return false;
    const { steps, first } = stepsOf(frame.current);
    return stepThrough(steps, by, first);
  };
  // The filter is of this account and this look at its calendar.
  useEffect(() => useCalendarFilter.setState({ themes: themesOf(plan.template) }), [plan.template]);
  useEffect(() => () => useCalendarFilter.setState({ filter: NO_FILTER }), []);
  const unfilter = (): boolean => {
    if (useDrag.getState().subject || !isOn(useCalendarFilter.getState().filter)) return false;
    useCalendarFilter.setState({ filter: NO_FILTER });
    return true;
  };
  const find = (): boolean => {
    const button = frame.current?.querySelector<HTMLElement>('[data-find-opens]');
    if (button?.getAttribute('aria-expanded') === 'false') button.click();
    return button !== null;
  };
  useKeys({ j: through(1), k: through(-1), Escape: unfilter, 'Mod+f': find });
  const grabByKeys = useCallback((publication: Publication) => move.grab(publication, 'keys'), [move.grab]);
  const { format } = plan;
  const first = days[0] ?? day;
  const last = days.at(-1) ?? day;
  const dayMonth = (which: string): string => format.dayMonth(wallToInstant(`${which}T12:00`, zone));
  const title = mode === 'month' ? format.month(day) : mode === 'day' ? format.dayOf(day) : t('calendar.span', { from: first.slice(0, 7) === last.slice(0, 7) ? Number(first.slice(8)) : dayMonth(first), to: `${dayMonth(last)} ${last.slice(0, 4)}` });
  // A month's grid begins and ends in its neighbours.
  const fillFrom = mode === 'month' ? monthOf(day).start : first;
  const fillTo = mode === 'month' ? monthOf(day).end : last;
  const stripDays = useMemo(() => (mode === 'month' ? days.filter((each) => each >= monthOf(day).start && each <= monthOf(day).end) : days), [mode, days, day]);
  const shown = mode === 'month' ? publications.filter((each) => dayOf(each.sentAt ?? each.dueAt ?? 0, zone).slice(0, 7) === day.slice(0, 7)) : publications;
  const selected = mode === 'day' ? (publications.find((each) => each.id === selectedId) ?? null) : null;
  const tray = <Tray account={account} plan={plan} kit={kit} move={move} slots={slots.length > 0} seen={days.some((each) => seen.has(each))} />;
  const side = selected
    ? <DayPanel account={account} plan={plan} kit={kit} day={day} items={items.get(day) ?? NO_ITEMS} publication={selected} onClose={() => setSelectedId(null)} onEdit={edit} onMove={grabByKeys} onOff={off} />
    : tray;
  const empty = loaded && publications.length === 0 && mode === 'week';
  const grid = { label: title, days, hours, items, seen, texts, emptySlots, layout, standing, kit, now, selectedId: selected?.id ?? null, onSelect: select, onSlot: fromSlot, onSeen: fromSeen, onNew: newAt, onDay: openDay, onGrab: grabByKeys, onLift: move.lift, onEnd: move.end, onHover: move.hover, onDrop: move.drop, onOff: off };
  const fillTitle = mode === 'day' ? t('fill.title.day', { day: title.replace(',', '') }) : mode === 'month' ? t('fill.title.month', { month: title }) : t('fill.title.week', { span: title });
  return (
    <>
      {filling ? <FillPage account={account} kit={kit} from={fillFrom < today ? today : fillFrom} to={fillTo} title={fillTitle} onClose={() => setView({ fillOpen: false })} /> : null}
      <div className={`calendar${narrow ? ' narrow' : ''}${selected ? ' with-panel' : ''}${filling ? ' under' : ''}`} inert={filling} ref={frame} data-testid="calendar" data-moving={dragged ? kit.tierOf(dragged).number : undefined} data-moving-swaps={dragged?.state === 'scheduled' && dragged.counts ? '' : undefined}>
        <Toolbar publications={shown} slots={slots.length > 0} seen={stripDays.flatMap((each) => seen.get(each) ?? [])} texts={texts} account={account} kit={kit} mode={mode} title={title} onMode={setMode} day={day} today={today} onDay={setDay} onStep={(by) => setDay(step(mode, day, by))} onImport={() => setView({ bulkOpen: true })} onSpread={mode === 'day' && day >= today ? () => void plan.spread(day) : null} onFill={plan.hasTemplate && fillTo >= today ? () => setView({ fillOpen: true }) : null} onTray={narrow ? () => setTrayOpen(true) : null} />
        <div className="cal-strip">{plan.rule ? <RatioStrip account={account} kit={kit} rule={plan.rule} days={stripDays} label={t(`calendar.${mode === 'list' ? 'week' : mode}`)} publications={shown} slots={emptySlots.filter((slot) => stripDays.includes(slot.day)).length} /> : null}</div>
        <div className="cal-main">
          {mode === 'week' || mode === 'day' ? <CalendarGrid key={mode} {...grid} wide={mode === 'day'} /> : null}
          {mode === 'month' ? <MonthGrid account={account} kit={kit} days={days} month={day.slice(0, 7)} today={today} items={items} seen={seen} slots={emptySlots} standing={standing} move={move} onDay={openDay} onOpen={edit} onFill={plan.hasTemplate ? fill : null} /> : null}
          {mode === 'list' ? <ListView kit={kit} days={days} items={items} seen={seen} texts={texts} today={today} onOpen={edit} /> : null}
          {empty ? <EmptyWeek kit={kit} past={last < today} aside={days.slice(0, 3).some((each) => seen.has(each)) && !days.slice(5).some((each) => seen.has(each))} onFill={plan.hasTemplate ? () => setView({ fillOpen: true }) : null} onTemplate={plan.hasTemplate ? null : () => goSettings('template')} onImport={() => setView({ bulkOpen: true })} onWrite={() => openComposer({ kind: 'new' })} onNext={last < today ? () => setDay(today) : () => setDay(addDays(first, 7))} /> : null}
        </div>
        {narrow ? <Drawer opened={trayOpen || selected !== null} onClose={() => { setTrayOpen(false); setSelectedId(null); }} position="right" size={300} title={selected ? undefined : t('calendar.tray')} withOverlay={false} lockScroll={false} trapFocus={false} closeButtonProps={{ 'aria-label': t('shell.close') }}>{side}</Drawer> : side}
        {dragged ? <OnPage part="moving" /> : null}
        <DragCard kit={kit} byDay={mode === 'month'} />
        <Dialog opened={plan.refused !== null} onClose={plan.dismiss} title={t('calendar.refused')}>
          {plan.refused ? <Refusal titled account={account} refused={plan.refused.answer} busy={plan.busy} onTake={plan.take} /> : null}
        </Dialog>
      </div>
    </>
  );
}
