import { describe, expect, it } from 'vitest';
import type { ColumnRow, PostEntity } from '../../shared/contract/columns.ts';
import { bySlot, daysOf, hoursOf, nextQuarter, shiftDays, step, weekStartOf } from '../features/calendar/grid.ts';
import { joinHead } from '../features/deck/useColumnRows.ts';
import type { Publication } from '../../shared/contract/publications.ts';
import { segments } from './PostText.tsx';
import { makeFormat } from './format.ts';

const entity = (start: number, end: number): PostEntity => ({ kind: 'hashtag', start, end, display: '', href: 'https://x.com' });

describe('a post\'s text', () => {
  it('is cut by code points', () => {
    expect(segments('😀👍 #a b', [entity(3, 5)]).map((part) => part.text)).toEqual(['😀👍 ', '#a', ' b']);
  });
  it('is never lost to entities that do not fit', () => {
    for (const entities of [[entity(0, 99)], [entity(2, 1)], [entity(0, 3), entity(1, 2)], [entity(5, 7), entity(0, 2)]]) expect(segments('abcdefg', entities).map((part) => part.text).join('')).toBe('abcdefg');
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

describe('the calendar\'s arithmetic', () => {
  it('knows weeks and months', () => {
    expect(weekStartOf('2026-11-29', 'monday')).toBe('2026-11-23');
    expect(weekStartOf('2026-11-29', 'sunday')).toBe('2026-11-29');
    expect(daysOf('week', '2026-11-24', 'monday')).toHaveLength(7);
    expect(daysOf('month', '2026-11-24', 'monday')[0]).toBe('2026-10-26');
    expect(step('month', '2026-01-31', 1)).toBe('2026-02-01');
    expect(step('month', '2026-03-31', -1)).toBe('2026-02-01');
  });
  it('moves by quarters over a clock change', () => {
    expect(nextQuarter('2026-11-24T10:07', 1, 'Europe/Madrid')).toBe('2026-11-24T10:15');
    expect(nextQuarter('2026-11-24T10:07', -1, 'Europe/Madrid')).toBe('2026-11-24T10:00');
    expect(nextQuarter('2026-03-29T01:45', 1, 'Europe/Madrid')).toBe('2026-03-29T03:00');
    expect(shiftDays('2026-03-28T02:30', 1)).toBe('2026-03-29T02:30');
  });
  it('places posts in their quarter and widens the hours to what is planned', () => {
    const post = { sentAt: null, dueAt: Date.UTC(2026, 10, 24, 5, 52) } as unknown as Publication;
    expect([...bySlot([post], 'Europe/Madrid').keys()]).toEqual(['2026-11-24T06:45']);
    expect(hoursOf([post], 'Europe/Madrid', 8, 10)).toEqual([6, 7, 8, 9]);
  });
});

describe('dates and prices', () => {
  it('speak the language', () => {
    expect(makeFormat('es', 'Europe/Madrid', 'auto').usd(0.2)).toMatch(/0,20/);
    expect(makeFormat('en', 'Europe/Madrid', 'auto').usd(0.015)).toBe('$0.015');
    expect(makeFormat('es', 'Europe/Madrid', '24').time(Date.UTC(2026, 10, 24, 12, 5))).toBe('13:05');
  });
});
