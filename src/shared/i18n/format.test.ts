import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantToWall } from '../domain/time.ts';
import { formatOf } from './format.ts';

const DAY = 86_400_000;
const ZONES = ['Europe/Madrid', 'America/St_Johns', 'Pacific/Apia', 'Asia/Kathmandu', 'Africa/Casablanca', 'UTC'];

describe('days and minutes of a zone', () => {
  it('are those of the calendar, worked out without its library', () => {
    fc.assert(fc.property(fc.integer({ min: Date.UTC(2006, 2, 21), max: Date.UTC(2040, 0, 1) }), fc.integer({ min: -2 * DAY, max: 2 * DAY }), fc.constantFrom(...ZONES), (ms, by, zone) => {
      const format = formatOf('es', zone, 'auto');
      const wall = instantToWall(ms, zone);
      expect(format.precise(ms).slice(0, 5)).toBe(wall.slice(11));
      expect(format.isToday(ms + by, ms)).toBe(instantToWall(ms + by, zone).slice(0, 10) === wall.slice(0, 10));
      expect(format.when(ms).startsWith(format.dayShort(wall.slice(0, 10)))).toBe(true);
    }));
  });
  it('word a post of today by its clock, of yesterday and the week by the day, of before by the date', () => {
    const format = formatOf('en', 'Europe/Madrid', '24');
    const now = Date.UTC(2026, 10, 25, 12);
    expect([0, 1, 3, 40].map((days) => format.stamp(now - days * DAY, now))).toEqual(['13:00', 'yesterday', 'Sun 22', '16 Oct 2026']);
  });
});
