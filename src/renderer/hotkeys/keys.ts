import { useEffect, useRef, useState } from 'react';
import { isSingle, translated } from '../../shared/domain/hotkeys.ts';
import { useBindings } from './bindings.ts';

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey'> & { getModifierState(key: 'AltGraph'): boolean };

/** What a key press means: the character produced, not the key's place, with the modifiers that change it. */
export function nameOf(event: Press): string {
  // AltGr reports itself as Ctrl+Alt on Windows: on a Spanish keyboard # is AltGr+3 and must stay #.
  const altGr = event.getModifierState('AltGraph');
  const command = (event.ctrlKey || event.metaKey) && !altGr;
  const alt = event.altKey && !altGr;
  const printable = event.key.length === 1;
  const key = printable ? event.key.toLowerCase() : event.key;
  return `${command ? 'Mod+' : ''}${alt ? 'Alt+' : ''}${event.shiftKey && (!printable || command) ? 'Shift+' : ''}${key}`;
}

let prefix: { key: string; at: number } | null = null;
const PREFIX_MS = 1500;
/** The same as the key it came as, whatever the user has put it on: the one place where changed keys are read. Null where nothing is on it. */
function meant(name: string): string | null {
  // What follows G is the letter of a place, wherever that letter's own key has gone.
  if (prefix && performance.now() - prefix.at < PREFIX_MS) return `${prefix.key} ${name}`;
  return isSingle(name) ? translated(useBindings.getState().changed, name) : name;
}
/** What a key press means, for a part that listens by itself (a chip of the calendar): the key it came as, `g m` after G, or null. */
export const meaningOf = (event: Press): string | null => meant(nameOf(event));

const EDITABLE = 'input, textarea, select, [contenteditable="true"]';
/** A dialog has its own Esc and no other keys: what lies below it does not hear them. */
const DIALOG = '.mantine-Modal-content, .mantine-Spotlight-content';
const LEAVES_FIELD = new Set(['Escape', 'Mod+Enter', 'Mod+k', 'Mod+f', 'Mod+s', 'F6', 'Shift+F6']);
/** Single keys say nothing in a field; commands with Ctrl and Escape do. */
export function inertIn(target: EventTarget | null, name: string): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest(DIALOG)) return true;
  // Beside a text that is being written a letter is meant for it, also where the focus is on one of its buttons.
  if (isSingle(name) && target.closest('.dock')) return true;
  if (!target.closest(EDITABLE)) return false;
  // A choice among buttons takes no letters, only its arrows, Space and Enter.
  if (target instanceof HTMLInputElement && (target.type === 'radio' || target.type === 'checkbox')) return /^(Arrow|Enter$| $)/.test(name);
  return !LEAVES_FIELD.has(name);
}

/** An open menu has its own keys: what lies below it does not hear them. */
const MENU = '[aria-haspopup="menu"][aria-expanded="true"]';
/** A key that has just acted. Held down, or pressed twice as one wish, it must not write itself into the field that it opened. */
let acted: { key: string; at: number } | null = null;
const TWICE_MS = 350;
/** A menu was open when the key was pressed: the Esc that closes it is no other's. */
let overMenu = false;
function swallow(event: KeyboardEvent): void {
  overMenu = document.querySelector(MENU) !== null;
  if (!acted) return;
  const same = event.key === acted.key && (event.repeat || performance.now() - acted.at < TWICE_MS);
  if (!same) acted = null;
  else if (event.target instanceof Element && event.target.closest(EDITABLE)) {
    event.preventDefault();
    event.stopPropagation();
  }
}

/** What is typed for a field that is on its way, and until when it is waited for. */
let ahead: { text: string; until: number } | null = null;
const AHEAD_MS = 3000;
/** A field was asked for and is not there yet: what is typed meanwhile is kept for it, and no letter is a key of the page. */
export function awaitField(): void {
  ahead ??= { text: '', until: performance.now() + AHEAD_MS };
}
/** The field that was waited for: it takes the focus and what was typed. */
export function enterField(field: HTMLElement | null): void {
  const typed = ahead && performance.now() < ahead.until ? ahead.text : '';
  ahead = null;
  field?.focus();
  if (typed !== '') document.execCommand('insertText', false, typed);
}
/** Is the key for the field that is on its way? Esc gives it up. */
function isAhead(event: KeyboardEvent): boolean {
  if (!ahead || performance.now() >= ahead.until || (event.target instanceof Element && event.target.closest(EDITABLE))) {
    ahead = null;
    return false;
  }
  if (event.key === 'Escape') ahead = null;
  else if (event.key === 'Backspace') ahead.text = ahead.text.slice(0, -1);
  else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) ahead.text += '\n';
  else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) ahead.text += event.key;
  event.preventDefault();
  return true;
}

export type KeyMap = Record<string, (event: KeyboardEvent) => boolean | void>;
interface Layer { order: number; keys: { current: KeyMap } }
const layers: Layer[] = [];
let shown = 0;

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || isAhead(event)) return;
  const name = nameOf(event);
  if (inertIn(event.target, name) || (name !== 'Mod+k' && overMenu)) return;
  const asked = meant(name);
  prefix = null;
  for (let i = layers.length - 1; asked !== null && i >= 0; i -= 1) {
    const action = layers[i]?.keys.current[asked];
    if (!action) continue;
    if (action(event) === false) continue;
    event.preventDefault();
    acted = event.key.length === 1 && !event.ctrlKey && !event.metaKey ? { key: event.key, at: performance.now() } : null;
    return;
  }
  if (name === 'g') prefix = { key: 'g', at: performance.now() };
}

/**
 * Adds keys while the component is shown; the one shown last is asked first, and what is inside another before that, also where
 * both come at once. An action that answers false passes the key on.
 */
export function useKeys(map: KeyMap): void {
  const ref = useRef(map);
  // Counted while drawing: effects run from the inside out, and would put the shell above its screens.
  const [order] = useState(() => (shown += 1));
  useEffect(() => {
    ref.current = map;
  });
  useEffect(() => {
    const layer: Layer = { order, keys: ref };
    if (layers.length === 0) {
      document.addEventListener('keydown', swallow, true);
      document.addEventListener('keydown', onKeyDown);
    }
    layers.push(layer);
    layers.sort((a, b) => a.order - b.order);
    return () => {
      layers.splice(layers.indexOf(layer), 1);
      if (layers.length === 0) {
        document.removeEventListener('keydown', swallow, true);
        document.removeEventListener('keydown', onKeyDown);
      }
    };
  }, [order]);
}
