import { spotlight } from '@mantine/spotlight';
import { useEffect, useRef } from 'react';
import { create } from 'zustand';
import type { PaletteKind } from './paletteFound.ts';
import { useView } from './viewStore.ts';

/** What the screen that is open adds to the palette. */
export interface PaletteAct {
  id: string;
  label: string;
  keys: string;
  run: () => void;
}
/** `chosen`: the post that was in focus when it was opened. */
export const usePalette = create<{ typed: string; acts: readonly PaletteAct[]; kind: PaletteKind; chosen: string | null }>(() => ({ typed: '', acts: [], kind: 'all', chosen: null }));

const FIELD = 'input.mantine-Spotlight-search';
/** The field has the focus well before that; should it never get it, the keys go back to where they were. */
const AHEAD_MS = 1500;

/** What was typed before the field was there changed no field: the first that is found is chosen as if it had, once it is drawn; `entered` takes it. */
function chooseSoon(entered: boolean): void {
  requestAnimationFrame(() => requestAnimationFrame(() => {
    const chosen = (): HTMLElement | null => document.querySelector('.mantine-Spotlight-action[data-selected]');
    if (!chosen()) document.querySelector(FIELD)?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', code: 'ArrowDown', bubbles: true, cancelable: true }));
    if (entered) chosen()?.click();
  }));
}
/** Opens the palette. Who types before its field is there types into it all the same, and Enter takes what is found. */
export function openPalette(): void {
  if (useView.getState().paletteOpen) return;
  const at = document.activeElement?.closest('[data-id]') ?? document.querySelector('.calendar [data-selected][data-id]');
  usePalette.setState({ kind: 'all', chosen: at?.getAttribute('data-id') ?? null });
  spotlight.open();
  let entered = false;
  const stop = (): void => {
    clearTimeout(timer);
    document.removeEventListener('keydown', ahead, true);
    document.removeEventListener('focusin', there);
  };
  const there = (): void => {
    if (!document.activeElement?.matches(FIELD)) return;
    stop();
    if (usePalette.getState().typed !== '') chooseSoon(entered);
  };
  const ahead = (event: KeyboardEvent): void => {
    if (document.activeElement?.matches(FIELD)) return stop();
    if (event.key === 'Enter') {
      entered = true;
      event.preventDefault();
      event.stopPropagation();
      return undefined;
    }
    if (event.key.length !== 1 || event.isComposing || ((event.ctrlKey || event.metaKey || event.altKey) && !event.getModifierState('AltGraph'))) return undefined;
    event.preventDefault();
    event.stopPropagation();
    if (!entered) usePalette.setState((old) => ({ typed: old.typed + event.key }));
    return undefined;
  };
  const timer = setTimeout(stop, AHEAD_MS);
  document.addEventListener('keydown', ahead, true);
  document.addEventListener('focusin', there);
}

/** Adds the acts of a screen to the palette while it is shown. */
export function usePaletteActs(acts: readonly PaletteAct[]): void {
  const latest = useRef(acts);
  useEffect(() => { latest.current = acts; });
  const key = acts.map((each) => `${each.id} ${each.label}`).join('|');
  useEffect(() => {
    usePalette.setState({ acts: latest.current.map((each, index) => ({ ...each, run: () => latest.current[index]?.run() })) });
    return () => usePalette.setState({ acts: [] });
  }, [key]);
}
