import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { events, methods } from '../../src/shared/contract/index.ts';

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'PROTOCOL.md'), 'utf8');

describe('docs/PROTOCOL.md', () => {
  it('names every method and every event, and no other', () => {
    const known = new Set([...Object.keys(methods), ...Object.keys(events)]);
    expect([...known].filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
    // The preload object of Electron is not a method.
    const named = [...page.matchAll(/`([a-z][a-zA-Z0-9]*\.[a-zA-Z]+)`/g)].map((match) => match[1] ?? '').filter((name) => !/\.(ts|md|json)$/.test(name) && name !== 'window.parrilla');
    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });
});
