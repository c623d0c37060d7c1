import { describe, expect, it } from 'vitest';
import type { Publication } from '../../../shared/contract/publications.ts';
import { DEFAULT_POLICY } from '../../../shared/domain/types.ts';
import { axisOf, folded, lineOf, neighbour, nowLineOf, pointAt, slotHeight, stretches, topOf } from './geometry.ts';
import { daysOf, itemsByDay, minuteOf, nextQuarter, seenByDay, shiftDays, step, wallAt, weekStartOf } from './grid.ts';
import { offHoursOf } from './habit.ts';
import { landingAt, wallOf } from './landing.ts';
import { EVEN, linesAbove, stack } from './stack.ts';
import { answersFor } from './wake.ts';

const MADRID = 'Europe/Madrid';
const post = (id: string, dueAt: number, more: Partial<Publication> = {}): Publication => ({ id, dueAt, sentAt: null, state: 'scheduled', tier: 'free', counts: true, overrideReason: null, ...more }) as Publication;

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
    expect(nextQuarter('2026-11-24T10:07', 1, MADRID)).toBe('2026-11-24T10:15');
    expect(nextQuarter('2026-11-24T10:07', -1, MADRID)).toBe('2026-11-24T10:00');
    expect(nextQuarter('2026-03-29T01:45', 1, MADRID)).toBe('2026-03-29T03:00');
    expect(nextQuarter('2026-03-29T03:00', -1, MADRID)).toBe('2026-03-29T01:45');
    expect(nextQuarter('2026-11-24T23:45', 1, MADRID)).toBe('2026-11-25T00:00');
    expect(shiftDays('2026-03-28T02:30', 1)).toBe('2026-03-29T02:30');
  });
  it('places posts by the minute of their wall time, the repeated hour too', () => {
    const items = itemsByDay([post('a', Date.UTC(2026, 9, 25, 0, 30)), post('b', Date.UTC(2026, 9, 25, 1, 30)), post('c', Date.UTC(2026, 9, 25, 22, 52))], MADRID, new Map());
    expect(items.get('2026-10-25')?.map((item) => [item.publication.id, wallAt('2026-10-25', item.minute)])).toEqual([['a', '2026-10-25T02:30'], ['b', '2026-10-25T02:30'], ['c', '2026-10-25T23:52']]);
    expect(minuteOf('2026-10-25T23:52')).toBe(1432);
  });
  it('keeps a day\'s array while its posts are the same', () => {
    const [a, b] = [post('a', Date.UTC(2026, 10, 24, 9)), post('b', Date.UTC(2026, 10, 25, 9))];
    const first = itemsByDay([a, b], MADRID, new Map());
    const second = itemsByDay([a, { ...b, tier: 'premium' }], MADRID, first);
    expect(second.get('2026-11-24')).toBe(first.get('2026-11-24'));
    expect(second.get('2026-11-25')).not.toBe(first.get('2026-11-25'));
  });
  it('finds the account\'s posts from elsewhere among the units of the plan', () => {
    const at = Date.UTC(2026, 10, 24, 9, 3);
    const seen = seenByDay([{ id: 'own', dueAt: at, tier: 'free' }, { id: 'x:77', dueAt: at, sentAt: at, tier: 'unclassified' }], MADRID);
    expect([...seen]).toEqual([['2026-11-24', [{ id: 'x:77', remoteId: '77', minute: 603, at, tier: 'unclassified' }]]]);
  });
});

describe('the habit of this computer', () => {
  it('is said for the hours of a day in which something is planned', () => {
    // 2026-11-26 is a Thursday.
    const thursday = 3 * 24;
    expect(offHoursOf([thursday + 2, thursday + 19, thursday + 20, 4 * 24 + 19], '2026-11-26', [19 * 60, 20 * 60 + 45, 12 * 60])).toEqual([{ from: 19, to: 21, posts: 2 }]);
    expect(offHoursOf([thursday + 19], '2026-11-27', [19 * 60])).toEqual([]);
  });
});

