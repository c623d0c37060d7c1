// @vitest-environment jsdom
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useBindings } from './bindings.ts';
import { meaningOf, useKeys } from './keys.ts';

let said: string[] = [];
let root: Root;
function Below() {
  useKeys({ e: () => { said.push('done'); }, n: () => { said.push('new'); }, 'Mod+e': () => { said.push('command'); }, 'g i': () => { said.push('inbox'); } });
  return <Above />;
}
function Above() {
  useKeys({ z: () => { said.push('snooze'); }, e: () => { said.push('above'); return false; }, '5': () => { said.push('five'); } });
  return <textarea />;
}
const press = (key: string, more: KeyboardEventInit = {}, on: EventTarget = document.body): KeyboardEvent => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more });
  on.dispatchEvent(event);
  return event;
};
const after = (...keys: string[]): string[] => {
  said = [];
  for (const key of keys) press(key);
  return said;
};
beforeEach(() => {
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
  root = createRoot(document.body.appendChild(document.createElement('div')));
  act(() => root.render(<Below />));
});
afterEach(() => {
  act(() => root.unmount());
  useBindings.setState({ changed: {} });
});

describe('keys the user changed', () => {
  it('are asked of every layer as the key they came as', () => {
    expect(after('e', 'w')).toEqual(['above', 'done']);
    useBindings.setState({ changed: { e: 'w' } });
    expect(after('e', 'E')).toEqual([]);
    expect(after('w')).toEqual(['above', 'done']);
    expect(after('W')).toEqual(['above', 'done']);
    useBindings.setState({ changed: { e: 'z', z: 'e' } });
    expect(after('e', 'z')).toEqual(['snooze', 'above', 'done']);
  });
  it('leave the old key to the browser, and take the new one from it', () => {
    useBindings.setState({ changed: { e: 'w' } });
    expect(press('e').defaultPrevented).toBe(false);
    expect(press('w').defaultPrevented).toBe(true);
  });
  it('write nothing into the field that they opened when they are pressed twice or held, and are letters there afterwards', () => {
    const field = document.querySelector('textarea') ?? document.body;
    expect(press('n').defaultPrevented).toBe(true);
    expect(press('n', {}, field).defaultPrevented).toBe(true);
    expect(press('n', { repeat: true }, field).defaultPrevented).toBe(true);
    expect(press('o', {}, field).defaultPrevented).toBe(false);
    expect(press('n', {}, field).defaultPrevented).toBe(false);
    expect(after('n', 'n')).toEqual(['new', 'new']);
  });
  it('leave what goes with Ctrl, digits and the letter after G where they are', () => {
    useBindings.setState({ changed: { e: 'i', a: 'e' } });
    said = [];
    press('e', { ctrlKey: true });
    expect(said).toEqual(['command']);
    expect(after('5')).toEqual(['five']);
    expect(after('g', 'i')).toEqual(['inbox']);
    expect(after('i')).toEqual(['above', 'done']);
  });
  it('say nothing in a field either, wherever they are', () => {
    useBindings.setState({ changed: { e: 'w' } });
    said = [];
    press('w', {}, document.querySelector('textarea') ?? document.body);
    expect(said).toEqual([]);
  });
  it('leave a part that listens by itself out of what follows G', () => {
    press('g');
    expect(meaningOf(new KeyboardEvent('keydown', { key: 'm' }))).toBe('g m');
    press('m');
    expect(meaningOf(new KeyboardEvent('keydown', { key: 'm' }))).toBe('m');
  });
  it('are the same for a part that listens by itself', () => {
    useBindings.setState({ changed: { m: 'v', Delete: 'Backspace' } });
    const meaning = (key: string, more: KeyboardEventInit = {}): string | null => meaningOf(new KeyboardEvent('keydown', { key, ...more }));
    expect([meaning('m'), meaning('v'), meaning('V', { shiftKey: true }), meaning('Delete'), meaning('Backspace'), meaning('ArrowUp'), meaning('v', { ctrlKey: true })]).toEqual([null, 'm', 'm', null, 'Delete', 'ArrowUp', 'Mod+v']);
  });
});
