import { useCallback, useRef } from 'react';

/**
 * The focus for a field that a button adds at the end of a list: `next` before it is added, `last` as the `ref` of the last field.
 * Left on the button, the next letter would be a key of the page, and a space would add another.
 */
export function useAdded<Field extends HTMLElement>(): { next: () => void; last: (field: Field | null) => void } {
  const wanted = useRef<Field | null | undefined>(undefined);
  const at = useRef<Field | null>(null);
  const next = useCallback((): void => { wanted.current = at.current; }, []);
  const last = useCallback((field: Field | null): void => {
    if (field === null) return;
    at.current = field;
    // Not the one that was last before.
    if (wanted.current === undefined || field === wanted.current) return;
    wanted.current = undefined;
    field.focus();
  }, []);
  return { next, last };
}
