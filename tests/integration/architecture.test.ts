import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const MOST_LINES = 400;

function files(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : /\.(ts|tsx)$/.test(name) ? [path] : [];
  });
}
interface Import {
  from: string;
  /** Path in the tree, or a package's name. */
  to: string;
}
const imports: Import[] = files(join(root, 'src')).filter((path) => !/\.test\.tsx?$/.test(path)).flatMap((path) => {
  const from = relative(root, path).split(sep).join('/');
  return [...readFileSync(path, 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => {
    const to = match[1] ?? '';
    return { from, to: to.startsWith('.') ? normalize(join(dirname(from), to)).split(sep).join('/') : to };
  });
});
const local = (each: Import): boolean => each.to.startsWith('src/');

/** Who may import whom (docs/ARCHITECTURE.md); each rule names what breaks it and why that matters. */
const RULES: { name: string; why: string; breaks: (each: Import) => boolean }[] = [
  { name: 'shared is pure', why: 'it runs in the window, in core and in the sandbox alike', breaks: (each) => each.from.startsWith('src/shared/') && (local(each) ? !each.to.startsWith('src/shared/') : !['zod', 'temporal-polyfill', 'twitter-text', 'date-fns', '@date-fns/tz'].includes(each.to)) },
  { name: 'the window knows shared only', why: 'it must work over any transport', breaks: (each) => each.from.startsWith('src/renderer/') && (local(each) ? !/^src\/(renderer|shared)\//.test(each.to) : /^(node:|electron$|better-sqlite3|ws$)/.test(each.to)) },
  { name: 'core knows no host', why: 'two hosts share it', breaks: (each) => each.from.startsWith('src/main/core/') && (local(each) ? !/^src\/(main\/core|shared)\//.test(each.to) : each.to === 'electron') },
  { name: 'the sandbox shares only the domain', why: 'what parses X and what plays X must not be wrong together', breaks: (each) => each.from.startsWith('src/sandbox/') && local(each) && !/^src\/(sandbox|shared\/domain)\//.test(each.to) },
  { name: 'one importer of the X library', why: 'its traps are handled in one place', breaks: (each) => each.to === 'twitter-api-v2' && !each.from.startsWith('src/main/core/network/x/') },
  { name: 'jobs, db and network know no feature', why: 'features stand on them', breaks: (each) => /^src\/main\/core\/(jobs|db|network)\//.test(each.from) && each.to.startsWith('src/main/core/features/') },
  {
    name: 'a repository belongs to its feature', why: 'others go through the service, so that rules cannot be stepped around',
    breaks: (each) => {
      const owner = /^src\/main\/core\/features\/([^/]+)\/\w*[rR]epository\.ts$/.exec(each.to)?.[1];
      const user = /^src\/main\/core\/features\/([^/]+)\//.exec(each.from)?.[1];
      return owner !== undefined && user !== undefined && owner !== user && !typeOnly(each);
    },
  },
];
/** Types of another feature's rows may be named; its code may not be called. */
function typeOnly(each: Import): boolean {
  const text = readFileSync(join(root, each.from), 'utf8');
  const name = each.to.split('/').at(-1) ?? '';
  return text.split('\n').filter((line) => line.includes(`/${name}'`)).every((line) => line.startsWith('import type') || line.includes('./repository.ts') && !line.includes('../'));
}

describe('the house', () => {
  for (const rule of RULES) {
    it(`${rule.name}: ${rule.why}`, () => {
      expect(imports.filter(rule.breaks).map((each) => `${each.from} -> ${each.to}`)).toEqual([]);
    });
  }
  it('keeps files short', () => {
    const long = files(join(root, 'src')).map((path) => ({ path: relative(root, path), lines: readFileSync(path, 'utf8').split('\n').length })).filter((each) => each.lines > MOST_LINES);
    expect(long).toEqual([]);
  });
  it('locks packages without download addresses', () => {
    expect(readFileSync(join(root, 'package-lock.json'), 'utf8')).not.toContain('"resolved"');
  });
});