describe('posts near each other in time', () => {
  const entry = (key: string, minute: number): { key: string; minute: number } => ({ key, minute });
  it('take a line each of their quarter, in order of time', () => {
    expect([...stack([entry('c', 612), entry('a', 600), entry('b', 600), entry('d', 615)])]).toEqual([['a', 0], ['b', 1], ['c', 2], ['d', 0]]);
  });
  it('make a quarter as high as the fullest of the days needs, and no day more', () => {
    const above = linesAbove([[entry('a', 600), entry('b', 600), entry('c', 607)], [entry('d', 600)]]);
    const axis = axisOf({ from: 8, to: 20 }, { before: false, after: false }, 15, above);
    expect(topOf(axis, 600)).toBe(120);
    expect(topOf(axis, 615)).toBe(120 + 45);
    expect(lineOf(axis, 630) - lineOf(axis, 615)).toBe(1);
    expect(linesAbove([[entry('a', 600)], [entry('b', 600)]])).toBe(EVEN);
    // Now is drawn between what is over and what is to come, not by the minutes of a quarter that has been stretched.
    const lines = (now: number, minutes: number[]): number => nowLineOf(axis, now, minutes) - lineOf(axis, 600);
    expect(lines(605, [600, 600, 607])).toBe(2);
    expect(lines(608, [600, 600, 612])).toBe(2);
    expect(lines(601, [607])).toBe(0);
    expect(lines(605, [600, 600, 600])).toBeCloseTo(2.92);
    expect(lines(605, [])).toBe(1);
    expect(nowLineOf(axis, 620, [616])).toBe(lineOf(axis, 620));
  });
  it('never cover each other, whatever stands there', () => {
    const days = Array.from({ length: 7 }, (_, d) => Array.from({ length: 60 }, (_each, i) => entry(`${d}-${i}`, (480 + i * ((d + 3) * 5)) % 1440)));
    const axis = axisOf({ from: 0, to: 24 }, { before: false, after: false }, 15, linesAbove(days));
    for (const day of days) {
      const lines = stack(day);
      const tops = day.map(({ key, minute }) => topOf(axis, Math.floor(minute / 15) * 15) + (lines.get(key) ?? 0) * 15).sort((a, b) => a - b);
      expect(tops.every((top, i) => i === 0 || top - (tops[i - 1] ?? 0) >= 15)).toBe(true);
    }
  });
  it('are pointed at one by one', () => {
    const axis = axisOf({ from: 8, to: 20 }, { before: false, after: false }, 15, linesAbove([[entry('a', 480), entry('b', 480), entry('c', 485)]]));
    const area = { left: 0, top: 0, width: 100 };
    expect([5, 20, 35, 50].map((y) => pointAt(area, axis, ['d'], 50, y, false))).toEqual([{ day: 'd', minute: 480, line: 0 }, { day: 'd', minute: 480, line: 1 }, { day: 'd', minute: 480, line: 2 }, { day: 'd', minute: 495, line: 0 }]);
  });
});

describe('what a pointer means', () => {
  const days = ['2026-11-23', '2026-11-24'];
  const hours = { from: 8, to: 20 };
  const axis = axisOf(hours, { before: false, after: false }, 15);
  const area = { left: 100, top: 50, width: 200 };
  it('goes down to the quarter, to five minutes with Shift', () => {
    expect(pointAt(area, axis, days, 120, 50, false)).toEqual({ day: '2026-11-23', minute: 480, line: 0 });
    expect(pointAt(area, axis, days, 299, 50 + 29, false)).toEqual({ day: '2026-11-24', minute: 495, line: 0 });
    expect(pointAt(area, axis, days, 299, 50 + 29, true)).toEqual({ day: '2026-11-24', minute: 505, line: 0 });
  });
  it('means nothing outside the days and the hours on show', () => {
    for (const [x, y] of [[99, 60], [301, 60], [150, 49], [150, 50 + 48 * 15]] as const) expect(pointAt(area, axis, days, x, y, false)).toBeNull();
  });
  it('follows the fold', () => {
    const open = axisOf(hours, { before: true, after: false }, 15);
    expect(pointAt(area, open, days, 120, 50, false)?.minute).toBe(0);
    expect(topOf(open, 480)).toBe(480);
    expect(folded([60, 480, 1200, 1300], axis)).toEqual({ before: 1, after: 2 });
  });
  it('fits the day to the height, between 14 and 22 px a quarter', () => {
    expect(slotHeight(44 + 24 + 48 * 15, hours)).toBe(15);
    expect(slotHeight(300, hours)).toBe(14);
    expect(slotHeight(3000, hours)).toBe(22);
  });
});

