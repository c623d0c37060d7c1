import { describe, expect, it } from 'vitest';
import { addDays, daysBetween } from '../../../shared/domain/time.ts';
import { bandsOf } from './campaignBands.ts';

/** A Monday. */
const MONDAY = '2026-11-16';
const DAYS = daysBetween(MONDAY, addDays(MONDAY, 13));
const campaign = (name: string, from: string, to: string, weight = 2) => ({ id: name, accountId: 'a', name, theme: 'Artículos', from, to, weight });
const told = (...campaigns: ReturnType<typeof campaign>[]) => {
  const bands = bandsOf(campaigns, DAYS);
  return DAYS.flatMap((day) => {
    const lines = bands.get(day);
    return lines ? [`${day.slice(8)} ${lines.map((band) => (band === null ? '-' : `${band.first ? '(' : ''}${band.named ? band.campaign.name : '='}${band.last ? ')' : ''}`)).join(' ')}`] : [];
  });
};

describe('the campaigns of a month', () => {
  it('run from their first day to their last, named at the start and where a week begins', () => {
    expect(told(campaign('cierre', '2026-11-21', '2026-11-24'))).toEqual(['21 (cierre', '22 =', '23 cierre', '24 =)']);
    expect(told(campaign('día', '2026-11-18', '2026-11-18'))).toEqual(['18 (día)']);
  });
  it('that began before or end after what is on show have no end there', () => {
    expect(told(campaign('larga', '2026-10-01', '2026-11-17'))).toEqual(['16 larga', '17 =)']);
    expect(told(campaign('antes', '2026-10-01', '2026-11-15'), campaign('luego', '2026-11-30', '2026-12-04'))).toEqual([]);
  });
  it('keep their line where they overlap, and take one that is free again', () => {
    expect(told(campaign('a', '2026-11-17', '2026-11-18'), campaign('b', '2026-11-18', '2026-11-20'), campaign('c', '2026-11-20', '2026-11-20'), campaign('d', '2026-11-18', '2026-11-18', 1.5))).toEqual(['17 (a', '18 =) (b', '19 - =', '20 (c) =)']);
  });
});
