import { describe, expect, it } from 'vitest';
import { noticeKind } from './notices.ts';
import { quietUntil } from './quietHours.ts';
import { instantToWall, wallToInstant } from './time.ts';

const ZONE = 'Europe/Madrid';
const until = (wall: string, from: string, to: string): string | null => {
  const end = quietUntil(wallToInstant(wall, ZONE), ZONE, { from, to });
  return end === null ? null : instantToWall(end, ZONE);
};

describe('quiet hours', () => {
  it('hold within a day and over midnight, their end not counted', () => {
    expect([until('2026-11-24T13:59', '14:00', '16:00'), until('2026-11-24T14:00', '14:00', '16:00'), until('2026-11-24T16:00', '14:00', '16:00')]).toEqual([null, '2026-11-24T16:00', null]);
    expect([until('2026-11-24T21:59', '22:00', '08:00'), until('2026-11-24T23:00', '22:00', '08:00'), until('2026-11-25T03:00', '22:00', '08:00'), until('2026-11-25T08:00', '22:00', '08:00')]).toEqual([null, '2026-11-25T08:00', '2026-11-25T08:00', null]);
    expect([until('2026-11-24T03:00', '08:00', '08:00'), quietUntil(0, ZONE, null)]).toEqual([null, null]);
  });
  it('end by the clock on the wall when the clocks change', () => {
    expect(until('2026-10-24T23:00', '22:00', '07:00')).toBe('2026-10-25T07:00');
    expect(until('2027-03-27T23:00', '22:00', '02:30')).toBe('2027-03-28T03:30');
  });
});

describe('what a notice is about', () => {
  it('is told by its code; an answer whose message was answered elsewhere is a conflict of the outbox', () => {
    expect([noticeKind('missed', {}), noticeKind('cap_warn', {}), noticeKind('held', { why: 'media' }), noticeKind('held', { why: 'media', reason: 'answered_elsewhere' }), noticeKind('send_exchanged', {})]).toEqual(['failed', 'cap', 'failed', 'outbox', null]);
  });
});
