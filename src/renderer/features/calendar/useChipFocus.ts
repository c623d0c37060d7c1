import { type RefObject, useCallback, useEffect, useRef } from 'react';

interface Noted {
  key: string;
  day: string;
  at: number;
}
const keyOf = (chip: HTMLElement): string => chip.dataset['id'] ?? chip.dataset['slot'] ?? chip.dataset['seen'] ?? '';
const lineOf = (chip: HTMLElement): number => Number(chip.style.getPropertyValue('--at'));

/** What stands nearest to where a chip was: in its day, the next before the one before; else in the days around it. */
function nearest(body: HTMLElement, gone: Noted): HTMLElement | null {
  const columns = [...body.querySelectorAll<HTMLElement>('.day-col')];
  const home = columns.findIndex((column) => column.dataset['day'] === gone.day);
  const order = columns.map((column, i) => ({ column, far: home < 0 ? i : Math.abs(i - home) })).sort((a, b) => a.far - b.far);
  for (const { column } of order) {
    const chips = [...column.querySelectorAll<HTMLElement>('.chip')].sort((a, b) => lineOf(a) - lineOf(b));
    const found = chips.find((chip) => lineOf(chip) >= gone.at) ?? chips.at(-1);
    if (found) return found;
  }
  return null;
}

/**
 * Keeps the focus on the grid: when the chip that had it goes, its neighbour takes it; when an undo brings the chip back, so does the focus.
 * `changes` are what may take a chip, or the place that had the focus, away.
 */
export function useChipFocus(scroller: RefObject<HTMLDivElement | null>, changes: readonly unknown[]): { note: (chip: Element) => void; keyOf: typeof keyOf; lineOf: typeof lineOf } {
  const last = useRef<Noted | null>(null);
  const gone = useRef<string | null>(null);
  useEffect(() => {
    // A click elsewhere says that the user is elsewhere; one on a notice is how an undo is asked for.
    const leave = (event: PointerEvent): void => {
      if (event.target instanceof Element && !event.target.closest('.chip, .mantine-Notifications-root, .dock, .day-panel, .mantine-Modal-root')) last.current = gone.current = null;
    };
    document.addEventListener('pointerdown', leave, true);
    return () => document.removeEventListener('pointerdown', leave, true);
  }, []);
  useEffect(() => {
    const body = scroller.current;
    if (!body) return;
    const find = (key: string): HTMLElement | null => [...body.querySelectorAll<HTMLElement>('.chip')].find((chip) => keyOf(chip) === key) ?? null;
    const active = document.activeElement;
    const loose = active === null || active === document.body;
    const back = gone.current === null ? null : find(gone.current);
    if (back) {
      gone.current = null;
      if (loose || active.matches('.chip') || active.closest('.mantine-Notifications-root')) back.focus();
      return;
    }
    if (!last.current || !loose) return;
    const still = find(last.current.key);
    if (!still) gone.current = last.current.key;
    (still ?? nearest(body, last.current) ?? body).focus();
    // The list is the caller's, of one length.
  }, changes);
  const note = useCallback((chip: Element): void => {
    if (chip instanceof HTMLElement) last.current = { key: keyOf(chip), day: chip.closest<HTMLElement>('.day-col')?.dataset['day'] ?? '', at: lineOf(chip) };
  }, []);
  return { note, keyOf, lineOf };
}
