// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { inertIn, nameOf } from './keys.ts';

const press = (key: string, more: Partial<KeyboardEvent> & { altGr?: boolean } = {}) =>
  nameOf({ key, ctrlKey: false, altKey: false, metaKey: false, shiftKey: false, ...more, getModifierState: (name: string) => name === 'AltGraph' && more.altGr === true });

describe('what a key press means', () => {
  it('matches the character, whatever the layout', () => {
    expect(press('?', { shiftKey: true })).toBe('?');
    expect(press('N', { shiftKey: true })).toBe('n');
    expect(press('Enter', { ctrlKey: true })).toBe('Mod+Enter');
    expect(press('z', { metaKey: true })).toBe('Mod+z');
    expect(press('ArrowUp', { shiftKey: true })).toBe('Shift+ArrowUp');
  });
  it('es-ES: # is AltGr+3, and AltGr is not Ctrl+Alt', () => {
    expect(press('#', { ctrlKey: true, altKey: true, altGr: true })).toBe('#');
    expect(press('@', { ctrlKey: true, altKey: true, altGr: true })).toBe('@');
  });
  it('es-419: / and ; as they are produced with Shift', () => {
    expect(press('/', { shiftKey: true })).toBe('/');
    expect(press(';', { shiftKey: true })).toBe(';');
  });
  it('says nothing in a field, but for what leaves it', () => {
    document.body.innerHTML = '<textarea></textarea><div contenteditable="true"><b></b></div><button></button>';
    for (const selector of ['textarea', 'b']) {
      const target = document.querySelector(selector);
      expect(inertIn(target, 'n')).toBe(true);
      expect(inertIn(target, 'Mod+z')).toBe(true);
      expect(inertIn(target, 'Escape')).toBe(false);
      expect(inertIn(target, 'Mod+Enter')).toBe(false);
    }
    expect(inertIn(document.querySelector('button'), 'n')).toBe(false);
  });
  it('are heard while a choice among buttons has the focus, but for its own', () => {
    const radio = Object.assign(document.createElement('input'), { type: 'radio' });
    expect(inertIn(radio, 'n')).toBe(false);
    expect(inertIn(radio, 'ArrowRight')).toBe(true);
    expect(inertIn(document.createElement('input'), 'n')).toBe(true);
  });
  it('are not heard below a dialog, which has its own Esc', () => {
    document.body.innerHTML = '<div class="mantine-Modal-content"><button>x</button></div><button id="below">y</button>';
    expect(inertIn(document.querySelector('.mantine-Modal-content button'), 'n')).toBe(true);
    expect(inertIn(document.querySelector('.mantine-Modal-content button'), 'Escape')).toBe(true);
    expect(inertIn(document.querySelector('#below'), 'n')).toBe(false);
  });
});
