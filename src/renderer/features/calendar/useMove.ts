import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { Publication } from '../../../shared/contract/publications.ts';
import { instantToWall } from '../../../shared/domain/time.ts';
import { useKeys } from '../../hotkeys/keys.ts';
import { spreadBands } from './bands.ts';
import { endDrag, type Target, useDrag } from './dragStore.ts';
import { type CalendarView, type Item, minuteOf, nextQuarter, shiftDays, shiftWall, soonWall } from './grid.ts';
import type { Kit } from './kit.ts';
import { canExchange, landingAt, wantedOf } from './landing.ts';
import type { Layout } from './useLayout.ts';
import type { Plan } from './usePlan.ts';

const NONE: readonly Item[] = [];
const sameTarget = (a: Target | null, b: Target | null): boolean => a === b || (a !== null && b !== null && a.day === b.day && a.minute === b.minute && a.fine === b.fine && a.line === b.line);

/** Moving a post by pointer and by keys: what a place means, what letting go does. Both draw the same and say the same. */
export function useMove(account: Account, plan: Plan, kit: Kit, view: { mode: CalendarView; days: readonly string[]; items: ReadonlyMap<string, Item[]>; layout: Layout; onDay: (day: string) => void }) {
  const { zone, policy } = account;
  const { days, items } = view;
  const latest = useRef({ plan, kit, ...view });
  latest.current = { plan, kit, ...view };
  /** Gets the focus back once it stands where it was put. */
  const returnTo = useRef<string | null>(null);

  const hover = useCallback((target: Target | null): void => {
    const { subject, target: known, off } = useDrag.getState();
    if (!subject || (sameTarget(known, target) && !off)) return;
    if (!target) return useDrag.setState({ target: null, landing: null, after: null });
    const { plan: now, items: at, layout: { lines } } = latest.current;
    const landing = landingAt(subject, target, { rule: now.rule, policy, zone, now: Date.now(), items: at.get(target.day) ?? NONE, lines: lines.get(target.day) });
    const wanted = subject.counts ? wantedOf(subject, landing) : null;
    return useDrag.setState({ target, landing, after: wanted && now.rule ? now.rule.after(wanted) : null, off: false });
  }, [policy, zone]);

  /** Shows the day; in the month only where it is not on show already, so that its open list stays. */
  const toDay = useCallback((day: string): void => {
    const { mode, days: shown, onDay } = latest.current;
    if (mode !== 'month' || !shown.includes(day)) onDay(day);
  }, []);
  const swaps = useCallback((subject: Publication, day: string): boolean => (
    subject.state === 'scheduled' && subject.counts && (latest.current.items.get(day) ?? NONE).some((item) => item.publication.id !== subject.id && item.publication.tier === subject.tier && canExchange(item.publication, policy, Date.now()))
  ), [policy]);
  const grab = useCallback((subject: Publication, how: 'pointer' | 'keys'): void => {
    const { plan: now, kit: words, days: shown } = latest.current;
    useDrag.setState({ subject, how, target: null, landing: null, after: null, off: false, bands: new Map(), room: new Map() });
    spreadBands(subject, shown, { rule: now.rule, kit: words, swaps: (day) => swaps(subject, day) });
    if (how === 'pointer') return;
    returnTo.current = subject.id;
    const wall = subject.dueAt !== null && subject.dueAt > Date.now() ? instantToWall(subject.dueAt, zone) : soonWall(Date.now(), zone);
    toDay(wall.slice(0, 10));
    hover({ day: wall.slice(0, 10), minute: minuteOf(wall), fine: true });
  }, [hover, toDay, swaps, zone]);

  // Days that come into view while a post is being moved by keys get their bands too.
  useEffect(() => {
    const { subject, how } = useDrag.getState();
    if (subject && how === 'keys') spreadBands(subject, days, { rule: latest.current.plan.rule, kit: latest.current.kit, swaps: (day) => swaps(subject, day) });
  }, [days, swaps]);

  /** A drag has begun: it shows after the next frame, when the browser has its picture of the chip; a hand that is quicker is not lost. */
  const begun = useRef<Publication | null>(null);
  const lift = useCallback((publication: Publication): void => {
    begun.current = publication;
    requestAnimationFrame(() => {
      if (begun.current === publication) grab(publication, 'pointer');
      begun.current = null;
    });
  }, [grab]);
  const over = useCallback((target: Target | null): void => {
    const waiting = begun.current;
    begun.current = null;
    if (waiting) grab(waiting, 'pointer');
    hover(target);
  }, [grab, hover]);
  const end = useCallback((): void => {
    begun.current = null;
    endDrag();
  }, []);

  const drop = useCallback((): void => {
    const { subject, landing } = useDrag.getState();
    endDrag();
    if (!subject || !landing || landing.kind === 'same') return;
    const { plan: now } = latest.current;
    returnTo.current = subject.id;
    if (landing.kind === 'exchange') void now.exchange(subject, landing.other, landing.wall);
    else if (landing.kind === 'take') void now.takePlace(subject, landing.other, landing.wall);
    else void now.place(subject, landing.wall);
  }, []);

  const byKeys = (change: (wall: string) => string) => (): boolean => {
    const { subject, how, target } = useDrag.getState();
    if (!subject || how !== 'keys' || !target) return false;
    const wall = change(`${target.day}T${String(Math.floor(target.minute / 60)).padStart(2, '0')}:${String(target.minute % 60).padStart(2, '0')}`);
    toDay(wall.slice(0, 10));
    hover({ day: wall.slice(0, 10), minute: minuteOf(wall), fine: latest.current.mode === 'month' || minuteOf(wall) % 15 !== 0 });
    requestAnimationFrame(() => document.querySelector('.place, .month-cell.over')?.scrollIntoView({ block: 'nearest', inline: 'nearest' }));
    return true;
  };
  useKeys({
    // In the month the time of day is kept: up and down are weeks.
    ArrowUp: byKeys((wall) => (view.mode === 'month' ? shiftDays(wall, -7) : nextQuarter(wall, -1, zone))), ArrowDown: byKeys((wall) => (view.mode === 'month' ? shiftDays(wall, 7) : nextQuarter(wall, 1, zone))),
    'Shift+ArrowUp': byKeys((wall) => (view.mode === 'month' ? wall : shiftWall(wall, -5, zone))), 'Shift+ArrowDown': byKeys((wall) => (view.mode === 'month' ? wall : shiftWall(wall, 5, zone))),
    ArrowLeft: byKeys((wall) => shiftDays(wall, -1)), ArrowRight: byKeys((wall) => shiftDays(wall, 1)),
    Enter: () => {
      const { subject, how } = useDrag.getState();
      if (!subject || how !== 'keys') return false;
      drop();
      return true;
    },
    Escape: () => {
      const { subject } = useDrag.getState();
      if (!subject) return false;
      endDrag();
      return true;
    },
  });
  // What was moved gets the focus back where it stands now.
  const still = useDrag((state) => state.subject === null);
  useEffect(() => {
    const id = returnTo.current;
    const chip = id !== null && still ? document.querySelector<HTMLElement>(`.cgrid [data-id="${CSS.escape(id)}"]`) : null;
    if (!chip) return;
    // On the way it may have left the screen, and its neighbour got the focus meanwhile: nobody asked for that one.
    if (!document.activeElement?.closest('.mantine-Modal-root, .dock')) chip.focus({ preventScroll: true });
  }, [items, still]);
  // Until the user does something else.
  useEffect(() => {
    const forget = (): void => { if (useDrag.getState().subject === null) returnTo.current = null; };
    for (const type of ['keydown', 'pointerdown'] as const) document.addEventListener(type, forget, true);
    return () => { for (const type of ['keydown', 'pointerdown'] as const) document.removeEventListener(type, forget, true); };
  }, []);
  useEffect(() => endDrag, []);
  return useMemo(() => ({ hover: over, grab, lift, drop, end }), [over, grab, lift, drop, end]);
}
export type Move = ReturnType<typeof useMove>;
