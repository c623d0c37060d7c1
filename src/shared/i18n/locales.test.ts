import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../contract/errors.ts';
import { PUBLICATION_STATES } from '../domain/types.ts';
import { resources } from './index.ts';

function flat(value: object, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, each] of Object.entries(value)) {
    if (typeof each === 'string') found.set(path + key, each);
    else for (const [inner, text] of flat(each as object, `${path}${key}.`)) found.set(inner, text);
  }
  return found;
}
const es = flat(resources.es.translation);
const en = flat(resources.en.translation);
const holes = (text: string): string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '').sort();

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? sources(path) : /\.tsx?$/.test(name) && !name.includes('.test.') ? [path] : [];
  });
}

describe('words', () => {
  it('has the same keys in both languages, none empty', () => {
    expect([...es.keys()].sort()).toEqual([...en.keys()].sort());
    for (const [key, text] of [...es, ...en]) expect(text.trim(), key).not.toBe('');
  });
  it('words every error code and every state', () => {
    for (const code of ERROR_CODES) expect(es.has(`errors.${code}`), code).toBe(true);
    for (const state of PUBLICATION_STATES) expect(es.has(`calendar.state.${state}`), state).toBe(true);
  });
  it('fills the same holes, but for what a language can say without', () => {
    for (const [key, text] of es) expect(new Set(holes(en.get(key) ?? '')), key).toEqual(expect.objectContaining(new Set(holes(text).filter((hole) => (en.get(key) ?? '').includes(hole)))));
  });
  it('has every key the window asks for', () => {
    const missing = sources('src/renderer').flatMap((path) =>
      [...readFileSync(path, 'utf8').matchAll(/\bt\(\s*'([a-zA-Z_.0-9]+)'/g)]
        .map((match) => match[1] ?? '')
        .filter((key) => !es.has(key) && !es.has(`${key}_other`))
        .map((key) => `${path}: ${key}`),
    );
    expect(missing).toEqual([]);
  });
});
