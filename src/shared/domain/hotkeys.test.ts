import { describe, expect, it } from 'vitest';
import { CHANGEABLE_KEYS, exchanged, faultOf, holderOf, inForce, isFree, translated, withKey } from './hotkeys.ts';

describe('keys the user changed', () => {
  it('mean what they meant where nothing is changed', () => {
    for (const key of [...CHANGEABLE_KEYS, 'g', '5', 'w', 'Enter', 'ArrowUp', ' ', 'ñ']) expect(translated({}, key), key).toBe(key);
  });
  it('act in their new place only: the old one does nothing, or what was put there', () => {
    const moved = withKey({}, 'e', 'w');
    expect(translated(moved, 'w')).toBe('e');
    expect(translated(moved, 'e')).toBeNull();
    expect(translated(moved, 'z')).toBe('z');
    const both = withKey(moved, 'z', 'e');
    expect(translated(both, 'e')).toBe('z');
    expect(translated(both, 'z')).toBeNull();
    expect(faultOf(both)).toBeNull();
  });
  it('are no longer named once they are as they came', () => {
    expect(withKey(withKey({}, 'e', 'w'), 'e', 'e')).toEqual({});
    expect(exchanged(exchanged({}, 'e', 'z'), 'e', 'e')).toEqual({});
  });
  it('change places with the one that had the key, also with Delete, and through others', () => {
    const once = exchanged({}, 'e', 'z');
    expect(once).toEqual({ e: 'z', z: 'e' });
    const off = exchanged({}, 'e', 'Delete');
    expect(off).toEqual({ e: 'Delete', Delete: 'e' });
    expect([translated(off, 'Delete'), translated(off, 'e')]).toEqual(['e', 'Delete']);
    const round = exchanged(once, 'j', 'e');
    expect(round).toEqual({ e: 'z', z: 'j', j: 'e' });
    for (const each of [once, off, round]) expect(faultOf(each)).toBeNull();
  });
  it('say whose a key is', () => {
    const moved = withKey({}, 'e', 'w');
    expect(holderOf(moved, 'w')).toBe('e');
    expect(holderOf(moved, 'e')).toBeNull();
    expect(holderOf({}, 'e')).toBe('e');
    expect(inForce(moved, 'e')).toBe('w');
    expect(inForce({}, 'constructor')).toBe('constructor');
  });
  it('may be one character as it is produced, in lower case; digits, G, space and named keys stay free of them', () => {
    for (const key of ['w', 'ñ', 'ç', '+', '€', '«', 'Delete', 'Backspace']) expect(isFree(key), key).toBe(true);
    for (const key of ['g', 'W', '5', ' ', '', 'Enter', 'Escape', 'ArrowUp', 'Mod+w', 'ww', '😀', '\u0000', '\u0301', '٣', 'Dead']) expect(isFree(key), key).toBe(false);
  });
  it('are refused whole where two actions would share one', () => {
    expect(faultOf({})).toBeNull();
    expect(faultOf({ e: 'w' })).toBeNull();
    for (const changed of [{ e: 'z' }, { e: 'w', z: 'w' }, { Enter: 'w' }, { g: 'w' }, { y: 'w' }, { e: 'g' }, { e: '1' }, { e: 'W' }, { e: 'Mod+w' }, { constructor: 'w' }]) expect(faultOf(changed as Record<string, string>), JSON.stringify(changed)).not.toBeNull();
  });
});
