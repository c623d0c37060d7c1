import { useEffect } from 'react';
import { useView } from './viewStore.ts';

const KEY = 'parrilla.composer';

/** Remembers for this window which draft the composer is on; null when it is closed. Survives a reload, not a restart. */
export function rememberDraft(id: string | null): void {
  if (id === null) sessionStorage.removeItem(KEY);
  else sessionStorage.setItem(KEY, id);
}

/** After a crash or a reload the composer opens again on the draft that was being written. */
export function useReopen(): void {
  useEffect(() => {
    const id = sessionStorage.getItem(KEY);
    if (id !== null && useView.getState().composer === null) useView.getState().openComposer({ kind: 'edit', id });
  }, []);
}
