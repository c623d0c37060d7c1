import { describe, expect, it } from 'vitest';
import { freeTimes } from './freeTimes.ts';
import { wallToInstant } from './time.ts';

const zone = 'Europe/Madrid';
const at = (wall: string): number => wallToInstant(wall, zone);
const week = Array.from({ length: 7 }, () => [{ time: '09:00', theme: '', tier: 'free' }, { time: '10:15', theme: '', tier: 'premium' }, { time: '16:00', theme: '', tier: 'free' }]);
const first = (asked: Partial<Parameters<typeof freeTimes>[0]>, n = 3): string[] => [...freeTimes({ template: { days: week }, tier: 'free', zone, now: at('2026-11-25T14:05'), taken: new Set(), days: 3, ...asked })].slice(0, n).map((each) => each.wall);

describe('free times', () => {
  it('are the slots of the tier that are still to come and that nothing has taken', () => {
    expect(first({})).toEqual(['2026-11-25T16:00', '2026-11-26T09:00', '2026-11-26T16:00']);
    expect(first({ taken: new Set([at('2026-11-25T16:00')]) }, 1)).toEqual(['2026-11-26T09:00']);
    expect(first({ tier: 'premium' }, 1)).toEqual(['2026-11-26T10:15']);
    expect(first({ days: 1 })).toEqual(['2026-11-25T16:00']);
  });
  it('are quarters of the day where the template has none, where there is none, and for what the ratio does not count', () => {
    for (const asked of [{ tier: 'status' }, { template: null }, { tier: null }]) expect(first(asked, 2)).toEqual(['2026-11-25T14:15', '2026-11-25T14:30']);
  });
  it('gives a slot of the hour that does not exist the time at which it goes out', () => {
    const night = Array.from({ length: 7 }, () => [{ time: '02:30', theme: '', tier: 'free' }]);
    const [found] = freeTimes({ template: { days: night }, tier: 'free', zone, now: at('2027-03-27T12:00'), taken: new Set(), days: 2 });
    expect(found?.at).toBe(at('2027-03-28T03:30'));
  });
});
