import { describe, expect, it } from 'vitest';
import { DEFAULT_OFFICE, type OfficeWeek } from './responseClock.ts';
import { snoozeTimes } from './snooze.ts';
import { instantToWall, wallToInstant } from './time.ts';

const ZONE = 'Europe/Madrid';
const at = (wall: string, office: OfficeWeek = DEFAULT_OFFICE): string[] => snoozeTimes(wallToInstant(wall, ZONE), ZONE, office).map((each) => `${each.key} ${instantToWall(each.at, ZONE).slice(5, 16)}`);

describe('times to snooze until', () => {
  it('are counted in opening hours of the account\'s zone', () => {
    // A Tuesday.
    expect(at('2026-11-24T11:20')).toEqual(['hour 11-24T12:20', 'afternoon 11-24T16:00', 'tomorrow 11-25T09:00', 'monday 11-30T09:00', 'week 12-01T09:00']);
    expect(at('2026-11-24T07:00')).toEqual(['hour 11-24T08:00', 'today 11-24T09:00', 'afternoon 11-24T16:00', 'tomorrow 11-25T09:00', 'monday 11-30T09:00', 'week 12-01T09:00']);
    // Its afternoon has begun.
    expect(at('2026-11-24T15:00')[1]).toBe('tomorrow 11-25T09:00');
  });

  it('offer no closed day: on a Friday the next opening is Monday, said once', () => {
    expect(at('2026-11-27T17:00')).toEqual(['hour 11-27T18:00', 'opening 11-30T09:00', 'week 12-04T09:00']);
    // From a Saturday a week on is closed too: its next opening is another Monday.
    expect(at('2026-11-28T12:00')).toEqual(['hour 11-28T13:00', 'opening 11-30T09:00', 'week 12-07T09:00']);
    // On a Monday, Monday is a week away and is said so once.
    expect(at('2026-11-30T17:30')).toEqual(['hour 11-30T18:30', 'tomorrow 12-01T09:00', 'monday 12-07T09:00']);
  });

  it('keep the office\'s own mornings, over a change of the clock, and have some where it never opens', () => {
    const late: OfficeWeek = [...Array.from({ length: 6 }, () => ({ from: '10:30', to: '14:00' })), null];
    expect(at('2026-10-24T12:00', late)).toEqual(['hour 10-24T13:00', 'opening 10-26T10:30', 'week 10-31T10:30']);
    expect(at('2026-11-24T11:00', Array.from({ length: 7 }, () => null))[2]).toBe('tomorrow 11-25T09:00');
  });
});
