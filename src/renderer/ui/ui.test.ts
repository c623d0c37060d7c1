import { describe, expect, it } from 'vitest';
import type { ColumnRow, PostEntity } from '../../shared/contract/columns.ts';
import { joinHead } from '../features/deck/useColumnRows.ts';
import { beginning, segments } from './segments.ts';
import { formatOf } from '../../shared/i18n/format.ts';

const entity = (start: number, end: number): PostEntity => ({ kind: 'hashtag', start, end, display: '', href: 'https://x.com' });

describe('a post\'s text', () => {
  it('is cut by code points', () => {
    expect(segments('😀👍 #a b', [entity(3, 5)]).map((part) => part.text)).toEqual(['😀👍 ', '#a', ' b']);
  });
  it('is never lost to entities that do not fit', () => {
    for (const entities of [[entity(0, 99)], [entity(2, 1)], [entity(0, 3), entity(1, 2)], [entity(5, 7), entity(0, 2)]]) expect(segments('abcdefg', entities).map((part) => part.text).join('')).toBe('abcdefg');
  });
  it('shows its beginning where it is long, in whole words, lines, letters and entities; a usual one whole', () => {
    const shown = (text: string, entities: PostEntity[] = []): string | undefined => beginning(segments(text, entities))?.map((part) => part.text).join('');
    expect([shown('a'.repeat(900)), shown(`${'line\n'.repeat(17)}end`)]).toEqual([undefined, undefined]);
    expect(shown('word '.repeat(400))).toBe(`${'word '.repeat(119)}word…`);
    expect(shown('line\n'.repeat(40))).toBe(`${'line\n'.repeat(11)}line…`);
    expect(shown('x'.repeat(25_000))).toHaveLength(601);
    expect(shown(`a${'😀'.repeat(2000)}`)).toMatch(/^a(😀)+…$/u);
    const tagged = `${'word '.repeat(118)}#${'t'.repeat(40)} ${'word '.repeat(200)}`;
    expect(shown(tagged, [entity(590, 631)])).toBe(`${'word '.repeat(118)}…`);
    expect(shown(`#${'t'.repeat(2000)} end`, [entity(0, 2001)])).toBe(`#${'t'.repeat(2000)}…`);
  });
});

describe('a column\'s rows', () => {
  const row = (id: string): ColumnRow => ({ row: 'post', post: { id } }) as unknown as ColumnRow;
  const ids = (rows: ColumnRow[]): string[] => rows.map((each) => (each.row === 'post' ? each.post.id : '-'));
  it('put the new in front and keep the older pages', () => {
    expect(ids(joinHead([row('10'), row('9')], [row('9'), row('8'), row('7')]))).toEqual(['10', '9', '8', '7']);
    expect(ids(joinHead([], [row('9')]))).toEqual(['9']);
  });
});

describe('dates and prices', () => {
  it('speak the language', () => {
    expect(formatOf('es', 'Europe/Madrid', 'auto').usd(0.2)).toMatch(/0,20/);
    expect(formatOf('en', 'Europe/Madrid', 'auto').usd(0.015)).toBe('$0.015');
    expect(formatOf('es', 'Europe/Madrid', '24').time(Date.UTC(2026, 10, 24, 12, 5))).toBe('13:05');
  });
});
