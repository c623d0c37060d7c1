import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CHANGEABLE_KEYS, isChangeable, isFree } from '../../shared/domain/hotkeys.ts';
import { resources } from '../../shared/i18n/index.ts';
import { SCREENS } from '../app/screens.ts';
import { matches } from './find.ts';
import { layoutOf } from './keyboardLayout.ts';
import { capsOf, isSequence, KEY_GROUPS, KEY_ROWS } from './registry.ts';

const files = (folder: string): string[] => readdirSync(folder).flatMap((name) => {
  const path = join(folder, name);
  return statSync(path).isDirectory() ? files(path) : /\.tsx?$/.test(name) && !name.includes('.test.') ? [path] : [];
});
const sources = files('src/renderer').map((path) => ({ path, text: readFileSync(path, 'utf8') }));

/** The names of the entries of the object that begins at `start`, just after its brace. */
function names(text: string, start: number): string[] {
  const found: string[] = [];
  let depth = 0;
  let entry = true;
  for (let at = start; depth >= 0 && at < text.length; at += 1) {
    const rest = text.slice(at);
    const comment = /^\/\/[^\n]*/.exec(rest);
    const key = depth === 0 && entry ? /^(?:'([^']+)'|([A-Za-z0-9_]+)): /.exec(rest) : null;
    const string = /^'(?:[^'\\]|\\.)*'|^`[^`]*`/.exec(rest);
    if (key) found.push(key[1] ?? key[2] ?? '');
    const skipped = comment ?? key ?? string;
    if (skipped) at += skipped[0].length - 1;
    else if ('({['.includes(text[at] ?? '')) depth += 1;
    else if (')}]'.includes(text[at] ?? '')) depth -= 1;
    if (!comment && (text[at] ?? '').trim() !== '') entry = depth === 0 && text[at] === ',';
  }
  return found;
}
/** The keys in every map that is given to `useKeys`, and those that a part reads by itself. */
function heard(): Set<string> {
  const found = new Set<string>();
  for (const { path, text } of sources) {
    for (const match of text.matchAll(/\buseKeys\(\{/g)) for (const each of names(text, match.index + match[0].length)) found.add(each);
    for (const match of text.matchAll(/\b(?:meaning|meaningOf\(event\)) === '([^']+)'/g)) found.add(match[1] ?? '');
    // A part of a thread is moved within its own list.
    if (path.endsWith('ThreadParts.tsx') && text.includes("event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')")) found.add('Alt+ArrowUp').add('Alt+ArrowDown');
  }
  for (const { letter } of SCREENS) found.add(`g ${letter}`);
  return found;
}
const told = KEY_ROWS.filter((row) => !row.typed).flatMap((row) => row.keys.flat());

describe('the registry of keys', () => {
  it('tells every key that some part listens to, and no other', () => {
    const keys = heard();
    // The digits are made in a loop.
    expect(sources.some(({ text }) => text.includes('Array.from({ length: 9 }, (_, i) => [String(i + 1), () => go(i)])'))).toBe(true);
    expect([...keys].filter((key) => !told.includes(key)).sort()).toEqual([]);
    expect(told.filter((key) => key !== '1…9' && !keys.has(key)).sort()).toEqual([]);
  });
  it('tells each key that can be changed, and lets each single one of them be', () => {
    expect(CHANGEABLE_KEYS.filter((key) => !told.includes(key))).toEqual([]);
    expect(told.filter((key) => isFree(key) && !isChangeable(key))).toEqual([]);
    for (const key of ['Escape', 'Enter', 'ArrowUp', 'Mod+k', 'g d', '0', '1…9', 'F6']) expect(isChangeable(key), key).toBe(false);
  });
  it('names each action once, in words of both languages', () => {
    expect(new Set(KEY_ROWS.map((row) => row.id)).size).toBe(KEY_ROWS.length);
    for (const lang of ['es', 'en'] as const) {
      const { act, group } = resources[lang].translation.keys;
      expect(Object.keys(act).sort()).toEqual(KEY_ROWS.map((row) => row.id).sort());
      expect(Object.keys(group).sort()).toEqual([...KEY_GROUPS].sort());
    }
  });
  it('does one thing per key in each place', () => {
    for (const group of KEY_GROUPS) {
      const keys = KEY_ROWS.filter((row) => row.group === group).flatMap((row) => row.keys.flat());
      expect(keys.filter((key, index) => keys.indexOf(key) !== index), group).toEqual([]);
    }
  });
  it('writes a key as its caps', () => {
    expect(['j', '1…9', 'Mod+k', 'Shift+ArrowUp', 'g d', '+', '/'].map((name) => capsOf(name).join('|'))).toEqual(['j', '1|…|9', 'Ctrl|k', 'Shift|ArrowUp', 'g|d', '+', '/']);
    expect([isSequence('g d'), isSequence('Mod+k'), isSequence(' ')]).toEqual([true, false, false]);
  });
  it('shows every key that can be changed as it is in force, never as a letter written by hand', () => {
    const plain = sources.filter(({ path }) => !path.includes('KeysSheet')).flatMap(({ path, text }) => [...text.matchAll(/<kbd[^>]*>([^<{]+)<\/kbd>/g)].filter((match) => isChangeable((match[1] ?? '').toLowerCase()) || isChangeable(match[1] ?? '')).map((match) => `${path}: ${match[0]}`));
    expect(plain).toEqual([]);
  });
});

describe('looking for a key', () => {
  const row = { label: 'Dejar en espera, Ñandú', group: 'Bandeja', keys: ['E', 'Ctrl K'] };
  it('finds by words, without accents, in any order', () => {
    for (const query of ['espera', 'ESPERA dejar', 'nandu', 'bande', '', '  ']) expect(matches(row, query, false), query).toBe(true);
    for (const query of ['salir', 'espera salir', 'qqq']) expect(matches(row, query, false), query).toBe(false);
  });
  it('finds by key: a letter is one, or begins a word; what was pressed is a key only', () => {
    expect(matches(row, 'e', false)).toBe(true);
    expect(matches(row, 'e', true)).toBe(true);
    expect(matches(row, 'd', false)).toBe(true);
    expect(matches(row, 'd', true)).toBe(false);
    expect(matches(row, 'p', false)).toBe(false);
    expect(matches(row, 'ctrl k', true)).toBe(true);
    expect(matches(row, 'Ctrl', false)).toBe(true);
    expect(matches({ ...row, keys: ['1 … 9'] }, '7', false)).toBe(true);
    expect(matches({ ...row, keys: ['1 … 9'] }, '0', false)).toBe(false);
    expect(matches({ label: 'x', group: 'x', keys: ['N'] }, 'ñ', false)).toBe(false);
  });
  it('says the keyboard only where it is known', () => {
    expect(layoutOf(new Map([['Semicolon', 'ñ'], ['Backquote', 'º']]))).toBe('spain');
    expect(layoutOf(new Map([['Semicolon', 'ñ'], ['Backquote', '|']]))).toBe('latin');
    expect(layoutOf(new Map([['Semicolon', ';'], ['Backquote', '`']]))).toBeNull();
    expect(layoutOf(new Map([['Semicolon', 'ñ']]))).toBeNull();
    const english = [['Semicolon', ';'], ['Backquote', '`'], ['Quote', "'"], ['KeyQ', 'q'], ['KeyY', 'y']] as const;
    expect(layoutOf(new Map([...english, ['Backslash', '\\']]))).toBe('us');
    expect(layoutOf(new Map([...english, ['Backslash', '#']]))).toBe('uk');
    expect(layoutOf(new Map([['KeyQ', 'a'], ['KeyW', 'z'], ['Digit3', '"'], ['Digit2', 'é']]))).toBe('french');
  });
});