describe('moving by keys', () => {
  it('goes up and down a day, and to the nearest time of the next', () => {
    const days = [[{ id: 'a', minute: 480 }, { id: 'b', minute: 600 }], [], [{ id: 'c', minute: 500 }, { id: 'd', minute: 590 }]];
    expect(neighbour(days, { day: 0, index: 0 }, 'ArrowDown')).toBe('b');
    expect(neighbour(days, { day: 0, index: 0 }, 'ArrowUp')).toBeNull();
    expect(neighbour(days, { day: 0, index: 1 }, 'ArrowRight')).toBe('d');
    expect(neighbour(days, { day: 2, index: 0 }, 'ArrowLeft')).toBe('a');
    expect(neighbour(days, { day: 2, index: 0 }, 'End')).toBe('d');
  });
  it('joins neighbouring quarters that answer the same', () => {
    expect(stretches([{ minute: 0, value: 'a' }, { minute: 15, value: 'a' }, { minute: 30, value: 'b' }, { minute: 60, value: 'b' }], (a, b) => a === b)).toEqual([{ from: 0, to: 30, value: 'a' }, { from: 30, to: 45, value: 'b' }, { from: 60, to: 75, value: 'b' }]);
  });
});

describe('what letting go does', () => {
  const now = Date.UTC(2026, 10, 24, 9, 7);
  const plan = { rule: null, policy: DEFAULT_POLICY, zone: MADRID, now };
  it('reads the quarter that is now as two minutes from now', () => {
    expect(wallOf('2026-11-24', 600, now, MADRID)).toBe('2026-11-24T10:09');
    expect(wallOf('2026-11-24', 615, now, MADRID)).toBe('2026-11-24T10:15');
    // A quarter that ended while the post was on its way to it.
    expect([wallOf('2026-11-24', 600, now + 8.5 * 60_000, MADRID), wallOf('2026-11-24', 600, now + 9 * 60_000, MADRID)]).toEqual(['2026-11-24T10:17', '2026-11-24T10:00']);
    expect(landingAt(post('a', now + 9e6), { day: '2026-11-24', minute: 585 }, { ...plan, items: [] }).kind).toBe('past');
  });
  it('exchanges with a post of the same tier that is still to come', () => {
    const other = post('b', Date.UTC(2026, 10, 24, 11));
    const items = [{ publication: other, minute: 720 }];
    const at = { day: '2026-11-24', minute: 720 };
    expect(landingAt(post('a', now + 9e6), at, { ...plan, items })).toMatchObject({ kind: 'exchange', wall: '2026-11-24T12:00' });
    expect(landingAt(post('a', now + 9e6, { tier: 'premium' }), at, { ...plan, items }).kind).toBe('fits');
    expect(landingAt(post('a', now + 9e6, { state: 'draft', dueAt: null }), at, { ...plan, items }).kind).toBe('fits');
    expect(landingAt(post('a', now + 9e6), { ...at, minute: 725, fine: true }, { ...plan, items }).kind).toBe('fits');
    expect(landingAt(other, at, { ...plan, items }).kind).toBe('same');
    const third = post('c', Date.UTC(2026, 10, 24, 11));
    const two = { ...plan, items: [...items, { publication: third, minute: 720 }], lines: new Map([['b', 0], ['c', 1]]) };
    expect(landingAt(post('a', now + 9e6), { ...at, line: 1 }, two)).toMatchObject({ kind: 'exchange', other: { id: 'c' } });
  });
});

describe('the wake-up tray', () => {
  it('sends five minutes apart, finds each its own slot, and drops what was worth its time only', () => {
    const now = Date.UTC(2026, 10, 24, 7, 2);
    const missed = [post('a', 1, { state: 'missed' }), post('b', 2, { state: 'missed' }), post('c', 3, { state: 'missed', tier: 'status' }), post('d', 4, { state: 'missed' })];
    const { answers } = answersFor(missed, new Map([['a', 'now'], ['d', 'now']]), { rule: null, policy: DEFAULT_POLICY, zone: MADRID, now, taken: new Set([Date.UTC(2026, 10, 24, 7, 15)]) });
    expect(answers.map((each) => [each.publication.id, each.choice, each.wall])).toEqual([['a', 'now', '2026-11-24T08:04'], ['b', 'next', '2026-11-24T08:30'], ['c', 'drop', null], ['d', 'now', '2026-11-24T08:09']]);
  });
});
