import { type RefObject, useRef } from 'react';

/** Gives the focus to a row of a list: at once where it is drawn, else once it has been; what is asked for next goes before that. */
export function useSoonFocus(frame: RefObject<HTMLElement | null>): (selector: string) => void {
  const wanted = useRef<string | null>(null);
  return (selector) => {
    const found = (): HTMLElement | null => frame.current?.querySelector<HTMLElement>(selector) ?? null;
    wanted.current = null;
    const there = found();
    if (there) return there.focus({ preventScroll: true });
    wanted.current = selector;
    return void requestAnimationFrame(() => requestAnimationFrame(() => {
      if (wanted.current === selector) found()?.focus({ preventScroll: true });
    }));
  };
}
