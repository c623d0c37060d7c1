import { useEffect, useRef, useState } from 'react';

const kept = new Map<string, unknown>();

/** State of a page that is there again when one comes back to it, until the window closes. A key always holds the same type. */
export function useKept<T>(key: string, initial: T): { value: T; set: (value: T) => void; forget: () => void } {
  const [value, setValue] = useState<T>(() => (kept.has(key) ? (kept.get(key) as T) : initial));
  return {
    value,
    set(next) {
      kept.set(key, next);
      setValue(next);
    },
    forget: () => void kept.delete(key),
  };
}

/** What is changed shows at once; what core says then stands. `now()` is the newest, also between two renders. */
export function useShown<T>(saved: T | undefined): { shown: T | undefined; now: () => T | undefined; put: (next: T, write: () => Promise<T>) => Promise<void> } {
  const [shown, setShown] = useState(saved);
  const latest = useRef(saved);
  const said = useRef(saved);
  const writing = useRef(0);
  const show = (value: T | undefined): void => {
    latest.current = value;
    setShown(() => value);
  };
  useEffect(() => {
    said.current = saved;
    if (writing.current === 0) show(saved);
  }, [saved]);
  return {
    shown,
    now: () => latest.current,
    async put(next, write) {
      writing.current += 1;
      show(next);
      try {
        const stands = await write();
        said.current = stands;
      } finally {
        writing.current -= 1;
        if (writing.current === 0) show(said.current);
      }
    },
  };
}

/** Gives the focus to an element once it is drawn. */
export function focusSoon(id: string): void {
  requestAnimationFrame(() => document.getElementById(id)?.focus());
}
